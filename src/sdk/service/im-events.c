/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reached from several threads: the registry and the table of open calls are behind `lock`, which
 * is never held while a callback runs. The collected batch belongs to the network thread. */
#include "im-events-private.h"

#include "im-call-private.h"
#include "im-json.h"
#include "im-loop.h"

typedef struct
{
  GCallback func;
  const void *user_data;
} Registration;

typedef struct
{
  int event;
  int type;
  char *id;
} ChangedConversation;

/* What a turn of the network loop produced. */
typedef struct
{
  GPtrArray *received;  /* ImMsg */
  GPtrArray *updated;   /* ImMsg */
  GPtrArray *revoked;   /* ImMsgLocator */
  GPtrArray *reactions; /* ImReactionChange */
  GPtrArray *receipts;  /* ImReceipt */
  GArray *conversations;
  GSource *flush_source; /* nullable */
  gboolean is_held;
} Batch;

/* How much of the batch was there when it was held. */
typedef struct
{
  guint received;
  guint updated;
  guint revoked;
  guint reactions;
  guint receipts;
  guint conversations;
} Mark;

struct _ImEvents
{
  ImLoop *loop; /* the callback thread */

  GMutex lock;
  Registration callbacks[IM_N_CALLBACKS];
  GArray *message_callbacks; /* Registration */
  GHashTable *open_calls;    /* ImCall, not referenced */

  Batch batch;
  Mark mark;
  ImConversationLookup lookup; /* nullable */
  ImUnreadCount count_unread;  /* nullable */
  guint64 unread;              /* as it was told last */
  gpointer lookup_data;
};

/* One delivery: which callback, and its arguments. */
typedef struct
{
  ImEvents *events;
  ImCallback which;
  ImCommFunc reply; /* an answer of a call, when set */
  const void *reply_data;
  gboolean to_message_callbacks;
  int number; /* conversation event, network status or log level */
  int code;
  guint32 done; /* bytes of an upload, as total */
  guint32 total;
  char *text;
  char *json;
} Delivery;

static void
changed_conversation_clear (gpointer data)
{
  g_clear_pointer (&((ChangedConversation *) data)->id, g_free);
}

ImEvents *
im_events_new (void)
{
  ImEvents *self = g_new0 (ImEvents, 1);

  g_mutex_init (&self->lock);
  self->message_callbacks = g_array_new (FALSE, FALSE, sizeof (Registration));
  self->open_calls = g_hash_table_new (NULL, NULL);
  self->batch.received = g_ptr_array_new_with_free_func (im_json_unref);
  self->batch.updated = g_ptr_array_new_with_free_func (im_json_unref);
  self->batch.revoked = g_ptr_array_new_with_free_func (im_json_unref);
  self->batch.reactions = g_ptr_array_new_with_free_func (im_json_unref);
  self->batch.receipts = g_ptr_array_new_with_free_func (im_json_unref);
  self->batch.conversations = g_array_new (FALSE, FALSE, sizeof (ChangedConversation));
  g_array_set_clear_func (self->batch.conversations, changed_conversation_clear);
  self->loop = im_loop_new ("im-callbacks", IM_THREAD_CALLBACK);
  return self;
}

void
im_events_free (ImEvents *self)
{
  g_clear_pointer (&self->loop, im_loop_free);
  im_events_discard (self);
  g_ptr_array_unref (self->batch.received);
  g_ptr_array_unref (self->batch.updated);
  g_ptr_array_unref (self->batch.revoked);
  g_ptr_array_unref (self->batch.reactions);
  g_ptr_array_unref (self->batch.receipts);
  g_array_unref (self->batch.conversations);
  g_array_unref (self->message_callbacks);
  g_hash_table_unref (self->open_calls);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Registration */

void
im_events_set_callback (ImEvents *self, ImCallback which, GCallback func, const void *user_data)
{
  g_return_if_fail (which < IM_N_CALLBACKS);

  g_mutex_lock (&self->lock);
  self->callbacks[which] = (Registration){ func, user_data };
  g_mutex_unlock (&self->lock);
}

void
im_events_add_message_callback (ImEvents *self, ImJsonFunc func, const void *user_data)
{
  Registration added = { G_CALLBACK (func), user_data };

  if (func == NULL)
    return;
  im_events_remove_message_callback (self, func);
  g_mutex_lock (&self->lock);
  g_array_append_val (self->message_callbacks, added);
  g_mutex_unlock (&self->lock);
}

void
im_events_remove_message_callback (ImEvents *self, ImJsonFunc func)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->message_callbacks->len; i++)
    if (g_array_index (self->message_callbacks, Registration, i).func == G_CALLBACK (func))
      {
        g_array_remove_index (self->message_callbacks, i);
        break;
      }
  g_mutex_unlock (&self->lock);
}

