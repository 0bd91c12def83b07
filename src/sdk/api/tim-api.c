/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The public functions: any thread. They check, parse and post; nothing else. Order of checks:
 * spec/api.md, "Common rules": -1 not initialised, -2 not logged in, -4 bad argument, -3 bad JSON,
 * -5 bad conversation. */
#include "TIMCloud.h"

#include "im-about-jobs.h"
#include "im-batch.h"
#include "im-bundle.h"
#include "im-conversations.h"
#include "im-fetch.h"
#include "im-history.h"
#include "im-json.h"
#include "im-local-search.h"
#include "im-local.h"
#include "im-messages.h"
#include "im-request.h"
#include "im-sdk.h"
#include "im-search.h"
#include "im-settings.h"

#include <string.h>

#define MESSAGE_ID_SIZE 128 /* of a program's buffer */

static ImSdk *
sdk (void)
{
  static gsize once = 0;
  static ImSdk *the_sdk = NULL;

  if (g_once_init_enter (&once))
    {
      the_sdk = im_sdk_new ();
      g_once_init_leave (&once, 1);
    }
  return the_sdk;
}

static ImEvents *
events (void)
{
  return im_sdk_get_events (sdk ());
}

static gboolean
is_given (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Callback registration */

/* clang-format off */
#define REGISTRATIONS(X)                                                          \
  X (TIMSetMsgReadedReceiptCallback,      TIMMsgReadedReceiptCallback,      RECEIPT)          \
  X (TIMSetMsgRevokeCallback,             TIMMsgRevokeCallback,             REVOKE)           \
  X (TIMSetMsgElemUploadProgressCallback, TIMMsgElemUploadProgressCallback, UPLOAD_PROGRESS)  \
  X (TIMSetGroupTipsEventCallback,        TIMGroupTipsEventCallback,        GROUP_TIPS)       \
  X (TIMSetConvEventCallback,             TIMConvEventCallback,             CONVERSATION)     \
  X (TIMSetNetworkStatusListenerCallback, TIMNetworkStatusListenerCallback, NETWORK_STATUS)   \
  X (TIMSetKickedOfflineCallback,         TIMKickedOfflineCallback,         KICKED)           \
  X (TIMSetUserSigExpiredCallback,        TIMUserSigExpiredCallback,        USER_SIG_EXPIRED) \
  X (TIMSetOnAddFriendCallback,           TIMOnAddFriendCallback,           ADD_FRIEND)       \
  X (TIMSetOnDeleteFriendCallback,        TIMOnDeleteFriendCallback,        DELETE_FRIEND)    \
  X (TIMSetUpdateFriendProfileCallback,   TIMUpdateFriendProfileCallback,   UPDATE_FRIEND)    \
  X (TIMSetFriendAddRequestCallback,      TIMFriendAddRequestCallback,      FRIEND_REQUEST)   \
  X (TIMSetLogCallback,                   TIMLogCallback,                   LOG)              \
  X (TIMSetMsgUpdateCallback,             TIMMsgUpdateCallback,             MESSAGE_UPDATE)    \
  X (TIMSetMsgReactionsChangedCallback,   TIMMsgReactionsChangedCallback,   REACTIONS)        \
  X (TIMSetConvTotalUnreadMessageCountChangedCallback, TIMConvTotalUnreadMessageCountChangedCallback, TOTAL_UNREAD)
/* clang-format on */

#define DEFINE_REGISTRATION(function, type, which)                                                 \
  void function (type cb, const void *user_data)                                                   \
  {                                                                                                \
    im_events_set_callback (events (), IM_CALLBACK_##which, G_CALLBACK (cb), user_data);           \
  }
REGISTRATIONS (DEFINE_REGISTRATION)

void
TIMAddRecvNewMsgCallback (TIMRecvNewMsgCallback cb, const void *user_data)
{
  im_events_add_message_callback (events (), cb, user_data);
}

void
TIMRemoveRecvNewMsgCallback (TIMRecvNewMsgCallback cb)
{
  im_events_remove_message_callback (events (), cb);
}

/* Initialisation and configuration */

int
TIMInit (uint64_t sdk_app_id, const char *json_sdk_config)
{
  g_autoptr (ImSdkConfig) config = NULL;

  if (is_given (json_sdk_config))
    {
      config = im_json_parse (&im_sdk_config_type, json_sdk_config, -1, IM_JSON_STRICT, NULL);
      if (config == NULL)
        return TIM_ERR_JSON;
    }
  im_sdk_init (sdk (), sdk_app_id, config);
  return TIM_SUCC;
}

int
TIMUninit (void)
{
  if (!im_sdk_is_initialized (sdk ()))
    return TIM_ERR_SDKUNINIT;
  im_sdk_uninit (sdk ());
  return TIM_SUCC;
}

const char *
TIMGetSDKVersion (void)
{
  return LINNET_VERSION;
}

int
TIMSetConfig (const char *json_config, TIMCommCallback cb, const void *user_data)
{
  g_autoptr (ImSetConfig) changes = NULL;
  g_autoptr (ImCall) call = NULL;

  if (is_given (json_config))
    {
      changes = im_json_parse (&im_set_config_type, json_config, -1, IM_JSON_STRICT, NULL);
      if (changes == NULL)
        return TIM_ERR_JSON;
    }
  call = im_call_new (events (), cb, user_data);
  im_call_return (call, im_sdk_change_config (sdk (), changes));
  return TIM_SUCC;
}

static void
answer_experimental (ImCall *call, const ImRequestParam *request)
{
  g_autoptr (ImResponseInfo) response = im_json_new (&im_response_info_type);

  response->internal_operation = g_strdup (request->internal_operation);
  im_call_return (call, im_json_format (response));
}

int
callExperimentalAPI (const char *json_param, TIMCommCallback cb, const void *user_data)
{
  g_autoptr (ImRequestParam) request = NULL;
  g_autoptr (ImCall) call = NULL;

  if (!is_given (json_param))
    return TIM_ERR_PARAM;
  request = im_json_parse (&im_request_param_type, json_param, -1, IM_JSON_STRICT, NULL);
  if (request == NULL)
    return TIM_ERR_JSON;
  call = im_call_new (events (), cb, user_data);
  im_call_set_outlives_login (call);
  if (g_strcmp0 (request->internal_operation, IM_OPERATION_SET_CUSTOM_SERVER_INFO) == 0)
    {
      if (request->custom_server_info == NULL)
        return im_call_return_code (call, ERR_INVALID_PARAMETERS,
                                    "request_set_custom_server_info_param is missing"),
               TIM_SUCC;
      im_sdk_set_custom_server (sdk (), request->custom_server_info);
      answer_experimental (call, request);
    }
  else if (g_strcmp0 (request->internal_operation, IM_OPERATION_REGISTER_ACCOUNT) == 0)
    {
      if (!im_sdk_is_initialized (sdk ()))
        return im_call_return_code (call, ERR_SDK_NOT_INITIALIZED, NULL), TIM_SUCC;
      if (request->register_account_param == NULL)
        return im_call_return_code (call, ERR_INVALID_PARAMETERS,
                                    "request_register_account_param is missing"),
               TIM_SUCC;
      im_sdk_register_account (sdk (), request->register_account_param, call);
    }
  else if (g_strcmp0 (request->internal_operation, IM_OPERATION_SET_DATABASE_ASIDE) == 0)
    {
      if (!im_sdk_is_initialized (sdk ()))
        return im_call_return_code (call, ERR_SDK_NOT_INITIALIZED, NULL), TIM_SUCC;
      if (request->set_database_aside_param == NULL)
        return im_call_return_code (call, ERR_INVALID_PARAMETERS,
                                    "request_set_database_aside_param is missing"),
               TIM_SUCC;
      im_sdk_set_database_aside (sdk (), request->set_database_aside_param, call);
    }
  else
    im_call_return_code (call, ERR_SDK_INTERFACE_NOT_SUPPORT, NULL);
  return TIM_SUCC;
}

/* Login */

int
TIMLogin (const char *user_id, const char *user_sig, TIMCommCallback cb, const void *user_data)
{
  g_autoptr (ImCall) call = NULL;

  if (!im_sdk_is_initialized (sdk ()))
    return TIM_ERR_SDKUNINIT;
  if (!is_given (user_id) || !is_given (user_sig))
    return TIM_ERR_PARAM;
  call = im_call_new (events (), cb, user_data);
  im_call_set_outlives_login (call);
  im_sdk_login (sdk (), user_id, user_sig, call);
  return TIM_SUCC;
}

int
TIMLogout (TIMCommCallback cb, const void *user_data)
{
  g_autoptr (ImCall) call = NULL;

  if (!im_sdk_is_initialized (sdk ()))
    return TIM_ERR_SDKUNINIT;
  if (im_sdk_get_login_status (sdk ()) == IM_LOGIN_LOGGED_OUT)
    return TIM_ERR_NOTLOGIN;
  call = im_call_new (events (), cb, user_data);
  im_call_set_outlives_login (call);
  im_sdk_logout (sdk (), call);
  return TIM_SUCC;
}

enum TIMLoginStatus
TIMGetLoginStatus (void)
{
  return (enum TIMLoginStatus) im_sdk_get_login_status (sdk ());
}

int
TIMGetLoginUserID (char *user_id_buffer)
{
  g_autofree char *user = NULL;

  if (!im_sdk_is_initialized (sdk ()))
    return TIM_ERR_SDKUNINIT;
  user = im_sdk_dup_login_user (sdk ());
  if (user == NULL)
    return TIM_ERR_NOTLOGIN;
  if (user_id_buffer == NULL)
    return TIM_ERR_PARAM;
  g_strlcpy (user_id_buffer, user, 128);
  return TIM_SUCC;
}

/* Calls on a conversation: all of one shape */

typedef enum
{
  NEEDS_LOGIN_CALLED, /* works from the local store: a login under way is enough */
  NEEDS_LOGIN_DONE,
} Needs;

typedef struct
{
  Needs needs;
  ImJobFunc run;
  const ImJsonType *param_type; /* NULL: the function has no JSON argument */
  gboolean param_optional;      /* NULL and "" mean "nothing given" */
  gboolean needs_elems;         /* the message must have message_elem_array */
  gboolean is_array;            /* of param_type, or, without one, of strings */
} Operation;

static int
check_login (Needs needs)
{
  ImLoginStatus status = im_sdk_get_login_status (sdk ());

  if (!im_sdk_is_initialized (sdk ()))
    return TIM_ERR_SDKUNINIT;
  if (status == IM_LOGIN_LOGGED_IN
      || (needs == NEEDS_LOGIN_CALLED && status == IM_LOGIN_LOGGING_IN))
    return TIM_SUCC;
  return TIM_ERR_NOTLOGIN;
}

/* What must have elements has some. */
static gboolean
has_elems (const Operation *operation, const ImMsg *msg)
{
  return !operation->needs_elems || msg->elems != NULL;
}

static gboolean
parse_array (const Operation *operation, const char *json, ImJob *job)
{
  if (operation->param_type == NULL)
    {
      job->strings = im_json_parse_strv (json, -1, IM_JSON_STRICT, NULL);
      return job->strings != NULL;
    }
  job->params = im_json_parse_array (operation->param_type, json, -1, IM_JSON_STRICT, NULL);
  for (guint i = 0; job->params != NULL && i < job->params->len; i++)
    if (!has_elems (operation, g_ptr_array_index (job->params, i)))
      return FALSE;
  return job->params != NULL;
}

static int
parse_param (const Operation *operation, const char *json, ImJob *job)
{
  if (operation->param_type == NULL && !operation->is_array)
    return TIM_SUCC;
  if (!is_given (json))
    return operation->param_optional ? TIM_SUCC : TIM_ERR_PARAM;
  if (operation->is_array)
    return parse_array (operation, json, job) ? TIM_SUCC : TIM_ERR_JSON;
  job->param = im_json_parse (operation->param_type, json, -1, IM_JSON_STRICT, NULL);
  return job->param != NULL && has_elems (operation, job->param) ? TIM_SUCC : TIM_ERR_JSON;
}

static gboolean
is_conversation (const char *conv_id, int conv_type)
{
  return (conv_type == kTIMConv_C2C || conv_type == kTIMConv_Group) && is_given (conv_id);
}

static void
post (const Operation *operation, ImJob *taken, TIMCommCallback cb, const void *user_data)
{
  taken->run = operation->run;
  taken->call = im_call_new (events (), cb, user_data);
  im_sdk_post (sdk (), taken);
}

/* What a call asks for, not posted yet. */
static int
new_job (const Operation *operation, const char *json, ImJob **ret_job)
{
  g_autoptr (ImJob) job = NULL;
  int result = check_login (operation->needs);

  if (result != TIM_SUCC)
    return result;
  job = g_new0 (ImJob, 1);
  result = parse_param (operation, json, job);
  if (result != TIM_SUCC)
    return result;
  *ret_job = g_steal_pointer (&job);
  return TIM_SUCC;
}

static int
name_conversation (ImJob *job, const char *conv_id, int conv_type)
{
  if (!is_conversation (conv_id, conv_type))
    return TIM_ERR_CONV;
  job->conv_id = g_strdup (conv_id);
  job->conv_type = conv_type;
  return TIM_SUCC;
}

static int
new_conversation_job (const Operation *operation,
                      const char *conv_id,
                      int conv_type,
                      const char *json,
                      ImJob **ret_job)
{
  g_autoptr (ImJob) job = NULL;
  int result = check_login (operation->needs);

  if (result != TIM_SUCC)
    return result;
  if (conv_id == NULL)
    return TIM_ERR_PARAM;
  result = new_job (operation, json, &job);
  if (result == TIM_SUCC)
    result = name_conversation (job, conv_id, conv_type);
  if (result == TIM_SUCC)
    *ret_job = g_steal_pointer (&job);
  return result;
}

/* The message names its conversation. */
static int
new_message_job (const Operation *operation, const char *json, ImJob **ret_job)
{
  g_autoptr (ImJob) job = NULL;
  const ImMsg *msg;
  int result = new_job (operation, json, &job);

  if (result != TIM_SUCC)
    return result;
  msg = job->param;
  result = name_conversation (job, msg->conv_id, (int) msg->conv_type);
  if (result == TIM_SUCC)
    *ret_job = g_steal_pointer (&job);
  return result;
}

static int
call_with_json (const Operation *operation,
                const char *json,
                TIMCommCallback cb,
                const void *user_data)
{
  ImJob *job = NULL;
  int result = new_job (operation, json, &job);

  if (result == TIM_SUCC)
    post (operation, job, cb, user_data);
  return result;
}

static int
call_on_message (const Operation *operation,
                 const char *json,
                 TIMCommCallback cb,
                 const void *user_data)
{
  ImJob *job = NULL;
  int result = new_message_job (operation, json, &job);

  if (result == TIM_SUCC)
    post (operation, job, cb, user_data);
  return result;
}

static int
call_on_conversation (const Operation *operation,
                      const char *conv_id,
                      int conv_type,
                      const char *json,
                      TIMCommCallback cb,
                      const void *user_data)
{
  ImJob *job = NULL;
  int result = new_conversation_job (operation, conv_id, conv_type, json, &job);

  if (result == TIM_SUCC)
    post (operation, job, cb, user_data);
  return result;
}

int
TIMConvCreate (const char *conv_id,
               enum TIMConvType conv_type,
               TIMCommCallback cb,
               const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_CALLED, im_conversations_create };

  return call_on_conversation (&operation, conv_id, (int) conv_type, NULL, cb, user_data);
}

int
TIMConvDelete (const char *conv_id,
               enum TIMConvType conv_type,
               TIMCommCallback cb,
               const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_conversations_delete };

  return call_on_conversation (&operation, conv_id, (int) conv_type, NULL, cb, user_data);
}

