/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages: which are the same, in which order, what becomes of them. */
#include "store-fixture.h"

#include "im-loop.h"
#include "im-store-about.h"

#define assert_texts(store, conv, expected)                                                        \
  do                                                                                               \
    {                                                                                              \
      g_autofree char *texts_ = store_texts (store, conv);                                         \
      g_assert_cmpstr (texts_, ==, expected);                                                      \
    }                                                                                              \
  while (0)

/* The same message again */

static void
test_an_archive_id_is_known_again (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  g_assert_cmpint (store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .archive = "1"), NULL),
                   ==, IM_STORE_NEW);
  g_assert_cmpint (store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .archive = "1"), NULL),
                   ==, IM_STORE_KNOWN);
  g_assert_cmpint (store_add (store, IM_STORE_OLDEST, GIVEN (.text = "a", .archive = "1"), NULL),
                   ==, IM_STORE_KNOWN);
  assert_texts (store, BOB, "a");
  g_assert_cmpuint (store_unread (store, BOB), ==, 1);
}

static void
test_an_archive_id_is_the_conversations_own (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .archive = "1"), NULL);
  /* Ids of different archives may be equal: ejabberd counts microseconds. */
  g_assert_cmpint (store_add (store, IM_STORE_NEWEST,
                              GIVEN (.text = "b", .archive = "1", .conv = "room",
                                     .conv_type = IM_CONV_GROUP),
                              NULL),
                   ==, IM_STORE_NEW);
}

static void
test_an_origin_id_is_known_of_the_same_sender_only (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .origin = "o"), NULL);
  g_assert_cmpint (store_add (store, IM_STORE_NEWEST,
                              GIVEN (.text = "a", .origin = "o", .archive = "1"), NULL),
                   ==, IM_STORE_KNOWN);
  g_assert_cmpint (store_add (store, IM_STORE_NEWEST,
                              GIVEN (.text = "mine", .origin = "o", .own = TRUE), NULL),
                   ==, IM_STORE_NEW);
  g_assert_cmpint (store_add (store, IM_STORE_NEWEST,
                              GIVEN (.text = "hers", .origin = "o", .conv = CAROL), NULL),
                   ==, IM_STORE_NEW);
  assert_texts (store, BOB, "a mine");
}

static void
test_what_was_missing_is_filled_in (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .origin = "o"), NULL);
  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "a", .origin = "o", .archive = "1", .wire = "w"), &row);
  g_assert_cmpstr (row->archive_id, ==, "1");
  g_assert_cmpstr (row->wire_id, ==, "w");
  g_assert_cmpstr (row->origin_id, ==, "o");
}

static void
test_without_any_id_nothing_is_the_same (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .time = 5), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .time = 5), NULL);
  assert_texts (store, BOB, "a a");
}

/* Own messages */

static ImStoreMessage *
send_one (ImStore *store, const char *text, const char *origin)
{
  ImStoreMessage *row = NULL;

  g_assert_cmpint (store_add (store, IM_STORE_NEWEST,
                              GIVEN (.text = text, .own = TRUE, .origin = origin, .wire = origin,
                                     .status = IM_MSG_SENDING, .time = 1000),
                              &row),
                   ==, IM_STORE_NEW);
  return row;
}

static void
test_an_own_message_waits_in_the_outbox (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = send_one (store, "a", "o");

  g_assert_cmpint (row->msg->status, ==, IM_MSG_SENDING);
  g_assert_null (row->archive_id);
  g_assert_cmpuint (store_n_outbox (store), ==, 1);
  g_assert_cmpuint (store_unread (store, BOB), ==, 0);
  g_assert_cmpuint (im_store_outbox_attempt (store, row->row_id, NULL), ==, 1);
  g_assert_cmpuint (im_store_outbox_attempt (store, row->row_id, NULL), ==, 2);
}

