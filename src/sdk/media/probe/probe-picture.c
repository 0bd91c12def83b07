/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probe-picture.h"

#include "im-blurhash.h"
#include "im-media-answer.h"

#include <string.h>
#include <unistd.h>

#define CHUNK (64 * 1024)
#define BLURHASH_SIDE 32

/* Pixels of the shorter side. */
static const guint shorter_sides[IM_MEDIA_N_PICTURES] = { 198, 720 };

typedef struct
{
  guint shorter_side; /* that is enough */
  gboolean is_refused;
} Decoding;

gboolean
probe_picture_may_decode (guint64 width, guint64 height)
{
  return width > 0 && height > 0 && width <= PROBE_MAX_SIDE && height <= PROBE_MAX_SIDE
         && width * height <= PROBE_MAX_PIXELS;
}

static void
prepare_format (const char *loader_name)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (loader_name, NULL);

  if (loader != NULL)
    gdk_pixbuf_loader_close (loader, NULL);
}

void
probe_picture_prepare (const char *loader_name)
{
  prepare_format ("jpeg");
  prepare_format ("png");
  if (loader_name != NULL)
    prepare_format (loader_name);
}

static void
fit (guint shorter_side, guint *width, guint *height)
{
  guint shorter = MIN (*width, *height);

  if (shorter <= shorter_side)
    return;
  *width = MAX ((guint) (((guint64) *width * shorter_side + shorter / 2) / shorter), 1);
  *height = MAX ((guint) (((guint64) *height * shorter_side + shorter / 2) / shorter), 1);
}

/* The decoder's own idea of the size, which counts: ours came from other code. A JPEG is decoded no
 * larger than it has to be. */
static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Decoding *decoding = user_data;
  guint new_width = (guint) MAX (width, 0), new_height = (guint) MAX (height, 0);

  decoding->is_refused = !probe_picture_may_decode (new_width, new_height);
  if (decoding->is_refused)
    {
      gdk_pixbuf_loader_set_size (loader, 0, 0); /* which decoders take for: stop */
      return;
    }
  fit (decoding->shorter_side, &new_width, &new_height);
  gdk_pixbuf_loader_set_size (loader, (int) new_width, (int) new_height);
}

static gboolean
feed (GdkPixbufLoader *loader, const Decoding *decoding, const guint8 *data, gsize size)
{
  for (gsize at = 0; at < size && !decoding->is_refused; at += CHUNK)
    if (!gdk_pixbuf_loader_write (loader, data + at, MIN (CHUNK, size - at), NULL))
      return FALSE;
  return !decoding->is_refused;
}

/* Returns: (transfer full) (nullable): the first frame, not turned */
static GdkPixbuf *
decode (const char *loader_name, GBytes *bytes, gsize end, guint shorter_side)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (loader_name, NULL);
  Decoding decoding = { .shorter_side = shorter_side };
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  gboolean is_fed;
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &decoding);
  is_fed = feed (loader, &decoding, data, end)
           && (end == g_bytes_get_size (bytes)
               || gdk_pixbuf_loader_write (loader, (const guint8 *) ";", 1, NULL));
  if (!gdk_pixbuf_loader_close (loader, NULL) || !is_fed)
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  return pixbuf != NULL ? g_object_ref (pixbuf) : NULL;
}

GdkPixbuf *
probe_picture_turn (GdkPixbuf *pixbuf, guint orientation)
{
  static const GdkPixbufRotation rotations[9] = {
    [3] = GDK_PIXBUF_ROTATE_UPSIDEDOWN,       [4] = GDK_PIXBUF_ROTATE_UPSIDEDOWN,
    [5] = GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE, [6] = GDK_PIXBUF_ROTATE_CLOCKWISE,
    [7] = GDK_PIXBUF_ROTATE_CLOCKWISE,        [8] = GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE,
  };
  gboolean is_mirrored
      = orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
  g_autoptr (GdkPixbuf) flipped
      = is_mirrored ? gdk_pixbuf_flip (pixbuf, TRUE) : g_object_ref (pixbuf);

  if (flipped == NULL)
    return NULL;
  return gdk_pixbuf_rotate_simple (flipped, rotations[orientation]);
}

static gboolean
is_opaque (GdkPixbuf *pixbuf)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  guint width = (guint) gdk_pixbuf_get_width (pixbuf);
  guint height = (guint) gdk_pixbuf_get_height (pixbuf);

  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return TRUE;
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      if (pixels[y * stride + 4 * x + 3] != 255)
        return FALSE;
  return TRUE;
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n <= 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable) */
static GdkPixbuf *
scale (GdkPixbuf *pixbuf, guint shorter_side)
{
  guint width = (guint) gdk_pixbuf_get_width (pixbuf);
  guint height = (guint) gdk_pixbuf_get_height (pixbuf);

  fit (shorter_side, &width, &height);
  if (width == (guint) gdk_pixbuf_get_width (pixbuf)
      && height == (guint) gdk_pixbuf_get_height (pixbuf))
    return g_object_ref (pixbuf);
  return gdk_pixbuf_scale_simple (pixbuf, (int) width, (int) height, GDK_INTERP_BILINEAR);
}

