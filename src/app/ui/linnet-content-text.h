/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a message, with links; shows which part of it is selected (linnet-selection.h). Knows
 * how wide it really is when wrapped, and where its last line ends, so that the bubble fits tightly
 * and the time stands on that line. Main thread. */
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

/* Shows this part as selected, in bytes of the text; more than there are: to the end. */
void linnet_content_text_select (LinnetContentText *self, int start, int end);
gboolean linnet_content_text_has_selection (LinnetContentText *self);
/* The place between two letters next to a point, a byte of the text: above it 0, below it the end.
 */
int linnet_content_text_find_index (LinnetContentText *self, double x, double y);
/* The word (or the blanks) around such a place. */
void
linnet_content_text_find_word (LinnetContentText *self, int index, int *ret_start, int *ret_end);
/* The link under the pointer or the cursor, or NULL; borrowed. */
const char *linnet_content_text_get_link (LinnetContentText *self);
