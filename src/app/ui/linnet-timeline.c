/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-timeline-private.h"

#include <math.h>

enum
{
  PROP_0,
  PROP_AT_END,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  SIGNAL_NEAR_START,
  SIGNAL_NEAR_END,
  SIGNAL_SCROLLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (LinnetTimeline,
                               linnet_timeline,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* --- layout --- */

static void
configure_adjustments (LinnetTimeline *self)
{
  self->is_configuring = TRUE;
  if (self->hadjustment != NULL)
    gtk_adjustment_configure (self->hadjustment, 0, 0, self->width, 0, 0, self->width);
  if (self->vadjustment != NULL)
    {
      double lower = self->value - self->above;
      double upper = self->value + self->height + self->below;
      double value = gtk_adjustment_get_value (self->vadjustment);

      /* Fractions of a pixel are the scrolled window's: a slow movement lives on them. */
      if ((int) rint (value) != self->value)
        value = self->value;
      gtk_adjustment_configure (self->vadjustment, value, lower, upper, self->height * 0.1,
                                self->height * 0.9, self->height);
    }
  self->is_configuring = FALSE;
}

void
linnet_timeline_prepare (LinnetTimeline *self)
{
  self->wants_layout = FALSE;
  if (self->width > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->is_outdated = FALSE;
      linnet_timeline_lay_out (self);
      configure_adjustments (self);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
linnet_timeline_queue_layout (LinnetTimeline *self)
{
  if (self->wants_layout || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->wants_layout = TRUE;
  gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (GTK_WIDGET (self)),
                                 GDK_FRAME_CLOCK_PHASE_UPDATE);
}

static gboolean
on_news (gpointer user_data)
{
  g_autoptr (LinnetTimeline) self = g_object_ref (LINNET_TIMELINE (user_data));
  LinnetTimelineNews news = self->news;

  self->news = 0;
  self->news_source = 0;
  if (news & NEWS_AT_END)
    g_object_notify (G_OBJECT (self), "at-end");
  if (news & NEWS_SCROLLED)
    g_signal_emit (self, signals[SIGNAL_SCROLLED], 0, (news & NEWS_BY_PERSON) != 0);
  if (news & NEWS_NEAR_START)
    g_signal_emit (self, signals[SIGNAL_NEAR_START], 0);
  if (news & NEWS_NEAR_END)
    g_signal_emit (self, signals[SIGNAL_NEAR_END], 0);
  if (news & NEWS_FOCUS && self->focus_position != NOTHING)
    {
      LinnetTimelineRow *row = linnet_timeline_find_row (self, self->focus_position);
      if (row != NULL)
        gtk_widget_grab_focus (row->widget);
    }
  return G_SOURCE_REMOVE;
}

static void
queue_news (LinnetTimeline *self)
{
  if (self->news != 0 && self->news_source == 0)
    self->news_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_news, self, NULL);
}

static void
allocate_child (GtkWidget *child, int width, int height, int y)
{
  gtk_widget_allocate (child, width, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float) y)));
}

/* Right above the first row; out of sight when that is not there. */
static void
allocate_header (LinnetTimeline *self)
{
  int bottom = self->header_height;

  if (self->header == NULL || !gtk_widget_should_layout (self->header))
    return;
  if (self->rows->len > 0 && first_row (self)->position == 0)
    bottom = first_row (self)->y + linnet_timeline_get_slide (self) - PAD_TOP;
  else if (self->rows->len > 0)
    bottom = -4 * self->height;
  allocate_child (self->header, self->width, self->header_height, bottom - self->header_height);
}

static void
allocate_children (LinnetTimeline *self)
{
  GHashTableIter iter;
  LinnetTimelineRow *row;

  for (guint i = 0; i < self->rows->len; i++)
    {
      row = nth_row (self, i);
      allocate_child (row->widget, self->width, row->height,
                      row->y + linnet_timeline_get_slide (self));
    }
  /* The row with the focus, out of view: it lives on where nobody sees it. */
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &row))
    {
      if (row->is_ahead)
        continue;
      row->height = linnet_timeline_row_measure (self, row);
      allocate_child (row->widget, self->width, row->height, -row->height - 4 * self->height);
    }
  allocate_header (self);
}

