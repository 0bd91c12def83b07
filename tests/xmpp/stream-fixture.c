/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stream-fixture.h"

#include "xmpp-frame.h"

#include <stdarg.h>
#include <string.h>

static XmppTransport *
new_transport (const XmppConfig *config, const char *url, gpointer user_data)
{
  StreamFixture *self = user_data;

  g_clear_object (&self->transport);
  self->transport = fake_transport_new (self->protection);
  self->n_transports++;
  return XMPP_TRANSPORT (g_object_ref (self->transport));
}

static void
on_state_changed (XmppStream *stream, int state, const GError *reason, gpointer user_data)
{
  StreamFixture *self = user_data;

  g_string_append_printf (self->states, "%s%s", self->states->len > 0 ? " " : "",
                          xmpp_state_name ((XmppState) state));
  g_clear_error (&self->reason);
  self->reason = reason != NULL ? g_error_copy (reason) : NULL;
}

static void
on_phase (XmppStream *stream, const char *phase, const char *detail, gpointer user_data)
{
  StreamFixture *self = user_data;

  g_string_append_printf (self->phases, "%s%s", self->phases->len > 0 ? " " : "", phase);
}

static void
on_session_started (XmppStream *stream, gboolean resumed, gpointer user_data)
{
  StreamFixture *self = user_data;

  if (resumed)
    self->n_resumed++;
  else
    self->n_new++;
}

static void
on_login_failed (XmppStream *stream, const GError *reason, gpointer user_data)
{
  StreamFixture *self = user_data;

  g_assert_nonnull (reason);
  g_assert_null (self->login_error);
  self->login_error = g_error_copy (reason);
}

static void
on_kicked (XmppStream *stream, gpointer user_data)
{
  ((StreamFixture *) user_data)->n_kicked++;
}

static void
on_ready (XmppStream *stream, gpointer user_data)
{
  ((StreamFixture *) user_data)->n_ready++;
}

StreamFixture *
fixture_new (void (*tweak) (XmppConfig *config))
{
  StreamFixture *self = g_new0 (StreamFixture, 1);
  XmppConfig config = {
    .jid = FIXTURE_JID,
    .password = "secret",
    .resource = "desktop",
    .server_url = "wss://xmpp.example.org/ws",
  };

  self->clock = fake_clock_new ();
  self->protection = XMPP_PROTECTION_TLS;
  self->states = g_string_new (NULL);
  self->phases = g_string_new (NULL);
  config.clock = fake_clock_get (self->clock);
  if (tweak != NULL)
    tweak (&config);
  self->stream = xmpp_stream_new_full (&config, new_transport, self, TRUE);
  self->porter = xmpp_stream_get_porter (self->stream);
  g_signal_connect (self->stream, "state-changed", G_CALLBACK (on_state_changed), self);
  g_signal_connect (self->stream, "phase", G_CALLBACK (on_phase), self);
  g_signal_connect (self->stream, "session-started", G_CALLBACK (on_session_started), self);
  g_signal_connect (self->stream, "login-failed", G_CALLBACK (on_login_failed), self);
  g_signal_connect (self->stream, "kicked", G_CALLBACK (on_kicked), self);
  g_signal_connect (self->stream, "ready", G_CALLBACK (on_ready), self);
  return self;
}

void
fixture_free (StreamFixture *self)
{
  fixture_turn (self);
  if (self->stream != NULL)
    g_assert_finalize_object (self->stream);
  fixture_turn (self);
  if (self->transport != NULL)
    g_assert_finalize_object (self->transport);
  g_string_free (self->states, TRUE);
  g_string_free (self->phases, TRUE);
  g_clear_error (&self->reason);
  g_clear_error (&self->login_error);
  fake_clock_free (self->clock);
  g_free (self);
}

void
fixture_turn (StreamFixture *self)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
fixture_give (StreamFixture *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fake_transport_give (self->transport, text);
  fixture_turn (self);
}

