/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delivered, read, unread: what is counted is what the rows say, after anything. */
#include "store-fixture.h"

#include "im-loop.h"

static ImStoreMessage *
add_own (ImStore *store, const char *text, guint64 time)
{
  ImStoreMessage *row = NULL;

  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = text, .own = TRUE, .origin = text, .wire = text, .time = time), &row);
  return row;
}

static void
test_the_peers_marker_covers_all_up_to_its_message (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) a = add_own (store, "a", 100);
  g_autoptr (ImStoreMessage) b = NULL;
  g_autoptr (ImStoreMessage) c = NULL;
  g_autoptr (ImStoreMessage) after_c = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *texts = NULL;
  gint64 time_s = 0;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "hers"), NULL);
  b = add_own (store, "b", 200);
  c = add_own (store, "c", 300);
  g_assert_true (im_store_mark_peer_read (store, IM_CONV_C2C, BOB, "b", &time_s, &changed, NULL));
  g_assert_cmpint (time_s, ==, 200);
  texts = page_texts (changed);
  g_assert_cmpstr (texts, ==, "a b");
  for (guint i = 0; i < changed->len; i++)
    {
      g_assert_true (((ImMsg *) g_ptr_array_index (changed, i))->is_peer_read);
      g_assert_true (((ImMsg *) g_ptr_array_index (changed, i))->is_delivered);
    }
  after_c = im_store_message_get (store, c->row_id, NULL);
  g_assert_false (after_c->msg->is_peer_read);
  /* The same marker once more changes nothing. */
  g_assert_true (im_store_mark_peer_read (store, IM_CONV_C2C, BOB, "b", &time_s, &again, NULL));
  g_assert_cmpuint (again->len, ==, 0);
}

/* A file is still on its way to the server; what was sent in a session that was lost may be there.
 */
static void
test_the_peers_marker_does_not_cover_what_has_not_been_sent (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) unsent = NULL;
  g_autoptr (ImStoreMessage) sent = NULL;
  g_autoptr (ImStoreMessage) last = NULL;
  g_autoptr (ImStoreMessage) after = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  g_autofree char *texts = NULL;

  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "unsent", .own = TRUE, .status = IM_MSG_SENDING, .origin = "u",
                    .wire = "u", .time = 100),
             &unsent);
  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "sent", .own = TRUE, .status = IM_MSG_SENDING, .origin = "s",
                    .wire = "s", .time = 200),
             &sent);
  im_store_outbox_attempt (store, sent->row_id, NULL);
  last = add_own (store, "last", 300);
  g_assert_true (im_store_mark_peer_read (store, IM_CONV_C2C, BOB, "last", NULL, &changed, NULL));
  texts = page_texts (changed);
  g_assert_cmpstr (texts, ==, "sent last");
  after = im_store_message_get (store, unsent->row_id, NULL);
  g_assert_false (after->msg->is_peer_read);
  g_assert_false (after->msg->is_delivered);
}

static GPtrArray *
mark_delivered (ImStore *store, const char *id, gboolean is_exact)
{
  const char *const ids[] = { id, NULL };
  GPtrArray *changed = NULL;

  g_assert_true (im_store_mark_delivered (store, IM_CONV_C2C, BOB, ids, is_exact, &changed, NULL));
  return changed;
}

static void
test_a_receipt_covers_its_own_message (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) a = add_own (store, "a", 100);
  g_autoptr (ImStoreMessage) failed = add_own (store, "f", 100);
  g_autoptr (ImStoreMessage) b = add_own (store, "b", 200);
  g_autoptr (ImStoreMessage) before = NULL;
  g_autoptr (ImStoreMessage) after = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autofree char *texts = NULL;

  im_store_message_set_status (store, failed->row_id, IM_MSG_SEND_FAIL, 20007, "no", 0, NULL, NULL);
  changed = mark_delivered (store, "b", FALSE);
  texts = page_texts (changed);
  g_assert_cmpstr (texts, ==, "b");
  before = im_store_message_get (store, a->row_id, NULL);
  g_assert_false (before->msg->is_delivered);
  after = im_store_message_get (store, b->row_id, NULL);
  g_assert_true (after->msg->is_delivered);
  g_assert_false (after->msg->is_peer_read);
  again = mark_delivered (store, "b", FALSE);
  g_assert_cmpuint (again->len, ==, 0);
  refused = mark_delivered (store, "f", FALSE);
  g_assert_cmpuint (refused->len, ==, 0);
}

