/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-timeline.h"
#include "ui-test.h"

#include <math.h>

#define QUIET_US (300 * 1000)

/* An item is a block of letters: so many pixels high at 420 px width, more when narrower. */
#define TEST_TYPE_ITEM (test_item_get_type ())
G_DECLARE_FINAL_TYPE (TestItem, test_item, TEST, ITEM, GObject)

struct _TestItem
{
  GObject parent_instance;
  int id;
  int height;
};

G_DEFINE_FINAL_TYPE (TestItem, test_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
test_item_class_init (TestItemClass *klass)
{
  changed_signal = g_signal_new ("changed", TEST_TYPE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
test_item_init (TestItem *self)
{
}

#define TEST_TYPE_ROW (test_row_get_type ())
G_DECLARE_FINAL_TYPE (TestRow, test_row, TEST, ROW, GtkWidget)

struct _TestRow
{
  GtkWidget parent_instance;
  TestItem *item;
};

G_DEFINE_FINAL_TYPE (TestRow, test_row, GTK_TYPE_WIDGET)

static guint n_bound;
static guint n_allocating; /* > 0: GTK allocates */
static guint n_filled;     /* rows, ever */
static gint64 fill_us;     /* what filling one takes */

static int
height_at (TestItem *item, int width)
{
  return width >= 420 ? item->height : item->height * 420 / width;
}

static void
test_row_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  TestRow *self = TEST_ROW (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL || self->item == NULL
                            ? 100
                            : height_at (self->item, for_size);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
test_row_class_init (TestRowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->measure = test_row_measure;
  GTK_WIDGET_CLASS (klass)->get_request_mode = get_request_mode;
}

static void
test_row_init (TestRow *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/* A widget around the timeline that knows when GTK allocates. */
#define TEST_TYPE_BIN (test_bin_get_type ())
G_DECLARE_FINAL_TYPE (TestBin, test_bin, TEST, BIN, GtkWidget)

struct _TestBin
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (TestBin, test_bin, GTK_TYPE_WIDGET)

static void
test_bin_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
test_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  n_allocating++;
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, -1, NULL);
  n_allocating--;
}

static void
test_bin_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (test_bin_parent_class)->dispose (object);
}

static void
test_bin_class_init (TestBinClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = test_bin_dispose;
  GTK_WIDGET_CLASS (klass)->measure = test_bin_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = test_bin_size_allocate;
}

static void
test_bin_init (TestBin *self)
{
}

static GtkWidget *
create_row (gpointer user_data)
{
  g_assert_cmpuint (n_allocating, ==, 0);
  return g_object_new (TEST_TYPE_ROW, NULL);
}

static void
bind_row (GtkWidget *widget, gpointer item, gpointer user_data)
{
  TestRow *row = TEST_ROW (widget);

  n_bound++;
  n_filled++;
  for (gint64 until = g_get_monotonic_time () + fill_us; g_get_monotonic_time () < until;)
    ;
  g_assert_cmpuint (n_allocating, ==, 0);
  g_assert_null (row->item);
  row->item = item;
  g_signal_connect_swapped (item, "changed", G_CALLBACK (gtk_widget_queue_resize), row);
  gtk_widget_queue_resize (widget);
}

static void
unbind_row (GtkWidget *widget, gpointer item, gpointer user_data)
{
  TestRow *row = TEST_ROW (widget);

  n_bound--;
  g_assert_true (row->item == item);
  g_signal_handlers_disconnect_by_data (item, row);
  row->item = NULL;
}

static const LinnetTimelineRows rows = { create_row, bind_row, unbind_row };

typedef struct
{
  GListStore *store;
  LinnetTimeline *timeline;
  GtkAdjustment *adjustment;
  GtkWindow *window;
  int next_id;
  GRand *random;
} Fixture;

static TestItem *
new_item (Fixture *f)
{
  TestItem *item = g_object_new (TEST_TYPE_ITEM, NULL);

  item->id = f->next_id++;
  item->height = g_rand_int_range (f->random, 20, 160);
  return item;
}

static void
splice (Fixture *f, guint position, guint removed, guint added)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++)
    g_ptr_array_add (items, new_item (f));
  g_list_store_splice (f->store, position, removed, items->pdata, added);
}

static guint
get_n (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->store));
}

static TestItem *
item_at (Fixture *f, guint position)
{
  g_autoptr (TestItem) item = g_list_model_get_item (G_LIST_MODEL (f->store), position);
  return item;
}

static void
settle (Fixture *f)
{
  ui_wait_frames (GTK_WIDGET (f->window), 3);
}

static void
set_up (Fixture *f, gconstpointer user_data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *bin = g_object_new (TEST_TYPE_BIN, NULL);

  f->random = g_rand_new_with_seed (7);
  f->store = g_list_store_new (TEST_TYPE_ITEM);
  f->timeline = LINNET_TIMELINE (linnet_timeline_new ());
  linnet_timeline_set_rows (f->timeline, &rows, f);
  linnet_timeline_set_model (f->timeline, G_LIST_MODEL (f->store));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (f->timeline));
  f->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  splice (f, 0, 0, 200);
  gtk_widget_set_parent (scrolled, bin);
  f->window = ui_window_new (bin, 420, 640);
  settle (f);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  LinnetTimeline *timeline = g_object_ref (f->timeline);

  ui_window_close (f->window);
  g_assert_finalize_object (timeline);
  g_assert_cmpuint (n_bound, ==, 0);
  g_assert_finalize_object (f->store);
  g_rand_free (f->random);
}

