/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-message.h"

#include "im-enum.h"
#include "xmpp-jid.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

#define dup_id xmpp_node_dup_id

static const char *const type_names[] = { "normal", "chat", "groupchat", "headline", "error" };
static const char *const state_names[]
    = { "", "active", "composing", "paused", "inactive", "gone" };

const char *
xmpp_message_type_name (XmppMessageType type)
{
  return im_enum_to_string (type_names, G_N_ELEMENTS (type_names), type);
}

const char *
xmpp_chat_state_name (XmppChatState state)
{
  return im_enum_to_string (state_names, G_N_ELEMENTS (state_names), state);
}

XmppMessage *
xmpp_message_ref (XmppMessage *message)
{
  return g_rc_box_acquire (message);
}

static void
message_clear (gpointer data)
{
  XmppMessage *message = data;

  xmpp_stanza_unref (message->stanza);
  g_free (message->from);
  g_free (message->to);
  g_free (message->id);
  g_free (message->origin_id);
  g_free (message->stanza_id);
  g_free (message->stanza_id_by);
  g_free (message->archive_id);
  g_free (message->body);
  g_free (message->subject);
  g_free (message->thread);
  g_strfreev (message->received_ids);
  g_free (message->displayed_id);
  g_free (message->oob_url);
  xmpp_about_clear (&message->about);
  g_clear_error (&message->error);
}

void
xmpp_message_unref (XmppMessage *message)
{
  g_rc_box_release_full (message, message_clear);
}

/* Reading */

static XmppMessageType
read_type (const xmlNode *node)
{
  int type
      = im_enum_from_string (type_names, G_N_ELEMENTS (type_names), xmpp_node_attr (node, "type"));

  return type >= 0 ? (XmppMessageType) type : XMPP_MESSAGE_NORMAL;
}

static XmppChatState
read_chat_state (const xmlNode *node)
{
  const xmlNode *state = xmpp_node_child (node, NULL, XMPP_NS_CHAT_STATES);
  int value = state != NULL ? im_enum_from_string (state_names, G_N_ELEMENTS (state_names),
                                                   xmpp_node_name (state))
                            : 0;

  return value > 0 ? (XmppChatState) value : XMPP_CHAT_STATE_NONE;
}

/* Anybody may write a stanza id into a message. One is true when it names an archive whose server
 * takes away forged ones: our own account, or the room that the message comes from. Prosody 0.12
 * leaves a forged one in what it delivers, and appends its own: the last one is the server's. */
static void
read_stanza_id (XmppMessage *message, const xmlNode *node, const char *own_bare_jid)
{
  g_autofree char *room
      = message->type == XMPP_MESSAGE_GROUPCHAT ? xmpp_jid_dup_bare (message->from) : NULL;

  xmpp_node_foreach (node, child, "stanza-id", XMPP_NS_STANZA_IDS)
  {
    g_autofree char *by = xmpp_jid_dup_normal (xmpp_node_attr (child, "by"));

    if (by == NULL || g_strcmp0 (by, room != NULL ? room : own_bare_jid) != 0)
      continue;
    g_free (message->stanza_id);
    message->stanza_id = dup_id (child, "id");
    g_free (message->stanza_id_by);
    message->stanza_id_by = g_steal_pointer (&by);
  }
}

/* Anybody may write a delay into a message, too: only that of our own server counts, and of a room.
 */
static gint64
read_delay (const XmppMessage *message, const xmlNode *node, const char *own_bare_jid)
{
  g_autofree char *domain = xmpp_jid_dup_domain (own_bare_jid);
  g_autofree char *room
      = message->type == XMPP_MESSAGE_GROUPCHAT ? xmpp_jid_dup_bare (message->from) : NULL;

  xmpp_node_foreach (node, delay, "delay", XMPP_NS_DELAY)
  {
    g_autofree char *from = xmpp_jid_dup_normal (xmpp_node_attr (delay, "from"));

    if (from != NULL
        && (g_strcmp0 (from, domain) == 0 || g_strcmp0 (from, own_bare_jid) == 0
            || g_strcmp0 (from, room) == 0))
      return xmpp_node_attr_time_us (delay, "stamp");
  }
  return 0;
}

