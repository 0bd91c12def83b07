/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-outbox.h"

#include "im-elem-upload.h"
#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "im-pings.h"
#include "im-said.h"
#include "map-error.h"
#include "map-message.h"
#include "xmpp-jid.h"

/* Sessions that may be lost while a message is on its way, before it is sent alone, to see whether
 * it is the reason; and before it is taken for the reason. */
#define ATTEMPTS_ALONE 2
#define ATTEMPTS_MAX 5

typedef enum
{
  STATE_WAITING,   /* not sent, or sent in a session that was lost */
  STATE_IN_FLIGHT, /* sent, not acknowledged */
  STATE_UNSTORED,  /* accepted or refused, and there was no room to keep that: told once there is */
  STATE_SETTLING,  /* told as sent; the session goes on */
  STATE_DOUBTFUL,  /* told as sent; the session was lost: goes out once more */
  STATE_REPEATED,  /* went out once more, not acknowledged */
} State;

typedef struct
{
  GList link; /* in `open` or `settling` */
  gint64 row_id;
  State state;
  guint attempts;
  ImCall *call;     /* nullable: answered, or from before a restart */
  gboolean waited;  /* could not be sent at once: others may have come in between */
  gboolean missing; /* a receipt is, though later messages may have been read */
  GError *refusal;  /* nullable: unstored */
  gint64 settling_since_us;
} Entry;

/* Reference counted, since the porter answers after the session may have gone. */
struct _ImOutbox
{
  ImSession *session; /* NULL afterwards */
  GHashTable *by_row; /* row_id → Entry, owned */
  GQueue open;        /* Entry, in the order of sending; all but the settling */
  GQueue settling;    /* Entry, in the order of acknowledgement */
};

typedef struct
{
  ImOutbox *outbox;
  gint64 row_id;
} Flight;

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->call, im_call_unref);
  g_clear_error (&entry->refusal);
  g_free (entry);
}

static void
outbox_clear (gpointer data)
{
  ImOutbox *self = data;

  g_hash_table_unref (self->by_row);
}

static void
flight_free (Flight *flight)
{
  g_rc_box_release_full (flight->outbox, outbox_clear);
  g_free (flight);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flight, flight_free)

/* Entries and their queues */

static Entry *
find (ImOutbox *self, gint64 row_id)
{
  return g_hash_table_lookup (self->by_row, &row_id);
}

static gboolean
is_on_its_way (const Entry *entry)
{
  return entry->state == STATE_IN_FLIGHT || entry->state == STATE_REPEATED;
}

static GQueue *
queue_of (ImOutbox *self, const Entry *entry)
{
  return entry->state == STATE_SETTLING ? &self->settling : &self->open;
}

static Entry *
push (ImOutbox *self, gint64 row_id, State state, ImCall *call)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->link.data = entry;
  entry->row_id = row_id;
  entry->state = state;
  entry->call = call != NULL ? im_call_ref (call) : NULL;
  g_hash_table_insert (self->by_row, &entry->row_id, entry);
  g_queue_push_tail_link (&self->open, &entry->link);
  return entry;
}

static void
drop (ImOutbox *self, Entry *entry)
{
  g_queue_unlink (queue_of (self, entry), &entry->link);
  g_hash_table_remove (self->by_row, &entry->row_id);
}

static ImStore *
get_store (ImOutbox *self)
{
  return im_session_get_store (self->session);
}

/* Settling */

static void
forget (ImOutbox *self, Entry *entry)
{
  g_autoptr (GError) error = NULL;

  if (!im_store_outbox_remove (get_store (self), entry->row_id, &error))
    g_message ("a message that was sent stays in the outbox: %s", error->message);
  drop (self, entry);
}

gboolean
im_outbox_settle (ImOutbox *self, gint64 until_us)
{
  Entry *entry = g_queue_peek_head (&self->settling);

  if (entry != NULL && entry->settling_since_us <= until_us
      && im_store_begin (get_store (self), NULL))
    {
      for (; entry != NULL && entry->settling_since_us <= until_us;
           entry = g_queue_peek_head (&self->settling))
        forget (self, entry);
      im_store_commit (get_store (self), NULL);
    }
  return !g_queue_is_empty (&self->settling);
}

static void
begin_settling (ImOutbox *self, Entry *entry)
{
  g_queue_unlink (queue_of (self, entry), &entry->link);
  entry->state = STATE_SETTLING;
  entry->settling_since_us = im_clock_monotonic_us (im_session_get_clock (self->session));
  g_queue_push_tail_link (&self->settling, &entry->link);
  im_session_watch_settling (self->session);
}

