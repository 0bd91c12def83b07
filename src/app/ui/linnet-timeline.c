/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-timeline.h"

#include "linnet-timeline-heights.h"

#include <adwaita.h>
#include <math.h>

/* New rows are made and filled between frames (prepare), not while GTK allocates: what they queue
 * then would not reach the root. Only when the size itself changes, which comes from the root, the
 * allocation makes rows.
 *
 * Coordinates: y = 0 is the top of the view. `value` is the scroll value there; it changes by
 * scrolling only (see the header). A layout starts from one row whose place is given, the anchor or
 * at the end the last one, and goes from there up and down until view and overscan are full. */

#define PAD_TOP 6
#define PAD_BOTTOM 6
#define N_POOLED_ROWS 20
/* Where the first unseen row stays while nobody looks: below the floating date and the divider. */
#define HOLD_TOP 72
#define FLASH_MS 1200
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
} Row;

/* What to tell once the frame is drawn. */
typedef enum
{
  NEWS_SCROLLED = 1 << 0,
  NEWS_BY_PERSON = 1 << 1,
  NEWS_NEAR_START = 1 << 2,
  NEWS_NEAR_END = 1 << 3,
  NEWS_AT_END = 1 << 4,
  NEWS_FOCUS = 1 << 5,
} News;

struct _LinnetTimeline
{
  GtkWidget parent_instance;

  const LinnetTimelineRows *table;
  gpointer user_data;
  GListModel *model; /* owned, nullable */
  LinnetTimelineHeights *heights;
  GtkWidget *header; /* nullable, a child */

  GPtrArray *rows;  /* of Row, shown, by position; without gaps after a layout */
  GHashTable *kept; /* item → Row: not shown, but its widget may be wanted again: gone from the
                       model since the last layout, or having the focus out of view */
  GPtrArray *pool;  /* of GtkWidget, unbound */

  guint anchor;
  int anchor_y;
  double align; /* of the anchor, once; < 0: none */
  gboolean stick;
  gboolean follow;
  guint hold; /* the first row that came while nobody followed, or NOTHING */

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
  int value;
  int above; /* pixels of content above and below the view */
  int below;
  gboolean at_end;
  gboolean is_configuring;
  gboolean is_laid_out;

  gboolean is_laying_out;
  gint64 again_frame;   /* in which that was done last */
  guint again_source;   /* what GTK was asked for while it allocated is asked for once more */
  guint layout_tick;    /* a layout before the next frame is asked for */
  guint focus_position; /* the row that has or had the focus, or NOTHING */
  News news;
  guint news_source;

  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkScrollablePolicy hscroll_policy;
  GtkScrollablePolicy vscroll_policy;
};

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

static guint
get_n_rows (LinnetTimeline *self)
{
  return linnet_timeline_heights_get_n_rows (self->heights);
}

static Row *
get_row (LinnetTimeline *self, guint index)
{
  return g_ptr_array_index (self->rows, index);
}

static Row *
first_row (LinnetTimeline *self)
{
  return get_row (self, 0);
}

static Row *
last_row (LinnetTimeline *self)
{
  return get_row (self, self->rows->len - 1);
}

static int
bottom_of (const Row *row)
{
  return row->y + row->height;
}

/* Where the last row ends at the end. */
static int
get_end (LinnetTimeline *self)
{
  return self->height - PAD_BOTTOM;
}

static int
get_slide (LinnetTimeline *self)
{
  return (int) rint (self->slide);
}

/* --- rows and their widgets --- */

static void
release_row (LinnetTimeline *self, Row *row)
{
  if (self->flash_widget == row->widget)
    self->flash_widget = NULL;
  gtk_widget_remove_css_class (row->widget, "linnet-flash");
  gtk_widget_remove_css_class (row->widget, "linnet-flash-still");
  self->table->unbind (row->widget, row->item, self->user_data);
  gtk_widget_set_child_visible (row->widget, FALSE);
  if (self->pool->len < N_POOLED_ROWS)
    g_ptr_array_add (self->pool, row->widget);
  else
    gtk_widget_unparent (row->widget);
  g_object_unref (row->item);
  g_free (row);
}

static GtkWidget *
take_widget (LinnetTimeline *self)
{
  GtkWidget *widget;

  if (self->pool->len > 0)
    return g_ptr_array_steal_index_fast (self->pool, self->pool->len - 1);
  widget = self->table->create (self->user_data);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
  return widget;
}

