/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-http-private.h"

#include "im-loop.h"
#include "xmpp-transfer-error.h"

typedef struct
{
  XmppHttpExchange exchange;
  guint64 size;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  xmpp_http_exchange_clear (&check->exchange);
  g_free (check);
}

static void on_answer (GObject *source, GAsyncResult *result, gpointer user_data);

static void
judge (GTask *task)
{
  Check *check = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (check->exchange.message);
  GError *error = NULL;

  if (xmpp_http_exchange_is_redirect (&check->exchange))
    {
      if (xmpp_http_exchange_follow (&check->exchange, &error))
        xmpp_http_exchange_send (&check->exchange, on_answer, g_object_ref (task));
      else
        g_task_return_error (task, error);
    }
  else if (soup_message_get_status (check->exchange.message) != SOUP_STATUS_OK)
    g_task_return_error (task, xmpp_http_exchange_status_error (&check->exchange));
  else if (check->size != 0 && soup_message_headers_get_one (headers, "Content-Length") != NULL
           && (guint64) soup_message_headers_get_content_length (headers) != check->size)
    g_task_return_new_error (task, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_WRONG_SIZE,
                             "it is another file now");
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  xmpp_http_exchange_unwatch (&check->exchange);
  if (stream == NULL)
    g_task_return_error (task, xmpp_http_exchange_error (&check->exchange, error));
  else
    judge (task);
}

void
xmpp_http_check_async (XmppHttp *self,
                       const char *url,
                       guint64 size,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Check *check;

  g_return_if_fail (XMPP_IS_HTTP (self) && url != NULL);
  im_assert_network_thread ();
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_http_check_async);
  check = g_new0 (Check, 1);
  xmpp_http_exchange_init (&check->exchange, self, cancellable);
  check->size = size;
  g_task_set_task_data (task, check, check_free);
  if (xmpp_http_exchange_prepare (&check->exchange, SOUP_METHOD_HEAD, url, &error))
    xmpp_http_exchange_send (&check->exchange, on_answer, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

gboolean
xmpp_http_check_finish (XmppHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