static void
set_size (LinnetTimeline *self, int width, int height)
{
  if (width == self->width && height == self->height)
    return;
  if (width != self->width)
    linnet_timeline_heights_invalidate (self->heights);
  self->width = width;
  self->height = height;
  self->is_laid_out = FALSE;
  self->news |= NEWS_SCROLLED;
  linnet_timeline_forget_move (self);
  linnet_timeline_stop_slide (self);
}

/* What does not fit is laid out after GTK's allocation, in the same frame; the frame clock repeats
 * its layout phase as long as somebody asks for it. */
static void
linnet_timeline_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LinnetTimeline *self = LINNET_TIMELINE (widget);

  set_size (self, width, height);
  if (linnet_timeline_layout_fits (self))
    {
      allocate_children (self);
      queue_news (self);
      return;
    }
  self->is_outdated = TRUE;
  if (gtk_widget_get_realized (widget)) /* else when it is mapped */
    gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (widget),
                                   GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

/* Before GTK's layout. */
static void
on_clock_update (GdkFrameClock *clock, LinnetTimeline *self)
{
  if (self->wants_rows)
    linnet_timeline_take_in (self);
  if (self->wants_layout)
    linnet_timeline_prepare (self);
}

/* After GTK's layout. */
static void
on_clock_layout (GdkFrameClock *clock, LinnetTimeline *self)
{
  if (self->is_outdated && gtk_widget_get_mapped (GTK_WIDGET (self)))
    linnet_timeline_prepare (self);
}

static void
linnet_timeline_realize (GtkWidget *widget)
{
  LinnetTimeline *self = LINNET_TIMELINE (widget);
  GdkFrameClock *clock;

  GTK_WIDGET_CLASS (linnet_timeline_parent_class)->realize (widget);
  clock = gtk_widget_get_frame_clock (widget);
  g_signal_connect (clock, "update", G_CALLBACK (on_clock_update), self);
  g_signal_connect_after (clock, "layout", G_CALLBACK (on_clock_layout), self);
}

static void
linnet_timeline_unrealize (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (widget), widget);
  GTK_WIDGET_CLASS (linnet_timeline_parent_class)->unrealize (widget);
}

static void
linnet_timeline_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (linnet_timeline_parent_class)->map (widget);
  LINNET_TIMELINE (widget)->wants_layout = FALSE;
  LINNET_TIMELINE (widget)->wants_rows = FALSE;
  linnet_timeline_take_in_all (LINNET_TIMELINE (widget));
  linnet_timeline_queue_layout (LINNET_TIMELINE (widget));
}

static void
linnet_timeline_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  /* Whatever the rows are: constant. */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 400;
}

static void
linnet_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LinnetTimeline *self = LINNET_TIMELINE (widget);

  if (self->header != NULL && gtk_widget_should_layout (self->header))
    gtk_widget_snapshot_child (widget, self->header, snapshot);
  for (guint i = 0; i < self->rows->len; i++)
    {
      LinnetTimelineRow *row = nth_row (self, i);
      int y = row->y + linnet_timeline_get_slide (self);
      if (y < self->height && y + row->height > 0)
        gtk_widget_snapshot_child (widget, row->widget, snapshot);
    }
}

/* --- scrolling --- */

void
linnet_timeline_scroll_by (LinnetTimeline *self, int delta)
{
  int slide = linnet_timeline_get_slide (self);

  linnet_timeline_forget_move (self);
  linnet_timeline_stop_slide (self);
  self->stick = FALSE;
  self->align = -1;
  self->anchor_y += slide - delta;
  self->news |= NEWS_SCROLLED | NEWS_BY_PERSON;
  linnet_timeline_queue_layout (self);
}

/* Far away, by the scrollbar: there is no need to measure what lies between. */
static void
scroll_far (LinnetTimeline *self, int above)
{
  int inside = 0;

  linnet_timeline_scroll_by (self, 0);
  self->anchor = linnet_timeline_heights_find (self->heights, MAX (above, 0), &inside);
  self->anchor_y = -inside;
}

