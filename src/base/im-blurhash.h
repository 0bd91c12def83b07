/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * BlurHash (https://github.com/woltapp/blurhash, its Algorithm.md): a picture so blurred that it is
 * a short text. Pure functions, any thread. Pixels are RGB, 8 bits each, without gaps between rows.
 */

#define IM_BLURHASH_MAX_COMPONENTS 9
#define IM_BLURHASH_MAX_LENGTH (4 + 2 * IM_BLURHASH_MAX_COMPONENTS * IM_BLURHASH_MAX_COMPONENTS)
#define IM_BLURHASH_MAX_SIDE 256 /* what decoding draws at most */

/* columns, rows: how many waves, 1 to 9. Costs width × height × columns × rows: shrink the picture
 * before, to 32 pixels or so. Returns: (transfer full) */
char *
im_blurhash_encode (const guint8 *pixels, guint width, guint height, guint columns, guint rows);

gboolean im_blurhash_is_valid (const char *hash);

/* Draws width × height × 3 bytes, 1 to IM_BLURHASH_MAX_SIDE each. The text may come from anybody.
 * Returns: (transfer full) (nullable): NULL when it is no BlurHash. */
guint8 *im_blurhash_decode (const char *hash, guint width, guint height);

G_END_DECLS
