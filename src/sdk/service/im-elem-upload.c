/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-elem-upload.h"

#include "im-elem.h"
#include "im-error.h"
#include "im-json.h"
#include "im-loop.h"
#include "map-bundle.h"
#include "map-elem.h"
#include "map-error.h"
#include "xmpp-transfer-error.h"

#include <glib/gstdio.h>
#include <string.h>

#define MS_PER_S 1000

typedef enum
{
  ROLE_THUMB, /* of a picture */
  ROLE_LARGE, /* the same */
  ROLE_FRAME, /* of a film, when the program gave no still */
  ROLE_FILE,  /* the source itself */
} Role;

/* A file that the message names. */
typedef struct
{
  MapUploadKind kind;
  guint index;
  char *path;   /* NULL: of a bundle that is not written yet */
  guint64 size; /* bytes; 0: unknown */
} Source;

/* A file to be put on the server. */
typedef struct
{
  Role role;
  char *path;
  char *name;                    /* nullable: that of the file */
  char *type;                    /* nullable: by the name */
  const ImMediaPicture *picture; /* of info; nullable */
} Part;

typedef struct
{
  ImUploads *uploads;
  ImMedia *media;
  char *folder; /* nullable */
  ImElemUploadProgress progress;
  gpointer progress_data;
  ImMsg *msg;
  GArray *sources;
  guint n_done;      /* sources */
  GPtrArray *parts;  /* of the source that is under way, last first */
  ImMediaInfo *info; /* nullable: of that source */
} Upload;

static void
source_clear (gpointer data)
{
  Source *source = data;

  if (source->kind == MAP_UPLOAD_BUNDLE && source->path != NULL)
    g_unlink (source->path);
  g_free (source->path);
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->path);
  g_free (part->name);
  g_free (part->type);
  g_free (part);
}

static void
drop_info (Upload *self)
{
  for (guint i = 0; self->info != NULL && i < IM_MEDIA_N_PICTURES; i++)
    if (self->info->pictures[i].path != NULL)
      g_unlink (self->info->pictures[i].path);
  g_clear_pointer (&self->info, im_media_info_unref);
}