/* The peer's word may come before the server's. */
static void
test_a_receipt_covers_what_is_still_being_sent (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) row = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (ImMsg) sent = NULL;

  store_add (store, IM_STORE_NEWEST,
             GIVEN (.text = "1", .own = TRUE, .status = IM_MSG_SENDING, .origin = "1", .wire = "1"),
             &row);
  changed = mark_delivered (store, "1", FALSE);
  g_assert_true (
      im_store_message_set_status (store, row->row_id, IM_MSG_SEND_SUCC, 0, NULL, 1, &sent, NULL));
  g_assert_true (sent->is_delivered);
}

#define DAY 86400

/* Own messages of this device, a day and a half before the others: "old"; then "0", "1", … */
static void
send_many (ImStore *store, guint n)
{
  for (guint i = 0; i <= n; i++)
    {
      g_autofree char *id = i == 0 ? g_strdup ("old") : g_strdup_printf ("%u", i - 1);
      g_autoptr (ImStoreMessage) row = NULL;

      store_add (store, IM_STORE_NEWEST,
                 GIVEN (.text = id, .own = TRUE, .status = IM_MSG_SENDING, .origin = id, .wire = id,
                        .time = i == 0 ? 10 * DAY : 10 * DAY + DAY * 3 / 2),
                 &row);
      g_assert_true (im_store_message_set_status (store, row->row_id, IM_MSG_SEND_SUCC, 0, NULL, 0,
                                                  NULL, NULL));
      g_assert_true (im_store_outbox_remove (store, row->row_id, NULL));
    }
}

static void
expect_taken (ImStore *store, gint64 end, guint max, const char *texts)
{
  g_autoptr (GArray) rows = im_store_gap_take (store, BOB, end, max, NULL);
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func (im_json_unref);
  g_autofree char *found = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (ImStoreMessage) row
          = im_store_message_get (store, g_array_index (rows, gint64, i), NULL);

      g_ptr_array_add (taken, im_json_ref (row->msg));
      g_assert_true (im_store_outbox_remove (store, row->row_id, NULL));
    }
  found = page_texts (taken);
  g_assert_cmpstr (found, ==, texts);
}

static void
test_what_has_no_receipt_before_an_exact_one_is_missing (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (GPtrArray) stock = NULL;
  g_autoptr (GPtrArray) exact = NULL;
  g_auto (GStrv) names = NULL;

  send_many (store, 5);
  stock = mark_delivered (store, "2", FALSE);
  g_assert_cmpint (im_store_gap_end (store, BOB), ==, -1);
  exact = mark_delivered (store, "3", TRUE);
  names = im_store_gap_conversations (store);
  g_assert_cmpstr (names[0], ==, BOB);
  g_assert_null (names[1]);
  g_assert_cmpint (im_store_gap_end (store, CAROL), ==, -1);
  expect_taken (store, im_store_gap_end (store, BOB), 10, "0 1");
}

static void
test_missing_messages_are_taken_twice_and_the_newest_only (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (GPtrArray) exact = NULL;

  send_many (store, 10);
  exact = mark_delivered (store, "9", TRUE);
  expect_taken (store, im_store_gap_end (store, BOB), 3, "6 7 8");
  expect_taken (store, im_store_gap_end (store, BOB), 10, "6 7 8");
  g_assert_cmpint (im_store_gap_end (store, BOB), ==, -1);
}

