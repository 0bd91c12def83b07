/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"
#include "linnet-session.h"
#include "models-test.h"

#define NOW (g_get_real_time () / G_USEC_PER_SEC)

typedef struct
{
  FakeBackend *backend;
  LinnetSession *session;
  LinnetConversationList *list; /* borrowed */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");

  f->backend = fake_backend_new ();
  fake_backend_add_message (f->backend, "bob", "bob", "hello", NOW - 100);
  fake_backend_add_message (f->backend, "carol", NULL, "hi carol", NOW - 50);
  fake_backend_add_conversation (f->backend, "bob", 1);
  f->session = linnet_session_new (LINNET_BACKEND (f->backend));
  f->list = linnet_session_get_conversations (f->session);
  linnet_session_resume (f->session, account);
  wait_until (linnet_session_get_connection (f->session) == LINNET_CONNECTION_ONLINE);
  settle_down ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  settle_down ();
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->backend);
}

static LinnetConversation *
bob (Fixture *f)
{
  return linnet_session_get_conversation (f->session, "c2c:bob");
}

/* The keys in order, joined. */
static char *
order (Fixture *f)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < linnet_conversation_list_get_n_items (f->list); i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "|" : "",
                            linnet_conversation_get_id (linnet_conversation_list_get (f->list, i)));
  return g_string_free (all, FALSE);
}

#define assert_order(f, expected)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_order = order (f);                                                      \
    g_assert_cmpstr (found_order, ==, expected);                                                   \
  }                                                                                                \
  G_STMT_END

static void
test_row (Fixture *f, gconstpointer data)
{
  LinnetConversation *carol = linnet_session_get_conversation (f->session, "c2c:carol");

  assert_order (f, "carol|bob");
  g_assert_cmpstr (linnet_conversation_get_preview (bob (f)), ==, "hello");
  g_assert_cmpint (linnet_conversation_get_preview_kind (bob (f)), ==, LINNET_PREVIEW_TEXT);
  g_assert_cmpuint (linnet_conversation_get_unread_count (bob (f)), ==, 1);
  g_assert_cmpstr (linnet_conversation_get_unread_label (bob (f)), ==, "1");
  g_assert_cmpstr (linnet_conversation_get_address (bob (f)), ==, "bob@example.org");
  g_assert_nonnull (g_strstr_len (linnet_conversation_get_accessible_label (bob (f)), -1,
                                  "bob, 1 unread message, last: hello, "));
  g_assert_cmpint (linnet_conversation_get_preview_kind (carol), ==, LINNET_PREVIEW_OWN);
  g_assert_cmpint (linnet_conversation_get_preview_state (carol), ==, LINNET_MESSAGE_SENT);
  g_assert_cmpuint (linnet_session_get_unread_count (f->session), ==, 1);
}

static void
test_newest_first_in_one_move (Fixture *f, gconstpointer data)
{
  LinnetConversation *conversation = bob (f);
  GString *log = watch_items (f->list);

  fake_backend_receive (f->backend, "bob", "bob", "again", NOW);
  assert_order (f, "bob|carol");
  g_assert_true (bob (f) == conversation);
  g_assert_cmpstr (log->str, ==, "0,2,2");
  g_assert_cmpuint (linnet_conversation_get_unread_count (conversation), ==, 2);
  fake_backend_receive (f->backend, "bob", "bob", "and again", NOW);
  g_assert_cmpstr (log->str, ==, "0,2,2");
}

static void
test_unknown_sender_appears (Fixture *f, gconstpointer data)
{
  fake_backend_receive (f->backend, "dora", "dora", "it is me", NOW + 1);
  assert_order (f, "dora|carol|bob");
  g_assert_cmpuint (linnet_session_get_unread_count (f->session), ==, 2);
}

static void
test_send (Fixture *f, gconstpointer data)
{
  LinnetMessageList *messages = linnet_conversation_get_messages (bob (f));
  LinnetMessage *message;

  wait_until (linnet_message_list_get_is_loaded (messages));
  g_assert_null (linnet_conversation_send_text (bob (f), " \n "));
  message = linnet_conversation_send_text (bob (f), "how are you\n");
  g_assert_cmpint (linnet_message_get_state (message), ==, LINNET_MESSAGE_WAITING);
  g_assert_cmpstr (linnet_conversation_get_preview (bob (f)), ==, "how are you");
  assert_order (f, "bob|carol");
  wait_until (linnet_message_get_state (message) == LINNET_MESSAGE_SENT);
  g_assert_cmpuint (linnet_message_list_get_n_items (messages), ==, 2);
  g_assert_cmpint (linnet_conversation_get_preview_state (bob (f)), ==, LINNET_MESSAGE_SENT);
  fake_backend_deliver (f->backend, "bob", "how are you");
  g_assert_cmpint (linnet_message_get_state (message), ==, LINNET_MESSAGE_DELIVERED);
  g_assert_cmpint (linnet_conversation_get_preview_state (bob (f)), ==, LINNET_MESSAGE_DELIVERED);
  fake_backend_peer_reads (f->backend, "bob", NOW);
  g_assert_cmpint (linnet_message_get_state (message), ==, LINNET_MESSAGE_READ);
  g_assert_cmpstr (linnet_message_get_state_word (message), ==, "Read");
}

