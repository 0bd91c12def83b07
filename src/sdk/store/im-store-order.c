/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

/* A message is not put back further than this behind the present. */
#define BACK_MAX_S (G_GINT64_CONSTANT (7) * 24 * 3600)
/* Messages that are moved to make room for one. */
#define MOVED_MAX 1000

gboolean
im_store_choose_end (ImStore *self,
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

typedef struct
{
  gint64 key;
  gint64 time_s;
} Place;

/* Of another message of the same sender. FALSE: it is not known here, or too old. */
static gboolean
find_senders (
    ImStore *self, gint64 conversation, const ImStoreMessage *in, const char *id, Place *ret_place)
{
  sqlite3_stmt *statement;

  if (id == NULL)
    return FALSE;
  statement
      = im_store_prepare (self, IM_SQL_KEY_OF_SENDERS, "iss", conversation, id, in->msg->sender);
  if (im_store_step (self, statement, NULL) != 1)
    return FALSE;
  ret_place->key = sqlite3_column_int64 (statement, 0);
  ret_place->time_s = sqlite3_column_int64 (statement, 1);
  sqlite3_reset (statement);
  return ret_place->time_s + BACK_MAX_S >= (gint64) in->msg->server_time;
}

/* Keys from `key` on that follow each other without room; ret_time_s: of the first message there,
 * or later. */
static gint64
count_run (ImStore *self, gint64 conversation, gint64 key, gint64 *ret_time_s)
{
  sqlite3_stmt *statement
      = im_store_prepare (self, IM_SQL_KEYS_FROM, "iii", conversation, key, (gint64) MOVED_MAX + 1);
  gboolean is_first = TRUE;
  gint64 n = 0;

  while (im_store_step (self, statement, NULL) == 1)
    {
      if (is_first)
        *ret_time_s = sqlite3_column_int64 (statement, 1);
      is_first = FALSE;
      if (sqlite3_column_int64 (statement, 0) != key + n)
        break;
      n++;
    }
  sqlite3_reset (statement);
  return n;
}

/* Keys are unique at every moment: those in the way are set aside and come back one further. */
static gboolean
move_on (ImStore *self, gint64 conversation, gint64 first, gint64 last, GError **error)
{
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_KEYS_SET_ASIDE, "iii", conversation, first,
                                         last),
                       error)
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_KEYS_PUT_BACK, "iii", conversation, first,
                                            last),
                          error);
}

/* Behind what it follows; its time lies between those around it. FALSE: there is no such place. */
static gboolean
choose_behind (
    ImStore *self, gint64 conversation, const ImStoreMessage *in, Place *ret_place, GError **error)
{
  gint64 next_s = (gint64) in->msg->server_time;
  Place before;
  gint64 n;

  if (!find_senders (self, conversation, in, in->after_id, &before))
    return FALSE;
  ret_place->key = before.key + 1;
  n = count_run (self, conversation, ret_place->key, &next_s);
  ret_place->time_s
      = CLAMP ((gint64) in->msg->client_time, before.time_s, MAX (before.time_s, next_s));
  return n == 0
         || (n <= MOVED_MAX
             && move_on (self, conversation, ret_place->key, ret_place->key + n - 1, error));
}

/* What follows it: as the sender says, whose time counts then, or as the archive has it. */
static gboolean
find_next (ImStore *self,
           gint64 conversation,
           const ImStoreMessage *in,
           gint64 *ret_key,
           gint64 *ret_time_s,
           GError **error)
{
  Place next;

  *ret_time_s = (gint64) in->msg->server_time;
  if (find_senders (self, conversation, in, in->ahead_id, &next))
    {
      *ret_key = next.key;
      *ret_time_s = MIN ((gint64) in->msg->client_time, next.time_s);
      return TRUE;
    }
  return in->before_id != NULL
         && im_store_get_int64 (self,
                                im_store_prepare (self, IM_SQL_KEY_BY_ARCHIVE, "is", conversation,
                                                  in->before_id),
                                -1, ret_key, error)
         && *ret_key >= 1;
}

/* Where what follows it stands, which is moved on when there is no room. FALSE: there is no such
 * place. */
static gboolean
choose_before (
    ImStore *self, gint64 conversation, const ImStoreMessage *in, Place *ret_place, GError **error)
{
  gint64 next;
  gint64 time_s;
  gint64 n;

  if (!find_next (self, conversation, in, &next, &ret_place->time_s, error))
    return FALSE;
  ret_place->key = next - 1;
  if (count_run (self, conversation, next - 1, &time_s) == 0)
    return TRUE;
  ret_place->key = next;
  n = count_run (self, conversation, next, &time_s);
  return n <= MOVED_MAX && move_on (self, conversation, next, next + n - 1, error);
}

gboolean
im_store_choose_place (ImStore *self,
                       gint64 conversation,
                       const ImStoreMessage *in,
                       ImStoreEnd end,
                       gint64 *ret_key,
                       gint64 *ret_time_s,
                       GError **error)
{
  Place place;

  if (choose_behind (self, conversation, in, &place, error)
      || choose_before (self, conversation, in, &place, error))
    {
      *ret_key = place.key;
      *ret_time_s = place.time_s;
      return TRUE;
    }
  *ret_time_s = (gint64) in->msg->server_time;
  return im_store_choose_end (self, conversation, in->msg->server_time, end, ret_key, error);
}
