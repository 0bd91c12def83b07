/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-store-private.h"
#include "store-fixture.h"

#include "im-loop.h"

#define N_MESSAGES 2000
#define N_CONVERSATIONS 500
#define N_ROUNDS 50

static void
tell (const char *what, gint64 since_us, int n)
{
  double ms = (double) (g_get_monotonic_time () - since_us) / 1000;

  g_print ("%-52s %9.3f ms", what, ms);
  if (n > 1)
    g_print ("  %9.4f ms each", ms / n);
  g_print ("\n");
}

static void
add_pages (ImStore *store, int first, int n, int page)
{
  for (int i = first; i < first + n; i++)
    {
      g_autofree char *text
          = g_strdup_printf ("Message %d, of the usual length of a line or so", i);
      g_autofree char *id = g_strdup_printf ("archive-%d", i);
      g_autofree char *origin = g_strdup_printf ("origin-%d", i);

      if ((i - first) % page == 0)
        g_assert_true (im_store_begin (store, NULL));
      store_add (store, IM_STORE_NEWEST,
                 GIVEN (.text = text, .archive = id, .origin = origin, .wire = origin,
                        .own = i % 3 == 0, .rand = (guint64) i, .time = (guint64) (1000 + i)),
                 NULL);
      if ((i - first) % page == page - 1 || i == first + n - 1)
        g_assert_true (im_store_commit (store, NULL));
    }
}

static void
bench_pages (const char *dir)
{
  static const int pages[] = { 1, 50, 250 };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strdup_printf ("pages-%d", pages[i]);
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autofree char *what
          = g_strdup_printf ("insert %d messages, %d in a transaction", N_MESSAGES, pages[i]);
      g_autoptr (ImStore) store = store_open (path);
      gint64 start_us = g_get_monotonic_time ();

      add_pages (store, 0, N_MESSAGES, pages[i]);
      tell (what, start_us, N_MESSAGES);
    }
}

static void
bench_list (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "list", NULL);
  g_autoptr (ImStore) store = store_open (path);
  gint64 start_us;

  g_assert_true (im_store_begin (store, NULL));
  for (int i = 0; i < N_CONVERSATIONS * 20; i++)
    {
      g_autofree char *conv = g_strdup_printf ("user%d", i % N_CONVERSATIONS);

      store_add (store, IM_STORE_NEWEST,
                 GIVEN (.text = "a line", .conv = conv, .time = (guint64) i), NULL);
    }
  g_assert_true (im_store_commit (store, NULL));
  start_us = g_get_monotonic_time ();
  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GPtrArray) list = im_store_conversation_list (store, NULL);

      g_assert_cmpuint (list->len, ==, N_CONVERSATIONS);
    }
  tell ("list of 500 conversations, 50 times", start_us, N_ROUNDS);
}

static void
bench_large (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "large", NULL);
  ImStore *store = store_open (path);
  gint64 start_us = g_get_monotonic_time ();

  add_pages (store, 0, 100000, 250);
  tell ("insert 100,000 messages, 250 in a transaction", start_us, 100000);
  start_us = g_get_monotonic_time ();
  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GPtrArray) page
          = im_store_message_page (store, IM_CONV_C2C, BOB, NULL, FALSE, 30, NULL);

      g_assert_cmpuint (page->len, ==, 30);
    }
  tell ("page of 30 at 100,000, 50 times", start_us, N_ROUNDS);
  start_us = g_get_monotonic_time ();
  add_pages (store, 100000, N_ROUNDS, 1);
  tell ("insert one at 100,000, 50 times", start_us, N_ROUNDS);
  im_store_mark_peer_read (store, IM_CONV_C2C, BOB, "origin-99999", NULL, NULL, NULL);
  start_us = g_get_monotonic_time ();
  for (int i = 0; i < N_ROUNDS; i++)
    im_store_mark_peer_read (store, IM_CONV_C2C, BOB, "origin-99999", NULL, NULL, NULL);
  tell ("peer's marker at 100,000, nothing new, 50 times", start_us, N_ROUNDS);
  start_us = g_get_monotonic_time ();
  store_report_read_all (store, BOB);
  tell ("read 66,000 unread messages", start_us, 1);
  im_store_close (store);
  start_us = g_get_monotonic_time ();
  store = store_open (path);
  tell ("open 100,000 messages after a clean close", start_us, 1);
  im_store_suspect (store);
  im_store_close (store);
  start_us = g_get_monotonic_time ();
  store = store_open (path);
  tell ("open 100,000 messages with the check", start_us, 1);
  im_store_close (store);
}

int
main (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();

  im_thread_set_role (IM_THREAD_NETWORK);
  bench_pages (dir);
  bench_list (dir);
  bench_large (dir);
  return 0;
}
