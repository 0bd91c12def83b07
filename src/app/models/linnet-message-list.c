/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-message-list-private.h"
#include "linnet-message-list-rows.h"

#include "im-msg.h"
#include "linnet-message-private.h"

enum
{
  PROP_0,
  PROP_N_ITEMS,
  PROP_AT_START,
  PROP_AT_END,
  PROP_IS_LOADED,
  PROP_LOAD_STATE,
  PROP_FIRST_UNREAD,
  PROP_UNREAD_BELOW,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return LINNET_TYPE_MESSAGE;
}

static guint
get_n_items (GListModel *model)
{
  return LINNET_MESSAGE_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  LinnetMessageList *self = LINNET_MESSAGE_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LinnetMessageList,
                               linnet_message_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* What the conversation tells */

/* Runs of messages that go to the same place are one splice. */
static void
insert_all (LinnetMessageList *self, GPtrArray *fresh)
{
  guint i = 0;

  while (i < fresh->len)
    {
      g_autoptr (GPtrArray) run = g_ptr_array_new ();
      guint position
          = linnet_message_list_find_place (self,
                                            linnet_message_get_time (g_ptr_array_index (fresh, i)));

      do
        g_ptr_array_add (run, g_ptr_array_index (fresh, i++));
      while (i < fresh->len
             && (position == self->items->len
                 || linnet_message_list_find_place (self, linnet_message_get_time (
                                                              g_ptr_array_index (fresh, i)))
                        == position));
      linnet_message_list_splice (self, position, 0, run);
    }
}

void
linnet_message_list_merge (LinnetMessageList *self, GPtrArray *msgs)
{
  g_autoptr (GPtrArray) fresh = NULL;

  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  if (!self->at_end && self->is_loaded)
    return;
  fresh = linnet_message_list_collect_new (self, msgs);
  insert_all (self, fresh);
  linnet_message_list_prune (self);
  linnet_message_list_refresh_summaries (self);
}

void
linnet_message_list_update (LinnetMessageList *self, GPtrArray *msgs)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  for (guint i = 0; i < msgs->len; i++)
    {
      ImMsg *msg = g_ptr_array_index (msgs, i);
      LinnetMessage *message = linnet_message_list_find_of (self, msg);

      if (message != NULL)
        linnet_message_list_update_one (self, message, msg);
    }
  linnet_message_list_refresh_summaries (self);
}

LinnetMessage *
linnet_message_list_append (LinnetMessageList *self, ImMsg *msg)
{
  g_autoptr (LinnetMessage) message = NULL;
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), NULL);

  linnet_message_list_reload (self);
  message = linnet_message_new (msg, self->peer_name);
  g_ptr_array_add (one, message);
  linnet_message_list_splice (self, self->items->len, 0, one);
  return message;
}

void
linnet_message_list_remove (LinnetMessageList *self, LinnetMessage *message)
{
  guint position;

  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  position = linnet_message_list_get_position (self, message);
  if (position == G_MAXUINT)
    return;
  if (message == self->divider)
    linnet_message_list_set_divider_message (self, NULL);
  linnet_message_list_splice (self, position, 1, NULL);
  linnet_message_list_refresh_summaries (self);
}

void
linnet_message_list_move_to_end (LinnetMessageList *self, LinnetMessage *message)
{
  guint position;

  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  position = linnet_message_list_get_position (self, message);
  if (position == G_MAXUINT)
    return;
  linnet_message_list_place_range (self, position, 1);
  linnet_message_list_move (self, position, self->items->len - 1);
}

void
linnet_message_list_set_failed (LinnetMessageList *self,
                                LinnetMessage *message,
                                int code,
                                const char *desc)
{
  guint position;

  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  linnet_message_set_failed (message, code, desc);
  position = linnet_message_list_get_position (self, message);
  if (position != G_MAXUINT)
    linnet_message_list_place_range (self, position, 1);
}

void
linnet_message_list_set_peer_read (LinnetMessageList *self, gint64 up_to)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  for (guint i = 0; i < self->items->len; i++)
    {
      LinnetMessage *message = linnet_message_list_at (self, i);
      LinnetMessageState state = linnet_message_get_state (message);

      if ((state == LINNET_MESSAGE_SENT || state == LINNET_MESSAGE_DELIVERED)
          && linnet_message_get_time (message) <= up_to)
        linnet_message_set_peer_read (message);
    }
  linnet_message_list_refresh_newest_read (self);
}

guint
linnet_message_list_mark_read (LinnetMessageList *self, LinnetMessage *up_to)
{
  guint last, changed = 0;

  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), 0);

  if (self->items->len == 0)
    return 0;
  last = up_to != NULL ? linnet_message_list_get_position (self, up_to) : self->items->len - 1;
  if (last == G_MAXUINT)
    return 0;
  for (guint i = 0; i <= last; i++)
    {
      if (!linnet_message_is_unread (linnet_message_list_at (self, i)))
        continue;
      linnet_message_set_read (linnet_message_list_at (self, i));
      changed++;
    }
  linnet_message_list_refresh_unread (self);
  return changed;
}

