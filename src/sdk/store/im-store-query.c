/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-query.h"

#include "im-enums.h"
#include "im-store-index.h"
#include "im-store-words.h"

#include <string.h>

/* Rows of the index that are passed by before it is asked anew behind them: that costs as much as
 * a few thousand rows. */
#define SKIP_MAX 2000

/* Through the matches between two keys. */
typedef enum
{
  UP,
  DOWN,
  N_WALKS,
} Walk;

#define WALK_SQL                                                                                   \
  "SELECT rowid FROM message_text WHERE message_text MATCH ?1 AND rowid BETWEEN ?2 AND ?3 "        \
  "ORDER BY rowid "
static const char *const walk_sql[N_WALKS] = { [UP] = WALK_SQL "ASC", [DOWN] = WALK_SQL "DESC" };

static const char conversation_sql[] = "SELECT type, name FROM conversation WHERE id = ?1";
static const char row_sql[] = "SELECT id FROM conversation WHERE type = ?1 AND name = ?2";
static const char message_sql[]
    = "SELECT " IM_STORE_MESSAGE_COLUMNS " FROM search s CROSS JOIN message m ON m.id = s.message "
      "WHERE s.key = ?1";
/* About: ids of deleted messages count. */
static const char left_sql[]
    = "SELECT left_id + max (0, (SELECT coalesce (max (id), 0) FROM message) - new_id) "
      "FROM search_state";

typedef struct
{
  sqlite3 *db;
  const ImMsgSearchParam *param;
  char *match; /* nullable: nothing to look for */
  guint64 first_s;
  guint64 last_s;
  sqlite3_stmt *walks[N_WALKS]; /* nullable: not needed yet */
  GArray *groups;               /* of Group, while all conversations are searched */
  ImMsgSearchResult *result;
} Query;

/* The matches of one conversation. */
typedef struct
{
  gint64 newest; /* key */
  guint count;
  gboolean is_capped;
} Group;

static void
query_clear (Query *self)
{
  for (guint i = 0; i < N_WALKS; i++)
    sqlite3_finalize (self->walks[i]);
  g_clear_pointer (&self->groups, g_array_unref);
  g_free (self->match);
  g_clear_pointer (&self->result, im_json_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

/* What is looked for, in the language of FTS5. Whatever a person wrote is words inside quotes. */

static void
add_alternative (GString *list, const char *text, const char *operator)
{
  if (list->len > 0)
    g_string_append (list, operator);
  g_string_append (list, text);
}

/* Whether a phrase, as im_store_words_phrase() makes it, can be found in the tags. */
static gboolean
may_be_tags (const char *phrase)
{
  gboolean may = TRUE;

  for (const char *before = phrase; may && before != NULL; before = strchr (before + 1, ' '))
    may = before[1] == IM_STORE_TAG_KIND || before[1] == IM_STORE_TAG_SENDER || before[1] == '*';
  return may;
}

/* Looking which column a word is in costs FTS5 a third of the time; most need it not. */
static char *
text_condition (const char *phrase)
{
  return g_strconcat (may_be_tags (phrase) ? "text : " : "", phrase, NULL);
}

static char *
keywords_expression (const ImMsgSearchParam *param)
{
  GString *list = g_string_new (NULL);

  for (char **keyword = param->keywords; keyword != NULL && *keyword != NULL; keyword++)
    {
      g_autofree char *phrase = im_store_words_phrase (*keyword);
      g_autofree char *text = phrase != NULL ? text_condition (phrase) : NULL;

      if (text != NULL)
        add_alternative (list, text, param->match_type == IM_KEYWORDS_EVERY ? " AND " : " OR ");
    }
  return g_string_free (list, FALSE);
}

static char *
kinds_expression (const ImMsgSearchParam *param)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; param->elem_types != NULL && i < param->elem_types->len; i++)
    {
      g_autoptr (GString) tag = g_string_new (NULL);

      im_store_index_append_kind (tag, g_array_index (param->elem_types, gint64, i));
      add_alternative (list, tag->str, " OR ");
    }
  return g_string_free (list, FALSE);
}

static char *
senders_expression (const ImMsgSearchParam *param)
{
  GString *list = g_string_new (NULL);

  for (char **sender = param->senders; sender != NULL && *sender != NULL; sender++)
    {
      g_autoptr (GString) tag = g_string_new (NULL);

      im_store_index_append_sender (tag, *sender);
      add_alternative (list, tag->str, " OR ");
    }
  return g_string_free (list, FALSE);
}

