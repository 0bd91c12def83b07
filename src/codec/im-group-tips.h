/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"
#include "im-elem.h"
#include "im-group-member.h"
#include "im-user.h"

G_BEGIN_DECLS

/* Elements that tell about groups: tips to all members, reports to one user. Keys and meanings
 * stand in the table of im-group-tips.c. */

typedef struct _ImGroupTipsElem ImGroupTipsElem;
typedef struct _ImGroupTipGroupChange ImGroupTipGroupChange;
typedef struct _ImGroupTipMemberChange ImGroupTipMemberChange;
typedef struct _ImGroupReportElem ImGroupReportElem;

/* Notice to all members of a group; never sent by a client */
struct _ImGroupTipsElem
{
  ImElem base;
  gint64 tip_type;
  char *op_user;
  char *group_name;
  char *group_id;
  gint64 time;
  char **users;
  GPtrArray *group_changes;  /* of ImGroupTipGroupChange */
  GPtrArray *member_changes; /* of ImGroupTipMemberChange */
  ImUserProfile *op_user_info;
  ImGroupMemberInfo *op_member_info;
  GPtrArray *changed_user_infos;   /* of ImUserProfile */
  GPtrArray *changed_member_infos; /* of ImGroupMemberInfo */
  gint64 member_num;
  char *platform;
};

/* Inside GroupTipsElem */
struct _ImGroupTipGroupChange
{
  ImJsonHeader header;
  gint64 flag;
  char *value;
  char *key;
};

/* Inside GroupTipsElem */
struct _ImGroupTipMemberChange
{
  ImJsonHeader header;
  char *identifier;
  gint64 shutup_time;
};

/* Notice about a group to one user; never sent by a client */
struct _ImGroupReportElem
{
  ImElem base;
  gint64 report_type;
  char *group_id;
  char *group_name;
  char *op_user;
  char *msg;
  char *user_data;
  ImUserProfile *op_user_info;
  ImGroupMemberInfo *op_member_info;
  char *platform;
};

extern const ImJsonType im_group_tips_elem_type;
extern const ImJsonType im_group_tip_group_change_type;
extern const ImJsonType im_group_tip_member_change_type;
extern const ImJsonType im_group_report_elem_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupTipsElem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupTipGroupChange, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupTipMemberChange, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupReportElem, im_json_unref)

G_END_DECLS