void
im_outbox_lost_session (ImOutbox *self)
{
  Entry *entry;

  for (GList *link = self->open.head; link != NULL; link = link->next)
    {
      entry = link->data;
      if (entry->state == STATE_UNSTORED && entry->refusal == NULL)
        entry->state = STATE_WAITING;
    }
  while ((entry = g_queue_peek_tail (&self->settling)) != NULL)
    {
      g_queue_unlink (&self->settling, &entry->link);
      entry->state = STATE_DOUBTFUL;
      g_queue_push_head_link (&self->open, &entry->link);
    }
}

/* Beginning and end */

/* Those are not sent yet: im-attachments.h */
static gboolean
has_files (ImSession *session, gint64 row_id)
{
  g_autoptr (ImStoreMessage) row
      = im_store_message_get (im_session_get_store (session), row_id, NULL);

  return row != NULL && im_elem_upload_is_needed (row->msg);
}

ImOutbox *
im_outbox_new (ImSession *session)
{
  ImOutbox *self = g_rc_box_new0 (ImOutbox);
  g_autoptr (GArray) rows = im_store_outbox_list (im_session_get_store (session), NULL);

  self->session = session;
  g_queue_init (&self->open);
  g_queue_init (&self->settling);
  self->by_row
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) entry_free);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ImStoreOutboxRow *row = &g_array_index (rows, ImStoreOutboxRow, i);
      Entry *entry;

      if (!row->is_sent && has_files (session, row->row_id))
        continue;
      entry = push (self, row->row_id, row->is_sent ? STATE_DOUBTFUL : STATE_WAITING, NULL);
      entry->attempts = row->attempts;
      entry->waited = TRUE;
    }
  return self;
}

void
im_outbox_free (ImOutbox *self)
{
  self->session = NULL;
  g_rc_box_release_full (self, outbox_clear);
}

/* The caller, or else the update callback, is told. */
static void
tell (ImOutbox *self, Entry *entry, ImMsg *msg, const GError *error)
{
  ImEvents *events = im_session_get_events (self->session);

  if (entry->call != NULL && error != NULL)
    im_call_return_error (entry->call, error);
  if (entry->call != NULL && error == NULL)
    im_call_return (entry->call, im_json_format (msg));
  if (entry->call == NULL || error != NULL)
    im_events_message_updated (events, msg);
  g_clear_pointer (&entry->call, im_call_unref);
  im_events_conversation (events, IM_CONV_EVENT_UPDATE, (int) msg->conv_type, msg->conv_id);
}

/* The server's word cannot be kept: it is remembered until there is room, and nothing is told or
 * sent meanwhile. */
static void
remember (ImOutbox *self, Entry *entry, const GError *refusal)
{
  if (entry->state == STATE_SETTLING)
    {
      g_queue_unlink (&self->settling, &entry->link);
      g_queue_push_head_link (&self->open, &entry->link);
    }
  entry->state = STATE_UNSTORED;
  if (entry->refusal == NULL && refusal != NULL)
    entry->refusal = g_error_copy (refusal);
  im_session_fall_behind (self->session);
}

static void
succeed (ImOutbox *self, Entry *entry)
{
  g_autoptr (ImMsg) msg = NULL;

  if (!im_store_message_set_status (get_store (self), entry->row_id, IM_MSG_SEND_SUCC, 0, NULL,
                                    g_get_real_time () / G_USEC_PER_SEC, &msg, NULL))
    return remember (self, entry, NULL);
  begin_settling (self, entry);
  im_pings_sent (im_session_get_pings (self->session), msg->conv_id);
  tell (self, entry, msg, NULL);
}

static void
fail (ImOutbox *self, Entry *entry, const GError *error)
{
  g_autoptr (ImMsg) msg = NULL;

  if (!im_store_message_set_status (get_store (self), entry->row_id, IM_MSG_SEND_FAIL, error->code,
                                    error->message, 0, &msg, NULL))
    return remember (self, entry, error);
  tell (self, entry, msg, error);
  drop (self, entry);
}

/* FALSE: there is still no room. */
static gboolean
try_to_keep (ImOutbox *self, Entry *entry)
{
  gint64 row_id = entry->row_id;

  if (entry->refusal == NULL)
    succeed (self, entry);
  else
    fail (self, entry, entry->refusal);
  entry = find (self, row_id);
  return entry == NULL || entry->state != STATE_UNSTORED;
}

/* Sending */

/* The stanza may or may not have arrived, or could not leave yet: the next session decides. */
static gboolean
is_undecided (const GError *error)
{
  return g_error_matches (error, XMPP_ERROR, XMPP_ERROR_SESSION_LOST)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_NOT_CONNECTED)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_QUEUE_FULL)
         || g_error_matches (error, XMPP_ERROR, XMPP_ERROR_CLOSED);
}

/* A repetition has been told as sent already: whatever becomes of it, nothing is told. */
static void
on_repeated (ImOutbox *self, Entry *entry, const GError *error)
{
  if (error == NULL)
    begin_settling (self, entry);
  else if (is_undecided (error))
    entry->state = STATE_DOUBTFUL;
  else
    forget (self, entry);
}

