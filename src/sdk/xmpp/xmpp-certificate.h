/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-config.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What the user is told of a certificate that is not trusted, and the one the user accepted anyway.
 * Network thread. */

/* The SHA-256 of the certificate, 64 hex digits. */
char *xmpp_certificate_sha256 (GTlsCertificate *certificate);

/* Watches message: a certificate that fails but has the pinned sum is accepted, any other is noted.
 */
typedef struct _XmppCertificateCheck XmppCertificateCheck;

XmppCertificateCheck *xmpp_certificate_check_new (SoupMessage *message, const char *pinned_sha256);
void xmpp_certificate_check_free (XmppCertificateCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppCertificateCheck, xmpp_certificate_check_free)
/* error in our terms; XMPP_ERROR_TLS_UNTRUSTED with reasons and sum when that was it. */
GError *
xmpp_certificate_check_error (XmppCertificateCheck *self, const GError *error, const char *host);

/* A session for requests to host: no proxy for loopback, else those of config, else the system's.
 */
SoupSession *xmpp_soup_session_new (const XmppConfig *config, const char *host);

G_END_DECLS
