/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reached from two threads: the mailbox does its own locking, the generation is atomic. */
#include "linnet-callbacks.h"

#include "im-conv.h"
#include "im-elem.h"
#include "im-loop.h"
#include "im-msg.h"

#include <string.h>

#define TYPING_KIND "\"user_typing_status\""
#define TYPING_KEY "\"typingStatus\""

struct _LinnetCallbacks
{
  gatomicrefcount ref_count;
  ImMailbox *mailbox; /* owned */
  guint generation;   /* atomic */
};

LinnetCallbacks *
linnet_callbacks_new (ImMailboxFunc func, gpointer user_data)
{
  LinnetCallbacks *self = g_new0 (LinnetCallbacks, 1);

  im_assert_main_thread ();
  g_atomic_ref_count_init (&self->ref_count);
  self->mailbox = im_mailbox_new (NULL, func, user_data, (GDestroyNotify) linnet_event_free);
  return self;
}

LinnetCallbacks *
linnet_callbacks_ref (LinnetCallbacks *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
linnet_callbacks_unref (LinnetCallbacks *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  im_mailbox_unref (self->mailbox);
  g_free (self);
}

void
linnet_callbacks_close (LinnetCallbacks *self)
{
  im_assert_main_thread ();
  im_mailbox_close (self->mailbox);
}

void
linnet_callbacks_next_generation (LinnetCallbacks *self)
{
  im_assert_main_thread ();
  g_atomic_int_inc (&self->generation);
}

gboolean
linnet_callbacks_is_stale (LinnetCallbacks *self, const LinnetEvent *event)
{
  return event->generation != (guint) g_atomic_int_get (&self->generation);
}

LinnetEvent *
linnet_callbacks_new_event (LinnetCallbacks *self, LinnetEventKind kind)
{
  return linnet_event_new (kind, (guint) g_atomic_int_get (&self->generation));
}

void
linnet_callbacks_push (LinnetCallbacks *self, LinnetEvent *event, const char *key)
{
  im_mailbox_push (self->mailbox, event, key);
}

/* On the library's thread */

/* The items of a callback's JSON; NULL when it is nothing, or not what was promised. */
static GPtrArray *
parse_items (const ImJsonType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items;

  if (json == NULL || *json == '\0')
    return NULL;
  items = im_json_parse_array (type, json, -1, IM_JSON_RESULT, &error);
  if (items == NULL)
    g_debug ("a callback's text was dropped: %s", error->message);
  return items;
}

static void
push_items (LinnetCallbacks *self, LinnetEventKind kind, int code, GPtrArray *items)
{
  LinnetEvent *event;

  if (items->len == 0)
    {
      g_ptr_array_unref (items);
      return;
    }
  event = linnet_callbacks_new_event (self, kind);
  event->code = code;
  event->items = items;
  linnet_callbacks_push (self, event, NULL);
}

/* "Typing" comes as an online message with one custom element; -1 when it is none. */
static int
typing_of (const ImMsg *msg)
{
  const ImElem *elem = msg->elems != NULL && msg->elems->len == 1 ? msg->elems->pdata[0] : NULL;
  const char *data
      = elem != NULL && elem->type == IM_ELEM_CUSTOM ? ((const ImCustomElem *) elem)->data : NULL;
  const char *value;

  if (!msg->is_online_msg || data == NULL || strstr (data, TYPING_KIND) == NULL)
    return -1;
  value = strstr (data, TYPING_KEY);
  if (value == NULL)
    return -1;
  value += strlen (TYPING_KEY);
  value += strspn (value, " \t:");
  return *value == '1' ? 1 : 0;
}

static void
push_typing (LinnetCallbacks *self, const ImMsg *msg, gboolean is_typing)
{
  LinnetEvent *event = linnet_callbacks_new_event (self, LINNET_EVENT_TYPING);
  g_autofree char *key = g_strdup_printf ("typing:%d:%s", (int) msg->conv_type,
                                          msg->conv_id != NULL ? msg->conv_id : "");

  event->code = (int) msg->conv_type;
  event->text = g_strdup (msg->conv_id != NULL ? msg->conv_id : "");
  event->is_typing = is_typing;
  linnet_callbacks_push (self, event, key);
}

static void
on_recv_new_msg (const char *json, const void *user_data)
{
  LinnetCallbacks *self = (LinnetCallbacks *) user_data;
  g_autoptr (GPtrArray) all = NULL;
  GPtrArray *stored;

  im_assert_off_main_thread ();
  all = parse_items (&im_msg_type, json);
  if (all == NULL)
    return;
  stored = im_json_array_new ();
  for (guint i = 0; i < all->len; i++)
    {
      ImMsg *msg = g_ptr_array_index (all, i);
      int typing = typing_of (msg);

      if (typing >= 0 && !msg->is_from_self)
        push_typing (self, msg, typing == 1);
      else if (!msg->is_online_msg)
        g_ptr_array_add (stored, im_json_ref (msg));
    }
  push_items (self, LINNET_EVENT_MESSAGES, 0, stored);
}

static void
on_msg_update (const char *json, const void *user_data)
{
  GPtrArray *items;

  im_assert_off_main_thread ();
  items = parse_items (&im_msg_type, json);
  if (items != NULL)
    push_items ((LinnetCallbacks *) user_data, LINNET_EVENT_UPDATES, 0, items);
}

static void
on_receipt (const char *json, const void *user_data)
{
  GPtrArray *items;

  im_assert_off_main_thread ();
  items = parse_items (&im_receipt_type, json);
  if (items != NULL)
    push_items ((LinnetCallbacks *) user_data, LINNET_EVENT_RECEIPTS, 0, items);
}

static void
on_conv_event (enum TIMConvEvent conv_event, const char *json, const void *user_data)
{
  GPtrArray *items;

  im_assert_off_main_thread ();
  items = parse_items (&im_conv_type, json);
  if (items != NULL)
    push_items ((LinnetCallbacks *) user_data, LINNET_EVENT_CONVERSATIONS, (int) conv_event, items);
}

static void
on_network_status (enum TIMNetworkStatus status,
                   int32_t code,
                   const char *desc,
                   const void *user_data)
{
  LinnetCallbacks *self = (LinnetCallbacks *) user_data;
  LinnetEvent *event;

  im_assert_off_main_thread ();
  event = linnet_callbacks_new_event (self, LINNET_EVENT_NETWORK);
  event->code = (int) status;
  event->error_code = code;
  event->text = g_strdup (desc != NULL ? desc : "");
  linnet_callbacks_push (self, event, NULL);
}

static void
push_plain (const void *user_data, LinnetEventKind kind)
{
  LinnetCallbacks *self = (LinnetCallbacks *) user_data;

  im_assert_off_main_thread ();
  linnet_callbacks_push (self, linnet_callbacks_new_event (self, kind), NULL);
}

static void
on_kicked_offline (const void *user_data)
{
  push_plain (user_data, LINNET_EVENT_KICKED);
}

static void
on_user_sig_expired (const void *user_data)
{
  push_plain (user_data, LINNET_EVENT_EXPIRED);
}

/* Registration */

void
linnet_callbacks_register (LinnetCallbacks *self, const LinnetTimApi *api)
{
  im_assert_main_thread ();
  api->TIMAddRecvNewMsgCallback (on_recv_new_msg, self);
  api->TIMSetMsgUpdateCallback (on_msg_update, self);
  api->TIMSetMsgReadedReceiptCallback (on_receipt, self);
  api->TIMSetConvEventCallback (on_conv_event, self);
  api->TIMSetNetworkStatusListenerCallback (on_network_status, self);
  api->TIMSetKickedOfflineCallback (on_kicked_offline, self);
  api->TIMSetUserSigExpiredCallback (on_user_sig_expired, self);
}

void
linnet_callbacks_unregister (LinnetCallbacks *self, const LinnetTimApi *api)
{
  im_assert_main_thread ();
  api->TIMRemoveRecvNewMsgCallback (on_recv_new_msg);
  api->TIMSetMsgUpdateCallback (NULL, NULL);
  api->TIMSetMsgReadedReceiptCallback (NULL, NULL);
  api->TIMSetConvEventCallback (NULL, NULL);
  api->TIMSetNetworkStatusListenerCallback (NULL, NULL);
  api->TIMSetKickedOfflineCallback (NULL, NULL);
  api->TIMSetUserSigExpiredCallback (NULL, NULL);
}
