/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-porter.h"

G_BEGIN_DECLS

/*
 * Stream management (XEP-0198), the bookkeeping alone: counters, the queue of unacknowledged
 * stanzas, and what is sent again after a resumption. It sends nothing and calls
 * nobody: what is finished is handed back. Network thread.
 */

typedef struct
{
  XmppStanza *stanza; /* owned */
  char *text;         /* owned: as it goes over the wire */
  XmppSentFunc func;  /* nullable */
  gpointer user_data;
} XmppSmEntry;

void xmpp_sm_entry_free (XmppSmEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppSmEntry, xmpp_sm_entry_free)

typedef struct _XmppSm XmppSm;

XmppSm *xmpp_sm_new (guint max_queue);
void xmpp_sm_free (XmppSm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppSm, xmpp_sm_free)

/* A new session; the queue must be empty. id (nullable): it can be resumed by this name. */
void xmpp_sm_start (XmppSm *self, const char *id);
/* Forgets the session. Returns: (transfer full) what was unacknowledged, oldest first. */
GPtrArray *xmpp_sm_end (XmppSm *self);
/* The session can be resumed no longer; what is queued stays. */
void xmpp_sm_forbid_resumption (XmppSm *self);
const char *xmpp_sm_get_id (XmppSm *self);

guint xmpp_sm_get_length (XmppSm *self);
gboolean xmpp_sm_is_full (XmppSm *self);
/* Takes the entry; it counts as sent. */
void xmpp_sm_push (XmppSm *self, XmppSmEntry *entry);

/* Stanzas the other side has sent in this session. */
void xmpp_sm_count_received (XmppSm *self);
guint32 xmpp_sm_get_received (XmppSm *self);
/* Stanzas sent in this session, modulo 2^32; what an acknowledgement of everything would say. */
guint32 xmpp_sm_get_sent (XmppSm *self);

/* The other side has h stanzas of ours. Returns: (transfer full) (nullable) what is acknowledged by
 * that, oldest first; NULL with XMPP_ERROR_PROTOCOL when it has more than were sent. */
GPtrArray *xmpp_sm_acknowledge (XmppSm *self, guint32 h, GError **error);
/* What is queued: after <resumed h=…/> and xmpp_sm_acknowledge() it is to be sent again. */
void xmpp_sm_foreach (XmppSm *self, GFunc func, gpointer user_data);

G_END_DECLS
