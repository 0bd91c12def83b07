/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be wrong with a file or a disk: a clear error, and no damage. */
#define _GNU_SOURCE /* unshare */
#include "im-store-private.h"
#include "store-fixture.h"

#include "im-loop.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char *
db_path (const char *dir)
{
  return g_build_filename (dir, "im.db", NULL);
}

static GBytes *
read_bytes (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static void
fill (ImStore *store, int n)
{
  g_autofree char *long_text = g_strnfill (500, 'x');

  g_assert_true (im_store_begin (store, NULL));
  for (int i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d %s", i, long_text);
      g_autofree char *id = g_strdup_printf ("id-%d", i);

      store_add (store, IM_STORE_NEWEST, GIVEN (.text = text, .archive = id, .time = (guint64) i),
                 NULL);
    }
  g_assert_true (im_store_commit (store, NULL));
}

/* A closed database with n messages. */
static void
make (const char *dir, int n)
{
  ImStore *store = store_open (dir);

  fill (store, n);
  im_store_close (store);
}

static void
assert_refused (const char *dir, int code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (im_store_open (dir, &error));
  g_assert_error (error, IM_STORE_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Files */

static void
test_a_newer_file_is_refused_and_not_touched (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *path = db_path (dir);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  make (dir, 10);
  run_sql (path, "PRAGMA user_version = 99");
  before = read_bytes (path);
  assert_refused (dir, IM_STORE_ERROR_NEWER, "newer version");
  after = read_bytes (path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_what_is_not_ours_is_refused_and_not_touched (void)
{
  static const char *const texts[]
      = { "This is a shopping list, no database at all.\n", "SQLite format 3" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ImTestDir) dir = im_test_dir_new ();
      g_autofree char *path = db_path (dir);
      g_autofree char *after = NULL;
      g_autofree char *text = g_strdup_printf ("%s%0*d", texts[i], 2000, 0);

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      assert_refused (dir, IM_STORE_ERROR_CORRUPT, "damaged");
      g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, text);
    }
}

static void
test_another_programs_database_is_refused (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *path = db_path (dir);

  run_sql (path, "CREATE TABLE recipe (name TEXT)");
  assert_refused (dir, IM_STORE_ERROR_CORRUPT, "damaged");
}

static void
overwrite (const char *path, gint64 from, gsize length)
{
  g_autofree char *rubbish = g_strnfill (length, '\xa5');
  int fd = g_open (path, O_RDWR, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, rubbish, length, from), ==, (gssize) length);
  close (fd);
}

static gboolean
read_all (ImStore *store, GError **error)
{
  g_autoptr (GPtrArray) page
      = im_store_message_page (store, IM_CONV_C2C, BOB, NULL, TRUE, 100000, error);

  return page != NULL;
}

static void
test_a_damaged_page_is_told_and_the_file_kept (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *path = db_path (dir);
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  ImStore *store;

  make (dir, 500);
  /* Everything behind the schema's pages. */
  overwrite (path, 40 * 4096, 40 * 4096);
  before = read_bytes (path);
  /* After a clean close the file is trusted until the damage is met … */
  store = store_open (dir);
  g_assert_false (read_all (store, &error));
  g_assert_error (error, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT);
  im_store_close (store);
  /* … and from then on it is checked. */
  assert_refused (dir, IM_STORE_ERROR_CORRUPT, "damaged");
  after = read_bytes (path);
  g_assert_true (g_bytes_equal (before, after));

  g_assert_true (im_store_set_aside (dir, &aside, NULL));
  g_assert_true (g_str_has_prefix (aside, path));
  {
    g_autoptr (GBytes) kept = read_bytes (aside);

    g_assert_true (g_bytes_equal (before, kept));
  }
  store = store_open (dir);
  fill (store, 3);
  im_store_close (store);
}

static void
test_only_a_closed_file_is_set_aside (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (GError) busy = NULL;
  g_autoptr (GError) missing = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  ImStore *store = store_open (dir);

  g_assert_false (im_store_set_aside (dir, NULL, &busy));
  g_assert_error (busy, IM_STORE_ERROR, IM_STORE_ERROR_LOCKED);
  im_store_close (store);
  g_assert_true (im_store_set_aside (dir, &first, NULL));
  g_assert_false (im_store_set_aside (dir, NULL, &missing));
  g_assert_error (missing, IM_STORE_ERROR, IM_STORE_ERROR_IO);
  /* Twice within a second: none is lost. */
  im_store_close (store_open (dir));
  g_assert_true (im_store_set_aside (dir, &second, NULL));
  g_assert_cmpstr (first, !=, second);
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

static void
test_a_second_program_is_told (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  ImStore *store = store_open (dir);

  assert_refused (dir, IM_STORE_ERROR_LOCKED, "another program has this account open");
  fill (store, 3);
  im_store_close (store);
  im_store_close (store_open (dir));
}

/* Permissions do not hold root: a child gives them up first. */
static void
open_read_only (const char *dir)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
    _exit (77);
  if (im_store_open (dir, &error) != NULL)
    _exit (1);
  _exit (g_error_matches (error, IM_STORE_ERROR, IM_STORE_ERROR_READ_ONLY) ? 0 : 2);
}

/* Runs it in a child; returns how that ended. */
static int
in_child (void (*func) (const char *dir), const char *dir)
{
  pid_t child = fork ();
  int status = 0;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      func (dir);
      _exit (99);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return status;
}

static void
assert_read_only (const char *dir)
{
  int status = in_child (open_read_only, dir);

  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("permissions cannot be given up here");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
test_a_read_only_file_is_refused (void)
{
  g_autoptr (ImTestDir) parent = im_test_dir_new ();
  g_autofree char *dir = g_build_filename (parent, "account", NULL);
  g_autofree char *path = db_path (dir);
  g_autofree char *lock = g_build_filename (dir, "im.lock", NULL);

  make (dir, 3);
  g_chmod (parent, 0755);
  g_chmod (dir, 0777);
  g_chmod (lock, 0666);
  g_chmod (path, 0444);
  assert_read_only (dir);
}

static void
test_a_read_only_folder_is_refused (void)
{
  g_autoptr (ImTestDir) parent = im_test_dir_new ();
  g_autofree char *dir = g_build_filename (parent, "account", NULL);
  g_autofree char *missing = g_build_filename (dir, "new", NULL);

  make (dir, 3);
  g_chmod (parent, 0755);
  g_chmod (dir, 0555);
  assert_read_only (dir);
  assert_read_only (missing);
  g_chmod (dir, 0755);
}

/* A full disk */

static gboolean
try_add (ImStore *store, int number, GError **error)
{
  g_autofree char *text = g_strnfill (20000, 'x');
  g_autofree char *id = g_strdup_printf ("more-%d", number);

  return store_try_add (store, IM_STORE_NEWEST, GIVEN (.text = text, .archive = id), NULL, NULL,
                        error);
}

static char *
get_newest (ImStore *store)
{
  char *newest = NULL;

  g_assert_true (im_store_archive_get (store, "", &newest, NULL, NULL, NULL));
  return newest;
}

static int
count (ImStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page
      = im_store_message_page (store, IM_CONV_C2C, BOB, NULL, TRUE, 100000, &error);

  g_assert_no_error (error);
  return (int) page->len;
}

/* A page of the archive is stored whole with its position, or not at all; not even what comes after
 * the error, when SQLite has already rolled back by itself. */
static void
add_page_until_full (ImStore *store)
{
  int before = count (store);
  g_autofree char *position = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) commit_error = NULL;
  int n = 0;

  g_assert_true (im_store_archive_set (store, "", "before", NULL, FALSE, NULL));
  g_assert_true (im_store_begin (store, NULL));
  while (n < 5000 && try_add (store, n, &error))
    n++;
  g_assert_error (error, IM_STORE_ERROR, IM_STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "the disk is full"));
  g_assert_false (store_try_add (store, IM_STORE_NEWEST, GIVEN (.text = "s", .archive = "s"), NULL,
                                 NULL, NULL));
  g_assert_false (im_store_archive_set (store, "", "after", NULL, FALSE, NULL));
  g_assert_false (im_store_commit (store, &commit_error));
  g_assert_error (commit_error, IM_STORE_ERROR, IM_STORE_ERROR_FULL);
  g_assert_cmpint (count (store), ==, before);
  position = get_newest (store);
  g_assert_cmpstr (position, ==, "before");
}

static void
test_a_full_database_keeps_what_it_had (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  ImStore *store = store_open (dir);

  fill (store, 20);
  g_assert_cmpint (sqlite3_exec (store->db, "PRAGMA max_page_count = 60", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  add_page_until_full (store);
  /* With room again it goes on. */
  sqlite3_exec (store->db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL);
  g_assert_true (try_add (store, 1, NULL));
  im_store_close (store);
  im_store_close (store_open (dir));
}

static void
test_a_full_disk_keeps_what_it_had (void)
{
  g_autoptr (ImTestDir) disk = im_test_dir_new ();
  g_autofree char *dir = g_build_filename (disk, "account", NULL);
  g_autofree char *rubbish = g_build_filename (disk, "rubbish", NULL);
  int n_added = 0;
  ImStore *store;

  /* A small disk that only this process sees. */
  if (unshare (CLONE_NEWNS) != 0 || mount ("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0
      || mount ("tmpfs", disk, "tmpfs", 0, "size=2m") != 0)
    {
      g_test_skip ("a small disk cannot be mounted here");
      return;
    }
  store = store_open (dir);
  fill (store, 20);
  add_page_until_full (store);
  im_store_close (store);
  store = store_open (dir);
  g_assert_cmpint (count (store), ==, 20);
  im_store_close (store);

  /* Not a byte left: opening says so. */
  {
    int fd = g_open (rubbish, O_CREAT | O_WRONLY, 0600);
    g_autofree char *block = g_strnfill (65536, 'r');
    gsize size = 65536;

    while (size > 0)
      if (write (fd, block, size) < (gssize) size)
        size /= 2;
    close (fd);
  }
  {
    g_autoptr (GError) error = NULL;

    store = im_store_open (dir, &error);
    if (store != NULL)
      {
        /* The log may have kept some room. */
        for (int i = 0; i < 200 && try_add (store, i, &error); i++)
          n_added++;
        im_store_close (store);
      }
    g_assert_error (error, IM_STORE_ERROR, IM_STORE_ERROR_FULL);
    g_assert_true (im_store_error_blames_disk (error));
  }
  g_unlink (rubbish);
  store = store_open (dir);
  g_assert_cmpint (count (store), ==, 20 + n_added);
  im_store_close (store);
  umount2 (disk, MNT_DETACH);
}

/* Sudden death */

static void
die_in_a_transaction (const char *dir)
{
  ImStore *store = store_open (dir);

  fill (store, 50);
  im_store_archive_set (store, "", "50", NULL, FALSE, NULL);
  /* More than SQLite's cache, so that pages of it reach the file. */
  sqlite3_exec (store->db, "PRAGMA cache_size = 10", NULL, NULL, NULL);
  g_assert_true (im_store_begin (store, NULL));
  for (int i = 0; i < 300; i++)
    try_add (store, i, NULL);
  im_store_archive_set (store, "", "350", NULL, FALSE, NULL);
  kill (getpid (), SIGKILL);
}

static void
test_killed_in_a_transaction_the_file_is_as_before_it (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  int status = in_child (die_in_a_transaction, dir);
  g_autofree char *position = NULL;
  g_autofree char *path = db_path (dir);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  ImStore *store;

  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  g_assert_true (g_file_test (wal, G_FILE_TEST_EXISTS)); /* hence it is checked */
  store = store_open (dir);
  g_assert_cmpint (count (store), ==, 50);
  g_assert_cmpuint (store_unread (store, BOB), ==, 50);
  position = get_newest (store);
  g_assert_cmpstr (position, ==, "50");
  fill (store, 5); /* known by their ids */
  g_assert_cmpint (count (store), ==, 50);
  im_store_close (store);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

/* Threads */

static gpointer
use_from_another_thread (gpointer store)
{
  im_thread_set_role (IM_THREAD_MAIN);
  im_store_kv_get (store, "k");
  return NULL;
}

/* SQLite calls this one. */
static GThread *watched;
static guint n_forced; /* how often that thread forced the database to the disk */

int
fdatasync (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = watched == g_thread_self () ? g_file_read_link (link, NULL) : NULL;

  if (path != NULL && g_str_has_suffix (path, "/im.db"))
    n_forced++;
  return (int) syscall (SYS_fdatasync, fd);
}

/* More than the log may have before it is moved, and no commit waits for it. */
static void
test_what_was_committed_comes_into_the_file_while_it_is_open (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "im.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *text = g_strnfill (100 * 1024, 'a');
  ImStore *store = store_open (dir);
  gint64 until_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  GStatBuf file = { 0 };
  GStatBuf rest = { 0 };

  watched = g_thread_self ();
  for (guint i = 0; i < 100; i++)
    store_add (store, IM_STORE_NEWEST, GIVEN (.text = text, .time = i + 1), NULL);
  g_assert_cmpuint (n_forced, ==, 0);
  while (file.st_size < 4 * 1000 * 1000 && g_get_monotonic_time () < until_us)
    {
      g_thread_yield ();
      g_assert_cmpint (g_stat (path, &file), ==, 0);
    }
  g_assert_cmpint (file.st_size, >=, 4 * 1000 * 1000);
  g_assert_cmpint (g_stat (log, &rest), ==, 0);
  g_assert_cmpint (rest.st_size, >, 0);
  im_store_close (store);
  watched = NULL;
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

static void
test_nothing_comes_into_a_damaged_file (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "im.db", NULL);
  g_autofree char *text = g_strnfill (100 * 1024, 'a');
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;
  ImStore *store = store_open (dir);

  im_store_suspect (store);
  g_assert_true (g_file_get_contents (path, &before, &before_length, NULL));
  for (guint i = 0; i < 100; i++)
    store_add (store, IM_STORE_NEWEST, GIVEN (.text = text, .time = i + 1), NULL);
  im_store_close (store);
  g_assert_true (g_file_get_contents (path, &after, &after_length, NULL));
  g_assert_cmpmem (after, after_length, before, before_length);
}

static void
test_the_wrong_thread_aborts (void)
{
  if (g_test_subprocess ())
    {
      g_thread_join (g_thread_new ("other", use_from_another_thread, store_open_memory ()));
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*must be on the network thread*");
}

/* Statements */

static void
test_no_statement_reads_the_whole_message_table (void)
{
  static const char *const texts[] = {
#define IM_SQL(id, text) text,
#include "im-store-sql.def"
#undef IM_SQL
  };
  g_autoptr (ImStore) store = store_open_memory ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", texts[i], NULL);
      sqlite3_stmt *statement = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (store->db, explain, -1, &statement, NULL), ==,
                       SQLITE_OK);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          const char *detail = (const char *) sqlite3_column_text (statement, 3);

          if (g_str_has_prefix (detail, "SCAN m"))
            g_error ("%s: %s", detail, texts[i]);
        }
      sqlite3_finalize (statement);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define TEST(path, func) g_test_add_func ("/store/faults/" path, func)
  TEST ("newer-refused-untouched", test_a_newer_file_is_refused_and_not_touched);
  TEST ("not-ours-refused-untouched", test_what_is_not_ours_is_refused_and_not_touched);
  TEST ("another-programs-database", test_another_programs_database_is_refused);
  TEST ("damaged-page-told-and-kept", test_a_damaged_page_is_told_and_the_file_kept);
  TEST ("only-closed-is-set-aside", test_only_a_closed_file_is_set_aside);
  TEST ("second-program-is-told", test_a_second_program_is_told);
  TEST ("read-only-file", test_a_read_only_file_is_refused);
  TEST ("read-only-folder", test_a_read_only_folder_is_refused);
  TEST ("full-database", test_a_full_database_keeps_what_it_had);
  TEST ("full-disk", test_a_full_disk_keeps_what_it_had);
  TEST ("killed-in-a-transaction", test_killed_in_a_transaction_the_file_is_as_before_it);
  TEST ("reaches-the-file-while-open",
        test_what_was_committed_comes_into_the_file_while_it_is_open);
  TEST ("nothing-reaches-a-damaged-file", test_nothing_comes_into_a_damaged_file);
  TEST ("wrong-thread-aborts", test_the_wrong_thread_aborts);
  TEST ("no-table-scans", test_no_statement_reads_the_whole_message_table);
#undef TEST
  return g_test_run ();
}
