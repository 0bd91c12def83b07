/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-timeline-private.h"

static guint
find_added (LinnetTimeline *self, GObject *item, guint position, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GObject) candidate = g_list_model_get_item (self->model, i);
      if (candidate == item)
        return i;
    }
  return NOTHING;
}

/* The anchor is gone. The next row that is still there takes its place; when none is, one that only
 * moved; and when everything changed, the same position. `rows` has the old positions. */
static void
replace_anchor (LinnetTimeline *self, guint position, guint removed, guint added)
{
  guint n_rows = get_n_rows (self);

  for (guint pass = 0; pass < 4; pass++)
    for (guint j = 0; j < self->rows->len; j++)
      {
        gboolean downwards = pass % 2 == 0;
        LinnetTimelineRow *row = nth_row (self, downwards ? j : self->rows->len - 1 - j);
        guint now = row->position;

        if ((row->y >= 0) != downwards)
          continue;
        if (now >= position && now < position + removed)
          now = pass < 2 || added > 4096 ? NOTHING : find_added (self, row->item, position, added);
        else if (now >= position + removed)
          now = now - removed + added;
        if (now == NOTHING)
          continue;
        self->anchor = now;
        self->anchor_y = row->y;
        return;
      }
  self->anchor = n_rows > 0 ? MIN (position, n_rows - 1) : 0;
}

static guint
track_position (guint tracked, guint position, guint removed, guint added)
{
  if (tracked == NOTHING || tracked < position)
    return tracked;
  return tracked < position + removed ? NOTHING : tracked - removed + added;
}

static void
track_rows (LinnetTimeline *self, guint position, guint removed, guint added)
{
  GHashTableIter iter;
  LinnetTimelineRow *row;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &row))
    row->position = track_position (row->position, position, removed, added);
  for (guint i = self->rows->len; i-- > 0;)
    {
      row = nth_row (self, i);
      row->position = track_position (row->position, position, removed, added);
      if (row->position != NOTHING)
        continue;
      g_ptr_array_remove_index (self->rows, i);
      linnet_timeline_keep_row (self, row);
    }
}

static void
on_items_changed (
    GListModel *model, guint position, guint removed, guint added, LinnetTimeline *self)
{
  gboolean is_append;

  if (linnet_timeline_let_wait (self, position, removed, added))
    return;
  is_append = removed == 0 && position == get_n_rows (self) && position > 0;
  linnet_timeline_heights_splice (self->heights, position, removed, added);
  if (self->stick && is_append)
    linnet_timeline_prepare_move (self, FOLLOW_MS);

  if (self->anchor >= position && self->anchor < position + removed)
    replace_anchor (self, position, removed, added);
  else
    self->anchor = track_position (self->anchor, position, removed, added);
  track_rows (self, position, removed, added);
  self->focus_position = track_position (self->focus_position, position, removed, added);
  self->hold = track_position (self->hold, position, removed, added);
  if (is_append && !self->follow && self->hold == NOTHING)
    self->hold = position;

  self->is_laid_out = FALSE;
  self->news |= NEWS_SCROLLED;
  linnet_timeline_queue_layout (self);
}

static void
reset (LinnetTimeline *self)
{
  linnet_timeline_forget_move (self);
  linnet_timeline_stop_slide (self);
  g_clear_object (&self->flash_item);
  linnet_timeline_keep_all_rows (self);
  linnet_timeline_release_kept_rows (self, TRUE);
  linnet_timeline_heights_splice (self->heights, 0, get_n_rows (self), 0);
  self->n_waiting = 0;
  self->round_end = NOTHING;
  self->stick = TRUE;
  self->align = -1;
  self->anchor = 0;
  self->anchor_y = 0;
  self->hold = NOTHING;
  self->focus_position = NOTHING;
  self->is_laid_out = FALSE;
}

void
linnet_timeline_set_model (LinnetTimeline *self, GListModel *model)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));
  g_return_if_fail (model == NULL || (G_IS_LIST_MODEL (model) && self->table != NULL));

  if (self->model == model)
    return;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, on_items_changed, self);
  reset (self);
  g_set_object (&self->model, model);
  if (model != NULL)
    {
      linnet_timeline_heights_splice (self->heights, 0, 0, g_list_model_get_n_items (model));
      g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), self);
    }
  self->news |= NEWS_SCROLLED;
  linnet_timeline_queue_layout (self);
}

GListModel *
linnet_timeline_get_model (LinnetTimeline *self)
{
  g_return_val_if_fail (LINNET_IS_TIMELINE (self), NULL);
  return self->model;
}
