/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"
#include "im-user.h"

G_BEGIN_DECLS

/* Friends, and what is done with them. Keys and meanings stand in the table of im-friend.c. */

typedef struct _ImFriendProfile ImFriendProfile;
typedef struct _ImFriendProfileItem ImFriendProfileItem;
typedef struct _ImFriendProfileUpdate ImFriendProfileUpdate;
typedef struct _ImFriendCustomField ImFriendCustomField;
typedef struct _ImModifyFriendProfileParam ImModifyFriendProfileParam;
typedef struct _ImAddFriendParam ImAddFriendParam;
typedef struct _ImDeleteFriendParam ImDeleteFriendParam;
typedef struct _ImFriendResult ImFriendResult;
typedef struct _ImCheckFriendTypeParam ImCheckFriendTypeParam;
typedef struct _ImCheckFriendTypeResult ImCheckFriendTypeResult;

struct _ImFriendProfile
{
  ImJsonHeader header;
  char *identifier;
  char **group_names;
  char *remark;
  char *add_wording;
  char *add_source;
  guint64 add_time;
  ImUserProfile *user_profile;
  GPtrArray *customs; /* of ImFriendCustomField */
};

struct _ImFriendProfileItem
{
  ImJsonHeader header;
  char *remark;
  char **group_names;
  GPtrArray *customs; /* of ImFriendCustomField */
};

/* TIMUpdateFriendProfileCallback, one per friend */
struct _ImFriendProfileUpdate
{
  ImJsonHeader header;
  char *identifier;
  ImFriendProfileItem *item;
};

struct _ImFriendCustomField
{
  ImJsonHeader header;
  char *key;
  char *value;
};

struct _ImModifyFriendProfileParam
{
  ImJsonHeader header;
  char *identifier;
  ImFriendProfileItem *item;
};

struct _ImAddFriendParam
{
  ImJsonHeader header;
  char *identifier;
  gint64 friend_type;
  char *remark;
  char *group_name;
  char *add_source;
  char *add_wording;
};

struct _ImDeleteFriendParam
{
  ImJsonHeader header;
  gint64 friend_type;
  char **identifiers;
};

/* Outcome for one user */
struct _ImFriendResult
{
  ImJsonHeader header;
  char *identifier;
  gint64 code;
  char *desc;
};

struct _ImCheckFriendTypeParam
{
  ImJsonHeader header;
  gint64 check_type;
  char **identifiers;
};

struct _ImCheckFriendTypeResult
{
  ImJsonHeader header;
  char *identifier;
  gint64 relation;
  gint64 code;
  char *desc;
};

extern const ImJsonType im_friend_profile_type;
extern const ImJsonType im_friend_profile_item_type;
extern const ImJsonType im_friend_profile_update_type;
extern const ImJsonType im_friend_custom_field_type;
extern const ImJsonType im_modify_friend_profile_param_type;
extern const ImJsonType im_add_friend_param_type;
extern const ImJsonType im_delete_friend_param_type;
extern const ImJsonType im_friend_result_type;
extern const ImJsonType im_check_friend_type_param_type;
extern const ImJsonType im_check_friend_type_result_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendProfile, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendProfileItem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendProfileUpdate, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendCustomField, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImModifyFriendProfileParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImAddFriendParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImDeleteFriendParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImFriendResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImCheckFriendTypeParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImCheckFriendTypeResult, im_json_unref)

G_END_DECLS
