/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-sync.h"

#include "im-json.h"
#include "im-receiver.h"
#include "im-session.h"
#include "map-message.h"
#include "xmpp-account.h"
#include "xmpp-disco.h"
#include "xmpp-mam.h"

#define ARCHIVE_SELF "" /* key of the own archive's position in the store */
#define PAGE_SIZE 250
/* How far back a new device fetches at once; older messages come when somebody scrolls. */
#define FIRST_MAX 2000
#define FIRST_MAX_BYTES (16 * 1024 * 1024)

struct _ImSync
{
  ImSession *session;
  ImSyncFunc done;
  gpointer user_data;
  GCancellable *cancellable;
  GQueue live;      /* XmppMessage that came meanwhile */
  GPtrArray *pages; /* XmppMamPage, newest first: the first visit */
  guint n_first;
  gsize first_bytes;
  char *position;      /* nullable: archive id caught up to */
  gboolean from_start; /* been here before, when the archive was still empty: all of it is news */
  gboolean has_archive;
  gboolean is_complete; /* the archive was read to its end */
  gboolean is_behind;   /* there was no room for what it has */
  gboolean is_retry;    /* of what could not be stored */
  gboolean is_present;  /* the server delivers live now: a second reading closes the gap */
};

gboolean
im_sync_has_position (ImStore *store)
{
  g_autofree char *synced = im_store_kv_get (store, "synced");

  return synced != NULL;
}

gboolean
im_sync_has_archive (ImSync *self)
{
  return self->has_archive;
}

gboolean
im_sync_is_complete (ImSync *self)
{
  return self->is_complete;
}

void
im_sync_queue_live (ImSync *self, XmppMessage *message)
{
  g_queue_push_tail (&self->live, xmpp_message_ref (message));
}

static void
take_live (ImSync *self)
{
  XmppMessage *message;

  while ((message = g_queue_pop_head (&self->live)) != NULL)
    {
      im_session_take_live (self->session, message);
      xmpp_message_unref (message);
    }
}

static void
finish (ImSync *self)
{
  if (self->is_complete || !self->has_archive)
    im_store_kv_set (im_session_get_store (self->session), "synced", "1", NULL);
  if (self->is_behind)
    im_session_fall_behind (self->session);
  take_live (self);
  self->done (self, self->user_data); /* frees us */
}

/* The session is lost, and with it this catching up: the next one begins anew. Nothing of it may be
 * touched any more. */
static gboolean
is_over (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_SESSION_LOST)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_NOT_CONNECTED)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_CLOSED);
}

static void ask (ImSync *self);

/* Its answer is not wanted any more. */
static void
drop_question (ImSync *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

/* What came after the archive was read and before the server saw us is delivered by nobody: it may
 * have become an offline message, which was purged. It is in the archive. */
static void
become_present (ImSync *self)
{
  g_autoptr (XmppStanza) presence = xmpp_presence_new (NULL, NULL);

  xmpp_disco_append_caps (presence, im_session_get_capabilities (self->session));
  xmpp_porter_send (im_session_get_porter (self->session), presence, NULL, NULL);
  self->is_present = TRUE;
  if (!self->is_complete)
    return finish (self);
  self->is_complete = FALSE;
  g_ptr_array_set_size (self->pages, 0);
  self->n_first = 0;
  self->first_bytes = 0;
  g_clear_pointer (&self->position, g_free);
  im_store_archive_get (im_session_get_store (self->session), ARCHIVE_SELF, &self->position, NULL,
                        NULL, NULL);
  self->from_start = self->position == NULL;
  ask (self);
}

static void
on_purged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  xmpp_offline_purge_finish (XMPP_PORTER (source), result, &error);
  if (is_over (error))
    return;
  become_present (user_data);
}

/* What is in the archive need not come again as offline messages; only where the server can. */
static void
archive_done (ImSync *self)
{
  if (self->is_present)
    finish (self);
  else if (self->is_complete)
    xmpp_offline_purge_async (im_session_get_porter (self->session), self->cancellable, on_purged,
                              self);
  else
    become_present (self);
}

/* What is handed over late stands before what came live meanwhile. Returns: (transfer container):
 * for each item NULL, or the archive id of the next one of its conversation that is known here */
