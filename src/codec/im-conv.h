/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"
#include "im-msg.h"

G_BEGIN_DECLS

/* Conversations and drafts. Keys and meanings stand in the table of im-conv.c. */

typedef struct _ImConv ImConv;
typedef struct _ImDraft ImDraft;
typedef struct _ImConversationListFilter ImConversationListFilter;
typedef struct _ImConversationListResult ImConversationListResult;
typedef struct _ImTotalUnreadResult ImTotalUnreadResult;
typedef struct _ImConvOperationResult ImConvOperationResult;
typedef struct _ImRecvOptResult ImRecvOptResult;

/* One conversation */
struct _ImConv
{
  ImJsonHeader header;
  char *id;
  gint64 type;
  char *owner;
  guint64 unread_num;
  guint64 active_time;
  gboolean has_last_msg;
  ImMsg *last_msg;
  gboolean has_draft;
  ImDraft *draft;
  gint64 recv_opt;
  gboolean is_pinned;
  GArray *marks; /* of gint64, the bits of a guint64: TIMConversationMarkType */
};

/* Argument of TIMConvSetDraft and inside ConvInfo */
struct _ImDraft
{
  ImJsonHeader header;
  ImMsg *msg;
  char *user_define;
  gint64 edit_time;
};

/* Argument of TIMConvGetConversationListByFilter: what is not spelt out does not count */
struct _ImConversationListFilter
{
  ImJsonHeader header;
  gint64 conv_type;
  char *conversation_group;
  guint64 mark_type;
  gboolean has_unread_count;
  gboolean has_group_at_info;
};

/* Its result */
struct _ImConversationListResult
{
  ImJsonHeader header;
  GPtrArray *convs; /* of ImConv */
  guint64 next_seq;
  gboolean is_finished;
};

/* Result of TIMConvGetTotalUnreadMessageCount */
struct _ImTotalUnreadResult
{
  ImJsonHeader header;
  gint64 count;
};

/* Result of TIMConvMarkConversation, one per conversation */
struct _ImConvOperationResult
{
  ImJsonHeader header;
  char *id; /* with its prefix */
  gint64 code;
  char *info;
};

/* Result of TIMMsgGetC2CReceiveMessageOpt, one per user */
struct _ImRecvOptResult
{
  ImJsonHeader header;
  char *user_id;
  gint64 opt;
};

/* What somebody decided about a conversation */
typedef struct
{
  gint64 recv_opt; /* TIMReceiveMessageOpt, 0 … IM_RECV_OPT_MAX */
  gboolean is_pinned;
  guint64 marks; /* some of IM_CONV_MARKS */
} ImConvSettings;

gboolean im_conv_settings_equal (const ImConvSettings *a, const ImConvSettings *b);

#define IM_RECV_OPT_MAX IM_RECV_OPT_NOT_NOTIFY_EXCEPT_AT
/* The named ones, and 1 << n with n from 32 to 63 for programs. */
#define IM_CONV_MARKS                                                                              \
  (IM_CONV_MARK_STAR | IM_CONV_MARK_UNREAD | IM_CONV_MARK_FOLD | IM_CONV_MARK_HIDE                 \
   | G_GUINT64_CONSTANT (0xffffffff00000000))

extern const ImJsonType im_conv_type;
extern const ImJsonType im_draft_type;
extern const ImJsonType im_conversation_list_filter_type;
extern const ImJsonType im_conversation_list_result_type;
extern const ImJsonType im_total_unread_result_type;
extern const ImJsonType im_conv_operation_result_type;
extern const ImJsonType im_recv_opt_result_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImConv, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImDraft, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImConversationListFilter, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImConversationListResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImTotalUnreadResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImConvOperationResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImRecvOptResult, im_json_unref)

G_END_DECLS
