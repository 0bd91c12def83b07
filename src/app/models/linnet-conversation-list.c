/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-conversation-list-private.h"

#include "im-conv.h"
#include "linnet-conversation-private.h"

struct _LinnetConversationList
{
  GObject parent_instance;

  LinnetBackend *backend; /* owned, nullable: nobody is signed in */
  char *own_address;      /* owned, nullable */
  GPtrArray *items;       /* owned, of LinnetConversation, in the order shown */
  GHashTable *by_key;     /* owned: key → conversation, both borrowed from items */
  LinnetLoadState load_state;
  guint unread_count;
  gboolean is_taking; /* a batch is being taken: the order is put right at its end */
};

enum
{
  PROP_0,
  PROP_N_ITEMS,
  PROP_LOAD_STATE,
  PROP_UNREAD_COUNT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return LINNET_TYPE_CONVERSATION;
}

static guint
get_n_items (GListModel *model)
{
  return LINNET_CONVERSATION_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  LinnetConversationList *self = LINNET_CONVERSATION_LIST (model);

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

G_DEFINE_FINAL_TYPE_WITH_CODE (LinnetConversationList,
                               linnet_conversation_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static LinnetConversation *
at (LinnetConversationList *self, guint position)
{
  return g_ptr_array_index (self->items, position);
}

/* Newest first; a fixed order where times are equal. */
static int
compare (LinnetConversation *a, LinnetConversation *b)
{
  gint64 time_a = linnet_conversation_get_time (a), time_b = linnet_conversation_get_time (b);
  int by_name;

  if (time_a != time_b)
    return time_a > time_b ? -1 : 1;
  by_name = g_utf8_collate (linnet_conversation_get_name (a), linnet_conversation_get_name (b));
  return by_name != 0
             ? by_name
             : g_strcmp0 (linnet_conversation_get_key (a), linnet_conversation_get_key (b));
}

static int
compare_pointers (gconstpointer a, gconstpointer b)
{
  return compare (*(LinnetConversation *const *) a, *(LinnetConversation *const *) b);
}

static void
refresh_unread (LinnetConversationList *self)
{
  guint unread = 0;

  for (guint i = 0; i < self->items->len; i++)
    unread += linnet_conversation_get_unread_count (at (self, i)) > 0 ? 1 : 0;
  if (unread == self->unread_count)
    return;
  self->unread_count = unread;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNREAD_COUNT]);
}

/* Order */

/* Where it belongs in the list without it. */
static guint
find_place (LinnetConversationList *self, LinnetConversation *conversation, guint without)
{
  guint place = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      if (i == without)
        continue;
      if (compare (at (self, i), conversation) > 0)
        break;
      place++;
    }
  return place;
}

static void
on_order_changed (LinnetConversation *conversation, GParamSpec *pspec, LinnetConversationList *self)
{
  guint from, to, first, n;

  if (self->is_taking)
    return;
  from = linnet_conversation_list_get_position (self, conversation);
  if (from == G_MAXUINT)
    return;
  to = find_place (self, conversation, from);
  if (to == from)
    return;
  g_ptr_array_steal_index (self->items, from);
  g_ptr_array_insert (self->items, (int) to, conversation);
  first = MIN (from, to);
  n = MAX (from, to) - first + 1;
  g_list_model_items_changed (G_LIST_MODEL (self), first, n, n);
}

static void
on_unread_changed (LinnetConversation *conversation,
                   GParamSpec *pspec,
                   LinnetConversationList *self)
{
  if (!self->is_taking)
    refresh_unread (self);
}

static void
watch (LinnetConversationList *self, LinnetConversation *conversation)
{
  g_signal_connect_object (conversation, "notify::time", G_CALLBACK (on_order_changed), self, 0);
  g_signal_connect_object (conversation, "notify::name", G_CALLBACK (on_order_changed), self, 0);
  g_signal_connect_object (conversation, "notify::unread-count", G_CALLBACK (on_unread_changed),
                           self, 0);
}

/* Told when a batch is over: rows from the first to the last difference are one change. */
static void
put_in_place (LinnetConversationList *self, GPtrArray *now)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint head = 0, tail = 0, shorter = MIN (old->len, now->len);

  self->items = g_ptr_array_ref (now);
  while (head < shorter && old->pdata[head] == now->pdata[head])
    head++;
  while (tail < shorter - head
         && old->pdata[old->len - 1 - tail] == now->pdata[now->len - 1 - tail])
    tail++;
  if (head == old->len && head == now->len)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                              now->len - head - tail);
  if (old->len != now->len)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

