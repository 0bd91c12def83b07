/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-attachments.h"

#include "im-error.h"
#include "im-outbox.h"

#include <glib/gstdio.h>

struct _ImAttachments
{
  ImSession *session;
  ImMedia *media;
  char *folder; /* nullable: it cannot be made */
  gboolean is_temporary;
  gboolean is_stopped;
  GHashTable *by_row; /* row_id → Attachment, referenced */
};

/* One message. Reference counted, since its upload ends after it may have been forgotten. */
typedef struct
{
  ImAttachments *owner; /* NULL: forgotten */
  ImSession *session;   /* valid while there is an owner */
  gint64 row_id;
  ImMsg *msg;
  ImCall *call; /* nullable */
  GCancellable *cancellable;
} Attachment;

static void
attachment_clear (gpointer data)
{
  Attachment *attachment = data;

  im_json_unref (attachment->msg);
  g_clear_pointer (&attachment->call, im_call_unref);
  g_object_unref (attachment->cancellable);
}

static void
attachment_unref (gpointer attachment)
{
  g_rc_box_release_full (attachment, attachment_clear);
}

/* Nothing of it is heard any more. */
static void
forget (ImAttachments *self, Attachment *attachment)
{
  attachment->owner = NULL;
  g_cancellable_cancel (attachment->cancellable);
  g_hash_table_remove (self->by_row, &attachment->row_id);
}

char *
im_attachments_dup_path (ImAttachments *self, const char *name)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *file = g_strdup_printf ("%s-%s", name, id);

  return g_build_filename (self->folder != NULL ? self->folder : g_get_tmp_dir (), file, NULL);
}

/* Uploading */

static void
on_progress (guint index, guint64 done, guint64 total, gpointer user_data)
{
  const Attachment *attachment = user_data;

  if (attachment->owner != NULL)
    im_events_upload_progress (im_session_get_events (attachment->session), attachment->msg, index,
                               done, total);
}

static void
hand_over (ImAttachments *self, Attachment *attachment, ImMsg *msg, const GError *reason)
{
  ImOutbox *outbox = im_session_get_outbox (self->session);
  g_autoptr (GError) trouble = NULL;

  if (reason == NULL
      && !im_store_message_set_content (im_session_get_store (self->session), attachment->row_id,
                                        msg, &trouble))
    {
      g_autoptr (GError) error
          = g_error_new_literal (IM_ERROR, ERR_DATABASE_OPERATE_FAILED, trouble->message);

      im_outbox_add_refused (outbox, attachment->row_id, attachment->call, error);
    }
  else if (reason == NULL)
    im_outbox_add_late (outbox, attachment->row_id, attachment->call);
  else
    im_outbox_add_refused (outbox, attachment->row_id, attachment->call, reason);
}

/* The server has ended it, and says why in a moment. */
static gboolean
is_end_of_login (const GError *error)
{
  return g_error_matches (error, IM_ERROR, ERR_SDK_NOT_LOGGED_IN);
}

static void
on_uploaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attachment *attachment = user_data;
  ImAttachments *self = attachment->owner;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMsg) msg = im_elem_upload_finish (result, &error);

  if (self != NULL && !self->is_stopped && !is_end_of_login (error))
    {
      attachment->owner = NULL;
      hand_over (self, attachment, msg, error);
      g_hash_table_remove (self->by_row, &attachment->row_id);
    }
  attachment_unref (attachment);
}

static void
upload (ImAttachments *self,
        const ImMsg *msg,
        ImElemUploadProgress progress,
        gpointer progress_data,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  ImElemUploadTools tools = { im_session_get_uploads (self->session), self->media, self->folder };

  im_elem_upload_async (&tools, msg, progress, progress_data, cancellable, callback, user_data);
}

static void
begin (ImAttachments *self, gint64 row_id, ImMsg *msg, ImCall *call)
{
  Attachment *attachment = g_rc_box_new0 (Attachment);

  attachment->owner = self;
  attachment->session = self->session;
  attachment->row_id = row_id;
  attachment->msg = im_json_ref (msg);
  attachment->call = call != NULL ? im_call_ref (call) : NULL;
  attachment->cancellable = g_cancellable_new ();
  g_hash_table_insert (self->by_row, &attachment->row_id, attachment);
  upload (self, msg, on_progress, attachment, attachment->cancellable, on_uploaded,
          g_rc_box_acquire (attachment));
}

