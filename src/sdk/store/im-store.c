/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

#include "im-error.h"
#include "im-loop.h"

#include <errno.h>

// clang-format off
G_DEFINE_QUARK (im-store-error-quark, im_store_error)
// clang-format on

/* Errors */

/* SQLite calls a full disk SQLITE_FULL where it can see it, and an input error elsewhere. */
static int
kind_from_sqlite (int code, int system_errno)
{
  gboolean no_space = system_errno == ENOSPC || system_errno == EDQUOT;

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return IM_STORE_ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return IM_STORE_ERROR_CORRUPT;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return IM_STORE_ERROR_READ_ONLY;
    case SQLITE_CANTOPEN: /* of the errors that set errno, as is the next */
      return no_space ? IM_STORE_ERROR_FULL : IM_STORE_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return IM_STORE_ERROR_LOCKED;
    case SQLITE_IOERR:
      return no_space ? IM_STORE_ERROR_FULL : IM_STORE_ERROR_IO;
    default:
      return IM_STORE_ERROR_FAILED;
    }
}

gboolean
im_store_error_blames_disk (const GError *error)
{
  return error->domain == IM_STORE_ERROR && error->code != IM_STORE_ERROR_FAILED;
}

GError *
im_store_error_new (sqlite3 *db, int code)
{
  static const char *const words[] = {
    [IM_STORE_ERROR_NEWER] = "the local database was written by a newer version",
    [IM_STORE_ERROR_CORRUPT] = IM_ERROR_DATABASE_DAMAGED,
    [IM_STORE_ERROR_READ_ONLY] = "the local database may not be written",
    [IM_STORE_ERROR_FULL] = IM_ERROR_DISK_FULL,
    [IM_STORE_ERROR_LOCKED] = "another program has this account open",
    [IM_STORE_ERROR_IO] = "the local database could not be read or written",
    [IM_STORE_ERROR_FAILED] = "the local database failed",
  };
  int kind = kind_from_sqlite (code, db != NULL ? sqlite3_system_errno (db) : 0);
  const char *reason = db != NULL && sqlite3_errcode (db) != SQLITE_OK ? sqlite3_errmsg (db)
                                                                       : sqlite3_errstr (code);

  return g_error_new (IM_STORE_ERROR, kind, "%s (%s)", words[kind], reason);
}

void
im_store_set_error (ImStore *self, int code, GError **error)
{
  g_autoptr (GError) made = im_store_error_new (self->db, code);

  if (g_error_matches (made, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT))
    im_store_suspect (self);
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
  int result;

  /* SQLite may have rolled back by itself: what came now would be kept alone. */
  if (self->depth > 0 && self->failure != NULL)
    {
      if (error != NULL && *error == NULL)
        *error = g_error_copy (self->failure);
      return -1;
    }
  result = sqlite3_step (statement);
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

void
im_store_give_up (ImStore *self)
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
      im_store_give_up (self);
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  self->depth = 0;
  if (im_store_run (self, im_store_prepare (self, IM_SQL_COMMIT, ""), error))
    return TRUE;
  im_store_give_up (self);
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
  im_store_give_up (self);
}

gboolean
im_store_end (ImStore *self, gboolean ok, GError **error)
{
  if (ok)
    return im_store_commit (self, error);
  im_store_rollback (self);
  return FALSE;
}
