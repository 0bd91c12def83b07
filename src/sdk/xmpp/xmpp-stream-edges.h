/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-fsm.h"

G_BEGIN_DECLS

/* The connection's state machine, as a table (states: XmppState). Pure. */

typedef enum
{
  XMPP_EVENT_LOGIN,
  XMPP_EVENT_SOCKET_UP,
  XMPP_EVENT_FEATURES,
  XMPP_EVENT_AUTH_OK,
  XMPP_EVENT_AUTH_FAIL,
  XMPP_EVENT_BOUND,
  XMPP_EVENT_RESUMED,
  XMPP_EVENT_SYNCED,
  XMPP_EVENT_IO_LOST,
  XMPP_EVENT_TIMEOUT,
  XMPP_EVENT_RETRY,
  XMPP_EVENT_CONFLICT,
  XMPP_EVENT_LOGOUT,
  XMPP_EVENT_CLOSED
} XmppEvent;
#define XMPP_N_EVENTS (XMPP_EVENT_CLOSED + 1)

extern const ImFsmEdge xmpp_stream_edges[];
extern const gsize xmpp_stream_n_edges;

const char *xmpp_event_name (XmppEvent event);

G_END_DECLS
