/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-outbox.h"

#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "map-error.h"
#include "map-message.h"
#include "xmpp-jid.h"

/* Sessions that may be lost while a message is on its way, before it is taken for the reason. */
#define ATTEMPTS_MAX 8
#define KEY_DISPLAYED "displayed" /* JSON: [ conversation, wire id, conversation, … ] */

typedef struct
{
  gint64 row_id;
  ImCall *call; /* nullable: from before a restart */
  gboolean in_flight;
  gboolean waited; /* could not be sent at once: others may have come in between */
  gboolean lost;   /* was on its way when a session was lost */
} Entry;

/* Reference counted, since the porter answers after the session may have gone. */
struct _ImOutbox
{
  ImSession *session;    /* NULL afterwards */
  GQueue entries;        /* Entry, in order */
  GHashTable *displayed; /* conversation → wire id, still to be told */
  GQueue doubtful;       /* gint64 *, rows in order, see im_outbox_confirmed() */
};

typedef struct
{
  ImOutbox *outbox;
  gint64 row_id; /* of a message, or */
  char *conv_id; /* of a displayed marker */
  char *wire_id;
} Flight;

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->call, im_call_unref);
  g_free (entry);
}

static void
outbox_clear (gpointer data)
{
  ImOutbox *self = data;

  g_queue_clear_full (&self->entries, (GDestroyNotify) entry_free);
  g_queue_clear_full (&self->doubtful, g_free);
  g_hash_table_unref (self->displayed);
}

static void
flight_free (Flight *flight)
{
  g_rc_box_release_full (flight->outbox, outbox_clear);
  g_free (flight->conv_id);
  g_free (flight->wire_id);
  g_free (flight);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flight, flight_free)

static Entry *
find (ImOutbox *self, gint64 row_id)
{
  for (GList *link = self->entries.head; link != NULL; link = link->next)
    if (((Entry *) link->data)->row_id == row_id)
      return link->data;
  return NULL;
}

static Entry *
push (ImOutbox *self, gint64 row_id, ImCall *call)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->row_id = row_id;
  entry->call = call != NULL ? im_call_ref (call) : NULL;
  g_queue_push_tail (&self->entries, entry);
  return entry;
}

static void
load_displayed (ImOutbox *self)
{
  g_autofree char *text = im_store_kv_get (im_session_get_store (self->session), KEY_DISPLAYED);
  g_auto (GStrv) pairs = text != NULL ? im_json_parse_strv (text, -1, IM_JSON_LENIENT, NULL) : NULL;

  for (char **pair = pairs; pair != NULL && pair[0] != NULL && pair[1] != NULL; pair += 2)
    g_hash_table_replace (self->displayed, g_strdup (pair[0]), g_strdup (pair[1]));
}

static void
save_displayed (ImOutbox *self)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new ();
  g_autofree char *text = NULL;
  GHashTableIter iter;
  gpointer conv_id;
  gpointer wire_id;

  g_hash_table_iter_init (&iter, self->displayed);
  while (g_hash_table_iter_next (&iter, &conv_id, &wire_id))
    {
      g_ptr_array_add (pairs, conv_id);
      g_ptr_array_add (pairs, wire_id);
    }
  g_ptr_array_add (pairs, NULL);
  text = im_json_format_strv ((const char *const *) pairs->pdata);
  im_store_kv_set (im_session_get_store (self->session), KEY_DISPLAYED, text, NULL);
}

ImOutbox *
im_outbox_new (ImSession *session)
{
  ImOutbox *self = g_rc_box_new0 (ImOutbox);
  g_autoptr (GArray) rows = im_store_outbox_list (im_session_get_store (session), NULL);

  self->session = session;
  g_queue_init (&self->entries);
  g_queue_init (&self->doubtful);
  self->displayed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    push (self, g_array_index (rows, gint64, i), NULL)->waited = TRUE;
  load_displayed (self);
  return self;
}

void
im_outbox_free (ImOutbox *self)
{
  self->session = NULL;
  g_rc_box_release_full (self, outbox_clear);
}

/* An entry leaves: its caller, or else the update callback, is told. */
static void
finish (ImOutbox *self, Entry *entry, ImMsg *msg, const GError *error)
{
  ImEvents *events = im_session_get_events (self->session);

  g_queue_remove (&self->entries, entry);
  if (entry->call != NULL && error != NULL)
    im_call_return_error (entry->call, error);
  if (entry->call != NULL && error == NULL)
    im_call_return (entry->call, im_json_format (msg));
  if (entry->call == NULL || error != NULL)
    im_events_message_updated (events, msg);
  im_events_conversation (events, IM_CONV_EVENT_UPDATE, (int) msg->conv_type, msg->conv_id);
  entry_free (entry);
}

static void
succeed (ImOutbox *self, Entry *entry)
{
  g_autoptr (ImMsg) msg = NULL;

  if (im_store_message_set_status (im_session_get_store (self->session), entry->row_id,
                                   IM_MSG_SEND_SUCC, 0, NULL, g_get_real_time () / G_USEC_PER_SEC,
                                   &msg, NULL))
    finish (self, entry, msg, NULL);
}