static void
upload_free (gpointer data)
{
  Upload *self = data;

  drop_info (self);
  g_free (self->folder);
  im_json_unref (self->msg);
  g_array_unref (self->sources);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

static Source *
current (Upload *self)
{
  return &g_array_index (self->sources, Source, self->n_done);
}

static gpointer
current_elem (Upload *self)
{
  return g_ptr_array_index (self->msg->elems, current (self)->index);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* What the program left out */

static void
fill_in (gint64 *member, gint64 value)
{
  if (*member == 0)
    *member = value;
}

static void
fill_in_text (char **member, const char *value)
{
  if (is_empty (*member))
    im_json_set_str (member, value);
}

static void
describe_image (ImImageElem *elem, const ImMediaInfo *info)
{
  if (elem->format == 0 || elem->format == IM_MEDIA_FORMAT_UNKNOWN)
    elem->format = im_media_info_get_format (info);
  fill_in (&elem->orig_pic_width, info->width);
  fill_in (&elem->orig_pic_height, info->height);
  fill_in_text (&elem->blurhash, info->blurhash);
}

static gint64
seconds_of (const ImMediaInfo *info)
{
  gint64 seconds = (gint64) ((info->duration_ms + MS_PER_S / 2) / MS_PER_S);

  return info->duration_ms > 0 ? MAX (seconds, 1) : 0;
}

static void
describe_sound (ImSoundElem *elem, const ImMediaInfo *info)
{
  g_autoptr (GString) waveform = g_string_new (NULL);

  fill_in (&elem->file_time, seconds_of (info));
  for (guint i = 0; info->has_loudness && i < IM_MEDIA_LOUDNESS_SIZE; i++)
    g_string_append_printf (waveform, "%x", (guint) info->loudness[i] >> 4);
  if (waveform->len > 0)
    fill_in_text (&elem->waveform, waveform->str);
}

/* "mp4": the ending of the name, or else the type. */
static char *
kind_of_name (const char *path, const char *type)
{
  const char *dot = strrchr (path, '.');

  if (dot != NULL && strchr (dot, '/') == NULL && dot[1] != '\0')
    return g_ascii_strdown (dot + 1, -1);
  return g_strdup (type);
}

static void
describe_video (ImVideoElem *elem, const ImMediaInfo *info)
{
  g_autofree char *kind = kind_of_name (elem->video_path, info->mime_type);

  fill_in_text (&elem->video_type, kind);
  fill_in (&elem->video_duration, seconds_of (info));
  fill_in (&elem->image_width, info->width);
  fill_in (&elem->image_height, info->height);
}

static void
describe (Upload *self)
{
  switch (current (self)->kind)
    {
    case MAP_UPLOAD_IMAGE:
      return describe_image (current_elem (self), self->info);
    case MAP_UPLOAD_SOUND:
      return describe_sound (current_elem (self), self->info);
    case MAP_UPLOAD_VIDEO:
      return describe_video (current_elem (self), self->info);
    case MAP_UPLOAD_FILE:
    case MAP_UPLOAD_VIDEO_STILL:
    case MAP_UPLOAD_BUNDLE:
    default:
      return;
    }
}

/* What is to be put there */

static Part *
add_part (Upload *self, Role role, const char *path, const char *type)
{
  Part *part = g_new0 (Part, 1);

  part->role = role;
  part->path = g_strdup (path);
  part->type = g_strdup (type);
  g_ptr_array_add (self->parts, part);
  return part;
}

/* Bears the name of its source: the same picture is found again when it is sent again. */
static void
add_picture (Upload *self, Role role, const ImMediaPicture *picture, const char *suffix)
{
  g_autofree char *name = g_path_get_basename (current (self)->path);
  char *dot = strrchr (name, '.');
  Part *part;

  if (picture->path == NULL)
    return;
  if (dot != NULL && dot != name)
    *dot = '\0';
  part = add_part (self, role, picture->path, picture->mime_type);
  part->picture = picture;
  part->name = g_strdup_printf ("%s-%s.%s", name, suffix,
                                strcmp (picture->mime_type, "image/png") == 0 ? "png" : "jpg");
}

/* A picture that is small already, in pixels or in bytes, is its own. */
static gboolean
is_worth_it (Upload *self, const ImMediaPicture *picture)
{
  return (picture->width < self->info->width || picture->height < self->info->height)
         && picture->size < current (self)->size;
}

static void
add_pictures_of_image (Upload *self)
{
  const ImMediaPicture *large = &self->info->pictures[IM_MEDIA_LARGE];
  const ImMediaPicture *thumb = &self->info->pictures[IM_MEDIA_THUMBNAIL];

  /* An animation is shown as it is. */
  if (self->info->kind == IM_MEDIA_KIND_IMAGE && is_worth_it (self, large))
    add_picture (self, ROLE_LARGE, large, "large");
  if (is_worth_it (self, thumb))
    add_picture (self, ROLE_THUMB, thumb, "thumbnail");
}

static void
add_pictures_of_video (Upload *self)
{
  const ImVideoElem *elem = current_elem (self);

  if (is_empty (elem->image_path) && is_empty (elem->image_url))
    add_picture (self, ROLE_FRAME, &self->info->pictures[IM_MEDIA_LARGE], "still");
}

static const char *
get_given_name (Upload *self)
{
  const ImFileElem *elem = current_elem (self);

  return current (self)->kind == MAP_UPLOAD_FILE && !is_empty (elem->file_name) ? elem->file_name
                                                                                : NULL;
}

static const char *
get_type (Upload *self)
{
  const ImFileElem *elem = current_elem (self);

  if (current (self)->kind == MAP_UPLOAD_FILE)
    return is_empty (elem->media_type) ? NULL : elem->media_type;
  if (current (self)->kind == MAP_UPLOAD_BUNDLE)
    return MAP_BUNDLE_TYPE;
  return self->info != NULL ? self->info->mime_type : NULL;
}

/* The smaller ones are sent first: when the progress of the source ends, all is there. */
static void
add_parts (Upload *self)
{
  Part *part = add_part (self, ROLE_FILE, current (self)->path, get_type (self));

  part->name = g_strdup (get_given_name (self));
  if (self->info == NULL)
    return;
  if (current (self)->kind == MAP_UPLOAD_IMAGE)
    add_pictures_of_image (self);
  else if (current (self)->kind == MAP_UPLOAD_VIDEO)
    add_pictures_of_video (self);
}

/* What has been put there */

static void
keep_picture (char **url,
              char **id,
              gint64 *size,
              gint64 *width,
              gint64 *height,
              const ImUploaded *uploaded,
              const ImMediaPicture *picture)
{
  im_json_set_str (url, uploaded->url);
  im_json_set_str (id, uploaded->sha256);
  *size = (gint64) uploaded->size;
  *width = picture->width;
  *height = picture->height;
}

static void
keep_image (ImImageElem *elem, const ImUploaded *uploaded)
{
  const ImMediaPicture original
      = { .width = (guint) elem->orig_pic_width, .height = (guint) elem->orig_pic_height };

  im_json_set_str (&elem->orig_url, uploaded->url);
  im_json_set_str (&elem->orig_id, uploaded->sha256);
  im_json_set_str (&elem->sha256, uploaded->sha256);
  elem->orig_pic_size = (gint64) uploaded->size;
  if (is_empty (elem->thumb_url))
    keep_picture (&elem->thumb_url, &elem->thumb_id, &elem->thumb_pic_size, &elem->thumb_pic_width,
                  &elem->thumb_pic_height, uploaded, &original);
  if (is_empty (elem->large_url))
    keep_picture (&elem->large_url, &elem->large_id, &elem->large_pic_size, &elem->large_pic_width,
                  &elem->large_pic_height, uploaded, &original);
}

static void
keep_sound (ImSoundElem *elem, const ImUploaded *uploaded)
{
  im_json_set_str (&elem->url, uploaded->url);
  im_json_set_str (&elem->file_id, uploaded->sha256);
  im_json_set_str (&elem->sha256, uploaded->sha256);
  elem->file_size = (gint64) uploaded->size;
}

static void
keep_file (ImFileElem *elem, const ImUploaded *uploaded)
{
  im_json_set_str (&elem->url, uploaded->url);
  im_json_set_str (&elem->file_id, uploaded->sha256);
  im_json_set_str (&elem->sha256, uploaded->sha256);
  elem->file_size = (gint64) uploaded->size;
  fill_in_text (&elem->file_name, uploaded->name);
  fill_in_text (&elem->media_type, uploaded->type);
}

static void
keep_video (ImVideoElem *elem, const ImUploaded *uploaded)
{
  im_json_set_str (&elem->video_url, uploaded->url);
  im_json_set_str (&elem->video_id, uploaded->sha256);
  im_json_set_str (&elem->sha256, uploaded->sha256);
  elem->video_size = (gint64) uploaded->size;
}

static void
keep_still (ImVideoElem *elem, const ImUploaded *uploaded)
{
  g_autofree char *kind = kind_of_name (uploaded->name, uploaded->type);

  im_json_set_str (&elem->image_url, uploaded->url);
  im_json_set_str (&elem->image_id, uploaded->sha256);
  elem->image_size = (gint64) uploaded->size;
  fill_in_text (&elem->image_type, kind);
}

static void
keep_bundle (ImMergerElem *elem, const ImUploaded *uploaded)
{
  g_free (elem->relay_json_key);
  elem->relay_json_key = map_bundle_format_key (uploaded->url, uploaded->sha256, uploaded->size);
}

static void
keep_source (Upload *self, const ImUploaded *uploaded)
{
  switch (current (self)->kind)
    {
    case MAP_UPLOAD_IMAGE:
      return keep_image (current_elem (self), uploaded);
    case MAP_UPLOAD_SOUND:
      return keep_sound (current_elem (self), uploaded);
    case MAP_UPLOAD_FILE:
      return keep_file (current_elem (self), uploaded);
    case MAP_UPLOAD_VIDEO:
      return keep_video (current_elem (self), uploaded);
    case MAP_UPLOAD_BUNDLE:
      return keep_bundle (current_elem (self), uploaded);
    case MAP_UPLOAD_VIDEO_STILL:
    default:
      return keep_still (current_elem (self), uploaded);
    }
}

static void
keep (Upload *self, const Part *part, const ImUploaded *uploaded)
{
  ImImageElem *image = current_elem (self);
  ImVideoElem *video = current_elem (self);

  if (part->role == ROLE_THUMB)
    keep_picture (&image->thumb_url, &image->thumb_id, &image->thumb_pic_size,
                  &image->thumb_pic_width, &image->thumb_pic_height, uploaded, part->picture);
  else if (part->role == ROLE_LARGE)
    keep_picture (&image->large_url, &image->large_id, &image->large_pic_size,
                  &image->large_pic_width, &image->large_pic_height, uploaded, part->picture);
  else if (part->role == ROLE_FRAME)
    {
      keep_still (video, uploaded);
      video->image_width = part->picture->width;
      video->image_height = part->picture->height;
    }
  else
    keep_source (self, uploaded);
}

/* The steps */

static void begin_part (GTask *task);
static void begin_source (GTask *task);

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  Upload *self = g_task_get_task_data (user_data);

  if (self->progress != NULL)
    self->progress (current (self)->index, done, total, self->progress_data);
}

static void
on_uploaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Upload *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (ImUploaded) uploaded = im_uploads_start_finish (result, &error);

  if (uploaded == NULL)
    return g_task_return_error (task, error);
  keep (self, g_ptr_array_index (self->parts, self->parts->len - 1), uploaded);
  g_ptr_array_set_size (self->parts, (int) self->parts->len - 1);
  begin_part (task);
}