static int
top_of (Fixture *f, guint position)
{
  GtkWidget *row = linnet_timeline_get_row (f->timeline, position);
  graphene_rect_t bounds;

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_compute_bounds (row, GTK_WIDGET (f->timeline), &bounds));
  return (int) bounds.origin.y;
}

/* What must always hold: rows in order, each with its height, without gaps, filling the view. */
static void
check_rows (Fixture *f)
{
  int view = gtk_widget_get_height (GTK_WIDGET (f->timeline));
  int width = gtk_widget_get_width (GTK_WIDGET (f->timeline));
  int sum = 0;
  int first_top = 0;
  int bottom = G_MININT;
  guint n_shown = 0;

  for (guint i = 0; i < get_n (f); i++)
    {
      GtkWidget *row = linnet_timeline_get_row (f->timeline, i);
      if (row == NULL)
        continue;
      g_assert_true (TEST_ROW (row)->item == item_at (f, i));
      g_assert_cmpint (gtk_widget_get_height (row), ==, height_at (item_at (f, i), width));
      if (bottom != G_MININT)
        g_assert_cmpint (top_of (f, i), ==, bottom);
      else
        first_top = top_of (f, i);
      bottom = top_of (f, i) + gtk_widget_get_height (row);
      sum += gtk_widget_get_height (row);
      n_shown++;
    }
  g_assert_cmpint (sum, ==, n_shown > 0 ? bottom - first_top : 0);
  g_assert_cmpuint (n_shown, <, 150);
  if (n_shown == 0)
    return;
  g_assert_true (bottom >= view - 6);
  g_assert_true (first_top <= 0 || linnet_timeline_get_row (f->timeline, 0) != NULL);
  g_assert_cmpfloat (gtk_adjustment_get_upper (f->adjustment)
                         - gtk_adjustment_get_lower (f->adjustment),
                     >=, view);
}

static void
scroll_by (Fixture *f, double delta)
{
  gtk_adjustment_set_value (f->adjustment, gtk_adjustment_get_value (f->adjustment) + delta);
  settle (f);
}

static guint
go_to_middle (Fixture *f)
{
  guint first;
  guint last;

  linnet_timeline_scroll_to (f->timeline, 100, 0.3, FALSE);
  settle (f);
  g_assert_true (linnet_timeline_get_visible_range (f->timeline, &first, &last));
  g_assert_false (linnet_timeline_get_at_end (f->timeline));
  return 100;
}

static void
test_starts_at_end (Fixture *f, gconstpointer user_data)
{
  check_rows (f);
  g_assert_true (linnet_timeline_get_at_end (f->timeline));
  g_assert_cmpint (top_of (f, 199) + item_at (f, 199)->height, ==, 640 - 6);
  g_assert_cmpint (linnet_timeline_get_distance_to_end (f->timeline), ==, 0);
}

static void
test_follows_appended (Fixture *f, gconstpointer user_data)
{
  for (guint i = 0; i < 20; i++)
    {
      splice (f, get_n (f), 0, 1 + i % 3);
      settle (f);
      check_rows (f);
      g_assert_cmpint (top_of (f, get_n (f) - 1) + item_at (f, get_n (f) - 1)->height, ==, 634);
    }
  splice (f, get_n (f), 0, 300);
  settle (f);
  g_assert_true (linnet_timeline_get_at_end (f->timeline));
}

typedef struct
{
  Fixture *f;
  guint n_before;
  guint n_most;  /* rows filled in one frame */
  guint n_wrong; /* frames that do not show the end of something that was there */
} Burst;

static void
on_burst_begin (GdkFrameClock *clock, Burst *burst)
{
  burst->n_before = n_filled;
}

static void
on_burst_end (GdkFrameClock *clock, Burst *burst)
{
  burst->n_most = MAX (burst->n_most, n_filled - burst->n_before);
  burst->n_wrong += !linnet_timeline_get_at_end (burst->f->timeline);
  check_rows (burst->f);
}

/* Rows that take long to fill come faster than they can be filled. */
static void
test_a_burst_is_followed_without_long_frames (Fixture *f, gconstpointer user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (f->timeline));
  Burst burst = { .f = f };
  guint last;

  g_signal_connect (clock, "before-paint", G_CALLBACK (on_burst_begin), &burst);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_burst_end), &burst);
  fill_us = 4000;
  for (guint i = 0; i < 20; i++)
    {
      splice (f, get_n (f), 0, 16);
      ui_wait_frames (GTK_WIDGET (f->window), 1);
    }
  last = get_n (f) - 1;
  ui_wait_until (linnet_timeline_get_row (f->timeline, last) != NULL);
  settle (f);
  fill_us = 0;
  g_signal_handlers_disconnect_by_data (clock, &burst);
  g_assert_cmpint (top_of (f, last) + item_at (f, last)->height, ==, 634);
  g_assert_true (linnet_timeline_get_at_end (f->timeline));
  g_assert_cmpuint (burst.n_wrong, ==, 0);
  g_assert_cmpuint (burst.n_most, >, 0);
  g_assert_cmpuint (burst.n_most, <=, 4);
}

