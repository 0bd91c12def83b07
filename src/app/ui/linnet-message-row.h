/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the timeline: day pill, "New messages" divider, avatar, bubble, and for what was not
 * sent the reason with Retry and Discard. Pooled: bound to one message after the other.
 *
 * Its width request is constant (see linnet-timeline.h). Its menu has the actions message.copy,
 * message.copy-link, message.retry, message.discard and message.details. Main thread. */
#pragma once

#include "linnet-content-text.h"
#include "linnet-conversation.h"
#include <gtk/gtk.h>

#define LINNET_TYPE_MESSAGE_ROW (linnet_message_row_get_type ())
G_DECLARE_FINAL_TYPE (LinnetMessageRow, linnet_message_row, LINNET, MESSAGE_ROW, GtkWidget)

GtkWidget *linnet_message_row_new (void);

/* Both are held until unbind. */
void linnet_message_row_bind (LinnetMessageRow *self,
                              LinnetConversation *conversation,
                              LinnetMessage *message);
void linnet_message_row_unbind (LinnetMessageRow *self);

LinnetMessage *linnet_message_row_get_message (LinnetMessageRow *self);
/* Borrowed. */
LinnetContentText *linnet_message_row_get_content (LinnetMessageRow *self);

/* Size of the text of messages, 1: as the system has it. */
void linnet_message_row_set_text_scale (LinnetMessageRow *self, double scale);

/* In a small window: its margins and widths. */
void linnet_message_row_set_narrow (LinnetMessageRow *self, gboolean narrow);

/* It was sent just now: rises in, once. */
void linnet_message_row_appear (LinnetMessageRow *self);