/* Delivery, on the callback thread */

static void
call_message_callbacks (Delivery *delivery)
{
  ImEvents *self = delivery->events;
  g_autoptr (GArray) callbacks = NULL;

  g_mutex_lock (&self->lock);
  callbacks = g_array_copy (self->message_callbacks);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < callbacks->len; i++)
    {
      Registration *to = &g_array_index (callbacks, Registration, i);
      ((ImJsonFunc) to->func) (delivery->json, to->user_data);
    }
}

static void
call_registered (Delivery *delivery)
{
  ImEvents *self = delivery->events;
  Registration to;

  g_mutex_lock (&self->lock);
  to = self->callbacks[delivery->which];
  g_mutex_unlock (&self->lock);
  if (to.func == NULL)
    return;

  switch (delivery->which)
    {
    case IM_CALLBACK_CONVERSATION:
      ((void (*) (int, const char *, const void *)) to.func) (delivery->number, delivery->json,
                                                              to.user_data);
      break;
    case IM_CALLBACK_NETWORK_STATUS:
      ((void (*) (int, int32_t, const char *, const void *)) to.func) (delivery->number,
                                                                       delivery->code,
                                                                       delivery->text,
                                                                       to.user_data);
      break;
    case IM_CALLBACK_UPLOAD_PROGRESS:
      ((void (*) (const char *, guint32, guint32, guint32,
                  const void *)) to.func) (delivery->json, (guint32) delivery->number,
                                           delivery->done, delivery->total, to.user_data);
      break;
    case IM_CALLBACK_KICKED:
    case IM_CALLBACK_USER_SIG_EXPIRED:
      ((void (*) (const void *)) to.func) (to.user_data);
      break;
    case IM_CALLBACK_TOTAL_UNREAD:
      ((void (*) (int, const void *)) to.func) (delivery->number, to.user_data);
      break;
    case IM_CALLBACK_LOG:
      ((void (*) (int, const char *, const void *)) to.func) (delivery->number, delivery->text,
                                                              to.user_data);
      break;
    case IM_CALLBACK_RECEIPT:
    case IM_CALLBACK_REVOKE:
    case IM_CALLBACK_GROUP_TIPS:
    case IM_CALLBACK_ADD_FRIEND:
    case IM_CALLBACK_DELETE_FRIEND:
    case IM_CALLBACK_UPDATE_FRIEND:
    case IM_CALLBACK_FRIEND_REQUEST:
    case IM_CALLBACK_MESSAGE_UPDATE:
    case IM_CALLBACK_REACTIONS:
    case IM_N_CALLBACKS:
    default:
      ((ImJsonFunc) to.func) (delivery->json, to.user_data);
      break;
    }
}

static void
on_deliver (gpointer data)
{
  Delivery *delivery = data;

  if (delivery->reply != NULL)
    delivery->reply (delivery->code, delivery->text, delivery->json, delivery->reply_data);
  else if (delivery->to_message_callbacks)
    call_message_callbacks (delivery);
  else
    call_registered (delivery);
  g_free (delivery->text);
  g_free (delivery->json);
  g_free (delivery);
}

static void
deliver (ImEvents *self, Delivery what)
{
  what.events = self;
  if (what.text == NULL)
    what.text = g_strdup ("");
  if (what.json == NULL)
    what.json = g_strdup ("");
  im_loop_post (self->loop, on_deliver, g_memdup2 (&what, sizeof what));
}

