/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-indexer.h"

#include "fake-clock.h"
#include "im-elem.h"
#include "im-enums.h"
#include "im-loop.h"
#include "im-store-private.h"
#include "im-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define QUIET_MS 200
#define MANY 250

typedef struct
{
  ImTestDir *dir; /* nullable: in memory */
  FakeClock *clock;
  ImStore *store;
  ImIndexer *indexer;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = fake_clock_new ();
  f->store = im_store_open_memory (NULL);
  g_assert_nonnull (f->store);
  f->indexer = im_indexer_new (f->store, fake_clock_get (f->clock));
}

/* With the store in a file. */
static void
set_up_file (Fixture *f, gconstpointer data)
{
  f->dir = im_test_dir_new ();
  f->clock = fake_clock_new ();
  f->store = im_store_open (f->dir, NULL);
  g_assert_nonnull (f->store);
  f->indexer = im_indexer_new (f->store, fake_clock_get (f->clock));
}

static void
close_store (Fixture *f)
{
  g_clear_pointer (&f->indexer, im_indexer_free);
  g_clear_pointer (&f->store, im_store_close);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  close_store (f);
  fake_clock_free (f->clock);
  g_clear_pointer (&f->dir, im_test_dir_free);
}

static void
receive (Fixture *f)
{
  static guint n;
  g_autoptr (ImMsg) msg = im_json_new (&im_msg_type);
  ImTextElem *elem = im_json_new (&im_text_elem_type);
  const ImStoreMessage in = { .msg = msg };

  im_json_set_str (&elem->content, "hello");
  msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, elem);
  im_json_set_str (&msg->conv_id, "bob");
  im_json_set_str (&msg->sender, "bob");
  msg->conv_type = IM_CONV_C2C;
  msg->status = IM_MSG_SEND_SUCC;
  msg->server_time = 1000 + n++;
  g_assert_true (im_store_message_add (f->store, &in, IM_STORE_NEWEST, NULL, NULL, NULL, NULL));
}

static gint64
get_number (Fixture *f, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_prepare_v2 (f->store->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

static gint64
count_indexed (Fixture *f)
{
  return get_number (f, "SELECT count (*) FROM search");
}

static void
test_nothing_to_do_costs_nothing (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (fake_clock_get_n_timers (f->clock), ==, 0);
  receive (f);
  fake_clock_advance (f->clock, 10 * QUIET_MS);
  g_assert_cmpuint (fake_clock_get_n_timers (f->clock), ==, 0);
}

static void
test_what_comes_is_indexed_when_no_more_comes (Fixture *f, gconstpointer data)
{
  receive (f);
  fake_clock_advance (f->clock, QUIET_MS - 1);
  receive (f);
  fake_clock_advance (f->clock, QUIET_MS - 1);
  g_assert_cmpint (count_indexed (f), ==, 0);
  fake_clock_advance (f->clock, 1);
  g_assert_cmpint (count_indexed (f), ==, 2);
}

static void
test_many_are_not_kept_waiting (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < MANY - 1; i++)
    receive (f);
  fake_clock_advance (f->clock, QUIET_MS / 2);
  g_assert_cmpint (count_indexed (f), ==, 0);
  receive (f);
  fake_clock_advance (f->clock, 1);
  g_assert_cmpint (count_indexed (f), >, 0);
  /* A step is no longer than 5 ms, whatever the machine is doing; then others have their turn. */
  for (guint i = 0; i < MANY && count_indexed (f) < MANY; i++)
    fake_clock_advance (f->clock, 15);
  g_assert_cmpint (count_indexed (f), ==, MANY);
}

static void
test_what_was_left_is_indexed_at_the_start (Fixture *f, gconstpointer data)
{
  im_indexer_free (f->indexer);
  for (guint i = 0; i < MANY; i++)
    receive (f);
  f->indexer = im_indexer_new (f->store, fake_clock_get (f->clock));
  for (guint i = 0; i < MANY && count_indexed (f) < MANY; i++)
    fake_clock_advance (f->clock, 15);
  g_assert_cmpint (count_indexed (f), ==, MANY);
}

/* Damage */

static char *
digest (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->dir, "im.db", NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length;
  char *sum;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);
  g_free (data);
  return sum;
}

