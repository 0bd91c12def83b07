/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-group-member.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField group_member_info_fields[] = {
  IM_STR   (ImGroupMemberInfo, identifier,                                 "group_member_info_identifier",  "kTIMGroupMemberInfoIdentifier", IM_INOUT | IM_ALWAYS, "UserID of the member"),
  IM_UINT  (ImGroupMemberInfo, join_time,                                  "group_member_info_join_time",   "kTIMGroupMemberInfoJoinTime",   IM_OUT | IM_ALWAYS,   "seconds"),
  IM_UINT  (ImGroupMemberInfo, member_role,                                "group_member_info_member_role", "kTIMGroupMemberInfoMemberRole", IM_INOUT | IM_ALWAYS, "role", .enumeration = "TIMGroupMemberRole", .wire = IM_WIRE_ROLE),
  IM_UINT  (ImGroupMemberInfo, msg_flag,                                   "group_member_info_msg_flag",    "kTIMGroupMemberInfoMsgFlag",    IM_OUT | IM_ALWAYS,   "receive option"),
  IM_UINT  (ImGroupMemberInfo, msg_seq,                                    "group_member_info_msg_seq",     "kTIMGroupMemberInfoMsgSeq",     IM_OUT | IM_ALWAYS,   "sequence the member has read up to"),
  IM_UINT  (ImGroupMemberInfo, shutup_time,                                "group_member_info_shutup_time", "kTIMGroupMemberInfoShutupTime", IM_OUT | IM_ALWAYS,   "mute time, 0 when not muted (seconds; whether an end or a length is not documented, use the end)"),
  IM_STR   (ImGroupMemberInfo, name_card,                                  "group_member_info_name_card",   "kTIMGroupMemberInfoNameCard",   IM_OUT | IM_ALWAYS,   "name used inside the group"),
  IM_ARRAY (ImGroupMemberInfo, customs, im_group_member_custom_field_type, "group_member_info_custom_info", "kTIMGroupMemberInfoCustomInfo", IM_OUT | IM_ALWAYS,   "custom fields; the seed shows an object {}, both header sets say array", .wire = IM_WIRE_CUSTOM_INFO),
};

static const ImJsonField group_member_custom_field_fields[] = {
  IM_STR (ImGroupMemberCustomField, key,   "group_member_info_custom_string_info_key",   "kTIMGroupMemberInfoCustemStringInfoKey",   IM_IN | IM_REQUIRED, "custom member field name"),
  IM_STR (ImGroupMemberCustomField, value, "group_member_info_custom_string_info_value", "kTIMGroupMemberInfoCustemStringInfoValue", IM_IN | IM_REQUIRED, "its value"),
};

static const ImJsonField group_invite_member_param_fields[] = {
  IM_STR  (ImGroupInviteMemberParam, group_id,    "group_invite_member_param_group_id",         "kTIMGroupInviteMemberParamGroupId",         IM_IN | IM_REQUIRED, "the group"),
  IM_STRV (ImGroupInviteMemberParam, identifiers, "group_invite_member_param_identifier_array", "kTIMGroupInviteMemberParamIdentifierArray", IM_IN | IM_REQUIRED, "UserIDs to invite"),
  IM_STR  (ImGroupInviteMemberParam, user_data,   "group_invite_member_param_user_data",        "kTIMGroupInviteMemberParamUserData",        IM_IN,               "data handed to the invited"),
};

static const ImJsonField group_invite_member_result_fields[] = {
  IM_STR  (ImGroupInviteMemberResult, identifier, "group_invite_member_result_identifier", "kTIMGroupInviteMemberResultIdentifier", IM_OUT | IM_ALWAYS, "the invited user"),
  IM_UINT (ImGroupInviteMemberResult, result,     "group_invite_member_result_result",     "kTIMGroupInviteMemberResultResult",     IM_OUT | IM_ALWAYS, "outcome for that user", .enumeration = "HandleGroupMemberResult"),
};

static const ImJsonField group_delete_member_param_fields[] = {
  IM_STR  (ImGroupDeleteMemberParam, group_id,    "group_delete_member_param_group_id",         "kTIMGroupDeleteMemberParamGroupId",         IM_IN | IM_REQUIRED, "the group"),
  IM_STRV (ImGroupDeleteMemberParam, identifiers, "group_delete_member_param_identifier_array", "kTIMGroupDeleteMemberParamIdentifierArray", IM_IN | IM_REQUIRED, "UserIDs to remove"),
  IM_STR  (ImGroupDeleteMemberParam, user_data,   "group_delete_member_param_user_data",        "kTIMGroupDeleteMemberParamUserData",        IM_IN,               "reason"),
};

static const ImJsonField group_delete_member_result_fields[] = {
  IM_STR  (ImGroupDeleteMemberResult, identifier, "group_delete_member_result_identifier", "kTIMGroupDeleteMemberResultIdentifier", IM_OUT | IM_ALWAYS, "the removed user"),
  IM_UINT (ImGroupDeleteMemberResult, result,     "group_delete_member_result_result",     "kTIMGroupDeleteMemberResultResult",     IM_OUT | IM_ALWAYS, "outcome for that user", .enumeration = "HandleGroupMemberResult"),
};

