/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names, directions, emoji and plain lines. Links stand in linnet-text-links.c. */
#include "linnet-text.h"

#include <string.h>

#define NAME_MAX_CHARS 256

#define ZERO_WIDTH_JOINER 0x200d
#define VARIATION_EMOJI 0xfe0f
#define KEYCAP 0x20e3
#define BLACK_FLAG 0x1f3f4
#define TAG_FIRST 0xe0020
#define TAG_LAST 0xe007f
#define EMOJI_ONLY_MAX 3
/* Twice the longest sequence in use, three times, and blanks: what is longer is no lone emoji. */
#define EMOJI_ONLY_MAX_BYTES 256

typedef struct
{
  gunichar first;
  gunichar last;
} Range;

/* clang-format off */
/* Shown as emoji by themselves (Unicode 15, Emoji_Presentation and its reserved neighbours). */
static const Range emoji[] = {
  { 0x231a, 0x231b }, { 0x23e9, 0x23ec }, { 0x23f0, 0x23f0 }, { 0x23f3, 0x23f3 }, { 0x25fd, 0x25fe },
  { 0x2614, 0x2615 }, { 0x2648, 0x2653 }, { 0x267f, 0x267f }, { 0x2693, 0x2693 }, { 0x26a1, 0x26a1 },
  { 0x26aa, 0x26ab }, { 0x26bd, 0x26be }, { 0x26c4, 0x26c5 }, { 0x26ce, 0x26ce }, { 0x26d4, 0x26d4 },
  { 0x26ea, 0x26ea }, { 0x26f2, 0x26f3 }, { 0x26f5, 0x26f5 }, { 0x26fa, 0x26fa }, { 0x26fd, 0x26fd },
  { 0x2705, 0x2705 }, { 0x270a, 0x270b }, { 0x2728, 0x2728 }, { 0x274c, 0x274c }, { 0x274e, 0x274e },
  { 0x2753, 0x2755 }, { 0x2757, 0x2757 }, { 0x2795, 0x2797 }, { 0x27b0, 0x27b0 }, { 0x27bf, 0x27bf },
  { 0x2b1b, 0x2b1c }, { 0x2b50, 0x2b50 }, { 0x2b55, 0x2b55 }, { 0x1f004, 0x1f004 }, { 0x1f0cf, 0x1f0cf },
  { 0x1f18e, 0x1f18e }, { 0x1f191, 0x1f19a }, { 0x1f201, 0x1f201 }, { 0x1f21a, 0x1f21a },
  { 0x1f22f, 0x1f22f }, { 0x1f232, 0x1f236 }, { 0x1f238, 0x1f23a }, { 0x1f250, 0x1f251 },
  { 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff }, { 0x1f7e0, 0x1f7eb }, { 0x1f7f0, 0x1f7f0 },
  { 0x1f90c, 0x1f9ff }, { 0x1fa70, 0x1faff },
};

/* Emoji only when U+FE0F follows, or inside a joined sequence. */
static const Range text_emoji[] = {
  { 0xa9, 0xa9 }, { 0xae, 0xae }, { 0x203c, 0x203c }, { 0x2049, 0x2049 }, { 0x2122, 0x2122 }, { 0x2139, 0x2139 },
  { 0x2194, 0x21aa }, { 0x2328, 0x2328 }, { 0x23cf, 0x23cf }, { 0x23ed, 0x23fa }, { 0x24c2, 0x24c2 },
  { 0x25aa, 0x25c0 }, { 0x25fb, 0x25fc }, { 0x2600, 0x27bf }, { 0x2934, 0x2935 }, { 0x2b05, 0x2b07 },
  { 0x3030, 0x3030 }, { 0x303d, 0x303d }, { 0x3297, 0x3297 }, { 0x3299, 0x3299 }, { 0x1f170, 0x1f189 },
  { 0x1f202, 0x1f202 }, { 0x1f237, 0x1f237 },
};

static const Range skin_tones = { 0x1f3fb, 0x1f3ff };
static const Range regional = { 0x1f1e6, 0x1f1ff };
/* clang-format on */

static gboolean
in_range (gunichar c, const Range *range)
{
  return c >= range->first && c <= range->last;
}

static gboolean
in_ranges (gunichar c, const Range *ranges, gsize n_ranges)
{
  for (gsize i = 0; i < n_ranges; i++)
    {
      if (in_range (c, &ranges[i]))
        return TRUE;
    }
  return FALSE;
}

/* All readers stop at the terminating zero: the character there is 0, which is in no range. */
static const char *
skip_one (const char *p, gunichar c)
{
  return g_utf8_get_char (p) == c ? g_utf8_next_char (p) : p;
}

/* One element of a sequence: a base with its variation and skin tone. NULL when there is none. */
static const char *
skip_emoji_base (const char *p, gboolean is_joined)
{
  gunichar c = g_utf8_get_char (p);
  const char *next;

  if (c == 0)
    return NULL;
  next = g_utf8_next_char (p);
  if (in_ranges (c, emoji, G_N_ELEMENTS (emoji)))
    p = skip_one (next, VARIATION_EMOJI);
  else if (in_ranges (c, text_emoji, G_N_ELEMENTS (text_emoji))
           && (is_joined || g_utf8_get_char (next) == VARIATION_EMOJI
               || in_range (g_utf8_get_char (next), &skin_tones)))
    p = skip_one (next, VARIATION_EMOJI);
  else
    return NULL;
  return in_range (g_utf8_get_char (p), &skin_tones) ? g_utf8_next_char (p) : p;
}

