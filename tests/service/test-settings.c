/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "im-settings-share.h"
#include "map-settings.h"

#include <string.h>

/* What is decided about a conversation, and the account's other devices. */

#define ITEM(id, receive, pinned, marks)                                                           \
  "<item id='" id "'><conversation xmlns='urn:linnet:tim:1' receive='" receive "' pinned='" pinned \
  "' marks='" marks "'/></item>"

static void
give_event (SessionFixture *f, const char *from, const char *node, const char *items)
{
  session_fixture_give (f,
                        "<message xmlns='jabber:client' from='%s' type='headline'><event "
                        "xmlns='" XMPP_NS_PUBSUB_EVENT
                        "'><items node='%s'>%s</items></event></message>",
                        from, node, items);
}

/* As "receive pinned marks". */
static void
assert_settings (SessionFixture *f, const char *user, const char *expected)
{
  ImConvSettings settings;
  g_autofree char *text = NULL;

  g_assert_true (im_store_settings_get (im_session_get_store (f->session), IM_CONV_C2C, user,
                                        &settings, NULL));
  text = g_strdup_printf ("%" G_GINT64_FORMAT " %d %" G_GUINT64_FORMAT, settings.recv_opt,
                          settings.is_pinned, settings.marks);
  g_assert_cmpstr (text, ==, expected);
}

static void
decide (SessionFixture *f, const char *user, ImConvSettings settings)
{
  g_assert_true (im_store_settings_set (im_session_get_store (f->session), IM_CONV_C2C, user,
                                        &settings, NULL));
  im_settings_share_flush (im_session_get_settings_share (f->session));
  session_fixture_turn (f);
}

static void
test_other_devices_are_believed_and_nobody_else (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();
  const char *item = ITEM ("c2c_bob@example.org", "2", "true", "9223372036854775809");

  session_fixture_log_in (f);
  give_event (f, "mallory@example.org", MAP_SETTINGS_NODE, item);
  give_event (f, "alice@example.org.evil.net", MAP_SETTINGS_NODE, item);
  give_event (f, "alice@example.org", "another", item);
  assert_settings (f, "bob", "0 0 0");
  give_event (f, "alice@example.org", MAP_SETTINGS_NODE, item);
  assert_settings (f, "bob", "2 1 9223372036854775809");
  g_assert_cmpuint (f->n_published, ==, 0);
}

static void
test_what_cannot_be_is_left_out (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  give_event (f, "alice@example.org", MAP_SETTINGS_NODE,
              "<item/><item id='c2c_bob@example.org'/><retract id='c2c_bob@example.org'/>" ITEM (
                  "bob@example.org", "0", "true", "0") ITEM ("c2c_", "0", "true", "0")
                  ITEM ("c2c_bob@example.org", "4", "true", "0")
                      ITEM ("c2c_bob@example.org", "0", "true", "16")
                          ITEM ("c2c_bob@example.org", "0", "true", "-1")
                              ITEM ("c2c_carol@example.org", "0", "true", "1"));
  assert_settings (f, "bob", "0 0 0");
  assert_settings (f, "carol", "0 1 1");
}

static void
test_what_is_decided_is_said_once (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  g_assert_null (f->node);
  decide (f, "bob", (ImConvSettings){ .is_pinned = TRUE });
  decide (f, "carol@b.org", (ImConvSettings){ .marks = IM_CONV_MARK_STAR });
  g_assert_cmpuint (f->n_published, ==, 2);
  g_assert_nonnull (strstr (f->node->str, "id=\"c2c_bob@example.org\""));
  g_assert_nonnull (strstr (f->node->str, "id=\"c2c_carol@b.org\""));
  session_fixture_lose_session (f);
  session_fixture_kill (f);
  session_fixture_log_in (f);
  g_assert_cmpuint (f->n_published, ==, 2);
}

static void
test_what_was_decided_here_last_wins_over_what_is_read (void)
{
  g_autoptr (SessionFixture) f = session_fixture_new ();

  session_fixture_log_in (f);
  session_fixture_cut (f);
  decide (f, "bob", (ImConvSettings){ .recv_opt = IM_RECV_OPT_NOT_NOTIFY });
  f->node = g_string_new (ITEM ("c2c_bob@example.org", "0", "true", "0")
                              ITEM ("c2c_carol@example.org", "1", "false", "0"));
  session_fixture_kill (f);
  session_fixture_log_in (f);
  assert_settings (f, "bob", "2 0 0");
  assert_settings (f, "carol", "1 0 0");
  g_assert_cmpuint (f->n_published, ==, 1);
  give_event (f, "alice@example.org", MAP_SETTINGS_NODE,
              ITEM ("c2c_bob@example.org", "0", "true", "0"));
  assert_settings (f, "bob", "0 1 0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add_func ("/service/settings/" path, func)
  TEST ("believed", test_other_devices_are_believed_and_nobody_else);
  TEST ("cannot-be", test_what_cannot_be_is_left_out);
  TEST ("said-once", test_what_is_decided_is_said_once);
  TEST ("last-wins", test_what_was_decided_here_last_wins_over_what_is_read);
#undef TEST
  return g_test_run ();
}
