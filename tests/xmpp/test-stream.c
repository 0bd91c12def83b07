/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-loop.h"
#include "stream-fixture.h"

#include <string.h>

#define SM "xmlns='" XMPP_NS_SM "'"
#define STREAM_ERROR(condition)                                                                    \
  "<stream:error xmlns:stream='" XMPP_NS_STREAM "'><" condition " xmlns='" XMPP_NS_STREAM_ERRORS   \
  "'/></stream:error>"

/* What became of the stanzas that were sent: "id ok" or "id code". */
static void
on_sent (XmppPorter *porter, XmppStanza *stanza, const GError *error, gpointer user_data)
{
  GString *text = user_data;

  if (text->len > 0)
    g_string_append_c (text, ' ');
  if (error == NULL)
    g_string_append_printf (text, "%s:ok", xmpp_stanza_get_id (stanza));
  else
    g_string_append_printf (text, "%s:%d", xmpp_stanza_get_id (stanza), error->code);
}

static void
send_message (StreamFixture *f, const char *id, GString *outcomes)
{
  g_autoptr (XmppStanza) message = xmpp_stanza_new (XMPP_SPEC (
      XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("id", id), XMPP_ATTR ("to", "b@c"))));

  xmpp_porter_send (f->porter, message, on_sent, outcomes);
}

static void
expect_message (StreamFixture *f, const char *id)
{
  fixture_expect (f, XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("id", id)));
}

static void
cut (StreamFixture *f)
{
  g_autoptr (GError) error = g_error_new_literal (XMPP_ERROR, XMPP_ERROR_IO, "cut");

  fake_transport_cut (f->transport, error);
  fixture_turn (f);
}

static void
assert_outcomes (GString *outcomes, const char *expected, int code)
{
  g_autofree char *number = g_strdup_printf ("%d", code);
  g_autoptr (GString) wanted = g_string_new (expected);

  g_string_replace (wanted, "ERROR", number, 0);
  g_assert_cmpstr (outcomes->str, ==, wanted->str);
  g_string_truncate (outcomes, 0);
}

/* Signing in */

static void
test_signs_in_step_by_step (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  g_assert_cmpint (xmpp_stream_get_state (f->stream), ==, XMPP_STATE_OFFLINE);
  fixture_authenticate (f);
  fixture_expect_states (f, "CONNECTING OPENING AUTH BINDING");
  fixture_bind (f);
  fixture_expect_states (f, "SYNCING");
  g_assert_cmpuint (f->n_new, ==, 1);
  g_assert_true (xmpp_stream_has_sm (f->stream));
  g_assert_cmpstr (xmpp_porter_get_full_jid (f->porter), ==, FIXTURE_FULL_JID);
  xmpp_stream_synced (f->stream);
  fixture_expect_states (f, "ONLINE");
  g_assert_cmpstr (f->phases->str, ==, "connecting authenticating binding");
  fixture_expect_nothing (f);
}

static void
test_wrong_password_is_told_once (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_connect (f);
  fixture_expect (f, XMPP_EL ("auth", XMPP_NS_SASL));
  fixture_give (f, "<failure xmlns='" XMPP_NS_SASL "'><not-authorized/><text>no</text></failure>");
  fixture_expect_states (f, "CONNECTING OPENING AUTH OFFLINE");
  g_assert_error (f->login_error, XMPP_ERROR, XMPP_ERROR_AUTH_NOT_AUTHORIZED);
  g_assert_error (f->reason, XMPP_ERROR, XMPP_ERROR_AUTH_NOT_AUTHORIZED);
  fake_clock_advance (f->clock, 600000);
  g_assert_cmpuint (f->n_transports, ==, 1);
}

