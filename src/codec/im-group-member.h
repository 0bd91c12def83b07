/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"
#include "im-config.h"

G_BEGIN_DECLS

/* Members of groups. Keys and meanings stand in the table of im-group-member.c. */

typedef struct _ImGroupMemberInfo ImGroupMemberInfo;
typedef struct _ImGroupMemberCustomField ImGroupMemberCustomField;
typedef struct _ImGroupInviteMemberParam ImGroupInviteMemberParam;
typedef struct _ImGroupInviteMemberResult ImGroupInviteMemberResult;
typedef struct _ImGroupDeleteMemberParam ImGroupDeleteMemberParam;
typedef struct _ImGroupDeleteMemberResult ImGroupDeleteMemberResult;
typedef struct _ImGroupGetMemberInfoListParam ImGroupGetMemberInfoListParam;
typedef struct _ImGroupGetMemberInfoListResult ImGroupGetMemberInfoListResult;
typedef struct _ImGroupModifyMemberInfoParam ImGroupModifyMemberInfoParam;

struct _ImGroupMemberInfo
{
  ImJsonHeader header;
  char *identifier;
  gint64 join_time;
  gint64 member_role;
  gint64 msg_flag;
  gint64 msg_seq;
  gint64 shutup_time;
  char *name_card;
  GPtrArray *customs; /* of ImGroupMemberCustomField */
};

struct _ImGroupMemberCustomField
{
  ImJsonHeader header;
  char *key;
  char *value;
};

struct _ImGroupInviteMemberParam
{
  ImJsonHeader header;
  char *group_id;
  char **identifiers;
  char *user_data;
};

struct _ImGroupInviteMemberResult
{
  ImJsonHeader header;
  char *identifier;
  gint64 result;
};

struct _ImGroupDeleteMemberParam
{
  ImJsonHeader header;
  char *group_id;
  char **identifiers;
  char *user_data;
};

struct _ImGroupDeleteMemberResult
{
  ImJsonHeader header;
  char *identifier;
  gint64 result;
};

struct _ImGroupGetMemberInfoListParam
{
  ImJsonHeader header;
  char *group_id;
  char **identifiers;
  ImGroupMemberGetInfoOption *option;
  guint64 next_seq;
};

struct _ImGroupGetMemberInfoListResult
{
  ImJsonHeader header;
  guint64 next_seq;
  GPtrArray *members; /* of ImGroupMemberInfo */
};

struct _ImGroupModifyMemberInfoParam
{
  ImJsonHeader header;
  char *group_id;
  char *identifier;
  gint64 modify_flag;
  gint64 msg_flag;
  gint64 member_role;
  gint64 shutup_time;
  char *name_card;
  GPtrArray *customs; /* of ImGroupMemberCustomField */
};

extern const ImJsonType im_group_member_info_type;
extern const ImJsonType im_group_member_custom_field_type;
extern const ImJsonType im_group_invite_member_param_type;
extern const ImJsonType im_group_invite_member_result_type;
extern const ImJsonType im_group_delete_member_param_type;
extern const ImJsonType im_group_delete_member_result_type;
extern const ImJsonType im_group_get_member_info_list_param_type;
extern const ImJsonType im_group_get_member_info_list_result_type;
extern const ImJsonType im_group_modify_member_info_param_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupMemberInfo, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupMemberCustomField, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupInviteMemberParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupInviteMemberResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupDeleteMemberParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupDeleteMemberResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupGetMemberInfoListParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupGetMemberInfoListResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupModifyMemberInfoParam, im_json_unref)

G_END_DECLS
