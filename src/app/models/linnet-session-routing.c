/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The batches of the backend, brought to the conversations they belong to. */
#include "linnet-session-private.h"

#include "im-conv.h"
#include "linnet-conversation-list-private.h"
#include "linnet-conversation-private.h"
#include "linnet-message-private.h"

typedef void (*DeliverFunc) (LinnetSession *session,
                             LinnetConversation *conversation,
                             GPtrArray *msgs);

/* Groups a batch by conversation, in the order in which they appear, and delivers each group once;
 * then, when the list is as it will be, tells what arrived. */
static void
deliver_by_conversation (LinnetSession *session,
                         GPtrArray *msgs,
                         DeliverFunc deliver,
                         DeliverFunc announce)
{
  LinnetConversationList *list = linnet_session_get_conversations (session);
  g_autoptr (GHashTable) groups
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (g_object_unref);

  linnet_conversation_list_begin (list);
  for (guint i = 0; i < msgs->len; i++)
    {
      ImMsg *msg = g_ptr_array_index (msgs, i);
      LinnetConversation *conversation;
      GPtrArray *group;

      if (msg->conv_id == NULL || *msg->conv_id == '\0' || msg->is_online_msg
          || (msg->conv_type != LINNET_CONVERSATION_SINGLE
              && msg->conv_type != LINNET_CONVERSATION_GROUP))
        continue;
      conversation = linnet_conversation_list_ensure (list, (LinnetConversationType) msg->conv_type,
                                                      msg->conv_id);
      group = g_hash_table_lookup (groups, conversation);
      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, conversation, group);
          g_ptr_array_add (order, g_object_ref (conversation));
        }
      g_ptr_array_add (group, msg);
    }
  for (guint i = 0; i < order->len; i++)
    deliver (session, order->pdata[i], g_hash_table_lookup (groups, order->pdata[i]));
  linnet_conversation_list_end (list);
  for (guint i = 0; i < order->len && announce != NULL; i++)
    announce (session, order->pdata[i], g_hash_table_lookup (groups, order->pdata[i]));
}

static void
announce (LinnetSession *session, LinnetConversation *conversation, GPtrArray *msgs)
{
  for (guint i = msgs->len; i > 0; i--)
    {
      ImMsg *msg = g_ptr_array_index (msgs, i - 1);
      g_autoptr (LinnetMessage) message = NULL;

      if (msg->is_from_self || msg->is_read)
        continue;
      message = linnet_message_new (msg, linnet_conversation_get_name (conversation));
      linnet_session_emit_message_arrived (session, conversation, message);
      return;
    }
}

static void
deliver_received (LinnetSession *session, LinnetConversation *conversation, GPtrArray *msgs)
{
  linnet_conversation_receive (conversation, msgs);
}

static void
deliver_updated (LinnetSession *session, LinnetConversation *conversation, GPtrArray *msgs)
{
  linnet_conversation_update_messages (conversation, msgs);
}

static void
on_messages_received (LinnetBackend *backend, GPtrArray *msgs, LinnetSession *session)
{
  if (linnet_session_has_account (session))
    deliver_by_conversation (session, msgs, deliver_received, announce);
}

static void
on_messages_updated (LinnetBackend *backend, GPtrArray *msgs, LinnetSession *session)
{
  if (linnet_session_has_account (session))
    deliver_by_conversation (session, msgs, deliver_updated, NULL);
}

static void
tell_what_is_read (LinnetSession *session, GPtrArray *convs)
{
  for (guint i = 0; i < convs->len; i++)
    {
      const ImConv *conv = g_ptr_array_index (convs, i);
      g_autofree char *key
          = linnet_conversation_make_key ((LinnetConversationType) conv->type, conv->id);
      LinnetConversation *conversation = linnet_session_get_conversation (session, key);

      if (conversation != NULL && conv->unread_num == 0)
        linnet_session_emit_message_read (session, conversation);
    }
}

static void
on_conversations_changed (LinnetBackend *backend,
                          GPtrArray *added,
                          GPtrArray *updated,
                          GPtrArray *removed,
                          LinnetSession *session)
{
  LinnetConversationList *list = linnet_session_get_conversations (session);
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();

  if (!linnet_session_has_account (session))
    return;
  if (added != NULL)
    g_ptr_array_extend (changed, added, NULL, NULL);
  if (updated != NULL)
    g_ptr_array_extend (changed, updated, NULL, NULL);
  if (changed->len > 0)
    linnet_conversation_list_take (list, changed);
  tell_what_is_read (session, changed);
  if (removed != NULL && removed->len > 0)
    linnet_conversation_list_remove (list, removed);
}

static LinnetConversation *
find (LinnetSession *session, LinnetConversationType type, const char *id)
{
  g_autofree char *key = linnet_conversation_make_key (type, id);

  return linnet_session_get_conversation (session, key);
}

static void
on_receipts (LinnetBackend *backend, GPtrArray *receipts, LinnetSession *session)
{
  for (guint i = 0; i < receipts->len; i++)
    {
      const ImReceipt *receipt = g_ptr_array_index (receipts, i);
      LinnetConversation *conversation
          = find (session, (LinnetConversationType) receipt->conv_type, receipt->conv_id);

      if (conversation != NULL)
        linnet_conversation_set_peer_read (conversation, (gint64) receipt->time);
    }
}

static void
on_typing (
    LinnetBackend *backend, guint type, const char *id, gboolean is_typing, LinnetSession *session)
{
  LinnetConversation *conversation = find (session, (LinnetConversationType) type, id);

  if (conversation != NULL)
    linnet_conversation_set_is_typing (conversation, is_typing);
}

void
linnet_session_route (LinnetSession *session, LinnetBackend *backend)
{
  g_signal_connect_object (backend, "messages-received", G_CALLBACK (on_messages_received), session,
                           0);
  g_signal_connect_object (backend, "messages-updated", G_CALLBACK (on_messages_updated), session,
                           0);
  g_signal_connect_object (backend, "conversations-changed", G_CALLBACK (on_conversations_changed),
                           session, 0);
  g_signal_connect_object (backend, "receipts", G_CALLBACK (on_receipts), session, 0);
  g_signal_connect_object (backend, "typing", G_CALLBACK (on_typing), session, 0);
}
