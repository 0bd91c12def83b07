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
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");
  guint n = GPOINTER_TO_UINT (data);

  f->backend = fake_backend_new ();
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("friend%u", i);

      fake_backend_add_message (f->backend, id, id, "hello", NOW - 100 - i);
    }
  f->session = linnet_session_new (LINNET_BACKEND (f->backend));
  f->list = linnet_session_get_conversations (f->session);
  linnet_session_resume (f->session, account);
  wait_until (linnet_conversation_list_get_n_items (f->list) == n);
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
  return g_test_run ();
}
