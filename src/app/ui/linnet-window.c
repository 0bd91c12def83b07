/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-window-private.h"

#include "linnet-accessible.h"

#include <glib/gi18n.h>

/* Generated. Naming it here is what links the bundle into the program; it registers itself. */
GResource *linnet_ui_get_resource (void);

G_DEFINE_FINAL_TYPE (LinnetWindow, linnet_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_folded (LinnetWindow *self)
{
  return adw_leaflet_get_folded (self->leaflet);
}

/* In one pane no row is marked: what it would mark is not there. */
static void
update_selected (LinnetWindow *self)
{
  linnet_sidebar_set_selected (self->sidebar, is_folded (self)
                                                  ? NULL
                                                  : linnet_chat_page_get_conversation (self->chat));
}

static void
apply_folded (LinnetWindow *self)
{
  gboolean folded = is_folded (self);

  linnet_sidebar_set_folded (self->sidebar, folded);
  linnet_chat_page_set_folded (self->chat, folded);
  if (folded && linnet_chat_page_get_conversation (self->chat) == NULL)
    adw_leaflet_set_visible_child_name (self->leaflet, "sidebar");
  update_selected (self);
}

static gboolean
on_after_fold (gpointer user_data)
{
  g_autoptr (LinnetWindow) self = user_data;

  if (self->session != NULL)
    apply_folded (self);
  return G_SOURCE_REMOVE;
}

/* The leaflet folds in the middle of a layout: what changes the sizes of its panes comes after. */
static void
on_folded (LinnetWindow *self)
{
  g_idle_add_full (G_PRIORITY_HIGH, on_after_fold, g_object_ref (self), NULL);
}

/* Back in the list of a narrow window, nothing is open: what comes in counts as unread. */
static void
on_pane_changed (LinnetWindow *self)
{
  if (is_folded (self)
      && g_strcmp0 (adw_leaflet_get_visible_child_name (self->leaflet), "sidebar") == 0)
    linnet_chat_page_set_conversation (self->chat, NULL);
  update_selected (self);
}

void
linnet_window_show (LinnetWindow *self, LinnetConversation *conversation)
{
  linnet_chat_page_set_conversation (self->chat, conversation);
  adw_leaflet_set_visible_child_name (self->leaflet, conversation != NULL ? "content" : "sidebar");
  update_selected (self);
  if (conversation != NULL)
    linnet_chat_page_focus_composer (self->chat);
}

static void
on_conversation_activated (LinnetWindow *self, LinnetConversation *conversation)
{
  linnet_window_show (self, conversation);
}

void
linnet_window_go_back (LinnetWindow *self)
{
  if (linnet_sidebar_end_search (self->sidebar) || !is_folded (self))
    return;
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  linnet_sidebar_focus_list (self->sidebar);
}

/* --- what the session does --- */

/* The pages may have changed hands since: what is shown must still be in the list. */
static void
on_conversations_changed (LinnetWindow *self)
{
  LinnetConversation *open = linnet_chat_page_get_conversation (self->chat);
  LinnetConversationList *list = linnet_session_get_conversations (self->session);

  if (open != NULL && linnet_conversation_list_get_position (list, open) == G_MAXUINT)
    linnet_window_show (self, NULL);
}

static void
update_title (LinnetWindow *self)
{
  guint unread = linnet_session_get_unread_count (self->session);
  g_autofree char *title = NULL;

  if (unread > 0)
    title = g_strdup_printf ("(%u) Linnet", unread);
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : "Linnet");
}

static gboolean
shows_login (LinnetWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "login") == 0;
}

static void
show_main (LinnetWindow *self)
{
  if (!shows_login (self))
    return;
  gtk_stack_set_visible_child_name (self->stack, "main");
  linnet_sidebar_focus_list (self->sidebar);
}

static void
show_signed_out (LinnetWindow *self)
{
  const LinnetAccount *account = linnet_session_get_account (self->session);
  const GError *error = linnet_session_get_error (self->session);

  linnet_chat_page_set_conversation (self->chat, NULL);
  if (shows_login (self))
    return; /* the sign-in page tells what went wrong */
  gtk_stack_set_visible_child_name (self->stack, "login");
  if (account != NULL && error != NULL)
    {
      linnet_login_page_show_sign_in (self->login, account, FALSE);
      linnet_login_page_show_error (self->login, error);
    }
  else
    linnet_login_page_show_welcome (self->login);
}

static void
update_state (LinnetWindow *self)
{
  LinnetSessionState state = linnet_session_get_state (self->session);
  gboolean is_signed_in = state == LINNET_SESSION_SIGNED_IN || state == LINNET_SESSION_EXPIRED
                          || state == LINNET_SESSION_KICKED;

  gtk_widget_set_sensitive (GTK_WIDGET (self->leaflet), state != LINNET_SESSION_SIGNING_OUT);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-conversation", is_signed_in);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.search", is_signed_in);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-out", is_signed_in);
  switch (state)
    {
    case LINNET_SESSION_SIGNED_OUT:
      show_signed_out (self);
      break;
    case LINNET_SESSION_SIGNED_IN:
      show_main (self);
      break;
    case LINNET_SESSION_SIGNING_IN:
    case LINNET_SESSION_EXPIRED:
    case LINNET_SESSION_KICKED:
    case LINNET_SESSION_SIGNING_OUT:
    default:
      break; /* the page that is there goes on */
    }
}

