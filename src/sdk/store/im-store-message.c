/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-index.h"

#include "im-enums.h"
#include "im-json.h"

/* How many messages are looked through for a text: some tens of milliseconds. */
/* Files among which an address is looked for: 15 ms when none has it. */
#define FILE_SEARCH_MAX 5000
#define COLUMNS 16 /* MESSAGE_COLUMNS of im-store-sql.def */

void
im_store_message_free (ImStoreMessage *message)
{
  im_json_unref (message->msg);
  g_free (message->origin_id);
  g_free (message->archive_id);
  g_free (message->wire_id);
  g_free (message);
}

/* Reading: the columns win over the JSON. Statements of messages begin with the message columns;
 * those of conversations have some of their own before them. */

static ImMsg *
read_msg (sqlite3_stmt *row, int first)
{
  const char *json = im_store_column_text (row, first + 15);
  ImMsg *msg = json != NULL ? im_json_parse (&im_msg_type, json, -1, IM_JSON_LENIENT, NULL) : NULL;

  if (msg == NULL)
    msg = im_json_new (&im_msg_type);
  msg->status = sqlite3_column_int64 (row, first + 5);
  msg->server_time = (guint64) sqlite3_column_int64 (row, first + 6);
  msg->is_read = sqlite3_column_int (row, first + 7) != 0;
  msg->is_peer_read = sqlite3_column_int (row, first + 8) != 0;
  msg->is_delivered = sqlite3_column_int (row, first + 9) != 0;
  msg->unique_id = (guint64) sqlite3_column_int64 (row, first + 11);
  msg->seq = (guint64) sqlite3_column_int64 (row, first + 12);
  msg->error_code = sqlite3_column_int64 (row, first + 13);
  im_json_set_str (&msg->error_desc, im_store_column_text (row, first + 14));
  im_json_complete (msg);
  return msg;
}

ImMsg *
im_store_msg_read (sqlite3_stmt *row)
{
  return read_msg (row, sqlite3_column_count (row) - COLUMNS);
}

ImStoreMessage *
im_store_message_read (sqlite3_stmt *row)
{
  ImStoreMessage *message = g_new0 (ImStoreMessage, 1);

  message->row_id = sqlite3_column_int64 (row, 0);
  message->sort_key = sqlite3_column_int64 (row, 1);
  message->origin_id = g_strdup (im_store_column_text (row, 2));
  message->archive_id = g_strdup (im_store_column_text (row, 3));
  message->wire_id = g_strdup (im_store_column_text (row, 4));
  message->markable = sqlite3_column_int (row, 10) != 0;
  message->msg = read_msg (row, 0);
  return message;
}

static ImStoreMessage *
read_one (ImStore *self, sqlite3_stmt *statement, GError **error)
{
  ImStoreMessage *message = NULL;

  if (im_store_step (self, statement, error) == 1)
    {
      message = im_store_message_read (statement);
      sqlite3_reset (statement);
    }
  return message;
}

ImStoreMessage *
im_store_message_get (ImStore *self, gint64 row_id, GError **error)
{
  return read_one (self, im_store_prepare (self, IM_SQL_MESSAGE_BY_ROW, "i", row_id), error);
}

gint64
im_store_message_key (ImStore *self, gint64 conversation, const ImMsg *like)
{
  sqlite3_stmt *statement;
  gint64 key = -1;

  if (like->unique_id != 0)
    statement = im_store_prepare (self, IM_SQL_KEY_BY_UNIQUE, "ii", conversation,
                                  (gint64) like->unique_id);
  else if (like->rand != 0)
    statement = im_store_prepare (self, IM_SQL_KEY_BY_RAND, "iii", conversation,
                                  (gint64) like->rand, (gint64) like->server_time);
  else if (like->seq != 0)
    statement = im_store_prepare (self, IM_SQL_KEY_BY_SEQ, "ii", conversation, (gint64) like->seq);
  else
    statement = im_store_prepare (self, IM_SQL_KEY_BY_TIME, "ii", conversation,
                                  (gint64) like->server_time);
  im_store_get_int64 (self, statement, -1, &key, NULL);
  return key;
}

