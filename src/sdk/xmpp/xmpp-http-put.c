/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-http-private.h"

#include "im-loop.h"
#include "xmpp-file-private.h"
#include "xmpp-transfer-error.h"

#include <unistd.h>

typedef struct
{
  XmppHttpExchange exchange;
  char *path;
  char *type; /* nullable */
  gboolean has_stamp;
  XmppFileStamp stamp;
  int fd; /* -1: handed on */
  guint64 written;
  XmppHttpProgressFunc progress;
  gpointer progress_data;
} Put;

static void
put_free (gpointer data)
{
  Put *put = data;

  if (put->exchange.message != NULL)
    g_signal_handlers_disconnect_by_data (put->exchange.message, put);
  xmpp_http_exchange_clear (&put->exchange);
  if (put->fd >= 0)
    close (put->fd);
  g_free (put->path);
  g_free (put->type);
  g_free (put);
}

/* A slot that was used, or is too old, is refused in one of these ways. */
static gboolean
is_about_slot (guint status)
{
  return status == 401 || status == 403 || status == 404 || status == 409 || status == 410;
}

static GError *
status_error (Put *put)
{
  guint status = soup_message_get_status (put->exchange.message);
  const char *host = g_uri_get_host (put->exchange.uri);

  if (is_about_slot (status))
    return xmpp_transfer_error_new_slot_refused (status, host);
  if (xmpp_http_exchange_is_redirect (&put->exchange))
    return g_error_new (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_REDIRECT,
                        "%s: leads elsewhere, where the file is not sent", host);
  return xmpp_http_exchange_status_error (&put->exchange);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Put *put = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  xmpp_http_exchange_unwatch (&put->exchange);
  if (stream == NULL)
    g_task_return_error (task, xmpp_http_exchange_error (&put->exchange, error));
  else if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (put->exchange.message)))
    g_task_return_error (task, status_error (put));
  else if (put->written != put->stamp.size)
    g_task_return_new_error (task, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TRUNCATED,
                             "%s: did not wait for the whole file",
                             g_uri_get_host (put->exchange.uri));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_wrote (SoupMessage *message, guint size, gpointer user_data)
{
  Put *put = user_data;

  put->written += size;
  xmpp_http_exchange_touch (&put->exchange);
  if (put->progress != NULL && !g_cancellable_is_cancelled (put->exchange.cancellable))
    put->progress (put->written, put->stamp.size, put->progress_data);
}

/* The body can be read once only. */
static void
on_restarted (SoupMessage *message, gpointer user_data)
{
  Put *put = user_data;

  g_cancellable_cancel (put->exchange.cancellable);
}

static void
send_file (GTask *task)
{
  Put *put = g_task_get_task_data (task);
  SoupMessage *message = put->exchange.message;
  g_autoptr (GInputStream) stream = xmpp_file_stream_new (put->fd, &put->stamp);

  put->fd = -1;
  soup_message_set_request_body (message, put->type, stream, (gssize) put->stamp.size);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (on_wrote), put);
  g_signal_connect (message, "restarted", G_CALLBACK (on_restarted), put);
  xmpp_http_exchange_send (&put->exchange, on_answer, g_object_ref (task));
}

static void
run_open (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Put *put = task_data;
  XmppFileStamp stamp;
  GError *error = NULL;

  put->fd = xmpp_file_open (put->path, &stamp, &error);
  if (put->fd >= 0 && put->has_stamp)
    xmpp_file_verify (put->fd, &put->stamp, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  put->stamp = stamp;
  g_task_return_boolean (task, TRUE);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    send_file (task);
  else
    g_task_return_error (task, error);
}

static void
add_headers (SoupMessage *message, const XmppUploadSlot *slot)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  for (guint i = 0; i < slot->headers->len; i++)
    {
      const XmppUploadHeader *header = g_ptr_array_index (slot->headers, i);

      soup_message_headers_append (headers, header->name, header->value);
    }
  /* A connection that was used before may be closed by the other side at this moment; the request
   * would have to be sent again, and a body is read once only. */
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
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
  g_autoptr (GTask) opening = NULL;
  GError *error = NULL;
  Put *put;

  g_return_if_fail (XMPP_IS_HTTP (self) && slot != NULL && path != NULL);
  im_assert_network_thread ();
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_http_put_async);
  put = g_new0 (Put, 1);
  put->fd = -1;
  put->path = g_strdup (path);
  put->type = g_strdup (type);
  put->has_stamp = stamp != NULL;
  if (stamp != NULL)
    put->stamp = *stamp;
  put->progress = progress;
  put->progress_data = progress_data;
  xmpp_http_exchange_init (&put->exchange, self, cancellable);
  g_task_set_task_data (task, put, put_free);
  if (!xmpp_http_exchange_prepare (&put->exchange, SOUP_METHOD_PUT, slot->put_url, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  add_headers (put->exchange.message, slot);
  /* The thread may be the last to let go of it: it has nothing of ours. */
  opening = g_task_new (NULL, put->exchange.cancellable, on_opened, g_object_ref (task));
  g_task_set_source_tag (opening, on_opened);
  g_task_set_task_data (opening, put, NULL);
  g_task_run_in_thread (opening, run_open);
}

gboolean
xmpp_http_put_finish (XmppHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
