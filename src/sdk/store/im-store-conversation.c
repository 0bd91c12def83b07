/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-index.h"

#include "im-json.h"

#define COLUMN_PLACE 8 /* the last of CONVERSATION_COLUMNS in im-store-sql.def */

gint64
im_store_conversation_row (ImStore *self, int type, const char *id, GError **error)
{
  gint64 row = 0;

  return im_store_get_int64 (self,
                             im_store_prepare (self, IM_SQL_CONVERSATION_ROW, "is", (gint64) type,
                                               id),
                             0, &row, error)
             ? row
             : -1;
}

gint64
im_store_conversation_ensure (
    ImStore *self, int type, const char *id, gboolean *ret_created, GError **error)
{
  gint64 row = im_store_conversation_row (self, type, id, error);

  *ret_created = FALSE;
  if (row < 0)
    return -1;
  if (row > 0)
    {
      if (!im_store_run (self,
                         im_store_prepare (self, IM_SQL_CONVERSATION_SHOW, "ii", row, (gint64) 0),
                         error))
        return -1;
      *ret_created = sqlite3_changes (self->db) > 0;
      return row;
    }
  if (!im_store_run (self,
                     im_store_prepare (self, IM_SQL_CONVERSATION_INSERT, "isi", (gint64) type, id,
                                       (gint64) 0),
                     error))
    return -1;
  *ret_created = TRUE;
  return sqlite3_last_insert_rowid (self->db);
}

/* NULL when there is none. */
static GArray *
list_marks (guint64 marks)
{
  GArray *list = marks != 0 ? g_array_new (FALSE, FALSE, sizeof (gint64)) : NULL;

  for (; marks != 0; marks &= marks - 1)
    {
      gint64 lowest = (gint64) (marks & (~marks + 1));

      g_array_append_val (list, lowest);
    }
  return list;
}

/* Type, name, draft, active time, unread count, settings, place, then the newest message's columns,
 * if any.
 */
static ImConv *
read_conversation (sqlite3_stmt *row)
{
  ImConv *conv = im_json_new (&im_conv_type);
  const char *draft = im_store_column_text (row, 2);

  conv->type = sqlite3_column_int64 (row, 0);
  conv->id = g_strdup (im_store_column_text (row, 1));
  conv->active_time = (guint64) sqlite3_column_int64 (row, 3);
  conv->unread_num = (guint64) sqlite3_column_int64 (row, 4);
  conv->recv_opt = sqlite3_column_int64 (row, 5);
  conv->is_pinned = sqlite3_column_int (row, 6) != 0;
  conv->marks = list_marks ((guint64) sqlite3_column_int64 (row, 7));
  conv->draft
      = draft != NULL ? im_json_parse (&im_draft_type, draft, -1, IM_JSON_LENIENT, NULL) : NULL;
  conv->has_draft = conv->draft != NULL;
  if (sqlite3_column_type (row, COLUMN_PLACE + 1) != SQLITE_NULL)
    conv->last_msg = im_store_msg_read (row);
  conv->has_last_msg = conv->last_msg != NULL;
  return conv;
}

ImConv *
im_store_conversation_get (ImStore *self, int type, const char *id, GError **error)
{
  sqlite3_stmt *statement
      = im_store_prepare (self, IM_SQL_CONVERSATION_GET, "is", (gint64) type, id);
  ImConv *conv = NULL;

  if (im_store_step (self, statement, error) == 1)
    {
      conv = read_conversation (statement);
      sqlite3_reset (statement);
    }
  return conv;
}

GPtrArray *
im_store_conversation_page (ImStore *self,
                            const ImStoreFilter *filter,
                            guint64 from,
                            guint count,
                            guint64 *ret_next,
                            GError **error)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (im_json_unref);
  sqlite3_stmt *statement
      = im_store_prepare (self, IM_SQL_CONVERSATION_LIST, "iiiiii",
                          from == 0 ? G_MAXINT64 : (gint64) MIN (from, (guint64) G_MAXINT64),
                          (gint64) filter->type, (gint64) filter->unread, (gint64) count + 1,
                          (gint64) filter->by_marks, (gint64) filter->marks);
  guint64 last = 0;
  int result;

  while ((result = im_store_step (self, statement, error)) == 1 && page->len < count)
    {
      last = (guint64) sqlite3_column_int64 (statement, COLUMN_PLACE);
      g_ptr_array_add (page, read_conversation (statement));
    }
  if (result < 0)
    return NULL;
  sqlite3_reset (statement);
  if (ret_next != NULL)
    *ret_next = result == 1 ? last : 0;
  return g_steal_pointer (&page);
}

