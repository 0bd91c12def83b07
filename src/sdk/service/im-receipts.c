/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-receipts.h"

#include "map-message.h"

#include <string.h>

/* Of the ids in one message: servers refuse large ones. */
#define BUNDLE_MAX_BYTES (16 * 1024)

/* One message on its way. Reference counted, since the porter answers after the session may have
 * gone. */
typedef struct
{
  ImReceipts *owner;   /* NULL: nobody asks any more */
  GPtrArray *receipts; /* ImStoreReceipt, oldest first */
  gboolean is_settling;
  gint64 settling_since_us;
} Bundle;

struct _ImReceipts
{
  ImSession *session;
  gint64 loaded; /* the id up to which the store's are here */
  GQueue due;    /* ImStoreReceipt, in order */
  GQueue sent;   /* Bundle */
};

static void
bundle_clear (gpointer data)
{
  g_ptr_array_unref (((Bundle *) data)->receipts);
}

static void
bundle_unref (Bundle *bundle)
{
  g_rc_box_release_full (bundle, bundle_clear);
}

ImReceipts *
im_receipts_new (ImSession *session)
{
  ImReceipts *self = g_new0 (ImReceipts, 1);

  self->session = session;
  g_queue_init (&self->due);
  g_queue_init (&self->sent);
  return self;
}

void
im_receipts_free (ImReceipts *self)
{
  Bundle *bundle;

  while ((bundle = g_queue_pop_head (&self->sent)) != NULL)
    {
      bundle->owner = NULL;
      bundle_unref (bundle);
    }
  g_queue_clear_full (&self->due, (GDestroyNotify) im_store_receipt_free);
  g_free (self);
}

void
im_receipts_add (ImReceipts *self, const char *recipient, const char *message_id, gboolean is_exact)
{
  im_store_receipt_add (im_session_get_store (self->session), recipient, message_id, is_exact,
                        NULL);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 one = ((const ImStoreReceipt *) a)->id;
  gint64 other = ((const ImStoreReceipt *) b)->id;

  return (one > other) - (one < other);
}

/* They are due again, in their old places; takes the queue's reference. */
static void
take_back (ImReceipts *self, Bundle *bundle)
{
  while (bundle->receipts->len > 0)
    g_queue_insert_sorted (&self->due,
                           g_ptr_array_steal_index (bundle->receipts, bundle->receipts->len - 1),
                           compare, NULL);
  bundle->owner = NULL;
  bundle_unref (bundle);
}

static void
on_sent (XmppPorter *porter, XmppStanza *stanza, const GError *error, gpointer user_data)
{
  Bundle *bundle = user_data;
  ImReceipts *self = bundle->owner;

  if (self != NULL && error != NULL)
    {
      g_queue_remove (&self->sent, bundle);
      take_back (self, bundle);
    }
  else if (self != NULL)
    {
      bundle->is_settling = TRUE;
      bundle->settling_since_us = im_clock_monotonic_us (im_session_get_clock (self->session));
      im_session_watch_settling (self->session);
    }
  bundle_unref (bundle);
}

static gboolean
fits (const Bundle *bundle, gsize n_bytes, const ImStoreReceipt *next)
{
  const ImStoreReceipt *first = g_ptr_array_index (bundle->receipts, 0);

  return first->exact && next->exact && bundle->receipts->len < XMPP_MAX_RECEIPTS
         && n_bytes + strlen (next->message_id) <= BUNDLE_MAX_BYTES
         && g_str_equal (first->recipient, next->recipient);
}

/* The oldest that is due, and what goes with it. */
static Bundle *
take_bundle (ImReceipts *self)
{
  Bundle *bundle = g_rc_box_new0 (Bundle);
  ImStoreReceipt *receipt = g_queue_pop_head (&self->due);
  GList *link = self->due.head;
  gsize n_bytes = strlen (receipt->message_id);

  bundle->owner = self;
  bundle->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) im_store_receipt_free);
  g_ptr_array_add (bundle->receipts, receipt);
  while (link != NULL && bundle->receipts->len < XMPP_MAX_RECEIPTS)
    {
      GList *next = link->next;

      receipt = link->data;
      if (fits (bundle, n_bytes, receipt))
        {
          n_bytes += strlen (receipt->message_id);
          g_ptr_array_add (bundle->receipts, receipt);
          g_queue_delete_link (&self->due, link);
        }
      link = next;
    }
  return bundle;
}

/* Newest first: who reads only one then knows the most. */
static XmppStanza *
build (const Bundle *bundle)
{
  const ImStoreReceipt *first = g_ptr_array_index (bundle->receipts, 0);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = bundle->receipts->len; i > 0; i--)
    g_ptr_array_add (ids,
                     ((ImStoreReceipt *) g_ptr_array_index (bundle->receipts, i - 1))->message_id);
  g_ptr_array_add (ids, NULL);
  return map_message_receipts (first->recipient, (const char *const *) ids->pdata, first->exact);
}

static void
send (ImReceipts *self)
{
  Bundle *bundle = take_bundle (self);
  g_autoptr (XmppStanza) stanza = build (bundle);

  g_queue_push_tail (&self->sent, bundle);
  xmpp_porter_send (im_session_get_porter (self->session), stanza, on_sent,
                    g_rc_box_acquire (bundle));
}

/* What transactions have kept since the last time. */
static void
load (ImReceipts *self)
{
  g_autoptr (GPtrArray) list
      = im_store_receipt_list (im_session_get_store (self->session), self->loaded, NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      ImStoreReceipt *receipt = g_ptr_array_index (list, i);

      self->loaded = receipt->id;
      g_queue_push_tail (&self->due, receipt);
    }
  if (list != NULL)
    g_ptr_array_set_free_func (list, NULL);
}

void
im_receipts_flush (ImReceipts *self)
{
  if (!im_session_is_online (self->session))
    return;
  load (self);
  while (self->due.length > 0 && xmpp_porter_is_open (im_session_get_porter (self->session)))
    send (self);
}

void
im_receipts_lost_session (ImReceipts *self)
{
  Bundle *bundle;

  while ((bundle = g_queue_pop_tail (&self->sent)) != NULL)
    take_back (self, bundle);
}

static void
forget (ImReceipts *self, Bundle *bundle)
{
  for (guint i = 0; i < bundle->receipts->len; i++)
    im_store_receipt_remove (im_session_get_store (self->session),
                             ((ImStoreReceipt *) g_ptr_array_index (bundle->receipts, i))->id,
                             NULL);
  bundle->owner = NULL;
  bundle_unref (bundle);
}

gboolean
im_receipts_settle (ImReceipts *self, gint64 until_us)
{
  ImStore *store = im_session_get_store (self->session);
  GList *link = self->sent.head;
  gboolean more = FALSE;

  if (link == NULL || !im_store_begin (store, NULL))
    return link != NULL;
  while (link != NULL)
    {
      Bundle *bundle = link->data;
      GList *next = link->next;

      if (bundle->is_settling && bundle->settling_since_us <= until_us)
        {
          g_queue_delete_link (&self->sent, link);
          forget (self, bundle);
        }
      else
        more = more || bundle->is_settling;
      link = next;
    }
  im_store_commit (store, NULL);
  return more;
}
