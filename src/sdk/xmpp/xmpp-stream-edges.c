/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-stream-edges.h"

#include "im-enum.h"
#include "xmpp-stream.h"

#define BIT(state) IM_FSM_BIT (XMPP_STATE_##state)
#define LIVE                                                                                       \
  (BIT (CONNECTING) | BIT (OPENING) | BIT (AUTH) | BIT (BINDING) | BIT (SYNCING) | BIT (ONLINE))

/* clang-format off */
const ImFsmEdge xmpp_stream_edges[] = {
  { BIT (OFFLINE) | BIT (KICKED), XMPP_EVENT_LOGIN,     XMPP_STATE_CONNECTING },
  { BIT (CONNECTING),             XMPP_EVENT_SOCKET_UP, XMPP_STATE_OPENING },
  { BIT (OPENING),                XMPP_EVENT_FEATURES,  XMPP_STATE_AUTH },
  { BIT (AUTH),                   XMPP_EVENT_AUTH_OK,   XMPP_STATE_BINDING },
  { BIT (AUTH),                   XMPP_EVENT_AUTH_FAIL, XMPP_STATE_OFFLINE },
  { BIT (BINDING),                XMPP_EVENT_BOUND,     XMPP_STATE_SYNCING },
  { BIT (BINDING),                XMPP_EVENT_RESUMED,   XMPP_STATE_ONLINE },
  { BIT (SYNCING),                XMPP_EVENT_SYNCED,    XMPP_STATE_ONLINE },
  { LIVE,                         XMPP_EVENT_IO_LOST,   XMPP_STATE_BACKOFF },
  { LIVE,                         XMPP_EVENT_TIMEOUT,   XMPP_STATE_BACKOFF },
  { BIT (BACKOFF),                XMPP_EVENT_RETRY,     XMPP_STATE_CONNECTING },
  { LIVE,                         XMPP_EVENT_CONFLICT,  XMPP_STATE_KICKED },
  { LIVE | BIT (BACKOFF),         XMPP_EVENT_LOGOUT,    XMPP_STATE_CLOSING },
  { BIT (CLOSING),                XMPP_EVENT_CLOSED,    XMPP_STATE_OFFLINE },
  { BIT (CLOSING),                XMPP_EVENT_TIMEOUT,   XMPP_STATE_OFFLINE },
};
/* clang-format on */
const gsize xmpp_stream_n_edges = G_N_ELEMENTS (xmpp_stream_edges);

static const char *const event_names[XMPP_N_EVENTS] = {
  "LOGIN",  "SOCKET_UP", "FEATURES", "AUTH_OK", "AUTH_FAIL", "BOUND",  "RESUMED",
  "SYNCED", "IO_LOST",   "TIMEOUT",  "RETRY",   "CONFLICT",  "LOGOUT", "CLOSED",
};

static const char *const state_names[XMPP_N_STATES] = {
  "OFFLINE", "CONNECTING", "OPENING", "AUTH",    "BINDING",
  "SYNCING", "ONLINE",     "BACKOFF", "CLOSING", "KICKED",
};

const char *
xmpp_event_name (XmppEvent event)
{
  return im_enum_to_string (event_names, XMPP_N_EVENTS, event);
}

const char *
xmpp_state_name (XmppState state)
{
  return im_enum_to_string (state_names, XMPP_N_STATES, state);
}
