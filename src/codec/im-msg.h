/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"
#include "im-group-member.h"
#include "im-user.h"

G_BEGIN_DECLS

/* Messages and what is asked and told about them. Keys and meanings stand in the table of im-msg.c.
 */

typedef struct _ImMsg ImMsg;
typedef struct _ImOfflinePushConfig ImOfflinePushConfig;
typedef struct _ImIosOfflinePushConfig ImIosOfflinePushConfig;
typedef struct _ImAndroidOfflinePushConfig ImAndroidOfflinePushConfig;
typedef struct _ImReceipt ImReceipt;
typedef struct _ImMsgLocator ImMsgLocator;
typedef struct _ImGetMsgListParam ImGetMsgListParam;
typedef struct _ImMsgDeleteParam ImMsgDeleteParam;
typedef struct _ImMsgBatchSendParam ImMsgBatchSendParam;
typedef struct _ImMsgBatchSendResult ImMsgBatchSendResult;
typedef struct _ImDownloadElemParam ImDownloadElemParam;
typedef struct _ImDownloadElemResult ImDownloadElemResult;

/* One message, everywhere */
struct _ImMsg
{
  ImJsonHeader header;
  GPtrArray *elems; /* of ImElem */
  char *conv_id;
  gint64 conv_type;
  char *sender;
  gint64 priority;
  guint64 client_time;
  guint64 server_time;
  gboolean is_from_self;
  gint64 platform;
  gboolean is_read;
  gboolean is_online_msg;
  gboolean is_peer_read;
  gint64 status;
  guint64 unique_id;
  guint64 rand;
  guint64 seq;
  gint64 custom_int;
  char *custom_str;
  ImUserProfile *sender_profile;
  ImGroupMemberInfo *sender_member_info;
  ImOfflinePushConfig *offline_push_config;
  gboolean is_delivered;
  gint64 error_code;
  char *error_desc;
  char *msg_id;
  char *cloud_custom_str;
  guint64 version;
};

/* Push settings inside Message */
struct _ImOfflinePushConfig
{
  ImJsonHeader header;
  char *desc;
  char *ext;
  gint64 flag;
  ImIosOfflinePushConfig *ios_config;
  ImAndroidOfflinePushConfig *android_config;
};

/* Inside OfflinePushConfig */
struct _ImIosOfflinePushConfig
{
  ImJsonHeader header;
  char *title;
  char *sound;
  gboolean ignore_badge;
};

/* Inside OfflinePushConfig */
struct _ImAndroidOfflinePushConfig
{
  ImJsonHeader header;
  char *title;
  char *sound;
  gint64 notify_mode;
  char *oppo_channel_id;
};

/* TIMMsgReadedReceiptCallback */
struct _ImReceipt
{
  ImJsonHeader header;
  char *conv_id;
  gint64 conv_type;
  guint64 time;
};

/* TIMMsgRevokeCallback and TIMMsgFindByMsgLocatorList */
struct _ImMsgLocator
{
  ImJsonHeader header;
  char *conv_id;
  gint64 conv_type;
  gboolean is_revoked;
  guint64 time;
  guint64 seq;
  gboolean is_self;
  guint64 rand;
  guint64 unique_id;
};

/* TIMMsgGetMsgList */
struct _ImGetMsgListParam
{
  ImJsonHeader header;
  ImMsg *last_msg;
  gint64 count;
  gboolean is_ramble;
  gboolean is_forward;
};

/* TIMMsgDelete */
struct _ImMsgDeleteParam
{
  ImJsonHeader header;
  ImMsg *msg;
  gboolean is_ramble;
};

/* TIMMsgBatchSend */
struct _ImMsgBatchSendParam
{
  ImJsonHeader header;
  char **identifiers;
  ImMsg *msg;
};

/* Result of TIMMsgBatchSend, one per receiver */
struct _ImMsgBatchSendResult
{
  ImJsonHeader header;
  char *identifier;
  gint64 code;
  char *desc;
  ImMsg *msg;
};

/* TIMMsgDownloadElemToPath */
struct _ImDownloadElemParam
{
  ImJsonHeader header;
  gint64 flag;
  gint64 type;
  char *id;
  gint64 business_id;
  char *url;
};

/* Progress and result of TIMMsgDownloadElemToPath */
struct _ImDownloadElemResult
{
  ImJsonHeader header;
  gint64 current_size;
  gint64 total_size;
};

extern const ImJsonType im_msg_type;
extern const ImJsonType im_offline_push_config_type;
extern const ImJsonType im_ios_offline_push_config_type;
extern const ImJsonType im_android_offline_push_config_type;
extern const ImJsonType im_receipt_type;
extern const ImJsonType im_msg_locator_type;
extern const ImJsonType im_get_msg_list_param_type;
extern const ImJsonType im_msg_delete_param_type;
extern const ImJsonType im_msg_batch_send_param_type;
extern const ImJsonType im_msg_batch_send_result_type;
extern const ImJsonType im_download_elem_param_type;
extern const ImJsonType im_download_elem_result_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMsg, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImOfflinePushConfig, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImIosOfflinePushConfig, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImAndroidOfflinePushConfig, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImReceipt, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMsgLocator, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGetMsgListParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMsgDeleteParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMsgBatchSendParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMsgBatchSendResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImDownloadElemParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImDownloadElemResult, im_json_unref)

G_END_DECLS
