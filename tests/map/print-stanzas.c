/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-fixture.h"

#include <stdio.h>

/* Prints what we send, one stanza a line, for test_stock_client.py. */

#define PICTURE "{\"elem_type\":1,\"image_elem_orig_url\":\"https://up.example/p.png\"}"
#define TEXT "{\"elem_type\":0,\"text_elem_content\":\"\xe5\xa5\xbd yes\"}"

static void
print_stanza (const char *name, const XmppStanza *stanza)
{
  g_autofree char *text = xmpp_stanza_to_string (stanza);

  g_strdelimit (text, "\n", '\x1f');
  printf ("%s\t%s\n", name, text);
}

static void
print_message (const char *name, const char *elems, const char *cloud)
{
  g_autoptr (ImMsg) msg = fixture_message (elems);
  g_autoptr (XmppStanza) stanza = NULL;

  msg->cloud_custom_str = g_strdup (cloud);
  stanza = fixture_sent (msg);
  print_stanza (name, stanza);
}

static void
print_correction (void)
{
  g_autoptr (ImMsg) msg = fixture_message (TEXT);
  g_autoptr (XmppStanza) stanza = NULL;
  MapIds ids;

  g_assert_true (map_ids_init (&ids, "alice", "example.org", NULL));
  stanza = map_message_to_correction (&ids, msg, "new", "old", NULL);
  map_ids_clear (&ids);
  print_stanza ("correction", stanza);
}

int
main (void)
{
  static const char *const reactions[] = { "\xf0\x9f\x91\x8b", "\xf0\x9f\x90\xa2", NULL };
  g_autoptr (XmppStanza) retraction
      = xmpp_retraction_new ("bob@example.org", XMPP_MESSAGE_CHAT, "said", "old");
  g_autoptr (XmppStanza) reacting
      = xmpp_reactions_new ("bob@example.org", XMPP_MESSAGE_CHAT, "said", "old", reactions);

  print_message ("text", TEXT, NULL);
  print_message ("picture", PICTURE, NULL);
  print_message ("place",
                 "{\"elem_type\":8,\"location_elem_desc\":\"here\",\"location_elem_latitude\":-1.5,"
                 "\"location_elem_longitude\":2}",
                 NULL);
  print_message ("mixed", TEXT "," PICTURE, NULL);
  print_message ("reply", TEXT,
                 "{\"messageReply\":{\"messageID\":\"old\",\"messageAbstract\":\"one\\ntwo\","
                 "\"messageSender\":\"bob\"}}");
  print_correction ();
  print_stanza ("retraction", retraction);
  print_stanza ("reactions", reacting);
  return 0;
}
