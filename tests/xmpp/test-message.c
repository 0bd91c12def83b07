/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xmpp-frame.h"
#include "xmpp-message.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

#define OWN "alice@example.org"
#define STAMP_US G_GINT64_CONSTANT (1795428000000000)
#define DELAY(from) "<delay xmlns='urn:xmpp:delay' from='" from "' stamp='2026-11-23T10:00:00Z'/>"
#define STANZA_ID(by) "<stanza-id xmlns='urn:xmpp:sid:0' by='" by "' id='s1'/>"
#define CHAT                                                                                       \
  "<message xmlns='jabber:client' from='Bob@Example.org/x' to='" OWN "/desktop' type='chat' "      \
  "id='1'>"

static XmppStanza *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  XmppStanza *stanza = xmpp_frame_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return stanza;
}

static XmppMessage *
read_live (const char *text)
{
  g_autoptr (XmppStanza) stanza = parse (text);

  return xmpp_message_new_from_stanza (stanza, OWN);
}

static void
test_reads_a_live_message (void)
{
  g_autoptr (XmppMessage) message = read_live (
      CHAT
      "<body>hi</body><subject>s</subject><thread>t</thread>"
      "<origin-id xmlns='urn:xmpp:sid:0' id='o1'/>" STANZA_ID (
          OWN) "<request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/>"
               "<active xmlns='http://jabber.org/protocol/chatstates'/>"
               "<x xmlns='jabber:x:oob'><url>https://f</url></x><p "
               "xmlns='urn:linnet:tim:1'/></message>");

  g_assert_cmpstr (message->from, ==, "bob@example.org/x");
  g_assert_cmpstr (message->to, ==, OWN "/desktop");
  g_assert_cmpint (message->type, ==, XMPP_MESSAGE_CHAT);
  g_assert_cmpstr (message->id, ==, "1");
  g_assert_cmpstr (message->origin_id, ==, "o1");
  g_assert_cmpstr (message->stanza_id, ==, "s1");
  g_assert_cmpstr (message->stanza_id_by, ==, OWN);
  g_assert_cmpstr (message->archive_id, ==, "s1");
  g_assert_cmpstr (message->body, ==, "hi");
  g_assert_cmpstr (message->subject, ==, "s");
  g_assert_cmpstr (message->thread, ==, "t");
  g_assert_cmpint (message->stamp_us, ==, 0);
  g_assert_cmpint (message->carbon, ==, XMPP_CARBON_NONE);
  g_assert_false (message->is_archived);
  g_assert_true (message->receipt_requested);
  g_assert_true (message->markable);
  g_assert_cmpint (message->chat_state, ==, XMPP_CHAT_STATE_ACTIVE);
  g_assert_cmpstr (message->oob_url, ==, "https://f");
  g_assert_nonnull (xmpp_message_payload (message, NULL, "urn:linnet:tim:1"));
  g_assert_null (xmpp_message_payload (message, NULL, "urn:other"));
  g_assert_false (xmpp_message_is_own (message, OWN));
  g_assert_null (message->error);
}

