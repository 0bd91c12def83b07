/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linnet-backend.h"
#include "linnet-conversation-list.h"

LinnetConversationList *linnet_conversation_list_new (void);

/* The account whose conversations follow; everything in the list goes. backend NULL: nobody. */
void linnet_conversation_list_set_account (LinnetConversationList *self,
                                           LinnetBackend *backend,
                                           const char *own_address);
void linnet_conversation_list_set_load_state (LinnetConversationList *self, LinnetLoadState state);

/* Around what may change many conversations: their new places, those that enter, and the number of
 * unread ones are told once, at the end. May be nested. */
void linnet_conversation_list_begin (LinnetConversationList *self);
void linnet_conversation_list_end (LinnetConversationList *self);

/* The conversation of this name, made when it is unknown. Borrowed. */
LinnetConversation *linnet_conversation_list_ensure (LinnetConversationList *self,
                                                     LinnetConversationType type,
                                                     const char *id);
/* Conversations as the library has them (array of ImConv): new ones enter, known ones change. */
void linnet_conversation_list_take (LinnetConversationList *self, GPtrArray *convs);
/* Around loading all of them in parts: what nothing was heard of in between goes at the end. A new
 * beginning forgets the one before. */
void linnet_conversation_list_begin_loading (LinnetConversationList *self);
void linnet_conversation_list_end_loading (LinnetConversationList *self);
/* Array of ImConv. */
void linnet_conversation_list_remove (LinnetConversationList *self, GPtrArray *convs);
void linnet_conversation_list_flush_drafts (LinnetConversationList *self);
void linnet_conversation_list_refresh_times (LinnetConversationList *self);