static void
begin_part (GTask *task)
{
  Upload *self = g_task_get_task_data (task);
  const Part *part;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->parts->len == 0)
    {
      drop_info (self);
      self->n_done++;
      return begin_source (task);
    }
  part = g_ptr_array_index (self->parts, self->parts->len - 1);
  im_uploads_start_async (self->uploads, part->path, part->name, part->type,
                          part->role == ROLE_FILE ? on_progress : NULL, task,
                          g_task_get_cancellable (task), on_uploaded, g_object_ref (task));
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Upload *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->info = im_media_probe_finish (result, &error);
  if (self->info == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("a file is sent without a look at it: %s", error->message);
  if (self->info != NULL)
    describe (self);
  add_parts (self);
  begin_part (task);
}

static ImMediaWant
get_want (MapUploadKind kind)
{
  switch (kind)
    {
    case MAP_UPLOAD_IMAGE:
      return IM_MEDIA_WANT_THUMBNAIL | IM_MEDIA_WANT_LARGE | IM_MEDIA_WANT_BLURHASH;
    case MAP_UPLOAD_VIDEO:
      return IM_MEDIA_WANT_LARGE;
    case MAP_UPLOAD_SOUND:
      return IM_MEDIA_WANT_LOUDNESS;
    case MAP_UPLOAD_FILE:
    case MAP_UPLOAD_VIDEO_STILL:
    case MAP_UPLOAD_BUNDLE:
    default:
      return IM_MEDIA_WANT_NOTHING;
    }
}

