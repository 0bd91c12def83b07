/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-message.h"

/* Message stanzas that come from the server become rows of the store and events for the program:
 * texts, receipts, read markers, typing, refusals. Network thread. */

typedef struct _ImSession ImSession;

/* A stanza that came live, as a carbon, or out of the archive; inside a transaction of the caller,
 * after whose commit what it collected in the events may be told. notify FALSE: of the past before
 * this device; stored, and not announced. before_id (nullable): archive id of what follows it in
 * the archive and is known here. Returns: whether it brought something from somebody else
 * who may wait for its receipt: new, or repeated */
gboolean
im_receiver_take (ImSession *session, XmppMessage *message, const char *before_id, gboolean notify);
/* One that came live, in a transaction of its own. Returns: FALSE when it could not be stored;
 * nothing of it is told then, and the archive's position stays */
gboolean im_receiver_take_live (ImSession *session, XmppMessage *message, GError **error);
/* Notes the receipt that the sender asked for (XEP-0184), in the transaction that keeps the
 * message. */
void im_receiver_acknowledge (ImSession *session, XmppMessage *message);
