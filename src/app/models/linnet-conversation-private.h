/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linnet-backend.h"
#include "linnet-conversation.h"

/* "c2c:bob", "group:walkers". Transfer full. */
char *linnet_conversation_make_key (LinnetConversationType type, const char *id);

/* own_address: the full address of the account, for the domain of bare ids. */
LinnetConversation *linnet_conversation_new (LinnetBackend *backend,
                                             const char *own_address,
                                             LinnetConversationType type,
                                             const char *id);

/* Told after the notification of "time" or "name", and of "unread-count". */
typedef struct
{
  void (*order_changed) (LinnetConversation *conversation, gpointer data);
  void (*unread_changed) (LinnetConversation *conversation, gpointer data);
} LinnetConversationOwner;

/* owner: nullable, static. */
void linnet_conversation_set_owner (LinnetConversation *self,
                                    const LinnetConversationOwner *owner,
                                    gpointer data);

/* What the library says about it now. */
void linnet_conversation_take_conv (LinnetConversation *self, ImConv *conv);
/* New messages of this conversation, in the library's order. */
void linnet_conversation_receive (LinnetConversation *self, GPtrArray *msgs);
/* Newer copies of messages. */
void linnet_conversation_update_messages (LinnetConversation *self, GPtrArray *msgs);
void linnet_conversation_set_peer_read (LinnetConversation *self, gint64 up_to);
void linnet_conversation_set_is_typing (LinnetConversation *self, gboolean is_typing);
/* Midnight, or another clock. */
void linnet_conversation_refresh_times (LinnetConversation *self);
/* The account is gone from here: nothing is asked of the backend any more. */
void linnet_conversation_detach (LinnetConversation *self);
