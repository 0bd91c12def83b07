/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reached from two threads: the main one asks and is told, the other calls libnotify. They share
 * nothing that changes but `user_data`, which only the main thread reads and writes, and `is_over`,
 * under the lock. */
#include "linnet-notify-thread.h"

#include "im-loop.h"

#include <glib/gi18n-lib.h>
#include <libnotify/notify.h>

#define END_WAIT_US (G_USEC_PER_SEC / 2)

struct _LinnetNotifyThread
{
  ImLoop *loop;
  GMainContext *main; /* owned */
  LinnetNotifyFunc func;
  gpointer user_data; /* NULL: nobody listens any more */

  GHashTable *shown; /* owned, the other thread's: key → Shown, owned */
  gboolean knows_service;
  gboolean has_markup; /* the service reads bodies as markup */

  GMutex lock;
  GCond over;
  gboolean is_over;
};

/* The other thread's. */
typedef struct
{
  LinnetNotifyThread *thread; /* borrowed: it outlives us */
  char *key;
  guint serial;
  NotifyNotification *notification; /* owned */
} Shown;

/* On its way to the other thread, or, without texts, back. */
typedef struct
{
  LinnetNotifyThread *thread; /* owned */
  char *key;
  guint serial;
  char *title;
  char *body;
  LinnetNotifyNews news;
} Request;

static void
thread_clear (gpointer data)
{
  LinnetNotifyThread *self = data;

  g_main_context_unref (self->main);
  g_hash_table_unref (self->shown);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->over);
}

