/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "im-history.h"
#include "im-job.h"
#include "im-json.h"
#include "xmpp-node.h"

static SessionFixture *
new_with_archive (void)
{
  SessionFixture *f = session_fixture_new ();

  f->answers_archive = FALSE;
  session_fixture_log_in (f);
  return f;
}

static void
give_page (SessionFixture *f, const char *after, const char *before, const char *ids, gboolean all)
{
  session_fixture_give_page (f, after, before, ids, all);
  session_fixture_turn (f);
}

static void
test_a_first_visit_puts_pages_in_the_order_of_time (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();

  give_page (f, NULL, "", "c d", FALSE);
  session_fixture_expect_history (f, "");
  give_page (f, NULL, "c", "a b", TRUE);
  session_fixture_expect_history (f, "a b c d");
  give_page (f, "d", NULL, "", TRUE);
  g_assert_true (im_session_is_online (f->session));
}

static void
test_a_first_visit_tells_each_message_once (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();

  give_page (f, NULL, "", "a b", TRUE);
  give_page (f, "b", NULL, "b c", TRUE);
  g_assert_cmpuint (session_fixture_count (f, "received", "a"), ==, 1);
  g_assert_cmpuint (session_fixture_count (f, "received", "b"), ==, 1);
  g_assert_cmpuint (session_fixture_count (f, "received", "c"), ==, 1);
}

static void
test_live_messages_wait_for_the_archive (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();

  session_fixture_give_text (f, "live", NULL, "live");
  g_assert_cmpuint (session_fixture_count (f, "received", "live"), ==, 0);
  give_page (f, NULL, "", "a b", TRUE);
  give_page (f, "b", NULL, "", TRUE);
  session_fixture_expect_history (f, "a b live");
  g_assert_cmpuint (session_fixture_count (f, "received", "live"), ==, 1);
}

/* A server may hand a message to the session that is replaced, after the archive was read, and the
 * next ones to the new session. */
static void
test_what_is_found_late_stands_where_the_archive_has_it (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();

  give_page (f, NULL, "", "a", TRUE);
  give_page (f, "a", NULL, "", TRUE);
  session_fixture_give_text (f, "d", "d", "d");
  session_fixture_give_text (f, "e", "e", "e");
  session_fixture_expect_history (f, "a d e");
  session_fixture_wait (f, 12);
  give_page (f, "a", NULL, "b c d e f", TRUE);
  session_fixture_expect_history (f, "a b c d e f");
  g_assert_cmpuint (session_fixture_count (f, "received", "b"), ==, 1);
  g_assert_cmpuint (session_fixture_count (f, "received", "d"), ==, 1);
}

static void
test_a_lost_session_ends_it_and_the_next_begins_anew (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();
  g_autofree char *position = NULL;

  give_page (f, NULL, "", "c d", FALSE);
  session_fixture_lose_session (f);
  position = session_fixture_dup_position (f);
  g_assert_null (position);
  session_fixture_expect_history (f, "");
  g_assert_false (im_session_is_online (f->session));
  give_page (f, NULL, "", "c d", FALSE);
  give_page (f, NULL, "c", "a b", TRUE);
  give_page (f, "d", NULL, "", TRUE);
  session_fixture_expect_history (f, "a b c d");
  g_assert_cmpuint (session_fixture_count (f, "received", "c"), ==, 1);
  g_assert_true (im_session_is_online (f->session));
}

static void
test_a_later_visit_goes_on_where_the_last_one_ended (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();

  give_page (f, NULL, "", "a b", TRUE);
  give_page (f, "b", NULL, "", TRUE);
  session_fixture_kill (f);
  session_fixture_log_in (f);
  give_page (f, "b", NULL, "c", FALSE);
  session_fixture_expect_history (f, "a b c");
  give_page (f, "c", NULL, "d", TRUE);
  give_page (f, "d", NULL, "", TRUE);
  session_fixture_expect_history (f, "a b c d");
  g_assert_cmpuint (session_fixture_count (f, "received", "c"), ==, 1);
}

static void
test_what_is_repeated_stands_where_it_was_sent (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();

  give_page (f, NULL, "", "a c b<a", TRUE);
  give_page (f, "b", NULL, "d f e<d", TRUE);
  session_fixture_expect_history (f, "a b c d e f");
}

static void
on_history (int32_t code, const char *desc, const char *json, const void *user_data)
{
  g_assert_cmpint (code, ==, 0);
}