/* A measured row for a position, not yet in `rows`. */
static Row *
take_row (LinnetTimeline *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (self->model, position);
  Row *row = NULL;
  int natural;

  g_assert (item != NULL);
  if (g_hash_table_steal_extended (self->kept, item, NULL, (gpointer *) &row))
    row->position = position;
  else
    {
      row = g_new0 (Row, 1);
      row->widget = take_widget (self);
      row->item = g_steal_pointer (&item);
      row->position = position;
      self->table->bind (row->widget, row->item, self->user_data);
    }
  gtk_widget_set_child_visible (row->widget, TRUE);
  gtk_widget_measure (row->widget, GTK_ORIENTATION_VERTICAL, self->width, NULL, &natural, NULL,
                      NULL);
  row->height = MAX (natural, 1);
  linnet_timeline_heights_set (self->heights, position, row->height);
  return row;
}

static void
keep_row (LinnetTimeline *self, Row *row)
{
  Row *twin = NULL;

  if (g_hash_table_steal_extended (self->kept, row->item, NULL, (gpointer *) &twin))
    release_row (self, twin);
  g_hash_table_insert (self->kept, row->item, row);
}

static void
keep_all_rows (LinnetTimeline *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    keep_row (self, get_row (self, i));
  g_ptr_array_set_size (self->rows, 0);
}

static gboolean
has_focus (const Row *row)
{
  GtkRoot *root = gtk_widget_get_root (row->widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == row->widget || gtk_widget_is_ancestor (focus, row->widget));
}

/* What a layout did not ask for again goes, but for the row that has the focus. */
static void
release_kept_rows (LinnetTimeline *self, gboolean all)
{
  GHashTableIter iter;
  Row *row;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &row))
    {
      if (!all && row->position != NOTHING && has_focus (row))
        continue;
      g_hash_table_iter_steal (&iter);
      release_row (self, row);
    }
}

/* The order of the children is the order of the rows, for the keyboard and assistive technology. */
static void
order_children (LinnetTimeline *self)
{
  GtkWidget *previous = self->header;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *widget = get_row (self, i)->widget;
      if (gtk_widget_get_prev_sibling (widget) != previous)
        gtk_widget_insert_after (widget, GTK_WIDGET (self), previous);
      previous = widget;
    }
}

/* --- layout --- */

static int
measure_header (LinnetTimeline *self)
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
      Row *row = take_row (self, first_row (self)->position - 1);
      row->y = first_row (self)->y - row->height;
      g_ptr_array_insert (self->rows, 0, row);
    }
}

static void
fill_down (LinnetTimeline *self, int limit)
{
  while (last_row (self)->position + 1 < get_n_rows (self) && bottom_of (last_row (self)) < limit)
    {
      Row *row = take_row (self, last_row (self)->position + 1);
      row->y = bottom_of (last_row (self));
      g_ptr_array_add (self->rows, row);
    }
}

static void
fill (LinnetTimeline *self)
{
  int overscan = self->height / 2;

  fill_up (self, -overscan - get_slide (self));
  fill_down (self, self->height + overscan - get_slide (self));
}

static void
shift_rows (LinnetTimeline *self, int by)
{
  for (guint i = 0; i < self->rows->len; i++)
    get_row (self, i)->y += by;
}

static void
place_start_row (LinnetTimeline *self, int header_height)
{
  guint last = get_n_rows (self) - 1;
  Row *row;

  if (self->stick)
    {
      row = take_row (self, last);
      row->y = get_end (self) - row->height;
    }
  else
    {
      row = take_row (self, MIN (self->anchor, last));
      row->y = self->anchor_y;
      if (self->align >= 0)
        row->y = (int) rint (MAX (get_end (self) - row->height, 0) * self->align);
      if (self->align == 0 && row->position == 0)
        row->y = header_height + PAD_TOP;
      self->align = -1;
    }
  g_ptr_array_add (self->rows, row);
}

/* Nothing empty above the first and below the last row; what does not fill the view stands at its
 * bottom, next to the composer. */
static void
clamp_rows (LinnetTimeline *self, int header_height)
{
  int top = header_height + PAD_TOP;

  if (first_row (self)->position == 0 && first_row (self)->y > top)
    {
      shift_rows (self, top - first_row (self)->y);
      fill (self);
    }
  if (last_row (self)->position == get_n_rows (self) - 1
      && bottom_of (last_row (self)) < get_end (self))
    {
      shift_rows (self, get_end (self) - bottom_of (last_row (self)));
      fill (self);
    }
}

