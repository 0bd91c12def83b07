/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-error.h"
#include "map-bundle.h"
#include "map-elem-private.h"
#include "map-media-type.h"
#include "map-text.h"
#include "xmpp-ns.h"

#include <glib/gstdio.h>
#include <string.h>

/* Pictures, sounds, films and files: their content is somewhere else, under an address. */

#define MAX_SECONDS ((gint64) (XMPP_MAX_LENGTH_MS / 1000))
#define MAX_WAVEFORM 256
#define MAX_TYPE 127
#define USABLE_AS_IT_IS 2 /* download flag */

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* What is checked before it is sent */

static gboolean
check_path (const char *path, const char *key, GError **error)
{
  GStatBuf info;

  if (is_empty (path))
    return map_elem_refuse (error, ERR_INVALID_MSG_ELEM, key, "is empty");
  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return map_elem_refuse (error, ERR_SDK_COMM_FILE_NOT_FOUND, key, "names no file");
  return info.st_size > 0
         || map_elem_refuse (error, ERR_SDK_COMM_FILE_SIZE_EMPTY, key, "names an empty file");
}

static gboolean
check_url (const char *url, const char *key, GError **error)
{
  return is_empty (url) || xmpp_url_is_web (url)
         || map_elem_refuse (error, ERR_INVALID_PARAMETERS, key, "is no http or https address");
}

/* Inside a bundle everything is on the server already. */
static gboolean
check_content (const char *path,
               const char *path_key,
               const char *url,
               const char *url_key,
               guint depth,
               GError **error)
{
  if (!is_empty (url))
    return check_url (url, url_key, error);
  if (depth > 0)
    return map_elem_refuse (error, ERR_INVALID_MSG_ELEM, url_key, "is empty");
  return check_path (path, path_key, error);
}

/* What both sides say of a file */

static char *
clean_sha256 (const char *hex)
{
  return xmpp_sha256_is_valid (hex) ? g_ascii_strdown (hex, -1) : NULL;
}

static char *
clean_blurhash (const char *blurhash)
{
  return xmpp_blurhash_is_valid (blurhash) ? g_strdup (blurhash) : NULL;
}

/* May the content be had from there? */
static gboolean
is_believable (const char *url, const XmppFile *file)
{
  return xmpp_url_is_web (url) && (file == NULL || g_strcmp0 (url, file->url) == 0);
}

/* A preview has to be one that everybody sees. */
static gboolean
is_believable_preview (const char *url, const XmppFile *file)
{
  if (!xmpp_url_is_web (url))
    return FALSE;
  if (file == NULL || g_strcmp0 (url, file->url) == 0)
    return TRUE;
  for (guint i = 0; i < XMPP_N_THUMBNAILS; i++)
    if (g_strcmp0 (url, file->thumbnails[i].url) == 0)
      return TRUE;
  return FALSE;
}

static gint64
clean_size (gint64 size)
{
  return map_number_within (size, (gint64) XMPP_MAX_FILE_SIZE);
}

static void
clean_sides (gint64 width, gint64 height, gint64 *ret_width, gint64 *ret_height)
{
  *ret_width = map_number_within (width, XMPP_MAX_PIXELS);
  *ret_height = map_number_within (height, XMPP_MAX_PIXELS);
}

/* Lent to a file that is written at once. */
static XmppThumbnail
lend_thumbnail (const char *url, gint64 width, gint64 height)
{
  XmppThumbnail thumbnail = { NULL, 0, 0 };
  gint64 w, h;

  clean_sides (width, height, &w, &h);
  if (xmpp_url_is_web (url))
    {
      thumbnail.url = (char *) url;
      thumbnail.width = (guint) w;
      thumbnail.height = (guint) h;
    }
  return thumbnail;
}

/* Picture */

