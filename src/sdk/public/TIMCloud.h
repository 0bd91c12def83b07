/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * @file TIMCloud.h
 * The functions of libimsdk. Including this is enough. Valid C11 and C++.
 *
 * Order: TIMSetConfig and the registration of callbacks at any time, best first; then TIMInit,
 * TIMLogin, everything else, TIMLogout, TIMUninit. Functions may be called from any thread, also
 * inside callbacks; they never wait for the network. Texts are UTF-8 and copied before a function
 * returns.
 *
 * A function that returns int answers at once: TIM_SUCC (its callback will be called) or, checked
 * in this order, TIM_ERR_SDKUNINIT (TIMInit is missing), TIM_ERR_NOTLOGIN (nobody is logged in),
 * TIM_ERR_PARAM (a required argument is NULL or empty), TIM_ERR_JSON (not the JSON that is asked
 * for), TIM_ERR_CONV (no such kind of conversation, or an empty id). A callback may be NULL; the
 * answer is dropped then. "Result" below is json_params of the callback with code 0.
 *
 * The JSON objects and their keys are in TIMCloudDef.h.
 */
#ifndef TIM_CLOUD_H
#define TIM_CLOUD_H

#include "TIMCloudCallback.h"
#include "TIMCloudComm.h"
#include "TIMCloudDef.h"

/* ---- Callbacks: at any time, before TIMInit, too. They outlive TIMLogout and TIMUninit. ---- */

/**
 * Adds a callback for new messages. A function that is registered already gets the new user_data.
 * @param cb callback
 * @param user_data handed to it untouched
 */
TIM_DECL void TIMAddRecvNewMsgCallback (TIMRecvNewMsgCallback cb, const void *user_data);
/**
 * Takes a callback for new messages out again; nothing happens when it is not there.
 * @param cb callback
 */
TIM_DECL void TIMRemoveRecvNewMsgCallback (TIMRecvNewMsgCallback cb);
/** Sets the callback for read receipts. @param cb NULL for none @param user_data handed to it
 * untouched */
TIM_DECL void TIMSetMsgReadedReceiptCallback (TIMMsgReadedReceiptCallback cb,
                                              const void *user_data);
/** Sets the callback for revoked messages. @param cb NULL for none @param user_data handed to it
 * untouched */
TIM_DECL void TIMSetMsgRevokeCallback (TIMMsgRevokeCallback cb, const void *user_data);
/** Sets the callback for the progress of uploads. @param cb NULL for none @param user_data handed
 * to it untouched */
TIM_DECL void TIMSetMsgElemUploadProgressCallback (TIMMsgElemUploadProgressCallback cb,
                                                   const void *user_data);
/** Sets the callback for events of groups. @param cb NULL for none @param user_data handed to it
 * untouched */
TIM_DECL void TIMSetGroupTipsEventCallback (TIMGroupTipsEventCallback cb, const void *user_data);
/** Sets the callback for events of conversations. @param cb NULL for none @param user_data handed
 * to it untouched */
TIM_DECL void TIMSetConvEventCallback (TIMConvEventCallback cb, const void *user_data);
/** Sets the callback for the state of the connection. @param cb NULL for none @param user_data
 * handed to it untouched */
TIM_DECL void TIMSetNetworkStatusListenerCallback (TIMNetworkStatusListenerCallback cb,
                                                   const void *user_data);
/** Sets the callback for being removed by another device. @param cb NULL for none @param user_data
 * handed to it untouched */
TIM_DECL void TIMSetKickedOfflineCallback (TIMKickedOfflineCallback cb, const void *user_data);
/** Sets the callback for an expired UserSig. @param cb NULL for none @param user_data handed to it
 * untouched */
TIM_DECL void TIMSetUserSigExpiredCallback (TIMUserSigExpiredCallback cb, const void *user_data);
/** Sets the callback for new friends. @param cb NULL for none @param user_data handed to it
 * untouched */
TIM_DECL void TIMSetOnAddFriendCallback (TIMOnAddFriendCallback cb, const void *user_data);
/** Sets the callback for removed friends. @param cb NULL for none @param user_data handed to it
 * untouched */
