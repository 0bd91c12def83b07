/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xmpp-error.h"
#include "xmpp-jid.h"

#include <string.h>

static void
test_parses_into_three_normal_parts (void)
{
  static const struct
  {
    const char *text, *local, *domain, *resource;
  } rows[] = {
    { "alice@example.org", "alice", "example.org", NULL },
    { "Alice@Example.ORG/Desk", "alice", "example.org", "Desk" },
    { "example.org", NULL, "example.org", NULL },
    { "example.org.", NULL, "example.org", NULL },
    { "a@b/c@d/e", "a", "b", "c@d/e" },
    { "b/c@d", NULL, "b", "c@d" },
    { "我@例子.cn/办公", "我", "例子.cn", "办公" },
    { "\xc3\x84\x40x", "\xc3\xa4", "x", NULL },
    { "a\xcc\x88@x/a\xcc\x88", "\xc3\xa4", "x", "\xc3\xa4" }, /* composed */
    { "u@127.0.0.1", "u", "127.0.0.1", NULL },
    { "u@[::1]", "u", "[::1]", NULL },
    { "d'artagnan", NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (XmppJid) jid = xmpp_jid_parse (rows[i].text, &error);

      if (rows[i].domain == NULL)
        {
          g_assert_error (error, XMPP_ERROR, XMPP_ERROR_JID_MALFORMED);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (jid->local, ==, rows[i].local);
      g_assert_cmpstr (jid->domain, ==, rows[i].domain);
      g_assert_cmpstr (jid->resource, ==, rows[i].resource);
    }
}

static void
test_refuses_what_is_no_address (void)
{
  static const char *const bad[] = {
    "",
    "@",
    "@b",
    "a@",
    "/r",
    "a@b/",
    "a@@b",
    "a b@c",
    "a\"b@c",
    "a&b@c",
    "a<b@c",
    "a:b@c",
    "a@b c",
    "a@b..c",
    "a@.b",
    "a@b\n",
    "a@b/\x01",
    "a\x7f@b",
    "\xff@b",
    "a@\xc0\x80",
    "a@[b]",
    "a@[]",
    "a@b<",
    "a@*",
    "a@-\"-",
    /* what nobody sees, and what turns the rest round */
    "a\u200b@b",
    "a\u202e@b",
    "a\u00ad@b",
    "a\u00a0@b",
    "a\u2028@b",
    "a\u3164@b",
    "a\ufe0f@b",
    "a@b\u202e",
    "a@b\u2029",
  };
  g_autofree char *long_local = g_strnfill (XMPP_JID_MAX_PART + 1, 'a');
  g_autofree char *too_long = g_strconcat (long_local, "@b", NULL);
  g_autofree char *huge = g_strnfill (100000, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (xmpp_jid_is_valid (bad[i]))
      g_error ("taken for an address: %s", bad[i]);
  g_assert_false (xmpp_jid_is_valid (NULL));
  g_assert_false (xmpp_jid_is_valid (too_long));
  g_assert_true (xmpp_jid_is_valid (too_long + 1));
  g_assert_false (xmpp_jid_is_valid (huge));
}

static void
test_compares_in_normal_form (void)
{
  g_assert_true (xmpp_jid_equal ("A@B/c", "a@b/c"));
  g_assert_false (xmpp_jid_equal ("a@b/c", "a@b/C"));
  g_assert_true (xmpp_jid_bare_equal ("A@B/c", "a@b/d"));
  g_assert_false (xmpp_jid_bare_equal ("a@b", "c@b"));
  g_assert_false (xmpp_jid_equal (NULL, NULL));
  g_assert_false (xmpp_jid_bare_equal ("@", "@"));
  g_assert_cmpstr (xmpp_jid_get_resource ("a@b/c/d"), ==, "c/d");
  g_assert_cmpstr (xmpp_jid_get_resource ("a@b"), ==, NULL);
}

static void
test_escapes_any_text_and_back (void)
{
  static const struct
  {
    const char *text, *local;
  } rows[] = {
    { "first group id", "first\\20group\\20id" },
    { "a@b", "a\\40b" },
    { "\"&'/:<>", "\\22\\26\\27\\2f\\3a\\3c\\3e" },
    { "c:\\net", "c\\3a\\net" },
    { "back\\20slash", "back\\5c20slash" },
    { "\\5c", "\\5c5c" },
    { "\\ff", "\\ff" },
    { "end\\", "end\\" },
    { "我", "我" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *local = xmpp_jid_escape_local (rows[i].text);
      g_autofree char *text = xmpp_jid_unescape_local (local);

      g_assert_cmpstr (local, ==, rows[i].local);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xmpp/jid/parses-into-three-normal-parts", test_parses_into_three_normal_parts);
  g_test_add_func ("/xmpp/jid/refuses-what-is-no-address", test_refuses_what_is_no_address);
  g_test_add_func ("/xmpp/jid/compares-in-normal-form", test_compares_in_normal_form);
  g_test_add_func ("/xmpp/jid/escapes-any-text-and-back", test_escapes_any_text_and_back);
  return g_test_run ();
}
