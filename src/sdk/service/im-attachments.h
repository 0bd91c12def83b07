/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-elem-upload.h"
#include "im-session.h"

/* Own messages whose files are on their way to the server, before they are the outbox's: nobody
 * waits for them. Network thread.
 *
 * Their rows are in the store's outbox from the beginning, so that what the end of a session breaks
 * off is begun anew by the next one. A message with all its addresses goes to the outbox, and so
 * does one that has failed, for it to be told. */

/* folder: for smaller pictures on their way; emptied. NULL: a temporary one. */
ImAttachments *im_attachments_new (ImSession *session, const char *folder);
void im_attachments_free (ImAttachments *self);

/* For a file that is there for a moment; what is left of it goes with the next login. */
char *im_attachments_dup_path (ImAttachments *self, const char *name);

/* A row of the store is to be sent; call is nullable. */
void im_attachments_add (ImAttachments *self, gint64 row_id, ImCall *call);
/* What the store's outbox has of a former session. */
void im_attachments_resume (ImAttachments *self);
/* The login ends: what is under way is left to the next one. */
void im_attachments_stop (ImAttachments *self);
/* Ends as failed with 8021. FALSE: there is no such message here. */
gboolean im_attachments_cancel (ImAttachments *self, gint64 row_id);
/* Forgets a message that was deleted; its call is answered with 8021. */
void im_attachments_remove (ImAttachments *self, gint64 row_id);
/* The same for all that are gone, with their conversation. */
void im_attachments_remove_deleted (ImAttachments *self);

/* For a message that is stored nowhere; im_elem_upload_finish(). */
void im_attachments_upload_async (ImAttachments *self,
                                  ImMsg *msg,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
