/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-delete-dialog.h"

#include "linnet-error.h"
#include "linnet-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (linnet_conversation_delete_finish (LINNET_CONVERSATION (source), result, &error))
    text = g_strdup (_ ("Conversation deleted"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = linnet_error_describe (error);
  if (text != NULL && gtk_widget_get_realized (parent))
    gtk_widget_activate_action (parent, "win.toast", "s", text);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, LinnetConversation *conversation)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (g_strcmp0 (response, "delete") == 0 && parent != NULL)
    linnet_conversation_delete_async (conversation, NULL, on_deleted, g_object_ref (parent));
}

void
linnet_delete_dialog_present (GtkWindow *parent, LinnetConversation *conversation)
{
  g_autofree char *name = NULL;
  AdwMessageDialog *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (LINNET_IS_CONVERSATION (conversation));

  name = linnet_text_isolate (linnet_conversation_get_name (conversation));
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, NULL));
  adw_message_dialog_format_heading (dialog, _ ("Delete the Conversation With %s?"), name);
  adw_message_dialog_set_body (
      dialog, _ ("All its messages are removed from this computer. This cannot be undone."));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "delete", _ ("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), g_object_ref (conversation),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
