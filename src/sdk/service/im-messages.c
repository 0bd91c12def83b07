/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-messages.h"

#include "im-attachments.h"
#include "im-elem.h"
#include "im-error.h"
#include "im-json.h"
#include "im-notes.h"
#include "im-outbox.h"
#include "im-session.h"
#include "map-error.h"
#include "map-message.h"

/* Sending */

static ImMsg *
new_own_message (ImSession *session, const ImJob *job, const char *id)
{
  const ImMsg *given = job->param;
  ImMsg *msg = im_json_new (&im_msg_type);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  msg->elems = im_json_array_new ();
  for (guint i = 0; i < given->elems->len; i++)
    g_ptr_array_add (msg->elems, im_json_copy (g_ptr_array_index (given->elems, i)));
  msg->conv_id = g_strdup (job->conv_id);
  msg->conv_type = job->conv_type;
  msg->sender = g_strdup (im_session_get_user_id (session));
  msg->priority = given->priority;
  msg->client_time = msg->server_time = (guint64) now_s;
  msg->is_from_self = TRUE;
  msg->is_read = TRUE;
  msg->is_online_msg = given->is_online_msg;
  msg->status = IM_MSG_SENDING;
  msg->rand = g_random_int ();
  msg->custom_int = given->custom_int;
  im_json_set_str (&msg->custom_str, given->custom_str);
  im_json_set_str (&msg->cloud_custom_str, given->cloud_custom_str);
  msg->msg_id = g_strdup (id);
  msg->offline_push_config = im_json_copy (given->offline_push_config);
  im_json_complete (msg);
  return msg;
}

typedef struct
{
  ImSession *session; /* until the files are sent; valid while that is not cancelled */
  ImCall *call;
  ImMsg *msg;
} OnlineSend;

static void
online_send_free (OnlineSend *send)
{
  im_call_unref (send->call);
  im_json_unref (send->msg);
  g_free (send);
}

static void
on_online_sent (XmppPorter *porter, XmppStanza *stanza, const GError *error, gpointer user_data)
{
  OnlineSend *send = user_data;
  g_autoptr (GError) reason = error != NULL ? map_error_message (error) : NULL;

  if (reason != NULL)
    im_call_return_error (send->call, reason);
  else
    {
      send->msg->status = IM_MSG_SEND_SUCC;
      im_call_return (send->call, im_json_format (send->msg));
    }
  online_send_free (send);
}

/* Delivered to who is connected, stored nowhere: no outbox either. */
static void
send_online (ImSession *session, ImCall *call, ImMsg *msg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) stanza = NULL;
  OnlineSend *send;

  if (!im_session_is_online (session))
    return im_call_return_code (call, ERR_SDK_NET_DISCONNECT, NULL);
  stanza = map_message_to_stanza (im_session_get_ids (session), msg, msg->msg_id, &error);
  if (stanza == NULL)
    return im_call_return_error (call, error);
  send = g_new0 (OnlineSend, 1);
  send->call = im_call_ref (call);
  send->msg = im_json_ref (msg);
  xmpp_porter_send (im_session_get_porter (session), stanza, on_online_sent, send);
}

static void
on_online_uploaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OnlineSend *send = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMsg) msg = im_elem_upload_finish (result, &error);

  if (msg != NULL)
    send_online (send->session, send->call, msg);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    im_call_return_error (send->call, error);
  online_send_free (send);
}

static void
upload_and_send_online (ImSession *session, ImCall *call, ImMsg *msg)
{
  OnlineSend *send = g_new0 (OnlineSend, 1);

  send->session = session;
  send->call = im_call_ref (call);
  send->msg = im_json_ref (msg);
  im_attachments_upload_async (im_session_get_attachments (session), msg,
                               im_session_get_cancellable (session), on_online_uploaded, send);
}

/* The files first, when it has some. */
static void
add_to_outbox (ImSession *session, const ImStoreMessage *row, ImCall *call)
{
  if (im_elem_upload_is_needed (row->msg))
    im_attachments_add (im_session_get_attachments (session), row->row_id, call);
  else
    im_outbox_add (im_session_get_outbox (session), row->row_id, call);
}

/* The same JSON again is a retry of a message that failed. */
static gboolean
retry (ImSession *session, ImJob *job)
{
  const ImMsg *given = job->param;
  ImStore *store = im_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImStoreMessage) row = NULL;

  if (given->unique_id == 0)
    return FALSE;
  row = im_store_message_find (store, job->conv_type, job->conv_id, given, NULL);
  if (row == NULL || !row->msg->is_from_self || row->msg->status != IM_MSG_SEND_FAIL)
    return FALSE;
  if (!im_store_message_requeue (store, row->row_id, &error))
    {
      im_call_return_store_error (job->call, error);
      return TRUE;
    }
  im_events_conversation (im_session_get_events (session), IM_CONV_EVENT_UPDATE, job->conv_type,
                          job->conv_id);
  add_to_outbox (session, row, job->call);
  return TRUE;
}

