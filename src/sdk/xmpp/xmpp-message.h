/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-about.h"
#include "xmpp-porter.h"

G_BEGIN_DECLS

/*
 * Message stanzas, read: delay (0203), carbon (0280), archive (0313), stanza ids (0359), receipts
 * (0184), markers (0333), chat states (0085), messages about messages (xmpp-about.h) taken off.
 * Constant and reference counted.
 */

#define XMPP_MAX_RECEIPTS 100 /* in one message; more are not read */

typedef enum
{
  XMPP_CARBON_NONE,
  XMPP_CARBON_RECEIVED, /* another device of this account got it */
  XMPP_CARBON_SENT      /* another device of this account sent it */
} XmppCarbon;

typedef enum
{
  XMPP_CHAT_STATE_NONE,
  XMPP_CHAT_STATE_ACTIVE,
  XMPP_CHAT_STATE_COMPOSING,
  XMPP_CHAT_STATE_PAUSED,
  XMPP_CHAT_STATE_INACTIVE,
  XMPP_CHAT_STATE_GONE
} XmppChatState;

typedef struct
{
  XmppStanza *stanza;  /* what carried it */
  const xmlNode *node; /* the <message/> itself, inside of stanza */

  char *from; /* normal form; nullable */
  char *to;   /* normal form; nullable */
  XmppMessageType type;
  char *id;        /* the attribute; nullable */
  char *origin_id; /* 0359; claimed by the sender; nullable */
  char *stanza_id; /* 0359, only when an archive we trust gave it: our own, or of the room; nullable
                    */
  char *stanza_id_by; /* that archive's address; nullable */
  char *archive_id;   /* id in the archive that was asked, else stanza_id of our own; nullable */
  char *body;         /* nullable */
  char *subject;      /* nullable */
  char *thread;       /* nullable */
  gint64 stamp_us;    /* when the server got it; 0: now */
  XmppCarbon carbon;
  gboolean is_archived; /* result of an archive query */

  GStrv received_ids; /* receipts for the messages of these ids (0184); nullable */
  char *displayed_id; /* read up to the message of this id (0333); nullable */
  gboolean receipt_requested;
  gboolean markable;
  XmppChatState chat_state;
  char *oob_url;   /* 0066; nullable */
  XmppAbout about; /* other messages that it is about; nothing for type error */
  GError *error;   /* type error: what became of the message of this id; nullable */
} XmppMessage;

XmppMessage *xmpp_message_ref (XmppMessage *message);
void xmpp_message_unref (XmppMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppMessage, xmpp_message_unref)

/* Reads a stanza that came live. NULL when it is forged or not for users of messages: a carbon that
 * is not from own_bare_jid, an archive result, a sender that is no address. own_bare_jid in normal
 * form. */
XmppMessage *xmpp_message_new_from_stanza (XmppStanza *stanza, const char *own_bare_jid);
/* Reads <result/> out of an archive; archive is its address, in normal form. */
XmppMessage *
xmpp_message_new_from_result (XmppStanza *stanza, const char *archive, const char *own_bare_jid);
/* The first child with that name (nullable: any) and namespace. */
const xmlNode *xmpp_message_payload (const XmppMessage *message, const char *name, const char *ns);
/* Sent by this account: a sent carbon, or from our own bare address. */
gboolean xmpp_message_is_own (const XmppMessage *message, const char *own_bare_jid);

typedef void (*XmppMessageFunc) (XmppPorter *porter, XmppMessage *message, gpointer user_data);
/* Every genuine message that comes live, carbons included, at XMPP_PRIORITY_LOW. Returns: a handler
 * id. */
guint xmpp_message_add_handler (XmppPorter *porter, XmppMessageFunc func, gpointer user_data);

/* Ready to send; id and type are set, <store/> or <no-store/> as servers want it. type_of: chat for
 * people, groupchat for rooms. */
/* message_ids: at least one; clients that expect one receipt read the first. payload (nullable):
 * one element more. */
XmppStanza *xmpp_receipt_new (const char *to,
                              XmppMessageType type,
                              const char *const *message_ids,
                              const XmppSpec *payload);
XmppStanza *
xmpp_marker_new_displayed (const char *to, XmppMessageType type, const char *message_id);
XmppStanza *xmpp_chat_state_new (const char *to, XmppMessageType type, XmppChatState state);

const char *xmpp_chat_state_name (XmppChatState state);

G_END_DECLS
