/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-conv.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField conv_fields[] = {
  IM_STR    (ImConv, id,                            "conv_id",             "kTIMConvId",           IM_OUT | IM_ALWAYS, "peer UserID or group id"),
  IM_UINT   (ImConv, type,                          "conv_type",           "kTIMConvType",         IM_OUT | IM_ALWAYS, "kind of conversation", .enumeration = "TIMConvType", .max = 3),
  IM_STR    (ImConv, owner,                         "conv_owner",          "kTIMConvOwner",        IM_OUT | IM_ALWAYS, "owner; empty in every example"),
  IM_UINT64 (ImConv, unread_num,                    "conv_unread_num",     "kTIMConvUnReadNum",    IM_OUT | IM_ALWAYS, "unread messages"),
  IM_UINT64 (ImConv, active_time,                   "conv_active_time",    "kTIMConvActiveTime",   IM_OUT | IM_ALWAYS, "time of the last activity, seconds; the list is sorted by it, newest first"),
  IM_BOOL   (ImConv, has_last_msg,                  "conv_is_has_lastmsg", "kTIMConvIsHasLastMsg", IM_OUT | IM_ALWAYS, "conv_last_msg is present"),
  IM_OBJ    (ImConv, last_msg, ImMsg, im_msg_type,  "conv_last_msg",       "kTIMConvLastMsg",      IM_OUT,             "the newest message"),
  IM_BOOL   (ImConv, has_draft,                     "conv_is_has_draft",   "kTIMConvIsHasDraft",   IM_OUT | IM_ALWAYS, "conv_draft is present"),
  IM_OBJ    (ImConv, draft, ImDraft, im_draft_type, "conv_draft",          "kTIMConvDraft",        IM_OUT,             "the stored draft"),
  IM_UINT   (ImConv, recv_opt,                      "conv_recv_opt",       "kTIMConvRecvOpt",      IM_OUT | IM_ALWAYS | IM_LATER, "receive option", .enumeration = "TIMReceiveMessageOpt", .max = 3),
  IM_BOOL   (ImConv, is_pinned,                     "conv_is_pinned",      "kTIMConvIsPinned",     IM_OUT | IM_ALWAYS | IM_LATER, "pinned to the top"),
  IM_INTV   (ImConv, marks,                         "conv_mark_array",     "kTIMConvMarkArray",    IM_OUT | IM_ALWAYS | IM_LATER, "marks set", .enumeration = "TIMConversationMarkType", .wire = IM_WIRE_UINT64),
};

static const ImJsonField draft_fields[] = {
  IM_OBJ  (ImDraft, msg, ImMsg, im_msg_type, "draft_msg",         "kTIMDraftMsg",        IM_OUT | IM_REQUIRED, "a message holding the unsent elements"),
  IM_STR  (ImDraft, user_define,             "draft_user_define", "kTIMDraftUserDefine", IM_OUT | IM_ALWAYS,   "application text"),
  IM_UINT (ImDraft, edit_time,               "draft_edit_time",   "kTIMDraftEditTime",   IM_OUT | IM_ALWAYS,   "time of the last edit, seconds"),
};

static const ImJsonField conversation_list_filter_fields[] = {
  IM_UINT   (ImConversationListFilter, conv_type,          "conversation_list_filter_conv_type",          "kTIMConversationListFilterConvType",          IM_IN, "only this kind; 0: any", .enumeration = "TIMConvType", .max = 3),
  IM_STR    (ImConversationListFilter, conversation_group, "conversation_list_filter_conversation_group", "kTIMConversationListFilterConversationGroup", IM_IN, "only this conversation group; \"\" means in none"),
  IM_UINT64 (ImConversationListFilter, mark_type,          "conversation_list_filter_mark_type",          "kTIMConversationListFilterMarkType",          IM_IN, "only with this mark; 0 means unmarked"),
  IM_BOOL   (ImConversationListFilter, has_unread_count,   "conversation_list_filter_has_unread_count",   "kTIMConversationListFilterHasUnreadCount",    IM_IN, "only with, or only without, unread messages"),
  IM_BOOL   (ImConversationListFilter, has_group_at_info,  "conversation_list_filter_has_group_at_info",  "kTIMConversationListFilterHasGroupAtInfo",    IM_IN, "only with, or only without, mentions"),
};