GPtrArray *
im_store_conversation_list (ImStore *self, GError **error)
{
  return im_store_conversation_page (self, &IM_STORE_NO_FILTER, 0, G_MAXUINT, NULL, error);
}

static gboolean
create (ImStore *self, int type, const char *id, gboolean *ret_created, GError **error)
{
  gint64 row = im_store_conversation_ensure (self, type, id, ret_created, error);

  if (row < 0)
    return FALSE;
  return !*ret_created
         || im_store_run (self,
                          im_store_prepare (self, IM_SQL_CONVERSATION_ACTIVE, "ii", row,
                                            g_get_real_time () / G_USEC_PER_SEC),
                          error);
}

gboolean
im_store_conversation_create (
    ImStore *self, int type, const char *id, gboolean *ret_created, GError **error)
{
  gboolean created = FALSE;

  if (!im_store_begin (self, error)
      || !im_store_end (self, create (self, type, id, &created, error), error))
    return FALSE;
  if (ret_created != NULL)
    *ret_created = created;
  return TRUE;
}

static gboolean
clear (ImStore *self, gint64 row, ImSql forget, GError **error)
{
  gint64 newest;

  return im_store_get_int64 (self, im_store_prepare (self, IM_SQL_KEY_NEWEST, "i", row), 0, &newest,
                             error)
         && im_store_run (self, im_store_prepare (self, IM_SQL_TOMBSTONE_ADD_ALL, "i", row), error)
         && im_store_index_remove_all (self, row, error)
         && im_store_run (self, im_store_prepare (self, IM_SQL_MESSAGES_DELETE, "i", row), error)
         && im_store_index_note_deleted (self, error)
         && im_store_run (self, im_store_prepare (self, forget, "ii", row, newest), error);
}

gboolean
im_store_messages_clear (ImStore *self, int conv_type, const char *conv_id, GError **error)
{
  gint64 row = im_store_conversation_row (self, conv_type, conv_id, error);

  if (row <= 0)
    return row == 0;
  return im_store_begin (self, error)
         && im_store_end (self, clear (self, row, IM_SQL_CONVERSATION_CLEAR, error), error);
}

gboolean
im_store_conversation_delete (
    ImStore *self, int type, const char *id, gboolean *ret_existed, GError **error)
{
  gint64 row = im_store_conversation_row (self, type, id, error);
  gint64 visible = 0;

  if (row < 0)
    return FALSE;
  if (row > 0
      && (!im_store_get_int64 (self, im_store_prepare (self, IM_SQL_CONVERSATION_VISIBLE, "i", row),
                               0, &visible, error)
          || !im_store_begin (self, error)
          || !im_store_end (self, clear (self, row, IM_SQL_CONVERSATION_HIDE, error), error)))
    return FALSE;
  if (ret_existed != NULL)
    *ret_existed = visible != 0;
  return TRUE;
}

/* Drafts */

static gboolean
set_draft (ImStore *self,
           int type,
           const char *id,
           const ImDraft *draft,
           gboolean *ret_created,
           GError **error)
{
  g_autofree char *json = im_json_format_internal (draft);
  gint64 row = im_store_conversation_ensure (self, type, id, ret_created, error);

  return row > 0
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_DRAFT_SET, "isi", row, json,
                                            draft->edit_time),
                          error);
}

gboolean
im_store_draft_set (ImStore *self,
                    int type,
                    const char *id,
                    const ImDraft *draft,
                    gboolean *ret_new_conversation,
                    GError **error)
{
  gboolean created = FALSE;

  if (!im_store_begin (self, error)
      || !im_store_end (self, set_draft (self, type, id, draft, &created, error), error))
    return FALSE;
  if (ret_new_conversation != NULL)
    *ret_new_conversation = created;
  return TRUE;
}

gboolean
im_store_draft_clear (ImStore *self, int type, const char *id, gboolean *ret_had, GError **error)
{
  gint64 row = im_store_conversation_row (self, type, id, error);

  if (row < 0 || !im_store_run (self, im_store_prepare (self, IM_SQL_DRAFT_CLEAR, "i", row), error))
    return FALSE;
  if (ret_had != NULL)
    *ret_had = sqlite3_changes (self->db) > 0;
  return TRUE;
}