static void
test_a_few_appear_in_the_next_frame (Fixture *f, gconstpointer user_data)
{
  for (guint n = 1; n <= 3; n++)
    {
      splice (f, get_n (f), 0, n);
      ui_wait_frames (GTK_WIDGET (f->window), 1);
      g_assert_nonnull (linnet_timeline_get_row (f->timeline, get_n (f) - 1));
    }
}

/* Somebody leaves the end, and rows go, while others wait. */
static void
test_what_waits_is_there_for_who_scrolls_or_clears (Fixture *f, gconstpointer user_data)
{
  fill_us = 4000;
  splice (f, get_n (f), 0, 60);
  ui_wait_frames (GTK_WIDGET (f->window), 1);
  scroll_by (f, -300);
  check_rows (f);
  g_assert_false (linnet_timeline_get_at_end (f->timeline));
  linnet_timeline_scroll_to_end (f->timeline);
  settle (f);
  splice (f, get_n (f), 0, 60);
  ui_wait_frames (GTK_WIDGET (f->window), 1);
  splice (f, 0, 10, 0);
  ui_wait_frames (GTK_WIDGET (f->window), 1);
  check_rows (f);
  splice (f, get_n (f) - 5, 5, 0);
  settle (f);
  check_rows (f);
  g_assert_true (linnet_timeline_get_at_end (f->timeline));
  splice (f, get_n (f), 0, 60);
  ui_wait_frames (GTK_WIDGET (f->window), 1);
  linnet_timeline_scroll_to (f->timeline, get_n (f) - 1, 0.5, FALSE);
  settle (f);
  check_rows (f);
  splice (f, get_n (f), 0, 60);
  ui_wait_frames (GTK_WIDGET (f->window), 1);
  splice (f, 0, get_n (f), 0);
  settle (f);
  fill_us = 0;
}

static void
test_prepend_keeps_place (Fixture *f, gconstpointer user_data)
{
  guint row = go_to_middle (f);
  int top = top_of (f, row);
  double value = gtk_adjustment_get_value (f->adjustment);

  for (guint i = 0; i < 10; i++)
    {
      splice (f, 0, 0, 50);
      row += 50;
      settle (f);
      check_rows (f);
      g_assert_cmpint (top_of (f, row), ==, top);
      g_assert_cmpfloat (gtk_adjustment_get_value (f->adjustment), ==, value);
    }
}

static void
test_append_keeps_place (Fixture *f, gconstpointer user_data)
{
  guint row = go_to_middle (f);
  int top = top_of (f, row);

  splice (f, get_n (f), 0, 50);
  settle (f);
  check_rows (f);
  g_assert_cmpint (top_of (f, row), ==, top);
}

static void
set_height (Fixture *f, guint position, int height)
{
  item_at (f, position)->height = height;
  g_signal_emit (item_at (f, position), changed_signal, 0);
}

static void
test_growth_above_and_below (Fixture *f, gconstpointer user_data)
{
  guint row = go_to_middle (f);
  int top = top_of (f, row);

  g_assert_cmpint (top, >, 100);
  set_height (f, row - 1, 400); /* its top is in view: it stays, what is below moves */
  settle (f);
  check_rows (f);
  go_to_middle (f);
  top = top_of (f, row);
  for (guint i = row - 12; i < row - 6; i++)
    set_height (f, i, 300); /* out of view, above */
  for (guint i = row + 1; i < row + 12; i++)
    set_height (f, i, 222); /* below */
  settle (f);
  check_rows (f);
  g_assert_cmpint (top_of (f, row), ==, top);
}

static void
test_hundred_height_changes (Fixture *f, gconstpointer user_data)
{
  guint first;
  guint last;
  int top;

  go_to_middle (f);
  g_assert_true (linnet_timeline_get_visible_range (f->timeline, &first, &last));
  while (top_of (f, first) < 0)
    first++;
  top = top_of (f, first);
  for (guint i = 0; i < 100; i++)
    {
      guint which = first - 15 + (guint) g_rand_int_range (f->random, 0, 40);
      set_height (f, which, g_rand_int_range (f->random, 10, 500));
      ui_wait_frames (GTK_WIDGET (f->window), 1);
      check_rows (f);
      g_assert_cmpint (top_of (f, first), ==, top);
    }
}

static void
test_growth_at_end_sticks (Fixture *f, gconstpointer user_data)
{
  for (guint i = 0; i < 30; i++)
    {
      guint which = get_n (f) - 1 - (guint) g_rand_int_range (f->random, 0, 20);
      set_height (f, which, g_rand_int_range (f->random, 10, 500));
      settle (f);
      check_rows (f);
      g_assert_cmpint (top_of (f, get_n (f) - 1) + item_at (f, get_n (f) - 1)->height, ==, 634);
    }
}

static void
test_scroll_before_layout (Fixture *f, gconstpointer user_data)
{
  guint row = go_to_middle (f);
  int top = top_of (f, row);

  splice (f, 0, 0, 50);
  gtk_adjustment_set_value (f->adjustment, gtk_adjustment_get_value (f->adjustment) + 17);
  gtk_adjustment_set_value (f->adjustment, gtk_adjustment_get_value (f->adjustment) - 40);
  settle (f);
  check_rows (f);
  g_assert_cmpint (top_of (f, row + 50), ==, top + 23);
}

