/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/* Places: XEP-0080 inside a message, and geo: addresses (RFC 5870). Degrees, WGS 84. Pure
 * functions; any thread. */

typedef struct
{
  double latitude;
  double longitude;
  char *description; /* owned, nullable */
} XmppLocation;

/* Finite, and within ±90 and ±180? */
gboolean xmpp_location_is_on_earth (double latitude, double longitude);
/* FALSE, and nothing set, when message has none. Clear with xmpp_location_clear(). */
gboolean xmpp_location_read (const xmlNode *message, XmppLocation *ret_location);
void xmpp_location_clear (XmppLocation *location);
void xmpp_location_append (xmlNode *message, const XmppLocation *location);

/* To seven decimals, about a centimetre. */
char *xmpp_location_to_uri (double latitude, double longitude);
/* FALSE when text is not one geo: address and nothing else. */
gboolean xmpp_location_parse_uri (const char *text, double *ret_latitude, double *ret_longitude);

G_END_DECLS