static void
test_sasl_failures_have_codes (void)
{
  static const struct
  {
    const char *condition;
    int code;
  } rows[] = {
    { "account-disabled", XMPP_ERROR_AUTH_ACCOUNT_DISABLED },
    { "temporary-auth-failure", XMPP_ERROR_AUTH_TEMPORARY },
    { "credentials-expired", XMPP_ERROR_AUTH_CREDENTIALS_EXPIRED },
    { "invalid-authzid", XMPP_ERROR_AUTH_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (StreamFixture) f = fixture_new (NULL);

      fixture_connect (f);
      fixture_give (f, "<failure xmlns='" XMPP_NS_SASL "'><%s/></failure>", rows[i].condition);
      g_assert_error (f->login_error, XMPP_ERROR, rows[i].code);
    }
}

static void
test_plain_is_not_said_in_the_open (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  f->protection = XMPP_PROTECTION_NONE;
  fixture_connect (f);
  g_assert_error (f->login_error, XMPP_ERROR, XMPP_ERROR_AUTH_PLAIN_REFUSED);
  fixture_expect_nothing (f);
}

static void
use_open_address (XmppConfig *config)
{
  config->server_url = "ws://xmpp.example.org/ws";
}

static void
test_open_addresses_are_not_connected_to (void)
{
  g_autoptr (StreamFixture) f = fixture_new (use_open_address);

  xmpp_stream_login (f->stream);
  g_assert_error (f->login_error, XMPP_ERROR, XMPP_ERROR_INSECURE);
  g_assert_cmpuint (f->n_transports, ==, 0);
}

static void
test_a_first_attempt_that_fails_is_not_repeated (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  xmpp_stream_login (f->stream);
  cut (f);
  fixture_expect_states (f, "CONNECTING CLOSING OFFLINE");
  g_assert_error (f->login_error, XMPP_ERROR, XMPP_ERROR_IO);
  fake_clock_advance (f->clock, 600000);
  g_assert_cmpuint (f->n_transports, ==, 1);
  g_clear_error (&f->login_error);
  fixture_go_online (f); /* and again, when asked */
}

static void
test_every_waiting_state_has_a_timeout (void)
{
  static void (*const steps[]) (StreamFixture *) = { NULL, fixture_connect, fixture_authenticate };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (StreamFixture) f = fixture_new (NULL);

      if (steps[i] != NULL)
        steps[i](f);
      else
        xmpp_stream_login (f->stream);
      fake_clock_advance (f->clock, 31000);
      g_assert_error (f->login_error, XMPP_ERROR, XMPP_ERROR_TIMEOUT);
      g_assert_cmpint (xmpp_stream_get_state (f->stream), ==, XMPP_STATE_OFFLINE);
    }
}

static void
test_a_full_server_refuses_to_bind (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autoptr (XmppStanza) bind = NULL;

  fixture_authenticate (f);
  bind = fixture_take (f, XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT)));
  fixture_give (f,
                "<iq xmlns='jabber:client' type='error' id='%s'><error type='wait'>"
                "<resource-constraint xmlns='" XMPP_NS_STANZAS "'/></error></iq>",
                xmpp_stanza_get_id (bind));
  g_assert_error (f->login_error, XMPP_ERROR, XMPP_ERROR_STREAM_RESOURCE_CONSTRAINT);
}

static void
test_another_address_is_not_taken (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autoptr (XmppStanza) bind = NULL;

  fixture_authenticate (f);
  bind = fixture_take (f, XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT)));
  fixture_give (f,
                "<iq xmlns='jabber:client' type='result' id='%s'><bind xmlns='" XMPP_NS_BIND
                "'><jid>bob@example.org/x</jid></bind></iq>",
                xmpp_stanza_get_id (bind));
  g_assert_error (f->login_error, XMPP_ERROR, XMPP_ERROR_PROTOCOL);
}

