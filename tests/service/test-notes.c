/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "im-receipts.h"

static void
test_a_receipt_is_kept_until_it_has_settled (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "hello");
  session_fixture_expect_sent (f, "received:m1");
  session_fixture_lose_session (f);
  session_fixture_expect_sent (f, "received:m1");
  fake_clock_advance (f->clock, 20000);
  session_fixture_turn (f);
  session_fixture_lose_session (f);
  session_fixture_expect_sent (f, "");
}

static void
test_a_note_that_was_not_acknowledged_does_not_settle (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  f->acknowledges = FALSE;
  session_fixture_give_text (f, "m1", NULL, "hello");
  session_fixture_expect_sent (f, "received:m1");
  fake_clock_advance (f->clock, 20000);
  session_fixture_turn (f);
  session_fixture_lose_session (f);
  session_fixture_expect_sent (f, "received:m1");
}

static void
test_a_displayed_marker_is_kept_through_a_restart (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_cut (f);
  im_notes_add (im_session_get_notes (f->session), "bob", "m1");
  session_fixture_kill (f);
  session_fixture_log_in (f);
  session_fixture_expect_sent (f, "displayed:m1");
}

/* One that the server has had for a while, of m1. */
static SessionFixture *
new_with_marker (void)
{
  SessionFixture *f = session_fixture_new ();

  session_fixture_log_in (f);
  im_notes_add (im_session_get_notes (f->session), "bob", "m1");
  im_notes_flush (im_session_get_notes (f->session));
  session_fixture_expect_sent (f, "displayed:m1");
  session_fixture_wait (f, 21);
  return f;
}

/* As a server loses messages. */
static void
test_a_displayed_marker_is_repeated_once_when_the_device_is_heard (void)
{
  g_autoptr (SessionFixture) f = new_with_marker ();

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%u", i);
      g_autofree char *sent = g_strdup_printf ("received:t%u%s", i, i == 0 ? " displayed:m1" : "");

      session_fixture_give_linnet (f, id, NULL, id, NULL);
      session_fixture_wait (f, 21);
      session_fixture_expect_sent (f, sent);
    }
}

static void
test_a_displayed_marker_is_not_repeated_for_other_clients (void)
{
  g_autoptr (SessionFixture) f = new_with_marker ();

  session_fixture_give_text (f, "t", NULL, "t");
  session_fixture_wait (f, 21);
  session_fixture_expect_sent (f, "received:t");
}

static void
test_the_last_note_speaks_for_its_conversation (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  ImNotes *notes;

  session_fixture_log_in (f);
  session_fixture_cut (f);
  notes = im_session_get_notes (f->session);
  im_notes_add (notes, "bob", "m1");
  im_notes_add (notes, "bob", "m2");
  session_fixture_reconnect (f);
  session_fixture_expect_sent (f, "displayed:m2");
}

static void
test_a_receipt_whose_transaction_failed_is_not_sent (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  ImReceipts *receipts;
  ImStore *store;

  session_fixture_log_in (f);
  session_fixture_cut (f);
  receipts = im_session_get_receipts (f->session);
  store = im_session_get_store (f->session);
  im_receipts_add (receipts, "bob@example.org", "kept", FALSE);
  g_assert_true (im_store_begin (store, NULL));
  im_receipts_add (receipts, "carol@example.org", "lost", FALSE);
  im_store_rollback (store);
  session_fixture_reconnect (f);
  session_fixture_expect_sent (f, "received:kept");
}

static void
test_a_receipt_is_kept_through_a_restart (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  f->acknowledges = FALSE;
  session_fixture_give_linnet (f, "m1", NULL, "one", NULL);
  session_fixture_give_linnet (f, "m2", NULL, "two", NULL);
  session_fixture_expect_sent (f, "received:m1 received:m2");
  session_fixture_kill (f);
  session_fixture_log_in (f);
  session_fixture_expect_sent (f, "received:m2,m1");
}

#define ADD(name, func) g_test_add_func ("/service/notes/" name, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-receipt-is-kept-until-it-has-settled", test_a_receipt_is_kept_until_it_has_settled);
  ADD ("a-note-that-was-not-acknowledged-does-not-settle",
       test_a_note_that_was_not_acknowledged_does_not_settle);
  ADD ("a-displayed-marker-is-kept-through-a-restart",
       test_a_displayed_marker_is_kept_through_a_restart);
  ADD ("a-displayed-marker-is-repeated-once-when-the-device-is-heard",
       test_a_displayed_marker_is_repeated_once_when_the_device_is_heard);
  ADD ("a-displayed-marker-is-not-repeated-for-other-clients",
       test_a_displayed_marker_is_not_repeated_for_other_clients);
  ADD ("the-last-note-speaks-for-its-conversation", test_the_last_note_speaks_for_its_conversation);
  ADD ("a-receipt-whose-transaction-failed-is-not-sent",
       test_a_receipt_whose_transaction_failed_is_not_sent);
  ADD ("a-receipt-is-kept-through-a-restart", test_a_receipt_is_kept_through_a_restart);
  return g_test_run ();
}