static void
test_what_is_repeated_stands_there_in_old_pages_too (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();
  g_autoptr (ImJob) job = g_new0 (ImJob, 1);
  ImGetMsgListParam *param = im_json_new (&im_get_msg_list_param_type);

  give_page (f, NULL, "", "f", TRUE);
  give_page (f, "f", NULL, "", TRUE);
  param->count = 10;
  param->is_ramble = TRUE;
  job->call = im_call_new (f->events, on_history, NULL);
  job->conv_type = IM_CONV_C2C;
  job->conv_id = g_strdup ("bob");
  job->param = param;
  im_history_get (f->session, job);
  session_fixture_turn (f);
  give_page (f, NULL, "f", "a d b<a c<b e<d", TRUE);
  session_fixture_expect_history (f, "a b c d e f");
}

static void
catch_up_with (SessionFixture *f, const char *in_pages, const char *ids)
{
  give_page (f, NULL, "", "a", TRUE);
  give_page (f, "a", NULL, "", TRUE);
  f->in_pages = in_pages;
  session_fixture_lose_session (f);
  give_page (f, "a", NULL, ids, TRUE);
  give_page (f, NULL, NULL, "", TRUE);
}

static void
test_each_message_gets_a_receipt_that_says_no_more (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();
  XmppStanza *receipts;

  catch_up_with (f, SESSION_FIXTURE_LINNET, "b c d");
  receipts = g_queue_peek_head (&f->messages);
  g_assert_nonnull (xmpp_node_child (xmpp_stanza_get_root (receipts), "exact", "urn:linnet:tim:1"));
  session_fixture_expect_sent (f, "received:id-d,id-c,id-b");
}

static void
test_receipts_come_in_messages_of_a_hundred (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();
  g_autoptr (GString) ids = g_string_new ("m1");
  g_autoptr (GString) first = g_string_new ("received:id-m100");
  g_autoptr (GString) second = g_string_new ("received:id-m150");

  for (guint i = 2; i <= 150; i++)
    g_string_append_printf (ids, " m%u", i);
  for (guint i = 99; i > 0; i--)
    g_string_append_printf (first, ",id-m%u", i);
  for (guint i = 149; i > 100; i--)
    g_string_append_printf (second, ",id-m%u", i);
  catch_up_with (f, SESSION_FIXTURE_LINNET, ids->str);
  g_string_append_printf (first, " %s", second->str);
  session_fixture_expect_sent (f, first->str);
}

static void
test_other_clients_get_one_receipt_in_a_message (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();
  XmppStanza *receipt;

  catch_up_with (f, "", "b c d");
  receipt = g_queue_peek_head (&f->messages);
  g_assert_null (xmpp_node_child (xmpp_stanza_get_root (receipt), "exact", "urn:linnet:tim:1"));
  session_fixture_expect_sent (f, "received:id-d");
}

#define ADD(name, func) g_test_add_func ("/service/sync/" name, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-first-visit-puts-pages-in-the-order-of-time",
       test_a_first_visit_puts_pages_in_the_order_of_time);
  ADD ("a-first-visit-tells-each-message-once", test_a_first_visit_tells_each_message_once);
  ADD ("live-messages-wait-for-the-archive", test_live_messages_wait_for_the_archive);
  ADD ("what-is-found-late-stands-where-the-archive-has-it",
       test_what_is_found_late_stands_where_the_archive_has_it);
  ADD ("a-lost-session-ends-it-and-the-next-begins-anew",
       test_a_lost_session_ends_it_and_the_next_begins_anew);
  ADD ("a-later-visit-goes-on-where-the-last-one-ended",
       test_a_later_visit_goes_on_where_the_last_one_ended);
  ADD ("what-is-repeated-stands-where-it-was-sent", test_what_is_repeated_stands_where_it_was_sent);
  ADD ("what-is-repeated-stands-there-in-old-pages-too",
       test_what_is_repeated_stands_there_in_old_pages_too);
  ADD ("each-message-gets-a-receipt-that-says-no-more",
       test_each_message_gets_a_receipt_that_says_no_more);
  ADD ("receipts-come-in-messages-of-a-hundred", test_receipts_come_in_messages_of_a_hundred);
  ADD ("other-clients-get-one-receipt-in-a-message",
       test_other_clients_get_one_receipt_in_a_message);
  return g_test_run ();
}
