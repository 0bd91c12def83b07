/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-location.h"
#include "xmpp-message.h"

G_BEGIN_DECLS

/* What the standard parts of a message say, and the elements they make: what a message of another
 * program is, and what a container of ours has to agree with. Pure functions; any thread. */

typedef struct
{
  GPtrArray *files; /* of XmppFile, in order */
  gboolean has_more_files;
  gboolean has_location;
  gboolean is_location_in_body_only; /* and might be meant as text */
  XmppLocation location;
  const char *oob_url;   /* borrowed; nullable */
  char *body;            /* without the quote of a reply; nullable */
  char *text;            /* what the other parts do not say; nullable */
  gboolean is_encrypted; /* the body is all that may be said of it */
} MapParts;

/* Of a received message; lives as long as it. */
void map_parts_read (const XmppMessage *message, MapParts *ret_parts);
void map_parts_clear (MapParts *parts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MapParts, map_parts_clear)

/* Is that the address of one of the files? */
gboolean map_parts_has_url (const MapParts *parts, const char *url);
/* Is the location there, within a decimetre? */
gboolean map_parts_is_place (const MapParts *parts, double latitude, double longitude);

/* Never drops anything: what is not understood is text. Returns: (transfer full) of ImElem; empty
 * when the message has no content. */
GPtrArray *map_parts_to_elems (const MapParts *parts);

G_END_DECLS
