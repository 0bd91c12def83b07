/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-config.h"
#include "xmpp-upload.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Files over HTTP, straight from and to the disk: memory does not grow with them. Network thread;
 * what blocks (reading, writing, sums) runs on threads of the pool.
 *
 * https everywhere; plain http only to loopback, or where the account allows it. A certificate that
 * nobody trusts is accepted only of the account's own server, when it is the pinned one. Cookies,
 * caches and passwords do not exist. Every function ends early when its cancellable is cancelled
 * (on this thread), and when nothing has moved for a while (STALLED).
 */

#define XMPP_TYPE_HTTP (xmpp_http_get_type ())
G_DECLARE_FINAL_TYPE (XmppHttp, xmpp_http, XMPP, HTTP, GObject)

/* Silence after which a transfer is given up. */
#define XMPP_HTTP_STALL_MS 60000

/* config: for the own server, its pinned certificate, proxies, allow_plain, clock; copied. */
XmppHttp *xmpp_http_new (const XmppConfig *config);
/* 0: XMPP_HTTP_STALL_MS */
void xmpp_http_set_stall_ms (XmppHttp *self, guint stall_ms);

/* May it be used? BAD_URL when it is no http or https address, INSECURE when it must not be. */
gboolean xmpp_http_check_url (const char *url, gboolean allow_plain, GError **error);

/* Bytes so far, bytes in all (0: unknown). done goes back when a download has to start over. Never
 * after the end was told. */
typedef void (*XmppHttpProgressFunc) (guint64 done, guint64 total, gpointer user_data);

/* A file as it was at one moment; when any of it differs, it is not the same file any more. */
typedef struct
{
  guint64 size;
  gint64 mtime_ns;
  guint64 inode;
  guint64 device;
} XmppFileStamp;

typedef struct
{
  XmppFileStamp stamp;
  char *sha256; /* 64 hex digits */
} XmppFileSum;

void xmpp_file_sum_free (XmppFileSum *sum);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppFileSum, xmpp_file_sum_free)

/* Reads the whole file on a thread of the pool. Errors: FILE_NOT_FOUND, FILE_OPEN, FILE_EMPTY,
 * FILE_IO, FILE_CHANGED. */
void xmpp_file_sum_async (const char *path,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
XmppFileSum *xmpp_file_sum_finish (GAsyncResult *result, GError **error);

/* PUT: slot is used up whatever happens. stamp (nullable): what the file must still be, from before
 * the first byte until after the last one (FILE_CHANGED). progress (nullable) tells what was
 * written to the network. Redirects are not followed. Errors: FILE_…, SLOT_REFUSED, TOO_LARGE,
 * QUOTA, STATUS, STALLED, TRUNCATED, REDIRECT; XMPP_ERROR. */
void xmpp_http_put_async (XmppHttp *self,
                          const XmppUploadSlot *slot,
                          const char *path,
                          const char *type,
                          const XmppFileStamp *stamp,
                          XmppHttpProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean xmpp_http_put_finish (XmppHttp *self, GAsyncResult *result, GError **error);

/* HEAD: is there still a file of that many bytes (0: any)? Redirects are followed as below. FALSE
 * with GONE, WRONG_SIZE, NOT_ALLOWED, STATUS or trouble on the way. */
void xmpp_http_check_async (XmppHttp *self,
                            const char *url,
                            guint64 size,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean xmpp_http_check_finish (XmppHttp *self, GAsyncResult *result, GError **error);

/* What begins now: validator (nullable) is what a later try can go on with, total bytes (0:
 * unknown). Told before the first progress, again when it starts over. */
typedef void (*XmppHttpStartedFunc) (const char *validator, guint64 total, gpointer user_data);

/* Filled in on the stack, zeroed first; copied. */
typedef struct
{
  const char *url;
  const char *path;            /* where the file goes; its folder exists */
  const char *validator;       /* nullable: told when the part was begun */
  const char *expected_sha256; /* nullable, hex: verified */
  guint64 expected_size;       /* bytes, 0: unknown; verified */
  guint64 max_size;            /* bytes, 0: no bound */
  gboolean from_start;         /* the part that may lie there is of something else */
  gboolean overwrite;          /* else FILE_EXISTS */
  XmppHttpStartedFunc started;
  XmppHttpProgressFunc progress;
  gpointer user_data;
} XmppHttpGet;

typedef struct
{
  guint64 size;
  char *sha256; /* nullable: nothing was expected */
  char *type;   /* nullable: what the server says it is; a claim */
} XmppHttpFile;

void xmpp_http_file_free (XmppHttpFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppHttpFile, xmpp_http_file_free)

/* GET into PATH.part, which becomes PATH in one step when all of it has come and was verified.
 * Where the part is there and can be gone on with (validator or expected_sha256 given, and the
 * server plays along), only the rest is fetched. At most five redirects, never to less protection.
 * After an error the part is kept, but WRONG_SIZE, WRONG_SUM and TOO_LARGE delete it. */
void xmpp_http_get_async (XmppHttp *self,
                          const XmppHttpGet *get,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
XmppHttpFile *xmpp_http_get_finish (XmppHttp *self, GAsyncResult *result, GError **error);

/* PATH.part */
char *xmpp_http_dup_part_path (const char *path);

G_END_DECLS
