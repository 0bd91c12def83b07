/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-mailbox.h"
#include "im-test.h"

#define N_THREADS 4
#define N_EVENTS 50000

typedef struct
{
  int sender;
  int number;
} Event;

static int n_alive; /* atomic */

static Event *
event_new (int sender, int number)
{
  Event *event = g_new (Event, 1);

  *event = (Event){ sender, number };
  g_atomic_int_inc (&n_alive);
  return event;
}

static void
event_free (gpointer event)
{
  g_atomic_int_add (&n_alive, -1);
  g_free (event);
}

typedef struct
{
  ImMailbox *mailbox;
  GArray *got; /* Event */
  guint n_batches;
  guint longest_batch;
  guint last_batch;
  gint64 busy_us;       /* spent in each call */
  gint64 event_busy_us; /* and with each event */
  gboolean close;       /* at the first batch */
  int n_finished;       /* atomic: sending threads */
} Box;

static void
on_batch (GPtrArray *events, gpointer user_data)
{
  Box *box = user_data;
  gint64 until_us = g_get_monotonic_time () + box->busy_us + box->event_busy_us * events->len;

  for (guint i = 0; i < events->len; i++)
    g_array_append_val (box->got, *(Event *) g_ptr_array_index (events, i));
  box->n_batches++;
  box->last_batch = events->len;
  box->longest_batch = MAX (box->longest_batch, events->len);
  while (g_get_monotonic_time () < until_us)
    ;
  if (box->close)
    im_mailbox_close (box->mailbox);
}

static void
box_open (Box *box)
{
  *box = (Box){ 0 };
  box->got = g_array_new (FALSE, FALSE, sizeof (Event));
  box->mailbox = im_mailbox_new (NULL, on_batch, box, event_free);
}

static void
box_shut (Box *box)
{
  im_mailbox_close (box->mailbox);
  im_mailbox_unref (box->mailbox);
  g_array_unref (box->got);
  g_assert_cmpint (g_atomic_int_get (&n_alive), ==, 0);
}

static const Event *
got (const Box *box, guint i)
{
  return &g_array_index (box->got, Event, i);
}

static void
test_events_keep_their_order (void)
{
  Box box;

  box_open (&box);
  for (int i = 0; i < 1000; i++)
    im_mailbox_push (box.mailbox, event_new (0, i), NULL);
  g_assert_cmpuint (box.got->len, ==, 0); /* never inside the push */
  im_test_wait (box.got->len == 1000);
  for (int i = 0; i < 1000; i++)
    g_assert_cmpint (got (&box, (guint) i)->number, ==, i);
  g_assert_cmpuint (box.longest_batch, <=, IM_MAILBOX_BATCH);
  box_shut (&box);
}

static void
test_of_one_key_the_latest_wins_in_the_first_ones_place (void)
{
  Box box;

  box_open (&box);
  im_mailbox_push (box.mailbox, event_new (0, 1), "progress");
  im_mailbox_push (box.mailbox, event_new (0, 2), NULL);
  im_mailbox_push (box.mailbox, event_new (0, 3), "progress");
  im_mailbox_push (box.mailbox, event_new (0, 4), "typing");
  im_mailbox_push (box.mailbox, event_new (0, 5), "progress");
  im_test_wait (box.got->len == 3);
  g_assert_cmpint (got (&box, 0)->number, ==, 5);
  g_assert_cmpint (got (&box, 1)->number, ==, 2);
  g_assert_cmpint (got (&box, 2)->number, ==, 4);
  /* What was handed over replaces nothing any more. */
  im_mailbox_push (box.mailbox, event_new (0, 6), "progress");
  im_test_wait (box.got->len == 4);
  g_assert_cmpint (got (&box, 3)->number, ==, 6);
  box_shut (&box);
}

static gpointer
send_many (gpointer data)
{
  Box *box = data;
  static int n_senders;
  int sender = g_atomic_int_add (&n_senders, 1) % N_THREADS;

  for (int i = 0; i < N_EVENTS / N_THREADS; i++)
    im_mailbox_push (box->mailbox, event_new (sender, i), NULL);
  g_atomic_int_inc (&box->n_finished);
  return NULL;
}

