/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-porter.h"

G_BEGIN_DECLS

/* Nodes of the own account that only its own devices read (XEP-0163 and XEP-0223). Each request
 * ends with xmpp_porter_send_iq_finish(). A device is told what others publish when the feature
 * node + XMPP_PEP_NOTIFY is among those that it serves. Network thread. */

#define XMPP_PEP_NOTIFY "+notify"

/* Keeps all items. XMPP_ERROR_CONFLICT: it is there already. */
void xmpp_pep_create_async (XmppPorter *porter,
                            const char *node,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* In the place of the item with that id, if there is one. payload is copied. Refused when others
 * could read the node. */
void xmpp_pep_publish_async (XmppPorter *porter,
                             const char *node,
                             const char *id,
                             const xmlNode *payload,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* XMPP_ERROR_ITEM_NOT_FOUND: there is no such node. */
void xmpp_pep_get_async (XmppPorter *porter,
                         const char *node,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* The element with the items, which are named "item", each with its id; NULL when the answer has
 * none. Borrowed from the reply. */
const xmlNode *xmpp_pep_get_items (const XmppStanza *reply);

/* items: as above; what this device published comes too. */
typedef void (*XmppPepFunc) (const xmlNode *items, gpointer user_data);
/* node: static. Returns: an id for xmpp_porter_remove_handler(). */
guint
xmpp_pep_add_handler (XmppPorter *porter, const char *node, XmppPepFunc func, gpointer user_data);

G_END_DECLS
