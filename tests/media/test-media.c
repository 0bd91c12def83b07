/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever becomes of the helper program, the caller gets an error that says so, soon, and nothing
 * else happens. The programs are shell scripts. */

#include "im-blurhash.h"
#include "im-loop.h"
#include "im-media-answer.h"
#include "im-media.h"
#include "im-test.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ANSWER "linnet-media 1\\nkind image\\nmime image/png\\nsize 3 2\\nduration 0\\nframes 1\\n"
#define THUMBNAIL_OF_69_BYTES                                                                      \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC"

typedef struct
{
  char *dir;
  char *file;
  char *stem;
  char *helper;
  ImMedia *media;
} Fixture;

typedef struct
{
  gboolean is_done;
  ImMediaInfo *info;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->info, im_media_info_unref);
  g_clear_error (&outcome->error);
  outcome->is_done = FALSE;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = im_test_dir_new ();
  fixture->file = g_build_filename (fixture->dir, "file", NULL);
  fixture->stem = g_build_filename (fixture->dir, "derived", NULL);
  fixture->helper = g_build_filename (fixture->dir, "helper", NULL);
  g_assert_true (g_file_set_contents (fixture->file, "content", -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->media, im_media_unref);
  g_free (fixture->file);
  g_free (fixture->stem);
  g_free (fixture->helper);
  im_test_dir_free (fixture->dir);
}

/* The helper becomes this script. */
static void
use_script (Fixture *fixture, const char *script, guint max_helpers, guint timeout_ms)
{
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);

  g_assert_true (g_file_set_contents (fixture->helper, text, -1, NULL));
  g_assert_no_errno (g_chmod (fixture->helper, 0700));
  g_clear_pointer (&fixture->media, im_media_unref);
  fixture->media = im_media_new (fixture->helper, max_helpers, timeout_ms);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->info = im_media_probe_finish (result, &outcome->error);
  g_assert_true ((outcome->info == NULL) == (outcome->error != NULL));
  outcome->is_done = TRUE;
}

static void
begin (Fixture *fixture,
       const char *path,
       ImMediaWant want,
       GCancellable *cancellable,
       Outcome *outcome)
{
  im_media_probe_async (fixture->media, path, want, fixture->stem, cancellable, on_probed, outcome);
}

static void
check_error (Fixture *fixture, const char *path, ImMediaWant want, ImMediaError code)
{
  g_auto (Outcome) outcome = { 0 };

  begin (fixture, path, want, NULL, &outcome);
  im_test_wait (outcome.is_done);
  g_assert_error (outcome.error, IM_MEDIA_ERROR, (int) code);
}

static void
check_script (Fixture *fixture, const char *script, ImMediaWant want, ImMediaError code)
{
  g_test_message ("%s", script);
  use_script (fixture, script, 1, 20000);
  check_error (fixture, fixture->file, want, code);
}

static gboolean
exists (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The process that has written its number to that file is gone. */
static gboolean
is_gone (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return kill ((pid_t) atoi (text), 0) != 0 && errno == ESRCH;
}

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  use_script (fixture, "printf '" ANSWER "end\\n'", 1, 20000);
  begin (fixture, fixture->file, IM_MEDIA_WANT_NOTHING, NULL, &outcome);
  g_assert_false (outcome.is_done);
  im_test_wait (outcome.is_done);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.info->kind, ==, IM_MEDIA_KIND_IMAGE);
  g_assert_cmpint (im_media_info_get_format (outcome.info), ==, IM_MEDIA_FORMAT_PNG);
  g_assert_cmpuint (outcome.info->width, ==, 3);
  g_assert_cmpuint (outcome.info->height, ==, 2);
  g_assert_null (outcome.info->pictures[IM_MEDIA_THUMBNAIL].path);
}