static void
deliver_array (ImEvents *self, ImCallback which, GPtrArray *objects)
{
  if (objects->len == 0)
    return;
  deliver (self, (Delivery){ .which = which, .json = im_json_format_array (objects) });
  g_ptr_array_set_size (objects, 0);
}

/* The batch of a turn, on the network thread */

static void
deliver_conversations (ImEvents *self, int event, GArray *changed)
{
  g_autoptr (GPtrArray) conversations = g_ptr_array_new_with_free_func (im_json_unref);

  for (guint i = 0; i < changed->len; i++)
    {
      ChangedConversation *one = &g_array_index (changed, ChangedConversation, i);
      ImConv *conv = NULL;

      if (one->event != event)
        continue;
      if (event == IM_CONV_EVENT_DEL)
        {
          conv = im_json_new (&im_conv_type);
          conv->id = g_strdup (one->id);
          conv->type = one->type;
        }
      else if (self->lookup != NULL)
        conv = self->lookup (one->type, one->id, self->lookup_data);
      if (conv != NULL)
        g_ptr_array_add (conversations, conv);
    }
  if (conversations->len > 0)
    deliver (self, (Delivery){ .which = IM_CALLBACK_CONVERSATION,
                               .number = event,
                               .json = im_json_format_array (conversations) });
}

static void
deliver_total_unread (ImEvents *self)
{
  guint64 total = 0;

  if (self->count_unread == NULL || !self->count_unread (&total, self->lookup_data)
      || total == self->unread)
    return;
  self->unread = total;
  deliver (self, (Delivery){ .which = IM_CALLBACK_TOTAL_UNREAD,
                             .number = (int) MIN (total, (guint64) G_MAXINT) });
}

void
im_events_flush (ImEvents *self)
{
  g_autoptr (GArray) changed = NULL;

  im_assert_network_thread ();
  if (self->batch.is_held)
    return;
  if (self->batch.flush_source != NULL)
    {
      g_source_destroy (self->batch.flush_source);
      g_clear_pointer (&self->batch.flush_source, g_source_unref);
    }
  if (self->batch.received->len > 0)
    {
      deliver (self, (Delivery){ .to_message_callbacks = TRUE,
                                 .json = im_json_format_array (self->batch.received) });
      g_ptr_array_set_size (self->batch.received, 0);
    }
  deliver_array (self, IM_CALLBACK_MESSAGE_UPDATE, self->batch.updated);
  deliver_array (self, IM_CALLBACK_REVOKE, self->batch.revoked);
  deliver_array (self, IM_CALLBACK_REACTIONS, self->batch.reactions);
  deliver_array (self, IM_CALLBACK_RECEIPT, self->batch.receipts);

  changed = g_steal_pointer (&self->batch.conversations);
  self->batch.conversations = g_array_new (FALSE, FALSE, sizeof (ChangedConversation));
  g_array_set_clear_func (self->batch.conversations, changed_conversation_clear);
  deliver_conversations (self, IM_CONV_EVENT_DEL, changed);
  deliver_conversations (self, IM_CONV_EVENT_ADD, changed);
  deliver_conversations (self, IM_CONV_EVENT_UPDATE, changed);
  if (changed->len > 0)
    deliver_total_unread (self);
}

static gboolean
on_turn_ended (gpointer user_data)
{
  im_events_flush (user_data);
  return G_SOURCE_REMOVE;
}

static void
arm_flush (ImEvents *self)
{
  im_assert_network_thread ();
  if (self->batch.flush_source != NULL)
    return;
  /* Below what brings stanzas in, so that a burst becomes one array. */
  self->batch.flush_source = g_idle_source_new ();
  g_source_set_priority (self->batch.flush_source, G_PRIORITY_DEFAULT + 10);
  g_source_set_callback (self->batch.flush_source, on_turn_ended, self, NULL);
  g_source_attach (self->batch.flush_source, g_main_context_get_thread_default ());
}

