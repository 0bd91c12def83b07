/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* A UserSig as far as the library can read it (spec: api, "UserSig"; design decision 6). A password
 * says nothing of itself; a JWT (RFC 7519) and a UserSig of format 2 carry their expiry, which
 * servers do not report: to them every bad token is "not-authorized". Nothing here is a check of a
 * signature: that is the server's. Pure functions, any thread. */

typedef struct
{
  gboolean is_token; /* FALSE: a password, or something opaque */
  gint64 expires_s;  /* wall clock, seconds since 1970; 0 when it does not say */
  char *user;        /* owned, nullable: for whom it was made */
} ImUserSig;

void im_user_sig_read (const char *text, ImUserSig *ret_sig);
void im_user_sig_clear (ImUserSig *sig);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImUserSig, im_user_sig_clear)
