/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-said.h"

#include "im-about-jobs.h"
#include "im-about.h"
#include "im-elem-upload.h"
#include "im-error.h"
#include "im-json.h"
#include "im-outbox.h"
#include "im-pings.h"
#include "im-session.h"
#include "map-about.h"
#include "map-error.h"
#include "map-message.h"

#define REVOKE_LIMIT_S 120
#define ATTEMPTS_MAX 5 /* sessions in a row that may be lost with it on its way */
/* Of what a server acknowledged and lost. */
#define REPEATS_MAX 2
#define AWAITING_MAX 200

typedef enum
{
  STATE_DUE,
  STATE_IN_FLIGHT,
  STATE_SETTLING, /* the server has it */
  STATE_AWAITING, /* and has had it for a while, but the peer has not confirmed it */
} State;

/* Reference counted, since the porter answers after the session may have gone. */
typedef struct
{
  ImSaid *owner; /* NULL: nobody asks any more */
  ImStoreAbout *about;
  ImCall *call; /* nullable: answered, or from before a restart */
  State state;
  guint attempts;
  guint repeats;
  gint64 settling_since_us;
} Entry;

struct _ImSaid
{
  ImSession *session;
  GQueue entries; /* Entry, in order */
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  im_store_about_free (entry->about);
  g_clear_pointer (&entry->call, im_call_unref);
}

static void
entry_unref (Entry *entry)
{
  g_rc_box_release_full (entry, entry_clear);
}

static void
push (ImSaid *self, ImStoreAbout *about, ImCall *call)
{
  Entry *entry = g_rc_box_new0 (Entry);

  entry->owner = self;
  entry->about = about;
  entry->call = call != NULL ? im_call_ref (call) : NULL;
  g_queue_push_tail (&self->entries, entry);
}

static void
drop (ImSaid *self, Entry *entry)
{
  im_store_said_remove (im_session_get_store (self->session), entry->about->id, NULL);
  g_queue_remove (&self->entries, entry);
  entry->owner = NULL;
  entry_unref (entry);
}

ImSaid *
im_said_new (ImSession *session)
{
  ImSaid *self = g_new0 (ImSaid, 1);
  g_autoptr (GPtrArray) list = im_store_said_list (im_session_get_store (session), 0, NULL);

  self->session = session;
  g_queue_init (&self->entries);
  for (guint i = 0; list != NULL && i < list->len; i++)
    push (self, g_ptr_array_index (list, i), NULL);
  if (list != NULL)
    g_ptr_array_set_free_func (list, NULL);
  return self;
}

void
im_said_free (ImSaid *self)
{
  Entry *entry;

  while ((entry = g_queue_pop_head (&self->entries)) != NULL)
    {
      entry->owner = NULL;
      entry_unref (entry);
    }
  g_free (self);
}

/* Sending */

static void
answer (ImSaid *self, Entry *entry, const GError *error)
{
  g_autoptr (ImStoreMessage) row = NULL;

  if (entry->call == NULL)
    return;
  if (error == NULL && entry->about->kind == IM_ABOUT_MODIFY)
    row = im_store_message_get (im_session_get_store (self->session), entry->about->row_id, NULL);
  if (error != NULL)
    im_call_return_error (entry->call, error);
  else
    im_call_return (entry->call, row != NULL ? im_json_format (row->msg) : NULL);
  g_clear_pointer (&entry->call, im_call_unref);
}

/* It may or may not have arrived, or could not leave yet. */
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
  Entry *entry = user_data;
  ImSaid *self = entry->owner;

  if (self != NULL && entry->state == STATE_IN_FLIGHT)
    {
      if (error == NULL)
        {
          entry->state = STATE_SETTLING;
          entry->attempts = 0;
          entry->settling_since_us = im_clock_monotonic_us (im_session_get_clock (self->session));
          im_session_watch_settling (self->session);
          im_pings_sent (im_session_get_pings (self->session), entry->about->conv_id);
          answer (self, entry, NULL);
        }
      else if (is_undecided (error))
        entry->state = STATE_DUE;
      else
        {
          g_autoptr (GError) reason = map_error_message (error);

          answer (self, entry, reason);
          drop (self, entry);
        }
    }
  entry_unref (entry);
}

static XmppStanza *
build (ImSaid *self, const ImStoreAbout *about, GError **error)
{
  const MapIds *ids = im_session_get_ids (self->session);

  if (about->kind == IM_ABOUT_REVOKE)
    return map_about_retraction (ids, about->conv_id, about->said_id, about->target, error);
  if (about->kind == IM_ABOUT_REACT)
    {
      g_auto (GStrv) reactions = im_json_parse_strv (about->payload, -1, IM_JSON_LENIENT, error);

      return reactions != NULL
                 ? map_about_reactions (ids, about->conv_id, about->said_id, about->target,
                                        (const char *const *) reactions, error)
                 : NULL;
    }
  else
    {
      g_autoptr (ImMsg) msg
          = im_json_parse (&im_msg_type, about->payload, -1, IM_JSON_LENIENT, error);

      return msg != NULL
                 ? map_message_to_correction (ids, msg, about->said_id, about->target, error)
                 : NULL;
    }
}

