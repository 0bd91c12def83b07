/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a fuzz target on the files of the folders that are given: TAP with one line per folder. What
 * the fuzzer found, in folders of that name, is run as it is; other files are written by hand. */

#include <gio/gio.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define FOUND "found"
#define PREFIX_LIMIT 2048 /* hand-written files up to here are run cut off at every byte, too */

/* In memory of its own length, so that a sanitizer sees every byte too far. */
static void
run (const char *data, gsize size)
{
  guint8 *exact = malloc (size > 0 ? size : 1);

  g_assert_nonnull (exact);
  memcpy (exact, data, size);
  LLVMFuzzerTestOneInput (exact, size);
  free (exact);
}

static void
run_file (const char *path, gboolean cut_off)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, &error))
    g_error ("%s", error->message);
  run (data, size);
  for (gsize length = 0; cut_off && size <= PREFIX_LIMIT && length < size; length++)
    run (data, length);
}

static guint
run_folder (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  g_autofree char *base = g_path_get_basename (path);
  const char *name;
  guint n_files = 0;

  if (dir == NULL)
    g_error ("%s", error->message);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
        continue;
      g_print ("# %s\n", name);
      run_file (file, !g_str_equal (base, FOUND));
      n_files++;
    }
  return n_files;
}

int
main (int argc, char **argv)
{
  g_print ("1..%d\n", argc - 1);
  for (int i = 1; i < argc; i++)
    {
      guint n_files = run_folder (argv[i]);

      g_print ("%s %d - %u files of %s\n", n_files > 0 ? "ok" : "not ok", i, n_files, argv[i]);
    }
  return argc > 1 ? 0 : 2;
}
