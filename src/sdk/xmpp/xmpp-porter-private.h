/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-config.h"
#include "xmpp-porter.h"
#include "xmpp-sm.h"

G_BEGIN_DECLS

/* The stream's side of a porter. */

/* What the stream does for its porter. */
typedef struct
{
  /* Why nothing can be sent now; NULL when it can. */
  GError *(*check) (gpointer stream);
  /* Takes the entry, and sends it when the socket is there. */
  void (*submit) (gpointer stream, XmppSmEntry *entry);
  guint (*get_n_pending) (gpointer stream);
} XmppPorterLink;

XmppPorter *xmpp_porter_new (const XmppConfig *config, const XmppPorterLink *link, gpointer stream);
/* The stream goes away: everything under way finishes with XMPP_ERROR_CLOSED, from inside. */
void xmpp_porter_close (XmppPorter *self);
/* No answers will come any more. */
void xmpp_porter_fail_requests (XmppPorter *self, const GError *error);
void xmpp_porter_set_full_jid (XmppPorter *self, const char *full_jid);

/* A stanza that came: answers to their requests, others to handlers. */
void xmpp_porter_dispatch (XmppPorter *self, XmppStanza *stanza);
/* Tells the senders; takes the array of XmppSmEntry. error: nullable. */
void xmpp_porter_finish_entries (XmppPorter *self, GPtrArray *entries, const GError *error);

G_END_DECLS
