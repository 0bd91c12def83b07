/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-media-header-private.h"

#define TAG_WIDTH 256
#define TAG_HEIGHT 257
#define TAG_ORIENTATION 274
#define TYPE_SHORT 3
#define TYPE_LONG 4
#define BMP_CORE_SIZE 12

static const struct
{
  const char *bytes;
  gsize n_bytes;
  void (*parse) (Bytes bytes, ImMediaHeader *header);
} formats[] = {
  { "\xff\xd8\xff", 3, im_media_header_parse_jpeg },
  { "\x89PNG\r\n\x1a\n", 8, im_media_header_parse_png },
  { "GIF8", 4, im_media_header_parse_gif },
  { "RIFF", 4, im_media_header_parse_webp },
  { "BM", 2, im_media_header_parse_bmp },
  { "II*\0", 4, im_media_header_parse_tiff },
  { "MM\0*", 4, im_media_header_parse_tiff },
};

gboolean
im_media_header_parse (const guint8 *data, gsize size, ImMediaHeader *header)
{
  Bytes bytes = { data, size };

  *header = (ImMediaHeader){ .orientation = 1, .n_frames = 1 };
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (bytes_equal (bytes, 0, formats[i].bytes, formats[i].n_bytes))
      {
        formats[i].parse (bytes, header);
        break;
      }
  return header->width > 0 && header->height > 0;
}

gboolean
im_media_header_is_turned (const ImMediaHeader *header)
{
  return header->orientation >= 5;
}

void
im_media_header_parse_bmp (Bytes bytes, ImMediaHeader *header)
{
  gint32 height = (gint32) bytes_u32le (bytes, 22);

  if (!bytes_has (bytes, 14, BMP_CORE_SIZE))
    return;
  if (bytes_u32le (bytes, 14) == BMP_CORE_SIZE)
    {
      header->width = bytes_u16le (bytes, 18);
      header->height = bytes_u16le (bytes, 20);
      return;
    }
  header->width = bytes_u32le (bytes, 18);
  header->height = height < 0 ? 0u - (guint32) height : (guint32) height; /* negative: top first */
}

typedef guint (*ReadShort) (Bytes bytes, gsize at);
typedef guint32 (*ReadLong) (Bytes bytes, gsize at);

static void
take_tag (ImMediaHeader *header, guint tag, guint32 value)
{
  if (tag == TAG_WIDTH)
    header->width = value;
  if (tag == TAG_HEIGHT)
    header->height = value;
  if (tag == TAG_ORIENTATION && value >= 1 && value <= 8)
    header->orientation = value;
}

void
im_media_header_parse_tiff (Bytes bytes, ImMediaHeader *header)
{
  gboolean is_little = bytes_equal (bytes, 0, "II*\0", 4);
  ReadShort read_short = is_little ? bytes_u16le : bytes_u16be;
  ReadLong read_long = is_little ? bytes_u32le : bytes_u32be;
  gsize at = read_long (bytes, 4);
  guint n_entries = read_short (bytes, at);

  if (!is_little && !bytes_equal (bytes, 0, "MM\0*", 4))
    return;
  for (guint i = 0; i < n_entries && bytes_has (bytes, at + 2 + 12 * i, 12); i++)
    {
      gsize entry = at + 2 + 12 * i;
      guint type = read_short (bytes, entry + 2);

      if (read_long (bytes, entry + 4) != 1)
        continue;
      if (type == TYPE_SHORT)
        take_tag (header, read_short (bytes, entry), read_short (bytes, entry + 8));
      if (type == TYPE_LONG)
        take_tag (header, read_short (bytes, entry), read_long (bytes, entry + 8));
    }
}

void
im_media_header_parse_exif (Bytes bytes, ImMediaHeader *header)
{
  ImMediaHeader inner = { .orientation = 1 };

  if (bytes_equal (bytes, 0, "Exif\0\0", 6))
    bytes = bytes_part (bytes, 6, bytes.size);
  im_media_header_parse_tiff (bytes, &inner);
  header->orientation = inner.orientation;
}