static void
test_fractions_add_up (Fixture *f, gconstpointer user_data)
{
  guint row = go_to_middle (f);
  int top = top_of (f, row);

  for (guint i = 0; i < 40; i++)
    {
      gtk_adjustment_set_value (f->adjustment, gtk_adjustment_get_value (f->adjustment) - 0.25);
      ui_wait_frames (GTK_WIDGET (f->window), 1);
    }
  g_assert_cmpint (top_of (f, row), ==, top + 10);
}

static void
test_width_change (Fixture *f, gconstpointer user_data)
{
  static const int widths[] = { 360, 800, 420, 1100, 360, 420 };
  guint first;
  guint last;
  int top;

  go_to_middle (f);
  g_assert_true (linnet_timeline_get_visible_range (f->timeline, &first, &last));
  while (top_of (f, first) < 0)
    first++;
  top = top_of (f, first);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      ui_window_resize (f->window, widths[i], 640);
      settle (f);
      check_rows (f);
      g_assert_cmpint (top_of (f, first), ==, top);
    }
  linnet_timeline_scroll_to_end (f->timeline);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      ui_window_resize (f->window, widths[i], i % 2 ? 500 : 640);
      settle (f);
      check_rows (f);
      g_assert_true (linnet_timeline_get_at_end (f->timeline));
    }
}

static void
test_removal (Fixture *f, gconstpointer user_data)
{
  guint row = go_to_middle (f);
  int top = top_of (f, row);

  splice (f, 0, 30, 0);
  row -= 30;
  settle (f);
  check_rows (f);
  g_assert_cmpint (top_of (f, row), ==, top);
  splice (f, row + 1, 40, 0);
  settle (f);
  check_rows (f);
  g_assert_cmpint (top_of (f, row), ==, top);
  splice (f, row - 20, 20, 0); /* with the anchor */
  row -= 20;
  settle (f);
  check_rows (f);
  g_assert_cmpint (top_of (f, row), ==, top);
  splice (f, row, 1, 0);
  settle (f);
  check_rows (f);
}

static void
test_shrink_clamps_and_clear (Fixture *f, gconstpointer user_data)
{
  go_to_middle (f);
  splice (f, 60, 140, 0);
  settle (f);
  check_rows (f);
  g_assert_true (linnet_timeline_get_at_end (f->timeline));
  splice (f, 3, 57, 0);
  settle (f);
  check_rows (f);
  g_assert_cmpint (top_of (f, 2) + item_at (f, 2)->height, ==, 634);
  splice (f, 0, 3, 0);
  settle (f);
  check_rows (f);
  g_assert_cmpuint (n_bound, ==, 0);
  splice (f, 0, 0, 80);
  settle (f);
  check_rows (f);
  g_assert_true (linnet_timeline_get_at_end (f->timeline));
}

static void
test_moved_item_keeps_widget (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *row = linnet_timeline_get_row (f->timeline, 198);
  GObject *last = g_list_model_get_item (G_LIST_MODEL (f->store), 199);
  GObject *moved = g_list_model_get_item (G_LIST_MODEL (f->store), 198);

  g_ptr_array_add (items, last);
  g_ptr_array_add (items, moved);
  g_list_store_splice (f->store, 198, 2, items->pdata, 2);
  settle (f);
  check_rows (f);
  g_assert_true (linnet_timeline_get_row (f->timeline, 199) == row);
}

static void
test_scroll_everywhere (Fixture *f, gconstpointer user_data)
{
  for (guint i = 0; i < 120; i++)
    {
      double amounts[] = { -30, -200, 61, -900, 2500, -5000, 333, 0.5 };
      scroll_by (f, amounts[i % G_N_ELEMENTS (amounts)]);
      check_rows (f);
    }
  gtk_adjustment_set_value (f->adjustment, gtk_adjustment_get_lower (f->adjustment));
  settle (f);
  for (guint i = 0; i < 20 && linnet_timeline_get_row (f->timeline, 0) == NULL; i++)
    {
      gtk_adjustment_set_value (f->adjustment, gtk_adjustment_get_lower (f->adjustment));
      settle (f);
    }
  check_rows (f);
  g_assert_cmpint (top_of (f, 0), ==, 6);
}

static void
count (guint *counter)
{
  (*counter)++;
}

static void
test_asks_for_more (Fixture *f, gconstpointer user_data)
{
  guint near_start = 0;
  guint near_end = 0;

  g_signal_connect_swapped (f->timeline, "near-start", G_CALLBACK (count), &near_start);
  g_signal_connect_swapped (f->timeline, "near-end", G_CALLBACK (count), &near_end);
  settle (f);
  g_assert_cmpuint (near_start, ==, 0);
  linnet_timeline_scroll_to (f->timeline, 12, 0, FALSE);
  settle (f);
  g_assert_cmpuint (near_start, >, 0);
  g_assert_cmpuint (near_end, ==, 0);
  linnet_timeline_scroll_to_end (f->timeline);
  settle (f);
  g_assert_cmpuint (near_end, >, 0);
}

/* The last row of the model is not the end of what there is: what is appended must not scroll in.
 */
