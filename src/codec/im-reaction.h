/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* Reactions to messages (since 7.4). Keys and meanings stand in the table of im-reaction.c. */

typedef struct _ImReactionUser ImReactionUser;
typedef struct _ImReaction ImReaction;
typedef struct _ImReactionResult ImReactionResult;
typedef struct _ImReactionUsers ImReactionUsers;
typedef struct _ImReactionChange ImReactionChange;

/* Inside MessageReaction */
struct _ImReactionUser
{
  ImJsonHeader header;
  char *user_id;
};

/* One reaction of a message */
struct _ImReaction
{
  ImJsonHeader header;
  char *id;
  guint64 user_count;
  GPtrArray *users; /* of ImReactionUser */
  gboolean by_myself;
};

/* Result of TIMMsgGetMessageReactions, one per message */
struct _ImReactionResult
{
  ImJsonHeader header;
  gint64 code;
  char *info;
  char *msg_id;
  GPtrArray *reactions; /* of ImReaction */
};

/* Result of TIMMsgGetAllUserListOfMessageReaction */
struct _ImReactionUsers
{
  ImJsonHeader header;
  GPtrArray *users; /* of ImReactionUser */
  guint64 next_seq;
  gboolean is_finished;
};

/* TIMMsgReactionsChangedCallback */
struct _ImReactionChange
{
  ImJsonHeader header;
  char *msg_id;
  GPtrArray *reactions; /* of ImReaction */
};

extern const ImJsonType im_reaction_user_type;
extern const ImJsonType im_reaction_type;
extern const ImJsonType im_reaction_result_type;
extern const ImJsonType im_reaction_users_type;
extern const ImJsonType im_reaction_change_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImReactionUser, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImReaction, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImReactionResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImReactionUsers, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImReactionChange, im_json_unref)

G_END_DECLS
