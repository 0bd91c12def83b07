/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-receiver.h"

#include "im-about.h"
#include "im-error.h"
#include "im-followers.h"
#include "im-gaps.h"
#include "im-json.h"
#include "im-notes.h"
#include "im-outbox.h"
#include "im-pings.h"
#include "im-receipts.h"
#include "im-said.h"
#include "im-session.h"
#include "map-error.h"
#include "map-message.h"
#include "xmpp-jid.h"

static void
tell_conversation (ImSession *session, const ImMsg *msg, gboolean is_new)
{
  im_events_conversation (im_session_get_events (session),
                          is_new ? IM_CONV_EVENT_ADD : IM_CONV_EVENT_UPDATE, (int) msg->conv_type,
                          msg->conv_id);
}

static void
take_receipt (ImSession *session, XmppMessage *message, const char *conv_id)
{
  g_autoptr (GPtrArray) changed = NULL;

  /* The own other device tells what it got: nothing about the peer. */
  if (map_message_is_from_self (im_session_get_ids (session), message))
    return;
  if (!im_store_mark_delivered (im_session_get_store (session), IM_CONV_C2C, conv_id,
                                (const char *const *) message->received_ids,
                                map_message_is_exact (message), &changed, NULL))
    return;
  im_gaps_watch (im_session_get_gaps (session), conv_id);
  im_said_confirmed (im_session_get_said (session), conv_id,
                     (const char *const *) message->received_ids);
  for (guint i = 0; i < changed->len; i++)
    im_events_message_updated (im_session_get_events (session), g_ptr_array_index (changed, i));
  if (changed->len > 0)
    im_events_conversation (im_session_get_events (session), IM_CONV_EVENT_UPDATE, IM_CONV_C2C,
                            conv_id);
}

static void
take_marker (ImSession *session, XmppMessage *message, const char *conv_id)
{
  ImStore *store = im_session_get_store (session);
  ImEvents *events = im_session_get_events (session);

  if (map_message_is_from_self (im_session_get_ids (session), message))
    {
      guint changed = 0;

      if (im_store_mark_read_wire (store, IM_CONV_C2C, conv_id, message->displayed_id, &changed,
                                   NULL)
          && changed > 0)
        im_events_conversation (events, IM_CONV_EVENT_UPDATE, IM_CONV_C2C, conv_id);
    }
  else
    {
      g_autoptr (GPtrArray) changed = NULL;
      gint64 time_s = 0;

      if (!im_store_mark_peer_read (store, IM_CONV_C2C, conv_id, message->displayed_id, &time_s,
                                    &changed, NULL)
          || changed->len == 0)
        return;
      if (im_session_wants_receipts (session))
        im_events_receipt (events, conv_id, IM_CONV_C2C, time_s);
      im_events_conversation (events, IM_CONV_EVENT_UPDATE, IM_CONV_C2C, conv_id);
    }
}

static void
take_typing (ImSession *session, XmppMessage *message)
{
  gboolean typing = message->chat_state == XMPP_CHAT_STATE_COMPOSING;
  g_autoptr (ImMsg) msg = NULL;

  /* "active" comes with every text, which says enough; what was typed in the past says nothing. */
  if (message->stamp_us != 0 || message->chat_state == XMPP_CHAT_STATE_ACTIVE
      || map_message_is_from_self (im_session_get_ids (session), message))
    return;
  msg = map_message_typing (im_session_get_ids (session), message->from, typing,
                            g_get_real_time ());
  if (msg->conv_id != NULL)
    im_events_message_received (im_session_get_events (session), msg);
}

static void
take_refusal (ImSession *session, XmppMessage *message)
{
  g_autoptr (GError) error = map_error_message (message->error);

  if (message->id != NULL)
    im_outbox_refused (im_session_get_outbox (session), message->id, message->from, error->code,
                       error->message);
}

void
im_receiver_acknowledge (ImSession *session, XmppMessage *message)
{
  g_autofree char *conv_id = NULL;

  if (!message->receipt_requested || message->id == NULL || message->from == NULL
      || message->carbon != XMPP_CARBON_NONE)
    return;
  conv_id = map_id_user_from_jid (im_session_get_ids (session), message->from);
  if (conv_id != NULL)
    im_receipts_add (im_session_get_receipts (session), message->from, message->id,
                     map_message_wants_exact (message));
}

/* Told to who is there, and kept nowhere: also when a server has kept it. */
static void
take_online_only (ImSession *session, XmppMessage *message, ImMsg *msg)
{
  if (!message->is_archived)
    im_events_message_received (im_session_get_events (session), msg);
}

static void
note_previous (ImSession *session, XmppMessage *message, const ImMsg *msg)
{
  g_autofree char *previous_id = map_message_dup_previous (message);

  if (previous_id != NULL && message->origin_id != NULL)
    im_followers_add (im_session_get_followers (session), msg->conv_id, previous_id,
                      message->origin_id);
}

/* Returns: whether somebody else waits for its receipt: it is new, or was sent again for want of it
 */
