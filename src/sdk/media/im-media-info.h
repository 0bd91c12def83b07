/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is known of a picture, a film, a sound or another file. Immutable and reference-counted: any
 * thread. */

typedef enum
{
  IM_MEDIA_KIND_OTHER,
  IM_MEDIA_KIND_IMAGE,
  IM_MEDIA_KIND_ANIMATION, /* a picture of more than one frame */
  IM_MEDIA_KIND_VIDEO,
  IM_MEDIA_KIND_SOUND,
  IM_MEDIA_N_KINDS,
} ImMediaKind;

/* The numbers of image_elem_format. */
typedef enum
{
  IM_MEDIA_FORMAT_JPEG = 1,
  IM_MEDIA_FORMAT_GIF = 2,
  IM_MEDIA_FORMAT_PNG = 3,
  IM_MEDIA_FORMAT_BMP = 4,
  IM_MEDIA_FORMAT_UNKNOWN = 0xff,
} ImMediaFormat;

/* Derived pictures, JPEG or, with transparency, PNG. */
typedef enum
{
  IM_MEDIA_THUMBNAIL, /* shorter side 198 pixels, or as the original when that is smaller */
  IM_MEDIA_LARGE,     /* shorter side 720; of a film: its still */
  IM_MEDIA_N_PICTURES,
} ImMediaPictureRole;

#define IM_MEDIA_LOUDNESS_SIZE 64

typedef struct
{
  char *path;            /* nullable: there is no such picture */
  const char *mime_type; /* static */
  guint width;           /* pixels, as shown */
  guint height;
  gsize size; /* bytes */
} ImMediaPicture;

typedef struct
{
  ImMediaKind kind;
  char *mime_type;     /* from the bytes */
  guint width;         /* pixels as shown, that is after rotation; 0: not known, or none */
  guint height;        /* the same */
  guint64 duration_ms; /* 0: not known, or none */
  guint n_frames;      /* of a picture; else 0 */
  char *blurhash;      /* nullable */
  gboolean has_loudness;
  /* How loud each 64th of a sound is: 255 for 0 dBFS (root mean square) down to 0 for −60 and less,
   * even in dB. */
  guint8 loudness[IM_MEDIA_LOUDNESS_SIZE];
  ImMediaPicture pictures[IM_MEDIA_N_PICTURES];
} ImMediaInfo;

ImMediaInfo *im_media_info_new (void);
ImMediaInfo *im_media_info_ref (ImMediaInfo *self);
void im_media_info_unref (ImMediaInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMediaInfo, im_media_info_unref)

ImMediaFormat im_media_info_get_format (const ImMediaInfo *self);

G_END_DECLS
