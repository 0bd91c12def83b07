/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/*
 * A file that somebody has put somewhere: stateless file sharing (XEP-0447) with its metadata
 * (0446), hash (0300) and previews (0264), and out-of-band data (0066). What is read is what the
 * sender says, within bounds; numbers beyond them are 0, texts NULL. Pure functions; any thread.
 */

#define XMPP_MAX_FILES 32  /* of one message */
#define XMPP_MAX_URL 2048  /* bytes */
#define XMPP_MAX_NAME 1023 /* bytes of a file's name */
#define XMPP_MAX_BLURHASH 128
#define XMPP_MAX_PIXELS 65535
#define XMPP_MAX_FILE_SIZE (G_GUINT64_CONSTANT (1) << 48)               /* bytes */
#define XMPP_MAX_LENGTH_MS (G_GUINT64_CONSTANT (31) * 24 * 3600 * 1000) /* of sound and film */
#define XMPP_N_THUMBNAILS 2

typedef enum
{
  XMPP_DISPOSITION_NONE,
  XMPP_DISPOSITION_INLINE,    /* to be shown in place */
  XMPP_DISPOSITION_ATTACHMENT /* to be saved */
} XmppDisposition;

typedef struct
{
  char *url;
  guint width, height; /* pixels */
} XmppThumbnail;

typedef struct
{
  char *url;           /* http or https; NULL: it can be had in no way that we know */
  char *name;          /* as the sender has it: any text; nullable */
  char *media_type;    /* nullable */
  char *desc;          /* nullable */
  char *sha256;        /* 64 hexadecimal digits; nullable */
  char *blurhash;      /* nullable */
  guint64 size;        /* bytes */
  guint width, height; /* pixels */
  guint64 length_ms;   /* of sound and film */
  XmppDisposition disposition;
  XmppThumbnail thumbnails[XMPP_N_THUMBNAILS]; /* smallest first; url is NULL where there is none */
} XmppFile;

XmppFile *xmpp_file_new (void);
void xmpp_file_free (XmppFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppFile, xmpp_file_free)

/* All that message shares, at most XMPP_MAX_FILES; *ret_is_more: there are more. Returns: (transfer
 * full) of XmppFile, perhaps empty. */
GPtrArray *xmpp_files_read (const xmlNode *message, gboolean *ret_is_more);
/* Adds the sharing of a file with a url to message. */
void xmpp_file_append (xmlNode *message, const XmppFile *file);
/* Adds out-of-band data, by which most programs know that a body is a file. */
void xmpp_oob_append (xmlNode *message, const char *url);

/* Is it a whole http or https address, with a host, without a password, and short enough? */
gboolean xmpp_url_is_web (const char *url);
/* 64 hexadecimal digits? Nullable. */
gboolean xmpp_sha256_is_valid (const char *hex);
gboolean xmpp_blurhash_is_valid (const char *blurhash);
/* type/subtype, nothing behind it? Nullable. */
gboolean xmpp_media_type_is_valid (const char *media_type);

G_END_DECLS
