/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "map-elem.h"

/* The table's rows, which are in a file for each family. */

typedef struct
{
  gint64 type;
  gboolean (*check) (gconstpointer elem, guint depth, GError **error);
  char *(*body) (gconstpointer elem);
  char *(*label) (gconstpointer elem);                       /* NULL: the body */
  gboolean (*append) (gconstpointer elem, xmlNode *message); /* nullable */
  gpointer (*clean) (gconstpointer elem, const XmppFile *file, guint depth);
  const char *ns;
} MapElemKind;

extern const MapElemKind map_image_kind;
extern const MapElemKind map_sound_kind;
extern const MapElemKind map_video_kind;
extern const MapElemKind map_file_kind;
extern const MapElemKind map_merger_kind;

/* Returns: (transfer full) what may be told and believed of a bundle's messages */
GPtrArray *map_merger_clean_messages (GPtrArray *from, guint depth);

/* depth: how many bundles are around it. */
gboolean map_elems_check_inside (GPtrArray *elems, guint depth, GError **error);
ImElem *map_elem_clean_inside (const ImElem *elem, const XmppFile *file, guint depth);

gboolean map_elem_refuse (GError **error, int code, const char *key, const char *why);
gboolean map_elem_check_number (gint64 value, const char *key, GError **error);