static void
test_a_mark_for_nothing_known_changes_nothing (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) a = add_own (store, "a", 100);
  g_autoptr (GPtrArray) changed = NULL;
  guint n = 99;

  /* Unknown id; an id of the peer's own message; of another conversation; no conversation. */
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "hers", .wire = "h"), NULL);
  g_assert_true (im_store_mark_peer_read (store, IM_CONV_C2C, BOB, "?", NULL, NULL, NULL));
  g_assert_true (im_store_mark_peer_read (store, IM_CONV_C2C, BOB, "h", NULL, NULL, NULL));
  g_assert_true (im_store_mark_peer_read (store, IM_CONV_C2C, CAROL, "a", NULL, &changed, NULL));
  g_assert_cmpuint (changed->len, ==, 0);
  g_assert_true (im_store_mark_read_wire (store, IM_CONV_C2C, BOB, "a", &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (im_store_mark_read (store, IM_CONV_C2C, CAROL, NULL, &n, NULL, NULL, NULL));
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (store_unread (store, BOB), ==, 1);
}

static void
test_reading_up_to_a_message_leaves_the_later_ones (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  g_autoptr (ImStoreMessage) middle = NULL;
  g_autofree char *wire = NULL;
  gboolean markable = FALSE;
  guint changed = 0;

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%d", i);

      store_add (store, IM_STORE_NEWEST,
                 GIVEN (.text = id, .wire = id, .time = 10, .markable = i == 2),
                 i == 2 ? &middle : NULL);
    }
  g_assert_cmpuint (store_unread (store, BOB), ==, 5);
  g_assert_true (
      im_store_mark_read (store, IM_CONV_C2C, BOB, middle->msg, &changed, &wire, &markable, NULL));
  g_assert_cmpuint (changed, ==, 3);
  g_assert_cmpstr (wire, ==, "w2");
  g_assert_true (markable);
  g_assert_cmpuint (store_unread (store, BOB), ==, 2);
  g_clear_pointer (&wire, g_free);
  g_assert_true (
      im_store_mark_read (store, IM_CONV_C2C, BOB, NULL, &changed, &wire, &markable, NULL));
  g_assert_cmpuint (changed, ==, 2);
  g_assert_cmpstr (wire, ==, "w4");
  g_assert_false (markable);
  /* Nothing left: no id to tell the peer. */
  g_clear_pointer (&wire, g_free);
  g_assert_true (im_store_mark_read (store, IM_CONV_C2C, BOB, NULL, &changed, &wire, NULL, NULL));
  g_assert_cmpuint (changed, ==, 0);
  g_assert_null (wire);
}

static void
test_read_on_another_device_counts_here (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  guint changed = 0;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "a", .origin = "1"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .wire = "2"), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "c", .wire = "3"), NULL);
  g_assert_true (im_store_mark_read_wire (store, IM_CONV_C2C, BOB, "2", &changed, NULL));
  g_assert_cmpuint (changed, ==, 2);
  g_assert_cmpuint (store_unread (store, BOB), ==, 1);
}

/* The same marker may come again out of the archive. */
static void
test_what_was_put_before_a_message_that_was_read_is_unread (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  guint changed = 0;

  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .wire = "2"), NULL);
  g_assert_true (im_store_mark_read_wire (store, IM_CONV_C2C, BOB, "2", &changed, NULL));
  g_assert_cmpuint (changed, ==, 1);
  store_add (store, IM_STORE_OLDEST, GIVEN (.text = "a", .wire = "1"), NULL);
  g_assert_true (im_store_mark_read_wire (store, IM_CONV_C2C, BOB, "2", &changed, NULL));
  g_assert_cmpuint (changed, ==, 0);
  g_assert_cmpuint (store_unread (store, BOB), ==, 1);
}

