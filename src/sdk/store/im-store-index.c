/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-index.h"

#include "im-elem.h"
#include "im-msg-text.h"
#include "im-store-words.h"

#include <string.h>

#define SLOTS (1 << IM_STORE_KEY_SLOT_BITS)
/* Messages that are indexed between two looks at the clock. */
#define STEP_MESSAGES 8
/* Pages of the index that are written in between when it is merged: some 1.2 ms. FTS5 does not part
 * what one word has, so that it may be more. */
#define STEP_PAGES 16

/* What a row of message_text is made of. Deleting wants the same words again. */
typedef struct
{
  gint64 key;
  char *text;
  char *tags;
} Entry;

static void
entry_clear (Entry *entry)
{
  g_free (entry->text);
  g_free (entry->tags);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entry, entry_clear)

/* Tags */

void
im_store_index_append_kind (GString *tags, gint64 elem_type)
{
  g_string_append_printf (tags, "%s%c%" G_GUINT64_FORMAT, tags->len > 0 ? " " : "",
                          IM_STORE_TAG_KIND, elem_type >= 0 ? (guint64) elem_type : G_MAXUINT64);
}

void
im_store_index_append_sender (GString *tags, const char *sender)
{
  g_string_append_printf (tags, "%s%c", tags->len > 0 ? " " : "", IM_STORE_TAG_SENDER);
  for (const char *c = sender; *c != '\0'; c++)
    g_string_append_printf (tags, "%02x", (guint) (guchar) *c);
}

static char *
tags_of (const ImMsg *msg, const char *sender)
{
  GString *tags = g_string_new (NULL);

  for (guint i = 0; msg->elems != NULL && i < msg->elems->len; i++)
    im_store_index_append_kind (tags, ((const ImElem *) g_ptr_array_index (msg->elems, i))->type);
  im_store_index_append_sender (tags, sender);
  return g_string_free (tags, FALSE);
}

/* Out of what the database holds, whatever was given to it. */
static void
entry_fill (Entry *entry, const char *sender, const char *json)
{
  g_autoptr (ImMsg) msg
      = json != NULL ? im_json_parse (&im_msg_type, json, -1, IM_JSON_LENIENT, NULL) : NULL;
  g_autofree char *text = NULL;

  if (msg == NULL)
    msg = im_json_new (&im_msg_type);
  text = im_msg_dup_searchable_text (msg);
  entry->text = im_store_words (text);
  entry->tags = tags_of (msg, sender != NULL ? sender : "");
}

/* Keys */

/* A place in this second: behind the newest there, or before the oldest, by the order of the
 * conversation; 0 when it is full. */
static gboolean
find_slot (ImStore *self,
           gint64 conversation,
           guint64 time_s,
           gint64 sort_key,
           gint64 *ret_key,
           GError **error)
{
  gint64 first = IM_STORE_KEY_FIRST (conversation, time_s);
  gint64 last = IM_STORE_KEY_LAST (conversation, time_s);
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_SEARCH_NEWEST_IN, "ii", first, last);
  int result = im_store_step (self, statement, error);
  gint64 newest = 0;
  gint64 oldest = 0;
  gboolean is_newer;

  *ret_key = first + SLOTS / 2;
  if (result <= 0)
    return result == 0;
  newest = sqlite3_column_int64 (statement, 0);
  is_newer = sqlite3_column_int64 (statement, 1) < sort_key;
  sqlite3_reset (statement);
  if (!im_store_get_int64 (self,
                           im_store_prepare (self, IM_SQL_SEARCH_OLDEST_IN, "ii", first, last),
                           newest, &oldest, error))
    return FALSE;
  if (newest < last && (is_newer || oldest == first))
    *ret_key = newest + 1;
  else
    *ret_key = oldest > first ? oldest - 1 : 0;
  return TRUE;
}

static gboolean
find_key (ImStore *self,
          gint64 conversation,
          guint64 time_s,
          gint64 sort_key,
          gint64 *ret_key,
          GError **error)
{
  guint64 second = MIN (time_s, G_MAXUINT32);

  /* More than a thousand of one second spill into the seconds after it. */
  do
    if (!find_slot (self, conversation, second, sort_key, ret_key, error))
      return FALSE;
  while (*ret_key == 0 && second++ < G_MAXUINT32);
  return TRUE;
}

