/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-test.h"

#include <glib/gstdio.h>

static gboolean
on_moment (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
im_test_iterate (gint64 deadline_us, const char *where, const char *condition)
{
  g_autoptr (GSource) moment = g_timeout_source_new (5);

  if (g_get_monotonic_time () > deadline_us)
    g_error ("%s: waited in vain for %s", where, condition);
  g_source_set_callback (moment, on_moment, NULL, NULL);
  g_source_attach (moment, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_source_destroy (moment);
}

static gboolean
has_pool_threads (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);

  for (const char *task; tasks != NULL && (task = g_dir_read_name (tasks)) != NULL;)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "comm", NULL);
      g_autofree char *name = NULL;

      if (g_file_get_contents (path, &name, NULL, NULL) && g_str_has_prefix (name, "pool-")
          && !g_str_has_prefix (name, "pool-spawner"))
        return TRUE;
    }
  return FALSE;
}

int
im_test_run (void)
{
  int status = g_test_run ();

  g_thread_pool_set_max_unused_threads (0);
  g_thread_pool_stop_unused_threads ();
  im_test_wait (!has_pool_threads ());
  return status;
}

char *
im_test_dir_new (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("linnet-test-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
im_test_dir_free (char *dir)
{
  remove_tree (dir);
  g_free (dir);
}
