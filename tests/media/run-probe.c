/* SPDX-License-Identifier: GPL-3.0-or-later */

/* run-probe WANT STEM PATH…
 *
 * Probes the files one after the other, through the library. WANT is a number (ImMediaWant). Prints
 * for each the answer as it was understood, or "error CODE TEXT", and then "took MILLISECONDS". */

#include "im-loop.h"
#include "im-media-answer.h"
#include "im-media.h"
#include "im-test.h"

#include <stdlib.h>

#define TIMEOUT_MS 25000

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMediaInfo) info = im_media_probe_finish (result, &error);
  g_autofree char *answer = info != NULL ? im_media_answer_format (info) : NULL;

  if (info != NULL)
    g_print ("%s", answer);
  else
    g_print ("error %d %s\n", error->code, error->message);
  for (guint i = 0; info != NULL && i < IM_MEDIA_N_PICTURES; i++)
    if (info->pictures[i].path != NULL)
      g_print ("path %u %s\n", i, info->pictures[i].path);
  *(gboolean *) user_data = TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (ImMedia) media = im_media_new (NULL, 1, TIMEOUT_MS);

  if (argc < 4)
    return 2;
  im_thread_set_role (IM_THREAD_NETWORK);
  for (int i = 3; i < argc; i++)
    {
      gint64 start_us = g_get_monotonic_time ();
      gboolean is_done = FALSE;

      im_media_probe_async (media, argv[i], (ImMediaWant) atoi (argv[1]), argv[2], NULL, on_probed,
                            &is_done);
      im_test_wait (is_done);
      g_print ("took %" G_GINT64_FORMAT "\n", (g_get_monotonic_time () - start_us) / 1000);
    }
  return 0;
}