static gboolean
take_content (
    ImSession *session, XmppMessage *message, ImMsg *msg, const char *before_id, gboolean notify)
{
  ImStore *store = im_session_get_store (session);
  ImEvents *events = im_session_get_events (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImStoreMessage) row = NULL;
  ImStoreMessage in = { 0 };
  g_autofree char *after_id = map_message_dup_after (message);
  g_autofree char *ahead_id = map_message_dup_before (message);
  ImStoreAdded added;
  gboolean is_new = FALSE;

  in.msg = msg;
  if (ahead_id == NULL && message->origin_id != NULL)
    ahead_id = g_strdup (
        im_followers_find (im_session_get_followers (session), msg->conv_id, message->origin_id));
  in.after_id = after_id;
  in.ahead_id = ahead_id;
  in.before_id = before_id;
  in.origin_id = message->origin_id;
  in.archive_id = message->archive_id;
  in.wire_id = message->id;
  in.markable = message->markable;
  if (!im_store_message_add (store, &in, IM_STORE_NEWEST, &added, &row, &is_new, &error))
    {
      g_message ("a message could not be stored and is not told: %s", error->message);
      return FALSE;
    }
  if (added == IM_STORE_NEW)
    {
      note_previous (session, message, msg);
      im_about_apply_waiting (session, &row);
      /* Who writes has read what came before. */
      if (msg->is_from_self)
        im_store_mark_read (store, (int) msg->conv_type, msg->conv_id, row->msg, NULL, NULL, NULL,
                            NULL);
      if (notify && row->msg->status != IM_MSG_REVOKED)
        im_events_message_received (events, row->msg);
      tell_conversation (session, row->msg, is_new);
      return !msg->is_from_self;
    }
  if (added == IM_STORE_MERGED)
    {
      im_outbox_confirmed (im_session_get_outbox (session), row->row_id, row->msg);
      tell_conversation (session, row->msg, FALSE);
    }
  return !msg->is_from_self && map_message_is_repeat (message);
}

/* A device is there now that confirms every message. */
static gboolean
is_sign_of_life (ImSession *session, XmppMessage *message)
{
  return !message->is_archived && message->stamp_us == 0 && message->carbon == XMPP_CARBON_NONE
         && xmpp_jid_get_resource (message->from) != NULL
         && !map_message_is_from_self (im_session_get_ids (session), message)
         && (map_message_wants_exact (message) || map_message_is_exact (message));
}

gboolean
im_receiver_take (ImSession *session, XmppMessage *message, const char *before_id, gboolean notify)
{
  const MapIds *ids = im_session_get_ids (session);
  g_autofree char *peer = NULL;
  g_autofree char *conv_id = NULL;
  g_autoptr (ImMsg) msg = NULL;
  gboolean is_awaited = FALSE;

  if (message->type == XMPP_MESSAGE_ERROR)
    take_refusal (session, message);
  if (message->type != XMPP_MESSAGE_CHAT && message->type != XMPP_MESSAGE_NORMAL)
    return FALSE;
  peer = map_message_dup_peer (ids, message);
  conv_id = map_id_user_from_jid (ids, peer);
  if (conv_id == NULL)
    return FALSE;
  if (im_about_is (message))
    is_awaited = im_about_take (session, message);
  else
    msg = map_message_from_stanza (ids, message, g_get_real_time ());
  if (msg != NULL && msg->is_online_msg)
    take_online_only (session, message, msg);
  else if (msg != NULL)
    is_awaited = take_content (session, message, msg, before_id, notify);
  if (message->received_ids != NULL)
    take_receipt (session, message, conv_id);
  if (message->displayed_id != NULL)
    take_marker (session, message, conv_id);
  if (message->chat_state != XMPP_CHAT_STATE_NONE && msg == NULL && !message->is_archived)
    take_typing (session, message);
  if (is_sign_of_life (session, message))
    {
      im_pings_heard (im_session_get_pings (session), conv_id, message->from);
      im_notes_heard (im_session_get_notes (session), conv_id);
    }
  return is_awaited;
}

/* The archive was taken up to this message: own ones on their way may lie before it, and would
 * never be met again when the session is lost. */
static gboolean
moves_position (ImSession *session, XmppMessage *message)
{
  return message->archive_id != NULL && im_session_follows_archive (session)
         && !im_outbox_has_open (im_session_get_outbox (session));
}

gboolean
im_receiver_take_live (ImSession *session, XmppMessage *message, GError **error)
{
  ImStore *store = im_session_get_store (session);
  ImEvents *events = im_session_get_events (session);
  gboolean kept;

  if (!im_store_begin (store, error))
    return FALSE;
  im_events_hold (events);
  if (im_receiver_take (session, message, NULL, TRUE))
    im_receiver_acknowledge (session, message);
  if (moves_position (session, message))
    im_store_archive_set (store, "", message->archive_id, NULL, FALSE, NULL);
  kept = im_store_commit (store, error);
  im_events_release (events, kept);
  if (kept)
    im_receipts_flush (im_session_get_receipts (session));
  return kept;
}
