/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-about.h"

#include "xmpp-jid.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

#define RETRACTED "This person took back an earlier message, which your program does not support."

void
xmpp_about_clear (XmppAbout *about)
{
  g_clear_pointer (&about->replaces_id, g_free);
  g_clear_pointer (&about->retracts_id, g_free);
  g_clear_pointer (&about->reacts_to_id, g_free);
  g_clear_pointer (&about->reactions, g_strfreev);
  g_clear_pointer (&about->replies_to_id, g_free);
  g_clear_pointer (&about->replies_to, g_free);
}

/* Reading */

/* Version 1, and the fastening of before. */
static void
read_retraction (XmppAbout *about, const xmlNode *message)
{
  const xmlNode *retract = xmpp_node_child (message, "retract", XMPP_NS_RETRACT);
  const xmlNode *fastened = xmpp_node_child (message, "apply-to", XMPP_NS_FASTEN);
  const xmlNode *moderated = xmpp_node_child (fastened, "moderated", XMPP_NS_MODERATE_OLD);

  if (retract != NULL)
    {
      about->retracts_id = xmpp_node_dup_id (retract, "id");
      about->is_moderated = xmpp_node_child (retract, "moderated", XMPP_NS_MODERATE) != NULL;
    }
  else if (xmpp_node_child (moderated, "retract", XMPP_NS_RETRACT_OLD) != NULL)
    {
      about->retracts_id = xmpp_node_dup_id (fastened, "id");
      about->is_moderated = TRUE;
    }
  else if (xmpp_node_child (fastened, "retract", XMPP_NS_RETRACT_OLD) != NULL)
    about->retracts_id = xmpp_node_dup_id (fastened, "id");
}

gboolean
xmpp_reaction_is_valid (const char *text)
{
  if (*text == '\0' || strlen (text) > XMPP_MAX_REACTION)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) || g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static void
read_reactions (XmppAbout *about, const xmlNode *message)
{
  const xmlNode *reactions = xmpp_node_child (message, "reactions", XMPP_NS_REACTIONS);
  g_autoptr (GStrvBuilder) builder = NULL;
  g_autoptr (GHashTable) seen = NULL;

  about->reacts_to_id = xmpp_node_dup_id (reactions, "id");
  if (about->reacts_to_id == NULL)
    return;
  builder = g_strv_builder_new ();
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  xmpp_node_foreach (reactions, child, "reaction", XMPP_NS_REACTIONS)
  {
    g_autofree char *text = g_strstrip (xmpp_node_dup_text (child));

    if (g_hash_table_size (seen) == XMPP_MAX_REACTIONS)
      break;
    if (xmpp_reaction_is_valid (text) && g_hash_table_add (seen, g_strdup (text)))
      g_strv_builder_add (builder, text);
  }
  about->reactions = g_strv_builder_end (builder);
}

void
xmpp_about_read (XmppAbout *about, const xmlNode *message)
{
  const xmlNode *reply = xmpp_node_child (message, "reply", XMPP_NS_REPLY);

  about->replaces_id
      = xmpp_node_dup_id (xmpp_node_child (message, "replace", XMPP_NS_CORRECT), "id");
  read_retraction (about, message);
  read_reactions (about, message);
  about->replies_to_id = xmpp_node_dup_id (reply, "id");
  if (about->replies_to_id != NULL)
    about->replies_to = xmpp_jid_dup_normal (xmpp_node_attr (reply, "to"));
}

/* Writing */

void
xmpp_correction_add (XmppStanza *stanza, const char *id)
{
  g_return_if_fail (id != NULL);

  xmpp_spec_append (xmpp_stanza_get_root (stanza),
                    XMPP_SPEC (XMPP_EL ("replace", XMPP_NS_CORRECT, XMPP_ATTR ("id", id))));
}

void
xmpp_reply_add (XmppStanza *stanza, const char *id, const char *to)
{
  g_return_if_fail (id != NULL);

  xmpp_spec_append (xmpp_stanza_get_root (stanza),
                    XMPP_SPEC (XMPP_EL ("reply", XMPP_NS_REPLY, XMPP_ATTR ("to", to),
                                        XMPP_ATTR ("id", id))));
}

static XmppStanza *
new_stored (const char *to, XmppMessageType type, const char *id, const XmppSpec *payload)
{
  XmppStanza *stanza = xmpp_stanza_new (XMPP_SPEC (
      XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("to", to),
               XMPP_ATTR ("type", xmpp_message_type_name (type)), XMPP_ATTR ("id", id),
               XMPP_EL ("origin-id", XMPP_NS_STANZA_IDS, XMPP_ATTR ("id", id)),
               XMPP_EL ("request", XMPP_NS_RECEIPTS), XMPP_EL ("store", XMPP_NS_HINTS))));

  xmpp_spec_append (xmpp_stanza_get_root (stanza), payload);
  return stanza;
}

XmppStanza *
xmpp_retraction_new (const char *to, XmppMessageType type, const char *said_id, const char *id)
{
  XmppStanza *stanza;
  xmlNode *root;

  g_return_val_if_fail (to != NULL && said_id != NULL && id != NULL, NULL);
  stanza = new_stored (to, type, said_id,
                       XMPP_SPEC (XMPP_EL ("retract", XMPP_NS_RETRACT, XMPP_ATTR ("id", id))));
  root = xmpp_stanza_get_root (stanza);
  xmpp_spec_append (root, XMPP_SPEC (XMPP_EL ("apply-to", XMPP_NS_FASTEN, XMPP_ATTR ("id", id),
                                              XMPP_EL ("retract", XMPP_NS_RETRACT_OLD))));
  xmpp_spec_append (root, XMPP_SPEC (XMPP_EL ("fallback", XMPP_NS_FALLBACK,
                                              XMPP_ATTR ("for", XMPP_NS_RETRACT))));
  xmpp_spec_append (root, XMPP_SPEC (XMPP_TEXT_EL ("body", NULL, RETRACTED)));
  return stanza;
}

XmppStanza *
xmpp_reactions_new (const char *to,
                    XmppMessageType type,
                    const char *said_id,
                    const char *id,
                    const char *const *reactions)
{
  XmppStanza *stanza;
  xmlNode *element;

  g_return_val_if_fail (to != NULL && said_id != NULL && id != NULL && reactions != NULL, NULL);
  stanza = new_stored (to, type, said_id,
                       XMPP_SPEC (XMPP_EL ("reactions", XMPP_NS_REACTIONS, XMPP_ATTR ("id", id))));
  element = xmpp_node_child (xmpp_stanza_get_root (stanza), "reactions", XMPP_NS_REACTIONS);
  for (; *reactions != NULL; reactions++)
    xmpp_spec_append (element, XMPP_SPEC (XMPP_TEXT_EL ("reaction", NULL, *reactions)));
  return stanza;
}
