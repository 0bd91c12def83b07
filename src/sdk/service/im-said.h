/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-call.h"
#include "im-store-about.h"

/* What this account says about messages: kept until the server has had it for a while, sent again
 * after a lost session, in order, each after the message that it is about. It is done here at once,
 * and the call is answered when the server has it. Network thread. */

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

/* The message that a call is about, or its answer. Returns: (nullable) */
ImStoreMessage *im_said_find_message (
    ImSession *session, ImCall *call, int conv_type, const char *conv_id, const ImMsg *like);
