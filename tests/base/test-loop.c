/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-loop.h"
#include "im-test.h"

#define N_POSTED 1000

typedef struct
{
  ImLoop *loop;
  GArray *order; /* int */
  GMainContext *context;
  ImThreadRole role;
  gboolean is_current;
  int n_done; /* atomic */
} Seen;

typedef struct
{
  Seen *seen;
  int number;
} Post;

static void
on_post (gpointer data)
{
  Post *post = data;

  g_array_append_val (post->seen->order, post->number);
  g_free (post);
}

static void
test_posted_functions_run_in_order (void)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
  Seen seen = { 0 };

  seen.order = order;
  seen.loop = im_loop_new ("test", IM_THREAD_NETWORK);
  for (int i = 0; i < N_POSTED; i++)
    {
      Post *post = g_new (Post, 1);

      *post = (Post){ &seen, i };
      im_loop_post (seen.loop, on_post, post);
    }
  /* Freeing runs what was posted before. */
  im_loop_free (seen.loop);
  g_assert_cmpuint (order->len, ==, N_POSTED);
  for (int i = 0; i < N_POSTED; i++)
    g_assert_cmpint (g_array_index (order, int, i), ==, i);
}

static void
on_look (gpointer data)
{
  Seen *seen = data;

  seen->context = g_main_context_get_thread_default ();
  seen->role = im_thread_get_role ();
  seen->is_current = im_loop_is_current (seen->loop);
  im_assert_network_thread ();
  im_assert_off_main_thread ();
  g_atomic_int_inc (&seen->n_done);
}

static void
test_the_thread_knows_its_context_and_role (void)
{
  Seen seen = { 0 };

  seen.loop = im_loop_new ("test", IM_THREAD_NETWORK);
  g_assert_false (im_loop_is_current (seen.loop));
  im_loop_post (seen.loop, on_look, &seen);
  im_test_wait (g_atomic_int_get (&seen.n_done) == 1);
  g_assert_true (seen.context == im_loop_get_context (seen.loop));
  g_assert_cmpint (seen.role, ==, IM_THREAD_NETWORK);
  g_assert_true (seen.is_current);
  im_loop_free (seen.loop);
}

static void
on_inner (gpointer data)
{
  g_array_append_val (((Seen *) data)->order, (int){ 2 });
}

static void
on_outer (gpointer data)
{
  Seen *seen = data;

  im_loop_post (seen->loop, on_inner, seen);
  g_array_append_val (seen->order, (int){ 1 });
}

static void
test_a_post_from_inside_runs_later (void)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
  Seen seen = { 0 };

  seen.order = order;
  seen.loop = im_loop_new ("test", IM_THREAD_NETWORK);
  im_loop_post (seen.loop, on_outer, &seen);
  im_test_wait (order->len == 2);
  im_loop_free (seen.loop);
  g_assert_cmpint (g_array_index (order, int, 0), ==, 1);
  g_assert_cmpint (g_array_index (order, int, 1), ==, 2);
}

static void
on_thread_gone (gpointer data)
{
  g_atomic_int_inc ((int *) data);
}

static void
on_free_inside (gpointer data)
{
  static GPrivate goodbye = G_PRIVATE_INIT (on_thread_gone);
  Seen *seen = data;

  g_private_set (&goodbye, &seen->n_done);
  im_loop_free (seen->loop);
  g_array_append_val (seen->order, (int){ 1 });
}

static void
test_a_loop_freed_from_inside_finishes_and_ends (void)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
  Seen seen = { 0 };

  seen.order = order;
  seen.loop = im_loop_new ("test", IM_THREAD_NETWORK);
  im_loop_post (seen.loop, on_free_inside, &seen);
  im_test_wait (g_atomic_int_get (&seen.n_done) == 1);
  g_assert_cmpuint (order->len, ==, 1);
}

/* Roles, each in a process of its own. */

static void
call_network_function (void)
{
  im_thread_set_role (IM_THREAD_MAIN);
  im_assert_network_thread ();
}

static void
call_main_function (void)
{
  im_thread_set_role (IM_THREAD_NETWORK);
  im_assert_main_thread ();
}

static void
call_off_main_function (void)
{
  im_thread_set_role (IM_THREAD_MAIN);
  im_assert_off_main_thread ();
}

static void
call_from_unnamed_thread (void)
{
  im_assert_network_thread ();
}

static const struct
{
  const char *path;
  void (*func) (void);
  const char *message;
} wrong[] = {
  { "/base/loop/wrong/network", call_network_function,
    "*call_network_function: called on the main thread, must be on the network thread*" },
  { "/base/loop/wrong/main", call_main_function,
    "*called on the network thread, must be on the main thread*" },
  { "/base/loop/wrong/off-main", call_off_main_function,
    "*called on the main thread, must not be on the main thread*" },
  { "/base/loop/wrong/unnamed", call_from_unnamed_thread,
    "*called on another thread, must be on the network thread*" },
};

static void
test_the_wrong_thread_aborts (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  if (g_test_subprocess ())
    {
      wrong[i].func ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr (wrong[i].message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/loop/posted-functions-run-in-order", test_posted_functions_run_in_order);
  g_test_add_func ("/base/loop/thread-knows-context-and-role",
                   test_the_thread_knows_its_context_and_role);
  g_test_add_func ("/base/loop/post-from-inside-runs-later", test_a_post_from_inside_runs_later);
  g_test_add_func ("/base/loop/freed-from-inside-finishes-and-ends",
                   test_a_loop_freed_from_inside_finishes_and_ends);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_test_add_data_func (wrong[i].path, GSIZE_TO_POINTER (i), test_the_wrong_thread_aborts);
  return g_test_run ();
}
