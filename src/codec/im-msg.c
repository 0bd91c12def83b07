/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-msg.h"

#include "im-elem.h"
#include "im-json-private.h"

/* clang-format off */
static const ImJsonField msg_fields[] = {
  IM_ARRAY  (ImMsg, elems, im_elem_type,                                                   "message_elem_array",               "kTIMMsgElemArray",             IM_INOUT | IM_ALWAYS, "the elements of the message, in order"),
  IM_STR    (ImMsg, conv_id,                                                               "message_conv_id",                  "kTIMMsgConvId",                IM_INOUT | IM_ALWAYS, "peer UserID or group id; \"\" for system messages"),
  IM_UINT   (ImMsg, conv_type,                                                             "message_conv_type",                "kTIMMsgConvType",              IM_INOUT | IM_ALWAYS, "kind of conversation", .enumeration = "TIMConvType", .max = 3),
  IM_STR    (ImMsg, sender,                                                                "message_sender",                   "kTIMMsgSender",                IM_INOUT | IM_ALWAYS, "UserID of the sender; `@TIM#SYSTEM` for server notices"),
  IM_UINT   (ImMsg, priority,                                                              "message_priority",                 "kTIMMsgPriority",              IM_INOUT | IM_ALWAYS, "delivery priority, smaller number is more urgent", .initial = 1, .enumeration = "TIMMsgPriority", .max = 3),
  IM_UINT64 (ImMsg, client_time,                                                           "message_client_time",              "kTIMMsgClientTime",            IM_INOUT | IM_ALWAYS, "sender's clock, seconds since 1970"),
  IM_UINT64 (ImMsg, server_time,                                                           "message_server_time",              "kTIMMsgServerTime",            IM_INOUT | IM_ALWAYS, "server's clock, seconds since 1970; the ordering key"),
  IM_BOOL   (ImMsg, is_from_self,                                                          "message_is_from_self",             "kTIMMsgIsFormSelf",            IM_INOUT | IM_ALWAYS, "true when the logged-in user sent it, from any device"),
  IM_UINT   (ImMsg, platform,                                                              "message_platform",                 "kTIMMsgPlatform",              IM_INOUT | IM_ALWAYS, "sender's platform", .enumeration = "TIMPlatform"),
  IM_BOOL   (ImMsg, is_read,                                                               "message_is_read",                  "kTIMMsgIsRead",                IM_INOUT | IM_ALWAYS, "read by this account (always true for own messages)"),
  IM_BOOL   (ImMsg, is_online_msg,                                                         "message_is_online_msg",            "kTIMMsgIsOnlineMsg",           IM_INOUT | IM_ALWAYS, "true: deliver only to connected users, store nowhere, count nowhere"),
  IM_BOOL   (ImMsg, is_peer_read,                                                          "message_is_peer_read",             "kTIMMsgIsPeerRead",            IM_OUT | IM_ALWAYS,   "one-to-one only: the peer has read it"),
  IM_UINT   (ImMsg, status,                                                                "message_status",                   "kTIMMsgStatus",                IM_INOUT | IM_ALWAYS, "life-cycle state", .enumeration = "TIMMsgStatus"),
  IM_UINT64 (ImMsg, unique_id,                                                             "message_unique_id",                "kTIMMsgUniqueId",              IM_OUT | IM_ALWAYS,   "64-bit id; larger than 2^53, so needs real 64-bit JSON integers"),
  IM_UINT64 (ImMsg, rand,                                                                  "message_rand",                     "kTIMMsgRand",                  IM_OUT | IM_ALWAYS,   "32-bit random number chosen by the sender"),
  IM_UINT64 (ImMsg, seq,                                                                   "message_seq",                      "kTIMMsgSeq",                   IM_OUT | IM_ALWAYS,   "sequence number; in groups contiguous from 1"),
  IM_UINT   (ImMsg, custom_int,                                                            "message_custom_int",               "kTIMMsgCustomInt",             IM_INOUT | IM_ALWAYS, "application integer, stored locally only"),
  IM_STR    (ImMsg, custom_str,                                                            "message_custom_str",               "kTIMMsgCustomStr",             IM_INOUT | IM_ALWAYS, "application text, stored locally only"),
  IM_OBJ    (ImMsg, sender_profile, ImUserProfile, im_user_profile_type,                   "message_sender_profile",           "kTIMMsgSenderProfile",         IM_INOUT,             "profile of the sender"),
  IM_OBJ    (ImMsg, sender_member_info, ImGroupMemberInfo, im_group_member_info_type,      "message_sender_group_member_info", "kTIMMsgSenderGroupMemberInfo", IM_INOUT,             "sender's member record; only identifier and name card are filled"),
  IM_OBJ    (ImMsg, offline_push_config, ImOfflinePushConfig, im_offline_push_config_type, "message_offlie_push_config",       "kTIMMsgOfflinePushConfig",     IM_INOUT,             "push settings for this message", .alias = "message_offline_push_config"),
  IM_BOOL   (ImMsg, is_delivered,                                                          "message_linnet_is_delivered",      "kTIMMsgLinnetIsDelivered",     IM_OUT | IM_OURS,     "the peer's device has the message (XEP-0184)"),
  IM_INT    (ImMsg, error_code,                                                            "message_linnet_error_code",        "kTIMMsgLinnetErrorCode",       IM_OUT | IM_OURS,     "why sending failed"),
  IM_STR    (ImMsg, error_desc,                                                            "message_linnet_error_desc",        "kTIMMsgLinnetErrorDesc",       IM_OUT | IM_OURS,     "the same in words"),
  IM_STR    (ImMsg, msg_id,                                                                "message_msg_id",                   "kTIMMsgMsgId",                 IM_OUT | IM_LATER,    "text id: the one the message has on the wire, which replies and reactions name"),
  IM_STR    (ImMsg, cloud_custom_str,                                                      "message_cloud_custom_str",         "kTIMMsgCloudCustomStr",        IM_INOUT | IM_LATER,  "application text that travels with the message; a reply is in it, see CloudCustomData"),
  IM_UINT64 (ImMsg, version,                                                               "message_version",                  "kTIMMsgVersion",               IM_OUT | IM_LATER,    "grows with each edit; TIMMsgModifyMessage changes only the version that it is given"),
};

