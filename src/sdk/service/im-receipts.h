/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-session.h"

/* The receipts (XEP-0184) that senders are owed: each for one message. A receipt is sent while the
 * session is online, and kept, across restarts, until the server has had it for a while: a server
 * that ends may have handed it to nobody. To whom understands it several go in one message. Network
 * thread. */

ImReceipts *im_receipts_new (ImSession *session);
void im_receipts_free (ImReceipts *self);

/* Inside the transaction that stores the message; sent by the next im_receipts_flush(). is_exact:
 * the recipient understands that every message gets its own. */
void im_receipts_add (ImReceipts *self,
                      const char *recipient,
                      const char *message_id,
                      gboolean is_exact);
/* Sends what waits, when the session is online. */
void im_receipts_flush (ImReceipts *self);
/* A session has begun that does not go on with the last one. */
void im_receipts_lost_session (ImReceipts *self);
/* What the server has had since until_us (monotonic) needs no more care. Returns: whether there is
 * something that still does. */
gboolean im_receipts_settle (ImReceipts *self, gint64 until_us);