/* FALSE: it is gone. */
static gboolean
send (ImSaid *self, Entry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) stanza = build (self, entry->about, &error);

  if (stanza != NULL && ++entry->attempts > ATTEMPTS_MAX)
    g_set_error_literal (&error, IM_ERROR, ERR_SDK_NET_WAIT_ACK_TIMEOUT,
                         im_error_code_text (ERR_SDK_NET_WAIT_ACK_TIMEOUT));
  if (error != NULL)
    {
      answer (self, entry, error);
      drop (self, entry);
      return FALSE;
    }
  entry->state = STATE_IN_FLIGHT;
  xmpp_porter_send (im_session_get_porter (self->session), stanza, on_sent,
                    g_rc_box_acquire (entry));
  return TRUE;
}

void
im_said_flush (ImSaid *self)
{
  GList *link = self->entries.head;

  while (link != NULL && im_session_is_online (self->session)
         && xmpp_porter_is_open (im_session_get_porter (self->session)))
    {
      Entry *entry = link->data;

      link = link->next;
      if (entry->state != STATE_DUE)
        continue;
      if (im_outbox_is_waiting (im_session_get_outbox (self->session), entry->about->row_id))
        return; /* in order */
      send (self, entry);
    }
}

void
im_said_lost_session (ImSaid *self)
{
  for (GList *link = self->entries.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (entry->state != STATE_AWAITING)
        entry->state = STATE_DUE;
    }
}

/* Only the newest are waited for. */
static void
drop_oldest_awaiting (ImSaid *self)
{
  Entry *oldest = NULL;
  guint n = 0;

  for (GList *link = self->entries.tail; link != NULL; link = link->prev)
    if (((Entry *) link->data)->state == STATE_AWAITING)
      {
        oldest = link->data;
        n++;
      }
  if (n > AWAITING_MAX)
    drop (self, oldest);
}

/* After a restart it goes out once more, which only those may get who are known to understand it.
 */
static void
await (ImSaid *self, Entry *entry)
{
  ImStore *store = im_session_get_store (self->session);

  entry->state = STATE_AWAITING;
  if (!im_store_gap_is_exact (store, entry->about->conv_id))
    im_store_said_remove (store, entry->about->id, NULL);
  drop_oldest_awaiting (self);
}

gboolean
im_said_settle (ImSaid *self, gint64 until_us)
{
  GList *link = self->entries.head;
  gboolean more = FALSE;

  while (link != NULL)
    {
      Entry *entry = link->data;

      link = link->next;
      if (entry->state != STATE_SETTLING)
        continue;
      if (entry->settling_since_us > until_us)
        more = TRUE;
      else if (entry->repeats < REPEATS_MAX)
        await (self, entry);
      else
        drop (self, entry);
    }
  return more;
}

/* What the server has */

static gboolean
is_unconfirmed (const Entry *entry, const char *conv_id)
{
  return (entry->state == STATE_SETTLING || entry->state == STATE_AWAITING)
         && entry->repeats < REPEATS_MAX && g_str_equal (entry->about->conv_id, conv_id);
}

gboolean
im_said_has_unconfirmed (ImSaid *self, const char *conv_id)
{
  for (GList *link = self->entries.head; link != NULL; link = link->next)
    if (is_unconfirmed (link->data, conv_id))
      return TRUE;
  return FALSE;
}

void
im_said_repeat (ImSaid *self, const char *conv_id, gint64 until_us)
{
  for (GList *link = self->entries.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (!is_unconfirmed (entry, conv_id) || entry->settling_since_us > until_us)
        continue;
      entry->state = STATE_DUE;
      entry->repeats++;
    }
  im_said_flush (self);
}

void
im_said_confirmed (ImSaid *self, const char *conv_id, const char *const *ids)
{
  GList *link = self->entries.head;

  while (link != NULL)
    {
      Entry *entry = link->data;

      link = link->next;
      if (!g_str_equal (entry->about->conv_id, conv_id)
          || !g_strv_contains (ids, entry->about->said_id))
        continue;
      answer (self, entry, NULL);
      drop (self, entry);
    }
}

/* A repetition would come after it. */
static void
drop_superseded (ImSaid *self, const ImStoreAbout *by)
{
  GList *link = self->entries.head;

  while (link != NULL)
    {
      Entry *entry = link->data;

      link = link->next;
      if (is_unconfirmed (entry, by->conv_id) && entry->about->row_id == by->row_id
          && (entry->about->kind == by->kind || by->kind == IM_ABOUT_REVOKE))
        drop (self, entry);
    }
}

/* Adding */

static gboolean
keep (ImSaid *self, ImStoreAbout *about, const ImStoreMessage *row, GError **error)
{
  ImStore *store = im_session_get_store (self->session);
  ImEvents *events = im_session_get_events (self->session);
  gboolean ok;

  if (!im_store_begin (store, error))
    return FALSE;
  im_events_hold (events);
  ok = im_about_apply (self->session, about, row, FALSE, error)
       && im_store_said_add (store, about, error);
  if (ok)
    ok = im_store_commit (store, error);
  else
    im_store_rollback (store);
  im_events_release (events, ok);
  return ok;
}

