/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-media-header.h"

/* Bytes with bounds: what lies outside reads as 0. */
typedef struct
{
  const guint8 *data;
  gsize size;
} Bytes;

static inline gboolean
bytes_has (Bytes bytes, gsize at, gsize length)
{
  return at <= bytes.size && length <= bytes.size - at;
}

static inline guint
bytes_u8 (Bytes bytes, gsize at)
{
  return at < bytes.size ? bytes.data[at] : 0;
}

static inline guint
bytes_u16le (Bytes bytes, gsize at)
{
  return bytes_u8 (bytes, at) | bytes_u8 (bytes, at + 1) << 8;
}

static inline guint
bytes_u16be (Bytes bytes, gsize at)
{
  return bytes_u8 (bytes, at) << 8 | bytes_u8 (bytes, at + 1);
}

static inline guint
bytes_u24le (Bytes bytes, gsize at)
{
  return bytes_u16le (bytes, at) | bytes_u8 (bytes, at + 2) << 16;
}

static inline guint32
bytes_u32le (Bytes bytes, gsize at)
{
  return bytes_u16le (bytes, at) | (guint32) bytes_u16le (bytes, at + 2) << 16;
}

static inline guint32
bytes_u32be (Bytes bytes, gsize at)
{
  return (guint32) bytes_u16be (bytes, at) << 16 | bytes_u16be (bytes, at + 2);
}

/* The part of it, cut off at the end; at is at most the size. */
static inline Bytes
bytes_part (Bytes bytes, gsize at, gsize length)
{
  return (Bytes){ bytes.data + at, MIN (length, bytes.size - at) };
}

static inline gboolean
bytes_equal (Bytes bytes, gsize at, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (at + i >= bytes.size || bytes.data[at + i] != (guint8) text[i])
      return FALSE;
  return TRUE;
}

/* Each reads its format into a header that has one upright frame. */
void im_media_header_parse_jpeg (Bytes bytes, ImMediaHeader *header);
void im_media_header_parse_png (Bytes bytes, ImMediaHeader *header);
void im_media_header_parse_gif (Bytes bytes, ImMediaHeader *header);
void im_media_header_parse_webp (Bytes bytes, ImMediaHeader *header);
void im_media_header_parse_bmp (Bytes bytes, ImMediaHeader *header);
/* A TIFF file, or the same structure inside of EXIF: there only the orientation counts. */
void im_media_header_parse_tiff (Bytes bytes, ImMediaHeader *header);
void im_media_header_parse_exif (Bytes bytes, ImMediaHeader *header);
