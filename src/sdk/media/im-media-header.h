/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the structure of a picture file says, without decoding a pixel: JPEG, PNG, GIF, WebP, BMP,
 * TIFF. Pure functions over untrusted bytes, any thread. */

#define IM_MEDIA_MAX_FRAMES 10000 /* frames after these are not counted */

typedef struct
{
  guint width; /* pixels as stored; never 0 */
  guint height;
  guint orientation;     /* EXIF: 1 to 8; 1 is upright */
  guint n_frames;        /* at least 1 */
  guint64 duration_ms;   /* of all frames, once; 0 for one frame */
  gsize first_frame_end; /* 0, or where a GIF's first frame ends */
} ImMediaHeader;

/* data may be cut off: what is there counts. Returns: FALSE when the size is not in it. */
gboolean im_media_header_parse (const guint8 *data, gsize size, ImMediaHeader *header);

/* Does the orientation exchange width and height? */
gboolean im_media_header_is_turned (const ImMediaHeader *header);

G_END_DECLS
