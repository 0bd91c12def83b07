/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-message-list-private.h"

#include "im-msg.h"
#include "linnet-message-private.h"

#define PAGE 30
#define DIVIDER_PAGE_MAX 300
#define WINDOW 2000
/* What arrives is placed by its time only when it is older than this against what is there: servers
 * stamp whole seconds and clocks differ. */
#define SLACK_SECONDS 5

struct _LinnetMessageList
{
  GObject parent_instance;

  LinnetBackend *backend; /* owned, nullable: closed */
  LinnetConversationType type;
  char *id;        /* owned */
  char *peer_name; /* owned */

  GPtrArray *items;           /* owned, of LinnetMessage, oldest first */
  GHashTable *by_id;          /* owned: id of the message → message, both borrowed from items */
  GCancellable *cancellable;  /* owned: of the load under way */
  LinnetMessage *divider;     /* owned, nullable */
  LinnetMessage *newest_read; /* borrowed from items, nullable */

  LinnetLoadState load_state;
  guint divider_wanted; /* received messages above which the divider goes, not placed yet */
  guint unread_below;
  gboolean at_start;
  gboolean at_end;
  gboolean is_loaded;
};

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

/* Neighbours */

static LinnetMessage *
at (LinnetMessageList *self, guint position)
{
  return g_ptr_array_index (self->items, position);
}

static void
place_one (LinnetMessageList *self, guint position)
{
  LinnetMessage *message = at (self, position);
  LinnetMessage *above = position > 0 ? at (self, position - 1) : NULL;
  LinnetMessage *below = position + 1 < self->items->len ? at (self, position + 1) : NULL;
  LinnetMessagePlace place;

  place.starts_group = above == NULL || !linnet_message_groups_with (above, message);
  place.ends_group = below == NULL || !linnet_message_groups_with (message, below);
  place.starts_day
      = above == NULL
        || g_strcmp0 (linnet_message_get_day (above), linnet_message_get_day (message)) != 0;
  linnet_message_set_place (message, &place);
}

/* Positions first … first + n - 1 changed: they and one neighbour at each side are placed anew. */
static void
place_range (LinnetMessageList *self, guint first, guint n)
{
  guint from = first > 0 ? first - 1 : 0;
  guint to = MIN (first + n + 1, self->items->len);

  for (guint i = from; i < to; i++)
    place_one (self, i);
}

/* The newest own message that was read carries the word. */
static void
refresh_newest_read (LinnetMessageList *self)
{
  LinnetMessage *newest = NULL;

  for (guint i = self->items->len; i > 0 && newest == NULL; i--)
    {
      if (linnet_message_get_state (at (self, i - 1)) == LINNET_MESSAGE_READ)
        newest = at (self, i - 1);
    }
  if (newest == self->newest_read)
    return;
  if (self->newest_read != NULL)
    linnet_message_set_shows_state_word (self->newest_read, FALSE);
  self->newest_read = newest;
  if (newest != NULL)
    linnet_message_set_shows_state_word (newest, TRUE);
}

static gboolean
is_unread (LinnetMessage *message)
{
  return !linnet_message_get_is_own (message) && !linnet_message_get_is_read (message);
}

static void
refresh_unread (LinnetMessageList *self)
{
  guint unread = 0;

  for (guint i = 0; i < self->items->len; i++)
    unread += is_unread (at (self, i)) ? 1 : 0;
  if (unread == self->unread_below)
    return;
  self->unread_below = unread;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNREAD_BELOW]);
}

static void
refresh_summaries (LinnetMessageList *self)
{
  refresh_newest_read (self);
  refresh_unread (self);
}

/* Changing the rows */

/* Replaces `removed` rows at `position` by `added` (array of LinnetMessage, references are taken):
 * the only place where the rows change. */
