/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-msg-text.h"

#include "im-elem.h"

static void
append_text (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, IM_MSG_TEXT_BREAK);
  g_string_append (text, part);
}

/* What is seen of a bundle where it is not open. */
static void
append_merger (GString *text, const ImMergerElem *elem)
{
  append_text (text, elem->title);
  for (char **line = elem->abstracts; line != NULL && *line != NULL; line++)
    append_text (text, *line);
}

/* Nullable. What programs write for themselves (data of custom elements, emoji indices, paths,
 * addresses) is no text for people; a notice's words are made up where it is shown. */
static const char *
get_text (const ImElem *elem)
{
  switch (elem->type)
    {
    case IM_ELEM_TEXT:
      return ((const ImTextElem *) elem)->content;
    case IM_ELEM_CUSTOM:
      return ((const ImCustomElem *) elem)->desc;
    case IM_ELEM_FILE:
      return ((const ImFileElem *) elem)->file_name;
    case IM_ELEM_LOCATION:
      return ((const ImLocationElem *) elem)->desc;
    case IM_ELEM_IMAGE:
    case IM_ELEM_SOUND:
    case IM_ELEM_VIDEO:
    case IM_ELEM_FACE:
    case IM_ELEM_GROUP_TIPS:
    case IM_ELEM_GROUP_REPORT:
    case IM_ELEM_FRIEND_CHANGE:
    case IM_ELEM_PROFILE_CHANGE:
    default:
      return NULL;
    }
}

char *
im_msg_dup_searchable_text (const ImMsg *msg)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; msg->elems != NULL && i < msg->elems->len; i++)
    {
      const ImElem *elem = g_ptr_array_index (msg->elems, i);

      if (elem->type == IM_ELEM_MERGE)
        append_merger (text, (const ImMergerElem *) elem);
      else
        append_text (text, get_text (elem));
    }
  return g_string_free (text, FALSE);
}
