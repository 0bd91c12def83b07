/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Sends and fetches files as the library does, below its messages: an account's connection with the
 * services for files on it.
 *
 *   transfer-client JID PASSWORD WEBSOCKET upload PATH…
 *   transfer-client JID PASSWORD WEBSOCKET download URL PATH SHA256
 *
 * A line for each: "sent URL SHA256 SIZE new|known", "got PATH SIZE", "failed CODE TEXT"; before it
 * "progress FIRST LAST TOTAL TIMES" and "seconds TIME", at the end "limit BYTES" and "memory KIB",
 * by which the largest memory grew.
 */

#include "im-downloads.h"
#include "im-loop.h"
#include "im-uploads.h"
#include "xmpp-stream.h"

#include <string.h>

typedef struct
{
  GMainLoop *loop;
  ImUploads *uploads;
  ImDownloads *downloads;
  char **arguments; /* what is left to do */
  gboolean is_upload;
  guint64 first, last, total;
  guint n_told;
  gint64 begin_us;
  guint64 memory_kib; /* before */
} Client;

static guint64
peak_kib (void)
{
  g_autofree char *text = NULL;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  return g_ascii_strtoull (strstr (text, "VmHWM:") + strlen ("VmHWM:"), NULL, 10);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  Client *self = user_data;

  if (self->n_told++ == 0)
    self->first = done;
  self->last = done;
  self->total = total;
}

static void
report (Client *self)
{
  g_print ("progress %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %u\n",
           self->first, self->last, self->total, self->n_told);
  g_print ("seconds %.3f\n", (double) (g_get_monotonic_time () - self->begin_us) / G_USEC_PER_SEC);
  self->n_told = 0;
}

static void next (Client *self);

static void
on_uploaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Client *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImUploaded) uploaded = im_uploads_start_finish (result, &error);

  report (self);
  if (uploaded != NULL)
    g_print ("sent %s %s %" G_GUINT64_FORMAT " %s\n", uploaded->url, uploaded->sha256,
             uploaded->size, uploaded->is_reused ? "known" : "new");
  else
    g_print ("failed %d %s\n", error->code, error->message);
  next (self);
}

static void
on_downloaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Client *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImDownloaded) downloaded = im_downloads_start_finish (result, &error);

  report (self);
  if (downloaded != NULL)
    g_print ("got %s %" G_GUINT64_FORMAT "\n", downloaded->path, downloaded->size);
  else
    g_print ("failed %d %s\n", error->code, error->message);
  next (self);
}

static void
next (Client *self)
{
  self->begin_us = g_get_monotonic_time ();
  if (*self->arguments == NULL)
    g_main_loop_quit (self->loop);
  else if (self->is_upload)
    im_uploads_start_async (self->uploads, *self->arguments++, NULL, NULL, on_progress, self, NULL,
                            on_uploaded, self);
  else
    {
      ImDownload download
          = { .url = self->arguments[0], .path = self->arguments[1], .sha256 = self->arguments[2] };

      self->arguments += 3;
      im_downloads_start_async (self->downloads, &download, on_progress, self, NULL, on_downloaded,
                                self);
    }
}

static void
on_session (XmppStream *stream, gboolean resumed, gpointer user_data)
{
  Client *self = user_data;

  if (!resumed)
    xmpp_stream_synced (stream);
  im_uploads_set_online (self->uploads, TRUE);
  im_downloads_set_online (self->downloads, TRUE);
  if (self->memory_kib != 0)
    return;
  self->memory_kib = peak_kib ();
  next (self);
}

static void
on_login_failed (XmppStream *stream, const GError *reason, gpointer user_data)
{
  Client *self = user_data;

  g_print ("failed %d %s\n", reason->code, reason->message);
  g_main_loop_quit (self->loop);
}

int
main (int argc, char **argv)
{
  XmppConfig config = { .resource = "files" };
  g_autoptr (XmppStream) stream = NULL;
  g_autoptr (XmppHttp) http = NULL;
  ImStore *store = NULL;
  Client client = { 0 };

  if (argc < 6)
    {
      g_printerr ("usage: transfer-client JID PASSWORD WEBSOCKET upload|download …\n");
      return 2;
    }
  im_thread_set_role (IM_THREAD_NETWORK);
  config.jid = argv[1];
  config.password = argv[2];
  config.server_url = argv[3];
  client.is_upload = g_str_equal (argv[4], "upload");
  client.arguments = argv + 5;
  client.loop = g_main_loop_new (NULL, FALSE);
  stream = xmpp_stream_new (&config);
  http = xmpp_http_new (&config);
  store = im_store_open_memory (NULL);
  client.uploads
      = im_uploads_new (xmpp_stream_get_porter (stream), http, store, im_clock_system (), FALSE);
  client.downloads = im_downloads_new (http, store, im_clock_system ());
  g_signal_connect (stream, "session-started", G_CALLBACK (on_session), &client);
  g_signal_connect (stream, "login-failed", G_CALLBACK (on_login_failed), &client);
  xmpp_stream_login (stream);
  g_main_loop_run (client.loop);
  g_print ("limit %" G_GUINT64_FORMAT "\nmemory %" G_GUINT64_FORMAT "\n",
           im_uploads_get_max_size (client.uploads), peak_kib () - client.memory_kib);
  im_uploads_free (client.uploads);
  im_downloads_free (client.downloads);
  im_store_close (store);
  g_main_loop_unref (client.loop);
  return 0;
}
