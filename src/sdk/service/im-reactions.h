/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-store-about.h"

typedef struct _ImSession ImSession;

/* Reactions as programs see them. Network thread. */

/* They changed: all that the message has now, and those that it had before, with nobody. before: of
 * ImStoreReactions. */
void im_reactions_tell (ImSession *session, const ImStoreMessage *row, GPtrArray *before);
