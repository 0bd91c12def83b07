/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server lost arrives all the same, once and in its place; and nobody can make us shout. */
#include "session-fixture.h"

#include "xmpp-node.h"

/* Longer than a receipt may be on its way. */
#define A_WHILE 9 /* seconds */
/* And longer than the archive is read once more after a login. */
#define AFTER_LOGIN 19
/* Longer than a device is waited for, and then a receipt. */
#define ASKED 26
#define N_SENT 5

typedef struct
{
  SessionFixture *f;
  char *ids[N_SENT]; /* of "0", "1", … */
} Talk;

/* They are sent, acknowledged, and no longer in doubt. Bob's device says so when it is asked; NULL:
 * it is away. */
static Talk *
talk_new_with (const char *bob_says)
{
  Talk *talk = g_new0 (Talk, 1);

  talk->f = session_fixture_new ();
  talk->f->bob_is_there = bob_says != NULL;
  talk->f->bob_says = bob_says != NULL ? bob_says : "";
  session_fixture_log_in (talk->f);
  for (guint i = 0; i < N_SENT; i++)
    {
      const char text[] = { (char) ('0' + i), '\0' };

      talk->ids[i] = session_fixture_dup_id (talk->f, session_fixture_send (talk->f, text));
    }
  session_fixture_expect_sent (talk->f, "0 1 2 3 4");
  session_fixture_wait (talk->f, 20);
  session_fixture_expect_outbox (talk->f, "");
  return talk;
}

static Talk *
talk_new (void)
{
  return talk_new_with (NULL);
}

static void
talk_free (Talk *talk)
{
  for (guint i = 0; i < N_SENT; i++)
    g_free (talk->ids[i]);
  session_fixture_free (talk->f);
  g_free (talk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Talk, talk_free)

static void
receive (Talk *talk, guint number)
{
  session_fixture_give_receipt (talk->f, talk->ids[number], TRUE);
}

static void
expect_delivered (Talk *talk, const char *texts)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < N_SENT; i++)
    {
      g_autoptr (ImStoreMessage) row
          = im_store_message_find_wire (im_session_get_store (talk->f->session), IM_CONV_C2C, "bob",
                                        talk->ids[i], TRUE, NULL);

      if (row->msg->is_delivered)
        g_string_append_printf (found, "%s%u", found->len > 0 ? " " : "", i);
    }
  g_assert_cmpstr (found->str, ==, texts);
}

static void
test_a_receipt_speaks_for_its_own_message (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive (talk, 0);
  receive (talk, 3);
  expect_delivered (talk, "0 3");
  g_assert_cmpuint (session_fixture_count (talk->f, "updated", "1"), ==, 0);
}

static void
test_what_was_lost_is_sent_again_in_order (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive (talk, 0);
  receive (talk, 3);
  session_fixture_expect_sent (talk->f, "");
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_expect_sent (talk->f, "1 2");
  receive (talk, 1);
  receive (talk, 2);
  expect_delivered (talk, "0 1 2 3");
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_expect_sent (talk->f, "");
  g_assert_cmpuint (session_fixture_count (talk->f, "answer", "1"), ==, 1);
}

static void
expect_repeat (Talk *talk, guint number, int after, guint before)
{
  g_autoptr (XmppStanza) copy = g_queue_pop_head (&talk->f->messages);
  const xmlNode *root = xmpp_stanza_get_root (copy);
  const xmlNode *origin = xmpp_node_child (root, "origin-id", XMPP_NS_STANZA_IDS);
  const xmlNode *tim = xmpp_node_child (root, "tim", "urn:linnet:tim:1");
  const xmlNode *repeat = xmpp_node_child (tim, "repeat", "urn:linnet:tim:1");

  g_assert_cmpstr (xmpp_stanza_get_id (copy), ==, talk->ids[number]);
  g_assert_cmpstr (xmpp_node_attr (origin, "id"), ==, talk->ids[number]);
  g_assert_cmpstr (xmpp_node_attr (repeat, "after"), ==, after < 0 ? NULL : talk->ids[after]);
  g_assert_cmpstr (xmpp_node_attr (repeat, "before"), ==, talk->ids[before]);
}

