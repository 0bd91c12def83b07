/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-group.h"

#include "im-group-member.h"
#include "im-json-private.h"

/* clang-format off */
static const ImJsonField create_group_param_fields[] = {
  IM_STR   (ImCreateGroupParam, group_name,                          "create_group_param_group_name",         "kTIMCreateGroupParamGroupName",        IM_IN | IM_REQUIRED, "name"),
  IM_STR   (ImCreateGroupParam, group_id,                            "create_group_param_group_id",           "kTIMCreateGroupParamGroupId",          IM_IN,               "wanted id; the server chooses one when empty"),
  IM_UINT  (ImCreateGroupParam, group_type,                          "create_group_param_group_type",         "kTIMCreateGroupParamGroupType",        IM_IN,               "kind of group", .enumeration = "TIMGroupType"),
  IM_ARRAY (ImCreateGroupParam, members, im_group_member_info_type,  "create_group_param_group_member_array", "kTIMCreateGroupParamGroupMemberArray", IM_IN,               "first members besides the creator"),
  IM_STR   (ImCreateGroupParam, notification,                        "create_group_param_notification",       "kTIMCreateGroupParamNotification",     IM_IN,               "announcement"),
  IM_STR   (ImCreateGroupParam, introduction,                        "create_group_param_introduction",       "kTIMCreateGroupParamIntroduction",     IM_IN,               "description"),
  IM_STR   (ImCreateGroupParam, face_url,                            "create_group_param_face_url",           "kTIMCreateGroupParamFaceUrl",          IM_IN,               "picture address"),
  IM_UINT  (ImCreateGroupParam, add_option,                          "create_group_param_add_option",         "kTIMCreateGroupParamAddOption",        IM_IN,               "who may join", .initial = 2, .enumeration = "TIMGroupAddOption", .max = 3),
  IM_UINT  (ImCreateGroupParam, max_member_num,                      "create_group_param_max_member_num",     "kTIMCreateGroupParamMaxMemberCount",   IM_IN,               "member limit"),
  IM_ARRAY (ImCreateGroupParam, customs, im_group_custom_field_type, "create_group_param_custom_info",        "kTIMCreateGroupParamCustomInfo",       IM_OUT,              "custom fields", .wire = IM_WIRE_CUSTOM_FIELDS),
};

static const ImJsonField create_group_result_fields[] = {
  IM_STR (ImCreateGroupResult, group_id, "create_group_result_groupid", "kTIMCreateGroupResultGroupId", IM_OUT | IM_ALWAYS, "id of the new group (no underscore before `id`)"),
};

static const ImJsonField group_base_info_fields[] = {
  IM_STR  (ImGroupBaseInfo, group_id,                                            "group_base_info_group_id",      "kTIMGroupBaseInfoGroupId",     IM_OUT | IM_ALWAYS, "the group"),
  IM_STR  (ImGroupBaseInfo, group_name,                                          "group_base_info_group_name",    "kTIMGroupBaseInfoGroupName",   IM_OUT | IM_ALWAYS, "name"),
  IM_UINT (ImGroupBaseInfo, group_type,                                          "group_base_info_group_type",    "kTIMGroupBaseInfoGroupType",   IM_OUT | IM_ALWAYS, "kind; the seed shows the string \"Public\", both header sets say number", .enumeration = "TIMGroupType", .wire = IM_WIRE_GROUP_TYPE),
  IM_STR  (ImGroupBaseInfo, face_url,                                            "group_base_info_face_url",      "kTIMGroupBaseInfoFaceUrl",     IM_OUT | IM_ALWAYS, "picture address"),
  IM_UINT (ImGroupBaseInfo, info_seq,                                            "group_base_info_info_seq",      "kTIMGroupBaseInfoInfoSeq",     IM_OUT | IM_ALWAYS, "grows with every change of the group's properties"),
  IM_UINT (ImGroupBaseInfo, latest_seq,                                          "group_base_info_lastest_seq",   "kTIMGroupBaseInfoLastestSeq",  IM_OUT | IM_ALWAYS, "sequence of the newest message", .alias = "group_base_info_latest_seq"),
  IM_UINT (ImGroupBaseInfo, read_seq,                                            "group_base_info_readed_seq",    "kTIMGroupBaseInfoReadedSeq",   IM_OUT | IM_ALWAYS, "sequence the logged-in user has read up to"),
  IM_UINT (ImGroupBaseInfo, msg_flag,                                            "group_base_info_msg_flag",      "kTIMGroupBaseInfoMsgFlag",     IM_OUT | IM_ALWAYS, "own receive option"),
  IM_BOOL (ImGroupBaseInfo, is_shutup_all,                                       "group_base_info_is_shutup_all", "kTIMGroupBaseInfoIsShutupAll", IM_OUT | IM_ALWAYS, "everybody is muted"),
  IM_OBJ  (ImGroupBaseInfo, self_info, ImGroupSelfInfo, im_group_self_info_type, "group_base_info_self_info",     "kTIMGroupBaseInfoSelfInfo",    IM_OUT | IM_ALWAYS, "the logged-in user's member data"),
};

