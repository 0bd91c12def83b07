/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-conv.h"
#include "map-id.h"
#include "xmpp-stanza.h"

G_BEGIN_DECLS

/* What somebody decided about conversations, as items of a node that the own devices share: the id
 * of an item is c2c_ and the address, its content <conversation/>. One-to-one conversations only.
 * Pure functions; any thread. */

#define MAP_SETTINGS_NODE "urn:linnet:tim:1:settings"

/* Errors: IM_ERROR 7003. */
char *map_settings_dup_id (const MapIds *ids, const char *conv_id, GError **error);
xmlDoc *map_settings_build (const ImConvSettings *settings);
/* NULL for what is not such an item, or says something that cannot be. Returns: the user id. */
char *map_settings_parse (const MapIds *ids, const xmlNode *item, ImConvSettings *ret_settings);

G_END_DECLS
