/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of a conversation in a whole window: where it opens, what floats above it, going to
 * any message, and what is selected across messages. */
#include "linnet-messages-pane.h"
#include "ui-demo.h"

#include "im-msg.h"

typedef struct
{
  Demo demo;
  LinnetMessagesPane *pane;
  LinnetTimeline *timeline;
  LinnetSelection *selection;
  LinnetMessageList *list;
} Fixture;

/* Messages "message 0" … of half a minute each, the newest one at noon. */
static ImMsg *
add_messages (Fixture *f, guint n, guint chosen)
{
  ImMsg *found = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);
      ImMsg *msg
          = fake_backend_add_message (f->demo.backend, "Mei Lin", i % 3 == 0 ? NULL : "Mei Lin",
                                      text, demo_time (0, 12, 0) - 30 * (gint64) (n - 1 - i));
      if (i == chosen)
        found = msg;
    }
  return found;
}

static void
open_filled (Fixture *f, guint unread)
{
  fake_backend_add_conversation (f->demo.backend, "Mei Lin", unread);
  fake_backend_add_message (f->demo.backend, "Sam", "Sam", "Hello", demo_time (0, 9, 0));
  fake_backend_add_conversation (f->demo.backend, "Sam", 0);
  demo_sign_in (&f->demo);
  demo_show (&f->demo, "Mei Lin");
  f->pane = LINNET_MESSAGES_PANE (
      ui_find_type (GTK_WIDGET (f->demo.window), LINNET_TYPE_MESSAGES_PANE));
  f->timeline = linnet_messages_pane_get_timeline (f->pane);
  f->selection = linnet_messages_pane_get_selection (f->pane);
  f->list = LINNET_MESSAGE_LIST (linnet_timeline_get_model (f->timeline));
}

static void
set_up (Fixture *f, gconstpointer user_data)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  demo_open (&f->demo, 900, 640);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  demo_close (&f->demo);
}

static LinnetMessage *
find (Fixture *f, const char *text)
{
  for (guint i = 0; i < linnet_message_list_get_n_items (f->list); i++)
    if (g_str_equal (linnet_message_get_text (linnet_message_list_get (f->list, i)), text))
      return linnet_message_list_get (f->list, i);
  g_error ("no message %s", text);
}

static int
top_of (Fixture *f, LinnetMessage *message)
{
  guint position = linnet_message_list_get_position (f->list, message);
  GtkWidget *row = linnet_timeline_get_row (f->timeline, position);
  graphene_rect_t bounds;

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_compute_bounds (row, GTK_WIDGET (f->timeline), &bounds));
  return (int) bounds.origin.y;
}

static void
start_scroll (Fixture *f, double delta)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (f->timeline));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + delta);
}

static void
scroll_by (Fixture *f, double delta)
{
  start_scroll (f, delta);
  demo_settle (&f->demo);
}

/* --- where it opens, and what floats --- */

static void
test_opens_at_the_divider (Fixture *f, gconstpointer user_data)
{
  LinnetMessage *first;
  int height;

  add_messages (f, 300, 0);
  open_filled (f, 40);
  ui_wait_until (linnet_message_list_get_first_unread (f->list) != NULL);
  demo_settle (&f->demo);
  first = linnet_message_list_get_first_unread (f->list);
  height = gtk_widget_get_height (GTK_WIDGET (f->timeline));
  g_assert_cmpint (top_of (f, first), >=, 0);
  g_assert_cmpint (top_of (f, first), <, height / 3);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (f->timeline), "New messages"));
  ui_screenshot (GTK_WIDGET (f->demo.window), "divider");
}

/* Reading does not take it away, new messages do not move it; leaving does. */
static void
test_divider_stays_until_left (Fixture *f, gconstpointer user_data)
{
  LinnetMessage *first;

  add_messages (f, 60, 0);
  open_filled (f, 6);
  ui_wait_until (linnet_message_list_get_first_unread (f->list) != NULL);
  first = linnet_message_list_get_first_unread (f->list);
  scroll_by (f, 10000);
  fake_backend_receive (f->demo.backend, "Mei Lin", "Mei Lin", "new", demo_time (0, 12, 5));
  linnet_conversation_mark_read (linnet_session_get_conversation (f->demo.session, "c2c:Mei Lin"),
                                 NULL);
  demo_settle (&f->demo);
  g_assert_true (linnet_message_list_get_first_unread (f->list) == first);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (f->timeline), "New messages"));
  demo_show (&f->demo, "Sam");
  demo_show (&f->demo, "Mei Lin");
  f->list = LINNET_MESSAGE_LIST (linnet_timeline_get_model (f->timeline));
  g_assert_null (linnet_message_list_get_first_unread (f->list));
  g_assert_null (ui_find_text (GTK_WIDGET (f->timeline), "New messages"));
}

