/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-blurhash.h"

#include <math.h>
#include <string.h>

static const char digits[]
    = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
#define BASE (sizeof digits - 1)

#define MAX_FACTORS (IM_BLURHASH_MAX_COMPONENTS * IM_BLURHASH_MAX_COMPONENTS)

typedef struct
{
  double rgb[3];
} Factor;

typedef struct
{
  guint columns;
  guint rows;
  Factor factors[MAX_FACTORS]; /* row after row; the first is the average colour */
} Waves;

static double
linear_from_srgb (guint value)
{
  double v = value / 255.0;

  return v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4);
}

static guint
srgb_from_linear (double value)
{
  double v = CLAMP (value, 0.0, 1.0);

  return (guint) (255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * pow (v, 1 / 2.4) - 0.055) + 0.5);
}

static double
signed_power (double value, double exponent)
{
  return copysign (pow (fabs (value), exponent), value);
}

static void
append_number (GString *text, guint value, guint length)
{
  guint divisor = 1;

  for (guint i = 1; i < length; i++)
    divisor *= BASE;
  for (; divisor > 0; divisor /= BASE)
    g_string_append_c (text, digits[value / divisor % BASE]);
}

/* Returns: FALSE when a character is no digit, or the text too short */
static gboolean
read_number (const char *text, guint length, guint *value)
{
  *value = 0;
  for (guint i = 0; i < length; i++)
    {
      const char *digit = text[i] != '\0' ? strchr (digits, text[i]) : NULL;

      if (digit == NULL)
        return FALSE;
      *value = *value * BASE + (guint) (digit - digits);
    }
  return TRUE;
}

static Factor
measure_wave (const guint8 *pixels, guint width, guint height, guint column, guint row)
{
  Factor factor = { { 0, 0, 0 } };
  double scale = (column == 0 && row == 0 ? 1.0 : 2.0) / ((double) width * height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const guint8 *pixel = pixels + 3 * ((gsize) y * width + x);
        double basis = cos (G_PI * column * x / width) * cos (G_PI * row * y / height);

        for (guint i = 0; i < 3; i++)
          factor.rgb[i] += basis * linear_from_srgb (pixel[i]);
      }
  for (guint i = 0; i < 3; i++)
    factor.rgb[i] *= scale;
  return factor;
}

static void
append_average (GString *text, const Factor *factor)
{
  append_number (text,
                 srgb_from_linear (factor->rgb[0]) << 16 | srgb_from_linear (factor->rgb[1]) << 8
                     | srgb_from_linear (factor->rgb[2]),
                 4);
}

static void
append_wave (GString *text, const Factor *factor, double maximum)
{
  guint value = 0;

  for (guint i = 0; i < 3; i++)
    {
      double quantised = floor (signed_power (factor->rgb[i] / maximum, 0.5) * 9 + 9.5);

      value = value * 19 + (guint) CLAMP (quantised, 0.0, 18.0);
    }
  append_number (text, value, 2);
}

static guint
quantise_maximum (const Waves *waves)
{
  double largest = 0;

  for (guint i = 1; i < waves->columns * waves->rows; i++)
    for (guint j = 0; j < 3; j++)
      largest = MAX (largest, fabs (waves->factors[i].rgb[j]));
  return (guint) CLAMP (floor (largest * 166 - 0.5), 0.0, 82.0);
}

static char *
format_waves (const Waves *waves)
{
  GString *text = g_string_new (NULL);
  guint maximum = quantise_maximum (waves);

  append_number (text, (waves->columns - 1) + (waves->rows - 1) * 9, 1);
  append_number (text, maximum, 1);
  append_average (text, &waves->factors[0]);
  for (guint i = 1; i < waves->columns * waves->rows; i++)
    append_wave (text, &waves->factors[i], (maximum + 1) / 166.0);
  return g_string_free (text, FALSE);
}

char *
im_blurhash_encode (const guint8 *pixels, guint width, guint height, guint columns, guint rows)
{
  Waves waves = { .columns = columns, .rows = rows };

  g_return_val_if_fail (pixels != NULL && width > 0 && height > 0, NULL);
  g_return_val_if_fail (columns >= 1 && columns <= IM_BLURHASH_MAX_COMPONENTS, NULL);
  g_return_val_if_fail (rows >= 1 && rows <= IM_BLURHASH_MAX_COMPONENTS, NULL);
  for (guint row = 0; row < rows; row++)
    for (guint column = 0; column < columns; column++)
      waves.factors[row * columns + column] = measure_wave (pixels, width, height, column, row);
  return format_waves (&waves);
}

static void
set_average (Factor *factor, guint value)
{
  for (guint i = 0; i < 3; i++)
    factor->rgb[i] = linear_from_srgb (value >> (16 - 8 * i) & 0xff);
}

static void
set_wave (Factor *factor, guint value, double maximum)
{
  guint parts[3] = { value / (19 * 19), value / 19 % 19, value % 19 };

  for (guint i = 0; i < 3; i++)
    factor->rgb[i] = signed_power (((double) parts[i] - 9) / 9, 2) * maximum;
}

static gboolean
parse_waves (const char *hash, Waves *waves)
{
  guint size, maximum, value;

  if (hash == NULL || !read_number (hash, 1, &size) || size > 80)
    return FALSE;
  waves->columns = size % 9 + 1;
  waves->rows = size / 9 + 1;
  if (strlen (hash) != 4 + 2 * waves->columns * waves->rows)
    return FALSE;
  if (!read_number (hash + 1, 1, &maximum) || !read_number (hash + 2, 4, &value)
      || value > 0xffffff)
    return FALSE;
  set_average (&waves->factors[0], value);
  for (guint i = 1; i < waves->columns * waves->rows; i++)
    {
      if (!read_number (hash + 4 + 2 * i, 2, &value) || value >= 19 * 19 * 19)
        return FALSE;
      set_wave (&waves->factors[i], value, (maximum + 1) / 166.0);
    }
  return TRUE;
}

gboolean
im_blurhash_is_valid (const char *hash)
{
  Waves waves;

  return parse_waves (hash, &waves);
}

/* cos (π · wave · position / length), a row of `length` for each wave. (transfer full) */
static double *
new_basis (guint n_waves, guint length)
{
  double *basis = g_new (double, n_waves *length);

  for (guint wave = 0; wave < n_waves; wave++)
    for (guint i = 0; i < length; i++)
      basis[wave * length + i] = cos (G_PI * wave * i / length);
  return basis;
}

guint8 *
im_blurhash_decode (const char *hash, guint width, guint height)
{
  Waves waves;
  guint8 *pixels;
  g_autofree double *across = NULL;
  g_autofree double *down = NULL;

  g_return_val_if_fail (width >= 1 && width <= IM_BLURHASH_MAX_SIDE, NULL);
  g_return_val_if_fail (height >= 1 && height <= IM_BLURHASH_MAX_SIDE, NULL);
  if (!parse_waves (hash, &waves))
    return NULL;
  pixels = g_malloc (3 * (gsize) width * height);
  across = new_basis (waves.columns, width);
  down = new_basis (waves.rows, height);
  for (guint at = 0; at < width * height; at++)
    for (guint i = 0; i < 3; i++)
      {
        double sum = 0;

        for (guint wave = 0; wave < waves.columns * waves.rows; wave++)
          sum += waves.factors[wave].rgb[i] * across[wave % waves.columns * width + at % width]
                 * down[wave / waves.columns * height + at / width];
        pixels[3 * (gsize) at + i] = (guint8) srgb_from_linear (sum);
      }
  return pixels;
}
