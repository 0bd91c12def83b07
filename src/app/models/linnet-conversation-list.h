/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conversations in the order of the sidebar: a GListModel of LinnetConversation, newest of
 * message or draft first; ties by name, then key. A conversation keeps its object for its life; one
 * that moves is one items-changed of the range between its old and its new place. Main thread.
 *
 * Properties: "n-items"; "load-state" (LinnetLoadState; RUNNING until the local store answered, for
 * telling "still loading" from "No Conversations Yet"); "unread-count" (uint, conversations with
 * unread messages). */
#pragma once

#include "linnet-conversation.h"

#define LINNET_TYPE_CONVERSATION_LIST (linnet_conversation_list_get_type ())
G_DECLARE_FINAL_TYPE (
    LinnetConversationList, linnet_conversation_list, LINNET, CONVERSATION_LIST, GObject)

guint linnet_conversation_list_get_n_items (LinnetConversationList *self);
/* Borrowed. */
LinnetConversation *linnet_conversation_list_get (LinnetConversationList *self, guint position);
/* Borrowed, NULL when there is none. */
LinnetConversation *linnet_conversation_list_find (LinnetConversationList *self, const char *key);
/* G_MAXUINT when it is not in the list. */
guint linnet_conversation_list_get_position (LinnetConversationList *self,
                                             LinnetConversation *conversation);
LinnetLoadState linnet_conversation_list_get_load_state (LinnetConversationList *self);
guint linnet_conversation_list_get_unread_count (LinnetConversationList *self);