static GtkWidget *
find_date (Fixture *f)
{
  GtkWidget *date = ui_find_class (GTK_WIDGET (f->pane), "floating");

  return gtk_widget_get_ancestor (date, GTK_TYPE_REVEALER);
}

static void
test_floating_date (Fixture *f, gconstpointer user_data)
{
  add_messages (f, 100, 0);
  open_filled (f, 0);
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (find_date (f))));
  start_scroll (f, -200);
  ui_wait_until (gtk_revealer_get_reveal_child (GTK_REVEALER (find_date (f))));
  g_assert_nonnull (ui_find_text (find_date (f), "Today"));
  ui_screenshot (GTK_WIDGET (f->demo.window), "floating-date");
  ui_wait_until (!gtk_revealer_get_reveal_child (GTK_REVEALER (find_date (f))));
}

/* Nothing is laid out, nothing drawn, nothing even asked for. */
static void
test_rests (Fixture *f, gconstpointer user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (f->demo.window));
  gint64 since = g_get_monotonic_time ();
  gint64 deadline = ui_deadline_start ();
  gint64 frame;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  add_messages (f, 100, 0);
  open_filled (f, 0);
  scroll_by (f, -300);
  frame = gdk_frame_clock_get_frame_counter (clock);
  while (g_get_monotonic_time () - since < G_USEC_PER_SEC / 2)
    {
      ui_deadline_step (deadline, "a window at rest", __FILE__, __LINE__);
      if (gdk_frame_clock_get_frame_counter (clock) == frame)
        continue;
      frame = gdk_frame_clock_get_frame_counter (clock);
      since = g_get_monotonic_time ();
    }
}

static void
test_follows_the_end (Fixture *f, gconstpointer user_data)
{
  add_messages (f, 60, 0);
  open_filled (f, 0);
  ui_wait_until (gtk_window_is_active (GTK_WINDOW (f->demo.window)));
  for (guint i = 0; i < 20; i++)
    {
      fake_backend_receive (f->demo.backend, "Mei Lin", "Mei Lin", "new", demo_time (0, 13, 0) + i);
      ui_lay_out (GTK_WIDGET (f->demo.window));
      g_assert_cmpint (linnet_timeline_get_distance_to_end (f->timeline), ==, 0);
    }
}

/* A window that is not active scrolls only as long as the first new message stays in view. */
static void
test_waits_for_the_reader (Fixture *f, gconstpointer user_data)
{
  LinnetMessage *first = NULL;
  GtkWindow *other;

  add_messages (f, 60, 0);
  open_filled (f, 0);
  other = ui_window_new (gtk_button_new (), 200, 100);
  ui_wait_until (!gtk_window_is_active (GTK_WINDOW (f->demo.window)));
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *text = g_strdup_printf ("new %u", i);

      fake_backend_receive (f->demo.backend, "Mei Lin", "Mei Lin", text, demo_time (0, 13, 0) + i);
      ui_lay_out (GTK_WIDGET (f->demo.window));
      if (first == NULL)
        first = linnet_message_list_get (f->list, linnet_message_list_get_n_items (f->list) - 1);
      g_assert_cmpint (top_of (f, first), >=, 0);
    }
  g_assert_false (linnet_timeline_get_at_end (f->timeline));
  g_assert_cmpint (top_of (f, first), <, gtk_widget_get_height (GTK_WIDGET (f->timeline)) / 3);
  g_assert_false (linnet_message_get_is_read (first));
  ui_window_close (other);
}

/* One stop a row; its name is heard through AT-SPI in tests/e2e. */
static void
test_rows_by_keyboard (Fixture *f, gconstpointer user_data)
{
  add_messages (f, 20, 0);
  fake_backend_add_message (f->demo.backend, "Mei Lin", NULL, "See https://example.org/",
                            demo_time (0, 12, 5));
  open_filled (f, 0);
  gtk_widget_grab_focus (GTK_WIDGET (f->timeline));
  for (guint i = 20; i > 0; i--)
    {
      GtkWidget *row = gtk_root_get_focus (GTK_ROOT (f->demo.window));
      LinnetMessage *message = linnet_message_list_get (f->list, i);

      g_assert_true (linnet_message_row_get_message (LINNET_MESSAGE_ROW (row)) == message);
      g_assert_true (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (row))
                     == GTK_ACCESSIBLE_ROLE_LIST_ITEM);
      g_assert_true (gtk_widget_child_focus (GTK_WIDGET (f->timeline), GTK_DIR_UP));
      demo_settle (&f->demo);
    }
}