static void
test_it_comes_back_from_the_archive_and_is_merged (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = send_one (store, "a", "o");
  g_autoptr (ImStoreMessage) merged = NULL;

  g_assert_cmpint (store_add (store, IM_STORE_NEWEST,
                              GIVEN (.text = "a", .own = TRUE, .origin = "o", .archive = "1",
                                     .time = 1234),
                              &merged),
                   ==, IM_STORE_MERGED);
  g_assert_cmpint (merged->row_id, ==, row->row_id);
  g_assert_cmpstr (merged->archive_id, ==, "1");
  g_assert_cmpint (merged->msg->status, ==, IM_MSG_SEND_SUCC);
  g_assert_cmpuint (merged->msg->server_time, ==, 1234);
  g_assert_cmpuint (merged->msg->unique_id, ==, row->msg->unique_id);
  g_assert_cmpuint (store_n_outbox (store), ==, 1); /* until it is removed */
  assert_texts (store, BOB, "a");
  /* and again: nothing new */
  g_assert_cmpint (store_add (store, IM_STORE_NEWEST,
                              GIVEN (.text = "a", .own = TRUE, .origin = "o", .archive = "2"),
                              NULL),
                   ==, IM_STORE_KNOWN);
}

static void
test_a_refused_message_stays_refused (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = send_one (store, "a", "o");
  g_autoptr (ImStoreMessage) again = NULL;
  g_autoptr (ImMsg) msg = NULL;

  g_assert_true (im_store_message_set_status (store, row->row_id, IM_MSG_SEND_FAIL, 20007,
                                              "blocked", 0, &msg, NULL));
  g_assert_cmpint (msg->status, ==, IM_MSG_SEND_FAIL);
  g_assert_cmpint (msg->error_code, ==, 20007);
  g_assert_cmpstr (msg->error_desc, ==, "blocked");
  g_assert_cmpuint (store_n_outbox (store), ==, 0);
  /* The own archive has it all the same. */
  g_assert_cmpint (store_add (store, IM_STORE_NEWEST,
                              GIVEN (.text = "a", .own = TRUE, .origin = "o", .archive = "1"),
                              &again),
                   ==, IM_STORE_KNOWN);
  g_assert_cmpint (again->msg->status, ==, IM_MSG_SEND_FAIL);
}

static void
test_a_retry_goes_to_the_end_without_its_error (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = send_one (store, "a", "o");
  g_autoptr (ImStoreMessage) after = NULL;

  im_store_message_set_status (store, row->row_id, IM_MSG_SEND_FAIL, 9520, "late", 0, NULL, NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .time = 2000), NULL);
  assert_texts (store, BOB, "a b");
  g_assert_true (im_store_message_requeue (store, row->row_id, NULL));
  assert_texts (store, BOB, "b a");
  after = im_store_message_get (store, row->row_id, NULL);
  g_assert_cmpint (after->msg->status, ==, IM_MSG_SENDING);
  g_assert_cmpint (after->msg->error_code, ==, 0);
  g_assert_null (after->msg->error_desc);
  g_assert_cmpuint (after->msg->unique_id, ==, row->msg->unique_id);
  g_assert_cmpuint (store_n_outbox (store), ==, 1);
}

