/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file from a stranger: of one type that we know the name of, and what its structure says is
 * possible. */

#include "im-media-header.h"
#include "im-media-type.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const ImMediaType *type = im_media_type_sniff (data, size);
  ImMediaHeader header;
  gboolean is_known = im_media_header_parse (data, size, &header);

  g_assert_nonnull (strchr (type->mime_type, '/'));
  g_assert_nonnull (strchr (im_media_type_without_video (type->mime_type), '/'));
  g_assert_true (is_known == (header.width > 0 && header.height > 0));
  g_assert_cmpuint (header.orientation, >=, 1);
  g_assert_cmpuint (header.orientation, <=, 8);
  g_assert_cmpuint (header.n_frames, >=, 1);
  g_assert_cmpuint (header.n_frames, <=, IM_MEDIA_MAX_FRAMES);
  g_assert_cmpuint (header.first_frame_end, <=, size);
  g_assert_true (header.n_frames > 1 || header.duration_ms == 0);
  return 0;
}
