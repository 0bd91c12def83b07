/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-frame.h"

#include "xmpp-error.h"

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

static gboolean
is_too_deep (const xmlNode *root)
{
  const xmlNode *node = root;
  guint depth = 1;

  while (node != NULL)
    {
      if (depth > XMPP_MAX_FRAME_DEPTH)
        return TRUE;
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
  return FALSE;
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
  xmlDoc *doc;

  g_return_val_if_fail (data != NULL || size == 0, NULL);
  if (size == 0)
    return refuse (error, "the frame is empty");
  if (size > XMPP_MAX_FRAME_SIZE)
    return refuse (error, "the frame is larger than 1 MiB");
  if (!g_utf8_validate_len (data, size, NULL))
    return refuse (error, "the frame is not UTF-8");
  doc = parse (data, size);
  if (doc == NULL)
    return refuse (error, "the frame is not one well-formed element without DTD");
  if (is_too_deep (xmlDocGetRootElement (doc)))
    {
      xmlFreeDoc (doc);
      return refuse (error, "the frame is nested too deep");
    }
  return xmpp_stanza_new_take (doc);
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