static void
test_the_outbox_keeps_the_order_also_after_a_restart (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *texts = NULL;
  g_autoptr (GString) order = g_string_new (NULL);
  ImStore *store = store_open (dir);
  g_autoptr (ImStoreMessage) a = send_one (store, "a", "1");
  g_autoptr (ImStoreMessage) b = send_one (store, "b", "2");
  g_autoptr (ImStoreMessage) c = send_one (store, "c", "3");
  g_autoptr (GArray) rows = NULL;

  im_store_outbox_attempt (store, a->row_id, NULL);
  im_store_outbox_attempt (store, a->row_id, NULL);
  im_store_message_set_status (store, b->row_id, IM_MSG_SEND_SUCC, 0, NULL, 1001, NULL, NULL);
  im_store_close (store);
  store = store_open (dir);
  rows = im_store_outbox_list (store, NULL);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpint (g_array_index (rows, ImStoreOutboxRow, 0).row_id, ==, a->row_id);
  g_assert_cmpuint (g_array_index (rows, ImStoreOutboxRow, 0).attempts, ==, 2);
  g_assert_false (g_array_index (rows, ImStoreOutboxRow, 0).is_sent);
  g_assert_cmpint (g_array_index (rows, ImStoreOutboxRow, 1).row_id, ==, b->row_id);
  g_assert_true (g_array_index (rows, ImStoreOutboxRow, 1).is_sent);
  g_assert_cmpint (g_array_index (rows, ImStoreOutboxRow, 2).row_id, ==, c->row_id);
  g_assert_true (im_store_outbox_remove (store, b->row_id, NULL));
  g_assert_cmpuint (store_n_outbox (store), ==, 2);
  im_store_close (store);
}

static void
test_sent_the_message_bears_the_servers_time (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = send_one (store, "a", "o");
  g_autoptr (ImMsg) msg = NULL;
  g_autoptr (ImConv) conv = NULL;

  g_assert_true (im_store_message_set_status (store, row->row_id, IM_MSG_SEND_SUCC, 0, NULL, 5000,
                                              &msg, NULL));
  g_assert_cmpuint (msg->server_time, ==, 5000);
  conv = im_store_conversation_get (store, IM_CONV_C2C, BOB, NULL);
  g_assert_cmpuint (conv->active_time, ==, 5000);
}

static void
test_really_sent_it_stands_at_the_end (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = send_one (store, "a", "o");

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .time = 1), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c", .time = 2), NULL);
  assert_texts (store, BOB, "a b c");
  g_assert_true (im_store_message_move_to_end (store, row->row_id, NULL));
  assert_texts (store, BOB, "b c a");
}

/* Order */

static void
test_what_comes_later_stands_later_whatever_its_time (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .time = 500), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c", .time = 500), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "d", .time = 400), NULL);
  assert_texts (store, BOB, "a b c d");
}

static void
test_the_sort_key_is_the_servers_time_where_the_order_allows (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  static const struct
  {
    ImStoreEnd end;
    guint64 time;
    gint64 key;
  } cases[] = {
    { IM_STORE_NEWEST, 500, 500000000 }, { IM_STORE_NEWEST, 500, 500000001 },
    { IM_STORE_NEWEST, 400, 500000002 }, { IM_STORE_NEWEST, 600, 600000000 },
    { IM_STORE_OLDEST, 300, 300000000 }, { IM_STORE_OLDEST, 700, 299999999 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ImStoreMessage) row = NULL;

      store_add (store, cases[i].end, GIVEN (.text = "x", .time = cases[i].time), &row);
      g_assert_cmpint (row->sort_key, ==, cases[i].key);
    }
}

static void
test_old_pages_stand_before_all_newest_first (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "e", .time = 500), NULL);
  store_add (store, IM_STORE_OLDEST, GIVEN (.text = "d", .time = 500), NULL);
  store_add (store, IM_STORE_OLDEST, GIVEN (.text = "c", .time = 900), NULL);
  store_add (store, IM_STORE_OLDEST, GIVEN (.text = "b", .time = 100), NULL);
  store_add (store, IM_STORE_OLDEST, GIVEN (.text = "a", .time = 100), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "f", .time = 0), NULL);
  assert_texts (store, BOB, "a b c d e f");
}

#define N_ORDER 1000

/* The whole archive in order; live messages at the end; pages of random size backwards, overlapping
 * what is there. */