static void
test_stream_errors_have_codes (void)
{
  static const struct
  {
    const char *error;
    int code;
  } rows[] = {
    { STREAM_ERROR ("host-unknown"), XMPP_ERROR_STREAM_HOST_UNKNOWN },
    { STREAM_ERROR ("resource-constraint"), XMPP_ERROR_STREAM_RESOURCE_CONSTRAINT },
    { STREAM_ERROR ("policy-violation"), XMPP_ERROR_STREAM_POLICY_VIOLATION },
    { STREAM_ERROR ("not-authorized"), XMPP_ERROR_STREAM_NOT_AUTHORIZED },
    { STREAM_ERROR ("system-shutdown"), XMPP_ERROR_STREAM_SYSTEM_SHUTDOWN },
    { STREAM_ERROR ("reset"), XMPP_ERROR_STREAM_OTHER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (StreamFixture) f = fixture_new (NULL);

      fixture_connect (f);
      fixture_give (f, "%s", rows[i].error);
      fixture_give (f, "<close xmlns='" XMPP_NS_FRAMING "'/>");
      g_assert_error (f->login_error, XMPP_ERROR, rows[i].code);
    }
}

/* Stream management */

static void
test_acknowledgements_reach_the_sender (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  send_message (f, "1", outcomes);
  send_message (f, "2", outcomes);
  expect_message (f, "1");
  expect_message (f, "2");
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  send_message (f, "3", outcomes);
  expect_message (f, "3");
  fixture_expect_nothing (f); /* one question at a time */
  g_assert_cmpuint (xmpp_porter_get_n_pending (f->porter), ==, 3);
  fixture_give (f, "<a " SM " h='2'/>");
  g_assert_cmpstr (outcomes->str, ==, "1:ok 2:ok");
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  fixture_give (f, "<a " SM " h='3'/>");
  g_assert_cmpstr (outcomes->str, ==, "1:ok 2:ok 3:ok");
  fixture_expect_nothing (f);
}

static void
test_what_comes_is_counted (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  fixture_give (f, "<message xmlns='jabber:client'/>");
  fixture_give (f, "<presence xmlns='jabber:client'/>");
  fixture_give (f, "<r " SM "/>");
  fixture_expect (f, XMPP_EL ("a", XMPP_NS_SM, XMPP_ATTR ("h", "2")));
  fixture_give (f, "<unknown xmlns='x'/>");
  fixture_give (f, "<r " SM "/>");
  fixture_expect (f, XMPP_EL ("a", XMPP_NS_SM, XMPP_ATTR ("h", "2")));
}

static void
test_a_broken_stanza_is_skipped_and_counted (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autofree char *filling = g_strnfill (1024 * 1024, 'x');

  fixture_go_online (f);
  fixture_give (f, "<message xmlns='jabber:client'><body>&bad;</body></message>");
  fixture_give (f, "<message xmlns='jabber:client'><body>%s</body></message>", filling);
  fixture_give (f, "<<<");
  g_assert_cmpuint (xmpp_stream_get_skipped_frames (f->stream), ==, 3);
  fixture_give (f, "<r " SM "/>");
  fixture_expect (f, XMPP_EL ("a", XMPP_NS_SM, XMPP_ATTR ("h", "2")));
  g_assert_cmpint (xmpp_stream_get_state (f->stream), ==, XMPP_STATE_ONLINE);
}

static void
test_resumes_on_a_new_socket (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  fixture_give (f, "<message xmlns='jabber:client'/>");
  send_message (f, "1", outcomes);
  send_message (f, "2", outcomes);
  cut (f);
  fixture_expect_states (f, "BACKOFF");
  g_assert_true (xmpp_porter_is_open (f->porter));
  send_message (f, "3", outcomes); /* waits for the resumption */
  fixture_reconnect (f);
  fixture_expect (f, XMPP_EL ("resume", XMPP_NS_SM, XMPP_ATTR ("h", "1"),
                              XMPP_ATTR ("previd", "session-1")));
  fixture_give (f, "<resumed " SM " h='1' previd='session-1'/>");
  fixture_expect_states (f, "CONNECTING OPENING AUTH BINDING ONLINE");
  g_assert_cmpuint (f->n_resumed, ==, 1);
  g_assert_cmpuint (f->n_new, ==, 1);
  g_assert_cmpstr (outcomes->str, ==, "1:ok");
  expect_message (f, "2");
  expect_message (f, "3");
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  fixture_give (f, "<a " SM " h='3'/>");
  g_assert_cmpstr (outcomes->str, ==, "1:ok 2:ok 3:ok");
}

static void
test_a_session_that_is_gone_is_replaced (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  send_message (f, "1", outcomes);
  send_message (f, "2", outcomes);
  cut (f);
  fixture_reconnect (f);
  fixture_expect (f, XMPP_EL ("resume", XMPP_NS_SM));
  fixture_give (f, "<failed " SM " h='1'><item-not-found xmlns='" XMPP_NS_STANZAS "'/></failed>");
  assert_outcomes (outcomes, "1:ok 2:ERROR", XMPP_ERROR_SESSION_LOST);
  fixture_bind (f);
  g_assert_cmpuint (f->n_new, ==, 2);
  g_assert_cmpint (xmpp_stream_get_state (f->stream), ==, XMPP_STATE_SYNCING);
  /* Counting begins anew. */
  send_message (f, "3", outcomes);
  expect_message (f, "3");
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  fixture_give (f, "<a " SM " h='1'/>");
  g_assert_cmpstr (outcomes->str, ==, "3:ok");
}

static void
resume_with_h (StreamFixture *f, const char *h)
{
  cut (f);
  fixture_reconnect (f);
  fixture_expect (f, XMPP_EL ("resume", XMPP_NS_SM));
  fixture_give (f, "<resumed " SM " h='%s' previd='session-1'/>", h);
}

/* Whether a stanza breaks it, or, as with a Prosody whose WebSocket was cut inside a frame, the
 * server's side of the session is damaged: a new one has its chance. */
static void
test_a_session_that_breaks_when_resumed_is_not_resumed_again (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  send_message (f, "poison", outcomes);
  send_message (f, "good", outcomes);
  resume_with_h (f, "0");
  expect_message (f, "poison");
  expect_message (f, "good");
  cut (f);
  assert_outcomes (outcomes, "poison:ERROR good:ERROR", XMPP_ERROR_SESSION_LOST);
  fixture_reconnect (f);
  fixture_bind (f);
}

static void
test_a_resumed_session_that_acknowledges_is_resumed_again (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  for (guint i = 0; i < 3; i++)
    {
      resume_with_h (f, "0");
      fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
      fixture_give (f, "<a " SM " h='0'/>");
    }
  g_assert_cmpuint (f->n_resumed, ==, 3);
}

static void
test_a_frame_too_large_for_the_socket_ends_the_session (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autoptr (GError) too_large = g_error_new_literal (XMPP_ERROR, XMPP_ERROR_FRAME, "too large");

  fixture_go_online (f);
  fake_transport_cut (f->transport, too_large);
  fixture_reconnect (f);
  fixture_bind (f); /* not <resume/>, which would bring it again */
}

static void
test_an_impossible_acknowledgement_ends_the_session (void)
{
  static const char *const lies[] = { "5", "4294967296", "-1", "18446744073709551615", "", "x" };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (StreamFixture) f = fixture_new (NULL);

      fixture_go_online (f);
      fixture_give (f, "<a " SM " h='%s'/>", lies[i]);
      fixture_expect_states (f, "BACKOFF");
      g_assert_error (f->reason, XMPP_ERROR, XMPP_ERROR_PROTOCOL);
      fixture_reconnect (f);
      fixture_bind (f);
    }
}

