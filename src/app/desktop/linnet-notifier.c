/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-notifier.h"

#include "linnet-text.h"

#define BODY_CHARS 200

struct _LinnetNotifier
{
  GObject parent_instance;

  LinnetSettings *settings;           /* owned */
  LinnetNotifications *notifications; /* owned */
  gboolean is_window_active;
};

G_DEFINE_FINAL_TYPE (LinnetNotifier, linnet_notifier, G_TYPE_OBJECT)

static void
on_message_arrived (LinnetSession *session,
                    LinnetConversation *conversation,
                    LinnetMessage *message,
                    LinnetNotifier *self)
{
  g_autofree char *body = NULL;

  if (!linnet_settings_get_notifications_enabled (self->settings))
    return;
  if (self->is_window_active && linnet_conversation_get_is_open (conversation))
    return;
  body = linnet_text_to_line (linnet_message_get_text (message), BODY_CHARS);
  linnet_notifications_show (self->notifications, linnet_conversation_get_key (conversation),
                             linnet_conversation_get_name (conversation), body);
}

static void
on_message_read (LinnetSession *session, LinnetConversation *conversation, LinnetNotifier *self)
{
  linnet_notifications_withdraw (self->notifications, linnet_conversation_get_key (conversation));
}

static void
on_state_changed (LinnetSession *session, GParamSpec *pspec, LinnetNotifier *self)
{
  LinnetSessionState state = linnet_session_get_state (session);

  if (state == LINNET_SESSION_SIGNED_OUT || state == LINNET_SESSION_KICKED)
    linnet_notifications_withdraw_all (self->notifications);
}

void
linnet_notifier_set_window_active (LinnetNotifier *self, gboolean is_active)
{
  g_return_if_fail (LINNET_IS_NOTIFIER (self));

  self->is_window_active = is_active;
}

static void
linnet_notifier_dispose (GObject *object)
{
  LinnetNotifier *self = LINNET_NOTIFIER (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->notifications);
  G_OBJECT_CLASS (linnet_notifier_parent_class)->dispose (object);
}

static void
linnet_notifier_class_init (LinnetNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linnet_notifier_dispose;
}

static void
linnet_notifier_init (LinnetNotifier *self)
{
}

LinnetNotifier *
linnet_notifier_new (LinnetSession *session,
                     LinnetSettings *settings,
                     LinnetNotifications *notifications)
{
  LinnetNotifier *self;

  g_return_val_if_fail (LINNET_IS_SESSION (session), NULL);
  g_return_val_if_fail (LINNET_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (LINNET_IS_NOTIFICATIONS (notifications), NULL);

  self = g_object_new (LINNET_TYPE_NOTIFIER, NULL);
  self->settings = g_object_ref (settings);
  self->notifications = g_object_ref (notifications);
  g_signal_connect_object (session, "message-arrived", G_CALLBACK (on_message_arrived), self, 0);
  g_signal_connect_object (session, "message-read", G_CALLBACK (on_message_read), self, 0);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_state_changed), self, 0);
  return self;
}
