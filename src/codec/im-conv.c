/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-conv.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField conv_fields[] = {
  IM_STR    (ImConv, id,                            "conv_id",             "kTIMConvId",           IM_OUT | IM_ALWAYS, "peer UserID or group id"),
  IM_UINT   (ImConv, type,                          "conv_type",           "kTIMConvType",         IM_OUT | IM_ALWAYS, "kind of conversation", .enumeration = "TIMConvType", .max = 3),
  IM_STR    (ImConv, owner,                         "conv_owner",          "kTIMConvOwner",        IM_OUT | IM_ALWAYS, "owner; empty in every example"),
  IM_UINT64 (ImConv, unread_num,                    "conv_unread_num",     "kTIMConvUnReadNum",    IM_OUT | IM_ALWAYS, "unread messages"),
  IM_UINT64 (ImConv, active_time,                   "conv_active_time",    "kTIMConvActiveTime",   IM_OUT | IM_ALWAYS, "time of the last activity, seconds; the list is sorted by it, newest first"),
  IM_BOOL   (ImConv, has_last_msg,                  "conv_is_has_lastmsg", "kTIMConvIsHasLastMsg", IM_OUT | IM_ALWAYS, "conv_last_msg is present"),
  IM_OBJ    (ImConv, last_msg, ImMsg, im_msg_type,  "conv_last_msg",       "kTIMConvLastMsg",      IM_OUT,             "the newest message"),
  IM_BOOL   (ImConv, has_draft,                     "conv_is_has_draft",   "kTIMConvIsHasDraft",   IM_OUT | IM_ALWAYS, "conv_draft is present"),
  IM_OBJ    (ImConv, draft, ImDraft, im_draft_type, "conv_draft",          "kTIMConvDraft",        IM_OUT,             "the stored draft"),
};

static const ImJsonField draft_fields[] = {
  IM_OBJ  (ImDraft, msg, ImMsg, im_msg_type, "draft_msg",         "kTIMDraftMsg",        IM_OUT | IM_REQUIRED, "a message holding the unsent elements"),
  IM_STR  (ImDraft, user_define,             "draft_user_define", "kTIMDraftUserDefine", IM_OUT | IM_ALWAYS,   "application text"),
  IM_UINT (ImDraft, edit_time,               "draft_edit_time",   "kTIMDraftEditTime",   IM_OUT | IM_ALWAYS,   "time of the last edit, seconds"),
};

/* clang-format on */
const ImJsonType im_conv_type = IM_TYPE (ImConv, "ConvInfo", conv_fields, "one conversation");
const ImJsonType im_draft_type
    = IM_TYPE (ImDraft, "Draft", draft_fields, "argument of TIMConvSetDraft and inside ConvInfo");