static void
place_rows (LinnetTimeline *self, int header_height)
{
  place_start_row (self, header_height);
  fill (self);
  clamp_rows (self, header_height);
}

static Row *
find_row (LinnetTimeline *self, guint position)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (get_row (self, i)->position == position)
      return get_row (self, i);
  return NULL;
}

static Row *
find_item (LinnetTimeline *self, GObject *item)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (get_row (self, i)->item == item)
      return get_row (self, i);
  return NULL;
}

/* Nobody looks and the end would push the first unseen row out of view: stop there. */
static void
apply_hold (LinnetTimeline *self, int header_height)
{
  Row *row;

  if (!self->stick || self->hold == NOTHING)
    return;
  row = find_row (self, self->hold);
  if (row != NULL && row->y >= HOLD_TOP)
    return;
  keep_all_rows (self);
  self->stick = FALSE;
  self->anchor = self->hold;
  self->anchor_y = HOLD_TOP;
  place_rows (self, header_height);
}

/* The anchor is the first row whose top is in view: what grows above it grows out of view. */
static void
choose_anchor (LinnetTimeline *self)
{
  Row *best = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = get_row (self, i);
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

static void prepare (LinnetTimeline *self);

static void
on_slide (double value, gpointer user_data)
{
  LinnetTimeline *self = LINNET_TIMELINE (user_data);

  self->slide = value;
  /* Playing an animation calls this at once: the layout that started it places the rows. */
  if (!self->is_laying_out)
    prepare (self);
}

static void
stop_slide (LinnetTimeline *self)
{
  if (self->slide_animation != NULL)
    adw_animation_pause (self->slide_animation);
  g_clear_object (&self->slide_animation);
  self->slide = 0;
}

static void
forget_move (LinnetTimeline *self)
{
  g_clear_object (&self->move_items[0]);
  g_clear_object (&self->move_items[1]);
  self->move_ms = 0;
}

/* Remembers what is seen, so that the next layout can move there from here instead of jumping. */
static void
prepare_move (LinnetTimeline *self, guint ms)
{
  if (self->move_ms != 0 || !self->is_laid_out || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || !adw_get_enable_animations (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = get_row (self, i);
      int y = row->y + get_slide (self);
      guint slot = self->move_items[0] == NULL ? 0 : 1;

      if (y + row->height <= 0 || y >= self->height)
        continue;
      g_set_object (&self->move_items[slot], row->item);
      self->move_y[slot] = y;
    }
  self->move_ms = ms;
}

static void
start_move (LinnetTimeline *self)
{
  Row *row = NULL;
  guint ms = self->move_ms;
  int way = 0;

  if (ms == 0)
    return;
  for (guint i = 0; i < 2 && row == NULL; i++)
    {
      row = self->move_items[i] != NULL ? find_item (self, self->move_items[i]) : NULL;
      way = row != NULL ? self->move_y[i] - row->y : 0;
    }
  forget_move (self);
  stop_slide (self);
  if (row == NULL || way == 0 || ABS (way) > self->height)
    return;

  self->slide = way;
  fill (self);
  self->slide_animation
      = adw_timed_animation_new (GTK_WIDGET (self), way, 0, ms,
                                 adw_callback_animation_target_new (on_slide, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->slide_animation),
                                  ms == JUMP_MS ? ADW_EASE_IN_OUT_CUBIC : ADW_EASE_OUT_CUBIC);
  adw_animation_play (self->slide_animation);
}

static void
on_flash_over (gpointer user_data)
{
  LinnetTimeline *self = LINNET_TIMELINE (user_data);

  self->flash_source = 0;
  if (self->flash_widget == NULL)
    return;
  gtk_widget_remove_css_class (self->flash_widget, "linnet-flash");
  gtk_widget_remove_css_class (self->flash_widget, "linnet-flash-still");
  self->flash_widget = NULL;
}

static void
start_flash (LinnetTimeline *self)
{
  Row *row = self->flash_item != NULL ? find_item (self, self->flash_item) : NULL;

  if (row == NULL)
    return;
  g_clear_object (&self->flash_item);
  g_clear_handle_id (&self->flash_source, g_source_remove);
  on_flash_over (self);
  self->flash_widget = row->widget;
  gtk_widget_add_css_class (row->widget, adw_get_enable_animations (GTK_WIDGET (self))
                                             ? "linnet-flash"
                                             : "linnet-flash-still");
  self->flash_source = g_timeout_add_once (FLASH_MS, on_flash_over, self);
}

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

static void
measure_surroundings (LinnetTimeline *self, int header_height)
{
  gint64 before = linnet_timeline_heights_get_offset (self->heights, first_row (self)->position);
  gint64 all = linnet_timeline_heights_get_offset (self->heights, get_n_rows (self));
  gint64 shown = 0;

  for (guint i = 0; i < self->rows->len; i++)
    shown += get_row (self, i)->height;
  self->above
      = (int) CLAMP (header_height + PAD_TOP + before - first_row (self)->y - get_slide (self), 0,
                     G_MAXINT / 4);
  self->below = (int) CLAMP (bottom_of (last_row (self)) + all - before - shown - get_end (self)
                                 + get_slide (self),
                             0, G_MAXINT / 4);
}

static void
set_at_end (LinnetTimeline *self, gboolean at_end)
{
  if (self->at_end == at_end)
    return;
  self->at_end = at_end;
  self->news |= NEWS_AT_END | (at_end ? NEWS_NEAR_END : 0);
}

static void
lay_out_rows (LinnetTimeline *self)
{
  int header_height = measure_header (self);

  self->is_laying_out = TRUE;
  keep_all_rows (self);
  place_rows (self, header_height);
  apply_hold (self, header_height);
  start_move (self);
  self->is_laying_out = FALSE;
  choose_anchor (self);
  self->stick = last_row (self)->position == get_n_rows (self) - 1
                && bottom_of (last_row (self)) <= get_end (self);
  measure_surroundings (self, header_height);
  set_at_end (self, self->stick);
  if (self->above < 2 * self->height)
    self->news |= NEWS_NEAR_START;
  release_kept_rows (self, FALSE);
  order_children (self);
  start_flash (self);
}

static void
lay_out_nothing (LinnetTimeline *self)
{
  forget_move (self);
  stop_slide (self);
  keep_all_rows (self);
  release_kept_rows (self, TRUE);
  self->above = 0;
  self->below = 0;
  self->stick = TRUE;
  set_at_end (self, TRUE);
}

/* Rows for the view as it will be, before GTK lays out and draws. */
static void
prepare (LinnetTimeline *self)
{
  if (self->layout_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->layout_tick);
  self->layout_tick = 0;
  if (get_n_rows (self) > 0 && self->width > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      lay_out_rows (self);
      self->is_laid_out = TRUE;
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
on_layout_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LinnetTimeline *self = LINNET_TIMELINE (widget);

  self->layout_tick = 0; /* removed by returning */
  prepare (self);
  return G_SOURCE_REMOVE;
}

static void
queue_layout (LinnetTimeline *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  else if (self->layout_tick == 0)
    self->layout_tick
        = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_layout_tick, NULL, NULL);
}

static gboolean
on_news (gpointer user_data)
{
  g_autoptr (LinnetTimeline) self = g_object_ref (LINNET_TIMELINE (user_data));
  News news = self->news;

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
      Row *row = find_row (self, self->focus_position);
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

static void
allocate_children (LinnetTimeline *self)
{
  int top = PAD_TOP;
  GHashTableIter iter;
  Row *row;

  for (guint i = 0; i < self->rows->len; i++)
    {
      row = get_row (self, i);
      allocate_child (row->widget, self->width, row->height, row->y + get_slide (self));
    }
  /* The row with the focus, out of view: it lives on where nobody sees it. */
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &row))
    {
      gtk_widget_measure (row->widget, GTK_ORIENTATION_VERTICAL, self->width, NULL, &row->height,
                          NULL, NULL);
      allocate_child (row->widget, self->width, row->height, -row->height - 4 * self->height);
    }
  if (self->header == NULL || !gtk_widget_should_layout (self->header))
    return;
  if (self->rows->len > 0 && first_row (self)->position == 0)
    top = first_row (self)->y + get_slide (self);
  else if (self->rows->len > 0)
    top = -4 * self->height;
  else
    top = PAD_TOP + measure_header (self);
  allocate_child (self->header, self->width, measure_header (self),
                  top - PAD_TOP - measure_header (self));
}

static void
on_allocated_again (gpointer user_data)
{
  LinnetTimeline *self = LINNET_TIMELINE (user_data);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  self->again_source = 0;
  if (clock == NULL)
    return;
  self->again_frame = gdk_frame_clock_get_frame_counter (clock);
  /* Whoever is forgotten believes that it is asked for already, and tells nobody above. */
  for (GtkWidget *widget = gtk_widget_get_parent (GTK_WIDGET (self)); widget != NULL;
       widget = gtk_widget_get_parent (widget))
    gtk_widget_queue_allocate (widget);
}

static void
linnet_timeline_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LinnetTimeline *self = LINNET_TIMELINE (widget);
  gint64 frame;

  if (width != self->width)
    linnet_timeline_heights_invalidate (self->heights);
  if (width != self->width || height != self->height)
    {
      self->news |= NEWS_SCROLLED;
      forget_move (self);
      stop_slide (self);
    }
  self->width = width;
  self->height = height;

  if (get_n_rows (self) > 0)
    lay_out_rows (self);
  else
    lay_out_nothing (self);
  self->is_laid_out = TRUE;
  allocate_children (self);
  configure_adjustments (self);
  queue_news (self);
  /* What asked for a new allocation while this one was made (a row that was filled, an animation
   * that began) is forgotten by GTK, which then does not draw us at all: once more, from outside,
   * in the next frame. */
  frame = gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (widget));
  if (self->again_source == 0 && frame > self->again_frame + 1)
    self->again_source = g_idle_add_once (on_allocated_again, self);
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
      Row *row = get_row (self, i);
      int y = row->y + get_slide (self);
      if (y < self->height && y + row->height > 0)
        gtk_widget_snapshot_child (widget, row->widget, snapshot);
    }
}

