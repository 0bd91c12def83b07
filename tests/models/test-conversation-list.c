/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"
#include "linnet-conversation-list-private.h"
#include "linnet-session.h"
#include "models-test.h"

#define NOW (g_get_real_time () / G_USEC_PER_SEC)
#define MANY 2000

typedef struct
{
  FakeBackend *backend;
  LinnetSession *session;
  LinnetConversationList *list; /* borrowed */
} Fixture;

/* data: how many conversations, the first one the newest, each with one message. */
static void
fill (Fixture *f, guint n)
{

  f->backend = fake_backend_new ();
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("friend%u", i);

      fake_backend_add_message (f->backend, id, id, "hello", NOW - 100 - i);
    }
  f->session = linnet_session_new (LINNET_BACKEND (f->backend));
  f->list = linnet_session_get_conversations (f->session);
}

static void
resume (Fixture *f)
{
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");

  linnet_session_resume (f->session, account);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);

  fill (f, n);
  resume (f);
  wait_until (linnet_conversation_list_get_n_items (f->list) == n);
  settle_down ();
}

/* The first ten are there, the others wait. */
static void
set_up_page (Fixture *f, gconstpointer data)
{
  fill (f, GPOINTER_TO_UINT (data));
  fake_backend_limit_pages (f->backend, 10);
  fake_backend_hold (f->backend, TRUE);
  resume (f);
  wait_until (linnet_conversation_list_get_n_items (f->list) == 10);
  settle_down ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  settle_down ();
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->backend);
}

static const char *
id_at (Fixture *f, guint position)
{
  return linnet_conversation_get_id (linnet_conversation_list_get (f->list, position));
}

static gboolean
is_in_order (Fixture *f)
{
  for (guint i = 1; i < linnet_conversation_list_get_n_items (f->list); i++)
    if (linnet_conversation_get_time (linnet_conversation_list_get (f->list, i - 1))
        < linnet_conversation_get_time (linnet_conversation_list_get (f->list, i)))
      return FALSE;
  return TRUE;
}

static void
test_a_batch_is_one_change (Fixture *f, gconstpointer data)
{
  GString *log = watch_items (f->list);

  linnet_conversation_list_begin (f->list);
  fake_backend_receive (f->backend, "friend3", "friend3", "one", NOW + 1);
  fake_backend_receive (f->backend, "friend1", "friend1", "two", NOW + 2);
  fake_backend_receive (f->backend, "stranger", "stranger", "three", NOW + 3);
  g_assert_cmpstr (log->str, ==, "");
  linnet_conversation_list_end (f->list);
  g_assert_cmpstr (log->str, ==, "0,4,5");
  g_assert_cmpstr (id_at (f, 0), ==, "stranger");
  g_assert_cmpstr (id_at (f, 1), ==, "friend1");
  g_assert_cmpstr (id_at (f, 2), ==, "friend3");
  g_assert_cmpuint (linnet_session_get_unread_count (f->session), ==, 3);
}

static void
test_one_that_came_in_a_flood_can_go_at_once (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  LinnetConversation *stranger;

  for (guint i = 0; i < 50; i++)
    fake_backend_receive (f->backend, "friend1999", "friend1999", "again", NOW + i);
  fake_backend_receive (f->backend, "stranger", "stranger", "hello", NOW + 100);
  stranger = linnet_session_get_conversation (f->session, "c2c:stranger");
  g_assert_nonnull (stranger);
  linnet_conversation_delete_async (stranger, NULL, NULL, NULL);
  wait_until (linnet_session_get_conversation (f->session, "c2c:stranger") == NULL);
  wait_until (linnet_conversation_list_get_n_items (f->list) == MANY);
}

static void
test_a_flood_ends_in_order (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("friend%u", i * 7 % MANY);

      fake_backend_receive (f->backend, id, id, "again", NOW + i);
    }
  wait_until (g_strcmp0 (id_at (f, 0), "friend1493") == 0 && is_in_order (f));
  g_assert_cmpuint (linnet_conversation_list_get_n_items (f->list), ==, MANY);
  g_assert_cmpuint (linnet_session_get_unread_count (f->session), ==, 500);
}

static void
test_a_flood_leaves_nothing_behind_at_sign_out (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 50; i++)
    fake_backend_receive (f->backend, "friend1999", "friend1999", "again", NOW + i);
  fake_backend_receive (f->backend, "stranger", "stranger", "hello", NOW + 100);
  linnet_conversation_list_set_account (f->list, NULL, NULL);
  g_assert_cmpuint (linnet_conversation_list_get_n_items (f->list), ==, 0);
  g_assert_null (linnet_session_get_conversation (f->session, "c2c:stranger"));
  g_assert_cmpuint (linnet_session_get_unread_count (f->session), ==, 0);
}

static gboolean
is_loaded (Fixture *f)
{
  return linnet_conversation_list_get_load_state (f->list) == LINNET_LOAD_IDLE;
}

