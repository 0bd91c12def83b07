/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-store.h"
#include "im-transfer-queue.h"
#include "xmpp-http.h"

/* Files that are fetched. Network thread.
 *
 * What has come of a file lies in PATH.part until all of it is there and was verified; then it gets
 * its name in one step. After a cut, a cancelling or a restart the same request goes on where it
 * stood, when the server allows it and still has the same file. */

/* What is not told otherwise may have so many bytes. */
#define IM_DOWNLOAD_MAX_SIZE (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)

typedef struct _ImDownloads ImDownloads;

/* Filled in on the stack, zeroed first; copied. */
typedef struct
{
  const char *url;
  const char *path;   /* where it goes; the folder exists */
  const char *sha256; /* nullable, hex: verified, another file is deleted */
  guint64 size;       /* bytes, 0: unknown; verified */
  guint64 max_size;   /* bytes, 0: IM_DOWNLOAD_MAX_SIZE */
  gboolean overwrite; /* else a file that is there makes it fail */
} ImDownload;

typedef struct
{
  char *path;
  char *sha256; /* nullable: nothing was expected */
  guint64 size;
  char *type; /* nullable: what the server claims */
} ImDownloaded;

void im_downloaded_free (ImDownloaded *downloaded);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImDownloaded, im_downloaded_free)

/* All are borrowed, and outlive it. */
ImDownloads *im_downloads_new (XmppHttp *http, ImStore *store, ImClock *clock);
/* What is under way ends with G_IO_ERROR_CANCELLED; the parts stay. */
void im_downloads_free (ImDownloads *self);
/* TRUE: there is a connection, what waits is tried at once. Without one it is tried, too. */
void im_downloads_set_online (ImDownloads *self, gboolean is_online);

/* progress: nullable, see there. finish: an IM_ERROR with what went wrong (6009, 6010, 6015 when it
 * is under way, 6022, 7007, 114000 to 114002, 95xx), or G_IO_ERROR_CANCELLED. Returns: (transfer
 * full) */
void im_downloads_start_async (ImDownloads *self,
                               const ImDownload *download,
                               ImTransferProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
ImDownloaded *im_downloads_start_finish (GAsyncResult *result, GError **error);

/* Nobody wants it any more: what has come is deleted. Not while it is under way. */
void im_downloads_forget (ImDownloads *self, const char *path);
