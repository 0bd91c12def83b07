/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-http-private.h"

#include "im-clock.h"
#include "im-loop.h"
#include "xmpp-error.h"
#include "xmpp-jid.h"
#include "xmpp-transfer-error.h"
#include "xmpp-transport.h"

#include <string.h>

#define MAX_URL_LENGTH (8 * 1024)
#define MAX_REDIRECTS 5
/* A server that asks for more patience is taken at less. */
#define MAX_RETRY_AFTER_S 3600

struct _XmppHttp
{
  GObject parent_instance;

  XmppConfig *config;    /* owned */
  SoupSession *loopback; /* owned, nullable */
  SoupSession *others;   /* owned, nullable */
  char *domain;          /* owned, nullable: the account's */
  char *server;          /* owned, nullable: host of server_url */
  guint stall_ms;
};

G_DEFINE_FINAL_TYPE (XmppHttp, xmpp_http, G_TYPE_OBJECT)

static void
xmpp_http_finalize (GObject *object)
{
  XmppHttp *self = XMPP_HTTP (object);

  g_clear_object (&self->loopback);
  g_clear_object (&self->others);
  xmpp_config_free (self->config);
  g_free (self->domain);
  g_free (self->server);
  G_OBJECT_CLASS (xmpp_http_parent_class)->finalize (object);
}

static void
xmpp_http_class_init (XmppHttpClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xmpp_http_finalize;
}

static void
xmpp_http_init (XmppHttp *self)
{
  self->stall_ms = XMPP_HTTP_STALL_MS;
}

static char *
dup_host (const char *url)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

XmppHttp *
xmpp_http_new (const XmppConfig *config)
{
  XmppHttp *self;

  g_return_val_if_fail (config != NULL && config->jid != NULL, NULL);
  im_assert_network_thread ();
  self = g_object_new (XMPP_TYPE_HTTP, NULL);
  self->config = xmpp_config_copy (config);
  self->domain = xmpp_jid_dup_domain (config->jid);
  self->server = dup_host (config->server_url);
  return self;
}

void
xmpp_http_set_stall_ms (XmppHttp *self, guint stall_ms)
{
  g_return_if_fail (XMPP_IS_HTTP (self));

  self->stall_ms = stall_ms != 0 ? stall_ms : XMPP_HTTP_STALL_MS;
}

/* Addresses */

static XmppProtection
get_protection (const GUri *uri)
{
  if (g_strcmp0 (g_uri_get_scheme ((GUri *) uri), "https") == 0)
    return XMPP_PROTECTION_TLS;
  return xmpp_host_is_loopback (g_uri_get_host ((GUri *) uri)) ? XMPP_PROTECTION_LOOPBACK
                                                               : XMPP_PROTECTION_NONE;
}

static gboolean
is_http (const GUri *uri)
{
  const char *scheme = g_uri_get_scheme ((GUri *) uri);
  const char *host = g_uri_get_host ((GUri *) uri);

  return (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0) && host != NULL
         && *host != '\0' && g_uri_get_userinfo ((GUri *) uri) == NULL;
}

static gboolean
check_uri (const GUri *uri, gboolean allow_plain, GError **error)
{
  if (uri == NULL || !is_http (uri))
    {
      g_set_error_literal (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_BAD_URL,
                           "this is not an address of a file (https://…)");
      return FALSE;
    }
  if (get_protection (uri) == XMPP_PROTECTION_NONE && !allow_plain)
    {
      g_set_error (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_INSECURE,
                   "%s: the address is not protected, and that is not allowed",
                   g_uri_get_host ((GUri *) uri));
      return FALSE;
    }
  return TRUE;
}

/* Spaces and controls are never part of an address; a parser would be free to guess. */
static GUri *
parse_url (const char *url)
{
  gsize length = strlen (url);

  if (length > MAX_URL_LENGTH)
    return NULL;
  for (gsize i = 0; i < length; i++)
    if ((guchar) url[i] <= ' ' || url[i] == 0x7f)
      return NULL;
  return g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
}

gboolean
xmpp_http_check_url (const char *url, gboolean allow_plain, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (url != NULL, FALSE);

  uri = parse_url (url);
  return check_uri (uri, allow_plain, error);
}

/* The server of the account, under its name, its address, or a name below: who has pinned its
 * certificate has pinned it for these. */
static gboolean
is_own_server (XmppHttp *self, const char *host)
{
  gsize length = strlen (host);
  gsize domain_length = self->domain != NULL ? strlen (self->domain) : 0;

  if (self->server != NULL && g_ascii_strcasecmp (host, self->server) == 0)
    return TRUE;
  if (domain_length == 0 || length < domain_length)
    return FALSE;
  return g_ascii_strcasecmp (host + length - domain_length, self->domain) == 0
         && (length == domain_length || host[length - domain_length - 1] == '.');
}

static SoupSession *
get_session (XmppHttp *self, const char *host)
{
  SoupSession **session = xmpp_host_is_loopback (host) ? &self->loopback : &self->others;

  if (*session == NULL)
    *session = xmpp_soup_session_new (self->config, host);
  return *session;
}

/* The exchange */

void
xmpp_http_exchange_init (XmppHttpExchange *self, XmppHttp *http, GCancellable *cancellable)
{
  *self = (XmppHttpExchange){ .http = g_object_ref (http), .cancellable = g_cancellable_new () };
  if (cancellable == NULL)
    return;
  g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (g_cancellable_cancel),
                           self->cancellable, G_CONNECT_SWAPPED);
  if (g_cancellable_is_cancelled (cancellable))
    g_cancellable_cancel (self->cancellable);
}

