/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-fixture.h"

#include "im-elem.h"
#include "im-json.h"
#include "xmpp-frame.h"

#include <string.h>

static ImMsg *
parse_message (const char *elems)
{
  g_autofree char *text = g_strdup_printf ("{\"message_elem_array\":[%s]}", elems);
  g_autoptr (GError) error = NULL;
  ImMsg *msg = im_json_parse (&im_msg_type, text, -1, IM_JSON_LENIENT, &error);

  g_assert_no_error (error);
  return msg;
}

ImMsg *
fixture_message (const char *elems)
{
  ImMsg *msg = parse_message (elems);

  msg->conv_id = g_strdup ("bob");
  msg->conv_type = IM_CONV_C2C;
  msg->rand = 7;
  msg->client_time = 1700000000;
  return msg;
}

XmppStanza *
fixture_sent (const ImMsg *msg)
{
  MapIds alice;
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) stanza = NULL;
  g_autofree char *text = NULL;
  XmppStanza *sent;

  g_assert_true (map_ids_init (&alice, "alice", "example.org", NULL));
  stanza = map_message_to_stanza (&alice, msg, "origin-1", &error);
  g_assert_no_error (error);
  map_ids_clear (&alice);
  xmpp_stanza_set_attr (stanza, "from", "alice@example.org/desktop");
  /* As it comes out of the network. */
  text = xmpp_stanza_to_string (stanza);
  sent = xmpp_frame_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  return sent;
}

ImMsg *
fixture_received (XmppStanza *stanza)
{
  g_autoptr (XmppMessage) message = xmpp_message_new_from_stanza (stanza, "bob@example.org");
  MapIds bob;
  ImMsg *msg;

  g_assert_true (map_ids_init (&bob, "bob", "example.org", NULL));
  msg = map_message_from_stanza (&bob, message, FIXTURE_NOW_US);
  map_ids_clear (&bob);
  return msg;
}

ImMsg *
fixture_round_trip (const ImMsg *msg)
{
  g_autoptr (XmppStanza) stanza = fixture_sent (msg);

  return fixture_received (stanza);
}

ImMsg *
fixture_read (const char *payload)
{
  g_autofree char *text = g_strdup_printf (
      "<message xmlns='jabber:client' from='ann@example.org/x' type='chat' id='m'>%s</message>",
      payload);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) stanza = xmpp_frame_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return fixture_received (stanza);
}

ImMsg *
fixture_read_claim (const char *body, const char *payload, const char *elems)
{
  g_autofree char *json = g_strdup_printf ("{\"message_elem_array\":[%s]}", elems);
  g_autofree char *escaped_body = g_markup_escape_text (body, -1);
  g_autofree char *escaped_json = g_markup_escape_text (json, -1);
  g_autofree char *all = g_strdup_printf ("<body>%s</body>%s<tim xmlns='urn:linnet:tim:1'>"
                                          "<json xmlns='urn:xmpp:json:0'>%s</json></tim>",
                                          escaped_body, payload, escaped_json);

  return fixture_read (all);
}

static char *
format_elems (const ImMsg *msg)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < msg->elems->len; i++)
    {
      g_autofree char *elem = im_json_format_internal (g_ptr_array_index (msg->elems, i));

      g_string_append_printf (text, "%s\n", elem);
    }
  return g_string_free (text, FALSE);
}

/* Which keys are spelt out does not count: both are completed before. */
void
fixture_assert_elems (const ImMsg *msg, const char *elems)
{
  g_autoptr (ImMsg) expected = parse_message (elems);
  g_autoptr (ImMsg) got = im_json_copy (msg);
  g_autofree char *expected_text = NULL;
  g_autofree char *got_text = NULL;

  g_assert_nonnull (msg);
  im_json_complete (expected);
  im_json_complete (got);
  expected_text = format_elems (expected);
  got_text = format_elems (got);
  g_assert_cmpuint (got->elems->len, ==, expected->elems->len);
  for (guint i = 0; i < got->elems->len; i++)
    if (!im_json_equal (got->elems->pdata[i], expected->elems->pdata[i]))
      g_error ("got\n%sexpected\n%s", got_text, expected_text);
}

void
fixture_assert_text (const ImMsg *msg, const char *text)
{
  const ImTextElem *elem;

  g_assert_nonnull (msg);
  g_assert_cmpuint (msg->elems->len, ==, 1);
  elem = g_ptr_array_index (msg->elems, 0);
  g_assert_cmpint (elem->base.type, ==, IM_ELEM_TEXT);
  g_assert_cmpstr (elem->content, ==, text);
}
