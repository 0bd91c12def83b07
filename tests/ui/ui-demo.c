/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-demo.h"

#include "linnet-message-row.h"
#include "linnet-timeline.h"

gint64
demo_time (int days_ago, int hour, int minute)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = g_date_time_add_days (now, -days_ago);
  g_autoptr (GDateTime) time
      = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                               g_date_time_get_day_of_month (day), hour, minute, 0);

  return g_date_time_to_unix (time);
}

void
demo_settle (Demo *demo)
{
  ui_wait_frames (GTK_WIDGET (demo->window), 4);
}

void
demo_open (Demo *demo, int width, int height)
{
  demo->backend = fake_backend_new ();
  demo->session = linnet_session_new (LINNET_BACKEND (demo->backend));
  demo->settings = linnet_settings_new (TRUE);
  linnet_settings_set_window_size (demo->settings, width, height);
  demo->window = LINNET_WINDOW (
      linnet_window_new (ui_test_get_application (), demo->session, demo->settings));
  gtk_window_present (GTK_WINDOW (demo->window));
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (demo->window)));
  ui_wait_until (gtk_widget_get_width (GTK_WIDGET (demo->window)) > 0);
  demo_settle (demo);
}

void
demo_close (Demo *demo)
{
  LinnetWindow *window = g_object_ref (demo->window);

  gtk_window_destroy (GTK_WINDOW (window));
  ui_run_due ();
  g_assert_finalize_object (window);
  g_assert_finalize_object (demo->settings);
  g_assert_finalize_object (demo->session);
  g_assert_finalize_object (demo->backend);
}

static void
fill_mei (Demo *demo)
{
  static const struct
  {
    int days_ago, hour, minute;
    gboolean is_own;
    const char *text;
  } lines[] = {
    { 1, 17, 2, FALSE, "Did you hear about the bridge at Kaltenbach?" },
    { 1, 17, 3, FALSE, "They say it will take the whole summer." },
    { 1, 17, 9, TRUE,
      "Then we go round by the mill. It is only twenty minutes more, and there is "
      "a place to sit by the water." },
    { 1, 17, 10, TRUE, "🙂" },
    { 0, 9, 31, FALSE, "Morning! The bridge at Kaltenbach is open again, so the lake loop works." },
    { 0, 9, 32, FALSE, "See https://example.org/lake-loop for the map" },
    { 0, 9, 41, TRUE,
      "Perfect — then let’s take the 8:14 train and be up there before the "
      "crowds. I checked the timetable: the next one is an hour later and stops "
      "everywhere." },
    { 0, 9, 42, TRUE, "Shall I book the seats?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    fake_backend_add_message (demo->backend, "Mei Lin", lines[i].is_own ? NULL : "Mei Lin",
                              lines[i].text,
                              demo_time (lines[i].days_ago, lines[i].hour, lines[i].minute));
  fake_backend_add_message (demo->backend, "Mei Lin", "Mei Lin", "8:14 is fine for me.",
                            demo_time (0, 9, 52));
  fake_backend_add_message (demo->backend, "Mei Lin", "Mei Lin", "Can you book the seats together?",
                            demo_time (0, 9, 52));
  fake_backend_add_conversation (demo->backend, "Mei Lin", 2);
}

void
demo_fill (Demo *demo)
{
  static const struct
  {
    const char *id;
    gboolean is_own;
    const char *text;
    int days_ago, hour, minute;
    guint unread;
  } others[] = {
    { "Tomás Herrera", FALSE, "The tent is dry again", 0, 9, 58, 4 },
    { "Jonas Weber", TRUE, "Here is the invoice you asked for", 0, 9, 30, 0 },
    { "陈晓明", FALSE, "好的，明天见！周末天气怎么样？要带雨衣吗？", 0, 8, 46, 0 },
    { "Priya Nair", FALSE, "I’ll bring the stove", 1, 20, 12, 0 },
    { "Rosa Conti", TRUE, "Chapter nine broke my heart", 1, 18, 40, 0 },
    { "Ada Okafor", FALSE, "Could you check the spacing of the list once more?", 3, 12, 0, 12 },
    { "Sam Doyle", FALSE, "See you at the station", 5, 8, 15, 0 },
    { "Maximiliana Wolfeschlegelsteinhausenbergerdorff", FALSE,
      "A name of some length should be cut with an ellipsis and never push the time away", 9, 8, 15,
      0 },
    { "ليلى حداد", FALSE, "صباح الخير! جسر Kaltenbach مفتوح من جديد", 12, 8, 15, 0 },
  };

  fill_mei (demo);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      fake_backend_add_message (demo->backend, others[i].id, others[i].is_own ? NULL : others[i].id,
                                others[i].text,
                                demo_time (others[i].days_ago, others[i].hour, others[i].minute));
      fake_backend_add_conversation (demo->backend, others[i].id, others[i].unread);
    }
}

void
demo_sign_in (Demo *demo)
{
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");

  linnet_session_resume (demo->session, account);
  ui_wait_until (linnet_session_get_connection (demo->session) == LINNET_CONNECTION_ONLINE);
  ui_wait_until (
      linnet_conversation_list_get_load_state (linnet_session_get_conversations (demo->session))
      == LINNET_LOAD_IDLE);
  demo_settle (demo);
}

void
demo_show (Demo *demo, const char *id)
{
  LinnetConversationList *list = linnet_session_get_conversations (demo->session);
  LinnetConversation *conversation = NULL;

  linnet_window_open_conversation (GTK_WINDOW (demo->window), id);
  for (guint i = 0; i < linnet_conversation_list_get_n_items (list); i++)
    if (g_str_equal (linnet_conversation_get_id (linnet_conversation_list_get (list, i)), id))
      conversation = linnet_conversation_list_get (list, i);
  g_assert_nonnull (conversation);
  ui_wait_until (
      linnet_message_list_get_is_loaded (linnet_conversation_get_messages (conversation)));
  demo_settle (demo);
}