/* --- going to a message --- */

static void
test_goes_to_what_is_not_loaded (Fixture *f, gconstpointer user_data)
{
  ImMsg *msg = add_messages (f, 500, 100);
  GtkWidget *row = NULL;
  int height;

  open_filled (f, 0);
  linnet_messages_pane_show_message (f->pane, msg);
  ui_wait_until ((row = ui_find_class (GTK_WIDGET (f->timeline), "linnet-flash-still")) != NULL);
  g_assert_true (linnet_message_row_get_message (LINNET_MESSAGE_ROW (row))
                 == find (f, "message 100"));
  demo_settle (&f->demo);
  height = gtk_widget_get_height (GTK_WIDGET (f->timeline));
  g_assert_cmpint (top_of (f, find (f, "message 100")), >=, 0);
  g_assert_cmpint (top_of (f, find (f, "message 100")), <, height / 2);
  ui_screenshot (GTK_WIDGET (f->demo.window), "jump");
}

static void
test_flashes (Fixture *f, gconstpointer user_data)
{
  ImMsg *msg = add_messages (f, 100, 60);

  open_filled (f, 0);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  linnet_messages_pane_show_message (f->pane, msg);
  ui_wait_until (ui_find_class (GTK_WIDGET (f->timeline), "linnet-flash") != NULL);
  ui_screenshot (GTK_WIDGET (f->demo.window), "flash");
  ui_wait_until (ui_find_class (GTK_WIDGET (f->timeline), "linnet-flash") == NULL);
}

/* Down from there, page by page, without a jump, to the newest one. */
static void
test_scrolls_back_to_the_end (Fixture *f, gconstpointer user_data)
{
  ImMsg *msg = add_messages (f, 300, 100);
  guint n_steps = 0;

  open_filled (f, 0);
  linnet_messages_pane_show_message (f->pane, msg);
  ui_wait_until (!linnet_message_list_get_at_end (f->list));
  demo_settle (&f->demo);
  g_assert_false (linnet_timeline_get_at_end (f->timeline));
  while (!linnet_timeline_get_at_end (f->timeline))
    {
      guint first;
      guint last;
      LinnetMessage *seen;
      int top;

      g_assert_true (linnet_timeline_get_visible_range (f->timeline, &first, &last));
      seen = linnet_message_list_get (f->list, last);
      top = top_of (f, seen);
      scroll_by (f, 250);
      g_assert_cmpint (top - top_of (f, seen), <=, 250);
      g_assert_cmpuint (++n_steps, <, 200);
    }
  g_assert_true (linnet_message_list_get_at_end (f->list));
  g_assert_nonnull (ui_find_text (GTK_WIDGET (f->timeline), "message 299"));
}

/* --- selection --- */

