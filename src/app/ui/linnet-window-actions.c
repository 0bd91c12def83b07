/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-window-private.h"

#include "linnet-new-conversation-dialog.h"
#include "linnet-text.h"

#include <glib/gi18n.h>

#define SCALE_STEP 0.1
#define SCALE_MIN 0.8
#define SCALE_MAX 2.0

static void
on_started (LinnetWindow *self, LinnetConversation *conversation)
{
  linnet_window_show (self, conversation);
}

static void
ask_for_address (LinnetWindow *self, const char *address)
{
  LinnetNewConversationDialog *dialog
      = linnet_new_conversation_dialog_new (GTK_WINDOW (self), self->session, address);

  g_signal_connect_object (dialog, "started", G_CALLBACK (on_started), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
new_conversation (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_for_address (LINNET_WINDOW (widget), NULL);
}

static void
open_address (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_for_address (LINNET_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetWindow *self = LINNET_WINDOW (widget);

  adw_leaflet_set_visible_child_name (self->leaflet, "sidebar");
  linnet_sidebar_start_search (self->sidebar);
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  linnet_window_go_back (LINNET_WINDOW (widget));
}

static void
show_neighbour (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetWindow *self = LINNET_WINDOW (widget);
  int direction = g_str_has_prefix (action, "win.next") ? 1 : -1;
  LinnetConversation *conversation = linnet_sidebar_get_neighbour (self->sidebar, direction);

  if (conversation != NULL)
    linnet_window_show (self, conversation);
}

static gboolean
has_focus_inside (LinnetWindow *self, GType type)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL
         && (G_TYPE_CHECK_INSTANCE_TYPE (focus, type)
             || gtk_widget_get_ancestor (focus, type) != NULL);
}

/* List → messages → composer → header → list. */
static void
next_pane (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetWindow *self = LINNET_WINDOW (widget);
  gboolean has_conversation = linnet_chat_page_get_conversation (self->chat) != NULL;
  GType timeline = g_type_from_name ("LinnetTimeline");
  GType composer = g_type_from_name ("LinnetComposer");

  if (has_conversation && has_focus_inside (self, LINNET_TYPE_SIDEBAR))
    linnet_chat_page_focus_messages (self->chat);
  else if (has_conversation && has_focus_inside (self, timeline))
    linnet_chat_page_focus_composer (self->chat);
  else if (has_conversation && has_focus_inside (self, composer))
    linnet_chat_page_focus_header (self->chat);
  else if (!adw_leaflet_get_folded (self->leaflet) || !has_conversation)
    linnet_sidebar_focus_list (self->sidebar);
  else
    linnet_chat_page_focus_messages (self->chat);
}

static void
newest_message (GtkWidget *widget, const char *action, GVariant *parameter)
{
  linnet_chat_page_show_newest (LINNET_WINDOW (widget)->chat);
}

static void
scale_text (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetWindow *self = LINNET_WINDOW (widget);
  double scale = linnet_settings_get_text_scale (self->settings);

  if (g_str_equal (action, "win.larger-text"))
    scale += SCALE_STEP;
  else if (g_str_equal (action, "win.smaller-text"))
    scale -= SCALE_STEP;
  else
    scale = 1;
  linnet_settings_set_text_scale (self->settings, CLAMP (scale, SCALE_MIN, SCALE_MAX));
}

/* --- session --- */

static void
sign_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  linnet_window_show_sign_in (LINNET_WINDOW (widget));
}

static void
on_sign_out_response (LinnetWindow *self, const char *response)
{
  if (g_strcmp0 (response, "sign-out") == 0 && self->session != NULL)
    linnet_session_sign_out_async (self->session, NULL, NULL);
}

static void
sign_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetWindow *self = LINNET_WINDOW (widget);
  const char *address = linnet_session_get_address (self->session);
  g_autofree char *name = linnet_text_isolate (address != NULL ? address : "");
  AdwMessageDialog *dialog
      = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL));

  /* Translators: %s is the address of the account */
  adw_message_dialog_format_heading (dialog, _ ("Sign Out of %s?"), name);
  adw_message_dialog_set_body (
      dialog, _ ("Your messages stay on this computer. New ones arrive when you sign in again."));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "sign-out", _ ("_Sign Out"),
                                    NULL);
  adw_message_dialog_set_default_response (dialog, "sign-out");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_sign_out_response), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- the rest --- */

static void
toast (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetWindow *self = LINNET_WINDOW (widget);
  AdwToast *item = adw_toast_new (g_variant_get_string (parameter, NULL));

  adw_toast_set_timeout (item, 3);
  adw_toast_overlay_add_toast (self->toasts, item);
}

static void
about (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_show_about_window (GTK_WINDOW (widget), "application-name", "Linnet", "application-icon",
                         "im.linnet.Linnet", "version", LINNET_VERSION, "developer-name",
                         _ ("The Linnet developers"), "comments",
                         _ ("Talk with people on any open chat server."), "license-type",
                         GTK_LICENSE_GPL_3_0,
                         /* Translators: your names and addresses, a line each */
                         "translator-credits", _ ("translator-credits"), NULL);
}

/* clang-format off */
static const struct
{
  const char *name;
  const char *parameter;
  GtkWidgetActionActivateFunc activate;
  const char *accels[4];
} actions[] = {
  { "win.new-conversation",      NULL, new_conversation, { "<Control>n" } },
  { "win.open-address",          "s",  open_address,     { NULL } },
  { "win.search",                NULL, search,           { "<Control>k", "<Control>f" } },
  { "win.back",                  NULL, go_back,          { NULL } },
  { "win.next-conversation",     NULL, show_neighbour,   { "<Control>Page_Down", "<Alt>Down" } },
  { "win.previous-conversation", NULL, show_neighbour,   { "<Control>Page_Up", "<Alt>Up" } },
  { "win.next-pane",             NULL, next_pane,        { "F6" } },
  { "win.newest-message",        NULL, newest_message,   { "<Control>j", "<Control>End" } },
  { "win.larger-text",           NULL, scale_text,       { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "win.smaller-text",          NULL, scale_text,       { "<Control>minus", "<Control>KP_Subtract" } },
  { "win.normal-text",           NULL, scale_text,       { "<Control>0", "<Control>KP_0" } },
  { "win.sign-in",               NULL, sign_in,          { NULL } },
  { "win.sign-out",              NULL, sign_out,         { NULL } },
  { "win.toast",                 "s",  toast,            { NULL } },
  { "win.about",                 NULL, about,            { NULL } },
};
/* clang-format on */

void
linnet_window_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].activate);
  /* After everything in the window had its chance to do something with it. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

void
linnet_window_set_accels (GtkApplication *application)
{
  static const GActionEntry quit_entry = { .name = "quit", .activate = quit };
  static const char *const close_accels[] = { "<Control>w", NULL };
  static const char *const quit_accels[] = { "<Control>q", NULL };
  static const char *const help_accels[] = { "<Control>question", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].accels[0] != NULL)
      gtk_application_set_accels_for_action (application, actions[i].name, actions[i].accels);
  if (g_action_map_lookup_action (G_ACTION_MAP (application), "quit") == NULL)
    g_action_map_add_action_entries (G_ACTION_MAP (application), &quit_entry, 1, application);
  gtk_application_set_accels_for_action (application, "window.close", close_accels);
  gtk_application_set_accels_for_action (application, "app.quit", quit_accels);
  gtk_application_set_accels_for_action (application, "win.show-help-overlay", help_accels);
}
