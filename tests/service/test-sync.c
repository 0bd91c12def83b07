/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

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

/* The texts of the conversation, oldest first. */
static void
expect_history (SessionFixture *f, const char *texts)
{
  g_autoptr (GPtrArray) page = im_store_message_page (im_session_get_store (f->session),
                                                      IM_CONV_C2C, "bob", NULL, FALSE, 100, NULL);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = page->len; i > 0; i--)
    {
      const ImMsg *msg = g_ptr_array_index (page, i - 1);
      const ImTextElem *elem = g_ptr_array_index (msg->elems, 0);

      g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", elem->content);
    }
  g_assert_cmpstr (found->str, ==, texts);
}

static void
test_a_first_visit_puts_pages_in_the_order_of_time (void)
{
  g_autoptr (SessionFixture) f = new_with_archive ();

  give_page (f, NULL, "", "c d", FALSE);
  expect_history (f, "");
  give_page (f, NULL, "c", "a b", TRUE);
  expect_history (f, "a b c d");
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
  expect_history (f, "a b live");
  g_assert_cmpuint (session_fixture_count (f, "received", "live"), ==, 1);
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
  expect_history (f, "");
  g_assert_false (im_session_is_online (f->session));
  give_page (f, NULL, "", "c d", FALSE);
  give_page (f, NULL, "c", "a b", TRUE);
  give_page (f, "d", NULL, "", TRUE);
  expect_history (f, "a b c d");
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
  expect_history (f, "a b c");
  give_page (f, "c", NULL, "d", TRUE);
  give_page (f, "d", NULL, "", TRUE);
  expect_history (f, "a b c d");
  g_assert_cmpuint (session_fixture_count (f, "received", "c"), ==, 1);
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
  ADD ("a-lost-session-ends-it-and-the-next-begins-anew",
       test_a_lost_session_ends_it_and_the_next_begins_anew);
  ADD ("a-later-visit-goes-on-where-the-last-one-ended",
       test_a_later_visit_goes_on_where_the_last_one_ended);
  return g_test_run ();
}
