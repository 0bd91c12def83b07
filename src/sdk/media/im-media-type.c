/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-media-type.h"

#include <string.h>

enum
{
  JPEG,
  PNG,
  GIF,
  WEBP,
  BMP,
  TIFF,
  ICO,
  AVIF,
  HEIC,
  SVG,
  MP4,
  M4A,
  QUICKTIME,
  MP4_3GPP,
  MATROSKA,
  WEBM,
  OGG_VIDEO,
  OGG_AUDIO,
  AVI,
  FLV,
  MPEG_PS,
  MPEG_TS,
  ASF,
  WAV,
  FLAC,
  MP3,
  AAC,
  AMR,
  AIFF,
  MIDI,
  PLAYLIST_M3U,
  PLAYLIST_PLS,
  PDF,
  ZIP,
  GZIP,
  XZ,
  SEVEN_ZIP,
  HTML,
  XML,
  TEXT,
  UNKNOWN,
};

/* clang-format off */
static const ImMediaType types[] = {
  [JPEG]         = { "image/jpeg",                    IM_MEDIA_PICTURE, IM_MEDIA_KIND_IMAGE, "jpeg" },
  [PNG]          = { "image/png",                     IM_MEDIA_PICTURE, IM_MEDIA_KIND_IMAGE, "png" },
  [GIF]          = { "image/gif",                     IM_MEDIA_PICTURE, IM_MEDIA_KIND_IMAGE, "gif" },
  [WEBP]         = { "image/webp",                    IM_MEDIA_PICTURE, IM_MEDIA_KIND_IMAGE, "webp" },
  [BMP]          = { "image/bmp",                     IM_MEDIA_PICTURE, IM_MEDIA_KIND_IMAGE, "bmp" },
  [TIFF]         = { "image/tiff",                    IM_MEDIA_PICTURE, IM_MEDIA_KIND_IMAGE, "tiff" },
  [ICO]          = { "image/vnd.microsoft.icon",      IM_MEDIA_NOTHING, IM_MEDIA_KIND_IMAGE, NULL },
  [AVIF]         = { "image/avif",                    IM_MEDIA_NOTHING, IM_MEDIA_KIND_IMAGE, NULL },
  [HEIC]         = { "image/heic",                    IM_MEDIA_NOTHING, IM_MEDIA_KIND_IMAGE, NULL },
  [SVG]          = { "image/svg+xml",                 IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [MP4]          = { "video/mp4",                     IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [M4A]          = { "audio/mp4",                     IM_MEDIA_STREAM,  IM_MEDIA_KIND_SOUND, NULL },
  [QUICKTIME]    = { "video/quicktime",               IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [MP4_3GPP]     = { "video/3gpp",                    IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [MATROSKA]     = { "video/x-matroska",              IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [WEBM]         = { "video/webm",                    IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [OGG_VIDEO]    = { "video/ogg",                     IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [OGG_AUDIO]    = { "audio/ogg",                     IM_MEDIA_STREAM,  IM_MEDIA_KIND_SOUND, NULL },
  [AVI]          = { "video/x-msvideo",               IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [FLV]          = { "video/x-flv",                   IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [MPEG_PS]      = { "video/mpeg",                    IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [MPEG_TS]      = { "video/mp2t",                    IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [ASF]          = { "video/x-ms-asf",                IM_MEDIA_STREAM,  IM_MEDIA_KIND_VIDEO, NULL },
  [WAV]          = { "audio/wav",                     IM_MEDIA_STREAM,  IM_MEDIA_KIND_SOUND, NULL },
  [FLAC]         = { "audio/flac",                    IM_MEDIA_STREAM,  IM_MEDIA_KIND_SOUND, NULL },
  [MP3]          = { "audio/mpeg",                    IM_MEDIA_STREAM,  IM_MEDIA_KIND_SOUND, NULL },
  [AAC]          = { "audio/aac",                     IM_MEDIA_STREAM,  IM_MEDIA_KIND_SOUND, NULL },
  [AMR]          = { "audio/amr",                     IM_MEDIA_STREAM,  IM_MEDIA_KIND_SOUND, NULL },
  [AIFF]         = { "audio/aiff",                    IM_MEDIA_STREAM,  IM_MEDIA_KIND_SOUND, NULL },
  [MIDI]         = { "audio/midi",                    IM_MEDIA_NOTHING, IM_MEDIA_KIND_SOUND, NULL },
  [PLAYLIST_M3U] = { "application/vnd.apple.mpegurl", IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [PLAYLIST_PLS] = { "audio/x-scpls",                 IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [PDF]          = { "application/pdf",               IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [ZIP]          = { "application/zip",               IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [GZIP]         = { "application/gzip",              IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [XZ]           = { "application/x-xz",              IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [SEVEN_ZIP]    = { "application/x-7z-compressed",   IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [HTML]         = { "text/html",                     IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [XML]          = { "text/xml",                      IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [TEXT]         = { "text/plain",                    IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
  [UNKNOWN]      = { "application/octet-stream",      IM_MEDIA_NOTHING, IM_MEDIA_KIND_OTHER, NULL },
};

/* The first row that fits counts. */
static const struct
{
  guint at;
  const char *bytes;
  guint n_bytes;
  guint also_at;
  const char *also; /* nullable */
  guint type;
} magics[] = {
  { 0,  "\xff\xd8\xff",             3, 0, NULL,       JPEG },
  { 0,  "\x89PNG\r\n\x1a\n",        8, 0, NULL,       PNG },
  { 0,  "GIF87a",                   6, 0, NULL,       GIF },
  { 0,  "GIF89a",                   6, 0, NULL,       GIF },
  { 0,  "RIFF",                     4, 8, "WEBP",     WEBP },
  { 0,  "RIFF",                     4, 8, "AVI ",     AVI },
  { 0,  "RIFF",                     4, 8, "WAVE",     WAV },
  { 0,  "II*\0",                    4, 0, NULL,       TIFF },
  { 0,  "MM\0*",                    4, 0, NULL,       TIFF },
  { 0,  "\0\0\1\0",                 4, 0, NULL,       ICO },
  { 4,  "ftyp",                     4, 8, "avif",     AVIF },
  { 4,  "ftyp",                     4, 8, "avis",     AVIF },
  { 4,  "ftyp",                     4, 8, "heic",     HEIC },
  { 4,  "ftyp",                     4, 8, "heix",     HEIC },
  { 4,  "ftyp",                     4, 8, "mif1",     HEIC },
  { 4,  "ftyp",                     4, 8, "msf1",     HEIC },
  { 4,  "ftyp",                     4, 8, "M4A ",     M4A },
  { 4,  "ftyp",                     4, 8, "M4B ",     M4A },
  { 4,  "ftyp",                     4, 8, "qt  ",     QUICKTIME },
  { 4,  "ftyp",                     4, 8, "3gp",      MP4_3GPP },
  { 4,  "ftyp",                     4, 0, NULL,       MP4 },
  { 0,  "\0",                       1, 4, "moov",     QUICKTIME },
  { 0,  "\0",                       1, 4, "mdat",     QUICKTIME },
  { 0,  "\0",                       1, 4, "wide",     QUICKTIME },
  { 0,  "FLV\1",                    4, 0, NULL,       FLV },
  { 0,  "\0\0\1\xba",               4, 0, NULL,       MPEG_PS },
  { 0,  "\x30\x26\xb2\x75\x8e\x66\xcf\x11", 8, 0, NULL, ASF },
  { 0,  "fLaC",                     4, 0, NULL,       FLAC },
  { 0,  "ID3",                      3, 0, NULL,       MP3 },
  { 0,  "#!AMR",                    5, 0, NULL,       AMR },
  { 0,  "FORM",                     4, 8, "AIFF",     AIFF },
  { 0,  "FORM",                     4, 8, "AIFC",     AIFF },
  { 0,  "MThd",                     4, 0, NULL,       MIDI },
  { 0,  "#EXTM3U",                  7, 0, NULL,       PLAYLIST_M3U },
  { 0,  "[playlist]",              10, 0, NULL,       PLAYLIST_PLS },
  { 0,  "%PDF-",                    5, 0, NULL,       PDF },
  { 0,  "PK\3\4",                   4, 0, NULL,       ZIP },
  { 0,  "\x1f\x8b\x08",             3, 0, NULL,       GZIP },
  { 0,  "\xfd" "7zXZ\0",            6, 0, NULL,       XZ },
  { 0,  "7z\xbc\xaf\x27\x1c",       6, 0, NULL,       SEVEN_ZIP },
};
/* clang-format on */

#define EBML "\x1a\x45\xdf\xa3"
#define BMP_HEADERS_SIZE 26
#define TS_PACKET_SIZE 188

static gboolean
has_bytes (const guint8 *data, gsize size, gsize at, const char *bytes, gsize n_bytes)
{
  return at + n_bytes <= size && memcmp (data + at, bytes, n_bytes) == 0;
}

static gboolean
contains (const guint8 *data, gsize size, const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i + length <= size; i++)
    if (g_ascii_strncasecmp ((const char *) data + i, text, length) == 0)
      return TRUE;
  return FALSE;
}

/* How long the frame is that begins here, 0 when none does. ISO 11172-3 and 13818-3, layer III. */
static gsize
mp3_frame_size (const guint8 *data, gsize size)
{
  static const guint kbits_1[]
      = { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320 };
  static const guint kbits_2[] = { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160 };
  static const guint rates[] = { 44100, 48000, 32000 };
  guint version, bits, rate;

  if (size < 4 || data[0] != 0xff || (data[1] & 0xe6) != 0xe2)
    return 0;
  version = data[1] >> 3 & 3; /* 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5 */
  bits = data[2] >> 4;
  rate = data[2] >> 2 & 3;
  if (version == 1 || bits == 0 || bits == 15 || rate == 3)
    return 0;
  if (version == 3)
    return 144000 * kbits_1[bits] / rates[rate] + (data[2] >> 1 & 1);
  return 72000 * kbits_2[bits] / (rates[rate] >> (version == 2 ? 1 : 2)) + (data[2] >> 1 & 1);
}

static gsize
adts_frame_size (const guint8 *data, gsize size)
{
  if (size < 7 || data[0] != 0xff || (data[1] & 0xf6) != 0xf0)
    return 0;
  return (gsize) (data[3] & 3) << 11 | (gsize) data[4] << 3 | data[5] >> 5;
}

/* Two bytes are found in anything: a second frame has to follow the first. */
static gboolean
begins_with_frames (const guint8 *data, gsize size, gsize (*frame_size) (const guint8 *, gsize))
{
  gsize first = frame_size (data, size);

  return first >= 7 && first < size && frame_size (data + first, size - first) != 0;
}

static gboolean
is_transport_stream (const guint8 *data, gsize size)
{
  for (gsize i = 0; i < 4; i++)
    if (!has_bytes (data, size, i * TS_PACKET_SIZE, "G", 1))
      return FALSE;
  return TRUE;
}

static gboolean
is_bmp (const guint8 *data, gsize size)
{
  return size >= BMP_HEADERS_SIZE && has_bytes (data, size, 0, "BM", 2)
         && (data[14] == 12 || data[14] == 40 || data[14] == 52 || data[14] == 56 || data[14] == 108
             || data[14] == 124)
         && data[15] == 0 && data[16] == 0 && data[17] == 0;
}

/* UTF-8 that may be cut off, without the control characters that no text has. */
static gboolean
is_text (const guint8 *data, gsize size)
{
  const char *end;

  for (gsize i = 0; i < size; i++)
    if ((data[i] < 0x20 && strchr ("\t\n\r\f\x1b", data[i]) == NULL) || data[i] == 0x7f
        || data[i] == '\0')
      return FALSE;
  if (g_utf8_validate_len ((const char *) data, size, &end))
    return size > 0;
  return (gsize) (end - (const char *) data) + 3 >= size && size > 3;
}

static guint
sniff_text (const guint8 *data, gsize size)
{
  gsize at = has_bytes (data, size, 0, "\xef\xbb\xbf", 3) ? 3 : 0;

  while (at < size && g_ascii_isspace (data[at]))
    at++;
  if (at == size || data[at] != '<')
    return TEXT;
  if (contains (data, size, "<svg") || contains (data, size, "<!doctype svg"))
    return SVG;
  if (contains (data, size, "<html") || contains (data, size, "<!doctype html"))
    return HTML;
  return has_bytes (data, size, at, "<?xml", 5) ? XML : TEXT;
}

static guint
sniff_loose (const guint8 *data, gsize size)
{
  if (has_bytes (data, size, 0, EBML, 4))
    return contains (data, MIN (size, 64), "webm") ? WEBM : MATROSKA;
  if (has_bytes (data, size, 0, "OggS", 4))
    return contains (data, MIN (size, 512), "\x80theora") ? OGG_VIDEO : OGG_AUDIO;
  if (is_bmp (data, size))
    return BMP;
  if (is_transport_stream (data, size))
    return MPEG_TS;
  if (begins_with_frames (data, size, mp3_frame_size))
    return MP3;
  if (begins_with_frames (data, size, adts_frame_size))
    return AAC;
  return is_text (data, size) ? sniff_text (data, size) : UNKNOWN;
}

const ImMediaType *
im_media_type_sniff (const guint8 *data, gsize size)
{
  size = MIN (size, IM_MEDIA_SNIFF_SIZE);
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (has_bytes (data, size, magics[i].at, magics[i].bytes, magics[i].n_bytes)
        && (magics[i].also == NULL
            || has_bytes (data, size, magics[i].also_at, magics[i].also, strlen (magics[i].also))))
      return &types[magics[i].type];
  return &types[sniff_loose (data, size)];
}

const char *
im_media_type_without_video (const char *mime_type)
{
  static const struct
  {
    const char *video;
    const char *audio;
  } pairs[] = {
    { "video/mp4", "audio/mp4" },   { "video/quicktime", "audio/mp4" },
    { "video/3gpp", "audio/3gpp" }, { "video/x-matroska", "audio/x-matroska" },
    { "video/webm", "audio/webm" }, { "video/ogg", "audio/ogg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_str_equal (mime_type, pairs[i].video))
      return pairs[i].audio;
  return mime_type;
}
