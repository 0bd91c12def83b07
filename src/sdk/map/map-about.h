/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-msg.h"
#include "map-id.h"
#include "xmpp-message.h"

G_BEGIN_DECLS

/* Messages about messages between two people; a correction is map_message_to_correction(). said_id
 * is the stanza's own, id is what the message has on the wire (message_msg_id). Pure functions; any
 * thread. */

/* TIMMsgRevoke. Errors: IM_ERROR 7003. */
XmppStanza *map_about_retraction (
    const MapIds *ids, const char *user_id, const char *said_id, const char *id, GError **error);
/* TIMMsgAddMessageReaction and TIMMsgRemoveMessageReaction: all reactions that the own user has for
 * that message now, NULL-terminated. Errors: IM_ERROR 7003, 6017 for too many, or one that is
 * empty, too long, or has spaces. */
XmppStanza *map_about_reactions (const MapIds *ids,
                                 const char *user_id,
                                 const char *said_id,
                                 const char *id,
                                 const char *const *reactions,
                                 GError **error);

/* Does message come from who wrote msg, in the same conversation? Only then it corrects msg or
 * takes it back. */
gboolean map_about_is_by_author (const MapIds *ids, const XmppMessage *message, const ImMsg *msg);

G_END_DECLS