static gboolean
check_image (gconstpointer data, guint depth, GError **error)
{
  const ImImageElem *elem = data;

  return check_content (elem->orig_path, "image_elem_orig_path", elem->orig_url,
                        "image_elem_orig_url", depth, error)
         && check_url (elem->thumb_url, "image_elem_thumb_url", error)
         && check_url (elem->large_url, "image_elem_large_url", error)
         && map_elem_check_number (elem->orig_pic_size, "image_elem_orig_pic_size", error)
         && map_elem_check_number (elem->orig_pic_width, "image_elem_orig_pic_width", error)
         && map_elem_check_number (elem->orig_pic_height, "image_elem_orig_pic_height", error);
}

static char *
body_of_image (gconstpointer data)
{
  return g_strdup (((const ImImageElem *) data)->orig_url);
}

static char *
label_of_image (G_GNUC_UNUSED gconstpointer data)
{
  return g_strdup ("[Picture]");
}

static gboolean
append_image (gconstpointer data, xmlNode *message)
{
  const ImImageElem *elem = data;
  g_autofree char *name = map_text_name_of_url (elem->orig_url);
  const char *type = map_image_type_of_format (elem->format);
  gint64 width, height;
  XmppFile file = { .url = elem->orig_url,
                    .name = name,
                    .media_type = (char *) (type != NULL ? type : map_media_type_of_name (name)),
                    .sha256 = elem->sha256,
                    .blurhash = elem->blurhash,
                    .size = (guint64) clean_size (elem->orig_pic_size),
                    .disposition = XMPP_DISPOSITION_INLINE };

  clean_sides (elem->orig_pic_width, elem->orig_pic_height, &width, &height);
  file.width = (guint) width;
  file.height = (guint) height;
  if (g_strcmp0 (elem->thumb_url, elem->orig_url) != 0)
    file.thumbnails[0]
        = lend_thumbnail (elem->thumb_url, elem->thumb_pic_width, elem->thumb_pic_height);
  if (g_strcmp0 (elem->large_url, elem->orig_url) != 0)
    file.thumbnails[1]
        = lend_thumbnail (elem->large_url, elem->large_pic_width, elem->large_pic_height);
  xmpp_file_append (message, &file);
  return TRUE;
}

static gint64
clean_format (gint64 format)
{
  return format == 0 || format == 0xff || map_image_type_of_format (format) != NULL ? format : 0xff;
}

static gpointer
clean_image (gconstpointer data, const XmppFile *file, G_GNUC_UNUSED guint depth)
{
  const ImImageElem *from = data;
  ImImageElem *elem;

  if (!is_believable (from->orig_url, file))
    return NULL;
  elem = im_json_new (&im_image_elem_type);
  elem->level = from->level;
  elem->format = clean_format (from->format);
  elem->orig_url = g_strdup (from->orig_url);
  elem->orig_pic_size = clean_size (from->orig_pic_size);
  clean_sides (from->orig_pic_width, from->orig_pic_height, &elem->orig_pic_width,
               &elem->orig_pic_height);
  if (is_believable_preview (from->thumb_url, file))
    {
      elem->thumb_url = g_strdup (from->thumb_url);
      elem->thumb_pic_size = clean_size (from->thumb_pic_size);
      clean_sides (from->thumb_pic_width, from->thumb_pic_height, &elem->thumb_pic_width,
                   &elem->thumb_pic_height);
    }
  if (is_believable_preview (from->large_url, file))
    {
      elem->large_url = g_strdup (from->large_url);
      elem->large_pic_size = clean_size (from->large_pic_size);
      clean_sides (from->large_pic_width, from->large_pic_height, &elem->large_pic_width,
                   &elem->large_pic_height);
    }
  elem->blurhash = clean_blurhash (from->blurhash);
  elem->sha256 = clean_sha256 (from->sha256);
  return elem;
}

const MapElemKind map_image_kind = { .type = IM_ELEM_IMAGE,
                                     .check = check_image,
                                     .body = body_of_image,
                                     .label = label_of_image,
                                     .append = append_image,
                                     .clean = clean_image,
                                     .ns = XMPP_NS_SFS };

/* Sound */