static void
splice (LinnetMessageList *self, guint position, guint removed, GPtrArray *added)
{
  guint n_added = added != NULL ? added->len : 0;
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  if (removed == 0 && n_added == 0)
    return;
  for (guint i = 0; i < removed; i++)
    {
      LinnetMessage *message = at (self, position + i);

      g_ptr_array_add (gone, g_object_ref (message));
      g_hash_table_remove (self->by_id, linnet_message_get_id (message));
      if (message == self->newest_read)
        self->newest_read = NULL;
    }
  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  for (guint i = 0; i < n_added; i++)
    {
      LinnetMessage *message = g_ptr_array_index (added, i);

      g_ptr_array_insert (self->items, (int) (position + i), g_object_ref (message));
      g_hash_table_insert (self->by_id, (gpointer) linnet_message_get_id (message), message);
    }
  place_range (self, position, n_added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, n_added);
  if (removed != n_added)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

/* Puts the row at `from` to `to` (a position in the list without it): one items-changed of the rows
 * between. */
static void
move (LinnetMessageList *self, guint from, guint to)
{
  guint first = MIN (from, to), n = MAX (from, to) - first + 1;
  gpointer message = at (self, from);

  if (from == to)
    return;
  g_ptr_array_steal_index (self->items, from);
  g_ptr_array_insert (self->items, (int) to, message);
  place_range (self, first, n);
  g_list_model_items_changed (G_LIST_MODEL (self), first, n, n);
}

static void
set_flag (LinnetMessageList *self, gboolean *flag, gboolean value, guint prop)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_load_state (LinnetMessageList *self, LinnetLoadState state)
{
  if (self->load_state == state)
    return;
  self->load_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOAD_STATE]);
}

/* Drops the oldest rows over the window: who reads the end has no use for them. */
static void
drop_oldest (LinnetMessageList *self)
{
  if (self->items->len <= WINDOW)
    return;
  splice (self, 0, self->items->len - WINDOW, NULL);
  set_flag (self, &self->at_start, FALSE, PROP_AT_START);
}

static void
drop_newest (LinnetMessageList *self)
{
  guint n = self->items->len;

  if (n <= WINDOW)
    return;
  set_flag (self, &self->at_end, FALSE, PROP_AT_END);
  splice (self, WINDOW, n - WINDOW, NULL);
}

/* Where a message of this time belongs, looking from the end: what waits to be sent and what is not
 * clearly younger stays above. */
static guint
find_place (LinnetMessageList *self, gint64 time)
{
  guint position = self->items->len;

  while (position > 0)
    {
      LinnetMessage *above = at (self, position - 1);

      if (linnet_message_is_waiting (above)
          || linnet_message_get_time (above) <= time + SLACK_SECONDS)
        break;
      position--;
    }
  return position;
}

/* A message that waited was sent now: what was received meanwhile is older and goes above it. */
static void
settle (LinnetMessageList *self, LinnetMessage *message)
{
  guint from = linnet_message_list_get_position (self, message);
  guint to = from;

  if (from == G_MAXUINT)
    return;
  while (to + 1 < self->items->len)
    {
      LinnetMessage *below = at (self, to + 1);

      if (linnet_message_is_waiting (below)
          || linnet_message_get_time (below) + SLACK_SECONDS >= linnet_message_get_time (message))
        break;
      to++;
    }
  move (self, from, to);
}

/* The divider */

static void
set_divider_message (LinnetMessageList *self, LinnetMessage *message)
{
  g_autoptr (LinnetMessage) old = g_steal_pointer (&self->divider);
  guint position;

  self->divider = message != NULL ? g_object_ref (message) : NULL;
  if (old == message)
    return;
  if (old != NULL)
    {
      linnet_message_set_first_unread (old, FALSE);
      position = linnet_message_list_get_position (self, old);
      if (position != G_MAXUINT)
        place_range (self, position, 1);
    }
  if (message != NULL)
    {
      linnet_message_set_first_unread (message, TRUE);
      place_range (self, linnet_message_list_get_position (self, message), 1);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FIRST_UNREAD]);
}

/* Position of the n-th newest received message, or G_MAXUINT when fewer are loaded; then
 * ret_oldest is the position of the oldest received one. */
static guint
find_nth_received (LinnetMessageList *self, guint n, guint *ret_oldest)
{
  *ret_oldest = G_MAXUINT;
  for (guint i = self->items->len; i > 0; i--)
    {
      if (linnet_message_get_is_own (at (self, i - 1)))
        continue;
      *ret_oldest = i - 1;
      if (--n == 0)
        return i - 1;
    }
  return G_MAXUINT;
}

static void
place_divider (LinnetMessageList *self)
{
  guint position, oldest;

  if (self->divider_wanted == 0 || !self->is_loaded)
    return;
  position = find_nth_received (self, self->divider_wanted, &oldest);
  if (position == G_MAXUINT && self->items->len < DIVIDER_PAGE_MAX && !self->at_start
      && self->load_state != LINNET_LOAD_FAILED)
    {
      linnet_message_list_load_older (self);
      return;
    }
  self->divider_wanted = 0;
  if (position == G_MAXUINT)
    position = oldest;
  if (position != G_MAXUINT)
    set_divider_message (self, at (self, position));
}

void
linnet_message_list_set_divider (LinnetMessageList *self, guint unread)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  self->divider_wanted = unread;
  if (unread == 0)
    set_divider_message (self, NULL);
  else
    place_divider (self);
}