static void
test_the_session_of_somebody_else_is_not_resumed (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  send_message (f, "1", outcomes);
  cut (f);
  fixture_reconnect (f);
  fixture_expect (f, XMPP_EL ("resume", XMPP_NS_SM));
  fixture_give (f, "<resumed " SM " h='1' previd='session-2'/>");
  assert_outcomes (outcomes, "1:ERROR", XMPP_ERROR_SESSION_LOST);
  g_assert_cmpuint (f->n_resumed, ==, 0);
  g_assert_error (f->reason, XMPP_ERROR, XMPP_ERROR_PROTOCOL);
  fixture_reconnect (f);
  fixture_bind (f);
}

static void
test_a_catch_up_cut_short_begins_again (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  cut (f);
  fixture_reconnect (f);
  fixture_expect (f, XMPP_EL ("resume", XMPP_NS_SM));
  fixture_give (f, "<failed " SM "/>");
  fixture_bind (f);
  send_message (f, "1", outcomes);
  cut (f); /* in SYNCING */
  assert_outcomes (outcomes, "1:ERROR", XMPP_ERROR_SESSION_LOST);
  fixture_reconnect (f);
  fixture_bind (f);
  g_assert_cmpuint (f->n_new, ==, 3);
}

static void
bound_queue (XmppConfig *config)
{
  config->max_unacked = 2;
}

