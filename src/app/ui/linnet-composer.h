/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where messages are written. Enter sends, Shift+Enter starts a line, always after the input method
 * had the key. The text is the conversation's draft, key by key. Main thread.
 *
 * Signal "sent" (LinnetMessage *): this message was just appended. */
#pragma once

#include "linnet-conversation.h"
#include <adwaita.h>

#define LINNET_TYPE_COMPOSER (linnet_composer_get_type ())
G_DECLARE_FINAL_TYPE (LinnetComposer, linnet_composer, LINNET, COMPOSER, AdwBin)

/* Shows its draft, with the cursor where it was. NULL: none, insensitive. */
void linnet_composer_set_conversation (LinnetComposer *self, LinnetConversation *conversation);

void linnet_composer_focus (LinnetComposer *self);
/* Where keys typed elsewhere in the conversation go. Borrowed. */
GtkWidget *linnet_composer_get_view (LinnetComposer *self);
/* Sends what is written; nothing happens when it is only white space. */
void linnet_composer_send (LinnetComposer *self);
/* For assistive technology: what just came in, told as the field's description. */
void linnet_composer_announce (LinnetComposer *self, const char *text);