void
im_events_discard (ImEvents *self)
{
  if (self->batch.flush_source != NULL)
    {
      g_source_destroy (self->batch.flush_source);
      g_clear_pointer (&self->batch.flush_source, g_source_unref);
    }
  g_ptr_array_set_size (self->batch.received, 0);
  g_ptr_array_set_size (self->batch.updated, 0);
  g_ptr_array_set_size (self->batch.revoked, 0);
  g_ptr_array_set_size (self->batch.reactions, 0);
  g_ptr_array_set_size (self->batch.receipts, 0);
  g_array_set_size (self->batch.conversations, 0);
}

void
im_events_hold (ImEvents *self)
{
  g_return_if_fail (!self->batch.is_held);

  self->batch.is_held = TRUE;
  self->mark = (Mark){ self->batch.received->len, self->batch.updated->len,
                       self->batch.revoked->len,  self->batch.reactions->len,
                       self->batch.receipts->len, self->batch.conversations->len };
}

void
im_events_release (ImEvents *self, gboolean kept)
{
  g_return_if_fail (self->batch.is_held);

  self->batch.is_held = FALSE;
  if (kept)
    return;
  g_ptr_array_set_size (self->batch.received, (int) self->mark.received);
  g_ptr_array_set_size (self->batch.updated, (int) self->mark.updated);
  g_ptr_array_set_size (self->batch.revoked, (int) self->mark.revoked);
  g_ptr_array_set_size (self->batch.reactions, (int) self->mark.reactions);
  g_ptr_array_set_size (self->batch.receipts, (int) self->mark.receipts);
  g_array_set_size (self->batch.conversations, self->mark.conversations);
}

void
im_events_message_received (ImEvents *self, ImMsg *msg)
{
  arm_flush (self);
  g_ptr_array_add (self->batch.received, im_json_ref (msg));
}

void
im_events_message_updated (ImEvents *self, ImMsg *msg)
{
  arm_flush (self);
  g_ptr_array_add (self->batch.updated, im_json_ref (msg));
}

void
im_events_message_revoked (ImEvents *self, const ImMsg *msg)
{
  ImMsgLocator *locator = im_json_new (&im_msg_locator_type);

  arm_flush (self);
  locator->conv_id = g_strdup (msg->conv_id);
  locator->conv_type = msg->conv_type;
  locator->is_revoked = TRUE;
  locator->time = msg->server_time;
  locator->seq = msg->seq;
  locator->is_self = msg->is_from_self;
  locator->rand = msg->rand;
  locator->unique_id = msg->unique_id;
  g_ptr_array_add (self->batch.revoked, locator);
}

void
im_events_reactions (ImEvents *self, ImReactionChange *change)
{
  arm_flush (self);
  g_ptr_array_add (self->batch.reactions, im_json_ref (change));
}

void
im_events_receipt (ImEvents *self, const char *conv_id, int conv_type, gint64 time_s)
{
  ImReceipt *receipt = im_json_new (&im_receipt_type);

  arm_flush (self);
  receipt->conv_id = g_strdup (conv_id);
  receipt->conv_type = conv_type;
  receipt->time = time_s;
  g_ptr_array_add (self->batch.receipts, receipt);
}

void
im_events_conversation (ImEvents *self, int event, int conv_type, const char *conv_id)
{
  ChangedConversation changed = { event, conv_type, NULL };

  arm_flush (self);
  for (guint i = 0; i < self->batch.conversations->len; i++)
    {
      ChangedConversation *known
          = &g_array_index (self->batch.conversations, ChangedConversation, i);

      if (known->type != conv_type || g_strcmp0 (known->id, conv_id) != 0)
        continue;
      if (known->event == event || event == IM_CONV_EVENT_UPDATE)
        return; /* the state is asked for at the end: an update adds nothing */
      im_events_flush (self);
      arm_flush (self);
      break;
    }
  changed.id = g_strdup (conv_id);
  g_array_append_val (self->batch.conversations, changed);
}

void
im_events_set_lookup (ImEvents *self, ImConversationLookup lookup, gpointer user_data)
{
  self->lookup = lookup;
  self->lookup_data = user_data;
  self->count_unread = NULL;
}

void
im_events_set_unread_count (ImEvents *self, ImUnreadCount count)
{
  self->count_unread = count;
  self->unread = 0;
  count (&self->unread, self->lookup_data);
}

