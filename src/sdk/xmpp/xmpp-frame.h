/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-stanza.h"

G_BEGIN_DECLS

/* One WebSocket frame is one XML document (RFC 7395): bytes from a stranger into a stanza. Any
 * thread. */

#define XMPP_MAX_FRAME_SIZE (1024 * 1024)
#define XMPP_MAX_FRAME_DEPTH 100
#define XMPP_MAX_ATTRIBUTES 256 /* of one element, with its namespaces */
#define XMPP_MAX_MESSAGE_NODES 4096

/* Refuses with XMPP_ERROR_FRAME: too big, not UTF-8, not well-formed, any DTD, too deep, too many
 * attributes, a message of too many parts. */
XmppStanza *xmpp_frame_parse (const char *data, gsize size, GError **error);
/* Does a frame that could not be parsed look like a stanza, so that the server counts it as one? */
gboolean xmpp_frame_looks_like_stanza (const char *data, gsize size);

G_END_DECLS