static void
on_first_sent (ImOutbox *self, Entry *entry, const GError *error)
{
  g_autoptr (GError) reason = NULL;

  if (error == NULL)
    return succeed (self, entry);
  if (is_undecided (error))
    {
      entry->state = STATE_WAITING;
      entry->waited = TRUE;
      return;
    }
  reason = map_error_message (error);
  fail (self, entry, reason);
}

static void
on_sent (XmppPorter *porter, XmppStanza *stanza, const GError *error, gpointer user_data)
{
  g_autoptr (Flight) flight = user_data;
  ImOutbox *self = flight->outbox;
  Entry *entry = self->session != NULL ? find (self, flight->row_id) : NULL;
  const Entry *next;

  if (entry == NULL || !is_on_its_way (entry)) /* refused or deleted meanwhile */
    return;
  if (entry->state == STATE_REPEATED)
    on_repeated (self, entry, error);
  else
    on_first_sent (self, entry, error);
  /* It went alone, and others wait for it. */
  next = g_queue_peek_head (&self->open);
  if (error == NULL && next != NULL && !is_on_its_way (next))
    im_outbox_flush (self);
  im_said_flush (im_session_get_said (self->session));
}

static void
send_stanza (ImOutbox *self, Entry *entry, XmppStanza *stanza)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->outbox = g_rc_box_acquire (self);
  flight->row_id = entry->row_id;
  xmpp_porter_send (im_session_get_porter (self->session), stanza, on_sent, flight);
}

static void
send_first (ImOutbox *self, Entry *entry, const ImStoreMessage *row)
{
  g_autofree char *previous = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) stanza = NULL;

  /* The peer's word came, the server's was lost. */
  if (row->msg->is_delivered || row->msg->is_peer_read)
    return succeed (self, entry);
  stanza = map_message_to_stanza (im_session_get_ids (self->session), row->msg, row->origin_id,
                                  &error);
  if (stanza != NULL && entry->attempts > ATTEMPTS_MAX)
    g_set_error_literal (&error, IM_ERROR, ERR_SDK_NET_WAIT_ACK_TIMEOUT,
                         im_error_code_text (ERR_SDK_NET_WAIT_ACK_TIMEOUT));
  if (error != NULL)
    return fail (self, entry, error);
  previous = im_store_id_before (get_store (self), entry->row_id, TRUE);
  if (previous != NULL)
    map_message_add_previous (stanza, previous);
  entry->state = STATE_IN_FLIGHT;
  send_stanza (self, entry, stanza);
}

static void
send_again (ImOutbox *self, Entry *entry, const ImStoreMessage *row)
{
  gboolean has_arrived = row->msg->is_delivered || row->msg->is_peer_read;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (XmppStanza) stanza = NULL;

  if ((!has_arrived || entry->missing) && entry->attempts <= ATTEMPTS_MAX)
    {
      before = im_store_id_before (get_store (self), entry->row_id, FALSE);
      after = im_store_id_after (get_store (self), entry->row_id);
      stanza = map_message_to_repeat (im_session_get_ids (self->session), row->msg, row->origin_id,
                                      before, after, NULL);
    }
  if (stanza == NULL)
    return forget (self, entry);
  entry->state = STATE_REPEATED;
  send_stanza (self, entry, stanza);
}

/* FALSE: it cannot be sent now. */
static gboolean
send_entry (ImOutbox *self, Entry *entry)
{
  ImStore *store = get_store (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImStoreMessage) row = im_store_message_get (store, entry->row_id, &error);

  if (row == NULL && error == NULL)
    {
      im_outbox_remove (self, entry->row_id);
      return TRUE;
    }
  if (row == NULL)
    return FALSE;
  if (entry->state == STATE_UNSTORED)
    return try_to_keep (self, entry);
  entry->attempts = im_store_outbox_attempt (store, entry->row_id, &error);
  if (error != NULL)
    return FALSE;
  if (entry->state == STATE_WAITING)
    send_first (self, entry, row);
  else
    send_again (self, entry, row);
  return TRUE;
}

/* Online, and not as much unconfirmed as may be. */
static gboolean
can_send (ImOutbox *self)
{
  return im_session_is_online (self->session)
         && xmpp_porter_is_open (im_session_get_porter (self->session));
}

/* What waited goes to the end of its conversation, in one transaction: a process that is killed in
 * the middle must not find them in another order. */
static gboolean
move_to_end (ImOutbox *self)
{
  gboolean ok = im_store_begin (get_store (self), NULL);

  for (GList *link = self->open.head; ok && link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (entry->state == STATE_WAITING && entry->waited)
        im_store_message_move_to_end (get_store (self), entry->row_id, NULL);
    }
  if (!ok || !im_store_commit (get_store (self), NULL))
    return FALSE;
  for (GList *link = self->open.head; link != NULL; link = link->next)
    ((Entry *) link->data)->waited = FALSE;
  return TRUE;
}