/* --- the model --- */

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
        Row *row = get_row (self, downwards ? j : self->rows->len - 1 - j);
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
  Row *row;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &row))
    row->position = track_position (row->position, position, removed, added);
  for (guint i = self->rows->len; i-- > 0;)
    {
      row = get_row (self, i);
      row->position = track_position (row->position, position, removed, added);
      if (row->position != NOTHING)
        continue;
      g_ptr_array_remove_index (self->rows, i);
      keep_row (self, row);
    }
}

static void
on_items_changed (
    GListModel *model, guint position, guint removed, guint added, LinnetTimeline *self)
{
  gboolean is_append = removed == 0 && position == get_n_rows (self) && position > 0;

  linnet_timeline_heights_splice (self->heights, position, removed, added);
  if (self->stick && is_append)
    prepare_move (self, FOLLOW_MS);

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
  queue_layout (self);
}

static void
reset (LinnetTimeline *self)
{
  forget_move (self);
  stop_slide (self);
  g_clear_object (&self->flash_item);
  keep_all_rows (self);
  release_kept_rows (self, TRUE);
  linnet_timeline_heights_splice (self->heights, 0, get_n_rows (self), 0);
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
  queue_layout (self);
}

GListModel *
linnet_timeline_get_model (LinnetTimeline *self)
{
  g_return_val_if_fail (LINNET_IS_TIMELINE (self), NULL);
  return self->model;
}

