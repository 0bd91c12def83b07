/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-timeline-private.h"

#include <math.h>

#define FLASH_MS 1200

int
linnet_timeline_get_slide (LinnetTimeline *self)
{
  return (int) rint (self->slide);
}

static void
on_slide (double value, gpointer user_data)
{
  LinnetTimeline *self = LINNET_TIMELINE (user_data);

  self->slide = value;
  /* Playing an animation calls this at once: the layout that started it places the rows. */
  if (!self->is_laying_out)
    linnet_timeline_prepare (self);
}

void
linnet_timeline_stop_slide (LinnetTimeline *self)
{
  if (self->slide_animation != NULL)
    adw_animation_pause (self->slide_animation);
  g_clear_object (&self->slide_animation);
  self->slide = 0;
}

void
linnet_timeline_forget_move (LinnetTimeline *self)
{
  g_clear_object (&self->move_items[0]);
  g_clear_object (&self->move_items[1]);
  self->move_ms = 0;
}

void
linnet_timeline_prepare_move (LinnetTimeline *self, guint ms)
{
  if (self->move_ms != 0 || !self->is_laid_out || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || !adw_get_enable_animations (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      LinnetTimelineRow *row = nth_row (self, i);
      int y = row->y + linnet_timeline_get_slide (self);
      guint slot = self->move_items[0] == NULL ? 0 : 1;

      if (y + row->height <= 0 || y >= self->height)
        continue;
      g_set_object (&self->move_items[slot], row->item);
      self->move_y[slot] = y;
    }
  self->move_ms = ms;
}

void
linnet_timeline_start_move (LinnetTimeline *self)
{
  LinnetTimelineRow *row = NULL;
  guint ms = self->move_ms;
  int way = 0;

  if (ms == 0)
    return;
  for (guint i = 0; i < 2 && row == NULL; i++)
    {
      row = self->move_items[i] != NULL ? linnet_timeline_find_item (self, self->move_items[i])
                                        : NULL;
      way = row != NULL ? self->move_y[i] - row->y : 0;
    }
  linnet_timeline_forget_move (self);
  linnet_timeline_stop_slide (self);
  if (row == NULL || way == 0 || ABS (way) > self->height)
    return;

  self->slide = way;
  linnet_timeline_fill (self);
  self->slide_animation
      = adw_timed_animation_new (GTK_WIDGET (self), way, 0, ms,
                                 adw_callback_animation_target_new (on_slide, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->slide_animation),
                                  ms == JUMP_MS ? ADW_EASE_IN_OUT_CUBIC : ADW_EASE_OUT_CUBIC);
  adw_animation_play (self->slide_animation);
}

void
linnet_timeline_stop_flash (LinnetTimeline *self)
{
  g_clear_handle_id (&self->flash_source, g_source_remove);
  if (self->flash_widget == NULL)
    return;
  gtk_widget_remove_css_class (self->flash_widget, "linnet-flash");
  gtk_widget_remove_css_class (self->flash_widget, "linnet-flash-still");
  self->flash_widget = NULL;
}

static void
on_flash_over (gpointer user_data)
{
  LinnetTimeline *self = LINNET_TIMELINE (user_data);

  self->flash_source = 0;
  linnet_timeline_stop_flash (self);
}

void
linnet_timeline_start_flash (LinnetTimeline *self)
{
  LinnetTimelineRow *row
      = self->flash_item != NULL ? linnet_timeline_find_item (self, self->flash_item) : NULL;

  if (row == NULL)
    return;
  linnet_timeline_stop_flash (self);
  g_clear_object (&self->flash_item);
  self->flash_widget = row->widget;
  gtk_widget_add_css_class (row->widget, adw_get_enable_animations (GTK_WIDGET (self))
                                             ? "linnet-flash"
                                             : "linnet-flash-still");
  self->flash_source = g_timeout_add_once (FLASH_MS, on_flash_over, self);
}