ImStoreMessage *
im_store_message_find (
    ImStore *self, int conv_type, const char *conv_id, const ImMsg *like, GError **error)
{
  gint64 conversation = im_store_conversation_row (self, conv_type, conv_id, error);
  gint64 key = conversation > 0 ? im_store_message_key (self, conversation, like) : -1;

  if (key < 0)
    return NULL;
  return read_one (self, im_store_prepare (self, IM_SQL_MESSAGE_BY_KEY, "ii", conversation, key),
                   error);
}

ImStoreMessage *
im_store_message_find_wire (
    ImStore *self, int conv_type, const char *conv_id, const char *id, gboolean own, GError **error)
{
  gint64 conversation
      = conv_id != NULL ? im_store_conversation_row (self, conv_type, conv_id, error) : 0;

  if (conv_id != NULL && conversation <= 0)
    return NULL;
  return read_one (self,
                   im_store_prepare (self, IM_SQL_MESSAGE_BY_WIRE, "isi", conversation, id,
                                     (gint64) (own != FALSE)),
                   error);
}

ImMsg *
im_store_message_find_file (ImStore *self, const char *url, GError **error)
{
  g_autoptr (ImStoreMessage) row = read_one (self,
                                             im_store_prepare (self, IM_SQL_MESSAGE_WITH_FILE, "si",
                                                               url, (gint64) FILE_SEARCH_MAX),
                                             error);

  return row != NULL ? g_steal_pointer (&row->msg) : NULL;
}

GPtrArray *
im_store_message_page (ImStore *self,
                       int conv_type,
                       const char *conv_id,
                       const ImMsg *from,
                       gboolean forward,
                       guint count,
                       GError **error)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (im_json_unref);
  gint64 conversation = im_store_conversation_row (self, conv_type, conv_id, error);
  gint64 key = forward ? G_MININT64 : G_MAXINT64;
  sqlite3_stmt *statement;
  int result;

  if (conversation < 0)
    return NULL;
  if (conversation == 0)
    return g_steal_pointer (&page);
  if (from != NULL && (key = im_store_message_key (self, conversation, from)) < 0)
    return g_steal_pointer (&page);
  statement = im_store_prepare (self, forward ? IM_SQL_PAGE_FORWARD : IM_SQL_PAGE_BACKWARD, "iii",
                                conversation, key, (gint64) count);
  while ((result = im_store_step (self, statement, error)) == 1)
    g_ptr_array_add (page, im_store_msg_read (statement));
  return result == 0 ? g_steal_pointer (&page) : NULL;
}

/* Adding */

static ImStoreMessage *
find_known (ImStore *self, gint64 conversation, const ImStoreMessage *in, GError **error)
{
  ImStoreMessage *known = NULL;

  if (in->archive_id != NULL)
    known = read_one (self,
                      im_store_prepare (self, IM_SQL_MESSAGE_BY_ARCHIVE, "is", conversation,
                                        in->archive_id),
                      error);
  if (known == NULL && in->origin_id != NULL)
    known = read_one (self,
                      im_store_prepare (self, IM_SQL_MESSAGE_BY_ORIGIN, "iss", conversation,
                                        in->origin_id, in->msg->sender),
                      error);
  return known;
}

static gboolean
is_deleted (ImStore *self, gint64 conversation, const ImStoreMessage *in)
{
  gint64 found = 0;

  if (in->archive_id == NULL && in->origin_id == NULL)
    return FALSE;
  im_store_get_int64 (self,
                      im_store_prepare (self, IM_SQL_TOMBSTONE_FIND, "isss", conversation,
                                        in->msg->sender, in->archive_id, in->origin_id),
                      0, &found, NULL);
  return found > 0;
}

static gboolean
stay_active (ImStore *self, gint64 row_id, gint64 time_s, GError **error)
{
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_CONVERSATION_ACTIVE_BY_MESSAGE, "ii", row_id,
                                         time_s),
                       error);
}

