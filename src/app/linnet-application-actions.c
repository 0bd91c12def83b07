/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-application-private.h"

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GApplication *application = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  /* Closing lets the window store its size and what stands in the composer. */
  if (window != NULL)
    gtk_window_close (window);
  g_application_quit (application);
}

/* The window has the dialog; this is for menus of the desktop. */
static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.about", NULL);
}

static void
on_sign_out (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  linnet_session_sign_out_async (linnet_application_get_session (user_data), NULL, NULL);
}

static void
on_open_conversation (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  linnet_application_present (user_data, g_variant_get_string (parameter, NULL));
}

static const GActionEntry entries[] = {
  { .name = "quit", .activate = on_quit },
  { .name = "about", .activate = on_about },
  { .name = "sign-out", .activate = on_sign_out },
  { .name = "open-conversation", .activate = on_open_conversation, .parameter_type = "s" },
};

/* There is nobody to sign out before the sign-in. */
static gboolean
is_signed_in (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  LinnetSessionState state = (LinnetSessionState) g_value_get_enum (from);

  g_value_set_boolean (to, state == LINNET_SESSION_SIGNED_IN || state == LINNET_SESSION_EXPIRED
                               || state == LINNET_SESSION_KICKED);
  return TRUE;
}

void
linnet_application_add_actions (LinnetApplication *self)
{
  static const char *const quit_keys[] = { "<Control>q", NULL };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit_keys);
  g_object_bind_property_full (linnet_application_get_session (self), "state",
                               g_action_map_lookup_action (G_ACTION_MAP (self), "sign-out"),
                               "enabled", G_BINDING_SYNC_CREATE, is_signed_in, NULL, NULL, NULL);
}