/* It gets the file at descriptor 3, no input, what is wanted as words, and nothing else. */
static void
test_surroundings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *script
      = g_strdup_printf ("cat <&3 >%s/seen; echo \" $*\" >>%s/seen; ls /proc/$$/fd >%s/fds; "
                         "env | grep -c SECRET >>%s/seen; read x; printf '" ANSWER "end\\n'",
                         fixture->dir, fixture->dir, fixture->dir, fixture->dir);
  g_autofree char *seen_path = g_build_filename (fixture->dir, "seen", NULL);
  g_autofree char *seen = NULL;
  g_auto (Outcome) outcome = { 0 };

  g_setenv ("SECRET", "password", TRUE);
  use_script (fixture, script, 1, 20000);
  begin (fixture, fixture->file, IM_MEDIA_WANT_LARGE | IM_MEDIA_WANT_LOUDNESS, NULL, &outcome);
  im_test_wait (outcome.is_done);
  g_assert_no_error (outcome.error);
  g_assert_true (g_file_get_contents (seen_path, &seen, NULL, NULL));
  g_assert_cmpstr (seen, ==, "content large loudness\n0\n");
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  check_script (fixture, "exit 1", 0, IM_MEDIA_ERROR_CRASHED);
  check_script (fixture, "printf '" ANSWER "end\\n'; exit 4", 0, IM_MEDIA_ERROR_CRASHED);
  check_script (fixture, "printf '" ANSWER "end\\n'; kill -SEGV $$", 0, IM_MEDIA_ERROR_CRASHED);
  check_script (fixture, "kill -KILL $$", 0, IM_MEDIA_ERROR_CRASHED);
  check_script (fixture, "exit 3", 0, IM_MEDIA_ERROR_NO_HELPER);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  check_script (fixture, "true", 0, IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture, "echo hello", 0, IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture, "printf '" ANSWER "'", 0, IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture, "printf '" ANSWER "end\\nend\\n'", 0, IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture, "head -c 1500 /dev/urandom", 0, IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture, "exec cat /dev/zero", 0, IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture, "exec yes", 0, IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture, "exec cat /dev/zero >&4", IM_MEDIA_WANT_THUMBNAIL, IM_MEDIA_ERROR_GARBAGE);
}

#define WITH_THUMBNAIL(words)                                                                      \
  "printf " THUMBNAIL_OF_69_BYTES " | base64 -d >&4; printf '" ANSWER "thumbnail " words           \
  "\\nend\\n'"

/* A picture has to be there, of that format, and of the size that was said. */
static void
test_lies_about_pictures (Fixture *fixture, gconstpointer data)
{
  const ImMediaWant want = IM_MEDIA_WANT_THUMBNAIL;

  check_script (fixture, WITH_THUMBNAIL ("png 1 1 68"), want, IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture, WITH_THUMBNAIL ("png 1 2 69"), want, IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture, WITH_THUMBNAIL ("jpeg 1 1 69"), want, IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture, WITH_THUMBNAIL ("png 1 1 69"), IM_MEDIA_WANT_NOTHING,
                IM_MEDIA_ERROR_GARBAGE);
  check_script (fixture,
                "head -c 69 /dev/zero >&4; printf '" ANSWER "thumbnail png 1 1 69\\nend\\n'", want,
                IM_MEDIA_ERROR_GARBAGE);
  g_assert_false (exists (fixture, "derived-thumbnail.png"));
}

static void
test_picture (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  const ImMediaPicture *picture;

  use_script (fixture, WITH_THUMBNAIL ("png 1 1 69"), 1, 20000);
  begin (fixture, fixture->file, IM_MEDIA_WANT_THUMBNAIL, NULL, &outcome);
  im_test_wait (outcome.is_done);
  g_assert_no_error (outcome.error);
  picture = &outcome.info->pictures[IM_MEDIA_THUMBNAIL];
  g_assert_true (g_str_has_suffix (picture->path, "/derived-thumbnail.png"));
  g_assert_true (exists (fixture, "derived-thumbnail.png"));
  g_assert_cmpuint (picture->size, ==, 69);
}

static void
test_cannot_save (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  use_script (fixture, WITH_THUMBNAIL ("png 1 1 69"), 1, 20000);
  im_media_probe_async (fixture->media, fixture->file, IM_MEDIA_WANT_THUMBNAIL, "/nonexistent/x",
                        NULL, on_probed, &outcome);
  im_test_wait (outcome.is_done);
  g_assert_error (outcome.error, IM_MEDIA_ERROR, IM_MEDIA_ERROR_CANNOT_SAVE);
}

static void
test_no_helper (Fixture *fixture, gconstpointer data)
{
  fixture->media = im_media_new ("/nonexistent/helper", 1, 20000);
  check_error (fixture, fixture->file, IM_MEDIA_WANT_THUMBNAIL, IM_MEDIA_ERROR_NO_HELPER);
  g_clear_pointer (&fixture->media, im_media_unref);
  fixture->media = im_media_new (fixture->file, 1, 20000);
  check_error (fixture, fixture->file, IM_MEDIA_WANT_THUMBNAIL, IM_MEDIA_ERROR_NO_HELPER);
}

