/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/*
 * Reading of elements. All take a NULL node and answer as if there was nothing. What they return is
 * borrowed from the node unless the name says dup. For nodes out of xmpp_frame_parse() and
 * xmpp_stanza_new() only: entities are resolved there. Any thread, the nodes being constant.
 */

#define XMPP_MAX_ID 1023 /* bytes; a message's longer id counts as none */

/* name, ns: NULL stands for any. */
gboolean xmpp_node_is (const xmlNode *node, const char *name, const char *ns);
const char *xmpp_node_name (const xmlNode *node);
const char *xmpp_node_ns (const xmlNode *node);

/* The first such child element, and the next such one behind it. */
xmlNode *xmpp_node_child (const xmlNode *node, const char *name, const char *ns);
xmlNode *xmpp_node_next (const xmlNode *node, const char *name, const char *ns);
#define xmpp_node_foreach(parent, child, name, ns)                                                 \
  for (xmlNode *child = xmpp_node_child (parent, name, ns); child != NULL;                         \
       child = xmpp_node_next (child, name, ns))

/* The value of an attribute without namespace; NULL when there is none. */
const char *xmpp_node_attr (const xmlNode *node, const char *name);
/* Ids are compared, stored, and said again in receipts and markers: what is too long for that,
 * blank, or has more than one line, is none, like a missing one: NULL. */
char *xmpp_node_dup_id (const xmlNode *node, const char *name);
/* FALSE, and *ret_value untouched, when it is missing or not such a number. */
gboolean xmpp_node_attr_uint64 (const xmlNode *node, const char *name, guint64 *ret_value);
/* "true" or "1". */
gboolean xmpp_node_attr_bool (const xmlNode *node, const char *name);
/* XEP-0082 date and time as microseconds since 1970, UTC; 0 when missing or wrong. */
gint64 xmpp_node_attr_time_us (const xmlNode *node, const char *name);

/* The element's own text (not that of its children); never NULL. */
char *xmpp_node_dup_text (const xmlNode *node);
/* Text of the first such child; NULL when there is no such child. */
char *xmpp_node_dup_child_text (const xmlNode *node, const char *name, const char *ns);
/* The element as XML text. */
char *xmpp_node_to_string (const xmlNode *node);

/* XEP-0082, both directions. */
char *xmpp_time_format (gint64 time_us);
gint64 xmpp_time_parse (const char *text);

G_END_DECLS
