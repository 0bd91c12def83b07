/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-media.h"

G_BEGIN_DECLS

/* One run of the helper program. Network thread. */

typedef struct
{
  ImMediaInfo *info;                     /* owned; its pictures' paths are "" */
  GBytes *pictures[IM_MEDIA_N_PICTURES]; /* owned, nullable */
} ImMediaResult;

void im_media_result_free (ImMediaResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMediaResult, im_media_result_free)

/* input: taken. Ends only when the process has. */
void im_media_process_run_async (const char *helper,
                                 int input,
                                 ImMediaWant want,
                                 guint timeout_ms,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Returns: (transfer full) */
ImMediaResult *im_media_process_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
