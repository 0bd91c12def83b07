/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* Groups: what they are, how they are made and changed. Keys and meanings stand in the table of
 * im-group.c. */

typedef struct _ImCreateGroupParam ImCreateGroupParam;
typedef struct _ImCreateGroupResult ImCreateGroupResult;
typedef struct _ImGroupBaseInfo ImGroupBaseInfo;
typedef struct _ImGroupSelfInfo ImGroupSelfInfo;
typedef struct _ImGetGroupInfoResult ImGetGroupInfoResult;
typedef struct _ImGroupDetailInfo ImGroupDetailInfo;
typedef struct _ImGroupCustomField ImGroupCustomField;
typedef struct _ImGroupModifyInfoParam ImGroupModifyInfoParam;

struct _ImCreateGroupParam
{
  ImJsonHeader header;
  char *group_name;
  char *group_id;
  gint64 group_type;
  GPtrArray *members; /* of ImGroupMemberInfo */
  char *notification;
  char *introduction;
  char *face_url;
  gint64 add_option;
  gint64 max_member_num;
  GPtrArray *customs; /* of ImGroupCustomField */
};

struct _ImCreateGroupResult
{
  ImJsonHeader header;
  char *group_id;
};

struct _ImGroupBaseInfo
{
  ImJsonHeader header;
  char *group_id;
  char *group_name;
  gint64 group_type;
  char *face_url;
  gint64 info_seq;
  gint64 latest_seq;
  gint64 read_seq;
  gint64 msg_flag;
  gboolean is_shutup_all;
  ImGroupSelfInfo *self_info;
};

struct _ImGroupSelfInfo
{
  ImJsonHeader header;
  gint64 join_time;
  gint64 role;
  gint64 unread_num;
  gint64 msg_flag;
};

struct _ImGetGroupInfoResult
{
  ImJsonHeader header;
  gint64 code;
  char *desc;
  ImGroupDetailInfo *info;
};

struct _ImGroupDetailInfo
{
  ImJsonHeader header;
  char *group_id;
  gint64 group_type;
  char *group_name;
  char *notification;
  char *introduction;
  char *face_url;
  gint64 create_time;
  gint64 info_seq;
  gint64 last_info_time;
  gint64 next_msg_seq;
  gint64 last_msg_time;
  gint64 member_num;
  gint64 max_member_num;
  gint64 add_option;
  gint64 online_member_num;
  gint64 visible;
  gint64 searchable;
  gboolean is_shutup_all;
  char *owner;
  GPtrArray *customs; /* of ImGroupCustomField */
};

struct _ImGroupCustomField
{
  ImJsonHeader header;
  char *key;
  char *value;
};

struct _ImGroupModifyInfoParam
{
  ImJsonHeader header;
  char *group_id;
  gint64 modify_flag;
  char *group_name;
  char *notification;
  char *introduction;
  char *face_url;
  gint64 add_option;
  gint64 max_member_num;
  gint64 visible;
  gint64 searchable;
  gboolean is_shutup_all;
  char *owner;
  GPtrArray *customs; /* of ImGroupCustomField */
};

extern const ImJsonType im_create_group_param_type;
extern const ImJsonType im_create_group_result_type;
extern const ImJsonType im_group_base_info_type;
extern const ImJsonType im_group_self_info_type;
extern const ImJsonType im_get_group_info_result_type;
extern const ImJsonType im_group_detail_info_type;
extern const ImJsonType im_group_custom_field_type;
extern const ImJsonType im_group_modify_info_param_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImCreateGroupParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImCreateGroupResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupBaseInfo, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupSelfInfo, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGetGroupInfoResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupDetailInfo, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupCustomField, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupModifyInfoParam, im_json_unref)

G_END_DECLS