static GStrv
dup_received_ids (const xmlNode *node)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  xmpp_node_foreach (node, received, "received", XMPP_NS_RECEIPTS)
  {
    char *id = ids->len < XMPP_MAX_RECEIPTS ? dup_id (received, "id") : NULL;

    if (id != NULL)
      g_ptr_array_add (ids, id);
  }
  if (ids->len == 0)
    return NULL;
  g_ptr_array_add (ids, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

static void
read_receipts_and_markers (XmppMessage *message, const xmlNode *node)
{
  message->received_ids = dup_received_ids (node);
  message->receipt_requested = xmpp_node_child (node, "request", XMPP_NS_RECEIPTS) != NULL;
  message->displayed_id = dup_id (xmpp_node_child (node, "displayed", XMPP_NS_MARKERS), "id");
  message->markable = xmpp_node_child (node, "markable", XMPP_NS_MARKERS) != NULL;
}

/* No sender is the own server; a sender that is no address is nobody. */
static gboolean
is_from_somebody (const xmlNode *node)
{
  const char *from = xmpp_node_attr (node, "from");

  return from == NULL || xmpp_jid_is_valid (from);
}

/* node is inside of stanza. NULL: nobody can have sent it. */
static XmppMessage *
read_message (XmppStanza *stanza, const xmlNode *node, const char *own_bare_jid)
{
  XmppMessage *message;

  if (!is_from_somebody (node))
    return NULL;
  message = g_rc_box_new0 (XmppMessage);
  message->stanza = xmpp_stanza_ref (stanza);
  message->node = node;
  message->type = read_type (node);
  message->from = xmpp_jid_dup_normal (xmpp_node_attr (node, "from"));
  message->to = xmpp_jid_dup_normal (xmpp_node_attr (node, "to"));
  message->id = dup_id (node, "id");
  message->origin_id = dup_id (xmpp_node_child (node, "origin-id", XMPP_NS_STANZA_IDS), "id");
  message->body = xmpp_node_dup_child_text (node, "body", XMPP_NS_CLIENT);
  message->subject = xmpp_node_dup_child_text (node, "subject", XMPP_NS_CLIENT);
  message->thread = xmpp_node_dup_child_text (node, "thread", XMPP_NS_CLIENT);
  message->chat_state = read_chat_state (node);
  message->oob_url
      = xmpp_node_dup_child_text (xmpp_node_child (node, "x", XMPP_NS_OOB), "url", XMPP_NS_OOB);
  read_receipts_and_markers (message, node);
  read_stanza_id (message, node, own_bare_jid);
  if (message->type != XMPP_MESSAGE_ERROR)
    xmpp_about_read (&message->about, node);
  if (message->type == XMPP_MESSAGE_ERROR)
    message->error = xmpp_error_from_stanza_error (xmpp_node_child (node, "error", XMPP_NS_CLIENT));
  return message;
}

/* Carbons */

static const xmlNode *
find_carbon (const xmlNode *root, XmppCarbon *ret_carbon)
{
  const xmlNode *carbon = xmpp_node_child (root, "received", XMPP_NS_CARBONS);

  *ret_carbon = XMPP_CARBON_RECEIVED;
  if (carbon != NULL)
    return carbon;
  *ret_carbon = XMPP_CARBON_SENT;
  return xmpp_node_child (root, "sent", XMPP_NS_CARBONS);
}

static gboolean
is_from_own_account (const xmlNode *root, const char *own_bare_jid)
{
  g_autofree char *from = xmpp_jid_dup_normal (xmpp_node_attr (root, "from"));

  return xmpp_node_attr (root, "from") == NULL || g_strcmp0 (from, own_bare_jid) == 0;
}

static XmppMessage *
read_carbon (XmppStanza *stanza,
             const xmlNode *carbon,
             XmppCarbon direction,
             const char *own_bare_jid)
{
  const xmlNode *forwarded = xmpp_node_child (carbon, "forwarded", XMPP_NS_FORWARD);
  const xmlNode *node = xmpp_node_child (forwarded, "message", XMPP_NS_CLIENT);
  XmppMessage *message;

  if (node == NULL || !is_from_own_account (xmpp_stanza_get_root (stanza), own_bare_jid))
    return NULL;
  message = read_message (stanza, node, own_bare_jid);
  if (message == NULL)
    return NULL;
  message->carbon = direction;
  message->stamp_us
      = xmpp_node_attr_time_us (xmpp_node_child (forwarded, "delay", XMPP_NS_DELAY), "stamp");
  return message;
}

static void
set_archive_id (XmppMessage *message, const char *own_bare_jid)
{
  if (g_strcmp0 (message->stanza_id_by, own_bare_jid) == 0)
    message->archive_id = g_strdup (message->stanza_id);
}

XmppMessage *
xmpp_message_new_from_stanza (XmppStanza *stanza, const char *own_bare_jid)
{
  const xmlNode *root;
  const xmlNode *carbon;
  XmppCarbon direction;
  XmppMessage *message;

  g_return_val_if_fail (stanza != NULL && own_bare_jid != NULL, NULL);
  root = xmpp_stanza_get_root (stanza);
  if (xmpp_stanza_get_kind (stanza) != XMPP_STANZA_MESSAGE
      || xmpp_node_child (root, "result", XMPP_NS_MAM) != NULL)
    return NULL;
  carbon = find_carbon (root, &direction);
  if (carbon != NULL)
    message = read_carbon (stanza, carbon, direction, own_bare_jid);
  else
    {
      message = read_message (stanza, root, own_bare_jid);
      if (message != NULL)
        message->stamp_us = read_delay (message, root, own_bare_jid);
    }
  if (message != NULL)
    set_archive_id (message, own_bare_jid);
  return message;
}

XmppMessage *
xmpp_message_new_from_result (XmppStanza *stanza, const char *archive, const char *own_bare_jid)
{
  const xmlNode *result, *forwarded, *node;
  XmppMessage *message;

  g_return_val_if_fail (stanza != NULL && archive != NULL && own_bare_jid != NULL, NULL);
  result = xmpp_node_child (xmpp_stanza_get_root (stanza), "result", XMPP_NS_MAM);
  forwarded = xmpp_node_child (result, "forwarded", XMPP_NS_FORWARD);
  node = xmpp_node_child (forwarded, "message", XMPP_NS_CLIENT);
  if (node == NULL)
    return NULL;
  message = read_message (stanza, node, own_bare_jid);
  if (message == NULL)
    return NULL;
  message->is_archived = TRUE;
  message->archive_id = dup_id (result, "id");
  message->stamp_us
      = xmpp_node_attr_time_us (xmpp_node_child (forwarded, "delay", XMPP_NS_DELAY), "stamp");
  g_free (message->stanza_id);
  message->stanza_id = g_strdup (message->archive_id);
  g_free (message->stanza_id_by);
  message->stanza_id_by = message->stanza_id != NULL ? g_strdup (archive) : NULL;
  return message;
}

const xmlNode *
xmpp_message_payload (const XmppMessage *message, const char *name, const char *ns)
{
  g_return_val_if_fail (message != NULL, NULL);

  return xmpp_node_child (message->node, name, ns);
}

gboolean
xmpp_message_is_own (const XmppMessage *message, const char *own_bare_jid)
{
  g_autofree char *from = NULL;

  g_return_val_if_fail (message != NULL, FALSE);
  if (message->carbon == XMPP_CARBON_SENT)
    return TRUE;
  from = xmpp_jid_dup_bare (message->from);
  return message->type != XMPP_MESSAGE_GROUPCHAT && g_strcmp0 (from, own_bare_jid) == 0;
}

/* Receiving */

typedef struct
{
  XmppMessageFunc func;
  gpointer user_data;
} MessageHandler;

static gboolean
on_stanza (XmppPorter *porter, XmppStanza *stanza, gpointer user_data)
{
  MessageHandler *handler = user_data;
  g_autoptr (XmppMessage) message
      = xmpp_message_new_from_stanza (stanza, xmpp_porter_get_bare_jid (porter));

  if (message != NULL)
    handler->func (porter, message, handler->user_data);
  return TRUE;
}

guint
xmpp_message_add_handler (XmppPorter *porter, XmppMessageFunc func, gpointer user_data)
{
  MessageHandler *handler;

  g_return_val_if_fail (XMPP_IS_PORTER (porter) && func != NULL, 0);
  handler = g_new0 (MessageHandler, 1);
  handler->func = func;
  handler->user_data = user_data;
  return xmpp_porter_add_handler (porter, XMPP_STANZA_MESSAGE, NULL, XMPP_PRIORITY_LOW, on_stanza,
                                  handler, g_free);
}

/* Sending */

static XmppStanza *
new_message (const char *to, XmppMessageType type)
{
  XmppStanza *stanza;

  g_return_val_if_fail (to != NULL, NULL);
  stanza
      = xmpp_stanza_new (XMPP_SPEC (XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_ATTR ("to", to),
                                             XMPP_ATTR ("type", xmpp_message_type_name (type)))));
  xmpp_stanza_ensure_id (stanza);
  return stanza;
}