static void
make_picture (GdkPixbuf *original, ImMediaPictureRole role, ImMediaInfo *info)
{
  ImMediaPicture *picture = &info->pictures[role];
  g_autoptr (GdkPixbuf) pixbuf = scale (original, shorter_sides[role]);
  g_autofree char *data = NULL;
  gboolean is_jpeg;
  gboolean is_saved;
  gsize size;

  if (pixbuf == NULL)
    return;
  is_jpeg = is_opaque (pixbuf);
  if (is_jpeg)
    is_saved
        = gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", NULL, "quality", "82", NULL);
  else
    is_saved = gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", NULL, NULL);
  if (!is_saved || size > IM_MEDIA_PICTURE_MAX_SIZE
      || !write_all (PROBE_FIRST_PICTURE_FD + (int) role, data, size))
    return;
  picture->path = g_strdup ("");
  picture->mime_type = is_jpeg ? "image/jpeg" : "image/png";
  picture->width = (guint) gdk_pixbuf_get_width (pixbuf);
  picture->height = (guint) gdk_pixbuf_get_height (pixbuf);
  picture->size = size;
}

/* On white where it is transparent. */
static void
make_blurhash (GdkPixbuf *original, ImMediaInfo *info)
{
  guint width = (guint) gdk_pixbuf_get_width (original);
  guint height = (guint) gdk_pixbuf_get_height (original);
  guint small_width = width >= height ? BLURHASH_SIDE : MAX (BLURHASH_SIDE * width / height, 1);
  guint small_height = height >= width ? BLURHASH_SIDE : MAX (BLURHASH_SIDE * height / width, 1);
  g_autoptr (GdkPixbuf) small
      = gdk_pixbuf_composite_color_simple (original, (int) small_width, (int) small_height,
                                           GDK_INTERP_BILINEAR, 255, 8, 0xffffff, 0xffffff);
  g_autofree guint8 *rgb = g_malloc (3 * (gsize) small_width * small_height);
  guint n_channels;

  if (small == NULL)
    return;
  n_channels = (guint) gdk_pixbuf_get_n_channels (small);
  for (guint i = 0; i < small_width * small_height; i++)
    memcpy (rgb + 3 * i,
            gdk_pixbuf_read_pixels (small)
                + i / small_width * (gsize) gdk_pixbuf_get_rowstride (small)
                + i % small_width * n_channels,
            3);
  info->blurhash = im_blurhash_encode (rgb, small_width, small_height, width >= height ? 4 : 3,
                                       width >= height ? 3 : 4);
}

void
probe_picture_derive (const ProbeRequest *request, GdkPixbuf *pixbuf, ImMediaInfo *info)
{
  for (int role = IM_MEDIA_N_PICTURES - 1; role >= 0; role--)
    if (request->picture[role])
      make_picture (pixbuf, (ImMediaPictureRole) role, info);
  if (request->blurhash)
    make_blurhash (pixbuf, info);
}

static void
derive_from_file (const ProbeRequest *request,
                  const ImMediaType *type,
                  GBytes *bytes,
                  const ImMediaHeader *header,
                  ImMediaInfo *info)
{
  gsize end = header->first_frame_end > 0 ? header->first_frame_end : g_bytes_get_size (bytes);
  guint shorter_side
      = shorter_sides[request->picture[IM_MEDIA_LARGE] ? IM_MEDIA_LARGE : IM_MEDIA_THUMBNAIL];
  g_autoptr (GdkPixbuf) pixbuf = decode (type->loader, bytes, end, shorter_side);
  g_autoptr (GdkPixbuf) upright = NULL;

  if (pixbuf == NULL)
    return;
  /* libtiff turns a part of it itself. */
  upright = g_str_equal (type->loader, "tiff") ? gdk_pixbuf_apply_embedded_orientation (pixbuf)
                                               : probe_picture_turn (pixbuf, header->orientation);
  if (upright != NULL)
    probe_picture_derive (request, upright, info);
}

void
probe_picture (const ProbeRequest *request,
               const ImMediaType *type,
               GBytes *bytes,
               ImMediaInfo *info)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  ImMediaHeader header;
  gboolean is_turned;

  if (!im_media_header_parse (data, size, &header) || header.width > IM_MEDIA_MAX_SIDE
      || header.height > IM_MEDIA_MAX_SIDE)
    return;
  is_turned = im_media_header_is_turned (&header);
  info->width = is_turned ? header.height : header.width;
  info->height = is_turned ? header.width : header.height;
  info->n_frames = header.n_frames;
  info->duration_ms = MIN (header.duration_ms, IM_MEDIA_MAX_DURATION_MS);
  if (header.n_frames > 1)
    info->kind = IM_MEDIA_KIND_ANIMATION;
  if (type->loader != NULL && probe_request_wants_pixels (request)
      && probe_picture_may_decode (header.width, header.height))
    derive_from_file (request, type, bytes, &header, info);
}
