/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-user.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField get_profile_list_param_fields[] = {
  IM_STRV (ImGetProfileListParam, identifiers,  "friendship_getprofilelist_param_identifier_array", "kTIMFriendShipGetProfileListParamIdentifierArray", IM_IN | IM_REQUIRED, "the users"),
  IM_BOOL (ImGetProfileListParam, force_update, "friendship_getprofilelist_param_force_update",     "kTIMFriendShipGetProfileListParamForceUpdate",     IM_IN,               "true: ask the server; false: the cache first"),
};

static const ImJsonField user_profile_fields[] = {
  IM_STR   (ImUserProfile, identifier,                         "user_profile_identifier",          "kTIMUserProfileIdentifier",        IM_OUT | IM_ALWAYS, "UserID"),
  IM_STR   (ImUserProfile, nick_name,                          "user_profile_nick_name",           "kTIMUserProfileNickName",          IM_OUT | IM_ALWAYS, "nickname"),
  IM_UINT  (ImUserProfile, gender,                             "user_profile_gender",              "kTIMUserProfileGender",            IM_OUT | IM_ALWAYS, "gender", .enumeration = "TIMGenderType", .max = 2),
  IM_STR   (ImUserProfile, face_url,                           "user_profile_face_url",            "kTIMUserProfileFaceUrl",           IM_OUT | IM_ALWAYS, "picture address"),
  IM_STR   (ImUserProfile, self_signature,                     "user_profile_self_signature",      "kTIMUserProfileSelfSignature",     IM_OUT | IM_ALWAYS, "motto"),
  IM_UINT  (ImUserProfile, add_permission,                     "user_profile_add_permission",      "kTIMUserProfileAddPermission",     IM_OUT | IM_ALWAYS, "how friend requests are treated", .enumeration = "TIMProfileAddPermission", .max = 3),
  IM_STR   (ImUserProfile, location,                           "user_profile_location",            "kTIMUserProfileLocation",          IM_OUT | IM_ALWAYS, "place; Example 17 has it padded with NUL characters"),
  IM_UINT  (ImUserProfile, language,                           "user_profile_language",            "kTIMUserProfileLanguage",          IM_OUT | IM_ALWAYS, "number, application's own coding"),
  IM_UINT  (ImUserProfile, birthday,                           "user_profile_birthday",            "kTIMUserProfileBirthDay",          IM_OUT | IM_ALWAYS, "number in the form YYYYMMDD"),
  IM_UINT  (ImUserProfile, level,                              "user_profile_level",               "kTIMUserProfileLevel",             IM_OUT | IM_ALWAYS, "number, application's own coding"),
  IM_UINT  (ImUserProfile, role,                               "user_profile_role",                "kTIMUserProfileRole",              IM_OUT | IM_ALWAYS, "number, application's own coding"),
  IM_ARRAY (ImUserProfile, customs, im_user_custom_field_type, "user_profile_custom_string_array", "kTIMUserProfileCustomStringArray", IM_OUT,             "custom fields; Example 17 has them under user_profile_item_custom_string_array", .alias = "user_profile_item_custom_string_array"),
};

static const ImJsonField user_profile_item_fields[] = {
  IM_STR   (ImUserProfileItem, nick_name,                          "user_profile_item_nick_name",           "kTIMUserProfileItemNickName",          IM_IN, "new nickname"),
  IM_UINT  (ImUserProfileItem, gender,                             "user_profile_item_gender",              "kTIMUserProfileItemGender",            IM_IN, "new gender", .enumeration = "TIMGenderType", .max = 2),
  IM_STR   (ImUserProfileItem, face_url,                           "user_profile_item_face_url",            "kTIMUserProfileItemFaceUrl",           IM_IN, "new picture address"),
  IM_STR   (ImUserProfileItem, self_signature,                     "user_profile_item_self_signature",      "kTIMUserProfileItemSelfSignature",     IM_IN, "new motto"),
  IM_UINT  (ImUserProfileItem, add_permission,                     "user_profile_item_add_permission",      "kTIMUserProfileItemAddPermission",     IM_IN, "new treatment of friend requests", .enumeration = "TIMProfileAddPermission", .max = 3),
  IM_STR   (ImUserProfileItem, location,                           "user_profile_item_location",            "kTIMUserProfileItemLoaction",          IM_IN, "new place (the older header types it uint by mistake)"),
  IM_UINT  (ImUserProfileItem, language,                           "user_profile_item_language",            "kTIMUserProfileItemLanguage",          IM_IN, "new language number"),
  IM_UINT  (ImUserProfileItem, birthday,                           "user_profile_item_birthday",            "kTIMUserProfileItemBirthDay",          IM_IN, "new birthday number"),
  IM_UINT  (ImUserProfileItem, level,                              "user_profile_item_level",               "kTIMUserProfileItemLevel",             IM_IN, "new level"),
  IM_UINT  (ImUserProfileItem, role,                               "user_profile_item_role",                "kTIMUserProfileItemRole",              IM_IN, "new role"),
  IM_ARRAY (ImUserProfileItem, customs, im_user_custom_field_type, "user_profile_item_custom_string_array", "kTIMUserProfileItemCustomStringArray", IM_IN, "custom fields to set"),
};

static const ImJsonField user_custom_field_fields[] = {
  IM_STR (ImUserCustomField, key,   "user_profile_custom_string_info_key",   "kTIMUserProfileCustemStringInfoKey",   IM_IN | IM_REQUIRED | IM_ALWAYS, "custom field name; the prefix `Tag_Profile_Custom_` may be left out on input"),
  IM_STR (ImUserCustomField, value, "user_profile_custom_string_info_value", "kTIMUserProfileCustemStringInfoValue", IM_IN | IM_REQUIRED | IM_ALWAYS, "its value, at most 500 bytes"),
};

/* clang-format on */
const ImJsonType im_get_profile_list_param_type = IM_TYPE (ImGetProfileListParam,
                                                           "FriendShipGetProfileListParam",
                                                           get_profile_list_param_fields,
                                                           "");
const ImJsonType im_user_profile_type
    = IM_TYPE (ImUserProfile, "UserProfile", user_profile_fields, "");
const ImJsonType im_user_profile_item_type
    = IM_TYPE (ImUserProfileItem, "UserProfileItem", user_profile_item_fields, "");
const ImJsonType im_user_custom_field_type
    = IM_TYPE (ImUserCustomField, "UserProfileCustemStringInfo", user_custom_field_fields, "");
