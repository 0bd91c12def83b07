/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of a conversation: the timeline with what floats above it (date, jump button), what
 * stands at its start (loading, failed, beginning) and what says that it is empty. Opens at the
 * "New messages" divider, else at the end. Actions: messages.jump, messages.load-older,
 * messages.copy (what is selected). Property
 * "is-scrolled" (read-only, notifies): something is hidden above. Main thread. */
#pragma once

#include "linnet-conversation.h"
#include "linnet-selection.h"
#include "linnet-timeline.h"
#include <adwaita.h>

#define LINNET_TYPE_MESSAGES_PANE (linnet_messages_pane_get_type ())
G_DECLARE_FINAL_TYPE (LinnetMessagesPane, linnet_messages_pane, LINNET, MESSAGES_PANE, AdwBin)

/* The conversation is opened and closed by the caller. */
void linnet_messages_pane_set_conversation (LinnetMessagesPane *self,
                                            LinnetConversation *conversation);
void linnet_messages_pane_set_text_scale (LinnetMessagesPane *self, double scale);
void linnet_messages_pane_set_narrow (LinnetMessagesPane *self, gboolean narrow);

/* A message was sent here just now: go to it, let it rise in. */
void linnet_messages_pane_show_sent (LinnetMessagesPane *self, LinnetMessage *message);

/* Goes to a message of the conversation and lets it flash, wherever it is: what is not loaded is
 * loaded with what stands around it. */
void linnet_messages_pane_show_message (LinnetMessagesPane *self, ImMsg *msg);

/* Borrowed. */
LinnetSelection *linnet_messages_pane_get_selection (LinnetMessagesPane *self);
LinnetTimeline *linnet_messages_pane_get_timeline (LinnetMessagesPane *self);
