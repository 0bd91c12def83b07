/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-batch.h"

#include "im-error.h"
#include "im-json.h"
#include "im-messages.h"
#include "im-msg.h"
#include "im-session.h"

#define RECEIVERS_MAX 500

/* Complete before the first answer can come; from then on of the callback thread. */
typedef struct
{
  ImCall *call;       /* owned */
  GPtrArray *results; /* of ImMsgBatchSendResult */
  guint n_waiting;
} Batch;

typedef struct
{
  Batch *batch;
  ImMsgBatchSendResult *result; /* borrowed */
} Receiver;

static void
end (Batch *self)
{
  im_call_return (self->call, im_json_format_array (self->results));
  im_call_unref (self->call);
  g_ptr_array_unref (self->results);
  g_free (self);
}

/* The answer to one of them; callback thread. json: the message as it was sent, empty when it could
 * not even be stored. */
static void
on_answer (int32_t code, const char *desc, const char *json, const void *user_data)
{
  g_autofree Receiver *self = (Receiver *) user_data;
  ImMsg *msg = im_json_parse (&im_msg_type, json, -1, IM_JSON_RESULT, NULL);

  self->result->code = code;
  im_json_set_str (&self->result->desc, desc);
  if (msg != NULL)
    {
      im_json_unref (self->result->msg);
      self->result->msg = msg;
    }
  if (--self->batch->n_waiting == 0)
    end (self->batch);
}

static ImMsgBatchSendResult *
new_result (const ImMsgBatchSendParam *param, const char *identifier)
{
  ImMsgBatchSendResult *result = im_json_new (&im_msg_batch_send_result_type);

  im_json_set_str (&result->identifier, identifier);
  result->msg = im_json_copy (param->msg);
  im_json_set_str (&result->msg->conv_id, identifier);
  result->msg->conv_type = IM_CONV_C2C;
  result->msg->status = IM_MSG_SEND_FAIL;
  return result;
}

static void
send_one (ImSession *session, Batch *batch, const ImMsg *msg, ImMsgBatchSendResult *result)
{
  g_autoptr (ImJob) job = g_new0 (ImJob, 1);
  Receiver *receiver = g_new0 (Receiver, 1);

  receiver->batch = batch;
  receiver->result = result;
  job->conv_id = g_strdup (result->identifier);
  job->conv_type = IM_CONV_C2C;
  job->param = im_json_copy (msg);
  job->call = im_call_new (im_session_get_events (session), on_answer, receiver);
  im_call_set_needs_session (job->call);
  im_messages_send (session, job);
}

void
im_batch_send (ImSession *session, ImJob *job)
{
  const ImMsgBatchSendParam *param = job->param;
  guint n = g_strv_length (param->identifiers);
  g_autoptr (GPtrArray) results = NULL;
  Batch *batch;

  if (n > RECEIVERS_MAX)
    return im_call_return_code (job->call, ERR_SVR_MSG_TO_ACCOUNT_COUNT_LIMIT, NULL);
  batch = g_new0 (Batch, 1);
  batch->call = im_call_ref (job->call);
  batch->results = im_json_array_new ();
  batch->n_waiting = n;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (batch->results, new_result (param, param->identifiers[i]));
  /* The last answer ends the batch, maybe while this still goes on. */
  results = g_ptr_array_ref (batch->results);
  for (guint i = 0; i < n; i++)
    send_one (session, batch, param->msg, g_ptr_array_index (results, i));
}