/* --- scrolling --- */

/* The scroll value was moved by somebody else: what is seen now moves by so much. */
static void
scroll_by (LinnetTimeline *self, int delta)
{
  int slide = get_slide (self);

  forget_move (self);
  stop_slide (self);
  self->stick = FALSE;
  self->align = -1;
  self->anchor_y += slide - delta;
  self->news |= NEWS_SCROLLED | NEWS_BY_PERSON;
  queue_layout (self);
}

/* Far away, by the scrollbar: there is no need to measure what lies between. */
static void
scroll_far (LinnetTimeline *self, int above)
{
  int inside = 0;

  scroll_by (self, 0);
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
    scroll_by (self, delta);
  prepare (self);
}

void
linnet_timeline_scroll_to (LinnetTimeline *self, guint position, double align, gboolean flash)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));
  g_return_if_fail (position < get_n_rows (self));

  prepare_move (self, JUMP_MS);
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
  queue_layout (self);
}

void
linnet_timeline_scroll_to_end (LinnetTimeline *self)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));

  if (self->stick && self->hold == NOTHING)
    return;
  prepare_move (self, JUMP_MS);
  self->stick = TRUE;
  self->hold = NOTHING;
  queue_layout (self);
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

/* As little as is needed to see all of a row, or its top when it is higher than the view. */
static void
reveal_row (LinnetTimeline *self, guint position)
{
  Row *row = find_row (self, position);

  if (row == NULL)
    linnet_timeline_scroll_to (self, position, position < self->anchor ? 0 : 1, FALSE);
  else if (row->y < 0 || row->height > get_end (self))
    scroll_by (self, row->y);
  else if (bottom_of (row) > get_end (self))
    scroll_by (self, bottom_of (row) - get_end (self));
}

