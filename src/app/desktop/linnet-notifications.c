/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-notifications.h"

#include "linnet-notify-thread.h"

/* One notification. While it is on its way, what is to be shown next waits here: a service that
 * hangs gets the newest afterwards, not all of them. */
typedef struct
{
  guint serial; /* of its last request: news of older ones mean nothing */
  gboolean is_on_its_way;
  char *title; /* owned, nullable: nothing to be shown next */
  char *body;  /* owned, nullable */
} Shown;

struct _LinnetNotifications
{
  GObject parent_instance;

  LinnetNotifyThread *thread;
  GHashTable *shown; /* owned: key, owned → Shown, owned */
  guint last_serial;
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinnetNotifications, linnet_notifications, G_TYPE_OBJECT)

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_free (shown->title);
  g_free (shown->body);
  g_free (shown);
}

static void
send_next (LinnetNotifications *self, const char *key, Shown *shown)
{
  shown->serial = ++self->last_serial;
  shown->is_on_its_way = TRUE;
  linnet_notify_thread_show (self->thread, key, shown->serial, shown->title, shown->body);
  g_clear_pointer (&shown->title, g_free);
  g_clear_pointer (&shown->body, g_free);
}

static void
on_news (LinnetNotifyNews news, const char *key, guint serial, gpointer user_data)
{
  g_autoptr (LinnetNotifications) self = g_object_ref (LINNET_NOTIFICATIONS (user_data));
  Shown *shown = g_hash_table_lookup (self->shown, key);

  if (shown == NULL || shown->serial != serial)
    return;
  switch (news)
    {
    case LINNET_NOTIFY_SHOWN:
      shown->is_on_its_way = FALSE;
      if (shown->title != NULL)
        send_next (self, key, shown);
      break;
    case LINNET_NOTIFY_NOT_SHOWN:
    case LINNET_NOTIFY_CLOSED:
      if (shown->title != NULL)
        send_next (self, key, shown);
      else
        g_hash_table_remove (self->shown, key);
      break;
    case LINNET_NOTIFY_ACTIVATED:
      g_signal_emit (self, signals[ACTIVATED], 0, key);
      linnet_notifications_withdraw (self, key);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
linnet_notifications_show (LinnetNotifications *self,
                           const char *key,
                           const char *title,
                           const char *body)
{
  Shown *shown;

  g_return_if_fail (LINNET_IS_NOTIFICATIONS (self));
  g_return_if_fail (key != NULL && title != NULL && body != NULL);

  shown = g_hash_table_lookup (self->shown, key);
  if (shown == NULL)
    {
      shown = g_new0 (Shown, 1);
      g_hash_table_insert (self->shown, g_strdup (key), shown);
    }
  g_free (shown->title);
  g_free (shown->body);
  shown->title = g_strdup (title);
  shown->body = g_strdup (body);
  if (!shown->is_on_its_way)
    send_next (self, key, shown);
}

void
linnet_notifications_withdraw (LinnetNotifications *self, const char *key)
{
  g_return_if_fail (LINNET_IS_NOTIFICATIONS (self));
  g_return_if_fail (key != NULL);

  if (!g_hash_table_contains (self->shown, key))
    return;
  linnet_notify_thread_close (self->thread, key);
  g_hash_table_remove (self->shown, key);
}

void
linnet_notifications_withdraw_all (LinnetNotifications *self)
{
  GHashTableIter iter;
  gpointer key;

  g_return_if_fail (LINNET_IS_NOTIFICATIONS (self));

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    linnet_notify_thread_close (self->thread, key);
  g_hash_table_remove_all (self->shown);
}

guint
linnet_notifications_get_n_shown (LinnetNotifications *self)
{
  g_return_val_if_fail (LINNET_IS_NOTIFICATIONS (self), 0);
  return g_hash_table_size (self->shown);
}

static void
linnet_notifications_dispose (GObject *object)
{
  LinnetNotifications *self = LINNET_NOTIFICATIONS (object);

  if (self->thread != NULL)
    linnet_notifications_withdraw_all (self);
  g_clear_pointer (&self->thread, linnet_notify_thread_free);
  G_OBJECT_CLASS (linnet_notifications_parent_class)->dispose (object);
}

static void
linnet_notifications_finalize (GObject *object)
{
  g_hash_table_unref (LINNET_NOTIFICATIONS (object)->shown);
  G_OBJECT_CLASS (linnet_notifications_parent_class)->finalize (object);
}

static void
linnet_notifications_class_init (LinnetNotificationsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linnet_notifications_dispose;
  object_class->finalize = linnet_notifications_finalize;
  signals[ACTIVATED] = g_signal_new ("activated", LINNET_TYPE_NOTIFICATIONS, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
linnet_notifications_init (LinnetNotifications *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, shown_free);
  self->thread = linnet_notify_thread_new (on_news, self);
}

LinnetNotifications *
linnet_notifications_new (void)
{
  return g_object_new (LINNET_TYPE_NOTIFICATIONS, NULL);
}
