/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content pane: header with who it is, banner, messages, composer; or "No Conversation
 * Selected". Properties, read-write: "session" (LinnetSession), "conversation"
 * (LinnetConversation, nullable: opened and closed by this page). Main thread. */
#pragma once

#include "linnet-session.h"
#include <adwaita.h>

#define LINNET_TYPE_CHAT_PAGE (linnet_chat_page_get_type ())
G_DECLARE_FINAL_TYPE (LinnetChatPage, linnet_chat_page, LINNET, CHAT_PAGE, AdwBin)

void linnet_chat_page_set_session (LinnetChatPage *self, LinnetSession *session);
void linnet_chat_page_set_conversation (LinnetChatPage *self, LinnetConversation *conversation);
LinnetConversation *linnet_chat_page_get_conversation (LinnetChatPage *self);

/* The only pane on screen: with a back button, margins of a small window. */
void linnet_chat_page_set_folded (LinnetChatPage *self, gboolean folded);
void linnet_chat_page_set_text_scale (LinnetChatPage *self, double scale);

/* Scrolls to the end of the conversation. */
void linnet_chat_page_show_newest (LinnetChatPage *self);

void linnet_chat_page_focus_composer (LinnetChatPage *self);
void linnet_chat_page_focus_messages (LinnetChatPage *self);
void linnet_chat_page_focus_header (LinnetChatPage *self);
