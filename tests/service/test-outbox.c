/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "im-store-private.h"
#include "xmpp-node.h"

#define ANSWERED(f, code) session_fixture_count (f, "answer", code)

static void
refuse (SessionFixture *f, const char *from, const char *id)
{
  session_fixture_give (f,
                        "<message xmlns='jabber:client' type='error' from='%s' id='%s'>"
                        "<error type='cancel'><service-unavailable xmlns='" XMPP_NS_STANZAS
                        "'/></error></message>",
                        from, id);
}

static void
test_sends_what_waited_in_order (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_cut (f);
  session_fixture_send (f, "one");
  session_fixture_send (f, "two");
  session_fixture_expect_sent (f, "");
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 0);
  session_fixture_reconnect (f);
  session_fixture_expect_sent (f, "one two");
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 2);
}

static void
test_answers_once_acknowledged (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  f->acknowledges = FALSE;
  session_fixture_send (f, "one");
  session_fixture_expect_sent (f, "one");
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 0);
  session_fixture_acknowledge (f);
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 1);
}

static void
test_forgets_what_has_settled (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_send (f, "one");
  fake_clock_advance (f->clock, 9000);
  session_fixture_turn (f);
  session_fixture_expect_outbox (f, "one");
  fake_clock_advance (f->clock, 11000);
  session_fixture_turn (f);
  session_fixture_expect_outbox (f, "");
  session_fixture_expect_sent (f, "one");
  session_fixture_lose_session (f);
  session_fixture_expect_sent (f, "");
}

static void
test_repeats_what_is_in_doubt_and_tells_it_once (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_send (f, "one");
  session_fixture_expect_sent (f, "one");
  session_fixture_lose_session (f);
  session_fixture_expect_sent (f, "one");
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 1);
  g_assert_cmpuint (session_fixture_count (f, "updated", "one"), ==, 0);
}

static void
test_what_is_in_doubt_goes_first_and_in_order (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_send (f, "one");
  session_fixture_send (f, "two");
  session_fixture_expect_sent (f, "one two");
  session_fixture_cut (f);
  session_fixture_send (f, "three");
  session_fixture_reconnect (f);
  session_fixture_expect_sent (f, "one two three");
}

static void
test_what_is_in_doubt_survives_a_restart (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_send (f, "one");
  session_fixture_kill (f);
  session_fixture_log_in (f);
  session_fixture_expect_sent (f, "one");
  g_assert_cmpuint (session_fixture_count (f, "updated", "one"), ==, 0);
}

static void
test_a_message_that_waited_through_a_restart_is_told_as_updated (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_cut (f);
  session_fixture_send (f, "one");
  session_fixture_kill (f);
  session_fixture_log_in (f);
  session_fixture_expect_sent (f, "one");
  g_assert_cmpuint (session_fixture_count (f, "updated", "one"), ==, 1);
}

static void
test_a_receipt_takes_the_doubt (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  g_autofree char *id = NULL;

  session_fixture_log_in (f);
  id = session_fixture_dup_id (f, session_fixture_send (f, "one"));
  session_fixture_expect_sent (f, "one");
  session_fixture_give_receipt (f, id, FALSE);
  session_fixture_lose_session (f);
  session_fixture_expect_sent (f, "");
  session_fixture_expect_outbox (f, "");
}

static void
test_what_was_lost_often_goes_alone_and_fails_at_last (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  f->acknowledges = FALSE;
  session_fixture_send (f, "one");
  session_fixture_send (f, "two");
  session_fixture_expect_sent (f, "one two");
  session_fixture_lose_session (f);
  session_fixture_expect_sent (f, "one two");
  for (guint attempt = 3; attempt <= 5; attempt++)
    {
      session_fixture_lose_session (f);
      session_fixture_expect_sent (f, "one");
    }
  g_assert_cmpuint (ANSWERED (f, "9520"), ==, 0);
  f->acknowledges = TRUE;
  session_fixture_lose_session (f);
  session_fixture_expect_sent (f, "two");
  session_fixture_expect_outbox (f, "two");
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 1);
}

