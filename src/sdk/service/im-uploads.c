/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-uploads.h"

#include "im-error.h"
#include "im-file-name.h"
#include "im-loop.h"
#include "map-error.h"
#include "xmpp-error.h"
#include "xmpp-transfer-error.h"
#include "xmpp-upload.h"

#include <string.h>

/* How long an address is given out again: it must live on for those who get it. */
#define REUSE_S (24 * 3600)

struct _ImUploads
{
  XmppPorter *porter;
  XmppHttp *http;
  ImStore *store;
  ImClock *clock;
  gboolean allow_plain;
  ImTransferQueue *queue;
  XmppUploadService *service; /* nullable: not known yet */
  GCancellable *asking;       /* nullable: for the service */
};

/* What a transfer needs to know. */
typedef struct
{
  char *path;
  char *name;
  char *type;
  XmppFileSum *sum;     /* nullable */
  char *known_url;      /* nullable: where the same file is said to be */
  XmppUploadSlot *slot; /* nullable */
} Upload;

void
im_uploaded_free (ImUploaded *uploaded)
{
  if (uploaded == NULL)
    return;
  g_free (uploaded->url);
  g_free (uploaded->sha256);
  g_free (uploaded->name);
  g_free (uploaded->type);
  g_free (uploaded);
}

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_free (upload->path);
  g_free (upload->name);
  g_free (upload->type);
  g_free (upload->known_url);
  xmpp_file_sum_free (upload->sum);
  xmpp_upload_slot_free (upload->slot);
  g_free (upload);
}

static gint64
now_s (ImUploads *self)
{
  return im_clock_now_us (self->clock) / G_USEC_PER_SEC;
}

/* Ends of an attempt */

/* The service may have moved. */
static gboolean
is_lost_service (const GError *error)
{
  return g_error_matches (error, XMPP_ERROR, XMPP_ERROR_ITEM_NOT_FOUND)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_SERVICE_UNAVAILABLE)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_REMOTE_SERVER_NOT_FOUND);
}

static void
fail (ImTransfer *transfer, const GError *error)
{
  ImUploads *self = im_transfer_get_owner (transfer);
  gboolean is_lost = is_lost_service (error);

  if (self != NULL && is_lost)
    g_clear_pointer (&self->service, xmpp_upload_service_free);
  im_transfer_fail (transfer, map_error_upload (error),
                    is_lost || xmpp_transfer_error_is_retryable (error),
                    xmpp_transfer_error_get_retry_us (error));
}

static void
succeed (ImTransfer *transfer, const char *url, gboolean is_reused)
{
  const Upload *upload = im_transfer_get_data (transfer);
  ImUploaded *uploaded = g_new0 (ImUploaded, 1);

  uploaded->url = g_strdup (url);
  uploaded->sha256 = g_strdup (upload->sum->sha256);
  uploaded->name = g_strdup (upload->name);
  uploaded->type = g_strdup (upload->type);
  uploaded->size = upload->sum->stamp.size;
  uploaded->is_reused = is_reused;
  im_transfer_succeed (transfer, uploaded->size, uploaded, (GDestroyNotify) im_uploaded_free);
}

/* The steps of an attempt, last first. In each: owner NULL means that the uploads are gone. */

static void
on_put (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImTransfer) transfer = user_data;
  ImUploads *self = im_transfer_get_owner (transfer);
  const Upload *upload = im_transfer_get_data (transfer);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) trouble = NULL;

  if (!xmpp_http_put_finish (XMPP_HTTP (source), result, &error))
    {
      fail (transfer, error);
      return;
    }
  if (self == NULL)
    return;
  if (!im_store_upload_add (self->store, upload->sum->sha256, upload->sum->stamp.size, upload->name,
                            upload->type, upload->slot->get_url, now_s (self),
                            now_s (self) - REUSE_S, &trouble))
    g_message ("it is not remembered that a file was sent: %s", trouble->message);
  succeed (transfer, upload->slot->get_url, FALSE);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  im_transfer_report (user_data, done, total);
}

