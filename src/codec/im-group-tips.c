/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-group-tips.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField group_tips_elem_fields[] = {
  IM_ELEM_ROW (ImGroupTipsElem, IM_ELEM_GROUP_TIPS),
  IM_UINT  (ImGroupTipsElem, tip_type,                                                     "group_tips_elem_tip_type",                       "kTIMGroupTipsElemTipType",                     IM_OUT | IM_ALWAYS, "what happened", .enumeration = "TIMGroupTipType"),
  IM_STR   (ImGroupTipsElem, op_user,                                                      "group_tips_elem_op_user",                        "kTIMGroupTipsElemOpUser",                      IM_OUT | IM_ALWAYS, "who did it"),
  IM_STR   (ImGroupTipsElem, group_name,                                                   "group_tips_elem_group_name",                     "kTIMGroupTipsElemGroupName",                   IM_OUT | IM_ALWAYS, "group's name after the change"),
  IM_STR   (ImGroupTipsElem, group_id,                                                     "group_tips_elem_group_id",                       "kTIMGroupTipsElemGroupId",                     IM_OUT | IM_ALWAYS, "the group"),
  IM_UINT  (ImGroupTipsElem, time,                                                         "group_tips_elem_time",                           "kTIMGroupTipsElemTime",                        IM_OUT | IM_ALWAYS, "when, seconds; Example 4 shows 0"),
  IM_STRV  (ImGroupTipsElem, users,                                                        "group_tips_elem_user_array",                     "kTIMGroupTipsElemUserArray",                   IM_OUT | IM_ALWAYS, "the users it was done to"),
  IM_ARRAY (ImGroupTipsElem, group_changes, im_group_tip_group_change_type,                "group_tips_elem_group_change_info_array",        "kTIMGroupTipsElemGroupChangeInfoArray",        IM_OUT | IM_ALWAYS, "changed properties, for tip type 6"),
  IM_ARRAY (ImGroupTipsElem, member_changes, im_group_tip_member_change_type,              "group_tips_elem_member_change_info_array",       "kTIMGroupTipsElemMemberChangeInfoArray",       IM_OUT | IM_ALWAYS, "changed members, for tip type 7"),
  IM_OBJ   (ImGroupTipsElem, op_user_info, ImUserProfile, im_user_profile_type,            "group_tips_elem_op_user_info",                   "kTIMGroupTipsElemOpUserInfo",                  IM_OUT | IM_ALWAYS, "profile of the user who did it"),
  IM_OBJ   (ImGroupTipsElem, op_member_info, ImGroupMemberInfo, im_group_member_info_type, "group_tips_elem_op_group_memberinfo",            "kTIMGroupTipsElemOpGroupMemberInfo",           IM_OUT | IM_ALWAYS, "member record of the user who did it"),
  IM_ARRAY (ImGroupTipsElem, changed_user_infos, im_user_profile_type,                     "group_tips_elem_changed_user_info_array",        "kTIMGroupTipsElemChangedUserInfoArray",        IM_OUT,             "profiles of the users it was done to"),
  IM_ARRAY (ImGroupTipsElem, changed_member_infos, im_group_member_info_type,              "group_tips_elem_changed_group_memberinfo_array", "kTIMGroupTipsElemChangedGroupMemberInfoArray", IM_OUT | IM_ALWAYS, "member records of those users"),
  IM_UINT  (ImGroupTipsElem, member_num,                                                   "group_tips_elem_member_num",                     "kTIMGroupTipsElemMemberNum",                   IM_OUT | IM_ALWAYS, "member count, only for join, leave and kick"),
  IM_STR   (ImGroupTipsElem, platform,                                                     "group_tips_elem_platform",                       "kTIMGroupTipsElemPlatform",                    IM_OUT | IM_ALWAYS, "platform name of the doer"),
};

