/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-friend-group.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField friend_group_info_fields[] = {
  IM_STR    (ImFriendGroupInfo, name,        "friend_group_info_name",             "kTIMFriendGroupInfoName",            IM_OUT | IM_ALWAYS, "name"),
  IM_UINT64 (ImFriendGroupInfo, count,       "friend_group_info_count",            "kTIMFriendGroupInfoCount",           IM_OUT | IM_ALWAYS, "number of friends in it"),
  IM_STRV   (ImFriendGroupInfo, identifiers, "friend_group_info_identifier_array", "kTIMFriendGroupInfoIdentifierArray", IM_OUT | IM_ALWAYS, "the friends in it"),
};

static const ImJsonField create_friend_group_param_fields[] = {
  IM_STRV (ImCreateFriendGroupParam, names,       "friendship_create_friend_group_param_name_array",       "kTIMFriendshipCreateFriendGroupParamNameArray",       IM_IN | IM_REQUIRED, "names of the groups to create"),
  IM_STRV (ImCreateFriendGroupParam, identifiers, "friendship_create_friend_group_param_identifier_array", "kTIMFriendshipCreateFriendGroupParamIdentifierArray", IM_IN,               "friends to put into every one of them"),
};

static const ImJsonField modify_friend_group_param_fields[] = {
  IM_STR  (ImModifyFriendGroupParam, name,               "friendship_modify_friend_group_param_name",                    "kTIMFriendshipModifyFriendGroupParamName",                  IM_IN | IM_REQUIRED, "the group"),
  IM_STR  (ImModifyFriendGroupParam, new_name,           "friendship_modify_friend_group_param_new_name",                "kTIMFriendshipModifyFriendGroupParamNewName",               IM_IN,               "new name"),
  IM_STRV (ImModifyFriendGroupParam, delete_identifiers, "friendship_modify_friend_group_param_delete_identifier_array", "kTIMFriendshipModifyFriendGroupParamDeleteIdentifierArray", IM_IN,               "friends to take out"),
  IM_STRV (ImModifyFriendGroupParam, add_identifiers,    "friendship_modify_friend_group_param_add_identifier_array",    "kTIMFriendshipModifyFriendGroupParamAddIdentifierArray",    IM_IN,               "friends to put in"),
};

/* clang-format on */
const ImJsonType im_friend_group_info_type
    = IM_TYPE (ImFriendGroupInfo, "FriendGroupInfo", friend_group_info_fields, "");
const ImJsonType im_create_friend_group_param_type
    = IM_TYPE (ImCreateFriendGroupParam,
               "FriendshipCreateFriendGroupParam",
               create_friend_group_param_fields,
               "argument of TIMFriendshipCreateFriendGroup (the older header repeats the name "
               "FriendGroupInfo here by mistake)");
const ImJsonType im_modify_friend_group_param_type = IM_TYPE (ImModifyFriendGroupParam,
                                                              "FriendshipModifyFriendGroupParam",
                                                              modify_friend_group_param_fields,
                                                              "");
