/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-backoff.h"
#include "im-clock.h"
#include "xmpp-porter-private.h"
#include "xmpp-register.h"
#include "xmpp-sasl.h"
#include "xmpp-sm.h"
#include "xmpp-stream-edges.h"
#include "xmpp-stream.h"
#include "xmpp-transport.h"

G_BEGIN_DECLS

/* What the files of the stream share: xmpp-stream.c (states), xmpp-stream-connect.c (reaching the
 * server), xmpp-stream-negotiate.c (from <open/> to bound), xmpp-stream-session.c (after that). */

/* Where the negotiation stands. */
typedef enum
{
  XMPP_STEP_OPEN,     /* waits for <open/> */
  XMPP_STEP_FEATURES, /* waits for features */
  XMPP_STEP_SASL,     /* waits for the next of SASL */
  XMPP_STEP_IDLE,     /* not to sign in: requests before that (in-band registration) */
  XMPP_STEP_RESUME,   /* waits for <resumed/> or <failed/> */
  XMPP_STEP_BIND,     /* waits for the answer to the bind request */
  XMPP_STEP_ENABLE,   /* waits for <enabled/> or <failed/> */
  XMPP_STEP_DONE
} XmppStep;

struct _XmppStream
{
  GObject parent_instance;

  XmppConfig *config; /* owned */
  ImClock *clock;
  XmppTransportFunc transport_func;
  gpointer transport_data;
  char *local;      /* owned: of the jid */
  char *domain;     /* owned */
  gboolean sign_in; /* FALSE: stops before SASL */

  XmppState state;
  gboolean was_signed_in; /* since login */
  ImBackoff backoff;
  gint64 online_since;  /* monotonic; 0: not online */
  GSource *state_timer; /* owned, nullable: of the present state */

  /* The present connection */
  char *url;                 /* owned, nullable: kept while it works */
  GCancellable *cancellable; /* owned, nullable: discovery under way */
  XmppTransport *transport;  /* owned, nullable */
  XmppStep step;
  XmppSasl *sasl;       /* owned, nullable: while signing in */
  char *negotiation_id; /* owned, nullable: of the bind request */
  GError *stream_error; /* owned, nullable: the last one the server sent */

  /* The session, across connections */
  XmppPorter *porter;   /* owned */
  XmppSm *sm;           /* owned */
  gboolean has_session; /* bound, or to be resumed */
  gboolean unproven;    /* resumed, and the server has not acknowledged anything since: when it is
                         * lost now, the session, or a stanza in it, is what breaks connections */
  gboolean has_sm;      /* the server counts */
  gboolean offers_sm;   /* the features say so */

  /* Acknowledgements and signs of life */
  GSource *ack_source;    /* owned, nullable: asks at the end of this turn of the loop */
  char *ack_ping_id;      /* owned, nullable: without stream management a ping does it */
  guint32 ack_ping_sent;  /* what the answer to it acknowledges */
  gboolean ack_requested; /* <r/> or the ping is out */
  GSource *watchdog;      /* owned, nullable */
  gint64 last_received;   /* monotonic */
  gint64 probe_sent;      /* monotonic; 0: none since the last sign of life */

  guint skipped_frames;
};

XmppRegister *xmpp_register_new_full (const XmppConfig *config,
                                      XmppTransportFunc transport_func,
                                      gpointer transport_data);

/* xmpp-stream.c */
/* Follows the edge, if there is one; takes reason (nullable). The stream may be gone afterwards for
 * those who hold no reference. */
void xmpp_stream_fire (XmppStream *self, XmppEvent event, GError *reason);
/* The connection failed or was lost: to BACKOFF, or OFFLINE when it never was ONLINE. Takes reason.
 */
/* The next question to the server, with all the time of the state. */
void xmpp_stream_begin_step (XmppStream *self, XmppStep step);
void xmpp_stream_lose (XmppStream *self, XmppEvent event, GError *reason);
/* SASL said no: OFFLINE and login-failed. Takes reason. */
void xmpp_stream_refuse_login (XmppStream *self, GError *reason);
void xmpp_stream_emit_phase (XmppStream *self, const char *phase, const char *detail);
void xmpp_stream_emit_ready (XmppStream *self);
void xmpp_stream_emit_room (XmppStream *self);
/* Session over; what was unacknowledged finishes with SESSION_LOST. */
void xmpp_stream_end_session (XmppStream *self);

/* xmpp-stream-connect.c */
void xmpp_stream_connect (XmppStream *self);
void xmpp_stream_disconnect (XmppStream *self);
/* Out on the socket, if there is one. */
void xmpp_stream_write (XmppStream *self, const char *text);
void xmpp_stream_write_spec (XmppStream *self, const XmppSpec *spec);

/* xmpp-stream-negotiate.c */
void xmpp_stream_send_open (XmppStream *self);
/* A frame before the session stands. */
void xmpp_stream_negotiate (XmppStream *self, XmppStanza *stanza);

/* xmpp-stream-session.c */
extern const XmppPorterLink xmpp_stream_porter_link;
void xmpp_stream_take_stanza (XmppStream *self, XmppStanza *stanza);
void xmpp_stream_take_sm (XmppStream *self, XmppStanza *stanza);
/* After <resumed/>: sends again what was not acknowledged. */
void xmpp_stream_replay (XmppStream *self);
void xmpp_stream_acknowledged (XmppStream *self, guint64 h);
void xmpp_stream_request_ack (XmppStream *self);
void xmpp_stream_start_watchdog (XmppStream *self);
void xmpp_stream_stop_watchdog (XmppStream *self);
void xmpp_stream_probe (XmppStream *self);

G_END_DECLS