static void
test_random_pages_make_one_order (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *texts = NULL;
  guint64 times[N_ORDER];
  guint64 time = 1000;
  int oldest = N_ORDER / 2;
  int newest = N_ORDER / 2;

  for (int i = 0; i < N_ORDER; i++)
    {
      times[i] = time;
      time += (guint64) g_test_rand_int_range (0, 3);
      g_string_append_printf (expected, "%s%d", i > 0 ? " " : "", i);
    }
  while (oldest > 0 || newest < N_ORDER)
    {
      gboolean old = g_test_rand_bit () && oldest > 0;
      int size = g_test_rand_int_range (1, 60);
      int from = old ? oldest + 5 : newest - 5;

      g_assert_true (im_store_begin (store, NULL));
      for (int i = 0; i < size; i++)
        {
          int number
              = CLAMP (old ? from - i : from + i, old ? 0 : oldest, old ? newest : N_ORDER - 1);
          g_autofree char *text = g_strdup_printf ("%d", number);

          if (number >= newest && old)
            continue;
          store_add (store, old ? IM_STORE_OLDEST : IM_STORE_NEWEST,
                     GIVEN (.text = text, .archive = text, .time = times[number]), NULL);
          oldest = MIN (oldest, number);
          newest = MAX (newest, number + 1);
        }
      g_assert_true (im_store_commit (store, NULL));
    }
  texts = store_texts (store, BOB);
  g_assert_cmpstr (texts, ==, expected->str);
}

static void
test_pages_go_away_from_their_start_without_it (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImMsg) middle = NULL;
  static const struct
  {
    gboolean from_middle;
    gboolean forward;
    guint count;
    const char *texts;
  } cases[] = {
    { FALSE, FALSE, 3, "9 8 7" },     { FALSE, FALSE, 100, "9 8 7 6 5 4 3 2 1 0" },
    { FALSE, TRUE, 3, "0 1 2" },      { TRUE, FALSE, 3, "3 2 1" },
    { TRUE, FALSE, 100, "3 2 1 0" },  { TRUE, TRUE, 3, "5 6 7" },
    { TRUE, TRUE, 100, "5 6 7 8 9" }, { TRUE, TRUE, 0, "" },
  };

  for (int i = 0; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", i);
      g_autoptr (ImStoreMessage) row = NULL;

      store_add (store, IM_STORE_NEWEST, GIVEN (.text = text, .time = 7), &row);
      if (i == 4)
        middle = im_json_ref (row->msg);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) page
          = im_store_message_page (store, IM_CONV_C2C, BOB, cases[i].from_middle ? middle : NULL,
                                   cases[i].forward, cases[i].count, NULL);
      g_autofree char *texts = page_texts (page);

      g_assert_cmpstr (texts, ==, cases[i].texts);
    }
}

static void
test_a_page_of_an_unknown_conversation_is_empty (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page
      = im_store_message_page (store, IM_CONV_C2C, "nobody", NULL, FALSE, 10, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, 0);
}

/* Finding */

static void
test_the_unique_id_is_one_for_ever (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  ImStore *store = store_open (dir);
  g_autoptr (GPtrArray) page = NULL;

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", i);
      g_autoptr (ImStoreMessage) row = NULL;

      /* one second, one random number: the worst case */
      store_add (store, IM_STORE_NEWEST,
                 GIVEN (.text = text, .time = i % 2 ? 4000000000u : 0, .rand = 0xffffffff), &row);
      g_assert_cmpint ((gint64) row->msg->unique_id, >, 0);
      g_assert_true (g_hash_table_add (ids, g_memdup2 (&row->msg->unique_id, sizeof (guint64))));
    }
  im_store_close (store);
  store = store_open (dir);
  page = im_store_message_page (store, IM_CONV_C2C, BOB, NULL, TRUE, 1000, NULL);
  g_assert_cmpuint (page->len, ==, 300);
  for (guint i = 0; i < page->len; i++)
    g_assert_true (
        g_hash_table_contains (ids, &((ImMsg *) g_ptr_array_index (page, i))->unique_id));
  im_store_close (store);
}