static const ImJsonField group_self_info_fields[] = {
  IM_UINT (ImGroupSelfInfo, join_time,  "group_self_info_join_time",  "kTIMGroupSelfInfoJoinTime",  IM_OUT | IM_ALWAYS, "when the logged-in user joined, seconds"),
  IM_UINT (ImGroupSelfInfo, role,       "group_self_info_role",       "kTIMGroupSelfInfoRole",      IM_OUT | IM_ALWAYS, "own role (400 for an owner in Example 12)"),
  IM_UINT (ImGroupSelfInfo, unread_num, "group_self_info_unread_num", "kTIMGroupSelfInfoUnReadNum", IM_OUT | IM_ALWAYS, "own unread count"),
  IM_UINT (ImGroupSelfInfo, msg_flag,   "group_self_info_msg_flag",   "kTIMGroupSelfInfoMsgFlag",   IM_OUT | IM_ALWAYS, "own receive option", .enumeration = "TIMGroupReceiveMessageOpt"),
};

static const ImJsonField get_group_info_result_fields[] = {
  IM_INT (ImGetGroupInfoResult, code,                                               "get_groups_info_result_code", "kTIMGetGroupInfoResultCode", IM_OUT | IM_ALWAYS, "0 or an error code for this group"),
  IM_STR (ImGetGroupInfoResult, desc,                                               "get_groups_info_result_desc", "kTIMGetGroupInfoResultDesc", IM_OUT | IM_ALWAYS, "text for the code"),
  IM_OBJ (ImGetGroupInfoResult, info, ImGroupDetailInfo, im_group_detail_info_type, "get_groups_info_result_info", "kTIMGetGroupInfoResultInfo", IM_OUT,             "the group's details"),
};

