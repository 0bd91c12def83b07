/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-parts.h"

#include "im-elem.h"
#include "map-media-type.h"
#include "map-text.h"
#include "xmpp-fallback.h"
#include "xmpp-file.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <math.h>
#include <string.h>

#define SAME_PLACE 1e-6 /* degrees */
#define MAX_DESC 1024

/* Reading */

/* Every file can be had, so that nothing is lost with the text that stands in for them. */
static gboolean
files_say_all (const MapParts *parts)
{
  if (parts->files->len == 0 || parts->has_more_files)
    return FALSE;
  for (guint i = 0; i < parts->files->len; i++)
    if (((const XmppFile *) g_ptr_array_index (parts->files, i))->url == NULL)
      return FALSE;
  return TRUE;
}

gboolean
map_parts_has_url (const MapParts *parts, const char *url)
{
  for (guint i = 0; i < parts->files->len; i++)
    if (g_strcmp0 (((const XmppFile *) g_ptr_array_index (parts->files, i))->url, url) == 0)
      return TRUE;
  return FALSE;
}

/* "https://…" in a body that has a file of that address, or out-of-band data, is no text. */
static gboolean
is_link_to_file (const MapParts *parts, const char *text)
{
  return map_parts_has_url (parts, text)
         || (parts->oob_url != NULL && g_str_equal (parts->oob_url, text)
             && xmpp_url_is_web (text));
}

gboolean
map_parts_is_place (const MapParts *parts, double latitude, double longitude)
{
  return fabs (parts->location.latitude - latitude) < SAME_PLACE
         && fabs (parts->location.longitude - longitude) < SAME_PLACE;
}

/* A body that is a geo: address is a place without more, and one that ends with the address of the
 * place says no more than the place does. */
static void
take_place (MapParts *parts, const char *text)
{
  const char *line = strrchr (text, '\n');
  double latitude, longitude;

  line = line != NULL ? line + 1 : text;
  if (!xmpp_location_parse_uri (line, &latitude, &longitude))
    return;
  if (!parts->has_location && line == text)
    {
      parts->has_location = parts->is_location_in_body_only = TRUE;
      parts->location.latitude = latitude;
      parts->location.longitude = longitude;
      g_clear_pointer (&parts->text, g_free);
    }
  else if (parts->has_location && map_parts_is_place (parts, latitude, longitude))
    {
      g_autofree char *before = g_strndup (text, (gsize) (line - text));

      g_strchomp (before);
      if (*before == '\0' || g_strcmp0 (before, parts->location.description) == 0)
        g_clear_pointer (&parts->text, g_free);
    }
}

static char *
strip_quote (const XmppMessage *message)
{
  static const char *const for_reply[] = { XMPP_NS_REPLY, NULL };
  g_autofree char *body = NULL;

  if (message->body == NULL || message->about.replies_to_id == NULL)
    return g_strdup (message->body);
  body = xmpp_fallback_strip (message->node, message->body, for_reply);
  return map_text_is_blank (body) ? g_strdup (message->body) : g_steal_pointer (&body);
}

static char *
strip_parts (const XmppMessage *message, const MapParts *parts)
{
  const char *for_ns[4];
  guint n = 0;

  if (parts->body == NULL)
    return NULL;
  if (g_strcmp0 (parts->body, message->body) != 0)
    for_ns[n++] = XMPP_NS_REPLY;
  if (files_say_all (parts))
    for_ns[n++] = XMPP_NS_SFS;
  if (parts->has_location)
    for_ns[n++] = XMPP_NS_GEOLOC;
  for_ns[n] = NULL;
  if (n == 0)
    return g_strdup (parts->body);
  return xmpp_fallback_strip (message->node, message->body, for_ns);
}

static void
trim_lines (char *text)
{
  gsize length = strlen (text);
  gsize start = strspn (text, "\n");

  while (length > start && text[length - 1] == '\n')
    length--;
  memmove (text, text + start, length - start);
  text[length - start] = '\0';
}

