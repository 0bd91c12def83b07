/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A file is sent by a thread of the pool, with a session of its own: libsoup writes a body in
 * pieces of 8 KiB, and on a main loop every piece costs two turns of it (a third of curl's speed,
 * measured, and stanzas would wait behind them). A PUT has a new connection in any case: an old one
 * might be closed at that moment, and a body cannot be sent again.
 *
 * Functions say whose they are. What both threads use lies in Sending, under its lock; the task and
 * its exchange, which watches, are the network thread's, and outlive the work.
 */
#include "xmpp-http-private.h"

#include "im-loop.h"
#include "xmpp-file-private.h"
#include "xmpp-transfer-error.h"

/* How often the network thread is woken to see how far it is. */
#define NEWS_US (20 * 1000)

typedef struct
{
  GMutex lock;
  guint64 written;
  gboolean is_news_sent; /* the network thread will look */
  gint64 news_us;        /* when it was last told to */
  GMainContext *context; /* of the network thread */
  guint64 size;          /* set before anything is written */

  /* Network thread only. */
  XmppHttpExchange *exchange; /* NULL when it is over */
  XmppHttpProgressFunc progress;
  gpointer progress_data;
} Sending;

typedef struct
{
  XmppHttpExchange exchange;
  Sending *sending; /* shared */

  /* Constant while the thread works. */
  char *path;
  char *url;
  char *type;         /* nullable */
  GPtrArray *headers; /* of XmppUploadHeader */
  gboolean has_stamp;
  XmppFileStamp stamp;
} Put;

static void
sending_clear (gpointer data)
{
  Sending *sending = data;

  g_mutex_clear (&sending->lock);
  g_main_context_unref (sending->context);
}

static void
sending_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, sending_clear);
}

static void
put_free (gpointer data)
{
  Put *put = data;

  put->sending->exchange = NULL;
  sending_unref (put->sending);
  xmpp_http_exchange_clear (&put->exchange);
  g_ptr_array_unref (put->headers);
  g_free (put->path);
  g_free (put->url);
  g_free (put->type);
  g_free (put);
}

static void
tell (Sending *sending)
{
  guint64 written;

  g_mutex_lock (&sending->lock);
  sending->is_news_sent = FALSE;
  written = sending->written;
  g_mutex_unlock (&sending->lock);
  if (sending->exchange == NULL)
    return;
  xmpp_http_exchange_touch (sending->exchange);
  if (sending->progress != NULL && !g_cancellable_is_cancelled (sending->exchange->cancellable))
    sending->progress (written, sending->size, sending->progress_data);
}

static gboolean
on_news (gpointer user_data)
{
  tell (user_data);
  return G_SOURCE_REMOVE;
}

/* The thread's */

static void
on_wrote (SoupMessage *message, guint size, gpointer user_data)
{
  Sending *sending = user_data;
  gint64 now_us = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;
  gboolean is_news;

  g_mutex_lock (&sending->lock);
  sending->written += size;
  is_news = !sending->is_news_sent && now_us - sending->news_us >= NEWS_US;
  if (is_news)
    {
      sending->is_news_sent = TRUE;
      sending->news_us = now_us;
    }
  g_mutex_unlock (&sending->lock);
  if (!is_news)
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_news, g_atomic_rc_box_acquire (sending), sending_unref);
  g_source_attach (source, sending->context);
}

/* The body can be read once only. */
static void
on_restarted (SoupMessage *message, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* A slot that was used, or is too old, is refused in one of these ways. */
static gboolean
is_about_slot (guint status)
{
  return status == 401 || status == 403 || status == 404 || status == 409 || status == 410;
}

static GError *
judge (XmppHttpExchange *exchange, const Sending *sending)
{
  guint status = soup_message_get_status (exchange->message);
  const char *host = g_uri_get_host (exchange->uri);

  if (is_about_slot (status))
    return xmpp_transfer_error_new_slot_refused (status, host);
  if (xmpp_http_exchange_is_redirect (exchange))
    return g_error_new (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_REDIRECT,
                        "%s: leads elsewhere, where the file is not sent", host);
  if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    return xmpp_http_exchange_status_error (exchange);
  if (sending->written != sending->size)
    return g_error_new (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TRUNCATED,
                        "%s: did not wait for the whole file", host);
  return NULL;
}

static void
prepare_message (const Put *put, XmppHttpExchange *exchange, GInputStream *body)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (exchange->message);

  for (guint i = 0; i < put->headers->len; i++)
    {
      const XmppUploadHeader *header = g_ptr_array_index (put->headers, i);

      soup_message_headers_append (headers, header->name, header->value);
    }
  soup_message_set_request_body (exchange->message, put->type, body, (gssize) put->sending->size);
  g_signal_connect (exchange->message, "wrote-body-data", G_CALLBACK (on_wrote), put->sending);
  g_signal_connect (exchange->message, "restarted", G_CALLBACK (on_restarted),
                    exchange->cancellable);
}

