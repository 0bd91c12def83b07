/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* Requests to join a group, and invitations. Keys and meanings stand in the table of
 * im-group-pendency.c. */

typedef struct _ImGroupPendency ImGroupPendency;
typedef struct _ImGroupPendencyOption ImGroupPendencyOption;
typedef struct _ImGroupPendencyResult ImGroupPendencyResult;
typedef struct _ImGroupHandlePendencyParam ImGroupHandlePendencyParam;

/* One request to join or invitation */
struct _ImGroupPendency
{
  ImJsonHeader header;
  char *group_id;
  char *from_identifier;
  char *to_identifier;
  guint64 add_time;
  gint64 pendency_type;
  gint64 handled;
  gint64 handle_result;
  char *apply_invite_msg;
  char *from_user_defined_data;
  char *approval_msg;
  char *to_user_defined_data;
  char *key;
  char *authentication;
  char *self_identifier;
};

struct _ImGroupPendencyOption
{
  ImJsonHeader header;
  guint64 start_time;
  gint64 max_limited;
};

struct _ImGroupPendencyResult
{
  ImJsonHeader header;
  guint64 next_start_time;
  guint64 read_time_seq;
  gint64 unread_num;
  GPtrArray *pendencies; /* of ImGroupPendency */
};

struct _ImGroupHandlePendencyParam
{
  ImJsonHeader header;
  gboolean is_accept;
  char *handle_msg;
  ImGroupPendency *pendency;
};

extern const ImJsonType im_group_pendency_type;
extern const ImJsonType im_group_pendency_option_type;
extern const ImJsonType im_group_pendency_result_type;
extern const ImJsonType im_group_handle_pendency_param_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupPendency, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupPendencyOption, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupPendencyResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupHandlePendencyParam, im_json_unref)

G_END_DECLS
