/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/*
 * One notation that builds elements and matches them, made of nested literals:
 *
 *   XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
 *                       XMPP_EL ("query", XMPP_NS_ROSTER,
 *                                XMPP_EL ("item", NULL, XMPP_ATTR ("jid", jid)))))
 *
 * Building: a NULL attribute value leaves the attribute out, a NULL text the whole XMPP_TEXT_EL; a
 * NULL namespace is the parent's. Matching: the element contains at least this; XMPP_ANY stands for
 * any value, name or namespace.
 *
 * A literal in a function lives until the block ends; what is kept (porter patterns) is static
 * const at file scope:
 *
 *   static const XmppSpec ping_pattern = XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"),
 *                                                 XMPP_EL ("ping", XMPP_NS_PING));
 */

typedef enum
{
  XMPP_SPEC_END,
  XMPP_SPEC_SKIP,
  XMPP_SPEC_ELEMENT,
  XMPP_SPEC_ATTR,
  XMPP_SPEC_TEXT,
  XMPP_SPEC_TEXT_ELEMENT,
  XMPP_SPEC_NODE
} XmppSpecKind;

typedef struct _XmppSpec XmppSpec;
struct _XmppSpec
{
  XmppSpecKind kind;
  const char *name;
  const char *ns;
  const char *value;
  const XmppSpec *items;
  const xmlNode *node;
};

extern const char xmpp_any[];
#define XMPP_ANY xmpp_any

/* clang-format off */
#define XMPP_SPEC(...) (&(const XmppSpec) __VA_ARGS__)
#define XMPP_EL(name_, ns_, ...)                                                                   \
  { XMPP_SPEC_ELEMENT, name_, ns_, NULL,                                                           \
    (const XmppSpec[]){ { XMPP_SPEC_SKIP } __VA_OPT__ (, ) __VA_ARGS__, { XMPP_SPEC_END } }, NULL }
/* Only when the condition holds (building). */
#define XMPP_EL_IF(condition_, name_, ns_, ...)                                                    \
  { (condition_) ? XMPP_SPEC_ELEMENT : XMPP_SPEC_SKIP, name_, ns_, NULL,                           \
    (const XmppSpec[]){ { XMPP_SPEC_SKIP } __VA_OPT__ (, ) __VA_ARGS__, { XMPP_SPEC_END } }, NULL }
#define XMPP_ATTR(name_, value_) { XMPP_SPEC_ATTR, name_, NULL, value_, NULL, NULL }
#define XMPP_TEXT(text_) { XMPP_SPEC_TEXT, NULL, NULL, text_, NULL, NULL }
/* <name>text</name> */
#define XMPP_TEXT_EL(name_, ns_, text_) { XMPP_SPEC_TEXT_ELEMENT, name_, ns_, text_, NULL, NULL }
/* A copy of an element that exists; NULL is left out (building). */
#define XMPP_NODE(node_) { XMPP_SPEC_NODE, NULL, NULL, NULL, NULL, node_ }
/* clang-format on */

/* Builds spec as the root of a new document. Characters that XML cannot carry are left out of text.
 */
xmlDoc *xmpp_spec_build (const XmppSpec *spec);
/* Builds spec as the last child of parent. */
xmlNode *xmpp_spec_append (xmlNode *parent, const XmppSpec *spec);
/* text without what XML 1.0 cannot carry; NULL when there is nothing to leave out. */
char *xmpp_text_carried (const char *text);
/* Does node contain at least spec? */
gboolean xmpp_spec_match (const XmppSpec *spec, const xmlNode *node);

G_END_DECLS
