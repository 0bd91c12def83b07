/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

#include "im-enums.h"

/* What lies further back than this before the first exact receipt was sent to somebody of whom it
 * is not known that missing receipts mean anything. */
#define EXACT_BEFORE_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

gboolean
im_store_gap_note_exact (ImStore *self, gint64 conversation, gint64 key, GError **error)
{
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_EXACT_SET, "iii", conversation,
                                         key - EXACT_BEFORE_US, key),
                       error);
}

static gint64
get_key (ImStore *self, const char *conv_id, ImSql sql)
{
  gint64 conversation = im_store_conversation_row (self, IM_CONV_C2C, conv_id, NULL);
  gint64 key = -1;

  if (conversation > 0)
    im_store_get_int64 (self, im_store_prepare (self, sql, "i", conversation), -1, &key, NULL);
  return key;
}

gint64
im_store_gap_end (ImStore *self, const char *conv_id)
{
  return get_key (self, conv_id, IM_SQL_GAP_END);
}

gint64
im_store_gap_last (ImStore *self, const char *conv_id)
{
  return get_key (self, conv_id, IM_SQL_GAP_LAST);
}

gboolean
im_store_gap_is_exact (ImStore *self, const char *conv_id)
{
  return get_key (self, conv_id, IM_SQL_EXACT_GET) >= 0;
}

gboolean
im_store_gap_open (ImStore *self, const char *conv_id, gint64 last, GError **error)
{
  gint64 conversation = im_store_conversation_row (self, IM_CONV_C2C, conv_id, error);

  return conversation > 0 && im_store_gap_note_exact (self, conversation, last, error);
}

static GStrv
list_names (ImStore *self, sqlite3_stmt *statement)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  while (im_store_step (self, statement, NULL) == 1)
    g_strv_builder_add (names, im_store_column_text (statement, 0));
  return g_strv_builder_end (names);
}

GStrv
im_store_gap_conversations (ImStore *self)
{
  return list_names (self, im_store_prepare (self, IM_SQL_GAP_CONVERSATIONS, ""));
}

GStrv
im_store_gap_unconfirmed (ImStore *self)
{
  return list_names (self, im_store_prepare (self, IM_SQL_GAP_UNCONFIRMED, "i",
                                             g_get_real_time () - EXACT_BEFORE_US));
}

typedef struct
{
  gint64 row_id;
  gint64 repeats;
} Missing;

/* The newest, newest first. */
static GArray *
list_missing (
    ImStore *self, gint64 conversation, gint64 end, guint max, gint64 *ret_oldest, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Missing));
  sqlite3_stmt *statement
      = im_store_prepare (self, IM_SQL_GAP_MESSAGES, "iii", conversation, end, (gint64) max);
  int result;

  while ((result = im_store_step (self, statement, error)) == 1)
    {
      Missing missing
          = { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1) };

      *ret_oldest = sqlite3_column_int64 (statement, 2);
      g_array_append_val (list, missing);
    }
  return result == 0 ? g_steal_pointer (&list) : NULL;
}

static gboolean
take_one (ImStore *self, const Missing *missing, GError **error)
{
  return im_store_run (self,
                       missing->repeats > 1
                           ? im_store_prepare (self, IM_SQL_AWAITED_COUNT, "i", missing->row_id)
                           : im_store_prepare (self, IM_SQL_AWAITED_REMOVE, "i", missing->row_id),
                       error)
         && im_store_run (self, im_store_prepare (self, IM_SQL_OUTBOX_ADD, "i", missing->row_id),
                          error);
}

static gboolean
take (ImStore *self, gint64 conversation, gint64 end, guint max, GArray *rows, GError **error)
{
  gint64 oldest = end;
  g_autoptr (GArray) missing = list_missing (self, conversation, end, max, &oldest, error);

  if (missing == NULL)
    return FALSE;
  for (guint i = missing->len; i > 0; i--)
    {
      const Missing *one = &g_array_index (missing, Missing, i - 1);

      if (!take_one (self, one, error))
        return FALSE;
      g_array_append_val (rows, one->row_id);
    }
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_GAP_GIVE_UP, "ii", conversation, oldest),
                       error);
}

GArray *
im_store_gap_take (ImStore *self, const char *conv_id, gint64 end, guint max, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 conversation = im_store_conversation_row (self, IM_CONV_C2C, conv_id, error);

  if (conversation < 0 || !im_store_begin (self, error))
    return NULL;
  if (!im_store_end (self, conversation == 0 || take (self, conversation, end, max, rows, error),
                     error))
    return NULL;
  return g_steal_pointer (&rows);
}

static char *
take_id (ImStore *self, sqlite3_stmt *statement)
{
  char *id = NULL;

  if (im_store_step (self, statement, NULL) == 1)
    {
      id = g_strdup (im_store_column_text (statement, 0));
      sqlite3_reset (statement);
    }
  return id;
}

char *
im_store_id_before (ImStore *self, gint64 row_id, gboolean on_way)
{
  return take_id (self, im_store_prepare (self, IM_SQL_ID_BEFORE, "ii", row_id, (gint64) on_way));
}

char *
im_store_id_after (ImStore *self, gint64 row_id)
{
  return take_id (self, im_store_prepare (self, IM_SQL_ID_AFTER, "i", row_id));
}