static const ImJsonField group_detail_info_fields[] = {
  IM_STR   (ImGroupDetailInfo, group_id,                            "group_detial_info_group_id",          "kTIMGroupDetialInfoGroupId",         IM_OUT | IM_ALWAYS, "the group", .alias = "group_detail_info_group_id"),
  IM_UINT  (ImGroupDetailInfo, group_type,                          "group_detial_info_group_type",        "kTIMGroupDetialInfoGroupType",       IM_OUT | IM_ALWAYS, "kind; string \"Public\" in the seed, number in both header sets", .alias = "group_detail_info_group_type", .enumeration = "TIMGroupType", .wire = IM_WIRE_GROUP_TYPE),
  IM_STR   (ImGroupDetailInfo, group_name,                          "group_detial_info_group_name",        "kTIMGroupDetialInfoGroupName",       IM_OUT | IM_ALWAYS, "name", .alias = "group_detail_info_group_name"),
  IM_STR   (ImGroupDetailInfo, notification,                        "group_detial_info_notification",      "kTIMGroupDetialInfoNotification",    IM_OUT | IM_ALWAYS, "announcement", .alias = "group_detail_info_notification"),
  IM_STR   (ImGroupDetailInfo, introduction,                        "group_detial_info_introduction",      "kTIMGroupDetialInfoIntroduction",    IM_OUT | IM_ALWAYS, "description", .alias = "group_detail_info_introduction"),
  IM_STR   (ImGroupDetailInfo, face_url,                            "group_detial_info_face_url",          "kTIMGroupDetialInfoFaceUrl",         IM_OUT | IM_ALWAYS, "picture address", .alias = "group_detail_info_face_url"),
  IM_UINT  (ImGroupDetailInfo, create_time,                         "group_detial_info_create_time",       "kTIMGroupDetialInfoCreateTime",      IM_OUT | IM_ALWAYS, "seconds", .alias = "group_detail_info_create_time"),
  IM_UINT  (ImGroupDetailInfo, info_seq,                            "group_detial_info_info_seq",          "kTIMGroupDetialInfoInfoSeq",         IM_OUT | IM_ALWAYS, "grows with every change of the group's properties", .alias = "group_detail_info_info_seq"),
  IM_UINT  (ImGroupDetailInfo, last_info_time,                      "group_detial_info_last_info_time",    "kTIMGroupDetialInfoLastInfoTime",    IM_OUT | IM_ALWAYS, "last property change, seconds", .alias = "group_detail_info_last_info_time"),
  IM_UINT  (ImGroupDetailInfo, next_msg_seq,                        "group_detial_info_next_msg_seq",      "kTIMGroupDetialInfoNextMsgSeq",      IM_OUT | IM_ALWAYS, "next message sequence", .alias = "group_detail_info_next_msg_seq"),
  IM_UINT  (ImGroupDetailInfo, last_msg_time,                       "group_detial_info_last_msg_time",     "kTIMGroupDetialInfoLastMsgTime",     IM_OUT | IM_ALWAYS, "time of the newest message, seconds", .alias = "group_detail_info_last_msg_time"),
  IM_UINT  (ImGroupDetailInfo, member_num,                          "group_detial_info_member_num",        "kTIMGroupDetialInfoMemberNum",       IM_OUT | IM_ALWAYS, "members now", .alias = "group_detail_info_member_num"),
  IM_UINT  (ImGroupDetailInfo, max_member_num,                      "group_detial_info_max_member_num",    "kTIMGroupDetialInfoMaxMemberNum",    IM_OUT | IM_ALWAYS, "member limit", .alias = "group_detail_info_max_member_num"),
  IM_UINT  (ImGroupDetailInfo, add_option,                          "group_detial_info_add_option",        "kTIMGroupDetialInfoAddOption",       IM_OUT | IM_ALWAYS, "who may join", .alias = "group_detail_info_add_option", .initial = 2, .enumeration = "TIMGroupAddOption", .max = 3),
  IM_UINT  (ImGroupDetailInfo, online_member_num,                   "group_detial_info_online_member_num", "kTIMGroupDetialInfoOnlineMemberNum", IM_OUT | IM_ALWAYS, "members connected now", .alias = "group_detail_info_online_member_num"),
  IM_UINT  (ImGroupDetailInfo, visible,                             "group_detial_info_visible",           "kTIMGroupDetialInfoVisible",         IM_OUT | IM_ALWAYS, "members are visible to outsiders; 2 in Example 13, meaning not documented", .alias = "group_detail_info_visible", .initial = 2),
  IM_UINT  (ImGroupDetailInfo, searchable,                          "group_detial_info_searchable",        "kTIMGroupDetialInfoSearchable",      IM_OUT | IM_ALWAYS, "group can be found; 2 in Example 13, meaning not documented", .alias = "group_detail_info_searchable", .initial = 2),
  IM_BOOL  (ImGroupDetailInfo, is_shutup_all,                       "group_detial_info_is_shutup_all",     "kTIMGroupDetialInfoIsShutupAll",     IM_OUT | IM_ALWAYS, "everybody is muted", .alias = "group_detail_info_is_shutup_all"),
  IM_STR   (ImGroupDetailInfo, owner,                               "group_detial_info_owener_identifier", "kTIMGroupDetialInfoOwnerIdentifier", IM_OUT | IM_ALWAYS, "UserID of the owner", .alias = "group_detail_info_owner_identifier"),
  IM_ARRAY (ImGroupDetailInfo, customs, im_group_custom_field_type, "group_detial_info_custom_info",       "kTIMGroupDetialInfoCustomInfo",      IM_OUT | IM_ALWAYS, "custom fields; object {} in the seed, array in both header sets", .alias = "group_detail_info_custom_info", .wire = IM_WIRE_CUSTOM_INFO),
};

static const ImJsonField group_custom_field_fields[] = {
  IM_STR (ImGroupCustomField, key,   "group_info_custom_string_info_key",   "kTIMGroupInfoCustemStringInfoKey",   IM_IN | IM_REQUIRED, "custom group field name"),
  IM_STR (ImGroupCustomField, value, "group_info_custom_string_info_value", "kTIMGroupInfoCustemStringInfoValue", IM_IN | IM_REQUIRED, "its value"),
};

