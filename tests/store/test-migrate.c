/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every version that ever lay on a disk becomes the newest, with its rows; or stays as it was. */
#include "im-store-private.h"
#include "store-fixture.h"

#include "im-loop.h"
#include "store-bundle-broken.h"
#include "store-bundle-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define VERSION 9 /* the newest */

static char *
db_path (const char *dir)
{
  return g_build_filename (dir, "im.db", NULL);
}

/* A database of that version, from its snapshot. */
static void
lay_down (const char *dir, int version)
{
  g_autofree char *name = g_strdup_printf ("v%d.sql", version);
  g_autofree char *snapshot = g_test_build_filename (G_TEST_DIST, "data", "db", name, NULL);
  g_autofree char *path = db_path (dir);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  g_file_get_contents (snapshot, &sql, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* The rows of a statement as lines. */
static char *
query (sqlite3 *db, const char *sql)
{
  GString *lines = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        g_string_append_printf (lines, "%s|", (const char *) sqlite3_column_text (statement, i));
      g_string_append_c (lines, '\n');
    }
  sqlite3_finalize (statement);
  return g_string_free (lines, FALSE);
}

static char *
dump_schema (sqlite3 *db)
{
  return query (db, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");
}

/* What every version has. */
static char *
dump_rows (sqlite3 *db)
{
  GString *rows = g_string_new (NULL);
  static const char *const tables[] = { "message", "tombstone", "outbox", "archive", "kv" };
  g_autofree char *conversations
      = query (db, "SELECT id, type, name, visible, active_time, next_seq, cleared_key, draft, "
                   "draft_time FROM conversation ORDER BY id");

  g_string_append_printf (rows, "conversation\n%s", conversations);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", tables[i]);
      g_autofree char *lines = query (db, sql);

      g_string_append_printf (rows, "%s\n%s", tables[i], lines);
    }
  return g_string_free (rows, FALSE);
}

static char *
dump_file (const char *path, char *(*dump) (sqlite3 *db))
{
  sqlite3 *db = NULL;
  char *text;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  text = dump (db);
  sqlite3_close (db);
  return text;
}

static void
test_every_version_becomes_the_newest_with_its_rows (void)
{
  g_autoptr (ImStore) fresh = store_open_memory ();
  g_autofree char *expected = dump_schema (fresh->db);

  for (int version = 1; version <= VERSION; version++)
    {
      g_autoptr (ImTestDir) dir = im_test_dir_new ();
      g_autofree char *path = db_path (dir);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *schema = NULL;
      g_autofree char *number = NULL;
      ImStore *store;

      lay_down (dir, version);
      before = dump_file (path, dump_rows);
      store = store_open (dir);
      schema = dump_schema (store->db);
      after = dump_rows (store->db);
      number = query (store->db, "PRAGMA user_version");
      g_assert_cmpstr (schema, ==, expected);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpint (atoi (number), ==, VERSION);
      im_store_close (store);
    }
}

static void
assert_files_are_known (ImStore *store)
{
  g_autofree char *sent
      = im_store_upload_find (store, "5891b5b5", 6, "a.txt", "text/plain", 1790000000);
  g_autofree char *url = NULL;
  g_autofree char *validator = NULL;

  g_assert_cmpstr (sent, ==, "https://example.org/up/a.txt");
  g_assert_true (im_store_download_get (store, "b.png", &url, &validator));
  g_assert_cmpstr (url, ==, "https://example.org/up/b.png");
  g_assert_cmpstr (validator, ==, "\"v1\"");
}

static void
assert_settings_are_known (ImStore *store)
{
  ImConvSettings bob;

  g_assert_true (im_store_settings_get (store, IM_CONV_C2C, BOB, &bob, NULL));
  g_assert_true (bob.is_pinned);
  g_assert_cmpint (bob.recv_opt, ==, IM_RECV_OPT_NOT_NOTIFY);
  g_assert_cmpuint (bob.marks, ==, IM_CONV_MARK_STAR | IM_CONV_MARK_FOLD);
}

static void
test_the_rows_of_a_snapshot_mean_what_they_meant (void)
{
  for (int version = 1; version <= VERSION; version++)
    {
      g_autoptr (ImTestDir) dir = im_test_dir_new ();
      g_autofree char *bobs = NULL;
      g_autofree char *anns = NULL;
      g_autofree char *newest = NULL;
      g_autoptr (ImConv) carol = NULL;
      g_autoptr (GPtrArray) list = NULL;
      ImStore *store;

      lay_down (dir, version);
      store = store_open (dir);
      bobs = store_texts (store, BOB);
      g_assert_cmpstr (bobs, ==, "Good morning Grüße 👋 waits");
      anns = store_texts (store, "ann@example.org");
      g_assert_cmpstr (anns, ==, "unread");
      g_assert_cmpuint (store_unread (store, "ann@example.org"), ==, 1);
      g_assert_cmpuint (store_n_outbox (store), ==, 1);
      carol = im_store_conversation_get (store, IM_CONV_C2C, CAROL, NULL);
      g_assert_cmpstr (carol->draft->user_define, ==, "half a thought");
      g_assert_true (im_store_archive_get (store, "", &newest, NULL, NULL, NULL));
      g_assert_cmpstr (newest, ==, "a-5");
      list = im_store_conversation_list (store, NULL);
      g_assert_cmpuint (list->len, ==, 3);
      /* What was deleted stays deleted. */
      g_assert_cmpint (store_add (store, IM_STORE_NEWEST,
                                  GIVEN (.text = "to be deleted", .archive = "a-3"), NULL),
                       ==, IM_STORE_KNOWN);
      if (version >= 5)
        assert_files_are_known (store);
      if (version >= 8)
        assert_settings_are_known (store);
      im_store_close (store);
    }
}

static void
test_no_index_is_merged_by_commits (void)
{
  for (int version = 1; version <= VERSION; version++)
    {
      g_autoptr (ImTestDir) dir = im_test_dir_new ();
      g_autofree char *value = NULL;
      ImStore *store;

      lay_down (dir, version);
      store = store_open (dir);
      value = query (store->db, "SELECT v FROM message_text_config WHERE k = 'automerge'");
      g_assert_cmpstr (value, ==, "0|\n");
      im_store_close (store);
    }
}

static void
test_receipts_that_are_owed_stay_owed (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *path = db_path (dir);
  g_autoptr (GPtrArray) receipts = NULL;
  g_autofree char *displayed = NULL;
  g_autofree char *received = NULL;
  g_autofree char *awaited = NULL;
  ImStore *store;
  sqlite3 *db = NULL;

  lay_down (dir, 2);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (
          db,
          "INSERT INTO kv (key, value) VALUES "
          "('received', '[\"bob\",\"bob@b.org/x\",\"m1\",\"ann\",\"ann@b.org\",\"m2\"]'), "
          "('displayed', '[\"bob\",\"\",\"m3\",\"ann\",\"\",\"m4\"]')",
          NULL, NULL, NULL),
      ==, SQLITE_OK);
  sqlite3_close (db);
  store = store_open (dir);
  receipts = im_store_receipt_list (store, 0, NULL);
  g_assert_cmpuint (receipts->len, ==, 2);
  g_assert_cmpstr (((ImStoreReceipt *) receipts->pdata[0])->recipient, ==, "bob@b.org/x");
  g_assert_cmpstr (((ImStoreReceipt *) receipts->pdata[0])->message_id, ==, "m1");
  g_assert_cmpstr (((ImStoreReceipt *) receipts->pdata[1])->message_id, ==, "m2");
  g_assert_false (((ImStoreReceipt *) receipts->pdata[1])->exact);
  received = im_store_kv_get (store, "received");
  g_assert_null (received);
  displayed = im_store_kv_get (store, "displayed");
  g_assert_cmpstr (displayed, ==, "[\"bob\",\"m3\",\"ann\",\"m4\"]");
  awaited = query (store->db, "SELECT message, repeats FROM awaited");
  g_assert_cmpstr (awaited, ==, "3|2|\n");
  im_store_close (store);
}

