/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-store-private.h"

/* A connection of its own that only reads, for searches: made with the store, opened by the first
 * search. */
typedef struct _ImStoreReader ImStoreReader;

/* path is nullable: the store is in memory, and searches run on its own connection. The store
 * outlives its open reader. */
ImStoreReader *im_store_reader_new (ImStore *store, const char *path);
/* Stops the search that is running, and answers those that wait with G_IO_ERROR_CANCELLED. Network
 * thread, before the store's own connection is closed. */
void im_store_reader_close (ImStoreReader *self);