static void
assert_selected (Fixture *f, const char *expected)
{
  g_autofree char *text = linnet_selection_dup_text (f->selection);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
is_shown_selected (Fixture *f, const char *text)
{
  guint position = linnet_message_list_get_position (f->list, find (f, text));
  GtkWidget *row = linnet_timeline_get_row (f->timeline, position);

  return linnet_content_text_has_selection (
      linnet_message_row_get_content (LINNET_MESSAGE_ROW (row)));
}

static void
test_selection_within_a_message (Fixture *f, gconstpointer user_data)
{
  add_messages (f, 20, 0);
  open_filled (f, 0);
  assert_selected (f, NULL);
  g_assert_true (linnet_selection_is_empty (f->selection));
  linnet_selection_set (f->selection, find (f, "message 17"), 7, find (f, "message 17"), 2);
  assert_selected (f, "ssage");
  g_assert_true (is_shown_selected (f, "message 17"));
  g_assert_false (is_shown_selected (f, "message 16"));
  linnet_selection_clear (f->selection);
  assert_selected (f, NULL);
  g_assert_false (is_shown_selected (f, "message 17"));
}

/* The parts of the first and the last one and all between, with times and names. */
static void
test_selection_across_messages (Fixture *f, gconstpointer user_data)
{
  const char *expected = "[11:59] Mei Lin: 17\n[11:59] alice: message 18\n[12:00] Mei Lin: mess\n";

  add_messages (f, 20, 0);
  open_filled (f, 0);
  linnet_selection_set (f->selection, find (f, "message 17"), 8, find (f, "message 19"), 4);
  assert_selected (f, expected);
  g_assert_true (is_shown_selected (f, "message 18"));
  ui_screenshot (GTK_WIDGET (f->demo.window), "selection");
  linnet_selection_set (f->selection, find (f, "message 19"), 4, find (f, "message 17"), 8);
  assert_selected (f, expected);
}

/* Nothing of the last one is selected yet: no names around a single text. */
static void
test_selection_counts_what_has_text (Fixture *f, gconstpointer user_data)
{
  add_messages (f, 20, 0);
  open_filled (f, 0);
  linnet_selection_set (f->selection, find (f, "message 17"), 0, find (f, "message 18"), 0);
  assert_selected (f, "message 17");
}

static void
test_selection_of_days_has_dates (Fixture *f, gconstpointer user_data)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  fake_backend_add_message (f->demo.backend, "Mei Lin", "Mei Lin", "old", demo_time (3, 12, 0));
  add_messages (f, 1, 0);
  open_filled (f, 0);
  linnet_selection_set (f->selection, find (f, "old"), 0, find (f, "message 0"), G_MAXINT);
  text = linnet_selection_dup_text (f->selection);
  line = g_strdup_printf ("[%s] Mei Lin: old\n", linnet_message_get_date_label (find (f, "old")));
  g_assert_true (g_str_has_prefix (text, line));
}

/* It is of messages, not of rows: it goes where they go, and their rows show it when they come
 * into view again. */
static void
test_selection_survives_scrolling (Fixture *f, gconstpointer user_data)
{
  add_messages (f, 60, 0);
  open_filled (f, 0);
  linnet_message_list_load_older (f->list);
  ui_wait_until (linnet_message_list_get_n_items (f->list) == 60);
  linnet_selection_set (f->selection, find (f, "message 55"), 0, find (f, "message 58"), 4);
  scroll_by (f, -10000);
  g_assert_null (ui_find_text (GTK_WIDGET (f->timeline), "message 57"));
  linnet_timeline_scroll_to_end (f->timeline);
  demo_settle (&f->demo);
  g_assert_true (is_shown_selected (f, "message 55"));
  g_assert_true (is_shown_selected (f, "message 58"));
  g_assert_false (is_shown_selected (f, "message 54"));
  g_assert_false (is_shown_selected (f, "message 59"));
  fake_backend_receive (f->demo.backend, "Mei Lin", "Mei Lin", "new", demo_time (0, 12, 5));
  demo_settle (&f->demo);
  g_assert_false (is_shown_selected (f, "new"));
  g_assert_true (is_shown_selected (f, "message 58"));
}

/* A place inside a letter, as after an edit, is its beginning. */
static void
test_selection_cuts_no_letter (Fixture *f, gconstpointer user_data)
{
  fake_backend_add_message (f->demo.backend, "Mei Lin", "Mei Lin", "好的，明天见",
                            demo_time (0, 12, 0));
  open_filled (f, 0);
  linnet_selection_set (f->selection, find (f, "好的，明天见"), 1, find (f, "好的，明天见"), 8);
  assert_selected (f, "好的");
}

static void
test_selection_ends_with_the_conversation (Fixture *f, gconstpointer user_data)
{
  add_messages (f, 20, 0);
  open_filled (f, 0);
  linnet_selection_set (f->selection, find (f, "message 17"), 0, find (f, "message 19"), 4);
  demo_show (&f->demo, "Sam");
  demo_show (&f->demo, "Mei Lin");
  g_assert_true (linnet_selection_is_empty (f->selection));
}