static void
add_condition (GString *match, const char *column, const char *list)
{
  if (*list == '\0')
    return;
  if (match->len > 0)
    g_string_append (match, " AND ");
  g_string_append_printf (match, "%s(%s)", column, list);
}

static gboolean
has_keywords (const ImMsgSearchParam *param)
{
  return param->keywords != NULL && *param->keywords != NULL;
}

/* Keywords without a word in them, such as "?!", find nothing; beside others they do not count. */
static char *
match_expression (const ImMsgSearchParam *param)
{
  g_autofree char *keywords = keywords_expression (param);
  g_autofree char *kinds = kinds_expression (param);
  g_autofree char *senders = senders_expression (param);
  GString *match = g_string_new (NULL);

  if (*keywords != '\0' || !has_keywords (param))
    {
      add_condition (match, "", keywords);
      add_condition (match, "tags : ", kinds);
      add_condition (match, "tags : ", senders);
    }
  return g_string_free (match, match->len == 0);
}

/* Statements */

static gboolean
fail (Query *self, GError **error)
{
  int code = sqlite3_extended_errcode (self->db);

  if ((code & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the search was stopped");
  else
    g_propagate_error (error, im_store_error_new (self->db, code));
  return FALSE;
}

/* 1: a row, 0: none, -1: error. */
static int
step (Query *self, sqlite3_stmt *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result == SQLITE_ROW)
    return 1;
  if (result == SQLITE_DONE)
    return 0;
  fail (self, error);
  return -1;
}

static sqlite3_stmt *
prepare (Query *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    fail (self, error);
  return statement;
}

/* The number a statement finds, or 0; takes the statement. */
static gboolean
get_number (Query *self, sqlite3_stmt *taken, gint64 *ret_number, GError **error)
{
  int result = taken != NULL ? step (self, taken, error) : -1;

  *ret_number = result == 1 ? sqlite3_column_int64 (taken, 0) : 0;
  sqlite3_finalize (taken);
  return result >= 0;
}

/* Walking through matches */

static gboolean
begin_walk (Query *self, Walk walk, gint64 first, gint64 last, GError **error)
{
  sqlite3_stmt **statement = &self->walks[walk];

  if (*statement == NULL && (*statement = prepare (self, walk_sql[walk], error)) == NULL)
    return FALSE;
  sqlite3_reset (*statement);
  sqlite3_bind_text (*statement, 1, self->match, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (*statement, 2, first);
  sqlite3_bind_int64 (*statement, 3, last);
  return TRUE;
}

/* Nullable without an error: it was deleted since, which the next search will know. */
static ImMsg *
read_message (Query *self, sqlite3_stmt *statement, gint64 key, GError **error)
{
  ImMsg *msg = NULL;

  sqlite3_reset (statement);
  sqlite3_bind_int64 (statement, 1, key);
  if (step (self, statement, error) == 1)
    msg = im_store_msg_read (statement);
  return msg;
}

/* In one conversation */

static ImMsgSearchResultItem *
item_new (const char *conv_id, gint64 conv_type, guint count, gboolean is_capped)
{
  ImMsgSearchResultItem *item = im_json_new (&im_msg_search_result_item_type);

  item->conv_id = g_strdup (conv_id);
  item->conv_type = conv_type;
  item->total_count = count;
  item->is_capped = is_capped;
  item->msgs = im_json_array_new ();
  return item;
}

/* Counts what there is, up to the bound, and returns the keys of the page; NULL on error. */
static GArray *
walk_conversation (
    Query *self, gint64 conversation, guint *ret_count, gboolean *ret_is_capped, GError **error)
{
  guint64 size = self->param->page_size > 0
                     ? (guint64) MIN (self->param->page_size, IM_STORE_SEARCH_PAGE_MAX)
                     : IM_STORE_SEARCH_PAGE_MAX;
  guint64 offset = (guint64) self->param->page_index * size;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  int result;

  if (!begin_walk (self, DOWN, IM_STORE_KEY_FIRST (conversation, self->first_s),
                   IM_STORE_KEY_LAST (conversation, self->last_s), error))
    return NULL;
  while ((result = step (self, self->walks[DOWN], error)) == 1)
    {
      gint64 key = sqlite3_column_int64 (self->walks[DOWN], 0);

      if (*ret_count >= IM_STORE_SEARCH_COUNT_MAX)
        {
          *ret_is_capped = TRUE;
          break;
        }
      if (*ret_count >= offset && keys->len < size)
        g_array_append_val (keys, key);
      (*ret_count)++;
    }
  sqlite3_reset (self->walks[DOWN]);
  return result >= 0 ? g_steal_pointer (&keys) : NULL;
}

static gboolean
add_messages (Query *self, ImMsgSearchResultItem *item, const GArray *keys, GError **error)
{
  sqlite3_stmt *statement = prepare (self, message_sql, error);
  gboolean ok = statement != NULL;

  for (guint i = 0; ok && i < keys->len; i++)
    {
      g_autoptr (GError) reason = NULL;
      ImMsg *msg = read_message (self, statement, g_array_index (keys, gint64, i), &reason);

      if (msg != NULL)
        g_ptr_array_add (item->msgs, msg);
      else if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          ok = FALSE;
        }
    }
  sqlite3_finalize (statement);
  return ok;
}

static gboolean
search_conversation (Query *self, GError **error)
{
  sqlite3_stmt *statement = prepare (self, row_sql, error);
  g_autoptr (ImMsgSearchResultItem) item = NULL;
  g_autoptr (GArray) keys = NULL;
  gint64 conversation;
  guint count = 0;
  gboolean is_capped = FALSE;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->param->conv_type);
  sqlite3_bind_text (statement, 2, self->param->conv_id, -1, SQLITE_STATIC);
  if (!get_number (self, statement, &conversation, error))
    return FALSE;
  if (conversation == 0)
    return TRUE;
  keys = walk_conversation (self, conversation, &count, &is_capped, error);
  if (keys == NULL)
    return FALSE;
  self->result->total_count = count;
  self->result->is_capped = is_capped;
  if (count == 0)
    return TRUE;
  item = item_new (self->param->conv_id, self->param->conv_type, count, is_capped);
  if (!add_messages (self, item, keys, error))
    return FALSE;
  g_ptr_array_add (self->result->items, g_steal_pointer (&item));
  return TRUE;
}

