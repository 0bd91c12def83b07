/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-clock.h"
#include "fake-transport.h"
#include "im-elem.h"
#include "im-enums.h"
#include "im-notes.h"
#include "im-outbox.h"
#include "im-receiver.h"
#include "im-session.h"
#include "xmpp-ns.h"

/* A whole session of alice@example.org on a fake clock, with a server in memory at the other end:
 * it signs in whoever comes, never resumes, and acknowledges and answers what the test lets it. */

typedef struct
{
  FakeClock *clock;
  FakeTransport *transport; /* owned: the newest */
  ImEvents *events;
  ImSession *session; /* NULL while logged out */
  char *dir;          /* of the database */

  gboolean acknowledges;    /* what is sent; TRUE at first */
  gboolean answers_archive; /* by itself, as empty; TRUE at first */
  gboolean bob_is_there;    /* his device answers; FALSE at first */
  const char *bob_says;     /* in his answers; "" at first */
  const char *recipient;    /* of what is sent; "bob" at first */
  guint n_counted;          /* stanzas since <enable/> */
  GQueue messages;          /* XmppStanza that were sent, not taken yet */
  GQueue queries;           /* XmppStanza: of the archive, not answered yet */
  const char *upload_base;  /* nullable: of an upload service; files go to BASE/put */
  const char *upload_path;  /* "/put" at first */
  guint n_slots;            /* that were given; the addresses are BASE/file?1 and so on */
  GString *node;            /* nullable: items that the account has published */
  guint n_published;
  const char *in_pages; /* nullable: what every message of the archive contains beside its text */
  gboolean is_signed_in;
  gboolean is_counting;
  GString *told; /* a line each: "received …", "updated …", "answer …" */
} SessionFixture;

SessionFixture *session_fixture_new (void);
void session_fixture_free (SessionFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SessionFixture, session_fixture_free)

/* Signs in; online when the archive answers by itself. */
void session_fixture_log_in (SessionFixture *self);
/* The process is killed: nothing of the session is left but its database. */
void session_fixture_kill (SessionFixture *self);
/* The connection is cut; the session goes on alone. */
void session_fixture_cut (SessionFixture *self);
/* It comes back, to a server that has forgotten the session. */
void session_fixture_reconnect (SessionFixture *self);
void session_fixture_lose_session (SessionFixture *self); /* both */

/* Until neither side has anything to say. */
void session_fixture_turn (SessionFixture *self);
/* Time goes by, and both sides do what they have to. */
void session_fixture_wait (SessionFixture *self, guint seconds);
void session_fixture_give (SessionFixture *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Says that everything sent so far has arrived. */
void session_fixture_acknowledge (SessionFixture *self);
/* A page of the archive for the oldest query: messages of bob, whose text and archive id is each
 * of ids ("a b c"); "b<a" is sent again, and stands behind a. after, before (nullable): what the
 * query must have asked for. */
void session_fixture_give_page (SessionFixture *self,
                                const char *after,
                                const char *before,
                                const char *ids,
                                gboolean complete);

/* Sends a text to bob. The answer is told. Returns: its row in the store */
gint64 session_fixture_send (SessionFixture *self, const char *text);
/* Sends that element. Returns: its row in the store */
gint64 session_fixture_send_elem (SessionFixture *self, const char *elem);
/* The texts of what was sent since the last call: "a b c"; receipts and markers as
 * "received:id" and "displayed:id", several receipts in one message as "received:c,b,a". */
void session_fixture_expect_sent (SessionFixture *self, const char *texts);
/* How often that kind of line told of that text, as JSON string. */
guint session_fixture_count (SessionFixture *self, const char *kind, const char *text);
/* The texts of the outbox's rows in the store, in order: "a b c". */
void session_fixture_expect_outbox (SessionFixture *self, const char *texts);

/* The stanza's id of an own message. */
char *session_fixture_dup_id (SessionFixture *self, gint64 row_id);

/* A message of bob, live; archive_id nullable. */
void session_fixture_give_text (SessionFixture *self,
                                const char *id,
                                const char *archive_id,
                                const char *text);
/* The same from a client like this one; repeat (nullable): it is sent again, and stands behind the
 * message with that id. */
void session_fixture_give_linnet (SessionFixture *self,
                                  const char *id,
                                  const char *archive_id,
                                  const char *text,
                                  const char *repeat);
/* What such a client says in every message. */
#define SESSION_FIXTURE_LINNET "<tim xmlns='urn:linnet:tim:1'/>"
/* A receipt of bob. */
void session_fixture_give_receipt (SessionFixture *self, const char *id, gboolean is_exact);
/* The texts of the conversation with bob, oldest first: "a b c". */
void session_fixture_expect_history (SessionFixture *self, const char *texts);
char *session_fixture_dup_position (SessionFixture *self);