static gint64
time_to_add (guint n, gboolean same_number)
{
  g_autoptr (ImStore) store = store_open_memory ();
  gint64 begun = g_get_monotonic_time ();

  g_assert_true (im_store_begin (store, NULL));
  for (guint i = 0; i < n; i++)
    store_add (store, IM_STORE_NEWEST,
               GIVEN (.text = "x", .time = 1700000000, .rand = same_number ? 1 : i + 1), NULL);
  g_assert_true (im_store_commit (store, NULL));
  return g_get_monotonic_time () - begun;
}

/* Counted on from number to number it would take the square of the messages: fifty times as long
 * for these, hours for a flood. */
static void
test_a_sender_that_repeats_its_number_costs_no_time (void)
{
  const guint n = 6000;

  g_assert_cmpint (time_to_add (n, TRUE), <, 10 * time_to_add (n, FALSE) + G_USEC_PER_SEC);
}

static void
test_sequence_numbers_count_per_conversation (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  for (guint i = 1; i <= 5; i++)
    {
      g_autoptr (ImStoreMessage) bobs = NULL;
      g_autoptr (ImStoreMessage) carols = NULL;

      store_add (store, IM_STORE_NEWEST, GIVEN (.text = "x"), &bobs);
      store_add (store, IM_STORE_NEWEST, GIVEN (.text = "x", .conv = CAROL), &carols);
      g_assert_cmpuint (bobs->msg->seq, ==, i);
      g_assert_cmpuint (carols->msg->seq, ==, i);
    }
}

static void
test_a_message_is_found_by_what_a_program_has_of_it (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = NULL;
  g_autoptr (ImMsg) by_unique = im_json_new (&im_msg_type);
  g_autoptr (ImMsg) by_rand = im_json_new (&im_msg_type);
  g_autoptr (ImMsg) by_seq = im_json_new (&im_msg_type);
  g_autoptr (ImMsg) by_time = im_json_new (&im_msg_type);
  const ImMsg *likes[] = { by_unique, by_rand, by_seq, by_time };

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .time = 10, .rand = 7), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .time = 20, .rand = 7), &row);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c", .time = 30, .rand = 9), NULL);
  by_unique->unique_id = row->msg->unique_id;
  by_rand->rand = 7;
  by_rand->server_time = 20;
  by_seq->seq = row->msg->seq;
  by_time->server_time = 25;
  for (gsize i = 0; i < G_N_ELEMENTS (likes); i++)
    {
      g_autoptr (ImStoreMessage) found
          = im_store_message_find (store, IM_CONV_C2C, BOB, likes[i], NULL);

      g_assert_cmpint (found->row_id, ==, row->row_id);
    }
  by_unique->unique_id++;
  g_assert_null (im_store_message_find (store, IM_CONV_C2C, BOB, by_unique, NULL));
  g_assert_null (im_store_message_find (store, IM_CONV_C2C, CAROL, by_seq, NULL));
}

static void
test_any_of_its_wire_ids_leads_to_a_message (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  static const char *const ids[] = { "w", "o", "a" };

  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "x", .wire = "w", .origin = "o", .archive = "a", .own = TRUE), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (ImStoreMessage) here
          = im_store_message_find_wire (store, IM_CONV_C2C, BOB, ids[i], TRUE, NULL);
      g_autoptr (ImStoreMessage) anywhere
          = im_store_message_find_wire (store, 0, NULL, ids[i], TRUE, NULL);

      g_assert_nonnull (here);
      g_assert_nonnull (anywhere);
      g_assert_null (im_store_message_find_wire (store, IM_CONV_C2C, BOB, ids[i], FALSE, NULL));
      g_assert_null (im_store_message_find_wire (store, IM_CONV_C2C, CAROL, ids[i], TRUE, NULL));
    }
  g_assert_null (im_store_message_find_wire (store, 0, NULL, "other", TRUE, NULL));
}

/* Deleting */