void
linnet_window_show_sign_in (LinnetWindow *self)
{
  g_autoptr (LinnetAccount) account
      = linnet_account_copy (linnet_session_get_account (self->session));

  if (account != NULL)
    linnet_account_set_password (account, NULL); /* it is the one that was refused */
  gtk_stack_set_visible_child_name (self->stack, "login");
  linnet_login_page_show_sign_in (self->login, account, TRUE);
}

static void
on_login_left (LinnetWindow *self)
{
  show_main (self);
}

static void
update_text_scale (LinnetWindow *self)
{
  linnet_chat_page_set_text_scale (self->chat, linnet_settings_get_text_scale (self->settings));
}

/* --- plumbing --- */

static void
remember_size (LinnetWindow *self)
{
  gboolean is_maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (!is_maximized && width > 0 && height > 0)
    linnet_settings_set_window_size (self->settings, width, height);
  linnet_settings_set_window_maximized (self->settings, is_maximized);
}

static gboolean
linnet_window_close_request (GtkWindow *window)
{
  LinnetWindow *self = LINNET_WINDOW (window);

  remember_size (self);
  linnet_session_flush_drafts (self->session);
  return GTK_WINDOW_CLASS (linnet_window_parent_class)->close_request (window);
}

static void
linnet_window_dispose (GObject *object)
{
  LinnetWindow *self = LINNET_WINDOW (object);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (linnet_session_get_conversations (self->session), self);
      linnet_chat_page_set_conversation (self->chat, NULL);
    }
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (linnet_window_parent_class)->dispose (object);
}

static void
linnet_window_class_init (LinnetWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linnet_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = linnet_window_close_request;

  g_assert (linnet_ui_get_resource () != NULL);
  g_type_ensure (LINNET_TYPE_LOGIN_PAGE);
  g_type_ensure (LINNET_TYPE_SIDEBAR);
  g_type_ensure (LINNET_TYPE_CHAT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LINNET_RESOURCE_PATH "/ui/linnet-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LinnetWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LinnetWindow, login);
  gtk_widget_class_bind_template_child (widget_class, LinnetWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, LinnetWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, LinnetWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LinnetWindow, chat);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_pane_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_conversation_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_login_left);
  linnet_window_install_actions (widget_class);
}

static void
add_help_overlay (LinnetWindow *self)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource (LINNET_RESOURCE_PATH "/ui/linnet-shortcuts.ui");

  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self),
                                           GTK_SHORTCUTS_WINDOW (
                                               gtk_builder_get_object (builder, "shortcuts")));
}

static void
linnet_window_init (LinnetWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_help_overlay (self);
  if (LINNET_DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

static void
follow_session (LinnetWindow *self)
{
  linnet_login_page_set_session (self->login, self->session);
  linnet_sidebar_set_session (self->sidebar, self->session);
  linnet_chat_page_set_session (self->chat, self->session);
  g_signal_connect_swapped (self->session, "notify::state", G_CALLBACK (update_state), self);
  g_signal_connect_swapped (self->session, "notify::unread-count", G_CALLBACK (update_title), self);
  g_signal_connect_swapped (linnet_session_get_conversations (self->session), "items-changed",
                            G_CALLBACK (on_conversations_changed), self);
  g_signal_connect_swapped (self->settings, "notify::text-scale", G_CALLBACK (update_text_scale),
                            self);
}

/* Somebody was signed in here before, but cannot go on without a password. */
static void
show_remembered (LinnetWindow *self)
{
  g_autoptr (LinnetAccount) account = NULL;

  if (linnet_session_get_state (self->session) != LINNET_SESSION_SIGNED_OUT)
    return;
  account = linnet_settings_dup_account (self->settings);
  if (account != NULL)
    linnet_login_page_show_sign_in (self->login, account, FALSE);
}

GtkWindow *
linnet_window_new (AdwApplication *application, LinnetSession *session, LinnetSettings *settings)
{
  LinnetWindow *self;

  g_return_val_if_fail (application == NULL || ADW_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (LINNET_IS_SESSION (session), NULL);
  g_return_val_if_fail (LINNET_IS_SETTINGS (settings), NULL);

  self = g_object_new (LINNET_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  gtk_window_set_default_size (GTK_WINDOW (self), linnet_settings_get_window_width (settings),
                               linnet_settings_get_window_height (settings));
  if (linnet_settings_get_window_maximized (settings))
    gtk_window_maximize (GTK_WINDOW (self));
  if (application != NULL)
    linnet_window_set_accels (GTK_APPLICATION (application));
  follow_session (self);
  show_remembered (self);
  apply_folded (self);
  update_state (self);
  update_title (self);
  update_text_scale (self);
  linnet_accessible_name_buttons (GTK_WIDGET (self));
  return GTK_WINDOW (self);
}

static LinnetConversation *
find_by_id (LinnetConversationList *list, const char *id)
{
  for (guint i = 0; i < linnet_conversation_list_get_n_items (list); i++)
    {
      LinnetConversation *conversation = linnet_conversation_list_get (list, i);
      if (g_strcmp0 (linnet_conversation_get_id (conversation), id) == 0)
        return conversation;
    }
  return NULL;
}

void
linnet_window_open_conversation (GtkWindow *window, const char *conv_id)
{
  LinnetWindow *self;
  LinnetConversation *conversation;

  g_return_if_fail (LINNET_IS_WINDOW (window));
  g_return_if_fail (conv_id != NULL);

  self = LINNET_WINDOW (window);
  conversation = linnet_session_get_conversation (self->session, conv_id);
  if (conversation == NULL)
    conversation = find_by_id (linnet_session_get_conversations (self->session), conv_id);
  if (conversation != NULL)
    linnet_window_show (self, conversation);
}