static void
test_a_copy_is_kept_before_a_change (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *path = db_path (dir);
  g_autofree char *copy = g_strconcat (path, ".v1", NULL);
  g_autofree char *none = g_strdup_printf ("%s.v%d", path, VERSION);
  g_autofree char *schema = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *kept_schema = NULL;
  g_autofree char *kept_rows = NULL;

  lay_down (dir, 1);
  schema = dump_file (path, dump_schema);
  rows = dump_file (path, dump_rows);
  /* A copy that was begun and not finished is no obstacle. */
  g_assert_true (g_file_set_contents (copy, "half", -1, NULL));
  im_store_close (store_open (dir));
  kept_schema = dump_file (copy, dump_schema);
  kept_rows = dump_file (copy, dump_rows);
  g_assert_cmpstr (kept_schema, ==, schema);
  g_assert_cmpstr (kept_rows, ==, rows);
  im_store_close (store_open (dir));
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
}

static void
test_a_new_file_has_no_copy (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *path = db_path (dir);
  g_autofree char *copy = g_strconcat (path, ".v0", NULL);

  im_store_close (store_open (dir));
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

static void
test_one_more_step_is_taken (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *number = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a"), NULL);
  g_assert_true (im_store_migrate (store, store_bundle_test_get_resource (), NULL, &error));
  g_assert_no_error (error);
  rows = query (store->db, "SELECT count (*) FROM nest");
  number = query (store->db, "PRAGMA user_version");
  g_assert_cmpstr (rows, ==, "1|\n");
  g_assert_cmpint (atoi (number), ==, VERSION + 1);
}

static void
test_a_step_that_fails_leaves_nothing (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = dump_schema (store->db);
  g_autofree char *after = NULL;
  g_autofree char *texts = NULL;
  g_autofree char *number = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a"), NULL);
  g_assert_false (im_store_migrate (store, store_bundle_broken_get_resource (), NULL, &error));
  g_assert_error (error, IM_STORE_ERROR, IM_STORE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "nowhere"));
  after = dump_schema (store->db);
  texts = store_texts (store, BOB);
  number = query (store->db, "PRAGMA user_version");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (texts, ==, "a");
  g_assert_cmpint (atoi (number), ==, VERSION);
}

