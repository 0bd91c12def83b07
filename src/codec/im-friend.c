/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-friend.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField friend_profile_fields[] = {
  IM_STR    (ImFriendProfile, identifier,                                        "friend_profile_identifier",          "kTIMFriendProfileIdentifier",        IM_OUT | IM_ALWAYS, "the friend"),
  IM_STRV   (ImFriendProfile, group_names,                                       "friend_profile_group_name_array",    "kTIMFriendProfileGroupNameArray",    IM_OUT | IM_ALWAYS, "names of the friend groups holding the friend"),
  IM_STR    (ImFriendProfile, remark,                                            "friend_profile_remark",              "kTIMFriendProfileRemark",            IM_OUT | IM_ALWAYS, "private name for the friend, at most 96 bytes"),
  IM_STR    (ImFriendProfile, add_wording,                                       "friend_profile_add_wording",         "kTIMFriendProfileAddWording",        IM_OUT | IM_ALWAYS, "greeting of the request"),
  IM_STR    (ImFriendProfile, add_source,                                        "friend_profile_add_source",          "kTIMFriendProfileAddSource",         IM_OUT | IM_ALWAYS, "where the request came from, `AddSource_Type_` + word"),
  IM_UINT64 (ImFriendProfile, add_time,                                          "friend_profile_add_time",            "kTIMFriendProfileAddTime",           IM_OUT | IM_ALWAYS, "when they became friends, seconds"),
  IM_OBJ    (ImFriendProfile, user_profile, ImUserProfile, im_user_profile_type, "friend_profile_user_profile",        "kTIMFriendProfileUserProfile",       IM_OUT | IM_ALWAYS, "the friend's profile"),
  IM_ARRAY  (ImFriendProfile, customs, im_friend_custom_field_type,              "friend_profile_custom_string_array", "kTIMFriendProfileCustomStringArray", IM_OUT,             "custom fields; Example 17 has them under friend_profile_item_custom_string_array", .alias = "friend_profile_item_custom_string_array"),
};

static const ImJsonField friend_profile_item_fields[] = {
  IM_STR   (ImFriendProfileItem, remark,                               "friend_profile_item_remark",              "kTIMFriendProfileItemRemark",            IM_IN, "new private name"),
  IM_STRV  (ImFriendProfileItem, group_names,                          "friend_profile_item_group_name_array",    "kTIMFriendProfileItemGroupNameArray",    IM_IN, "the full new list of friend groups"),
  IM_ARRAY (ImFriendProfileItem, customs, im_friend_custom_field_type, "friend_profile_item_custom_string_array", "kTIMFriendProfileItemCustomStringArray", IM_IN, "custom fields to set"),
};

static const ImJsonField friend_profile_update_fields[] = {
  IM_STR (ImFriendProfileUpdate, identifier,                                             "friend_profile_update_identifier", "kTIMFriendProfileUpdateIdentifier", IM_IN | IM_ALWAYS, "the friend"),
  IM_OBJ (ImFriendProfileUpdate, item, ImFriendProfileItem, im_friend_profile_item_type, "friend_profile_update_item",       "kTIMFriendProfileUpdateItem",       IM_IN | IM_ALWAYS, "the changed fields"),
};

static const ImJsonField friend_custom_field_fields[] = {
  IM_STR (ImFriendCustomField, key,   "friend_profile_custom_string_info_key",   "kTIMFriendProfileCustemStringInfoKey",   IM_IN | IM_REQUIRED | IM_ALWAYS, "custom field name; the prefix `Tag_SNS_Custom_` may be left out on input"),
  IM_STR (ImFriendCustomField, value, "friend_profile_custom_string_info_value", "kTIMFriendProfileCustemStringInfoValue", IM_IN | IM_REQUIRED | IM_ALWAYS, "its value"),
};

static const ImJsonField modify_friend_profile_param_fields[] = {
  IM_STR (ImModifyFriendProfileParam, identifier,                                             "friendship_modify_friend_profile_param_identifier", "kTIMFriendshipModifyFriendProfileParamIdentifier", IM_IN | IM_REQUIRED, "the friend"),
  IM_OBJ (ImModifyFriendProfileParam, item, ImFriendProfileItem, im_friend_profile_item_type, "friendship_modify_friend_profile_param_item",       "kTIMFriendshipModifyFriendProfileParamItem",       IM_IN | IM_REQUIRED, "what to change"),
};

static const ImJsonField add_friend_param_fields[] = {
  IM_STR  (ImAddFriendParam, identifier,  "friendship_add_friend_param_identifier",  "kTIMFriendshipAddFriendParamIdentifier", IM_IN | IM_REQUIRED, "whom to add"),
  IM_UINT (ImAddFriendParam, friend_type, "friendship_add_friend_param_friend_type", "kTIMFriendshipAddFriendParamFriendType", IM_IN,               "one-way or both ways", .initial = 1, .enumeration = "TIMFriendType", .max = 1),
  IM_STR  (ImAddFriendParam, remark,      "friendship_add_friend_param_remark",      "kTIMFriendshipAddFriendParamRemark",     IM_IN,               "private name to store on success"),
  IM_STR  (ImAddFriendParam, group_name,  "friendship_add_friend_param_group_name",  "kTIMFriendshipAddFriendParamGroupName",  IM_IN,               "friend group to put the friend in on success"),
  IM_STR  (ImAddFriendParam, add_source,  "friendship_add_friend_param_add_source",  "kTIMFriendshipAddFriendParamAddSource",  IM_IN,               "source word, prefixed with `AddSource_Type_` when it is not"),
  IM_STR  (ImAddFriendParam, add_wording, "friendship_add_friend_param_add_wording", "kTIMFriendshipAddFriendParamAddWording", IM_IN,               "greeting, at most 120 bytes (header) or 256 (product text)"),
};