static void
test_old_history_that_is_read_is_not_counted (void)
{
  g_autoptr (ImStore) store = store_open_memory ();

  store_add (store, IM_STORE_OLDEST, GIVEN (.text = "a", .read = TRUE), NULL);
  store_add (store, IM_STORE_NEWEST, GIVEN (.text = "b", .own = TRUE), NULL);
  g_assert_cmpuint (store_unread (store, BOB), ==, 0);
}

/* The seeded test of truth: a plain array does the same as the store, and both agree after every
 * step about order, unread counts and the outbox. */

typedef struct
{
  int number;
  gboolean own;
  gboolean read;
  gint64 row_id;
} Row;

typedef struct
{
  const char *name;
  GArray *rows; /* Row, oldest first */
} Model;

#define N_STEPS 3000

static Row *
row_at (Model *model, int i)
{
  return &g_array_index (model->rows, Row, i);
}

static void
compare (ImStore *store, Model *model)
{
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *texts = store_texts (store, model->name);
  guint unread = 0;

  for (guint i = 0; i < model->rows->len; i++)
    {
      g_string_append_printf (expected, "%s%d", i > 0 ? " " : "", row_at (model, (int) i)->number);
      unread += !row_at (model, (int) i)->own && !row_at (model, (int) i)->read;
    }
  g_assert_cmpstr (texts, ==, expected->str);
  /* The number that is kept is the number there is. */
  g_assert_cmpuint (store_unread (store, model->name), ==, unread);
}

static void
step_add (ImStore *store, Model *model, int number)
{
  ImStoreEnd end = g_test_rand_int_range (0, 4) == 0 ? IM_STORE_OLDEST : IM_STORE_NEWEST;
  g_autofree char *text = g_strdup_printf ("%d", number);
  g_autoptr (ImStoreMessage) stored = NULL;
  Row row = { number, g_test_rand_bit (), FALSE, 0 };

  row.read = g_test_rand_int_range (0, 4) == 0;
  /* Old ones are never older than what was cleared: that is another test. */
  g_assert_cmpint (store_add (store, end,
                              GIVEN (.text = text, .conv = model->name, .own = row.own,
                                     .wire = text, .origin = text, .read = row.read,
                                     .time = (guint64) (1000000 + g_test_rand_int_range (0, 50))),
                              &stored),
                   ==, IM_STORE_NEW);
  row.row_id = stored->row_id;
  if (end == IM_STORE_OLDEST)
    g_array_prepend_val (model->rows, row);
  else
    g_array_append_val (model->rows, row);
}

static void
step_add_again (ImStore *store, Model *model)
{
  const Row *row = row_at (model, g_test_rand_int_range (0, (gint32) model->rows->len));
  g_autofree char *text = g_strdup_printf ("%d", row->number);
  g_autofree char *archive = g_strdup_printf ("archive-%d", row->number);

  g_assert_cmpint (store_add (store, g_test_rand_bit () ? IM_STORE_OLDEST : IM_STORE_NEWEST,
                              GIVEN (.text = text, .conv = model->name, .own = row->own,
                                     .origin = text, .archive = archive),
                              NULL),
                   ==, IM_STORE_KNOWN);
}

static void
step_read (ImStore *store, Model *model)
{
  int last = g_test_rand_int_range (0, (gint32) model->rows->len);
  const Row *up_to = row_at (model, last);
  g_autofree char *wire = g_strdup_printf ("%d", up_to->number);
  gboolean on_another_device = g_test_rand_bit ();
  guint expected = 0;
  guint changed = 0;

  if (up_to->own)
    return;
  for (int i = 0; i <= last && !(on_another_device && up_to->read); i++)
    {
      expected += !row_at (model, i)->own && !row_at (model, i)->read;
      row_at (model, i)->read = TRUE;
    }
  if (!on_another_device)
    {
      g_autoptr (ImStoreMessage) row = im_store_message_get (store, up_to->row_id, NULL);

      g_assert_true (im_store_mark_read (store, IM_CONV_C2C, model->name, row->msg, &changed, NULL,
                                         NULL, NULL));
    }
  else
    g_assert_true (im_store_mark_read_wire (store, IM_CONV_C2C, model->name, wire, &changed, NULL));
  g_assert_cmpuint (changed, ==, expected);
}