static XmppStanza *
new_note (const char *to, XmppMessageType type, const char *hint, const XmppSpec *payload)
{
  XmppStanza *stanza = new_message (to, type);

  xmpp_spec_append (xmpp_stanza_get_root (stanza), payload);
  xmpp_spec_append (xmpp_stanza_get_root (stanza), XMPP_SPEC (XMPP_EL (hint, XMPP_NS_HINTS)));
  return stanza;
}

/* <store/>: ejabberd archives what has no body only when asked. */
XmppStanza *
xmpp_receipt_new (const char *to,
                  XmppMessageType type,
                  const char *const *message_ids,
                  const XmppSpec *payload)
{
  XmppStanza *stanza = new_message (to, type);
  xmlNode *root = xmpp_stanza_get_root (stanza);

  for (; *message_ids != NULL; message_ids++)
    xmpp_spec_append (root, XMPP_SPEC (XMPP_EL ("received", XMPP_NS_RECEIPTS,
                                                XMPP_ATTR ("id", *message_ids))));
  if (payload != NULL)
    xmpp_spec_append (root, payload);
  xmpp_spec_append (root, XMPP_SPEC (XMPP_EL ("store", XMPP_NS_HINTS)));
  return stanza;
}

XmppStanza *
xmpp_marker_new_displayed (const char *to, XmppMessageType type, const char *message_id)
{
  return new_note (to, type, "store",
                   XMPP_SPEC (
                       XMPP_EL ("displayed", XMPP_NS_MARKERS, XMPP_ATTR ("id", message_id))));
}

XmppStanza *
xmpp_chat_state_new (const char *to, XmppMessageType type, XmppChatState state)
{
  g_return_val_if_fail (state != XMPP_CHAT_STATE_NONE, NULL);

  return new_note (to, type, "no-store",
                   XMPP_SPEC (XMPP_EL (xmpp_chat_state_name (state), XMPP_NS_CHAT_STATES)));
}
