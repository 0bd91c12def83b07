/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/*
 * Parts of a body that only stand in for an extension (XEP-0428); positions count code points
 * (XEP-0426). Pure functions; any thread.
 */

#define XMPP_MAX_FALLBACK_RANGES 64 /* of one message; more count as none */

/* Marks body[start, end) of message as standing in for the extension with that namespace. */
void xmpp_fallback_add (xmlNode *message, const char *for_ns, gsize start, gsize end);
/* What of body does not stand in for one of the extensions (NULL-terminated). A range that is not
 * within the body does not count. */
char *xmpp_fallback_strip (const xmlNode *message, const char *body, const char *const *for_ns);
/* What of body stands in for the extension; "" when nothing does. */
char *xmpp_fallback_marked (const xmlNode *message, const char *body, const char *for_ns);

G_END_DECLS
