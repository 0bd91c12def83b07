/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

gboolean
im_store_unread_total (ImStore *self, guint64 *ret_total, GError **error)
{
  gint64 total = 0;

  if (!im_store_get_int64 (self, im_store_prepare (self, IM_SQL_UNREAD_TOTAL, ""), 0, &total,
                           error))
    return FALSE;
  *ret_total = (guint64) total;
  return TRUE;
}

gboolean
im_store_settings_get (
    ImStore *self, int type, const char *id, ImStoreSettings *ret_settings, GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_SETTINGS_GET, "is", (gint64) type, id);
  int result = im_store_step (self, statement, error);

  *ret_settings = (ImStoreSettings){ 0 };
  if (result != 1)
    return result == 0;
  ret_settings->recv_opt = sqlite3_column_int64 (statement, 0);
  ret_settings->is_pinned = sqlite3_column_int (statement, 1) != 0;
  ret_settings->marks = (guint64) sqlite3_column_int64 (statement, 2);
  sqlite3_reset (statement);
  return TRUE;
}

gboolean
im_store_settings_set (
    ImStore *self, int type, const char *id, const ImStoreSettings *settings, GError **error)
{
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_SETTINGS_SET, "isiii", (gint64) type, id,
                                         settings->recv_opt, (gint64) settings->is_pinned,
                                         (gint64) settings->marks),
                       error);
}