TIM_DECL void TIMSetOnDeleteFriendCallback (TIMOnDeleteFriendCallback cb, const void *user_data);
/** Sets the callback for changed friends. @param cb NULL for none @param user_data handed to it
 * untouched */
TIM_DECL void TIMSetUpdateFriendProfileCallback (TIMUpdateFriendProfileCallback cb,
                                                 const void *user_data);
/** Sets the callback for friend requests. @param cb NULL for none @param user_data handed to it
 * untouched */
TIM_DECL void TIMSetFriendAddRequestCallback (TIMFriendAddRequestCallback cb,
                                              const void *user_data);
/** Sets the callback for lines of the log. @param cb NULL for none @param user_data handed to it
 * untouched */
TIM_DECL void TIMSetLogCallback (TIMLogCallback cb, const void *user_data);
/** Sets the callback for changed messages. @param cb NULL for none @param user_data handed to it
 * untouched */
TIM_DECL void TIMSetMsgUpdateCallback (TIMMsgUpdateCallback cb, const void *user_data);
/** Sets the callback for reactions to messages (since 7.4). @param cb NULL for none @param
 * user_data handed to it untouched */
TIM_DECL void TIMSetMsgReactionsChangedCallback (TIMMsgReactionsChangedCallback cb,
                                                 const void *user_data);
/** Sets the callback for the number of unread messages. @param cb NULL for none @param user_data
 * handed to it untouched */
TIM_DECL void
TIMSetConvTotalUnreadMessageCountChangedCallback (TIMConvTotalUnreadMessageCountChangedCallback cb,
                                                  const void *user_data);

/* ---- Beginning and end ---- */

/**
 * Starts the library. Calling it again before TIMUninit succeeds and changes nothing.
 * @param sdk_app_id number of the application; any number for an own server
 * @param json_sdk_config SdKConfig, or NULL or "" for defaults
 * @return TIM_SUCC, TIM_ERR_JSON or TIM_ERR_PARAM
 */
TIM_DECL int TIMInit (uint64_t sdk_app_id, const char *json_sdk_config);
/**
 * Ends the library: calls still waiting are answered with ERR_SDK_COMM_INTERRUPT (7009) before it
 * returns, and nothing is delivered afterwards. Called from inside a callback it returns at once
 * and ends after that callback.
 * @return TIM_SUCC or TIM_ERR_SDKUNINIT
 */
TIM_DECL int TIMUninit (void);
/**
 * @return the version, static text; at any time
 */
TIM_DECL const char *TIMGetSDKVersion (void);
/**
 * Changes the configuration: only the keys that are there, inside nested objects too. At any time;
 * proxies best before TIMInit.
 * @param json_config SetConfig, or NULL or "" to change nothing
 * @param cb Result: the whole configuration in force, SetConfig
 * @param user_data handed to cb untouched
 * @return TIM_SUCC or TIM_ERR_JSON
 */
TIM_DECL int TIMSetConfig (const char *json_config, TIMCommCallback cb, const void *user_data);

/* ---- Login ---- */

/**
 * Logs a user in; another one who is logged in is logged out first. Afterwards messages and
 * conversations are brought up to date and callbacks tell about them.
 * @param user_id UserID, or a whole address with its domain
 * @param user_sig UserSig: a password, or a token made by the server
 * @param cb Result: empty
 * @param user_data handed to cb untouched
 * @return TIM_SUCC, TIM_ERR_SDKUNINIT or TIM_ERR_PARAM
 */
TIM_DECL int
TIMLogin (const char *user_id, const char *user_sig, TIMCommCallback cb, const void *user_data);
/**
 * Logs the user out. Nothing of that user is delivered after the callback; what is stored stays.
 * @param cb Result: empty
 * @param user_data handed to cb untouched
 * @return TIM_SUCC, TIM_ERR_SDKUNINIT or TIM_ERR_NOTLOGIN
 */
TIM_DECL int TIMLogout (TIMCommCallback cb, const void *user_data);
/**
 * @return whether a user is logged in
 */
