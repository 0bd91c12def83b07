/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which kind of element a file is. Pure functions; any thread. */

typedef enum
{
  MAP_MEDIA_FILE,
  MAP_MEDIA_IMAGE,
  MAP_MEDIA_SOUND,
  MAP_MEDIA_VIDEO
} MapMedia;

/* The media type that a name's ending stands for; NULL when it is not well known. Nullable. */
const char *map_media_type_of_name (const char *name);
/* A picture that can hold a program (SVG) is a file. Nullable: a file. */
MapMedia map_media_of_type (const char *media_type);
/* image_elem_format: 0xff when it has no number. Both nullable, and both ways. */
gint64 map_image_format_of_type (const char *media_type);
const char *map_image_type_of_format (gint64 format);

G_END_DECLS