/* What the row did not know yet; an own message on its way turns out to have arrived. */
static gboolean
merge (ImStore *self,
       const ImStoreMessage *known,
       const ImStoreMessage *in,
       ImStoreAdded *ret_added,
       GError **error)
{
  gboolean arrived = known->msg->is_from_self && known->msg->status == IM_MSG_SENDING
                     && in->msg->status == IM_MSG_SEND_SUCC;

  *ret_added = arrived ? IM_STORE_MERGED : IM_STORE_KNOWN;
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_MESSAGE_FILL_IN, "iss", known->row_id,
                                         in->archive_id, in->wire_id),
                       error)
         && (!arrived
             || (im_store_run (self,
                               im_store_prepare (self, IM_SQL_MESSAGE_CONFIRM, "iii", known->row_id,
                                                 (gint64) IM_MSG_SEND_SUCC,
                                                 (gint64) in->msg->server_time),
                               error)
                 && im_store_index_move (self, known->row_id, error)
                 && stay_active (self, known->row_id, (gint64) in->msg->server_time, error)));
}

gint64
im_store_unique_id (guint64 server_time_s, guint64 rand)
{
  return (gint64) ((server_time_s & 0x7fffffff) << 32) | (gint64) (rand & 0xffffffff);
}

/* Time and random number, as the original's; another number when a sender repeats its own. */
static gboolean
choose_unique_id (ImStore *self, const ImMsg *msg, gint64 *ret_id, GError **error)
{
  gint64 id = im_store_unique_id (msg->server_time, msg->rand);
  gint64 taken;

  do
    {
      if (id == 0)
        id = 1;
      if (!im_store_get_int64 (self, im_store_prepare (self, IM_SQL_MESSAGE_UNIQUE, "i", id), 0,
                               &taken, error))
        return FALSE;
      *ret_id = id;
      id = (id & ~(gint64) G_MAXUINT32) | (gint64) g_random_int ();
    }
  while (taken > 0);
  return TRUE;
}

gboolean
im_store_message_insert (ImStore *self,
                         gint64 conversation,
                         const ImStoreMessage *in,
                         gint64 key,
                         gint64 time_s,
                         gint64 *ret_row_id,
                         GError **error)
{
  const ImMsg *msg = in->msg;
  gboolean waits = msg->is_from_self && msg->status == IM_MSG_SENDING;
  g_autofree char *json = im_json_format_internal (msg);
  gint64 seq;
  gint64 unique_id;

  if (!choose_unique_id (self, msg, &unique_id, error)
      || !im_store_get_int64 (self,
                              im_store_prepare (self, IM_SQL_CONVERSATION_NEXT_SEQ, "i",
                                                conversation),
                              1, &seq, error))
    return FALSE;
  if (!im_store_run (self,
                     im_store_prepare (self, IM_SQL_MESSAGE_INSERT, "iissssiiiiiiiiiis",
                                       conversation, key, in->origin_id, in->archive_id,
                                       in->wire_id, msg->sender, (gint64) msg->is_from_self,
                                       msg->status, time_s,
                                       (gint64) (msg->is_read || msg->is_from_self),
                                       (gint64) msg->is_peer_read, (gint64) msg->is_delivered,
                                       (gint64) in->markable, unique_id, seq, (gint64) msg->rand,
                                       json),
                     error))
    return FALSE;
  *ret_row_id = sqlite3_last_insert_rowid (self->db);
  im_store_index_note_new (self);
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_CONVERSATION_ACTIVE, "ii", conversation,
                                         (gint64) msg->server_time),
                       error)
         && (!waits
             || (im_store_run (self, im_store_prepare (self, IM_SQL_OUTBOX_ADD, "i", *ret_row_id),
                               error)
                 && im_store_run (self,
                                  im_store_prepare (self, IM_SQL_AWAITED_ADD, "i", *ret_row_id),
                                  error)));
}

static gboolean
insert (ImStore *self,
        gint64 conversation,
        const ImStoreMessage *in,
        ImStoreEnd end,
        gint64 *ret_row_id,
        GError **error)
{
  gint64 key;
  gint64 time_s;

  return im_store_choose_place (self, conversation, in, end, &key, &time_s, error)
         && im_store_message_insert (self, conversation, in, key, time_s, ret_row_id, error);
}