/* Before anything is sent, when the limit is known; else the first upload, of the largest, asks. */
static GError *
check_sizes (Upload *self)
{
  guint64 max = im_uploads_get_max_size (self->uploads);
  g_autoptr (GError) error = NULL;

  for (guint i = self->n_done; max != 0 && i < self->sources->len; i++)
    if (g_array_index (self->sources, Source, i).size > max)
      {
        error = xmpp_transfer_error_new_too_large (max);
        return map_error_upload (error);
      }
  return NULL;
}

/* What a bundle has becomes a file, which is there until all is done. */
static gboolean
write_bundle (Upload *self, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *json = map_bundle_format (current_elem (self));
  g_autoptr (GError) trouble = NULL;

  if (self->folder != NULL)
    current (self)->path = g_strdup_printf ("%s/%s.json", self->folder, id);
  if (strlen (json) > MAP_BUNDLE_MAX_SIZE)
    g_set_error_literal (error, IM_ERROR, ERR_SDK_MSG_BODY_SIZE_LIMIT,
                         "merge_elem_message_array is too large");
  else if (self->folder == NULL || !g_file_set_contents (current (self)->path, json, -1, &trouble))
    g_set_error (error, IM_ERROR, ERR_SDK_COMM_FILE_OPEN_FAILED, "the bundle cannot be written: %s",
                 trouble != NULL ? trouble->message : "there is no folder");
  else
    return TRUE;
  return FALSE;
}