static void
test_a_copy_has_the_same_ids_and_says_what_it_follows (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive (talk, 0);
  receive (talk, 3);
  session_fixture_wait (talk->f, A_WHILE);
  expect_repeat (talk, 1, 0, 3);
  expect_repeat (talk, 2, 1, 3);
}

static void
test_a_copy_of_the_first_message_says_what_followed_it (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive (talk, 2);
  session_fixture_wait (talk->f, A_WHILE);
  expect_repeat (talk, 0, -1, 2);
  expect_repeat (talk, 1, 0, 2);
}

static void
test_receipts_may_overtake_each_other (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive (talk, 4);
  session_fixture_wait (talk->f, 4);
  for (guint i = 0; i < 4; i++)
    receive (talk, i);
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_expect_sent (talk->f, "");
}

static void
test_receipts_of_other_clients_repair_nothing (void)
{
  g_autoptr (Talk) talk = talk_new ();

  session_fixture_give_receipt (talk->f, talk->ids[3], FALSE);
  expect_delivered (talk, "3");
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_lose_session (talk->f);
  session_fixture_wait (talk->f, AFTER_LOGIN);
  session_fixture_expect_sent (talk->f, "");
}

/* A window that is open reads at once, and says so of all before. */
static void
test_what_was_lost_is_sent_again_though_later_ones_were_read (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive (talk, 0);
  receive (talk, 2);
  session_fixture_give (talk->f,
                        "<message xmlns='jabber:client' type='chat' from='bob@example.org/phone'>"
                        "<displayed xmlns='" XMPP_NS_MARKERS "' id='%s'/></message>",
                        talk->ids[2]);
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_expect_sent (talk->f, "1");
}

static void
test_what_was_read_itself_has_arrived (void)
{
  g_autoptr (Talk) talk = talk_new ();

  session_fixture_give (talk->f,
                        "<message xmlns='jabber:client' type='chat' from='bob@example.org/phone'>"
                        "<displayed xmlns='" XMPP_NS_MARKERS "' id='%s'/></message>",
                        talk->ids[0]);
  receive (talk, 1);
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_expect_sent (talk->f, "");
}

static void
test_each_is_sent_again_at_most_twice (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive (talk, 0);
  receive (talk, 2);
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_expect_sent (talk->f, "1");
  receive (talk, 3);
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_expect_sent (talk->f, "1");
  for (guint i = 0; i < 5; i++)
    {
      receive (talk, 4);
      session_fixture_wait (talk->f, A_WHILE);
    }
  session_fixture_expect_sent (talk->f, "");
  session_fixture_wait (talk->f, 20);
  session_fixture_lose_session (talk->f);
  session_fixture_wait (talk->f, AFTER_LOGIN);
  session_fixture_expect_sent (talk->f, "");
}

static void
test_a_gap_is_found_after_a_restart (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive (talk, 0);
  receive (talk, 2);
  session_fixture_kill (talk->f);
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_log_in (talk->f);
  session_fixture_expect_sent (talk->f, "");
  session_fixture_wait (talk->f, AFTER_LOGIN);
  session_fixture_expect_sent (talk->f, "1");
}

static void
test_nothing_is_sent_again_while_there_is_no_network (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive (talk, 0);
  receive (talk, 2);
  session_fixture_cut (talk->f);
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_reconnect (talk->f);
  session_fixture_expect_sent (talk->f, "");
  session_fixture_wait (talk->f, AFTER_LOGIN);
  session_fixture_expect_sent (talk->f, "1");
}