static void
test_believes_stanza_ids_of_trusted_archives_only (void)
{
  static const struct
  {
    const char *text, *stanza_id, *archive_id;
  } rows[] = {
    { CHAT STANZA_ID ("mallory@example.org") "</message>", NULL, NULL },
    { CHAT STANZA_ID ("example.org") "</message>", NULL, NULL },
    { CHAT STANZA_ID ("bob@example.org") "</message>", NULL, NULL },
    { CHAT "<stanza-id xmlns='urn:xmpp:sid:0' id='s1'/></message>", NULL, NULL },
    { CHAT STANZA_ID ("mallory@example.org") "<stanza-id xmlns='urn:xmpp:sid:0' by='" OWN
                                             "' id='s2'/></message>",
      "s2", "s2" },
    /* forged by the sender; the server appends its own */
    { CHAT STANZA_ID (OWN) "<stanza-id xmlns='urn:xmpp:sid:0' by='" OWN "' id='s2'/></message>",
      "s2", "s2" },
    { "<message xmlns='jabber:client' type='groupchat' from='room@conf/nick'>" STANZA_ID (
          "room@conf") "</message>",
      "s1", NULL },
    { "<message xmlns='jabber:client' type='groupchat' from='room@conf/nick'>" STANZA_ID (
          "other@conf") STANZA_ID (OWN) "</message>",
      NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (XmppMessage) message = read_live (rows[i].text);

      g_assert_cmpstr (message->stanza_id, ==, rows[i].stanza_id);
      g_assert_cmpstr (message->archive_id, ==, rows[i].archive_id);
    }
}

static void
test_believes_delays_of_the_own_server_only (void)
{
  static const struct
  {
    const char *text;
    gint64 stamp_us;
  } rows[] = {
    { CHAT DELAY ("example.org") "</message>", STAMP_US },
    { CHAT DELAY (OWN) "</message>", STAMP_US },
    { CHAT DELAY ("bob@example.org") "</message>", 0 },
    { CHAT DELAY ("evil.org") DELAY ("example.org") "</message>", STAMP_US },
    { CHAT "<delay xmlns='urn:xmpp:delay' stamp='2026-11-23T10:00:00Z'/></message>", 0 },
    { "<message xmlns='jabber:client' type='groupchat' from='room@conf/n'>" DELAY (
          "room@conf") "</message>",
      STAMP_US },
    { "<message xmlns='jabber:client' type='chat' from='room@conf/n'>" DELAY (
          "room@conf") "</message>",
      0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (XmppMessage) message = read_live (rows[i].text);

      g_assert_cmpint (message->stamp_us, ==, rows[i].stamp_us);
    }
}

#define CARBON(from, which, inner)                                                                 \
  "<message xmlns='jabber:client' " from " to='" OWN "/desktop' type='chat'><" which               \
  " xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>" inner                       \
  "</forwarded></" which "></message>"
#define INNER                                                                                      \
  "<message xmlns='jabber:client' from='" OWN "/phone' to='bob@example.org' type='chat' id='9'>"   \
  "<body>b</body>" STANZA_ID (OWN) "</message>"

static void
test_takes_carbons_off (void)
{
  g_autoptr (XmppMessage) sent = read_live (CARBON ("from='" OWN "'", "sent", DELAY ("x") INNER));
  g_autoptr (XmppMessage) received
      = read_live (CARBON ("from='Alice@Example.org'", "received", INNER));
  g_autoptr (XmppMessage) bare = read_live (CARBON ("", "received", INNER));

  g_assert_cmpint (sent->carbon, ==, XMPP_CARBON_SENT);
  g_assert_cmpstr (sent->from, ==, OWN "/phone");
  g_assert_cmpstr (sent->to, ==, "bob@example.org");
  g_assert_cmpstr (sent->body, ==, "b");
  g_assert_cmpstr (sent->archive_id, ==, "s1");
  g_assert_cmpint (sent->stamp_us, ==, STAMP_US);
  g_assert_true (xmpp_message_is_own (sent, OWN));
  g_assert_cmpint (received->carbon, ==, XMPP_CARBON_RECEIVED);
  g_assert_nonnull (bare);
}

static void
test_refuses_forgeries (void)
{
  static const char *const forged[] = {
    CARBON ("from='mallory@example.org'", "sent", INNER),
    CARBON ("from='mallory@example.org/x'", "received", INNER),
    CARBON ("from='" OWN "/desktop'", "sent", INNER),
    CARBON ("from='example.org'", "sent", INNER),
    CARBON ("from='" OWN "'", "sent", ""),
    "<message xmlns='jabber:client' from='" OWN "'><sent xmlns='urn:xmpp:carbons:2'/></message>",
    /* an archive result that nobody asked for */
    "<message xmlns='jabber:client' from='" OWN
    "'><result xmlns='urn:xmpp:mam:2' id='1' queryid='q'>"
    "<forwarded xmlns='urn:xmpp:forward:0'>" INNER "</forwarded></result></message>",
    "<presence xmlns='jabber:client' from='" OWN "'/>",
    /* nobody, which is not the own server */
    "<message xmlns='jabber:client' from=''><body>hi</body></message>",
    "<message xmlns='jabber:client' from='a@b@c'><body>hi</body></message>",
    CARBON ("from='" OWN "'", "sent", "<message xmlns='jabber:client' from='@'/>"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autoptr (XmppMessage) message = read_live (forged[i]);

      g_assert_null (message);
    }
}

static void
test_what_cannot_be_said_again_is_no_id (void)
{
  g_autofree char *long_id = g_strnfill (XMPP_MAX_ID + 1, 'x');
  const char *const ids[] = { "", " ", "&#9;", "two&#10;lines", "a&#9;tab", long_id };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "<message xmlns='jabber:client' from='bob@example.org' id='%s'><body>hi</body>"
          "<origin-id xmlns='urn:xmpp:sid:0' id='%s'/>"
          "<displayed xmlns='urn:xmpp:chat-markers:0' id='%s'/></message>",
          ids[i], ids[i], ids[i]);
      g_autoptr (XmppMessage) message = read_live (text);

      g_assert_cmpstr (message->body, ==, "hi");
      g_assert_null (message->id);
      g_assert_null (message->origin_id);
      g_assert_null (message->displayed_id);
    }
}

static void
test_reads_archive_results (void)
{
  g_autoptr (XmppStanza) stanza
      = parse ("<message xmlns='jabber:client' from='" OWN
               "'><result xmlns='urn:xmpp:mam:2' id='a7' queryid='q'>"
               "<forwarded xmlns='urn:xmpp:forward:0'>" DELAY ("example.org") INNER
               "</forwarded></result></message>");
  g_autoptr (XmppStanza) empty
      = parse ("<message xmlns='jabber:client'><result xmlns='urn:xmpp:mam:2'/></message>");
  g_autoptr (XmppMessage) message = xmpp_message_new_from_result (stanza, OWN, OWN);

  g_assert_true (message->is_archived);
  g_assert_cmpstr (message->archive_id, ==, "a7");
  g_assert_cmpstr (message->stanza_id, ==, "a7");
  g_assert_cmpstr (message->stanza_id_by, ==, OWN);
  g_assert_cmpint (message->stamp_us, ==, STAMP_US);
  g_assert_cmpstr (message->id, ==, "9");
  g_assert_true (xmpp_message_is_own (message, OWN));
  g_assert_null (xmpp_message_new_from_result (empty, OWN, OWN));
}

static void
test_reads_errors_receipts_markers_and_states (void)
{
  g_autoptr (XmppMessage) error
      = read_live ("<message xmlns='jabber:client' type='error' id='5' "
                   "from='bob@example.org'><body>b</body><error type='cancel'>"
                   "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                   "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>no</text></error></message>");
  g_autoptr (XmppMessage) bare_error = read_live ("<message xmlns='jabber:client' type='error'/>");
  g_autoptr (XmppMessage) notes
      = read_live (CHAT "<received xmlns='urn:xmpp:receipts' id='r1'/><displayed "
                        "xmlns='urn:xmpp:chat-markers:0' id='d1'/>"
                        "<composing xmlns='http://jabber.org/protocol/chatstates'/></message>");
  g_autoptr (XmppMessage) odd
      = read_live ("<message xmlns='jabber:client' type='strange'>"
                   "<cheering xmlns='http://jabber.org/protocol/chatstates'/><received "
                   "xmlns='urn:xmpp:receipts'/></message>");

  g_assert_null (read_live ("<message xmlns='jabber:client' from='@'><body>b</body></message>"));
  g_assert_error (error->error, XMPP_ERROR, XMPP_ERROR_SERVICE_UNAVAILABLE);
  g_assert_cmpstr (error->error->message, ==, "service-unavailable: no");
  g_assert_error (bare_error->error, XMPP_ERROR, XMPP_ERROR_UNDEFINED_CONDITION);
  g_assert_cmpuint (g_strv_length (notes->received_ids), ==, 1);
  g_assert_cmpstr (notes->received_ids[0], ==, "r1");
  g_assert_cmpstr (notes->displayed_id, ==, "d1");
  g_assert_cmpint (notes->chat_state, ==, XMPP_CHAT_STATE_COMPOSING);
  g_assert_null (notes->body);
  g_assert_cmpint (odd->type, ==, XMPP_MESSAGE_NORMAL);
  g_assert_null (odd->from);
  g_assert_null (odd->received_ids);
  g_assert_cmpint (odd->chat_state, ==, XMPP_CHAT_STATE_NONE);
}

static void
test_builds_notes (void)
{
  static const char *const ids[] = { "m1", "m2", NULL };
  g_autoptr (XmppStanza) receipt = xmpp_receipt_new ("b@c", XMPP_MESSAGE_CHAT, ids, NULL);
  g_autoptr (XmppStanza) marker = xmpp_marker_new_displayed ("b@c", XMPP_MESSAGE_CHAT, "m1");
  g_autoptr (XmppStanza) typing
      = xmpp_chat_state_new ("b@c", XMPP_MESSAGE_CHAT, XMPP_CHAT_STATE_COMPOSING);

  g_assert_true (xmpp_spec_match (
      XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("to", "b@c"),
                          XMPP_ATTR ("type", "chat"), XMPP_ATTR ("id", XMPP_ANY),
                          XMPP_EL ("received", XMPP_NS_RECEIPTS, XMPP_ATTR ("id", "m1")),
                          XMPP_EL ("received", XMPP_NS_RECEIPTS, XMPP_ATTR ("id", "m2")),
                          XMPP_EL ("store", XMPP_NS_HINTS))),
      xmpp_stanza_get_root (receipt)));
  g_assert_true (xmpp_spec_match (XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT,
                                                      XMPP_EL ("displayed", XMPP_NS_MARKERS,
                                                               XMPP_ATTR ("id", "m1")),
                                                      XMPP_EL ("store", XMPP_NS_HINTS))),
                                  xmpp_stanza_get_root (marker)));
  g_assert_true (xmpp_spec_match (XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT,
                                                      XMPP_EL ("composing", XMPP_NS_CHAT_STATES),
                                                      XMPP_EL ("no-store", XMPP_NS_HINTS))),
                                  xmpp_stanza_get_root (typing)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xmpp/message/reads-a-live-message", test_reads_a_live_message);
  g_test_add_func ("/xmpp/message/believes-stanza-ids-of-trusted-archives-only",
                   test_believes_stanza_ids_of_trusted_archives_only);
  g_test_add_func ("/xmpp/message/believes-delays-of-the-own-server-only",
                   test_believes_delays_of_the_own_server_only);
  g_test_add_func ("/xmpp/message/takes-carbons-off", test_takes_carbons_off);
  g_test_add_func ("/xmpp/message/refuses-forgeries", test_refuses_forgeries);
  g_test_add_func ("/xmpp/message/what-cannot-be-said-again-is-no-id",
                   test_what_cannot_be_said_again_is_no_id);
  g_test_add_func ("/xmpp/message/reads-archive-results", test_reads_archive_results);
  g_test_add_func ("/xmpp/message/reads-errors-receipts-markers-and-states",
                   test_reads_errors_receipts_markers_and_states);
  g_test_add_func ("/xmpp/message/builds-notes", test_builds_notes);
  return g_test_run ();
}