static void
fail (ImOutbox *self, Entry *entry, const GError *error)
{
  g_autoptr (ImMsg) msg = NULL;

  if (im_store_message_set_status (im_session_get_store (self->session), entry->row_id,
                                   IM_MSG_SEND_FAIL, error->code, error->message, 0, &msg, NULL))
    finish (self, entry, msg, error);
}

/* The stanza may or may not have arrived, or could not leave yet: the next session decides. */
static gboolean
is_undecided (const GError *error)
{
  return g_error_matches (error, XMPP_ERROR, XMPP_ERROR_SESSION_LOST)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_NOT_CONNECTED)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_QUEUE_FULL)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_CLOSED);
}

static void
on_sent (XmppPorter *porter, XmppStanza *stanza, const GError *error, gpointer user_data)
{
  g_autoptr (Flight) flight = user_data;
  ImOutbox *self = flight->outbox;
  Entry *entry = self->session != NULL ? find (self, flight->row_id) : NULL;

  if (entry == NULL) /* confirmed, refused or deleted meanwhile */
    return;
  entry->in_flight = FALSE;
  if (error == NULL)
    succeed (self, entry);
  else if (is_undecided (error))
    {
      entry->waited = TRUE;
      entry->lost = g_error_matches (error, XMPP_ERROR, XMPP_ERROR_SESSION_LOST);
    }
  else
    {
      g_autoptr (GError) reason = map_error_message (error);

      fail (self, entry, reason);
    }
}

static void
send_entry (ImOutbox *self, Entry *entry)
{
  ImStore *store = im_session_get_store (self->session);
  g_autoptr (ImStoreMessage) row = NULL;
  g_autoptr (XmppStanza) stanza = NULL;
  g_autoptr (GError) error = NULL;
  Flight *flight;

  if (entry->waited && !im_store_message_move_to_end (store, entry->row_id, NULL))
    return;
  entry->waited = FALSE;
  row = im_store_message_get (store, entry->row_id, NULL);
  if (row == NULL)
    {
      g_queue_remove (&self->entries, entry);
      entry_free (entry);
      return;
    }
  stanza = map_message_to_stanza (im_session_get_ids (self->session), row->msg, row->origin_id,
                                  &error);
  if (stanza == NULL)
    return fail (self, entry, error);
  if (im_store_outbox_attempt (store, entry->row_id, NULL) > ATTEMPTS_MAX)
    {
      g_set_error_literal (&error, IM_ERROR, ERR_SDK_NET_WAIT_ACK_TIMEOUT,
                           im_error_code_text (ERR_SDK_NET_WAIT_ACK_TIMEOUT));
      return fail (self, entry, error);
    }
  entry->in_flight = TRUE;
  flight = g_new0 (Flight, 1);
  flight->outbox = g_rc_box_acquire (self);
  flight->row_id = entry->row_id;
  xmpp_porter_send (im_session_get_porter (self->session), stanza, on_sent, flight);
}

static void
on_doubtful_sent (XmppPorter *porter, XmppStanza *stanza, const GError *error, gpointer user_data)
{
  g_autoptr (Flight) flight = user_data;
  ImOutbox *self = flight->outbox;

  if (self->session != NULL && error != NULL && is_undecided (error))
    g_queue_push_tail (&self->doubtful, g_memdup2 (&flight->row_id, sizeof flight->row_id));
}

static void
send_doubtful (ImOutbox *self)
{
  for (guint n = self->doubtful.length; n > 0; n--)
    {
      g_autofree gint64 *row_id = g_queue_pop_head (&self->doubtful);
      g_autoptr (ImStoreMessage) row
          = im_store_message_get (im_session_get_store (self->session), *row_id, NULL);
      g_autoptr (XmppStanza) stanza = NULL;
      Flight *flight;

      if (row != NULL)
        stanza = map_message_to_stanza (im_session_get_ids (self->session), row->msg,
                                        row->origin_id, NULL);
      if (stanza == NULL)
        continue;
      flight = g_new0 (Flight, 1);
      flight->outbox = g_rc_box_acquire (self);
      flight->row_id = *row_id;
      xmpp_porter_send (im_session_get_porter (self->session), stanza, on_doubtful_sent, flight);
    }
}

static void
on_displayed_sent (XmppPorter *porter, XmppStanza *stanza, const GError *error, gpointer user_data)
{
  g_autoptr (Flight) flight = user_data;
  ImOutbox *self = flight->outbox;

  if (self->session == NULL || (error != NULL && is_undecided (error)))
    return;
  if (g_strcmp0 (g_hash_table_lookup (self->displayed, flight->conv_id), flight->wire_id) != 0)
    return; /* read on since */
  g_hash_table_remove (self->displayed, flight->conv_id);
  save_displayed (self);
}