static void
test_pages_come_below_what_is_seen (Fixture *f, gconstpointer data)
{
  GString *log = watch_items (f->list);

  g_assert_cmpstr (id_at (f, 0), ==, "friend0");
  g_assert_cmpint (linnet_conversation_list_get_load_state (f->list), ==, LINNET_LOAD_RUNNING);
  fake_backend_hold (f->backend, FALSE);
  wait_until (is_loaded (f));
  g_assert_cmpstr (log->str, ==, "10,0,10 20,0,10 30,0,5");
  g_assert_cmpuint (linnet_conversation_list_get_n_items (f->list), ==, 35);
  g_assert_true (is_in_order (f));
}

static void
test_what_happens_between_pages_happens_once (Fixture *f, gconstpointer data)
{
  LinnetConversation *friend5 = linnet_session_get_conversation (f->session, "c2c:friend5");

  fake_backend_receive (f->backend, "friend30", "friend30", "early", NOW + 1);
  fake_backend_receive (f->backend, "friend5", "friend5", "known", NOW + 2);
  fake_backend_receive (f->backend, "stranger", "stranger", "hello", NOW + 3);
  linnet_conversation_delete_async (linnet_session_get_conversation (f->session, "c2c:friend7"),
                                    NULL, NULL, NULL);
  wait_until (linnet_session_get_conversation (f->session, "c2c:friend7") == NULL);
  g_assert_cmpuint (linnet_conversation_list_get_n_items (f->list), ==, 11);
  fake_backend_hold (f->backend, FALSE);
  wait_until (is_loaded (f));
  g_assert_cmpuint (linnet_conversation_list_get_n_items (f->list), ==, 35);
  g_assert_true (is_in_order (f));
  g_assert_cmpstr (id_at (f, 0), ==, "stranger");
  g_assert_true (linnet_conversation_list_get (f->list, 1) == friend5);
  g_assert_cmpstr (id_at (f, 2), ==, "friend30");
  g_assert_null (linnet_session_get_conversation (f->session, "c2c:friend7"));
  g_assert_cmpuint (linnet_session_get_unread_count (f->session), ==, 3);
}

static void
test_another_load_takes_away_what_is_gone (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) convs = g_ptr_array_new ();

  linnet_conversation_list_begin_loading (f->list);
  fake_backend_receive (f->backend, "stranger", "stranger", "hello", NOW + 3);
  fake_backend_receive (f->backend, "friend2", "friend2", "hello", NOW + 2);
  g_assert_cmpuint (linnet_conversation_list_get_n_items (f->list), ==, 6);
  linnet_conversation_list_take (f->list, convs);
  linnet_conversation_list_end_loading (f->list);
  g_assert_cmpuint (linnet_conversation_list_get_n_items (f->list), ==, 2);
  g_assert_cmpstr (id_at (f, 0), ==, "stranger");
  g_assert_cmpstr (id_at (f, 1), ==, "friend2");
}

static void
test_a_page_that_fails_before_the_sign_in_is_asked_for_again (Fixture *f, gconstpointer data)
{
  fake_backend_fail_list (f->backend);
  fake_backend_hold (f->backend, FALSE);
  wait_until (is_loaded (f));
  g_assert_cmpuint (linnet_conversation_list_get_n_items (f->list), ==, 35);
}

static void
test_a_sign_out_ends_the_loading (Fixture *f, gconstpointer data)
{
  linnet_session_sign_out_async (f->session, NULL, NULL);
  fake_backend_hold (f->backend, FALSE);
  wait_until (linnet_session_get_state (f->session) == LINNET_SESSION_SIGNED_OUT);
  settle_down ();
  g_assert_cmpuint (linnet_conversation_list_get_n_items (f->list), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func, n)                                                                         \
  g_test_add ("/models/conversation-list/" name, Fixture, GUINT_TO_POINTER (n), set_up, func,      \
              tear_down)
  ADD ("a batch is one change", test_a_batch_is_one_change, 5);
  ADD ("one that came in a flood can go at once", test_one_that_came_in_a_flood_can_go_at_once,
       MANY);
  ADD ("a flood ends in order", test_a_flood_ends_in_order, MANY);
  ADD ("a flood leaves nothing behind at sign-out", test_a_flood_leaves_nothing_behind_at_sign_out,
       MANY);
#undef ADD
#define ADD(name, func, n, before)                                                                 \
  g_test_add ("/models/conversation-list/" name, Fixture, GUINT_TO_POINTER (n), before, func,      \
              tear_down)
  ADD ("pages come below what is seen", test_pages_come_below_what_is_seen, 35, set_up_page);
  ADD ("between pages", test_what_happens_between_pages_happens_once, 35, set_up_page);
  ADD ("another load", test_another_load_takes_away_what_is_gone, 5, set_up);
  ADD ("failed page", test_a_page_that_fails_before_the_sign_in_is_asked_for_again, 35,
       set_up_page);
  ADD ("signed out while loading", test_a_sign_out_ends_the_loading, 35, set_up_page);
  return g_test_run ();
}
