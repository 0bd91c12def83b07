/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-message-list-private.h"

#include "im-msg.h"
#include "linnet-error.h"
#include "linnet-message-private.h"

#define PAGE 30
#define DIVIDER_PAGE_MAX 300
#define WINDOW 2000
/* What arrives is placed by its time only when it is older than this against what is there: servers
 * stamp whole seconds and clocks differ. */
#define SLACK_SECONDS 5

/* What is being loaded: one thing at a time. */
typedef enum
{
  LOADING_NOTHING,
  LOADING_FIRST,
  LOADING_OLDER,
  LOADING_NEWER,
  LOADING_AROUND,
} Loading;

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
  LinnetMessage *viewed;      /* owned, nullable: what the reader looks at; NULL: the end */

  Loading loading;
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
  if (self->items->len <= WINDOW)
    return;
  set_flag (self, &self->at_end, FALSE, PROP_AT_END);
  splice (self, WINDOW, self->items->len - WINDOW, NULL);
}

/* What is over the window goes at the end that is farther from the reader. */
static void
prune (LinnetMessageList *self)
{
  guint position
      = self->viewed != NULL ? linnet_message_list_get_position (self, self->viewed) : G_MAXUINT;

  if (position < self->items->len / 2)
    drop_newest (self);
  else
    drop_oldest (self);
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

  if (self->divider_wanted == 0 || !self->is_loaded || !self->at_end)
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

/* The row of a message that enters: a new one, or the one that carries the divider, which may have
 * left the window and comes back. */
static LinnetMessage *
make_row (LinnetMessageList *self, ImMsg *msg)
{
  g_autofree char *id = linnet_message_make_id (msg);

  if (self->divider == NULL || g_strcmp0 (linnet_message_get_id (self->divider), id) != 0)
    return linnet_message_new (msg, self->peer_name);
  linnet_message_update (self->divider, msg);
  return g_object_ref (self->divider);
}

/* Rows of what is not in the list yet; what is, is brought up to date. */
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
      message = make_row (self, msg);
      if (g_hash_table_add (seen, (gpointer) linnet_message_get_id (message)))
        g_ptr_array_add (fresh, message);
      else
        g_object_unref (message);
    }
  return fresh;
}

/* Rows of a whole window, in its order: those that are in the list stay the same objects. */
static GPtrArray *
collect_window (LinnetMessageList *self, GPtrArray *msgs)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < msgs->len; i++)
    {
      ImMsg *msg = g_ptr_array_index (msgs, i);
      LinnetMessage *known = find_of (self, msg);
      g_autoptr (LinnetMessage) row = known != NULL ? g_object_ref (known) : make_row (self, msg);

      if (known != NULL)
        linnet_message_update (known, msg);
      if (g_hash_table_add (seen, (gpointer) linnet_message_get_id (row)))
        g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  return rows;
}

/* The first page is the truth about its range; what came meanwhile stands after it. */
static void
take_first_page (LinnetMessageList *self, GPtrArray *msgs)
{
  g_autoptr (GPtrArray) rows = collect_window (self, msgs);
  g_autoptr (GHashTable) placed = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (placed, g_ptr_array_index (rows, i));
  for (guint i = 0; i < self->items->len; i++)
    if (!g_hash_table_contains (placed, at (self, i)))
      g_ptr_array_add (rows, g_object_ref (at (self, i)));
  splice (self, 0, self->items->len, rows);
}

/* Ends the load under way, without an answer. */
static void
stop_loading (LinnetMessageList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->loading = LOADING_NOTHING;
}

static void
start_loading (LinnetMessageList *self, Loading loading, ImMsg *from, GAsyncReadyCallback callback)
{
  if (self->backend == NULL)
    return;
  stop_loading (self);
  self->loading = loading;
  self->cancellable = g_cancellable_new ();
  if (loading == LOADING_FIRST || loading == LOADING_OLDER)
    set_load_state (self, LINNET_LOAD_RUNNING);
  linnet_backend_load_messages_async (self->backend, self->type, self->id, from,
                                      loading == LOADING_NEWER, PAGE, self->cancellable, callback,
                                      g_object_ref (self));
}

/* NULL: it failed, or was given up for another load (ret_is_stale). */
static GPtrArray *
finish_page (LinnetMessageList *self,
             GObject *source,
             GAsyncResult *result,
             gboolean *ret_is_last,
             gboolean *ret_is_stale)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *msgs
      = linnet_backend_load_messages_finish (LINNET_BACKEND (source), result, ret_is_last, &error);

  *ret_is_stale = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (!*ret_is_stale)
    self->loading = LOADING_NOTHING;
  return msgs;
}

static void
on_first_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetMessageList) self = user_data;
  gboolean at_start = FALSE;
  gboolean is_stale;
  g_autoptr (GPtrArray) msgs = finish_page (self, source, result, &at_start, &is_stale);

  if (is_stale)
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
  g_autoptr (GPtrArray) fresh = NULL;
  gboolean at_start = FALSE;
  gboolean is_stale;
  g_autoptr (GPtrArray) msgs = finish_page (self, source, result, &at_start, &is_stale);

  if (is_stale)
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
on_newer_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetMessageList) self = user_data;
  g_autoptr (GPtrArray) fresh = NULL;
  gboolean at_end = FALSE;
  gboolean is_stale;
  g_autoptr (GPtrArray) msgs = finish_page (self, source, result, &at_end, &is_stale);

  if (is_stale || msgs == NULL)
    return;
  fresh = collect_new (self, msgs);
  splice (self, self->items->len, 0, fresh);
  drop_oldest (self);
  refresh_summaries (self);
  set_flag (self, &self->at_end, at_end || fresh->len == 0, PROP_AT_END);
}

