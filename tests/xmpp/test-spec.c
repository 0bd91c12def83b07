/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xmpp-error.h"
#include "xmpp-frame.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"
#include "xmpp-stanza.h"

#include <string.h>

static const XmppSpec kept_pattern = XMPP_EL (
    "iq",
    XMPP_NS_CLIENT,
    XMPP_ATTR ("type", "set"),
    XMPP_EL ("query", XMPP_NS_ROSTER, XMPP_EL ("item", NULL, XMPP_ATTR ("jid", XMPP_ANY))));

static void
assert_builds (XmppStanza *stanza, const char *expected)
{
  g_autoptr (XmppStanza) owned = stanza;
  g_autofree char *text = xmpp_stanza_to_string (owned);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_builds_elements (void)
{
  const char *nothing = NULL;

  assert_builds (
      xmpp_stanza_new (XMPP_SPEC (XMPP_EL (
          "iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"), XMPP_ATTR ("to", nothing),
          XMPP_EL ("query", XMPP_NS_ROSTER,
                   XMPP_EL ("item", NULL, XMPP_ATTR ("name", "<&\"'>"),
                            XMPP_TEXT_EL ("group", NULL, "a < b"),
                            XMPP_TEXT_EL ("group", NULL, nothing), XMPP_EL_IF (FALSE, "no", NULL),
                            XMPP_EL_IF (TRUE, "yes", "n:s")))))),
      "<iq xmlns=\"jabber:client\" type=\"set\"><query xmlns=\"jabber:iq:roster\">"
      "<item name=\"&lt;&amp;&quot;'&gt;\"><group>a &lt; b</group><yes xmlns=\"n:s\"/></item>"
      "</query></iq>");
}

static void
test_leaves_out_what_xml_cannot_carry (void)
{
  g_autoptr (XmppStanza) stanza
      = xmpp_stanza_new (XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("id", "a\x01z"),
                                             XMPP_TEXT_EL ("body", NULL,
                                                           "a\x02\xef\xbf\xbe\xff"
                                                           "b\n\xf0\x9f\x98\x80"))));
  g_autofree char *text = xmpp_stanza_to_string (stanza);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) again = xmpp_frame_parse (text, strlen (text), &error);
  g_autofree char *body = NULL;

  g_assert_no_error (error);
  body = xmpp_node_dup_child_text (xmpp_stanza_get_root (again), "body", NULL);
  g_assert_cmpstr (body, ==,
                   "a\xef\xbf\xbd"
                   "b\n\xf0\x9f\x98\x80");
  g_assert_cmpstr (xmpp_stanza_get_id (again), ==, "az");
}

static void
test_copies_elements_with_their_namespace (void)
{
  static const char text[]
      = "<message xmlns='jabber:client'><x xmlns='n:s'><y><z xmlns='o'/></y></x></message>";
  g_autoptr (XmppStanza) from = xmpp_frame_parse (text, strlen (text), NULL);
  const xmlNode *x = xmpp_node_child (xmpp_stanza_get_root (from), "x", NULL);
  const xmlNode *y = xmpp_node_child (x, "y", NULL);

  assert_builds (
      xmpp_stanza_new (
          XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_NODE (y), XMPP_NODE (NULL)))),
      "<message xmlns=\"jabber:client\"><y xmlns=\"n:s\"><z xmlns=\"o\"/></y></message>");
}

