/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-media-info.h"

static void
info_clear (gpointer data)
{
  ImMediaInfo *self = data;

  g_free (self->mime_type);
  g_free (self->blurhash);
  for (guint i = 0; i < IM_MEDIA_N_PICTURES; i++)
    g_free (self->pictures[i].path);
}

ImMediaInfo *
im_media_info_new (void)
{
  return g_atomic_rc_box_new0 (ImMediaInfo);
}

ImMediaInfo *
im_media_info_ref (ImMediaInfo *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
im_media_info_unref (ImMediaInfo *self)
{
  g_atomic_rc_box_release_full (self, info_clear);
}

ImMediaFormat
im_media_info_get_format (const ImMediaInfo *self)
{
  static const struct
  {
    const char *mime_type;
    ImMediaFormat format;
  } formats[] = {
    { "image/jpeg", IM_MEDIA_FORMAT_JPEG },
    { "image/gif", IM_MEDIA_FORMAT_GIF },
    { "image/png", IM_MEDIA_FORMAT_PNG },
    { "image/bmp", IM_MEDIA_FORMAT_BMP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (self->mime_type, formats[i].mime_type) == 0)
      return formats[i].format;
  return IM_MEDIA_FORMAT_UNKNOWN;
}