static void
begin_source (GTask *task)
{
  Upload *self = g_task_get_task_data (task);
  g_autofree char *id = NULL;
  g_autofree char *stem = NULL;
  GError *error;
  ImMediaWant want;

  if (self->n_done == self->sources->len)
    return g_task_return_pointer (task, g_steal_pointer (&self->msg), im_json_unref);
  error = check_sizes (self);
  if (error == NULL && current (self)->kind == MAP_UPLOAD_BUNDLE)
    write_bundle (self, &error);
  if (error != NULL)
    return g_task_return_error (task, error);
  want = get_want (current (self)->kind);
  if (want == IM_MEDIA_WANT_NOTHING)
    {
      add_parts (self);
      return begin_part (task);
    }
  id = g_uuid_string_random ();
  if (self->folder != NULL)
    stem = g_build_filename (self->folder, id, NULL);
  else
    want &= ~(ImMediaWant) (IM_MEDIA_WANT_THUMBNAIL | IM_MEDIA_WANT_LARGE);
  im_media_probe_async (self->media, current (self)->path, want, stem,
                        g_task_get_cancellable (task), on_probed, g_object_ref (task));
}

/* The whole */

gboolean
im_elem_upload_is_needed (const ImMsg *msg)
{
  g_autoptr (GArray) uploads = map_elems_list_uploads (msg->elems);

  return uploads->len > 0;
}

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  const Source *first = a;
  const Source *second = b;

  return first->size < second->size ? 1 : first->size > second->size ? -1 : 0;
}

/* The largest first: when the server takes that, it takes all. */
static GArray *
list_sources (const ImMsg *msg)
{
  g_autoptr (GArray) uploads = map_elems_list_uploads (msg->elems);
  GArray *sources = g_array_new (FALSE, FALSE, sizeof (Source));

  g_array_set_clear_func (sources, source_clear);
  for (guint i = 0; i < uploads->len; i++)
    {
      const MapUpload *upload = &g_array_index (uploads, MapUpload, i);
      Source source = { upload->kind, upload->index, g_strdup (upload->path), 0 };
      GStatBuf info;

      if (source.path != NULL && g_stat (source.path, &info) == 0)
        source.size = (guint64) info.st_size;
      g_array_append_val (sources, source);
    }
  g_array_sort (sources, compare_sizes);
  return sources;
}

void
im_elem_upload_async (const ImElemUploadTools *tools,
                      const ImMsg *msg,
                      ImElemUploadProgress progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Upload *self = g_new0 (Upload, 1);

  im_assert_network_thread ();
  g_task_set_source_tag (task, im_elem_upload_async);
  self->uploads = tools->uploads;
  self->media = tools->media;
  self->folder = g_strdup (tools->folder);
  self->progress = progress;
  self->progress_data = progress_data;
  self->msg = im_json_copy (msg);
  self->sources = list_sources (self->msg);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  g_task_set_task_data (task, self, upload_free);
  begin_source (task);
}

ImMsg *
im_elem_upload_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, im_elem_upload_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