static void
test_the_files_promises_are_switched_on (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  ImStore *store = store_open (dir);
  static const char *const promises[][2] = {
    { "PRAGMA journal_mode", "wal|\n" }, { "PRAGMA synchronous", "1|\n" },
    { "PRAGMA foreign_keys", "1|\n" },   { "PRAGMA application_id", "1282305652|\n" },
    { "PRAGMA foreign_key_check", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (promises); i++)
    {
      g_autofree char *value = query (store->db, promises[i][0]);

      g_assert_cmpstr (value, ==, promises[i][1]);
    }
  im_store_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define TEST(path, func) g_test_add_func ("/store/migrate/" path, func)
  TEST ("every-version-becomes-the-newest", test_every_version_becomes_the_newest_with_its_rows);
  TEST ("rows-mean-what-they-meant", test_the_rows_of_a_snapshot_mean_what_they_meant);
  TEST ("not-merged-by-commits", test_no_index_is_merged_by_commits);
  TEST ("receipts-stay-owed", test_receipts_that_are_owed_stay_owed);
  TEST ("copy-before-a-change", test_a_copy_is_kept_before_a_change);
  TEST ("new-file-has-no-copy", test_a_new_file_has_no_copy);
  TEST ("one-more-step", test_one_more_step_is_taken);
  TEST ("failed-step-leaves-nothing", test_a_step_that_fails_leaves_nothing);
  TEST ("promises-switched-on", test_the_files_promises_are_switched_on);
#undef TEST
  return g_test_run ();
}
