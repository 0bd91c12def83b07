/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-clock.h"

#include <gio/gio.h>

/* Files that wait for their turn, run, and are tried again: what uploads and downloads have in
 * common. Network thread.
 *
 * Several run at once, in the order they came. One lane is kept from large files, so that a small
 * one never waits for the end of a large one; a small one never overtakes a large one for which
 * there is a lane. What fails in a way that can pass is tried again after a while, longer each
 * time, and at once when the connection comes back; while there is none, trying does not count. */

#define IM_TRANSFER_LANES 3
#define IM_TRANSFER_LARGE (4 * 1024 * 1024) /* bytes; an unknown size counts as large */
#define IM_TRANSFER_ATTEMPTS 6

/* Bytes so far, bytes in all (0: unknown). The first time with what is there already, the last time
 * with equal numbers; between them when 100 ms have passed or a hundredth was added. done goes back
 * when it has to start over. */
typedef void (*ImTransferProgress) (guint64 done, guint64 total, gpointer user_data);

typedef struct _ImTransferQueue ImTransferQueue;
typedef struct _ImTransfer ImTransfer;

/* Begins an attempt, which ends with im_transfer_succeed() or im_transfer_fail(), once. */
typedef void (*ImTransferFunc) (ImTransfer *transfer, gpointer owner);

typedef struct
{
  gboolean needs_connection; /* nothing begins without one */
  gboolean keeps_parts;      /* an attempt that brought anything does not count */
  /* Nullable: finds out the size first, ends with im_transfer_measured() or im_transfer_fail(). */
  ImTransferFunc measure;
  ImTransferFunc run;
  void (*leave) (gpointer data); /* nullable: it is over, and about to be told */
} ImTransferKind;

/* kind: static. clock is borrowed. */
ImTransferQueue *im_transfer_queue_new (const ImTransferKind *kind, ImClock *clock, gpointer owner);
/* Everything ends as cancelled. */
void im_transfer_queue_free (ImTransferQueue *self);
/* Is there a session with the server? FALSE at first. */
void im_transfer_queue_set_online (ImTransferQueue *self, gboolean is_online);

/* Takes the task, which is returned from, and data. size: bytes, 0 unknown. */
void im_transfer_queue_add (ImTransferQueue *self,
                            GTask *task,
                            guint64 size,
                            ImTransferProgress progress,
                            gpointer progress_data,
                            gpointer data,
                            GDestroyNotify data_free);

/* For the attempt. Who waits for something holds a reference. */
ImTransfer *im_transfer_ref (ImTransfer *self);
void im_transfer_unref (ImTransfer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImTransfer, im_transfer_unref)
gpointer im_transfer_get_data (ImTransfer *self);
/* NULL when the queue is gone. */
gpointer im_transfer_get_owner (ImTransfer *self);
/* Of the caller and of the queue. */
GCancellable *im_transfer_get_cancellable (ImTransfer *self);
void im_transfer_measured (ImTransfer *self, guint64 size);
void im_transfer_report (ImTransfer *self, guint64 done, guint64 total);
/* Takes result. size: bytes of the whole. */
void im_transfer_succeed (ImTransfer *self, guint64 size, gpointer result, GDestroyNotify free_it);
/* Takes error, which is told when it is not tried again. retry_us: not before (microseconds since
 * 1970, 0: no matter). */
void im_transfer_fail (ImTransfer *self, GError *error, gboolean is_retryable, gint64 retry_us);