static void
test_deleted_it_does_not_come_back (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = NULL;
  static const Given again[] = {
    { .text = "a", .archive = "1" },
    { .text = "a", .origin = "o" },
    { .text = "a", .origin = "o", .archive = "1" },
  };

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .archive = "1", .origin = "o"), &row);
  g_assert_true (im_store_message_delete (store, row->row_id, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (again); i++)
    {
      g_autoptr (ImStoreMessage) back = NULL;

      g_assert_cmpint (store_add (store, IM_STORE_NEWEST, &again[i], &back), ==, IM_STORE_KNOWN);
      g_assert_null (back);
      g_assert_cmpint (store_add (store, IM_STORE_OLDEST, &again[i], NULL), ==, IM_STORE_KNOWN);
    }
  assert_texts (store, BOB, "");
  /* The same id of another sender is another message. */
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .origin = "o", .own = TRUE), NULL);
  assert_texts (store, BOB, "b");
}

static void
test_deleting_empties_outbox_and_unread (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) own = send_one (store, "a", "o");
  g_autoptr (ImStoreMessage) other = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b"), &other);
  g_assert_cmpuint (store_unread (store, BOB), ==, 1);
  g_assert_true (im_store_message_delete (store, own->row_id, NULL));
  g_assert_true (im_store_message_delete (store, other->row_id, NULL));
  g_assert_cmpuint (store_n_outbox (store), ==, 0);
  g_assert_cmpuint (store_unread (store, BOB), ==, 0);
}

static void
test_what_is_not_there_is_an_error (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) third = NULL;
  g_autoptr (GError) fourth = NULL;

  g_assert_false (im_store_message_delete (store, 17, &first));
  g_assert_error (first, IM_STORE_ERROR, IM_STORE_ERROR_FAILED);
  g_assert_false (im_store_message_set_status (store, 17, 2, 0, NULL, 0, NULL, &second));
  g_assert_error (second, IM_STORE_ERROR, IM_STORE_ERROR_FAILED);
  g_assert_false (im_store_message_requeue (store, 17, &third));
  g_assert_error (third, IM_STORE_ERROR, IM_STORE_ERROR_FAILED);
  g_assert_false (im_store_message_move_to_end (store, 17, &fourth));
  g_assert_error (fourth, IM_STORE_ERROR, IM_STORE_ERROR_FAILED);
}

/* Transactions */

static void
test_a_rolled_back_page_leaves_nothing (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (GError) error = NULL;
  g_autofree char *newest = NULL;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a"), NULL);
  g_assert_true (im_store_begin (store, NULL));
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c", .conv = CAROL), NULL);
  im_store_archive_set (store, "", "9", NULL, FALSE, NULL);
  im_store_rollback (store);
  assert_texts (store, BOB, "a");
  g_assert_null (im_store_conversation_get (store, IM_CONV_C2C, CAROL, NULL));
  g_assert_true (im_store_archive_get (store, "", &newest, NULL, NULL, NULL));
  g_assert_null (newest);
}

static void
test_an_inner_rollback_takes_the_outer_with_it (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (GError) error = NULL;

  g_assert_true (im_store_begin (store, NULL));
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a"), NULL);
  g_assert_true (im_store_begin (store, NULL));
  im_store_rollback (store);
  g_assert_false (im_store_commit (store, &error));
  g_assert_error (error, IM_STORE_ERROR, IM_STORE_ERROR_FAILED);
  assert_texts (store, BOB, "");
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b"), NULL);
  assert_texts (store, BOB, "b");
}

static void
add_burst (ImStore *store, guint first, guint last, guint64 time)
{
  for (guint i = first; i <= last; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      store_add (store, IM_STORE_NEWEST, GIVEN (.text = id, .wire = id, .time = time), NULL);
    }
}

