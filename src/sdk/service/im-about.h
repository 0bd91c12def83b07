/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-store-about.h"

#include "xmpp-message.h"

/* Messages about messages that come from the server: the author takes one back or changes it, and
 * either side reacts to one. What comes before its message waits in the store. Network thread,
 * inside a transaction of the caller, after whose commit what it collected in the events is told.
 */

typedef struct _ImSession ImSession;

/* Such a message is none of its own, whatever text it has for programs that do not know of such. */
gboolean im_about_is (const XmppMessage *message);
/* Live, as a carbon, or out of the archive. Returns: whether somebody else changed a message now,
 * and may wait for the receipt */
gboolean im_about_take (ImSession *session, XmppMessage *message);
/* A message is new here: what waits for it is done to it, and it is told as it is then. row is
 * replaced by its new state. */
void im_about_apply_waiting (ImSession *session, ImStoreMessage **row);

/* Does what about says to the message. tell: as something that another device did. Returns: FALSE
 * with an error of the store */
gboolean im_about_apply (ImSession *session,
                         const ImStoreAbout *about,
                         const ImStoreMessage *row,
                         gboolean tell,
                         GError **error);
