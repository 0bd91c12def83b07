/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* ITU T.81 (JPEG), W3C PNG with its animation chunks. */

#include "im-media-header-private.h"

#define SOS 0xda
#define EOI 0xd9
#define APP1 0xe1

/* A start of frame: C0 to CF but for DHT, JPG and DAC. */
static gboolean
is_frame_marker (guint marker)
{
  return (marker & 0xf0) == 0xc0 && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

void
im_media_header_parse_jpeg (Bytes bytes, ImMediaHeader *header)
{
  gsize at = 2;

  while (bytes_has (bytes, at, 4) && bytes_u8 (bytes, at) == 0xff)
    {
      guint marker = bytes_u8 (bytes, at + 1);
      guint length = bytes_u16be (bytes, at + 2);

      if (marker == 0xff) /* fill */
        {
          at++;
          continue;
        }
      if (marker == SOS || marker == EOI || length < 2)
        return;
      if (is_frame_marker (marker) && bytes_has (bytes, at, 9))
        {
          header->height = bytes_u16be (bytes, at + 5);
          header->width = bytes_u16be (bytes, at + 7);
        }
      if (marker == APP1 && bytes_equal (bytes, at + 4, "Exif\0\0", 6))
        im_media_header_parse_exif (bytes_part (bytes, at + 4, length - 2), header);
      at += 2 + length;
    }
}

/* A frame's delay is a fraction of a second; 0 below the line means hundredths. */
static guint64
png_delay_ms (Bytes bytes, gsize chunk)
{
  guint above = bytes_u16be (bytes, chunk + 8 + 20);
  guint below = bytes_u16be (bytes, chunk + 8 + 22);

  return (guint64) above * 1000 / (below > 0 ? below : 100);
}

void
im_media_header_parse_png (Bytes bytes, ImMediaHeader *header)
{
  gboolean is_animated = FALSE;
  guint n_frames = 0;
  gsize at = 8;

  if (!bytes_equal (bytes, 12, "IHDR", 4) || !bytes_has (bytes, 16, 8))
    return;
  header->width = bytes_u32be (bytes, 16);
  header->height = bytes_u32be (bytes, 20);
  while (bytes_has (bytes, at, 8) && n_frames < IM_MEDIA_MAX_FRAMES)
    {
      gsize length = bytes_u32be (bytes, at);

      if (bytes_equal (bytes, at + 4, "acTL", 4))
        is_animated = TRUE;
      if (bytes_equal (bytes, at + 4, "eXIf", 4))
        im_media_header_parse_exif (bytes_part (bytes, at + 8, length), header);
      if (is_animated && bytes_equal (bytes, at + 4, "fcTL", 4))
        {
          n_frames++;
          header->duration_ms += png_delay_ms (bytes, at);
        }
      at += 12 + length;
    }
  header->n_frames = MAX (n_frames, 1);
  if (n_frames <= 1)
    header->duration_ms = 0;
}
