/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-media-info.h"

G_BEGIN_DECLS

/* What the caller has opened for us (im-media-process.c). */
#define PROBE_INPUT_FD 3
#define PROBE_FIRST_PICTURE_FD 4 /* one for each ImMediaPictureRole, if it is wanted */

/* What is to be made beside the description; the words of the command line. */
typedef struct
{
  gboolean picture[IM_MEDIA_N_PICTURES]; /* thumbnail, large */
  gboolean blurhash;
  gboolean loudness;
} ProbeRequest;

static inline gboolean
probe_request_wants_pixels (const ProbeRequest *self)
{
  return self->picture[IM_MEDIA_THUMBNAIL] || self->picture[IM_MEDIA_LARGE] || self->blurhash;
}

G_END_DECLS
