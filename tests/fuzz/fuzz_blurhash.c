/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A blurred preview from a stranger: drawn when it is valid, in any size; and any pixels become one
 * that is valid. */

#include "im-blurhash.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_text (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree guint8 *small = im_blurhash_decode (text, 1, 1);
  g_autofree guint8 *pixels = im_blurhash_decode (text, 5, 3);

  g_assert_true ((pixels != NULL) == im_blurhash_is_valid (text));
  g_assert_true ((small != NULL) == (pixels != NULL));
}

static void
check_pixels (const guint8 *data, gsize size)
{
  guint width = 1 + data[0] % 8;
  guint height = 1 + data[1] % 8;
  g_autofree char *hash = NULL;

  if (size < 3 + 3 * (gsize) width * height)
    return;
  hash = im_blurhash_encode (data + 3, width, height, 1 + data[2] % 9, 1 + data[2] / 9 % 9);
  g_assert_true (im_blurhash_is_valid (hash));
  g_assert_cmpuint (strlen (hash), <=, IM_BLURHASH_MAX_LENGTH);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size > 0)
    check_text (data, size);
  if (size > 3)
    check_pixels (data, size);
  return 0;
}