static const ImJsonField offline_push_config_fields[] = {
  IM_STR  (ImOfflinePushConfig, desc,                                                                            "offline_push_config_desc",           "kTIMOfflinePushConfigDesc",          IM_INOUT, "text shown in the push"),
  IM_STR  (ImOfflinePushConfig, ext,                                                                             "offline_push_config_ext",            "kTIMOfflinePushConfigExt",           IM_INOUT, "opaque text passed with the push"),
  IM_UINT (ImOfflinePushConfig, flag,                                                                            "offline_push_config_flag",           "kTIMOfflinePushConfigFlag",          IM_INOUT, "push, or do not push, this message", .enumeration = "TIMOfflinePushFlag", .max = 1),
  IM_OBJ  (ImOfflinePushConfig, ios_config, ImIosOfflinePushConfig, im_ios_offline_push_config_type,             "offline_push_config_ios_config",     "kTIMOfflinePushConfigIOSConfig",     IM_INOUT, "iOS details"),
  IM_OBJ  (ImOfflinePushConfig, android_config, ImAndroidOfflinePushConfig, im_android_offline_push_config_type, "offline_push_config_android_config", "kTIMOfflinePushConfigAndroidConfig", IM_INOUT, "Android details"),
};

static const ImJsonField ios_offline_push_config_fields[] = {
  IM_STR  (ImIosOfflinePushConfig, title,        "ios_offline_push_config_title",        "kTIMIOSOfflinePushConfigTitle",       IM_INOUT, "notification title on iOS"),
  IM_STR  (ImIosOfflinePushConfig, sound,        "ios_offline_push_config_sound",        "kTIMIOSOfflinePushConfigSound",       IM_INOUT, "notification sound on iOS; `push.no_sound` silences it"),
  IM_BOOL (ImIosOfflinePushConfig, ignore_badge, "ios_offline_push_config_ignore_badge", "kTIMIOSOfflinePushConfigIgnoreBadge", IM_INOUT, "true: do not raise the icon badge"),
};

