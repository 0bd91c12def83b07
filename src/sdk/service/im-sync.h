/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-store.h"

#include "xmpp-message.h"

/* Catching up after a fresh start of the stream (design decision 11): carbons on, the archive from
 * the last known message, offline copies purged, presence. What arrives live meanwhile waits its
 * turn, so that nothing overtakes. A device that was never here fetches the newest part of the
 * archive instead. Network thread. */

typedef struct _ImSession ImSession;
typedef struct _ImSync ImSync;

/* Called once, when there is nothing more to do: everything is in the store, or the server has no
 * archive, or it could not be read or stored; never from im_sync_new(). */
typedef void (*ImSyncFunc) (ImSync *sync, gpointer user_data);

/* is_present: live messages come already; only the archive is read. */
ImSync *im_sync_new (ImSession *session, gboolean is_present, ImSyncFunc done, gpointer user_data);
void im_sync_free (ImSync *self);
/* Kept until the archive has been read, then taken. */
void im_sync_queue_live (ImSync *self, XmppMessage *message);
gboolean im_sync_has_archive (ImSync *self);
/* Whether the archive was read to its end. */
gboolean im_sync_is_complete (ImSync *self);
/* Whether the account was caught up on this device before. */
gboolean im_sync_has_position (ImStore *store);
