/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-fetch.h"

#include "im-downloads.h"
#include "im-elem.h"
#include "im-session.h"
#include "map-elem.h"

static char *
format (guint64 done, guint64 total)
{
  g_autoptr (ImDownloadElemResult) result = im_json_new (&im_download_elem_result_type);

  result->current_size = (gint64) done;
  result->total_size = (gint64) total;
  return im_json_format (result);
}

/* Equal numbers are the end, which is told once it is one. */
static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  if (done != total)
    im_call_tell (user_data, format (done, total));
}

static void
on_downloaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImDownloaded) downloaded = im_downloads_start_finish (result, &error);

  if (downloaded != NULL)
    im_call_return (call, format (downloaded->size, downloaded->size));
  else
    im_call_return_error (call, error);
}

/* What its sender claims. */
static char *
find_sha256 (ImSession *session, const char *url)
{
  g_autoptr (ImMsg) msg = im_store_message_find_file (im_session_get_store (session), url, NULL);

  for (guint i = 0; msg != NULL && msg->elems != NULL && i < msg->elems->len; i++)
    {
      const ImElem *elem = g_ptr_array_index (msg->elems, i);

      if (g_strcmp0 (map_elem_get_url (elem), url) == 0)
        return g_strdup (map_elem_get_sha256 (elem));
    }
  return NULL;
}

void
im_fetch_elem (ImSession *session, ImJob *job)
{
  const ImDownloadElemParam *param = job->param;
  g_autofree char *sha256 = find_sha256 (session, param->url);
  ImDownload download = { .url = param->url, .path = job->path, .sha256 = sha256 };

  im_downloads_start_async (im_session_get_downloads (session), &download, on_progress, job->call,
                            im_session_get_cancellable (session), on_downloaded,
                            im_call_ref (job->call));
}
