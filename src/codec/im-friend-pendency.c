/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-friend-pendency.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField friend_add_pendency_fields[] = {
  IM_STR (ImFriendAddPendency, identifier,  "friend_add_pendency_identifier",  "kTIMFriendAddPendencyIdentifier", IM_OUT | IM_ALWAYS, "who asks"),
  IM_STR (ImFriendAddPendency, nick_name,   "friend_add_pendency_nick_name",   "kTIMFriendAddPendencyNickName",   IM_OUT | IM_ALWAYS, "their nickname"),
  IM_STR (ImFriendAddPendency, add_source,  "friend_add_pendency_add_source",  "kTIMFriendAddPendencyAddSource",  IM_OUT | IM_ALWAYS, "where the request came from"),
  IM_STR (ImFriendAddPendency, add_wording, "friend_add_pendency_add_wording", "kTIMFriendAddPendencyAddWording", IM_OUT | IM_ALWAYS, "greeting"),
};

static const ImJsonField friend_pendency_fields[] = {
  IM_UINT   (ImFriendPendency, type,        "friend_add_pendency_info_type",        "kTIMFriendAddPendencyInfoType",       IM_OUT | IM_ALWAYS, "incoming or outgoing", .enumeration = "TIMFriendPendencyType", .max = 2),
  IM_STR    (ImFriendPendency, identifier,  "friend_add_pendency_info_idenitifer",  "kTIMFriendAddPendencyInfoIdentifier", IM_OUT | IM_ALWAYS, "the other user", .alias = "friend_add_pendency_info_identifier"),
  IM_STR    (ImFriendPendency, nick_name,   "friend_add_pendency_info_nick_name",   "kTIMFriendAddPendencyInfoNickName",   IM_OUT | IM_ALWAYS, "their nickname"),
  IM_UINT64 (ImFriendPendency, add_time,    "friend_add_pendency_info_add_time",    "kTIMFriendAddPendencyInfoAddTime",    IM_OUT | IM_ALWAYS, "when, seconds"),
  IM_STR    (ImFriendPendency, add_source,  "friend_add_pendency_info_add_source",  "kTIMFriendAddPendencyInfoAddSource",  IM_OUT | IM_ALWAYS, "where the request came from"),
  IM_STR    (ImFriendPendency, add_wording, "friend_add_pendency_info_add_wording", "kTIMFriendAddPendencyInfoAddWording", IM_OUT | IM_ALWAYS, "greeting"),
};

static const ImJsonField friend_pendency_page_fields[] = {
  IM_UINT64 (ImFriendPendencyPage, start_time,                          "pendency_page_start_time",          "kTIMPendencyPageStartTime",         IM_OUT | IM_ALWAYS, "paging position of the next call, 0 when complete"),
  IM_UINT64 (ImFriendPendencyPage, unread_num,                          "pendency_page_unread_num",          "kTIMPendencyPageUnReadNum",         IM_OUT | IM_ALWAYS, "unread requests"),
  IM_UINT64 (ImFriendPendencyPage, current_seq,                         "pendency_page_current_seq",         "kTIMPendencyPageCurrentSeq",        IM_OUT | IM_ALWAYS, "version of the list"),
  IM_ARRAY  (ImFriendPendencyPage, pendencies, im_friend_pendency_type, "pendency_page_pendency_info_array", "kTIMPendencyPagePendencyInfoArray", IM_OUT | IM_ALWAYS, "the requests"),
};

static const ImJsonField get_friend_pendency_list_param_fields[] = {
  IM_UINT   (ImGetFriendPendencyListParam, type,         "friendship_get_pendency_list_param_type",         "kTIMFriendshipGetPendencyListParamType",        IM_IN | IM_REQUIRED, "incoming, outgoing or both", .enumeration = "TIMFriendPendencyType", .max = 2),
  IM_UINT64 (ImGetFriendPendencyListParam, start_seq,    "friendship_get_pendency_list_param_start_seq",    "kTIMFriendshipGetPendencyListParamStartSeq",    IM_IN,               "list version already known; nothing is returned when it is current"),
  IM_UINT64 (ImGetFriendPendencyListParam, start_time,   "friendship_get_pendency_list_param_start_time",   "kTIMFriendshipGetPendencyListParamStartTime",   IM_IN,               "paging position"),
  IM_INT    (ImGetFriendPendencyListParam, limited_size, "friendship_get_pendency_list_param_limited_size", "kTIMFriendshipGetPendencyListParamLimitedSize", IM_IN,               "page size"),
};

static const ImJsonField delete_friend_pendency_param_fields[] = {
  IM_UINT (ImDeleteFriendPendencyParam, type,        "friendship_delete_pendency_param_type",             "kTIMFriendshipDeletePendencyParamType",            IM_OUT | IM_REQUIRED, "which list", .enumeration = "TIMFriendPendencyType", .max = 2),
  IM_STRV (ImDeleteFriendPendencyParam, identifiers, "friendship_delete_pendency_param_identifier_array", "kTIMFriendshipDeletePendencyParamIdentifierArray", IM_OUT | IM_REQUIRED, "whose requests"),
};

static const ImJsonField friend_response_fields[] = {
  IM_STR  (ImFriendResponse, identifier, "friend_respone_identifier", "kTIMFriendResponeIdentifier", IM_IN | IM_REQUIRED, "who asked", .alias = "friend_response_identifier"),
  IM_UINT (ImFriendResponse, action,     "friend_respone_action",     "kTIMFriendResponeAction",     IM_IN | IM_REQUIRED, "what to answer", .alias = "friend_response_action", .enumeration = "TIMFriendResponseAction", .max = 2),
  IM_STR  (ImFriendResponse, remark,     "friend_respone_remark",     "kTIMFriendResponeRemark",     IM_IN,               "private name to store on success", .alias = "friend_response_remark"),
  IM_STR  (ImFriendResponse, group_name, "friend_respone_group_name", "kTIMFriendResponeGroupName",  IM_IN,               "friend group to put the friend in on success", .alias = "friend_response_group_name"),
};

/* clang-format on */
const ImJsonType im_friend_add_pendency_type
    = IM_TYPE (ImFriendAddPendency,
               "FriendAddPendency",
               friend_add_pendency_fields,
               "TIMFriendAddRequestCallback, one per request");
const ImJsonType im_friend_pendency_type = IM_TYPE (ImFriendPendency,
                                                    "FriendAddPendencyInfo",
                                                    friend_pendency_fields,
                                                    "inside PendencyPage");
const ImJsonType im_friend_pendency_page_type
    = IM_TYPE (ImFriendPendencyPage, "PendencyPage", friend_pendency_page_fields, "");
const ImJsonType im_get_friend_pendency_list_param_type
    = IM_TYPE (ImGetFriendPendencyListParam,
               "FriendshipGetPendencyListParam",
               get_friend_pendency_list_param_fields,
               "");
const ImJsonType im_delete_friend_pendency_param_type
    = IM_TYPE (ImDeleteFriendPendencyParam,
               "FriendshipDeletePendencyParam",
               delete_friend_pendency_param_fields,
               "");
const ImJsonType im_friend_response_type
    = IM_TYPE (ImFriendResponse,
               "FriendRespone",
               friend_response_fields,
               "argument of TIMFriendshipHandleFriendAddRequest");