/* Adding and removing */

static gboolean
write_entry (ImStore *self, ImSql sql, const Entry *entry, GError **error)
{
  self->has_pieces = TRUE;
  return im_store_run (self,
                       im_store_prepare (self, sql, "iss", entry->key, entry->text, entry->tags),
                       error);
}

/* What is in the index already stays; what was revoked says nothing. */
static gboolean
index_add (ImStore *self, gint64 row_id, GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_SEARCH_MESSAGE, "i", row_id);
  int result = im_store_step (self, statement, error);
  g_auto (Entry) entry = { 0 };
  gint64 conversation, sort_key;
  guint64 time_s;

  if (result <= 0)
    return result == 0;
  conversation = sqlite3_column_int64 (statement, 0);
  sort_key = sqlite3_column_int64 (statement, 1);
  time_s = (guint64) MAX (sqlite3_column_int64 (statement, 2), 0);
  entry_fill (&entry, im_store_column_text (statement, 3), im_store_column_text (statement, 4));
  sqlite3_reset (statement);
  if (conversation > IM_STORE_KEY_CONVERSATION_MAX)
    return TRUE;
  if (!find_key (self, conversation, time_s, sort_key, &entry.key, error))
    return FALSE;
  return entry.key == 0
         || (write_entry (self, IM_SQL_SEARCH_TEXT_ADD, &entry, error)
             && im_store_run (self,
                              im_store_prepare (self, IM_SQL_SEARCH_ADD, "ii", entry.key, row_id),
                              error));
}

static void
tell_watcher (ImStore *self)
{
  if (self->on_new != NULL)
    self->on_new (self->n_new, self->on_new_data);
}

/* Takes the words of the statement's row out: key, sender, JSON. */
static gboolean
remove_text (ImStore *self, sqlite3_stmt *statement, GError **error)
{
  g_auto (Entry) entry = { .key = sqlite3_column_int64 (statement, 0) };

  entry_fill (&entry, im_store_column_text (statement, 1), im_store_column_text (statement, 2));
  tell_watcher (self);
  return write_entry (self, IM_SQL_SEARCH_TEXT_REMOVE, &entry, error);
}

gboolean
im_store_index_remove (ImStore *self, gint64 row_id, GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_SEARCH_OF_MESSAGE, "i", row_id);
  int result = im_store_step (self, statement, error);
  gboolean ok;

  if (result <= 0)
    return result == 0;
  ok = remove_text (self, statement, error);
  sqlite3_reset (statement);
  return ok
         && im_store_run (self, im_store_prepare (self, IM_SQL_SEARCH_REMOVE, "i", row_id), error);
}

gboolean
im_store_index_set_content (ImStore *self, gint64 row_id, const char *json, GError **error)
{
  gint64 has = 0;

  return im_store_get_int64 (self, im_store_prepare (self, IM_SQL_SEARCH_HAS, "i", row_id), 0, &has,
                             error)
         && im_store_index_remove (self, row_id, error)
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_MESSAGE_SET_JSON, "is", row_id, json),
                          error)
         && (has == 0 || index_add (self, row_id, error));
}

gboolean
im_store_index_remove_all (ImStore *self, gint64 conversation, GError **error)
{
  gint64 first = IM_STORE_KEY_FIRST (conversation, 0);
  gint64 last = IM_STORE_KEY_LAST (conversation, G_MAXUINT32);
  sqlite3_stmt *statement
      = im_store_prepare (self, IM_SQL_SEARCH_OF_CONVERSATION, "ii", first, last);
  gboolean ok = TRUE;
  int result;

  if (conversation > IM_STORE_KEY_CONVERSATION_MAX)
    return TRUE;
  while (ok && (result = im_store_step (self, statement, error)) != 0)
    ok = result == 1 && remove_text (self, statement, error);
  sqlite3_reset (statement);
  return ok
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_SEARCH_REMOVE_RANGE, "ii", first, last),
                          error);
}

