/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <sqlite3.h>

/* Moves what was committed from the write-ahead log into the file, on a connection and a thread of
 * its own: forcing it to the disk takes from ten milliseconds to a second. */
typedef struct _ImStoreCheckpoint ImStoreCheckpoint;

/* Watches the commits of that connection, which outlives it. Network thread, as all of it. */
ImStoreCheckpoint *im_store_checkpoint_new (sqlite3 *db, const char *path);
/* From now on nothing is moved. */
void im_store_checkpoint_stop (ImStoreCheckpoint *self);
/* Waits for what is being moved. */
void im_store_checkpoint_free (ImStoreCheckpoint *self);