static void
tell_conversation (ImSession *session, const ImMsg *msg, gboolean is_new)
{
  im_events_conversation (im_session_get_events (session),
                          is_new ? IM_CONV_EVENT_ADD : IM_CONV_EVENT_UPDATE, (int) msg->conv_type,
                          msg->conv_id);
}

void
im_messages_send (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMsg) msg = NULL;
  g_autofree char *jid = NULL;
  g_autofree char *origin_id = NULL;
  g_autoptr (ImStoreMessage) row = NULL;
  ImStoreMessage in = { 0 };
  ImStoreAdded added;
  gboolean is_new;

  if (job->conv_type != IM_CONV_C2C)
    return im_call_return_code (job->call, ERR_SVR_GROUP_NOT_FOUND, NULL);
  if (!map_message_check (job->param, &error))
    return im_call_return_error (job->call, error);
  jid = map_id_jid_from_user (im_session_get_ids (session), job->conv_id, &error);
  if (jid == NULL)
    return im_call_return_error (job->call, error);
  if (retry (session, job))
    return;
  origin_id = job->msg_id != NULL ? g_strdup (job->msg_id) : xmpp_id_new ();
  msg = new_own_message (session, job, origin_id);
  if (msg->is_online_msg && im_elem_upload_is_needed (msg))
    return upload_and_send_online (session, job->call, msg);
  if (msg->is_online_msg)
    return send_online (session, job->call, msg);

  in.msg = msg;
  in.origin_id = in.wire_id = origin_id;
  if (!im_store_message_add (im_session_get_store (session), &in, IM_STORE_NEWEST, &added, &row,
                             &is_new, &error))
    return im_call_return_store_error (job->call, error);
  tell_conversation (session, row->msg, is_new);
  add_to_outbox (session, row, job->call);
}

void
im_messages_cancel (ImSession *session, ImJob *job)
{
  g_autoptr (ImStoreMessage) row
      = im_store_message_find_wire (im_session_get_store (session), job->conv_type, job->conv_id,
                                    job->msg_id, TRUE, NULL);

  if (row != NULL
      && (im_attachments_cancel (im_session_get_attachments (session), row->row_id)
          || im_outbox_cancel (im_session_get_outbox (session), row->row_id)))
    im_call_return (job->call, NULL);
  else
    im_call_return_code (job->call, ERR_SDK_INVALID_CANCEL_MESSAGE, NULL);
}

/* Reading */

void
im_messages_report_read (ImSession *session, ImJob *job)
{
  const ImMsg *up_to = job->param;
  g_autoptr (GError) error = NULL;
  g_autofree char *wire_id = NULL;
  guint changed = 0;

  /* {} is "nothing given" too. */
  if (up_to != NULL && up_to->unique_id == 0 && up_to->server_time == 0 && up_to->seq == 0)
    up_to = NULL;
  if (!im_store_mark_read (im_session_get_store (session), job->conv_type, job->conv_id, up_to,
                           &changed, &wire_id, NULL, &error))
    return im_call_return_store_error (job->call, error);
  if (changed > 0)
    {
      im_events_conversation (im_session_get_events (session), IM_CONV_EVENT_UPDATE, job->conv_type,
                              job->conv_id);
      if (wire_id != NULL && job->conv_type == IM_CONV_C2C)
        {
          im_notes_add (im_session_get_notes (session), job->conv_id, wire_id);
          im_notes_flush (im_session_get_notes (session));
        }
    }
  im_call_return (job->call, NULL);
}

void
im_messages_forget_deleted (ImSession *session)
{
  im_outbox_remove_deleted (im_session_get_outbox (session));
  im_attachments_remove_deleted (im_session_get_attachments (session));
}

void
im_messages_delete (ImSession *session, ImJob *job)
{
  const ImMsgDeleteParam *param = job->param;
  ImStore *store = im_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImStoreMessage) row = NULL;

  if (param->msg == NULL || (param->msg->unique_id == 0 && param->msg->rand == 0))
    {
      if (!im_store_messages_clear (store, job->conv_type, job->conv_id, &error))
        return im_call_return_store_error (job->call, error);
      im_messages_forget_deleted (session);
    }
  else
    {
      row = im_store_message_find (store, job->conv_type, job->conv_id, param->msg, NULL);
      if (row != NULL && !im_store_message_delete (store, row->row_id, &error))
        return im_call_return_store_error (job->call, error);
      if (row != NULL)
        {
          im_outbox_remove (im_session_get_outbox (session), row->row_id);
          im_attachments_remove (im_session_get_attachments (session), row->row_id);
        }
    }
  im_events_conversation (im_session_get_events (session), IM_CONV_EVENT_UPDATE, job->conv_type,
                          job->conv_id);
  im_call_return (job->call, NULL);
}
