/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-message-type.h"
#include "xmpp-node.h"
#include "xmpp-stanza.h"

G_BEGIN_DECLS

/*
 * Messages about messages: correction (XEP-0308), retraction (0424), reactions (0444), replies
 * (0461). What is read is what the sender says; whether it is the sender's to say (the same bare
 * address as the message's, in rooms the same occupant) is decided by who uses it. Ids are those of
 * the stanza or its origin-id between two people, and the room's stanza-id in rooms.
 */

#define XMPP_MAX_REACTIONS 32 /* of one person to one message; more are left out */
#define XMPP_MAX_REACTION 64  /* bytes; a longer one is none */

typedef struct
{
  char *replaces_id;     /* the message is the new content of that one; nullable */
  char *retracts_id;     /* that message is taken back; nullable */
  gboolean is_moderated; /* a room's moderator took it back (0425): the room alone may say so */
  char *reacts_to_id;    /* nullable */
  char **reactions;      /* all that the sender has for that message now; NULL without the id */
  char *replies_to_id;   /* nullable */
  char *replies_to;      /* who wrote that one, in normal form; claimed; nullable */
} XmppAbout;

/* about is zeroed. */
void xmpp_about_read (XmppAbout *about, const xmlNode *message);
void xmpp_about_clear (XmppAbout *about);

/* One word of at most XMPP_MAX_REACTION bytes? */
gboolean xmpp_reaction_is_valid (const char *text);

/* Make a message that is not sent yet the new content of that one, or a reply to that one; to is
 * who wrote it, nullable. */
void xmpp_correction_add (XmppStanza *stanza, const char *id);
void xmpp_reply_add (XmppStanza *stanza, const char *id, const char *to);
/* Ready to send, with <store/> and a request for a receipt of said_id, which becomes their own id.
 * The retraction has a body for those who do not know of such. */
XmppStanza *
xmpp_retraction_new (const char *to, XmppMessageType type, const char *said_id, const char *id);
/* reactions: NULL-terminated, replaces the earlier ones; an empty one takes all back. */
XmppStanza *xmpp_reactions_new (const char *to,
                                XmppMessageType type,
                                const char *said_id,
                                const char *id,
                                const char *const *reactions);

G_END_DECLS