/* Batches */

/* New reference; the conversation may not be in the list yet. */
static LinnetConversation *
make (LinnetConversationList *self, LinnetConversationType type, const char *id)
{
  LinnetConversation *conversation
      = linnet_conversation_new (self->backend, self->own_address, type, id);

  g_hash_table_insert (self->by_key, (gpointer) linnet_conversation_get_key (conversation),
                       conversation);
  watch (self, conversation);
  return conversation;
}

static LinnetConversation *
lookup (LinnetConversationList *self, LinnetConversationType type, const char *id)
{
  g_autofree char *key = linnet_conversation_make_key (type, id);

  return g_hash_table_lookup (self->by_key, key);
}

LinnetConversation *
linnet_conversation_list_ensure (LinnetConversationList *self,
                                 LinnetConversationType type,
                                 const char *id)
{
  LinnetConversation *conversation;
  guint position;

  g_return_val_if_fail (LINNET_IS_CONVERSATION_LIST (self), NULL);
  g_return_val_if_fail (self->backend != NULL, NULL);

  conversation = lookup (self, type, id);
  if (conversation != NULL)
    return conversation;
  conversation = make (self, type, id);
  position = find_place (self, conversation, G_MAXUINT);
  g_ptr_array_insert (self->items, (int) position, conversation);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
  return conversation;
}

static gboolean
is_shown (const ImConv *conv)
{
  return conv->id != NULL && *conv->id != '\0'
         && (conv->type == LINNET_CONVERSATION_SINGLE || conv->type == LINNET_CONVERSATION_GROUP);
}

/* What goes is no longer asked for anything. */
static void
forget (LinnetConversationList *self, LinnetConversation *conversation)
{
  g_hash_table_remove (self->by_key, linnet_conversation_get_key (conversation));
  g_signal_handlers_disconnect_by_data (conversation, self);
  linnet_conversation_detach (conversation);
}

/* The rows that stay: all of them, or those that `kept` names. */
static GPtrArray *
keep (LinnetConversationList *self, GHashTable *kept)
{
  GPtrArray *now = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->items->len; i++)
    {
      LinnetConversation *conversation = at (self, i);

      if (kept == NULL || g_hash_table_contains (kept, conversation))
        g_ptr_array_add (now, g_object_ref (conversation));
      else
        forget (self, conversation);
    }
  return now;
}

static void
take (LinnetConversationList *self, GPtrArray *convs, gboolean are_all)
{
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) now = NULL;

  if (self->backend == NULL)
    return;
  self->is_taking = TRUE;
  for (guint i = 0; i < convs->len; i++)
    {
      ImConv *conv = g_ptr_array_index (convs, i);
      LinnetConversation *conversation;

      if (!is_shown (conv))
        continue;
      conversation = lookup (self, (LinnetConversationType) conv->type, conv->id);
      if (conversation == NULL)
        {
          conversation = make (self, (LinnetConversationType) conv->type, conv->id);
          g_ptr_array_add (fresh, conversation);
        }
      linnet_conversation_take_conv (conversation, conv);
      g_hash_table_add (named, conversation);
    }
  now = keep (self, are_all ? named : NULL);
  g_ptr_array_extend_and_steal (now, g_steal_pointer (&fresh));
  g_ptr_array_sort (now, compare_pointers);
  self->is_taking = FALSE;
  put_in_place (self, now);
  refresh_unread (self);
}

void
linnet_conversation_list_take (LinnetConversationList *self, GPtrArray *convs)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  take (self, convs, FALSE);
}

void
linnet_conversation_list_take_all (LinnetConversationList *self, GPtrArray *convs)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  take (self, convs, TRUE);
}

void
linnet_conversation_list_remove (LinnetConversationList *self, GPtrArray *convs)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  for (guint i = 0; i < convs->len; i++)
    {
      ImConv *conv = g_ptr_array_index (convs, i);
      LinnetConversation *conversation
          = lookup (self, (LinnetConversationType) conv->type, conv->id);
      guint position;

      if (conversation == NULL)
        continue;
      forget (self, conversation);
      position = linnet_conversation_list_get_position (self, conversation);
      g_ptr_array_remove_index (self->items, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
    }
  refresh_unread (self);
}