static void
test_open_end (Fixture *f, gconstpointer user_data)
{
  int top = top_of (f, 199);

  linnet_timeline_set_open (f->timeline, TRUE);
  settle (f);
  g_assert_false (linnet_timeline_get_at_end (f->timeline));
  splice (f, 200, 0, 30);
  settle (f);
  check_rows (f);
  g_assert_cmpint (top_of (f, 199), ==, top);
  linnet_timeline_scroll_to_end (f->timeline);
  settle (f);
  top = top_of (f, 229);
  splice (f, 230, 0, 30);
  linnet_timeline_set_open (f->timeline, FALSE);
  settle (f);
  g_assert_cmpint (top_of (f, 229), ==, top);
  linnet_timeline_scroll_to_end (f->timeline);
  settle (f);
  g_assert_true (linnet_timeline_get_at_end (f->timeline));
}

static void
test_hold_while_nobody_looks (Fixture *f, gconstpointer user_data)
{
  guint last = get_n (f) - 1;

  linnet_timeline_set_follow (f->timeline, FALSE);
  for (guint i = 0; i < 40; i++)
    {
      splice (f, get_n (f), 0, 1);
      settle (f);
      check_rows (f);
      g_assert_cmpint (top_of (f, last + 1), >=, 72);
    }
  g_assert_cmpint (top_of (f, last + 1), ==, 72);
  g_assert_false (linnet_timeline_get_at_end (f->timeline));
  linnet_timeline_set_follow (f->timeline, TRUE);
  linnet_timeline_scroll_to_end (f->timeline);
  settle (f);
  g_assert_true (linnet_timeline_get_at_end (f->timeline));
}

static void
test_header (Fixture *f, gconstpointer user_data)
{
  GtkWidget *header = gtk_label_new ("Loading");
  guint row = go_to_middle (f);
  int top = top_of (f, row);
  graphene_rect_t bounds;

  gtk_widget_set_size_request (header, -1, 50);
  linnet_timeline_set_header (f->timeline, header);
  settle (f);
  g_assert_cmpint (top_of (f, row), ==, top);
  linnet_timeline_scroll_to (f->timeline, 0, 0, FALSE);
  settle (f);
  check_rows (f);
  g_assert_cmpint (top_of (f, 0), ==, 56);
  g_assert_true (gtk_widget_compute_bounds (header, GTK_WIDGET (f->timeline), &bounds));
  g_assert_cmpint ((int) bounds.origin.y, ==, 0);
  splice (f, 0, 0, 50); /* the page it stood for came */
  gtk_widget_set_visible (header, FALSE);
  settle (f);
  check_rows (f);
  g_assert_cmpint (top_of (f, 50), ==, 56);
}

static void
test_keyboard (Fixture *f, gconstpointer user_data)
{
  guint first;
  guint last;

  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (f->window), GTK_DIR_TAB_FORWARD));
  settle (f);
  g_assert_true (gtk_widget_has_focus (linnet_timeline_get_row (f->timeline, 199)));
  for (guint i = 198; i > 150; i--)
    {
      g_assert_true (gtk_widget_child_focus (GTK_WIDGET (f->timeline), GTK_DIR_UP));
      settle (f);
      check_rows (f);
      g_assert_true (gtk_widget_has_focus (linnet_timeline_get_row (f->timeline, i)));
      g_assert_cmpint (top_of (f, i), >=, 0);
    }
  g_assert_true (ui_press (GTK_WIDGET (f->timeline), GDK_KEY_Home, 0));
  settle (f);
  g_assert_true (gtk_widget_has_focus (linnet_timeline_get_row (f->timeline, 0)));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (f->timeline), GTK_DIR_UP));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (f->timeline), GTK_DIR_DOWN));
  g_assert_true (gtk_widget_has_focus (linnet_timeline_get_row (f->timeline, 1)));
  g_assert_true (ui_press (GTK_WIDGET (f->timeline), GDK_KEY_Page_Down, 0));
  settle (f);
  g_assert_true (linnet_timeline_get_visible_range (f->timeline, &first, &last));
  g_assert_cmpuint (first, >, 2);
  g_assert_true (ui_press (GTK_WIDGET (f->timeline), GDK_KEY_End, 0));
  settle (f);
  g_assert_true (gtk_widget_has_focus (linnet_timeline_get_row (f->timeline, 199)));
  g_assert_true (linnet_timeline_get_at_end (f->timeline));
}

static void
test_focus_survives_scrolling (Fixture *f, gconstpointer user_data)
{
  GtkWidget *focus;

  linnet_timeline_focus_row (f->timeline, 190);
  settle (f);
  focus = linnet_timeline_get_row (f->timeline, 190);
  scroll_by (f, -5000);
  check_rows (f);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == focus);
  g_assert_true (TEST_ROW (focus)->item == item_at (f, 190));
  linnet_timeline_scroll_to_end (f->timeline);
  settle (f);
  check_rows (f);
  g_assert_true (linnet_timeline_get_row (f->timeline, 190) == focus);
  splice (f, 185, 10, 0);
  settle (f);
  check_rows (f);
}

static void
test_flash (Fixture *f, gconstpointer user_data)
{
  linnet_timeline_scroll_to (f->timeline, 20, 0.5, TRUE);
  settle (f);
  g_assert_true (
      gtk_widget_has_css_class (linnet_timeline_get_row (f->timeline, 20), "linnet-flash-still"));
  ui_wait_until (
      !gtk_widget_has_css_class (linnet_timeline_get_row (f->timeline, 20), "linnet-flash-still"));
}

