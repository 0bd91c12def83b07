/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One conversation in the sidebar. Its width request is constant. Property: "conversation"
 * (LinnetConversation, nullable, read-write). Its menu has the actions conversation.mark-read and
 * conversation.delete. It is empty, with its name for screen readers and the height it is told,
 * until it is given lines. Main thread. */
#pragma once

#include "linnet-conversation-lines.h"
#include <gtk/gtk.h>

#define LINNET_TYPE_CONVERSATION_ROW (linnet_conversation_row_get_type ())
G_DECLARE_FINAL_TYPE (
    LinnetConversationRow, linnet_conversation_row, LINNET, CONVERSATION_ROW, GtkWidget)

GtkWidget *linnet_conversation_row_new (void);
void linnet_conversation_row_set_conversation (LinnetConversationRow *self,
                                               LinnetConversation *conversation);
LinnetConversation *linnet_conversation_row_get_conversation (LinnetConversationRow *self);

/* It must have none. */
void linnet_conversation_row_set_lines (LinnetConversationRow *self,
                                        LinnetConversationLines *lines);
/* Transfer full; NULL when it has none, or needs them because its menu is open. */
LinnetConversationLines *linnet_conversation_row_steal_lines (LinnetConversationRow *self);
gboolean linnet_conversation_row_has_lines (LinnetConversationRow *self);
/* Pixels. */
void linnet_conversation_row_set_empty_height (LinnetConversationRow *self, int height);