/* A deceptive link shows its real name, and that is what is selected and copied. */
static void
test_selection_copies_what_is_shown (Fixture *f, gconstpointer user_data)
{
  static const char *const texts[] = { "See https://xn--e1awd7f.com/ <b> & more", "2 < 3 & 4 > 1" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fake_backend_add_message (f->demo.backend, "Mei Lin", "Mei Lin", texts[i],
                              demo_time (0, 12, (int) i));
  open_filled (f, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      guint position = linnet_message_list_get_position (f->list, find (f, texts[i]));
      GtkWidget *row = linnet_timeline_get_row (f->timeline, position);
      GtkWidget *label = gtk_widget_get_first_child (
          GTK_WIDGET (linnet_message_row_get_content (LINNET_MESSAGE_ROW (row))));

      linnet_selection_set (f->selection, find (f, texts[i]), 0, find (f, texts[i]), G_MAXINT);
      assert_selected (f, gtk_label_get_text (GTK_LABEL (label)));
    }
}

/* Places and words, in scripts of either direction. */
static void
test_selection_words (Fixture *f, gconstpointer user_data)
{
  static const struct
  {
    const char *text;
    int index;
    const char *word;
  } cases[] = {
    { "Hello, dear world", 0, "Hello" },  { "Hello, dear world", 3, "Hello" },
    { "Hello, dear world", 5, "Hello" },  { "Hello, dear world", 7, "dear" },
    { "Hello, dear world", 17, "world" }, { "one", 0, "one" },
    { "שלום עולם", 2, "שלום" },           { "naïve Größe", 8, "Größe" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    fake_backend_add_message (f->demo.backend, "Mei Lin", "Mei Lin", cases[i].text,
                              demo_time (0, 12, (int) i));
  open_filled (f, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *row = linnet_timeline_get_row (f->timeline, i);
      LinnetContentText *content = linnet_message_row_get_content (LINNET_MESSAGE_ROW (row));
      LinnetMessage *message = linnet_message_row_get_message (LINNET_MESSAGE_ROW (row));
      int length = (int) strlen (cases[i].text);
      int start;
      int end;

      linnet_content_text_find_word (content, cases[i].index, &start, &end);
      linnet_selection_set (f->selection, message, start, message, end);
      assert_selected (f, cases[i].word);
      g_assert_cmpint (linnet_content_text_find_index (content, 3, -1), ==, 0);
      g_assert_cmpint (linnet_content_text_find_index (content, 3, 9999), ==, length);
    }
}

static void
test_selection_by_keyboard (Fixture *f, gconstpointer user_data)
{
  GtkWidget *timeline;

  add_messages (f, 20, 0);
  open_filled (f, 0);
  timeline = GTK_WIDGET (f->timeline);
  linnet_timeline_focus_row (f->timeline, 17);
  g_assert_true (ui_press (timeline, GDK_KEY_Down, GDK_SHIFT_MASK));
  assert_selected (f, "[11:59] Mei Lin: message 17\n[11:59] alice: message 18\n");
  g_assert_true (ui_press (timeline, GDK_KEY_Up, GDK_SHIFT_MASK));
  assert_selected (f, "message 17");
  g_assert_true (ui_press (timeline, GDK_KEY_Up, GDK_SHIFT_MASK));
  assert_selected (f, "[11:58] Mei Lin: message 16\n[11:59] Mei Lin: message 17\n");
  g_assert_true (ui_press (timeline, GDK_KEY_c, GDK_CONTROL_MASK));
  g_assert_true (ui_press (timeline, GDK_KEY_Escape, 0));
  g_assert_true (linnet_selection_is_empty (f->selection));
  g_assert_false (ui_press (timeline, GDK_KEY_Escape, 0));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/ui/messages/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("opens-at-the-divider", test_opens_at_the_divider);
  ADD ("divider-stays-until-left", test_divider_stays_until_left);
  ADD ("floating-date", test_floating_date);
  ADD ("rests", test_rests);
  ADD ("follows-the-end", test_follows_the_end);
  ADD ("waits-for-the-reader", test_waits_for_the_reader);
  ADD ("rows-by-keyboard", test_rows_by_keyboard);
  ADD ("goes-to-what-is-not-loaded", test_goes_to_what_is_not_loaded);
  ADD ("flashes", test_flashes);
  ADD ("scrolls-back-to-the-end", test_scrolls_back_to_the_end);
  ADD ("selection-within-a-message", test_selection_within_a_message);
  ADD ("selection-across-messages", test_selection_across_messages);
  ADD ("selection-counts-what-has-text", test_selection_counts_what_has_text);
  ADD ("selection-of-days-has-dates", test_selection_of_days_has_dates);
  ADD ("selection-survives-scrolling", test_selection_survives_scrolling);
  ADD ("selection-cuts-no-letter", test_selection_cuts_no_letter);
  ADD ("selection-ends-with-the-conversation", test_selection_ends_with_the_conversation);
  ADD ("selection-copies-what-is-shown", test_selection_copies_what_is_shown);
  ADD ("selection-words", test_selection_words);
  ADD ("selection-by-keyboard", test_selection_by_keyboard);
  return g_test_run ();
}