TIM_DECL enum TIMLoginStatus TIMGetLoginStatus (void);
/**
 * Who is logged in.
 * @param user_id_buffer at least 128 bytes, filled before the function returns
 * @return TIM_SUCC, TIM_ERR_SDKUNINIT, TIM_ERR_NOTLOGIN or TIM_ERR_PARAM
 */
TIM_DECL int TIMGetLoginUserID (char *user_id_buffer);

/* ---- Conversations ---- */

/**
 * Makes a conversation, or finds it when it exists. Local.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param cb Result: ConvInfo
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMConvCreate (const char *conv_id,
                            enum TIMConvType conv_type,
                            TIMCommCallback cb,
                            const void *user_data);
/**
 * Deletes a conversation with its history. One that does not exist is deleted with success.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param cb Result: empty
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMConvDelete (const char *conv_id,
                            enum TIMConvType conv_type,
                            TIMCommCallback cb,
                            const void *user_data);
/**
 * All conversations, the most recently active first.
 * @param cb Result: array of ConvInfo, "[]" when there is none
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMConvGetConvList (TIMCommCallback cb, const void *user_data);
/**
 * Conversations in pages, the most recently active first (since 6.5). What becomes active while
 * pages are fetched is told by TIMConvEventCallback.
 * @param filter TIMConversationListFilter, "{}" for all. There are no conversation groups, marks or
 * mentions here: asking for one finds nothing
 * @param next_seq 0 first, then what the last result gave
 * @param count conversations, at least 1
 * @param cb Result: TIMConversationListResult
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMConvGetConversationListByFilter (const char *filter,
                                                 uint64_t next_seq,
                                                 uint32_t count,
                                                 TIMCommCallback cb,
                                                 const void *user_data);
/**
 * Keeps a draft, on this device only.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_draft_param Draft
 * @return TIMResult; there is no callback but TIMConvEventCallback
 */
TIM_DECL int
TIMConvSetDraft (const char *conv_id, enum TIMConvType conv_type, const char *json_draft_param);
/**
 * Removes a draft.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @return TIMResult; there is no callback but TIMConvEventCallback
 */
TIM_DECL int TIMConvCancelDraft (const char *conv_id, enum TIMConvType conv_type);
/**
 * Pins a conversation to the top of the list, or takes it from there. It stays pinned when it is
 * deleted and comes back. The account's other devices are told when the server can be reached:
 * conversations with users, not groups.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param is_pinned pinned or not
 * @param cb Result: empty
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMConvPinConversation (const char *conv_id,
                                     enum TIMConvType conv_type,
                                     bool is_pinned,
                                     TIMCommCallback cb,
                                     const void *user_data);
/**
 * Sets or takes away marks of conversations, as TIMConvPinConversation. What a mark means is the
 * program's business: a hidden conversation stays in the list.
 * @param conversation_id_array array of conversations, each as c2c_ + UserID or group_ + group id,
 * at most 100
 * @param mark_type one or several of TIMConversationMarkType, or of 1 << n with n from 32 to 63,
 * which are the program's own
 * @param enable_mark set or taken away
 * @param cb Result: array of TIMConversationOperationResult, ERR_INVALID_CONVERSATION (6004) in it
 * for what names none; ERR_INVALID_PARAMETERS (6017) for more conversations, or none, or no mark
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMConvMarkConversation (const char *conversation_id_array,
                                      uint64_t mark_type,
                                      bool enable_mark,
                                      TIMCommCallback cb,
                                      const void *user_data);
/**
 * Counts the unread messages of all conversations that are not muted.
 * @param cb Result: GetTotalUnreadNumberResult
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMConvGetTotalUnreadMessageCount (TIMCommCallback cb, const void *user_data);
/**
 * Mutes users, or hears them again, as TIMConvPinConversation. Messages come whatever the option
 * says, since a server has no other place for them; what is not kTIMRecvMsgOpt_Receive is left out
 * of the number of unread messages, and conv_recv_opt tells programs not to notify.
 * @param json_identifier_array array of UserIDs, at most 30
 * @param opt the receive option
 * @param cb Result: empty; ERR_INVALID_PARAMETERS (6017) for more users, or none,
 * ERR_SDK_COMM_INVALID_IDENTIFIER (7003)
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgSetC2CReceiveMessageOpt (const char *json_identifier_array,
                                            enum TIMReceiveMessageOpt opt,
                                            TIMCommCallback cb,
                                            const void *user_data);
/**
 * Asks for the receive options of users.
 * @param json_identifier_array array of UserIDs, at most 30
 * @param cb Result: array of GetC2CRecvMsgOptResult; ERR_INVALID_PARAMETERS (6017) for more users,
 * or none, ERR_SDK_COMM_INVALID_IDENTIFIER (7003)
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgGetC2CReceiveMessageOpt (const char *json_identifier_array,
                                            TIMCommCallback cb,
                                            const void *user_data);

/* ---- Messages ---- */