/* Loading */

static LinnetMessage *
find_of (LinnetMessageList *self, const ImMsg *msg)
{
  g_autofree char *id = linnet_message_make_id (msg);

  return g_hash_table_lookup (self->by_id, id);
}

static void
update_one (LinnetMessageList *self, LinnetMessage *message, ImMsg *msg)
{
  gboolean was_waiting = linnet_message_is_waiting (message);

  linnet_message_update (message, msg);
  if (was_waiting && !linnet_message_is_waiting (message))
    settle (self, message);
  place_range (self, linnet_message_list_get_position (self, message), 1);
}

/* New objects of what is not in the list yet; what is, is brought up to date. */
static GPtrArray *
collect_new (LinnetMessageList *self, GPtrArray *msgs)
{
  GPtrArray *fresh = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < msgs->len; i++)
    {
      ImMsg *msg = g_ptr_array_index (msgs, i);
      LinnetMessage *known = find_of (self, msg);
      LinnetMessage *message;

      if (known != NULL)
        {
          update_one (self, known, msg);
          continue;
        }
      message = linnet_message_new (msg, self->peer_name);
      if (g_hash_table_add (seen, (gpointer) linnet_message_get_id (message)))
        g_ptr_array_add (fresh, message);
      else
        g_object_unref (message);
    }
  return fresh;
}

/* The first page is the truth about its range; what came meanwhile stands after it. */
static void
take_first_page (LinnetMessageList *self, GPtrArray *msgs)
{
  guint old_n = self->items->len;
  g_autoptr (GPtrArray) rest = g_steal_pointer (&self->items);
  g_autoptr (GHashTable) placed = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) old_ids = g_steal_pointer (&self->by_id);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  self->items = items;
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->newest_read = NULL;
  for (guint i = 0; i < msgs->len; i++)
    {
      ImMsg *msg = g_ptr_array_index (msgs, i);
      g_autofree char *id = linnet_message_make_id (msg);
      LinnetMessage *message = g_hash_table_lookup (old_ids, id);

      if (g_hash_table_contains (self->by_id, id))
        continue;
      if (message != NULL)
        linnet_message_update (g_object_ref (message), msg);
      else
        message = linnet_message_new (msg, self->peer_name);
      g_hash_table_add (placed, message);
      g_ptr_array_add (items, message);
      g_hash_table_insert (self->by_id, (gpointer) linnet_message_get_id (message), message);
    }
  for (guint i = 0; i < rest->len; i++)
    {
      LinnetMessage *message = g_ptr_array_index (rest, i);

      if (g_hash_table_contains (placed, message))
        continue;
      g_ptr_array_add (items, g_object_ref (message));
      g_hash_table_insert (self->by_id, (gpointer) linnet_message_get_id (message), message);
    }
  place_range (self, 0, items->len);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old_n, items->len);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

static void
on_first_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetMessageList) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean at_start = FALSE;
  g_autoptr (GPtrArray) msgs
      = linnet_backend_load_messages_finish (LINNET_BACKEND (source), result, &at_start, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (msgs != NULL)
    take_first_page (self, msgs);
  set_load_state (self, msgs != NULL ? LINNET_LOAD_IDLE : LINNET_LOAD_FAILED);
  set_flag (self, &self->at_start, msgs != NULL && at_start, PROP_AT_START);
  set_flag (self, &self->at_end, TRUE, PROP_AT_END);
  refresh_summaries (self);
  set_flag (self, &self->is_loaded, TRUE, PROP_IS_LOADED);
  place_divider (self);
}

static void
on_older_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetMessageList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fresh = NULL;
  gboolean at_start = FALSE;
  g_autoptr (GPtrArray) msgs
      = linnet_backend_load_messages_finish (LINNET_BACKEND (source), result, &at_start, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (msgs != NULL)
    {
      fresh = collect_new (self, msgs);
      splice (self, 0, 0, fresh);
      drop_newest (self);
      refresh_summaries (self);
    }
  set_load_state (self, msgs != NULL ? LINNET_LOAD_IDLE : LINNET_LOAD_FAILED);
  /* A page of nothing new would be asked for again for ever. */
  if (msgs != NULL)
    set_flag (self, &self->at_start, at_start || fresh->len == 0, PROP_AT_START);
  place_divider (self);
}

