/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a program does to the history of this device alone. */
#include "im-store-private.h"

#include "im-json.h"

/* Behind what was said until the end of that second. */
static gboolean
choose_key_by_time (
    ImStore *self, gint64 conversation, guint64 server_time_s, gint64 *ret_key, GError **error)
{
  gint64 time_us = (gint64) MIN (server_time_s, G_MAXUINT32) * G_USEC_PER_SEC;
  gint64 before;
  gint64 taken = 0;

  if (!im_store_get_int64 (self,
                           im_store_prepare (self, IM_SQL_KEY_BEFORE, "ii", conversation,
                                             time_us + G_USEC_PER_SEC),
                           time_us - 1, &before, error))
    return FALSE;
  *ret_key = MAX (time_us, before + 1);
  /* Only when a million messages fill the second. */
  while (
      im_store_get_int64 (self,
                          im_store_prepare (self, IM_SQL_KEY_TAKEN, "ii", conversation, *ret_key),
                          0, &taken, error)
      && taken != 0)
    (*ret_key)++;
  return taken == 0;
}

/* The same message given twice, or one that is there anyway. */
static gboolean
is_there (ImStore *self, gint64 conversation, const ImMsg *msg, gboolean *ret_there, GError **error)
{
  gint64 found = 0;

  if (msg->rand != 0
      && !im_store_get_int64 (self,
                              im_store_prepare (self, IM_SQL_MESSAGE_LIKE, "isi", conversation,
                                                msg->sender,
                                                im_store_unique_id (msg->server_time, msg->rand)),
                              0, &found, error))
    return FALSE;
  *ret_there = found != 0;
  return TRUE;
}

static gboolean
import (ImStore *self, const ImMsg *msg, gboolean *ret_new_conversation, GError **error)
{
  const ImStoreMessage in = { .msg = (ImMsg *) msg };
  gboolean there;
  gint64 conversation = im_store_conversation_ensure (self, (int) msg->conv_type, msg->conv_id,
                                                      ret_new_conversation, error);
  gint64 key;
  gint64 row_id;

  if (conversation < 0 || !is_there (self, conversation, msg, &there, error))
    return FALSE;
  return there
         || (choose_key_by_time (self, conversation, msg->server_time, &key, error)
             && im_store_message_insert (self, conversation, &in, key, (gint64) msg->server_time,
                                         &row_id, error));
}

gboolean
im_store_message_import (ImStore *self,
                         const ImMsg *msg,
                         gboolean *ret_new_conversation,
                         GError **error)
{
  gboolean is_new = FALSE;

  if (!im_store_begin (self, error)
      || !im_store_end (self, import (self, msg, &is_new, error), error))
    return FALSE;
  if (ret_new_conversation != NULL)
    *ret_new_conversation = is_new;
  return TRUE;
}

/* The words of the index do not change with it. */
gboolean
im_store_message_set_custom (
    ImStore *self, gint64 row_id, gint64 custom_int, const char *custom_str, GError **error)
{
  g_autoptr (ImStoreMessage) row = im_store_message_get (self, row_id, error);
  g_autofree char *json = NULL;

  if (row == NULL)
    return FALSE;
  row->msg->custom_int = custom_int;
  im_json_set_str (&row->msg->custom_str, custom_str);
  json = im_json_format_internal (row->msg);
  return im_store_run (self, im_store_prepare (self, IM_SQL_MESSAGE_SET_JSON, "is", row_id, json),
                       error);
}

ImMsg *
im_store_message_by_unique_id (ImStore *self, guint64 unique_id, GError **error)
{
  sqlite3_stmt *statement
      = im_store_prepare (self, IM_SQL_MESSAGE_BY_UNIQUE, "i", (gint64) unique_id);
  ImMsg *msg = NULL;

  if (im_store_step (self, statement, error) == 1)
    {
      msg = im_store_msg_read (statement);
      sqlite3_reset (statement);
    }
  return msg;
}
