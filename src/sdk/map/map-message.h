/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-msg.h"
#include "map-elem.h"
#include "map-id.h"
#include "xmpp-message.h"

/* TIM messages ⇄ XMPP messages (design decision 8). A text is a plain body that every client shows,
 * files and places have their standard parts (map-elem.h, map-parts.h); what has no standard form
 * rides beside them in one element of our namespace, which is validated like any input, counts only
 * when it says what the others say, and never decides who sent a message or when. */

/* Of a device whose receipts are exact (XEP-0030), and the namespace of our elements. */
#define MAP_MESSAGE_FEATURE "urn:linnet:tim:1"

/* Can it be sent, perhaps after an upload? Errors: IM_ERROR as map_elem_check(), 8001. */
gboolean map_message_check (const ImMsg *msg, GError **error);

/* The stanza for a one-to-one message. origin_id is also the stanza's id. Errors: as above, 7003,
 * 6016 for a file that has no url yet (map_elems_list_uploads()). */
XmppStanza *
map_message_to_stanza (const MapIds *ids, const ImMsg *msg, const char *origin_id, GError **error);
/* The same as the new content of the message with that id (XEP-0308). */
XmppStanza *map_message_to_correction (const MapIds *ids,
                                       const ImMsg *msg,
                                       const char *origin_id,
                                       const char *replaced_id,
                                       GError **error);

/* What a list shows of it and a search finds: texts, names of files, descriptions, "[Picture]".
 * Never NULL. */
char *map_message_fallback_text (const ImMsg *msg);

/* Says which one the sender wrote before it in this conversation. */
void map_message_add_previous (XmppStanza *stanza, const char *previous_id);

/* The same once more, because it may not have arrived: whoever knows it by its origin id only sends
 * its receipt again. after_id (nullable): of what was sent before it, behind which it belongs;
 * before_id (nullable): of what was sent after it and has arrived. */
XmppStanza *map_message_to_repeat (const MapIds *ids,
                                   const ImMsg *msg,
                                   const char *origin_id,
                                   const char *after_id,
                                   const char *before_id,
                                   GError **error);

/* Receipts (XEP-0184). is_exact adds that every message which comes gets one, so that the sender
 * can tell what was lost: for those of map_message_wants_exact(). */
XmppStanza *
map_message_receipts (const char *to, const char *const *message_ids, gboolean is_exact);

/* A new message out of a stanza with content, complete but for what the store decides (seq, unique
 * id, read state); NULL when it has none. stamp_us is used when the message does not carry its own.
 */
ImMsg *map_message_from_stanza (const MapIds *ids, XmppMessage *message, gint64 now_us);

/* Whether the sender reads several receipts in one message, and what is_exact says. */
gboolean map_message_wants_exact (XmppMessage *message);
/* The receipts in it are exact. */
gboolean map_message_is_exact (XmppMessage *message);
gboolean map_message_is_repeat (XmppMessage *message);
/* What its sender wrote before it. Returns: (transfer full) (nullable) */
char *map_message_dup_previous (XmppMessage *message);
/* What a repeated one stands behind, and what it stands before. Returns: (transfer full) (nullable)
 */
char *map_message_dup_after (XmppMessage *message);
char *map_message_dup_before (XmppMessage *message);

/* The peer's typing as the vendor's kits write it: an online-only custom message. */
ImMsg *map_message_typing (const MapIds *ids, const char *peer_jid, gboolean typing, gint64 now_us);
/* -1: not a typing message; else whether it says typing */
int map_message_get_typing (const ImMsg *msg);

/* With whom the stanza was exchanged: the bare JID of the other side. Returns: (transfer full)
 * (nullable) */
char *map_message_dup_peer (const MapIds *ids, const XmppMessage *message);
gboolean map_message_is_from_self (const MapIds *ids, const XmppMessage *message);
