/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-stanza.h"

#include "xmpp-error.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

struct _XmppStanza
{
  xmlDoc *doc; /* owned */
  XmppStanzaKind kind;
  gsize size; /* 0: built here */
};

static XmppStanzaKind
kind_of (const xmlNode *root)
{
  if (xmpp_node_is (root, "message", XMPP_NS_CLIENT))
    return XMPP_STANZA_MESSAGE;
  if (xmpp_node_is (root, "presence", XMPP_NS_CLIENT))
    return XMPP_STANZA_PRESENCE;
  if (xmpp_node_is (root, "iq", XMPP_NS_CLIENT))
    return XMPP_STANZA_IQ;
  return XMPP_STANZA_OTHER;
}

XmppStanza *
xmpp_stanza_new_take (xmlDoc *doc)
{
  XmppStanza *stanza;

  g_return_val_if_fail (doc != NULL && xmlDocGetRootElement (doc) != NULL, NULL);
  stanza = g_rc_box_new0 (XmppStanza);
  stanza->doc = doc;
  stanza->kind = kind_of (xmlDocGetRootElement (doc));
  return stanza;
}

XmppStanza *
xmpp_stanza_new_received (xmlDoc *doc, gsize size)
{
  XmppStanza *stanza = xmpp_stanza_new_take (doc);

  stanza->size = size;
  return stanza;
}

XmppStanza *
xmpp_stanza_new (const XmppSpec *spec)
{
  g_return_val_if_fail (spec != NULL, NULL);

  return xmpp_stanza_new_take (xmpp_spec_build (spec));
}

XmppStanza *
xmpp_stanza_ref (XmppStanza *stanza)
{
  return g_rc_box_acquire (stanza);
}

static void
clear (gpointer data)
{
  XmppStanza *stanza = data;

  xmlFreeDoc (stanza->doc);
}

void
xmpp_stanza_unref (XmppStanza *stanza)
{
  g_rc_box_release_full (stanza, clear);
}

xmlNode *
xmpp_stanza_get_root (const XmppStanza *stanza)
{
  return xmlDocGetRootElement (stanza->doc);
}

XmppStanzaKind
xmpp_stanza_get_kind (const XmppStanza *stanza)
{
  return stanza->kind;
}

gsize
xmpp_stanza_get_size (const XmppStanza *stanza)
{
  return stanza->size;
}

const char *
xmpp_stanza_get_type (const XmppStanza *stanza)
{
  return xmpp_node_attr (xmpp_stanza_get_root (stanza), "type");
}

const char *
xmpp_stanza_get_id (const XmppStanza *stanza)
{
  return xmpp_node_attr (xmpp_stanza_get_root (stanza), "id");
}

const char *
xmpp_stanza_get_from (const XmppStanza *stanza)
{
  return xmpp_node_attr (xmpp_stanza_get_root (stanza), "from");
}

const char *
xmpp_stanza_get_to (const XmppStanza *stanza)
{
  return xmpp_node_attr (xmpp_stanza_get_root (stanza), "to");
}

void
xmpp_stanza_set_attr (XmppStanza *stanza, const char *name, const char *value)
{
  xmlNode *root = xmpp_stanza_get_root (stanza);

  if (value != NULL)
    xmlSetProp (root, BAD_CAST name, BAD_CAST value);
  else
    xmlUnsetProp (root, BAD_CAST name);
}

const char *
xmpp_stanza_ensure_id (XmppStanza *stanza)
{
  const char *id = xmpp_stanza_get_id (stanza);

  if (id == NULL || *id == '\0')
    {
      g_autofree char *new_id = xmpp_id_new ();

      xmpp_stanza_set_attr (stanza, "id", new_id);
    }
  return xmpp_stanza_get_id (stanza);
}

char *
xmpp_stanza_to_string (const XmppStanza *stanza)
{
  return xmpp_node_to_string (xmpp_stanza_get_root (stanza));
}

/* Out of a UUID, since that comes from the system's random source: ids of requests must not be
 * guessable for those who would answer in another's name. */
char *
xmpp_id_new (void)
{
  g_autofree char *uuid = g_uuid_string_random ();
  guint8 bytes[16];
  char *id;
  gsize n = 0;

  for (const char *p = uuid; *p != '\0' && n < sizeof bytes; p++)
    if (*p != '-')
      {
        bytes[n++] = (guint8) (g_ascii_xdigit_value (p[0]) * 16 + g_ascii_xdigit_value (p[1]));
        p++;
      }
  id = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (id, "+", '-');
  g_strdelimit (id, "/", '_');
  id[22] = '\0';
  return id;
}

static XmppStanza *
new_answer (const XmppStanza *iq, const char *type)
{
  return xmpp_stanza_new (XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", type),
                                              XMPP_ATTR ("to", xmpp_stanza_get_from (iq)),
                                              XMPP_ATTR ("id", xmpp_stanza_get_id (iq)))));
}

XmppStanza *
xmpp_stanza_new_result (const XmppStanza *iq, const XmppSpec *payload)
{
  XmppStanza *answer = new_answer (iq, "result");

  if (payload != NULL)
    xmpp_spec_append (xmpp_stanza_get_root (answer), payload);
  return answer;
}

XmppStanza *
xmpp_stanza_new_error (const XmppStanza *iq, int xmpp_error_code)
{
  XmppStanza *answer;

  g_return_val_if_fail (xmpp_error_condition (xmpp_error_code) != NULL, NULL);
  answer = new_answer (iq, "error");
  xmpp_spec_append (
      xmpp_stanza_get_root (answer),
      XMPP_SPEC (XMPP_EL ("error", NULL, XMPP_ATTR ("type", xmpp_error_type (xmpp_error_code)),
                          XMPP_EL (xmpp_error_condition (xmpp_error_code), XMPP_NS_STANZAS))));
  return answer;
}

GError *
xmpp_stanza_dup_error (const XmppStanza *stanza)
{
  const xmlNode *root = xmpp_stanza_get_root (stanza);

  if (g_strcmp0 (xmpp_stanza_get_type (stanza), "error") != 0)
    return NULL;
  return xmpp_error_from_stanza_error (xmpp_node_child (root, "error", XMPP_NS_CLIENT));
}
