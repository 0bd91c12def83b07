/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-elem.h"

G_BEGIN_DECLS

/* The messages of a bundle (MergerElem) that is too large for a message: they travel as a file of
 * JSON, and the element has a key to it instead, merge_elem_relay_json_key. Pure functions; any
 * thread. */

#define MAP_BUNDLE_MAX_SIZE (4 * 1024 * 1024) /* bytes of the file */
#define MAP_BUNDLE_TYPE "application/json"

typedef struct
{
  char *url;
  char *sha256; /* hex */
  guint64 size; /* bytes */
} MapBundleKey;

void map_bundle_key_free (MapBundleKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MapBundleKey, map_bundle_key_free)

char *map_bundle_format_key (const char *url, const char *sha256, guint64 size);
/* text: nullable, from anybody. Returns: (transfer full) (nullable) NULL: it is none */
MapBundleKey *map_bundle_parse_key (const char *text);

/* Is it too large for a message, and has no key yet? */
gboolean map_bundle_needs_file (const ImElem *elem);
/* What the file has. */
char *map_bundle_format (const ImMergerElem *elem);
/* The messages of such a file, as they may be believed. Returns: (transfer full) NULL with IM_ERROR
 * 6017 when it has none */
GPtrArray *map_bundle_parse (const char *json, gssize size, GError **error);

G_END_DECLS
