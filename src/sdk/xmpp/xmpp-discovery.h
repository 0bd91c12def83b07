/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-config.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * From a domain to the address of its WebSocket (XEP-0156): host-meta over HTTPS, first as XRD,
 * then as JSON. Answers are bounded, redirects go to https only. Network thread.
 */

#define XMPP_HOST_META_MAX_SIZE (64 * 1024)

/* config: for domain (of jid), proxy, pinned certificate, allow_plain. base_url: nullable; where
 * .well-known lies, "https://domain" when NULL. Errors: XMPP_ERROR_NO_WEBSOCKET, and those of
 * connecting. */
void xmpp_discovery_lookup_async (const XmppConfig *config,
                                  const char *base_url,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* (transfer full) */
char *xmpp_discovery_lookup_finish (GAsyncResult *result, GError **error);

/* The links of that kind in a document, in its order; never NULL, empty for nonsense. */
char **xmpp_discovery_parse_xrd (const char *data, gsize size);
char **xmpp_discovery_parse_json (const char *data, gsize size);
/* The best that may be used: wss before ws, ws only to loopback or with allow_plain. (nullable) */
const char *xmpp_discovery_choose (const char *const *urls, gboolean allow_plain);

/* Is it a WebSocket address that may be used? XMPP_ERROR_NO_WEBSOCKET when it is not one,
 * XMPP_ERROR_INSECURE when it must not be. */
gboolean xmpp_discovery_check_url (const char *url, gboolean allow_plain, GError **error);

G_END_DECLS