static const char *
skip_keycap (const char *p)
{
  if (!g_ascii_isdigit (*p) && *p != '#' && *p != '*')
    return NULL;
  p = skip_one (p + 1, VARIATION_EMOJI);
  return g_utf8_get_char (p) == KEYCAP ? g_utf8_next_char (p) : NULL;
}

static const char *
skip_flag (const char *p)
{
  const char *second;

  if (!in_range (g_utf8_get_char (p), &regional))
    return NULL;
  second = g_utf8_next_char (p);
  return in_range (g_utf8_get_char (second), &regional) ? g_utf8_next_char (second) : NULL;
}

static const char *
skip_tags (const char *p)
{
  while (g_utf8_get_char (p) >= TAG_FIRST && g_utf8_get_char (p) <= TAG_LAST)
    p = g_utf8_next_char (p);
  return p;
}

/* Past one whole emoji as people count them; NULL when there is none. */
static const char *
skip_emoji (const char *p)
{
  const char *next = skip_keycap (p);
  gboolean is_black_flag;

  if (next == NULL)
    next = skip_flag (p);
  if (next != NULL)
    return next;
  is_black_flag = g_utf8_get_char (p) == BLACK_FLAG;
  next = skip_emoji_base (p, FALSE);
  if (next != NULL && is_black_flag)
    next = skip_tags (next);
  while (next != NULL && g_utf8_get_char (next) == ZERO_WIDTH_JOINER)
    next = skip_emoji_base (g_utf8_next_char (next), TRUE);
  return next;
}

gboolean
linnet_text_is_emoji_only (const char *text)
{
  guint n = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strlen (text) > EMOJI_ONLY_MAX_BYTES || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0';)
    {
      const char *next;

      if (g_unichar_isspace (g_utf8_get_char (p)))
        {
          p = g_utf8_next_char (p);
          continue;
        }
      next = skip_emoji (p);
      if (next == NULL || ++n > EMOJI_ONLY_MAX)
        return FALSE;
      p = next;
    }
  return n > 0;
}

static gboolean
is_rtl_script (GUnicodeScript script)
{
  static const GUnicodeScript scripts[] = {
    G_UNICODE_SCRIPT_HEBREW,
    G_UNICODE_SCRIPT_ARABIC,
    G_UNICODE_SCRIPT_SYRIAC,
    G_UNICODE_SCRIPT_THAANA,
    G_UNICODE_SCRIPT_NKO,
    G_UNICODE_SCRIPT_SAMARITAN,
    G_UNICODE_SCRIPT_MANDAIC,
    G_UNICODE_SCRIPT_ADLAM,
    G_UNICODE_SCRIPT_HANIFI_ROHINGYA,
    G_UNICODE_SCRIPT_YEZIDI,
    G_UNICODE_SCRIPT_MENDE_KIKAKUI,
    G_UNICODE_SCRIPT_PHOENICIAN,
    G_UNICODE_SCRIPT_OLD_TURKIC,
    G_UNICODE_SCRIPT_IMPERIAL_ARAMAIC,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      if (scripts[i] == script)
        return TRUE;
    }
  return FALSE;
}

LinnetTextDirection
linnet_text_direction (const char *text)
{
  const char *end;

  g_return_val_if_fail (text != NULL, LINNET_TEXT_NEUTRAL);

  g_utf8_validate (text, -1, &end);
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c))
        return is_rtl_script (g_unichar_get_script (c)) ? LINNET_TEXT_RTL : LINNET_TEXT_LTR;
    }
  return LINNET_TEXT_NEUTRAL;
}

/* Runs of white space become one blank; what `is_dropped` names goes. */
static char *
squeeze (const char *text, guint max_chars, gboolean (*is_dropped) (gunichar))
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);
  gboolean blank = FALSE;
  guint n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || c == 0x2028 || c == 0x2029)
        {
          blank = n > 0;
          continue;
        }
      if (is_dropped (c))
        continue;
      if (n + (blank ? 1 : 0) >= max_chars)
        {
          g_string_append (line, "…");
          break;
        }
      if (blank)
        {
          g_string_append_c (line, ' ');
          n++;
        }
      blank = FALSE;
      g_string_append_unichar (line, c);
      n++;
    }
  return g_string_free (line, FALSE);
}

static gboolean
is_control (gunichar c)
{
  return g_unichar_iscntrl (c);
}

/* Joiners stay: Persian, the Indic scripts and emoji are spelt with them. */
static gboolean
is_unwanted_in_names (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  if (c == 0x200c || c == ZERO_WIDTH_JOINER)
    return FALSE;
  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_PRIVATE_USE
         || type == G_UNICODE_UNASSIGNED || c == 0x115f || c == 0x1160 || c == 0x3164
         || c == 0xffa0;
}

/* Texts may be long; what cannot reach the line need not be looked at. */
static char *
dup_head (const char *text, guint max_chars)
{
  return g_strndup (text, strnlen (text, (gsize) max_chars * 16 + 1024));
}

char *
linnet_text_to_line (const char *text, guint max_chars)
{
  g_autofree char *head = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  head = dup_head (text, max_chars);
  return squeeze (head, max_chars, is_control);
}

char *
linnet_text_clean_name (const char *name)
{
  g_autofree char *head = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  head = dup_head (name, NAME_MAX_CHARS);
  return squeeze (head, NAME_MAX_CHARS, is_unwanted_in_names);
}

char *
linnet_text_isolate (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return g_strconcat ("\u2068", text, "\u2069", NULL);
}

int
linnet_text_name_color (const char *name)
{
  g_return_val_if_fail (name != NULL, 1);

  return (int) (g_str_hash (name) % 14) + 1;
}