/* An old page of the archive does not bring back a conversation that was deleted or cleared. What
 * is new is never taken for old: own messages bear this machine's clock, which may be ahead. */
static gboolean
is_cleared (ImStore *self, gint64 conversation, const ImStoreMessage *in, ImStoreEnd end)
{
  gint64 cleared = 0;

  if (in->archive_id == NULL || end != IM_STORE_OLDEST)
    return FALSE;
  im_store_get_int64 (self,
                      im_store_prepare (self, IM_SQL_CONVERSATION_CLEARED_KEY, "i", conversation),
                      0, &cleared, NULL);
  return (gint64) in->msg->server_time * G_USEC_PER_SEC + G_USEC_PER_SEC <= cleared;
}

static gboolean
add (ImStore *self,
     const ImStoreMessage *in,
     ImStoreEnd end,
     ImStoreAdded *ret_added,
     gint64 *ret_row_id,
     gboolean *ret_new_conversation,
     GError **error)
{
  gint64 conversation
      = im_store_conversation_row (self, (int) in->msg->conv_type, in->msg->conv_id, error);
  g_autoptr (ImStoreMessage) known = NULL;

  if (conversation < 0)
    return FALSE;
  if (conversation > 0)
    {
      known = find_known (self, conversation, in, error);
      if (self->failure != NULL)
        return FALSE;
      if (known != NULL)
        {
          *ret_row_id = known->row_id;
          return merge (self, known, in, ret_added, error);
        }
      if (is_deleted (self, conversation, in) || is_cleared (self, conversation, in, end))
        {
          *ret_added = IM_STORE_KNOWN;
          return TRUE;
        }
    }
  *ret_added = IM_STORE_NEW;
  conversation = im_store_conversation_ensure (self, (int) in->msg->conv_type, in->msg->conv_id,
                                               ret_new_conversation, error);
  return conversation > 0 && insert (self, conversation, in, end, ret_row_id, error);
}

gboolean
im_store_message_add (ImStore *self,
                      const ImStoreMessage *in,
                      ImStoreEnd end,
                      ImStoreAdded *ret_added,
                      ImStoreMessage **ret_row,
                      gboolean *ret_new_conversation,
                      GError **error)
{
  ImStoreAdded added = IM_STORE_KNOWN;
  gboolean is_new = FALSE;
  gint64 row_id = 0;
  g_autoptr (ImStoreMessage) row = NULL;
  gboolean ok;

  if (!im_store_begin (self, error))
    return FALSE;
  ok = add (self, in, end, &added, &row_id, &is_new, error);
  if (ok && ret_row != NULL && row_id != 0)
    ok = (row = im_store_message_get (self, row_id, error)) != NULL;
  if (!im_store_end (self, ok, error))
    return FALSE;
  if (ret_row != NULL)
    *ret_row = g_steal_pointer (&row);
  if (ret_added != NULL)
    *ret_added = added;
  if (ret_new_conversation != NULL)
    *ret_new_conversation = is_new;
  return TRUE;
}

/* Changing */

static gint64
conversation_of (ImStore *self, gint64 row_id, GError **error)
{
  gint64 conversation = 0;

  if (im_store_get_int64 (self, im_store_prepare (self, IM_SQL_MESSAGE_CONVERSATION, "i", row_id),
                          0, &conversation, error)
      && conversation == 0)
    g_set_error_literal (error, IM_STORE_ERROR, IM_STORE_ERROR_FAILED, "there is no such message");
  return conversation;
}

static gboolean
set_status (ImStore *self,
            gint64 row_id,
            int status,
            int error_code,
            const char *error_desc,
            gint64 server_time_s,
            GError **error)
{
  return conversation_of (self, row_id, error) > 0
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_MESSAGE_STATUS, "iiisi", row_id,
                                            (gint64) status, (gint64) error_code, error_desc,
                                            server_time_s),
                          error)
         && im_store_index_move (self, row_id, error)
         && stay_active (self, row_id, server_time_s, error)
         && (status != IM_MSG_SEND_FAIL || im_store_outbox_remove (self, row_id, error));
}

