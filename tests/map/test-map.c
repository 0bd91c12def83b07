/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-elem.h"
#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "im-loop.h"
#include "im-user-sig.h"
#include "map-error.h"
#include "map-id.h"
#include "map-message.h"
#include "xmpp-error.h"
#include "xmpp-frame.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#define CLAIMED_AT_S G_GINT64_CONSTANT (1800000000)

static void
set_up (MapIds *ids)
{
  g_assert_true (map_ids_init (ids, "alice", "example.org", NULL));
}

static void
test_a_user_of_the_own_domain_is_its_local_part (void)
{
  static const struct
  {
    const char *user;
    const char *jid;
  } rows[] = {
    { "bob", "bob@example.org" },
    { "bob@other.example", "bob@other.example" },
    { "first name", "first\\20name@example.org" },
    { "A_b-c.1", "a_b-c.1@example.org" },
    { "@gateway.example", "gateway.example" }, /* a server, which is no user of that name */
  };
  MapIds ids;

  set_up (&ids);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *jid = map_id_jid_from_user (&ids, rows[i].user, NULL);

      g_assert_cmpstr (jid, ==, rows[i].jid);
    }
  map_ids_clear (&ids);
}

static void
test_and_back (void)
{
  MapIds ids;
  g_autofree char *own = NULL;
  g_autofree char *other = NULL;
  g_autofree char *spaced = NULL;
  g_autofree char *server = NULL;

  set_up (&ids);
  own = map_id_user_from_jid (&ids, "Bob@Example.org/phone");
  other = map_id_user_from_jid (&ids, "bob@other.example/phone");
  spaced = map_id_user_from_jid (&ids, "first\\20name@example.org");
  server = map_id_user_from_jid (&ids, "example.org");
  g_assert_cmpstr (own, ==, "bob");
  g_assert_cmpstr (other, ==, "bob@other.example");
  g_assert_cmpstr (spaced, ==, "first name");
  g_assert_cmpstr (server, ==, "@example.org");
  g_assert_true (map_id_is_self (&ids, "ALICE@example.org/desktop"));
  g_assert_false (map_id_is_self (&ids, "alice@example.com"));
  map_ids_clear (&ids);
}

/* Whoever writes is answered, and nobody can be written as somebody else. */
static void
test_every_address_leads_back_to_itself (void)
{
  static const char *const rows[][2] = {
    { "bob\\40other.example@example.org", "bob\\40other.example@example.org" },
    { "\\40example.org@example.org", "\\40example.org@example.org" },
    { "bob@other.example", "bob@other.example" },
    { "first\\20name@other.example", "first\\20name@other.example" },
    { "b\u00f6@example.org", "b\u00f6@example.org" },
    { "a12345678901234567890123456789012@example.org",
      "a12345678901234567890123456789012@example.org" },
    { "example.org@example.org", "example.org" },
    { "example.org", "@example.org" },
    { "gateway.example", "@gateway.example" },
  };
  MapIds ids;

  set_up (&ids);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *user = map_id_user_from_jid (&ids, rows[i][0]);
      g_autofree char *jid = map_id_jid_from_user (&ids, user, NULL);

      g_assert_cmpstr (user, ==, rows[i][1]);
      g_assert_cmpstr (jid, ==, rows[i][0]);
    }
  map_ids_clear (&ids);
}

static void
test_what_is_no_user_id_is_refused (void)
{
  static const char *const bad[] = { "",
                                     "@",
                                     "@bob@example.org",
                                     "@example.org/x",
                                     "bob@",
                                     "bob@example.org/phone",
                                     "012345678901234567890123456789012",
                                     "tab\there",
                                     "b\xc3\xb6" };
  MapIds ids;

  set_up (&ids);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *jid = map_id_jid_from_user (&ids, bad[i], &error);

      g_assert_null (jid);
      g_assert_error (error, IM_ERROR, ERR_SDK_COMM_INVALID_IDENTIFIER);
    }
  map_ids_clear (&ids);
}

