/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-search.h"

#include <gio/gio.h>
#include <sqlite3.h>

/* One search on one connection, which nobody else uses meanwhile; any thread. Returns: (transfer
 * full) NULL with an IM_STORE_ERROR, or with G_IO_ERROR_CANCELLED after sqlite3_interrupt() */
ImMsgSearchResult *im_store_query_run (sqlite3 *db, const ImMsgSearchParam *param, GError **error);
