/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-conversation-list-private.h"

#include "im-conv.h"
#include "linnet-conversation-private.h"

/* A view of a long list takes milliseconds to follow a change. While changes pour in, putting rows
 * in their places may take one part in so many of the time; the rest is for drawing and for people.
 */
#define LONG_LIST 500
#define ARRANGE_SHARE 5

struct _LinnetConversationList
{
  GObject parent_instance;

  LinnetBackend *backend; /* owned, nullable: nobody is signed in */
  char *own_address;      /* owned, nullable */
  GPtrArray *items;       /* owned, of LinnetConversation, in the order shown */
  GHashTable *by_key;     /* owned: key → conversation, both borrowed from items */
  LinnetLoadState load_state;
  GHashTable *unread;  /* owned, a set of conversations, borrowed */
  guint unread_count;  /* as it was told last */
  GHashTable *unheard; /* owned, a set of conversations, borrowed: since loading began */

  /* While a batch is taken the list stays as it is; at its end all becomes one change. */
  guint n_batches;
  GHashTable *moved; /* owned, a set of items that may stand in the wrong place */
  GPtrArray *fresh;  /* owned: what enters */
  guint arrange_timeout;
  gint64 arrange_from_us; /* not before; monotonic */
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
tell_unread (LinnetConversationList *self)
{
  guint count = g_hash_table_size (self->unread);

  if (self->n_batches > 0 || count == self->unread_count)
    return;
  self->unread_count = count;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNREAD_COUNT]);
}

static void
on_unread_changed (LinnetConversation *conversation, gpointer data)
{
  LinnetConversationList *self = data;

  if (linnet_conversation_get_unread_count (conversation) > 0)
    g_hash_table_add (self->unread, conversation);
  else
    g_hash_table_remove (self->unread, conversation);
  tell_unread (self);
}

/* Order */

static void
on_order_changed (LinnetConversation *conversation, gpointer data)
{
  LinnetConversationList *self = data;

  linnet_conversation_list_begin (self);
  g_hash_table_add (self->moved, conversation);
  linnet_conversation_list_end (self);
}

static const LinnetConversationOwner owner = { on_order_changed, on_unread_changed };

/* Rows from the first to the last difference are one change: views keep the rows that stay. */
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

static GPtrArray *
new_items (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* Both in order. */
static GPtrArray *
merge (GPtrArray *a, GPtrArray *b)
{
  GPtrArray *merged = new_items ();
  guint i = 0, j = 0;

  while (i < a->len || j < b->len)
    {
      gboolean takes_a = j == b->len || (i < a->len && compare (a->pdata[i], b->pdata[j]) <= 0);

      g_ptr_array_add (merged, g_object_ref (takes_a ? a->pdata[i++] : b->pdata[j++]));
    }
  return merged;
}

/* A page of the list comes below all that is there, and moves nothing. */
static gboolean
append (LinnetConversationList *self)
{
  guint n = self->items->len, n_fresh = self->fresh->len;

  if (g_hash_table_size (self->moved) > 0 || n_fresh == 0
      || (n > 0 && compare (at (self, n - 1), self->fresh->pdata[0]) > 0))
    return FALSE;
  g_ptr_array_extend_and_steal (self->items, g_steal_pointer (&self->fresh));
  self->fresh = new_items ();
  g_list_model_items_changed (G_LIST_MODEL (self), n, 0, n_fresh);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
  return TRUE;
}

static void
arrange (LinnetConversationList *self)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GPtrArray) loose = NULL;
  g_autoptr (GPtrArray) rest = new_items ();
  g_autoptr (GPtrArray) now = NULL;
  gint64 end_us;

  g_clear_handle_id (&self->arrange_timeout, g_source_remove);
  g_ptr_array_sort (self->fresh, compare_pointers);
  if (append (self))
    return;
  loose = g_steal_pointer (&self->fresh);
  self->fresh = new_items ();
  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (g_hash_table_contains (self->moved, at (self, i)) ? loose : rest,
                     g_object_ref (at (self, i)));
  g_hash_table_remove_all (self->moved);
  g_ptr_array_sort (loose, compare_pointers);
  now = merge (rest, loose);
  put_in_place (self, now);
  end_us = g_get_monotonic_time ();
  self->arrange_from_us = end_us + (end_us - start_us) * (ARRANGE_SHARE - 1);
}

static gboolean
on_arrange_timeout (gpointer user_data)
{
  LinnetConversationList *self = user_data;

  self->arrange_timeout = 0;
  arrange (self);
  return G_SOURCE_REMOVE;
}