static void
on_slot (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImTransfer) transfer = user_data;
  ImUploads *self = im_transfer_get_owner (transfer);
  Upload *upload = im_transfer_get_data (transfer);
  g_autoptr (GError) error = NULL;
  guint64 limit;

  g_clear_pointer (&upload->slot, xmpp_upload_slot_free);
  upload->slot = xmpp_upload_request_finish (XMPP_PORTER (source), result, &error);
  limit = xmpp_transfer_error_get_limit (error);
  if (self != NULL && self->service != NULL && limit != 0)
    self->service->max_size = limit;
  if (error != NULL)
    fail (transfer, error);
  else if (self != NULL)
    xmpp_http_put_async (self->http, upload->slot, upload->path, upload->type, &upload->sum->stamp,
                         on_progress, transfer, im_transfer_get_cancellable (transfer), on_put,
                         im_transfer_ref (transfer));
}

static void
ask_for_slot (ImUploads *self, ImTransfer *transfer)
{
  const Upload *upload = im_transfer_get_data (transfer);

  xmpp_upload_request_async (self->porter, self->service, upload->name, upload->sum->stamp.size,
                             upload->type, self->allow_plain,
                             im_transfer_get_cancellable (transfer), on_slot,
                             im_transfer_ref (transfer));
}

static void
on_service (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImTransfer) transfer = user_data;
  ImUploads *self = im_transfer_get_owner (transfer);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppUploadService) service
      = xmpp_upload_discover_finish (XMPP_PORTER (source), result, &error);

  if (service == NULL)
    {
      fail (transfer, error);
      return;
    }
  if (self == NULL)
    return;
  xmpp_upload_service_free (self->service);
  self->service = g_steal_pointer (&service);
  ask_for_slot (self, transfer);
}

static void
send_file (ImUploads *self, ImTransfer *transfer)
{
  const Upload *upload = im_transfer_get_data (transfer);

  im_transfer_report (transfer, 0, upload->sum->stamp.size);
  if (self->service != NULL)
    ask_for_slot (self, transfer);
  else
    xmpp_upload_discover_async (self->porter, im_transfer_get_cancellable (transfer), on_service,
                                im_transfer_ref (transfer));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImTransfer) transfer = user_data;
  ImUploads *self = im_transfer_get_owner (transfer);
  const Upload *upload = im_transfer_get_data (transfer);
  g_autoptr (GError) error = NULL;
  gboolean is_there = xmpp_http_check_finish (XMPP_HTTP (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (transfer, error);
  else if (self == NULL)
    return;
  else if (is_there)
    succeed (transfer, upload->known_url, TRUE);
  else
    {
      if (error->domain == XMPP_TRANSFER_ERROR)
        im_store_upload_forget (self->store, upload->known_url, NULL);
      send_file (self, transfer);
    }
}

static void
look_for_it (ImUploads *self, ImTransfer *transfer)
{
  Upload *upload = im_transfer_get_data (transfer);

  g_free (upload->known_url);
  upload->known_url
      = im_store_upload_find (self->store, upload->sum->sha256, upload->sum->stamp.size,
                              upload->name, upload->type, now_s (self) - REUSE_S);
  if (upload->known_url != NULL)
    xmpp_http_check_async (self->http, upload->known_url, upload->sum->stamp.size,
                           im_transfer_get_cancellable (transfer), on_checked,
                           im_transfer_ref (transfer));
  else
    send_file (self, transfer);
}

static void
on_sum (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImTransfer) transfer = user_data;
  ImUploads *self = im_transfer_get_owner (transfer);
  Upload *upload = im_transfer_get_data (transfer);
  g_autoptr (GError) error = NULL;

  upload->sum = xmpp_file_sum_finish (result, &error);
  if (upload->sum == NULL)
    fail (transfer, error);
  else if (self != NULL)
    look_for_it (self, transfer);
}

static void
run (ImTransfer *transfer, gpointer owner)
{
  ImUploads *self = owner;
  Upload *upload = im_transfer_get_data (transfer);

  if (upload->sum != NULL)
    look_for_it (self, transfer);
  else
    xmpp_file_sum_async (upload->path, im_transfer_get_cancellable (transfer), on_sum,
                         im_transfer_ref (transfer));
}

