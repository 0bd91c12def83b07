/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages are sent on the network thread. Their answers come to the callback thread, one at a
 * time, and from the first of them on the batch belongs to that. */
#include "im-batch.h"

#include "im-enums.h"
#include "im-error.h"
#include "im-json.h"
#include "im-messages.h"
#include "im-msg.h"
#include "im-session.h"

#define RECEIVERS_MAX 500

typedef struct
{
  ImCall *call;
  GPtrArray *results; /* ImMsgBatchSendResult, in the order of the answers */
  guint n_open;       /* receivers without an answer */
} Batch;

/* Whose answer is awaited, and what it is about when that is a failure. */
typedef struct
{
  Batch *batch;
  ImMsgBatchSendResult *result;
} Receiver;

static void
batch_free (Batch *batch)
{
  im_call_unref (batch->call);
  g_ptr_array_unref (batch->results);
  g_free (batch);
}

static void
on_answer (int32_t code, const char *desc, const char *json, const void *user_data)
{
  g_autofree Receiver *receiver = (Receiver *) user_data;
  Batch *batch = receiver->batch;
  ImMsgBatchSendResult *result = receiver->result;
  ImMsg *sent = NULL;

  result->code = code;
  im_json_set_str (&result->desc, desc);
  if (code == 0)
    sent = im_json_parse (&im_msg_type, json, -1, IM_JSON_LENIENT, NULL);
  if (sent != NULL)
    {
      im_json_unref (result->msg);
      result->msg = sent;
    }
  g_ptr_array_add (batch->results, result);
  if (--batch->n_open > 0)
    return;
  im_call_return (batch->call, im_json_format_array (batch->results));
  batch_free (batch);
}

/* The result of a failure, which is all that a refused message leaves. */
static ImMsgBatchSendResult *
new_result (ImSession *session, const ImMsg *given, const char *user_id, const char *msg_id)
{
  ImMsgBatchSendResult *result = im_json_new (&im_msg_batch_send_result_type);

  result->identifier = g_strdup (user_id);
  result->msg = im_json_copy (given);
  im_json_set_str (&result->msg->conv_id, user_id);
  result->msg->conv_type = IM_CONV_C2C;
  im_json_set_str (&result->msg->sender, im_session_get_user_id (session));
  im_json_set_str (&result->msg->msg_id, msg_id);
  result->msg->is_from_self = TRUE;
  result->msg->status = IM_MSG_SEND_FAIL;
  im_json_complete (result->msg);
  return result;
}

static void
send_to (ImSession *session, Batch *batch, ImMsg *given, const char *user_id)
{
  Receiver *receiver = g_new0 (Receiver, 1);
  g_autoptr (ImJob) job = g_new0 (ImJob, 1);

  job->conv_id = g_strdup (user_id);
  job->conv_type = IM_CONV_C2C;
  job->msg_id = g_uuid_string_random ();
  job->param = im_json_ref (given);
  receiver->batch = batch;
  receiver->result = new_result (session, given, user_id, job->msg_id);
  job->call = im_call_new (im_session_get_events (session), on_answer, receiver);
  im_call_set_needs_session (job->call);
  im_messages_send (session, job);
}

void
im_batch_send (ImSession *session, ImJob *job)
{
  const ImMsgBatchSendParam *param = job->param;
  guint n_receivers = g_strv_length (param->identifiers);
  g_autoptr (ImMsg) msg = NULL;
  Batch *batch;

  if (n_receivers == 0)
    return im_call_return_code (job->call, ERR_INVALID_PARAMETERS, "there is no receiver");
  if (n_receivers > RECEIVERS_MAX)
    return im_call_return_code (job->call, ERR_SVR_MSG_TO_ACCOUNT_COUNT_LIMIT, NULL);
  msg = im_json_copy (param->msg);
  msg->unique_id = 0; /* of an earlier one: each of these is new */
  batch = g_new0 (Batch, 1);
  batch->call = im_call_ref (job->call);
  batch->results = g_ptr_array_new_with_free_func (im_json_unref);
  batch->n_open = n_receivers;
  for (guint i = 0; i < n_receivers; i++)
    send_to (session, batch, msg, param->identifiers[i]);
}
