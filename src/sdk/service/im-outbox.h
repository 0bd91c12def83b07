/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-session.h"

/* Own messages on their way, without files or with all of them on the server, in order: sent while
 * the session is online, kept when it is not, and across restarts. Network thread.
 *
 * A message is told as sent when the server has acknowledged or archived it, but it stays here for
 * a while: a server that ends may have acknowledged it, or put it into our archive, and handed it
 * to nobody. When the session is lost before that while is over, and neither receipt nor marker has
 * come, the message goes out once more, under the same id, by which the receiver knows it. What
 * became of a message and cannot be stored, because there is no room, is told once it can. */

ImOutbox *im_outbox_new (ImSession *session);
void im_outbox_free (ImOutbox *self);

/* A row of the store is to be sent; call (nullable) is answered when it was, or cannot be. */
void im_outbox_add (ImOutbox *self, gint64 row_id, ImCall *call);
/* The same for one whose files took their time: it stands where it is sent. */
void im_outbox_add_late (ImOutbox *self, gint64 row_id, ImCall *call);
/* A row of the store that cannot be sent: fails with that IM_ERROR. */
void im_outbox_add_refused (ImOutbox *self, gint64 row_id, ImCall *call, const GError *error);
/* Ends as failed with 8021. FALSE: it is not here, or has been sent, at least once. */
gboolean im_outbox_cancel (ImOutbox *self, gint64 row_id);
/* A session has begun that does not go on with the last one. */
void im_outbox_lost_session (ImOutbox *self);
/* Whether there is a message of which it is not known that the archive has it. */
gboolean im_outbox_has_open (ImOutbox *self);
/* Online, or there is room again: sends whatever waits. */
void im_outbox_flush (ImOutbox *self);
/* What the server has acknowledged until until_us (monotonic) has arrived. Returns: whether there
 * is something acknowledged later. */
gboolean im_outbox_settle (ImOutbox *self, gint64 until_us);
/* The message came back from the archive or another device's carbon: it is sent. */
void im_outbox_confirmed (ImOutbox *self, gint64 row_id, ImMsg *msg);
/* A message that was told as sent got lost, as it seems: it goes out once more with the next flush.
 * The store's outbox has it already. */
void im_outbox_repeat (ImOutbox *self, gint64 row_id);
/* It has to be sent, perhaps once more, and is not on its way. */
gboolean im_outbox_is_waiting (ImOutbox *self, gint64 row_id);
/* The server or the peer refused it, code is a TIM code; from is who says so, NULL for the own
 * server. FALSE when it is not one of ours, or not theirs to refuse. */
gboolean im_outbox_refused (
    ImOutbox *self, const char *wire_id, const char *from, int code, const char *desc);
/* Forgets a message that was deleted; its call is answered with 8021. */
void im_outbox_remove (ImOutbox *self, gint64 row_id);
/* The same for all that are gone, with their conversation. */
void im_outbox_remove_deleted (ImOutbox *self);