static void
send_marker (ImOutbox *self, const char *conv_id, const char *wire_id)
{
  g_autofree char *jid = map_id_jid_from_user (im_session_get_ids (self->session), conv_id, NULL);
  g_autoptr (XmppStanza) marker = NULL;
  Flight *flight;

  if (jid == NULL)
    return;
  marker = xmpp_marker_new_displayed (jid, XMPP_MESSAGE_CHAT, wire_id);
  flight = g_new0 (Flight, 1);
  flight->outbox = g_rc_box_acquire (self);
  flight->conv_id = g_strdup (conv_id);
  flight->wire_id = g_strdup (wire_id);
  xmpp_porter_send (im_session_get_porter (self->session), marker, on_displayed_sent, flight);
}

/* Online, and not as much unconfirmed as may be. */
static gboolean
can_send (ImOutbox *self)
{
  return im_session_is_online (self->session)
         && xmpp_porter_is_open (im_session_get_porter (self->session));
}

void
im_outbox_go_on (ImOutbox *self)
{
  g_autoptr (GList) entries = can_send (self) ? g_list_copy (self->entries.head) : NULL;

  for (GList *link = entries; link != NULL && can_send (self); link = link->next)
    if (!((Entry *) link->data)->in_flight)
      send_entry (self, link->data);
}

void
im_outbox_flush (ImOutbox *self)
{
  GHashTableIter iter;
  gpointer conv_id;
  gpointer wire_id;

  if (!im_session_is_online (self->session))
    return;
  send_doubtful (self);
  im_outbox_go_on (self);
  g_hash_table_iter_init (&iter, self->displayed);
  while (g_hash_table_iter_next (&iter, &conv_id, &wire_id))
    send_marker (self, conv_id, wire_id);
}

void
im_outbox_add (ImOutbox *self, gint64 row_id, ImCall *call)
{
  const Entry *last = g_queue_peek_tail (&self->entries);
  gboolean others_wait = last != NULL && !last->in_flight;
  Entry *entry = push (self, row_id, call);

  if (!others_wait && can_send (self))
    {
      send_entry (self, entry);
      return;
    }
  entry->waited = TRUE;
  im_outbox_go_on (self); /* in order */
}

void
im_outbox_send_displayed (ImOutbox *self, const char *conv_id, const char *wire_id)
{
  g_hash_table_replace (self->displayed, g_strdup (conv_id), g_strdup (wire_id));
  save_displayed (self);
  if (im_session_is_online (self->session))
    send_marker (self, conv_id, wire_id);
}

void
im_outbox_confirmed (ImOutbox *self, gint64 row_id, ImMsg *msg)
{
  Entry *entry = find (self, row_id);

  if (entry == NULL)
    return;
  if (entry->lost)
    g_queue_push_tail (&self->doubtful, g_memdup2 (&row_id, sizeof row_id));
  finish (self, entry, msg, NULL);
}

/* Whom the message was for, that one's server, or our own. */
static gboolean
may_refuse (const MapIds *ids, const char *conv_id, const char *from)
{
  g_autofree char *jid = map_id_jid_from_user (ids, conv_id, NULL);
  g_autofree char *domain = xmpp_jid_dup_domain (jid);
  g_autofree char *bare = xmpp_jid_dup_bare (from);

  return from == NULL
         || (bare != NULL
             && (g_strcmp0 (bare, jid) == 0 || g_strcmp0 (bare, domain) == 0
                 || g_str_equal (bare, ids->domain) || g_str_equal (bare, ids->self_jid)));
}

gboolean
im_outbox_refused (
    ImOutbox *self, const char *wire_id, const char *from, int code, const char *desc)
{
  ImStore *store = im_session_get_store (self->session);
  g_autoptr (ImStoreMessage) row = im_store_message_find_wire (store, 0, NULL, wire_id, TRUE, NULL);
  g_autoptr (GError) error = g_error_new_literal (IM_ERROR, code, desc);
  g_autoptr (ImMsg) msg = NULL;
  Entry *entry;

  if (row == NULL || !may_refuse (im_session_get_ids (self->session), row->msg->conv_id, from))
    return FALSE;
  entry = find (self, row->row_id);
  if (entry != NULL)
    fail (self, entry, error);
  else if (im_store_message_set_status (store, row->row_id, IM_MSG_SEND_FAIL, code, desc, 0, &msg,
                                        NULL))
    {
      im_events_message_updated (im_session_get_events (self->session), msg);
      im_events_conversation (im_session_get_events (self->session), IM_CONV_EVENT_UPDATE,
                              (int) msg->conv_type, msg->conv_id);
    }
  return TRUE;
}

void
im_outbox_remove (ImOutbox *self, gint64 row_id)
{
  Entry *entry = find (self, row_id);

  if (entry == NULL)
    return;
  g_queue_remove (&self->entries, entry);
  if (entry->call != NULL)
    im_call_return_code (entry->call, ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL, NULL);
  entry_free (entry);
}