static void
on_value_changed (GtkAdjustment *adjustment, LinnetTimeline *self)
{
  int value = (int) rint (gtk_adjustment_get_value (adjustment));
  int delta = value - self->value;

  if (self->is_configuring || delta == 0)
    return;
  self->value = value;
  self->above += delta;
  self->below -= delta;
  if (get_n_rows (self) == 0)
    return;
  if (ABS (delta) > 3 * MAX (self->height, 1))
    scroll_far (self, self->above);
  else
    linnet_timeline_scroll_by (self, delta);
  linnet_timeline_prepare (self);
}

void
linnet_timeline_scroll_to (LinnetTimeline *self, guint position, double align, gboolean flash)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));
  g_return_if_fail (position < get_n_rows (self) + self->n_waiting);

  linnet_timeline_take_in_all (self);
  linnet_timeline_prepare_move (self, JUMP_MS);
  self->stick = FALSE;
  self->hold = NOTHING;
  self->anchor = position;
  self->anchor_y = 0;
  self->align = CLAMP (align, 0, 1);
  if (flash)
    {
      g_clear_object (&self->flash_item);
      self->flash_item = g_list_model_get_item (self->model, position);
    }
  linnet_timeline_queue_layout (self);
}

void
linnet_timeline_scroll_to_end (LinnetTimeline *self)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));

  if (self->stick && self->hold == NOTHING)
    return;
  linnet_timeline_prepare_move (self, JUMP_MS);
  self->stick = TRUE;
  self->hold = NOTHING;
  linnet_timeline_queue_layout (self);
}

void
linnet_timeline_scroll_page (LinnetTimeline *self, int pages)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));

  if (self->vadjustment != NULL)
    gtk_adjustment_set_value (self->vadjustment,
                              gtk_adjustment_get_value (self->vadjustment)
                                  + pages * gtk_adjustment_get_page_increment (self->vadjustment));
}

void
linnet_timeline_set_follow (LinnetTimeline *self, gboolean follow)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));

  self->follow = follow;
  if (follow)
    self->hold = NOTHING;
}

void
linnet_timeline_set_open (LinnetTimeline *self, gboolean is_open)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));

  if (self->is_open == is_open)
    return;
  self->is_open = is_open;
  linnet_timeline_queue_layout (self);
}

gboolean
linnet_timeline_get_at_end (LinnetTimeline *self)
{
  g_return_val_if_fail (LINNET_IS_TIMELINE (self), FALSE);
  return self->at_end;
}

int
linnet_timeline_get_distance_to_end (LinnetTimeline *self)
{
  g_return_val_if_fail (LINNET_IS_TIMELINE (self), 0);
  return MAX (self->below - linnet_timeline_get_slide (self), 0);
}

gboolean
linnet_timeline_get_visible_range (LinnetTimeline *self, guint *ret_first, guint *ret_last)
{
  guint first = NOTHING;
  guint last = NOTHING;

  g_return_val_if_fail (LINNET_IS_TIMELINE (self), FALSE);
  if (!self->is_laid_out)
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      LinnetTimelineRow *row = nth_row (self, i);
      if (first == NOTHING && bottom_of (row) > 0)
        first = row->position;
      if (row->y < self->height
          && (bottom_of (row) <= self->height || (row->y <= 0 && bottom_of (row) > 0)))
        last = row->position;
    }
  if (first == NOTHING || last == NOTHING || last < first)
    return FALSE;
  *ret_first = first;
  *ret_last = last;
  return TRUE;
}

