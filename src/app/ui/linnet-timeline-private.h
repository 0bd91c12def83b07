/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the timeline share. Main thread.
 *
 * Rows are made, filled, measured and placed before GTK allocates: in the update phase of the frame
 * clock, or when GTK has allocated and that turned out to need a new layout (another size, a row of
 * another height), right after it and within the same frame. Allocating itself only puts children
 * where the layout has them, for whatever asks for a new size or place while GTK allocates is
 * forgotten by GTK, which then neither allocates nor draws it.
 *
 * Coordinates: y = 0 is the top of the view. `value` is the scroll value there; it changes by
 * scrolling only (see linnet-timeline.h). A layout starts from one row whose place is given, the
 * anchor or at the end the last one, and goes from there up and down until view and overscan are
 * full. */
#pragma once

#include "linnet-timeline-heights.h"
#include "linnet-timeline.h"

#include <adwaita.h>

#define PAD_TOP 6
#define PAD_BOTTOM 6
#define FOLLOW_MS 200
#define JUMP_MS 250
#define NOTHING G_MAXUINT

typedef struct
{
  GtkWidget *widget; /* a child of ours */
  GObject *item;     /* owned */
  guint position;    /* NOTHING: no longer in the model */
  int y;
  int height;
  gboolean is_ahead; /* made for a position that is not counted yet */
} LinnetTimelineRow;

/* What to tell once the frame is drawn. */
typedef enum
{
  NEWS_SCROLLED = 1 << 0,
  NEWS_BY_PERSON = 1 << 1,
  NEWS_NEAR_START = 1 << 2,
  NEWS_NEAR_END = 1 << 3,
  NEWS_AT_END = 1 << 4,
  NEWS_FOCUS = 1 << 5,
} LinnetTimelineNews;

struct _LinnetTimeline
{
  GtkWidget parent_instance;

  const LinnetTimelineRows *table;
  gpointer user_data;
  GListModel *model; /* owned, nullable */
  LinnetTimelineHeights *heights;
  GtkWidget *header; /* nullable, a child */

  GPtrArray *rows; /* of LinnetTimelineRow, shown, by position; without gaps after a layout */
  GHashTable *kept; /* item → LinnetTimelineRow: not shown, but its widget may be wanted again: gone
                       from the model since the last layout, having the focus out of view, or made
                       ahead */
  GPtrArray *pool; /* of GtkWidget, unbound */

  guint anchor;
  int anchor_y;
  double align; /* of the anchor, once; < 0: none */
  gboolean stick;
  gboolean follow;
  gboolean is_open; /* more rows follow that are not in the model */
  guint hold;       /* the first row that came while nobody followed, or NOTHING */

  guint n_waiting; /* rows of the model that are not counted yet, behind those that are */
  guint round_end; /* those before it will appear together; NOTHING: none are being made */

  /* A movement under way: rows are drawn `slide` below their places, until it is 0. */
  double slide;
  AdwAnimation *slide_animation;
  GObject *move_items[2]; /* owned: rows seen when it was asked for, to compute the way */
  int move_y[2];
  guint move_ms; /* 0: none asked for */

  GObject *flash_item; /* owned, nullable */
  GtkWidget *flash_widget;
  guint flash_source;

  int width;
  int height;
  int header_height;
  int value;
  int above; /* pixels of content above and below the view */
  int below;
  gboolean at_end;
  gboolean is_configuring;
  gboolean wants_layout;  /* before the next frame */
  gboolean wants_rows;    /* the same: rows wait */
  gboolean is_laid_out;   /* rows and model are in step */
  gboolean is_outdated;   /* GTK allocated something the layout does not fit */
  gboolean is_laying_out; /* to be told from a scroll */

  guint focus_position; /* the row that has or had the focus, or NOTHING */
  LinnetTimelineNews news;
  guint news_source;

  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkScrollablePolicy hscroll_policy;
  GtkScrollablePolicy vscroll_policy;
};

static inline guint
get_n_rows (LinnetTimeline *self)
{
  return linnet_timeline_heights_get_n_rows (self->heights);
}