static const ImJsonField conversation_list_result_fields[] = {
  IM_ARRAY  (ImConversationListResult, convs, im_conv_type, "conversation_list_result_conv_list",   "TIMConversationListResultConvList",   IM_OUT | IM_ALWAYS, "the conversations"),
  IM_UINT64 (ImConversationListResult, next_seq,            "conversation_list_result_next_seq",    "TIMConversationListResultNextSeq",    IM_OUT | IM_ALWAYS, "paging position"),
  IM_BOOL   (ImConversationListResult, is_finished,         "conversation_list_result_is_finished", "TIMConversationListResultIsFinished", IM_OUT | IM_ALWAYS, "no more pages"),
};

static const ImJsonField total_unread_result_fields[] = {
  IM_INT (ImTotalUnreadResult, count, "conv_get_total_unread_message_count_result_unread_count", "kTIMConvGetTotalUnreadMessageCountResultUnreadCount", IM_OUT | IM_ALWAYS, "sum of unread counters, muted conversations left out"),
};

static const ImJsonField conv_operation_result_fields[] = {
  IM_STR (ImConvOperationResult, id,   "conversation_operation_result_conversation_id", "kTIMConversationOperationResultConversationID", IM_OUT | IM_ALWAYS, "conversation, as c2c_ + UserID or group_ + group id"),
  IM_INT (ImConvOperationResult, code, "conversation_operation_result_result_code",     "kTIMConversationOperationResultResultCode",     IM_OUT | IM_ALWAYS, "0 or an error code"),
  IM_STR (ImConvOperationResult, info, "conversation_operation_result_result_info",     "kTIMConversationOperationResultResultInfo",     IM_OUT | IM_ALWAYS, "text"),
};

static const ImJsonField recv_opt_result_fields[] = {
  IM_STR  (ImRecvOptResult, user_id, "msg_recv_msg_opt_result_identifier", "kTIMMsgGetC2CRecvMsgOptResultIdentifier", IM_OUT | IM_ALWAYS, "the user"),
  IM_UINT (ImRecvOptResult, opt,     "msg_recv_msg_opt_result_opt",        "kTIMMsgGetC2CRecvMsgOptResultOpt",        IM_OUT | IM_ALWAYS, "receive option", .enumeration = "TIMReceiveMessageOpt", .max = 3),
};

/* clang-format on */
const ImJsonType im_conv_type = IM_TYPE (ImConv, "ConvInfo", conv_fields, "one conversation");
const ImJsonType im_draft_type
    = IM_TYPE (ImDraft, "Draft", draft_fields, "argument of TIMConvSetDraft and inside ConvInfo");
const ImJsonType im_conversation_list_filter_type
    = IM_TYPE (ImConversationListFilter,
               "TIMConversationListFilter",
               conversation_list_filter_fields,
               "which conversations; argument of TIMConvGetConversationListByFilter");
const ImJsonType im_conversation_list_result_type
    = IM_TYPE (ImConversationListResult,
               "TIMConversationListResult",
               conversation_list_result_fields,
               "result of TIMConvGetConversationListByFilter");
const ImJsonType im_total_unread_result_type
    = IM_TYPE (ImTotalUnreadResult,
               "GetTotalUnreadNumberResult",
               total_unread_result_fields,
               "result of TIMConvGetTotalUnreadMessageCount");
const ImJsonType im_conv_operation_result_type
    = IM_TYPE (ImConvOperationResult,
               "TIMConversationOperationResult",
               conv_operation_result_fields,
               "result of TIMConvMarkConversation, one per conversation");
const ImJsonType im_recv_opt_result_type
    = IM_TYPE (ImRecvOptResult,
               "GetC2CRecvMsgOptResult",
               recv_opt_result_fields,
               "result of TIMMsgGetC2CReceiveMessageOpt, one per user");

gboolean
im_conv_settings_equal (const ImConvSettings *a, const ImConvSettings *b)
{
  return a->recv_opt == b->recv_opt && a->is_pinned == b->is_pinned && a->marks == b->marks;
}