XmppStanza *
fixture_take (StreamFixture *self, const XmppSpec *spec)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  XmppStanza *stanza;

  fixture_turn (self);
  text = fake_transport_take (self->transport);
  if (text == NULL)
    g_error ("nothing was sent, but <%s/> was expected", spec->name);
  stanza = xmpp_frame_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  if (!xmpp_spec_match (spec, xmpp_stanza_get_root (stanza)))
    g_error ("not the <%s/> that was expected: %s", spec->name, text);
  return stanza;
}

void
fixture_expect_nothing (StreamFixture *self)
{
  g_autofree char *text = NULL;

  fixture_turn (self);
  text = fake_transport_take (self->transport);
  g_assert_cmpstr (text, ==, NULL);
}

void
fixture_expect_states (StreamFixture *self, const char *states)
{
  fixture_turn (self);
  g_assert_cmpstr (self->states->str, ==, states);
  g_string_truncate (self->states, 0);
}

void
fixture_connect (StreamFixture *self)
{
  xmpp_stream_login (self->stream);
  fake_transport_accept (self->transport);
  fixture_expect (self, XMPP_EL ("open", XMPP_NS_FRAMING, XMPP_ATTR ("to", "example.org"),
                                 XMPP_ATTR ("version", "1.0")));
  fixture_give (self, "<open xmlns='" XMPP_NS_FRAMING "' from='example.org' version='1.0'/>");
  fixture_give (self, "<stream:features xmlns:stream='" XMPP_NS_STREAM "'>"
                      "<mechanisms xmlns='" XMPP_NS_SASL "'><mechanism>PLAIN</mechanism>"
                      "</mechanisms></stream:features>");
}

static void
authenticate (StreamFixture *self)
{
  fixture_expect (self, XMPP_EL ("auth", XMPP_NS_SASL, XMPP_ATTR ("mechanism", "PLAIN"),
                                 XMPP_TEXT ("AGFsaWNlAHNlY3JldA==")));
  fixture_give (self, "<success xmlns='" XMPP_NS_SASL "'/>");
  fixture_expect (self, XMPP_EL ("open", XMPP_NS_FRAMING));
  fixture_give (self, "<open xmlns='" XMPP_NS_FRAMING "' from='example.org' version='1.0'/>");
  fixture_give (self, "<stream:features xmlns:stream='" XMPP_NS_STREAM "'>"
                      "<bind xmlns='" XMPP_NS_BIND "'/><sm xmlns='" XMPP_NS_SM "'/>"
                      "</stream:features>");
}

void
fixture_authenticate (StreamFixture *self)
{
  fixture_connect (self);
  authenticate (self);
}

void
fixture_bind (StreamFixture *self)
{
  g_autoptr (XmppStanza) bind
      = fixture_take (self,
                      XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
                                          XMPP_EL ("bind", XMPP_NS_BIND,
                                                   XMPP_TEXT_EL ("resource", NULL, "desktop")))));

  fixture_give (self,
                "<iq xmlns='jabber:client' type='result' id='%s'><bind xmlns='" XMPP_NS_BIND
                "'><jid>" FIXTURE_FULL_JID "</jid></bind></iq>",
                xmpp_stanza_get_id (bind));
  fixture_expect (self, XMPP_EL ("enable", XMPP_NS_SM, XMPP_ATTR ("resume", "true")));
  fixture_give (self, "<enabled xmlns='" XMPP_NS_SM "' id='session-1' resume='true'/>");
}

void
fixture_go_online (StreamFixture *self)
{
  fixture_authenticate (self);
  fixture_bind (self);
  xmpp_stream_synced (self->stream);
  fixture_expect_states (self, "CONNECTING OPENING AUTH BINDING SYNCING ONLINE");
}

void
fixture_reconnect (StreamFixture *self)
{
  xmpp_stream_retry_now (self->stream);
  fake_transport_accept (self->transport);
  fixture_expect (self, XMPP_EL ("open", XMPP_NS_FRAMING));
  fixture_give (self, "<open xmlns='" XMPP_NS_FRAMING "' from='example.org' version='1.0'/>");
  fixture_give (self, "<stream:features xmlns:stream='" XMPP_NS_STREAM "'>"
                      "<mechanisms xmlns='" XMPP_NS_SASL "'><mechanism>PLAIN</mechanism>"
                      "</mechanisms></stream:features>");
  authenticate (self);
}
