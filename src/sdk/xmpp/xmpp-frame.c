/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-frame.h"

#include "xmpp-error.h"
#include "xmpp-node.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

static const int parse_options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                                 | XML_PARSE_NOENT | XML_PARSE_NOCDATA | XML_PARSE_COMPACT;

/* A DTD could define entities, and XMPP has none: stop at its first sign, before they are read. */
static void
on_dtd (void *user_data, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
  ((xmlParserCtxt *) user_data)->wellFormed = 0;
  xmlStopParser (user_data);
}

static xmlDoc *
parse (const char *data, gsize size)
{
  xmlParserCtxt *context = xmlNewParserCtxt ();
  xmlDoc *doc;

  if (context == NULL)
    return NULL;
  context->sax->internalSubset = on_dtd;
  context->sax->comment = NULL;
  context->sax->processingInstruction = NULL;
  doc = xmlCtxtReadMemory (context, data, (int) size, NULL, "UTF-8", parse_options);
  if (doc != NULL && (!context->wellFormed || xmlDocGetRootElement (doc) == NULL))
    g_clear_pointer (&doc, xmlFreeDoc);
  xmlFreeParserCtxt (context);
  return doc;
}

/* Past what ends with that mark. */
static const char *
past (const char *p, const char *end, const char *mark)
{
  const char *found = g_strstr_len (p, end - p, mark);

  return found != NULL ? found + strlen (mark) : end;
}

/* Past the tag that begins at p. */
static const char *
past_tag (const char *p, const char *end, guint *ret_attributes)
{
  char quote = '\0';

  for (*ret_attributes = 0; p < end && (*p != '>' || quote != '\0'); p++)
    if (quote != '\0')
      quote = *p == quote ? '\0' : quote;
    else if (*p == '"' || *p == '\'')
      quote = *p;
    else if (*p == '=')
      ++*ret_attributes;
  return p;
}

/* libxml2 compares every attribute of a tag with every other, which takes many seconds for as many
 * as fit into a frame. */
static gboolean
has_too_many_attributes (const char *data, gsize size)
{
  const char *end = data + size;
  const char *p = data;

  while ((p = memchr (p, '<', (gsize) (end - p))) != NULL)
    {
      guint attributes = 0;

      if (g_strstr_len (p, MIN (4, end - p), "<!--") != NULL)
        p = past (p, end, "-->");
      else if (g_strstr_len (p, MIN (9, end - p), "<![CDATA[") != NULL)
        p = past (p, end, "]]>");
      else if (g_strstr_len (p, MIN (2, end - p), "<?") != NULL)
        p = past (p, end, "?>");
      else
        p = past_tag (p, end, &attributes);
      if (attributes > XMPP_MAX_ATTRIBUTES)
        return TRUE;
    }
  return FALSE;
}

/* A message may be kept while others are waited for, and in memory every part of it takes many
 * times the bytes that it was sent in. */
static const char *
misshape (const xmlNode *root)
{
  gboolean is_message = xmpp_node_is (root, "message", NULL);
  const xmlNode *node = root;
  guint depth = 1;
  guint nodes = 0;

  while (node != NULL)
    {
      if (depth > XMPP_MAX_FRAME_DEPTH)
        return "the frame is nested too deep";
      if (is_message && ++nodes > XMPP_MAX_MESSAGE_NODES)
        return "the message has too many parts";
      if (node->children != NULL && node->type == XML_ELEMENT_NODE)
        {
          node = node->children;
          depth++;
          continue;
        }
      while (node != root && node->next == NULL)
        {
          node = node->parent;
          depth--;
        }
      node = node == root ? NULL : node->next;
    }
  return NULL;
}

static XmppStanza *
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, XMPP_ERROR, XMPP_ERROR_FRAME, why);
  return NULL;
}

XmppStanza *
xmpp_frame_parse (const char *data, gsize size, GError **error)
{
  const char *why;
  xmlDoc *doc;

  g_return_val_if_fail (data != NULL || size == 0, NULL);
  if (size == 0)
    return refuse (error, "the frame is empty");
  if (size > XMPP_MAX_FRAME_SIZE)
    return refuse (error, "the frame is larger than 1 MiB");
  if (!g_utf8_validate_len (data, size, NULL))
    return refuse (error, "the frame is not UTF-8");
  if (has_too_many_attributes (data, size))
    return refuse (error, "an element of the frame has too many attributes");
  doc = parse (data, size);
  if (doc == NULL)
    return refuse (error, "the frame is not one well-formed element without DTD");
  why = misshape (xmlDocGetRootElement (doc));
  if (why != NULL)
    {
      xmlFreeDoc (doc);
      return refuse (error, why);
    }
  return xmpp_stanza_new_received (doc, size);
}

gboolean
xmpp_frame_looks_like_stanza (const char *data, gsize size)
{
  static const char *const names[] = { "<message", "<presence", "<iq" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length = strlen (names[i]);

      if (size > length && memcmp (data, names[i], length) == 0 && !g_ascii_isalnum (data[length]))
        return TRUE;
    }
  return FALSE;
}