/* Over all conversations */

/* Upwards, since FTS5 reads a page of its index twice to go through it downwards. */

static gint64
after_conversation (gint64 conversation)
{
  return conversation < IM_STORE_KEY_CONVERSATION_MAX ? IM_STORE_KEY_FIRST (conversation + 1, 0)
                                                      : G_MAXINT64;
}

/* Takes one match in. Returns where to go on when there is nothing more to count near it: at that
 * key or above; else -1. */
static gint64
count_match (Query *self, gint64 key)
{
  Group *group
      = self->groups->len > 0 ? &g_array_index (self->groups, Group, self->groups->len - 1) : NULL;
  gint64 conversation = im_store_key_conversation (key);

  if (group == NULL || im_store_key_conversation (group->newest) != conversation)
    {
      g_array_append_val (self->groups, ((Group){ .newest = key, .count = 1 }));
      return -1;
    }
  group->newest = key;
  if (group->count < IM_STORE_SEARCH_COUNT_MAX)
    {
      group->count++;
      return -1;
    }
  group->is_capped = TRUE;
  return after_conversation (conversation);
}

/* A match that is too new or too old: where the next one can be. */
static gint64
after_outside (Query *self, gint64 key)
{
  gint64 conversation = im_store_key_conversation (key);

  return im_store_key_time_s (key) < self->first_s
             ? IM_STORE_KEY_FIRST (conversation, self->first_s)
             : after_conversation (conversation);
}

/* Walks from that key on. *ret_next: where to go on, or -1 at the end. */
static gboolean
walk_up (Query *self, gint64 first, gint64 *ret_next, GError **error)
{
  guint skipped = 0;
  int result;

  if (!begin_walk (self, UP, first, G_MAXINT64, error))
    return FALSE;
  while ((result = step (self, self->walks[UP], error)) == 1 && skipped <= SKIP_MAX)
    {
      gint64 key = sqlite3_column_int64 (self->walks[UP], 0);
      guint64 time_s = im_store_key_time_s (key);
      gboolean is_outside = time_s > self->last_s || time_s < self->first_s;

      *ret_next = is_outside ? after_outside (self, key) : count_match (self, key);
      skipped = *ret_next < 0 ? 0 : skipped + 1;
    }
  sqlite3_reset (self->walks[UP]);
  if (result == 0)
    *ret_next = -1;
  return result >= 0;
}

