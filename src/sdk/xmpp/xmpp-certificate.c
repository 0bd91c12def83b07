/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-certificate.h"

#include "xmpp-error.h"
#include "xmpp-transport.h"

/* To one host; several files may be on their way at once. */
#define MAX_CONNECTIONS 8

struct _XmppCertificateCheck
{
  SoupMessage *message; /* owned */
  gulong handler;
  char *pinned;   /* owned, nullable */
  char *rejected; /* owned, nullable: the sum of the certificate that was not accepted */
  GTlsCertificateFlags flags;
};

/* clang-format off */
static const struct { GTlsCertificateFlags flag; const char *text; } reasons[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA,    "it is signed by nobody this computer trusts" },
  { G_TLS_CERTIFICATE_BAD_IDENTITY,  "it is for another name" },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, "it is not valid yet" },
  { G_TLS_CERTIFICATE_EXPIRED,       "it has expired" },
  { G_TLS_CERTIFICATE_REVOKED,       "it was revoked" },
  { G_TLS_CERTIFICATE_INSECURE,      "it uses an insecure algorithm" },
  { G_TLS_CERTIFICATE_GENERIC_ERROR, "it cannot be checked" },
};
/* clang-format on */

char *
xmpp_certificate_sha256 (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return der != NULL ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len) : NULL;
}

/* "AB:CD …" and "sha256:abcd…" are taken, too. */
static gboolean
is_same_sum (const char *pinned, const char *sum)
{
  if (g_ascii_strncasecmp (pinned, "sha256:", 7) == 0)
    pinned += 7;
  for (; *pinned != '\0'; pinned++)
    {
      if (*pinned == ':' || *pinned == ' ')
        continue;
      if (g_ascii_tolower (*pinned) != *sum++)
        return FALSE;
    }
  return *sum == '\0';
}

static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       gpointer user_data)
{
  XmppCertificateCheck *self = user_data;

  g_free (self->rejected);
  self->rejected = xmpp_certificate_sha256 (certificate);
  self->flags = flags;
  if (self->rejected == NULL || self->pinned == NULL || !is_same_sum (self->pinned, self->rejected))
    return FALSE;
  g_clear_pointer (&self->rejected, g_free);
  return TRUE;
}

XmppCertificateCheck *
xmpp_certificate_check_new (SoupMessage *message, const char *pinned_sha256)
{
  XmppCertificateCheck *self = g_new0 (XmppCertificateCheck, 1);

  self->message = g_object_ref (message);
  self->pinned = g_strdup (pinned_sha256);
  self->handler
      = g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), self);
  return self;
}

void
xmpp_certificate_check_free (XmppCertificateCheck *self)
{
  if (self == NULL)
    return;
  g_signal_handler_disconnect (self->message, self->handler);
  g_object_unref (self->message);
  g_free (self->pinned);
  g_free (self->rejected);
  g_free (self);
}

static char *
describe (GTlsCertificateFlags flags)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if ((flags & reasons[i].flag) != 0)
      g_ptr_array_add (texts, (gpointer) reasons[i].text);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (", ", (char **) texts->pdata);
}

GError *
xmpp_certificate_check_error (XmppCertificateCheck *self, const GError *error, const char *host)
{
  g_autofree char *text = NULL;

  if (self->rejected == NULL)
    return xmpp_error_from_network (error, host);
  text = describe (self->flags);
  return g_error_new (XMPP_ERROR, XMPP_ERROR_TLS_UNTRUSTED,
                      "%s: the certificate is not trusted: %s; sha256:%s", host, text,
                      self->rejected);
}

/* libsoup asks an HTTP proxy to tunnel for https and wss; plain ws it sends as it stands. */
static GProxyResolver *
new_proxy_resolver (const XmppConfig *config)
{
  static const char *const schemes[] = { "http", "https", "ws", "wss" };
  GProxyResolver *resolver = g_simple_proxy_resolver_new (config->socks5_proxy, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (schemes) && config->http_proxy != NULL; i++)
    g_simple_proxy_resolver_set_uri_proxy (G_SIMPLE_PROXY_RESOLVER (resolver), schemes[i],
                                           config->http_proxy);
  return resolver;
}

SoupSession *
xmpp_soup_session_new (const XmppConfig *config, const char *host)
{
  SoupSession *session
      = soup_session_new_with_options ("max-conns-per-host", MAX_CONNECTIONS, NULL);

  /* Compressing would show the length of what is said, and unpacking has no bound. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  if (xmpp_host_is_loopback (host))
    soup_session_set_proxy_resolver (session, NULL);
  else if (config->http_proxy != NULL || config->socks5_proxy != NULL)
    {
      g_autoptr (GProxyResolver) resolver = new_proxy_resolver (config);

      soup_session_set_proxy_resolver (session, resolver);
    }
  return session;
}
