/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-text.h"

#include <string.h>

char *
map_text_cut (const char *text, gsize max)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0)
    return NULL;
  if (length > max)
    for (length = max; length > 0 && ((guchar) text[length] & 0xc0) == 0x80;)
      length--;
  return length > 0 ? g_strndup (text, length) : NULL;
}

gboolean
map_text_is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* No invisible characters, and none that turn the direction of writing: "gpj.exe" must not look
 * like "exe.jpg". The two that join and part letters stay. */
static gboolean
is_shown (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return c == 0x200c || c == 0x200d
         || (type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_SURROGATE
             && type != G_UNICODE_UNASSIGNED && type != G_UNICODE_LINE_SEPARATOR
             && type != G_UNICODE_PARAGRAPH_SEPARATOR);
}

static const char *
last_part (const char *name)
{
  const char *part = name;

  for (const char *p = name; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      part = p + 1;
  return part;
}

/* Short enough, keeping what stands behind the last dot. */
static void
shorten (GString *name)
{
  const char *dot = strrchr (name->str, '.');
  g_autofree char *extension = NULL;
  g_autofree char *stem = NULL;

  if (name->len <= MAP_MAX_NAME)
    return;
  if (dot != NULL && strlen (dot) <= 16)
    extension = g_strdup (dot);
  stem = map_text_cut (name->str, MAP_MAX_NAME - (extension != NULL ? strlen (extension) : 0));
  g_string_assign (name, stem != NULL ? stem : "");
  if (extension != NULL)
    g_string_append (name, extension);
}

static void
strip (GString *text)
{
  g_strstrip (text->str);
  g_string_set_size (text, strlen (text->str));
}

char *
map_text_file_name (const char *name)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  if (name == NULL)
    return NULL;
  for (const char *p = last_part (name); *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_shown (c))
        g_string_append_unichar (shown, g_unichar_isspace (c) ? ' ' : c);
    }
  strip (shown);
  shorten (shown);
  strip (shown);
  if (shown->len == 0 || strspn (shown->str, ".") == shown->len)
    return NULL;
  return g_string_free (g_steal_pointer (&shown), FALSE);
}

char *
map_text_name_of_url (const char *url)
{
  g_autofree char *path = NULL;
  g_autofree char *plain = NULL;

  if (url == NULL
      || !g_uri_split (url, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED_PATH, NULL, NULL, NULL,
                       NULL, &path, NULL, NULL, NULL))
    return NULL;
  plain = g_uri_unescape_string (last_part (path), NULL);
  return plain != NULL && g_utf8_validate (plain, -1, NULL) ? map_text_file_name (plain) : NULL;
}

gint64
map_number_within (gint64 value, gint64 max)
{
  return value > 0 && value <= max ? value : 0;
}
