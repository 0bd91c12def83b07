/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-search.h"

#include "im-json-private.h"
#include "im-msg.h"

/* clang-format off */
static const ImJsonField msg_search_param_fields[] = {
  IM_STRV   (ImMsgSearchParam, keywords,      "msg_search_param_keyword_array",           "kTIMMsgSearchParamKeywordArray",          IM_IN | IM_REQUIRED, "at most 5 words"),
  IM_INTV   (ImMsgSearchParam, elem_types,    "msg_search_param_message_type_array",      "kTIMMsgSearchParamMessageTypeArray",      IM_IN,               "only these element types; [] for all that can be searched", .enumeration = "TIMElemType", .wire = IM_WIRE_ELEM_TYPE),
  IM_STR    (ImMsgSearchParam, conv_id,       "msg_search_param_conv_id",                 "kTIMMsgSearchParamConvId",                IM_IN,               "only this conversation"),
  IM_UINT   (ImMsgSearchParam, conv_type,     "msg_search_param_conv_type",               "kTIMMsgSearchParamConvType",              IM_IN,               "its kind; 0 searches all conversations", .enumeration = "TIMConvType", .max = 3),
  IM_UINT64 (ImMsgSearchParam, time_position, "msg_search_param_search_time_position",    "kTIMMsgSearchParamSearchTimePosition",    IM_IN,               "newest time to look at, seconds; 0 now"),
  IM_UINT64 (ImMsgSearchParam, time_period,   "msg_search_param_search_time_period",      "kTIMMsgSearchParamSearchTimePeriod",      IM_IN,               "how far back from there, seconds; 0 without limit"),
  IM_UINT   (ImMsgSearchParam, page_index,    "msg_search_param_page_index",              "kTIMMsgSearchParamPageIndex",             IM_IN,               "page number from 0"),
  IM_UINT   (ImMsgSearchParam, page_size,     "msg_search_param_page_size",               "kTIMMsgSearchParamPageSize",              IM_IN,               "results a page; 0 for all, of messages the newest 1,000"),
  IM_UINT   (ImMsgSearchParam, match_type,    "msg_search_param_keyword_list_match_type", "kTIMMsgSearchParamKeywordListMatchType",  IM_IN,               "any word or every word; any by default", .enumeration = "TIMKeywordListMatchType", .max = 1),
  IM_STRV   (ImMsgSearchParam, senders,       "msg_search_param_send_identifier_array",   "kTIMMsgSearchParamSenderIdentifierArray", IM_IN,               "only from these senders"),
  IM_UINT   (ImMsgSearchParam, count,         "msg_search_param_search_count",            "kTIMMsgSearchParamSearchCount",           IM_IN,               "server search: how many"),
  IM_STR    (ImMsgSearchParam, cursor,        "msg_search_param_search_cursor",           "kTIMMsgSearchParamSearchCursor",          IM_IN,               "server search: paging position, \"\" first"),
};

static const ImJsonField msg_search_result_fields[] = {
  IM_UINT  (ImMsgSearchResult, total_count,                           "msg_search_result_total_count",            "kTIMMsgSearchResultTotalCount",          IM_OUT | IM_ALWAYS, "matches in one conversation, or conversations with matches"),
  IM_ARRAY (ImMsgSearchResult, items, im_msg_search_result_item_type, "msg_search_result_item_array",             "kTIMMsgSearchResultItemArray",           IM_OUT | IM_ALWAYS, "results by conversation"),
  IM_STR   (ImMsgSearchResult, cursor,                                "msg_search_result_search_cursor",          "kTIMMsgSearchResultSearchCursor",        IM_OUT,             "server search: next paging position"),
  IM_BOOL  (ImMsgSearchResult, is_capped,                             "msg_search_result_linnet_is_capped",       "kTIMMsgSearchResultLinnetIsCapped",      IM_OUT | IM_OURS,   "there are more matches than were counted"),
  IM_UINT  (ImMsgSearchResult, n_unindexed,                           "msg_search_result_linnet_unindexed_count", "kTIMMsgSearchResultLinnetUnindexedCount", IM_OUT | IM_OURS,  "about how many messages are not searched yet: the index is still being made"),
};

static const ImJsonField msg_search_result_item_fields[] = {
  IM_STR   (ImMsgSearchResultItem, conv_id,           "msg_search_result_item_conv_id",             "kTIMMsgSearchResultItemConvId",            IM_OUT | IM_ALWAYS, "the conversation"),
  IM_UINT  (ImMsgSearchResultItem, conv_type,         "msg_search_result_item_conv_type",           "kTIMMsgSearchResultItemConvType",          IM_OUT | IM_ALWAYS, "its kind", .enumeration = "TIMConvType", .max = 3),
  IM_UINT  (ImMsgSearchResultItem, total_count,       "msg_search_result_item_total_message_count", "kTIMMsgSearchResultItemTotalMessageCount", IM_OUT | IM_ALWAYS, "matches in it"),
  IM_ARRAY (ImMsgSearchResultItem, msgs, im_msg_type, "msg_search_result_item_message_array",       "kTIMMsgSearchResultItemMessageArray",      IM_OUT | IM_ALWAYS, "the matches; over all conversations, only when there is exactly one match"),
  IM_BOOL  (ImMsgSearchResultItem, is_capped,         "msg_search_result_item_linnet_is_capped",    "kTIMMsgSearchResultItemLinnetIsCapped",    IM_OUT | IM_OURS,   "there are more matches than were counted"),
};
/* clang-format on */

const ImJsonType im_msg_search_param_type = IM_TYPE (ImMsgSearchParam,
                                                     "MessageSearchParam",
                                                     msg_search_param_fields,
                                                     "argument of TIMMsgSearchLocalMessages");
const ImJsonType im_msg_search_result_type = IM_TYPE (ImMsgSearchResult,
                                                      "MessageSearchResult",
                                                      msg_search_result_fields,
                                                      "result of TIMMsgSearchLocalMessages");
const ImJsonType im_msg_search_result_item_type
    = IM_TYPE (ImMsgSearchResultItem,
               "MessageSearchResultItem",
               msg_search_result_item_fields,
               "inside MessageSearchResult, one per conversation");