static const ImJsonField group_modify_info_param_fields[] = {
  IM_STR   (ImGroupModifyInfoParam, group_id,                            "group_modify_info_param_group_id",       "kTIMGroupModifyInfoParamGroupId",      IM_IN | IM_REQUIRED, "the group"),
  IM_UINT  (ImGroupModifyInfoParam, modify_flag,                         "group_modify_info_param_modify_flag",    "kTIMGroupModifyInfoParamModifyFlag",   IM_IN | IM_REQUIRED, "bits telling which of the keys below are to be applied; may arrive as a negative 32-bit number", .enumeration = "TIMGroupModifyInfoFlag", .wire = IM_WIRE_FLAGS),
  IM_STR   (ImGroupModifyInfoParam, group_name,                          "group_modify_info_param_group_name",     "kTIMGroupModifyInfoParamGroupName",    IM_IN,               "new name, with bit Name"),
  IM_STR   (ImGroupModifyInfoParam, notification,                        "group_modify_info_param_notification",   "kTIMGroupModifyInfoParamNotification", IM_IN,               "new announcement, with bit Notification"),
  IM_STR   (ImGroupModifyInfoParam, introduction,                        "group_modify_info_param_introduction",   "kTIMGroupModifyInfoParamIntroduction", IM_IN,               "new description, with bit Introduction"),
  IM_STR   (ImGroupModifyInfoParam, face_url,                            "group_modify_info_param_face_url",       "kTIMGroupModifyInfoParamFaceUrl",      IM_IN,               "new picture address, with bit FaceUrl"),
  IM_UINT  (ImGroupModifyInfoParam, add_option,                          "group_modify_info_param_add_option",     "kTIMGroupModifyInfoParamAddOption",    IM_IN,               "new join rule, with bit AddOption"),
  IM_UINT  (ImGroupModifyInfoParam, max_member_num,                      "group_modify_info_param_max_member_num", "kTIMGroupModifyInfoParamMaxMemberNum", IM_IN,               "new member limit, with bit MaxMmeberNum"),
  IM_UINT  (ImGroupModifyInfoParam, visible,                             "group_modify_info_param_visible",        "kTIMGroupModifyInfoParamVisible",      IM_IN,               "new visibility, with bit Visible"),
  IM_UINT  (ImGroupModifyInfoParam, searchable,                          "group_modify_info_param_searchable",     "kTIMGroupModifyInfoParamSearchAble",   IM_IN,               "new searchability, with bit Searchable"),
  IM_BOOL  (ImGroupModifyInfoParam, is_shutup_all,                       "group_modify_info_param_is_shutup_all",  "kTIMGroupModifyInfoParamIsShutupAll",  IM_IN,               "mute everybody, with bit ShutupAll"),
  IM_STR   (ImGroupModifyInfoParam, owner,                               "group_modify_info_param_owner",          "kTIMGroupModifyInfoParamOwner",        IM_IN,               "new owner, with bit Owner, which must stand alone"),
  IM_ARRAY (ImGroupModifyInfoParam, customs, im_group_custom_field_type, "group_modify_info_param_custom_info",    "kTIMGroupModifyInfoParamCustomInfo",   IM_IN,               "custom fields, with bit Custom", .wire = IM_WIRE_CUSTOM_FIELDS),
};

/* clang-format on */
const ImJsonType im_create_group_param_type
    = IM_TYPE (ImCreateGroupParam, "CreateGroupParam", create_group_param_fields, "");
const ImJsonType im_create_group_result_type
    = IM_TYPE (ImCreateGroupResult, "CreateGroupResult", create_group_result_fields, "");
const ImJsonType im_group_base_info_type
    = IM_TYPE (ImGroupBaseInfo, "GroupBaseInfo", group_base_info_fields, "");
const ImJsonType im_group_self_info_type
    = IM_TYPE (ImGroupSelfInfo, "GroupSelfInfo", group_self_info_fields, "");
const ImJsonType im_get_group_info_result_type
    = IM_TYPE (ImGetGroupInfoResult, "GetGroupInfoResult", get_group_info_result_fields, "");
const ImJsonType im_group_detail_info_type
    = IM_TYPE (ImGroupDetailInfo, "GroupDetailInfo", group_detail_info_fields, "");
const ImJsonType im_group_custom_field_type
    = IM_TYPE (ImGroupCustomField, "GroupInfoCustemString", group_custom_field_fields, "");
const ImJsonType im_group_modify_info_param_type
    = IM_TYPE (ImGroupModifyInfoParam, "GroupModifyInfoParam", group_modify_info_param_fields, "");