static void
clear_message (XmppHttpExchange *self)
{
  xmpp_http_exchange_unwatch (self);
  g_clear_pointer (&self->check, xmpp_certificate_check_free);
  g_clear_object (&self->message);
  g_clear_pointer (&self->uri, g_uri_unref);
}

void
xmpp_http_exchange_clear (XmppHttpExchange *self)
{
  clear_message (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->http);
}

static void
set_message (XmppHttpExchange *self, const char *method, GUri *uri)
{
  XmppHttp *http = self->http;

  clear_message (self);
  self->uri = uri;
  self->message = soup_message_new_from_uri (method, uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  self->check
      = xmpp_certificate_check_new (self->message, is_own_server (http, g_uri_get_host (uri))
                                                       ? http->config->certificate_sha256
                                                       : NULL);
}

gboolean
xmpp_http_exchange_prepare (XmppHttpExchange *self,
                            const char *method,
                            const char *url,
                            GError **error)
{
  g_autoptr (GUri) uri = parse_url (url);

  if (!check_uri (uri, self->http->config->allow_plain, error))
    return FALSE;
  set_message (self, method, g_steal_pointer (&uri));
  return TRUE;
}

static void arm (XmppHttpExchange *self, guint delay_ms);

static gboolean
on_watch (gpointer user_data)
{
  XmppHttpExchange *self = user_data;
  gint64 silence_us = im_clock_monotonic_us (self->http->config->clock) - self->moved_us;
  gint64 left_ms = self->http->stall_ms - silence_us / 1000;

  if (left_ms > 0)
    {
      arm (self, (guint) left_ms + 1);
      return G_SOURCE_REMOVE;
    }
  im_clock_timeout_clear (&self->watch);
  self->is_stalled = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
arm (XmppHttpExchange *self, guint delay_ms)
{
  im_clock_timeout_clear (&self->watch);
  self->watch = im_clock_timeout_add (self->http->config->clock, delay_ms, on_watch, self);
}

void
xmpp_http_exchange_touch (XmppHttpExchange *self)
{
  self->moved_us = im_clock_monotonic_us (self->http->config->clock);
}

void
xmpp_http_exchange_unwatch (XmppHttpExchange *self)
{
  im_clock_timeout_clear (&self->watch);
}

void
xmpp_http_exchange_watch (XmppHttpExchange *self)
{
  xmpp_http_exchange_touch (self);
  arm (self, self->http->stall_ms);
}

SoupSession *
xmpp_http_exchange_new_session (XmppHttpExchange *self)
{
  return xmpp_soup_session_new (self->http->config, g_uri_get_host (self->uri));
}

void
xmpp_http_exchange_send (XmppHttpExchange *self, GAsyncReadyCallback callback, gpointer user_data)
{
  SoupSession *session = get_session (self->http, g_uri_get_host (self->uri));

  xmpp_http_exchange_watch (self);
  soup_session_send_async (session, self->message, G_PRIORITY_DEFAULT, self->cancellable, callback,
                           user_data);
}

GError *
xmpp_http_exchange_error (XmppHttpExchange *self, const GError *error)
{
  const char *host = g_uri_get_host (self->uri);

  if (self->is_stalled)
    return g_error_new (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_STALLED,
                        "%s: nothing came or went for %u s", host, self->http->stall_ms / 1000);
  if (error->domain == XMPP_TRANSFER_ERROR || error->domain == XMPP_ERROR
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return g_error_new (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TRUNCATED,
                        "%s: the connection ended before the file did", host);
  return xmpp_certificate_check_error (self->check, error, host);
}

static gint64
read_retry_us (XmppHttpExchange *self)
{
  const char *text = xmpp_http_exchange_header (self, "Retry-After");
  guint64 seconds;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &seconds, NULL))
    return 0;
  return im_clock_now_us (self->http->config->clock)
         + (gint64) MIN (seconds, MAX_RETRY_AFTER_S) * G_USEC_PER_SEC;
}

GError *
xmpp_http_exchange_status_error (XmppHttpExchange *self)
{
  return xmpp_transfer_error_new_status (soup_message_get_status (self->message),
                                         g_uri_get_host (self->uri), read_retry_us (self));
}

const char *
xmpp_http_exchange_header (XmppHttpExchange *self, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (self->message), name);
}

/* 304 and the like are no way anywhere. */
gboolean
xmpp_http_exchange_is_redirect (XmppHttpExchange *self)
{
  guint status = soup_message_get_status (self->message);

  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

gboolean
xmpp_http_exchange_follow (XmppHttpExchange *self, GError **error)
{
  const char *location = xmpp_http_exchange_header (self, "Location");
  g_autofree char *method = g_strdup (soup_message_get_method (self->message));
  g_autoptr (GUri) uri = NULL;

  if (location != NULL && strlen (location) <= MAX_URL_LENGTH)
    uri = g_uri_parse_relative (self->uri, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || ++self->redirects > MAX_REDIRECTS)
    {
      g_set_error (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_REDIRECT, "%s: led on %s",
                   g_uri_get_host (self->uri), uri == NULL ? "to nowhere" : "too often");
      return FALSE;
    }
  if (!check_uri (uri, self->http->config->allow_plain, error))
    return FALSE;
  if (get_protection (uri) < get_protection (self->uri))
    {
      g_set_error (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_INSECURE,
                   "%s: led on to an address with less protection", g_uri_get_host (self->uri));
      return FALSE;
    }
  set_message (self, method, g_steal_pointer (&uri));
  return TRUE;
}