static void
test_matches_what_contains_at_least_that (void)
{
  static const struct
  {
    const char *text;
    gboolean matches;
  } rows[] = {
    { "<iq xmlns='jabber:client' type='set' id='1'><a/><query xmlns='jabber:iq:roster' ver='1'>"
      "<item/><item jid='x@y' name='z'><group/></item></query></iq>",
      TRUE },
    { "<iq xmlns='jabber:client' type='get'><query xmlns='jabber:iq:roster'><item "
      "jid='x'/></query></iq>",
      FALSE },
    { "<iq xmlns='jabber:client' type='set'><query xmlns='jabber:iq:roster'><item/></query></iq>",
      FALSE },
    { "<iq xmlns='jabber:client' type='set'><query xmlns='other'><item jid='x'/></query></iq>",
      FALSE },
    { "<iq xmlns='other' type='set'><query xmlns='jabber:iq:roster'><item jid='x'/></query></iq>",
      FALSE },
    { "<iq xmlns='jabber:client' type='set'><query xmlns='jabber:iq:roster'><item xmlns='o' "
      "jid='x'/>"
      "</query></iq>",
      FALSE },
    { "<message xmlns='jabber:client' type='set'/>", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (XmppStanza) stanza = xmpp_frame_parse (rows[i].text, strlen (rows[i].text), NULL);

      g_assert_cmpint (xmpp_spec_match (&kept_pattern, xmpp_stanza_get_root (stanza)), ==,
                       rows[i].matches);
    }
}

static void
test_matches_text_and_wildcards (void)
{
  static const char text[] = "<a xmlns='n'><b>x</b><c/></a>";
  g_autoptr (XmppStanza) stanza = xmpp_frame_parse (text, strlen (text), NULL);
  const xmlNode *root = xmpp_stanza_get_root (stanza);

  g_assert_true (
      xmpp_spec_match (XMPP_SPEC (XMPP_EL ("a", "n", XMPP_TEXT_EL ("b", "n", "x"))), root));
  g_assert_true (
      xmpp_spec_match (XMPP_SPEC (XMPP_EL ("a", "n", XMPP_TEXT_EL ("b", NULL, XMPP_ANY))), root));
  g_assert_false (
      xmpp_spec_match (XMPP_SPEC (XMPP_EL ("a", "n", XMPP_TEXT_EL ("b", "n", "y"))), root));
  g_assert_true (
      xmpp_spec_match (XMPP_SPEC (XMPP_EL (XMPP_ANY, XMPP_ANY, XMPP_EL (XMPP_ANY, "n"))), root));
  g_assert_true (
      xmpp_spec_match (XMPP_SPEC (XMPP_EL ("a", "n", XMPP_EL ("b", NULL, XMPP_TEXT ("x")))), root));
  g_assert_false (xmpp_spec_match (XMPP_SPEC (XMPP_EL ("a", "n")), NULL));
}

static void
test_answers_requests (void)
{
  static const char text[]
      = "<iq xmlns='jabber:client' type='get' from='a@b/c' to='me' id='7'><q xmlns='n'/></iq>";
  g_autoptr (XmppStanza) iq = xmpp_frame_parse (text, strlen (text), NULL);
  g_autoptr (XmppStanza) refusal = xmpp_stanza_new_error (iq, XMPP_ERROR_ITEM_NOT_FOUND);
  g_autoptr (GError) error = xmpp_stanza_dup_error (refusal);

  assert_builds (
      xmpp_stanza_new_result (iq, XMPP_SPEC (XMPP_EL ("r", "n"))),
      "<iq xmlns=\"jabber:client\" type=\"result\" to=\"a@b/c\" id=\"7\"><r xmlns=\"n\"/></iq>");
  g_assert_error (error, XMPP_ERROR, XMPP_ERROR_ITEM_NOT_FOUND);
  g_assert_true (xmpp_error_is_stanza_error (error));
  g_assert_null (xmpp_stanza_dup_error (iq));
}

static void
test_ids_are_long_and_differ (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++)
    {
      char *id = xmpp_id_new ();

      g_assert_cmpuint (strlen (id), ==, 22);
      g_assert_null (strpbrk (id, "+/="));
      g_assert_true (g_hash_table_add (seen, id));
    }
}

static void
test_conditions_have_names_and_types (void)
{
  guint n = 0;

  for (int code = 0; code < XMPP_N_ERRORS; code++)
    if (xmpp_error_condition (code) != NULL)
      {
        g_assert_nonnull (xmpp_error_type (code));
        n++;
      }
  g_assert_cmpuint (n, ==, 23);
  g_assert_null (xmpp_error_condition (XMPP_ERROR_IO));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xmpp/spec/builds-elements", test_builds_elements);
  g_test_add_func ("/xmpp/spec/leaves-out-what-xml-cannot-carry",
                   test_leaves_out_what_xml_cannot_carry);
  g_test_add_func ("/xmpp/spec/copies-elements-with-their-namespace",
                   test_copies_elements_with_their_namespace);
  g_test_add_func ("/xmpp/spec/matches-what-contains-at-least-that",
                   test_matches_what_contains_at_least_that);
  g_test_add_func ("/xmpp/spec/matches-text-and-wildcards", test_matches_text_and_wildcards);
  g_test_add_func ("/xmpp/stanza/answers-requests", test_answers_requests);
  g_test_add_func ("/xmpp/stanza/ids-are-long-and-differ", test_ids_are_long_and_differ);
  g_test_add_func ("/xmpp/error/conditions-have-names-and-types",
                   test_conditions_have_names_and_types);
  return g_test_run ();
}