GtkWidget *
linnet_timeline_get_row_at (LinnetTimeline *self, int y)
{
  g_return_val_if_fail (LINNET_IS_TIMELINE (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (y < bottom_of (nth_row (self, i)) + linnet_timeline_get_slide (self))
      return nth_row (self, i)->widget;
  return self->rows->len > 0 ? last_row (self)->widget : NULL;
}

GtkWidget *
linnet_timeline_get_row (LinnetTimeline *self, guint position)
{
  LinnetTimelineRow *row;

  g_return_val_if_fail (LINNET_IS_TIMELINE (self), NULL);
  row = linnet_timeline_find_row (self, position);
  return row != NULL ? row->widget : NULL;
}

/* --- plumbing --- */

static void
set_adjustment (LinnetTimeline *self, GtkAdjustment **slot, GtkAdjustment *adjustment)
{
  if (*slot == adjustment)
    return;
  if (*slot != NULL)
    g_signal_handlers_disconnect_by_func (*slot, on_value_changed, self);
  g_set_object (slot, adjustment);
  if (adjustment != NULL && slot == &self->vadjustment)
    {
      self->value = (int) rint (gtk_adjustment_get_value (adjustment));
      g_signal_connect (adjustment, "value-changed", G_CALLBACK (on_value_changed), self);
      linnet_timeline_queue_layout (self);
    }
}

static void
linnet_timeline_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  GTK_WIDGET_CLASS (linnet_timeline_parent_class)->set_focus_child (widget, child);
  linnet_timeline_note_focus (LINNET_TIMELINE (widget), child);
}

static void
linnet_timeline_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  LinnetTimeline *self = LINNET_TIMELINE (object);

  switch (property_id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
linnet_timeline_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinnetTimeline *self = LINNET_TIMELINE (object);

  switch (property_id)
    {
    case PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
linnet_timeline_dispose (GObject *object)
{
  LinnetTimeline *self = LINNET_TIMELINE (object);
  GtkWidget *child;

  if (self->table != NULL)
    linnet_timeline_set_model (self, NULL);
  linnet_timeline_stop_slide (self);
  g_clear_handle_id (&self->news_source, g_source_remove);
  linnet_timeline_stop_flash (self);
  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  g_ptr_array_set_size (self->pool, 0);
  self->header = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (linnet_timeline_parent_class)->dispose (object);
}

static void
linnet_timeline_finalize (GObject *object)
{
  LinnetTimeline *self = LINNET_TIMELINE (object);

  g_clear_pointer (&self->heights, linnet_timeline_heights_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->pool, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  G_OBJECT_CLASS (linnet_timeline_parent_class)->finalize (object);
}

static void
linnet_timeline_class_init (LinnetTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = linnet_timeline_set_property;
  object_class->get_property = linnet_timeline_get_property;
  object_class->dispose = linnet_timeline_dispose;
  object_class->finalize = linnet_timeline_finalize;
  widget_class->realize = linnet_timeline_realize;
  widget_class->unrealize = linnet_timeline_unrealize;
  widget_class->map = linnet_timeline_map;
  widget_class->measure = linnet_timeline_measure;
  widget_class->size_allocate = linnet_timeline_size_allocate;
  widget_class->snapshot = linnet_timeline_snapshot;
  widget_class->focus = linnet_timeline_focus;
  widget_class->grab_focus = linnet_timeline_grab_focus;
  widget_class->set_focus_child = linnet_timeline_set_focus_child;

  g_object_class_install_property (object_class, PROP_AT_END,
                                   g_param_spec_boolean ("at-end", NULL, NULL, FALSE,
                                                         G_PARAM_READABLE
                                                             | G_PARAM_STATIC_STRINGS));
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[SIGNAL_NEAR_START] = g_signal_new ("near-start", LINNET_TYPE_TIMELINE, G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NEAR_END] = g_signal_new ("near-end", LINNET_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SCROLLED] = g_signal_new ("scrolled", LINNET_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
linnet_timeline_init (LinnetTimeline *self)
{
  self->heights = linnet_timeline_heights_new ();
  self->rows = g_ptr_array_new ();
  self->pool = g_ptr_array_new ();
  self->kept = g_hash_table_new (NULL, NULL);
  self->stick = TRUE;
  self->follow = TRUE;
  self->align = -1;
  self->hold = NOTHING;
  self->round_end = NOTHING;
  self->focus_position = NOTHING;

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "linnet-timeline");
  linnet_timeline_add_keys (self);
}

GtkWidget *
linnet_timeline_new (void)
{
  return g_object_new (LINNET_TYPE_TIMELINE, NULL);
}

void
linnet_timeline_set_rows (LinnetTimeline *self, const LinnetTimelineRows *rows, gpointer user_data)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));
  g_return_if_fail (rows != NULL && self->model == NULL);

  self->table = rows;
  self->user_data = user_data;
}

void
linnet_timeline_set_header (LinnetTimeline *self, GtkWidget *header)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));

  if (self->header == header)
    return;
  g_clear_pointer (&self->header, gtk_widget_unparent);
  self->header = header;
  if (header != NULL)
    gtk_widget_insert_after (header, GTK_WIDGET (self), NULL);
}
