/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-config.h"
#include "xmpp-form.h"
#include "xmpp-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * In-band registration (XEP-0077) on a connection of its own that does not sign in. Fetch, let the
 * user fill in, submit; then unref. Both run over the same connection, opened by the first. Network
 * thread.
 */

#define XMPP_TYPE_REGISTER (xmpp_register_get_type ())
G_DECLARE_FINAL_TYPE (XmppRegister, xmpp_register, XMPP, REGISTER, GObject)

/* Of config.jid only the domain matters, the local part may be any; password is not used. */
XmppRegister *xmpp_register_new (const XmppConfig *config);

/* What the server asks for, as a form whatever way it was said: legacy fields are "username",
 * "password", "email" … of type text-single or text-private, all required. Owned by self, to be
 * filled in with xmpp_form_set(). Errors: those of connecting; XMPP_ERROR_FEATURE_NOT_IMPLEMENTED
 * when the server does not offer registration. */
void xmpp_register_fetch_async (XmppRegister *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
XmppForm *xmpp_register_fetch_finish (XmppRegister *self, GAsyncResult *result, GError **error);
/* Where to register with a browser, when the server says so; nullable. After fetch. */
const char *xmpp_register_get_url (XmppRegister *self);

/* After fetch. Errors: XMPP_ERROR_CONFLICT (the name is taken), XMPP_ERROR_NOT_ACCEPTABLE,
 * XMPP_ERROR_NOT_ALLOWED, XMPP_ERROR_RESOURCE_CONSTRAINT (too soon) and others. */
void xmpp_register_submit_async (XmppRegister *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean xmpp_register_submit_finish (XmppRegister *self, GAsyncResult *result, GError **error);

G_END_DECLS
