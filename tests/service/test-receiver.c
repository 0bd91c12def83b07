/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "im-store-private.h"

static void
expect_position (SessionFixture *f, const char *expected)
{
  g_autofree char *position = session_fixture_dup_position (f);

  g_assert_cmpstr (position, ==, expected);
}

static void
test_a_message_with_a_known_archive_id_is_told_once (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", "a1", "hello");
  session_fixture_give_text (f, "m2", "a1", "hello");
  g_assert_cmpuint (session_fixture_count (f, "received", "hello"), ==, 1);
}

static void
test_a_message_with_a_known_origin_id_is_told_once (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "hello");
  session_fixture_give_text (f, "m1", "a1", "hello");
  g_assert_cmpuint (session_fixture_count (f, "received", "hello"), ==, 1);
}

static void
give_online_only (SessionFixture *f, const char *from, const char *id, const char *container)
{
  session_fixture_give (f,
                        "<message xmlns='jabber:client' type='chat' from='%s' "
                        "to='alice@example.org' id='%s'><body>%s</body>"
                        "<no-store xmlns='" XMPP_NS_HINTS "'/>%s</message>",
                        from, id, id, container);
}

static void
test_a_message_for_who_is_online_is_told_and_not_stored (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  give_online_only (f, "bob@example.org/phone", "now", SESSION_FIXTURE_LINNET);
  g_assert_cmpuint (session_fixture_count (f, "received", "now"), ==, 1);
  session_fixture_expect_history (f, "");
}

static void
test_a_message_that_another_client_wants_unstored_is_a_message (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  give_online_only (f, "bob@example.org/phone", "hello", "");
  g_assert_cmpuint (session_fixture_count (f, "received", "hello"), ==, 1);
  session_fixture_expect_history (f, "hello");
}

static void
test_an_archived_message_for_who_was_online_is_nothing (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  f->in_pages = "<no-store xmlns='" XMPP_NS_HINTS "'/>" SESSION_FIXTURE_LINNET;
  session_fixture_log_in (f);
  f->answers_archive = FALSE;
  fake_clock_advance (f->clock, 10000);
  session_fixture_turn (f);
  session_fixture_give_page (f, NULL, NULL, "a1", TRUE);
  g_assert_cmpuint (session_fixture_count (f, "received", "a1"), ==, 0);
  session_fixture_expect_history (f, "");
  expect_position (f, "a1");
}

/* Until the archive has been read once more, and live messages move the position. */
static void
log_in_and_wait (SessionFixture *f)
{
  session_fixture_log_in (f);
  fake_clock_advance (f->clock, 10000);
  session_fixture_turn (f);
}

static void
test_what_a_replaced_session_was_handed_comes_from_the_archive (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  f->answers_archive = FALSE;
  session_fixture_give_text (f, "m2", "a2", "a2");
  expect_position (f, NULL);
  fake_clock_advance (f->clock, 10000);
  session_fixture_turn (f);
  session_fixture_give_page (f, NULL, NULL, "a1 a2", TRUE);
  g_assert_cmpuint (session_fixture_count (f, "received", "a1"), ==, 1);
  g_assert_cmpuint (session_fixture_count (f, "received", "a2"), ==, 1);
  expect_position (f, "a2");
}

static void
test_the_position_follows_what_comes_live (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  log_in_and_wait (f);
  session_fixture_give_text (f, "m1", "a1", "hello");
  expect_position (f, "a1");
}

static void
test_the_position_waits_for_own_messages_on_their_way (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  log_in_and_wait (f);
  session_fixture_give_text (f, "m1", "a1", "hello");
  f->acknowledges = FALSE;
  session_fixture_send (f, "mine");
  session_fixture_give_text (f, "m2", "a2", "again");
  expect_position (f, "a1");
  session_fixture_acknowledge (f);
  session_fixture_give_text (f, "m3", "a3", "more");
  expect_position (f, "a3");
}

