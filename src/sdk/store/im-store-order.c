/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

/* A message is not put back further than this behind the present. */
#define BACK_MAX_S (G_GINT64_CONSTANT (7) * 24 * 3600)
/* Messages that are moved to make room for one. */
#define MOVED_MAX 1000

static gboolean
choose_end (ImStore *self,
            gint64 conversation,
            guint64 server_time_s,
            ImStoreEnd end,
            gint64 *ret_key,
            GError **error)
{
  gint64 time_us = (gint64) MIN (server_time_s, (guint64) G_MAXINT32 * 4) * G_USEC_PER_SEC;
  gint64 edge;

  if (end == IM_STORE_NEWEST)
    {
      if (!im_store_get_int64 (self, im_store_prepare (self, IM_SQL_KEY_NEWEST, "i", conversation),
                               0, &edge, error))
        return FALSE;
      *ret_key = MAX (time_us, edge + 1);
    }
  else
    {
      if (!im_store_get_int64 (self, im_store_prepare (self, IM_SQL_KEY_OLDEST, "i", conversation),
                               G_MAXINT64, &edge, error))
        return FALSE;
      *ret_key = MIN (time_us, edge - 1);
    }
  return TRUE;
}

/* The sort key of what the sender wrote before it; -1 when it is not known here, or too old. */
static gint64
key_before (ImStore *self, gint64 conversation, const ImStoreMessage *in)
{
  sqlite3_stmt *statement;
  gint64 key = -1;

  if (in->after_id == NULL)
    return -1;
  statement = im_store_prepare (self, IM_SQL_KEY_OF_SENDERS, "iss", conversation, in->after_id,
                                in->msg->sender);
  if (im_store_step (self, statement, NULL) != 1)
    return -1;
  if (sqlite3_column_int64 (statement, 1) + BACK_MAX_S >= (gint64) in->msg->server_time)
    key = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return key;
}

/* Keys from `key` on that follow each other without room. */
static gint64
count_run (ImStore *self, gint64 conversation, gint64 key)
{
  sqlite3_stmt *statement
      = im_store_prepare (self, IM_SQL_KEYS_FROM, "iii", conversation, key, (gint64) MOVED_MAX + 1);
  gint64 n = 0;

  while (im_store_step (self, statement, NULL) == 1
         && sqlite3_column_int64 (statement, 0) == key + n)
    n++;
  sqlite3_reset (statement);
  return n;
}

/* Keys are unique at every moment: those in the way are set aside and come back one further. */
static gboolean
make_room (ImStore *self, gint64 conversation, gint64 key, GError **error)
{
  gint64 n = count_run (self, conversation, key);
  gint64 last = key + n - 1;

  if (n == 0)
    return TRUE;
  return n <= MOVED_MAX
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_KEYS_SET_ASIDE, "iii", conversation, key,
                                            last),
                          error)
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_KEYS_PUT_BACK, "iii", conversation, key,
                                            last),
                          error);
}

gboolean
im_store_choose_key (ImStore *self,
                     gint64 conversation,
                     const ImStoreMessage *in,
                     ImStoreEnd end,
                     gint64 *ret_key,
                     GError **error)
{
  gint64 before = key_before (self, conversation, in);

  if (before >= 0 && make_room (self, conversation, before + 1, error))
    {
      *ret_key = before + 1;
      return TRUE;
    }
  return choose_end (self, conversation, in->msg->server_time, end, ret_key, error);
}