/* Where the table begins is rubbish from now on, on the disk; what is in memory stays. */
static void
damage (Fixture *f, const char *table)
{
  g_autofree char *path = g_build_filename (f->dir, "im.db", NULL);
  g_autofree char *rubbish = g_strnfill (4096, '\xa5');
  g_autofree char *sql
      = g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
  gint64 page = get_number (f, sql);
  int fd = g_open (path, O_RDWR | O_CLOEXEC, 0);

  g_assert_cmpint (sqlite3_wal_checkpoint_v2 (f->store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                              NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (pwrite (fd, rubbish, 4096, (page - 1) * 4096), ==, 4096);
  close (fd);
}

static void
forget_pages (Fixture *f)
{
  g_assert_cmpint (sqlite3_db_release_memory (f->store->db), ==, SQLITE_OK);
}

static void
assert_history_fails (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page
      = im_store_message_page (f->store, IM_CONV_C2C, "bob", NULL, TRUE, 100, &error);

  g_assert_error (error, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT);
  g_assert_true (g_str_has_prefix (error->message, "the local database is damaged"));
}

static void
assert_refused_untouched (Fixture *f, const char *before)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *closed = NULL;
  g_autofree char *refused = NULL;

  close_store (f);
  closed = digest (f);
  g_assert_cmpstr (closed, ==, before);
  g_assert_null (im_store_open (f->dir, &error));
  g_assert_error (error, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT);
  refused = digest (f);
  g_assert_cmpstr (refused, ==, before);
}

static void
test_after_damage_nothing_is_written (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) convs = NULL;
  g_autofree char *before = NULL;

  receive (f);
  /* The indexer has no need of it. */
  damage (f, "conversation");
  before = digest (f);
  forget_pages (f);
  convs = im_store_conversation_list (f->store, &error);
  g_assert_error (error, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT);
  fake_clock_advance (f->clock, QUIET_MS);
  g_assert_cmpint (count_indexed (f), ==, 0);
  g_assert_cmpuint (fake_clock_get_n_timers (f->clock), ==, 0);
  assert_refused_untouched (f, before);
}

/* What is in the write-ahead log stays there: it may be damaged, too. */
static void
test_after_damage_the_log_is_kept (Fixture *f, gconstpointer data)
{
  g_autofree char *log = g_build_filename (f->dir, "im.db-wal", NULL);
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  receive (f);
  damage (f, "message");
  g_assert_true (im_store_kv_set (f->store, "name", "value", NULL));
  before = digest (f);
  forget_pages (f);
  assert_history_fails (f);
  assert_refused_untouched (f, before);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
}

static void
test_damage_that_the_indexer_meets_is_noted (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL;

  receive (f);
  damage (f, "message");
  before = digest (f);
  forget_pages (f);
  g_test_expect_message ("linnet-store", G_LOG_LEVEL_MESSAGE, "the local database is damaged");
  g_test_expect_message ("linnet-service", G_LOG_LEVEL_MESSAGE,
                         "the index of messages stops: the local database is damaged*");
  fake_clock_advance (f->clock, QUIET_MS);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (fake_clock_get_n_timers (f->clock), ==, 0);
  assert_history_fails (f);
  assert_refused_untouched (f, before);
}

static void
test_what_the_indexer_reads_hides_no_damage (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < MANY; i++)
    receive (f);
  close_store (f);
  f->store = im_store_open (f->dir, NULL);
  g_assert_nonnull (f->store);
  f->indexer = im_indexer_new (f->store, fake_clock_get (f->clock));
  for (guint i = 0; i < MANY && count_indexed (f) < MANY; i++)
    fake_clock_advance (f->clock, 15);
  g_assert_cmpint (count_indexed (f), ==, MANY);
  damage (f, "message");
  assert_history_fails (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define TEST(path, func)                                                                           \
  g_test_add ("/service/indexer/" path, Fixture, NULL, set_up, func, tear_down)
#define TEST_FILE(path, func)                                                                      \
  g_test_add ("/service/indexer/" path, Fixture, NULL, set_up_file, func, tear_down)
  TEST ("nothing-to-do", test_nothing_to_do_costs_nothing);
  TEST ("when-no-more-comes", test_what_comes_is_indexed_when_no_more_comes);
  TEST ("many", test_many_are_not_kept_waiting);
  TEST ("what-was-left", test_what_was_left_is_indexed_at_the_start);
  TEST_FILE ("damage/nothing-is-written", test_after_damage_nothing_is_written);
  TEST_FILE ("damage/log-is-kept", test_after_damage_the_log_is_kept);
  TEST_FILE ("damage/is-noted", test_damage_that_the_indexer_meets_is_noted);
  TEST_FILE ("damage/is-not-hidden", test_what_the_indexer_reads_hides_no_damage);
#undef TEST_FILE
#undef TEST
  return g_test_run ();
}
