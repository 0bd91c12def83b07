/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a conversation sends, and what becomes of it. */
#include "linnet-conversation-struct.h"

#include "im-elem.h"
#include "im-msg.h"
#include "linnet-message-list-private.h"
#include "linnet-message-private.h"

/* After a failure: enough to find the stored copy of what was sent. */
#define RESYNC_COUNT 30

typedef struct
{
  LinnetConversation *self; /* owned */
  LinnetMessage *message;   /* owned */
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->self);
  g_object_unref (sending->message);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static ImMsg *
build_text (LinnetConversation *self, const char *text)
{
  ImMsg *msg = im_json_new (&im_msg_type);
  ImTextElem *elem = im_json_new (&im_text_elem_type);

  elem->base.type = IM_ELEM_TEXT;
  im_json_set_str (&elem->content, text);
  if (msg->elems == NULL)
    msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, elem);
  im_json_set_str (&msg->conv_id, self->id);
  msg->conv_type = self->type;
  im_json_set_str (&msg->sender, linnet_backend_get_user_id (self->backend));
  msg->is_from_self = TRUE;
  msg->is_read = TRUE;
  msg->status = IM_MSG_SENDING;
  msg->client_time = (guint64) (g_get_real_time () / G_USEC_PER_SEC);
  msg->rand = g_random_int_range (1, G_MAXINT32);
  g_free (msg->custom_str);
  msg->custom_str = linnet_message_new_own_id ();
  return msg;
}

static void
on_resynced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetConversation) self = user_data;
  g_autoptr (GPtrArray) msgs
      = linnet_backend_load_messages_finish (LINNET_BACKEND (source), result, NULL, NULL);

  if (msgs != NULL)
    linnet_conversation_update_messages (self, msgs);
}

/* A refusal names no message; retry and discard need the stored one, so the library is asked. */
static void
resync (LinnetConversation *self)
{
  if (self->backend != NULL)
    linnet_backend_load_messages_async (self->backend, self->type, self->id, NULL, FALSE,
                                        RESYNC_COUNT, NULL, on_resynced, g_object_ref (self));
}

static void
mark_failed (LinnetConversation *self, LinnetMessage *message, const GError *error)
{
  int code = error->domain == LINNET_ERROR ? error->code : LINNET_ERROR_NETWORK;

  linnet_message_list_set_failed (self->messages, message, code, error->message);
  if (self->last != NULL
      && g_strcmp0 (linnet_message_get_id (self->last), linnet_message_get_id (message)) == 0)
    linnet_message_update (self->last, linnet_message_get_msg (message));
  linnet_conversation_refresh (self);
  if (linnet_message_get_msg (message)->unique_id == 0)
    resync (self);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMsg) msg = linnet_backend_send_finish (LINNET_BACKEND (source), result, &error);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  /* The session ended: the message waits in the library's outbox, or was refused; the next copy
   * tells. */
  if (g_error_matches (error, LINNET_ERROR, LINNET_ERROR_CANCELLED)
      || g_error_matches (error, LINNET_ERROR, LINNET_ERROR_CLOSED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (msg == NULL)
    {
      mark_failed (sending->self, sending->message, error);
      return;
    }
  g_ptr_array_add (one, msg);
  linnet_conversation_update_messages (sending->self, one);
}

static void
start_sending (LinnetConversation *self, LinnetMessage *message)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->self = g_object_ref (self);
  sending->message = g_object_ref (message);
  linnet_backend_send_async (self->backend, linnet_message_get_msg (message), NULL, on_sent,
                             sending);
}

LinnetMessage *
linnet_conversation_send_text (LinnetConversation *self, const char *text)
{
  g_autofree char *stripped = NULL;
  g_autoptr (ImMsg) msg = NULL;
  LinnetMessage *message;

  g_return_val_if_fail (LINNET_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strchomp (g_utf8_make_valid (text, -1));
  if (*stripped == '\0' || self->backend == NULL)
    return NULL;
  linnet_conversation_wake (self);
  msg = build_text (self, stripped);
  message = linnet_message_list_append (linnet_conversation_get_messages (self), msg);
  if (self->composing != NULL && linnet_composing_sent (self->composing))
    linnet_conversation_notify_draft (self);
  self->draft_time = 0;
  linnet_conversation_set_last (self, msg);
  linnet_conversation_refresh (self);
  start_sending (self, message);
  return message;
}

void
linnet_conversation_retry (LinnetConversation *self, LinnetMessage *message)
{
  g_return_if_fail (LINNET_IS_CONVERSATION (self));
  g_return_if_fail (LINNET_IS_MESSAGE (message));

  if (self->backend == NULL || linnet_message_get_state (message) != LINNET_MESSAGE_FAILED)
    return;
  linnet_conversation_wake (self);
  linnet_message_set_waiting (message);
  linnet_message_list_move_to_end (linnet_conversation_get_messages (self), message);
  linnet_conversation_set_last (self, linnet_message_get_msg (message));
  linnet_conversation_refresh (self);
  start_sending (self, message);
}

void
linnet_conversation_discard (LinnetConversation *self, LinnetMessage *message)
{
  ImMsg *msg;

  g_return_if_fail (LINNET_IS_CONVERSATION (self));
  g_return_if_fail (LINNET_IS_MESSAGE (message));

  if (self->backend == NULL || linnet_message_get_state (message) != LINNET_MESSAGE_FAILED)
    return;
  linnet_conversation_wake (self);
  msg = linnet_message_get_msg (message);
  if (msg->unique_id != 0)
    linnet_backend_discard_async (self->backend, msg, NULL, NULL, NULL);
  if (self->messages != NULL)
    {
      guint n;
      gboolean was_last
          = self->last != NULL
            && g_strcmp0 (linnet_message_get_id (self->last), linnet_message_get_id (message)) == 0;

      linnet_message_list_remove (self->messages, message);
      n = linnet_message_list_get_n_items (self->messages);
      if (was_last)
        linnet_conversation_set_last (self, n > 0 ? linnet_message_get_msg (
                                                linnet_message_list_get (self->messages, n - 1))
                                                  : NULL);
    }
  linnet_conversation_refresh (self);
}