static gboolean
check_sound (gconstpointer data, guint depth, GError **error)
{
  const ImSoundElem *elem = data;

  return check_content (elem->file_path, "sound_elem_file_path", elem->url, "sound_elem_url", depth,
                        error)
         && map_elem_check_number (elem->file_size, "sound_elem_file_size", error)
         && map_elem_check_number (elem->file_time, "sound_elem_file_time", error);
}

static char *
body_of_sound (gconstpointer data)
{
  return g_strdup (((const ImSoundElem *) data)->url);
}

static char *
label_of_sound (G_GNUC_UNUSED gconstpointer data)
{
  return g_strdup ("[Voice]");
}

static gboolean
append_sound (gconstpointer data, xmlNode *message)
{
  const ImSoundElem *elem = data;
  g_autofree char *name = map_text_name_of_url (elem->url);
  XmppFile file = { .url = elem->url,
                    .name = name,
                    .media_type = (char *) map_media_type_of_name (name),
                    .sha256 = elem->sha256,
                    .size = (guint64) clean_size (elem->file_size),
                    .length_ms = (guint64) map_number_within (elem->file_time, MAX_SECONDS) * 1000,
                    .disposition = XMPP_DISPOSITION_INLINE };

  xmpp_file_append (message, &file);
  return TRUE;
}

static char *
clean_waveform (const char *waveform)
{
  gsize length = waveform != NULL ? strlen (waveform) : 0;

  if (length == 0 || length > MAX_WAVEFORM || strspn (waveform, "0123456789abcdef") != length)
    return NULL;
  return g_strdup (waveform);
}

static gpointer
clean_sound (gconstpointer data, const XmppFile *file, G_GNUC_UNUSED guint depth)
{
  const ImSoundElem *from = data;
  ImSoundElem *elem;

  if (!is_believable (from->url, file))
    return NULL;
  elem = im_json_new (&im_sound_elem_type);
  elem->url = g_strdup (from->url);
  elem->download_flag = USABLE_AS_IT_IS;
  elem->file_size = clean_size (from->file_size);
  elem->file_time = map_number_within (from->file_time, MAX_SECONDS);
  elem->sha256 = clean_sha256 (from->sha256);
  elem->waveform = clean_waveform (from->waveform);
  return elem;
}

const MapElemKind map_sound_kind = { .type = IM_ELEM_SOUND,
                                     .check = check_sound,
                                     .body = body_of_sound,
                                     .label = label_of_sound,
                                     .append = append_sound,
                                     .clean = clean_sound,
                                     .ns = XMPP_NS_SFS };

/* Film */

static gboolean
check_video (gconstpointer data, guint depth, GError **error)
{
  const ImVideoElem *elem = data;

  if (!check_content (elem->video_path, "video_elem_video_path", elem->video_url,
                      "video_elem_video_url", depth, error))
    return FALSE;
  if (is_empty (elem->image_url) && is_empty (elem->image_path))
    return TRUE;
  return check_content (elem->image_path, "video_elem_image_path", elem->image_url,
                        "video_elem_image_url", depth, error);
}

static char *
body_of_video (gconstpointer data)
{
  return g_strdup (((const ImVideoElem *) data)->video_url);
}

static char *
label_of_video (G_GNUC_UNUSED gconstpointer data)
{
  return g_strdup ("[Video]");
}

/* "mp4" or "video/mp4", as programs write it; else by the name. */
static const char *
media_type_of_video (const ImVideoElem *elem, const char *name)
{
  g_autofree char *as_name = g_strconcat (".", elem->video_type, NULL);
  const char *type = map_media_type_of_name (as_name);

  if (map_media_of_type (elem->video_type) == MAP_MEDIA_VIDEO
      && xmpp_media_type_is_valid (elem->video_type))
    return elem->video_type;
  if (map_media_of_type (type) == MAP_MEDIA_VIDEO)
    return type;
  type = map_media_type_of_name (name);
  return map_media_of_type (type) == MAP_MEDIA_VIDEO ? type : "video/mp4";
}

