/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-history.h"

#include "im-about.h"
#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "im-session.h"
#include "map-message.h"
#include "xmpp-mam.h"

#define COUNT_DEFAULT 20
#define COUNT_MAX 200
/* Archive pages that are read for one answer: a page may hold nothing but receipts. */
#define ARCHIVE_PAGES_MAX 8

typedef struct
{
  ImSession *session; /* outlives the query: it ends with the session's cancellable */
  ImCall *call;
  char *conv_id;
  int conv_type;
  char *jid;
  ImMsg *from; /* nullable */
  guint count;
  char *before; /* nullable: archive id, where the archive goes on */
  guint pages;
} History;

static void
history_free (History *self)
{
  im_call_unref (self->call);
  g_free (self->conv_id);
  g_free (self->jid);
  g_free (self->before);
  im_json_unref (self->from);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (History, history_free)

static void ask_archive (History *taken);

static GPtrArray *
read_page (History *self, gboolean forward, GError **error)
{
  return im_store_message_page (im_session_get_store (self->session), self->conv_type,
                                self->conv_id, self->from, forward, self->count, error);
}

/* What the store has is a success, also without a connection. */
static void
answer_from_store (History *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = read_page (self, FALSE, &error);

  if (page == NULL)
    im_call_return_store_error (self->call, error);
  else
    im_call_return (self->call, im_json_format_array (page));
}

static void
store_old_message (ImSession *session, XmppMessage *message)
{
  g_autoptr (ImMsg) msg = NULL;
  g_autoptr (ImStoreMessage) row = NULL;
  g_autofree char *after_id = map_message_dup_after (message);
  g_autofree char *ahead_id = map_message_dup_before (message);
  ImStoreMessage in = { 0 };
  ImStoreAdded added;

  if (im_about_is (message))
    {
      im_about_take (session, message);
      return;
    }
  msg = map_message_from_stanza (im_session_get_ids (session), message, g_get_real_time ());
  if (msg == NULL || msg->is_online_msg)
    return;
  in.after_id = after_id;
  in.ahead_id = ahead_id;
  msg->is_read = TRUE; /* older than what this device knows */
  in.msg = msg;
  in.origin_id = message->origin_id;
  in.archive_id = message->archive_id;
  in.wire_id = message->id;
  in.markable = message->markable;
  if (im_store_message_add (im_session_get_store (session), &in, IM_STORE_OLDEST, &added, &row,
                            NULL, NULL)
      && added == IM_STORE_NEW)
    im_about_apply_waiting (session, &row);
}

static void
store_old_marker (History *self, XmppMessage *message)
{
  gint64 time_s = 0;

  if (message->displayed_id != NULL
      && !map_message_is_from_self (im_session_get_ids (self->session), message))
    im_store_mark_peer_read (im_session_get_store (self->session), self->conv_type, self->conv_id,
                             message->displayed_id, &time_s, NULL, NULL);
}

/* What stands behind a message of the same page is stored after it. */
static gboolean
waits_for_page (XmppMessage *message, GHashTable *ids)
{
  g_autofree char *after_id = map_message_dup_after (message);

  return after_id != NULL && g_hash_table_contains (ids, after_id);
}

static void
store_old_messages (ImSession *session, const XmppMamPage *page)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < page->items->len; i++)
    {
      const XmppMessage *message = g_ptr_array_index (page->items, i);

      if (message->id != NULL)
        g_hash_table_add (ids, message->id);
    }
  for (guint i = page->items->len; i > 0; i--)
    if (!waits_for_page (g_ptr_array_index (page->items, i - 1), ids))
      store_old_message (session, g_ptr_array_index (page->items, i - 1));
  for (guint i = 0; i < page->items->len; i++)
    if (waits_for_page (g_ptr_array_index (page->items, i), ids))
      store_old_message (session, g_ptr_array_index (page->items, i));
}

static gboolean
store_page (History *self, const XmppMamPage *page)
{
  ImStore *store = im_session_get_store (self->session);
  ImEvents *events = im_session_get_events (self->session);
  gboolean kept;

  if (!im_store_begin (store, NULL))
    return FALSE;
  im_events_hold (events);
  store_old_messages (self->session, page);
  for (guint i = 0; i < page->items->len; i++)
    store_old_marker (self, g_ptr_array_index (page->items, i));
  im_store_archive_set (store, self->jid, NULL, page->first, page->complete, NULL);
  kept = im_store_commit (store, NULL);
  im_events_release (events, kept);
  return kept;
}

static void
on_archive_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (History) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppMamPage) page = xmpp_mam_query_finish (XMPP_PORTER (source), result, &error);
  g_autoptr (GPtrArray) known = NULL;

  if (im_call_is_answered (self->call)) /* the session is gone */
    return;
  if (page == NULL || !store_page (self, page))
    return answer_from_store (self);
  known = read_page (self, FALSE, NULL);
  if (page->complete || page->first == NULL || ++self->pages >= ARCHIVE_PAGES_MAX || known == NULL
      || known->len >= self->count)
    return answer_from_store (self);
  g_free (self->before);
  self->before = g_strdup (page->first);
  ask_archive (g_steal_pointer (&self));
}

static void
ask_archive (History *self)
{
  XmppMamQuery query = { 0 };

  query.with = self->jid;
  query.before = self->before != NULL ? self->before : "";
  query.max = MAX (self->count, COUNT_DEFAULT);
  xmpp_mam_query_async (im_session_get_porter (self->session), &query,
                        im_session_get_cancellable (self->session), on_archive_page, self);
}

static gboolean
may_ask_archive (History *self)
{
  ImStore *store = im_session_get_store (self->session);
  gboolean complete = FALSE;

  if (self->conv_type != IM_CONV_C2C || !im_session_is_online (self->session)
      || !im_session_has_archive (self->session))
    return FALSE;
  self->jid = map_id_jid_from_user (im_session_get_ids (self->session), self->conv_id, NULL);
  if (self->jid == NULL)
    return FALSE;
  im_store_archive_get (store, self->jid, NULL, &self->before, &complete, NULL);
  if (complete)
    return FALSE;
  if (self->before == NULL)
    self->before = im_store_oldest_archive_id (store, self->conv_type, self->conv_id);
  return TRUE;
}

static gboolean
is_start (const ImMsg *msg)
{
  return msg == NULL
         || (msg->unique_id == 0 && msg->rand == 0 && msg->seq == 0 && msg->server_time == 0);
}

void
im_history_get (ImSession *session, ImJob *job)
{
  const ImGetMsgListParam *param = job->param;
  g_autoptr (History) self = g_new0 (History, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = NULL;
  gboolean forward;

  self->session = session;
  self->call = im_call_ref (job->call);
  self->conv_id = g_strdup (job->conv_id);
  self->conv_type = job->conv_type;
  self->from = is_start (param->last_msg) ? NULL : im_json_ref (param->last_msg);
  self->count = param->count > 0 ? (guint) MIN (param->count, COUNT_MAX) : COUNT_DEFAULT;
  /* Nothing is newer than the newest: programs ask for it all the same and expect messages. */
  forward = param->is_forward && self->from != NULL;

  page = read_page (self, forward, &error);
  if (page == NULL)
    return im_call_return_store_error (job->call, error);
  if (page->len < self->count && !forward && param->is_ramble && may_ask_archive (self))
    ask_archive (g_steal_pointer (&self));
  else
    im_call_return (job->call, im_json_format_array (page));
}
