/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

#include "im-json.h"

/* The sort key of the message a mark names; -1 when this device does not have it. */
static gint64
key_of (ImStore *self, gint64 conversation, const char *id, gboolean own, gint64 *ret_time_s)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_MESSAGE_BY_WIRE, "isi", conversation, id,
                                              (gint64) (own != FALSE));
  gint64 key = -1;

  if (im_store_step (self, statement, NULL) != 1)
    return -1;
  key = sqlite3_column_int64 (statement, 1);
  if (ret_time_s != NULL)
    *ret_time_s = sqlite3_column_int64 (statement, 6);
  sqlite3_reset (statement);
  return key;
}

/* Marks own messages up to a key and returns them as they are afterwards. */
static gboolean
mark_own (ImStore *self,
          gint64 conversation,
          gint64 key,
          ImSql list,
          ImSql set,
          gboolean read,
          GPtrArray *changed,
          GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, list, "ii", conversation, key);
  int result;

  while ((result = im_store_step (self, statement, error)) == 1)
    {
      ImMsg *msg = im_store_msg_read (statement);

      msg->is_delivered = TRUE;
      msg->is_peer_read = msg->is_peer_read || read;
      g_ptr_array_add (changed, msg);
    }
  return result == 0
         && (changed->len == 0
             || im_store_run (self, im_store_prepare (self, set, "ii", conversation, key), error));
}

static gboolean
mark_by_peer (ImStore *self,
              int conv_type,
              const char *conv_id,
              const char *id,
              gboolean read,
              gint64 *ret_time_s,
              GPtrArray **ret_changed,
              GError **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (im_json_unref);
  gint64 conversation = im_store_conversation_row (self, conv_type, conv_id, error);
  gint64 time_s = 0;
  gint64 key;

  if (conversation < 0)
    return FALSE;
  key = conversation > 0 ? key_of (self, conversation, id, TRUE, &time_s) : -1;
  if (key >= 0)
    {
      if (!im_store_begin (self, error)
          || !im_store_end (self,
                            mark_own (self, conversation, key,
                                      read ? IM_SQL_UNREAD_BY_PEER : IM_SQL_UNDELIVERED,
                                      read ? IM_SQL_SET_PEER_READ : IM_SQL_SET_DELIVERED, read,
                                      changed, error),
                            error))
        return FALSE;
    }
  if (ret_time_s != NULL)
    *ret_time_s = time_s;
  if (ret_changed != NULL)
    *ret_changed = g_steal_pointer (&changed);
  return TRUE;
}

gboolean
im_store_mark_delivered (ImStore *self,
                         int conv_type,
                         const char *conv_id,
                         const char *id,
                         GPtrArray **ret_changed,
                         GError **error)
{
  return mark_by_peer (self, conv_type, conv_id, id, FALSE, NULL, ret_changed, error);
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
  return mark_by_peer (self, conv_type, conv_id, id, TRUE, ret_time_s, ret_changed, error);
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

  if (conversation < 0)
    return FALSE;
  return mark_read_to (self, conversation,
                       conversation > 0 ? key_of (self, conversation, id, FALSE, NULL) : -1,
                       ret_changed, NULL, NULL, error);
}
