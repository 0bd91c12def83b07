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

static ImConvSettings
read_settings (sqlite3_stmt *row, int column)
{
  return (ImConvSettings){ .recv_opt = sqlite3_column_int64 (row, column),
                           .is_pinned = sqlite3_column_int (row, column + 1) != 0,
                           .marks = (guint64) sqlite3_column_int64 (row, column + 2) };
}

gboolean
im_store_settings_get (
    ImStore *self, int type, const char *id, ImConvSettings *ret_settings, GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_SETTINGS_GET, "is", (gint64) type, id);
  int result = im_store_step (self, statement, error);

  *ret_settings = (ImConvSettings){ 0 };
  if (result != 1)
    return result == 0;
  *ret_settings = read_settings (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
write_settings (
    ImStore *self, int type, const char *id, const ImConvSettings *settings, GError **error)
{
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_SETTINGS_SET, "isiii", (gint64) type, id,
                                         settings->recv_opt, (gint64) settings->is_pinned,
                                         (gint64) settings->marks),
                       error);
}

gboolean
im_store_settings_set (
    ImStore *self, int type, const char *id, const ImConvSettings *settings, GError **error)
{
  return write_settings (self, type, id, settings, error)
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_SETTINGS_CHANGED, "is", (gint64) type, id),
                          error);
}

gboolean
im_store_settings_take (ImStore *self,
                        int type,
                        const char *id,
                        const ImConvSettings *settings,
                        gboolean *ret_changed,
                        GError **error)
{
  ImConvSettings known;
  gint64 is_said = 1;

  *ret_changed = FALSE;
  if (!im_store_settings_get (self, type, id, &known, error)
      || !im_store_get_int64 (self,
                              im_store_prepare (self, IM_SQL_SETTINGS_IS_SAID, "is", (gint64) type,
                                                id),
                              1, &is_said, error))
    return FALSE;
  if (is_said == 0 || im_conv_settings_equal (&known, settings))
    return TRUE;
  *ret_changed = write_settings (self, type, id, settings, error);
  return *ret_changed;
}

gboolean
im_store_settings_unsaid (ImStore *self, gint64 after, ImStoreUnsaid *ret_unsaid, GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_SETTINGS_UNSAID, "i", after);
  int result = im_store_step (self, statement, error);

  *ret_unsaid = (ImStoreUnsaid){ 0 };
  if (result != 1)
    return result == 0;
  ret_unsaid->row_id = sqlite3_column_int64 (statement, 0);
  ret_unsaid->conv_id = g_strdup (im_store_column_text (statement, 1));
  ret_unsaid->settings = read_settings (statement, 2);
  ret_unsaid->changes = sqlite3_column_int64 (statement, 5);
  sqlite3_reset (statement);
  return TRUE;
}

gboolean
im_store_settings_said (ImStore *self, const ImStoreUnsaid *unsaid, GError **error)
{
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_SETTINGS_SAID, "ii", unsaid->row_id,
                                         unsaid->changes),
                       error);
}
