/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* Friend requests. Keys and meanings stand in the table of im-friend-pendency.c. */

typedef struct _ImFriendAddPendency ImFriendAddPendency;
typedef struct _ImFriendPendency ImFriendPendency;
typedef struct _ImFriendPendencyPage ImFriendPendencyPage;
typedef struct _ImGetFriendPendencyListParam ImGetFriendPendencyListParam;
typedef struct _ImDeleteFriendPendencyParam ImDeleteFriendPendencyParam;
typedef struct _ImFriendResponse ImFriendResponse;

/* TIMFriendAddRequestCallback, one per request */
struct _ImFriendAddPendency
{
  ImJsonHeader header;
  char *identifier;
  char *nick_name;
  char *add_source;
  char *add_wording;
};

/* Inside PendencyPage */
struct _ImFriendPendency
{
  ImJsonHeader header;
  gint64 type;
  char *identifier;
  char *nick_name;
  guint64 add_time;
  char *add_source;
  char *add_wording;
};

struct _ImFriendPendencyPage
{
  ImJsonHeader header;
  guint64 start_time;
  guint64 unread_num;
  guint64 current_seq;
  GPtrArray *pendencies; /* of ImFriendPendency */
};

struct _ImGetFriendPendencyListParam
{
  ImJsonHeader header;
  gint64 type;
  guint64 start_seq;
  guint64 start_time;
  gint64 limited_size;
};

struct _ImDeleteFriendPendencyParam
{
  ImJsonHeader header;
  gint64 type;
  char **identifiers;
};

/* Argument of TIMFriendshipHandleFriendAddRequest */
struct _ImFriendResponse
{
  ImJsonHeader header;
  char *identifier;
  gint64 action;
  char *remark;
  char *group_name;
};

extern const ImJsonType im_friend_add_pendency_type;
extern const ImJsonType im_friend_pendency_type;
extern const ImJsonType im_friend_pendency_page_type;
extern const ImJsonType im_get_friend_pendency_list_param_type;
extern const ImJsonType im_delete_friend_pendency_param_type;
extern const ImJsonType im_friend_response_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendAddPendency, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendPendency, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendPendencyPage, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGetFriendPendencyListParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImDeleteFriendPendencyParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendResponse, im_json_unref)

G_END_DECLS