static void
test_limits_are_told_without_sending (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (bound_queue);
  g_autofree char *filling = g_strnfill (XMPP_MAX_STANZA_SIZE, 'x');
  g_autoptr (XmppStanza) large
      = xmpp_stanza_new (XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("id", "large"),
                                             XMPP_TEXT_EL ("body", NULL, filling))));

  send_message (f, "early", outcomes);
  g_assert_cmpstr (outcomes->str, ==, ""); /* never from inside */
  fixture_turn (f);
  assert_outcomes (outcomes, "early:ERROR", XMPP_ERROR_NOT_CONNECTED);
  fixture_go_online (f);
  xmpp_porter_send (f->porter, large, on_sent, outcomes);
  fixture_expect_nothing (f);
  assert_outcomes (outcomes, "large:ERROR", XMPP_ERROR_STANZA_TOO_LARGE);
  send_message (f, "1", outcomes);
  send_message (f, "2", outcomes);
  send_message (f, "3", outcomes);
  fixture_turn (f);
  assert_outcomes (outcomes, "3:ERROR", XMPP_ERROR_QUEUE_FULL);
}

static void
on_room (XmppStream *stream, guint *n_rooms)
{
  ++*n_rooms;
}

static void
test_room_after_a_full_queue_is_told (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (bound_queue);
  guint n_rooms = 0;

  fixture_go_online (f);
  g_signal_connect (f->stream, "room", G_CALLBACK (on_room), &n_rooms);
  send_message (f, "1", outcomes);
  fixture_give (f, "<a " SM " h='1'/>");
  g_assert_cmpuint (n_rooms, ==, 0); /* there was room all the time */
  send_message (f, "2", outcomes);
  send_message (f, "3", outcomes);
  g_assert_false (xmpp_porter_is_open (f->porter));
  fixture_give (f, "<a " SM " h='1'/>");
  g_assert_cmpuint (n_rooms, ==, 0);
  fixture_give (f, "<a " SM " h='2'/>");
  g_assert_cmpuint (n_rooms, ==, 1);
  g_assert_true (xmpp_porter_is_open (f->porter));
}

static void
test_without_stream_management_pings_confirm (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autoptr (XmppStanza) bind = NULL;
  g_autoptr (XmppStanza) ping = NULL;

  fixture_authenticate (f);
  bind = fixture_take (f, XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT)));
  fixture_give (f,
                "<iq xmlns='jabber:client' type='result' id='%s'><bind xmlns='" XMPP_NS_BIND
                "'><jid>" FIXTURE_FULL_JID "</jid></bind></iq>",
                xmpp_stanza_get_id (bind));
  fixture_expect (f, XMPP_EL ("enable", XMPP_NS_SM));
  fixture_give (f, "<failed " SM "/>");
  g_assert_false (xmpp_stream_has_sm (f->stream));
  send_message (f, "1", outcomes);
  expect_message (f, "1");
  ping = fixture_take (f,
                       XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_EL ("ping", XMPP_NS_PING))));
  send_message (f, "2", outcomes);
  expect_message (f, "2");
  fixture_give (f, "<iq xmlns='jabber:client' type='result' from='evil@example.org' id='%s'/>",
                xmpp_stanza_get_id (ping));
  g_assert_cmpstr (outcomes->str, ==, "");
  fixture_give (f, "<iq xmlns='jabber:client' type='error' from='example.org' id='%s'/>",
                xmpp_stanza_get_id (ping));
  g_assert_cmpstr (outcomes->str, ==, "1:ok");
  cut (f);
  assert_outcomes (outcomes, "1:ok 2:ERROR", XMPP_ERROR_SESSION_LOST);
}