static void
read_text (const XmppMessage *message, MapParts *parts)
{
  g_autofree char *text = strip_parts (message, parts);
  g_autofree char *trimmed = NULL;

  if (text == NULL)
    return;
  if (g_strcmp0 (text, parts->body) != 0)
    trim_lines (text);
  trimmed = g_strstrip (g_strdup (text));
  parts->text = g_steal_pointer (&text);
  if (*trimmed == '\0' || is_link_to_file (parts, trimmed))
    g_clear_pointer (&parts->text, g_free);
  else
    take_place (parts, trimmed);
}

void
map_parts_read (const XmppMessage *message, MapParts *ret_parts)
{
  memset (ret_parts, 0, sizeof *ret_parts);
  ret_parts->body = strip_quote (message);
  ret_parts->is_encrypted = xmpp_message_payload (message, "encryption", XMPP_NS_EME) != NULL;
  if (ret_parts->is_encrypted)
    {
      ret_parts->files = g_ptr_array_new ();
      ret_parts->text = g_strdup (ret_parts->body);
      return;
    }
  ret_parts->files = xmpp_files_read (message->node, &ret_parts->has_more_files);
  ret_parts->has_location = xmpp_location_read (message->node, &ret_parts->location);
  ret_parts->oob_url = message->oob_url;
  read_text (message, ret_parts);
}

void
map_parts_clear (MapParts *parts)
{
  g_clear_pointer (&parts->files, g_ptr_array_unref);
  xmpp_location_clear (&parts->location);
  g_clear_pointer (&parts->body, g_free);
  g_clear_pointer (&parts->text, g_free);
}

/* Elements */

static ImElem *
new_text (const char *content)
{
  ImTextElem *elem = im_json_new (&im_text_elem_type);

  elem->content = g_strdup (content);
  return &elem->base;
}

static gint64
seconds_of (guint64 length_ms)
{
  return (gint64) ((length_ms + 999) / 1000);
}

/* Programs show the small versions: where there are none, the picture itself. */
static ImElem *
new_image (const XmppFile *file, const char *media_type)
{
  ImImageElem *elem = im_json_new (&im_image_elem_type);
  const XmppThumbnail original = { file->url, file->width, file->height };
  const XmppThumbnail *thumb = file->thumbnails[0].url != NULL ? &file->thumbnails[0] : &original;
  const XmppThumbnail *large = file->thumbnails[1].url != NULL ? &file->thumbnails[1] : &original;

  elem->level = IM_IMAGE_LEVEL_ORIG;
  elem->format = map_image_format_of_type (media_type);
  elem->orig_url = g_strdup (file->url);
  elem->orig_pic_width = file->width;
  elem->orig_pic_height = file->height;
  elem->orig_pic_size = (gint64) file->size;
  elem->thumb_url = g_strdup (thumb->url);
  elem->thumb_pic_width = thumb->width;
  elem->thumb_pic_height = thumb->height;
  elem->large_url = g_strdup (large->url);
  elem->large_pic_width = large->width;
  elem->large_pic_height = large->height;
  elem->blurhash = g_strdup (file->blurhash);
  elem->sha256 = g_strdup (file->sha256);
  return &elem->base;
}

static ImElem *
new_sound (const XmppFile *file)
{
  ImSoundElem *elem = im_json_new (&im_sound_elem_type);

  elem->url = g_strdup (file->url);
  elem->file_size = (gint64) file->size;
  elem->file_time = seconds_of (file->length_ms);
  elem->sha256 = g_strdup (file->sha256);
  return &elem->base;
}

static ImElem *
new_video (const XmppFile *file, const char *media_type)
{
  ImVideoElem *elem = im_json_new (&im_video_elem_type);
  const XmppThumbnail *still = &file->thumbnails[0];
  gboolean has_own_sides = still->url != NULL && still->width != 0 && still->height != 0;

  elem->video_url = g_strdup (file->url);
  elem->video_type = g_strdup (media_type + strlen ("video/"));
  elem->video_size = map_number_within ((gint64) file->size, G_MAXUINT32);
  elem->video_duration = seconds_of (file->length_ms);
  elem->image_url = g_strdup (still->url);
  elem->image_width = has_own_sides ? still->width : file->width;
  elem->image_height = has_own_sides ? still->height : file->height;
  elem->sha256 = g_strdup (file->sha256);
  return &elem->base;
}