static void
test_receipts_that_the_archive_has_are_read_first (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive (talk, 0);
  receive (talk, 2);
  session_fixture_cut (talk->f);
  talk->f->answers_archive = FALSE;
  session_fixture_reconnect (talk->f);
  session_fixture_give_page (talk->f, NULL, NULL, "", TRUE);
  session_fixture_turn (talk->f);
  session_fixture_give_page (talk->f, NULL, NULL, "", TRUE);
  session_fixture_wait (talk->f, 12); /* the archive is asked once more, and takes its time */
  receive (talk, 1);
  session_fixture_give_page (talk->f, NULL, NULL, "", TRUE);
  session_fixture_wait (talk->f, AFTER_LOGIN);
  session_fixture_expect_sent (talk->f, "");
  expect_delivered (talk, "0 1 2");
}

static void
test_what_was_deleted_is_not_sent_again (void)
{
  g_autoptr (Talk) talk = talk_new ();
  ImStore *store = im_session_get_store (talk->f->session);
  g_autoptr (ImStoreMessage) row
      = im_store_message_find_wire (store, IM_CONV_C2C, "bob", talk->ids[1], TRUE, NULL);

  receive (talk, 0);
  receive (talk, 2);
  g_assert_true (im_store_message_delete (store, row->row_id, NULL));
  session_fixture_wait (talk->f, A_WHILE);
  session_fixture_expect_sent (talk->f, "");
}

static void
receive_all_but_the_last (Talk *talk)
{
  for (guint i = 0; i < N_SENT - 1; i++)
    receive (talk, i);
}

static void
test_the_last_one_is_sent_again_when_the_device_is_there (void)
{
  g_autoptr (Talk) talk = talk_new ();

  talk->f->bob_is_there = TRUE;
  receive_all_but_the_last (talk);
  session_fixture_wait (talk->f, ASKED);
  session_fixture_expect_sent (talk->f, "4");
  receive (talk, 4);
  expect_delivered (talk, "0 1 2 3 4");
  session_fixture_wait (talk->f, ASKED);
  session_fixture_expect_sent (talk->f, "");
}

/* It will get it from the archive. */
static void
test_the_last_one_is_not_sent_again_while_the_device_is_away (void)
{
  g_autoptr (Talk) talk = talk_new ();

  receive_all_but_the_last (talk);
  session_fixture_wait (talk->f, 100);
  session_fixture_expect_sent (talk->f, "");
  talk->f->bob_is_there = TRUE;
  session_fixture_give_linnet (talk->f, "back", NULL, "back", NULL);
  session_fixture_expect_sent (talk->f, "received:back");
  session_fixture_wait (talk->f, ASKED);
  session_fixture_expect_sent (talk->f, "4");
}

static void
test_other_clients_are_not_asked (void)
{
  g_autoptr (Talk) talk = talk_new ();

  talk->f->bob_is_there = TRUE;
  for (guint i = 0; i < N_SENT - 1; i++)
    session_fixture_give_receipt (talk->f, talk->ids[i], FALSE);
  session_fixture_give_text (talk->f, "theirs", NULL, "theirs");
  session_fixture_expect_sent (talk->f, "received:theirs");
  session_fixture_wait (talk->f, ASKED);
  session_fixture_expect_sent (talk->f, "");
}

static const char our_features[]
    = "<query xmlns='" XMPP_NS_DISCO_INFO "'><feature var='urn:linnet:tim:1'/></query>";
static const char other_features[]
    = "<query xmlns='" XMPP_NS_DISCO_INFO "'><feature var='" XMPP_NS_RECEIPTS "'/></query>";

static void
test_the_first_ones_are_sent_again_when_a_device_says_that_it_confirms_them (void)
{
  g_autoptr (Talk) talk = talk_new_with (our_features);

  session_fixture_wait (talk->f, ASKED);
  session_fixture_expect_sent (talk->f, "0 1 2 3 4");
  for (guint i = 0; i < N_SENT; i++)
    receive (talk, i);
  session_fixture_wait (talk->f, ASKED);
  session_fixture_expect_sent (talk->f, "");
}

