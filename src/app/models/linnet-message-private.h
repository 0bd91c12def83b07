/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linnet-message.h"

typedef struct _ImMsg ImMsg;

/* What the list works out from the neighbours. */
typedef struct
{
  gboolean starts_group;
  gboolean ends_group;
  gboolean starts_day;
} LinnetMessagePlace;

/* The id a row of this message has, wherever the copy came from: the application's own id of what
 * it sent, else the library's. Transfer full. */
char *linnet_message_make_id (const ImMsg *msg);
/* A new id for a message about to be sent, to be put into its custom_str. Transfer full. */
char *linnet_message_new_own_id (void);
/* Seconds; the server's, or before it is known our own. */
gint64 linnet_message_time_of (const ImMsg *msg);

/* peer_name: what failures call the other side. */
LinnetMessage *linnet_message_new (ImMsg *msg, const char *peer_name);
/* Borrowed. */
ImMsg *linnet_message_get_msg (LinnetMessage *self);
/* Takes over a newer copy of the same message; what was delivered or read stays so. */
void linnet_message_update (LinnetMessage *self, ImMsg *msg);

/* Is a sending under way whose outcome is still to come. */
gboolean linnet_message_is_waiting (LinnetMessage *self);
/* Do these two stand in one group: same sender, same kind of state, at most 5 minutes apart, same
 * day. */
gboolean linnet_message_groups_with (LinnetMessage *above, LinnetMessage *below);

void linnet_message_set_place (LinnetMessage *self, const LinnetMessagePlace *place);
void linnet_message_set_first_unread (LinnetMessage *self, gboolean is_first_unread);
void linnet_message_set_shows_state_word (LinnetMessage *self, gboolean shows);
/* A received message was seen here. */
void linnet_message_set_read (LinnetMessage *self);
/* A sent message was read by the peer. */
void linnet_message_set_peer_read (LinnetMessage *self);
/* Sending it was refused at once. */
void linnet_message_set_failed (LinnetMessage *self, int code, const char *desc);
/* It is being sent again. */
void linnet_message_set_waiting (LinnetMessage *self);
/* Midnight passed, or the clock changed between 12 and 24 hours. */
void linnet_message_refresh_times (LinnetMessage *self);
