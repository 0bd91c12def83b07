/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-certificate.h"
#include "xmpp-http.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One request and its answer, which every kind of transfer has: rules of security, the watch over
 * its moving, and errors in our terms. */

typedef struct
{
  XmppHttp *http;              /* owned */
  GCancellable *cancellable;   /* owned: of the caller and of the watch */
  GUri *uri;                   /* owned, nullable */
  SoupMessage *message;        /* owned, nullable */
  XmppCertificateCheck *check; /* owned, nullable */
  GSource *watch;              /* owned, nullable */
  gint64 moved_us;
  guint redirects;
  gboolean is_stalled;
} XmppHttpExchange;

void xmpp_http_exchange_init (XmppHttpExchange *self, XmppHttp *http, GCancellable *cancellable);
void xmpp_http_exchange_clear (XmppHttpExchange *self);

/* A new message to url, which is checked. FALSE with BAD_URL or INSECURE. */
gboolean xmpp_http_exchange_prepare (XmppHttpExchange *self,
                                     const char *method,
                                     const char *url,
                                     GError **error);
/* Begins to watch: silence cancels. */
void xmpp_http_exchange_watch (XmppHttpExchange *self);
/* A session of its own, for another thread. */
SoupSession *xmpp_http_exchange_new_session (XmppHttpExchange *self);
/* Sends it, and begins to watch. callback gets the stream by soup_session_send_finish(). */
void
xmpp_http_exchange_send (XmppHttpExchange *self, GAsyncReadyCallback callback, gpointer user_data);
/* Something moved. */
void xmpp_http_exchange_touch (XmppHttpExchange *self);
/* Nothing of the network is waited for any more. */
void xmpp_http_exchange_unwatch (XmppHttpExchange *self);
/* error in our terms. (transfer full) */
GError *xmpp_http_exchange_error (XmppHttpExchange *self, const GError *error);
/* The error of a status that is no success. (transfer full) */
GError *xmpp_http_exchange_status_error (XmppHttpExchange *self);
gboolean xmpp_http_exchange_is_redirect (XmppHttpExchange *self);
/* Where it leads, when that may be followed: a message of the same method is prepared. */
gboolean xmpp_http_exchange_follow (XmppHttpExchange *self, GError **error);
const char *xmpp_http_exchange_header (XmppHttpExchange *self, const char *name);

G_END_DECLS
