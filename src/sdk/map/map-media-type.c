/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-media-type.h"

#include <string.h>

#define FORMAT_UNKNOWN 0xff

/* clang-format off */
static const struct
{
  const char *extension;
  const char *media_type;
} extensions[] = {
  { "jpg",  "image/jpeg" },
  { "jpeg", "image/jpeg" },
  { "gif",  "image/gif" },
  { "png",  "image/png" },
  { "bmp",  "image/bmp" },
  { "webp", "image/webp" },
  { "avif", "image/avif" },
  { "heic", "image/heic" },
  { "jxl",  "image/jxl" },
  { "mp4",  "video/mp4" },
  { "m4v",  "video/mp4" },
  { "mov",  "video/quicktime" },
  { "webm", "video/webm" },
  { "mkv",  "video/x-matroska" },
  { "3gp",  "video/3gpp" },
  { "avi",  "video/x-msvideo" },
  { "ogv",  "video/ogg" },
  { "mp3",  "audio/mpeg" },
  { "m4a",  "audio/mp4" },
  { "aac",  "audio/aac" },
  { "ogg",  "audio/ogg" },
  { "oga",  "audio/ogg" },
  { "opus", "audio/ogg" },
  { "wav",  "audio/wav" },
  { "flac", "audio/flac" },
  { "amr",  "audio/amr" },
  { "weba", "audio/webm" },
};

static const struct
{
  gint64 format;
  const char *media_type;
} formats[] = {
  { 1, "image/jpeg" },
  { 2, "image/gif" },
  { 3, "image/png" },
  { 4, "image/bmp" },
};
/* clang-format on */

const char *
map_media_type_of_name (const char *name)
{
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (extensions); i++)
    if (g_ascii_strcasecmp (dot + 1, extensions[i].extension) == 0)
      return extensions[i].media_type;
  return NULL;
}

MapMedia
map_media_of_type (const char *media_type)
{
  if (media_type == NULL || g_ascii_strncasecmp (media_type, "image/svg", 9) == 0)
    return MAP_MEDIA_FILE;
  if (g_ascii_strncasecmp (media_type, "image/", 6) == 0)
    return MAP_MEDIA_IMAGE;
  if (g_ascii_strncasecmp (media_type, "audio/", 6) == 0)
    return MAP_MEDIA_SOUND;
  return g_ascii_strncasecmp (media_type, "video/", 6) == 0 ? MAP_MEDIA_VIDEO : MAP_MEDIA_FILE;
}

gint64
map_image_format_of_type (const char *media_type)
{
  for (gsize i = 0; media_type != NULL && i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strcasecmp (media_type, formats[i].media_type) == 0)
      return formats[i].format;
  return FORMAT_UNKNOWN;
}

const char *
map_image_type_of_format (gint64 format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].format == format)
      return formats[i].media_type;
  return NULL;
}