static void
test_the_first_ones_are_sent_again_when_such_a_device_comes_back (void)
{
  g_autoptr (Talk) talk = talk_new ();

  session_fixture_wait (talk->f, ASKED);
  talk->f->bob_is_there = TRUE;
  talk->f->bob_says = our_features;
  session_fixture_wait (talk->f, ASKED * 2);
  session_fixture_expect_sent (talk->f, "0 1 2 3 4");
}

static void
test_the_first_ones_are_sent_again_after_a_restart (void)
{
  g_autoptr (Talk) talk = talk_new ();

  session_fixture_kill (talk->f);
  talk->f->bob_is_there = TRUE;
  talk->f->bob_says = our_features;
  session_fixture_log_in (talk->f);
  session_fixture_wait (talk->f, AFTER_LOGIN + ASKED);
  session_fixture_expect_sent (talk->f, "0 1 2 3 4");
}

static void
test_notes_to_oneself_are_not_sent_again (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  f->bob_is_there = TRUE;
  f->bob_says = our_features;
  f->recipient = "alice";
  session_fixture_log_in (f);
  session_fixture_send (f, "note");
  session_fixture_expect_sent (f, "note");
  session_fixture_wait (f, ASKED * 2);
  session_fixture_expect_sent (f, "");
}

static void
test_a_device_that_confirms_nothing_gets_nothing_again (void)
{
  g_autoptr (Talk) talk = talk_new_with (other_features);

  session_fixture_wait (talk->f, ASKED);
  session_fixture_expect_sent (talk->f, "");
  talk->f->bob_says = our_features;
  session_fixture_send (talk->f, "more");
  session_fixture_expect_sent (talk->f, "more");
  session_fixture_wait (talk->f, ASKED);
  session_fixture_expect_sent (talk->f, "");
}

static void
test_who_is_away_is_not_asked_for_ever (void)
{
  g_autoptr (Talk) talk = talk_new ();

  session_fixture_wait (talk->f, 600);
  talk->f->bob_is_there = TRUE;
  talk->f->bob_says = our_features;
  session_fixture_wait (talk->f, 3600);
  session_fixture_expect_sent (talk->f, "");
  session_fixture_send (talk->f, "more");
  session_fixture_expect_sent (talk->f, "more");
  session_fixture_wait (talk->f, ASKED);
  session_fixture_expect_sent (talk->f, "0 1 2 3 4 more");
}

/* Hostile peers */

static void
test_receipts_for_what_was_never_sent_cause_nothing (void)
{
  g_autoptr (Talk) talk = talk_new ();

  session_fixture_give_linnet (talk->f, "theirs", NULL, "theirs", NULL);
  session_fixture_expect_sent (talk->f, "received:theirs");
  session_fixture_give_receipt (talk->f, "never", TRUE);
  session_fixture_give_receipt (talk->f, "theirs", TRUE);
  session_fixture_wait (talk->f, A_WHILE);
  expect_delivered (talk, "");
  session_fixture_expect_sent (talk->f, "");
}

static void
test_another_ones_receipts_and_markers_cause_nothing (void)
{
  static const char *const others[]
      = { "mallory@example.net/x", "bob@example.net/phone", "alice@example.org/phone" };
  g_autoptr (Talk) talk = talk_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    session_fixture_give (talk->f,
                          "<message xmlns='jabber:client' type='chat' from='%s' "
                          "to='alice@example.org/desktop'><received xmlns='" XMPP_NS_RECEIPTS
                          "' id='%s'/><displayed xmlns='" XMPP_NS_MARKERS
                          "' id='%s'/><exact xmlns='urn:linnet:tim:1'/></message>",
                          others[i], talk->ids[4], talk->ids[4]);
  session_fixture_wait (talk->f, A_WHILE);
  expect_delivered (talk, "");
  session_fixture_expect_sent (talk->f, "");
}

