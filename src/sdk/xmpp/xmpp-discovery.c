/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-discovery.h"

#include "im-loop.h"
#include "xmpp-certificate.h"
#include "xmpp-error.h"
#include "xmpp-jid.h"

#define MAX_REDIRECTS 5

typedef char **(*ParseFunc) (const char *data, gsize size);

static const struct
{
  const char *path;
  ParseFunc parse;
} documents[] = {
  { "/.well-known/host-meta", xmpp_discovery_parse_xrd },
  { "/.well-known/host-meta.json", xmpp_discovery_parse_json },
};

typedef struct
{
  XmppConfig *config;
  char *domain;
  char *base_url;
  guint document;
  guint redirects;
  gboolean seen_unusable; /* links were named, but none that may be used */
  GUri *uri;
  SoupSession *session;
  SoupMessage *message;
  XmppCertificateCheck *check;
  GByteArray *body;
} Lookup;

static void
clear_request (Lookup *lookup)
{
  g_clear_pointer (&lookup->check, xmpp_certificate_check_free);
  g_clear_object (&lookup->message);
  g_clear_object (&lookup->session);
  g_clear_pointer (&lookup->uri, g_uri_unref);
  g_byte_array_set_size (lookup->body, 0);
}

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  clear_request (lookup);
  g_byte_array_unref (lookup->body);
  xmpp_config_free (lookup->config);
  g_free (lookup->domain);
  g_free (lookup->base_url);
  g_free (lookup);
}

static void request (GTask *task, GUri *uri);

static void
next_document (GTask *task)
{
  Lookup *lookup = g_task_get_task_data (task);
  g_autofree char *url = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;

  if (lookup->document >= G_N_ELEMENTS (documents))
    {
      g_task_return_new_error (task, XMPP_ERROR, XMPP_ERROR_NO_WEBSOCKET,
                               lookup->seen_unusable ? "%s names only an unprotected WebSocket"
                                                     : "%s names no WebSocket",
                               lookup->domain);
      return;
    }
  url = g_strconcat (lookup->base_url, documents[lookup->document].path, NULL);
  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, &error);
  lookup->redirects = 0;
  if (uri != NULL)
    request (task, uri);
  else
    g_task_return_new_error (task, XMPP_ERROR, XMPP_ERROR_UNKNOWN_HOST, "%s: %s", lookup->domain,
                             error->message);
}

static void
on_document (GTask *task)
{
  Lookup *lookup = g_task_get_task_data (task);
  g_auto (GStrv) urls
      = documents[lookup->document].parse ((const char *) lookup->body->data, lookup->body->len);
  const char *best
      = xmpp_discovery_choose ((const char *const *) urls, lookup->config->allow_plain);

  if (best != NULL)
    {
      g_task_return_pointer (task, g_strdup (best), g_free);
      return;
    }
  lookup->seen_unusable |= urls[0] != NULL;
  lookup->document++;
  next_document (task);
}

static void
on_chunk (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Lookup *lookup = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize size;
  const guint8 *data;

  if (g_task_return_error_if_cancelled (task))
    return;
  data = chunk != NULL ? g_bytes_get_data (chunk, &size) : NULL;
  if (chunk == NULL || size == 0)
    {
      on_document (task);
      return;
    }
  g_byte_array_append (lookup->body, data, (guint) size);
  if (lookup->body->len > XMPP_HOST_META_MAX_SIZE)
    {
      g_byte_array_set_size (lookup->body, 0);
      on_document (task);
      return;
    }
  g_input_stream_read_bytes_async (G_INPUT_STREAM (source), 8192, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), on_chunk, g_object_ref (task));
}

/* TRUE: it was one, and has been followed or refused. */
static gboolean
follow_redirect (GTask *task)
{
  Lookup *lookup = g_task_get_task_data (task);
  const char *location;
  g_autoptr (GUri) uri = NULL;

  if (!SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (lookup->message)))
    return FALSE;
  location = soup_message_headers_get_one (soup_message_get_response_headers (lookup->message),
                                           "Location");
  if (location != NULL)
    uri = g_uri_parse_relative (lookup->uri, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") != 0
      || ++lookup->redirects > MAX_REDIRECTS)
    {
      lookup->document++;
      next_document (task);
      return TRUE;
    }
  request (task, uri);
  return TRUE;
}

static void
on_response (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Lookup *lookup = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (stream == NULL)
    {
      g_task_return_error (task, xmpp_certificate_check_error (lookup->check, error,
                                                               g_uri_get_host (lookup->uri)));
      return;
    }
  if (follow_redirect (task))
    return;
  if (soup_message_get_status (lookup->message) != SOUP_STATUS_OK)
    {
      lookup->document++;
      next_document (task);
      return;
    }
  g_input_stream_read_bytes_async (stream, 8192, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                   on_chunk, g_object_ref (task));
}

static void
request (GTask *task, GUri *uri)
{
  Lookup *lookup = g_task_get_task_data (task);

  g_uri_ref (uri);
  clear_request (lookup);
  lookup->uri = uri;
  lookup->session = xmpp_soup_session_new (lookup->config, g_uri_get_host (uri));
  lookup->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (lookup->message, SOUP_MESSAGE_NO_REDIRECT);
  lookup->check = xmpp_certificate_check_new (lookup->message, lookup->config->certificate_sha256);
  soup_session_send_async (lookup->session, lookup->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), on_response, g_object_ref (task));
}

void
xmpp_discovery_lookup_async (const XmppConfig *config,
                             const char *base_url,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *ascii = NULL;
  Lookup *lookup;

  g_return_if_fail (config != NULL);
  im_assert_network_thread ();
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_discovery_lookup_async);
  lookup = g_new0 (Lookup, 1);
  lookup->config = xmpp_config_copy (config);
  lookup->body = g_byte_array_new ();
  lookup->domain = xmpp_jid_dup_domain (config->jid);
  g_task_set_task_data (task, lookup, lookup_free);
  ascii = lookup->domain != NULL ? g_hostname_to_ascii (lookup->domain) : NULL;
  if (ascii == NULL)
    {
      g_task_return_new_error (task, XMPP_ERROR, XMPP_ERROR_UNKNOWN_HOST, "not an address");
      return;
    }
  lookup->base_url = base_url != NULL ? g_strdup (base_url) : g_strconcat ("https://", ascii, NULL);
  next_document (task);
}

char *
xmpp_discovery_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
