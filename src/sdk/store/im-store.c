/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

#include "im-loop.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define APPLICATION_ID 0x4c6e6e74 /* "Lnnt" */

G_DEFINE_QUARK (im - store - error - quark, im_store_error)

static const char *const sql_texts[] = {
#define IM_SQL(id, text) text,
#include "im-store-sql.def"
#undef IM_SQL
};

/* Errors */

static int
error_from_sqlite (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return IM_STORE_ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return IM_STORE_ERROR_CORRUPT;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return IM_STORE_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return IM_STORE_ERROR_LOCKED;
    case SQLITE_IOERR:
      return code == SQLITE_IOERR_WRITE ? IM_STORE_ERROR_FULL : IM_STORE_ERROR_IO;
    default:
      return IM_STORE_ERROR_FAILED;
    }
}

void
im_store_set_error (ImStore *self, int code, GError **error)
{
  static const char *const words[] = {
    [IM_STORE_ERROR_NEWER] = "the local database was written by a newer version",
    [IM_STORE_ERROR_CORRUPT] = "the local database is damaged",
    [IM_STORE_ERROR_READ_ONLY] = "the local database may not be written",
    [IM_STORE_ERROR_FULL] = "the disk is full",
    [IM_STORE_ERROR_LOCKED] = "another program has this account open",
    [IM_STORE_ERROR_IO] = "the local database could not be read or written",
    [IM_STORE_ERROR_FAILED] = "the local database failed",
  };
  int kind = error_from_sqlite (code);
  g_autoptr (GError) made
      = g_error_new (IM_STORE_ERROR, kind, "%s (%s)", words[kind],
                     self->db != NULL ? sqlite3_errmsg (self->db) : sqlite3_errstr (code));

  if (self->depth > 0 && self->failure == NULL)
    self->failure = g_error_copy (made);
  g_propagate_error (error, g_steal_pointer (&made));
}

/* Statements */

sqlite3_stmt *
im_store_prepare (ImStore *self, ImSql sql, const char *types, ...)
{
  sqlite3_stmt *statement = self->statements[sql];
  va_list args;

  im_assert_network_thread ();
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  va_start (args, types);
  for (int i = 0; types[i] != '\0'; i++)
    if (types[i] == 'i')
      sqlite3_bind_int64 (statement, i + 1, va_arg (args, gint64));
    else
      sqlite3_bind_text (statement, i + 1, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
  va_end (args);
  return statement;
}

int
im_store_step (ImStore *self, sqlite3_stmt *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result == SQLITE_ROW)
    return 1;
  if (result != SQLITE_DONE)
    im_store_set_error (self, sqlite3_extended_errcode (self->db), error);
  sqlite3_reset (statement);
  return result == SQLITE_DONE ? 0 : -1;
}

gboolean
im_store_run (ImStore *self, sqlite3_stmt *statement, GError **error)
{
  int result = im_store_step (self, statement, error);

  sqlite3_reset (statement);
  return result >= 0;
}

gboolean
im_store_get_int64 (
    ImStore *self, sqlite3_stmt *statement, gint64 otherwise, gint64 *ret_value, GError **error)
{
  int result = im_store_step (self, statement, error);

  if (result < 0)
    return FALSE;
  *ret_value = result == 1 && sqlite3_column_type (statement, 0) != SQLITE_NULL
                   ? sqlite3_column_int64 (statement, 0)
                   : otherwise;
  sqlite3_reset (statement);
  return TRUE;
}

