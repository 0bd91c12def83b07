/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Addresses: local@domain/resource (RFC 7622), as plain strings; a parsed one is three strings.
 * All functions are pure and may be called from any thread.
 */

/* The most bytes one part may have. */
#define XMPP_JID_MAX_PART 1023

typedef struct
{
  char *local;    /* owned, nullable */
  char *domain;   /* owned */
  char *resource; /* owned, nullable */
} XmppJid;

/* Parses and normalises: local and domain in lower case, all parts NFC. NULL with
 * XMPP_ERROR_JID_MALFORMED when the text is not an address. */
XmppJid *xmpp_jid_parse (const char *text, GError **error);
void xmpp_jid_free (XmppJid *jid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppJid, xmpp_jid_free)

gboolean xmpp_jid_is_valid (const char *text);
/* "local@domain/resource"; local and resource may be NULL. Takes the parts as they are. */
char *xmpp_jid_compose (const char *local, const char *domain, const char *resource);
/* The normal form of text, or NULL when it is not an address. */
char *xmpp_jid_dup_normal (const char *text);
/* The normal form without the resource; NULL when text is NULL or not an address. */
char *xmpp_jid_dup_bare (const char *text);
char *xmpp_jid_dup_local (const char *text);
char *xmpp_jid_dup_domain (const char *text);
/* The part behind the first slash, borrowed from text; NULL when there is none. */
const char *xmpp_jid_get_resource (const char *text);

/* Compare in normal form. What is not an address (NULL too) equals nothing. */
gboolean xmpp_jid_equal (const char *a, const char *b);
gboolean xmpp_jid_bare_equal (const char *a, const char *b);

/* XEP-0106: any text (a group id with spaces, an address) as a local part, and back. */
char *xmpp_jid_escape_local (const char *text);
char *xmpp_jid_unescape_local (const char *local);

G_END_DECLS