int
TIMConvGetConvList (TIMCommCallback cb, const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_CALLED, im_conversations_list };

  return call_with_json (&operation, NULL, cb, user_data);
}

int
TIMConvGetConversationListByFilter (const char *filter,
                                    uint64_t next_seq,
                                    uint32_t count,
                                    TIMCommCallback cb,
                                    const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_CALLED, im_conversations_page, &im_conversation_list_filter_type };
  g_autoptr (ImJob) job = NULL;
  int result = check_login (operation.needs);

  if (result != TIM_SUCC)
    return result;
  if (count == 0)
    return TIM_ERR_PARAM;
  result = new_job (&operation, filter, &job);
  if (result != TIM_SUCC)
    return result;
  job->from = next_seq;
  job->count = count;
  post (&operation, g_steal_pointer (&job), cb, user_data);
  return TIM_SUCC;
}

int
TIMConvSetDraft (const char *conv_id, enum TIMConvType conv_type, const char *json_draft_param)
{
  static const Operation operation
      = { NEEDS_LOGIN_CALLED, im_conversations_set_draft, &im_draft_type, FALSE };

  return call_on_conversation (&operation, conv_id, (int) conv_type, json_draft_param, NULL, NULL);
}

int
TIMConvCancelDraft (const char *conv_id, enum TIMConvType conv_type)
{
  static const Operation operation = { NEEDS_LOGIN_CALLED, im_conversations_cancel_draft };

  return call_on_conversation (&operation, conv_id, (int) conv_type, NULL, NULL, NULL);
}

