/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* User profiles. Keys and meanings stand in the table of im-user.c. */

typedef struct _ImGetProfileListParam ImGetProfileListParam;
typedef struct _ImUserProfile ImUserProfile;
typedef struct _ImUserProfileItem ImUserProfileItem;
typedef struct _ImUserCustomField ImUserCustomField;

struct _ImGetProfileListParam
{
  ImJsonHeader header;
  char **identifiers;
  gboolean force_update;
};

struct _ImUserProfile
{
  ImJsonHeader header;
  char *identifier;
  char *nick_name;
  gint64 gender;
  char *face_url;
  char *self_signature;
  gint64 add_permission;
  char *location;
  gint64 language;
  gint64 birthday;
  gint64 level;
  gint64 role;
  GPtrArray *customs; /* of ImUserCustomField */
};

struct _ImUserProfileItem
{
  ImJsonHeader header;
  char *nick_name;
  gint64 gender;
  char *face_url;
  char *self_signature;
  gint64 add_permission;
  char *location;
  gint64 language;
  gint64 birthday;
  gint64 level;
  gint64 role;
  GPtrArray *customs; /* of ImUserCustomField */
};

struct _ImUserCustomField
{
  ImJsonHeader header;
  char *key;
  char *value;
};

extern const ImJsonType im_get_profile_list_param_type;
extern const ImJsonType im_user_profile_type;
extern const ImJsonType im_user_profile_item_type;
extern const ImJsonType im_user_custom_field_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGetProfileListParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImUserProfile, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImUserProfileItem, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImUserCustomField, im_json_unref)

G_END_DECLS
