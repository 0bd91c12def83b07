/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks before a conversation is deleted with all its messages, and does it. Main thread. */
#pragma once

#include "linnet-conversation.h"
#include <gtk/gtk.h>

/* Tells the outcome by a toast (action win.toast of the parent). */
void linnet_delete_dialog_present (GtkWindow *parent, LinnetConversation *conversation);
