/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A LinnetBackend with its data in memory: what a server would do is done by functions here. All
 * answers come from an idle of the main context, as the bridge's do. */
#pragma once

#include "linnet-backend.h"

#define FAKE_TYPE_BACKEND (fake_backend_get_type ())
G_DECLARE_FINAL_TYPE (FakeBackend, fake_backend, FAKE, BACKEND, GObject)

FakeBackend *fake_backend_new (void);

/* The next sign-in ends with this code instead of success. */
void fake_backend_fail_sign_in (FakeBackend *self, int code, const char *desc);
/* Sign-ins, sends, loads and further pages of the list are held back until they are released (FALSE
 * releases them). */
void fake_backend_hold (FakeBackend *self, gboolean hold);
/* The next sends end with this code; 0: they succeed again. */
void fake_backend_fail_sends (FakeBackend *self, int code);
/* The next load of messages fails. */
void fake_backend_fail_load (FakeBackend *self);

/* The next load of conversations fails. */
void fake_backend_fail_list (FakeBackend *self);
/* The list comes in pages of at most this many conversations. */
void fake_backend_limit_pages (FakeBackend *self, guint n);

/* Stores a conversation without telling. */
void fake_backend_add_conversation (FakeBackend *self, const char *id, guint unread);
/* Stores a message without telling; sender NULL: own, sent. Borrowed. */
ImMsg *fake_backend_add_message (
    FakeBackend *self, const char *conv_id, const char *sender, const char *text, gint64 time);
/* Fills `n` messages, one a minute until `last_time`, alternating own and the peer's. */
void fake_backend_add_history (FakeBackend *self, const char *conv_id, guint n, gint64 last_time);

/* A message comes in: stored, unread raised, both signals emitted. Borrowed. */
ImMsg *fake_backend_receive (
    FakeBackend *self, const char *conv_id, const char *sender, const char *text, gint64 time);
/* What was sent reached the peer's device; `text` names it. */
void fake_backend_deliver (FakeBackend *self, const char *conv_id, const char *text);
/* The peer read everything up to that second. */
void fake_backend_peer_reads (FakeBackend *self, const char *conv_id, gint64 up_to);

/* What was asked, for assertions: "sign-in alice@…", "sign-in alice@… anew", "send bob hi", "read
 * bob", "read bob hi", "draft bob te", "typing bob 1", "discard bob hi", "create bob", "delete
 * bob". Borrowed. */
GPtrArray *fake_backend_get_log (FakeBackend *self);
/* How many lines of the log are exactly this. */
guint fake_backend_count (FakeBackend *self, const char *line);