gboolean
im_store_index_move (ImStore *self, gint64 row_id, GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_SEARCH_OF_MESSAGE, "i", row_id);
  int result = im_store_step (self, statement, error);
  gboolean is_right;

  if (result <= 0)
    return result == 0;
  is_right = im_store_key_time_s (sqlite3_column_int64 (statement, 0))
             == (guint32) CLAMP (sqlite3_column_int64 (statement, 3), 0, G_MAXUINT32);
  sqlite3_reset (statement);
  return is_right
         || (im_store_index_remove (self, row_id, error) && index_add (self, row_id, error));
}

/* In the background */

void
im_store_index_watch (ImStore *self, ImStoreNewFunc func, gpointer user_data)
{
  self->on_new = func;
  self->on_new_data = user_data;
}

void
im_store_index_note_new (ImStore *self)
{
  self->n_new++;
  tell_watcher (self);
}

gboolean
im_store_index_note_deleted (ImStore *self, GError **error)
{
  return im_store_run (self, im_store_prepare (self, IM_SQL_SEARCH_DELETED, ""), error);
}

/* Case folding and normal forms are GLib's, whose Unicode tables grow. */
static char *
dup_words_stamp (void)
{
  return g_strdup_printf ("%d glib %u.%u", IM_STORE_WORDS_VERSION, glib_major_version,
                          glib_minor_version);
}

static gboolean
begin_anew (ImStore *self, const char *stamp, GError **error)
{
  return im_store_run (self, im_store_prepare (self, IM_SQL_SEARCH_TEXT_REMOVE_ALL, ""), error)
         && im_store_run (self, im_store_prepare (self, IM_SQL_SEARCH_REMOVE_EVERYTHING, ""), error)
         && im_store_run (self, im_store_prepare (self, IM_SQL_SEARCH_BEGIN, "s", stamp), error);
}

gboolean
im_store_index_check (ImStore *self, gboolean is_suspect, GError **error)
{
  g_autofree char *stamp = dup_words_stamp ();
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_SEARCH_STATE, "");
  int result = im_store_step (self, statement, error);
  gboolean is_right;

  if (result < 0)
    return FALSE;
  is_right
      = result == 1 && !is_suspect && g_strcmp0 (im_store_column_text (statement, 2), stamp) == 0;
  sqlite3_reset (statement);
  return is_right
         || (im_store_begin (self, error)
             && im_store_end (self, begin_anew (self, stamp, error), error));
}

/* What is not in the index yet: ids up to `left`, and those after `done` while something is new. */
typedef struct
{
  gint64 left;
  gint64 done;
  gboolean has_new;
} Rest;

static gboolean
read_rest (ImStore *self, Rest *rest, GError **error)
{
  sqlite3_stmt *statement;
  gint64 next = 0;

  *rest = (Rest){ 0 };
  if (self->is_damaged)
    {
      /* Whatever is written there now may make it worse. */
      g_propagate_error (error, im_store_error_new (NULL, SQLITE_CORRUPT));
      return FALSE;
    }
  statement = im_store_prepare (self, IM_SQL_SEARCH_STATE, "");
  if (im_store_step (self, statement, error) < 0)
    return FALSE;
  rest->left = sqlite3_column_int64 (statement, 0);
  rest->done = sqlite3_column_int64 (statement, 1);
  sqlite3_reset (statement);
  if (!im_store_get_int64 (self, im_store_prepare (self, IM_SQL_SEARCH_NEW, "i", rest->done), 0,
                           &next, error))
    return FALSE;
  rest->has_new = next != 0;
  return TRUE;
}

static gboolean
write_rest (ImStore *self, const Rest *rest, GError **error)
{
  return im_store_run (
      self, im_store_prepare (self, IM_SQL_SEARCH_SET_STATE, "ii", rest->left, rest->done), error);
}

/* The one that has waited longest. */
static gboolean
index_new_one (ImStore *self, Rest *rest, GError **error)
{
  gint64 next;

  if (!im_store_get_int64 (self, im_store_prepare (self, IM_SQL_SEARCH_NEW, "i", rest->done), 0,
                           &next, error))
    return FALSE;
  rest->has_new = next != 0;
  if (!rest->has_new)
    return TRUE;
  rest->done = next;
  return index_add (self, next, error);
}

