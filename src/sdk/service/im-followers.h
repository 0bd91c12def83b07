/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-session.h"

/* Senders like this one say in every message which one they wrote before it. When a server hands
 * them over the other way round, the later one to come is put before the one that follows it. Only
 * the newest are remembered. Network thread. */

ImFollowers *im_followers_new (void);
void im_followers_free (ImFollowers *self);

/* The message with that origin id came, and follows previous_id. */
void im_followers_add (ImFollowers *self,
                       const char *conv_id,
                       const char *previous_id,
                       const char *origin_id);
/* Returns: (transfer none) (nullable) the origin id of what follows that message and has come */
const char *im_followers_find (ImFollowers *self, const char *conv_id, const char *origin_id);
