/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of one message, in words: who, when, how far it came. Main thread. */
#pragma once

#include "linnet-message.h"
#include <gtk/gtk.h>

void linnet_message_details_present (GtkWindow *parent, LinnetMessage *message);
