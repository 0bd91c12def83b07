/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can go wrong with a file on its way. Trouble with the network itself is XMPP_ERROR, the
 * caller's cancelling G_IO_ERROR_CANCELLED. Messages are English, for logs and details. Pure
 * functions, any thread. */

#define XMPP_TRANSFER_ERROR (xmpp_transfer_error_quark ())
GQuark xmpp_transfer_error_quark (void);

typedef enum
{
  /* Before anything is sent */
  XMPP_TRANSFER_ERROR_BAD_URL,    /* neither http nor https, or malformed */
  XMPP_TRANSFER_ERROR_INSECURE,   /* plain http to another machine, or a redirect to less protection
                                   */
  XMPP_TRANSFER_ERROR_NO_SERVICE, /* the server takes no files */
  XMPP_TRANSFER_ERROR_BAD_SLOT,   /* the server named a place that must not be used */

  /* The file here */
  XMPP_TRANSFER_ERROR_FILE_NOT_FOUND,
  XMPP_TRANSFER_ERROR_FILE_EMPTY,
  XMPP_TRANSFER_ERROR_FILE_OPEN,    /* may not be opened, or is no file */
  XMPP_TRANSFER_ERROR_FILE_CHANGED, /* while it was read or sent */
  XMPP_TRANSFER_ERROR_FILE_IO,      /* cannot be read or written */
  XMPP_TRANSFER_ERROR_FILE_EXISTS,  /* something lies where the file should go */
  XMPP_TRANSFER_ERROR_FILE_BUSY,    /* another download writes there */
  XMPP_TRANSFER_ERROR_DISK_FULL,    /* what has come is kept */

  /* The other side refuses */
  XMPP_TRANSFER_ERROR_TOO_LARGE,    /* has a limit when it is known */
  XMPP_TRANSFER_ERROR_QUOTA,        /* no room now; may have a time to try again */
  XMPP_TRANSFER_ERROR_NOT_ALLOWED,  /* 401, 403, or so in XMPP */
  XMPP_TRANSFER_ERROR_GONE,         /* 404, 410 */
  XMPP_TRANSFER_ERROR_SLOT_REFUSED, /* a place to put a file was used, or is too old */
  XMPP_TRANSFER_ERROR_STATUS,       /* any other HTTP status that is no success */
  XMPP_TRANSFER_ERROR_REDIRECT,     /* too many, or nowhere */

  /* On the way */
  XMPP_TRANSFER_ERROR_STALLED,   /* nothing moved for too long */
  XMPP_TRANSFER_ERROR_TRUNCATED, /* ended before its end */
  XMPP_TRANSFER_ERROR_WRONG_SIZE,
  XMPP_TRANSFER_ERROR_WRONG_SUM, /* what came is not what was promised; it was deleted */
} XmppTransferError;

/* The error of an HTTP status. retry_us: see below. */
GError *xmpp_transfer_error_new_status (guint status, const char *host, gint64 retry_us);
GError *xmpp_transfer_error_new_slot_refused (guint status, const char *host);
/* TOO_LARGE. limit: bytes, 0 unknown. */
GError *xmpp_transfer_error_new_too_large (guint64 limit);
/* QUOTA. retry_us: microseconds since 1970, 0 unknown; text: nullable, what the server says. */
GError *xmpp_transfer_error_new_quota (gint64 retry_us, const char *text);

/* May the same succeed later without a change (an upload: in a new place)? Also for XMPP_ERROR. A
 * QUOTA only when it says when. */
gboolean xmpp_transfer_error_is_retryable (const GError *error);
/* The largest file that is taken, bytes; 0: not said. */
guint64 xmpp_transfer_error_get_limit (const GError *error);
/* When to try again, microseconds since 1970; 0: not said. */
gint64 xmpp_transfer_error_get_retry_us (const GError *error);
/* The HTTP status; 0: it was none. */
guint xmpp_transfer_error_get_status (const GError *error);

G_END_DECLS
