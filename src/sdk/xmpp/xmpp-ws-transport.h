/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-config.h"
#include "xmpp-transport.h"

G_BEGIN_DECLS

/* XMPP over WebSocket (RFC 7395) with libsoup. */

#define XMPP_TYPE_WS_TRANSPORT (xmpp_ws_transport_get_type ())
G_DECLARE_FINAL_TYPE (XmppWsTransport, xmpp_ws_transport, XMPP, WS_TRANSPORT, GObject)

/* url: "ws://…" or "wss://…", checked already. */
XmppTransport *xmpp_ws_transport_new (const XmppConfig *config, const char *url);

G_END_DECLS