gboolean
im_store_message_set_status (ImStore *self,
                             gint64 row_id,
                             int status,
                             int error_code,
                             const char *error_desc,
                             gint64 server_time_s,
                             ImMsg **ret_msg,
                             GError **error)
{
  g_autoptr (ImStoreMessage) row = NULL;
  gboolean ok;

  if (!im_store_begin (self, error))
    return FALSE;
  ok = set_status (self, row_id, status, error_code, error_desc, server_time_s, error)
       && (row = im_store_message_get (self, row_id, error)) != NULL;
  if (!im_store_end (self, ok, error))
    return FALSE;
  if (ret_msg != NULL)
    *ret_msg = g_steal_pointer (&row->msg);
  return TRUE;
}

gboolean
im_store_message_set_content (ImStore *self, gint64 row_id, const ImMsg *msg, GError **error)
{
  g_autofree char *json = im_json_format_internal (msg);

  return im_store_begin (self, error)
         && im_store_end (self, im_store_index_set_content (self, row_id, json, error), error);
}

static gboolean
move_to_end (ImStore *self, gint64 row_id, GError **error)
{
  gint64 conversation = conversation_of (self, row_id, error);
  gint64 key;

  return conversation > 0
         && im_store_choose_end (self, conversation,
                                 (guint64) (g_get_real_time () / G_USEC_PER_SEC), IM_STORE_NEWEST,
                                 &key, error)
         && im_store_run (self, im_store_prepare (self, IM_SQL_MESSAGE_MOVE, "ii", row_id, key),
                          error);
}

gboolean
im_store_message_move_to_end (ImStore *self, gint64 row_id, GError **error)
{
  return im_store_begin (self, error)
         && im_store_end (self, move_to_end (self, row_id, error), error);
}

gboolean
im_store_message_requeue (ImStore *self, gint64 row_id, GError **error)
{
  gboolean ok;

  if (!im_store_begin (self, error))
    return FALSE;
  ok = set_status (self, row_id, IM_MSG_SENDING, 0, NULL, 0, error)
       && move_to_end (self, row_id, error)
       && im_store_run (self, im_store_prepare (self, IM_SQL_OUTBOX_ADD, "i", row_id), error);
  return im_store_end (self, ok, error);
}

static gboolean
bury (ImStore *self, gint64 conversation, const char *sender, const char *id, GError **error)
{
  return id == NULL
         || im_store_run (self,
                          im_store_prepare (self, IM_SQL_TOMBSTONE_ADD, "iss", conversation, sender,
                                            id),
                          error);
}

static gboolean delete (ImStore *self, gint64 row_id, GError **error)
{
  gint64 conversation = conversation_of (self, row_id, error);
  g_autoptr (ImStoreMessage) row
      = conversation > 0 ? im_store_message_get (self, row_id, error) : NULL;

  return row != NULL && bury (self, conversation, row->msg->sender, row->archive_id, error)
         && bury (self, conversation, row->msg->sender, row->origin_id, error)
         && im_store_index_remove (self, row_id, error)
         && im_store_run (self, im_store_prepare (self, IM_SQL_MESSAGE_DELETE, "i", row_id), error)
         && im_store_index_note_deleted (self, error);
}

gboolean
im_store_message_delete (ImStore *self, gint64 row_id, GError **error)
{
  return im_store_begin (self, error) && im_store_end (self, delete (self, row_id, error), error);
}

gboolean
im_store_message_is_archived (ImStore *self, const char *archive_id)
{
  gint64 found = 0;

  im_store_get_int64 (self, im_store_prepare (self, IM_SQL_MESSAGE_ARCHIVED, "s", archive_id), 0,
                      &found, NULL);
  return found > 0;
}

char *
im_store_oldest_archive_id (ImStore *self, int conv_type, const char *conv_id)
{
  gint64 conversation = im_store_conversation_row (self, conv_type, conv_id, NULL);
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_OLDEST_ARCHIVE_ID, "i", conversation);
  char *id = NULL;

  if (im_store_step (self, statement, NULL) == 1)
    {
      id = g_strdup (im_store_column_text (statement, 0));
      sqlite3_reset (statement);
    }
  return id;
}
