/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-timeline-private.h"

#include <math.h>

/* Where the first unseen row stays while nobody looks: below the floating date and the divider. */
#define HOLD_TOP 72

/* Where the last row ends at the end. */
int
linnet_timeline_get_end (LinnetTimeline *self)
{
  return self->height - PAD_BOTTOM;
}

int
linnet_timeline_measure_header (LinnetTimeline *self)
{
  int height = 0;

  if (self->header != NULL && gtk_widget_should_layout (self->header))
    gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, self->width, NULL, &height, NULL,
                        NULL);
  return height;
}

static void
fill_up (LinnetTimeline *self, int limit)
{
  while (first_row (self)->position > 0 && first_row (self)->y > limit)
    {
      LinnetTimelineRow *row = linnet_timeline_take_row (self, first_row (self)->position - 1);
      row->y = first_row (self)->y - row->height;
      g_ptr_array_insert (self->rows, 0, row);
    }
}

static void
fill_down (LinnetTimeline *self, int limit)
{
  while (last_row (self)->position + 1 < get_n_rows (self) && bottom_of (last_row (self)) < limit)
    {
      LinnetTimelineRow *row = linnet_timeline_take_row (self, last_row (self)->position + 1);
      row->y = bottom_of (last_row (self));
      g_ptr_array_add (self->rows, row);
    }
}

void
linnet_timeline_fill (LinnetTimeline *self)
{
  int overscan = self->height / 2;

  fill_up (self, -overscan - linnet_timeline_get_slide (self));
  fill_down (self, self->height + overscan - linnet_timeline_get_slide (self));
}

static void
shift_rows (LinnetTimeline *self, int by)
{
  for (guint i = 0; i < self->rows->len; i++)
    nth_row (self, i)->y += by;
}

static void
place_start_row (LinnetTimeline *self)
{
  guint last = get_n_rows (self) - 1;
  LinnetTimelineRow *row;

  if (self->stick)
    {
      row = linnet_timeline_take_row (self, last);
      row->y = linnet_timeline_get_end (self) - row->height;
    }
  else
    {
      row = linnet_timeline_take_row (self, MIN (self->anchor, last));
      row->y = self->anchor_y;
      if (self->align >= 0)
        row->y = (int) rint (MAX (linnet_timeline_get_end (self) - row->height, 0) * self->align);
      if (self->align == 0 && row->position == 0)
        row->y = self->header_height + PAD_TOP;
      self->align = -1;
    }
  g_ptr_array_add (self->rows, row);
}

/* Nothing empty above the first and below the last row; what does not fill the view stands at its
 * bottom, next to the composer. */
static void
clamp_rows (LinnetTimeline *self)
{
  int top = self->header_height + PAD_TOP;

  if (first_row (self)->position == 0 && first_row (self)->y > top)
    {
      shift_rows (self, top - first_row (self)->y);
      linnet_timeline_fill (self);
    }
  if (last_row (self)->position == get_n_rows (self) - 1
      && bottom_of (last_row (self)) < linnet_timeline_get_end (self))
    {
      shift_rows (self, linnet_timeline_get_end (self) - bottom_of (last_row (self)));
      linnet_timeline_fill (self);
    }
}

static void
place_rows (LinnetTimeline *self)
{
  place_start_row (self);
  linnet_timeline_fill (self);
  clamp_rows (self);
}

/* Nobody looks and the end would push the first unseen row out of view: stop there. */
static void
apply_hold (LinnetTimeline *self)
{
  LinnetTimelineRow *row;

  if (!self->stick || self->hold == NOTHING)
    return;
  row = linnet_timeline_find_row (self, self->hold);
  if (row != NULL && row->y >= HOLD_TOP)
    return;
  linnet_timeline_keep_all_rows (self);
  self->stick = FALSE;
  self->anchor = self->hold;
  self->anchor_y = HOLD_TOP;
  place_rows (self);
}

/* The anchor is the first row whose top is in view: what grows above it grows out of view. */
static void
choose_anchor (LinnetTimeline *self)
{
  LinnetTimelineRow *best = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      LinnetTimelineRow *row = nth_row (self, i);
      if (row->y >= self->height)
        break;
      if (bottom_of (row) > 0)
        best = row;
      if (row->y >= 0)
        break;
    }
  if (best == NULL)
    best = first_row (self);
  if (best->position != self->anchor || best->y != self->anchor_y)
    self->news |= NEWS_SCROLLED;
  self->anchor = best->position;
  self->anchor_y = best->y;
}

static void
measure_surroundings (LinnetTimeline *self)
{
  gint64 before = linnet_timeline_heights_get_offset (self->heights, first_row (self)->position);
  gint64 all = linnet_timeline_heights_get_offset (self->heights, get_n_rows (self));
  gint64 shown = 0;

  for (guint i = 0; i < self->rows->len; i++)
    shown += nth_row (self, i)->height;
  self->above = (int) CLAMP (self->header_height + PAD_TOP + before - first_row (self)->y
                                 - linnet_timeline_get_slide (self),
                             0, G_MAXINT / 4);
  self->below
      = (int) CLAMP (bottom_of (last_row (self)) + all - before - shown
                         - linnet_timeline_get_end (self) + linnet_timeline_get_slide (self),
                     0, G_MAXINT / 4);
}

static void
set_at_end (LinnetTimeline *self, gboolean at_end)
{
  if (self->at_end == at_end)
    return;
  self->at_end = at_end;
  self->news |= NEWS_AT_END;
}

static void
lay_out_rows (LinnetTimeline *self)
{
  self->is_laying_out = TRUE;
  linnet_timeline_keep_all_rows (self);
  place_rows (self);
  apply_hold (self);
  linnet_timeline_start_move (self);
  self->is_laying_out = FALSE;
  choose_anchor (self);
  self->stick = !self->is_open && last_row (self)->position == get_n_rows (self) - 1
                && bottom_of (last_row (self)) <= linnet_timeline_get_end (self);
  measure_surroundings (self);
  set_at_end (self, self->stick);
  if (self->above < 2 * self->height)
    self->news |= NEWS_NEAR_START;
  if (self->below < 2 * self->height)
    self->news |= NEWS_NEAR_END;
  linnet_timeline_release_kept_rows (self, FALSE);
  linnet_timeline_order_children (self);
  linnet_timeline_start_flash (self);
}

static void
lay_out_nothing (LinnetTimeline *self)
{
  linnet_timeline_forget_move (self);
  linnet_timeline_stop_slide (self);
  linnet_timeline_keep_all_rows (self);
  linnet_timeline_release_kept_rows (self, TRUE);
  self->above = 0;
  self->below = 0;
  self->stick = TRUE;
  set_at_end (self, TRUE);
}

void
linnet_timeline_lay_out (LinnetTimeline *self)
{
  self->header_height = linnet_timeline_measure_header (self);
  if (get_n_rows (self) > 0)
    lay_out_rows (self);
  else
    lay_out_nothing (self);
  self->is_laid_out = TRUE;
}

gboolean
linnet_timeline_layout_fits (LinnetTimeline *self)
{
  if (!self->is_laid_out || linnet_timeline_measure_header (self) != self->header_height)
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    if (linnet_timeline_row_measure (self, nth_row (self, i)) != nth_row (self, i)->height)
      return FALSE;
  return TRUE;
}
