/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-group-pendency.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField group_pendency_fields[] = {
  IM_STR    (ImGroupPendency, group_id,               "group_pendency_group_id",               "kTIMGroupPendencyGroupId",             IM_INOUT | IM_ALWAYS, "the group"),
  IM_STR    (ImGroupPendency, from_identifier,        "group_pendency_form_identifier",        "kTIMGroupPendencyFromIdentifier",      IM_INOUT | IM_ALWAYS, "who asked (join) or invited (`form` is a slip for `from`)"),
  IM_STR    (ImGroupPendency, to_identifier,          "group_pendency_to_identifier",          "kTIMGroupPendencyToIdentifier",        IM_INOUT | IM_ALWAYS, "who decides; documented as empty for join requests, \"user1\" in Example 15"),
  IM_UINT64 (ImGroupPendency, add_time,               "group_pendency_add_time",               "kTIMGroupPendencyAddTime",             IM_OUT | IM_ALWAYS,   "when, in milliseconds in Example 15"),
  IM_UINT   (ImGroupPendency, pendency_type,          "group_pendency_pendency_type",          "kTIMGroupPendencyPendencyType",        IM_OUT | IM_ALWAYS,   "join request or invitation", .enumeration = "TIMGroupPendencyType"),
  IM_UINT   (ImGroupPendency, handled,                "group_pendency_handled",                "kTIMGroupPendencyHandled",             IM_OUT | IM_ALWAYS,   "not handled, handled by someone else, handled by me", .enumeration = "TIMGroupPendencyHandle"),
  IM_UINT   (ImGroupPendency, handle_result,          "group_pendency_handle_result",          "kTIMGroupPendencyHandleResult",        IM_OUT | IM_ALWAYS,   "refused or accepted, meaningful once handled", .enumeration = "TIMGroupPendencyHandleResult"),
  IM_STR    (ImGroupPendency, apply_invite_msg,       "group_pendency_apply_invite_msg",       "kTIMGroupPendencyApplyInviteMsg",      IM_OUT | IM_ALWAYS,   "text of the request or invitation"),
  IM_STR    (ImGroupPendency, from_user_defined_data, "group_pendency_form_user_defined_data", "kTIMGroupPendencyFromUserDefinedData", IM_OUT | IM_ALWAYS,   "data of the asking side"),
  IM_STR    (ImGroupPendency, approval_msg,           "group_pendency_approval_msg",           "kTIMGroupPendencyApprovalMsg",         IM_OUT | IM_ALWAYS,   "text of the decision"),
  IM_STR    (ImGroupPendency, to_user_defined_data,   "group_pendency_to_user_defined_data",   "kTIMGroupPendencyToUserDefinedData",   IM_OUT | IM_ALWAYS,   "data of the deciding side"),
  IM_STR    (ImGroupPendency, key,                    "group_pendency_key",                    "kTIMGroupPendencyKey",                 IM_OUT,               "signature to hand back unchanged; not shown in the seed"),
  IM_STR    (ImGroupPendency, authentication,         "group_pendency_authentication",         "kTIMGroupPendencyAuthentication",      IM_OUT,               "signature to hand back unchanged; not shown in the seed"),
  IM_STR    (ImGroupPendency, self_identifier,        "group_pendency_self_identifier",        "kTIMGroupPendencySelfIdentifier",      IM_OUT,               "the logged-in user; not shown in the seed"),
};

static const ImJsonField group_pendency_option_fields[] = {
  IM_UINT64 (ImGroupPendencyOption, start_time,  "group_pendency_option_start_time",  "kTIMGroupPendencyOptionStartTime",  IM_IN | IM_REQUIRED, "paging position, 0 first, then the result's next_start_time"),
  IM_UINT   (ImGroupPendencyOption, max_limited, "group_pendency_option_max_limited", "kTIMGroupPendencyOptionMaxLimited", IM_IN,               "wished page size, a hint only"),
};

static const ImJsonField group_pendency_result_fields[] = {
  IM_UINT64 (ImGroupPendencyResult, next_start_time,                    "group_pendency_result_next_start_time", "kTIMGroupPendencyResultNextStartTime", IM_OUT | IM_ALWAYS, "paging position of the next call, 0 when complete"),
  IM_UINT64 (ImGroupPendencyResult, read_time_seq,                      "group_pendency_result_read_time_seq",   "kTIMGroupPendencyResultReadTimeSeq",   IM_OUT | IM_ALWAYS, "requests up to this time have been read"),
  IM_UINT   (ImGroupPendencyResult, unread_num,                         "group_pendency_result_unread_num",      "kTIMGroupPendencyResultUnReadNum",     IM_OUT | IM_ALWAYS, "unread requests"),
  IM_ARRAY  (ImGroupPendencyResult, pendencies, im_group_pendency_type, "group_pendency_result_pendency_array",  "kTIMGroupPendencyResultPendencyArray", IM_OUT | IM_ALWAYS, "the requests"),
};

static const ImJsonField group_handle_pendency_param_fields[] = {
  IM_BOOL (ImGroupHandlePendencyParam, is_accept,                                         "group_handle_pendency_param_is_accept",  "kTIMGroupHandlePendencyParamIsAccept",  IM_IN,               "accept or refuse"),
  IM_STR  (ImGroupHandlePendencyParam, handle_msg,                                        "group_handle_pendency_param_handle_msg", "kTIMGroupHandlePendencyParamHandleMsg", IM_IN,               "text for the other side"),
  IM_OBJ  (ImGroupHandlePendencyParam, pendency, ImGroupPendency, im_group_pendency_type, "group_handle_pendency_param_pendency",   "kTIMGroupHandlePendencyParamPendency",  IM_IN | IM_REQUIRED, "the request, exactly as the list returned it"),
};

/* clang-format on */
const ImJsonType im_group_pendency_type = IM_TYPE (ImGroupPendency,
                                                   "GroupPendency",
                                                   group_pendency_fields,
                                                   "one request to join or invitation");
const ImJsonType im_group_pendency_option_type
    = IM_TYPE (ImGroupPendencyOption, "GroupPendencyOption", group_pendency_option_fields, "");
const ImJsonType im_group_pendency_result_type
    = IM_TYPE (ImGroupPendencyResult, "GroupPendencyResult", group_pendency_result_fields, "");
const ImJsonType im_group_handle_pendency_param_type = IM_TYPE (ImGroupHandlePendencyParam,
                                                                "GroupHandlePendencyParam",
                                                                group_handle_pendency_param_fields,
                                                                "");
