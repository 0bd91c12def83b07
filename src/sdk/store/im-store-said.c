/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-about.h"

#include "im-store-private.h"

gboolean
im_store_said_add (ImStore *self, ImStoreAbout *about, GError **error)
{
  gboolean ok = im_store_run (self,
                              im_store_prepare (self, IM_SQL_SAID_ADD, "siisss", about->conv_id,
                                                (gint64) about->kind, about->row_id, about->target,
                                                about->said_id, about->payload),
                              error);

  about->id = sqlite3_last_insert_rowid (self->db);
  return ok;
}

GPtrArray *
im_store_said_list (ImStore *self, gint64 after, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) im_store_about_free);
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_SAID_LIST, "i", after);
  int result;

  while ((result = im_store_step (self, statement, error)) == 1)
    {
      ImStoreAbout *about = im_store_about_read (statement);

      about->row_id = sqlite3_column_int64 (statement, 6);
      g_ptr_array_add (list, about);
    }
  return result == 0 ? g_steal_pointer (&list) : NULL;
}

gboolean
im_store_said_remove (ImStore *self, gint64 id, GError **error)
{
  return im_store_run (self, im_store_prepare (self, IM_SQL_SAID_REMOVE, "i", id), error);
}
