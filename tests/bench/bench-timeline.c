/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline with 100,000 messages in the application's own rows: the first frame, frames while
 * scrolling, rows alive, memory. A frame is all the main thread does from one "before-paint" of the
 * frame clock to its "after-paint": scrolling, layout, drawing. Its CPU time does not depend on
 * what else the machine does. */
#include "im-elem.h"
#include "im-msg.h"
#include "linnet-message-private.h"
#include "linnet-message-row.h"
#include "linnet-timeline.h"
#include "ui-demo.h"

#include <math.h>
#include <time.h>

#define N_MESSAGES 100000
#define N_FRAMES 300
#define TOO_LONG_MS 16.7

typedef struct
{
  GArray *wall_ms; /* of double */
  GArray *cpu_ms;
  double wall_start;
  double cpu_start;
  GtkAdjustment *adjustment; /* nullable: nothing scrolls */
  double step;
} Meter;

static const char *const texts[] = {
  "Yes",
  "8:14 is fine for me.",
  "Perfect — then let’s take the 8:14 train and be up there before the crowds.",
  "The path along the east shore is closed until the end of the month, so we walk up through the "
  "forest, have a rest at the hut, and come down on the other side; that is an hour more, and the "
  "better view. I checked the timetable: the next one is an hour later and stops everywhere.",
  "周日天气怎么样？要带雨衣吗？听说下午可能有雷阵雨，如果下雨我们就去博物馆，晚上一起吃饭。",
  "https://example.org/timetable?from=Kaltenbach&to=See",
  "👍🏽🎉",
  "صباح الخير! جسر Kaltenbach مفتوح من جديد، فجولة البحيرة ممكنة.",
  "Shall I book the seats?",
  "Line one\nline two\n\nline four",
};

static double
read_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static double
read_rss_mib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL)
      || (line = strstr (status, "VmRSS:")) == NULL)
    return 0;
  return (double) g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) / 1024;
}

/* --- frames --- */

static void
on_before_paint (GdkFrameClock *clock, Meter *meter)
{
  meter->wall_start = read_ms (CLOCK_MONOTONIC);
  meter->cpu_start = read_ms (CLOCK_THREAD_CPUTIME_ID);
}

static void
on_update (GdkFrameClock *clock, Meter *meter)
{
  if (meter->adjustment != NULL)
    gtk_adjustment_set_value (meter->adjustment,
                              gtk_adjustment_get_value (meter->adjustment) + meter->step);
}

static void
on_after_paint (GdkFrameClock *clock, Meter *meter)
{
  double wall = read_ms (CLOCK_MONOTONIC) - meter->wall_start;
  double cpu = read_ms (CLOCK_THREAD_CPUTIME_ID) - meter->cpu_start;

  g_array_append_val (meter->wall_ms, wall);
  g_array_append_val (meter->cpu_ms, cpu);
}

static void
start_meter (Meter *meter, GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  meter->wall_ms = g_array_new (FALSE, FALSE, sizeof (double));
  meter->cpu_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), meter);
  g_signal_connect (clock, "update", G_CALLBACK (on_update), meter);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), meter);
}

static void
stop_meter (Meter *meter, GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (widget), meter);
  g_array_unref (meter->wall_ms);
  g_array_unref (meter->cpu_ms);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
tell_times (const char *what, GArray *times)
{
  double sum = 0;
  guint n_long = 0;

  g_array_sort (times, compare);
  for (guint i = 0; i < times->len; i++)
    {
      sum += g_array_index (times, double, i);
      n_long += g_array_index (times, double, i) > TOO_LONG_MS;
    }
  g_print ("    %-5s mean %6.2f   p95 %6.2f   max %6.2f ms   over %.1f ms: %u of %u\n", what,
           sum / times->len, g_array_index (times, double, times->len * 95 / 100),
           g_array_index (times, double, times->len - 1), TOO_LONG_MS, n_long, times->len);
}

/* --- the messages --- */

static ImMsg *
make_msg (guint i)
{
  ImMsg *msg = im_json_new (&im_msg_type);
  ImTextElem *elem = im_json_new (&im_text_elem_type);
  gboolean is_own = i / 3 % 2 == 0;

  elem->base.type = IM_ELEM_TEXT;
  im_json_set_str (&elem->content, texts[(i * 7 + i / 10) % G_N_ELEMENTS (texts)]);
  if (msg->elems == NULL)
    msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, elem);
  im_json_set_str (&msg->conv_id, "Mei Lin");
  im_json_set_str (&msg->sender, is_own ? "alice" : "Mei Lin");
  msg->conv_type = LINNET_CONVERSATION_SINGLE;
  msg->is_from_self = is_own;
  msg->is_read = TRUE;
  msg->status = IM_MSG_SEND_SUCC;
  msg->unique_id = i + 1;
  msg->client_time = msg->server_time
      = (guint64) (demo_time (0, 12, 0) - 60 * (gint64) (N_MESSAGES - i));
  return msg;
}

