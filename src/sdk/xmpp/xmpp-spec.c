/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-spec.h"

#include "xmpp-node.h"

#include <string.h>

const char xmpp_any[] = "*";

/* Building */

static gboolean
is_xml_char (gunichar c)
{
  return c == 0x9 || c == 0xa || c == 0xd || (c >= 0x20 && c <= 0xd7ff)
         || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
}

char *
xmpp_text_carried (const char *text)
{
  g_autofree char *valid = NULL;
  gboolean clean = g_utf8_validate (text, -1, NULL);
  GString *out;

  for (const char *p = text; clean && *p != '\0'; p = g_utf8_next_char (p))
    clean = is_xml_char (g_utf8_get_char (p));
  if (clean)
    return NULL;
  valid = g_utf8_make_valid (text, -1);
  out = g_string_new (NULL);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (is_xml_char (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static void
add_attr (xmlNode *node, const char *name, const char *value)
{
  g_autofree char *cleaned = NULL;

  if (value == NULL)
    return;
  cleaned = xmpp_text_carried (value);
  xmlNewProp (node, BAD_CAST name, BAD_CAST (cleaned != NULL ? cleaned : value));
}

static void
add_text (xmlNode *node, const char *text)
{
  g_autofree char *cleaned = NULL;

  if (text == NULL)
    return;
  cleaned = xmpp_text_carried (text);
  xmlAddChild (node, xmlNewText (BAD_CAST (cleaned != NULL ? cleaned : text)));
}

static xmlNode *
new_element (xmlDoc *doc, xmlNode *parent, const char *name, const char *ns)
{
  xmlNode *node = xmlNewDocNode (doc, NULL, BAD_CAST name, NULL);
  const char *parent_ns = xmpp_node_ns (parent);

  if (parent != NULL)
    xmlAddChild (parent, node);
  else
    xmlDocSetRootElement (doc, node);
  if (ns == NULL || g_strcmp0 (ns, parent_ns) == 0)
    xmlSetNs (node, parent != NULL ? parent->ns : NULL);
  else
    xmlSetNs (node, xmlNewNs (node, BAD_CAST ns, NULL));
  return node;
}

static xmlNode *build (xmlDoc *doc, xmlNode *parent, const XmppSpec *spec);

static void
add_item (xmlDoc *doc, xmlNode *node, const XmppSpec *item)
{
  xmlNode *copy;

  switch (item->kind)
    {
    case XMPP_SPEC_ATTR:
      add_attr (node, item->name, item->value);
      break;
    case XMPP_SPEC_TEXT:
      add_text (node, item->value);
      break;
    case XMPP_SPEC_NODE:
      copy = item->node != NULL ? xmlDocCopyNode ((xmlNode *) item->node, doc, 1) : NULL;
      if (copy != NULL)
        xmlAddChild (node, copy);
      break;
    case XMPP_SPEC_ELEMENT:
    case XMPP_SPEC_TEXT_ELEMENT:
      build (doc, node, item);
      break;
    case XMPP_SPEC_SKIP:
    case XMPP_SPEC_END:
      break;
    }
}

static xmlNode *
build (xmlDoc *doc, xmlNode *parent, const XmppSpec *spec)
{
  xmlNode *node;

  if (spec->kind == XMPP_SPEC_TEXT_ELEMENT && spec->value == NULL)
    return NULL;
  node = new_element (doc, parent, spec->name, spec->ns);
  if (spec->kind == XMPP_SPEC_TEXT_ELEMENT)
    add_text (node, spec->value);
  else
    for (const XmppSpec *item = spec->items; item->kind != XMPP_SPEC_END; item++)
      add_item (doc, node, item);
  return node;
}

xmlDoc *
xmpp_spec_build (const XmppSpec *spec)
{
  xmlDoc *doc;

  g_return_val_if_fail (spec != NULL && spec->kind == XMPP_SPEC_ELEMENT, NULL);
  doc = xmlNewDoc (BAD_CAST "1.0");
  build (doc, NULL, spec);
  return doc;
}

xmlNode *
xmpp_spec_append (xmlNode *parent, const XmppSpec *spec)
{
  g_return_val_if_fail (parent != NULL && spec != NULL, NULL);

  if (spec->kind != XMPP_SPEC_ELEMENT && spec->kind != XMPP_SPEC_TEXT_ELEMENT)
    return NULL;
  return build (parent->doc, parent, spec);
}

/* Matching */

static gboolean
text_matches (const char *wanted, const xmlNode *node)
{
  g_autofree char *text = NULL;

  if (wanted == xmpp_any || wanted == NULL)
    return TRUE;
  text = xmpp_node_dup_text (node);
  return strcmp (text, wanted) == 0;
}

static gboolean
child_matches (const XmppSpec *item, const xmlNode *node)
{
  xmpp_node_foreach (node, child, NULL, NULL)
  {
    /* A child without a namespace of its own is in that of its parent. */
    if (item->ns == NULL && g_strcmp0 (xmpp_node_ns (child), xmpp_node_ns (node)) != 0)
      continue;
    if (xmpp_spec_match (item, child))
      return TRUE;
  }
  return FALSE;
}

static gboolean
item_matches (const XmppSpec *item, const xmlNode *node)
{
  const char *value;

  switch (item->kind)
    {
    case XMPP_SPEC_ATTR:
      value = xmpp_node_attr (node, item->name);
      return item->value == NULL
             || (value != NULL && (item->value == xmpp_any || strcmp (item->value, value) == 0));
    case XMPP_SPEC_TEXT:
      return text_matches (item->value, node);
    case XMPP_SPEC_ELEMENT:
    case XMPP_SPEC_TEXT_ELEMENT:
      return child_matches (item, node);
    case XMPP_SPEC_NODE:
    case XMPP_SPEC_SKIP:
    case XMPP_SPEC_END:
      break;
    }
  return TRUE;
}

gboolean
xmpp_spec_match (const XmppSpec *spec, const xmlNode *node)
{
  g_return_val_if_fail (spec != NULL, FALSE);

  if (!xmpp_node_is (node, spec->name == xmpp_any ? NULL : spec->name,
                     spec->ns == xmpp_any ? NULL : spec->ns))
    return FALSE;
  if (spec->kind == XMPP_SPEC_TEXT_ELEMENT)
    return text_matches (spec->value, node);
  for (const XmppSpec *item = spec->items; item->kind != XMPP_SPEC_END; item++)
    if (!item_matches (item, node))
      return FALSE;
  return TRUE;
}
