/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A state machine as a table of edges. An edge leads from a set of states (bits) by an event to a
 * state; anything that is not in the table does not move. States and events are small enumerations
 * from 0. */
typedef struct
{
  guint32 from; /* IM_FSM_BIT of each state it starts at */
  guint8 event;
  guint8 to;
} ImFsmEdge;

#define IM_FSM_BIT(state) (1u << (state))

/* Returns: (nullable) the edge, NULL when the event means nothing in this state */
static inline const ImFsmEdge *
im_fsm_find (const ImFsmEdge *edges, gsize n_edges, guint state, guint event)
{
  for (gsize i = 0; i < n_edges; i++)
    if ((edges[i].from & IM_FSM_BIT (state)) != 0 && edges[i].event == event)
      return &edges[i];
  return NULL;
}
