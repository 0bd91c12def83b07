/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xmpp-about.h"
#include "xmpp-fallback.h"
#include "xmpp-frame.h"
#include "xmpp-message.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

#define OWN "alice@example.org"

static XmppMessage *
read_payload (const char *payload)
{
  g_autofree char *text = g_strdup_printf (
      "<message xmlns='jabber:client' from='Bob@example.org/x' type='chat' id='1'>%s</message>",
      payload);
  g_autoptr (XmppStanza) stanza = xmpp_frame_parse (text, strlen (text), NULL);

  g_assert_nonnull (stanza);
  return xmpp_message_new_from_stanza (stanza, OWN);
}

static void
test_reads_corrections_and_retractions_of_both_versions (void)
{
  static const struct
  {
    const char *payload, *replaces, *retracts;
    gboolean is_moderated;
  } rows[] = {
    { "<replace xmlns='urn:xmpp:message-correct:0' id='a'/>", "a", NULL, FALSE },
    { "<replace xmlns='urn:xmpp:message-correct:1' id='a'/>", NULL, NULL, FALSE },
    { "<replace xmlns='urn:xmpp:message-correct:0'/>", NULL, NULL, FALSE },
    { "<retract xmlns='urn:xmpp:message-retract:1' id='a'/>", NULL, "a", FALSE },
    { "<retract xmlns='urn:xmpp:message-retract:1' id=''/>", NULL, NULL, FALSE },
    { "<retract xmlns='urn:xmpp:message-retract:0' id='a'/>", NULL, NULL, FALSE },
    { "<apply-to xmlns='urn:xmpp:fasten:0' id='a'>"
      "<retract xmlns='urn:xmpp:message-retract:0'/></apply-to>",
      NULL, "a", FALSE },
    { "<apply-to xmlns='urn:xmpp:fasten:0' id='a'>"
      "<retract xmlns='urn:xmpp:message-retract:1'/></apply-to>",
      NULL, NULL, FALSE },
    { "<apply-to xmlns='urn:xmpp:fasten:0' id='a'><moderated xmlns='urn:xmpp:message-moderate:0' "
      "by='room@conf/m'><retract xmlns='urn:xmpp:message-retract:0'/></moderated></apply-to>",
      NULL, "a", TRUE },
    { "<retract xmlns='urn:xmpp:message-retract:1' id='a'>"
      "<moderated xmlns='urn:xmpp:message-moderate:1'/></retract>",
      NULL, "a", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (XmppMessage) message = read_payload (rows[i].payload);

      g_assert_cmpstr (message->about.replaces_id, ==, rows[i].replaces);
      g_assert_cmpstr (message->about.retracts_id, ==, rows[i].retracts);
      g_assert_cmpint (message->about.is_moderated, ==, rows[i].is_moderated);
      g_assert_cmpstr (message->from, ==, "bob@example.org/x");
    }
}

static void
test_reads_reactions_once_each (void)
{
  g_autofree char *long_one = g_strnfill (XMPP_MAX_REACTION + 1, 'x');
  g_autofree char *payload = g_strdup_printf (
      "<reactions xmlns='urn:xmpp:reactions:0' id='a'><reaction>👋</reaction>"
      "<reaction> 👋\n</reaction><reaction>%s</reaction><reaction/><reaction>a b</reaction>"
      "<other>x</other><reaction xmlns='urn:other'>y</reaction><reaction>🐢</reaction></reactions>",
      long_one);
  g_autoptr (XmppMessage) message = read_payload (payload);
  g_autoptr (XmppMessage) none = read_payload ("<reactions xmlns='urn:xmpp:reactions:0' id='a'/>");
  g_autoptr (XmppMessage) nothing
      = read_payload ("<reactions xmlns='urn:xmpp:reactions:0'><reaction>x</reaction></reactions>");

  g_assert_cmpstr (message->about.reacts_to_id, ==, "a");
  g_assert_cmpuint (g_strv_length (message->about.reactions), ==, 2);
  g_assert_cmpstr (message->about.reactions[0], ==, "👋");
  g_assert_cmpstr (message->about.reactions[1], ==, "🐢");
  g_assert_cmpstr (none->about.reacts_to_id, ==, "a");
  g_assert_cmpuint (g_strv_length (none->about.reactions), ==, 0);
  g_assert_null (nothing->about.reacts_to_id);
  g_assert_null (nothing->about.reactions);
}

static void
test_reactions_by_thousands_are_a_few (void)
{
  g_autoptr (GString) payload = g_string_new ("<reactions xmlns='urn:xmpp:reactions:0' id='a'>");
  g_autoptr (XmppMessage) message = NULL;

  for (guint i = 0; i < 1500; i++)
    g_string_append_printf (payload, "<reaction>%u</reaction>", i);
  g_string_append (payload, "</reactions>");
  message = read_payload (payload->str);
  g_assert_cmpuint (g_strv_length (message->about.reactions), ==, XMPP_MAX_REACTIONS);
}

static void
test_reads_replies (void)
{
  g_autoptr (XmppMessage) reply
      = read_payload ("<reply xmlns='urn:xmpp:reply:0' id='a' to='Alice@Example.org/x'/>");
  g_autoptr (XmppMessage) bare = read_payload ("<reply xmlns='urn:xmpp:reply:0' id='a'/>");
  g_autoptr (XmppMessage) odd = read_payload ("<reply xmlns='urn:xmpp:reply:0' id='a' to='@'/>");
  g_autoptr (XmppMessage) none = read_payload ("<reply xmlns='urn:xmpp:reply:0' to='a@b'/>");

  g_assert_cmpstr (reply->about.replies_to_id, ==, "a");
  g_assert_cmpstr (reply->about.replies_to, ==, "alice@example.org/x");
  g_assert_cmpstr (bare->about.replies_to_id, ==, "a");
  g_assert_null (bare->about.replies_to);
  g_assert_null (odd->about.replies_to);
  g_assert_null (none->about.replies_to_id);
  g_assert_null (none->about.replies_to);
}

static void
test_an_error_takes_nothing_back (void)
{
  const char *text = "<message xmlns='jabber:client' from='bob@example.org' type='error' id='1'>"
                     "<retract xmlns='urn:xmpp:message-retract:1' id='a'/>"
                     "<reactions xmlns='urn:xmpp:reactions:0' id='a'/>"
                     "<replace xmlns='urn:xmpp:message-correct:0' id='a'/></message>";
  g_autoptr (XmppStanza) stanza = xmpp_frame_parse (text, strlen (text), NULL);
  g_autoptr (XmppMessage) message = xmpp_message_new_from_stanza (stanza, OWN);

  g_assert_nonnull (message->error);
  g_assert_null (message->about.retracts_id);
  g_assert_null (message->about.reacts_to_id);
  g_assert_null (message->about.replaces_id);
}

#define FOR_REPLY(inside)                                                                          \
  "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>" inside "</fallback>"

static void
test_takes_away_what_only_stands_in (void)
{
  static const char *const for_reply[] = { XMPP_NS_REPLY, NULL };
  static const struct
  {
    const char *payload, *left;
  } rows[] = {
    { "", "> 好的\nyes" },
    { FOR_REPLY ("<body start='0' end='5'/>"), "yes" },
    { FOR_REPLY ("<body start='2' end='4'/>"), "> \nyes" },
    { FOR_REPLY ("<body start='0' end='2'/><body start='1' end='5'/>"), "yes" },
    { FOR_REPLY ("<body/>"), "" },
    { FOR_REPLY (""), "" },
    { FOR_REPLY ("<body end='5'/>"), "yes" },
    { FOR_REPLY ("<subject/>"), "> 好的\nyes" },
    { FOR_REPLY ("<body start='0' end='9'/>"), "> 好的\nyes" },
    { FOR_REPLY ("<body start='5' end='0'/>"), "> 好的\nyes" },
    { FOR_REPLY ("<body start='-1' end='5'/>"), "> 好的\nyes" },
    { FOR_REPLY ("<body start='0' end='18446744073709551616'/>"), "> 好的\nyes" },
    { FOR_REPLY ("<body start='18446744073709551615' end='5'/>"), "> 好的\nyes" },
    { FOR_REPLY ("<body start='x' end='5'/>"), "> 好的\nyes" },
    { "<fallback xmlns='urn:xmpp:fallback:0' for='urn:other'><body/></fallback>", "> 好的\nyes" },
    { "<fallback xmlns='urn:xmpp:fallback:0'><body/></fallback>", "> 好的\nyes" },
    { "<fallback xmlns='urn:xmpp:feature-fallback:0' for='urn:xmpp:reply:0'>"
      "<body start='0' end='5'/></fallback>",
      "yes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *payload = g_strconcat ("<body>&gt; 好的\nyes</body>", rows[i].payload, NULL);
      g_autoptr (XmppMessage) message = read_payload (payload);
      g_autofree char *left = xmpp_fallback_strip (message->node, message->body, for_reply);

      g_assert_cmpstr (left, ==, rows[i].left);
    }
}

static void
test_builds_what_it_reads (void)
{
  static const char *const reactions[] = { "👋", "🐢", NULL };
  g_autoptr (XmppStanza) retraction
      = xmpp_retraction_new ("bob@example.org", XMPP_MESSAGE_CHAT, "s1", "a");
  g_autoptr (XmppStanza) reacting
      = xmpp_reactions_new ("bob@example.org", XMPP_MESSAGE_CHAT, "s2", "a", reactions);
  g_autoptr (XmppStanza) content = xmpp_stanza_new (
      XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_TEXT_EL ("body", NULL, "x"))));
  g_autoptr (XmppMessage) retracts = xmpp_message_new_from_stanza (retraction, OWN);
  g_autoptr (XmppMessage) reacts = xmpp_message_new_from_stanza (reacting, OWN);
  g_autoptr (XmppMessage) corrects = NULL;

  xmpp_correction_add (content, "c");
  xmpp_reply_add (content, "r", "bob@example.org");
  corrects = xmpp_message_new_from_stanza (content, OWN);
  g_assert_cmpstr (retracts->about.retracts_id, ==, "a");
  g_assert_nonnull (retracts->body);
  g_assert_nonnull (retracts->origin_id);
  g_assert_nonnull (xmpp_message_payload (retracts, "store", XMPP_NS_HINTS));
  g_assert_nonnull (xmpp_message_payload (retracts, "fallback", XMPP_NS_FALLBACK));
  g_assert_nonnull (xmpp_message_payload (retracts, "apply-to", XMPP_NS_FASTEN));
  g_assert_cmpstr (reacts->about.reacts_to_id, ==, "a");
  g_assert_true (g_strv_equal (reactions, (const char *const *) reacts->about.reactions));
  g_assert_null (reacts->body);
  g_assert_nonnull (xmpp_message_payload (reacts, "store", XMPP_NS_HINTS));
  g_assert_cmpstr (corrects->about.replaces_id, ==, "c");
  g_assert_cmpstr (corrects->about.replies_to_id, ==, "r");
  g_assert_cmpstr (corrects->about.replies_to, ==, "bob@example.org");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/xmpp/about/" path, function)
  ADD ("corrections-and-retractions", test_reads_corrections_and_retractions_of_both_versions);
  ADD ("reactions-once-each", test_reads_reactions_once_each);
  ADD ("reactions-by-thousands", test_reactions_by_thousands_are_a_few);
  ADD ("replies", test_reads_replies);
  ADD ("an-error-takes-nothing-back", test_an_error_takes_nothing_back);
  ADD ("what-only-stands-in", test_takes_away_what_only_stands_in);
  ADD ("builds-what-it-reads", test_builds_what_it_reads);
  return g_test_run ();
}
