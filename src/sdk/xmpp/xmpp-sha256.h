/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SHA-256 of large files: GnuTLS uses the processor's instructions for it, GChecksum does not and
 * is slower than many networks. One thread at a time. */

typedef struct _XmppSha256 XmppSha256;

XmppSha256 *xmpp_sha256_new (void);
void xmpp_sha256_free (XmppSha256 *self);
void xmpp_sha256_update (XmppSha256 *self, const void *data, gsize size);
/* Of all so far, which may go on. Returns: (transfer full) lower-case hexadecimal digits */
char *xmpp_sha256_dup_text (const XmppSha256 *self);
/* Begins anew. */
void xmpp_sha256_reset (XmppSha256 *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppSha256, xmpp_sha256_free)

G_END_DECLS
