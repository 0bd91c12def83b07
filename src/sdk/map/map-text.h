/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a peer's texts and numbers may be. Pure functions; any thread. Texts are nullable, results
 * are NULL when nothing is left. */

#define MAP_MAX_NAME 255 /* bytes of a file's name, as file systems have it */

/* A name to show and to propose for saving: the last part of a path, nothing invisible, no
 * direction turned, short. */
char *map_text_file_name (const char *name);
/* The name that an address ends with. */
char *map_text_name_of_url (const char *url);
/* At most max bytes, whole characters. */
char *map_text_cut (const char *text, gsize max);
gboolean map_text_is_blank (const char *text);
/* value when it is between 0 and max, else 0. */
gint64 map_number_within (gint64 value, gint64 max);

G_END_DECLS