static void
test_a_bare_name_needs_a_domain (void)
{
  MapIds ids;
  g_autoptr (GError) error = NULL;

  g_assert_false (map_ids_init (&ids, "alice", NULL, &error));
  g_assert_error (error, IM_ERROR, ERR_INVALID_PARAMETERS);
  g_assert_true (map_ids_init (&ids, "Alice@Example.org", NULL, NULL));
  g_assert_cmpstr (ids.self_jid, ==, "alice@example.org");
  map_ids_clear (&ids);
}

static void
test_errors_keep_their_words_and_get_a_code (void)
{
  static const struct
  {
    int xmpp;
    int connection;
    gboolean is_network;
  } rows[] = {
    { XMPP_ERROR_UNKNOWN_HOST, 9516, TRUE },
    { XMPP_ERROR_NO_WEBSOCKET, 7013, FALSE },
    { XMPP_ERROR_TLS_UNTRUSTED, 9503, FALSE },
    { XMPP_ERROR_AUTH_SERVER_SIGNATURE, 9503, FALSE },
    { XMPP_ERROR_AUTH_NOT_AUTHORIZED, 70003, FALSE },
    { XMPP_ERROR_REFUSED, 9511, TRUE },
    { XMPP_ERROR_TIMEOUT, 9510, TRUE },
    { XMPP_ERROR_UNREACHABLE, 9512, TRUE },
    { XMPP_ERROR_STREAM_RESOURCE_CONSTRAINT, 60018, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (XMPP_ERROR, rows[i].xmpp, "its words");
      g_autoptr (GError) mapped = map_error_connection (error);

      g_assert_error (mapped, IM_ERROR, rows[i].connection);
      g_assert_cmpstr (mapped->message, ==, "its words");
      g_assert_cmpint (map_error_is_network (mapped), ==, rows[i].is_network);
    }
}

static ImMsg *
new_text (const char *const *texts)
{
  ImMsg *msg = im_json_new (&im_msg_type);

  msg->conv_id = g_strdup ("bob");
  msg->conv_type = IM_CONV_C2C;
  msg->rand = 123456789;
  msg->client_time = 1700000000;
  msg->elems = im_json_array_new ();
  for (; *texts != NULL; texts++)
    {
      ImTextElem *elem = im_json_new (&im_text_elem_type);

      elem->base.type = IM_ELEM_TEXT;
      elem->content = g_strdup (*texts);
      g_ptr_array_add (msg->elems, elem);
    }
  return msg;
}

/* What bob's library makes of what alice's sends. */
static ImMsg *
round_trip (const ImMsg *msg)
{
  MapIds alice;
  MapIds bob;
  g_autoptr (XmppStanza) stanza = NULL;
  g_autoptr (XmppMessage) message = NULL;
  ImMsg *got;

  set_up (&alice);
  g_assert_true (map_ids_init (&bob, "bob", "example.org", NULL));
  stanza = map_message_to_stanza (&alice, msg, "origin-1", NULL);
  xmpp_stanza_set_attr (stanza, "from", "alice@example.org/desktop");
  message = xmpp_message_new_from_stanza (stanza, "bob@example.org");
  got = map_message_from_stanza (&bob, message, G_GINT64_CONSTANT (1700000001000000));
  map_ids_clear (&alice);
  map_ids_clear (&bob);
  return got;
}

static void
test_a_repeat_says_what_it_follows (void)
{
  static const char *const texts[] = { "once more", NULL };
  g_autoptr (ImMsg) msg = new_text (texts);
  MapIds alice;
  g_autoptr (XmppStanza) first = NULL;
  g_autoptr (XmppStanza) copy = NULL;
  g_autoptr (XmppMessage) read_first = NULL;
  g_autoptr (XmppMessage) read_copy = NULL;
  g_autofree char *after = NULL;
  g_autofree char *before = NULL;

  set_up (&alice);
  first = map_message_to_stanza (&alice, msg, "origin-2", NULL);
  copy = map_message_to_repeat (&alice, msg, "origin-2", "origin-1", "origin-3", NULL);
  read_first = xmpp_message_new_from_stanza (first, "bob@example.org");
  read_copy = xmpp_message_new_from_stanza (copy, "bob@example.org");
  g_assert_true (map_message_wants_exact (read_first));
  g_assert_false (map_message_is_repeat (read_first));
  g_assert_null (map_message_dup_after (read_first));
  g_assert_null (map_message_dup_before (read_first));
  g_assert_true (map_message_is_repeat (read_copy));
  after = map_message_dup_after (read_copy);
  g_assert_cmpstr (after, ==, "origin-1");
  before = map_message_dup_before (read_copy);
  g_assert_cmpstr (before, ==, "origin-3");
  g_assert_cmpstr (read_copy->origin_id, ==, read_first->origin_id);
  g_assert_cmpstr (read_copy->body, ==, "once more");
  map_ids_clear (&alice);
}

static void
test_receipts_say_whether_they_are_exact (void)
{
  static const char *const ids[] = { "b", "a", NULL };
  g_autoptr (XmppStanza) plain = map_message_receipts ("bob@example.org", ids, FALSE);
  g_autoptr (XmppStanza) exact = map_message_receipts ("bob@example.org", ids, TRUE);
  g_autoptr (XmppMessage) read_plain = xmpp_message_new_from_stanza (plain, "bob@example.org");
  g_autoptr (XmppMessage) read_exact = xmpp_message_new_from_stanza (exact, "bob@example.org");

  g_assert_false (map_message_is_exact (read_plain));
  g_assert_true (map_message_is_exact (read_exact));
  g_assert_cmpuint (g_strv_length (read_exact->received_ids), ==, 2);
  g_assert_cmpstr (read_exact->received_ids[0], ==, "b");
}

static void
test_a_text_arrives_as_it_was_written (void)
{
  static const char *const texts[] = { "Hello <&> \"Bob\" 你好 😀\nsecond line", NULL };
  g_autoptr (ImMsg) msg = new_text (texts);
  g_autoptr (ImMsg) got = round_trip (msg);

  g_assert_nonnull (got);
  g_assert_cmpstr (got->sender, ==, "alice");
  g_assert_cmpstr (got->conv_id, ==, "alice");
  g_assert_cmpuint (got->rand, ==, 123456789);
  g_assert_cmpuint (got->client_time, ==, 1700000000);
  g_assert_cmpuint (got->elems->len, ==, 1);
  g_assert_cmpstr (((ImTextElem *) g_ptr_array_index (got->elems, 0))->content, ==, texts[0]);
  g_assert_false (got->is_from_self);
  g_assert_false (got->is_read);
}

static void
test_several_texts_stay_several (void)
{
  static const char *const texts[] = { "one", "two", NULL };
  g_autoptr (ImMsg) msg = new_text (texts);
  g_autoptr (ImMsg) got = round_trip (msg);

  g_assert_cmpuint (got->elems->len, ==, 2);
  g_assert_cmpstr (((ImTextElem *) g_ptr_array_index (got->elems, 1))->content, ==, "two");
}

static void
test_a_container_that_says_something_else_than_the_body_is_not_believed (void)
{
  MapIds bob;
  g_autoptr (XmppStanza) stanza = xmpp_stanza_new (XMPP_SPEC (XMPP_EL (
      "message", XMPP_NS_CLIENT, XMPP_ATTR ("from", "mallory@example.org/x"),
      XMPP_ATTR ("type", "chat"), XMPP_TEXT_EL ("body", NULL, "harmless"),
      XMPP_EL (
          "tim", "urn:linnet:tim:1",
          XMPP_TEXT_EL (
              "json", "urn:xmpp:json:0",
              "{\"message_sender\":\"alice\",\"message_server_time\":1,"
              "\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":\"evil\"}]}")))));
  g_autoptr (XmppMessage) message = xmpp_message_new_from_stanza (stanza, "bob@example.org");
  g_autoptr (ImMsg) got = NULL;

  g_assert_true (map_ids_init (&bob, "bob", "example.org", NULL));
  got = map_message_from_stanza (&bob, message, 5 * G_USEC_PER_SEC);
  g_assert_cmpstr (got->sender, ==, "mallory");
  g_assert_cmpuint (got->server_time, ==, 5);
  g_assert_cmpstr (((ImTextElem *) g_ptr_array_index (got->elems, 0))->content, ==, "harmless");
  map_ids_clear (&bob);
}

static ImMsg *
get_claim (const char *body, const char *container, const char *payload, gboolean archived)
{
  g_autofree char *inner = g_strdup_printf (
      "<message xmlns='jabber:client' from='mallory@example.org/x' type='chat'><body>%s</body>%s"
      "<tim xmlns='urn:linnet:tim:1'><json xmlns='urn:xmpp:json:0'>%s</json></tim></message>",
      body, archived ? "" : payload, container);
  g_autofree char *text
      = archived ? g_strdup_printf ("<message xmlns='jabber:client'><result xmlns='urn:xmpp:mam:2' "
                                    "id='1'><forwarded xmlns='urn:xmpp:forward:0'>%s%s</forwarded>"
                                    "</result></message>",
                                    payload, inner)
                 : g_strdup (inner);
  g_autoptr (XmppStanza) stanza = xmpp_frame_parse (text, strlen (text), NULL);
  g_autoptr (XmppMessage) message
      = archived ? xmpp_message_new_from_result (stanza, "bob@example.org", "bob@example.org")
                 : xmpp_message_new_from_stanza (stanza, "bob@example.org");
  MapIds bob;
  ImMsg *got;

  g_assert_true (map_ids_init (&bob, "bob", "example.org", NULL));
  got = map_message_from_stanza (&bob, message, CLAIMED_AT_S * G_USEC_PER_SEC);
  map_ids_clear (&bob);
  return got;
}

static void
test_impossible_times_are_not_believed (void)
{
  static const struct
  {
    const char *stamp;
    gint64 live;
    gint64 archived;
  } rows[] = {
    { "9999-12-31T23:59:59Z", CLAIMED_AT_S, CLAIMED_AT_S + 24 * 3600 },
    { "0001-01-01T00:00:00Z", CLAIMED_AT_S, CLAIMED_AT_S },
    { "1969-12-31T23:59:59Z", CLAIMED_AT_S, CLAIMED_AT_S },
    { "tomorrow", CLAIMED_AT_S, CLAIMED_AT_S },
    { "2023-11-14T22:13:20Z", 1700000000, 1700000000 },
    /* this computer's clock is slow */
    { "2027-01-15T08:00:01Z", CLAIMED_AT_S, CLAIMED_AT_S + 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *delay
          = g_strdup_printf ("<delay xmlns='urn:xmpp:delay' from='example.org' stamp='%s'/>",
                             rows[i].stamp);
      g_autoptr (ImMsg) live = get_claim ("hi", "{}", delay, FALSE);
      g_autoptr (ImMsg) archived = get_claim ("hi", "{}", delay, TRUE);

      g_assert_cmpint ((gint64) live->server_time, ==, rows[i].live);
      g_assert_cmpint ((gint64) live->client_time, ==, rows[i].live);
      g_assert_cmpint ((gint64) archived->server_time, ==, rows[i].archived);
    }
}

static void
test_a_container_claims_only_what_can_be (void)
{
  g_autoptr (ImMsg) good = get_claim (
      "hi", "{\"message_client_time\":1700000000,\"message_priority\":3,\"message_platform\":2}",
      "", FALSE);
  g_autoptr (ImMsg) bad
      = get_claim ("hi",
                   "{\"message_client_time\":18446744073709551615,\"message_priority\":-7,"
                   "\"message_platform\":4294967297,\"message_is_from_self\":true,"
                   "\"message_conv_id\":\"carol\",\"message_unique_id\":7,\"message_seq\":9,"
                   "\"message_is_read\":true,\"message_is_peer_read\":true,\"message_status\":4}",
                   "", FALSE);

  g_assert_cmpuint (good->client_time, ==, 1700000000);
  g_assert_cmpint (good->priority, ==, 3);
  g_assert_cmpint (good->platform, ==, 2);
  g_assert_cmpuint (bad->client_time, ==, CLAIMED_AT_S);
  g_assert_cmpint (bad->priority, ==, IM_MSG_PRIORITY_NORMAL);
  g_assert_cmpint (bad->platform, ==, 0);
  g_assert_false (bad->is_from_self);
  g_assert_cmpstr (bad->conv_id, ==, "mallory");
  g_assert_cmpuint (bad->unique_id, ==, 0);
  g_assert_cmpuint (bad->seq, ==, 0);
  g_assert_false (bad->is_read);
  g_assert_false (bad->is_peer_read);
  g_assert_cmpint (bad->status, ==, IM_MSG_SEND_SUCC);
}

/* A typing message may be sent without a text; it is none that was received with one. */
static void
test_a_text_is_never_another_element (void)
{
  g_autoptr (ImMsg) got
      = get_claim ("user_typing_status",
                   "{\"message_is_online_msg\":true,\"message_elem_array\":[{\"elem_type\":3,"
                   "\"custom_elem_data\":\"user_typing_status\"}]}",
                   "", FALSE);
  const ImTextElem *elem = g_ptr_array_index (got->elems, 0);

  g_assert_cmpint (elem->base.type, ==, IM_ELEM_TEXT);
  g_assert_cmpstr (elem->content, ==, "user_typing_status");
}

static void
test_typing_is_a_chat_state_both_ways (void)
{
  MapIds ids;
  g_autoptr (ImMsg) on = NULL;
  g_autoptr (ImMsg) off = NULL;
  g_autoptr (XmppStanza) stanza = NULL;

  set_up (&ids);
  on = map_message_typing (&ids, "bob@example.org/x", TRUE, 0);
  off = map_message_typing (&ids, "bob@example.org/x", FALSE, 0);
  g_assert_cmpint (map_message_get_typing (on), ==, 1);
  g_assert_cmpint (map_message_get_typing (off), ==, 0);
  stanza = map_message_to_stanza (&ids, on, "x", NULL);
  g_assert_nonnull (
      xmpp_node_child (xmpp_stanza_get_root (stanza), "composing", XMPP_NS_CHAT_STATES));
  g_assert_null (xmpp_node_child (xmpp_stanza_get_root (stanza), "body", NULL));
  map_ids_clear (&ids);
}

static void
test_a_token_tells_when_it_ends (void)
{
  /* {"alg":"HS256"} . {"jid":"a@b","exp":1700000000} . x */
  g_auto (ImUserSig) jwt = { 0 };
  g_auto (ImUserSig) password = { 0 };
  g_auto (ImUserSig) looks_like = { 0 };

  im_user_sig_read ("eyJhbGciOiJIUzI1NiJ9.eyJqaWQiOiJhQGIiLCJleHAiOjE3MDAwMDAwMDB9.eA", &jwt);
  g_assert_true (jwt.is_token);
  g_assert_cmpint (jwt.expires_s, ==, 1700000000);
  g_assert_cmpstr (jwt.user, ==, "a@b");
  im_user_sig_read ("correct horse battery staple", &password);
  g_assert_false (password.is_token);
  im_user_sig_read ("eyJ.not.json", &looks_like);
  g_assert_false (looks_like.is_token);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define ADD(path, function) g_test_add_func ("/map/" path, function)
  ADD ("id/own-domain", test_a_user_of_the_own_domain_is_its_local_part);
  ADD ("id/and-back", test_and_back);
  ADD ("id/every-address-leads-back", test_every_address_leads_back_to_itself);
  ADD ("id/refused", test_what_is_no_user_id_is_refused);
  ADD ("id/needs-a-domain", test_a_bare_name_needs_a_domain);
  ADD ("error/code-and-words", test_errors_keep_their_words_and_get_a_code);
  ADD ("message/repeat", test_a_repeat_says_what_it_follows);
  ADD ("message/receipts", test_receipts_say_whether_they_are_exact);
  ADD ("message/text", test_a_text_arrives_as_it_was_written);
  ADD ("message/several-texts", test_several_texts_stay_several);
  ADD ("message/container-not-believed",
       test_a_container_that_says_something_else_than_the_body_is_not_believed);
  ADD ("message/impossible-times", test_impossible_times_are_not_believed);
  ADD ("message/impossible-claims", test_a_container_claims_only_what_can_be);
  ADD ("message/text-is-text", test_a_text_is_never_another_element);
  ADD ("message/typing", test_typing_is_a_chat_state_both_ways);
  ADD ("user-sig/expiry", test_a_token_tells_when_it_ends);
  return g_test_run ();
}