static void
test_what_follows_a_message_stands_behind_it (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) two = NULL;
  g_autoptr (ImStoreMessage) three = NULL;
  g_autoptr (ImStoreMessage) seven = NULL;

  add_burst (store, 1, 1, 1000);
  add_burst (store, 4, 6, 1000); /* in one second: without room between them */
  add_burst (store, 8, 8, 1005);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "2", .wire = "2", .time = 1060, .after = "1"),
             &two);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "3", .wire = "3", .time = 1060, .after = "2"),
             &three);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "7", .wire = "7", .time = 1060, .after = "6"),
             &seven);
  assert_texts (store, BOB, "1 2 3 4 5 6 7 8");
  g_assert_cmpuint (store_unread (store, BOB), ==, 8);
  /* The time of day goes with the place. */
  g_assert_cmpuint (two->msg->server_time, ==, 1000);
  g_assert_cmpuint (three->msg->server_time, ==, 1000);
  g_assert_cmpuint (seven->msg->server_time, ==, 1005);
}

static void
test_the_first_of_its_sender_stands_before_what_followed_it (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) one = NULL;

  add_burst (store, 4, 6, 1000);
  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "1", .wire = "1", .time = 1060, .after = "unknown here", .ahead = "4"),
             &one);
  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "2", .wire = "2", .time = 1060, .after = "1", .ahead = "4"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "3", .wire = "3", .time = 1060, .ahead = "4"),
             NULL);
  assert_texts (store, BOB, "1 2 3 4 5 6");
  g_assert_cmpuint (one->msg->server_time, ==, 1000);
}

static void
test_what_follows_nothing_that_counts_comes_last (void)
{
  static const guint64 week = 7 * 86400;
  g_autoptr (ImStore) store = store_open_memory ();

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "mine", .own = TRUE, .wire = "m", .time = 1000),
             NULL);
  add_burst (store, 1, 2, 1000);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .time = 1001, .after = "m"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .time = 1001, .after = "nothing"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c", .time = 1001 + week, .after = "1"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "d", .time = 1001 + week, .ahead = "m"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "e", .time = 1001 + week, .ahead = "1"), NULL);
  assert_texts (store, BOB, "mine 1 2 a b c d e");
}

/* Whoever fills a second with thousands of messages does not make each more expensive. */
static void
test_there_is_room_behind_a_message_or_it_is_left (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) last = NULL;
  g_autoptr (ImConv) conv = NULL;

  add_burst (store, 1, 1500, 1000);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "late", .time = 1001, .after = "1"), &last);
  conv = im_store_conversation_get (store, IM_CONV_C2C, BOB, NULL);
  g_assert_cmpstr (msg_text (conv->last_msg), ==, "late");
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "later", .time = 1002, .after = "1400"), NULL);
  g_assert_cmpuint (store_unread (store, BOB), ==, 1502);
  g_clear_pointer (&conv, im_json_unref);
  conv = im_store_conversation_get (store, IM_CONV_C2C, BOB, NULL);
  g_assert_cmpstr (msg_text (conv->last_msg), ==, "late");
}

static void
modify (ImStore *store, gint64 row_id, const char *text, gint64 time_us)
{
  g_autofree char *json = g_strdup_printf (
      "{\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":\"%s\"}]}", text);
  g_autoptr (ImMsg) content = im_json_parse (&im_msg_type, json, -1, IM_JSON_STRICT, NULL);
  g_autoptr (ImMsg) msg = NULL;

  g_assert_true (im_store_message_modify (store, row_id, content, NULL, time_us, &msg, NULL));
}