/**
 * Sends a message. It is stored first, with status kTIMMsg_Sending, and stays visible when sending
 * fails; the same JSON given again tries once more. Without a connection it waits, also over the
 * end of the program.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_param Message; only message_elem_array is needed
 * @param cb Result: Message, complete
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgSendNewMsg (const char *conv_id,
                               enum TIMConvType conv_type,
                               const char *json_msg_param,
                               TIMCommCallback cb,
                               const void *user_data);
/**
 * The same, and tells the message's id at once.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_param Message; only message_elem_array is needed
 * @param message_id_buffer at least 128 bytes for message_msg_id, or NULL
 * @param cb Result: Message, complete
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgSendMessage (const char *conv_id,
                                enum TIMConvType conv_type,
                                const char *json_msg_param,
                                char *message_id_buffer,
                                TIMCommCallback cb,
                                const void *user_data);

/**
 * Sends a message of its own to each of many users.
 * @param json_batch_send_param MsgBatchSendParam; at most 500 receivers
 * (ERR_SVR_MSG_TO_ACCOUNT_COUNT_LIMIT)
 * @param cb Result: array of MsgBatchSendResult, one per receiver in their order, when each has its
 * answer
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int
TIMMsgBatchSend (const char *json_batch_send_param, TIMCommCallback cb, const void *user_data);

/**
 * Stops the sending of a message. It fails with ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL and can be
 * sent again.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param message_id message_msg_id
 * @param cb Result: empty; ERR_SDK_INVALID_CANCEL_MESSAGE when it has gone out
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgCancelSend (const char *conv_id,
                               enum TIMConvType conv_type,
                               const char *message_id,
                               TIMCommCallback cb,
                               const void *user_data);
/**
 * Fetches the file of an element.
 * @param json_download_elem_param DownloadElemParam, copied from the element
 * @param path the file to write; its folder exists, and it does not
 * @param cb Result: MsgDownloadElemResult; called repeatedly, the last time with equal sizes, or
 * with an error
 * @param user_data handed to cb untouched; valid until then
 * @return TIMResult
 */
TIM_DECL int TIMMsgDownloadElemToPath (const char *json_download_elem_param,
                                       const char *path,
                                       TIMCommCallback cb,
                                       const void *user_data);