static GError *
send_message (XmppHttpExchange *exchange, const Sending *sending)
{
  g_autoptr (SoupSession) session = xmpp_http_exchange_new_session (exchange);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) answer
      = soup_session_send (session, exchange->message, exchange->cancellable, &error);

  if (answer == NULL)
    return xmpp_http_exchange_error (exchange, error);
  g_input_stream_close (answer, NULL, NULL);
  return judge (exchange, sending);
}

static GError *
send_file (const Put *put)
{
  /* A second one: the other's message and clock are not ours. */
  XmppHttpExchange exchange = { .http = g_object_ref (put->exchange.http),
                                .cancellable = g_object_ref (put->exchange.cancellable) };
  g_autoptr (GInputStream) body = NULL;
  XmppFileStamp stamp;
  GError *error = NULL;
  int fd = xmpp_file_open (put->path, &stamp, &error);

  if (fd >= 0)
    {
      body = xmpp_file_stream_new (fd, &stamp);
      put->sending->size = stamp.size;
    }
  if (fd >= 0 && (!put->has_stamp || xmpp_file_verify (fd, &put->stamp, &error))
      && xmpp_http_exchange_prepare (&exchange, SOUP_METHOD_PUT, put->url, &error))
    {
      prepare_message (put, &exchange, body);
      error = send_message (&exchange, put->sending);
    }
  xmpp_http_exchange_clear (&exchange);
  return error;
}

static void
run_send (GTask *work, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = send_file (task_data);

  if (error != NULL)
    g_task_return_error (work, error);
  else
    g_task_return_boolean (work, TRUE);
}

/* The network thread's */

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Put *put = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  xmpp_http_exchange_unwatch (&put->exchange);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      tell (put->sending);
      put->sending->exchange = NULL;
      g_task_return_boolean (task, TRUE);
      return;
    }
  put->sending->exchange = NULL;
  g_task_return_error (task, xmpp_http_exchange_error (&put->exchange, error));
}

static Sending *
sending_new (XmppHttpExchange *exchange, XmppHttpProgressFunc progress, gpointer progress_data)
{
  Sending *sending = g_atomic_rc_box_new0 (Sending);

  g_mutex_init (&sending->lock);
  sending->context = g_main_context_ref_thread_default ();
  sending->exchange = exchange;
  sending->progress = progress;
  sending->progress_data = progress_data;
  return sending;
}

static Put *
put_new (XmppHttp *http,
         const XmppUploadSlot *slot,
         const char *path,
         const char *type,
         const XmppFileStamp *stamp,
         GCancellable *cancellable)
{
  Put *put = g_new0 (Put, 1);

  xmpp_http_exchange_init (&put->exchange, http, cancellable);
  put->path = g_strdup (path);
  put->url = g_strdup (slot->put_url);
  put->type = g_strdup (type);
  put->headers = xmpp_upload_headers_copy (slot->headers);
  put->has_stamp = stamp != NULL;
  if (stamp != NULL)
    put->stamp = *stamp;
  return put;
}

void
xmpp_http_put_async (XmppHttp *self,
                     const XmppUploadSlot *slot,
                     const char *path,
                     const char *type,
                     const XmppFileStamp *stamp,
                     XmppHttpProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) work = NULL;
  GError *error = NULL;
  Put *put;

  g_return_if_fail (XMPP_IS_HTTP (self) && slot != NULL && path != NULL);
  im_assert_network_thread ();
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_http_put_async);
  put = put_new (self, slot, path, type, stamp, cancellable);
  put->sending = sending_new (&put->exchange, progress, progress_data);
  g_task_set_task_data (task, put, put_free);
  if (!xmpp_http_exchange_prepare (&put->exchange, SOUP_METHOD_PUT, slot->put_url, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  xmpp_http_exchange_watch (&put->exchange);
  /* The thread may be the last to let go of the work: it has nothing of ours. */
  work = g_task_new (NULL, NULL, on_sent, g_object_ref (task));
  g_task_set_source_tag (work, on_sent);
  g_task_set_task_data (work, put, NULL);
  g_task_run_in_thread (work, run_send);
}

gboolean
xmpp_http_put_finish (XmppHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
