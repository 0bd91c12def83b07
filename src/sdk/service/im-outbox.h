/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-session.h"

/* Own messages on their way: rows of the store with status "sending", sent in order while the
 * session is online, kept when it is not, and across restarts. A message leaves it when the server
 * has acknowledged or archived it, or when it can never be sent. Network thread. */

ImOutbox *im_outbox_new (ImSession *session);
void im_outbox_free (ImOutbox *self);

/* A row of the store is to be sent; call (nullable) is answered when it was, or cannot be. */
void im_outbox_add (ImOutbox *self, gint64 row_id, ImCall *call);
/* A session has begun or goes on: sends whatever waits. */
void im_outbox_flush (ImOutbox *self);
/* The connection takes more again: sends the messages for which there was no room. */
void im_outbox_go_on (ImOutbox *self);
/* The message came back from the archive or another device's carbon: it is sent. When it was on its
 * way in a lost session it goes out once more, under the same id, by which the receiver knows it: a
 * server that ended while it handled it may have put it into our archive and nowhere else. */
void im_outbox_confirmed (ImOutbox *self, gint64 row_id, ImMsg *msg);
/* The server or the peer refused it, code is a TIM code; from is who says so, NULL for the own
 * server. FALSE when it is not one of ours, or not theirs to refuse. */
gboolean im_outbox_refused (
    ImOutbox *self, const char *wire_id, const char *from, int code, const char *desc);
/* Tells the peer and the own other devices what was read; kept until the server has it. */
void im_outbox_send_displayed (ImOutbox *self, const char *conv_id, const char *wire_id);
/* Forgets a message that was deleted; its call is answered with 8021. */
void im_outbox_remove (ImOutbox *self, gint64 row_id);
