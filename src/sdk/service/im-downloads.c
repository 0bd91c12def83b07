/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-downloads.h"

#include "im-error.h"
#include "im-loop.h"
#include "map-error.h"
#include "xmpp-transfer-error.h"

/* Parts that nobody has asked for again after so long are not gone on with. */
#define KEEP_S (30 * 24 * 3600)

struct _ImDownloads
{
  XmppHttp *http;
  ImStore *store;
  ImClock *clock;
  ImTransferQueue *queue;
  GHashTable *paths; /* set of char *: under way; shared with the transfers */
};

typedef struct
{
  char *url;
  char *path;
  char *sha256; /* nullable */
  guint64 size;
  guint64 max_size;
  gboolean overwrite;
  GHashTable *paths; /* where its path is noted */
} Fetch;

void
im_downloaded_free (ImDownloaded *downloaded)
{
  if (downloaded == NULL)
    return;
  g_free (downloaded->path);
  g_free (downloaded->sha256);
  g_free (downloaded->type);
  g_free (downloaded);
}

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_hash_table_unref (fetch->paths);
  g_free (fetch->url);
  g_free (fetch->path);
  g_free (fetch->sha256);
  g_free (fetch);
}

static gint64
now_s (ImDownloads *self)
{
  return im_clock_now_us (self->clock) / G_USEC_PER_SEC;
}

static void
remove_row (ImDownloads *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (!im_store_download_remove (self->store, path, &error))
    g_message ("a part is still remembered: %s", error->message);
}

/* An attempt */

/* What the part can be gone on with must be known before the part has anything. */
static void
on_started (const char *validator, guint64 total, gpointer user_data)
{
  ImTransfer *transfer = user_data;
  ImDownloads *self = im_transfer_get_owner (transfer);
  const Fetch *fetch = im_transfer_get_data (transfer);
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return;
  if (validator == NULL)
    remove_row (self, fetch->path);
  else if (!im_store_download_set (self->store, fetch->path, fetch->url, validator, now_s (self),
                                   now_s (self) - KEEP_S, &error))
    g_message ("a part will not be gone on with: %s", error->message);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  im_transfer_report (user_data, done, total);
}

static void
succeed (ImTransfer *transfer, XmppHttpFile *file)
{
  const Fetch *fetch = im_transfer_get_data (transfer);
  ImDownloaded *downloaded = g_new0 (ImDownloaded, 1);

  downloaded->path = g_strdup (fetch->path);
  downloaded->sha256 = g_steal_pointer (&file->sha256);
  downloaded->type = g_steal_pointer (&file->type);
  downloaded->size = file->size;
  im_transfer_succeed (transfer, downloaded->size, downloaded, (GDestroyNotify) im_downloaded_free);
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImTransfer) transfer = user_data;
  ImDownloads *self = im_transfer_get_owner (transfer);
  const Fetch *fetch = im_transfer_get_data (transfer);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppHttpFile) file = xmpp_http_get_finish (XMPP_HTTP (source), result, &error);

  if (file == NULL)
    {
      im_transfer_fail (transfer, map_error_download (error),
                        xmpp_transfer_error_is_retryable (error),
                        xmpp_transfer_error_get_retry_us (error));
      return;
    }
  if (self != NULL)
    remove_row (self, fetch->path);
  succeed (transfer, file);
}

static void
run (ImTransfer *transfer, gpointer owner)
{
  ImDownloads *self = owner;
  const Fetch *fetch = im_transfer_get_data (transfer);
  g_autofree char *url = NULL;
  g_autofree char *validator = NULL;
  gboolean is_known = im_store_download_get (self->store, fetch->path, &url, &validator);
  gboolean is_same = is_known && g_strcmp0 (url, fetch->url) == 0;
  XmppHttpGet get = {
    .url = fetch->url,
    .path = fetch->path,
    .validator = is_same ? validator : NULL,
    .expected_sha256 = fetch->sha256,
    .expected_size = fetch->size,
    .max_size = fetch->max_size,
    .from_start = is_known && !is_same,
    .overwrite = fetch->overwrite,
    .started = on_started,
    .progress = on_progress,
    .user_data = transfer,
  };

  xmpp_http_get_async (self->http, &get, im_transfer_get_cancellable (transfer), on_got,
                       im_transfer_ref (transfer));
}

static void
leave (gpointer data)
{
  const Fetch *fetch = data;

  g_hash_table_remove (fetch->paths, fetch->path);
}

static const ImTransferKind kind = { .keeps_parts = TRUE, .run = run, .leave = leave };

/* Starting */

static Fetch *
fetch_new (ImDownloads *self, const ImDownload *download)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->paths = g_hash_table_ref (self->paths);
  fetch->url = g_strdup (download->url);
  fetch->path = g_strdup (download->path);
  fetch->sha256 = g_strdup (download->sha256);
  fetch->size = download->size;
  fetch->max_size = download->max_size != 0 ? download->max_size : IM_DOWNLOAD_MAX_SIZE;
  fetch->overwrite = download->overwrite;
  return fetch;
}

void
im_downloads_start_async (ImDownloads *self,
                          const ImDownload *download,
                          ImTransferProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Fetch *fetch;

  g_return_if_fail (self != NULL && download != NULL);
  g_return_if_fail (download->url != NULL && download->path != NULL);
  im_assert_network_thread ();
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, im_downloads_start_async);
  if (!g_hash_table_add (self->paths, g_strdup (download->path)))
    {
      g_task_return_new_error (task, IM_ERROR, ERR_IN_PROGESS,
                               "a file is being fetched to this place already");
      return;
    }
  fetch = fetch_new (self, download);
  im_transfer_queue_add (self->queue, g_steal_pointer (&task), download->size, progress,
                         progress_data, fetch, fetch_free);
}

ImDownloaded *
im_downloads_start_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, im_downloads_start_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
im_downloads_forget (ImDownloads *self, const char *path)
{
  g_autofree char *part_path = NULL;
  g_autoptr (GFile) part = NULL;

  g_return_if_fail (self != NULL && path != NULL);
  g_return_if_fail (!g_hash_table_contains (self->paths, path));
  im_assert_network_thread ();
  remove_row (self, path);
  part_path = xmpp_http_dup_part_path (path);
  part = g_file_new_for_path (part_path);
  g_file_delete_async (part, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

/* The whole */

ImDownloads *
im_downloads_new (XmppHttp *http, ImStore *store, ImClock *clock)
{
  ImDownloads *self = g_new0 (ImDownloads, 1);

  im_assert_network_thread ();
  self->http = http;
  self->store = store;
  self->clock = clock;
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->queue = im_transfer_queue_new (&kind, clock, self);
  return self;
}

void
im_downloads_free (ImDownloads *self)
{
  if (self == NULL)
    return;
  im_transfer_queue_free (self->queue);
  g_hash_table_unref (self->paths);
  g_free (self);
}

void
im_downloads_set_online (ImDownloads *self, gboolean is_online)
{
  im_transfer_queue_set_online (self->queue, is_online);
}
