/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xmpp-stream-edges.h"
#include "xmpp-stream.h"

/* The design's table once more, by hand: one row for every pair that moves. What is not here stays.
 */
typedef struct
{
  XmppState from;
  XmppEvent event;
  XmppState to;
} Move;

#define MOVE(from, event, to)                                                                      \
  {                                                                                                \
    XMPP_STATE_##from, XMPP_EVENT_##event, XMPP_STATE_##to                                         \
  }

/* clang-format off */
static const Move moves[] = {
  MOVE (OFFLINE, LOGIN, CONNECTING),
  MOVE (KICKED, LOGIN, CONNECTING),
  MOVE (CONNECTING, SOCKET_UP, OPENING),
  MOVE (OPENING, FEATURES, AUTH),
  MOVE (AUTH, AUTH_OK, BINDING),
  MOVE (AUTH, AUTH_FAIL, OFFLINE),
  MOVE (BINDING, BOUND, SYNCING),
  MOVE (BINDING, RESUMED, ONLINE),
  MOVE (SYNCING, SYNCED, ONLINE),
  MOVE (CONNECTING, IO_LOST, BACKOFF), MOVE (CONNECTING, TIMEOUT, BACKOFF),
  MOVE (OPENING, IO_LOST, BACKOFF), MOVE (OPENING, TIMEOUT, BACKOFF),
  MOVE (AUTH, IO_LOST, BACKOFF), MOVE (AUTH, TIMEOUT, BACKOFF),
  MOVE (BINDING, IO_LOST, BACKOFF), MOVE (BINDING, TIMEOUT, BACKOFF),
  MOVE (SYNCING, IO_LOST, BACKOFF), MOVE (SYNCING, TIMEOUT, BACKOFF),
  MOVE (ONLINE, IO_LOST, BACKOFF), MOVE (ONLINE, TIMEOUT, BACKOFF),
  MOVE (BACKOFF, RETRY, CONNECTING),
  MOVE (CONNECTING, CONFLICT, KICKED), MOVE (OPENING, CONFLICT, KICKED),
  MOVE (AUTH, CONFLICT, KICKED), MOVE (BINDING, CONFLICT, KICKED),
  MOVE (SYNCING, CONFLICT, KICKED), MOVE (ONLINE, CONFLICT, KICKED),
  MOVE (CONNECTING, LOGOUT, CLOSING), MOVE (OPENING, LOGOUT, CLOSING),
  MOVE (AUTH, LOGOUT, CLOSING), MOVE (BINDING, LOGOUT, CLOSING),
  MOVE (SYNCING, LOGOUT, CLOSING), MOVE (ONLINE, LOGOUT, CLOSING),
  MOVE (BACKOFF, LOGOUT, CLOSING),
  MOVE (CLOSING, CLOSED, OFFLINE), MOVE (CLOSING, TIMEOUT, OFFLINE),
};
/* clang-format on */

static const Move *
find_move (XmppState from, XmppEvent event)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].event == event)
      return &moves[i];
  return NULL;
}

static guint
count_edges (XmppState state, XmppEvent event)
{
  guint n = 0;

  for (gsize i = 0; i < xmpp_stream_n_edges; i++)
    if ((xmpp_stream_edges[i].from & IM_FSM_BIT (state)) != 0
        && xmpp_stream_edges[i].event == event)
      n++;
  return n;
}

static void
test_every_pair_goes_where_it_should (void)
{
  guint n_moving = 0;

  for (guint state = 0; state < XMPP_N_STATES; state++)
    for (guint event = 0; event < XMPP_N_EVENTS; event++)
      {
        const ImFsmEdge *edge = im_fsm_find (xmpp_stream_edges, xmpp_stream_n_edges, state, event);
        const Move *move = find_move ((XmppState) state, (XmppEvent) event);

        g_assert_cmpuint (count_edges ((XmppState) state, (XmppEvent) event), ==,
                          move != NULL ? 1 : 0);
        g_assert_true ((edge != NULL) == (move != NULL));
        if (edge == NULL)
          continue;
        g_assert_cmpint (edge->to, ==, move->to);
        n_moving++;
      }
  g_assert_cmpuint (XMPP_N_STATES * XMPP_N_EVENTS, ==, 140);
  g_assert_cmpuint (n_moving, ==, 37);
}

static void
test_every_state_can_be_reached_and_left (void)
{
  guint32 reached = IM_FSM_BIT (XMPP_STATE_OFFLINE);

  for (guint round = 0; round < XMPP_N_STATES; round++)
    for (gsize i = 0; i < xmpp_stream_n_edges; i++)
      if ((xmpp_stream_edges[i].from & reached) != 0)
        reached |= IM_FSM_BIT (xmpp_stream_edges[i].to);
  g_assert_cmphex (reached, ==, (1u << XMPP_N_STATES) - 1);
}

/* The graph for the README: meson test --verbose, or this program with --verbose. */
static void
test_prints_the_graph (void)
{
  g_test_message ("digraph stream {");
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    g_test_message ("  %s -> %s [label=\"%s\"];", xmpp_state_name (moves[i].from),
                    xmpp_state_name (moves[i].to), xmpp_event_name (moves[i].event));
  g_test_message ("}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xmpp/fsm/every-pair-goes-where-it-should",
                   test_every_pair_goes_where_it_should);
  g_test_add_func ("/xmpp/fsm/every-state-can-be-reached-and-left",
                   test_every_state_can_be_reached_and_left);
  g_test_add_func ("/xmpp/fsm/prints-the-graph", test_prints_the_graph);
  return g_test_run ();
}
