/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is seen of a conversation in a list: picture, name, time, the last words, badges. It is as
 * much as a dozen widgets, so that a row has them only while it is seen, or was just now. Main
 * thread.
 */
#pragma once

#include "linnet-conversation.h"
#include <gtk/gtk.h>

#define LINNET_TYPE_CONVERSATION_LINES (linnet_conversation_lines_get_type ())
G_DECLARE_FINAL_TYPE (
    LinnetConversationLines, linnet_conversation_lines, LINNET, CONVERSATION_LINES, GtkWidget)

GtkWidget *linnet_conversation_lines_new (void);
/* As the conversation is now; it is not followed. */
void linnet_conversation_lines_show (LinnetConversationLines *self,
                                     LinnetConversation *conversation);
