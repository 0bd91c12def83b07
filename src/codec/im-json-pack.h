/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* An object as one piece of memory, several times smaller than the object, for keeping many of
 * which few are looked at. For memory only: the form may change with each version. Pure functions;
 * any thread. */

/* Returns: (transfer full) free with g_free(). */
guint8 *im_json_pack (gconstpointer object) G_GNUC_WARN_UNUSED_RESULT;
/* @packed: of an object of @type; the new one is equal to that. */
gpointer im_json_unpack (const ImJsonType *type, const guint8 *packed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