/* What somebody decides about conversations */

int
TIMConvPinConversation (const char *conv_id,
                        enum TIMConvType conv_type,
                        bool is_pinned,
                        TIMCommCallback cb,
                        const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_settings_pin };
  ImJob *job = NULL;
  int result = new_conversation_job (&operation, conv_id, (int) conv_type, NULL, &job);

  if (result != TIM_SUCC)
    return result;
  job->enable = is_pinned;
  post (&operation, job, cb, user_data);
  return TIM_SUCC;
}

int
TIMConvMarkConversation (const char *conversation_id_array,
                         uint64_t mark_type,
                         bool enable_mark,
                         TIMCommCallback cb,
                         const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_settings_mark, .is_array = TRUE };
  ImJob *job = NULL;
  int result = new_job (&operation, conversation_id_array, &job);

  if (result != TIM_SUCC)
    return result;
  job->option = mark_type;
  job->enable = enable_mark;
  post (&operation, job, cb, user_data);
  return TIM_SUCC;
}

int
TIMMsgSetC2CReceiveMessageOpt (const char *json_identifier_array,
                               enum TIMReceiveMessageOpt opt,
                               TIMCommCallback cb,
                               const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_DONE, im_settings_set_receive_opt, .is_array = TRUE };
  ImJob *job = NULL;
  int result = check_login (operation.needs);

  if (result != TIM_SUCC)
    return result;
  if ((unsigned) opt > kTIMRecvMsgOpt_Not_Notify_Except_At)
    return TIM_ERR_PARAM;
  result = new_job (&operation, json_identifier_array, &job);
  if (result != TIM_SUCC)
    return result;
  job->option = (guint64) opt;
  post (&operation, job, cb, user_data);
  return TIM_SUCC;
}