const char *
im_store_column_text (sqlite3_stmt *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

/* Transactions */

gboolean
im_store_begin (ImStore *self, GError **error)
{
  if (self->depth == 0)
    {
      g_clear_error (&self->failure);
      if (!im_store_run (self, im_store_prepare (self, IM_SQL_BEGIN, ""), error))
        return FALSE;
    }
  self->depth++;
  return TRUE;
}

static void
roll_back (ImStore *self)
{
  self->depth = 0;
  if (!sqlite3_get_autocommit (self->db))
    im_store_run (self, im_store_prepare (self, IM_SQL_ROLLBACK, ""), NULL);
}

gboolean
im_store_commit (ImStore *self, GError **error)
{
  g_return_val_if_fail (self->depth > 0, FALSE);

  if (self->depth > 1)
    {
      self->depth--;
      return TRUE;
    }
  if (self->failure != NULL)
    {
      roll_back (self);
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  self->depth = 0;
  if (im_store_run (self, im_store_prepare (self, IM_SQL_COMMIT, ""), error))
    return TRUE;
  roll_back (self);
  return FALSE;
}

void
im_store_rollback (ImStore *self)
{
  g_return_if_fail (self->depth > 0);

  if (self->depth > 1)
    {
      self->depth--;
      if (self->failure == NULL)
        self->failure = g_error_new_literal (IM_STORE_ERROR, IM_STORE_ERROR_FAILED, "rolled back");
      return;
    }
  g_clear_error (&self->failure);
  roll_back (self);
}

gboolean
im_store_end (ImStore *self, gboolean ok, GError **error)
{
  if (ok)
    return im_store_commit (self, error);
  im_store_rollback (self);
  return FALSE;
}

/* Opening */

/* SQLite's own locks let two programs take turns; an account has one at a time. */
static gboolean
lock (ImStore *self, const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "im.lock", NULL);

  self->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    {
      im_store_set_error (self, errno == ENOSPC ? SQLITE_FULL : SQLITE_READONLY, error);
      return FALSE;
    }
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  im_store_set_error (self, SQLITE_BUSY, error);
  return FALSE;
}

static gboolean
run_text (ImStore *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  im_store_set_error (self, sqlite3_extended_errcode (self->db), error);
  return FALSE;
}

static gboolean
check_ours (ImStore *self, GError **error)
{
  g_autofree char *set = g_strdup_printf ("PRAGMA application_id = %d", APPLICATION_ID);
  sqlite3_stmt *statement = NULL;
  int id = 0;
  int code = sqlite3_prepare_v2 (self->db,
                                 "SELECT application_id, (SELECT count (*) FROM sqlite_schema) "
                                 "FROM pragma_application_id",
                                 -1, &statement, NULL);
  gint64 tables = 0;

  if (code == SQLITE_OK && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      id = sqlite3_column_int (statement, 0);
      tables = sqlite3_column_int64 (statement, 1);
      code = SQLITE_OK;
    }
  sqlite3_finalize (statement);
  if (code != SQLITE_OK)
    {
      im_store_set_error (self, code, error);
      return FALSE;
    }
  if (id == APPLICATION_ID)
    return TRUE;
  if (id != 0 || tables > 0)
    {
      im_store_set_error (self, SQLITE_NOTADB, error);
      return FALSE;
    }
  return run_text (self, set, error);
}

static gboolean
check_whole (ImStore *self, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean whole
      = sqlite3_prepare_v2 (self->db, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK
        && sqlite3_step (statement) == SQLITE_ROW
        && g_strcmp0 (im_store_column_text (statement, 0), "ok") == 0;

  sqlite3_finalize (statement);
  if (!whole)
    im_store_set_error (self, SQLITE_CORRUPT, error);
  return whole;
}

static gboolean
prepare_all (ImStore *self, GError **error)
{
  for (guint i = 0; i < IM_N_SQL; i++)
    if (sqlite3_prepare_v3 (self->db, sql_texts[i], -1, SQLITE_PREPARE_PERSISTENT,
                            &self->statements[i], NULL)
        != SQLITE_OK)
      {
        im_store_set_error (self, sqlite3_extended_errcode (self->db), error);
        return FALSE;
      }
  return TRUE;
}

static ImStore *
open_database (ImStore *self, const char *path, GError **error)
{
  int code
      = sqlite3_open_v2 (path != NULL ? path : ":memory:", &self->db,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);

  if (code != SQLITE_OK)
    im_store_set_error (self, code, error);
  else if (sqlite3_extended_result_codes (self->db, 1) == SQLITE_OK && check_ours (self, error)
           && check_whole (self, error) && im_store_migrate (self, path, error)
           && run_text (self,
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
                        "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON",
                        error)
           && prepare_all (self, error))
    return self;
  im_store_close (self);
  return NULL;
}

ImStore *
im_store_open (const char *dir, GError **error)
{
  ImStore *self = g_new0 (ImStore, 1);
  g_autofree char *path = g_build_filename (dir, "im.db", NULL);

  im_assert_network_thread ();
  self->lock_fd = -1;
  if (g_mkdir_with_parents (dir, 0700) != 0)
    im_store_set_error (self, errno == ENOSPC ? SQLITE_FULL : SQLITE_READONLY, error);
  else if (lock (self, dir, error))
    return open_database (self, path, error);
  im_store_close (self);
  return NULL;
}

ImStore *
im_store_open_memory (GError **error)
{
  ImStore *self = g_new0 (ImStore, 1);

  im_assert_network_thread ();
  self->lock_fd = -1;
  return open_database (self, NULL, error);
}

void
im_store_close (ImStore *self)
{
  if (self->depth > 0)
    roll_back (self);
  for (guint i = 0; i < IM_N_SQL; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close (self->db);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_clear_error (&self->failure);
  g_free (self);
}
