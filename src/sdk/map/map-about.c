/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-about.h"

#include "im-error.h"
#include "map-message.h"

/* It asks for an exact receipt. */
static XmppStanza *
add_container (XmppStanza *stanza)
{
  xmpp_spec_append (xmpp_stanza_get_root (stanza),
                    XMPP_SPEC (XMPP_EL ("tim", MAP_MESSAGE_FEATURE)));
  return stanza;
}

XmppStanza *
map_about_retraction (
    const MapIds *ids, const char *user_id, const char *said_id, const char *id, GError **error)
{
  g_autofree char *to = map_id_jid_from_user (ids, user_id, error);

  return to != NULL ? add_container (xmpp_retraction_new (to, XMPP_MESSAGE_CHAT, said_id, id))
                    : NULL;
}

static gboolean
check_reactions (const char *const *reactions, GError **error)
{
  for (guint i = 0; reactions[i] != NULL; i++)
    if (i == XMPP_MAX_REACTIONS || !xmpp_reaction_is_valid (reactions[i]))
      {
        g_set_error (error, IM_ERROR, ERR_INVALID_PARAMETERS, "reaction_id: %s",
                     i == XMPP_MAX_REACTIONS ? "too many for one message" : "not usable");
        return FALSE;
      }
  return TRUE;
}

XmppStanza *
map_about_reactions (const MapIds *ids,
                     const char *user_id,
                     const char *said_id,
                     const char *id,
                     const char *const *reactions,
                     GError **error)
{
  g_autofree char *to = NULL;

  if (!check_reactions (reactions, error))
    return NULL;
  to = map_id_jid_from_user (ids, user_id, error);
  return to != NULL
             ? add_container (xmpp_reactions_new (to, XMPP_MESSAGE_CHAT, said_id, id, reactions))
             : NULL;
}

gboolean
map_about_is_by_author (const MapIds *ids, const XmppMessage *message, const ImMsg *msg)
{
  g_autofree char *peer = map_message_dup_peer (ids, message);
  g_autofree char *conv_id = map_id_user_from_jid (ids, peer);
  gboolean is_own = map_message_is_from_self (ids, message);

  return !message->about.is_moderated
         && (message->type == XMPP_MESSAGE_CHAT || message->type == XMPP_MESSAGE_NORMAL)
         && msg->conv_type == IM_CONV_C2C && conv_id != NULL
         && g_strcmp0 (conv_id, msg->conv_id) == 0 && is_own == !!msg->is_from_self;
}