void
linnet_conversation_list_set_account (LinnetConversationList *self,
                                      LinnetBackend *backend,
                                      const char *own_address)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  for (guint i = 0; i < self->items->len; i++)
    forget (self, at (self, i));
  put_in_place (self, none);
  refresh_unread (self);
  g_set_object (&self->backend, backend);
  g_free (self->own_address);
  self->own_address = g_strdup (own_address);
}

void
linnet_conversation_list_set_load_state (LinnetConversationList *self, LinnetLoadState state)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  if (self->load_state == state)
    return;
  self->load_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOAD_STATE]);
}

void
linnet_conversation_list_flush_drafts (LinnetConversationList *self)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  for (guint i = 0; i < self->items->len; i++)
    linnet_conversation_flush_draft (at (self, i));
}

void
linnet_conversation_list_refresh_times (LinnetConversationList *self)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  for (guint i = 0; i < self->items->len; i++)
    linnet_conversation_refresh_times (at (self, i));
}

/* GObject */

static void
linnet_conversation_list_dispose (GObject *object)
{
  LinnetConversationList *self = LINNET_CONVERSATION_LIST (object);

  g_clear_object (&self->backend);
  G_OBJECT_CLASS (linnet_conversation_list_parent_class)->dispose (object);
}

static void
linnet_conversation_list_finalize (GObject *object)
{
  LinnetConversationList *self = LINNET_CONVERSATION_LIST (object);

  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->items);
  g_free (self->own_address);
  G_OBJECT_CLASS (linnet_conversation_list_parent_class)->finalize (object);
}

static void
linnet_conversation_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LinnetConversationList *self = LINNET_CONVERSATION_LIST (object);

  switch (id)
    {
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->items->len);
      break;
    case PROP_LOAD_STATE:
      g_value_set_enum (value, (int) self->load_state);
      break;
    case PROP_UNREAD_COUNT:
      g_value_set_uint (value, self->unread_count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

#define READABLE (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

static void
linnet_conversation_list_class_init (LinnetConversationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linnet_conversation_list_dispose;
  object_class->finalize = linnet_conversation_list_finalize;
  object_class->get_property = linnet_conversation_list_get_property;
  /* clang-format off */
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, READABLE);
  props[PROP_LOAD_STATE] = g_param_spec_enum ("load-state", NULL, NULL, LINNET_TYPE_LOAD_STATE, LINNET_LOAD_IDLE, READABLE);
  props[PROP_UNREAD_COUNT] = g_param_spec_uint ("unread-count", NULL, NULL, 0, G_MAXUINT, 0, READABLE);
  /* clang-format on */
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
linnet_conversation_list_init (LinnetConversationList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
}

LinnetConversationList *
linnet_conversation_list_new (void)
{
  return g_object_new (LINNET_TYPE_CONVERSATION_LIST, NULL);
}

/* Getters */

guint
linnet_conversation_list_get_n_items (LinnetConversationList *self)
{
  g_return_val_if_fail (LINNET_IS_CONVERSATION_LIST (self), 0);
  return self->items->len;
}

LinnetConversation *
linnet_conversation_list_get (LinnetConversationList *self, guint position)
{
  g_return_val_if_fail (LINNET_IS_CONVERSATION_LIST (self), NULL);
  return position < self->items->len ? at (self, position) : NULL;
}

LinnetConversation *
linnet_conversation_list_find (LinnetConversationList *self, const char *key)
{
  g_return_val_if_fail (LINNET_IS_CONVERSATION_LIST (self), NULL);
  return key != NULL ? g_hash_table_lookup (self->by_key, key) : NULL;
}

guint
linnet_conversation_list_get_position (LinnetConversationList *self,
                                       LinnetConversation *conversation)
{
  guint position;

  g_return_val_if_fail (LINNET_IS_CONVERSATION_LIST (self), G_MAXUINT);
  return g_ptr_array_find (self->items, conversation, &position) ? position : G_MAXUINT;
}

LinnetLoadState
linnet_conversation_list_get_load_state (LinnetConversationList *self)
{
  g_return_val_if_fail (LINNET_IS_CONVERSATION_LIST (self), LINNET_LOAD_IDLE);
  return self->load_state;
}

guint
linnet_conversation_list_get_unread_count (LinnetConversationList *self)
{
  g_return_val_if_fail (LINNET_IS_CONVERSATION_LIST (self), 0);
  return self->unread_count;
}
