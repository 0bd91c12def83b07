/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-about.h"

#include "im-enums.h"
#include "im-json.h"
#include "im-store-index.h"

#define WAITING_IN_CONVERSATION 500
#define WAITING_MAX 5000

void
im_store_about_free (ImStoreAbout *about)
{
  g_free (about->conv_id);
  g_free (about->target);
  g_free (about->said_id);
  g_free (about->payload);
  g_free (about->sender);
  g_free (about);
}

/* Revoking */

static gboolean
take_back (ImStore *self, gint64 row_id, ImMsg **ret_msg, GError **error)
{
  g_autoptr (ImStoreMessage) row = im_store_message_get (self, row_id, error);
  g_autofree char *json = NULL;

  if (row == NULL)
    return FALSE;
  g_ptr_array_set_size (row->msg->elems, 0);
  im_json_set_str (&row->msg->cloud_custom_str, NULL);
  json = im_json_format_internal (row->msg);
  return im_store_index_remove (self, row_id, error)
         && im_store_run (self, im_store_prepare (self, IM_SQL_MESSAGE_REVOKE, "is", row_id, json),
                          error)
         && im_store_outbox_remove (self, row_id, error)
         && im_store_run (self, im_store_prepare (self, IM_SQL_AWAITED_REMOVE, "i", row_id), error)
         && im_store_run (self, im_store_prepare (self, IM_SQL_REACTION_REMOVE, "i", row_id), error)
         && (*ret_msg = im_json_ref (row->msg)) != NULL;
}

gboolean
im_store_message_revoke (ImStore *self, gint64 row_id, ImMsg **ret_msg, GError **error)
{
  g_autoptr (ImMsg) msg = NULL;

  if (!im_store_begin (self, error)
      || !im_store_end (self, take_back (self, row_id, &msg, error), error))
    return FALSE;
  msg->status = IM_MSG_REVOKED;
  msg->is_read = TRUE;
  msg->error_code = 0;
  *ret_msg = g_steal_pointer (&msg);
  return TRUE;
}

/* Modifying */

/* When something was said whose predecessor was said at known_us. */
static gint64
choose_time (gint64 given_us, gint64 known_us)
{
  return given_us != IM_ABOUT_NOW ? given_us : MAX (g_get_real_time (), known_us + 1);
}

/* Is there a modification that this one does not follow? Our own clients count them; times, which
 * are those of several clocks and here and there full seconds, only decide between what has one
 * number, or none. */
static gboolean
is_superseded (ImStore *self,
               const ImStoreMessage *row,
               guint64 version,
               const char *said_id,
               gint64 *time_us,
               gboolean *ret,
               GError **error)
{
  gint64 known_us = 0;
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_EDIT_GET, "i", row->row_id);
  int result = im_store_step (self, statement, error);
  gboolean is_counted = version != 0 && version != row->msg->version;

  *ret = is_counted && version < row->msg->version;
  if (result == 1)
    {
      const char *known = im_store_column_text (statement, 1);

      known_us = sqlite3_column_int64 (statement, 0);
      *ret = *ret || (known != NULL && g_strcmp0 (known, said_id) == 0)
             || (!is_counted && *time_us != IM_ABOUT_NOW && known_us > *time_us);
      sqlite3_reset (statement);
    }
  *time_us = choose_time (*time_us, known_us);
  return result >= 0;
}

static gboolean
modify (ImStore *self,
        gint64 row_id,
        const ImMsg *content,
        const char *said_id,
        gint64 time_us,
        ImMsg **ret_msg,
        GError **error)
{
  g_autoptr (ImStoreMessage) row = NULL;
  g_autofree char *before = NULL;
  g_autofree char *same = NULL;
  g_autofree char *after = NULL;
  gboolean superseded = FALSE;

  row = im_store_message_get (self, row_id, error);
  if (row == NULL
      || !is_superseded (self, row, content->version, said_id, &time_us, &superseded, error))
    return FALSE;
  if (superseded)
    return TRUE;
  before = im_json_format_internal (row->msg);
  g_clear_pointer (&row->msg->elems, g_ptr_array_unref);
  row->msg->elems = g_ptr_array_ref (content->elems);
  im_json_set_str (&row->msg->cloud_custom_str, content->cloud_custom_str);
  same = im_json_format_internal (row->msg);
  if (!g_str_equal (before, same))
    *ret_msg = im_json_ref (row->msg);
  if (content->version != 0)
    row->msg->version = content->version;
  else if (*ret_msg != NULL)
    row->msg->version++;
  if (row->msg->version != 0)
    IM_JSON_MARK (row->msg, ImMsg, version);
  after = im_json_format_internal (row->msg);
  return im_store_index_set_content (self, row_id, after, error)
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_EDIT_SET, "iis", row_id, time_us, said_id),
                          error);
}