static ImElem *
new_file (const XmppFile *file, const char *name)
{
  ImFileElem *elem = im_json_new (&im_file_elem_type);

  elem->url = g_strdup (file->url);
  elem->file_name = g_strdup (name != NULL ? name : "file");
  elem->file_size = (gint64) file->size;
  elem->media_type = g_strdup (file->media_type);
  elem->sha256 = g_strdup (file->sha256);
  return &elem->base;
}

static char *
name_of (const XmppFile *file)
{
  char *name = map_text_file_name (file->name);

  return name != NULL ? name : map_text_name_of_url (file->url);
}

/* By what is declared; by the name's ending when nothing is. */
static ImElem *
elem_of_file (const XmppFile *file)
{
  g_autofree char *name = name_of (file);
  const char *type = file->media_type != NULL ? file->media_type : map_media_type_of_name (name);
  MapMedia media = file->disposition == XMPP_DISPOSITION_ATTACHMENT ? MAP_MEDIA_FILE
                                                                    : map_media_of_type (type);

  switch (media)
    {
    case MAP_MEDIA_IMAGE:
      return new_image (file, type);
    case MAP_MEDIA_SOUND:
      return new_sound (file);
    case MAP_MEDIA_VIDEO:
      return new_video (file, type);
    case MAP_MEDIA_FILE:
    default:
      return new_file (file, name);
    }
}

static void
add_files (GPtrArray *elems, const MapParts *parts)
{
  for (guint i = 0; i < parts->files->len; i++)
    {
      const XmppFile *file = g_ptr_array_index (parts->files, i);

      if (file->url != NULL)
        g_ptr_array_add (elems, elem_of_file (file));
    }
}

/* Out-of-band data is a file when the body is its address or nothing, or when it is a picture, a
 * sound or a film by its name. It may be any page as well: then it is shown as what it is, an
 * address. */
static void
add_oob (GPtrArray *elems, const MapParts *parts)
{
  XmppFile file = { .url = (char *) parts->oob_url };
  g_autofree char *name = map_text_name_of_url (parts->oob_url);

  if (parts->oob_url == NULL || *parts->oob_url == '\0'
      || map_parts_has_url (parts, parts->oob_url))
    return;
  if (xmpp_url_is_web (parts->oob_url)
      && (parts->text == NULL || map_media_type_of_name (name) != NULL))
    g_ptr_array_add (elems, elem_of_file (&file));
  else if (parts->body == NULL || strstr (parts->body, parts->oob_url) == NULL)
    g_ptr_array_add (elems, new_text (parts->oob_url));
}

static void
add_location (GPtrArray *elems, const MapParts *parts)
{
  ImLocationElem *elem;

  if (!parts->has_location)
    return;
  elem = im_json_new (&im_location_elem_type);
  elem->desc = map_text_cut (parts->location.description, MAX_DESC);
  elem->latitude = parts->location.latitude;
  elem->longitude = parts->location.longitude;
  g_ptr_array_add (elems, elem);
}

/* A file that cannot be had is its name. */
static void
add_names (GPtrArray *elems, const MapParts *parts)
{
  for (guint i = 0; i < parts->files->len && elems->len == 0; i++)
    {
      const XmppFile *file = g_ptr_array_index (parts->files, i);
      g_autofree char *name = name_of (file);

      g_ptr_array_add (elems, new_text (name != NULL ? name : "[file]"));
    }
}

GPtrArray *
map_parts_to_elems (const MapParts *parts)
{
  GPtrArray *elems = im_json_array_new ();

  if (parts->text != NULL && *parts->text != '\0')
    g_ptr_array_add (elems, new_text (parts->text));
  add_files (elems, parts);
  add_oob (elems, parts);
  add_location (elems, parts);
  add_names (elems, parts);
  if (elems->len == 0 && parts->body != NULL && *parts->body != '\0')
    g_ptr_array_add (elems, new_text (parts->body));
  return elems;
}
