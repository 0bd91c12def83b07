/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-session.h"

/* What peers, and the own other devices, are told about the messages that were read: displayed
 * (XEP-0333). The last note speaks for all of its conversation before it. A note is sent while the
 * session is online, and kept, across restarts, until the server has had it for a while: a server
 * that ends may have handed it to nobody. Network thread. */

ImNotes *im_notes_new (ImSession *session);
void im_notes_free (ImNotes *self);

/* Sent by the next im_notes_flush(). */
void im_notes_add (ImNotes *self, const char *conv_id, const char *wire_id);
/* Sends what waits, when the session is online. */
void im_notes_flush (ImNotes *self);
/* A device of the peer, which confirms every message, is there now. A server may have lost the last
 * note like a message (im-gaps.h), and nobody confirms notes: the last one that has settled is sent
 * once more, soon. */
void im_notes_heard (ImNotes *self, const char *conv_id);
/* A session has begun that does not go on with the last one. */
void im_notes_lost_session (ImNotes *self);
/* What the server has had since until_us (monotonic) needs no more care. Returns: whether there is
 * something that still does. */
gboolean im_notes_settle (ImNotes *self, gint64 until_us);