static const char **
find_known_ones_behind (ImSync *self, const GPtrArray *items)
{
  const char **behind = g_new0 (const char *, items->len);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = items->len; i > 0; i--)
    {
      const XmppMessage *item = g_ptr_array_index (items, i - 1);
      g_autofree char *peer = map_message_dup_peer (im_session_get_ids (self->session), item);

      if (peer == NULL)
        continue;
      behind[i - 1] = g_hash_table_lookup (known, peer);
      if (item->archive_id != NULL
          && im_store_message_is_archived (im_session_get_store (self->session), item->archive_id))
        g_hash_table_replace (known, g_steal_pointer (&peer), item->archive_id);
    }
  return behind;
}

static void
take_items (ImSync *self, const XmppMamPage *page, gboolean notify)
{
  g_autofree const char **behind = find_known_ones_behind (self, page->items);
  g_autoptr (GHashTable) newest
      = g_hash_table_new (g_str_hash, g_str_equal); /* sender → XmppMessage */
  GHashTableIter iter;
  gpointer message;

  for (guint i = 0; i < page->items->len; i++)
    {
      XmppMessage *item = g_ptr_array_index (page->items, i);

      if (!im_receiver_take (self->session, item, behind[i], notify) || !notify
          || item->from == NULL)
        continue;
      if (map_message_wants_exact (item))
        im_receiver_acknowledge (self->session, item);
      else
        g_hash_table_replace (newest, item->from, item);
    }
  /* Who reads one receipt in a message gets one of the whole page, not hundreds of messages. */
  g_hash_table_iter_init (&iter, newest);
  while (g_hash_table_iter_next (&iter, NULL, &message))
    im_receiver_acknowledge (self->session, message);
  if (page->last != NULL)
    im_store_archive_set (im_session_get_store (self->session), ARCHIVE_SELF, page->last, NULL,
                          FALSE, NULL);
}

/* Pages, newest first, in one transaction with the position they reach: told only once they are
 * stored. */
static gboolean
take_pages (ImSync *self, GPtrArray *pages, gboolean notify)
{
  ImStore *store = im_session_get_store (self->session);
  ImEvents *events = im_session_get_events (self->session);
  g_autoptr (GError) error = NULL;
  gboolean kept = im_store_begin (store, &error);

  if (kept)
    {
      im_events_hold (events);
      for (guint i = pages->len; i > 0; i--)
        take_items (self, g_ptr_array_index (pages, i - 1), notify);
      kept = im_store_commit (store, &error);
      im_events_release (events, kept);
    }
  if (kept)
    return TRUE;
  g_message ("what the archive has could not be stored: %s", error->message);
  self->is_behind = im_store_error_blames_disk (error);
  return FALSE;
}

static void
tell_unread_of (ImSync *self, const ImConv *conv)
{
  g_autoptr (GPtrArray) page
      = im_store_message_page (im_session_get_store (self->session), (int) conv->type, conv->id,
                               NULL, FALSE, (guint) MIN (conv->unread_num, FIRST_MAX), NULL);

  for (guint i = page != NULL ? page->len : 0; i > 0; i--)
    {
      ImMsg *msg = g_ptr_array_index (page, i - 1);

      if (!msg->is_from_self && !msg->is_read)
        im_events_message_received (im_session_get_events (self->session), msg);
    }
}

/* The first visit: in the order of time, then only what is still unread is news. */
static void
take_first_pages (ImSync *self)
{
  g_autoptr (GPtrArray) conversations = NULL;

  self->is_complete = take_pages (self, self->pages, FALSE);
  conversations = im_store_conversation_list (im_session_get_store (self->session), NULL);
  for (guint i = 0; self->is_complete && conversations != NULL && i < conversations->len; i++)
    if (((ImConv *) g_ptr_array_index (conversations, i))->unread_num > 0)
      tell_unread_of (self, g_ptr_array_index (conversations, i));
  archive_done (self);
}