/* Nothing is started for what is no file, and nothing waits for it. */
static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *script = g_strdup_printf ("touch %s/started", fixture->dir);
  g_autofree char *fifo = g_build_filename (fixture->dir, "fifo", NULL);
  g_autofree char *loop = g_build_filename (fixture->dir, "loop", NULL);

  g_assert_no_errno (mkfifo (fifo, 0600));
  g_assert_no_errno (symlink (loop, loop));
  use_script (fixture, script, 1, 20000);
  check_error (fixture, "/nonexistent/file", 0, IM_MEDIA_ERROR_CANNOT_OPEN);
  check_error (fixture, fixture->dir, 0, IM_MEDIA_ERROR_CANNOT_OPEN);
  check_error (fixture, fifo, 0, IM_MEDIA_ERROR_CANNOT_OPEN);
  check_error (fixture, loop, 0, IM_MEDIA_ERROR_CANNOT_OPEN);
  check_error (fixture, "/dev/null", 0, IM_MEDIA_ERROR_CANNOT_OPEN);
  check_error (fixture, "/dev/zero", 0, IM_MEDIA_ERROR_CANNOT_OPEN);
  check_error (fixture, "", 0, IM_MEDIA_ERROR_CANNOT_OPEN);
  check_error (fixture, "http://example.org/a.jpg", 0, IM_MEDIA_ERROR_CANNOT_OPEN);
  g_assert_false (exists (fixture, "started"));
}

/* One that hangs, is stopped, has closed its output, or does not mind being asked to end. */
static void
test_timeout (Fixture *fixture, gconstpointer data)
{
  static const char *const scripts[] = {
    "exec tail -f /dev/null",
    "kill -STOP $$",
    "exec >&- 4>&-; kill -STOP $$",
    "printf '" ANSWER "end\\n'; exec tail -f /dev/null",
    "trap '' TERM INT HUP; while :; do :; done",
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *script = g_strdup_printf ("echo $$ >%s/pid; %s", fixture->dir, scripts[i]);

      use_script (fixture, script, 1, 300);
      check_error (fixture, fixture->file, IM_MEDIA_WANT_THUMBNAIL, IM_MEDIA_ERROR_TIMED_OUT);
      g_assert_true (is_gone (fixture, "pid"));
    }
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *script
      = g_strdup_printf ("echo $$ >%s/p; mv %s/p %s/pid; exec tail -f /dev/null", fixture->dir,
                         fixture->dir, fixture->dir);
  g_auto (Outcome) running = { 0 };
  g_auto (Outcome) late = { 0 };

  use_script (fixture, script, 1, 20000);
  begin (fixture, fixture->file, IM_MEDIA_WANT_THUMBNAIL, cancellable, &running);
  im_test_wait (exists (fixture, "pid"));
  g_cancellable_cancel (cancellable);
  im_test_wait (running.is_done);
  g_assert_error (running.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (is_gone (fixture, "pid"));
  begin (fixture, fixture->file, IM_MEDIA_WANT_NOTHING, cancellable, &late);
  im_test_wait (late.is_done);
  g_assert_error (late.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Each helper counts those that run beside it. */
static void
test_queue (Fixture *fixture, gconstpointer data)
{
  g_autofree char *script = g_strdup_printf (
      "mkdir %s/run$$; ls -d %s/run* | wc -l >%s/count$$; sleep 0.05; rmdir %s/run$$; "
      "printf '" ANSWER "end\\n'",
      fixture->dir, fixture->dir, fixture->dir, fixture->dir);
  Outcome outcomes[8] = { 0 };
  g_autoptr (GDir) dir = NULL;
  guint n_counts = 0;

  use_script (fixture, script, 2, 20000);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    begin (fixture, fixture->file, IM_MEDIA_WANT_NOTHING, NULL, &outcomes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      im_test_wait (outcomes[i].is_done);
      g_assert_no_error (outcomes[i].error);
      outcome_clear (&outcomes[i]);
    }
  dir = g_dir_open (fixture->dir, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
      g_autofree char *text = NULL;

      if (!g_str_has_prefix (name, "count"))
        continue;
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpint (atoi (text), <=, 2);
      n_counts++;
    }
  g_assert_cmpuint (n_counts, ==, G_N_ELEMENTS (outcomes));
}

/* What waits is answered at once, and the next one takes its turn. */
static void
test_cancel_in_queue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) first_cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *script
      = g_strdup_printf ("test -e %s/go || exec tail -f /dev/null; printf '" ANSWER "end\\n'",
                         fixture->dir);
  g_autofree char *go = g_build_filename (fixture->dir, "go", NULL);
  g_auto (Outcome) first = { 0 };
  g_auto (Outcome) second = { 0 };
  g_auto (Outcome) third = { 0 };

  use_script (fixture, script, 1, 20000);
  begin (fixture, fixture->file, IM_MEDIA_WANT_NOTHING, first_cancellable, &first);
  begin (fixture, fixture->file, IM_MEDIA_WANT_NOTHING, cancellable, &second);
  begin (fixture, fixture->file, IM_MEDIA_WANT_NOTHING, NULL, &third);
  g_clear_pointer (&fixture->media, im_media_unref); /* they hold it */
  g_cancellable_cancel (cancellable);
  im_test_wait (second.is_done);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (first.is_done || third.is_done);
  g_assert_true (g_file_set_contents (go, "", -1, NULL));
  g_cancellable_cancel (first_cancellable);
  im_test_wait (first.is_done && third.is_done);
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_no_error (third.error);
}

static gboolean
parses (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMediaInfo) info = im_media_answer_parse (text, strlen (text), &error);
  g_autofree char *again = NULL;

  g_assert_true ((info == NULL) == (error != NULL));
  if (info == NULL)
    return FALSE;
  again = im_media_answer_format (info);
  g_assert_cmpstr (again, ==, text);
  return TRUE;
}

