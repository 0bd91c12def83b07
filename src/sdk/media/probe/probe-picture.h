/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "probe-request.h"

#include "im-media-header.h"
#include "im-media-type.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Pictures larger than this are not decoded: 64 million pixels, 20,000 a side. */
#define PROBE_MAX_PIXELS (64 * 1000 * 1000)
#define PROBE_MAX_SIDE 20000

gboolean probe_picture_may_decode (guint64 width, guint64 height);

/* Fetches what writing pictures and decoding this format (nullable) will need, before the door is
 * shut. */
void probe_picture_prepare (const char *loader_name);

/* Fills in what can be known, and makes the pictures that are asked for. */
void probe_picture (const ProbeRequest *request,
                    const ImMediaType *type,
                    GBytes *bytes,
                    ImMediaInfo *info);

/* From an upright picture: the derived ones and the BlurHash. */
void probe_picture_derive (const ProbeRequest *request, GdkPixbuf *pixbuf, ImMediaInfo *info);

/* Turned as EXIF says, 1 to 8. Returns: (transfer full) (nullable) */
GdkPixbuf *probe_picture_turn (GdkPixbuf *pixbuf, guint orientation);

G_END_DECLS
