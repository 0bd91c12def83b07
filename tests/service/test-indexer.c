/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-indexer.h"

#include "fake-clock.h"
#include "im-elem.h"
#include "im-enums.h"
#include "im-loop.h"
#include "im-store-private.h"
#include "im-test.h"

#define QUIET_MS 200
#define MANY 250

typedef struct
{
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

static void
tear_down (Fixture *f, gconstpointer data)
{
  im_indexer_free (f->indexer);
  im_store_close (f->store);
  fake_clock_free (f->clock);
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
count_indexed (Fixture *f)
{
  sqlite3_stmt *statement = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_prepare_v2 (f->store->db, "SELECT count (*) FROM search", -1, &statement,
                                       NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return n;
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

static void
test_a_damaged_database_is_left_alone (Fixture *f, gconstpointer data)
{
  receive (f);
  im_store_suspect (f->store);
  fake_clock_advance (f->clock, 2 * QUIET_MS);
  receive (f);
  g_assert_cmpuint (fake_clock_get_n_timers (f->clock), ==, 0);
  fake_clock_advance (f->clock, 60 * 1000);
  g_assert_cmpint (count_indexed (f), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define TEST(path, func)                                                                           \
  g_test_add ("/service/indexer/" path, Fixture, NULL, set_up, func, tear_down)
  TEST ("nothing-to-do", test_nothing_to_do_costs_nothing);
  TEST ("when-no-more-comes", test_what_comes_is_indexed_when_no_more_comes);
  TEST ("many", test_many_are_not_kept_waiting);
  TEST ("what-was-left", test_what_was_left_is_indexed_at_the_start);
  TEST ("damaged", test_a_damaged_database_is_left_alone);
#undef TEST
  return g_test_run ();
}
