/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of rows of any height that never jumps. GtkScrollable over a GListModel; put it into a
 * GtkScrolledWindow. Main thread.
 *
 * What holds the view is an anchor, an item and its distance from the top of the view, not a scroll
 * value: rows may come, go, grow and shrink anywhere, and the width may change, and the anchor
 * stays where it was, to the pixel. At the end it is the end that stays: what is appended scrolls
 * in. The value of the vertical adjustment changes by scrolling only; for everything else its
 * `lower` and `upper` move, so that a kinetic scroll under way goes on undisturbed.
 *
 * Rows exist for the view and half a page before and after it. Their widgets must ask for a
 * constant width (a wrapping label is otherwise laid out one letter wide) and for the same minimum
 * and natural height. The widget that has the focus is kept wherever it is.
 *
 * Properties: "at-end" (read-only, notifies): the end of the last row is in view. */
#pragma once

#include <gtk/gtk.h>

#define LINNET_TYPE_TIMELINE (linnet_timeline_get_type ())
G_DECLARE_FINAL_TYPE (LinnetTimeline, linnet_timeline, LINNET, TIMELINE, GtkWidget)

/* How rows are made and filled. A row is unbound before it is bound to another item. */
typedef struct
{
  GtkWidget *(*create) (gpointer user_data);
  void (*bind) (GtkWidget *row, gpointer item, gpointer user_data);
  void (*unbind) (GtkWidget *row, gpointer item, gpointer user_data);
} LinnetTimelineRows;

GtkWidget *linnet_timeline_new (void);

/* Once, before a model is set. The table is not copied. */
void
linnet_timeline_set_rows (LinnetTimeline *self, const LinnetTimelineRows *rows, gpointer user_data);

/* The view goes to the end. NULL: none. */
void linnet_timeline_set_model (LinnetTimeline *self, GListModel *model);
GListModel *linnet_timeline_get_model (LinnetTimeline *self);

/* Stands above the first row and scrolls with it; NULL: none. */
void linnet_timeline_set_header (LinnetTimeline *self, GtkWidget *header);

/* FALSE: nobody is looking. What is appended at the end scrolls in only as long as the first row
 * that came meanwhile stays in view. Initially TRUE. */
void linnet_timeline_set_follow (LinnetTimeline *self, gboolean follow);

/* TRUE: more rows follow the last one, which are not in the model yet. Its end is no end then: what
 * is appended does not scroll in, and "at-end" is FALSE. Initially FALSE. */
void linnet_timeline_set_open (LinnetTimeline *self, gboolean is_open);

/* Brings a row into view: its top at `align` of the free height (0 top, 1 bottom). A way of at most
 * a page is animated. The row flashes once when asked. */
void linnet_timeline_scroll_to (LinnetTimeline *self, guint position, double align, gboolean flash);
void linnet_timeline_scroll_to_end (LinnetTimeline *self);

/* By pages of the view, -1 and 1, as the keys do. */
void linnet_timeline_scroll_page (LinnetTimeline *self, int pages);

/* Gives the keyboard to a row and brings it into view. */
void linnet_timeline_focus_row (LinnetTimeline *self, guint position);

gboolean linnet_timeline_get_at_end (LinnetTimeline *self);

/* Pixels between the end of the view and the end of the last row, estimated where not measured. */
int linnet_timeline_get_distance_to_end (LinnetTimeline *self);

/* The rows whose text can be read: the first one whose end, and the last one whose end (or all of
 * the view) is visible. FALSE when there is none, or nothing was laid out since the last change. */
gboolean
linnet_timeline_get_visible_range (LinnetTimeline *self, guint *ret_first, guint *ret_last);

/* The widget of the row at, or next to, this distance from the top of the view, borrowed; NULL when
 * there are no rows. */
GtkWidget *linnet_timeline_get_row_at (LinnetTimeline *self, int y);

/* The widget of a row, borrowed; NULL when it has none now. */
GtkWidget *linnet_timeline_get_row (LinnetTimeline *self, guint position);

/* Signals, all after drawing, never during layout:
 *  near-start ()                 less than two pages are above the view: load older ones
 *  near-end ()                   the same below: load newer ones
 *  scrolled (gboolean by_person) the view shows other rows, or rows elsewhere, than before */
