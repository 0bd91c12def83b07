/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-node.h"

#include <string.h>

gboolean
xmpp_node_is (const xmlNode *node, const char *name, const char *ns)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return FALSE;
  return (name == NULL || strcmp (xmpp_node_name (node), name) == 0)
         && (ns == NULL || g_strcmp0 (xmpp_node_ns (node), ns) == 0);
}

const char *
xmpp_node_name (const xmlNode *node)
{
  return node != NULL ? (const char *) node->name : NULL;
}

const char *
xmpp_node_ns (const xmlNode *node)
{
  return node != NULL && node->type == XML_ELEMENT_NODE && node->ns != NULL
             ? (const char *) node->ns->href
             : NULL;
}

static xmlNode *
first_from (xmlNode *node, const char *name, const char *ns)
{
  while (node != NULL && !xmpp_node_is (node, name, ns))
    node = node->next;
  return node;
}

xmlNode *
xmpp_node_child (const xmlNode *node, const char *name, const char *ns)
{
  return node != NULL ? first_from (node->children, name, ns) : NULL;
}

xmlNode *
xmpp_node_next (const xmlNode *node, const char *name, const char *ns)
{
  return node != NULL ? first_from (node->next, name, ns) : NULL;
}

const char *
xmpp_node_attr (const xmlNode *node, const char *name)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return NULL;
  for (const xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    if (attr->ns == NULL && strcmp ((const char *) attr->name, name) == 0)
      return attr->children != NULL && attr->children->content != NULL
                 ? (const char *) attr->children->content
                 : "";
  return NULL;
}

char *
xmpp_node_dup_id (const xmlNode *node, const char *name)
{
  const char *id = xmpp_node_attr (node, name);
  gboolean is_blank = TRUE;

  if (id == NULL || strlen (id) > XMPP_MAX_ID)
    return NULL;
  for (const char *p = id; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_ascii_iscntrl (*p))
        return NULL;
      is_blank = is_blank && g_unichar_isspace (g_utf8_get_char (p));
    }
  return is_blank ? NULL : g_strdup (id);
}

gboolean
xmpp_node_attr_uint64 (const xmlNode *node, const char *name, guint64 *ret_value)
{
  const char *text = xmpp_node_attr (node, name);

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, ret_value, NULL);
}

gboolean
xmpp_node_attr_bool (const xmlNode *node, const char *name)
{
  const char *text = xmpp_node_attr (node, name);

  return g_strcmp0 (text, "true") == 0 || g_strcmp0 (text, "1") == 0;
}

gint64
xmpp_node_attr_time_us (const xmlNode *node, const char *name)
{
  return xmpp_time_parse (xmpp_node_attr (node, name));
}

char *
xmpp_node_dup_text (const xmlNode *node)
{
  GString *text = g_string_new (NULL);

  for (const xmlNode *child = node != NULL ? node->children : NULL; child != NULL;
       child = child->next)
    if ((child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
        && child->content != NULL)
      g_string_append (text, (const char *) child->content);
  return g_string_free (text, FALSE);
}

char *
xmpp_node_dup_child_text (const xmlNode *node, const char *name, const char *ns)
{
  const xmlNode *child = xmpp_node_child (node, name, ns);

  return child != NULL ? xmpp_node_dup_text (child) : NULL;
}

char *
xmpp_node_to_string (const xmlNode *node)
{
  xmlBuffer *buffer = xmlBufferCreate ();
  char *text;

  xmlNodeDump (buffer, node->doc, (xmlNode *) node, 0, 0);
  text = g_strndup ((const char *) xmlBufferContent (buffer), (gsize) xmlBufferLength (buffer));
  xmlBufferFree (buffer);
  return text;
}

char *
xmpp_time_format (gint64 time_us)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) time = NULL;

  if (seconds == NULL)
    return NULL;
  time = g_date_time_add (seconds, time_us % G_USEC_PER_SEC);
  return g_date_time_format (time, time_us % G_USEC_PER_SEC != 0 ? "%Y-%m-%dT%H:%M:%S.%fZ"
                                                                 : "%Y-%m-%dT%H:%M:%SZ");
}

gint64
xmpp_time_parse (const char *text)
{
  g_autoptr (GDateTime) time = NULL;

  if (text == NULL || strlen (text) > 64)
    return 0;
  time = g_date_time_new_from_iso8601 (text, NULL);
  if (time == NULL)
    return 0;
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}
