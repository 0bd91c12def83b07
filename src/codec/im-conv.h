/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"
#include "im-msg.h"

G_BEGIN_DECLS

/* Conversations and drafts. Keys and meanings stand in the table of im-conv.c. */

typedef struct _ImConv ImConv;
typedef struct _ImDraft ImDraft;

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
};

/* Argument of TIMConvSetDraft and inside ConvInfo */
struct _ImDraft
{
  ImJsonHeader header;
  ImMsg *msg;
  char *user_define;
  gint64 edit_time;
};

extern const ImJsonType im_conv_type;
extern const ImJsonType im_draft_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImConv, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImDraft, im_json_unref)

G_END_DECLS