static void
test_retry (Fixture *f, gconstpointer data)
{
  LinnetMessageList *messages = linnet_conversation_get_messages (bob (f));
  LinnetMessage *message;

  wait_until (linnet_message_list_get_is_loaded (messages));
  fake_backend_fail_sends (f->backend, 20007);
  message = linnet_conversation_send_text (bob (f), "hey");
  wait_until (linnet_message_get_state (message) == LINNET_MESSAGE_FAILED);
  g_assert_cmpstr (linnet_message_get_failure (message), ==,
                   "bob does not take messages from you.");
  g_assert_cmpint (linnet_conversation_get_preview_kind (bob (f)), ==, LINNET_PREVIEW_FAILED);
  g_assert_cmpstr (linnet_conversation_get_preview_prefix (bob (f)), ==, "Not sent:");
  settle_down ();
  fake_backend_fail_sends (f->backend, 0);
  linnet_conversation_retry (bob (f), message);
  g_assert_cmpint (linnet_message_get_state (message), ==, LINNET_MESSAGE_WAITING);
  wait_until (linnet_message_get_state (message) == LINNET_MESSAGE_SENT);
  g_assert_cmpuint (linnet_message_list_get_n_items (messages), ==, 2);
}

static void
test_discard (Fixture *f, gconstpointer data)
{
  LinnetMessageList *messages = linnet_conversation_get_messages (bob (f));
  LinnetMessage *message;

  wait_until (linnet_message_list_get_is_loaded (messages));
  fake_backend_fail_sends (f->backend, 8001);
  message = linnet_conversation_send_text (bob (f), "much");
  wait_until (linnet_message_get_state (message) == LINNET_MESSAGE_FAILED);
  settle_down ();
  linnet_conversation_discard (bob (f), message);
  g_assert_cmpuint (fake_backend_count (f->backend, "discard bob much"), ==, 1);
  g_assert_cmpuint (linnet_message_list_get_n_items (messages), ==, 1);
  g_assert_cmpstr (linnet_conversation_get_preview (bob (f)), ==, "hello");
}

static void
test_mark_read (Fixture *f, gconstpointer data)
{
  LinnetMessageList *messages = linnet_conversation_get_messages (bob (f));

  wait_until (linnet_message_list_get_is_loaded (messages));
  fake_backend_receive (f->backend, "bob", "bob", "one", NOW);
  fake_backend_receive (f->backend, "bob", "bob", "two", NOW);
  g_assert_cmpuint (linnet_conversation_get_unread_count (bob (f)), ==, 3);
  linnet_conversation_mark_read (bob (f), linnet_message_list_get (messages, 1));
  g_assert_cmpuint (fake_backend_count (f->backend, "read bob one"), ==, 1);
  g_assert_cmpuint (linnet_conversation_get_unread_count (bob (f)), ==, 2);
  linnet_conversation_mark_read (bob (f), linnet_message_list_get (messages, 1));
  g_assert_cmpuint (fake_backend_count (f->backend, "read bob one"), ==, 1);
  linnet_conversation_mark_read (bob (f), linnet_message_list_get (messages, 2));
  g_assert_cmpuint (fake_backend_count (f->backend, "read bob"), ==, 1);
  g_assert_cmpuint (linnet_conversation_get_unread_count (bob (f)), ==, 0);
  linnet_conversation_mark_read (bob (f), NULL);
  g_assert_cmpuint (fake_backend_count (f->backend, "read bob"), ==, 1);
}

