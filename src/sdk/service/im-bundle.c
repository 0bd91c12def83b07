/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-bundle.h"

#include "im-attachments.h"
#include "im-downloads.h"
#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "im-session.h"
#include "map-bundle.h"

#include <glib/gstdio.h>

/* A bundle that is fetched. */
typedef struct
{
  ImSession *session; /* answers before it has gone */
  ImCall *call;
  gint64 row_id; /* 0: in no message of this device */
} Fetch;

static gboolean
names_one (const ImMsg *like)
{
  return like->unique_id != 0 || like->rand != 0 || like->seq != 0;
}

/* One with messages, or a key to them, or that was nested too deep; NULL: there is none. */
static ImMergerElem *
find_bundle (const ImMsg *msg)
{
  for (guint i = 0; msg->elems != NULL && i < msg->elems->len; i++)
    {
      ImMergerElem *elem = g_ptr_array_index (msg->elems, i);

      if (elem->base.type == IM_ELEM_MERGE
          && (elem->layer_over_limit || elem->relay_json_key != NULL
              || (elem->messages != NULL && elem->messages->len > 0)))
        return elem;
    }
  return NULL;
}

/* Fetching */

/* The next time it is here. That it cannot be kept is no reason not to show it. */
static void
keep (Fetch *fetch, GPtrArray *messages)
{
  ImStore *store = im_session_get_store (fetch->session);
  g_autoptr (ImStoreMessage) row
      = fetch->row_id != 0 ? im_store_message_get (store, fetch->row_id, NULL) : NULL;
  g_autoptr (ImMsg) msg = row != NULL ? im_json_copy (row->msg) : NULL;
  ImMergerElem *bundle = msg != NULL ? find_bundle (msg) : NULL;
  g_autoptr (GError) error = NULL;

  if (bundle == NULL)
    return;
  g_clear_pointer (&bundle->messages, g_ptr_array_unref);
  bundle->messages = g_ptr_array_ref (messages);
  if (!im_store_message_set_content (store, fetch->row_id, msg, &error))
    g_message ("a bundle that was fetched could not be kept: %s", error->message);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImDownloaded) downloaded = im_downloads_start_finish (result, &error);
  g_autofree char *json = NULL;
  gsize size = 0;
  g_autoptr (GPtrArray) messages = NULL;

  if (downloaded != NULL && g_file_get_contents (downloaded->path, &json, &size, &error))
    messages = map_bundle_parse (json, (gssize) size, &error);
  if (downloaded != NULL)
    g_unlink (downloaded->path);
  if (messages != NULL)
    {
      keep (fetch, messages);
      im_call_return (fetch->call, im_json_format_array (messages));
    }
  else
    im_call_return_error (fetch->call, error);
  im_call_unref (fetch->call);
  g_free (fetch);
}

static void
fetch (ImSession *session, ImCall *call, const MapBundleKey *key, gint64 row_id)
{
  g_autofree char *path = im_attachments_dup_path (im_session_get_attachments (session), "bundle");
  Fetch *fetch = g_new0 (Fetch, 1);
  ImDownload download = { .url = key->url,
                          .path = path,
                          .sha256 = key->sha256,
                          .size = key->size,
                          .max_size = MAP_BUNDLE_MAX_SIZE };

  fetch->session = session;
  fetch->call = im_call_ref (call);
  fetch->row_id = row_id;
  im_downloads_start_async (im_session_get_downloads (session), &download, NULL, NULL, NULL,
                            on_fetched, fetch);
}

/* A bundle inside of a bundle is no message of this device, and has all with it. */
void
im_bundle_open (ImSession *session, ImJob *job)
{
  const ImMsg *given = job->param;
  const ImMergerElem *bundle = find_bundle (given);
  g_autoptr (ImStoreMessage) row = NULL;
  g_autoptr (MapBundleKey) key = NULL;
  g_autoptr (GError) error = NULL;

  if ((bundle == NULL || bundle->messages == NULL || bundle->messages->len == 0)
      && given->conv_id != NULL && names_one (given))
    row = im_store_message_find (im_session_get_store (session), (int) given->conv_type,
                                 given->conv_id, given, &error);
  if (error != NULL)
    return im_call_return_store_error (job->call, error);
  if (row != NULL && find_bundle (row->msg) != NULL)
    bundle = find_bundle (row->msg);
  if (bundle != NULL && bundle->layer_over_limit)
    return im_call_return_code (job->call, ERR_MERGER_MSG_LAYERS_OVER_LIMIT, NULL);
  if (bundle != NULL && bundle->messages != NULL && bundle->messages->len > 0)
    return im_call_return (job->call, im_json_format_array (bundle->messages));
  key = bundle != NULL ? map_bundle_parse_key (bundle->relay_json_key) : NULL;
  if (key == NULL)
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS, "the message has no bundle");
  fetch (session, job->call, key, row != NULL ? row->row_id : 0);
}