static void
test_a_deleted_message_answers_its_call (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  gint64 row_id;

  session_fixture_log_in (f);
  session_fixture_cut (f);
  row_id = session_fixture_send (f, "one");
  g_assert_true (im_store_message_delete (im_session_get_store (f->session), row_id, NULL));
  im_outbox_remove_deleted (im_session_get_outbox (f->session));
  g_assert_cmpuint (ANSWERED (f, "8021"), ==, 1);
  session_fixture_reconnect (f);
  session_fixture_expect_sent (f, "");
}

static void
test_what_waits_can_be_cancelled_and_what_was_sent_not (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  gint64 sent, waits;

  session_fixture_log_in (f);
  f->acknowledges = FALSE;
  sent = session_fixture_send (f, "sent");
  session_fixture_expect_sent (f, "sent");
  session_fixture_cut (f);
  waits = session_fixture_send (f, "waits");
  g_assert_false (im_outbox_cancel (im_session_get_outbox (f->session), sent));
  g_assert_true (im_outbox_cancel (im_session_get_outbox (f->session), waits));
  g_assert_cmpuint (ANSWERED (f, "8021"), ==, 1);
  session_fixture_reconnect (f);
  session_fixture_expect_sent (f, "sent");
}

static void
test_only_the_right_one_may_refuse (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  g_autofree char *id = NULL;

  session_fixture_log_in (f);
  f->acknowledges = FALSE;
  id = session_fixture_dup_id (f, session_fixture_send (f, "one"));
  refuse (f, "mallory@example.net", id);
  g_assert_cmpuint (session_fixture_count (f, "answer", "one"), ==, 0);
  session_fixture_expect_outbox (f, "one");
  refuse (f, "bob@example.org/phone", id);
  session_fixture_expect_outbox (f, "");
  session_fixture_acknowledge (f);
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 0);
  g_assert_cmpuint (session_fixture_count (f, "updated", "one"), ==, 1);
}

static void
test_may_be_refused_after_it_was_acknowledged (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  g_autofree char *id = NULL;

  session_fixture_log_in (f);
  id = session_fixture_dup_id (f, session_fixture_send (f, "one"));
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 1);
  session_fixture_expect_sent (f, "one");
  refuse (f, "example.org", id);
  g_assert_cmpuint (session_fixture_count (f, "updated", "one"), ==, 1);
  session_fixture_lose_session (f);
  session_fixture_expect_sent (f, "");
}

/* There is no room, or there is again. */
static void
set_full (SessionFixture *f, gboolean full)
{
  ImStore *store = im_session_get_store (f->session);

  g_assert_cmpint (sqlite3_exec (store->db,
                                 full ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0", NULL,
                                 NULL, NULL),
                   ==, SQLITE_OK);
}

static void
wait_for_room (SessionFixture *f)
{
  set_full (f, FALSE);
  session_fixture_wait (f, 40);
}

static void
test_an_acknowledgement_without_room_is_told_later_and_nothing_is_sent_twice (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  f->acknowledges = FALSE;
  session_fixture_send (f, "one");
  session_fixture_expect_sent (f, "one");
  set_full (f, TRUE);
  session_fixture_acknowledge (f);
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 0);
  wait_for_room (f);
  session_fixture_expect_sent (f, "");
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 1);
  session_fixture_expect_outbox (f, "");
}

static void
test_a_refusal_without_room_is_told_later (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  g_autofree char *waiting = NULL;
  g_autofree char *sent = NULL;

  session_fixture_log_in (f);
  sent = session_fixture_dup_id (f, session_fixture_send (f, "sent"));
  f->acknowledges = FALSE;
  waiting = session_fixture_dup_id (f, session_fixture_send (f, "waiting"));
  session_fixture_expect_sent (f, "sent waiting");
  set_full (f, TRUE);
  refuse (f, "bob@example.org/phone", sent);
  refuse (f, "bob@example.org/phone", waiting);
  g_assert_cmpuint (session_fixture_count (f, "updated", "sent"), ==, 0);
  wait_for_room (f);
  session_fixture_expect_sent (f, "");
  g_assert_cmpuint (session_fixture_count (f, "updated", "sent"), ==, 1);
  g_assert_cmpuint (session_fixture_count (f, "updated", "waiting"), ==, 1);
  g_assert_cmpuint (ANSWERED (f, "0"), ==, 1);
  session_fixture_expect_outbox (f, "");
}