static void
test_four_threads_lose_nothing_and_stay_in_order (void)
{
  int next[N_THREADS] = { 0 };
  GThread *threads[N_THREADS];
  Box box;

  box_open (&box);
  for (int i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("sender", send_many, &box);
  im_test_wait (box.got->len == N_EVENTS);
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < box.got->len; i++)
    g_assert_cmpint (got (&box, i)->number, ==, next[got (&box, i)->sender]++);
  g_assert_cmpuint (box.longest_batch, <=, IM_MAILBOX_BATCH);
  box_shut (&box);
}

static gboolean
on_other (gpointer data)
{
  ++*(guint *) data;
  return G_SOURCE_CONTINUE;
}

static void
test_a_burst_lets_others_in_between (void)
{
  guint n_other = 0;
  guint id = g_idle_add (on_other, &n_other);
  Box box;

  box_open (&box);
  box.busy_us = IM_MAILBOX_BUDGET_US / 2; /* two batches use a dispatch up */
  for (int i = 0; i < 20 * IM_MAILBOX_BATCH; i++)
    im_mailbox_push (box.mailbox, event_new (0, i), NULL);
  im_test_wait (box.got->len == 20 * IM_MAILBOX_BATCH);
  g_assert_cmpuint (n_other, >=, 20 / 2 - 2);
  g_source_remove (id);
  box_shut (&box);
}

static void
test_closed_inside_a_batch_nothing_more_comes (void)
{
  Box box;

  box_open (&box);
  box.close = TRUE;
  for (int i = 0; i < 3 * IM_MAILBOX_BATCH; i++)
    im_mailbox_push (box.mailbox, event_new (0, i), i % 2 ? NULL : "key");
  im_test_wait (box.n_batches == 1);
  im_mailbox_push (box.mailbox, event_new (0, 0), "late"); /* freed at once */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (box.n_batches, ==, 1);
  box_shut (&box);
}

static void
test_what_waits_at_the_end_is_freed (void)
{
  Box box;

  box_open (&box);
  for (int i = 0; i < 100; i++)
    im_mailbox_push (box.mailbox, event_new (0, i), i % 3 ? NULL : "key");
  box_shut (&box);
}

static void
test_what_costs_much_comes_in_small_batches (void)
{
  Box box;

  box_open (&box);
  box.event_busy_us = 1000;
  for (int i = 0; i < 200; i++)
    im_mailbox_push (box.mailbox, event_new (0, i), NULL);
  im_test_wait (box.got->len >= 150);
  g_assert_cmpuint (box.last_batch, <=, 8);
  box.event_busy_us = 0;
  for (int i = 0; i < 2000; i++)
    im_mailbox_push (box.mailbox, event_new (0, i), NULL);
  box.longest_batch = 0;
  im_test_wait (box.got->len == 2200);
  g_assert_cmpuint (box.longest_batch, >, 8);
  box_shut (&box);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/mailbox/events-keep-their-order", test_events_keep_their_order);
  g_test_add_func ("/base/mailbox/of-one-key-the-latest-wins",
                   test_of_one_key_the_latest_wins_in_the_first_ones_place);
  g_test_add_func ("/base/mailbox/four-threads-lose-nothing",
                   test_four_threads_lose_nothing_and_stay_in_order);
  g_test_add_func ("/base/mailbox/burst-lets-others-in-between",
                   test_a_burst_lets_others_in_between);
  g_test_add_func ("/base/mailbox/what-costs-much-comes-in-small-batches",
                   test_what_costs_much_comes_in_small_batches);
  g_test_add_func ("/base/mailbox/closed-inside-a-batch-nothing-more-comes",
                   test_closed_inside_a_batch_nothing_more_comes);
  g_test_add_func ("/base/mailbox/what-waits-at-the-end-is-freed",
                   test_what_waits_at_the_end_is_freed);
  return g_test_run ();
}