/* What was passed by without being counted may have the newest match of the last group. */
static gboolean
find_newest (Query *self, GError **error)
{
  Group *group
      = self->groups->len > 0 ? &g_array_index (self->groups, Group, self->groups->len - 1) : NULL;
  int result;

  if (group == NULL || !group->is_capped)
    return TRUE;
  if (!begin_walk (self, DOWN, group->newest,
                   IM_STORE_KEY_LAST (im_store_key_conversation (group->newest), self->last_s),
                   error))
    return FALSE;
  result = step (self, self->walks[DOWN], error);
  if (result == 1)
    group->newest = sqlite3_column_int64 (self->walks[DOWN], 0);
  sqlite3_reset (self->walks[DOWN]);
  return result >= 0;
}

static gboolean
walk_all (Query *self, GError **error)
{
  gint64 next = 0;

  while (next >= 0)
    if (!walk_up (self, next, &next, error) || !find_newest (self, error))
      return FALSE;
  return TRUE;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const Group *) a)->newest;
  gint64 right = ((const Group *) b)->newest;
  guint32 left_s = im_store_key_time_s (left);
  guint32 right_s = im_store_key_time_s (right);

  return left_s != right_s ? (left_s < right_s ? 1 : -1) : (left < right ? 1 : -1);
}

static gboolean
add_group (Query *self, sqlite3_stmt *statement, const Group *group, GError **error)
{
  g_autoptr (ImMsgSearchResultItem) item = NULL;
  g_autoptr (GArray) keys = NULL;
  int result;

  sqlite3_reset (statement);
  sqlite3_bind_int64 (statement, 1, im_store_key_conversation (group->newest));
  result = step (self, statement, error);
  if (result <= 0)
    return result == 0;
  item = item_new (im_store_column_text (statement, 1), sqlite3_column_int64 (statement, 0),
                   group->count, group->is_capped);
  if (group->count == 1)
    {
      keys = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_val (keys, group->newest);
      if (!add_messages (self, item, keys, error))
        return FALSE;
    }
  g_ptr_array_add (self->result->items, g_steal_pointer (&item));
  return TRUE;
}

static gboolean
search_all (Query *self, GError **error)
{
  guint64 size = self->param->page_size > 0 ? (guint64) self->param->page_size : G_MAXUINT32;
  guint64 first = (guint64) self->param->page_index * size;
  sqlite3_stmt *statement;
  gboolean ok;

  self->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  if (!walk_all (self, error))
    return FALSE;
  g_array_sort (self->groups, compare_groups);
  self->result->total_count = self->groups->len;
  statement = prepare (self, conversation_sql, error);
  ok = statement != NULL;
  for (guint64 i = first; ok && i < self->groups->len && i - first < size; i++)
    ok = add_group (self, statement, &g_array_index (self->groups, Group, i), error);
  sqlite3_finalize (statement);
  return ok;
}

/* The times are seconds, both included. */
static void
read_times (Query *self)
{
  guint64 position = self->param->time_position;
  guint64 period = self->param->time_period;

  self->last_s = MIN (position, G_MAXUINT32);
  if (position == 0)
    {
      position = (guint64) (g_get_real_time () / G_USEC_PER_SEC);
      self->last_s = G_MAXUINT32; /* also what another clock stamped a little ahead */
    }
  self->first_s = period == 0 || period > position ? 0 : MIN (position - period, G_MAXUINT32);
}

static gboolean
run (Query *self, GError **error)
{
  gint64 left;

  if (!get_number (self, prepare (self, left_sql, error), &left, error))
    return FALSE;
  self->result->n_unindexed = left;
  if (self->match == NULL)
    return TRUE;
  return self->param->conv_type == IM_CONV_INVALID ? search_all (self, error)
                                                   : search_conversation (self, error);
}

ImMsgSearchResult *
im_store_query_run (sqlite3 *db, const ImMsgSearchParam *param, GError **error)
{
  g_auto (Query) query = { .db = db, .param = param };
  gboolean ok;

  query.match = match_expression (param);
  query.result = im_json_new (&im_msg_search_result_type);
  query.result->items = im_json_array_new ();
  read_times (&query);
  /* Everything out of one state of the database. */
  if (sqlite3_exec (db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
    {
      fail (&query, error);
      return NULL;
    }
  ok = run (&query, error);
  for (guint i = 0; i < N_WALKS; i++)
    sqlite3_reset (query.walks[i]);
  sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
  return ok ? g_steal_pointer (&query.result) : NULL;
}
