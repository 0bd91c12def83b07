/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* linnet-media-probe [thumbnail] [large] [blurhash] [loudness]
 *
 * Says on the standard output what the file at descriptor 3 is (im-media-answer.h), and writes the
 * pictures that are asked for to descriptors 4 and 5. It gives up its rights before it reads; what
 * is decoded is decoded by libraries that have had their share of faults. */

#include "im-media-answer.h"
#include "im-media-type.h"
#include "probe-picture.h"
#include "probe-request.h"
#include "probe-sandbox.h"
#include "probe-stream.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_PICTURE_FILE_SIZE (64 * 1024 * 1024) /* bytes of it that are looked at */

static gboolean
parse_arguments (ProbeRequest *request, char **words)
{
  for (; *words != NULL; words++)
    {
      if (strcmp (*words, "thumbnail") == 0)
        request->picture[IM_MEDIA_THUMBNAIL] = TRUE;
      else if (strcmp (*words, "large") == 0)
        request->picture[IM_MEDIA_LARGE] = TRUE;
      else if (strcmp (*words, "blurhash") == 0)
        request->blurhash = TRUE;
      else if (strcmp (*words, "loudness") == 0)
        request->loudness = TRUE;
      else
        return FALSE;
    }
  return TRUE;
}

/* The first bytes of the input. Returns: (transfer full) */
static GBytes *
read_input (gsize size)
{
  guint8 *data = g_malloc (size + 1);
  gsize length = 0;
  gssize n = 1;

  while (length < size && n > 0)
    {
      n = pread (PROBE_INPUT_FD, data + length, size - length, (off_t) length);
      length += n > 0 ? (gsize) n : 0;
    }
  return g_bytes_new_take (data, length);
}

static const ImMediaType *
sniff (void)
{
  g_autoptr (GBytes) bytes = read_input (IM_MEDIA_SNIFF_SIZE);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return im_media_type_sniff (data, size);
}

static gboolean
prepare (const ProbeRequest *request, const ImMediaType *type)
{
  if (type->family == IM_MEDIA_STREAM)
    return probe_stream_prepare (request);
  if (type->family == IM_MEDIA_PICTURE && probe_request_wants_pixels (request))
    probe_picture_prepare (type->loader);
  return TRUE;
}

static void
describe (const ProbeRequest *request, const ImMediaType *type, guint64 size, ImMediaInfo *info)
{
  g_autoptr (GBytes) bytes = NULL;

  if (type->family == IM_MEDIA_STREAM)
    probe_stream (request, type, size, info);
  if (type->family != IM_MEDIA_PICTURE)
    return;
  bytes = read_input ((gsize) MIN (size, MAX_PICTURE_FILE_SIZE));
  probe_picture (request, type, bytes, info);
}

static gboolean
tell (const ImMediaInfo *info)
{
  g_autofree char *answer = im_media_answer_format (info);
  gsize length = strlen (answer);

  return write (STDOUT_FILENO, answer, length) == (gssize) length;
}

int
main (int argc, char **argv)
{
  ProbeRequest request = { 0 };
  const ImMediaType *type;
  g_autoptr (ImMediaInfo) info = im_media_info_new ();
  struct stat status;

  if (!parse_arguments (&request, argv + 1) || fstat (PROBE_INPUT_FD, &status) != 0
      || !S_ISREG (status.st_mode))
    return 2;
  if (!probe_sandbox_enter ())
    return 3;
  type = sniff ();
  if (!prepare (&request, type) || !probe_sandbox_seal (type->family == IM_MEDIA_STREAM))
    return 3;
  info->kind = type->kind;
  info->mime_type = g_strdup (type->mime_type);
  describe (&request, type, (guint64) status.st_size, info);
  /* Decoders are not asked whether they would like to clean up. */
  _exit (tell (info) ? 0 : 4);
}