gboolean
im_store_message_modify (ImStore *self,
                         gint64 row_id,
                         const ImMsg *content,
                         const char *said_id,
                         gint64 time_us,
                         ImMsg **ret_msg,
                         GError **error)
{
  g_autoptr (ImMsg) msg = NULL;

  if (!im_store_begin (self, error)
      || !im_store_end (self, modify (self, row_id, content, said_id, time_us, &msg, error), error))
    return FALSE;
  *ret_msg = g_steal_pointer (&msg);
  return TRUE;
}

/* Reactions */

static gboolean
set_reactions (ImStore *self,
               gint64 row_id,
               const char *sender,
               const char *reactions,
               gint64 time_us,
               gboolean *ret_changed,
               GError **error)
{
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_REACTION_GET, "is", row_id, sender);
  int result = im_store_step (self, statement, error);
  gboolean is_old = FALSE;
  gint64 known_us = 0;

  *ret_changed = !g_str_equal (reactions, "[]");
  if (result == 1)
    {
      known_us = sqlite3_column_int64 (statement, 1);
      is_old = time_us != IM_ABOUT_NOW && known_us > time_us;
      *ret_changed = !is_old && g_strcmp0 (im_store_column_text (statement, 0), reactions) != 0;
      sqlite3_reset (statement);
    }
  if (result < 0 || is_old)
    return result >= 0;
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_REACTION_SET, "isis", row_id, sender,
                                         choose_time (time_us, known_us), reactions),
                       error);
}

gboolean
im_store_reactions_set (ImStore *self,
                        gint64 row_id,
                        const char *sender,
                        const char *reactions,
                        gint64 time_us,
                        gboolean *ret_changed,
                        GError **error)
{
  return im_store_begin (self, error)
         && im_store_end (self,
                          set_reactions (self, row_id, sender, reactions, time_us, ret_changed,
                                         error),
                          error);
}

static void
reactions_free (gpointer data)
{
  ImStoreReactions *reactions = data;

  g_free (reactions->sender);
  g_strfreev (reactions->reactions);
  g_free (reactions);
}

GPtrArray *
im_store_reactions_list (ImStore *self, gint64 row_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (reactions_free);
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_REACTION_LIST, "i", row_id);
  int result;

  while ((result = im_store_step (self, statement, error)) == 1)
    {
      g_auto (GStrv) texts
          = im_json_parse_strv (im_store_column_text (statement, 1), -1, IM_JSON_LENIENT, NULL);
      ImStoreReactions *one;

      if (texts == NULL)
        continue;
      one = g_new0 (ImStoreReactions, 1);
      one->sender = g_strdup (im_store_column_text (statement, 0));
      one->reactions = g_steal_pointer (&texts);
      g_ptr_array_add (list, one);
    }
  return result == 0 ? g_steal_pointer (&list) : NULL;
}

/* Waiting */

static gboolean
wait_for (ImStore *self, const ImStoreAbout *about, GError **error)
{
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_ABOUT_ADD, "ssissis", about->conv_id,
                                         about->sender, (gint64) about->kind, about->target,
                                         about->said_id, about->time_us, about->payload),
                       error)
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_ABOUT_TRIM_CONVERSATION, "si",
                                            about->conv_id, (gint64) WAITING_IN_CONVERSATION),
                          error)
         && im_store_run (self,
                          im_store_prepare (self, IM_SQL_ABOUT_TRIM, "i", (gint64) WAITING_MAX),
                          error);
}

gboolean
im_store_about_wait (ImStore *self, const ImStoreAbout *about, GError **error)
{
  return im_store_begin (self, error) && im_store_end (self, wait_for (self, about, error), error);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const ImStoreAbout *one = *(ImStoreAbout *const *) a;
  const ImStoreAbout *other = *(ImStoreAbout *const *) b;

  if (one->time_us != other->time_us)
    return one->time_us < other->time_us ? -1 : 1;
  return (one->id > other->id) - (one->id < other->id);
}

ImStoreAbout *
im_store_about_read (sqlite3_stmt *row)
{
  ImStoreAbout *about = g_new0 (ImStoreAbout, 1);

  about->id = sqlite3_column_int64 (row, 0);
  about->conv_id = g_strdup (im_store_column_text (row, 1));
  about->kind = sqlite3_column_int (row, 2);
  about->target = g_strdup (im_store_column_text (row, 3));
  about->said_id = g_strdup (im_store_column_text (row, 4));
  about->payload = g_strdup (im_store_column_text (row, 5));
  return about;
}

GPtrArray *
im_store_about_take (ImStore *self, const char *conv_id, const ImStoreMessage *row, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) im_store_about_free);
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_ABOUT_TAKE, "ssss", conv_id,
                                              row->wire_id, row->origin_id, row->archive_id);
  int result;

  while ((result = im_store_step (self, statement, error)) == 1)
    {
      ImStoreAbout *about = im_store_about_read (statement);

      about->sender = g_strdup (im_store_column_text (statement, 6));
      about->time_us = sqlite3_column_int64 (statement, 7);
      g_ptr_array_add (list, about);
    }
  g_ptr_array_sort (list, compare_times);
  return result == 0 ? g_steal_pointer (&list) : NULL;
}
