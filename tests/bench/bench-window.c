/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window while much happens: bridge, models and widgets as in the program, on a TIM library
 * that answers from memory. How long the main loop is kept from drawing while events arrive as fast
 * as they can be told, with many conversations in the list and one of them open. */

#include "fake-tim.h"
#include "im-loop.h"
#include "linnet-tim-backend.h"
#include "linnet-window.h"

#include <adwaita.h>
#include <time.h>

#define N_CONVERSATIONS 10000
#define N_EVENTS 50000
#define N_ACTIVE 200      /* conversations that something happens in */
#define OPEN 7            /* the conversation that is open */
#define OPEN_GETS_EVERY 5 /* messages */
#define FRAME_US 16700
#define LONGEST_WAIT_US (120 * G_USEC_PER_SEC)

typedef struct
{
  GtkWindow *window;
  LinnetSession *session;
  gint64 now_s;

  guint n_pages; /* of the list, answered */

  gint64 last_frame_us; /* 0: not measuring */
  gint64 frame_begin_cpu_us;
  gint64 worst_gap_us;
  gint64 worst_work_us;
  guint n_frames;
  guint n_late;
} Bench;

/* JSON */

static void
append_message (GString *json, guint conversation, guint number, gint64 time_s)
{
  g_string_append_printf (
      json,
      "{\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":\"Message %u, of the usual "
      "length of a line or so\"}],\"message_conv_id\":\"friend%05u\",\"message_conv_type\":1,"
      "\"message_sender\":\"friend%05u\",\"message_client_time\":%" G_GINT64_FORMAT
      ",\"message_server_time\":%" G_GINT64_FORMAT
      ",\"message_is_from_self\":false,\"message_is_read\":false,\"message_is_online_msg\":false,"
      "\"message_is_peer_read\":false,\"message_status\":2,\"message_rand\":%u,\"message_seq\":%u,"
      "\"message_unique_id\":%u,\"message_platform\":\"\",\"message_priority\":0,"
      "\"message_custom_int\":0,\"message_custom_str\":\"\"}",
      number, conversation, conversation, time_s, time_s, number + 1, number + 1, number + 1);
}

static void
append_conversation (GString *json, guint conversation, guint number, gint64 time_s, guint unread)
{
  g_string_append_printf (json,
                          "{\"conv_id\":\"friend%05u\",\"conv_type\":1,\"conv_owner\":\"\","
                          "\"conv_active_time\":%" G_GINT64_FORMAT ",\"conv_unread_num\":%u,"
                          "\"conv_is_has_draft\":false,\"conv_is_has_lastmsg\":true,"
                          "\"conv_last_msg\":",
                          conversation, time_s, unread);
  append_message (json, conversation, number, time_s);
  g_string_append_c (json, '}');
}

/* A page of at most `count`; the place of a conversation is its number. */
static char *
make_page (gint64 now_s, guint from, guint count)
{
  GString *json = g_string_new ("{\"conversation_list_result_conv_list\":[");
  guint end = MIN (from + count, N_CONVERSATIONS);

  for (guint i = from; i < end; i++)
    {
      if (i > from)
        g_string_append_c (json, ',');
      append_conversation (json, i, i, now_s - 60 - i, i % 10 == 0 ? 3 : 0);
    }
  g_string_append_printf (json,
                          "],\"conversation_list_result_next_seq\":%u,"
                          "\"conversation_list_result_is_finished\":%s}",
                          end, end == N_CONVERSATIONS ? "true" : "false");
  return g_string_free (json, FALSE);
}

/* One of two: a message, or the change of the conversation that comes with it. */
static void
fire (const Bench *self, guint event)
{
  g_autoptr (GString) json = g_string_new ("[");
  guint number = event / 2;
  guint conversation
      = number % OPEN_GETS_EVERY == 0 ? OPEN : ((number * 2654435761u) >> 8) % N_ACTIVE * 37;
  gint64 time_s = self->now_s + number / 100;

  if (event % 2 == 0)
    append_message (json, conversation, N_CONVERSATIONS + number, time_s);
  else
    append_conversation (json, conversation, N_CONVERSATIONS + number, time_s, 1 + number % 9);
  g_string_append_c (json, ']');
  if (event % 2 == 0)
    fake_tim_fire_messages (json->str);
  else
    fake_tim_fire_conversations (kTIMConvEvent_Update, json->str);
}

/* Frames. Work is the main thread's processor time, which other load on the machine leaves alone.
 */

static gint64
thread_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
on_before_paint (GdkFrameClock *clock, Bench *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->last_frame_us != 0)
    {
      self->worst_gap_us = MAX (self->worst_gap_us, now_us - self->last_frame_us);
      self->n_frames++;
    }
  self->last_frame_us = now_us;
  self->frame_begin_cpu_us = thread_cpu_us ();
}