typedef struct
{
  Fixture *f;
  int top; /* of row 199, when the first frame is drawn; G_MININT before */
} FirstFrame;

static void
note_top (GdkFrameClock *clock, FirstFrame *frame)
{
  if (frame->top == G_MININT)
    frame->top = top_of (frame->f, 199);
}

static void
test_animated_append (Fixture *f, gconstpointer user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (f->window));
  FirstFrame frame = { f, G_MININT };
  int top = top_of (f, 199);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  splice (f, 200, 0, 1);
  g_signal_connect (clock, "paint", G_CALLBACK (note_top), &frame);
  ui_wait_until (frame.top != G_MININT);
  g_signal_handlers_disconnect_by_data (clock, &frame);
  g_assert_cmpint (frame.top, ==, top); /* it begins where it was */
  ui_wait_until (top_of (f, 199) == top - item_at (f, 200)->height);
  check_rows (f);
  linnet_timeline_scroll_to (f->timeline, 194, 0.5, FALSE);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  splice (f, 0, 0, 50); /* while moving */
  scroll_by (f, -20);
  check_rows (f);
}

/* Lets the main loop run until the frame clock stood still for a while; gives what was drawn until
 * then. */
static guint
draw_until_quiet (Fixture *f)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (f->window));
  gint64 deadline = ui_deadline_start ();
  gint64 quiet_since = g_get_monotonic_time ();
  guint n_ticks = 0;
  guint n_drawn = 0;

  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (count), &n_ticks);
  g_signal_connect_swapped (clock, "paint", G_CALLBACK (count), &n_drawn);
  while (g_get_monotonic_time () - quiet_since < QUIET_US)
    {
      guint seen = n_ticks;

      ui_deadline_step (deadline, "quiet", __FILE__, __LINE__);
      if (n_ticks != seen)
        quiet_since = g_get_monotonic_time ();
    }
  g_signal_handlers_disconnect_by_data (clock, &n_ticks);
  g_signal_handlers_disconnect_by_data (clock, &n_drawn);
  return n_drawn;
}

/* Whatever changes is laid out and drawn in one frame, and then there is rest. */
static void
test_one_frame_a_change (Fixture *f, gconstpointer user_data)
{
  GtkWidget *bin = gtk_window_get_child (f->window);
  GtkWidget *scrolled = gtk_widget_get_first_child (bin);
  GtkWidget *timeline = g_object_ref (GTK_WIDGET (f->timeline));

  /* Scrollbars come and go in frames of their own. */
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), NULL);
  gtk_widget_unparent (scrolled);
  gtk_widget_set_parent (timeline, bin);
  g_object_unref (timeline);
  draw_until_quiet (f);
  g_assert_cmpuint (draw_until_quiet (f), ==, 0);

  splice (f, get_n (f), 0, 3);
  g_assert_cmpuint (draw_until_quiet (f), ==, 1);
  g_assert_cmpint (top_of (f, 202) + item_at (f, 202)->height, ==, 634);
  set_height (f, 200, 10); /* more rows are needed */
  g_assert_cmpuint (draw_until_quiet (f), ==, 1);
  g_assert_cmpint (top_of (f, 202) + item_at (f, 202)->height, ==, 634);
  linnet_timeline_scroll_to (f->timeline, 20, 0, FALSE);
  g_assert_cmpuint (draw_until_quiet (f), ==, 1);
  g_assert_cmpint (top_of (f, 20), ==, 0);
}

/* The view is never seen half filled: what a new size needs is there in the frame that has it. */
static void
on_paint (GdkFrameClock *clock, Fixture *f)
{
  check_rows (f);
}

static void
test_filled_in_the_frame_of_the_new_size (Fixture *f, gconstpointer user_data)
{
  static const int heights[] = { 200, 1000, 100, 900, 640 };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (f->window));
  gulong id = g_signal_connect (clock, "paint", G_CALLBACK (on_paint), f);

  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      ui_window_resize (f->window, 420, heights[i]);
      g_assert_true (linnet_timeline_get_at_end (f->timeline));
    }
  g_signal_handler_disconnect (clock, id);
}

/* Ten thousand edits of any kind, and after each of them what the reader looks at stands where it
 * stood. What the reader looks at: the first row whose top is in view that is still there; at the
 * end, the end. */

#define N_EDITS 10000
#define MAX_ITEMS 600

typedef struct
{
  int id;
  int top;
} Seen;

typedef struct
{
  Fixture *f;
  GArray *seen; /* of Seen: the rows that begin in view, or the one that fills it */
  gboolean at_end;
  gboolean follow;
  gboolean keeps; /* what the edit must keep in its place */
  int shift;      /* by how much it must move */
} Edits;

static void
note_seen (Edits *edits)
{
  Fixture *f = edits->f;
  int view = gtk_widget_get_height (GTK_WIDGET (f->timeline));
  Seen above = { -1, 0 };

  g_array_set_size (edits->seen, 0);
  edits->at_end = linnet_timeline_get_at_end (f->timeline);
  edits->keeps = TRUE;
  edits->shift = 0;
  for (guint i = 0; i < get_n (f); i++)
    {
      Seen seen = { item_at (f, i)->id, 0 };

      if (linnet_timeline_get_row (f->timeline, i) == NULL)
        continue;
      seen.top = top_of (f, i);
      if (seen.top >= view)
        break;
      if (seen.top >= 0)
        g_array_append_val (edits->seen, seen);
      else
        above = seen;
    }
  if (edits->seen->len == 0 && above.id >= 0)
    g_array_append_val (edits->seen, above);
}