void
im_said_add (ImSaid *self, ImStoreAbout *about, const ImStoreMessage *row, ImCall *call)
{
  g_autoptr (GError) error = NULL;

  about->row_id = row->row_id;
  about->target = g_strdup (row->wire_id != NULL ? row->wire_id : row->origin_id);
  about->said_id = xmpp_id_new ();
  about->conv_id = g_strdup (row->msg->conv_id);
  about->sender = g_strdup (im_session_get_user_id (self->session));
  about->time_us = IM_ABOUT_NOW;
  if (about->target != NULL && keep (self, about, row, &error))
    {
      drop_superseded (self, about);
      push (self, about, call);
      im_said_flush (self);
      return;
    }
  if (error != NULL)
    im_call_return_store_error (call, error);
  else
    im_call_return_code (call, ERR_SVR_GROUP_REVOKE_MSG_DENY, "the message has no id on the wire");
  im_store_about_free (about);
}

/* Calls */

ImStoreMessage *
im_said_find_message (
    ImSession *session, ImCall *call, int conv_type, const char *conv_id, const ImMsg *like)
{
  ImStore *store = im_session_get_store (session);
  g_autoptr (GError) error = NULL;
  ImStoreMessage *row = NULL;

  if (conv_type != IM_CONV_C2C)
    return im_call_return_code (call, ERR_SVR_GROUP_NOT_FOUND, NULL), NULL;
  if (like->is_online_msg)
    return im_call_return_code (call, ERR_SVR_GROUP_REVOKE_MSG_DENY,
                                "messages for those online are not kept"),
           NULL;
  if (like->unique_id != 0 || like->rand != 0 || like->seq != 0)
    row = im_store_message_find (store, conv_type, conv_id, like, &error);
  if (error != NULL)
    im_call_return_store_error (call, error);
  else if (row == NULL)
    im_call_return_code (call, ERR_SVR_GROUP_REVOKE_MSG_NOT_FOUND, "there is no such message");
  return row;
}

/* The own message that a call is about. */
static ImStoreMessage *
find_own (ImSession *session, ImJob *job)
{
  g_autoptr (ImStoreMessage) row
      = im_said_find_message (session, job->call, job->conv_type, job->conv_id, job->param);

  if (row == NULL)
    return NULL;
  if (!row->msg->is_from_self)
    return im_call_return_code (job->call, ERR_SVR_GROUP_PERMISSION_DENY,
                                "the message is somebody else's"),
           NULL;
  if (row->msg->status == IM_MSG_SEND_FAIL)
    return im_call_return_code (job->call, ERR_SVR_GROUP_REVOKE_MSG_DENY,
                                "the message was not sent"),
           NULL;
  return g_steal_pointer (&row);
}

void
im_said_revoke (ImSession *session, ImJob *job)
{
  g_autoptr (ImStoreMessage) row = find_own (session, job);
  ImStoreAbout *about;

  if (row == NULL)
    return;
  if (row->msg->status == IM_MSG_REVOKED)
    return im_call_return (job->call, NULL);
  if (row->msg->status == IM_MSG_SEND_SUCC
      && g_get_real_time () / G_USEC_PER_SEC > (gint64) row->msg->server_time + REVOKE_LIMIT_S)
    return im_call_return_code (job->call, ERR_REVOKE_TIME_LIMIT_EXCEED, NULL);
  about = g_new0 (ImStoreAbout, 1);
  about->kind = IM_ABOUT_REVOKE;
  im_said_add (im_session_get_said (session), about, row, job->call);
}

void
im_said_modify (ImSession *session, ImJob *job)
{
  const ImMsg *given = job->param;
  g_autoptr (ImStoreMessage) row = find_own (session, job);
  g_autoptr (ImMsg) content = NULL;
  g_autoptr (GError) error = NULL;
  ImStoreAbout *about;

  if (row == NULL)
    return;
  if (row->msg->status == IM_MSG_REVOKED)
    return im_call_return_code (job->call, ERR_SVR_GROUP_REVOKE_MSG_DENY,
                                "the message was revoked");
  if (given->version != row->msg->version)
    return im_call_return_failure (job->call, ERR_SDK_MSG_MODIFY_CONFLICT,
                                   im_json_format (row->msg));
  if (!map_message_check (given, &error))
    return im_call_return_error (job->call, error);
  if (im_elem_upload_is_needed (given) || im_elem_upload_is_needed (row->msg))
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS,
                                "message_elem_array: a file is not on the server");
  content = im_json_copy (row->msg);
  g_clear_pointer (&content->elems, g_ptr_array_unref);
  content->elems = g_ptr_array_ref (given->elems);
  im_json_set_str (&content->cloud_custom_str, given->cloud_custom_str);
  content->version = row->msg->version + 1;
  IM_JSON_MARK (content, ImMsg, version);
  about = g_new0 (ImStoreAbout, 1);
  about->kind = IM_ABOUT_MODIFY;
  about->payload = im_json_format_internal (content);
  im_said_add (im_session_get_said (session), about, row, job->call);
}
