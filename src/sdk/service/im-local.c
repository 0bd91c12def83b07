/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-local.h"

#include "im-conversations.h"
#include "im-elem.h"
#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "im-messages.h"
#include "im-session.h"

/* Of 8.0; earlier 30. */
#define DELETE_MAX 50

static void
tell (ImSession *session, const ImJob *job, gboolean is_new)
{
  im_events_conversation (im_session_get_events (session),
                          is_new ? IM_CONV_EVENT_ADD : IM_CONV_EVENT_UPDATE, job->conv_type,
                          job->conv_id);
}

/* Importing */

/* What was given, but for what only the library knows. */
static ImMsg *
imported_message (ImSession *session, const ImJob *job, const ImMsg *given)
{
  const char *self = im_session_get_user_id (session);
  guint64 now_s = (guint64) (im_clock_now_us (im_session_get_clock (session)) / G_USEC_PER_SEC);
  ImMsg *msg = im_json_copy (given);

  im_json_set_str (&msg->conv_id, job->conv_id);
  msg->conv_type = job->conv_type;
  if (msg->sender == NULL || *msg->sender == '\0')
    im_json_set_str (&msg->sender, self);
  if (msg->server_time == 0)
    msg->server_time = msg->client_time != 0 ? msg->client_time : now_s;
  msg->server_time = MIN (msg->server_time, G_MAXUINT32);
  if (msg->client_time == 0)
    msg->client_time = msg->server_time;
  if (msg->rand == 0)
    msg->rand = g_random_int ();
  msg->is_from_self = g_str_equal (msg->sender, self);
  msg->is_read = TRUE;
  msg->is_peer_read = msg->is_delivered = FALSE;
  msg->is_online_msg = FALSE;
  msg->status = IM_MSG_LOCAL_IMPORTED;
  msg->unique_id = msg->seq = 0;
  msg->error_code = 0;
  im_json_set_str (&msg->error_desc, NULL);
  im_json_complete (msg);
  return msg;
}

static gboolean
has_content (const ImMsg *msg)
{
  return msg->elems->len > 0;
}

static gboolean
import (ImSession *session,
        const ImJob *job,
        const ImMsg *given,
        gboolean *ret_new_conversation,
        GError **error)
{
  g_autoptr (ImMsg) msg = imported_message (session, job, given);
  gboolean is_new = FALSE;

  if (!im_store_message_import (im_session_get_store (session), msg, &is_new, error))
    return FALSE;
  *ret_new_conversation = *ret_new_conversation || is_new;
  return TRUE;
}

void
im_local_import (ImSession *session, ImJob *job)
{
  ImStore *store = im_session_get_store (session);
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;
  gboolean ok = TRUE;

  if (!im_conversations_resolve (session, job))
    return;
  if (job->params->len == 0)
    return im_call_return (job->call, NULL);
  for (guint i = 0; i < job->params->len; i++)
    if (!has_content (g_ptr_array_index (job->params, i)))
      return im_call_return_code (job->call, ERR_INVALID_MSG_ELEM, "message_elem_array is empty");
  if (!im_store_begin (store, &error))
    return im_call_return_store_error (job->call, error);
  for (guint i = 0; ok && i < job->params->len; i++)
    ok = import (session, job, g_ptr_array_index (job->params, i), &is_new, &error);
  if (!ok)
    im_store_rollback (store);
  if (!ok || !im_store_commit (store, &error))
    return im_call_return_store_error (job->call, error);
  tell (session, job, is_new);
  im_call_return (job->call, NULL);
}

void
im_local_save (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE;

  if (!im_conversations_resolve (session, job))
    return;
  if (!has_content (job->param))
    return im_call_return_code (job->call, ERR_INVALID_MSG_ELEM, "message_elem_array is empty");
  if (!import (session, job, job->param, &is_new, &error))
    return im_call_return_store_error (job->call, error);
  tell (session, job, is_new);
  im_call_return (job->call, NULL);
}

/* Finding */

static gboolean
fits (const ImMsgLocator *locator, const ImMsg *msg)
{
  return (locator->unique_id == 0 || locator->unique_id == msg->unique_id)
         && (locator->time == 0 || locator->time == msg->server_time)
         && (locator->seq == 0 || locator->seq == msg->seq)
         && (locator->rand == 0 || locator->rand == msg->rand)
         && (!IM_JSON_HAS (locator, ImMsgLocator, is_self)
             || !locator->is_self == !msg->is_from_self)
         && (!locator->is_revoked || msg->status == IM_MSG_REVOKED);
}

/* Nullable. */
static ImMsg *
find_by_locator (ImSession *session, const ImJob *job, const ImMsgLocator *locator, GError **error)
{
  gboolean is_elsewhere = locator->conv_id != NULL && *locator->conv_id != '\0';
  g_autoptr (ImMsg) like = im_json_new (&im_msg_type);
  g_autoptr (ImStoreMessage) row = NULL;

  if (locator->unique_id == 0 && locator->rand == 0 && locator->seq == 0)
    return NULL;
  like->unique_id = locator->unique_id;
  like->rand = locator->rand;
  like->seq = locator->seq;
  like->server_time = locator->time;
  row = im_store_message_find (im_session_get_store (session),
                               is_elsewhere && locator->conv_type != 0 ? (int) locator->conv_type
                                                                       : job->conv_type,
                               is_elsewhere ? locator->conv_id : job->conv_id, like, error);
  return row != NULL && fits (locator, row->msg) ? im_json_ref (row->msg) : NULL;
}

