/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-media.h"
#include "im-msg.h"
#include "im-uploads.h"

/* The files of one message: each is looked at, what the program left out of its element is filled
 * in, and it is put on the server, with smaller pictures of it. One after the other: several
 * messages share the lanes of the uploads. Network thread. */

typedef struct
{
  ImUploads *uploads; /* borrowed, as media; not used any more after cancelling */
  ImMedia *media;
  const char *folder; /* where smaller pictures are for a while; NULL: there will be none */
} ImElemUploadTools;

/* Bytes of the element's file, as im-uploads tells them. Smaller pictures are not told. */
typedef void (*ImElemUploadProgress) (guint index, guint64 done, guint64 total, gpointer user_data);

/* Does it have files that are not on the server yet? */
gboolean im_elem_upload_is_needed (const ImMsg *msg);

/* msg is not changed. Nothing is sent when one of the files is larger than the server takes. */
void im_elem_upload_async (const ImElemUploadTools *tools,
                           const ImMsg *msg,
                           ImElemUploadProgress progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* Returns: (transfer full) the message with all addresses. Errors: as im_uploads_start_finish(). */
ImMsg *im_elem_upload_finish (GAsyncResult *result, GError **error);