static GListModel *
make_model (void)
{
  GListStore *store = g_list_store_new (LINNET_TYPE_MESSAGE);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autoptr (ImMsg) msg = make_msg (i);

      g_ptr_array_add (messages, linnet_message_new (msg, "Mei Lin"));
    }
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      LinnetMessage *message = messages->pdata[i];
      LinnetMessage *above = i > 0 ? messages->pdata[i - 1] : NULL;
      LinnetMessage *below = i + 1 < N_MESSAGES ? messages->pdata[i + 1] : NULL;
      LinnetMessagePlace place = {
        .starts_group = above == NULL || !linnet_message_groups_with (above, message),
        .ends_group = below == NULL || !linnet_message_groups_with (message, below),
        .starts_day
        = above == NULL
          || g_strcmp0 (linnet_message_get_day (above), linnet_message_get_day (message)) != 0,
      };

      linnet_message_set_place (message, &place);
    }
  g_list_store_splice (store, 0, 0, messages->pdata, messages->len);
  return G_LIST_MODEL (store);
}

/* --- the timeline --- */

static GtkWidget *
create_row (gpointer user_data)
{
  return linnet_message_row_new ();
}

static void
bind_row (GtkWidget *row, gpointer item, gpointer user_data)
{
  linnet_message_row_bind (LINNET_MESSAGE_ROW (row), user_data, item);
}

static void
unbind_row (GtkWidget *row, gpointer item, gpointer user_data)
{
  linnet_message_row_unbind (LINNET_MESSAGE_ROW (row));
}

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static void
measure_first_frame (GtkWindow *window, LinnetTimeline *timeline, GListModel *model)
{
  Meter meter = { 0 };
  double start = read_ms (CLOCK_MONOTONIC);

  start_meter (&meter, GTK_WIDGET (window));
  linnet_timeline_set_model (timeline, model);
  ui_wait_until (meter.wall_ms->len >= 1);
  g_print ("  first frame: %.1f ms, CPU %.1f ms; %.1f ms after the model was set\n",
           g_array_index (meter.wall_ms, double, 0), g_array_index (meter.cpu_ms, double, 0),
           read_ms (CLOCK_MONOTONIC) - start);
  stop_meter (&meter, GTK_WIDGET (window));
}

static void
measure_scrolling (GtkWindow *window, LinnetTimeline *timeline, double step)
{
  Meter meter
      = { .adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (timeline)), .step = step };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));

  linnet_timeline_scroll_to (timeline, N_MESSAGES / 2, 0.5, FALSE);
  ui_wait_frames (GTK_WIDGET (window), 5);
  start_meter (&meter, GTK_WIDGET (window));
  gdk_frame_clock_begin_updating (clock);
  while (meter.wall_ms->len < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gdk_frame_clock_end_updating (clock);
  g_print ("  %g px a frame, with %u row widgets:\n", step, count_children (GTK_WIDGET (timeline)));
  tell_times ("all", meter.wall_ms);
  tell_times ("CPU", meter.cpu_ms);
  stop_meter (&meter, GTK_WIDGET (window));
}

static void
measure (int width, int height, GListModel *model, LinnetConversation *conversation)
{
  static const LinnetTimelineRows rows = { create_row, bind_row, unbind_row };
  static const double steps[] = { -20, -60 };
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  LinnetTimeline *timeline = LINNET_TIMELINE (linnet_timeline_new ());
  GtkWindow *window;

  linnet_timeline_set_rows (timeline, &rows, conversation);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (timeline));
  window = ui_window_new (scrolled, width, height);
  ui_wait_frames (GTK_WIDGET (window), 3);
  g_print ("%d × %d, %s\n", width, height,
           G_OBJECT_TYPE_NAME (gtk_native_get_renderer (GTK_NATIVE (window))));
  measure_first_frame (window, timeline, model);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    measure_scrolling (window, timeline, steps[i]);
  g_print ("  memory: %.0f MiB resident\n", read_rss_mib ());
  ui_window_close (window);
}

int
main (int argc, char **argv)
{
  static const int sizes[][2] = { { 420, 640 }, { 1100, 900 } };
  Demo demo;
  double before;
  double start;
  GListModel *model;

  ui_test_init (&argc, &argv);
  demo_open (&demo, 360, 640);
  fake_backend_add_conversation (demo.backend, "Mei Lin", 0);
  demo_sign_in (&demo);
  before = read_rss_mib ();
  start = read_ms (CLOCK_MONOTONIC);
  model = make_model ();
  g_print ("%u messages made: %.0f ms, %.0f MiB\n", N_MESSAGES, read_ms (CLOCK_MONOTONIC) - start,
           read_rss_mib () - before);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    measure (sizes[i][0], sizes[i][1], model,
             linnet_session_get_conversation (demo.session, "c2c:Mei Lin"));
  g_object_unref (model);
  demo_close (&demo);
  return 0;
}
