/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linnet-session.h"

/* Connects what the backend tells of conversations and messages. */
void linnet_session_route (LinnetSession *self, LinnetBackend *backend);
/* Is there somebody whose conversations are shown. */
gboolean linnet_session_has_account (LinnetSession *self);
void linnet_session_emit_message_arrived (LinnetSession *self,
                                          LinnetConversation *conversation,
                                          LinnetMessage *message);
void linnet_session_emit_message_read (LinnetSession *self, LinnetConversation *conversation);
