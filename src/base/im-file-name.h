/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* Names of files that somebody else chose. Any thread. */

/* Longest name, bytes: what file systems take, less what ".part" and " (999)" need. */
#define IM_FILE_NAME_MAX 240

/* A name that is one name in one folder, and looks like what it is: no separators, no control and
 * no direction characters, no leading dots or spaces, no name that Windows reserves, valid UTF-8,
 * not longer than IM_FILE_NAME_MAX, cut between characters and before the extension. Made safe
 * again it stays the same. name: nullable. Returns: never empty. (transfer full) */
char *im_file_name_make_safe (const char *name);

/* "name (2).ext": number 0 and 1 are the name itself. (transfer full) */
char *im_file_name_number (const char *name, guint number);

/* A path in folder with that name (made safe), numbered so that neither it nor its ".part" is
 * there. Looks at the disk: not on a loop's thread. (transfer full) */
char *im_file_name_find_free (const char *folder, const char *name);
