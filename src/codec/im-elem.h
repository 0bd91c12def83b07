/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-enums.h"
#include "im-json.h"
#include "im-user.h"

G_BEGIN_DECLS

/* The elements of a message: a tagged family, whose common first member tells which struct it is.
 * Keys and meanings stand in the table of im-elem.c. */

typedef struct _ImElem ImElem;
typedef struct _ImTextElem ImTextElem;
typedef struct _ImImageElem ImImageElem;
typedef struct _ImSoundElem ImSoundElem;
typedef struct _ImCustomElem ImCustomElem;
typedef struct _ImFileElem ImFileElem;
typedef struct _ImFaceElem ImFaceElem;
typedef struct _ImLocationElem ImLocationElem;
typedef struct _ImVideoElem ImVideoElem;
typedef struct _ImMergerElem ImMergerElem;
typedef struct _ImFriendChangeElem ImFriendChangeElem;
typedef struct _ImProfileChangeElem ImProfileChangeElem;
typedef struct _ImUnknownElem ImUnknownElem;

/* Common to every element */
struct _ImElem
{
  ImJsonHeader header;
  gint64 type;
};

/* Text */
struct _ImTextElem
{
  ImElem base;
  char *content;
};

/* Picture */
struct _ImImageElem
{
  ImElem base;
  char *orig_path;
  gint64 level;
  gint64 format;
  char *orig_id;
  gint64 orig_pic_height;
  gint64 orig_pic_width;
  gint64 orig_pic_size;
  char *thumb_id;
  gint64 thumb_pic_height;
  gint64 thumb_pic_width;
  gint64 thumb_pic_size;
  char *large_id;
  gint64 large_pic_height;
  gint64 large_pic_width;
  gint64 large_pic_size;
  char *orig_url;
  char *thumb_url;
  char *large_url;
  gint64 task_id;
  char *blurhash;
  char *sha256;
};

/* Voice; one per message at most */
struct _ImSoundElem
{
  ImElem base;
  char *file_path;
  gint64 file_size;
  gint64 file_time;
  char *file_id;
  gint64 business_id;
  gint64 download_flag;
  char *url;
  gint64 task_id;
  char *sha256;
  char *waveform;
};

/* Application data */
struct _ImCustomElem
{
  ImElem base;
  char *data;
  char *desc;
  char *ext;
  char *sound;
};

/* File; one per message at most */
struct _ImFileElem
{
  ImElem base;
  char *file_path;
  char *file_name;
  gint64 file_size;
  char *file_id;
  gint64 business_id;
  gint64 download_flag;
  char *url;
  gint64 task_id;
  char *media_type;
  char *sha256;
};

/* Emoji */
struct _ImFaceElem
{
  ImElem base;
  gint64 index;
  char *buf;
};

/* Place */
struct _ImLocationElem
{
  ImElem base;
  char *desc;
  double longitude;
  double latitude;
};

/* Film with a still */
struct _ImVideoElem
{
  ImElem base;
  char *video_type;
  gint64 video_size;
  gint64 video_duration;
  char *video_path;
  char *video_id;
  gint64 business_id;
  gint64 video_download_flag;
  char *video_url;
  char *image_type;
  gint64 image_size;
  gint64 image_width;
  gint64 image_height;
  char *image_path;
  char *image_id;
  gint64 image_download_flag;
  char *image_url;
  gint64 task_id;
  char *sha256;
};

/* A bundle of forwarded messages, from 6.1 */
struct _ImMergerElem
{
  ImElem base;
  char *title;
  char **abstracts;
  char *compatible_text;
  GPtrArray *messages; /* of ImMsg */
  gboolean layer_over_limit;
  char *relay_json_key; /* nullable */
};

/* Notice about the friend list */
struct _ImFriendChangeElem
{
  ImElem base;
  gint64 change_type;
  char **friend_add_identifiers;
  char **friend_del_identifiers;
  GPtrArray *friend_add_pendencies; /* of ImFriendAddPendency */
  char **pendency_del_identifiers;
  guint64 pendency_read_report_timestamp;
  char **blacklist_add_identifiers;
  char **blacklist_del_identifiers;
  GPtrArray *friend_profile_update_items; /* of ImFriendProfileUpdate */
  char **friend_groups_add;
  char **friend_groups_del;
  char **friend_groups_update;
};

/* Notice about a profile */
struct _ImProfileChangeElem
{
  ImElem base;
  gint64 change_type;
  char *from_identifier;
  ImUserProfileItem *user_profile_item;
};

/* Any other kind of element: its keys are kept as they came and written back unchanged. */
struct _ImUnknownElem
{
  ImElem base; /* type is -1 when elem_type is missing or not a number */
};

extern const ImJsonType im_elem_type;
extern const ImJsonType im_text_elem_type;
extern const ImJsonType im_image_elem_type;
extern const ImJsonType im_sound_elem_type;
extern const ImJsonType im_custom_elem_type;
extern const ImJsonType im_file_elem_type;
extern const ImJsonType im_face_elem_type;
extern const ImJsonType im_location_elem_type;
extern const ImJsonType im_video_elem_type;
extern const ImJsonType im_merger_elem_type;
extern const ImJsonType im_friend_change_elem_type;
extern const ImJsonType im_profile_change_elem_type;
extern const ImJsonType im_unknown_elem_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImTextElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImImageElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImSoundElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImCustomElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFileElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFaceElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImLocationElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImVideoElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMergerElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendChangeElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImProfileChangeElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImUnknownElem, im_json_unref)

G_END_DECLS
