/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

#include "im-json.h"

/* Marks own messages up to this one as read and collects them as they are afterwards. Whoever read
 * the last need not have got those before it: only the last one's receipt is no longer awaited.
 * What has not left yet, since its file is on the way or there was no connection, nobody has read.
 */
static gboolean
mark_peer_read (ImStore *self,
                gint64 conversation,
                const ImStoreMessage *up_to,
                GPtrArray *changed,
                GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_UNREAD_BY_PEER, "iii", conversation,
                                              up_to->sort_key, up_to->row_id);
  int result;

  while ((result = im_store_step (self, statement, error)) == 1)
    {
      ImMsg *msg = im_store_msg_read (statement);

      msg->is_delivered = msg->is_peer_read = TRUE;
      g_ptr_array_add (changed, msg);
    }
  return result == 0
         && im_store_run (self, im_store_prepare (self, IM_SQL_AWAITED_REMOVE, "i", up_to->row_id),
                          error)
         && (changed->len == 0
             || im_store_run (self,
                              im_store_prepare (self, IM_SQL_SET_PEER_READ, "iii", conversation,
                                                up_to->sort_key, up_to->row_id),
                              error));
}

gboolean
im_store_mark_peer_read (ImStore *self,
                         int conv_type,
                         const char *conv_id,
                         const char *id,
                         gint64 *ret_time_s,
                         GPtrArray **ret_changed,
                         GError **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (im_json_unref);
  gint64 conversation = im_store_conversation_row (self, conv_type, conv_id, error);
  g_autoptr (ImStoreMessage) up_to
      = conversation > 0 ? im_store_message_find_wire (self, conv_type, conv_id, id, TRUE, NULL)
                         : NULL;

  if (conversation < 0)
    return FALSE;
  if (up_to != NULL
      && (!im_store_begin (self, error)
          || !im_store_end (self, mark_peer_read (self, conversation, up_to, changed, error),
                            error)))
    return FALSE;
  if (ret_time_s != NULL)
    *ret_time_s = up_to != NULL ? (gint64) up_to->msg->server_time : 0;
  if (ret_changed != NULL)
    *ret_changed = g_steal_pointer (&changed);
  return TRUE;
}

static gboolean
mark_delivered (ImStore *self,
                gint64 conversation,
                const ImStoreMessage *row,
                gboolean is_exact,
                GPtrArray *changed,
                GError **error)
{
  if (!im_store_run (self, im_store_prepare (self, IM_SQL_SET_DELIVERED, "i", row->row_id), error))
    return FALSE;
  if (sqlite3_changes (self->db) > 0)
    {
      row->msg->is_delivered = TRUE;
      g_ptr_array_add (changed, im_json_ref (row->msg));
    }
  return im_store_run (self, im_store_prepare (self, IM_SQL_AWAITED_REMOVE, "i", row->row_id),
                       error)
         && (!is_exact || im_store_gap_note_exact (self, conversation, row->sort_key, error));
}

gboolean
im_store_mark_delivered (ImStore *self,
                         int conv_type,
                         const char *conv_id,
                         const char *const *ids,
                         gboolean is_exact,
                         GPtrArray **ret_changed,
                         GError **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (im_json_unref);
  gint64 conversation = im_store_conversation_row (self, conv_type, conv_id, error);
  gboolean ok = conversation >= 0 && im_store_begin (self, error);

  if (!ok)
    return FALSE;
  for (; ok && conversation > 0 && *ids != NULL; ids++)
    {
      g_autoptr (ImStoreMessage) row
          = im_store_message_find_wire (self, conv_type, conv_id, *ids, TRUE, error);

      ok = self->failure == NULL
           && (row == NULL || mark_delivered (self, conversation, row, is_exact, changed, error));
    }
  if (!im_store_end (self, ok, error))
    return FALSE;
  if (ret_changed != NULL)
    *ret_changed = g_steal_pointer (&changed);
  return TRUE;
}

static gboolean
mark_read_to (ImStore *self,
              gint64 conversation,
              gint64 key,
              guint *ret_changed,
              char **ret_last_wire_id,
              gboolean *ret_markable,
              GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_LAST_UNREAD, "ii", conversation, key);
  g_autofree char *last = NULL;
  gboolean markable = FALSE;

  if (im_store_step (self, statement, error) == 1)
    {
      last = g_strdup (im_store_column_text (statement, 0));
      markable = sqlite3_column_int (statement, 1) != 0;
      sqlite3_reset (statement);
    }
  if (!im_store_run (self, im_store_prepare (self, IM_SQL_SET_READ, "ii", conversation, key),
                     error))
    return FALSE;
  if (ret_changed != NULL)
    *ret_changed = (guint) sqlite3_changes (self->db);
  if (ret_last_wire_id != NULL)
    *ret_last_wire_id = g_steal_pointer (&last);
  if (ret_markable != NULL)
    *ret_markable = markable;
  return TRUE;
}

gboolean
im_store_mark_read (ImStore *self,
                    int conv_type,
                    const char *conv_id,
                    const ImMsg *up_to,
                    guint *ret_changed,
                    char **ret_last_wire_id,
                    gboolean *ret_markable,
                    GError **error)
{
  gint64 conversation = im_store_conversation_row (self, conv_type, conv_id, error);
  gint64 key = G_MAXINT64;

  if (conversation < 0)
    return FALSE;
  if (conversation > 0 && up_to != NULL)
    key = im_store_message_key (self, conversation, up_to);
  return mark_read_to (self, conversation, key, ret_changed, ret_last_wire_id, ret_markable, error);
}

gboolean
im_store_mark_read_wire (ImStore *self,
                         int conv_type,
                         const char *conv_id,
                         const char *id,
                         guint *ret_changed,
                         GError **error)
{
  gint64 conversation = im_store_conversation_row (self, conv_type, conv_id, error);
  g_autoptr (ImStoreMessage) up_to
      = conversation > 0 ? im_store_message_find_wire (self, conv_type, conv_id, id, FALSE, NULL)
                         : NULL;

  if (conversation < 0)
    return FALSE;
  /* What was put before it since, nobody has seen. */
  return mark_read_to (self, conversation,
                       up_to != NULL && !up_to->msg->is_read ? up_to->sort_key : -1, ret_changed,
                       NULL, NULL, error);
}