static void
load (LinnetMessageList *self, ImMsg *before, guint count, GAsyncReadyCallback callback)
{
  if (self->backend == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_load_state (self, LINNET_LOAD_RUNNING);
  linnet_backend_load_messages_async (self->backend, self->type, self->id, before, count,
                                      self->cancellable, callback, g_object_ref (self));
}

/* The oldest message the library knows, too: an echo it has not stored yet is nothing to start at.
 */
static ImMsg *
oldest_stored (LinnetMessageList *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      ImMsg *msg = linnet_message_get_msg (at (self, i));

      if (msg->unique_id != 0 || msg->server_time != 0)
        return msg;
    }
  return NULL;
}

void
linnet_message_list_load_older (LinnetMessageList *self)
{
  ImMsg *before;

  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  if (self->load_state == LINNET_LOAD_RUNNING || self->at_start)
    return;
  before = oldest_stored (self);
  load (self, before, PAGE, before != NULL ? on_older_page : on_first_page);
}

void
linnet_message_list_reload (LinnetMessageList *self)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  if (self->at_end)
    return;
  set_flag (self, &self->is_loaded, FALSE, PROP_IS_LOADED);
  splice (self, 0, self->items->len, NULL);
  load (self, NULL, PAGE, on_first_page);
}

/* What the conversation tells */

/* Runs of messages that go to the same place are one splice. */
static void
insert_all (LinnetMessageList *self, GPtrArray *fresh)
{
  guint i = 0;

  while (i < fresh->len)
    {
      g_autoptr (GPtrArray) run = g_ptr_array_new ();
      guint position = find_place (self, linnet_message_get_time (g_ptr_array_index (fresh, i)));

      do
        g_ptr_array_add (run, g_ptr_array_index (fresh, i++));
      while (i < fresh->len
             && (position == self->items->len
                 || find_place (self, linnet_message_get_time (g_ptr_array_index (fresh, i)))
                        == position));
      splice (self, position, 0, run);
    }
}

void
linnet_message_list_merge (LinnetMessageList *self, GPtrArray *msgs)
{
  g_autoptr (GPtrArray) fresh = NULL;

  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  if (!self->at_end && self->is_loaded)
    return;
  fresh = collect_new (self, msgs);
  insert_all (self, fresh);
  drop_oldest (self);
  refresh_summaries (self);
}

void
linnet_message_list_update (LinnetMessageList *self, GPtrArray *msgs)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  for (guint i = 0; i < msgs->len; i++)
    {
      ImMsg *msg = g_ptr_array_index (msgs, i);
      LinnetMessage *message = find_of (self, msg);

      if (message != NULL)
        update_one (self, message, msg);
    }
  refresh_summaries (self);
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
  splice (self, self->items->len, 0, one);
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
    set_divider_message (self, NULL);
  splice (self, position, 1, NULL);
  refresh_summaries (self);
}

void
linnet_message_list_move_to_end (LinnetMessageList *self, LinnetMessage *message)
{
  guint position;

  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  position = linnet_message_list_get_position (self, message);
  if (position == G_MAXUINT)
    return;
  place_range (self, position, 1);
  move (self, position, self->items->len - 1);
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
    place_range (self, position, 1);
}

void
linnet_message_list_set_peer_read (LinnetMessageList *self, gint64 up_to)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  for (guint i = 0; i < self->items->len; i++)
    {
      LinnetMessage *message = at (self, i);
      LinnetMessageState state = linnet_message_get_state (message);

      if ((state == LINNET_MESSAGE_SENT || state == LINNET_MESSAGE_DELIVERED)
          && linnet_message_get_time (message) <= up_to)
        linnet_message_set_peer_read (message);
    }
  refresh_newest_read (self);
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
      if (!is_unread (at (self, i)))
        continue;
      linnet_message_set_read (at (self, i));
      changed++;
    }
  refresh_unread (self);
  return changed;
}

void
linnet_message_list_refresh_times (LinnetMessageList *self)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  for (guint i = 0; i < self->items->len; i++)
    linnet_message_refresh_times (at (self, i));
}

void
linnet_message_list_close (LinnetMessageList *self)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->backend);
}

/* GObject */

static void
linnet_message_list_dispose (GObject *object)
{
  LinnetMessageList *self = LINNET_MESSAGE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->backend);
  g_clear_object (&self->divider);
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
  load (self, NULL, PAGE, on_first_page);
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
  return position < self->items->len ? at (self, position) : NULL;
}

guint
linnet_message_list_get_position (LinnetMessageList *self, LinnetMessage *message)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_LIST (self), G_MAXUINT);

  /* From the end: that is where what is looked for mostly is. */
  for (guint i = self->items->len; i > 0; i--)
    {
      if (at (self, i - 1) == message)
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
