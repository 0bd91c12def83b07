/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-message-list-rows.h"

#include "linnet-message-list-private.h"
#include "linnet-message-private.h"

#define DIVIDER_PAGE_MAX 300
#define WINDOW 2000
/* What arrives is placed by its time only when it is older than this against what is there: servers
 * stamp whole seconds and clocks differ. */
#define SLACK_SECONDS 5

/* Neighbours */

static void
place_one (LinnetMessageList *self, guint position)
{
  LinnetMessage *message = linnet_message_list_at (self, position);
  LinnetMessage *above = position > 0 ? linnet_message_list_at (self, position - 1) : NULL;
  LinnetMessage *below
      = position + 1 < self->items->len ? linnet_message_list_at (self, position + 1) : NULL;
  LinnetMessagePlace place;

  place.starts_group = above == NULL || !linnet_message_groups_with (above, message);
  place.ends_group = below == NULL || !linnet_message_groups_with (message, below);
  place.starts_day
      = above == NULL
        || g_strcmp0 (linnet_message_get_day (above), linnet_message_get_day (message)) != 0;
  linnet_message_set_place (message, &place);
}

void
linnet_message_list_place_range (LinnetMessageList *self, guint first, guint n)
{
  guint from = first > 0 ? first - 1 : 0;
  guint to = MIN (first + n + 1, self->items->len);

  for (guint i = from; i < to; i++)
    place_one (self, i);
}

/* The newest own message that was read carries the word. */
void
linnet_message_list_refresh_newest_read (LinnetMessageList *self)
{
  LinnetMessage *newest = NULL;

  for (guint i = self->items->len; i > 0 && newest == NULL; i--)
    {
      if (linnet_message_get_state (linnet_message_list_at (self, i - 1)) == LINNET_MESSAGE_READ)
        newest = linnet_message_list_at (self, i - 1);
    }
  if (newest == self->newest_read)
    return;
  if (self->newest_read != NULL)
    linnet_message_set_shows_state_word (self->newest_read, FALSE);
  self->newest_read = newest;
  if (newest != NULL)
    linnet_message_set_shows_state_word (newest, TRUE);
}

void
linnet_message_list_refresh_unread (LinnetMessageList *self)
{
  guint unread = 0;

  for (guint i = 0; i < self->items->len; i++)
    unread += linnet_message_is_unread (linnet_message_list_at (self, i)) ? 1 : 0;
  if (unread == self->unread_below)
    return;
  self->unread_below = unread;
  g_object_notify (G_OBJECT (self), "unread-below");
}

void
linnet_message_list_refresh_summaries (LinnetMessageList *self)
{
  linnet_message_list_refresh_newest_read (self);
  linnet_message_list_refresh_unread (self);
}

/* Changing the rows */

void
linnet_message_list_splice (LinnetMessageList *self,
                            guint position,
                            guint removed,
                            GPtrArray *added)
{
  guint n_added = added != NULL ? added->len : 0;
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  if (removed == 0 && n_added == 0)
    return;
  for (guint i = 0; i < removed; i++)
    {
      LinnetMessage *message = linnet_message_list_at (self, position + i);

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
  linnet_message_list_place_range (self, position, n_added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, n_added);
  if (removed != n_added)
    g_object_notify (G_OBJECT (self), "n-items");
}

void
linnet_message_list_move (LinnetMessageList *self, guint from, guint to)
{
  guint first = MIN (from, to), n = MAX (from, to) - first + 1;
  gpointer message = linnet_message_list_at (self, from);

  if (from == to)
    return;
  g_ptr_array_steal_index (self->items, from);
  g_ptr_array_insert (self->items, (int) to, message);
  linnet_message_list_place_range (self, first, n);
  g_list_model_items_changed (G_LIST_MODEL (self), first, n, n);
}

void
linnet_message_list_set_flag (LinnetMessageList *self,
                              gboolean *flag,
                              gboolean value,
                              const char *name)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify (G_OBJECT (self), name);
}

void
linnet_message_list_set_load_state (LinnetMessageList *self, LinnetLoadState state)
{
  if (self->load_state == state)
    return;
  self->load_state = state;
  g_object_notify (G_OBJECT (self), "load-state");
}

void
linnet_message_list_drop_oldest (LinnetMessageList *self)
{
  if (self->items->len <= WINDOW)
    return;
  linnet_message_list_splice (self, 0, self->items->len - WINDOW, NULL);
  linnet_message_list_set_flag (self, &self->at_start, FALSE, "at-start");
}

void
linnet_message_list_drop_newest (LinnetMessageList *self)
{
  if (self->items->len <= WINDOW)
    return;
  linnet_message_list_set_flag (self, &self->at_end, FALSE, "at-end");
  linnet_message_list_splice (self, WINDOW, self->items->len - WINDOW, NULL);
}

void
linnet_message_list_prune (LinnetMessageList *self)
{
  guint position
      = self->viewed != NULL ? linnet_message_list_get_position (self, self->viewed) : G_MAXUINT;

  if (position < self->items->len / 2)
    linnet_message_list_drop_newest (self);
  else
    linnet_message_list_drop_oldest (self);
}

guint
linnet_message_list_find_place (LinnetMessageList *self, gint64 time)
{
  guint position = self->items->len;

  while (position > 0)
    {
      LinnetMessage *above = linnet_message_list_at (self, position - 1);

      if (linnet_message_is_waiting (above)
          || linnet_message_get_time (above) <= time + SLACK_SECONDS)
        break;
      position--;
    }
  return position;
}

void
linnet_message_list_settle (LinnetMessageList *self, LinnetMessage *message)
{
  guint from = linnet_message_list_get_position (self, message);
  guint to = from;

  if (from == G_MAXUINT)
    return;
  while (to + 1 < self->items->len)
    {
      LinnetMessage *below = linnet_message_list_at (self, to + 1);

      if (linnet_message_is_waiting (below)
          || linnet_message_get_time (below) + SLACK_SECONDS >= linnet_message_get_time (message))
        break;
      to++;
    }
  linnet_message_list_move (self, from, to);
}

/* The divider */

void
linnet_message_list_set_divider_message (LinnetMessageList *self, LinnetMessage *message)
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
        linnet_message_list_place_range (self, position, 1);
    }
  if (message != NULL)
    {
      linnet_message_set_first_unread (message, TRUE);
      linnet_message_list_place_range (self, linnet_message_list_get_position (self, message), 1);
    }
  g_object_notify (G_OBJECT (self), "first-unread");
}

/* Position of the n-th newest received message, or G_MAXUINT when fewer are loaded; then
 * ret_oldest is the position of the oldest received one. */
static guint
find_nth_received (LinnetMessageList *self, guint n, guint *ret_oldest)
{
  *ret_oldest = G_MAXUINT;
  for (guint i = self->items->len; i > 0; i--)
    {
      if (linnet_message_get_is_own (linnet_message_list_at (self, i - 1)))
        continue;
      *ret_oldest = i - 1;
      if (--n == 0)
        return i - 1;
    }
  return G_MAXUINT;
}

void
linnet_message_list_place_divider (LinnetMessageList *self)
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
    linnet_message_list_set_divider_message (self, linnet_message_list_at (self, position));
}

void
linnet_message_list_set_divider (LinnetMessageList *self, guint unread)
{
  g_return_if_fail (LINNET_IS_MESSAGE_LIST (self));

  self->divider_wanted = unread;
  if (unread == 0)
    linnet_message_list_set_divider_message (self, NULL);
  else
    linnet_message_list_place_divider (self);
}