/* Of those that are shown. */
static inline LinnetTimelineRow *
nth_row (LinnetTimeline *self, guint index)
{
  return g_ptr_array_index (self->rows, index);
}

static inline LinnetTimelineRow *
first_row (LinnetTimeline *self)
{
  return nth_row (self, 0);
}

static inline LinnetTimelineRow *
last_row (LinnetTimeline *self)
{
  return nth_row (self, self->rows->len - 1);
}

static inline int
bottom_of (const LinnetTimelineRow *row)
{
  return row->y + row->height;
}

/* Rows and their widgets (linnet-timeline-rows.c) */

LinnetTimelineRow *linnet_timeline_find_row (LinnetTimeline *self, guint position);
LinnetTimelineRow *linnet_timeline_find_item (LinnetTimeline *self, GObject *item);
int linnet_timeline_row_measure (LinnetTimeline *self, const LinnetTimelineRow *row);
/* A measured row for a position, not yet in `rows`. */
LinnetTimelineRow *linnet_timeline_take_row (LinnetTimeline *self, guint position);
/* Makes a row for a position that is not counted yet, out of sight, and keeps it. Returns: its
 * height */
int linnet_timeline_make_ahead (LinnetTimeline *self, guint position);
void linnet_timeline_keep_row (LinnetTimeline *self, LinnetTimelineRow *row);
void linnet_timeline_keep_all_rows (LinnetTimeline *self);
/* What a layout did not ask for again goes, but for the row that has the focus. */
void linnet_timeline_release_kept_rows (LinnetTimeline *self, gboolean all);
void linnet_timeline_order_children (LinnetTimeline *self);

/* New ones while the end is followed (linnet-timeline-intake.c) */

/* Whether this change of the model is left to take_in; other changes are to be followed at once. */
gboolean
linnet_timeline_let_wait (LinnetTimeline *self, guint position, guint removed, guint added);
void linnet_timeline_queue_intake (LinnetTimeline *self);
/* In the update phase: as much as one frame may do. */
void linnet_timeline_take_in (LinnetTimeline *self);
void linnet_timeline_take_in_all (LinnetTimeline *self);

/* Where they stand (linnet-timeline-layout.c) */

int linnet_timeline_get_end (LinnetTimeline *self);
int linnet_timeline_measure_header (LinnetTimeline *self);
void linnet_timeline_fill (LinnetTimeline *self);
void linnet_timeline_lay_out (LinnetTimeline *self);
/* The rows are those of the model, and as high as they want to be at this width. */
gboolean linnet_timeline_layout_fits (LinnetTimeline *self);

/* Movements and the flash (linnet-timeline-motion.c) */

int linnet_timeline_get_slide (LinnetTimeline *self);
void linnet_timeline_stop_slide (LinnetTimeline *self);
/* Remembers what is seen, so that the next layout can move there from here instead of jumping. */
void linnet_timeline_prepare_move (LinnetTimeline *self, guint ms);
void linnet_timeline_start_move (LinnetTimeline *self);
void linnet_timeline_forget_move (LinnetTimeline *self);
void linnet_timeline_start_flash (LinnetTimeline *self);
void linnet_timeline_stop_flash (LinnetTimeline *self);

/* Scrolling and layouts (linnet-timeline.c) */

/* Lays out now and asks GTK to allocate. Never while GTK allocates. */
void linnet_timeline_prepare (LinnetTimeline *self);
/* The same, before the next frame. */
void linnet_timeline_queue_layout (LinnetTimeline *self);
/* Somebody scrolled: what is seen now moves by so much. */
void linnet_timeline_scroll_by (LinnetTimeline *self, int delta);

/* Keyboard (linnet-timeline-keyboard.c) */

void linnet_timeline_add_keys (LinnetTimeline *self);
gboolean linnet_timeline_focus (GtkWidget *widget, GtkDirectionType direction);
gboolean linnet_timeline_grab_focus (GtkWidget *widget);
/* A child of ours got the focus, or lost it (NULL). */
void linnet_timeline_note_focus (LinnetTimeline *self, GtkWidget *child);
