/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-timeline-private.h"

/*
 * Rows that come at the end while it is followed. What costs is the shaping of their text, so that
 * a burst would make every frame late, each with a view full of rows that the next one replaces. A
 * frame makes a few, out of sight; those that will be seen appear together when all of them are
 * there, and what came meanwhile is the next round. Until then the timeline does not count them.
 */

#define ROWS_AT_LEAST 3 /* a frame */
#define FRAME_SHARE_US 4000

/* Of the model, what is not counted yet follows what is. */
static void
count_rows (LinnetTimeline *self, guint n)
{
  guint position = get_n_rows (self);

  linnet_timeline_heights_splice (self->heights, position, 0, n);
  if (self->stick)
    linnet_timeline_prepare_move (self, FOLLOW_MS);
  if (!self->follow && self->hold == NOTHING)
    self->hold = position;
  self->n_waiting -= n;
  self->round_end = NOTHING;
  self->is_laid_out = FALSE;
  self->news |= NEWS_SCROLLED;
  linnet_timeline_queue_layout (self);
}

static gboolean
is_made (LinnetTimeline *self, guint position, int *ret_height)
{
  g_autoptr (GObject) item = g_list_model_get_item (self->model, position);
  const LinnetTimelineRow *row = g_hash_table_lookup (self->kept, item);

  if (row != NULL)
    *ret_height = row->height;
  return row != NULL;
}

/* From the last row of the round upwards, until view and overscan are full. TRUE: they are. */
static gboolean
make_some_rows (LinnetTimeline *self)
{
  gint64 until_us = g_get_monotonic_time () + FRAME_SHARE_US;
  int left = self->height + self->height / 2;
  guint n_made = 0;

  for (guint position = self->round_end; position > get_n_rows (self) && left > 0; position--)
    {
      int height;

      if (!is_made (self, position - 1, &height))
        {
          if (n_made++ >= ROWS_AT_LEAST && g_get_monotonic_time () > until_us)
            return FALSE;
          height = linnet_timeline_make_ahead (self, position - 1);
        }
      left -= height;
    }
  return TRUE;
}

void
linnet_timeline_take_in (LinnetTimeline *self)
{
  self->wants_rows = FALSE;
  if (self->n_waiting == 0)
    return;
  if (!self->stick)
    {
      linnet_timeline_take_in_all (self);
      return;
    }
  if (self->round_end == NOTHING)
    self->round_end = get_n_rows (self) + self->n_waiting;
  if (make_some_rows (self))
    count_rows (self, self->round_end - get_n_rows (self));
  if (self->n_waiting > 0)
    linnet_timeline_queue_intake (self);
}

void
linnet_timeline_take_in_all (LinnetTimeline *self)
{
  if (self->n_waiting > 0)
    count_rows (self, self->n_waiting);
}

void
linnet_timeline_queue_intake (LinnetTimeline *self)
{
  if (self->wants_rows)
    return;
  self->wants_rows = TRUE;
  gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (GTK_WIDGET (self)),
                                 GDK_FRAME_CLOCK_PHASE_UPDATE);
}

/* TRUE: it waits, and nothing else is to be done about it. */
gboolean
linnet_timeline_let_wait (LinnetTimeline *self, guint position, guint removed, guint added)
{
  guint n = get_n_rows (self);
  gboolean is_append = removed == 0 && position == n + self->n_waiting;

  if (is_append && n > 0 && self->width > 0 && self->stick
      && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->n_waiting += added;
      linnet_timeline_queue_intake (self);
      return TRUE;
    }
  if (self->n_waiting > 0 && (position >= n || position + removed > n))
    linnet_timeline_take_in_all (self);
  else if (self->round_end != NOTHING)
    self->round_end = self->round_end - removed + added;
  return FALSE;
}