static void
test_a_refusal_of_what_has_settled_is_told_later (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  g_autofree char *id = NULL;

  session_fixture_log_in (f);
  id = session_fixture_dup_id (f, session_fixture_send (f, "one"));
  wait_for_room (f);
  session_fixture_expect_outbox (f, "");
  set_full (f, TRUE);
  refuse (f, "bob@example.org/phone", id);
  g_assert_cmpuint (session_fixture_count (f, "updated", "one"), ==, 0);
  wait_for_room (f);
  g_assert_cmpuint (session_fixture_count (f, "updated", "one"), ==, 1);
}

static void
test_each_says_what_was_written_before_it (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  const char *previous = NULL;

  session_fixture_log_in (f);
  f->acknowledges = FALSE;
  for (guint i = 0; i < 3; i++)
    session_fixture_send (f, "text");
  g_assert_cmpuint (f->messages.length, ==, 3);
  for (GList *link = f->messages.head; link != NULL; link = link->next)
    {
      const xmlNode *root = xmpp_stanza_get_root (link->data);
      const xmlNode *tim = xmpp_node_child (root, "tim", "urn:linnet:tim:1");
      const xmlNode *said = xmpp_node_child (tim, "previous", "urn:linnet:tim:1");

      g_assert_cmpstr (said != NULL ? xmpp_node_attr (said, "id") : NULL, ==, previous);
      previous = xmpp_stanza_get_id (link->data);
    }
}

#define ADD(name, func) g_test_add_func ("/service/outbox/" name, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sends-what-waited-in-order", test_sends_what_waited_in_order);
  ADD ("answers-once-acknowledged", test_answers_once_acknowledged);
  ADD ("forgets-what-has-settled", test_forgets_what_has_settled);
  ADD ("repeats-what-is-in-doubt-and-tells-it-once",
       test_repeats_what_is_in_doubt_and_tells_it_once);
  ADD ("what-is-in-doubt-goes-first-and-in-order", test_what_is_in_doubt_goes_first_and_in_order);
  ADD ("what-is-in-doubt-survives-a-restart", test_what_is_in_doubt_survives_a_restart);
  ADD ("a-message-that-waited-through-a-restart-is-told-as-updated",
       test_a_message_that_waited_through_a_restart_is_told_as_updated);
  ADD ("a-receipt-takes-the-doubt", test_a_receipt_takes_the_doubt);
  ADD ("what-was-lost-often-goes-alone-and-fails-at-last",
       test_what_was_lost_often_goes_alone_and_fails_at_last);
  ADD ("a-deleted-message-answers-its-call", test_a_deleted_message_answers_its_call);
  ADD ("what-waits-can-be-cancelled-and-what-was-sent-not",
       test_what_waits_can_be_cancelled_and_what_was_sent_not);
  ADD ("only-the-right-one-may-refuse", test_only_the_right_one_may_refuse);
  ADD ("may-be-refused-after-it-was-acknowledged", test_may_be_refused_after_it_was_acknowledged);
  ADD ("an-acknowledgement-without-room-is-told-later-and-nothing-is-sent-twice",
       test_an_acknowledgement_without_room_is_told_later_and_nothing_is_sent_twice);
  ADD ("a-refusal-without-room-is-told-later", test_a_refusal_without_room_is_told_later);
  ADD ("a-refusal-of-what-has-settled-is-told-later",
       test_a_refusal_of_what_has_settled_is_told_later);
  ADD ("each-says-what-was-written-before-it", test_each_says_what_was_written_before_it);
  return g_test_run ();
}
