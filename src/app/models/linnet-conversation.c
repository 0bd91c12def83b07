/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-conversation-struct.h"

#include "im-conv.h"
#include "im-elem.h"
#include "im-json-pack.h"
#include "linnet-message-list-private.h"
#include "linnet-message-private.h"
#include "linnet-people.h"
#include "linnet-text.h"

#define TYPING_EXPIRES_SECONDS 30

enum
{
  PROP_0,
  PROP_KEY,
  PROP_ID,
  PROP_ADDRESS,
  PROP_TYPE,
  PROP_NAME,
  PROP_NAME_COLOR,
  PROP_PREVIEW,
  PROP_PREVIEW_PREFIX,
  PROP_PREVIEW_KIND,
  PROP_PREVIEW_STATE,
  PROP_TIME,
  PROP_TIME_LABEL,
  PROP_UNREAD_COUNT,
  PROP_UNREAD_LABEL,
  PROP_DRAFT,
  PROP_IS_TYPING,
  PROP_IS_OPEN,
  PROP_LAST_MESSAGE,
  PROP_MESSAGES,
  PROP_ACCESSIBLE_LABEL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LinnetConversation, linnet_conversation, G_TYPE_OBJECT)

static void
notify (LinnetConversation *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
linnet_conversation_notify_draft (LinnetConversation *self)
{
  notify (self, PROP_DRAFT);
}

char *
linnet_conversation_make_key (LinnetConversationType type, const char *id)
{
  const char *kind = type == LINNET_CONVERSATION_GROUP    ? "group"
                     : type == LINNET_CONVERSATION_SYSTEM ? "system"
                                                          : "c2c";

  return g_strconcat (kind, ":", id != NULL ? id : "", NULL);
}

/* What the row shows */

static void
notify_string (LinnetConversation *self, const char *old, const char *now, guint prop)
{
  if (g_strcmp0 (old, now) != 0)
    notify (self, prop);
}

static const char *
draft_of (LinnetConversation *self)
{
  return self->composing != NULL ? linnet_composing_get_text (self->composing) : "";
}

static LinnetComposing *
ensure_composing (LinnetConversation *self)
{
  if (self->composing == NULL)
    self->composing = linnet_composing_new (self->backend, self->type, self->id);
  return self->composing;
}

static void
refresh_time (LinnetConversation *self)
{
  gint64 time
      = MAX (self->packed_last != NULL ? self->last_time : self->active_time, self->draft_time);

  if (self->view.time == time)
    return;
  self->view.time = time;
  notify (self, PROP_TIME);
}

static void
make_view (LinnetConversation *self, LinnetConversationView *view)
{
  LinnetConversationFacts facts = {
    .name = self->name,
    .last = self->last,
    .draft = self->is_open ? "" : draft_of (self),
    .draft_time = self->draft_time,
    .active_time = self->active_time,
    .unread = self->unread,
    .is_group = self->type == LINNET_CONVERSATION_GROUP,
    .is_typing = self->is_typing,
  };

  linnet_conversation_view_init (view, &facts, g_get_real_time () / G_USEC_PER_SEC);
}

void
linnet_conversation_refresh (LinnetConversation *self)
{
  LinnetConversationView old = self->view;

  if (!self->is_awake)
    {
      refresh_time (self);
      return;
    }
  make_view (self, &self->view);
  g_object_freeze_notify (G_OBJECT (self));
  if (old.kind != self->view.kind)
    notify (self, PROP_PREVIEW_KIND);
  if (old.state != self->view.state)
    notify (self, PROP_PREVIEW_STATE);
  if (old.time != self->view.time)
    notify (self, PROP_TIME);
  notify_string (self, old.prefix, self->view.prefix, PROP_PREVIEW_PREFIX);
  notify_string (self, old.preview, self->view.preview, PROP_PREVIEW);
  notify_string (self, old.time_label, self->view.time_label, PROP_TIME_LABEL);
  notify_string (self, old.unread_label, self->view.unread_label, PROP_UNREAD_LABEL);
  notify_string (self, old.accessible_label, self->view.accessible_label, PROP_ACCESSIBLE_LABEL);
  g_object_thaw_notify (G_OBJECT (self));
  linnet_conversation_view_clear (&old);
}

static void
set_unread (LinnetConversation *self, guint unread)
{
  if (self->unread == unread)
    return;
  self->unread = unread;
  notify (self, PROP_UNREAD_COUNT);
}

/* The last message keeps its object while it is the same one, so that its state only changes. */
void
linnet_conversation_set_last (LinnetConversation *self, ImMsg *msg)
{
  g_autofree char *id = msg != NULL ? linnet_message_make_id (msg) : NULL;

  if (self->last != NULL && g_strcmp0 (id, linnet_message_get_id (self->last)) == 0)
    {
      linnet_message_update (self->last, msg);
      return;
    }
  if (self->last == NULL && msg == NULL)
    return;
  g_clear_object (&self->last);
  if (msg != NULL)
    self->last = linnet_message_new (msg, self->name);
  notify (self, PROP_LAST_MESSAGE);
}

/* Nothing is notified: nobody has seen it otherwise. */
void
linnet_conversation_wake (LinnetConversation *self)
{
  if (self->is_awake)
    return;
  self->is_awake = TRUE;
  if (self->packed_last != NULL)
    {
      g_autoptr (ImMsg) msg = im_json_unpack (&im_msg_type, self->packed_last);

      self->last = linnet_message_new (msg, self->name);
      g_clear_pointer (&self->packed_last, g_free);
    }
  make_view (self, &self->view);
}

/* An event from before the library had stored what was just sent must not bring back the line above
 * it. */
static gboolean
is_overtaken (LinnetConversation *self, const ImMsg *msg)
{
  g_autofree char *id = NULL;

  if (self->last == NULL || !linnet_message_is_waiting (self->last)
      || linnet_message_get_msg (self->last)->unique_id != 0)
    return FALSE;
  id = msg != NULL ? linnet_message_make_id (msg) : NULL;
  return g_strcmp0 (id, linnet_message_get_id (self->last)) != 0;
}

static void
take_name (LinnetConversation *self, const ImMsg *msg)
{
  const char *nickname = NULL;
  g_autofree char *name = NULL;

  if (self->type != LINNET_CONVERSATION_SINGLE)
    return;
  if (msg != NULL && !msg->is_from_self && msg->sender_profile != NULL)
    nickname = msg->sender_profile->nick_name;
  if (self->name != NULL && (nickname == NULL || *nickname == '\0'))
    return;
  name = linnet_people_dup_name (self->short_id != NULL ? self->short_id : self->id, nickname);
  if (g_strcmp0 (name, self->name) == 0)
    return;
  g_free (self->name);
  self->name = g_steal_pointer (&name);
  self->name_color = linnet_text_name_color (self->name);
  notify (self, PROP_NAME);
  notify (self, PROP_NAME_COLOR);
}

static const char *
draft_text_of (const ImConv *conv)
{
  const ImMsg *msg = conv->has_draft && conv->draft != NULL ? conv->draft->msg : NULL;
  const ImElem *elem
      = msg != NULL && msg->elems != NULL && msg->elems->len > 0 ? msg->elems->pdata[0] : NULL;
  const char *text
      = elem != NULL && elem->type == IM_ELEM_TEXT ? ((const ImTextElem *) elem)->content : NULL;

  return text != NULL ? text : "";
}

/* While it is open the composer is the truth. */
static void
take_draft (LinnetConversation *self, const ImConv *conv)
{
  const char *text = draft_text_of (conv);

  if (self->is_open)
    return;
  self->draft_time = *text != '\0' ? conv->draft->edit_time : 0;
  if (self->composing == NULL && *text == '\0')
    return;
  if (linnet_composing_reset (ensure_composing (self), text))
    notify (self, PROP_DRAFT);
}

static void
take_last (LinnetConversation *self, ImMsg *msg)
{
  if (self->is_awake)
    {
      if (!is_overtaken (self, msg))
        linnet_conversation_set_last (self, msg);
      return;
    }
  g_free (self->packed_last);
  self->packed_last = msg != NULL ? im_json_pack (msg) : NULL;
  self->last_time = msg != NULL ? linnet_message_time_of (msg) : 0;
}

void
linnet_conversation_take_conv (LinnetConversation *self, ImConv *conv)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  ImMsg *msg;

  g_return_if_fail (LINNET_IS_CONVERSATION (self));
  g_return_if_fail (conv != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  msg = conv->has_last_msg ? conv->last_msg : NULL;
  self->active_time = (gint64) conv->active_time;
  set_unread (self, (guint) MIN (conv->unread_num, (guint64) G_MAXINT));
  take_last (self, msg);
  take_name (self, msg);
  take_draft (self, conv);
  linnet_conversation_refresh (self);
  if (msg != NULL && self->messages != NULL)
    {
      g_ptr_array_add (one, msg);
      linnet_message_list_update (self->messages, one);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Messages */

LinnetMessageList *
linnet_conversation_get_messages (LinnetConversation *self)
{
  g_return_val_if_fail (LINNET_IS_CONVERSATION (self), NULL);

  if (self->messages == NULL && self->backend != NULL)
    {
      self->messages = linnet_message_list_new (self->backend, self->type, self->id, self->name);
      notify (self, PROP_MESSAGES);
    }
  return self->messages;
}

static gboolean
on_typing_expired (gpointer user_data)
{
  LinnetConversation *self = user_data;

  self->typing_timeout = 0;
  linnet_conversation_set_is_typing (self, FALSE);
  return G_SOURCE_REMOVE;
}

void
linnet_conversation_set_is_typing (LinnetConversation *self, gboolean is_typing)
{
  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  g_clear_handle_id (&self->typing_timeout, g_source_remove);
  if (is_typing)
    self->typing_timeout = g_timeout_add_seconds (TYPING_EXPIRES_SECONDS, on_typing_expired, self);
  if (self->is_typing == is_typing)
    return;
  self->is_typing = is_typing;
  notify (self, PROP_IS_TYPING);
  linnet_conversation_refresh (self);
}

static gboolean
is_newer (LinnetConversation *self, const ImMsg *msg)
{
  return self->last == NULL || linnet_message_time_of (msg) >= linnet_message_get_time (self->last);
}

void
linnet_conversation_receive (LinnetConversation *self, GPtrArray *msgs)
{
  gboolean from_peer = FALSE;

  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  linnet_conversation_wake (self);
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < msgs->len; i++)
    {
      ImMsg *msg = g_ptr_array_index (msgs, i);

      from_peer |= !msg->is_from_self;
      take_name (self, msg);
      if (is_newer (self, msg))
        linnet_conversation_set_last (self, msg);
    }
  if (self->messages != NULL)
    linnet_message_list_merge (self->messages, msgs);
  if (from_peer)
    linnet_conversation_set_is_typing (self, FALSE);
  linnet_conversation_refresh (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
linnet_conversation_update_messages (LinnetConversation *self, GPtrArray *msgs)
{
  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  linnet_conversation_wake (self);
  for (guint i = 0; i < msgs->len && self->last != NULL; i++)
    {
      ImMsg *msg = g_ptr_array_index (msgs, i);
      g_autofree char *id = linnet_message_make_id (msg);

      if (g_strcmp0 (id, linnet_message_get_id (self->last)) == 0)
        linnet_message_update (self->last, msg);
    }
  if (self->messages != NULL)
    linnet_message_list_update (self->messages, msgs);
  linnet_conversation_refresh (self);
}

void
linnet_conversation_set_peer_read (LinnetConversation *self, gint64 up_to)
{
  LinnetMessageState state;

  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  linnet_conversation_wake (self);
  if (self->messages != NULL)
    linnet_message_list_set_peer_read (self->messages, up_to);
  if (self->last == NULL || linnet_message_get_time (self->last) > up_to)
    return;
  state = linnet_message_get_state (self->last);
  if (state == LINNET_MESSAGE_SENT || state == LINNET_MESSAGE_DELIVERED)
    linnet_message_set_peer_read (self->last);
  linnet_conversation_refresh (self);
}

/* Reading, writing */

void
linnet_conversation_open (LinnetConversation *self)
{
  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  if (self->is_open)
    return;
  linnet_conversation_wake (self);
  self->is_open = TRUE;
  notify (self, PROP_IS_OPEN);
  if (linnet_conversation_get_messages (self) != NULL)
    linnet_message_list_set_divider (self->messages, self->unread);
  linnet_conversation_refresh (self);
}

void
linnet_conversation_close (LinnetConversation *self)
{
  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  if (!self->is_open)
    return;
  if (self->composing != NULL)
    linnet_composing_leave (self->composing);
  self->is_open = FALSE;
  notify (self, PROP_IS_OPEN);
  if (self->messages != NULL)
    linnet_message_list_set_divider (self->messages, 0);
  linnet_conversation_refresh (self);
}

/* The newest message up to `up_to` that the library knows and somebody else sent. */
static ImMsg *
find_reportable (LinnetConversation *self, LinnetMessage *up_to)
{
  guint position = linnet_message_list_get_position (self->messages, up_to);

  for (guint i = position == G_MAXUINT ? 0 : position + 1; i > 0; i--)
    {
      LinnetMessage *message = linnet_message_list_get (self->messages, i - 1);

      if (!linnet_message_get_is_own (message))
        return linnet_message_get_msg (message);
    }
  return NULL;
}

void
linnet_conversation_mark_read (LinnetConversation *self, LinnetMessage *up_to)
{
  ImMsg *msg = NULL;
  guint changed = 0;

  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  if (self->backend == NULL)
    return;
  if (self->messages != NULL)
    {
      guint n = linnet_message_list_get_n_items (self->messages);

      if (n > 0 && linnet_message_list_get_at_end (self->messages)
          && linnet_message_list_get (self->messages, n - 1) == up_to)
        up_to = NULL;
      changed = linnet_message_list_mark_read (self->messages, up_to);
    }
  if (changed == 0 && (self->unread == 0 || up_to != NULL))
    return;
  if (up_to != NULL)
    msg = find_reportable (self, up_to);
  if (up_to != NULL && msg == NULL)
    return;
  set_unread (self, up_to == NULL ? 0 : self->unread - MIN (changed, self->unread));
  linnet_conversation_refresh (self);
  linnet_backend_report_read (self->backend, self->type, self->id, msg);
}

void
linnet_conversation_set_draft (LinnetConversation *self, const char *text)
{
  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  if (!linnet_composing_set_text (ensure_composing (self), text != NULL ? text : ""))
    return;
  self->draft_time = g_get_real_time () / G_USEC_PER_SEC;
  notify (self, PROP_DRAFT);
  if (!self->is_open)
    linnet_conversation_refresh (self);
}

void
linnet_conversation_flush_draft (LinnetConversation *self)
{
  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  if (self->composing != NULL)
    linnet_composing_flush (self->composing);
}

/* Deleting */

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (linnet_backend_delete_conversation_finish (LINNET_BACKEND (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
linnet_conversation_delete_async (LinnetConversation *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linnet_conversation_delete_async);
  if (self->backend == NULL)
    g_task_return_new_error (task, LINNET_ERROR, LINNET_ERROR_NOT_SIGNED_IN, "signed out");
  else
    linnet_backend_delete_conversation_async (self->backend, self->type, self->id, cancellable,
                                              on_deleted, g_steal_pointer (&task));
}

gboolean
linnet_conversation_delete_finish (LinnetConversation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Housekeeping */

void
linnet_conversation_refresh_times (LinnetConversation *self)
{
  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  if (self->last != NULL)
    linnet_message_refresh_times (self->last);
  if (self->messages != NULL)
    linnet_message_list_refresh_times (self->messages);
  linnet_conversation_refresh (self);
}

void
linnet_conversation_detach (LinnetConversation *self)
{
  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  g_clear_handle_id (&self->typing_timeout, g_source_remove);
  if (self->composing != NULL)
    linnet_composing_detach (self->composing);
  if (self->messages != NULL)
    linnet_message_list_close (self->messages);
  g_clear_object (&self->backend);
}

/* GObject */

static void
linnet_conversation_dispose (GObject *object)
{
  linnet_conversation_detach (LINNET_CONVERSATION (object));
  G_OBJECT_CLASS (linnet_conversation_parent_class)->dispose (object);
}

static void
linnet_conversation_finalize (GObject *object)
{
  LinnetConversation *self = LINNET_CONVERSATION (object);

  g_clear_pointer (&self->composing, linnet_composing_free);
  g_clear_object (&self->messages);
  g_clear_object (&self->last);
  g_free (self->packed_last);
  linnet_conversation_view_clear (&self->view);
  g_free (self->key);
  g_free (self->short_id);
  g_free (self->address);
  g_free (self->name);
  G_OBJECT_CLASS (linnet_conversation_parent_class)->finalize (object);
}

/* What the list follows, without the handlers that ten thousand of them would cost. */
static void
linnet_conversation_dispatch_properties_changed (GObject *object, guint n, GParamSpec **changed)
{
  LinnetConversation *self = LINNET_CONVERSATION (object);
  gboolean is_unread = FALSE, is_order = FALSE;

  G_OBJECT_CLASS (linnet_conversation_parent_class)
      ->dispatch_properties_changed (object, n, changed);
  for (guint i = 0; i < n; i++)
    {
      is_unread |= changed[i] == props[PROP_UNREAD_COUNT];
      is_order |= changed[i] == props[PROP_TIME] || changed[i] == props[PROP_NAME];
    }
  if (is_unread && self->owner != NULL)
    self->owner->unread_changed (self, self->owner_data);
  if (is_order && self->owner != NULL)
    self->owner->order_changed (self, self->owner_data);
}

void
linnet_conversation_set_owner (LinnetConversation *self,
                               const LinnetConversationOwner *owner,
                               gpointer data)
{
  g_return_if_fail (LINNET_IS_CONVERSATION (self));

  self->owner = owner;
  self->owner_data = data;
}

/* clang-format off */
static void
linnet_conversation_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LinnetConversation *self = LINNET_CONVERSATION (object);

  switch (id)
    {
    case PROP_KEY: g_value_set_string (value, self->key); break;
    case PROP_ID: g_value_set_string (value, self->id); break;
    case PROP_ADDRESS: g_value_set_string (value, self->address); break;
    case PROP_TYPE: g_value_set_enum (value, (int) self->type); break;
    case PROP_NAME: g_value_set_string (value, self->name); break;
    case PROP_NAME_COLOR: g_value_set_int (value, self->name_color); break;
    case PROP_PREVIEW: g_value_set_string (value, linnet_conversation_get_preview (self)); break;
    case PROP_PREVIEW_PREFIX: g_value_set_string (value, linnet_conversation_get_preview_prefix (self)); break;
    case PROP_PREVIEW_KIND: g_value_set_enum (value, (int) linnet_conversation_get_preview_kind (self)); break;
    case PROP_PREVIEW_STATE: g_value_set_enum (value, (int) linnet_conversation_get_preview_state (self)); break;
    case PROP_TIME: g_value_set_int64 (value, self->view.time); break;
    case PROP_TIME_LABEL: g_value_set_string (value, linnet_conversation_get_time_label (self)); break;
    case PROP_UNREAD_COUNT: g_value_set_uint (value, self->unread); break;
    case PROP_UNREAD_LABEL: g_value_set_string (value, linnet_conversation_get_unread_label (self)); break;
    case PROP_DRAFT: g_value_set_string (value, linnet_conversation_get_draft (self)); break;
    case PROP_IS_TYPING: g_value_set_boolean (value, self->is_typing); break;
    case PROP_IS_OPEN: g_value_set_boolean (value, self->is_open); break;
    case PROP_LAST_MESSAGE: g_value_set_object (value, linnet_conversation_get_last_message (self)); break;
    case PROP_MESSAGES: g_value_set_object (value, linnet_conversation_get_messages (self)); break;
    case PROP_ACCESSIBLE_LABEL: g_value_set_string (value, linnet_conversation_get_accessible_label (self)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

#define READABLE (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

static void
linnet_conversation_class_init (LinnetConversationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linnet_conversation_dispose;
  object_class->finalize = linnet_conversation_finalize;
  object_class->get_property = linnet_conversation_get_property;
  object_class->dispatch_properties_changed = linnet_conversation_dispatch_properties_changed;
  props[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, READABLE);
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, READABLE);
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, READABLE);
  props[PROP_TYPE] = g_param_spec_enum ("type", NULL, NULL, LINNET_TYPE_CONVERSATION_TYPE, LINNET_CONVERSATION_SINGLE, READABLE);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, READABLE);
  props[PROP_NAME_COLOR] = g_param_spec_int ("name-color", NULL, NULL, 0, 14, 0, READABLE);
  props[PROP_PREVIEW] = g_param_spec_string ("preview", NULL, NULL, NULL, READABLE);
  props[PROP_PREVIEW_PREFIX] = g_param_spec_string ("preview-prefix", NULL, NULL, NULL, READABLE);
  props[PROP_PREVIEW_KIND] = g_param_spec_enum ("preview-kind", NULL, NULL, LINNET_TYPE_PREVIEW_KIND, LINNET_PREVIEW_EMPTY, READABLE);
  props[PROP_PREVIEW_STATE] = g_param_spec_enum ("preview-state", NULL, NULL, LINNET_TYPE_MESSAGE_STATE, LINNET_MESSAGE_RECEIVED, READABLE);
  props[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, G_MININT64, G_MAXINT64, 0, READABLE);
  props[PROP_TIME_LABEL] = g_param_spec_string ("time-label", NULL, NULL, NULL, READABLE);
  props[PROP_UNREAD_COUNT] = g_param_spec_uint ("unread-count", NULL, NULL, 0, G_MAXUINT, 0, READABLE);
  props[PROP_UNREAD_LABEL] = g_param_spec_string ("unread-label", NULL, NULL, NULL, READABLE);
  props[PROP_DRAFT] = g_param_spec_string ("draft", NULL, NULL, NULL, READABLE);
  props[PROP_IS_TYPING] = g_param_spec_boolean ("is-typing", NULL, NULL, FALSE, READABLE);
  props[PROP_IS_OPEN] = g_param_spec_boolean ("is-open", NULL, NULL, FALSE, READABLE);
  props[PROP_LAST_MESSAGE] = g_param_spec_object ("last-message", NULL, NULL, LINNET_TYPE_MESSAGE, READABLE);
  props[PROP_MESSAGES] = g_param_spec_object ("messages", NULL, NULL, LINNET_TYPE_MESSAGE_LIST, READABLE);
  props[PROP_ACCESSIBLE_LABEL] = g_param_spec_string ("accessible-label", NULL, NULL, NULL, READABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);
}
/* clang-format on */

static void
linnet_conversation_init (LinnetConversation *self)
{
}

LinnetConversation *
linnet_conversation_new (LinnetBackend *backend,
                         const char *own_address,
                         LinnetConversationType type,
                         const char *id)
{
  LinnetConversation *self;

  g_return_val_if_fail (LINNET_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (LINNET_TYPE_CONVERSATION, NULL);
  self->backend = g_object_ref (backend);
  self->type = type;
  self->key = linnet_conversation_make_key (type, id);
  self->id = self->key + strlen (self->key) - strlen (id);
  self->address = type == LINNET_CONVERSATION_SINGLE ? linnet_people_dup_address (id, own_address)
                                                     : g_strdup (id);
  self->short_id = linnet_people_dup_short_id (id, own_address);
  self->name = linnet_people_dup_name (self->short_id, NULL);
  self->name_color = linnet_text_name_color (self->name);
  if (strcmp (self->short_id, id) == 0)
    g_clear_pointer (&self->short_id, g_free);
  linnet_conversation_refresh (self);
  return self;
}

/* Getters */

/* clang-format off */
#define GETTER(Type, name, expression, otherwise)                                                  \
  Type linnet_conversation_get_##name (LinnetConversation *self)                                   \
  {                                                                                                \
    g_return_val_if_fail (LINNET_IS_CONVERSATION (self), otherwise);                               \
    return expression;                                                                             \
  }

/* What only a row shows. */
#define VIEW_GETTER(Type, name, expression, otherwise)                                             \
  Type linnet_conversation_get_##name (LinnetConversation *self)                                   \
  {                                                                                                \
    g_return_val_if_fail (LINNET_IS_CONVERSATION (self), otherwise);                               \
    linnet_conversation_wake (self);                                                                                   \
    return expression;                                                                             \
  }

GETTER (const char *, key, self->key, NULL)
GETTER (const char *, id, self->id, NULL)
GETTER (const char *, address, self->address, NULL)
GETTER (LinnetConversationType, conversation_type, self->type, LINNET_CONVERSATION_SINGLE)
GETTER (const char *, name, self->name, NULL)
GETTER (int, name_color, self->name_color, 1)
VIEW_GETTER (const char *, preview, self->view.preview, NULL)
VIEW_GETTER (const char *, preview_prefix, self->view.prefix, NULL)
VIEW_GETTER (LinnetPreviewKind, preview_kind, self->view.kind, LINNET_PREVIEW_EMPTY)
VIEW_GETTER (LinnetMessageState, preview_state, self->view.state, LINNET_MESSAGE_RECEIVED)
GETTER (gint64, time, self->view.time, 0)
VIEW_GETTER (const char *, time_label, self->view.time_label, NULL)
GETTER (guint, unread_count, self->unread, 0)
VIEW_GETTER (const char *, unread_label, self->view.unread_label, NULL)
GETTER (const char *, draft, draft_of (self), NULL)
GETTER (gboolean, is_typing, self->is_typing, FALSE)
GETTER (gboolean, is_open, self->is_open, FALSE)
VIEW_GETTER (LinnetMessage *, last_message, self->last, NULL)
VIEW_GETTER (const char *, accessible_label, self->view.accessible_label, NULL)
/* clang-format on */