static void
on_after_paint (GdkFrameClock *clock, Bench *self)
{
  gint64 work_us = thread_cpu_us () - self->frame_begin_cpu_us;

  self->worst_work_us = MAX (self->worst_work_us, work_us);
  self->n_late += work_us > FRAME_US ? 1 : 0;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
forget_frames (Bench *self)
{
  self->last_frame_us = self->worst_gap_us = self->worst_work_us = 0;
  self->n_frames = self->n_late = 0;
}

/* Running */

static gboolean
wake_up (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
run_until (gboolean (*condition) (Bench *self), Bench *self, const char *what)
{
  gint64 until_us = g_get_monotonic_time () + LONGEST_WAIT_US;
  guint ticker = g_timeout_add (50, wake_up, NULL);

  while (!condition (self))
    {
      /* What the library is asked for meanwhile: marks, pages; nothing of interest. */
      while (fake_tim_answer ("TIMMsgGetMsgList", 0, "", "[]")
             || fake_tim_answer ("TIMMsgReportReaded", 0, "", ""))
        ;
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () > until_us)
        g_error ("waited in vain: %s", what);
    }
  g_source_remove (ticker);
}

static gboolean
login_is_asked (Bench *self)
{
  return fake_tim_answer ("TIMLogin", 0, "", "");
}

static void
answer_page (Bench *self)
{
  g_autofree char *argument = fake_tim_dup_argument ("TIMConvGetConversationListByFilter");
  g_autofree char *json = NULL;
  guint from, count;

  if (fake_tim_count ("TIMConvGetConversationListByFilter") == self->n_pages
      || sscanf (argument, "{} %u %u", &from, &count) != 2)
    return;
  self->n_pages++;
  json = make_page (self->now_s, from, count);
  fake_tim_answer ("TIMConvGetConversationListByFilter", 0, "", json);
}

static gboolean
list_is_shown (Bench *self)
{
  answer_page (self);
  return linnet_conversation_list_get_n_items (linnet_session_get_conversations (self->session))
             == N_CONVERSATIONS
         && self->n_frames > 10;
}

static gboolean
has_drawn (Bench *self)
{
  return self->n_frames > 30;
}

/* The last event is a message to a conversation that is not there yet. */
static gboolean
all_has_arrived (Bench *self)
{
  return linnet_conversation_list_get_n_items (linnet_session_get_conversations (self->session))
         == N_CONVERSATIONS + 1;
}

static void
sign_in (Bench *self)
{
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");

  linnet_session_resume (self->session, account);
  run_until (login_is_asked, self, "the login");
  fake_tim_fire_network (kTIMConnected, 0, "");
  forget_frames (self);
  run_until (list_is_shown, self, "the list to be shown");
}

static void
tell (const char *what, gint64 us)
{
  g_print ("%-52s %9.2f ms\n", what, (double) us / 1000);
}

static void
flood (Bench *self)
{
  g_autoptr (GString) last = g_string_new ("[");
  gint64 start_us;

  forget_frames (self);
  start_us = g_get_monotonic_time ();
  for (guint i = 0; i < N_EVENTS; i++)
    fire (self, i);
  append_message (last, N_CONVERSATIONS, 2 * N_EVENTS, self->now_s + N_EVENTS);
  g_string_append_c (last, ']');
  fake_tim_fire_messages (last->str);
  forget_frames (self);
  run_until (all_has_arrived, self, "the last event");
  tell ("50,000 events taken in", g_get_monotonic_time () - start_us);
  tell ("longest work for one frame meanwhile", self->worst_work_us);
  tell ("longest time between two frames meanwhile", self->worst_gap_us);
  g_print ("%-52s %9u of %u\n", "frames with more than 16.7 ms of work", self->n_late,
           self->n_frames);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinnetTimBackend) backend = NULL;
  g_autoptr (LinnetSettings) settings = NULL;
  g_autoptr (AdwApplication) application = NULL;
  GdkFrameClock *clock;
  Bench self = { 0 };

  im_thread_set_role (IM_THREAD_MAIN);
  application = adw_application_new ("im.linnet.Linnet.Bench", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), LINNET_RESOURCE_PATH);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  backend = linnet_tim_backend_new (fake_tim_start (), NULL, &error);
  g_assert_no_error (error);
  self.now_s = g_get_real_time () / G_USEC_PER_SEC;
  settings = linnet_settings_new (TRUE);
  self.session = linnet_session_new (LINNET_BACKEND (backend));
  self.window = linnet_window_new (application, self.session, settings);
  gtk_window_present (self.window);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self.window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), &self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self.window), on_tick, NULL, NULL);
  sign_in (&self);
  tell ("first frames of 10,000 conversations, longest work", self.worst_work_us);
  linnet_window_open_conversation (self.window, "friend00007");
  forget_frames (&self);
  run_until (has_drawn, &self, "the conversation to be drawn");
  flood (&self);
  gtk_window_destroy (self.window);
  linnet_tim_backend_close (backend);
  g_object_unref (self.session);
  fake_tim_stop ();
  return 0;
}