static void
test_thousands_of_receipts_in_a_message_are_not_read (void)
{
  g_autoptr (Talk) talk = talk_new ();
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (many, "<received xmlns='" XMPP_NS_RECEIPTS "' id='x%u'/>", i);
  session_fixture_give (talk->f,
                        "<message xmlns='jabber:client' type='chat' from='bob@example.org/phone'>"
                        "%s<received xmlns='" XMPP_NS_RECEIPTS
                        "' id='%s'/><exact xmlns='urn:linnet:tim:1'/></message>",
                        many->str, talk->ids[4]);
  session_fixture_wait (talk->f, A_WHILE);
  expect_delivered (talk, "");
  session_fixture_expect_sent (talk->f, "");
}

#define ADD(name, func) g_test_add_func ("/service/gaps/" name, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-receipt-speaks-for-its-own-message", test_a_receipt_speaks_for_its_own_message);
  ADD ("what-was-lost-is-sent-again-in-order", test_what_was_lost_is_sent_again_in_order);
  ADD ("a-copy-has-the-same-ids-and-says-what-it-follows",
       test_a_copy_has_the_same_ids_and_says_what_it_follows);
  ADD ("a-copy-of-the-first-message-says-what-followed-it",
       test_a_copy_of_the_first_message_says_what_followed_it);
  ADD ("receipts-may-overtake-each-other", test_receipts_may_overtake_each_other);
  ADD ("receipts-of-other-clients-repair-nothing", test_receipts_of_other_clients_repair_nothing);
  ADD ("what-was-lost-is-sent-again-though-later-ones-were-read",
       test_what_was_lost_is_sent_again_though_later_ones_were_read);
  ADD ("what-was-read-itself-has-arrived", test_what_was_read_itself_has_arrived);
  ADD ("each-is-sent-again-at-most-twice", test_each_is_sent_again_at_most_twice);
  ADD ("a-gap-is-found-after-a-restart", test_a_gap_is_found_after_a_restart);
  ADD ("nothing-is-sent-again-while-there-is-no-network",
       test_nothing_is_sent_again_while_there_is_no_network);
  ADD ("receipts-that-the-archive-has-are-read-first",
       test_receipts_that_the_archive_has_are_read_first);
  ADD ("the-last-one-is-sent-again-when-the-device-is-there",
       test_the_last_one_is_sent_again_when_the_device_is_there);
  ADD ("the-first-ones-are-sent-again-when-a-device-says-that-it-confirms-them",
       test_the_first_ones_are_sent_again_when_a_device_says_that_it_confirms_them);
  ADD ("the-first-ones-are-sent-again-when-such-a-device-comes-back",
       test_the_first_ones_are_sent_again_when_such_a_device_comes_back);
  ADD ("the-first-ones-are-sent-again-after-a-restart",
       test_the_first_ones_are_sent_again_after_a_restart);
  ADD ("notes-to-oneself-are-not-sent-again", test_notes_to_oneself_are_not_sent_again);
  ADD ("a-device-that-confirms-nothing-gets-nothing-again",
       test_a_device_that_confirms_nothing_gets_nothing_again);
  ADD ("who-is-away-is-not-asked-for-ever", test_who_is_away_is_not_asked_for_ever);
  ADD ("the-last-one-is-not-sent-again-while-the-device-is-away",
       test_the_last_one_is_not_sent_again_while_the_device_is_away);
  ADD ("other-clients-are-not-asked", test_other_clients_are_not_asked);
  ADD ("what-was-deleted-is-not-sent-again", test_what_was_deleted_is_not_sent_again);
  ADD ("receipts-for-what-was-never-sent-cause-nothing",
       test_receipts_for_what_was_never_sent_cause_nothing);
  ADD ("another-ones-receipts-and-markers-cause-nothing",
       test_another_ones_receipts_and_markers_cause_nothing);
  ADD ("thousands-of-receipts-in-a-message-are-not-read",
       test_thousands_of_receipts_in_a_message_are_not_read);
  return g_test_run ();
}
