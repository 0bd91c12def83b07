/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-search.h"

#include "im-loop.h"
#include "im-store-index.h"
#include "im-store-query.h"

#include <string.h>

/* Of the reading connection, KiB. */
#define CACHE_KIB "8192"
#define BUSY_MS 2000
/* New messages that are put into the index before a search: some 20 ms. */
#define CATCH_UP_MAX 300

struct _ImStoreReader
{
  gatomicrefcount ref_count;
  ImStore *store;     /* network thread; NULL when it is closed */
  char *path;         /* nullable: in memory */
  GQueue waiting;     /* GTask, network thread: one runs at a time */
  gboolean is_busy;   /* network thread */
  GMutex lock;        /* what stands below */
  GCond idle;         /* db is not used */
  sqlite3 *db;        /* nullable: not opened yet */
  gboolean is_in_use; /* by the pool's thread */
  gboolean is_closed;
  gboolean met_damage;
};

static ImStoreReader *
reader_ref (ImStoreReader *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
reader_unref (ImStoreReader *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->idle);
  g_free (self->path);
  g_free (self);
}

ImStoreReader *
im_store_reader_new (ImStore *store, const char *path)
{
  ImStoreReader *self = g_new0 (ImStoreReader, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  self->store = store;
  self->path = g_strdup (path);
  return self;
}

static void
return_cancelled (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the account was closed");
}

void
im_store_reader_close (ImStoreReader *self)
{
  GTask *task;

  self->store = NULL;
  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      return_cancelled (task);
      g_object_unref (task);
    }
  g_mutex_lock (&self->lock);
  self->is_closed = TRUE;
  if (self->db != NULL && self->is_in_use)
    sqlite3_interrupt (self->db);
  while (self->is_in_use)
    {
      /* An interrupt between two statements is lost. */
      g_cond_wait_until (&self->idle, &self->lock,
                         g_get_monotonic_time () + G_TIME_SPAN_MILLISECOND);
      if (self->db != NULL && self->is_in_use)
        sqlite3_interrupt (self->db);
    }
  g_clear_pointer (&self->db, sqlite3_close);
  g_mutex_unlock (&self->lock);
  reader_unref (self);
}

/* The pool's thread */

typedef struct
{
  ImStoreReader *reader;
  ImMsgSearchParam *param;
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  reader_unref (self->reader);
  im_json_unref (self->param);
  g_free (self);
}

static sqlite3 *
open_reader (const char *path, GError **error)
{
  sqlite3 *db = NULL;
  int code = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

  sqlite3_busy_timeout (db, BUSY_MS);
  if (code == SQLITE_OK)
    code = sqlite3_exec (db, "PRAGMA cache_size = -" CACHE_KIB, NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return db;
  g_propagate_error (error, im_store_error_new (db, code));
  sqlite3_close (db);
  return NULL;
}

/* FALSE when the store was closed meanwhile. */
static gboolean
take_connection (ImStoreReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->is_in_use = !self->is_closed;
  return self->is_in_use;
}

static void
give_back_connection (ImStoreReader *self, gboolean met_damage)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->is_in_use = FALSE;
  self->met_damage = self->met_damage || met_damage;
  g_cond_broadcast (&self->idle);
}

static sqlite3 *
get_connection (ImStoreReader *self, GError **error)
{
  sqlite3 *db = NULL;

  if (self->db != NULL)
    return self->db; /* nobody changes it while it is in use */
  db = open_reader (self->path, error);
  g_mutex_lock (&self->lock);
  self->db = db;
  g_mutex_unlock (&self->lock);
  return db;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  sqlite3_interrupt (user_data);
}

static ImMsgSearchResult *
search (Search *self, GCancellable *cancellable, GError **error)
{
  sqlite3 *db = get_connection (self->reader, error);
  ImMsgSearchResult *result;
  gulong id = 0;

  if (db == NULL)
    return NULL;
  if (cancellable != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), db, NULL);
  result = im_store_query_run (db, self->param, error);
  g_cancellable_disconnect (cancellable, id);
  return result;
}

static void
on_pool (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Search *self = task_data;
  g_autoptr (GError) error = NULL;
  ImMsgSearchResult *result;

  if (!take_connection (self->reader))
    return return_cancelled (task);
  result = g_cancellable_set_error_if_cancelled (cancellable, &error)
               ? NULL
               : search (self, cancellable, &error);
  give_back_connection (self->reader,
                        g_error_matches (error, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT));
  if (result != NULL)
    g_task_return_pointer (task, result, im_json_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The network thread */

static void run_next (ImStoreReader *self);

static gboolean
has_met_damage (ImStoreReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->met_damage;
}

static void
on_done (GTask *task, GParamSpec *pspec, gpointer user_data)
{
  ImStoreReader *self = user_data;

  self->is_busy = FALSE;
  if (self->store != NULL && has_met_damage (self))
    im_store_suspect (self->store);
  run_next (self);
}

/* One at a time: they share a connection, and the pool has other work. */
static void
run_next (ImStoreReader *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->is_busy || (task = g_queue_pop_head (&self->waiting)) == NULL)
    return;
  self->is_busy = TRUE;
  g_signal_connect_data (task, "notify::completed", G_CALLBACK (on_done), reader_ref (self),
                         (GClosureNotify) (GCallback) reader_unref, 0);
  g_task_run_in_thread (task, on_pool);
}

static void
search_in_memory (ImStore *self, GTask *task, const ImMsgSearchParam *param)
{
  GError *error = NULL;
  ImMsgSearchResult *result = im_store_query_run (self->db, param, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, im_json_unref);
  else
    g_task_return_error (task, error);
}

/* Whatever keeps it from the index, the rest can be searched, and what is left is told; but for
 * damage: nobody knows what is left then. */
static gboolean
catch_up (ImStore *self, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (self->depth > 0 || im_store_index_catch_up (self, CATCH_UP_MAX, &reason))
    return TRUE;
  g_message ("new messages are not searched: %s", reason->message);
  if (!g_error_matches (reason, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

void
im_store_search_async (ImStore *self,
                       const ImMsgSearchParam *param,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GError *error = NULL;
  Search *search;

  im_assert_network_thread ();
  g_task_set_source_tag (task, im_store_search_async);
  if (!catch_up (self, &error))
    return g_task_return_error (task, error);
  if (self->reader->path == NULL)
    return search_in_memory (self, task, param);
  search = g_new0 (Search, 1);
  search->reader = reader_ref (self->reader);
  search->param = im_json_copy (param);
  g_task_set_task_data (task, search, search_free);
  g_queue_push_tail (&self->reader->waiting, g_object_ref (task));
  run_next (self->reader);
}

ImMsgSearchResult *
im_store_search_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