static gboolean
append_video (gconstpointer data, xmlNode *message)
{
  const ImVideoElem *elem = data;
  g_autofree char *name = map_text_name_of_url (elem->video_url);
  gint64 width, height;
  XmppFile file
      = { .url = elem->video_url,
          .name = name,
          .media_type = (char *) media_type_of_video (elem, name),
          .sha256 = elem->sha256,
          .size = (guint64) clean_size (elem->video_size),
          .length_ms = (guint64) map_number_within (elem->video_duration, MAX_SECONDS) * 1000,
          .disposition = XMPP_DISPOSITION_INLINE };

  clean_sides (elem->image_width, elem->image_height, &width, &height);
  file.width = (guint) width;
  file.height = (guint) height;
  file.thumbnails[0] = lend_thumbnail (elem->image_url, width, height);
  xmpp_file_append (message, &file);
  return TRUE;
}

static gpointer
clean_video (gconstpointer data, const XmppFile *file, G_GNUC_UNUSED guint depth)
{
  const ImVideoElem *from = data;
  ImVideoElem *elem;

  if (!is_believable (from->video_url, file))
    return NULL;
  elem = im_json_new (&im_video_elem_type);
  elem->video_url = g_strdup (from->video_url);
  elem->video_type = map_text_cut (from->video_type, MAX_TYPE);
  elem->video_size = map_number_within (from->video_size, G_MAXUINT32);
  elem->video_duration = map_number_within (from->video_duration, MAX_SECONDS);
  elem->video_download_flag = elem->image_download_flag = USABLE_AS_IT_IS;
  elem->sha256 = clean_sha256 (from->sha256);
  clean_sides (from->image_width, from->image_height, &elem->image_width, &elem->image_height);
  if (is_believable_preview (from->image_url, file))
    {
      elem->image_url = g_strdup (from->image_url);
      elem->image_type = map_text_cut (from->image_type, MAX_TYPE);
      elem->image_size = map_number_within (from->image_size, G_MAXUINT32);
    }
  return elem;
}

const MapElemKind map_video_kind = { .type = IM_ELEM_VIDEO,
                                     .check = check_video,
                                     .body = body_of_video,
                                     .label = label_of_video,
                                     .append = append_video,
                                     .clean = clean_video,
                                     .ns = XMPP_NS_SFS };

/* File */

static gboolean
check_file (gconstpointer data, guint depth, GError **error)
{
  const ImFileElem *elem = data;

  return check_content (elem->file_path, "file_elem_file_path", elem->url, "file_elem_url", depth,
                        error)
         && map_elem_check_number (elem->file_size, "file_elem_file_size", error);
}

static char *
body_of_file (gconstpointer data)
{
  return g_strdup (((const ImFileElem *) data)->url);
}

static char *
name_of_file (const ImFileElem *elem)
{
  char *name = map_text_file_name (elem->file_name);

  if (name == NULL)
    name = map_text_file_name (elem->file_path);
  return name != NULL ? name : map_text_name_of_url (elem->url);
}

static char *
label_of_file (gconstpointer data)
{
  char *name = name_of_file (data);

  return name != NULL ? name : g_strdup ("[File]");
}

static gboolean
append_file (gconstpointer data, xmlNode *message)
{
  const ImFileElem *elem = data;
  g_autofree char *name = name_of_file (elem);
  const char *type = elem->media_type;
  XmppFile file = { .url = elem->url,
                    .name = name,
                    .sha256 = elem->sha256,
                    .size = (guint64) clean_size (elem->file_size),
                    .disposition = XMPP_DISPOSITION_ATTACHMENT };

  file.media_type
      = (char *) (xmpp_media_type_is_valid (type) ? type : map_media_type_of_name (name));
  xmpp_file_append (message, &file);
  return TRUE;
}