static void
return_messages (ImJob *job, GPtrArray *found, const GError *error)
{
  if (error != NULL)
    im_call_return_store_error (job->call, error);
  else
    im_call_return (job->call, im_json_format_array (found));
}

void
im_local_find_by_locators (ImSession *session, ImJob *job)
{
  g_autoptr (GPtrArray) found = im_json_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; error == NULL && i < job->params->len; i++)
    {
      ImMsg *msg = find_by_locator (session, job, g_ptr_array_index (job->params, i), &error);

      if (msg != NULL)
        g_ptr_array_add (found, msg);
    }
  return_messages (job, found, error);
}

/* Nullable. By message_unique_id in decimal digits. */
static ImMsg *
find_by_unique_id (ImStore *store, const char *text, GError **error)
{
  guint64 id = 0;

  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &id, NULL)
             ? im_store_message_by_unique_id (store, id, error)
             : NULL;
}

/* Nullable. By message_msg_id: what this account wrote first, since others choose their ids. */
static ImMsg *
find_by_msg_id (ImStore *store, const char *id, GError **error)
{
  for (int own = TRUE; own >= FALSE && *error == NULL; own--)
    {
      g_autoptr (ImStoreMessage) row
          = im_store_message_find_wire (store, IM_CONV_C2C, NULL, id, own, error);

      if (row != NULL && g_strcmp0 (row->msg->msg_id, id) == 0)
        return im_json_ref (row->msg);
    }
  return NULL;
}

void
im_local_find (ImSession *session, ImJob *job)
{
  ImStore *store = im_session_get_store (session);
  g_autoptr (GPtrArray) found = im_json_array_new ();
  g_autoptr (GError) error = NULL;

  for (char **text = job->strings; error == NULL && *text != NULL; text++)
    {
      ImMsg *msg = find_by_unique_id (store, *text, &error);

      if (msg == NULL && error == NULL)
        msg = find_by_msg_id (store, *text, &error);
      if (msg != NULL)
        g_ptr_array_add (found, msg);
    }
  return_messages (job, found, error);
}

/* Changing */

void
im_local_set_custom_data (ImSession *session, ImJob *job)
{
  const ImMsg *given = job->param;
  ImStore *store = im_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImStoreMessage) row
      = im_store_message_find (store, job->conv_type, job->conv_id, given, &error);

  if (row == NULL && error == NULL)
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS,
                                "there is no such message on this device");
  if (row == NULL
      || !im_store_message_set_custom (store, row->row_id, given->custom_int, given->custom_str,
                                       &error))
    return im_call_return_store_error (job->call, error);
  tell (session, job, FALSE);
  im_call_return (job->call, NULL);
}

static gboolean
names_one (const ImMsg *like)
{
  return like->unique_id != 0 || like->rand != 0 || like->seq != 0;
}

/* Deleting */

void
im_local_clear (ImSession *session, ImJob *job)
{
  g_autoptr (GError) error = NULL;

  if (!im_store_messages_clear (im_session_get_store (session), job->conv_type, job->conv_id,
                                &error))
    return im_call_return_store_error (job->call, error);
  im_messages_forget_deleted (session);
  tell (session, job, FALSE);
  im_call_return (job->call, NULL);
}

static gboolean
delete_one (ImSession *session, const ImJob *job, const ImMsg *like, GError **error)
{
  ImStore *store = im_session_get_store (session);
  g_autoptr (GError) reason = NULL;
  g_autoptr (ImStoreMessage) row = NULL;

  if (!names_one (like))
    return TRUE;
  row = im_store_message_find (store, job->conv_type, job->conv_id, like, &reason);
  if (row != NULL && im_store_message_delete (store, row->row_id, &reason))
    return TRUE;
  if (reason == NULL)
    return TRUE; /* there is none */
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

void
im_local_delete_list (ImSession *session, ImJob *job)
{
  ImStore *store = im_session_get_store (session);
  g_autoptr (GError) error = NULL;
  gboolean ok = TRUE;

  if (job->params->len > DELETE_MAX)
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS, "more than 50 messages at once");
  if (!im_store_begin (store, &error))
    return im_call_return_store_error (job->call, error);
  for (guint i = 0; ok && i < job->params->len; i++)
    ok = delete_one (session, job, g_ptr_array_index (job->params, i), &error);
  if (!ok)
    im_store_rollback (store);
  if (!ok || !im_store_commit (store, &error))
    return im_call_return_store_error (job->call, error);
  im_messages_forget_deleted (session);
  tell (session, job, FALSE);
  im_call_return (job->call, NULL);
}
