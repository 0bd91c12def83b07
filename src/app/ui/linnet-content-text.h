/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a message: selectable, with links. Knows how wide it really is when wrapped, and
 * where its last line ends, so that the bubble fits tightly and the time stands on that line.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

#define LINNET_TYPE_CONTENT_TEXT (linnet_content_text_get_type ())
G_DECLARE_FINAL_TYPE (LinnetContentText, linnet_content_text, LINNET, CONTENT_TEXT, GtkWidget)

typedef struct
{
  int width; /* of the longest line */
  int height;
  int last_line; /* width of the last line; the full width when it begins at the other side */
} LinnetTextSize;

GtkWidget *linnet_content_text_new (void);

/* Pango markup with links. is_rtl: the direction of the text, whatever that of the window. */
void linnet_content_text_set_markup (LinnetContentText *self, const char *markup, gboolean is_rtl);
void linnet_content_text_set_scale (LinnetContentText *self, double scale);

/* How the text comes out when it may be so wide. */
void linnet_content_text_measure_lines (LinnetContentText *self,
                                        int max_width,
                                        LinnetTextSize *ret_size);

/* The selected part, or NULL. Transfer full. */
char *linnet_content_text_dup_selection (LinnetContentText *self);
/* The link under the pointer or the cursor, or NULL; borrowed. */
const char *linnet_content_text_get_link (LinnetContentText *self);
