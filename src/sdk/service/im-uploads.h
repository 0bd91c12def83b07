/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-store.h"
#include "im-transfer-queue.h"
#include "xmpp-http.h"

/* Files on their way to the server. Network thread.
 *
 * A file is summed up first. When the same file (sum, size, name and type) was sent within the last
 * day and its address still answers, it is not sent again. Else a place is asked for and the file
 * put there; every attempt has a place of its own. While it is sent the file must not change.
 * Nothing is kept across restarts: who had begun an upload begins it anew, and where it was
 * finished the address is found. */

typedef struct _ImUploads ImUploads;

typedef struct
{
  char *url;    /* where everybody gets it */
  char *sha256; /* 64 hex digits */
  char *name;   /* as the server knows it */
  char *type;   /* "image/png" */
  guint64 size; /* bytes */
  gboolean is_reused;
} ImUploaded;

void im_uploaded_free (ImUploaded *uploaded);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImUploaded, im_uploaded_free)

/* All are borrowed, and outlive it. allow_plain: as for the connection. */
ImUploads *im_uploads_new (
    XmppPorter *porter, XmppHttp *http, ImStore *store, ImClock *clock, gboolean allow_plain);
/* What is under way ends with G_IO_ERROR_CANCELLED. */
void im_uploads_free (ImUploads *self);
/* TRUE when stanzas can be sent: also what waits is tried at once. */
void im_uploads_set_online (ImUploads *self, gboolean is_online);

/* The largest file that the server takes, bytes; 0: it does not say, or was not asked yet. */
guint64 im_uploads_get_max_size (ImUploads *self);

/* name (nullable): else that of the file; made safe. type (nullable): else by the name. progress:
 * nullable, see there. finish: an IM_ERROR with what went wrong (7004 to 7007, 6008, 7013, 114002,
 * 95xx), or G_IO_ERROR_CANCELLED. Returns: (transfer full) */
void im_uploads_start_async (ImUploads *self,
                             const char *path,
                             const char *name,
                             const char *type,
                             ImTransferProgress progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
ImUploaded *im_uploads_start_finish (GAsyncResult *result, GError **error);