static gboolean
has_waited (ImOutbox *self)
{
  for (GList *link = self->open.tail; link != NULL; link = link->prev)
    if (((Entry *) link->data)->state == STATE_WAITING)
      return ((Entry *) link->data)->waited;
  return FALSE;
}

gboolean
im_outbox_has_open (ImOutbox *self)
{
  return self->open.length > 0;
}

void
im_outbox_flush (ImOutbox *self)
{
  GList *link = self->open.head;
  gboolean others = FALSE; /* are on their way */

  if (can_send (self) && has_waited (self) && !move_to_end (self))
    return;
  while (link != NULL && can_send (self))
    {
      Entry *entry = link->data;
      gint64 row_id = entry->row_id;
      gboolean alone = entry->attempts >= ATTEMPTS_ALONE;

      link = link->next;
      if (!is_on_its_way (entry) && ((alone && others) || !send_entry (self, entry)))
        return;
      entry = find (self, row_id); /* it may be gone */
      if (entry == NULL || !is_on_its_way (entry))
        continue;
      if (alone)
        return;
      others = TRUE;
    }
}

void
im_outbox_add_late (ImOutbox *self, gint64 row_id, ImCall *call)
{
  push (self, row_id, STATE_WAITING, call)->waited = TRUE;
  im_outbox_flush (self);
}

void
im_outbox_add_refused (ImOutbox *self, gint64 row_id, ImCall *call, const GError *error)
{
  fail (self, push (self, row_id, STATE_WAITING, call), error);
}

gboolean
im_outbox_cancel (ImOutbox *self, gint64 row_id)
{
  Entry *entry = find (self, row_id);
  g_autoptr (GError) error = NULL;

  if (entry == NULL || entry->state != STATE_WAITING || entry->attempts > 0)
    return FALSE;
  error = g_error_new_literal (IM_ERROR, ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL,
                               im_error_code_text (ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL));
  fail (self, entry, error);
  return TRUE;
}

void
im_outbox_add (ImOutbox *self, gint64 row_id, ImCall *call)
{
  const Entry *last = g_queue_peek_tail (&self->open);
  gboolean others_wait = last != NULL && last->state == STATE_WAITING;
  Entry *entry = push (self, row_id, STATE_WAITING, call);

  entry->waited = others_wait || !can_send (self);
  im_outbox_flush (self); /* in order */
}

void
im_outbox_confirmed (ImOutbox *self, gint64 row_id, ImMsg *msg)
{
  Entry *entry = find (self, row_id);

  if (entry == NULL)
    return;
  if (entry->state == STATE_IN_FLIGHT)
    entry->state = STATE_REPEATED;
  else if (entry->state == STATE_WAITING)
    entry->state = STATE_DOUBTFUL;
  else if (entry->state == STATE_UNSTORED && entry->refusal == NULL)
    begin_settling (self, entry);
  tell (self, entry, msg, NULL);
}

gboolean
im_outbox_is_waiting (ImOutbox *self, gint64 row_id)
{
  const Entry *entry = find (self, row_id);

  return entry != NULL && entry->state != STATE_SETTLING && !is_on_its_way (entry);
}

void
im_outbox_repeat (ImOutbox *self, gint64 row_id)
{
  Entry *entry = find (self, row_id);

  if (entry == NULL)
    entry = push (self, row_id, STATE_DOUBTFUL, NULL);
  else if (entry->state == STATE_SETTLING)
    {
      g_queue_unlink (&self->settling, &entry->link);
      entry->state = STATE_DOUBTFUL;
      g_queue_push_tail_link (&self->open, &entry->link);
    }
  entry->missing = TRUE;
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

  if (row == NULL || row->msg->status == IM_MSG_REVOKED
      || !may_refuse (im_session_get_ids (self->session), row->msg->conv_id, from))
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
  else
    remember (self, push (self, row->row_id, STATE_UNSTORED, NULL), error);
  return TRUE;
}

void
im_outbox_remove (ImOutbox *self, gint64 row_id)
{
  Entry *entry = find (self, row_id);

  if (entry == NULL)
    return;
  if (entry->call != NULL)
    im_call_return_code (entry->call, ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL, NULL);
  drop (self, entry);
}

void
im_outbox_remove_deleted (ImOutbox *self)
{
  GList *link = self->open.head;

  while (link != NULL)
    {
      Entry *entry = link->data;
      g_autoptr (GError) error = NULL;
      g_autoptr (ImStoreMessage) row
          = im_store_message_get (get_store (self), entry->row_id, &error);

      link = link->next;
      if (row == NULL && error == NULL)
        im_outbox_remove (self, entry->row_id);
    }
}