/* Losing and finding again */

static void
test_comes_back_by_itself (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  cut (f);
  g_assert_error (f->reason, XMPP_ERROR, XMPP_ERROR_IO);
  for (guint attempt = 2; attempt < 8; attempt++)
    {
      for (guint ms = 0; ms <= 60000 && xmpp_stream_get_state (f->stream) == XMPP_STATE_BACKOFF;
           ms += 100)
        fake_clock_advance (f->clock, 100);
      g_assert_cmpuint (f->n_transports, ==, attempt);
      cut (f);
      g_assert_cmpint (xmpp_stream_get_state (f->stream), ==, XMPP_STATE_BACKOFF);
    }
  g_assert_null (f->login_error);
  xmpp_stream_retry_now (f->stream);
  g_assert_cmpuint (f->n_transports, ==, 8);
}

static void
test_a_password_that_changed_ends_the_attempts (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  cut (f);
  fake_clock_advance (f->clock, 1000);
  fake_transport_accept (f->transport);
  fixture_give (f, "<open xmlns='" XMPP_NS_FRAMING "'/>");
  fixture_give (f, "<stream:features xmlns:stream='" XMPP_NS_STREAM
                   "'><mechanisms xmlns='" XMPP_NS_SASL
                   "'><mechanism>PLAIN</mechanism></mechanisms></stream:features>");
  fixture_give (f, "<failure xmlns='" XMPP_NS_SASL "'><not-authorized/></failure>");
  fixture_expect_states (f, "BACKOFF CONNECTING OPENING AUTH OFFLINE");
  g_assert_error (f->login_error, XMPP_ERROR, XMPP_ERROR_AUTH_NOT_AUTHORIZED);
}

static void
test_a_server_in_trouble_is_tried_again (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  cut (f);
  fake_clock_advance (f->clock, 1000);
  fake_transport_accept (f->transport);
  fixture_give (f, "<open xmlns='" XMPP_NS_FRAMING "'/>");
  fixture_give (f, "<stream:features xmlns:stream='" XMPP_NS_STREAM
                   "'><mechanisms xmlns='" XMPP_NS_SASL
                   "'><mechanism>PLAIN</mechanism></mechanisms></stream:features>");
  fixture_give (f, "<failure xmlns='" XMPP_NS_SASL "'><temporary-auth-failure/></failure>");
  fixture_expect_states (f, "BACKOFF CONNECTING OPENING AUTH BACKOFF");
  g_assert_null (f->login_error);
}

static void
test_the_watchdog_notices_silence (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  fake_clock_advance (f->clock, 29000);
  fixture_expect_nothing (f);
  fake_clock_advance (f->clock, 1100);
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  fake_clock_advance (f->clock, 9000);
  fixture_give (f, "<a " SM " h='0'/>"); /* just in time */
  fake_clock_advance (f->clock, 29000);
  fixture_expect_nothing (f);
  fake_clock_advance (f->clock, 1100);
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  fake_clock_advance (f->clock, 9800);
  g_assert_cmpint (xmpp_stream_get_state (f->stream), ==, XMPP_STATE_ONLINE);
  fake_clock_advance (f->clock, 200);
  fixture_expect_states (f, "BACKOFF");
  g_assert_error (f->reason, XMPP_ERROR, XMPP_ERROR_TIMEOUT);
}

static void
test_an_unanswered_message_wakes_the_watchdog (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  send_message (f, "1", outcomes);
  fixture_turn (f);
  fake_clock_advance (f->clock, 10100);
  fixture_expect_states (f, "BACKOFF");
}

static void
test_retry_now_asks_a_living_peer (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  xmpp_stream_retry_now (f->stream);
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  fake_clock_advance (f->clock, 10100);
  fixture_expect_states (f, "BACKOFF");
}

