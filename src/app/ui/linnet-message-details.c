/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-message-details.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static void
add_row (GtkListBox *list, const char *title, const char *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_list_box_append (list, row);
}

void
linnet_message_details_present (GtkWindow *parent, LinnetMessage *message)
{
  GtkWidget *dialog;
  GtkWidget *list;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (LINNET_IS_MESSAGE (message));

  dialog = adw_message_dialog_new (parent, _ ("Message Details"), NULL);
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  add_row (GTK_LIST_BOX (list), _ ("From"), linnet_message_get_sender_name (message));
  add_row (GTK_LIST_BOX (list), _ ("Address"), linnet_message_get_sender_id (message));
  add_row (GTK_LIST_BOX (list), _ ("Time"), linnet_message_get_date_label (message));
  add_row (GTK_LIST_BOX (list), _ ("State"), linnet_message_get_state_word (message));
  add_row (GTK_LIST_BOX (list), _ ("Reason"), linnet_message_get_failure (message));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
