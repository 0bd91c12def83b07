/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-elem.h"
#include "xmpp-file.h"
#include "xmpp-message.h"

G_BEGIN_DECLS

/* Elements of messages ⇄ what an XMPP message has for them. One row of a table for each kind that
 * can be sent. Pure functions but for map_elem_check(), which looks whether files exist. */

#define MAP_MAX_ELEMS XMPP_MAX_FILES /* of one message */
#define MAP_MAX_MERGED 300           /* messages of one bundle */
#define MAP_MAX_MERGE_DEPTH 5 /* bundles in bundles; JSON has 32 levels, and each takes four */

/* Can it be sent? Files that have no url yet must be there. Errors: IM_ERROR 6016 incomplete or
 * forbidden, 6017 an impossible value, 7004 no such file, 7006 an empty one, 8005. The text names
 * the key. */
gboolean map_elem_check (const ImElem *elem, GError **error);
gboolean map_elems_check (GPtrArray *elems, GError **error);

/* What of the body stands for the element; a file that is not uploaded yet has none. */
char *map_elem_body (const ImElem *elem);
/* What a list shows of it, and what a search finds; never NULL. */
char *map_elem_label (const ImElem *elem);
/* The extension whose standard part says the same as the element's body; NULL: the body is all. */
const char *map_elem_get_namespace (const ImElem *elem);
/* Adds the standard parts. FALSE when there are none, or when the message has its only one. */
gboolean map_elem_append_parts (const ImElem *elem, xmlNode *message);
/* The address of a file's content; NULL when it has none, or is no file. */
const char *map_elem_get_url (const ImElem *elem);
/* Its sum, which its sender claims; the same. */
const char *map_elem_get_sha256 (const ImElem *elem);

/* What may be told of an element to others, and believed of theirs: no local paths, ids, task
 * numbers or flags; numbers and texts within bounds, addresses of the web. file: the standard part
 * that has to agree; NULL: none has to. NULL when the kind cannot be sent or nothing is left. */
ImElem *map_elem_clean (const ImElem *elem, const XmppFile *file);

/* What is still to be uploaded before the message can go out. */
typedef enum
{
  MAP_UPLOAD_IMAGE,
  MAP_UPLOAD_SOUND,
  MAP_UPLOAD_FILE,
  MAP_UPLOAD_VIDEO,
  MAP_UPLOAD_VIDEO_STILL,
  MAP_UPLOAD_BUNDLE /* map-bundle.h */
} MapUploadKind;

typedef struct
{
  MapUploadKind kind;
  guint index;      /* of the element */
  const char *path; /* borrowed from it; NULL: of a bundle */
} MapUpload;

/* Paths without a url, and bundles that are too large for a message, in the order of the elements.
 * Returns: (transfer full) of MapUpload. */
GArray *map_elems_list_uploads (GPtrArray *elems);

G_END_DECLS