int
TIMMsgGetC2CReceiveMessageOpt (const char *json_identifier_array,
                               TIMCommCallback cb,
                               const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_CALLED, im_settings_get_receive_opt, .is_array = TRUE };

  return call_with_json (&operation, json_identifier_array, cb, user_data);
}

int
TIMConvGetTotalUnreadMessageCount (TIMCommCallback cb, const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_CALLED, im_settings_count_unread };

  return call_with_json (&operation, NULL, cb, user_data);
}

int
TIMMsgSendNewMsg (const char *conv_id,
                  enum TIMConvType conv_type,
                  const char *json_msg_param,
                  TIMCommCallback cb,
                  const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_DONE, im_messages_send, &im_msg_type, FALSE, TRUE };

  return call_on_conversation (&operation, conv_id, (int) conv_type, json_msg_param, cb, user_data);
}

/* One that is sent again keeps its id. */
static char *
choose_id (const ImMsg *msg)
{
  if (msg->unique_id != 0 && is_given (msg->msg_id))
    return g_strdup (msg->msg_id);
  return g_uuid_string_random ();
}

int
TIMMsgSendMessage (const char *conv_id,
                   enum TIMConvType conv_type,
                   const char *json_msg_param,
                   char *message_id_buffer,
                   TIMCommCallback cb,
                   const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_DONE, im_messages_send, &im_msg_type, FALSE, TRUE };
  ImJob *job = NULL;
  int result = new_conversation_job (&operation, conv_id, (int) conv_type, json_msg_param, &job);

  if (result != TIM_SUCC)
    return result;
  job->msg_id = choose_id (job->param);
  if (message_id_buffer != NULL)
    g_strlcpy (message_id_buffer, job->msg_id, MESSAGE_ID_SIZE);
  post (&operation, job, cb, user_data);
  return TIM_SUCC;
}

