/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "map-id.h"
#include "xmpp-message.h"

G_BEGIN_DECLS

/* A reply (XEP-0461) is in message_cloud_custom_str, as the vendor's kits write it:
 * {"messageReply":{"messageID":…,"messageAbstract":…,"messageSender":…,"version":1}}. messageID is
 * the message_msg_id of the message that is answered, messageAbstract what foreign programs see of
 * it at the head of the body. Pure functions; any thread. */

#define MAP_MAX_CLOUD_CUSTOM 8192 /* bytes */

typedef struct
{
  char *id;    /* of the message that is answered; NULL: it is no reply */
  char *to;    /* who wrote it; nullable */
  char *quote; /* what is put before the body, with its line ends; "" for nothing */
} MapReply;

/* Of a message to peer_jid that carries this string, nullable. Clear with map_reply_clear(). */
void map_reply_read (const MapIds *ids,
                     const char *peer_jid,
                     const char *cloud_custom_str,
                     MapReply *ret_reply);
void map_reply_clear (MapReply *reply);

/* The string of a message that was received: claimed (nullable) is what the sender's container has,
 * whose reply only counts as far as the message itself says the same. Nullable. */
char *
map_reply_dup_cloud_custom (const MapIds *ids, const XmppMessage *message, const char *claimed);

G_END_DECLS
