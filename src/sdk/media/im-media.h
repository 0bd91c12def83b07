/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-media-info.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What a picture, a film or a sound is: its kind, type, size and duration, and smaller pictures of
 * it. Its bytes are a stranger's: they are looked at by a process of its own (probe/), which can
 * read this one file and answer, and nothing else. Network thread.
 */

#define IM_MEDIA_ERROR (im_media_error_quark ())
GQuark im_media_error_quark (void);

typedef enum
{
  IM_MEDIA_ERROR_CANNOT_OPEN, /* it does not exist, may not be read, or is no regular file */
  IM_MEDIA_ERROR_NO_HELPER, /* the program cannot be started, or the kernel has no sandbox for it */
  IM_MEDIA_ERROR_CRASHED,   /* the program has failed over the file */
  IM_MEDIA_ERROR_TIMED_OUT, /* and was killed */
  IM_MEDIA_ERROR_GARBAGE,   /* it answered what makes no sense */
  IM_MEDIA_ERROR_CANNOT_SAVE, /* the derived pictures cannot be written */
} ImMediaError;

/* What to make beside the description. What cannot be made is missing in the result: nothing larger
 * than 64 million pixels or 20,000 a side is decoded, and a film only when there is a decoder. */
typedef enum
{
  IM_MEDIA_WANT_NOTHING = 0,
  IM_MEDIA_WANT_THUMBNAIL = 1 << 0, /* of pictures and films; IM_MEDIA_THUMBNAIL */
  IM_MEDIA_WANT_LARGE = 1 << 1,     /* the same; IM_MEDIA_LARGE */
  IM_MEDIA_WANT_BLURHASH = 1 << 2,  /* the same; im-blurhash.h draws it */
  IM_MEDIA_WANT_LOUDNESS = 1 << 3,  /* of sounds up to an hour */
} ImMediaWant;

#define IM_MEDIA_USUAL_HELPERS 2
#define IM_MEDIA_USUAL_TIMEOUT_MS 30000

typedef struct _ImMedia ImMedia;

/* helper: path of the program; NULL: what LINNET_MEDIA_PROBE names, or the installed one.
 * max_helpers: that run at once; the others wait. timeout_ms: for each, without the waiting.
 * Returns: (transfer full) */
ImMedia *im_media_new (const char *helper, guint max_helpers, guint timeout_ms);
/* What has begun goes on to its end: cancel it. */
void im_media_unref (ImMedia *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMedia, im_media_unref)

/* path: of the file. stem: path of the derived pictures up to their ending, "/folder/name": they
 * become "/folder/name-thumbnail.jpg" and the like, replacing what is there; the folder exists.
 * Nullable when none is wanted. Cancelling kills the program. */
void im_media_probe_async (ImMedia *self,
                           const char *path,
                           ImMediaWant want,
                           const char *stem,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* Returns: (transfer full). Errors: IM_MEDIA_ERROR, G_IO_ERROR_CANCELLED; then no derived picture
 * has been left behind. */
ImMediaInfo *im_media_probe_finish (GAsyncResult *result, GError **error);

G_END_DECLS
