/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-media-answer.h"

#include "im-blurhash.h"

#include <string.h>

#define GREETING "linnet-media 1"
#define MAX_MIME_LENGTH 80
#define MAX_PICTURE_SIDE 20000

static const char *const kinds[IM_MEDIA_N_KINDS]
    = { "other", "image", "animation", "video", "sound" };
static const char *const roles[IM_MEDIA_N_PICTURES] = { "thumbnail", "large" };
static const char *const picture_types[][2] = { { "jpeg", "image/jpeg" }, { "png", "image/png" } };

/* The line at *at when its key is that, and *at moves on. Returns: (transfer full) (nullable): its
 * values */
static char **
take_line (char **lines, guint *at, const char *key, guint n_values)
{
  g_auto (GStrv) words = lines[*at] != NULL ? g_strsplit (lines[*at], " ", 8) : NULL;

  if (words == NULL || g_strv_length (words) != n_values + 1 || strcmp (words[0], key) != 0)
    return NULL;
  (*at)++;
  return g_strdupv (words + 1);
}

static gboolean
take_number (const char *text, guint64 maximum, guint64 *number)
{
  if (!g_ascii_isdigit (text[0]) || (text[0] == '0' && text[1] != '\0'))
    return FALSE;
  return g_ascii_string_to_unsigned (text, 10, 0, maximum, number, NULL);
}

static gboolean
take_kind (ImMediaInfo *info, char **values)
{
  for (guint i = 0; i < IM_MEDIA_N_KINDS; i++)
    if (strcmp (values[0], kinds[i]) == 0)
      {
        info->kind = (ImMediaKind) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_mime (ImMediaInfo *info, char **values)
{
  const char *slash = strchr (values[0], '/');

  if (slash == NULL || slash == values[0] || slash[1] == '\0' || strchr (slash + 1, '/') != NULL
      || strlen (values[0]) > MAX_MIME_LENGTH)
    return FALSE;
  for (const char *c = values[0]; *c != '\0'; c++)
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && strchr ("/+-.", *c) == NULL)
      return FALSE;
  info->mime_type = g_strdup (values[0]);
  return TRUE;
}

static gboolean
take_size (ImMediaInfo *info, char **values)
{
  guint64 width, height;

  if (!take_number (values[0], IM_MEDIA_MAX_SIDE, &width)
      || !take_number (values[1], IM_MEDIA_MAX_SIDE, &height) || (width == 0) != (height == 0))
    return FALSE;
  info->width = (guint) width;
  info->height = (guint) height;
  return TRUE;
}

static gboolean
take_duration (ImMediaInfo *info, char **values)
{
  return take_number (values[0], IM_MEDIA_MAX_DURATION_MS, &info->duration_ms);
}

static gboolean
take_frames (ImMediaInfo *info, char **values)
{
  guint64 n_frames;

  if (!take_number (values[0], G_MAXUINT16, &n_frames))
    return FALSE;
  info->n_frames = (guint) n_frames;
  return TRUE;
}

static gboolean
take_blurhash (ImMediaInfo *info, char **values)
{
  if (!im_blurhash_is_valid (values[0]))
    return FALSE;
  info->blurhash = g_strdup (values[0]);
  return TRUE;
}

static gboolean
take_loudness (ImMediaInfo *info, char **values)
{
  if (strlen (values[0]) != 2 * IM_MEDIA_LOUDNESS_SIZE
      || strspn (values[0], "0123456789abcdef") != 2 * IM_MEDIA_LOUDNESS_SIZE)
    return FALSE;
  for (guint i = 0; i < IM_MEDIA_LOUDNESS_SIZE; i++)
    info->loudness[i] = (guint8) (g_ascii_xdigit_value (values[0][2 * i]) << 4
                                  | g_ascii_xdigit_value (values[0][2 * i + 1]));
  info->has_loudness = TRUE;
  return TRUE;
}

static gboolean
take_picture (ImMediaPicture *picture, char **values)
{
  guint64 width, height, size;

  for (guint i = 0; i < G_N_ELEMENTS (picture_types); i++)
    if (strcmp (values[0], picture_types[i][0]) == 0)
      picture->mime_type = picture_types[i][1];
  if (picture->mime_type == NULL || !take_number (values[1], MAX_PICTURE_SIDE, &width)
      || !take_number (values[2], MAX_PICTURE_SIDE, &height)
      || !take_number (values[3], IM_MEDIA_PICTURE_MAX_SIZE, &size) || width == 0 || height == 0
      || size == 0)
    return FALSE;
  picture->path = g_strdup ("");
  picture->width = (guint) width;
  picture->height = (guint) height;
  picture->size = (gsize) size;
  return TRUE;
}

static const struct
{
  const char *key;
  guint n_values;
  gboolean is_optional;
  gboolean (*take) (ImMediaInfo *info, char **values);
} rows[] = {
  { "kind", 1, FALSE, take_kind },        { "mime", 1, FALSE, take_mime },
  { "size", 2, FALSE, take_size },        { "duration", 1, FALSE, take_duration },
  { "frames", 1, FALSE, take_frames },    { "blurhash", 1, TRUE, take_blurhash },
  { "loudness", 1, TRUE, take_loudness },
};

static gboolean
parse_lines (ImMediaInfo *info, char **lines)
{
  guint at = 1;

  if (lines[0] == NULL || strcmp (lines[0], GREETING) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) values = take_line (lines, &at, rows[i].key, rows[i].n_values);

      if (values != NULL ? !rows[i].take (info, values) : !rows[i].is_optional)
        return FALSE;
    }
  for (guint i = 0; i < IM_MEDIA_N_PICTURES; i++)
    {
      g_auto (GStrv) values = take_line (lines, &at, roles[i], 4);

      if (values != NULL && !take_picture (&info->pictures[i], values))
        return FALSE;
    }
  return g_strcmp0 (lines[at], "end") == 0 && g_strcmp0 (lines[at + 1], "") == 0
         && lines[at + 2] == NULL;
}

