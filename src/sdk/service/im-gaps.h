/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-session.h"

/* Own messages that were lost on the way: a server may say that it has a message, hand it to a
 * session that is dead, and keep it in nobody's archive. A peer whose receipts are exact lets it be
 * seen: one came for a later message, and none for these. When that is so for a few seconds, they
 * go out once more, under their ids, in their order. Network thread. */

ImGaps *im_gaps_new (ImSession *session);
void im_gaps_free (ImGaps *self);

/* A receipt came in this conversation. */
void im_gaps_watch (ImGaps *self, const char *conv_id);
/* What was sent before `end` (a sort key) and has no receipt now was lost. */
void im_gaps_add (ImGaps *self, const char *conv_id, gint64 end);
/* Online: looks for those of which nothing is known yet here. */
void im_gaps_look (ImGaps *self);