/* Starting */

static char *
guess_type (const char *name)
{
  g_autofree char *content_type = g_content_type_guess (name, NULL, 0, NULL);
  char *type = g_content_type_get_mime_type (content_type);

  return type != NULL ? type : g_strdup ("application/octet-stream");
}

/* A type that is not one is not put into a header. */
static gboolean
is_type (const char *type)
{
  if (type == NULL || strchr (type, '/') == NULL || strlen (type) > 127)
    return FALSE;
  for (; *type != '\0'; type++)
    if (!g_ascii_isalnum (*type) && strchr ("/+-._; =", *type) == NULL)
      return FALSE;
  return TRUE;
}

static Upload *
upload_new (const char *path, const char *name, const char *type)
{
  g_autofree char *base_name = name != NULL ? NULL : g_path_get_basename (path);
  Upload *upload = g_new0 (Upload, 1);

  upload->path = g_strdup (path);
  upload->name = im_file_name_make_safe (name != NULL ? name : base_name);
  upload->type = is_type (type) ? g_strdup (type) : guess_type (upload->name);
  return upload;
}

static GError *
describe_file_error (const GError *error)
{
  int code = ERR_SDK_COMM_FILE_OPEN_FAILED;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    code = ERR_SDK_COMM_FILE_NOT_FOUND;
  return g_error_new_literal (IM_ERROR, code, error->message);
}

/* Only the size, by which it gets its place in the queue; the file is judged when it is read. */
static void
on_info (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImTransfer) transfer = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info != NULL)
    im_transfer_measured (transfer, (guint64) g_file_info_get_size (info));
  else
    im_transfer_fail (transfer, describe_file_error (error), FALSE, 0);
}

static void
measure (ImTransfer *transfer, gpointer owner)
{
  const Upload *upload = im_transfer_get_data (transfer);
  g_autoptr (GFile) file = g_file_new_for_path (upload->path);

  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, im_transfer_get_cancellable (transfer), on_info,
                           im_transfer_ref (transfer));
}

static const ImTransferKind kind = { .needs_connection = TRUE, .measure = measure, .run = run };

void
im_uploads_start_async (ImUploads *self,
                        const char *path,
                        const char *name,
                        const char *type,
                        ImTransferProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;

  g_return_if_fail (self != NULL && path != NULL);
  im_assert_network_thread ();
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, im_uploads_start_async);
  im_transfer_queue_add (self->queue, task, 0, progress, progress_data,
                         upload_new (path, name, type), upload_free);
}

ImUploaded *
im_uploads_start_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, im_uploads_start_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The whole */

ImUploads *
im_uploads_new (
    XmppPorter *porter, XmppHttp *http, ImStore *store, ImClock *clock, gboolean allow_plain)
{
  ImUploads *self = g_new0 (ImUploads, 1);

  im_assert_network_thread ();
  self->porter = porter;
  self->http = http;
  self->store = store;
  self->clock = clock;
  self->allow_plain = allow_plain;
  self->queue = im_transfer_queue_new (&kind, clock, self);
  return self;
}

void
im_uploads_free (ImUploads *self)
{
  if (self == NULL)
    return;
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  im_transfer_queue_free (self->queue);
  xmpp_upload_service_free (self->service);
  g_free (self);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  XmppUploadService *service = xmpp_upload_discover_finish (XMPP_PORTER (source), result, &error);
  ImUploads *self;

  /* Cancelled by im_uploads_free(): there is nobody any more. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  g_clear_object (&self->asking);
  if (service == NULL)
    return;
  xmpp_upload_service_free (self->service);
  self->service = service;
}

void
im_uploads_set_online (ImUploads *self, gboolean is_online)
{
  im_transfer_queue_set_online (self->queue, is_online);
  if (!is_online || self->service != NULL || self->asking != NULL)
    return;
  self->asking = g_cancellable_new ();
  xmpp_upload_discover_async (self->porter, self->asking, on_asked, self);
}

guint64
im_uploads_get_max_size (ImUploads *self)
{
  return self->service != NULL ? self->service->max_size : 0;
}
