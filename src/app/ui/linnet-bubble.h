/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bubble of a message: name, content, and time with ticks on the content's last line where they
 * fit. As wide as it needs to be. Main thread. */
#pragma once

#include "linnet-content-text.h"
#include "linnet-message.h"
#include <gtk/gtk.h>

#define LINNET_TYPE_BUBBLE (linnet_bubble_get_type ())
G_DECLARE_FINAL_TYPE (LinnetBubble, linnet_bubble, LINNET, BUBBLE, GtkWidget)

GtkWidget *linnet_bubble_new (void);

/* Takes over what the message is now; call again when it changed. */
void linnet_bubble_update (LinnetBubble *self, LinnetMessage *message, gboolean shows_name);
void linnet_bubble_set_text_scale (LinnetBubble *self, double scale);

/* How wide it is when it may be so wide. */
int linnet_bubble_get_width (LinnetBubble *self, int max_width);

/* Borrowed. */
LinnetContentText *linnet_bubble_get_content (LinnetBubble *self);
/* The link under the pointer or the cursor, or NULL; borrowed. */
const char *linnet_bubble_get_link (LinnetBubble *self);