static guint
find_position (Fixture *f, int id)
{
  for (guint i = 0; i < get_n (f); i++)
    if (item_at (f, i)->id == id)
      return i;
  return G_MAXUINT;
}

static int
get_bottom (Fixture *f)
{
  guint last = get_n (f) - 1;

  if (linnet_timeline_get_row (f->timeline, last) == NULL)
    return G_MAXINT;
  return top_of (f, last) + gtk_widget_get_height (linnet_timeline_get_row (f->timeline, last));
}

static gboolean
is_end_in_view (Fixture *f)
{
  return get_bottom (f) == gtk_widget_get_height (GTK_WIDGET (f->timeline)) - 6;
}

static gboolean
is_start_in_view (Fixture *f)
{
  return linnet_timeline_get_row (f->timeline, 0) != NULL && top_of (f, 0) == 6;
}

/* All of it is in view, and stands at the bottom. */
static gboolean
is_short (Fixture *f)
{
  return linnet_timeline_get_row (f->timeline, 0) != NULL && top_of (f, 0) > 6
         && is_end_in_view (f);
}

/* Nothing but the ends of the list may move it: there is nothing empty beyond them. */
static void
check_place (Fixture *f, guint position, int top)
{
  int moved;

  g_assert_nonnull (linnet_timeline_get_row (f->timeline, position));
  moved = top_of (f, position) - top;
  if (moved > 0)
    g_assert_true (is_end_in_view (f));
  else if (moved < 0)
    g_assert_true (is_start_in_view (f) || is_short (f));
}

static void
check_seen (Edits *edits)
{
  Fixture *f = edits->f;

  check_rows (f);
  if (!edits->keeps || get_n (f) == 0)
    return;
  if (edits->at_end && edits->shift == 0)
    {
      g_assert_true (is_end_in_view (f) || !edits->follow);
      return;
    }
  for (guint i = 0; i < edits->seen->len; i++)
    {
      Seen *seen = &g_array_index (edits->seen, Seen, i);
      guint position = find_position (f, seen->id);

      if (position == G_MAXUINT)
        continue;
      check_place (f, position, seen->top - edits->shift);
      return;
    }
}

static guint
any_position (Fixture *f)
{
  return (guint) g_rand_int_range (f->random, 0, (int) get_n (f) + 1);
}

static guint
any_row (Fixture *f)
{
  return (guint) g_rand_int_range (f->random, 0, (int) get_n (f));
}

static void
edit_splice (Edits *edits)
{
  Fixture *f = edits->f;
  guint position = any_position (f);
  guint removed = (guint) g_rand_int_range (f->random, 0, (int) MIN (get_n (f) - position, 30) + 1);
  guint added = (guint) g_rand_int_range (f->random, 0, 30);

  if (g_rand_int_range (f->random, 0, 200) == 0)
    position = 0, removed = get_n (f), edits->keeps = FALSE;
  if (get_n (f) - removed + added <= MAX_ITEMS)
    splice (f, position, removed, added);
  else
    splice (f, position, removed, 0);
}

static void
edit_insert (Edits *edits)
{
  if (get_n (edits->f) < MAX_ITEMS)
    splice (edits->f, any_position (edits->f), 0, 1);
}

static void
edit_append (Edits *edits)
{
  if (get_n (edits->f) < MAX_ITEMS)
    splice (edits->f, get_n (edits->f), 0, (guint) g_rand_int_range (edits->f->random, 1, 4));
}

static void
edit_prepend (Edits *edits)
{
  if (get_n (edits->f) < MAX_ITEMS)
    splice (edits->f, 0, 0, (guint) g_rand_int_range (edits->f->random, 1, 31));
}

static void
edit_remove (Edits *edits)
{
  if (get_n (edits->f) > 0)
    splice (edits->f, any_row (edits->f), 1, 0);
}

static void
edit_heights (Edits *edits)
{
  Fixture *f = edits->f;

  for (int i = g_rand_int_range (f->random, 1, 6); i > 0 && get_n (f) > 0; i--)
    set_height (f, any_row (f), g_rand_int_range (f->random, 1, 900));
}

static void
edit_scroll (Edits *edits)
{
  Fixture *f = edits->f;
  double before = gtk_adjustment_get_value (f->adjustment);

  gtk_adjustment_set_value (f->adjustment, before + g_rand_int_range (f->random, -500, 501));
  edits->shift = (int) (gtk_adjustment_get_value (f->adjustment) - before);
}

/* While an older page has come and was not laid out yet. */
static void
edit_scroll_and_prepend (Edits *edits)
{
  edit_prepend (edits);
  edit_heights (edits);
  edit_scroll (edits);
}

static void
edit_scroll_far (Edits *edits)
{
  gtk_adjustment_set_value (edits->f->adjustment,
                            gtk_adjustment_get_value (edits->f->adjustment)
                                + g_rand_int_range (edits->f->random, -30000, 30001));
  edits->keeps = FALSE;
}