/* Does the library know it, too? An echo it has not stored yet is nothing to start at. */
static gboolean
is_stored (LinnetMessage *message)
{
  const ImMsg *msg = linnet_message_get_msg (message);

  return msg->unique_id != 0 || msg->server_time != 0;
}

static ImMsg *
oldest_stored (LinnetMessageList *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (is_stored (at (self, i)))
      return linnet_message_get_msg (at (self, i));
  return NULL;
}

static ImMsg *
newest_stored (LinnetMessageList *self)
{
  for (guint i = self->items->len; i > 0; i--)
    if (is_stored (at (self, i - 1)))
      return linnet_message_get_msg (at (self, i - 1));
  return NULL;
}

void
linnet_message_list_load_older (LinnetMessageList *self)
{
  ImMsg *from;

  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  if (self->loading != LOADING_NOTHING || self->at_start)
    return;
  from = oldest_stored (self);
  if (from != NULL)
    start_loading (self, LOADING_OLDER, from, on_older_page);
  else
    start_loading (self, LOADING_FIRST, NULL, on_first_page);
}

void
linnet_message_list_load_newer (LinnetMessageList *self)
{
  ImMsg *from;

  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  from = newest_stored (self);
  if (self->loading == LOADING_NOTHING && !self->at_end && from != NULL)
    start_loading (self, LOADING_NEWER, from, on_newer_page);
}

void
linnet_message_list_reload (LinnetMessageList *self)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  if (self->at_end)
    return;
  set_flag (self, &self->is_loaded, FALSE, PROP_IS_LOADED);
  splice (self, 0, self->items->len, NULL);
  start_loading (self, LOADING_FIRST, NULL, on_first_page);
}

/* Around a message: the page before it, then the page after it, then both take the place of all
 * that is there. */

typedef struct
{
  ImMsg *msg;      /* owned */
  GPtrArray *msgs; /* owned, of ImMsg: what is known of the window */
  gboolean at_start;
} Around;

static void
around_free (gpointer data)
{
  Around *around = data;

  im_json_unref (around->msg);
  g_clear_pointer (&around->msgs, g_ptr_array_unref);
  g_free (around);
}

static GPtrArray *
finish_around (GTask *task, GObject *source, GAsyncResult *result, gboolean *ret_is_last)
{
  LinnetMessageList *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  GPtrArray *msgs
      = linnet_backend_load_messages_finish (LINNET_BACKEND (source), result, ret_is_last, &error);

  if (msgs != NULL)
    return msgs;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->loading = LOADING_NOTHING;
  g_task_return_error (task, g_steal_pointer (&error));
  return NULL;
}

static void
on_after_around (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinnetMessageList *self = g_task_get_source_object (task);
  Around *around = g_task_get_task_data (task);
  g_autoptr (GPtrArray) rows = NULL;
  gboolean at_end = FALSE;
  g_autoptr (GPtrArray) newer = finish_around (task, source, result, &at_end);

  if (newer == NULL)
    return;
  self->loading = LOADING_NOTHING;
  for (guint i = 0; i < newer->len; i++)
    g_ptr_array_add (around->msgs, im_json_ref (g_ptr_array_index (newer, i)));
  rows = collect_window (self, around->msgs);
  splice (self, 0, self->items->len, rows);
  set_load_state (self, LINNET_LOAD_IDLE);
  set_flag (self, &self->at_start, around->at_start, PROP_AT_START);
  set_flag (self, &self->at_end, at_end, PROP_AT_END);
  refresh_summaries (self);
  set_flag (self, &self->is_loaded, TRUE, PROP_IS_LOADED);
  g_task_return_pointer (task, g_object_ref (find_of (self, around->msg)), g_object_unref);
}

static void
on_before_around (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinnetMessageList *self = g_task_get_source_object (task);
  Around *around = g_task_get_task_data (task);

  around->msgs = finish_around (task, source, result, &around->at_start);
  if (around->msgs == NULL)
    return;
  g_ptr_array_add (around->msgs, im_json_ref (around->msg));
  linnet_backend_load_messages_async (self->backend, self->type, self->id, around->msg, TRUE, PAGE,
                                      self->cancellable, on_after_around, g_steal_pointer (&task));
}

void
linnet_message_list_load_around_async (LinnetMessageList *self,
                                       ImMsg *msg,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LinnetMessage *known;
  Around *around;

  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));
  g_return_if_fail (msg != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linnet_message_list_load_around_async);
  known = find_of (self, msg);
  if (known != NULL)
    return g_task_return_pointer (task, g_object_ref (known), g_object_unref);
  if (self->backend == NULL)
    return g_task_return_error (task, linnet_error_new (LINNET_ERROR_CANCELLED, "closed"));
  around = g_new0 (Around, 1);
  around->msg = im_json_ref (msg);
  g_task_set_task_data (task, around, around_free);
  stop_loading (self);
  self->loading = LOADING_AROUND;
  self->cancellable = g_cancellable_new ();
  linnet_backend_load_messages_async (self->backend, self->type, self->id, msg, FALSE, PAGE,
                                      self->cancellable, on_before_around, g_steal_pointer (&task));
}

LinnetMessage *
linnet_message_list_load_around_finish (LinnetMessageList *self,
                                        GAsyncResult *result,
                                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
linnet_message_list_set_viewed (LinnetMessageList *self, LinnetMessage *viewed)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));
  g_set_object (&self->viewed, viewed);
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
  prune (self);
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

  stop_loading (self);
  g_clear_object (&self->backend);
}

/* GObject */

static void
linnet_message_list_dispose (GObject *object)
{
  LinnetMessageList *self = LINNET_MESSAGE_LIST (object);

  stop_loading (self);
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
  start_loading (self, LOADING_FIRST, NULL, on_first_page);
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
