/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-porter.h"

G_BEGIN_DECLS

/* Small requests to the own server, each with its pair. Network thread. finish: FALSE with error.
 */

/* XEP-0280: copies of what other devices send and receive. */
void xmpp_carbons_enable_async (XmppPorter *porter,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean xmpp_carbons_enable_finish (XmppPorter *porter, GAsyncResult *result, GError **error);

/* XEP-0199. to NULL: the server. */
void xmpp_ping_async (XmppPorter *porter,
                      const char *to,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
gboolean xmpp_ping_finish (XmppPorter *porter, GAsyncResult *result, GError **error);

/* XEP-0013: forget stored messages (they are in the archive); before the first presence. */
void xmpp_offline_purge_async (XmppPorter *porter,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean xmpp_offline_purge_finish (XmppPorter *porter, GAsyncResult *result, GError **error);

/* Presence: type NULL for available. to: nullable. */
XmppStanza *xmpp_presence_new (const char *to, const char *type);

G_END_DECLS
