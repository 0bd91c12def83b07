/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "im-test.h"
#include "xmpp-http.h"

#include <libsoup/soup.h>

/* An HTTP server in this process that has one file and every vice. Thread of the test. What a path
 * does:
 *
 *   /file      the file, with ranges          /whole    the same, and ranges are not known
 *   /cut       ends before its end, at cut_at /short    says more bytes than come
 *   /endless   without end                    /gzip     packed; /bomb: packed zeros without end
 *   /slow      says nothing after its head    /status/N that status
 *   /to?URL    leads there                    /round    leads to itself; /chain/N: N times, to
 * /file /nowhere   leads nowhere                  /wrong-start, /wrong-end: ranges that were not
 * asked for /full      416 to every range             /put      takes a file; /put-cut: ends
 * meanwhile /put-slow  takes nothing
 */

typedef struct
{
  SoupServer *server;
  char *base;        /* "http://127.0.0.1:PORT" */
  GBytes *file;      /* what is served */
  char *etag;        /* nullable */
  gsize bias;        /* by which the last byte of a range is said to be further than it is */
  gsize cut_at;      /* bytes of the file at which /cut ends */
  int put_status;    /* of /put */
  GByteArray *taken; /* by /put, nullable */
  char *taken_type;
  char *taken_authorization;
  guint n_requests;
  char *last_range;     /* nullable, of the last request */
  char *last_if_range;  /* nullable */
  gsize sent;           /* bytes of the file in all answers */
  GPtrArray *stuck;     /* SoupServerMessage that are held back */
  gboolean is_released; /* /put-slow takes what comes */
} HttpSite;

/* tls: with the certificate of tests/data/tls. */
HttpSite *http_site_new (gsize file_size, gboolean tls);
void http_site_free (HttpSite *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HttpSite, http_site_free)

/* Goes on with what it holds back, and holds nothing back any more. */
void http_site_release (HttpSite *self);

/* Its address of that path. Returns: (transfer full) */
char *http_site_url (HttpSite *self, const char *path);
/* The file's sum. */
char *http_site_sha256 (HttpSite *self);
/* Sum of the certificate. */
char *http_site_certificate_sha256 (void);