static void
request_free (Request *request)
{
  g_atomic_rc_box_release_full (request->thread, thread_clear);
  g_free (request->key);
  g_free (request->title);
  g_free (request->body);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static Request *
request_new (LinnetNotifyThread *self, const char *key, guint serial)
{
  Request *request = g_new0 (Request, 1);

  request->thread = g_atomic_rc_box_acquire (self);
  request->key = g_strdup (key);
  request->serial = serial;
  return request;
}

/* The other thread */

static gboolean
on_news (gpointer data)
{
  Request *request = data;
  LinnetNotifyThread *self = request->thread;

  if (self->user_data != NULL)
    self->func (request->news, request->key, request->serial, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
tell (LinnetNotifyThread *self, LinnetNotifyNews news, const char *key, guint serial)
{
  Request *request = request_new (self, key, serial);

  request->news = news;
  g_main_context_invoke_full (self->main, G_PRIORITY_DEFAULT, on_news, request,
                              (GDestroyNotify) request_free);
}

static void
on_closed (NotifyNotification *notification, Shown *shown)
{
  tell (shown->thread, LINNET_NOTIFY_CLOSED, shown->key, shown->serial);
  g_hash_table_remove (shown->thread->shown, shown->key);
}

static void
on_action (NotifyNotification *notification, char *action, gpointer user_data)
{
  Shown *shown = user_data;

  tell (shown->thread, LINNET_NOTIFY_ACTIVATED, shown->key, shown->serial);
}

static void
shown_free (Shown *shown)
{
  g_signal_handlers_disconnect_by_data (shown->notification, shown);
  notify_notification_clear_actions (shown->notification);
  g_object_unref (shown->notification);
  g_free (shown->key);
  g_free (shown);
}

static Shown *
shown_new (LinnetNotifyThread *self, const char *key)
{
  Shown *shown = g_new0 (Shown, 1);

  shown->thread = self;
  shown->key = g_strdup (key);
  shown->notification = notify_notification_new ("", NULL, LINNET_APPLICATION_ID);
  notify_notification_set_category (shown->notification, "im.received");
  notify_notification_set_hint (shown->notification, "desktop-entry",
                                g_variant_new_string (LINNET_APPLICATION_ID));
  notify_notification_add_action (shown->notification, "default", _ ("Open"), on_action, shown,
                                  NULL);
  g_signal_connect (shown->notification, "closed", G_CALLBACK (on_closed), shown);
  g_hash_table_insert (self->shown, shown->key, shown);
  return shown;
}

static gboolean
find_service (LinnetNotifyThread *self)
{
  GList *capabilities = NULL;

  if (!self->knows_service && (notify_is_initted () || notify_init ("Linnet")))
    capabilities = notify_get_server_caps ();
  if (capabilities != NULL)
    {
      self->knows_service = TRUE;
      self->has_markup
          = g_list_find_custom (capabilities, "body-markup", (GCompareFunc) g_strcmp0) != NULL;
    }
  g_list_free_full (capabilities, g_free);
  return self->knows_service;
}

static gboolean
show (LinnetNotifyThread *self, const Request *request)
{
  Shown *shown = g_hash_table_lookup (self->shown, request->key);
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;

  if (!find_service (self))
    return FALSE;
  if (shown == NULL)
    shown = shown_new (self, request->key);
  shown->serial = request->serial;
  body = self->has_markup ? g_markup_escape_text (request->body, -1) : g_strdup (request->body);
  notify_notification_update (shown->notification, request->title, body, LINNET_APPLICATION_ID);
  if (notify_notification_show (shown->notification, &error))
    return TRUE;
  g_debug ("no notification: %s", error->message);
  g_hash_table_remove (self->shown, request->key);
  return FALSE;
}

static void
on_show (gpointer data)
{
  g_autoptr (Request) request = data;
  gboolean is_shown = show (request->thread, request);

  tell (request->thread, is_shown ? LINNET_NOTIFY_SHOWN : LINNET_NOTIFY_NOT_SHOWN, request->key,
        request->serial);
}

static void
on_close (gpointer data)
{
  g_autoptr (Request) request = data;
  Shown *shown = g_hash_table_lookup (request->thread->shown, request->key);

  if (shown == NULL)
    return;
  g_signal_handlers_disconnect_by_func (shown->notification, on_closed, shown);
  notify_notification_close (shown->notification, NULL);
  g_hash_table_remove (request->thread->shown, request->key);
}

static void
on_end (gpointer data)
{
  g_autoptr (Request) request = data;
  LinnetNotifyThread *self = request->thread;

  g_hash_table_remove_all (self->shown);
  if (notify_is_initted ())
    notify_uninit ();
  im_loop_free (self->loop);
  g_mutex_lock (&self->lock);
  self->is_over = TRUE;
  g_cond_signal (&self->over);
  g_mutex_unlock (&self->lock);
}

/* The main thread */

LinnetNotifyThread *
linnet_notify_thread_new (LinnetNotifyFunc func, gpointer user_data)
{
  LinnetNotifyThread *self = g_atomic_rc_box_new0 (LinnetNotifyThread);

  im_assert_main_thread ();
  self->main = g_main_context_ref_thread_default ();
  self->func = func;
  self->user_data = user_data;
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) shown_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->over);
  self->loop = im_loop_new ("notify", IM_THREAD_OTHER);
  return self;
}

void
linnet_notify_thread_show (
    LinnetNotifyThread *self, const char *key, guint serial, const char *title, const char *body)
{
  Request *request = request_new (self, key, serial);

  im_assert_main_thread ();
  request->title = g_strdup (title);
  request->body = g_strdup (body);
  im_loop_post (self->loop, on_show, request);
}

void
linnet_notify_thread_close (LinnetNotifyThread *self, const char *key)
{
  im_assert_main_thread ();
  im_loop_post (self->loop, on_close, request_new (self, key, 0));
}

void
linnet_notify_thread_free (LinnetNotifyThread *self)
{
  gint64 deadline = g_get_monotonic_time () + END_WAIT_US;

  im_assert_main_thread ();
  self->user_data = NULL;
  im_loop_post (self->loop, on_end, request_new (self, NULL, 0));
  g_mutex_lock (&self->lock);
  while (!self->is_over && g_cond_wait_until (&self->over, &self->lock, deadline))
    ;
  g_mutex_unlock (&self->lock);
  g_atomic_rc_box_release_full (self, thread_clear);
}
