/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes to know what a file is, from the call to the answer, a process being started
 * each time. Numbers for people. */

#include "im-loop.h"
#include "im-media.h"
#include "im-test.h"

#define ROUNDS 10

typedef struct
{
  gboolean is_done;
} Outcome;

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMediaInfo) info = im_media_probe_finish (result, &error);

  if (info == NULL)
    g_error ("%s", error->message);
  ((Outcome *) user_data)->is_done = TRUE;
}

static void
measure (ImMedia *media, const char *name, const char *what, const char *path, ImMediaWant want)
{
  g_autofree char *stem = g_strconcat (path, "-of", NULL);
  double best_ms = G_MAXDOUBLE, sum_ms = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 start_us = g_get_monotonic_time ();
      Outcome outcome = { FALSE };
      double took_ms;

      im_media_probe_async (media, path, want, stem, NULL, on_probed, &outcome);
      im_test_wait (outcome.is_done);
      took_ms = (double) (g_get_monotonic_time () - start_us) / 1000;
      best_ms = MIN (best_ms, took_ms);
      sum_ms += took_ms;
    }
  g_print ("%-24s %-34s %7.1f ms (at best %.1f)\n", name, what, sum_ms / ROUNDS, best_ms);
}

static void
make (const char *words_before, const char *path)
{
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *command = g_strconcat (words_before, quoted, NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_shell_parse_argv (command, NULL, &words, &error));
  if (!g_spawn_sync (NULL, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                     &error)
      || !g_spawn_check_wait_status (status, &error))
    g_error ("%s", error->message);
}

int
main (int argc, char **argv)
{
  const ImMediaWant pictures
      = IM_MEDIA_WANT_THUMBNAIL | IM_MEDIA_WANT_LARGE | IM_MEDIA_WANT_BLURHASH;
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *photo = g_build_filename (dir, "photo.jpg", NULL);
  g_autofree char *film = g_build_filename (dir, "film.webm", NULL);
  g_autofree char *sound = g_build_filename (dir, "sound.ogg", NULL);
  g_autoptr (ImMedia) media = im_media_new (NULL, 1, IM_MEDIA_USUAL_TIMEOUT_MS);

  im_thread_set_role (IM_THREAD_NETWORK);
  make ("convert -size 4000x3000 plasma:red-blue -attenuate 0.3 +noise Gaussian -quality 90 ",
        photo);
  make ("gst-launch-1.0 -q videotestsrc num-buffers=150 ! "
        "video/x-raw,width=1280,height=720,framerate=30/1 ! "
        "vp8enc deadline=1 ! webmmux ! filesink location=",
        film);
  make ("gst-launch-1.0 -q audiotestsrc num-buffers=6000 samplesperbuffer=480 ! "
        "audio/x-raw,rate=48000,channels=1 ! opusenc ! oggmux ! filesink location=",
        sound);
  measure (media, "JPEG of 12 megapixels", "description", photo, IM_MEDIA_WANT_NOTHING);
  measure (media, "JPEG of 12 megapixels", "and thumbnail, large, BlurHash", photo, pictures);
  measure (media, "film of 5 s, 1280×720", "description", film, IM_MEDIA_WANT_NOTHING);
  measure (media, "film of 5 s, 1280×720", "and thumbnail, large, BlurHash", film, pictures);
  measure (media, "sound of 60 s", "description", sound, IM_MEDIA_WANT_NOTHING);
  measure (media, "sound of 60 s", "and loudness", sound, IM_MEDIA_WANT_LOUDNESS);
  return 0;
}
