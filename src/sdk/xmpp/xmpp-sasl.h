/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/*
 * One sign-in with SASL: the best of SCRAM-SHA-256, SCRAM-SHA-1 and PLAIN that the server offers.
 * All payloads are base64 text as it stands in the elements. Network thread.
 */

typedef struct _XmppSasl XmppSasl;

typedef struct
{
  const char *user;
  const char *password;
  gboolean is_token; /* only PLAIN can carry it */
  gboolean
      plain_allowed; /* the way to the server is protected, or the user accepts that it is not */
} XmppSaslLogin;

/* mechanisms: <mechanisms/> of the features, nullable. NULL with XMPP_ERROR_AUTH_NO_MECHANISM or
 * XMPP_ERROR_AUTH_PLAIN_REFUSED. */
XmppSasl *xmpp_sasl_new (const xmlNode *mechanisms, const XmppSaslLogin *login, GError **error);
void xmpp_sasl_free (XmppSasl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppSasl, xmpp_sasl_free)

const char *xmpp_sasl_get_mechanism (XmppSasl *self);
/* The text of <auth/>. */
char *xmpp_sasl_start (XmppSasl *self, GError **error);
/* The text of <response/> to that of <challenge/>. */
char *xmpp_sasl_step (XmppSasl *self, const char *challenge, GError **error);
/* <success/> with this text (may be empty): does the server know the password, too? FALSE with
 * XMPP_ERROR_AUTH_SERVER_SIGNATURE. */
gboolean xmpp_sasl_finish (XmppSasl *self, const char *text, GError **error);

G_END_DECLS