/**
 * Tells that messages have been read.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_param Message up to which, including it; NULL or "" for all
 * @param cb Result: empty
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgReportReaded (const char *conv_id,
                                 enum TIMConvType conv_type,
                                 const char *json_msg_param,
                                 TIMCommCallback cb,
                                 const void *user_data);
/**
 * Reads the history, going away from a message, which is not returned; or from the newest one,
 * which is.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_get_msg_param MsgGetMsgListParam
 * @param cb Result: array of Message; fewer than asked for means the end
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgGetMsgList (const char *conv_id,
                               enum TIMConvType conv_type,
                               const char *json_get_msg_param,
                               TIMCommCallback cb,
                               const void *user_data);
/**
 * Deletes one message, or all of a conversation, on this device. It does not come back from the
 * server.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_msgdel_param MsgDeleteParam; without a message all are deleted
 * @param cb Result: empty
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgDelete (const char *conv_id,
                           enum TIMConvType conv_type,
                           const char *json_msgdel_param,
                           TIMCommCallback cb,
                           const void *user_data);

/**
 * Takes a message back, for both sides: its content goes, its status becomes kTIMMsg_Revoked. Own
 * messages only, until two minutes after they were sent. It is done here at once; without a
 * connection the others hear of it later, also over the end of the program.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_param Message
 * @param cb Result: empty, when the server has it; ERR_REVOKE_TIME_LIMIT_EXCEED, and
 * ERR_SVR_GROUP_PERMISSION_DENY, ERR_SVR_GROUP_REVOKE_MSG_NOT_FOUND,
 * ERR_SVR_GROUP_REVOKE_MSG_DENY also between two people
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgRevoke (const char *conv_id,
                           enum TIMConvType conv_type,
                           const char *json_msg_param,
                           TIMCommCallback cb,
                           const void *user_data);
/**
 * Changes elements and message_cloud_custom_str of an own message, for both sides (since 6.1). It
 * is done here at once, and told by TIMMsgUpdateCallback; without a connection the others hear of
 * it later.
 * @param json_msg_param Message with its new content, and with the message_version that was changed
 * @param cb Result: Message, the newest version; ERR_SDK_MSG_MODIFY_CONFLICT, with the newest
 * version too, when that is another one
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int
TIMMsgModifyMessage (const char *json_msg_param, TIMCommCallback cb, const void *user_data);
/**
 * Reacts to a message (since 7.4): at most ten different reactions a message.
 * @param json_msg Message
 * @param reaction_id the reaction, such as an emoji: one word of at most 64 bytes
 * @param cb Result: empty, when the server has it
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgAddMessageReaction (const char *json_msg,
                                       const char *reaction_id,
                                       TIMCommCallback cb,
                                       const void *user_data);
/**
 * Takes an own reaction back (since 7.4).
 * @param json_msg Message
 * @param reaction_id the reaction
 * @param cb Result: empty, when the server has it
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgRemoveMessageReaction (const char *json_msg,
                                          const char *reaction_id,
                                          TIMCommCallback cb,
                                          const void *user_data);
/**
 * Reactions to messages, as this device knows them (since 7.4).
 * @param json_msg_array array of Message, at most 20
 * @param max_user_count_per_reaction users that are named
 * @param cb Result: array of MessageReactionResult
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgGetMessageReactions (const char *json_msg_array,
                                        uint32_t max_user_count_per_reaction,
                                        TIMCommCallback cb,
                                        const void *user_data);
/**
 * Who reacted so, in pages (since 7.4).
 * @param json_msg Message
 * @param reaction_id the reaction
 * @param next_seq 0 first, then what the last result gave
 * @param count users, at least 1
 * @param cb Result: MessageReactionUserResult
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgGetAllUserListOfMessageReaction (const char *json_msg,
                                                    const char *reaction_id,
                                                    uint32_t next_seq,
                                                    uint32_t count,
                                                    TIMCommCallback cb,
                                                    const void *user_data);
/**
 * Deletes messages of one conversation on this device; they do not come back from the server. Its
 * archive keeps them: a standard server cannot take one message out for one account, so other
 * devices keep what they have, and a new device fetches them.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_array array of Message, at most 50; what is not there is passed over
 * @param cb Result: empty
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgListDelete (const char *conv_id,
                               enum TIMConvType conv_type,
                               const char *json_msg_array,
                               TIMCommCallback cb,
                               const void *user_data);
/**
 * Deletes all messages of a conversation on this device and keeps the conversation. They do not
 * come back from the server.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param cb Result: empty
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgClearHistoryMessage (const char *conv_id,
                                        enum TIMConvType conv_type,
                                        TIMCommCallback cb,
                                        const void *user_data);
/**
 * Adds messages to the history of this device, in their place by message_server_time, with status
 * kTIMMsg_LocalImported. They are read, and nothing is sent. One that is there already, by sender,
 * second and message_rand, is not added again.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_array array of Message; message_elem_array is needed; message_sender, else the
 * own user; message_server_time, else message_client_time, else now
 * @param cb Result: empty
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgImportMsgList (const char *conv_id,
                                  enum TIMConvType conv_type,
                                  const char *json_msg_array,
                                  TIMCommCallback cb,
                                  const void *user_data);
/**
 * Adds one message to the history of this device, as TIMMsgImportMsgList does.
 * @param conv_id UserID or group id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_param Message
 * @param cb Result: empty
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgSaveMsg (const char *conv_id,
                            enum TIMConvType conv_type,
                            const char *json_msg_param,
                            TIMCommCallback cb,
                            const void *user_data);
/**
 * Opens a bundle of forwarded messages (MergerElem), which came inside its message.
 * @param json_single_msg Message with the bundle, as it was returned; also one out of another
 * bundle
 * @param cb Result: array of Message; ERR_INVALID_PARAMETERS (6017) when it has no bundle,
 * ERR_MERGER_MSG_LAYERS_OVER_LIMIT (8005) when it was nested too deep
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgDownloadMergerMessage (const char *json_single_msg,
                                          TIMCommCallback cb,
                                          const void *user_data);
/**
 * Changes message_custom_int and message_custom_str of a message on this device.
 * @param json_msg_param Message as it was returned, with the new values; message_conv_id,
 * message_conv_type and message_unique_id (or the random number and time) say which one it is
 * @param cb Result: empty; ERR_INVALID_PARAMETERS (6017) when this device does not have it
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int
TIMMsgSetLocalCustomData (const char *json_msg_param, TIMCommCallback cb, const void *user_data);
/**
 * Finds messages on this device, each by a locator.
 * @param conv_id UserID or group id, for locators without message_locator_conv_id
 * @param conv_type kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_Locator_array array of MsgLocator; a time, sequence or random number of 0 fits
 * all
 * @param cb Result: array of Message, those that were found
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgFindByMsgLocatorList (const char *conv_id,
                                         enum TIMConvType conv_type,
                                         const char *json_msg_Locator_array,
                                         TIMCommCallback cb,
                                         const void *user_data);
/**
 * Finds messages on this device, in any conversation.
 * @param json_message_id_array array of texts: message_unique_id in decimal digits, or
 * message_msg_id
 * @param cb Result: array of Message, those that were found
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int
TIMMsgFindMessages (const char *json_message_id_array, TIMCommCallback cb, const void *user_data);
/**
 * Searches the history of this device for words: texts, names of files, descriptions of places and
 * of custom elements. A word is found by its beginning, in scripts without blanks any part of a
 * text; a single letter only as a word. Case, accents and width do not count. Several words in one
 * keyword stand together. In one conversation the matches come newest first, in pages; over all
 * conversations there is an item for each that has matches, the one with the newest first, with the
 * message itself when it is the only match. At most 10,000 matches in each conversation are
 * counted; msg_search_result_linnet_is_capped and msg_search_result_item_linnet_is_capped say that
 * there are more.
 * @param json_search_message_param MessageSearchParam; the keywords may be empty when senders or
 * kinds of elements are given
 * @param cb Result: MessageSearchResult; ERR_INVALID_PARAMETERS (6017)
 * @param user_data handed to cb untouched
 * @return TIMResult
 */
TIM_DECL int TIMMsgSearchLocalMessages (const char *json_search_message_param,
                                        TIMCommCallback cb,
                                        const void *user_data);

/* ---- Choosing a server ---- */

/**
 * Does one of these, named by request_internal_operation: internal_operation_set_custom_server_info
 * chooses the server of the next TIMLogin, before or after TIMInit;
 * internal_operation_register_account (Linnet) makes an account.
 * @param json_param RequestParam
 * @param cb Result: ResponseInfo
 * @param user_data handed to cb untouched
 * @return TIM_SUCC, TIM_ERR_JSON or TIM_ERR_PARAM
 */
TIM_DECL int
callExperimentalAPI (const char *json_param, TIMCommCallback cb, const void *user_data);

#endif