int
TIMMsgBatchSend (const char *json_batch_send_param, TIMCommCallback cb, const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_DONE, im_batch_send, &im_msg_batch_send_param_type };
  g_autoptr (ImJob) job = NULL;
  const ImMsgBatchSendParam *param;
  int result = new_job (&operation, json_batch_send_param, &job);

  if (result != TIM_SUCC)
    return result;
  param = job->param;
  if (param->msg->elems == NULL)
    return TIM_ERR_JSON;
  if (*param->identifiers == NULL)
    return TIM_ERR_PARAM;
  post (&operation, g_steal_pointer (&job), cb, user_data);
  return TIM_SUCC;
}

int
TIMMsgCancelSend (const char *conv_id,
                  enum TIMConvType conv_type,
                  const char *message_id,
                  TIMCommCallback cb,
                  const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_messages_cancel };
  ImJob *job = NULL;
  int result = check_login (operation.needs);

  if (result != TIM_SUCC)
    return result;
  if (!is_given (message_id))
    return TIM_ERR_PARAM;
  result = new_conversation_job (&operation, conv_id, (int) conv_type, NULL, &job);
  if (result != TIM_SUCC)
    return result;
  job->msg_id = g_strdup (message_id);
  post (&operation, job, cb, user_data);
  return TIM_SUCC;
}

