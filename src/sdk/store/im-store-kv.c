/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

#include "im-enums.h"

/* The outbox */

GArray *
im_store_outbox_list (ImStore *self, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (ImStoreOutboxRow));
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_OUTBOX_LIST, "");
  int result;

  while ((result = im_store_step (self, statement, error)) == 1)
    {
      ImStoreOutboxRow row
          = { sqlite3_column_int64 (statement, 0), (guint) sqlite3_column_int64 (statement, 1),
              sqlite3_column_int64 (statement, 2) == IM_MSG_SEND_SUCC };

      g_array_append_val (rows, row);
    }
  return result == 0 ? g_steal_pointer (&rows) : NULL;
}

guint
im_store_outbox_attempt (ImStore *self, gint64 row_id, GError **error)
{
  gint64 attempts = 0;

  im_store_get_int64 (self, im_store_prepare (self, IM_SQL_OUTBOX_ATTEMPT, "i", row_id), 0,
                      &attempts, error);
  return (guint) attempts;
}

gboolean
im_store_outbox_remove (ImStore *self, gint64 row_id, GError **error)
{
  return im_store_run (self, im_store_prepare (self, IM_SQL_OUTBOX_REMOVE, "i", row_id), error);
}

/* How far an archive was read */

gboolean
im_store_archive_get (ImStore *self,
                      const char *archive,
                      char **ret_newest,
                      char **ret_oldest,
                      gboolean *ret_complete,
                      GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_ARCHIVE_GET, "s", archive);
  int result = im_store_step (self, statement, error);

  if (result < 0)
    return FALSE;
  if (ret_newest != NULL)
    *ret_newest = result == 1 ? g_strdup (im_store_column_text (statement, 0)) : NULL;
  if (ret_oldest != NULL)
    *ret_oldest = result == 1 ? g_strdup (im_store_column_text (statement, 1)) : NULL;
  if (ret_complete != NULL)
    *ret_complete = result == 1 && sqlite3_column_int (statement, 2) != 0;
  sqlite3_reset (statement);
  return TRUE;
}

gboolean
im_store_archive_set (ImStore *self,
                      const char *archive,
                      const char *newest,
                      const char *oldest,
                      gboolean complete,
                      GError **error)
{
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_ARCHIVE_SET, "sssi", archive, newest, oldest,
                                         (gint64) (complete != FALSE)),
                       error);
}

/* Small things by name */

char *
im_store_kv_get (ImStore *self, const char *key)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_KV_GET, "s", key);
  char *value = NULL;

  if (im_store_step (self, statement, NULL) == 1)
    {
      value = g_strdup (im_store_column_text (statement, 0));
      sqlite3_reset (statement);
    }
  return value;
}

gboolean
im_store_kv_set (ImStore *self, const char *key, const char *value, GError **error)
{
  return im_store_run (self,
                       value != NULL ? im_store_prepare (self, IM_SQL_KV_SET, "ss", key, value)
                                     : im_store_prepare (self, IM_SQL_KV_DELETE, "s", key),
                       error);
}
