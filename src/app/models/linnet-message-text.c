/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-message-text.h"

#include "im-elem.h"
#include "im-enums.h"
#include "im-group-tips.h"
#include "im-msg.h"
#include "linnet-text.h"

#include <glib/gi18n-lib.h>

typedef const char *(*DetailFunc) (const ImElem *elem);

typedef struct
{
  gint64 type;
  const char *word;
  DetailFunc detail; /* nullable: an address or a name worth showing beside the word */
} FallbackRow;

static const char *
image_detail (const ImElem *elem)
{
  return ((const ImImageElem *) elem)->orig_url;
}

static const char *
sound_detail (const ImElem *elem)
{
  return ((const ImSoundElem *) elem)->url;
}

static const char *
file_detail (const ImElem *elem)
{
  const ImFileElem *file = (const ImFileElem *) elem;

  return file->url != NULL && *file->url != '\0' ? file->url : file->file_name;
}

static const char *
video_detail (const ImElem *elem)
{
  return ((const ImVideoElem *) elem)->video_url;
}

static const char *
location_detail (const ImElem *elem)
{
  return ((const ImLocationElem *) elem)->desc;
}

static const char *
custom_detail (const ImElem *elem)
{
  return ((const ImCustomElem *) elem)->desc;
}

/* clang-format off */
static const FallbackRow fallbacks[] = {
  { IM_ELEM_IMAGE,    N_("Photo"),         image_detail },
  { IM_ELEM_SOUND,    N_("Voice message"), sound_detail },
  { IM_ELEM_FILE,     N_("File"),          file_detail },
  { IM_ELEM_VIDEO,    N_("Video"),         video_detail },
  { IM_ELEM_LOCATION, N_("Location"),      location_detail },
  { IM_ELEM_FACE,     N_("Sticker"),       NULL },
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
  const char *detail = row != NULL && row->detail != NULL ? row->detail (elem) : NULL;

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
