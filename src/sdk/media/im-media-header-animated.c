/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* GIF89a, and WebP's container (RFC 9649). */

#include "im-media-header-private.h"

#define GIF_EXTENSION 0x21
#define GIF_CONTROL 0xf9
#define GIF_IMAGE 0x2c
#define GIF_SHORTEST_CS 2 /* what is shorter than this … */
#define GIF_USUAL_CS 10   /* … is shown this long, by everybody */
#define WEBP_HEADER_SIZE 12

static gsize
gif_palette_size (guint flags)
{
  return flags & 0x80 ? 3u << ((flags & 7) + 1) : 0;
}

/* at: a block's length byte. Returns: where the blocks have ended, or the end of the data. */
static gsize
gif_skip_blocks (Bytes bytes, gsize at)
{
  while (bytes_u8 (bytes, at) != 0)
    at += 1 + bytes_u8 (bytes, at);
  return MIN (at + 1, bytes.size);
}

void
im_media_header_parse_gif (Bytes bytes, ImMediaHeader *header)
{
  gsize at = 13 + gif_palette_size (bytes_u8 (bytes, 10));
  guint n_frames = 0;
  guint delay_cs = GIF_USUAL_CS;

  if (!bytes_has (bytes, 0, 13))
    return;
  header->width = bytes_u16le (bytes, 6);
  header->height = bytes_u16le (bytes, 8);
  while (at < bytes.size && n_frames < IM_MEDIA_MAX_FRAMES)
    {
      guint block = bytes_u8 (bytes, at);

      if (block == GIF_EXTENSION)
        {
          if (bytes_u8 (bytes, at + 1) == GIF_CONTROL)
            delay_cs = bytes_u16le (bytes, at + 4);
          at = gif_skip_blocks (bytes, at + 2);
        }
      else if (block == GIF_IMAGE && bytes_has (bytes, at, 11))
        {
          at = gif_skip_blocks (bytes, at + 11 + gif_palette_size (bytes_u8 (bytes, at + 9)));
          header->duration_ms += 10 * (delay_cs < GIF_SHORTEST_CS ? GIF_USUAL_CS : delay_cs);
          delay_cs = GIF_USUAL_CS;
          if (n_frames++ == 0)
            header->first_frame_end = at;
        }
      else
        break;
    }
  header->n_frames = MAX (n_frames, 1);
  if (n_frames <= 1)
    header->duration_ms = 0;
}

static void
take_webp_chunk (Bytes bytes, gsize at, ImMediaHeader *header)
{
  gboolean has_size = header->width > 0;

  if (!has_size && bytes_equal (bytes, at, "VP8X", 4) && bytes_has (bytes, at + 8, 10))
    {
      header->width = bytes_u24le (bytes, at + 12) + 1;
      header->height = bytes_u24le (bytes, at + 15) + 1;
    }
  if (!has_size && bytes_equal (bytes, at, "VP8 ", 4)
      && bytes_equal (bytes, at + 11, "\x9d\x01\x2a", 3) && bytes_has (bytes, at + 14, 4))
    {
      header->width = bytes_u16le (bytes, at + 14) & 0x3fff;
      header->height = bytes_u16le (bytes, at + 16) & 0x3fff;
    }
  if (!has_size && bytes_equal (bytes, at, "VP8L", 4) && bytes_u8 (bytes, at + 8) == 0x2f
      && bytes_has (bytes, at + 9, 4))
    {
      header->width = (bytes_u32le (bytes, at + 9) & 0x3fff) + 1;
      header->height = (bytes_u32le (bytes, at + 9) >> 14 & 0x3fff) + 1;
    }
}

void
im_media_header_parse_webp (Bytes bytes, ImMediaHeader *header)
{
  gsize at = WEBP_HEADER_SIZE;
  guint n_frames = 0;

  if (!bytes_equal (bytes, 8, "WEBP", 4))
    return;
  while (bytes_has (bytes, at, 8) && n_frames < IM_MEDIA_MAX_FRAMES)
    {
      gsize length = bytes_u32le (bytes, at + 4);

      take_webp_chunk (bytes, at, header);
      if (bytes_equal (bytes, at, "EXIF", 4))
        im_media_header_parse_exif (bytes_part (bytes, at + 8, length), header);
      if (bytes_equal (bytes, at, "ANMF", 4))
        {
          n_frames++;
          header->duration_ms += bytes_u24le (bytes, at + 8 + 12);
        }
      at += 8 + length + length % 2;
    }
  header->n_frames = MAX (n_frames, 1);
  if (n_frames <= 1)
    header->duration_ms = 0;
}