static void
step_move (ImStore *store, Model *model)
{
  int i = g_test_rand_int_range (0, (gint32) model->rows->len);
  Row row = *row_at (model, i);

  if (!row.own)
    return;
  g_assert_true (im_store_message_move_to_end (store, row.row_id, NULL));
  g_array_remove_index (model->rows, (guint) i);
  g_array_append_val (model->rows, row);
}

static void
step_delete (ImStore *store, Model *model)
{
  int i = g_test_rand_int_range (0, (gint32) model->rows->len);

  g_assert_true (im_store_message_delete (store, row_at (model, i)->row_id, NULL));
  g_array_remove_index (model->rows, (guint) i);
}

static void
step_clear (ImStore *store, Model *model)
{
  if (g_test_rand_bit ())
    g_assert_true (im_store_messages_clear (store, IM_CONV_C2C, model->name, NULL));
  else
    g_assert_true (im_store_conversation_delete (store, IM_CONV_C2C, model->name, NULL, NULL));
  g_array_set_size (model->rows, 0);
}

static void
test_counts_and_order_stay_true_whatever_happens (void)
{
  g_autoptr (ImStore) store = store_open_memory ();
  Model models[] = { { BOB, NULL }, { CAROL, NULL }, { "dave@example.org", NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    models[i].rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (int number = 0; number < N_STEPS; number++)
    {
      Model *model = &models[g_test_rand_int_range (0, G_N_ELEMENTS (models))];
      int what = g_test_rand_int_range (0, 100);
      gboolean undo = g_test_rand_int_range (0, 20) == 0;
      g_autoptr (GArray) before = NULL;

      if (undo)
        {
          before = g_array_copy (model->rows);
          g_assert_true (im_store_begin (store, NULL));
        }
      if (what < 50 || model->rows->len == 0)
        step_add (store, model, number);
      else if (what < 65)
        step_add_again (store, model);
      else if (what < 80)
        step_read (store, model);
      else if (what < 90)
        step_move (store, model);
      else if (what < 98)
        step_delete (store, model);
      else
        step_clear (store, model);
      if (undo)
        {
          im_store_rollback (store);
          g_array_unref (model->rows);
          model->rows = g_steal_pointer (&before);
        }
      compare (store, model);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    g_array_unref (models[i].rows);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define TEST(path, func) g_test_add_func ("/store/marks/" path, func)
  TEST ("peers-marker-covers-all-before", test_the_peers_marker_covers_all_up_to_its_message);
  TEST ("the-peers-marker-does-not-cover-what-has-not-been-sent",
        test_the_peers_marker_does_not_cover_what_has_not_been_sent);
  TEST ("receipt-covers-its-own-message", test_a_receipt_covers_its_own_message);
  TEST ("no-receipt-before-an-exact-one-is-missing",
        test_what_has_no_receipt_before_an_exact_one_is_missing);
  TEST ("missing-are-taken-twice-and-the-newest-only",
        test_missing_messages_are_taken_twice_and_the_newest_only);
  TEST ("receipt-before-the-server", test_a_receipt_covers_what_is_still_being_sent);
  TEST ("mark-for-nothing-changes-nothing", test_a_mark_for_nothing_known_changes_nothing);
  TEST ("reading-leaves-the-later-ones", test_reading_up_to_a_message_leaves_the_later_ones);
  TEST ("read-on-another-device", test_read_on_another_device_counts_here);
  TEST ("put-before-what-was-read", test_what_was_put_before_a_message_that_was_read_is_unread);
  TEST ("old-history-is-not-counted", test_old_history_that_is_read_is_not_counted);
  TEST ("true-whatever-happens", test_counts_and_order_stay_true_whatever_happens);
#undef TEST
  return g_test_run ();
}
