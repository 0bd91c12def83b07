/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-sha256.h"

#include <gnutls/crypto.h>

#define DIGEST_BYTES 32

struct _XmppSha256
{
  gnutls_hash_hd_t hash;
};

/* Fails only where there is no memory, or no SHA-256 at all. */
static gnutls_hash_hd_t
begin (void)
{
  gnutls_hash_hd_t hash;

  if (gnutls_hash_init (&hash, GNUTLS_DIG_SHA256) != 0)
    g_error ("GnuTLS has no SHA-256");
  return hash;
}

XmppSha256 *
xmpp_sha256_new (void)
{
  XmppSha256 *self = g_new0 (XmppSha256, 1);

  self->hash = begin ();
  return self;
}

void
xmpp_sha256_free (XmppSha256 *self)
{
  gnutls_hash_deinit (self->hash, NULL);
  g_free (self);
}

void
xmpp_sha256_update (XmppSha256 *self, const void *data, gsize size)
{
  gnutls_hash (self->hash, data, size);
}

char *
xmpp_sha256_dup_text (const XmppSha256 *self)
{
  gnutls_hash_hd_t copy = gnutls_hash_copy (self->hash);
  guint8 digest[DIGEST_BYTES];
  GString *text = g_string_sized_new (2 * DIGEST_BYTES + 1);

  gnutls_hash_deinit (copy, digest);
  for (gsize i = 0; i < DIGEST_BYTES; i++)
    g_string_append_printf (text, "%02x", digest[i]);
  return g_string_free (text, FALSE);
}

void
xmpp_sha256_reset (XmppSha256 *self)
{
  gnutls_hash_deinit (self->hash, NULL);
  self->hash = begin ();
}