#define BEGINNING "linnet-media 1\nkind image\nmime image/png\n"
#define LONG_LOUDNESS "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
test_answer_grammar (void)
{
  g_assert_true (parses (BEGINNING "size 3 2\nduration 0\nframes 1\nend\n"));
  g_assert_true (parses (BEGINNING
                         "size 3 2\nduration 0\nframes 1\nblurhash L00000fQfQfQfQfQfQfQfQfQfQfQ\n"
                         "loudness " LONG_LOUDNESS LONG_LOUDNESS "\nthumbnail jpeg 3 2 700\n"
                         "large png 3 2 800\nend\n"));
  g_assert_false (parses (""));
  g_assert_false (parses (BEGINNING "size 3 2\nduration 0\nframes 1\nend"));
  g_assert_false (parses (BEGINNING "size 3 2\nduration 0\nframes 1\nend\n\n"));
  g_assert_false (parses (BEGINNING "size 3 0\nduration 0\nframes 1\nend\n"));
  g_assert_false (parses (BEGINNING "size 03 2\nduration 0\nframes 1\nend\n"));
  g_assert_false (parses (BEGINNING "size \v3 2\nduration 0\nframes 1\nend\n"));
  g_assert_false (parses (BEGINNING "size -3 2\nduration 0\nframes 1\nend\n"));
  g_assert_false (parses (BEGINNING "size  3 2\nduration 0\nframes 1\nend\n"));
  g_assert_false (parses (BEGINNING "size 3 2 \nduration 0\nframes 1\nend\n"));
  g_assert_false (parses (BEGINNING "size 1000001 2\nduration 0\nframes 1\nend\n"));
  g_assert_false (parses (BEGINNING "size 3 2\nduration 99999999999999999999\nframes 1\nend\n"));
  g_assert_false (parses (BEGINNING "duration 0\nsize 3 2\nframes 1\nend\n"));
  g_assert_false (parses (BEGINNING "size 3 2\nsize 3 2\nduration 0\nframes 1\nend\n"));
  g_assert_false (parses (BEGINNING "size 3 2\nduration 0\nframes 1\nblurhash L000\nend\n"));
  g_assert_false (parses (BEGINNING "size 3 2\nduration 0\nframes 1\nloudness 00\nend\n"));
  g_assert_false (
      parses (BEGINNING "size 3 2\nduration 0\nframes 1\nthumbnail gif 3 2 700\nend\n"));
  g_assert_false (
      parses (BEGINNING "size 3 2\nduration 0\nframes 1\nthumbnail png 3 2 99999999\nend\n"));
  g_assert_false (
      parses ("linnet-media 1\nkind image\nmime image\nsize 3 2\nduration 0\nframes 1\nend\n"));
  g_assert_false (
      parses ("linnet-media 1\nkind image\nmime image/<b>\nsize 3 2\nduration 0\nframes 1\nend\n"));
  g_assert_false (parses (
      "linnet-media 1\nkind picture\nmime image/png\nsize 3 2\nduration 0\nframes 1\nend\n"));
  g_assert_false (
      parses ("linnet-media 2\nkind image\nmime image/png\nsize 3 2\nduration 0\nframes 1\nend\n"));
}

#define ADD(name, function) g_test_add ("/media/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
  g_test_add_func ("/media/answer-grammar", test_answer_grammar);
  ADD ("answer", test_answer);
  ADD ("surroundings", test_surroundings);
  ADD ("failures", test_failures);
  ADD ("garbage", test_garbage);
  ADD ("lies-about-pictures", test_lies_about_pictures);
  ADD ("picture", test_picture);
  ADD ("cannot-save", test_cannot_save);
  ADD ("no-helper", test_no_helper);
  ADD ("no-file", test_no_file);
  ADD ("timeout", test_timeout);
  ADD ("cancel", test_cancel);
  ADD ("queue", test_queue);
  ADD ("cancel-in-queue", test_cancel_in_queue);
  return g_test_run ();
}
