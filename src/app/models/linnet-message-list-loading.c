/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-message-list-private.h"
#include "linnet-message-list-rows.h"

#include "im-msg.h"
#include "linnet-error.h"
#include "linnet-message-private.h"

#define PAGE 30

LinnetMessage *
linnet_message_list_find_of (LinnetMessageList *self, const ImMsg *msg)
{
  g_autofree char *id = linnet_message_make_id (msg);

  return g_hash_table_lookup (self->by_id, id);
}

void
linnet_message_list_update_one (LinnetMessageList *self, LinnetMessage *message, ImMsg *msg)
{
  gboolean was_waiting = linnet_message_is_waiting (message);

  linnet_message_update (message, msg);
  if (was_waiting && !linnet_message_is_waiting (message))
    linnet_message_list_settle (self, message);
  linnet_message_list_place_range (self, linnet_message_list_get_position (self, message), 1);
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

GPtrArray *
linnet_message_list_collect_new (LinnetMessageList *self, GPtrArray *msgs)
{
  GPtrArray *fresh = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < msgs->len; i++)
    {
      ImMsg *msg = g_ptr_array_index (msgs, i);
      LinnetMessage *known = linnet_message_list_find_of (self, msg);
      LinnetMessage *message;

      if (known != NULL)
        {
          linnet_message_list_update_one (self, known, msg);
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
      LinnetMessage *known = linnet_message_list_find_of (self, msg);
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
    if (!g_hash_table_contains (placed, linnet_message_list_at (self, i)))
      g_ptr_array_add (rows, g_object_ref (linnet_message_list_at (self, i)));
  linnet_message_list_splice (self, 0, self->items->len, rows);
}

void
linnet_message_list_stop_loading (LinnetMessageList *self)
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
  linnet_message_list_stop_loading (self);
  self->loading = loading;
  self->cancellable = g_cancellable_new ();
  if (loading == LOADING_FIRST || loading == LOADING_OLDER)
    linnet_message_list_set_load_state (self, LINNET_LOAD_RUNNING);
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
  linnet_message_list_set_load_state (self, msgs != NULL ? LINNET_LOAD_IDLE : LINNET_LOAD_FAILED);
  linnet_message_list_set_flag (self, &self->at_start, msgs != NULL && at_start, "at-start");
  linnet_message_list_set_flag (self, &self->at_end, TRUE, "at-end");
  linnet_message_list_refresh_summaries (self);
  linnet_message_list_set_flag (self, &self->is_loaded, TRUE, "is-loaded");
  linnet_message_list_place_divider (self);
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
      fresh = linnet_message_list_collect_new (self, msgs);
      linnet_message_list_splice (self, 0, 0, fresh);
      linnet_message_list_drop_newest (self);
      linnet_message_list_refresh_summaries (self);
    }
  linnet_message_list_set_load_state (self, msgs != NULL ? LINNET_LOAD_IDLE : LINNET_LOAD_FAILED);
  /* A page of nothing new would be asked for again for ever. */
  if (msgs != NULL)
    linnet_message_list_set_flag (self, &self->at_start, at_start || fresh->len == 0, "at-start");
  linnet_message_list_place_divider (self);
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
  fresh = linnet_message_list_collect_new (self, msgs);
  linnet_message_list_splice (self, self->items->len, 0, fresh);
  linnet_message_list_drop_oldest (self);
  linnet_message_list_refresh_summaries (self);
  linnet_message_list_set_flag (self, &self->at_end, at_end || fresh->len == 0, "at-end");
}

void
linnet_message_list_load_first (LinnetMessageList *self)
{
  start_loading (self, LOADING_FIRST, NULL, on_first_page);
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
    if (is_stored (linnet_message_list_at (self, i)))
      return linnet_message_get_msg (linnet_message_list_at (self, i));
  return NULL;
}

static ImMsg *
newest_stored (LinnetMessageList *self)
{
  for (guint i = self->items->len; i > 0; i--)
    if (is_stored (linnet_message_list_at (self, i - 1)))
      return linnet_message_get_msg (linnet_message_list_at (self, i - 1));
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
    linnet_message_list_load_first (self);
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
  linnet_message_list_set_flag (self, &self->is_loaded, FALSE, "is-loaded");
  linnet_message_list_splice (self, 0, self->items->len, NULL);
  linnet_message_list_load_first (self);
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
  linnet_message_list_splice (self, 0, self->items->len, rows);
  linnet_message_list_set_load_state (self, LINNET_LOAD_IDLE);
  linnet_message_list_set_flag (self, &self->at_start, around->at_start, "at-start");
  linnet_message_list_set_flag (self, &self->at_end, at_end, "at-end");
  linnet_message_list_refresh_summaries (self);
  linnet_message_list_set_flag (self, &self->is_loaded, TRUE, "is-loaded");
  g_task_return_pointer (task, g_object_ref (linnet_message_list_find_of (self, around->msg)),
                         g_object_unref);
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
  known = linnet_message_list_find_of (self, msg);
  if (known != NULL)
    return g_task_return_pointer (task, g_object_ref (known), g_object_unref);
  if (self->backend == NULL)
    return g_task_return_error (task, linnet_error_new (LINNET_ERROR_CANCELLED, "closed"));
  around = g_new0 (Around, 1);
  around->msg = im_json_ref (msg);
  g_task_set_task_data (task, around, around_free);
  linnet_message_list_stop_loading (self);
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