static const ImJsonField android_offline_push_config_fields[] = {
  IM_STR  (ImAndroidOfflinePushConfig, title,           "android_offline_push_config_title",           "kTIMAndroidOfflinePushConfigTitle",         IM_INOUT, "notification title on Android"),
  IM_STR  (ImAndroidOfflinePushConfig, sound,           "android_offline_push_config_sound",           "kTIMAndroidOfflinePushConfigSound",         IM_INOUT, "notification sound on Android"),
  IM_UINT (ImAndroidOfflinePushConfig, notify_mode,     "android_offline_push_config_notify_mode",     "kTIMAndroidOfflinePushConfigNotifyMode",    IM_INOUT, "tap behaviour: start the app, or call it back", .enumeration = "TIMAndroidOfflinePushNotifyMode", .max = 1),
  IM_STR  (ImAndroidOfflinePushConfig, oppo_channel_id, "android_offline_push_config_oppo_channel_id", "kTIMAndroidOfflinePushConfigOPPOChannelID", IM_INOUT, "channel id one Android vendor needs"),
};

static const ImJsonField receipt_fields[] = {
  IM_STR    (ImReceipt, conv_id,   "msg_receipt_conv_id",    "kTIMMsgReceiptConvId",    IM_OUT | IM_ALWAYS, "the conversation (the peer who has read)"),
  IM_UINT   (ImReceipt, conv_type, "msg_receipt_conv_type",  "kTIMMsgReceiptConvType",  IM_OUT | IM_ALWAYS, "kind of conversation", .enumeration = "TIMConvType", .max = 3),
  IM_UINT64 (ImReceipt, time,      "msg_receipt_time_stamp", "kTIMMsgReceiptTimeStamp", IM_OUT | IM_ALWAYS, "everything sent up to this second has been read"),
};

static const ImJsonField msg_locator_fields[] = {
  IM_STR    (ImMsgLocator, conv_id,    "message_locator_conv_id",    "kTIMMsgLocatorConvId",    IM_INOUT | IM_ALWAYS,               "conversation id (the header types it bool by mistake)"),
  IM_UINT   (ImMsgLocator, conv_type,  "message_locator_conv_type",  "kTIMMsgLocatorConvType",  IM_INOUT | IM_ALWAYS,               "kind of conversation (the header types it bool by mistake)", .enumeration = "TIMConvType", .max = 3),
  IM_BOOL   (ImMsgLocator, is_revoked, "message_locator_is_revoked", "kTIMMsgLocatorIsRevoked", IM_INOUT | IM_ALWAYS,               "looking for a revoked message"),
  IM_UINT64 (ImMsgLocator, time,       "message_locator_time",       "kTIMMsgLocatorTime",      IM_INOUT | IM_REQUIRED | IM_ALWAYS, "server time of the message, seconds"),
  IM_UINT64 (ImMsgLocator, seq,        "message_locator_seq",        "kTIMMsgLocatorSeq",       IM_INOUT | IM_REQUIRED | IM_ALWAYS, "sequence number of the message"),
  IM_BOOL   (ImMsgLocator, is_self,    "message_locator_is_self",    "kTIMMsgLocatorIsSelf",    IM_INOUT | IM_ALWAYS,               "the logged-in user sent it"),
  IM_UINT64 (ImMsgLocator, rand,       "message_locator_rand",       "kTIMMsgLocatorRand",      IM_INOUT | IM_REQUIRED | IM_ALWAYS, "random number of the message"),
  IM_UINT64 (ImMsgLocator, unique_id,  "message_locator_unique_id",  "kTIMMsgLocatorUniqueId",  IM_INOUT | IM_ALWAYS,               "unique id of the message"),
};