void
im_attachments_add (ImAttachments *self, gint64 row_id, ImCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImStoreMessage) row
      = im_store_message_get (im_session_get_store (self->session), row_id, &error);

  if (row != NULL)
    begin (self, row_id, row->msg, call);
  else if (call != NULL)
    im_call_return_code (call, ERR_DATABASE_OPERATE_FAILED, error != NULL ? error->message : NULL);
}

void
im_attachments_resume (ImAttachments *self)
{
  ImStore *store = im_session_get_store (self->session);
  g_autoptr (GArray) rows = im_store_outbox_list (store, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ImStoreOutboxRow *known = &g_array_index (rows, ImStoreOutboxRow, i);
      g_autoptr (ImStoreMessage) row
          = known->is_sent ? NULL : im_store_message_get (store, known->row_id, NULL);

      if (row != NULL && im_elem_upload_is_needed (row->msg))
        begin (self, known->row_id, row->msg, NULL);
    }
}

void
im_attachments_upload_async (ImAttachments *self,
                             ImMsg *msg,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  upload (self, msg, NULL, NULL, cancellable, callback, user_data);
}

/* Ending */

gboolean
im_attachments_cancel (ImAttachments *self, gint64 row_id)
{
  Attachment *attachment = g_hash_table_lookup (self->by_row, &row_id);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImCall) call = NULL;

  if (attachment == NULL)
    return FALSE;
  error = g_error_new_literal (IM_ERROR, ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL,
                               im_error_code_text (ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL));
  call = g_steal_pointer (&attachment->call);
  forget (self, attachment);
  im_outbox_add_refused (im_session_get_outbox (self->session), row_id, call, error);
  return TRUE;
}

void
im_attachments_remove (ImAttachments *self, gint64 row_id)
{
  Attachment *attachment = g_hash_table_lookup (self->by_row, &row_id);

  if (attachment == NULL)
    return;
  if (attachment->call != NULL)
    im_call_return_code (attachment->call, ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL, NULL);
  forget (self, attachment);
}

void
im_attachments_remove_deleted (ImAttachments *self)
{
  g_autoptr (GList) all = g_hash_table_get_values (self->by_row);

  for (GList *link = all; link != NULL; link = link->next)
    {
      gint64 row_id = ((const Attachment *) link->data)->row_id;
      g_autoptr (GError) error = NULL;
      g_autoptr (ImStoreMessage) row
          = im_store_message_get (im_session_get_store (self->session), row_id, &error);

      if (row == NULL && error == NULL)
        im_attachments_remove (self, row_id);
    }
}

void
im_attachments_stop (ImAttachments *self)
{
  GHashTableIter iter;
  gpointer attachment;

  self->is_stopped = TRUE;
  g_hash_table_iter_init (&iter, self->by_row);
  while (g_hash_table_iter_next (&iter, NULL, &attachment))
    g_cancellable_cancel (((Attachment *) attachment)->cancellable);
}

/* The whole */

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

ImAttachments *
im_attachments_new (ImSession *session, const char *folder)
{
  ImAttachments *self = g_new0 (ImAttachments, 1);

  self->session = session;
  self->media = im_media_new (NULL, IM_MEDIA_USUAL_HELPERS, IM_MEDIA_USUAL_TIMEOUT_MS);
  self->is_temporary = folder == NULL;
  self->folder = folder != NULL ? g_strdup (folder) : g_dir_make_tmp ("linnet-XXXXXX", NULL);
  if (folder != NULL)
    g_mkdir_with_parents (folder, 0700);
  empty_folder (self->folder);
  self->by_row = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, attachment_unref);
  return self;
}

void
im_attachments_free (ImAttachments *self)
{
  GHashTableIter iter;
  gpointer attachment;

  im_attachments_stop (self);
  g_hash_table_iter_init (&iter, self->by_row);
  while (g_hash_table_iter_next (&iter, NULL, &attachment))
    ((Attachment *) attachment)->owner = NULL;
  g_hash_table_unref (self->by_row);
  im_media_unref (self->media);
  empty_folder (self->folder);
  if (self->is_temporary && self->folder != NULL)
    g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self);
}