int
TIMMsgDownloadElemToPath (const char *json_download_elem_param,
                          const char *path,
                          TIMCommCallback cb,
                          const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_DONE, im_fetch_elem, &im_download_elem_param_type, FALSE };
  g_autoptr (ImJob) job = NULL;
  int result = check_login (operation.needs);

  if (result != TIM_SUCC)
    return result;
  if (!is_given (path))
    return TIM_ERR_PARAM;
  result = new_job (&operation, json_download_elem_param, &job);
  if (result != TIM_SUCC)
    return result;
  job->path = g_strdup (path);
  post (&operation, g_steal_pointer (&job), cb, user_data);
  return TIM_SUCC;
}

int
TIMMsgReportReaded (const char *conv_id,
                    enum TIMConvType conv_type,
                    const char *json_msg_param,
                    TIMCommCallback cb,
                    const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_DONE, im_messages_report_read, &im_msg_type, TRUE };

  return call_on_conversation (&operation, conv_id, (int) conv_type, json_msg_param, cb, user_data);
}

int
TIMMsgGetMsgList (const char *conv_id,
                  enum TIMConvType conv_type,
                  const char *json_get_msg_param,
                  TIMCommCallback cb,
                  const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_CALLED, im_history_get, &im_get_msg_list_param_type, FALSE };

  return call_on_conversation (&operation, conv_id, (int) conv_type, json_get_msg_param, cb,
                               user_data);
}

int
TIMMsgDelete (const char *conv_id,
              enum TIMConvType conv_type,
              const char *json_msgdel_param,
              TIMCommCallback cb,
              const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_DONE, im_messages_delete, &im_msg_delete_param_type, FALSE };

  return call_on_conversation (&operation, conv_id, (int) conv_type, json_msgdel_param, cb,
                               user_data);
}

int
TIMMsgListDelete (const char *conv_id,
                  enum TIMConvType conv_type,
                  const char *json_msg_array,
                  TIMCommCallback cb,
                  const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_DONE, im_local_delete_list, &im_msg_type, .is_array = TRUE };

  return call_on_conversation (&operation, conv_id, (int) conv_type, json_msg_array, cb, user_data);
}

int
TIMMsgClearHistoryMessage (const char *conv_id,
                           enum TIMConvType conv_type,
                           TIMCommCallback cb,
                           const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_local_clear };

  return call_on_conversation (&operation, conv_id, (int) conv_type, NULL, cb, user_data);
}

int
TIMMsgImportMsgList (const char *conv_id,
                     enum TIMConvType conv_type,
                     const char *json_msg_array,
                     TIMCommCallback cb,
                     const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_DONE, im_local_import, &im_msg_type, FALSE, TRUE, TRUE };

  return call_on_conversation (&operation, conv_id, (int) conv_type, json_msg_array, cb, user_data);
}

int
TIMMsgSaveMsg (const char *conv_id,
               enum TIMConvType conv_type,
               const char *json_msg_param,
               TIMCommCallback cb,
               const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_local_save, &im_msg_type, FALSE, TRUE };

  return call_on_conversation (&operation, conv_id, (int) conv_type, json_msg_param, cb, user_data);
}

