/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-media-info.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What linnet-media-probe says on its standard output: lines "KEY VALUE…" in this order, of which
 * those in brackets may be missing, each number in decimal without sign or leading zero:
 *
 *   linnet-media 1
 *   kind other|image|animation|video|sound
 *   mime TYPE/SUBTYPE
 *   size WIDTH HEIGHT
 *   duration MILLISECONDS
 *   frames NUMBER
 *   [blurhash TEXT]
 *   [loudness 128 lower-case hexadecimal digits]
 *   [thumbnail jpeg|png WIDTH HEIGHT BYTES]
 *   [large jpeg|png WIDTH HEIGHT BYTES]
 *   end
 *
 * Pure functions, any thread.
 */

#define IM_MEDIA_ANSWER_MAX_SIZE 2048
#define IM_MEDIA_MAX_SIDE 1000000                   /* pixels that are believed */
#define IM_MEDIA_MAX_DURATION_MS (100 * 3600000u)   /* the same of a duration */
#define IM_MEDIA_PICTURE_MAX_SIZE (8 * 1024 * 1024) /* bytes of a derived picture */

/* path of the pictures: "" when there is one. Returns: (transfer full), NULL with G_IO_ERROR
 * INVALID_DATA for anything but the above. */
ImMediaInfo *im_media_answer_parse (const char *data, gsize size, GError **error);

/* A picture counts when its path is not NULL. Returns: (transfer full) */
char *im_media_answer_format (const ImMediaInfo *info);

G_END_DECLS
