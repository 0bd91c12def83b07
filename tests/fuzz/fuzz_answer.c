/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a helper program says that was taken over: understood are only answers that are written
 * again byte for byte the same. */

#include "im-media-answer.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMediaInfo) info = im_media_answer_parse ((const char *) data, size, &error);
  g_autofree char *again = NULL;

  g_assert_true ((info == NULL) == (error != NULL));
  if (info == NULL)
    return 0;
  again = im_media_answer_format (info);
  g_assert_cmpmem (again, strlen (again), data, size);
  g_assert_cmpuint (info->kind, <, IM_MEDIA_N_KINDS);
  g_assert_cmpuint (info->width, <=, IM_MEDIA_MAX_SIDE);
  g_assert_cmpuint (info->duration_ms, <=, IM_MEDIA_MAX_DURATION_MS);
  for (guint i = 0; i < IM_MEDIA_N_PICTURES; i++)
    g_assert_cmpuint (info->pictures[i].size, <=, IM_MEDIA_PICTURE_MAX_SIZE);
  return 0;
}