/* pages 0: no more than there are */
static void
limit_store (SessionFixture *f, guint pages)
{
  ImStore *store = im_session_get_store (f->session);
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %u", MAX (pages, 1));

  g_assert_cmpint (sqlite3_exec (store->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
test_the_position_is_not_moved_past_what_was_not_stored (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  g_autofree char *large = g_strnfill (100000, 'x');

  log_in_and_wait (f);
  session_fixture_give_text (f, "m1", "a1", "hello");
  session_fixture_expect_sent (f, "received:m1");
  f->answers_archive = FALSE;
  limit_store (f, 0);
  session_fixture_give_text (f, "m2", "a2", large);
  session_fixture_give_text (f, "m3", "a3", "small");
  expect_position (f, "a1");
  session_fixture_expect_sent (f, "");
  g_assert_cmpuint (session_fixture_count (f, "received", large), ==, 0);
  g_assert_cmpuint (session_fixture_count (f, "received", "small"), ==, 0);

  limit_store (f, 100000);
  fake_clock_advance (f->clock, 2000);
  session_fixture_turn (f);
  session_fixture_give_page (f, "a1", NULL, "a2 a3", TRUE);
  session_fixture_expect_sent (f, "received:id-a3");
  expect_position (f, "a3");
  g_assert_cmpuint (session_fixture_count (f, "received", "a2"), ==, 1);
}

static void
test_only_messages_of_others_are_acknowledged (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_give (f, "<message xmlns='jabber:client' from='alice@example.org' "
                           "to='alice@example.org/desktop'><sent xmlns='" XMPP_NS_CARBONS
                           "'><forwarded xmlns='" XMPP_NS_FORWARD
                           "'><message xmlns='jabber:client' from='alice@example.org/phone' "
                           "to='bob@example.org' type='chat' id='c1'><body>mine</body>"
                           "<request xmlns='" XMPP_NS_RECEIPTS
                           "'/></message></forwarded></sent></message>");
  g_assert_cmpuint (session_fixture_count (f, "received", "mine"), ==, 1);
  session_fixture_expect_sent (f, "");
  session_fixture_give_text (f, "m1", NULL, "hello");
  session_fixture_expect_sent (f, "received:m1");
}

static void
test_what_came_twice_is_acknowledged_once (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", "a1", "hello");
  session_fixture_give_text (f, "m1", "a1", "hello");
  session_fixture_expect_sent (f, "received:m1");
}

static void
test_what_is_repeated_is_acknowledged_again_and_told_once (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_give_linnet (f, "m1", "a1", "hello", NULL);
  session_fixture_expect_sent (f, "received:m1");
  session_fixture_give_linnet (f, "m1", "a2", "hello", "m0");
  session_fixture_expect_sent (f, "received:m1");
  g_assert_cmpuint (session_fixture_count (f, "received", "hello"), ==, 1);
  session_fixture_expect_history (f, "hello");
}

static void
expect_conversation (SessionFixture *f, const char *last, guint64 unread)
{
  g_autoptr (ImConv) conv
      = im_store_conversation_get (im_session_get_store (f->session), IM_CONV_C2C, "bob", NULL);
  const ImTextElem *elem = g_ptr_array_index (conv->last_msg->elems, 0);

  g_assert_cmpstr (elem->content, ==, last);
  g_assert_cmpuint (conv->unread_num, ==, unread);
}

static void
test_what_is_repeated_takes_the_place_where_it_was_sent (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_give_linnet (f, "m1", NULL, "one", NULL);
  session_fixture_give_linnet (f, "m4", NULL, "four", NULL);
  session_fixture_give_linnet (f, "m5", NULL, "five", NULL);
  session_fixture_give_linnet (f, "m2", NULL, "two", "m1");
  session_fixture_give_linnet (f, "m3", NULL, "three", "m2");
  session_fixture_expect_history (f, "one two three four five");
  expect_conversation (f, "five", 5);
  g_assert_cmpuint (session_fixture_count (f, "received", "two"), ==, 1);
}

static void
give_follower (SessionFixture *f, const char *id, const char *text, const char *previous)
{
  session_fixture_give (f,
                        "<message xmlns='jabber:client' type='chat' from='bob@example.org/phone' "
                        "to='alice@example.org/desktop' id='%s'><body>%s</body><origin-id "
                        "xmlns='" XMPP_NS_STANZA_IDS "' id='%s'/><tim xmlns='urn:linnet:tim:1'>"
                        "<previous id='%s'/></tim></message>",
                        id, text, id, previous);
}

static void
test_what_is_handed_over_late_stands_before_what_follows_it (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  give_follower (f, "m1", "one", "m0");
  give_follower (f, "m4", "four", "m3");
  session_fixture_send (f, "mine");
  give_follower (f, "m3", "three", "m2");
  give_follower (f, "m2", "two", "m1");
  give_follower (f, "m5", "five", "m4");
  session_fixture_expect_history (f, "one two three four mine five");
}

/* Only its own sender's word counts. */
static void
test_what_another_one_says_to_follow_it_does_not (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_give (
      f, "<message xmlns='jabber:client' from='alice@example.org'><sent xmlns='" XMPP_NS_CARBONS
         "'><forwarded xmlns='" XMPP_NS_FORWARD "'><message xmlns='jabber:client' type='chat' "
         "from='alice@example.org/phone' to='bob@example.org' id='mine'><body>mine</body>"
         "<origin-id xmlns='" XMPP_NS_STANZA_IDS "' id='mine'/><tim xmlns='urn:linnet:tim:1'>"
         "<previous id='m1'/></tim></message></forwarded></sent></message>");
  give_follower (f, "m1", "theirs", "m0");
  session_fixture_expect_history (f, "mine theirs");
}

static void
test_what_follows_something_unknown_comes_last (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_give_linnet (f, "m1", NULL, "one", NULL);
  session_fixture_send (f, "mine");
  session_fixture_give_linnet (f, "m3", NULL, "three", "m2");
  session_fixture_expect_history (f, "one mine three");
}

#define ADD(name, func) g_test_add_func ("/service/receiver/" name, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("an-online-message-is-not-stored", test_a_message_for_who_is_online_is_told_and_not_stored);
  ADD ("another-clients-no-store-is-a-message",
       test_a_message_that_another_client_wants_unstored_is_a_message);
  ADD ("an-archived-online-message-is-nothing",
       test_an_archived_message_for_who_was_online_is_nothing);
  ADD ("a-message-with-a-known-archive-id-is-told-once",
       test_a_message_with_a_known_archive_id_is_told_once);
  ADD ("a-message-with-a-known-origin-id-is-told-once",
       test_a_message_with_a_known_origin_id_is_told_once);
  ADD ("what-a-replaced-session-was-handed-comes-from-the-archive",
       test_what_a_replaced_session_was_handed_comes_from_the_archive);
  ADD ("the-position-follows-what-comes-live", test_the_position_follows_what_comes_live);
  ADD ("the-position-waits-for-own-messages-on-their-way",
       test_the_position_waits_for_own_messages_on_their_way);
  ADD ("the-position-is-not-moved-past-what-was-not-stored",
       test_the_position_is_not_moved_past_what_was_not_stored);
  ADD ("only-messages-of-others-are-acknowledged", test_only_messages_of_others_are_acknowledged);
  ADD ("what-came-twice-is-acknowledged-once", test_what_came_twice_is_acknowledged_once);
  ADD ("what-is-repeated-is-acknowledged-again-and-told-once",
       test_what_is_repeated_is_acknowledged_again_and_told_once);
  ADD ("what-is-handed-over-late-stands-before-what-follows-it",
       test_what_is_handed_over_late_stands_before_what_follows_it);
  ADD ("what-another-one-says-to-follow-it-does-not",
       test_what_another_one_says_to_follow_it_does_not);
  ADD ("what-is-repeated-takes-the-place-where-it-was-sent",
       test_what_is_repeated_takes_the_place_where_it_was_sent);
  ADD ("what-follows-something-unknown-comes-last", test_what_follows_something_unknown_comes_last);
  return g_test_run ();
}
