/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xmpp-error.h"
#include "xmpp-frame.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

static XmppStanza *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  XmppStanza *stanza = xmpp_frame_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return stanza;
}

static void
assert_refused (const char *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  XmppStanza *stanza = xmpp_frame_parse (data, size, &error);

  if (stanza != NULL)
    g_error ("taken: %.200s", data);
  g_assert_error (error, XMPP_ERROR, XMPP_ERROR_FRAME);
}

static void
test_reads_a_stanza (void)
{
  g_autoptr (XmppStanza) stanza = parse (
      "<message xmlns='jabber:client' from='a@b/c' to=\"d@e\" type='chat' id='1&amp;2'>"
      "<!-- no --><?no no?><body>x &lt; <![CDATA[<y>]]> &#x4f60;</body>"
      "<x xmlns='n' n='18446744073709551615' t='2026-11-23T10:00:00.5Z' b='1'/></message>");
  const xmlNode *root = xmpp_stanza_get_root (stanza);
  const xmlNode *x = xmpp_node_child (root, NULL, "n");
  g_autofree char *body = xmpp_node_dup_child_text (root, "body", XMPP_NS_CLIENT);
  guint64 number = 7;

  g_assert_cmpint (xmpp_stanza_get_kind (stanza), ==, XMPP_STANZA_MESSAGE);
  g_assert_cmpstr (xmpp_stanza_get_from (stanza), ==, "a@b/c");
  g_assert_cmpstr (xmpp_stanza_get_to (stanza), ==, "d@e");
  g_assert_cmpstr (xmpp_stanza_get_type (stanza), ==, "chat");
  g_assert_cmpstr (xmpp_stanza_get_id (stanza), ==, "1&2");
  g_assert_cmpstr (body, ==, "x < <y> \xe4\xbd\xa0");
  g_assert_true (xmpp_node_attr_uint64 (x, "n", &number));
  g_assert_cmpuint (number, ==, G_MAXUINT64);
  g_assert_false (xmpp_node_attr_uint64 (x, "t", &number));
  g_assert_cmpint (xmpp_node_attr_time_us (x, "t"), ==, G_GINT64_CONSTANT (1795428000500000));
  g_assert_true (xmpp_node_attr_bool (x, "b"));
  g_assert_null (xmpp_node_attr (x, "none"));
  g_assert_null (xmpp_node_child (NULL, "x", NULL));
}

static void
test_refuses_hostile_frames (void)
{
  static const char *const bad[] = {
    "",
    " ",
    "<a>",
    "<a></b>",
    "<a/><b/>",
    "text",
    "<a b=c/>",
    "<a b='1' b='2'/>",
    "<x:a/>&",
    "<a>&unknown;</a>",
    "<!DOCTYPE a><a/>",
    "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
    "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
    "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
    "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><l>&c;</l>",
    "<a>&#0;</a>",
    "<a>&#x1;</a>",
    "<a>\x01</a>",
    "<a>\xff</a>",
    "<a>\xc0\x80</a>",
    "<a>\xed\xa0\x80</a>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], strlen (bad[i]));
  assert_refused ("<a>\0</a>", 8);
}

static char *
nested (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "<a>");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "</a>");
  return g_string_free (text, FALSE);
}

static void
test_bounds_depth (void)
{
  static const guint depths[] = { XMPP_MAX_FRAME_DEPTH + 1, 300, 100000 };
  g_autofree char *good = nested (XMPP_MAX_FRAME_DEPTH);
  g_autoptr (XmppStanza) stanza = parse (good);

  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autofree char *text = nested (depths[i]);

      assert_refused (text, strlen (text));
    }
}

/* begin, n times before and its number and after, end */
static char *
stuffed (const char *begin, guint n, const char *before, const char *after, const char *end)
{
  GString *text = g_string_new (begin);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u%s", before, i, after);
  g_string_append (text, end);
  return g_string_free (text, FALSE);
}

