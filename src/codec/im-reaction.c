/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-reaction.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField reaction_user_fields[] = {
  IM_STR (ImReactionUser, user_id, "user_info_userid", NULL, IM_OUT | IM_LATER | IM_ALWAYS, "UserID"),
};

static const ImJsonField reaction_fields[] = {
  IM_STR   (ImReaction, id,                           "message_reaction_id",                      "kTIMMsgReactionID",              IM_OUT | IM_LATER | IM_ALWAYS, "the reaction, such as an emoji"),
  IM_UINT64 (ImReaction, user_count,                  "message_reaction_total_user_count",        "kTIMMsgReactionTotalUserCount",  IM_OUT | IM_LATER | IM_ALWAYS, "users who reacted so"),
  IM_ARRAY (ImReaction, users, im_reaction_user_type, "message_reaction_partial_user_info_array", "kTIMMsgReactionPartialUserInfoList", IM_OUT | IM_LATER | IM_ALWAYS, "the first of those users"),
  IM_BOOL  (ImReaction, by_myself,                    "message_reaction_reacted_by_myself",       "kTIMMsgReactionReactedByMyself", IM_OUT | IM_LATER | IM_ALWAYS, "the logged-in user is one of them"),
};

static const ImJsonField reaction_result_fields[] = {
  IM_INT   (ImReactionResult, code,                        "message_reaction_result_code",          "kTIMMsgReactionResultCode",         IM_OUT | IM_LATER | IM_ALWAYS, "0 or an error code"),
  IM_STR   (ImReactionResult, info,                        "message_reaction_result_info",          "kTIMMsgReactionResultInfo",         IM_OUT | IM_LATER | IM_ALWAYS, "text for the code"),
  IM_STR   (ImReactionResult, msg_id,                      "message_reaction_result_msg_id",        "kTIMMsgReactionResultMsgId",        IM_OUT | IM_LATER | IM_ALWAYS, "the message"),
  IM_ARRAY (ImReactionResult, reactions, im_reaction_type, "message_reaction_result_reaction_list", "kTIMMsgReactionResultReactionList", IM_OUT | IM_LATER | IM_ALWAYS, "its reactions"),
};

static const ImJsonField reaction_users_fields[] = {
  IM_ARRAY  (ImReactionUsers, users, im_reaction_user_type, "message_reaction_user_result_user_info_array", "kTIMMsgReactionUserResultUserInfoArray", IM_OUT | IM_LATER | IM_ALWAYS, "users"),
  IM_UINT64 (ImReactionUsers, next_seq,                     "message_reaction_user_result_next_seq",        "kTIMMsgReactionUserResultNextSeq",       IM_OUT | IM_LATER | IM_ALWAYS, "where the next page begins"),
  IM_BOOL   (ImReactionUsers, is_finished,                  "message_reaction_user_result_is_finished",     "kTIMMsgReactionUserResultIsFinished",    IM_OUT | IM_LATER | IM_ALWAYS, "no more pages"),
};

static const ImJsonField reaction_change_fields[] = {
  IM_STR   (ImReactionChange, msg_id,                      "message_reaction_change_info_msg_id",        "kTIMMsgReactionChangeInfoMsgId",        IM_OUT | IM_LATER | IM_ALWAYS, "the message"),
  IM_ARRAY (ImReactionChange, reactions, im_reaction_type, "message_reaction_change_info_reaction_list", "kTIMMsgReactionChangeInfoReactionList", IM_OUT | IM_LATER | IM_ALWAYS, "its reactions now; one that nobody has any more, with 0 users"),
};
/* clang-format on */

const ImJsonType im_reaction_user_type
    = IM_TYPE (ImReactionUser, "UserInfo", reaction_user_fields, "inside MessageReaction");
const ImJsonType im_reaction_type
    = IM_TYPE (ImReaction, "MessageReaction", reaction_fields, "one reaction of a message");
const ImJsonType im_reaction_result_type
    = IM_TYPE (ImReactionResult,
               "MessageReactionResult",
               reaction_result_fields,
               "result of TIMMsgGetMessageReactions, one per message");
const ImJsonType im_reaction_users_type
    = IM_TYPE (ImReactionUsers,
               "MessageReactionUserResult",
               reaction_users_fields,
               "result of TIMMsgGetAllUserListOfMessageReaction");
const ImJsonType im_reaction_change_type = IM_TYPE (ImReactionChange,
                                                    "MessageReactionChangeInfo",
                                                    reaction_change_fields,
                                                    "TIMMsgReactionsChangedCallback");
