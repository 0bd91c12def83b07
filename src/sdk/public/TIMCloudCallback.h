/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * @file TIMCloudCallback.h
 * The 16 types of callbacks.
 *
 * Callbacks run one at a time, in the order in which things happened, on one thread of the library;
 * never inside the call that caused them and never with a lock held. They may call any function of
 * the API. A callback that takes long delays the others; a program with a main loop hands over to
 * it.
 *
 * Texts are UTF-8, belong to the library, live until the callback returns, and are never NULL: what
 * is not there is "". user_data is what was given together with the callback; the library never
 * looks at it. An array has one item at least, and objects may have more keys than the ones
 * described.
 */
#ifndef TIM_CLOUD_CALLBACK_H
#define TIM_CLOUD_CALLBACK_H

#include "TIMCloudDef.h"

#ifdef __cplusplus
extern "C"
{
#endif

  /**
   * New messages: live ones, ones from while this device was away, own ones sent on another device,
   * notices of groups.
   * @param json_msg_array array of Message
   * @see TIMAddRecvNewMsgCallback
   */
  typedef void (*TIMRecvNewMsgCallback) (const char *json_msg_array, const void *user_data);

  /**
   * The other side has read messages of ours. Wants user_config_is_read_receipt (TIMSetConfig).
   * @param json_msg_readed_receipt_array array of MessageReceipt
   * @see TIMSetMsgReadedReceiptCallback
   */
  typedef void (*TIMMsgReadedReceiptCallback) (const char *json_msg_readed_receipt_array,
                                               const void *user_data);

  /**
   * Messages were revoked by their sender.
   * @param json_msg_locator_array array of MsgLocator
   * @see TIMSetMsgRevokeCallback
   */
  typedef void (*TIMMsgRevokeCallback) (const char *json_msg_locator_array, const void *user_data);

  /**
   * Progress of uploading a picture, voice, file or film of a message being sent.
   * @param json_msg the Message, one object
   * @param index which element of it
   * @param cur_size bytes uploaded so far
   * @param total_size bytes to upload in all
   * @see TIMSetMsgElemUploadProgressCallback
   */
  typedef void (*TIMMsgElemUploadProgressCallback) (const char *json_msg,
                                                    uint32_t index,
                                                    uint32_t cur_size,
                                                    uint32_t total_size,
                                                    const void *user_data);

  /**
   * Something happened to a group; the same is told by a message with a tips element.
   * @param json_group_tip_array array of GroupTipsElem; one object when the profile is "tencent"
   * @see TIMSetGroupTipsEventCallback
   */
  typedef void (*TIMGroupTipsEventCallback) (const char *json_group_tip_array,
                                             const void *user_data);

  /**
   * Conversations appeared, went, or changed.
   * @param conv_event which of these
   * @param json_conv_array array of ConvInfo
   * @see TIMSetConvEventCallback
   */
  typedef void (*TIMConvEventCallback) (enum TIMConvEvent conv_event,
                                        const char *json_conv_array,
                                        const void *user_data);

  /**
   * State of the connection to the server. Reconnecting and catching up happen by themselves.
   * @param status state
   * @param code an error code with kTIMConnectFailed, else ERR_SUCC
   * @param desc text for people: the reason, or while connecting the phase
   * @see TIMSetNetworkStatusListenerCallback
   */
  typedef void (*TIMNetworkStatusListenerCallback) (enum TIMNetworkStatus status,
                                                    int32_t code,
                                                    const char *desc,
                                                    const void *user_data);

  /**
   * The same user signed in on another device of this kind; this one is logged out now.
   * @see TIMSetKickedOfflineCallback
   */
  typedef void (*TIMKickedOfflineCallback) (const void *user_data);

  /**
   * The UserSig in use has expired; the user is logged out now. Get a new one and call TIMLogin.
   * @see TIMSetUserSigExpiredCallback
   */
  typedef void (*TIMUserSigExpiredCallback) (const void *user_data);

  /**
   * Friends were added.
   * @param json_identifier_array array of UserIDs
   * @see TIMSetOnAddFriendCallback
   */
  typedef void (*TIMOnAddFriendCallback) (const char *json_identifier_array, const void *user_data);

  /**
   * Friends were removed.
   * @param json_identifier_array array of UserIDs
   * @see TIMSetOnDeleteFriendCallback
   */
  typedef void (*TIMOnDeleteFriendCallback) (const char *json_identifier_array,
                                             const void *user_data);

  /**
   * What this account keeps about friends was changed on another device.
   * @param json_friend_profile_update_array array of FriendProfileUpdate
   * @see TIMSetUpdateFriendProfileCallback
   */
  typedef void (*TIMUpdateFriendProfileCallback) (const char *json_friend_profile_update_array,
                                                  const void *user_data);

  /**
   * Somebody asks to become a friend.
   * @param json_friend_add_request_pendency_array array of FriendAddPendency
   * @see TIMSetFriendAddRequestCallback
   */
  typedef void (*TIMFriendAddRequestCallback) (const char *json_friend_add_request_pendency_array,
                                               const void *user_data);

  /**
   * One line of the library's log, without a line end.
   * @param level how important it is; set_config_callback_log_level (TIMSetConfig) sets the lowest
   * @param log the line
   * @see TIMSetLogCallback
   */
  typedef void (*TIMLogCallback) (enum TIMLogLevel level, const char *log, const void *user_data);

  /**
   * Messages that were delivered or sent before have changed.
   * @param json_msg_array array of Message, complete
   * @see TIMSetMsgUpdateCallback
   */
  typedef void (*TIMMsgUpdateCallback) (const char *json_msg_array, const void *user_data);

  /**
   * Reactions to messages have changed (since 7.4).
   * @param message_reaction_change_info_array array of MessageReactionChangeInfo
   * @see TIMSetMsgReactionsChangedCallback
   */
  typedef void (*TIMMsgReactionsChangedCallback) (const char *message_reaction_change_info_array,
                                                  const void *user_data);

  /**
   * The number of unread messages in all conversations that are not muted has changed.
   * @param total_unread_count what it is now
   * @see TIMSetConvTotalUnreadMessageCountChangedCallback
   */
  typedef void (*TIMConvTotalUnreadMessageCountChangedCallback) (int total_unread_count,
                                                                 const void *user_data);

  /**
   * The answer of one asynchronous call, given exactly once when the call returned TIM_SUCC.
   * @param code ERR_SUCC or an error code (TIMErrCode)
   * @param desc text for people
   * @param json_params the result as the function describes it; "" when there is none, and on
   * failure
   */
  typedef void (*TIMCommCallback) (int32_t code,
                                   const char *desc,
                                   const char *json_params,
                                   const void *user_data);

#ifdef __cplusplus
}
#endif

#endif
