/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-clock.h"
#include "fake-transport.h"
#include "xmpp-ns.h"
#include "xmpp-stream-private.h"

/* A stream on a fake clock and fake transports, with the test as its server. */

typedef struct
{
  FakeClock *clock;
  XmppStream *stream;
  XmppPorter *porter;       /* borrowed */
  FakeTransport *transport; /* owned: the newest */
  guint n_transports;
  XmppProtection protection; /* of the next transports */

  GString *states; /* "CONNECTING OPENING …" since the last fixture_expect_states() */
  GString *phases;
  GError *reason;      /* of the last state, nullable */
  GError *login_error; /* of the last login-failed, nullable */
  guint n_kicked, n_new, n_resumed, n_ready;
} StreamFixture;

/* tweak (nullable) changes the configuration. */
StreamFixture *fixture_new (void (*tweak) (XmppConfig *config));
/* Asserts that nothing of the stream is left, no timer either. */
void fixture_free (StreamFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StreamFixture, fixture_free)

/* Runs what is due in the default context. */
void fixture_turn (StreamFixture *self);
void fixture_give (StreamFixture *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The next frame, which must match. Returns: (transfer full) */
XmppStanza *fixture_take (StreamFixture *self, const XmppSpec *spec);
#define fixture_expect(self, ...) xmpp_stanza_unref (fixture_take (self, XMPP_SPEC (__VA_ARGS__)))
void fixture_expect_nothing (StreamFixture *self);
void fixture_expect_states (StreamFixture *self, const char *states);

/* Steps of a login, each from where the one before ended. */
void fixture_connect (StreamFixture *self);      /* login → AUTH; features with PLAIN */
void fixture_authenticate (StreamFixture *self); /* → BINDING, features with bind and SM */
void fixture_bind (StreamFixture *self);         /* → SYNCING */
void fixture_go_online (StreamFixture *self);    /* all of it and synced → ONLINE */
/* From BACKOFF until <resume/> is expected next. */
void fixture_reconnect (StreamFixture *self);

#define FIXTURE_JID "alice@example.org"
#define FIXTURE_FULL_JID "alice@example.org/desktop"
