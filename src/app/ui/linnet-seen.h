/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks messages as read when they were seen, and only then: the window is active, the timeline is
 * on screen, the message is in view, and nothing moved for half a second. Also tells the timeline
 * whether anybody looks (linnet_timeline_set_follow). Main thread. */
#pragma once

#include "linnet-conversation.h"
#include "linnet-timeline.h"

typedef struct _LinnetSeen LinnetSeen;

/* The timeline must outlive it. */
LinnetSeen *linnet_seen_new (LinnetTimeline *timeline);
void linnet_seen_free (LinnetSeen *self);

/* Whose messages the timeline shows. */
void linnet_seen_set_conversation (LinnetSeen *self, LinnetConversation *conversation);

/* Something moved or came: the half second begins again. */
void linnet_seen_stir (LinnetSeen *self);