static gpointer
clean_file (gconstpointer data, const XmppFile *file, G_GNUC_UNUSED guint depth)
{
  const ImFileElem *from = data;
  ImFileElem *elem;

  if (!is_believable (from->url, file))
    return NULL;
  elem = im_json_new (&im_file_elem_type);
  elem->url = g_strdup (from->url);
  elem->download_flag = USABLE_AS_IT_IS;
  elem->file_name = name_of_file (from);
  elem->file_size = clean_size (from->file_size);
  elem->media_type
      = xmpp_media_type_is_valid (from->media_type) ? g_strdup (from->media_type) : NULL;
  elem->sha256 = clean_sha256 (from->sha256);
  return elem;
}

const MapElemKind map_file_kind = { .type = IM_ELEM_FILE,
                                    .check = check_file,
                                    .body = body_of_file,
                                    .label = label_of_file,
                                    .append = append_file,
                                    .clean = clean_file,
                                    .ns = XMPP_NS_SFS };

/* Uploads */

const char *
map_elem_get_url (const ImElem *elem)
{
  switch (elem->type)
    {
    case IM_ELEM_IMAGE:
      return ((const ImImageElem *) elem)->orig_url;
    case IM_ELEM_SOUND:
      return ((const ImSoundElem *) elem)->url;
    case IM_ELEM_VIDEO:
      return ((const ImVideoElem *) elem)->video_url;
    case IM_ELEM_FILE:
      return ((const ImFileElem *) elem)->url;
    default:
      return NULL;
    }
}

const char *
map_elem_get_sha256 (const ImElem *elem)
{
  switch (elem->type)
    {
    case IM_ELEM_IMAGE:
      return ((const ImImageElem *) elem)->sha256;
    case IM_ELEM_SOUND:
      return ((const ImSoundElem *) elem)->sha256;
    case IM_ELEM_VIDEO:
      return ((const ImVideoElem *) elem)->sha256;
    case IM_ELEM_FILE:
      return ((const ImFileElem *) elem)->sha256;
    default:
      return NULL;
    }
}

static void
add_upload (GArray *uploads, MapUploadKind kind, guint index, const char *path, const char *url)
{
  MapUpload upload = { kind, index, path };

  if (is_empty (url) && !is_empty (path))
    g_array_append_val (uploads, upload);
}

static void
add_uploads_of_video (GArray *uploads, guint index, const ImVideoElem *elem)
{
  add_upload (uploads, MAP_UPLOAD_VIDEO, index, elem->video_path, elem->video_url);
  add_upload (uploads, MAP_UPLOAD_VIDEO_STILL, index, elem->image_path, elem->image_url);
}

static void
add_upload_of_bundle (GArray *uploads, guint index)
{
  MapUpload upload = { MAP_UPLOAD_BUNDLE, index, NULL };

  g_array_append_val (uploads, upload);
}

GArray *
map_elems_list_uploads (GPtrArray *elems)
{
  GArray *uploads = g_array_new (FALSE, FALSE, sizeof (MapUpload));

  for (guint i = 0; elems != NULL && i < elems->len; i++)
    {
      const ImElem *elem = g_ptr_array_index (elems, i);
      const ImImageElem *image = (const ImImageElem *) elem;
      const ImSoundElem *sound = (const ImSoundElem *) elem;
      const ImFileElem *file = (const ImFileElem *) elem;

      if (elem->type == IM_ELEM_IMAGE)
        add_upload (uploads, MAP_UPLOAD_IMAGE, i, image->orig_path, image->orig_url);
      else if (elem->type == IM_ELEM_SOUND)
        add_upload (uploads, MAP_UPLOAD_SOUND, i, sound->file_path, sound->url);
      else if (elem->type == IM_ELEM_FILE)
        add_upload (uploads, MAP_UPLOAD_FILE, i, file->file_path, file->url);
      else if (elem->type == IM_ELEM_VIDEO)
        add_uploads_of_video (uploads, i, (const ImVideoElem *) elem);
      else if (map_bundle_needs_file (elem))
        add_upload_of_bundle (uploads, i);
    }
  return uploads;
}
