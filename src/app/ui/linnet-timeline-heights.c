/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-timeline-heights.h"

/* What a row is taken for while nothing at all was measured: one line of text in its bubble. */
#define FIRST_GUESS 46

/* 0: never measured. Positive: measured at this width. Negative: measured at another width. */
struct _LinnetTimelineHeights
{
  GArray *rows; /* owned, of int */

  /* Of all rows that were measured at some width. */
  gint64 measured_sum;
  guint n_measured;
};

LinnetTimelineHeights *
linnet_timeline_heights_new (void)
{
  LinnetTimelineHeights *self = g_new0 (LinnetTimelineHeights, 1);

  self->rows = g_array_new (FALSE, TRUE, sizeof (int));
  return self;
}

void
linnet_timeline_heights_free (LinnetTimelineHeights *self)
{
  g_array_unref (self->rows);
  g_free (self);
}

guint
linnet_timeline_heights_get_n_rows (LinnetTimelineHeights *self)
{
  return self->rows->len;
}

static void
forget (LinnetTimelineHeights *self, guint position)
{
  int height = g_array_index (self->rows, int, position);

  if (height == 0)
    return;
  self->measured_sum -= ABS (height);
  self->n_measured--;
}

void
linnet_timeline_heights_splice (LinnetTimelineHeights *self,
                                guint position,
                                guint removed,
                                guint added)
{
  g_assert (position + removed <= self->rows->len);

  for (guint i = 0; i < removed; i++)
    forget (self, position + i);
  if (removed > 0)
    g_array_remove_range (self->rows, position, removed);
  if (added == 0)
    return;

  if (position == self->rows->len)
    g_array_set_size (self->rows, position + added);
  else
    {
      g_autofree int *unknown = g_new0 (int, added);
      g_array_insert_vals (self->rows, position, unknown, added);
    }
}

void
linnet_timeline_heights_invalidate (LinnetTimelineHeights *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      int *height = &g_array_index (self->rows, int, i);
      *height = -ABS (*height);
    }
}

void
linnet_timeline_heights_set (LinnetTimelineHeights *self, guint position, int height)
{
  g_assert (position < self->rows->len);

  height = MAX (height, 1);
  if (g_array_index (self->rows, int, position) == height)
    return;
  forget (self, position);
  g_array_index (self->rows, int, position) = height;
  self->measured_sum += height;
  self->n_measured++;
}

static int
get_average (LinnetTimelineHeights *self)
{
  if (self->n_measured == 0)
    return FIRST_GUESS;
  return MAX ((int) (self->measured_sum / self->n_measured), 1);
}

int
linnet_timeline_heights_get (LinnetTimelineHeights *self, guint position)
{
  int height;

  g_assert (position < self->rows->len);
  height = g_array_index (self->rows, int, position);
  return height != 0 ? ABS (height) : get_average (self);
}

gint64
linnet_timeline_heights_get_offset (LinnetTimelineHeights *self, guint position)
{
  gint64 sum = 0;
  guint unknown = 0;

  g_assert (position <= self->rows->len);
  if (position == self->rows->len)
    return self->measured_sum + (gint64) (self->rows->len - self->n_measured) * get_average (self);
  for (guint i = 0; i < position; i++)
    {
      int height = g_array_index (self->rows, int, i);
      sum += ABS (height);
      unknown += height == 0;
    }
  return sum + (gint64) unknown * get_average (self);
}

guint
linnet_timeline_heights_find (LinnetTimelineHeights *self, gint64 offset, int *ret_inside)
{
  gint64 top = 0;
  int average = get_average (self);

  g_assert (self->rows->len > 0);
  for (guint i = 0; i < self->rows->len; i++)
    {
      int height = ABS (g_array_index (self->rows, int, i));
      height = height != 0 ? height : average;
      if (offset < top + height)
        {
          *ret_inside = (int) MAX (offset - top, 0);
          return i;
        }
      top += height;
    }
  *ret_inside = linnet_timeline_heights_get (self, self->rows->len - 1) - 1;
  return self->rows->len - 1;
}
