/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The blurred preview in a text: as the published algorithm has it, both ways. */

#include "im-blurhash.h"

#include <string.h>

#define WIDTH 17
#define HEIGHT 12

static void
paint (guint8 *pixels)
{
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        guint8 *pixel = pixels + 3 * (y * WIDTH + x);

        pixel[0] = (guint8) (x * 15);
        pixel[1] = (guint8) (y * 21);
        pixel[2] = (guint8) (x * y);
      }
}

/* The texts are those of an independent implementation of the description. */
static void
test_encode (void)
{
  static const struct
  {
    guint columns;
    guint rows;
    const char *hash;
  } cases[] = {
    { 4, 3, "LtGupE2,wykUqLR:jse;g1fifQfj" },
    { 1, 1, "00GupE" },
    { 9, 9,
      "|tGupE2,wykUSLt5SLt5SLqLR:jse;a}jGa}jGa}g1fifQfjfQfjfQfjfQt5Sejtfja|j@a|j@a|eof8"
      "fQf7fQf7fQf7fQtPSejufja|j@a|j@a|eVf8fPf7fQf7fQf7fRtPSejufja|j@a|j@a{eVf8fPf7fQf7fQf6fR" },
  };
  guint8 pixels[WIDTH * HEIGHT * 3];

  paint (pixels);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hash
          = im_blurhash_encode (pixels, WIDTH, HEIGHT, cases[i].columns, cases[i].rows);

      g_assert_cmpstr (hash, ==, cases[i].hash);
      g_assert_cmpuint (strlen (hash), <=, IM_BLURHASH_MAX_LENGTH);
      g_assert_true (im_blurhash_is_valid (hash));
    }
}

/* A colour comes back as it was, and a gradient about so. */
static void
test_decode (void)
{
  guint8 pixels[WIDTH * HEIGHT * 3];
  g_autofree char *hash = NULL;
  g_autofree guint8 *again = NULL;

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    memcpy (pixels + 3 * i, "\x80\x20\xf0", 3);
  hash = im_blurhash_encode (pixels, WIDTH, HEIGHT, 1, 1);
  again = im_blurhash_decode (hash, WIDTH, HEIGHT);
  g_assert_cmpmem (again, WIDTH * HEIGHT * 3, pixels, WIDTH * HEIGHT * 3);
}

static void
test_decode_gradient (void)
{
  guint8 pixels[WIDTH * HEIGHT * 3];
  g_autofree char *hash = NULL;
  g_autofree guint8 *again = NULL;
  guint difference = 0;

  paint (pixels);
  hash = im_blurhash_encode (pixels, WIDTH, HEIGHT, 9, 9);
  again = im_blurhash_decode (hash, WIDTH, HEIGHT);
  for (guint i = 0; i < WIDTH * HEIGHT * 3; i++)
    difference += (guint) ABS (again[i] - pixels[i]);
  g_assert_cmpuint (difference / (WIDTH * HEIGHT * 3), <, 24);
}

static void
test_invalid (void)
{
  static const char *const texts[] = {
    "",
    "0",
    "L",
    "00000",
    "0000000",
    "00~~~~",
    "~00000",
    "00 000",
    "00000\n",
    "L00000fQfQfQ",
    "00\xc3\xa9"
    "00",
    "10000000000",
    "100000~~",
    "\\00000",
  };

  g_assert_false (im_blurhash_is_valid (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_false (im_blurhash_is_valid (texts[i]));
      g_assert_null (im_blurhash_decode (texts[i], 8, 8));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blurhash/encode", test_encode);
  g_test_add_func ("/blurhash/decode", test_decode);
  g_test_add_func ("/blurhash/decode-gradient", test_decode_gradient);
  g_test_add_func ("/blurhash/invalid", test_invalid);
  return g_test_run ();
}
