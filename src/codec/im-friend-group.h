/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* Groups that a user sorts friends into. Keys and meanings stand in the table of im-friend-group.c.
 */

typedef struct _ImFriendGroupInfo ImFriendGroupInfo;
typedef struct _ImCreateFriendGroupParam ImCreateFriendGroupParam;
typedef struct _ImModifyFriendGroupParam ImModifyFriendGroupParam;

struct _ImFriendGroupInfo
{
  ImJsonHeader header;
  char *name;
  guint64 count;
  char **identifiers;
};

/* Argument of TIMFriendshipCreateFriendGroup (the older header repeats the name FriendGroupInfo
 * here by mistake) */
struct _ImCreateFriendGroupParam
{
  ImJsonHeader header;
  char **names;
  char **identifiers;
};

struct _ImModifyFriendGroupParam
{
  ImJsonHeader header;
  char *name;
  char *new_name;
  char **delete_identifiers;
  char **add_identifiers;
};

extern const ImJsonType im_friend_group_info_type;
extern const ImJsonType im_create_friend_group_param_type;
extern const ImJsonType im_modify_friend_group_param_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendGroupInfo, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImCreateFriendGroupParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImModifyFriendGroupParam, im_json_unref)

G_END_DECLS