static void
test_another_login_takes_over (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  fixture_give (f, STREAM_ERROR ("conflict"));
  fixture_expect_states (f, "KICKED");
  g_assert_cmpuint (f->n_kicked, ==, 1);
  g_assert_error (f->reason, XMPP_ERROR, XMPP_ERROR_STREAM_CONFLICT);
  fake_clock_advance (f->clock, 600000);
  g_assert_cmpuint (f->n_transports, ==, 1);
  xmpp_stream_retry_now (f->stream);
  g_assert_cmpuint (f->n_transports, ==, 1);
  fixture_go_online (f); /* "use here" */
}

/* Leaving */

static void
test_says_goodbye (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  send_message (f, "1", outcomes);
  fixture_turn (f);
  expect_message (f, "1");
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  xmpp_stream_logout (f->stream);
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  fixture_expect (f, XMPP_EL ("close", XMPP_NS_FRAMING));
  fixture_give (f, "<a " SM " h='1'/>");
  g_assert_cmpstr (outcomes->str, ==, "1:ok");
  fixture_give (f, "<close xmlns='" XMPP_NS_FRAMING "'/>");
  fixture_expect_states (f, "CLOSING OFFLINE");
  g_assert_null (f->login_error);
}

static void
test_goodbye_does_not_wait_for_ever (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  xmpp_stream_logout (f->stream);
  fake_clock_advance (f->clock, 2100);
  fixture_expect_states (f, "CLOSING OFFLINE");
  xmpp_stream_login (f->stream);
  xmpp_stream_logout (f->stream);
  fixture_expect_states (f, "CONNECTING CLOSING OFFLINE");
  g_assert_null (f->login_error);
}

static void
test_logout_while_waiting (void)
{
  g_autoptr (GString) outcomes = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  send_message (f, "1", outcomes);
  cut (f);
  xmpp_stream_logout (f->stream);
  fixture_expect_states (f, "BACKOFF CLOSING OFFLINE");
  assert_outcomes (outcomes, "1:ERROR", XMPP_ERROR_SESSION_LOST);
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &error));
  g_string_append_printf (user_data, " iq:%d", error->code);
}

static void
prepare_nothing (StreamFixture *f)
{
}

static void
prepare_connecting (StreamFixture *f)
{
  xmpp_stream_login (f->stream);
}

static void
prepare_lost (StreamFixture *f)
{
  fixture_go_online (f);
  cut (f);
}

static void
prepare_closing (StreamFixture *f)
{
  fixture_go_online (f);
  xmpp_stream_logout (f->stream);
}

static void
prepare_resuming (StreamFixture *f)
{
  prepare_lost (f);
  fixture_reconnect (f);
}