static const ImJsonField get_msg_list_param_fields[] = {
  IM_OBJ  (ImGetMsgListParam, last_msg, ImMsg, im_msg_type, "msg_getmsglist_param_last_msg",   "kTIMMsgGetMsgListParamLastMsg",   IM_IN, "read on from this message, which is not returned; {} or absent means from the newest, which is; null is not allowed but existing clients send it"),
  IM_UINT (ImGetMsgListParam, count,                        "msg_getmsglist_param_count",      "kTIMMsgGetMsgListParamCount",     IM_IN, "how many to return at most", .initial = 20),
  IM_BOOL (ImGetMsgListParam, is_ramble,                    "msg_getmsglist_param_is_remble",  "kTIMMsgGetMsgListParamIsRamble",  IM_IN, "true: fetch from the server what is missing locally", .alias = "msg_getmsglist_param_is_ramble"),
  IM_BOOL (ImGetMsgListParam, is_forward,                   "msg_getmsglist_param_is_forward", "kTIMMsgGetMsgListParamIsForward", IM_IN, "true: towards newer messages; false: towards older ones"),
};

static const ImJsonField msg_delete_param_fields[] = {
  IM_OBJ  (ImMsgDeleteParam, msg, ImMsg, im_msg_type, "msg_delete_param_msg",       "kTIMMsgDeleteParamMsg",      IM_IN, "the one message to delete; absent or {} means all local messages"),
  IM_BOOL (ImMsgDeleteParam, is_ramble,               "msg_delete_param_is_remble", "kTIMMsgDeleteParamIsRamble", IM_IN, "meant to delete server history too; stated to have lost its effect", .alias = "msg_delete_param_is_ramble"),
};

static const ImJsonField msg_batch_send_param_fields[] = {
  IM_STRV (ImMsgBatchSendParam, identifiers,             "msg_batch_send_param_identifier_array", "kTIMMsgBatchSendParamIdentifierArray", IM_IN | IM_REQUIRED, "UserIDs to send to; groups are not allowed"),
  IM_OBJ  (ImMsgBatchSendParam, msg, ImMsg, im_msg_type, "msg_batch_send_param_msg",              "kTIMMsgBatchSendParamMsg",             IM_IN | IM_REQUIRED, "the message to send to each"),
};

static const ImJsonField msg_batch_send_result_fields[] = {
  IM_STR (ImMsgBatchSendResult, identifier,              "msg_batch_send_result_identifier", "kTIMMsgBatchSendResultIdentifier", IM_OUT | IM_ALWAYS, "the receiver"),
  IM_INT (ImMsgBatchSendResult, code,                    "msg_batch_send_result_code",       "kTIMMsgBatchSendResultCode",       IM_OUT | IM_ALWAYS, "0 or an error code for this receiver"),
  IM_STR (ImMsgBatchSendResult, desc,                    "msg_batch_send_result_desc",       "kTIMMsgBatchSendResultDesc",       IM_OUT | IM_ALWAYS, "text for the code"),
  IM_OBJ (ImMsgBatchSendResult, msg, ImMsg, im_msg_type, "msg_batch_send_result_msg",        "kTIMMsgBatchSendResultMsg",        IM_OUT | IM_ALWAYS, "the message as sent to this receiver"),
};

