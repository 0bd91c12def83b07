/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"
#include "linnet-session.h"
#include "models-test.h"

#define NOW (g_get_real_time () / G_USEC_PER_SEC)

typedef struct
{
  FakeBackend *backend;
  LinnetSession *session;
  LinnetAccount *account;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->backend = fake_backend_new ();
  fake_backend_add_message (f->backend, "bob", "bob", "hello", NOW - 100);
  f->session = linnet_session_new (LINNET_BACKEND (f->backend));
  f->account = linnet_account_new ("alice@example.org", "secret");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  settle_down ();
  g_clear_object (&f->result);
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->backend);
  linnet_account_free (f->account);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  g_set_object (&f->result, result);
}

static gboolean
sign_in (Fixture *f, GError **error)
{
  g_clear_object (&f->result);
  linnet_session_sign_in_async (f->session, f->account, NULL, on_done, f);
  wait_until (f->result != NULL);
  return linnet_session_sign_in_finish (f->session, f->result, error);
}

static guint
n_conversations (Fixture *f)
{
  return linnet_conversation_list_get_n_items (linnet_session_get_conversations (f->session));
}

static LinnetPhaseState
phase_state (Fixture *f, guint line)
{
  g_autoptr (LinnetPhase) phase
      = g_list_model_get_item (linnet_session_get_phases (f->session), line);

  return linnet_phase_get_state (phase);
}