/* The newest of those that are left. */
static gboolean
index_old_one (ImStore *self, Rest *rest, GError **error)
{
  if (!im_store_get_int64 (self, im_store_prepare (self, IM_SQL_SEARCH_LEFT, "i", rest->left), 0,
                           &rest->left, error)
      || (rest->left > 0 && !index_add (self, rest->left, error)))
    return FALSE;
  rest->left = MAX (rest->left - 1, 0);
  return TRUE;
}

static gboolean
has_more (const Rest *rest)
{
  return rest->has_new || rest->left > 0;
}

static gboolean
index_some (ImStore *self, Rest *rest, GError **error)
{
  for (guint i = 0; i < STEP_MESSAGES && rest->has_new; i++)
    if (!index_new_one (self, rest, error))
      return FALSE;
  for (guint i = 0; i < STEP_MESSAGES && !rest->has_new && rest->left > 0; i++)
    if (!index_old_one (self, rest, error))
      return FALSE;
  return TRUE;
}

static gboolean
index_until (ImStore *self, Rest *rest, gint64 until_us, GError **error)
{
  do
    if (!index_some (self, rest, error))
      return FALSE;
  while (has_more (rest) && g_get_monotonic_time () < until_us);
  return write_rest (self, rest, error);
}

static gboolean
index_new (ImStore *self, Rest *rest, guint n_max, GError **error)
{
  for (guint i = 0; i < n_max && rest->has_new; i++)
    if (!index_new_one (self, rest, error))
      return FALSE;
  return write_rest (self, rest, error);
}

/* What was read for the index only would stay in memory, in the place of what calls read, and hide
 * from them what has happened to the file meanwhile. */
static gboolean
end (ImStore *self, gboolean ok, GError **error)
{
  ok = im_store_end (self, ok, error);
  sqlite3_db_release_memory (self->db);
  return ok;
}

static void
forget_waiting (ImStore *self, const Rest *rest)
{
  if (!rest->has_new)
    self->n_new = 0;
}

/* Every transaction that adds words makes a new piece of the index; FTS5 would merge them inside
 * the commits, many pages at a time. */
static gboolean
merge_some (ImStore *self, GError **error)
{
  int before = sqlite3_total_changes (self->db);

  if (!im_store_run (self,
                     im_store_prepare (self, IM_SQL_SEARCH_TEXT_MERGE, "i", (gint64) STEP_PAGES),
                     error))
    return FALSE;
  /* As FTS5 says that nothing was left to merge. */
  self->has_pieces = sqlite3_total_changes (self->db) - before >= 2;
  return TRUE;
}

static gboolean
merge_until (ImStore *self, gint64 until_us, GError **error)
{
  do
    if (!merge_some (self, error))
      return FALSE;
  while (self->has_pieces && g_get_monotonic_time () < until_us);
  return TRUE;
}

/* To add messages, after merging. */
static gboolean
has_time (ImStore *self, gboolean has_merged, gint64 until_us)
{
  return !self->has_pieces && (!has_merged || g_get_monotonic_time () < until_us);
}

gboolean
im_store_index_step (ImStore *self, guint budget_ms, gboolean *ret_more, GError **error)
{
  gint64 until_us = g_get_monotonic_time () + (gint64) budget_ms * 1000;
  gboolean had_pieces = self->has_pieces;
  Rest rest;

  if (!read_rest (self, &rest, error))
    return FALSE;
  if (had_pieces
      && (!im_store_begin (self, error) || !end (self, merge_until (self, until_us, error), error)))
    return FALSE;
  if (has_more (&rest) && has_time (self, had_pieces, until_us)
      && (!im_store_begin (self, error)
          || !end (self, index_until (self, &rest, until_us, error), error)))
    return FALSE;
  forget_waiting (self, &rest);
  *ret_more = self->has_pieces || has_more (&rest);
  return TRUE;
}

gboolean
im_store_index_catch_up (ImStore *self, guint n_max, GError **error)
{
  Rest rest;

  if (!read_rest (self, &rest, error))
    return FALSE;
  if (rest.has_new
      && (!im_store_begin (self, error)
          || !end (self, index_new (self, &rest, n_max, error), error)))
    return FALSE;
  forget_waiting (self, &rest);
  return TRUE;
}
