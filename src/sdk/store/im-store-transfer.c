/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

/* Files that were sent */

char *
im_store_upload_find (ImStore *self,
                      const char *sha256,
                      guint64 size,
                      const char *name,
                      const char *type,
                      gint64 since_s)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_UPLOAD_FIND, "sissi", sha256,
                                              (gint64) size, name, type, since_s);
  char *url = NULL;

  if (im_store_step (self, statement, NULL) == 1)
    {
      url = g_strdup (im_store_column_text (statement, 0));
      sqlite3_reset (statement);
    }
  return url;
}

gboolean
im_store_upload_add (ImStore *self,
                     const char *sha256,
                     guint64 size,
                     const char *name,
                     const char *type,
                     const char *url,
                     gint64 now_s,
                     gint64 since_s,
                     GError **error)
{
  gboolean ok;

  if (!im_store_begin (self, error))
    return FALSE;
  ok = im_store_run (self, im_store_prepare (self, IM_SQL_UPLOAD_FORGET_OLD, "i", since_s), error)
       && im_store_run (self,
                        im_store_prepare (self, IM_SQL_UPLOAD_ADD, "sisssi", sha256, (gint64) size,
                                          name, type, url, now_s),
                        error);
  return im_store_end (self, ok, error);
}

gboolean
im_store_upload_forget (ImStore *self, const char *url, GError **error)
{
  return im_store_run (self, im_store_prepare (self, IM_SQL_UPLOAD_FORGET, "s", url), error);
}

/* Files that have come in part */

gboolean
im_store_download_get (ImStore *self, const char *path, char **ret_url, char **ret_validator)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_DOWNLOAD_GET, "s", path);

  if (im_store_step (self, statement, NULL) != 1)
    return FALSE;
  *ret_url = g_strdup (im_store_column_text (statement, 0));
  *ret_validator = g_strdup (im_store_column_text (statement, 1));
  sqlite3_reset (statement);
  return TRUE;
}

gboolean
im_store_download_set (ImStore *self,
                       const char *path,
                       const char *url,
                       const char *validator,
                       gint64 now_s,
                       gint64 since_s,
                       GError **error)
{
  gboolean ok;

  if (!im_store_begin (self, error))
    return FALSE;
  ok = im_store_run (self, im_store_prepare (self, IM_SQL_DOWNLOAD_REMOVE_OLD, "i", since_s), error)
       && im_store_run (self,
                        im_store_prepare (self, IM_SQL_DOWNLOAD_SET, "sssi", path, url, validator,
                                          now_s),
                        error);
  return im_store_end (self, ok, error);
}

gboolean
im_store_download_remove (ImStore *self, const char *path, GError **error)
{
  return im_store_run (self, im_store_prepare (self, IM_SQL_DOWNLOAD_REMOVE, "s", path), error);
}
