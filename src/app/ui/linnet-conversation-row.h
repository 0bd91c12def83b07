/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One conversation in the sidebar. Its width request is constant. Property: "conversation"
 * (LinnetConversation, nullable, read-write). Its menu has the actions conversation.mark-read and
 * conversation.delete. Main thread. */
#pragma once

#include "linnet-conversation.h"
#include <gtk/gtk.h>

#define LINNET_TYPE_CONVERSATION_ROW (linnet_conversation_row_get_type ())
G_DECLARE_FINAL_TYPE (
    LinnetConversationRow, linnet_conversation_row, LINNET, CONVERSATION_ROW, GtkWidget)

GtkWidget *linnet_conversation_row_new (void);
void linnet_conversation_row_set_conversation (LinnetConversationRow *self,
                                               LinnetConversation *conversation);
LinnetConversation *linnet_conversation_row_get_conversation (LinnetConversationRow *self);
/* What changed while the row was far from what is seen of its list is shown, when that is over. */
void linnet_conversation_row_catch_up (LinnetConversationRow *self);
