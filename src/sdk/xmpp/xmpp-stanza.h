/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-spec.h"

G_BEGIN_DECLS

/*
 * One stanza: a document, reference counted. Whoever built it may change it until it is sent; after
 * that, and when it was received, it is constant. Network thread.
 */

typedef enum
{
  XMPP_STANZA_OTHER, /* not a stanza: <open/>, <success/>, <a/> … */
  XMPP_STANZA_MESSAGE,
  XMPP_STANZA_PRESENCE,
  XMPP_STANZA_IQ
} XmppStanzaKind;

typedef struct _XmppStanza XmppStanza;

XmppStanza *xmpp_stanza_new (const XmppSpec *spec);
/* Takes the document. */
XmppStanza *xmpp_stanza_new_take (xmlDoc *doc);
/* The same for one that came in so many bytes. */
XmppStanza *xmpp_stanza_new_received (xmlDoc *doc, gsize size);
XmppStanza *xmpp_stanza_ref (XmppStanza *stanza);
void xmpp_stanza_unref (XmppStanza *stanza);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppStanza, xmpp_stanza_unref)

xmlNode *xmpp_stanza_get_root (const XmppStanza *stanza);
XmppStanzaKind xmpp_stanza_get_kind (const XmppStanza *stanza);
/* Bytes of the frame it came in; 0: built here. */
gsize xmpp_stanza_get_size (const XmppStanza *stanza);
/* Attributes of the root; NULL when missing. */
const char *xmpp_stanza_get_type (const XmppStanza *stanza);
const char *xmpp_stanza_get_id (const XmppStanza *stanza);
const char *xmpp_stanza_get_from (const XmppStanza *stanza);
const char *xmpp_stanza_get_to (const XmppStanza *stanza);
void xmpp_stanza_set_attr (XmppStanza *stanza, const char *name, const char *value);
/* Gives it a random id when it has none; returns the id. */
const char *xmpp_stanza_ensure_id (XmppStanza *stanza);
char *xmpp_stanza_to_string (const XmppStanza *stanza);
/* A random id: 128 bit as 22 characters. */
char *xmpp_id_new (void);

/* The answers to an iq: type result with payload (nullable), or an error of that condition. */
XmppStanza *xmpp_stanza_new_result (const XmppStanza *iq, const XmppSpec *payload);
XmppStanza *xmpp_stanza_new_error (const XmppStanza *iq, int xmpp_error_code);
/* The GError in a stanza of type error; NULL when it is of another type. (transfer full) */
GError *xmpp_stanza_dup_error (const XmppStanza *stanza);

G_END_DECLS