static void
test_may_be_destroyed_at_any_moment (void)
{
  static void (*const moments[]) (StreamFixture *) = {
    prepare_nothing,   prepare_connecting, fixture_connect,  fixture_authenticate,
    fixture_go_online, prepare_lost,       prepare_resuming, prepare_closing,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (GString) outcomes = g_string_new (NULL);
      g_autoptr (StreamFixture) f = fixture_new (NULL);
      g_autoptr (XmppStanza) iq
          = xmpp_stanza_new (XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"))));

      moments[i](f);
      send_message (f, "1", outcomes);
      xmpp_porter_send_iq_async (f->porter, iq, NULL, on_reply, outcomes);
      g_assert_finalize_object (g_steal_pointer (&f->stream));
      fixture_turn (f);
      /* Each is told exactly once, as not connected or as closed. */
      g_assert_nonnull (strstr (outcomes->str, "1:"));
      g_assert_nonnull (strstr (outcomes->str, "iq:"));
      g_assert_cmpuint (fake_clock_get_n_timers (f->clock), ==, 0);
    }
}

static void
drop_stream (XmppStream *stream, int state, const GError *reason, gpointer user_data)
{
  StreamFixture *f = user_data;

  if (f->stream != NULL && state == XMPP_STATE_SYNCING)
    g_clear_object (&f->stream);
}

static void
test_may_be_dropped_in_its_own_signal (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  g_signal_connect (f->stream, "state-changed", G_CALLBACK (drop_stream), f);
  fixture_authenticate (f);
  fixture_bind (f);
  g_assert_null (f->stream);
}

int
main (int argc, char **argv)
{
#define ADD(path, func) g_test_add_func ("/xmpp/stream/" path, func)
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
  ADD ("signs-in-step-by-step", test_signs_in_step_by_step);
  ADD ("wrong-password-is-told-once", test_wrong_password_is_told_once);
  ADD ("sasl-failures-have-codes", test_sasl_failures_have_codes);
  ADD ("plain-is-not-said-in-the-open", test_plain_is_not_said_in_the_open);
  ADD ("open-addresses-are-not-connected-to", test_open_addresses_are_not_connected_to);
  ADD ("a-first-attempt-that-fails-is-not-repeated",
       test_a_first_attempt_that_fails_is_not_repeated);
  ADD ("every-waiting-state-has-a-timeout", test_every_waiting_state_has_a_timeout);
  ADD ("a-full-server-refuses-to-bind", test_a_full_server_refuses_to_bind);
  ADD ("another-address-is-not-taken", test_another_address_is_not_taken);
  ADD ("stream-errors-have-codes", test_stream_errors_have_codes);
  ADD ("acknowledgements-reach-the-sender", test_acknowledgements_reach_the_sender);
  ADD ("what-comes-is-counted", test_what_comes_is_counted);
  ADD ("a-broken-stanza-is-skipped-and-counted", test_a_broken_stanza_is_skipped_and_counted);
  ADD ("resumes-on-a-new-socket", test_resumes_on_a_new_socket);
  ADD ("a-session-that-is-gone-is-replaced", test_a_session_that_is_gone_is_replaced);
  ADD ("a-session-that-breaks-when-resumed-is-not-resumed-again",
       test_a_session_that_breaks_when_resumed_is_not_resumed_again);
  ADD ("a-resumed-session-that-acknowledges-is-resumed-again",
       test_a_resumed_session_that_acknowledges_is_resumed_again);
  ADD ("a-frame-too-large-for-the-socket-ends-the-session",
       test_a_frame_too_large_for_the_socket_ends_the_session);
  ADD ("an-impossible-acknowledgement-ends-the-session",
       test_an_impossible_acknowledgement_ends_the_session);
  ADD ("the-session-of-somebody-else-is-not-resumed",
       test_the_session_of_somebody_else_is_not_resumed);
  ADD ("a-catch-up-cut-short-begins-again", test_a_catch_up_cut_short_begins_again);
  ADD ("limits-are-told-without-sending", test_limits_are_told_without_sending);
  ADD ("room-after-a-full-queue-is-told", test_room_after_a_full_queue_is_told);
  ADD ("without-stream-management-pings-confirm", test_without_stream_management_pings_confirm);
  ADD ("comes-back-by-itself", test_comes_back_by_itself);
  ADD ("a-password-that-changed-ends-the-attempts", test_a_password_that_changed_ends_the_attempts);
  ADD ("a-server-in-trouble-is-tried-again", test_a_server_in_trouble_is_tried_again);
  ADD ("the-watchdog-notices-silence", test_the_watchdog_notices_silence);
  ADD ("an-unanswered-message-wakes-the-watchdog", test_an_unanswered_message_wakes_the_watchdog);
  ADD ("retry-now-asks-a-living-peer", test_retry_now_asks_a_living_peer);
  ADD ("another-login-takes-over", test_another_login_takes_over);
  ADD ("says-goodbye", test_says_goodbye);
  ADD ("goodbye-does-not-wait-for-ever", test_goodbye_does_not_wait_for_ever);
  ADD ("logout-while-waiting", test_logout_while_waiting);
  ADD ("may-be-destroyed-at-any-moment", test_may_be_destroyed_at_any_moment);
  ADD ("may-be-dropped-in-its-own-signal", test_may_be_dropped_in_its_own_signal);
  return g_test_run ();
}