static void
test_what_is_said_now_is_newer_than_all_that_is_known (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = NULL;
  g_autofree char *texts = NULL;
  gint64 now_us = g_get_real_time ();
  gboolean changed;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "first", .time = 1, .own = TRUE), &row);
  modify (store, row->row_id, "ahead", now_us + G_TIME_SPAN_HOUR);
  modify (store, row->row_id, "older", now_us);
  modify (store, row->row_id, "now", IM_ABOUT_NOW);
  modify (store, row->row_id, "older", now_us + G_TIME_SPAN_HOUR);
  texts = store_texts (store, BOB);
  g_assert_cmpstr (texts, ==, "now");
  g_assert_true (im_store_reactions_set (store, row->row_id, ME, "[\"a\"]",
                                         now_us + G_TIME_SPAN_HOUR, &changed, NULL));
  g_assert_true (
      im_store_reactions_set (store, row->row_id, ME, "[\"b\"]", IM_ABOUT_NOW, &changed, NULL));
  g_assert_true (changed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define TEST(path, func) g_test_add_func ("/store/message/" path, func)
  TEST ("archive-id-known-again", test_an_archive_id_is_known_again);
  TEST ("archive-id-is-the-conversations", test_an_archive_id_is_the_conversations_own);
  TEST ("origin-id-of-the-same-sender", test_an_origin_id_is_known_of_the_same_sender_only);
  TEST ("missing-is-filled-in", test_what_was_missing_is_filled_in);
  TEST ("without-id-never-the-same", test_without_any_id_nothing_is_the_same);
  TEST ("own-waits-in-outbox", test_an_own_message_waits_in_the_outbox);
  TEST ("own-comes-back-merged", test_it_comes_back_from_the_archive_and_is_merged);
  TEST ("refused-stays-refused", test_a_refused_message_stays_refused);
  TEST ("retry-at-the-end", test_a_retry_goes_to_the_end_without_its_error);
  TEST ("outbox-order-after-restart", test_the_outbox_keeps_the_order_also_after_a_restart);
  TEST ("sent-bears-servers-time", test_sent_the_message_bears_the_servers_time);
  TEST ("really-sent-at-the-end", test_really_sent_it_stands_at_the_end);
  TEST ("later-stands-later", test_what_comes_later_stands_later_whatever_its_time);
  TEST ("sort-key-is-the-servers-time",
        test_the_sort_key_is_the_servers_time_where_the_order_allows);
  TEST ("old-pages-stand-before", test_old_pages_stand_before_all_newest_first);
  TEST ("random-pages-one-order", test_random_pages_make_one_order);
  TEST ("pages-without-their-start", test_pages_go_away_from_their_start_without_it);
  TEST ("page-of-unknown-is-empty", test_a_page_of_an_unknown_conversation_is_empty);
  TEST ("unique-id-for-ever", test_the_unique_id_is_one_for_ever);
  TEST ("repeated-number-costs-no-time", test_a_sender_that_repeats_its_number_costs_no_time);
  TEST ("sequence-per-conversation", test_sequence_numbers_count_per_conversation);
  TEST ("found-by-what-a-program-has", test_a_message_is_found_by_what_a_program_has_of_it);
  TEST ("any-wire-id", test_any_of_its_wire_ids_leads_to_a_message);
  TEST ("deleted-stays-away", test_deleted_it_does_not_come_back);
  TEST ("deleting-empties-outbox-and-unread", test_deleting_empties_outbox_and_unread);
  TEST ("not-there-is-an-error", test_what_is_not_there_is_an_error);
  TEST ("rolled-back-leaves-nothing", test_a_rolled_back_page_leaves_nothing);
  TEST ("inner-rollback-takes-outer", test_an_inner_rollback_takes_the_outer_with_it);
  TEST ("stands-behind-what-it-follows", test_what_follows_a_message_stands_behind_it);
  TEST ("stands-before-what-followed-it",
        test_the_first_of_its_sender_stands_before_what_followed_it);
  TEST ("follows-nothing-that-counts", test_what_follows_nothing_that_counts_comes_last);
  TEST ("room-behind-a-message", test_there_is_room_behind_a_message_or_it_is_left);
  TEST ("said-now-is-newest", test_what_is_said_now_is_newer_than_all_that_is_known);
#undef TEST
  return g_test_run ();
}