void
linnet_timeline_focus_row (LinnetTimeline *self, guint position)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));

  if (position >= get_n_rows (self))
    return;
  reveal_row (self, position);
  self->focus_position = position;
  if (find_row (self, position) != NULL)
    gtk_widget_grab_focus (find_row (self, position)->widget);
  else
    self->news |= NEWS_FOCUS; /* once it is there */
}

void
linnet_timeline_set_follow (LinnetTimeline *self, gboolean follow)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));

  self->follow = follow;
  if (follow)
    self->hold = NOTHING;
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
  return MAX (self->below - get_slide (self), 0);
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
      Row *row = get_row (self, i);
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
linnet_timeline_get_row (LinnetTimeline *self, guint position)
{
  Row *row;

  g_return_val_if_fail (LINNET_IS_TIMELINE (self), NULL);
  row = find_row (self, position);
  return row != NULL ? row->widget : NULL;
}

/* --- keyboard --- */

static guint
get_focused_position (LinnetTimeline *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  for (guint i = 0; child != NULL && i < self->rows->len; i++)
    if (get_row (self, i)->widget == child)
      return get_row (self, i)->position;
  return child != NULL && child != self->header ? self->focus_position : NOTHING;
}

static void
linnet_timeline_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  LinnetTimeline *self = LINNET_TIMELINE (widget);

  GTK_WIDGET_CLASS (linnet_timeline_parent_class)->set_focus_child (widget, child);
  for (guint i = 0; child != NULL && i < self->rows->len; i++)
    if (get_row (self, i)->widget == child)
      self->focus_position = get_row (self, i)->position;
}

static gboolean
enter_rows (LinnetTimeline *self)
{
  guint first;
  guint last;

  if (!linnet_timeline_get_visible_range (self, &first, &last))
    return FALSE;
  if (self->focus_position == NOTHING || self->focus_position < first
      || self->focus_position > last)
    self->focus_position = last;
  linnet_timeline_focus_row (self, self->focus_position);
  return TRUE;
}

/* Tab enters at the row that had the focus last, goes through what can be focused inside it, and
 * leaves; the arrow keys go from row to row. */
static gboolean
linnet_timeline_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LinnetTimeline *self = LINNET_TIMELINE (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  guint position = get_focused_position (self);

  if (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
    {
      if (position == NOTHING)
        return enter_rows (self);
      if (direction == GTK_DIR_DOWN && position + 1 >= get_n_rows (self))
        return FALSE;
      linnet_timeline_focus_row (self, direction == GTK_DIR_DOWN ? position + 1
                                                                 : position - MIN (position, 1));
      return TRUE;
    }
  if (child != NULL && gtk_widget_child_focus (child, direction))
    return TRUE;
  if (direction == GTK_DIR_TAB_BACKWARD && child != NULL && child != self->header)
    return self->header != NULL && gtk_widget_should_layout (self->header)
           && gtk_widget_child_focus (self->header, direction);
  if (child == NULL || child == self->header)
    return enter_rows (self);
  return FALSE;
}

static gboolean
linnet_timeline_grab_focus (GtkWidget *widget)
{
  return enter_rows (LINNET_TIMELINE (widget));
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        LinnetTimeline *self)
{
  guint n_rows = get_n_rows (self);
  int pages = 0;

  if (n_rows == 0 || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      linnet_timeline_focus_row (self, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      linnet_timeline_focus_row (self, n_rows - 1);
      linnet_timeline_scroll_to_end (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      pages = -1;
      break;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      pages = 1;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  linnet_timeline_scroll_page (self, pages);
  return GDK_EVENT_STOP;
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
      queue_layout (self);
    }
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
  stop_slide (self);
  g_clear_handle_id (&self->again_source, g_source_remove);
  if (self->layout_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->layout_tick);
  self->layout_tick = 0;
  g_clear_handle_id (&self->news_source, g_source_remove);
  g_clear_handle_id (&self->flash_source, g_source_remove);
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
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->heights = linnet_timeline_heights_new ();
  self->rows = g_ptr_array_new ();
  self->pool = g_ptr_array_new ();
  self->kept = g_hash_table_new (NULL, NULL);
  self->stick = TRUE;
  self->follow = TRUE;
  self->align = -1;
  self->hold = NOTHING;
  self->focus_position = NOTHING;

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "linnet-timeline");
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
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