static void
edit_jump (Edits *edits)
{
  Fixture *f = edits->f;
  double align = g_rand_int_range (f->random, 0, 5) / 4.0;
  guint position = any_position (f);
  int free_height;
  int top;

  edits->keeps = FALSE;
  if (position == get_n (f))
    {
      linnet_timeline_scroll_to_end (f->timeline);
      ui_lay_out (GTK_WIDGET (f->window));
      g_assert_true (get_n (f) == 0 || is_end_in_view (f));
      return;
    }
  linnet_timeline_scroll_to (f->timeline, position, align, FALSE);
  ui_lay_out (GTK_WIDGET (f->window));
  free_height = gtk_widget_get_height (GTK_WIDGET (f->timeline)) - 6
                - gtk_widget_get_height (linnet_timeline_get_row (f->timeline, position));
  top = (int) rint (MAX (free_height, 0) * align);
  /* Above the first row there is a little room, when its top is asked for. */
  check_place (f, position, position == 0 && align == 0 ? 6 : top);
}

static void
edit_size (Edits *edits)
{
  int width = g_rand_int_range (edits->f->random, 300, 900);
  int height = g_rand_int_range (edits->f->random, 200, 1000);

  ui_window_resize (edits->f->window, width, height);
}

static void
edit_follow (Edits *edits)
{
  edits->follow = !edits->follow;
  linnet_timeline_set_follow (edits->f->timeline, edits->follow);
}

static void
test_random_edits (Fixture *f, gconstpointer user_data)
{
  static const struct
  {
    void (*edit) (Edits *);
    int weight;
  } kinds[] = {
    { edit_splice, 20 }, { edit_insert, 10 },    { edit_append, 15 },
    { edit_prepend, 5 }, { edit_remove, 10 },    { edit_heights, 20 },
    { edit_scroll, 20 }, { edit_jump, 5 },       { edit_scroll_and_prepend, 10 },
    { edit_follow, 2 },  { edit_scroll_far, 3 }, { edit_size, 1 },
  };
  Edits edits = { .f = f, .seen = g_array_new (FALSE, FALSE, sizeof (Seen)), .follow = TRUE };
  guint32 seed = (guint32) g_test_rand_int ();
  int all = 0;

  g_test_message ("seed %u", seed);
  g_rand_set_seed (f->random, seed);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    all += kinds[i].weight;
  for (guint i = 0; i < N_EDITS; i++)
    {
      int chosen = g_rand_int_range (f->random, 0, all);
      guint kind = 0;

      while (chosen >= kinds[kind].weight)
        chosen -= kinds[kind++].weight;
      note_seen (&edits);
      kinds[kind].edit (&edits);
      ui_lay_out (GTK_WIDGET (f->window));
      check_seen (&edits);
    }
  g_array_unref (edits.seen);
}

static void
test_hundred_thousand_rows (Fixture *f, gconstpointer user_data)
{
  gint64 start;

  splice (f, 0, 0, 100000);
  settle (f);
  check_rows (f);
  g_assert_cmpint (linnet_timeline_get_distance_to_end (f->timeline), ==, 0);
  linnet_timeline_scroll_to (f->timeline, 50000, 0.5, FALSE);
  settle (f);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 50; i++)
    {
      gtk_adjustment_set_value (f->adjustment, gtk_adjustment_get_value (f->adjustment) + 60);
      ui_wait_frames (GTK_WIDGET (f->window), 1);
    }
  g_test_message ("50 frames of 60 px: %.1f ms each, with waiting for the clock",
                  (double) (g_get_monotonic_time () - start) / 50000);
  g_assert_cmpuint (n_bound, <, 60);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "starts-at-end", test_starts_at_end },
    { "follows-appended", test_follows_appended },
    { "burst", test_a_burst_is_followed_without_long_frames },
    { "few", test_a_few_appear_in_the_next_frame },
    { "what-waits", test_what_waits_is_there_for_who_scrolls_or_clears },
    { "prepend-keeps-place", test_prepend_keeps_place },
    { "append-keeps-place", test_append_keeps_place },
    { "growth-above-and-below", test_growth_above_and_below },
    { "hundred-height-changes", test_hundred_height_changes },
    { "growth-at-end-sticks", test_growth_at_end_sticks },
    { "scroll-before-layout", test_scroll_before_layout },
    { "fractions-add-up", test_fractions_add_up },
    { "width-change", test_width_change },
    { "removal", test_removal },
    { "shrink-clamps-and-clear", test_shrink_clamps_and_clear },
    { "moved-item-keeps-widget", test_moved_item_keeps_widget },
    { "scroll-everywhere", test_scroll_everywhere },
    { "asks-for-more", test_asks_for_more },
    { "open-end", test_open_end },
    { "hold-while-nobody-looks", test_hold_while_nobody_looks },
    { "header", test_header },
    { "keyboard", test_keyboard },
    { "focus-survives-scrolling", test_focus_survives_scrolling },
    { "flash", test_flash },
    { "animated-append", test_animated_append },
    { "one-frame-a-change", test_one_frame_a_change },
    { "filled-in-the-frame-of-the-new-size", test_filled_in_the_frame_of_the_new_size },
    { "random-edits", test_random_edits },
    { "hundred-thousand-rows", test_hundred_thousand_rows },
  };

  ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/timeline/", tests[i].name, NULL);
      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
