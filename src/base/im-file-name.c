/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-file-name.h"

#include <string.h>

#define FALLBACK "file"
/* Longer ones are no extensions but part of the name. */
#define MAX_EXTENSION 16

/* Windows opens devices under these, whatever the extension; a folder may be shared with it. */
static const char *const reserved[] = { "con", "prn", "aux", "nul", "com", "lpt" };

/* Invisible, or changes the direction in which the rest is shown: "gpj.exe" would look like
 * "exe.jpg". */
static gboolean
is_deceptive (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return c != 0x200d && c != 0x200c; /* joiners, which scripts and emoji need */
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CURRENCY_SYMBOL:
    case G_UNICODE_MODIFIER_SYMBOL:
    case G_UNICODE_MATH_SYMBOL:
    case G_UNICODE_OTHER_SYMBOL:
    case G_UNICODE_SPACE_SEPARATOR:
    default:
      return FALSE;
    }
}

static void
add_safe (GString *safe, gunichar c)
{
  if (is_deceptive (c))
    return;
  if (g_unichar_isspace (c))
    g_string_append_c (safe, ' ');
  else if (c < 0x80 && strchr ("/\\:*?\"<>|", (char) c) != NULL)
    g_string_append_c (safe, '_');
  else
    g_string_append_unichar (safe, c);
}

/* Leading and trailing dots and spaces; joiners and marks with nothing to join. */
static void
trim (GString *name)
{
  const char *start = name->str;

  while (*start != '\0')
    {
      gunichar c = g_utf8_get_char (start);

      if (c != '.' && c != ' ' && c != 0x200c && c != 0x200d && !g_unichar_ismark (c))
        break;
      start = g_utf8_next_char (start);
    }
  g_string_erase (name, 0, start - name->str);
  while (name->len > 0 && strchr (". ", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
}

/* Of the whole name; its end when there is none. */
static const char *
find_extension (const char *name)
{
  const char *dot = strrchr (name, '.');

  if (dot == NULL || dot == name || dot[1] == '\0' || strlen (dot) > MAX_EXTENSION)
    return name + strlen (name);
  return dot;
}

/* The start of the character, with all that belongs to it, in which end lies. */
static const char *
find_cut (const char *text, const char *end)
{
  const char *cut = end;

  while (cut > text && ((guchar) *cut & 0xc0) == 0x80)
    cut--;
  for (;;)
    {
      const char *before = cut > text ? g_utf8_prev_char (cut) : NULL;
      gunichar c = g_utf8_get_char (cut);

      /* Modifiers of emoji (skin) follow what they change. */
      if (before == NULL
          || !(g_unichar_ismark (c) || c == 0x200d || (c >= 0x1f3fb && c <= 0x1f3ff)
               || g_utf8_get_char (before) == 0x200d))
        return cut;
      cut = before;
    }
}

static void
shorten (GString *name, gsize most)
{
  const char *extension = find_extension (name->str);
  gsize stem = extension - name->str;
  gsize room = most - (name->len - stem);
  gsize cut;

  if (name->len <= most)
    return;
  cut = find_cut (name->str, name->str + room) - name->str;
  /* One character with marks without end is no character. */
  if (cut == 0)
    cut = g_utf8_find_prev_char (name->str, name->str + room + 1) - name->str;
  g_string_erase (name, (gssize) cut, (gssize) (stem - cut));
}

static gboolean
is_reserved (const char *name)
{
  gsize length = strcspn (name, ".");

  while (length > 0 && name[length - 1] == ' ')
    length--;
  for (gsize i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (length >= 3 && g_ascii_strncasecmp (name, reserved[i], 3) == 0
        && (i < 4 ? length == 3 : length == 4 && g_ascii_isdigit (name[3])))
      return TRUE;
  return FALSE;
}

/* What is left out may have stood between a letter and its mark: composed afterwards. */
static GString *
compose (GString *name)
{
  g_autofree char *composed = g_utf8_normalize (name->str, -1, G_NORMALIZE_NFC);

  return g_string_assign (name, composed != NULL ? composed : "");
}

char *
im_file_name_make_safe (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  GString *safe = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    add_safe (safe, g_utf8_get_char (c));
  trim (compose (safe));
  shorten (safe, IM_FILE_NAME_MAX);
  trim (safe);
  if (is_reserved (safe->str)) /* what is left of it, too */
    {
      shorten (g_string_prepend_c (safe, '_'), IM_FILE_NAME_MAX);
      trim (safe);
    }
  if (safe->len == 0)
    g_string_assign (safe, FALLBACK);
  return g_string_free (safe, FALSE);
}

char *
im_file_name_number (const char *name, guint number)
{
  const char *extension = find_extension (name);

  if (number < 2)
    return g_strdup (name);
  return g_strdup_printf ("%.*s (%u)%s", (int) (extension - name), name, number, extension);
}

/* A link that leads nowhere is there, too. */
static gboolean
is_there (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

char *
im_file_name_find_free (const char *folder, const char *name)
{
  g_autofree char *safe = im_file_name_make_safe (name);

  for (guint number = 1;; number++)
    {
      g_autofree char *numbered = im_file_name_number (safe, number);
      g_autofree char *path = g_build_filename (folder, numbered, NULL);
      g_autofree char *part = g_strconcat (path, ".part", NULL);

      if (!is_there (path) && !is_there (part))
        return g_steal_pointer (&path);
    }
}