void
linnet_message_list_refresh_times (LinnetMessageList *self)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  for (guint i = 0; i < self->items->len; i++)
    linnet_message_refresh_times (linnet_message_list_at (self, i));
}

void
linnet_message_list_close (LinnetMessageList *self)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  linnet_message_list_stop_loading (self);
  g_clear_object (&self->backend);
}

/* GObject */

static void
linnet_message_list_dispose (GObject *object)
{
  LinnetMessageList *self = LINNET_MESSAGE_LIST (object);

  linnet_message_list_stop_loading (self);
  g_clear_object (&self->backend);
  g_clear_object (&self->divider);
  g_clear_object (&self->viewed);
  G_OBJECT_CLASS (linnet_message_list_parent_class)->dispose (object);
}

static void
linnet_message_list_finalize (GObject *object)
{
  LinnetMessageList *self = LINNET_MESSAGE_LIST (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->items);
  g_free (self->id);
  g_free (self->peer_name);
  G_OBJECT_CLASS (linnet_message_list_parent_class)->finalize (object);
}

/* clang-format off */
static void
linnet_message_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LinnetMessageList *self = LINNET_MESSAGE_LIST (object);

  switch (id)
    {
    case PROP_N_ITEMS: g_value_set_uint (value, self->items->len); break;
    case PROP_AT_START: g_value_set_boolean (value, self->at_start); break;
    case PROP_AT_END: g_value_set_boolean (value, self->at_end); break;
    case PROP_IS_LOADED: g_value_set_boolean (value, self->is_loaded); break;
    case PROP_LOAD_STATE: g_value_set_enum (value, (int) self->load_state); break;
    case PROP_FIRST_UNREAD: g_value_set_object (value, self->divider); break;
    case PROP_UNREAD_BELOW: g_value_set_uint (value, self->unread_below); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

#define READABLE (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

static void
linnet_message_list_class_init (LinnetMessageListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linnet_message_list_dispose;
  object_class->finalize = linnet_message_list_finalize;
  object_class->get_property = linnet_message_list_get_property;
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, READABLE);
  props[PROP_AT_START] = g_param_spec_boolean ("at-start", NULL, NULL, FALSE, READABLE);
  props[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, TRUE, READABLE);
  props[PROP_IS_LOADED] = g_param_spec_boolean ("is-loaded", NULL, NULL, FALSE, READABLE);
  props[PROP_LOAD_STATE] = g_param_spec_enum ("load-state", NULL, NULL, LINNET_TYPE_LOAD_STATE, LINNET_LOAD_IDLE, READABLE);
  props[PROP_FIRST_UNREAD] = g_param_spec_object ("first-unread", NULL, NULL, LINNET_TYPE_MESSAGE, READABLE);
  props[PROP_UNREAD_BELOW] = g_param_spec_uint ("unread-below", NULL, NULL, 0, G_MAXUINT, 0, READABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);
}
/* clang-format on */

static void
linnet_message_list_init (LinnetMessageList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->at_end = TRUE;
}

LinnetMessageList *
linnet_message_list_new (LinnetBackend *backend,
                         LinnetConversationType type,
                         const char *id,
                         const char *peer_name)
{
  LinnetMessageList *self;

  g_return_val_if_fail (LINNET_IS_BACKEND (backend), NULL);

  self = g_object_new (LINNET_TYPE_MESSAGE_LIST, NULL);
  self->backend = g_object_ref (backend);
  self->type = type;
  self->id = g_strdup (id);
  self->peer_name = g_strdup (peer_name);
  linnet_message_list_load_first (self);
  return self;
}

/* Getters */

guint
linnet_message_list_get_n_items (LinnetMessageList *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), 0);
  return self->items->len;
}

LinnetMessage *
linnet_message_list_get (LinnetMessageList *self, guint position)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), NULL);
  return position < self->items->len ? linnet_message_list_at (self, position) : NULL;
}

guint
linnet_message_list_get_position (LinnetMessageList *self, LinnetMessage *message)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), G_MAXUINT);

  /* From the end: that is where what is looked for mostly is. */
  for (guint i = self->items->len; i > 0; i--)
    {
      if (linnet_message_list_at (self, i - 1) == message)
        return i - 1;
    }
  return G_MAXUINT;
}

LinnetMessage *
linnet_message_list_find (LinnetMessageList *self, const char *id)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), NULL);
  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

gboolean
linnet_message_list_get_at_start (LinnetMessageList *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), FALSE);
  return self->at_start;
}

gboolean
linnet_message_list_get_at_end (LinnetMessageList *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), FALSE);
  return self->at_end;
}

gboolean
linnet_message_list_get_is_loaded (LinnetMessageList *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), FALSE);
  return self->is_loaded;
}

LinnetLoadState
linnet_message_list_get_load_state (LinnetMessageList *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), LINNET_LOAD_IDLE);
  return self->load_state;
}

LinnetMessage *
linnet_message_list_get_first_unread (LinnetMessageList *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), NULL);
  return self->divider;
}

guint
linnet_message_list_get_unread_below (LinnetMessageList *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), 0);
  return self->unread_below;
}
