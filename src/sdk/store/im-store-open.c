/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-checkpoint.h"
#include "im-store-index.h"
#include "im-store-search.h"

#include "im-error.h"
#include "im-loop.h"
#include "im-store-resources.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define APPLICATION_ID 0x4c6e6e74 /* "Lnnt" */
#define FILE_NAME "im.db"
#define LOCK_NAME "im.lock"
#define SUSPICION "check" /* what the lock file says when damage was met */

static const char *const sql_texts[] = {
#define IM_SQL(id, text) text,
#include "im-store-sql.def"
#undef IM_SQL
};

/* One program at a time: SQLite's own locks only let them take turns. The lock file also remembers,
 * without touching the database, that damage was met. */

static int
code_from_errno (int number)
{
  return number == ENOSPC || number == EDQUOT ? SQLITE_FULL : SQLITE_READONLY;
}

static gboolean
lock (ImStore *self, const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, LOCK_NAME, NULL);

  self->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    {
      im_store_set_error (self, code_from_errno (errno), error);
      return FALSE;
    }
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  im_store_set_error (self, SQLITE_BUSY, error);
  return FALSE;
}

static gboolean
is_suspect (ImStore *self)
{
  char first;

  return self->lock_fd >= 0 && pread (self->lock_fd, &first, 1, 0) == 1;
}

void
im_store_suspect (ImStore *self)
{
  if (self->is_damaged)
    return;
  self->is_damaged = TRUE;
  g_message (IM_ERROR_DATABASE_DAMAGED);
  if (self->db != NULL)
    {
      sqlite3_wal_autocheckpoint (self->db, 0);
      if (self->checkpoint != NULL)
        im_store_checkpoint_stop (self->checkpoint);
      sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
  if (self->lock_fd >= 0 && !is_suspect (self)
      && pwrite (self->lock_fd, SUSPICION, sizeof SUSPICION - 1, 0) < 0)
    g_message ("the damage could not be noted: %s", g_strerror (errno));
}

static void
clear_suspicion (ImStore *self)
{
  if (is_suspect (self) && ftruncate (self->lock_fd, 0) != 0)
    g_message ("the lock file could not be emptied: %s", g_strerror (errno));
}

/* What is checked before anything is written */

static gboolean
run_text (ImStore *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  im_store_set_error (self, sqlite3_extended_errcode (self->db), error);
  return FALSE;
}

static gboolean
check_writable (ImStore *self, GError **error)
{
  /* SQLite opens what it may not write for reading, without a word. */
  if (sqlite3_db_readonly (self->db, "main") != 1)
    return TRUE;
  im_store_set_error (self, SQLITE_READONLY, error);
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
  if (whole)
    clear_suspicion (self);
  else
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
open_database (ImStore *self, const char *path, gboolean check, GError **error)
{
  gboolean was_suspect = is_suspect (self); /* the check clears it */
  int code
      = sqlite3_open_v2 (path != NULL ? path : ":memory:", &self->db,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);

  if (code != SQLITE_OK)
    im_store_set_error (self, code, error);
  else if (sqlite3_extended_result_codes (self->db, 1) == SQLITE_OK && check_writable (self, error)
           && check_ours (self, error) && (!check || check_whole (self, error))
           && im_store_migrate (self, im_store_get_resource (), path, error)
           && run_text (self,
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
                        "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON",
                        error)
           && prepare_all (self, error) && im_store_index_check (self, was_suspect, error))
    {
      self->reader = im_store_reader_new (self, path);
      if (path != NULL)
        self->checkpoint = im_store_checkpoint_new (self->db, path);
      return self;
    }
  im_store_close (self);
  return NULL;
}

static ImStore *
store_new (void)
{
  ImStore *self = g_new0 (ImStore, 1);

  self->lock_fd = -1;
  self->has_pieces = TRUE; /* nobody knows */
  return self;
}

ImStore *
im_store_open (const char *dir, GError **error)
{
  ImStore *self = store_new ();
  g_autofree char *path = g_build_filename (dir, FILE_NAME, NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);

  im_assert_network_thread ();
  if (g_mkdir_with_parents (dir, 0700) != 0)
    im_store_set_error (self, code_from_errno (errno), error);
  else if (lock (self, dir, error))
    /* SQLite removes the write-ahead log at a clean close. */
    return open_database (self, path, is_suspect (self) || g_file_test (wal, G_FILE_TEST_EXISTS),
                          error);
  im_store_close (self);
  return NULL;
}

ImStore *
im_store_open_memory (GError **error)
{
  im_assert_network_thread ();
  return open_database (store_new (), NULL, FALSE, error);
}

void
im_store_close (ImStore *self)
{
  if (self->depth > 0)
    im_store_give_up (self);
  /* The last connection to a file tidies it up: this one knows whether it may. */
  g_clear_pointer (&self->checkpoint, im_store_checkpoint_free);
  g_clear_pointer (&self->reader, im_store_reader_close);
  for (guint i = 0; i < IM_N_SQL; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close (self->db);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_clear_error (&self->failure);
  g_free (self);
}

/* Beginning anew */

/* A write-ahead log belongs to its file; without it the file may be older than it looks. */
static gboolean
move_aside (ImStore *self, const char *path, char **ret_path, GError **error)
{
  static const char *const parts[] = { "", "-wal", "-shm" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%s", path, stamp);

  for (guint n = 2; g_file_test (aside, G_FILE_TEST_EXISTS); n++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.damaged-%s-%u", path, stamp, n);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (path, parts[i], NULL);
      g_autofree char *to = g_strconcat (aside, parts[i], NULL);

      if (g_rename (from, to) != 0 && (i == 0 || errno != ENOENT))
        {
          g_set_error (error, IM_STORE_ERROR,
                       errno == EROFS || errno == EACCES ? IM_STORE_ERROR_READ_ONLY
                                                         : IM_STORE_ERROR_IO,
                       "the local database could not be set aside: %s", g_strerror (errno));
          return FALSE;
        }
    }
  clear_suspicion (self);
  g_message ("the damaged database is now %s", aside);
  if (ret_path != NULL)
    *ret_path = g_steal_pointer (&aside);
  return TRUE;
}

gboolean
im_store_set_aside (const char *dir, char **ret_path, GError **error)
{
  ImStore *self = store_new ();
  g_autofree char *path = g_build_filename (dir, FILE_NAME, NULL);
  gboolean ok;

  im_assert_network_thread ();
  ok = lock (self, dir, error) && move_aside (self, path, ret_path, error);
  im_store_close (self);
  return ok;
}