static void
arrange_now_or_soon (LinnetConversationList *self)
{
  gint64 left_us = self->arrange_from_us - g_get_monotonic_time ();

  if (left_us <= 0 || self->items->len < LONG_LIST)
    arrange (self);
  else if (self->arrange_timeout == 0)
    self->arrange_timeout = g_timeout_add ((guint) (left_us / 1000) + 1, on_arrange_timeout, self);
}

void
linnet_conversation_list_begin (LinnetConversationList *self)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  self->n_batches++;
}

void
linnet_conversation_list_end (LinnetConversationList *self)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));
  g_return_if_fail (self->n_batches > 0);

  if (--self->n_batches > 0)
    return;
  if (g_hash_table_size (self->moved) > 0 || self->fresh->len > 0)
    arrange_now_or_soon (self);
  tell_unread (self);
}

/* In a batch: it enters at the end. Borrowed. */
static LinnetConversation *
make (LinnetConversationList *self, LinnetConversationType type, const char *id)
{
  LinnetConversation *conversation
      = linnet_conversation_new (self->backend, self->own_address, type, id);

  g_ptr_array_add (self->fresh, conversation);
  g_hash_table_insert (self->by_key, (gpointer) linnet_conversation_get_key (conversation),
                       conversation);
  linnet_conversation_set_owner (conversation, &owner, self);
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

  g_return_val_if_fail (LINNET_IS_CONVERSATION_LIST (self), NULL);
  g_return_val_if_fail (self->backend != NULL, NULL);

  conversation = lookup (self, type, id);
  if (conversation != NULL)
    {
      g_hash_table_remove (self->unheard, conversation);
      return conversation;
    }
  linnet_conversation_list_begin (self);
  conversation = make (self, type, id);
  linnet_conversation_list_end (self);
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
  g_hash_table_remove (self->unread, conversation);
  g_hash_table_remove (self->moved, conversation);
  g_hash_table_remove (self->unheard, conversation);
  linnet_conversation_set_owner (conversation, NULL, NULL);
  linnet_conversation_detach (conversation);
}

void
linnet_conversation_list_take (LinnetConversationList *self, GPtrArray *convs)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  if (self->backend == NULL)
    return;
  linnet_conversation_list_begin (self);
  for (guint i = 0; i < convs->len; i++)
    {
      ImConv *conv = g_ptr_array_index (convs, i);

      if (is_shown (conv))
        linnet_conversation_take_conv (
            linnet_conversation_list_ensure (self, (LinnetConversationType) conv->type, conv->id),
            conv);
    }
  linnet_conversation_list_end (self);
}

void
linnet_conversation_list_begin_loading (LinnetConversationList *self)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  g_hash_table_remove_all (self->unheard);
  for (guint i = 0; i < self->items->len; i++)
    g_hash_table_add (self->unheard, at (self, i));
}

void
linnet_conversation_list_end_loading (LinnetConversationList *self)
{
  g_autoptr (GPtrArray) kept = new_items ();

  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  if (g_hash_table_size (self->unheard) == 0)
    return;
  for (guint i = 0; i < self->items->len; i++)
    {
      LinnetConversation *conversation = at (self, i);

      if (!g_hash_table_contains (self->unheard, conversation))
        g_ptr_array_add (kept, g_object_ref (conversation));
      else
        forget (self, conversation);
    }
  put_in_place (self, kept);
  tell_unread (self);
}

void
linnet_conversation_list_remove (LinnetConversationList *self, GPtrArray *convs)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  if (self->fresh->len > 0)
    arrange (self);
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
  tell_unread (self);
}

void
linnet_conversation_list_set_account (LinnetConversationList *self,
                                      LinnetBackend *backend,
                                      const char *own_address)
{
  g_autoptr (GPtrArray) none = new_items ();

  g_return_if_fail (LINNET_IS_CONVERSATION_LIST (self));

  if (self->fresh->len > 0)
    arrange (self);
  g_clear_handle_id (&self->arrange_timeout, g_source_remove);
  for (guint i = 0; i < self->items->len; i++)
    forget (self, at (self, i));
  put_in_place (self, none);
  tell_unread (self);
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

  linnet_conversation_list_set_account (self, NULL, NULL);
  G_OBJECT_CLASS (linnet_conversation_list_parent_class)->dispose (object);
}

static void
linnet_conversation_list_finalize (GObject *object)
{
  LinnetConversationList *self = LINNET_CONVERSATION_LIST (object);

  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->unread);
  g_hash_table_unref (self->moved);
  g_hash_table_unref (self->unheard);
  g_ptr_array_unref (self->fresh);
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
  self->items = new_items ();
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->unread = g_hash_table_new (NULL, NULL);
  self->moved = g_hash_table_new (NULL, NULL);
  self->unheard = g_hash_table_new (NULL, NULL);
  self->fresh = new_items ();
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