/* Single events: after what the turn produced before them */

static guint32
cap (guint64 size)
{
  return (guint32) MIN (size, G_MAXUINT32);
}

void
im_events_upload_progress (ImEvents *self, ImMsg *msg, guint index, guint64 done, guint64 total)
{
  im_events_flush (self);
  deliver (self, (Delivery){ .which = IM_CALLBACK_UPLOAD_PROGRESS,
                             .number = (int) index,
                             .done = cap (done),
                             .total = cap (total),
                             .json = im_json_format (msg) });
}

void
im_events_network_status (ImEvents *self, int status, int code, const char *desc)
{
  im_events_flush (self);
  deliver (self, (Delivery){ .which = IM_CALLBACK_NETWORK_STATUS,
                             .number = status,
                             .code = code,
                             .text = g_strdup (desc) });
}

void
im_events_kicked (ImEvents *self)
{
  im_events_flush (self);
  deliver (self, (Delivery){ .which = IM_CALLBACK_KICKED });
}

void
im_events_user_sig_expired (ImEvents *self)
{
  im_events_flush (self);
  deliver (self, (Delivery){ .which = IM_CALLBACK_USER_SIG_EXPIRED });
}

void
im_events_log (ImEvents *self, int level, const char *line)
{
  deliver (self, (Delivery){ .which = IM_CALLBACK_LOG, .number = level, .text = g_strdup (line) });
}

void
im_events_reply (
    ImEvents *self, ImCommFunc func, const void *user_data, int code, const char *desc, char *json)
{
  if (im_thread_get_role () == IM_THREAD_NETWORK)
    im_events_flush (self);
  deliver (self, (Delivery){ .reply = func,
                             .reply_data = user_data,
                             .code = code,
                             .text = g_strdup (desc),
                             .json = json });
}

/* Open calls */

void
im_events_call_opened (ImEvents *self, ImCall *call)
{
  g_mutex_lock (&self->lock);
  g_hash_table_add (self->open_calls, call);
  g_mutex_unlock (&self->lock);
}

void
im_events_call_closed (ImEvents *self, ImCall *call)
{
  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->open_calls, call);
  g_mutex_unlock (&self->lock);
}

static void
return_open_calls (ImEvents *self, int code, gboolean only_of_session)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify) im_call_unref);
  GHashTableIter iter;
  gpointer call;

  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, self->open_calls);
  while (g_hash_table_iter_next (&iter, &call, NULL))
    if ((!only_of_session || im_call_needs_session (call)) && im_call_try_ref (call) != NULL)
      g_ptr_array_add (open, call);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < open->len; i++)
    im_call_return_code (g_ptr_array_index (open, i), code, NULL);
}

void
im_events_return_open_calls (ImEvents *self, int code)
{
  return_open_calls (self, code, FALSE);
}

void
im_events_return_session_calls (ImEvents *self, int code)
{
  return_open_calls (self, code, TRUE);
}

/* The callback thread */

void
im_events_post (ImEvents *self, GSourceOnceFunc func, gpointer user_data)
{
  im_loop_post (self->loop, func, user_data);
}

gboolean
im_events_is_callback_thread (ImEvents *self)
{
  return im_loop_is_current (self->loop);
}

typedef struct
{
  GMutex lock;
  GCond reached;
  gboolean done;
} Drain;

static void
on_drained (gpointer data)
{
  Drain *drain = data;

  g_mutex_lock (&drain->lock);
  drain->done = TRUE;
  g_cond_signal (&drain->reached);
  g_mutex_unlock (&drain->lock);
}

void
im_events_drain (ImEvents *self)
{
  Drain drain = { 0 };

  if (im_events_is_callback_thread (self))
    return;
  g_mutex_init (&drain.lock);
  g_cond_init (&drain.reached);
  im_loop_post (self->loop, on_drained, &drain);
  g_mutex_lock (&drain.lock);
  while (!drain.done)
    g_cond_wait (&drain.reached, &drain.lock);
  g_mutex_unlock (&drain.lock);
  g_cond_clear (&drain.reached);
  g_mutex_clear (&drain.lock);
}