static void
test_draft (Fixture *f, gconstpointer data)
{
  linnet_conversation_open (bob (f));
  linnet_conversation_set_draft (bob (f), "unfin");
  linnet_conversation_set_draft (bob (f), "unfinished");
  g_assert_cmpuint (fake_backend_count (f->backend, "typing bob 1"), ==, 1);
  g_assert_cmpint (linnet_conversation_get_preview_kind (bob (f)), ==, LINNET_PREVIEW_TEXT);
  linnet_conversation_close (bob (f));
  g_assert_cmpuint (fake_backend_count (f->backend, "draft bob unfinished"), ==, 1);
  g_assert_cmpuint (fake_backend_count (f->backend, "draft bob unfin"), ==, 0);
  g_assert_cmpuint (fake_backend_count (f->backend, "typing bob 0"), ==, 1);
  g_assert_cmpint (linnet_conversation_get_preview_kind (bob (f)), ==, LINNET_PREVIEW_DRAFT);
  g_assert_cmpstr (linnet_conversation_get_preview_prefix (bob (f)), ==, "Draft:");
  g_assert_cmpstr (linnet_conversation_get_preview (bob (f)), ==, "unfinished");
  assert_order (f, "bob|carol");
  linnet_conversation_open (bob (f));
  g_assert_cmpstr (linnet_conversation_get_draft (bob (f)), ==, "unfinished");
  linnet_conversation_send_text (bob (f), "finished");
  g_assert_cmpstr (linnet_conversation_get_draft (bob (f)), ==, "");
  g_assert_cmpuint (fake_backend_count (f->backend, "draft bob "), ==, 1);
}

static void
test_draft_is_stored_after_a_rest (Fixture *f, gconstpointer data)
{
  linnet_conversation_open (bob (f));
  linnet_conversation_set_draft (bob (f), "wait");
  wait_until (fake_backend_count (f->backend, "draft bob wait") == 1);
  g_assert_cmpstr (linnet_conversation_get_draft (bob (f)), ==, "wait");
}

static void
test_typing (Fixture *f, gconstpointer data)
{
  linnet_backend_emit_typing (LINNET_BACKEND (f->backend), LINNET_CONVERSATION_SINGLE, "bob", TRUE);
  g_assert_true (linnet_conversation_get_is_typing (bob (f)));
  g_assert_cmpstr (linnet_conversation_get_preview (bob (f)), ==, "typing…");
  fake_backend_receive (f->backend, "bob", "bob", "done", NOW);
  g_assert_false (linnet_conversation_get_is_typing (bob (f)));
  g_assert_cmpstr (linnet_conversation_get_preview (bob (f)), ==, "done");
}

static void
test_open_places_the_divider (Fixture *f, gconstpointer data)
{
  LinnetMessageList *messages;

  linnet_conversation_open (bob (f));
  messages = linnet_conversation_get_messages (bob (f));
  wait_until (linnet_message_list_get_is_loaded (messages));
  g_assert_true (linnet_message_list_get_first_unread (messages)
                 == linnet_message_list_get (messages, 0));
  linnet_conversation_mark_read (bob (f), NULL);
  g_assert_nonnull (linnet_message_list_get_first_unread (messages));
  linnet_conversation_close (bob (f));
  g_assert_null (linnet_message_list_get_first_unread (messages));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_delete (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LinnetConversation) conversation = g_object_ref (bob (f));
  g_autoptr (GError) error = NULL;

  linnet_conversation_delete_async (conversation, NULL, on_done, &result);
  wait_until (result != NULL);
  g_assert_true (linnet_conversation_delete_finish (conversation, result, &error));
  g_assert_no_error (error);
  assert_order (f, "carol");
  g_assert_cmpuint (linnet_session_get_unread_count (f->session), ==, 0);
  /* What is still held does nothing any more. */
  g_assert_null (linnet_conversation_send_text (conversation, "hi"));
}

static void
test_start (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) own = NULL;
  g_autoptr (GError) error = NULL;
  LinnetConversation *conversation;

  linnet_session_start_conversation_async (f->session, "Dora@example.org", NULL, on_done, &result);
  wait_until (result != NULL);
  conversation = linnet_session_start_conversation_finish (f->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (linnet_conversation_get_id (conversation), ==, "dora");
  assert_order (f, "dora|carol|bob");
  linnet_session_start_conversation_async (f->session, "alice", NULL, on_done, &own);
  wait_until (own != NULL);
  g_assert_null (linnet_session_start_conversation_finish (f->session, own, &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_LOCAL_SELF);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/models/conversation/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("row", test_row);
  ADD ("newest-first-in-one-move", test_newest_first_in_one_move);
  ADD ("unknown-sender-appears", test_unknown_sender_appears);
  ADD ("send", test_send);
  ADD ("retry", test_retry);
  ADD ("discard", test_discard);
  ADD ("mark-read", test_mark_read);
  ADD ("draft", test_draft);
  ADD ("draft-is-stored-after-a-rest", test_draft_is_stored_after_a_rest);
  ADD ("typing", test_typing);
  ADD ("open-places-the-divider", test_open_places_the_divider);
  ADD ("delete", test_delete);
  ADD ("start", test_start);
  return g_test_run ();
}
