/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-media-info.h"

G_BEGIN_DECLS

/* What a file is, from its first bytes and never from its name. Pure functions, any thread. */

#define IM_MEDIA_SNIFF_SIZE 4096 /* bytes that are looked at, at most */

typedef enum
{
  IM_MEDIA_NOTHING, /* nothing more is known of it */
  IM_MEDIA_PICTURE, /* im-media-picture.h reads its beginning */
  IM_MEDIA_STREAM,  /* a film or a sound: has to be demultiplexed */
} ImMediaFamily;

typedef struct
{
  const char *mime_type;
  ImMediaFamily family;
  ImMediaKind kind;   /* as long as nothing more is known */
  const char *loader; /* nullable: gdk-pixbuf's name of the format, when we let it decode it */
} ImMediaType;

/* Never NULL: application/octet-stream, or text/plain for UTF-8. Playlists, SVG and the like, which
 * name other files, are of no family. */
const ImMediaType *im_media_type_sniff (const guint8 *data, gsize size);

/* "audio/mp4" for "video/mp4" and the like: a container of both whose streams are only sounds. */
const char *im_media_type_without_video (const char *mime_type);

G_END_DECLS