static const ImJsonField group_tip_group_change_fields[] = {
  IM_UINT (ImGroupTipGroupChange, flag,  "group_tips_group_change_info_flag",  "kTIMGroupTipGroupChangeInfoFlag",  IM_OUT | IM_ALWAYS, "which group property changed", .enumeration = "TIMGroupTipGroupChangeFlag", .wire = IM_WIRE_TIP_FLAG),
  IM_STR  (ImGroupTipGroupChange, value, "group_tips_group_change_info_value", "kTIMGroupTipGroupChangeInfoValue", IM_OUT | IM_ALWAYS, "its new value"),
  IM_STR  (ImGroupTipGroupChange, key,   "group_tips_group_change_info_key",   "kTIMGroupTipGroupChangeInfoKey",   IM_OUT,             "custom field name, only for custom field changes"),
};

static const ImJsonField group_tip_member_change_fields[] = {
  IM_STR  (ImGroupTipMemberChange, identifier,  "group_tips_member_change_info_identifier", "kTIMGroupTipMemberChangeInfoIdentifier", IM_OUT | IM_ALWAYS, "the member"),
  IM_UINT (ImGroupTipMemberChange, shutup_time, "group_tips_member_change_info_shutupTime", "kTIMGroupTipMemberChangeInfoShutupTime", IM_OUT | IM_ALWAYS, "mute length in seconds (note the capital T)"),
};

static const ImJsonField group_report_elem_fields[] = {
  IM_ELEM_ROW (ImGroupReportElem, IM_ELEM_GROUP_REPORT),
  IM_UINT (ImGroupReportElem, report_type,                                                  "group_report_elem_report_type",         "kTIMGroupReportElemReportType",        IM_OUT | IM_ALWAYS, "what is reported", .enumeration = "TIMGroupReportType"),
  IM_STR  (ImGroupReportElem, group_id,                                                     "group_report_elem_group_id",            "kTIMGroupReportElemGroupId",           IM_OUT | IM_ALWAYS, "the group"),
  IM_STR  (ImGroupReportElem, group_name,                                                   "group_report_elem_group_name",          "kTIMGroupReportElemGroupName",         IM_OUT | IM_ALWAYS, "its name"),
  IM_STR  (ImGroupReportElem, op_user,                                                      "group_report_elem_op_user",             "kTIMGroupReportElemOpUser",            IM_OUT | IM_ALWAYS, "who did it; empty in Example 3"),
  IM_STR  (ImGroupReportElem, msg,                                                          "group_report_elem_msg",                 "kTIMGroupReportElemMsg",               IM_OUT | IM_ALWAYS, "reason or greeting text"),
  IM_STR  (ImGroupReportElem, user_data,                                                    "group_report_elem_user_data",           "kTIMGroupReportElemUserData",          IM_OUT | IM_ALWAYS, "data the doer attached"),
  IM_OBJ  (ImGroupReportElem, op_user_info, ImUserProfile, im_user_profile_type,            "group_report_elem_op_user_info",        "kTIMGroupReportElemOpUserInfo",        IM_OUT,             "profile of the doer"),
  IM_OBJ  (ImGroupReportElem, op_member_info, ImGroupMemberInfo, im_group_member_info_type, "group_report_elem_op_group_memberinfo", "kTIMGroupReportElemOpGroupMemberInfo", IM_OUT | IM_ALWAYS, "member record of the doer"),
  IM_STR  (ImGroupReportElem, platform,                                                     "group_report_elem_platform",            "kTIMGroupReportElemPlatform",          IM_OUT | IM_ALWAYS, "platform name of the doer"),
};

/* clang-format on */
const ImJsonType im_group_tips_elem_type
    = IM_TYPE (ImGroupTipsElem,
               "GroupTipsElem",
               group_tips_elem_fields,
               "notice to all members of a group; never sent by a client");
const ImJsonType im_group_tip_group_change_type = IM_TYPE (ImGroupTipGroupChange,
                                                           "GroupTipGroupChangeInfo",
                                                           group_tip_group_change_fields,
                                                           "inside GroupTipsElem");
const ImJsonType im_group_tip_member_change_type = IM_TYPE (ImGroupTipMemberChange,
                                                            "GroupTipMemberChangeInfo",
                                                            group_tip_member_change_fields,
                                                            "inside GroupTipsElem");
const ImJsonType im_group_report_elem_type
    = IM_TYPE (ImGroupReportElem,
               "GroupReportElem",
               group_report_elem_fields,
               "notice about a group to one user; never sent by a client");