/* The first visit goes back until it has enough. The pages wait in memory for the oldest. */
static gboolean
has_enough (ImSync *self, const XmppMamPage *page)
{
  const XmppMamPage *before
      = self->pages->len > 0 ? g_ptr_array_index (self->pages, self->pages->len - 1) : NULL;

  self->n_first += MAX (page->items->len, 1);
  self->first_bytes += page->size;
  return page->complete || page->first == NULL || self->n_first >= FIRST_MAX
         || self->first_bytes >= FIRST_MAX_BYTES
         || (before != NULL && g_strcmp0 (before->first, page->first) == 0);
}

static gboolean
take_page (ImSync *self, XmppMamPage *page)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, page);
  return take_pages (self, one, TRUE);
}

/* The server looks for the next page while this one is stored. */
static void
take_next_page (ImSync *self, XmppMamPage *page)
{
  gboolean is_last = page->complete || page->last == NULL;
  gboolean is_circle = !is_last && g_strcmp0 (page->last, self->position) == 0;

  if (!is_last && !is_circle)
    {
      g_free (self->position);
      self->position = g_strdup (page->last);
      ask (self);
    }
  if (!take_page (self, page))
    {
      drop_question (self);
      return archive_done (self);
    }
  self->is_complete = is_last;
  if (is_circle)
    g_message ("the archive could not be read: it goes round in circles");
  if (is_last || is_circle)
    archive_done (self);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppMamPage) page = xmpp_mam_query_finish (XMPP_PORTER (source), result, &error);
  ImSync *self = user_data;

  if (is_over (error))
    return;
  if (page == NULL && self->position != NULL
      && g_error_matches (error, XMPP_ERROR, XMPP_ERROR_ITEM_NOT_FOUND))
    {
      g_clear_pointer (&self->position, g_free); /* the archive has forgotten where we were */
      return ask (self);
    }
  if (page == NULL)
    {
      self->has_archive
          = !g_error_matches (error, XMPP_ERROR, XMPP_ERROR_SERVICE_UNAVAILABLE)
            && !g_error_matches (error, XMPP_ERROR, XMPP_ERROR_FEATURE_NOT_IMPLEMENTED);
      g_message ("the archive could not be read: %s", error->message);
      self->is_behind = self->is_retry && self->has_archive;
      return archive_done (self);
    }
  if (self->position == NULL && !self->from_start)
    {
      gboolean enough = has_enough (self, page);

      g_ptr_array_add (self->pages, g_steal_pointer (&page));
      return enough ? take_first_pages (self) : ask (self);
    }
  take_next_page (self, page);
}

static void
ask (ImSync *self)
{
  const XmppMamPage *oldest
      = self->pages->len > 0 ? g_ptr_array_index (self->pages, self->pages->len - 1) : NULL;
  XmppMamQuery query = { 0 };

  query.max = PAGE_SIZE;
  if (self->position != NULL)
    query.after = self->position;
  else if (!self->from_start)
    query.before = oldest != NULL ? oldest->first : "";
  xmpp_mam_query_async (im_session_get_porter (self->session), &query, self->cancellable, on_page,
                        self);
}

static void
on_carbons (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  xmpp_carbons_enable_finish (XMPP_PORTER (source), result, &error);
  if (is_over (error))
    return;
  if (error != NULL)
    g_message ("other devices will not be seen live: %s", error->message);
  ask (user_data);
}

ImSync *
im_sync_new (ImSession *session, gboolean is_present, ImSyncFunc done, gpointer user_data)
{
  ImSync *self = g_new0 (ImSync, 1);

  self->session = session;
  self->done = done;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->has_archive = TRUE;
  self->is_present = self->is_retry = is_present;
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) xmpp_mam_page_free);
  g_queue_init (&self->live);
  im_store_archive_get (im_session_get_store (session), ARCHIVE_SELF, &self->position, NULL, NULL,
                        NULL);
  self->from_start
      = self->position == NULL && im_sync_has_position (im_session_get_store (session));
  if (is_present)
    ask (self);
  else
    xmpp_carbons_enable_async (im_session_get_porter (session), self->cancellable, on_carbons,
                               self);
  return self;
}

void
im_sync_free (ImSync *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_queue_clear_full (&self->live, (GDestroyNotify) xmpp_message_unref);
  g_ptr_array_unref (self->pages);
  g_free (self->position);
  g_free (self);
}
