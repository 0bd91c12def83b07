/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of one conversation, oldest first: a GListModel of LinnetMessage. Each message once;
 * an own message keeps its row (same object, same place) when the stored one replaces the echo. A
 * batch is merged with few items-changed; older pages are one items-changed (0, 0, n). Positions of
 * groups, days, divider are properties of the messages, kept right by this list. Main thread.
 *
 * The first page is loading as soon as the list exists.
 *
 * Properties:
 *   "at-start"      boolean: the oldest item is the beginning of the conversation
 *   "load-state"    LinnetLoadState of the older end; FAILED: "Older messages could not be loaded."
 *   "is-loaded"     boolean: the first page has come (or failed); before that show nothing
 *   "first-unread"  LinnetMessage, nullable: the one under the "New messages" divider
 *   "unread-below"  uint: received messages that are not read, for the jump button
 *
 *   "at-end"        boolean: the newest message is in the list
 *
 * The list is a window of 2000 messages at most. What is over that goes at the end that is farther
 * from the reader ("at-start" or "at-end" becomes FALSE), never where the reader is, and is loaded
 * again when it is wanted. What is received while "at-end" is FALSE waits in the store.
 */
#pragma once

#include "linnet-message.h"

typedef struct _ImMsg ImMsg;

#define LINNET_TYPE_MESSAGE_LIST (linnet_message_list_get_type ())
G_DECLARE_FINAL_TYPE (LinnetMessageList, linnet_message_list, LINNET, MESSAGE_LIST, GObject)

guint linnet_message_list_get_n_items (LinnetMessageList *self);
/* Borrowed. */
LinnetMessage *linnet_message_list_get (LinnetMessageList *self, guint position);
/* G_MAXUINT when it is not in the list. */
guint linnet_message_list_get_position (LinnetMessageList *self, LinnetMessage *message);
/* By linnet_message_get_id; borrowed, nullable. */
LinnetMessage *linnet_message_list_find (LinnetMessageList *self, const char *id);

/* Loads a page of older messages, unless one is under way or there is nothing older. Also "Try
 * Again" after a failure. */
void linnet_message_list_load_older (LinnetMessageList *self);
/* The same at the other end, while at-end is FALSE. A failure says nothing: the next call tries
 * again. */
void linnet_message_list_load_newer (LinnetMessageList *self);
/* Gives a message of this conversation a row: finds it among those that are loaded, or replaces all
 * of them by a window around it. What is loading otherwise is given up; another call gives this one
 * up (G_IO_ERROR_CANCELLED). Transfer full. */
void linnet_message_list_load_around_async (LinnetMessageList *self,
                                            ImMsg *msg,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
LinnetMessage *linnet_message_list_load_around_finish (LinnetMessageList *self,
                                                       GAsyncResult *result,
                                                       GError **error);
/* What the reader looks at; NULL: the end. */
void linnet_message_list_set_viewed (LinnetMessageList *self, LinnetMessage *viewed);
/* Back to the newest page, when at-end is FALSE. */
void linnet_message_list_reload (LinnetMessageList *self);

gboolean linnet_message_list_get_at_start (LinnetMessageList *self);
gboolean linnet_message_list_get_at_end (LinnetMessageList *self);
gboolean linnet_message_list_get_is_loaded (LinnetMessageList *self);
LinnetLoadState linnet_message_list_get_load_state (LinnetMessageList *self);
LinnetMessage *linnet_message_list_get_first_unread (LinnetMessageList *self);
guint linnet_message_list_get_unread_below (LinnetMessageList *self);