static const ImJsonField delete_friend_param_fields[] = {
  IM_UINT (ImDeleteFriendParam, friend_type, "friendship_delete_friend_param_friend_type",      "kTIMFriendshipDeleteFriendParamFriendType",      IM_IN | IM_REQUIRED, "one-way or both ways", .enumeration = "TIMFriendType", .max = 1),
  IM_STRV (ImDeleteFriendParam, identifiers, "friendship_delete_friend_param_identifier_array", "kTIMFriendshipDeleteFriendParamIdentifierArray", IM_IN | IM_REQUIRED, "whom to delete"),
};

static const ImJsonField friend_result_fields[] = {
  IM_STR (ImFriendResult, identifier, "friend_result_identifier", "kTIMFriendResultIdentifier", IM_OUT | IM_ALWAYS, "the user"),
  IM_INT (ImFriendResult, code,       "friend_result_code",       "kTIMFriendResultCode",       IM_OUT | IM_ALWAYS, "0 or an error code for this user"),
  IM_STR (ImFriendResult, desc,       "friend_result_desc",       "kTIMFriendResultDesc",       IM_OUT | IM_ALWAYS, "text; \"\" or \"OK\" on success"),
};

static const ImJsonField check_friend_type_param_fields[] = {
  IM_UINT (ImCheckFriendTypeParam, check_type,  "friendship_check_friendtype_param_check_type",       "kTIMFriendshipCheckFriendTypeParamCheckType",       IM_IN | IM_REQUIRED, "look one way or both ways", .enumeration = "TIMFriendType", .max = 1),
  IM_STRV (ImCheckFriendTypeParam, identifiers, "friendship_check_friendtype_param_identifier_array", "kTIMFriendshipCheckFriendTypeParamIdentifierArray", IM_IN | IM_REQUIRED, "the users"),
};

static const ImJsonField check_friend_type_result_fields[] = {
  IM_STR  (ImCheckFriendTypeResult, identifier, "friendship_check_friendtype_result_identifier", "kTIMFriendshipCheckFriendTypeResultIdentifier", IM_OUT | IM_ALWAYS, "the user"),
  IM_UINT (ImCheckFriendTypeResult, relation,   "friendship_check_friendtype_result_relation",   "kTIMFriendshipCheckFriendTypeResultRelation",   IM_OUT | IM_ALWAYS, "relation found", .enumeration = "TIMFriendCheckRelation"),
  IM_INT  (ImCheckFriendTypeResult, code,       "friendship_check_friendtype_result_code",       "kTIMFriendshipCheckFriendTypeResultCode",       IM_OUT | IM_ALWAYS, "0 or an error code for this user"),
  IM_STR  (ImCheckFriendTypeResult, desc,       "friendship_check_friendtype_result_desc",       "kTIMFriendshipCheckFriendTypeResultDesc",       IM_OUT | IM_ALWAYS, "text"),
};

/* clang-format on */
const ImJsonType im_friend_profile_type
    = IM_TYPE (ImFriendProfile, "FriendProfile", friend_profile_fields, "");
const ImJsonType im_friend_profile_item_type
    = IM_TYPE (ImFriendProfileItem, "FriendProfileItem", friend_profile_item_fields, "");
const ImJsonType im_friend_profile_update_type
    = IM_TYPE (ImFriendProfileUpdate,
               "FriendProfileUpdate",
               friend_profile_update_fields,
               "TIMUpdateFriendProfileCallback, one per friend");
const ImJsonType im_friend_custom_field_type = IM_TYPE (ImFriendCustomField,
                                                        "FriendProfileCustemStringInfo",
                                                        friend_custom_field_fields,
                                                        "");
const ImJsonType im_modify_friend_profile_param_type
    = IM_TYPE (ImModifyFriendProfileParam,
               "FriendshipModifyFriendProfileParam",
               modify_friend_profile_param_fields,
               "");
const ImJsonType im_add_friend_param_type
    = IM_TYPE (ImAddFriendParam, "FriendshipAddFriendParam", add_friend_param_fields, "");
const ImJsonType im_delete_friend_param_type
    = IM_TYPE (ImDeleteFriendParam, "FriendshipDeleteFriendParam", delete_friend_param_fields, "");
const ImJsonType im_friend_result_type
    = IM_TYPE (ImFriendResult, "FriendResult", friend_result_fields, "outcome for one user");
const ImJsonType im_check_friend_type_param_type = IM_TYPE (ImCheckFriendTypeParam,
                                                            "FriendshipCheckFriendTypeParam",
                                                            check_friend_type_param_fields,
                                                            "");
const ImJsonType im_check_friend_type_result_type = IM_TYPE (ImCheckFriendTypeResult,
                                                             "FriendshipCheckFriendTypeResult",
                                                             check_friend_type_result_fields,
                                                             "");
