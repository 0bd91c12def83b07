/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-message-text.h"

#include "im-elem.h"
#include "im-enums.h"
#include "im-group-tips.h"
#include "im-msg.h"
#include "linnet-text.h"

#include <glib/gi18n-lib.h>

typedef char *(*DetailFunc) (const ImElem *elem);

typedef struct
{
  gint64 type;
  const char *word;
  DetailFunc detail; /* nullable: lines worth showing below the word */
} FallbackRow;

static char *
describe_file (const char *name, const char *path, gint64 size, const char *url)
{
  g_autoptr (GString) text = g_string_new (name);
  g_autofree char *base_name = path != NULL && *path != '\0' ? g_path_get_basename (path) : NULL;
  g_autofree char *size_text = size > 0 ? g_format_size ((guint64) size) : NULL;

  if (text->len == 0 && base_name != NULL)
    g_string_append (text, base_name);
  if (size_text != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", size_text);
  if (url != NULL && *url != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", url);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
image_detail (const ImElem *elem)
{
  const ImImageElem *image = (const ImImageElem *) elem;

  return describe_file (NULL, image->orig_path, image->orig_pic_size, image->orig_url);
}

static char *
sound_detail (const ImElem *elem)
{
  const ImSoundElem *sound = (const ImSoundElem *) elem;

  return describe_file (NULL, NULL, sound->file_size, sound->url);
}

static char *
file_detail (const ImElem *elem)
{
  const ImFileElem *file = (const ImFileElem *) elem;

  return describe_file (file->file_name, file->file_path, file->file_size, file->url);
}

static char *
video_detail (const ImElem *elem)
{
  const ImVideoElem *video = (const ImVideoElem *) elem;

  return describe_file (NULL, video->video_path, video->video_size, video->video_url);
}

static char *
location_detail (const ImElem *elem)
{
  return g_strdup (((const ImLocationElem *) elem)->desc);
}

static char *
custom_detail (const ImElem *elem)
{
  return g_strdup (((const ImCustomElem *) elem)->desc);
}

/* Its title and lines, as other programs show it. */
static char *
merger_detail (const ImElem *elem)
{
  const ImMergerElem *merger = (const ImMergerElem *) elem;
  g_autofree char *lines
      = merger->abstracts != NULL ? g_strjoinv ("\n", merger->abstracts) : g_strdup ("");
  const char *title = merger->title != NULL ? merger->title : "";

  if (*lines == '\0')
    return g_strdup (title);
  return g_strconcat (title, *title != '\0' ? "\n" : "", lines, NULL);
}

/* clang-format off */
static const FallbackRow fallbacks[] = {
  { IM_ELEM_IMAGE,    N_("Photo"),         image_detail },
  { IM_ELEM_SOUND,    N_("Voice message"), sound_detail },
  { IM_ELEM_FILE,     N_("File"),          file_detail },
  { IM_ELEM_VIDEO,    N_("Video"),         video_detail },
  { IM_ELEM_LOCATION, N_("Location"),      location_detail },
  { IM_ELEM_FACE,     N_("Sticker"),       NULL },
  { IM_ELEM_MERGE,    N_("Forwarded messages"), merger_detail },
  { IM_ELEM_CUSTOM,   N_("A message this version of Linnet cannot show"), custom_detail },
};
/* clang-format on */

static const FallbackRow *
find_fallback (gint64 type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fallbacks); i++)
    {
      if (fallbacks[i].type == type)
        return &fallbacks[i];
    }
  return NULL;
}

static char *
describe_element (const ImElem *elem)
{
  const FallbackRow *row = find_fallback (elem->type);
  g_autofree char *detail = row != NULL && row->detail != NULL ? row->detail (elem) : NULL;

  if (row == NULL)
    return g_strdup (_ ("A message this version of Linnet cannot show"));
  if (detail == NULL || *detail == '\0')
    return g_strdup (_ (row->word));
  return g_strdup_printf ("%s\n%s", _ (row->word), detail);
}

char *
linnet_message_text_of (const ImMsg *msg, LinnetMessageKind *ret_kind)
{
  GString *text = g_string_new (NULL);
  guint n = msg->elems != NULL ? msg->elems->len : 0;

  *ret_kind = LINNET_MESSAGE_KIND_TEXT;
  if (msg->status == IM_MSG_REVOKED)
    {
      *ret_kind = LINNET_MESSAGE_KIND_UNSUPPORTED;
      g_string_append (text, _ ("Message deleted"));
      return g_string_free (text, FALSE);
    }
  for (guint i = 0; i < n; i++)
    {
      const ImElem *elem = g_ptr_array_index (msg->elems, i);
      g_autofree char *described = NULL;
      const char *part;

      if (elem->type == IM_ELEM_TEXT)
        part = ((const ImTextElem *) elem)->content;
      else
        {
          *ret_kind = LINNET_MESSAGE_KIND_UNSUPPORTED;
          part = described = describe_element (elem);
        }
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, part != NULL ? part : "");
    }
  if (n == 0)
    *ret_kind = LINNET_MESSAGE_KIND_UNSUPPORTED;
  if (n == 0)
    g_string_append (text, _ ("A message this version of Linnet cannot show"));
  return g_string_free (text, FALSE);
}
