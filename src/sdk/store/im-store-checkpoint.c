/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-checkpoint.h"

#include "im-loop.h"

#include <gio/gio.h>

/* Of the log: when it is moved, and when it has grown so long, because commits came without a
 * pause, that the next one has to do it. A page has 4 KiB. */
#define PAGES 1000
#define PAGES_MAX 10000

struct _ImStoreCheckpoint /* an atomic box: the pool's thread has a reference */
{
  sqlite3 *watched;
  char *path;
  GMutex lock; /* what stands below */
  GCond idle;
  sqlite3 *db; /* nullable: not opened yet; the pool's while it is busy */
  gboolean is_busy;
  gboolean is_stopped;
};

static void
clear (gpointer data)
{
  ImStoreCheckpoint *self = data;

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->idle);
  g_free (self->path);
}

static void
unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* The pool's thread */

static sqlite3 *
open_connection (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
      && sqlite3_exec (db, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL) == SQLITE_OK
      && sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL) == SQLITE_OK)
    return db;
  sqlite3_close (db);
  return NULL;
}

/* Nullable: it is stopped. */
static sqlite3 *
get_connection (ImStoreCheckpoint *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->is_stopped)
    return NULL;
  if (self->db == NULL)
    self->db = open_connection (self->path);
  return self->db;
}

/* What fails stays in the log, and is tried again after the next commit. */
static void
on_pool (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ImStoreCheckpoint *self = task_data;
  sqlite3 *db = get_connection (self);

  if (db != NULL)
    sqlite3_wal_checkpoint_v2 (db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  g_mutex_lock (&self->lock);
  self->is_busy = FALSE;
  g_cond_broadcast (&self->idle);
  g_mutex_unlock (&self->lock);
  g_task_return_boolean (task, TRUE);
}

/* The network thread */

static gboolean
begin (ImStoreCheckpoint *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->is_busy || self->is_stopped)
    return FALSE;
  self->is_busy = TRUE;
  return TRUE;
}

static int
on_commit (void *user_data, sqlite3 *db, const char *name, int n_pages)
{
  ImStoreCheckpoint *self = user_data;
  g_autoptr (GTask) task = NULL;

  if (n_pages >= PAGES_MAX)
    sqlite3_wal_checkpoint_v2 (db, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  else if (n_pages >= PAGES && begin (self))
    {
      task = g_task_new (NULL, NULL, NULL, NULL);
      g_task_set_source_tag (task, on_commit);
      g_task_set_task_data (task, g_atomic_rc_box_acquire (self), unref);
      g_task_run_in_thread (task, on_pool);
    }
  return SQLITE_OK;
}

ImStoreCheckpoint *
im_store_checkpoint_new (sqlite3 *db, const char *path)
{
  ImStoreCheckpoint *self = g_atomic_rc_box_new0 (ImStoreCheckpoint);

  im_assert_network_thread ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  self->watched = db;
  self->path = g_strdup (path);
  sqlite3_wal_hook (db, on_commit, self);
  return self;
}

void
im_store_checkpoint_stop (ImStoreCheckpoint *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  im_assert_network_thread ();
  sqlite3_wal_hook (self->watched, NULL, NULL);
  self->is_stopped = TRUE;
  if (self->is_busy && self->db != NULL)
    sqlite3_interrupt (self->db);
}

void
im_store_checkpoint_free (ImStoreCheckpoint *self)
{
  im_assert_network_thread ();
  sqlite3_wal_hook (self->watched, NULL, NULL);
  g_mutex_lock (&self->lock);
  while (self->is_busy)
    g_cond_wait (&self->idle, &self->lock);
  g_mutex_unlock (&self->lock);
  sqlite3_close (self->db);
  unref (self);
}
