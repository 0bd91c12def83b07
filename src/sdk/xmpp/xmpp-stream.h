/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-config.h"
#include "xmpp-porter.h"
#include "xmpp-transport.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The connection of one account: finds the server, signs in, binds, keeps the session alive across
 * sockets. Network thread, in whose thread-default context everything happens. May be unreferenced
 * at any moment, also from its own signals: requests under way then finish with XMPP_ERROR_CLOSED.
 */

typedef enum
{
  XMPP_STATE_OFFLINE,    /* nothing open, nothing tried */
  XMPP_STATE_CONNECTING, /* discovery, socket, TLS, WebSocket */
  XMPP_STATE_OPENING,    /* <open/> is out */
  XMPP_STATE_AUTH,
  XMPP_STATE_BINDING, /* binds a resource or resumes a session */
  XMPP_STATE_SYNCING, /* a new session: the user of the stream catches up, then says synced */
  XMPP_STATE_ONLINE,
  XMPP_STATE_BACKOFF, /* lost; the timer, or xmpp_stream_retry_now(), tries again */
  XMPP_STATE_CLOSING, /* says goodbye */
  XMPP_STATE_KICKED   /* another login took over; no reconnect */
} XmppState;
#define XMPP_N_STATES (XMPP_STATE_KICKED + 1)

#define XMPP_TYPE_STREAM (xmpp_stream_get_type ())
G_DECLARE_FINAL_TYPE (XmppStream, xmpp_stream, XMPP, STREAM, GObject)

/*
 * Signals (all: run last, emitted on the network thread, never from inside xmpp_stream_new()):
 *
 * state-changed (XmppStream *, int state, const GError *reason), reason nullable
 *   The reason tells why it went to BACKOFF, OFFLINE or KICKED.
 * phase (XmppStream *, const char *phase, const char *detail), detail nullable
 *   "discovering" domain, "connecting" host, "securing" host, "authenticating" mechanism,
 *   "binding" resource; in this order, what is not needed is left out.
 * session-started (XmppStream *, gboolean resumed)
 *   FALSE: a new session (state SYNCING), everything unacknowledged of the one before has been
 *   finished with SESSION_LOST. TRUE: the old one goes on (state ONLINE), nothing was lost.
 * login-failed (XmppStream *, const GError *reason)
 *   After state OFFLINE: the credentials were refused, or an attempt failed in any way before the
 *   stream was SYNCING for the first time. Nothing is retried unless xmpp_stream_login() is called.
 * kicked (XmppStream *)
 *   After state KICKED.
 * room (XmppStream *)
 *   As many stanzas waited for confirmation as may, and now there are fewer: what was refused with
 *   QUEUE_FULL may be sent.
 */

/* Makes the transport to url. (transfer full) */
typedef XmppTransport *(*XmppTransportFunc) (const XmppConfig *config,
                                             const char *url,
                                             gpointer user_data);

/* config is copied. The jid must be valid (see xmpp_jid_is_valid()). */
XmppStream *xmpp_stream_new (const XmppConfig *config);
/* transport_func NULL: WebSocket. sign_in FALSE: stops in AUTH, emits "ready"; the porter works. */
XmppStream *xmpp_stream_new_full (const XmppConfig *config,
                                  XmppTransportFunc transport_func,
                                  gpointer transport_data,
                                  gboolean sign_in);

/* In OFFLINE and KICKED: connects. Otherwise nothing. */
void xmpp_stream_login (XmppStream *self);
/* Says goodbye; state OFFLINE when the server has closed or 2 s have passed. Nothing in OFFLINE. */
void xmpp_stream_logout (XmppStream *self);
/* In SYNCING: what was missed has been fetched → ONLINE. */
void xmpp_stream_synced (XmppStream *self);
/* In BACKOFF: tries at once (network is back, user asks). In SYNCING and ONLINE: asks the peer for
 * a sign of life now, since the socket may have died with the old network. */
void xmpp_stream_retry_now (XmppStream *self);
/* Replaces password or token for the next sign-in. */
void xmpp_stream_set_password (XmppStream *self, const char *password, gboolean is_token);

XmppState xmpp_stream_get_state (XmppStream *self);
const char *xmpp_state_name (XmppState state);
/* The same object for the life of the stream. */
XmppPorter *xmpp_stream_get_porter (XmppStream *self);
/* Does the server offer stream management in this session? */
gboolean xmpp_stream_has_sm (XmppStream *self);
/* The address that is used: "wss://…"; NULL before it is known. */
const char *xmpp_stream_get_url (XmppStream *self);
/* Frames that were refused (too big, malformed) since the start. */
guint xmpp_stream_get_skipped_frames (XmppStream *self);

G_END_DECLS