static void
test_bounds_what_takes_time_and_memory (void)
{
  const guint attributes = XMPP_MAX_ATTRIBUTES;
  const guint nodes = XMPP_MAX_MESSAGE_NODES;
  g_autofree char *few = stuffed ("<a", attributes, " a", "='='", "/>");
  g_autofree char *text = stuffed ("<a>", 1000, "<![CDATA[<a b=='=']]>=", "<!-- <'= -->=", "</a>");
  g_autofree char *parts = stuffed ("<message>", nodes - 1, "<a b='", "'/>", "</message>");
  g_autofree char *roster = stuffed ("<iq>", 20000, "<item jid='", "'/>", "</iq>");
  g_autofree char *many = stuffed ("<a><!--'--><?b \"?><b", attributes + 1, " a", "=''", "/></a>");
  g_autofree char *spaces = stuffed ("<a", 40000, " xmlns:a", " = \"n\"", "/>");
  g_autofree char *too_many = stuffed ("<message>", nodes, "<a b='", "'/>", "</message>");
  const char *const good[] = { few, text, parts, roster };
  const char *const bad[] = { many, spaces, too_many };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    xmpp_stanza_unref (parse (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], strlen (bad[i]));
}

static void
test_bounds_size (void)
{
  g_autofree char *filling = g_strnfill (XMPP_MAX_FRAME_SIZE - 7, 'x');
  g_autofree char *fits = g_strconcat ("<a>", filling, "</a>", NULL);
  g_autofree char *too_big = g_strconcat ("<a>x", filling, "</a>", NULL);
  g_autoptr (XmppStanza) stanza = parse (fits);
  g_autofree char *text = xmpp_node_dup_text (xmpp_stanza_get_root (stanza));

  g_assert_cmpuint (strlen (text), ==, XMPP_MAX_FRAME_SIZE - 7);
  assert_refused (too_big, strlen (too_big));
}

static void
test_knows_a_broken_stanza_from_other_frames (void)
{
  g_assert_true (xmpp_frame_looks_like_stanza ("<message x", 10));
  g_assert_true (xmpp_frame_looks_like_stanza ("<iq>", 4));
  g_assert_true (xmpp_frame_looks_like_stanza ("<presence/>", 11));
  g_assert_false (xmpp_frame_looks_like_stanza ("<messages/>", 11));
  g_assert_false (xmpp_frame_looks_like_stanza ("<a/>", 4));
  g_assert_false (xmpp_frame_looks_like_stanza ("<i", 2));
  g_assert_false (xmpp_frame_looks_like_stanza ("", 0));
}

static void
test_times_both_ways (void)
{
  static const struct
  {
    const char *text;
    gint64 us;
  } rows[] = {
    { "1970-01-01T00:00:01Z", 1000000 },
    { "2026-11-23T10:00:00.123456Z", G_GINT64_CONSTANT (1795428000123456) },
    { "2026-11-23T10:00:00Z", G_GINT64_CONSTANT (1795428000000000) },
  };
  g_autofree char *none = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = xmpp_time_format (rows[i].us);

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpint (xmpp_time_parse (text), ==, rows[i].us);
    }
  g_assert_cmpint (xmpp_time_parse ("2026-11-23T12:00:00+02:00"), ==, rows[2].us);
  g_assert_cmpint (xmpp_time_parse ("yesterday"), ==, 0);
  g_assert_cmpint (xmpp_time_parse (NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xmpp/frame/reads-a-stanza", test_reads_a_stanza);
  g_test_add_func ("/xmpp/frame/refuses-hostile-frames", test_refuses_hostile_frames);
  g_test_add_func ("/xmpp/frame/bounds-depth", test_bounds_depth);
  g_test_add_func ("/xmpp/frame/bounds-what-takes-time-and-memory",
                   test_bounds_what_takes_time_and_memory);
  g_test_add_func ("/xmpp/frame/bounds-size", test_bounds_size);
  g_test_add_func ("/xmpp/frame/knows-a-broken-stanza-from-other-frames",
                   test_knows_a_broken_stanza_from_other_frames);
  g_test_add_func ("/xmpp/frame/times-both-ways", test_times_both_ways);
  return g_test_run ();
}
