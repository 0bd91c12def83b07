/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-call.h"
#include "im-store-about.h"

/* What this account says about messages: kept until the server has had it for a while, sent again
 * after a lost session, in order, each after the message that it is about. It is done here at once,
 * and the call is answered when the server has it. What a peer whose receipts are exact has not
 * confirmed then is remembered, and sent again when it was lost (im-pings.h). Network thread. */

typedef struct _ImSession ImSession;
typedef struct _ImSaid ImSaid;

ImSaid *im_said_new (ImSession *session);
void im_said_free (ImSaid *self);
/* Does it and keeps it, or answers the call with the reason. about: without id and said_id. */
void im_said_add (ImSaid *self, ImStoreAbout *about, const ImStoreMessage *row, ImCall *call);
void im_said_flush (ImSaid *self);
void im_said_lost_session (ImSaid *self);
/* As im_outbox_settle(). */
gboolean im_said_settle (ImSaid *self, gint64 until_us);
/* Does the server have something for this conversation that the peer has not confirmed? */
gboolean im_said_has_unconfirmed (ImSaid *self, const char *conv_id);
/* What the server has had of that since until_us (monotonic) was lost. */
void im_said_repeat (ImSaid *self, const char *conv_id, gint64 until_us);
/* Receipts came for these stanzas, and perhaps others. */
void im_said_confirmed (ImSaid *self, const char *conv_id, const char *const *ids);

/* The message that a call is about, or its answer. Returns: (nullable) */
ImStoreMessage *im_said_find_message (
    ImSession *session, ImCall *call, int conv_type, const char *conv_id, const ImMsg *like);
