/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-http.h"

G_BEGIN_DECLS

/* Files that are sent and files that come. What is not called _async blocks, and belongs on a
 * thread of the pool. */

/* What is read, written and summed up at once. */
#define XMPP_FILE_CHUNK (512 * 1024)

/* A regular file that is not empty, for reading. Returns: its descriptor, -1 on error. */
int xmpp_file_open (const char *path, XmppFileStamp *ret_stamp, GError **error);
/* FILE_CHANGED when it is not what stamp says. */
gboolean xmpp_file_verify (int fd, const XmppFileStamp *stamp, GError **error);
/* XMPP_TRANSFER_ERROR out of errno; otherwise is the code of what is no special case. */
void xmpp_file_set_error (GError **error, int code, int otherwise, const char *path);

/* The file as a stream for one thread. Ends with FILE_CHANGED instead of the last bytes when it is
 * not what stamp says any more. Takes fd. */
GInputStream *xmpp_file_stream_new (int fd, const XmppFileStamp *stamp);

/* The file that is being fetched. One call at a time. */
typedef struct _XmppPart XmppPart;

/* resume: keeps what is there. wants_sum: sums up what is there and what comes. FILE_BUSY: another
 * one has it. Returns: NULL on error
 */
XmppPart *xmpp_part_open (const char *path,
                          gboolean resume,
                          gboolean wants_sum,
                          GCancellable *cancellable,
                          GError **error);
/* Closes it; it stays where it is. */
void xmpp_part_free (XmppPart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppPart, xmpp_part_free)
guint64 xmpp_part_get_size (const XmppPart *part);
/* Hex, of all that is in it; NULL when that was not wanted. */
char *xmpp_part_dup_sha256 (const XmppPart *part);
/* At its end; after an error nothing of it is there. */
gboolean xmpp_part_append (XmppPart *part, const guint8 *data, gsize size, GError **error);
/* Empty again. */
gboolean xmpp_part_restart (XmppPart *part, GError **error);
/* Gives it its name, in one step. FILE_EXISTS unless overwrite. */
gboolean xmpp_part_finish (XmppPart *part, const char *path, gboolean overwrite, GError **error);
/* Deletes the file. */
void xmpp_part_discard (XmppPart *part);

G_END_DECLS
