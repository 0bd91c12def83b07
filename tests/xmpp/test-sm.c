/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xmpp-ns.h"
#include "xmpp-sm.h"

static void
push (XmppSm *sm, const char *id)
{
  XmppSmEntry *entry = g_new0 (XmppSmEntry, 1);

  entry->stanza
      = xmpp_stanza_new (XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("id", id))));
  entry->text = xmpp_stanza_to_string (entry->stanza);
  xmpp_sm_push (sm, entry);
}

static void
append_id (gpointer data, gpointer user_data)
{
  const XmppSmEntry *entry = data;

  g_string_append (user_data, xmpp_stanza_get_id (entry->stanza));
}

static void
assert_ids (GPtrArray *entries, const char *expected)
{
  g_autoptr (GPtrArray) owned = entries;
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_nonnull (entries);
  g_ptr_array_foreach (owned, append_id, ids);
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
assert_queue (XmppSm *sm, const char *expected)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  xmpp_sm_foreach (sm, append_id, ids);
  g_assert_cmpstr (ids->str, ==, expected);
}

static XmppSm *
new_with (const char *ids)
{
  XmppSm *sm = xmpp_sm_new (100);

  xmpp_sm_start (sm, "session");
  for (; *ids != '\0'; ids++)
    push (sm, (const char[]){ *ids, '\0' });
  return sm;
}

static void
test_acknowledges_from_the_oldest (void)
{
  g_autoptr (XmppSm) sm = new_with ("abc");

  assert_ids (xmpp_sm_acknowledge (sm, 0, NULL), "");
  assert_ids (xmpp_sm_acknowledge (sm, 2, NULL), "ab");
  assert_ids (xmpp_sm_acknowledge (sm, 2, NULL), "");
  push (sm, "d");
  g_assert_cmpuint (xmpp_sm_get_sent (sm), ==, 4);
  assert_ids (xmpp_sm_acknowledge (sm, 4, NULL), "cd");
}

static void
test_refuses_an_acknowledgement_of_the_future (void)
{
  g_autoptr (XmppSm) sm = new_with ("ab");
  g_autoptr (GError) error = NULL;

  g_assert_null (xmpp_sm_acknowledge (sm, 3, &error));
  g_assert_error (error, XMPP_ERROR, XMPP_ERROR_PROTOCOL);
  g_clear_error (&error);
  assert_ids (xmpp_sm_acknowledge (sm, 2, NULL), "ab");
  g_assert_null (xmpp_sm_acknowledge (sm, 1, &error)); /* and of the past */
  g_assert_error (error, XMPP_ERROR, XMPP_ERROR_PROTOCOL);
}

static void
test_counters_wrap (void)
{
  g_autoptr (XmppSm) sm = new_with ("");

  for (guint i = 0; i < 5; i++)
    xmpp_sm_count_received (sm);
  g_assert_cmpuint (xmpp_sm_get_received (sm), ==, 5);
  push (sm, "a");
  assert_ids (xmpp_sm_acknowledge (sm, 1, NULL), "a");
  /* From 1 back to 0 would be 2^32 - 1 stanzas. */
  g_assert_null (xmpp_sm_acknowledge (sm, 0, NULL));
}

static void
test_end_hands_back_what_is_open (void)
{
  g_autoptr (XmppSm) sm = new_with ("xyz");

  g_assert_cmpstr (xmpp_sm_get_id (sm), ==, "session");
  xmpp_sm_forbid_resumption (sm);
  g_assert_null (xmpp_sm_get_id (sm));
  assert_queue (sm, "xyz");
  assert_ids (xmpp_sm_end (sm), "xyz");
  g_assert_cmpuint (xmpp_sm_get_length (sm), ==, 0);
}

static void
test_queue_is_bounded (void)
{
  g_autoptr (XmppSm) sm = xmpp_sm_new (2);

  xmpp_sm_start (sm, NULL);
  push (sm, "a");
  g_assert_false (xmpp_sm_is_full (sm));
  push (sm, "b");
  g_assert_true (xmpp_sm_is_full (sm));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xmpp/sm/acknowledges-from-the-oldest", test_acknowledges_from_the_oldest);
  g_test_add_func ("/xmpp/sm/refuses-an-acknowledgement-of-the-future",
                   test_refuses_an_acknowledgement_of_the_future);
  g_test_add_func ("/xmpp/sm/counters-wrap", test_counters_wrap);
  g_test_add_func ("/xmpp/sm/end-hands-back-what-is-open", test_end_hands_back_what_is_open);
  g_test_add_func ("/xmpp/sm/queue-is-bounded", test_queue_is_bounded);
  return g_test_run ();
}