ImMediaInfo *
im_media_answer_parse (const char *data, gsize size, GError **error)
{
  g_autoptr (ImMediaInfo) info = im_media_info_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (size > 0 && size <= IM_MEDIA_ANSWER_MAX_SIZE && memchr (data, '\0', size) == NULL)
    {
      text = g_strndup (data, size);
      lines = g_strsplit (text, "\n", 0);
      if (parse_lines (info, lines))
        return g_steal_pointer (&info);
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no answer that makes sense");
  return NULL;
}

static void
format_picture (GString *text, const char *role, const ImMediaPicture *picture)
{
  if (picture->path != NULL)
    g_string_append_printf (text, "%s %s %u %u %" G_GSIZE_FORMAT "\n", role,
                            picture->mime_type + strlen ("image/"), picture->width, picture->height,
                            picture->size);
}

char *
im_media_answer_format (const ImMediaInfo *info)
{
  GString *text = g_string_new (GREETING "\n");

  g_string_append_printf (text,
                          "kind %s\nmime %s\nsize %u %u\nduration %" G_GUINT64_FORMAT
                          "\nframes %u\n",
                          kinds[info->kind], info->mime_type, info->width, info->height,
                          info->duration_ms, info->n_frames);
  if (info->blurhash != NULL)
    g_string_append_printf (text, "blurhash %s\n", info->blurhash);
  if (info->has_loudness)
    {
      g_string_append (text, "loudness ");
      for (guint i = 0; i < IM_MEDIA_LOUDNESS_SIZE; i++)
        g_string_append_printf (text, "%02x", info->loudness[i]);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < IM_MEDIA_N_PICTURES; i++)
    format_picture (text, roles[i], &info->pictures[i]);
  g_string_append (text, "end\n");
  return g_string_free (text, FALSE);
}
