/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-store.h"

#include "im-clock.h"

/* Makes the store's index of what messages say, a few milliseconds at a time, so that nothing else
 * has to wait: what was left, and new messages, many together. Network thread. */

typedef struct _ImIndexer ImIndexer;

/* The store outlives it, and has one at a time. */
ImIndexer *im_indexer_new (ImStore *store, ImClock *clock);
void im_indexer_free (ImIndexer *self);
