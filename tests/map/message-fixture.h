/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "im-msg.h"
#include "map-message.h"

#define FIXTURE_NOW_US G_GINT64_CONSTANT (1800000000000000)

/* A message of alice@example.org to bob with these elements, as JSON without the brackets. */
ImMsg *fixture_message (const char *elems);
/* What bob gets of it. */
ImMsg *fixture_received (XmppStanza *stanza);
ImMsg *fixture_round_trip (const ImMsg *msg);
/* What alice sends. */
XmppStanza *fixture_sent (const ImMsg *msg);
/* What bob makes of a message of ann@example.org with these children. */
ImMsg *fixture_read (const char *payload);
/* The same with a body, and a container of ours with these elements. */
ImMsg *fixture_read_claim (const char *body, const char *payload, const char *elems);

/* The elements have these values, and no others. */
void fixture_assert_elems (const ImMsg *msg, const char *elems);
/* One element: this text. */
void fixture_assert_text (const ImMsg *msg, const char *text);
