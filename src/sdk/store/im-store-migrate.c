/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

#define PREFIX "/im/linnet/store/sql/"

static gint64
get_version (ImStore *self)
{
  sqlite3_stmt *statement = NULL;
  gint64 version = -1;

  if (sqlite3_prepare_v2 (self->db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    version = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return version;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The files are named NNNN-what.sql, one a version, forward only. */
static GPtrArray *
list_steps (GResource *resource)
{
  g_auto (GStrv) names = g_resource_enumerate_children (resource, PREFIX, 0, NULL);
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_free);

  for (char **name = names; *name != NULL; name++)
    g_ptr_array_add (steps, g_strdup (*name));
  g_ptr_array_sort (steps, compare_names);
  return steps;
}

static gboolean
back_up (ImStore *self, const char *path, gint64 version, GError **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.v%" G_GINT64_FORMAT, path, version);
  char *sql = sqlite3_mprintf ("VACUUM INTO %Q", copy);
  g_autoptr (GFile) old = g_file_new_for_path (copy);
  int code;

  g_file_delete (old, NULL, NULL);
  code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);
  sqlite3_free (sql);
  if (code != SQLITE_OK)
    im_store_set_error (self, sqlite3_extended_errcode (self->db), error);
  return code == SQLITE_OK;
}

static gboolean
take_step (ImStore *self, GResource *resource, const char *name, gint64 version, GError **error)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path, 0, error);
  g_autofree char *sql = NULL;

  if (bytes == NULL)
    return FALSE;
  sql = g_strdup_printf ("BEGIN IMMEDIATE; %s; PRAGMA user_version = %" G_GINT64_FORMAT "; COMMIT",
                         (const char *) g_bytes_get_data (bytes, NULL), version);
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  im_store_set_error (self, sqlite3_extended_errcode (self->db), error);
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

gboolean
im_store_migrate (ImStore *self, GResource *bundle, const char *path, GError **error)
{
  g_autoptr (GPtrArray) steps = list_steps (bundle);
  gint64 version = get_version (self);

  if (version < 0)
    {
      im_store_set_error (self, sqlite3_extended_errcode (self->db), error);
      return FALSE;
    }
  if (version > steps->len)
    {
      g_set_error (error, IM_STORE_ERROR, IM_STORE_ERROR_NEWER,
                   "the local database was written by a newer version (%" G_GINT64_FORMAT ")",
                   version);
      return FALSE;
    }
  if (version > 0 && version < steps->len && path != NULL && !back_up (self, path, version, error))
    return FALSE;
  for (guint i = (guint) version; i < steps->len; i++)
    if (!take_step (self, bundle, g_ptr_array_index (steps, i), i + 1, error))
      return FALSE;
  return TRUE;
}