int
TIMMsgSetLocalCustomData (const char *json_msg_param, TIMCommCallback cb, const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_local_set_custom_data, &im_msg_type };

  return call_on_message (&operation, json_msg_param, cb, user_data);
}

int
TIMMsgDownloadMergerMessage (const char *json_single_msg, TIMCommCallback cb, const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_bundle_open, &im_msg_type };

  return call_with_json (&operation, json_single_msg, cb, user_data);
}

/* Finding */

int
TIMMsgFindByMsgLocatorList (const char *conv_id,
                            enum TIMConvType conv_type,
                            const char *json_msg_Locator_array,
                            TIMCommCallback cb,
                            const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_CALLED, im_local_find_by_locators, &im_msg_locator_type, .is_array = TRUE };

  return call_on_conversation (&operation, conv_id, (int) conv_type, json_msg_Locator_array, cb,
                               user_data);
}

int
TIMMsgFindMessages (const char *json_message_id_array, TIMCommCallback cb, const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_CALLED, im_local_find, .is_array = TRUE };

  return call_with_json (&operation, json_message_id_array, cb, user_data);
}

int
TIMMsgSearchLocalMessages (const char *json_search_message_param,
                           TIMCommCallback cb,
                           const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_CALLED, im_local_search, &im_msg_search_param_type };

  return call_with_json (&operation, json_search_message_param, cb, user_data);
}

/* Messages about messages */

int
TIMMsgRevoke (const char *conv_id,
              enum TIMConvType conv_type,
              const char *json_msg_param,
              TIMCommCallback cb,
              const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_said_revoke, &im_msg_type };

  return call_on_conversation (&operation, conv_id, (int) conv_type, json_msg_param, cb, user_data);
}

int
TIMMsgModifyMessage (const char *json_msg_param, TIMCommCallback cb, const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_DONE, im_said_modify, &im_msg_type, .needs_elems = TRUE };

  return call_on_message (&operation, json_msg_param, cb, user_data);
}

/* from, count: of a page of users */
static int
call_on_reaction (const Operation *operation,
                  const char *json,
                  const char *reaction_id,
                  guint from,
                  guint count,
                  TIMCommCallback cb,
                  const void *user_data)
{
  g_autoptr (ImJob) job = NULL;
  int result = check_login (operation->needs);

  if (result != TIM_SUCC)
    return result;
  if (!is_given (reaction_id) || count == 0)
    return TIM_ERR_PARAM;
  result = new_message_job (operation, json, &job);
  if (result != TIM_SUCC)
    return result;
  job->text = g_strdup (reaction_id);
  job->from = from;
  job->count = count;
  post (operation, g_steal_pointer (&job), cb, user_data);
  return TIM_SUCC;
}

int
TIMMsgAddMessageReaction (const char *json_msg,
                          const char *reaction_id,
                          TIMCommCallback cb,
                          const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_reactions_add, &im_msg_type };

  return call_on_reaction (&operation, json_msg, reaction_id, 0, 1, cb, user_data);
}

int
TIMMsgRemoveMessageReaction (const char *json_msg,
                             const char *reaction_id,
                             TIMCommCallback cb,
                             const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_DONE, im_reactions_remove, &im_msg_type };

  return call_on_reaction (&operation, json_msg, reaction_id, 0, 1, cb, user_data);
}

int
TIMMsgGetAllUserListOfMessageReaction (const char *json_msg,
                                       const char *reaction_id,
                                       uint32_t next_seq,
                                       uint32_t count,
                                       TIMCommCallback cb,
                                       const void *user_data)
{
  static const Operation operation = { NEEDS_LOGIN_CALLED, im_reactions_users, &im_msg_type };

  return call_on_reaction (&operation, json_msg, reaction_id, next_seq, count, cb, user_data);
}

int
TIMMsgGetMessageReactions (const char *json_msg_array,
                           uint32_t max_user_count_per_reaction,
                           TIMCommCallback cb,
                           const void *user_data)
{
  static const Operation operation
      = { NEEDS_LOGIN_CALLED, im_reactions_get, &im_msg_type, .is_array = TRUE };
  g_autoptr (ImJob) job = NULL;
  int result = new_job (&operation, json_msg_array, &job);

  if (result != TIM_SUCC)
    return result;
  job->count = max_user_count_per_reaction;
  post (&operation, g_steal_pointer (&job), cb, user_data);
  return TIM_SUCC;
}