static void
test_sign_in (Fixture *f, gconstpointer data)
{
  g_autoptr (LinnetPhase) found = g_list_model_get_item (linnet_session_get_phases (f->session), 0);
  g_autoptr (GError) error = NULL;

  fake_backend_hold (f->backend, TRUE);
  linnet_session_sign_in_async (f->session, f->account, NULL, on_done, f);
  g_assert_cmpint (linnet_session_get_state (f->session), ==, LINNET_SESSION_SIGNING_IN);
  g_assert_cmpstr (linnet_phase_get_text (found), ==, "Server found: chat.example.org");
  g_assert_cmpint (phase_state (f, 0), ==, LINNET_PHASE_DONE);
  g_assert_cmpint (phase_state (f, 1), ==, LINNET_PHASE_NOW);
  g_assert_cmpint (phase_state (f, 2), ==, LINNET_PHASE_TO_COME);
  fake_backend_hold (f->backend, FALSE);
  wait_until (f->result != NULL);
  g_assert_true (linnet_session_sign_in_finish (f->session, f->result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (linnet_session_get_state (f->session), ==, LINNET_SESSION_SIGNED_IN);
  g_assert_cmpint (phase_state (f, 3), ==, LINNET_PHASE_DONE);
  g_assert_cmpstr (linnet_session_get_user_id (f->session), ==, "alice");
  wait_until (n_conversations (f) == 1);
  g_assert_cmpint (linnet_conversation_list_get_load_state (
                       linnet_session_get_conversations (f->session)),
                   ==, LINNET_LOAD_IDLE);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fake_backend_fail_sign_in (f->backend, LINNET_ERROR_WRONG_PASSWORD, "not-authorized");
  g_assert_false (sign_in (f, &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_WRONG_PASSWORD);
  g_assert_cmpint (linnet_session_get_state (f->session), ==, LINNET_SESSION_SIGNED_OUT);
  g_assert_cmpint (linnet_session_get_error (f->session)->code, ==, LINNET_ERROR_WRONG_PASSWORD);
  g_assert_cmpstr (linnet_session_get_account (f->session)->address, ==, "alice@example.org");
  g_assert_true (sign_in (f, NULL));
  g_assert_null (linnet_session_get_error (f->session));
}

static void
test_checked_first (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  linnet_account_free (f->account);
  f->account = linnet_account_new ("alice", "secret");
  g_assert_false (sign_in (f, &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_LOCAL_ADDRESS);
  g_assert_cmpuint (fake_backend_get_log (f->backend)->len, ==, 0);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  fake_backend_hold (f->backend, TRUE);
  linnet_session_sign_in_async (f->session, f->account, cancellable, on_done, f);
  g_cancellable_cancel (cancellable);
  fake_backend_hold (f->backend, FALSE);
  wait_until (f->result != NULL);
  g_assert_false (linnet_session_sign_in_finish (f->session, f->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (linnet_session_get_state (f->session), ==, LINNET_SESSION_SIGNED_OUT);
  g_assert_null (linnet_session_get_error (f->session));
}

static void
test_resume_shows_the_store_first (Fixture *f, gconstpointer data)
{
  fake_backend_hold (f->backend, TRUE);
  linnet_session_resume (f->session, f->account);
  g_assert_cmpint (linnet_session_get_state (f->session), ==, LINNET_SESSION_SIGNED_IN);
  g_assert_cmpstr (linnet_session_get_subtitle (f->session), ==, "Connecting…");
  wait_until (n_conversations (f) == 1);
  g_assert_cmpint (linnet_session_get_connection (f->session), ==, LINNET_CONNECTION_CONNECTING);
  fake_backend_hold (f->backend, FALSE);
  wait_until (linnet_session_get_connection (f->session) == LINNET_CONNECTION_ONLINE);
  g_assert_null (linnet_session_get_subtitle (f->session));
}

static void
test_resume_tries_again (Fixture *f, gconstpointer data)
{
  fake_backend_fail_sign_in (f->backend, LINNET_ERROR_NO_NETWORK, "");
  linnet_session_resume (f->session, f->account);
  wait_until (linnet_session_get_connection (f->session) == LINNET_CONNECTION_FAILED);
  g_assert_cmpint (linnet_session_get_state (f->session), ==, LINNET_SESSION_SIGNED_IN);
  wait_until (linnet_session_get_banner (f->session) == LINNET_BANNER_OFFLINE);
  g_assert_cmpstr (linnet_session_get_banner_text (f->session), ==,
                   "Working offline — messages will be sent when you are back");
  linnet_session_retry_now (f->session);
  wait_until (linnet_session_get_connection (f->session) == LINNET_CONNECTION_ONLINE);
  g_assert_cmpint (linnet_session_get_banner (f->session), ==, LINNET_BANNER_NONE);
}

static void
test_resume_with_void_password (Fixture *f, gconstpointer data)
{
  fake_backend_fail_sign_in (f->backend, LINNET_ERROR_TOKEN_EXPIRED, "");
  linnet_session_resume (f->session, f->account);
  wait_until (linnet_session_get_state (f->session) == LINNET_SESSION_EXPIRED);
  g_assert_cmpstr (linnet_session_get_banner_action (f->session), ==, "Sign In");
  wait_until (n_conversations (f) == 1);
}

static void
test_kicked_and_use_here (Fixture *f, gconstpointer data)
{
  g_assert_true (sign_in (f, NULL));
  wait_until (n_conversations (f) == 1);
  linnet_backend_emit_kicked (LINNET_BACKEND (f->backend));
  g_assert_cmpint (linnet_session_get_state (f->session), ==, LINNET_SESSION_KICKED);
  g_assert_cmpint (linnet_session_get_banner (f->session), ==, LINNET_BANNER_KICKED);
  g_assert_cmpstr (linnet_session_get_banner_action (f->session), ==, "Use Here");
  g_assert_cmpuint (n_conversations (f), ==, 1);
  linnet_session_use_here (f->session);
  wait_until (linnet_session_get_connection (f->session) == LINNET_CONNECTION_ONLINE);
  g_assert_cmpint (linnet_session_get_state (f->session), ==, LINNET_SESSION_SIGNED_IN);
  g_assert_cmpuint (fake_backend_count (f->backend, "sign-in alice@example.org"), ==, 2);
}

static void
test_expired_then_signed_in_again (Fixture *f, gconstpointer data)
{
  LinnetConversation *conversation;

  g_assert_true (sign_in (f, NULL));
  wait_until (n_conversations (f) == 1);
  conversation = linnet_session_get_conversation (f->session, "c2c:bob");
  linnet_backend_emit_session_expired (LINNET_BACKEND (f->backend));
  g_assert_cmpint (linnet_session_get_state (f->session), ==, LINNET_SESSION_EXPIRED);
  g_assert_true (sign_in (f, NULL));
  settle_down ();
  /* Nothing on screen was lost. */
  g_assert_true (linnet_session_get_conversation (f->session, "c2c:bob") == conversation);
}

static void
test_sign_out (Fixture *f, gconstpointer data)
{
  g_assert_true (sign_in (f, NULL));
  wait_until (n_conversations (f) == 1);
  linnet_conversation_set_draft (linnet_session_get_conversation (f->session, "c2c:bob"), "te");
  g_clear_object (&f->result);
  linnet_session_sign_out_async (f->session, on_done, f);
  wait_until (f->result != NULL);
  g_assert_true (linnet_session_sign_out_finish (f->session, f->result, NULL));
  g_assert_cmpuint (fake_backend_count (f->backend, "draft bob te"), ==, 1);
  g_assert_cmpint (linnet_session_get_state (f->session), ==, LINNET_SESSION_SIGNED_OUT);
  g_assert_cmpuint (n_conversations (f), ==, 0);
  g_assert_cmpstr (linnet_session_get_account (f->session)->password, ==, "");
  /* What comes late reaches nobody. */
  fake_backend_receive (f->backend, "bob", "bob", "late", NOW);
  g_assert_cmpuint (n_conversations (f), ==, 0);
}

static void
test_other_person (Fixture *f, gconstpointer data)
{
  g_assert_true (sign_in (f, NULL));
  wait_until (n_conversations (f) == 1);
  linnet_backend_emit_kicked (LINNET_BACKEND (f->backend));
  linnet_account_free (f->account);
  f->account = linnet_account_new ("mina@example.org", "secret");
  fake_backend_hold (f->backend, TRUE);
  linnet_session_sign_in_async (f->session, f->account, NULL, on_done, f);
  g_assert_cmpuint (n_conversations (f), ==, 0);
  fake_backend_hold (f->backend, FALSE);
  wait_until (linnet_session_get_state (f->session) == LINNET_SESSION_SIGNED_IN);
  g_assert_cmpstr (linnet_session_get_display_name (f->session), ==, "mina");
}

static void
on_arrived (LinnetSession *session,
            LinnetConversation *conversation,
            LinnetMessage *message,
            GString *log)
{
  g_string_append_printf (log, "%s: %s|", linnet_conversation_get_name (conversation),
                          linnet_message_get_text (message));
}

static void
on_read (LinnetSession *session, LinnetConversation *conversation, GString *log)
{
  g_string_append_printf (log, "%s read|", linnet_conversation_get_name (conversation));
}

static void
test_arrivals (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (f->session, "message-arrived", G_CALLBACK (on_arrived), log);
  g_signal_connect (f->session, "message-read", G_CALLBACK (on_read), log);
  g_assert_true (sign_in (f, NULL));
  wait_until (n_conversations (f) == 1);
  fake_backend_receive (f->backend, "bob", "bob", "hi", NOW);
  fake_backend_receive (f->backend, "bob", NULL, "from my phone", NOW);
  linnet_conversation_mark_read (linnet_session_get_conversation (f->session, "c2c:bob"), NULL);
  g_assert_cmpstr (log->str, ==, "bob: hi|bob read|");
}

static void
test_short_interruption_shows_no_banner (Fixture *f, gconstpointer data)
{
  g_assert_true (sign_in (f, NULL));
  linnet_backend_emit_connection_changed (LINNET_BACKEND (f->backend), LINNET_CONNECTION_OFFLINE,
                                          "", 0, "");
  g_assert_cmpint (linnet_session_get_banner (f->session), ==, LINNET_BANNER_NONE);
  linnet_backend_emit_connection_changed (LINNET_BACKEND (f->backend), LINNET_CONNECTION_CONNECTING,
                                          LINNET_PHASE_FETCHING, 0, "");
  g_assert_cmpstr (linnet_session_get_subtitle (f->session), ==, "Updating…");
  linnet_backend_emit_connection_changed (LINNET_BACKEND (f->backend), LINNET_CONNECTION_ONLINE, "",
                                          0, "");
  g_assert_cmpint (linnet_session_get_banner (f->session), ==, LINNET_BANNER_NONE);
}

static void
test_register (Fixture *f, gconstpointer data)
{
  g_autoptr (LinnetForm) form = NULL;

  linnet_session_fetch_form_async (f->session, f->account, NULL, on_done, f);
  wait_until (f->result != NULL);
  form = linnet_session_fetch_form_finish (f->session, f->result, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (form)), ==, 2);
  g_assert_cmpstr (linnet_form_get_missing (form), ==, "Name");
  linnet_form_field_set_value (linnet_form_find (form, "username"), "alice");
  linnet_form_field_set_value (linnet_form_find (form, "password"), "secret");
  g_assert_null (linnet_form_get_missing (form));
  g_clear_object (&f->result);
  linnet_session_register_async (f->session, f->account, form, NULL, on_done, f);
  wait_until (f->result != NULL);
  g_assert_true (linnet_session_register_finish (f->session, f->result, NULL));
  g_assert_cmpuint (fake_backend_count (f->backend, "register alice@example.org"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/models/session/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("sign-in", test_sign_in);
  ADD ("refused", test_refused);
  ADD ("checked-first", test_checked_first);
  ADD ("cancel", test_cancel);
  ADD ("resume-shows-the-store-first", test_resume_shows_the_store_first);
  ADD ("resume-tries-again", test_resume_tries_again);
  ADD ("resume-with-void-password", test_resume_with_void_password);
  ADD ("kicked-and-use-here", test_kicked_and_use_here);
  ADD ("expired-then-signed-in-again", test_expired_then_signed_in_again);
  ADD ("sign-out", test_sign_out);
  ADD ("other-person", test_other_person);
  ADD ("arrivals", test_arrivals);
  ADD ("short-interruption-shows-no-banner", test_short_interruption_shows_no_banner);
  ADD ("register", test_register);
  return g_test_run ();
}
