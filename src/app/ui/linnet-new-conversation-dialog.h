/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for an address and starts a conversation with it; what is wrong is said at the field.
 * Signal "started" (LinnetConversation *), after which it closes. Main thread. */
#pragma once

#include "linnet-session.h"
#include <adwaita.h>

#define LINNET_TYPE_NEW_CONVERSATION_DIALOG (linnet_new_conversation_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinnetNewConversationDialog,
                      linnet_new_conversation_dialog,
                      LINNET,
                      NEW_CONVERSATION_DIALOG,
                      AdwWindow)

/* address: to begin with, nullable. */
LinnetNewConversationDialog *
linnet_new_conversation_dialog_new (GtkWindow *parent, LinnetSession *session, const char *address);
