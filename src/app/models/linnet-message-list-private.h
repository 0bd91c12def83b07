/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linnet-backend.h"
#include "linnet-message-list.h"

/* Starts loading the newest page. peer_name: what failures call the other side. */
LinnetMessageList *linnet_message_list_new (LinnetBackend *backend,
                                            LinnetConversationType type,
                                            const char *id,
                                            const char *peer_name);

/* A batch in the library's order; new ones enter, known ones are replaced in place. */
void linnet_message_list_merge (LinnetMessageList *self, GPtrArray *msgs);
/* Newer copies of messages that may be in the list; others are ignored. */
void linnet_message_list_update (LinnetMessageList *self, GPtrArray *msgs);
/* A message about to be sent, at the very end. Borrowed. */
LinnetMessage *linnet_message_list_append (LinnetMessageList *self, ImMsg *msg);
void linnet_message_list_remove (LinnetMessageList *self, LinnetMessage *message);
/* It is sent once more: to the very end. */
void linnet_message_list_move_to_end (LinnetMessageList *self, LinnetMessage *message);
/* Sending was refused. */
void linnet_message_list_set_failed (LinnetMessageList *self,
                                     LinnetMessage *message,
                                     int code,
                                     const char *desc);

/* The peer has read what was sent up to this second. */
void linnet_message_list_set_peer_read (LinnetMessageList *self, gint64 up_to);
/* The person has seen everything up to this message (NULL: everything); gives how many were unread.
 */
guint linnet_message_list_mark_read (LinnetMessageList *self, LinnetMessage *up_to);

/* Puts the divider above the newest `unread` received messages, as soon as they are loaded; 0 takes
 * it away. It stays at its message whatever happens to the list. */
void linnet_message_list_set_divider (LinnetMessageList *self, guint unread);
/* Midnight, or another clock. */
void linnet_message_list_refresh_times (LinnetMessageList *self);
/* Detaches from the backend: nothing is loaded any more. */
void linnet_message_list_close (LinnetMessageList *self);
