/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-error.h"
#include "xmpp-stanza.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Carries stanzas: hands what comes to handlers, sends, and tells what became of it. Belongs to an
 * XmppStream and lives through its reconnects. Network thread.
 */

#define XMPP_TYPE_PORTER (xmpp_porter_get_type ())
G_DECLARE_FINAL_TYPE (XmppPorter, xmpp_porter, XMPP, PORTER, GObject)

/* The largest stanza that is sent; some servers close the stream on larger ones. */
#define XMPP_MAX_STANZA_SIZE (64 * 1024)

#define XMPP_PRIORITY_HIGH 100
#define XMPP_PRIORITY_NORMAL 0
#define XMPP_PRIORITY_LOW -100

/* TRUE: taken, no other handler sees it. */
typedef gboolean (*XmppHandlerFunc) (XmppPorter *porter, XmppStanza *stanza, gpointer user_data);
/* error NULL: the server has it (XEP-0198), which is not yet the peer. Called exactly once, never
 * from inside xmpp_porter_send(). */
typedef void (*XmppSentFunc) (XmppPorter *porter,
                              XmppStanza *stanza,
                              const GError *error,
                              gpointer user_data);

/* Higher priorities first, equal ones in the order they were added. pattern (nullable) is kept, not
 * copied: static const. An iq get or set that no handler takes is answered with
 * service-unavailable. Answers to our own requests never come to handlers. Returns: an id for
 * removal, not 0. */
guint xmpp_porter_add_handler (XmppPorter *self,
                               XmppStanzaKind kind,
                               const XmppSpec *pattern,
                               int priority,
                               XmppHandlerFunc func,
                               gpointer user_data,
                               GDestroyNotify destroy);
/* Allowed inside the handler itself. */
void xmpp_porter_remove_handler (XmppPorter *self, guint id);

/* Sends in order. While a session can still be resumed it is kept for that. Errors: TOO_LARGE,
 * QUEUE_FULL, NOT_CONNECTED (nothing sent), SESSION_LOST, CLOSED. A reference to
 * the stanza is taken. on_acked: nullable. */
void
xmpp_porter_send (XmppPorter *self, XmppStanza *stanza, XmppSentFunc on_acked, gpointer user_data);

/* A request. An id is given when it has none. The answer is matched by id and by sender. Errors: a
 * stanza error of the other side, REQUEST_TIMEOUT, those of xmpp_porter_send(),
 * G_IO_ERROR_CANCELLED. finish returns the answer of type result. */
void xmpp_porter_send_iq_async (XmppPorter *self,
                                XmppStanza *iq,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
XmppStanza *xmpp_porter_send_iq_finish (XmppPorter *self, GAsyncResult *result, GError **error);
/* The answer of type error, for what it says beside the condition. Borrowed from result; NULL when
 * the request failed in another way. */
XmppStanza *xmpp_porter_get_error_reply (GAsyncResult *result);

/* Answers to a request that a handler took. */
void xmpp_porter_reply (XmppPorter *self, const XmppStanza *iq, const XmppSpec *payload);
void xmpp_porter_reply_error (XmppPorter *self, const XmppStanza *iq, XmppError condition);

/* Can stanzas be sent (bound, or waiting for resumption)? */
gboolean xmpp_porter_is_open (XmppPorter *self);
/* The account's own bare address in normal form; never NULL. */
const char *xmpp_porter_get_bare_jid (XmppPorter *self);
/* As the server bound it, with resource; NULL before. */
const char *xmpp_porter_get_full_jid (XmppPorter *self);
const char *xmpp_porter_get_domain (XmppPorter *self);
/* Unacknowledged stanzas. */
guint xmpp_porter_get_n_pending (XmppPorter *self);

G_END_DECLS