static const ImJsonField group_get_member_info_list_param_fields[] = {
  IM_STR    (ImGroupGetMemberInfoListParam, group_id,                                                                 "group_get_members_info_list_param_group_id",         "kTIMGroupGetMemberInfoListParamGroupId",         IM_IN | IM_REQUIRED, "the group"),
  IM_STRV   (ImGroupGetMemberInfoListParam, identifiers,                                                              "group_get_members_info_list_param_identifier_array", "kTIMGroupGetMemberInfoListParamIdentifierArray", IM_IN,               "only these members"),
  IM_OBJ    (ImGroupGetMemberInfoListParam, option, ImGroupMemberGetInfoOption, im_group_member_get_info_option_type, "group_get_members_info_list_param_option",           "kTIMGroupGetMemberInfoListParamOption",          IM_IN,               "filter"),
  IM_UINT64 (ImGroupGetMemberInfoListParam, next_seq,                                                                 "group_get_members_info_list_param_next_seq",         "kTIMGroupGetMemberInfoListParamNextSeq",         IM_IN,               "paging position, 0 first, then what the result gave"),
};

static const ImJsonField group_get_member_info_list_result_fields[] = {
  IM_UINT64 (ImGroupGetMemberInfoListResult, next_seq,                           "group_get_memeber_info_list_result_next_seq",   "kTIMGroupGetMemberInfoListResultNexSeq",    IM_OUT | IM_ALWAYS, "paging position of the next call, 0 when complete", .alias = "group_get_member_info_list_result_next_seq"),
  IM_ARRAY  (ImGroupGetMemberInfoListResult, members, im_group_member_info_type, "group_get_memeber_info_list_result_info_array", "kTIMGroupGetMemberInfoListResultInfoArray", IM_OUT | IM_ALWAYS, "the members", .alias = "group_get_member_info_list_result_info_array"),
};

static const ImJsonField group_modify_member_info_param_fields[] = {
  IM_STR   (ImGroupModifyMemberInfoParam, group_id,                                   "group_modify_member_info_group_id",    "kTIMGroupModifyMemberInfoParamGroupId",    IM_IN | IM_REQUIRED, "the group"),
  IM_STR   (ImGroupModifyMemberInfoParam, identifier,                                 "group_modify_member_info_identifier",  "kTIMGroupModifyMemberInfoParamIdentifier", IM_IN | IM_REQUIRED, "the member"),
  IM_UINT  (ImGroupModifyMemberInfoParam, modify_flag,                                "group_modify_member_info_modify_flag", "kTIMGroupModifyMemberInfoParamModifyFlag", IM_IN | IM_REQUIRED, "bits telling which of the keys below are to be applied", .enumeration = "TIMGroupMemberModifyInfoFlag"),
  IM_UINT  (ImGroupModifyMemberInfoParam, msg_flag,                                   "group_modify_member_info_msg_flag",    "kTIMGroupModifyMemberInfoParamMsgFlag",    IM_IN,               "receive option, with bit MsgFlag (own record only)"),
  IM_UINT  (ImGroupModifyMemberInfoParam, member_role,                                "group_modify_member_info_member_role", "kTIMGroupModifyMemberInfoParamMemberRole", IM_IN,               "role, with bit MemberRole", .enumeration = "TIMGroupMemberRole", .wire = IM_WIRE_ROLE),
  IM_UINT  (ImGroupModifyMemberInfoParam, shutup_time,                                "group_modify_member_info_shutup_time", "kTIMGroupModifyMemberInfoParamShutupTime", IM_IN,               "mute length in seconds, with bit ShutupTime"),
  IM_STR   (ImGroupModifyMemberInfoParam, name_card,                                  "group_modify_member_info_name_card",   "kTIMGroupModifyMemberInfoParamNameCard",   IM_IN,               "name card, with bit NameCard"),
  IM_ARRAY (ImGroupModifyMemberInfoParam, customs, im_group_member_custom_field_type, "group_modify_member_info_custom_info", "kTIMGroupModifyMemberInfoParamCustomInfo", IM_IN,               "custom fields, with bit Custom", .wire = IM_WIRE_CUSTOM_FIELDS),
};

/* clang-format on */
const ImJsonType im_group_member_info_type
    = IM_TYPE (ImGroupMemberInfo, "GroupMemberInfo", group_member_info_fields, "");
const ImJsonType im_group_member_custom_field_type = IM_TYPE (ImGroupMemberCustomField,
                                                              "GroupMemberInfoCustemString",
                                                              group_member_custom_field_fields,
                                                              "");
const ImJsonType im_group_invite_member_param_type = IM_TYPE (ImGroupInviteMemberParam,
                                                              "GroupInviteMemberParam",
                                                              group_invite_member_param_fields,
                                                              "");
const ImJsonType im_group_invite_member_result_type = IM_TYPE (ImGroupInviteMemberResult,
                                                               "GroupInviteMemberResult",
                                                               group_invite_member_result_fields,
                                                               "");
const ImJsonType im_group_delete_member_param_type = IM_TYPE (ImGroupDeleteMemberParam,
                                                              "GroupDeleteMemberParam",
                                                              group_delete_member_param_fields,
                                                              "");
const ImJsonType im_group_delete_member_result_type = IM_TYPE (ImGroupDeleteMemberResult,
                                                               "GroupDeleteMemberResult",
                                                               group_delete_member_result_fields,
                                                               "");
const ImJsonType im_group_get_member_info_list_param_type
    = IM_TYPE (ImGroupGetMemberInfoListParam,
               "GroupGetMemberInfoListParam",
               group_get_member_info_list_param_fields,
               "");
const ImJsonType im_group_get_member_info_list_result_type
    = IM_TYPE (ImGroupGetMemberInfoListResult,
               "GroupGetMemberInfoListResult",
               group_get_member_info_list_result_fields,
               "");
const ImJsonType im_group_modify_member_info_param_type
    = IM_TYPE (ImGroupModifyMemberInfoParam,
               "GroupModifyMemberInfoParam",
               group_modify_member_info_param_fields,
               "");
