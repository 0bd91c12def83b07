/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every widget class: made, shown at widths from 360 to 1100, mirrored, and gone without a trace.
 */
#include "linnet-banner-bar.h"
#include "linnet-bubble.h"
#include "linnet-chat-page.h"
#include "linnet-composer.h"
#include "linnet-content-text.h"
#include "linnet-conversation-row.h"
#include "linnet-field-error.h"
#include "linnet-login-page.h"
#include "linnet-message-row.h"
#include "linnet-messages-pane.h"
#include "linnet-phase-list.h"
#include "linnet-register-page.h"
#include "linnet-sidebar.h"
#include "linnet-sign-in-page.h"
#include "linnet-timeline.h"
#include "linnet-window.h"
#include "ui-test.h"

static const int widths[] = { 360, 500, 700, 1100, 360 };

static void
test_unused (gconstpointer data)
{
  GType (*get_type) (void) = (GType (*) (void)) data;
  GtkWidget *widget = g_object_ref_sink (g_object_new (get_type (), NULL));

  g_assert_finalize_object (widget);
}

static void
test_shown (gconstpointer data)
{
  GType (*get_type) (void) = (GType (*) (void)) data;
  GtkWidget *widget = g_object_ref_sink (g_object_new (get_type (), NULL));
  GtkWindow *window = ui_window_new (widget, 360, 640);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    ui_window_resize (window, widths[i], 640);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  ui_wait_frames (GTK_WIDGET (window), 2);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  ui_window_close (window);
  g_assert_finalize_object (widget);
}

/* clang-format off */
static const struct
{
  const char *name;
  GType (*get_type) (void);
} classes[] = {
  { "banner-bar",       linnet_banner_bar_get_type },
  { "bubble",           linnet_bubble_get_type },
  { "chat-page",        linnet_chat_page_get_type },
  { "composer",         linnet_composer_get_type },
  { "content-text",     linnet_content_text_get_type },
  { "conversation-lines", linnet_conversation_lines_get_type },
  { "conversation-row", linnet_conversation_row_get_type },
  { "field-error",      linnet_field_error_get_type },
  { "login-page",       linnet_login_page_get_type },
  { "message-row",      linnet_message_row_get_type },
  { "messages-pane",    linnet_messages_pane_get_type },
  { "phase-list",       linnet_phase_list_get_type },
  { "register-page",    linnet_register_page_get_type },
  { "sidebar",          linnet_sidebar_get_type },
  { "sign-in-page",     linnet_sign_in_page_get_type },
  { "timeline",         linnet_timeline_get_type },
};
/* clang-format on */

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_type_ensure (LINNET_TYPE_WINDOW); /* brings the templates */
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autofree char *unused = g_strdup_printf ("/ui/widgets/%s/unused", classes[i].name);
      g_autofree char *shown = g_strdup_printf ("/ui/widgets/%s/shown", classes[i].name);
      g_test_add_data_func (unused, (gconstpointer) classes[i].get_type, test_unused);
      g_test_add_data_func (shown, (gconstpointer) classes[i].get_type, test_shown);
    }
  return g_test_run ();
}