static const ImJsonField download_elem_param_fields[] = {
  IM_UINT (ImDownloadElemParam, flag,        "msg_download_elem_param_flag",        "kTIMMsgDownloadElemParamFlag",       IM_IN,               "download flag copied from the element", .initial = 2),
  IM_UINT (ImDownloadElemParam, type,        "msg_download_elem_param_type",        "kTIMMsgDownloadElemParamType",       IM_IN,               "what is downloaded", .initial = 1, .enumeration = "TIMDownloadType", .max = 3),
  IM_STR  (ImDownloadElemParam, id,          "msg_download_elem_param_id",          "kTIMMsgDownloadElemParamId",         IM_IN,               "id copied from the element"),
  IM_UINT (ImDownloadElemParam, business_id, "msg_download_elem_param_business_id", "kTIMMsgDownloadElemParamBusinessId", IM_IN,               "business id copied from the element"),
  IM_STR  (ImDownloadElemParam, url,         "msg_download_elem_param_url",         "kTIMMsgDownloadElemParamUrl",        IM_IN | IM_REQUIRED, "url copied from the element; enough on its own for pictures"),
};

static const ImJsonField download_elem_result_fields[] = {
  IM_UINT (ImDownloadElemResult, current_size, "msg_download_elem_result_current_size", "kTIMMsgDownloadElemResultCurrentSize", IM_OUT | IM_ALWAYS, "bytes received so far"),
  IM_UINT (ImDownloadElemResult, total_size,   "msg_download_elem_result_total_size",   "kTIMMsgDownloadElemResultTotalSize",   IM_OUT | IM_ALWAYS, "bytes expected in all"),
};

/* clang-format on */
const ImJsonType im_msg_type = IM_TYPE (ImMsg, "Message", msg_fields, "one message, everywhere");
const ImJsonType im_offline_push_config_type = IM_TYPE (ImOfflinePushConfig,
                                                        "OfflinePushConfig",
                                                        offline_push_config_fields,
                                                        "push settings inside Message");
const ImJsonType im_ios_offline_push_config_type = IM_TYPE (ImIosOfflinePushConfig,
                                                            "IOSOfflinePushConfig",
                                                            ios_offline_push_config_fields,
                                                            "inside OfflinePushConfig");
const ImJsonType im_android_offline_push_config_type = IM_TYPE (ImAndroidOfflinePushConfig,
                                                                "AndroidOfflinePushConfig",
                                                                android_offline_push_config_fields,
                                                                "inside OfflinePushConfig");
const ImJsonType im_receipt_type
    = IM_TYPE (ImReceipt, "MessageReceipt", receipt_fields, "TIMMsgReadedReceiptCallback");
const ImJsonType im_msg_locator_type
    = IM_TYPE (ImMsgLocator,
               "MsgLocator",
               msg_locator_fields,
               "TIMMsgRevokeCallback and TIMMsgFindByMsgLocatorList");
const ImJsonType im_get_msg_list_param_type = IM_TYPE (ImGetMsgListParam,
                                                       "MsgGetMsgListParam",
                                                       get_msg_list_param_fields,
                                                       "TIMMsgGetMsgList");
const ImJsonType im_msg_delete_param_type
    = IM_TYPE (ImMsgDeleteParam, "MsgDeleteParam", msg_delete_param_fields, "TIMMsgDelete");
const ImJsonType im_msg_batch_send_param_type = IM_TYPE (ImMsgBatchSendParam,
                                                         "MsgBatchSendParam",
                                                         msg_batch_send_param_fields,
                                                         "TIMMsgBatchSend");
const ImJsonType im_msg_batch_send_result_type
    = IM_TYPE (ImMsgBatchSendResult,
               "MsgBatchSendResult",
               msg_batch_send_result_fields,
               "result of TIMMsgBatchSend, one per receiver");
const ImJsonType im_download_elem_param_type = IM_TYPE (ImDownloadElemParam,
                                                        "DownloadElemParam",
                                                        download_elem_param_fields,
                                                        "TIMMsgDownloadElemToPath");
const ImJsonType im_download_elem_result_type
    = IM_TYPE (ImDownloadElemResult,
               "MsgDownloadElemResult",
               download_elem_result_fields,
               "progress and result of TIMMsgDownloadElemToPath");
