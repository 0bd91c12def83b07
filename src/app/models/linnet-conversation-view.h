/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the row of a conversation shows, worked out from what is known of it: a pure function, so
 * that the conversation only compares and notifies. Private to the models. */
#pragma once

#include "linnet-message.h"

typedef struct
{
  const char *name;
  LinnetMessage *last; /* nullable */
  const char *draft;   /* "" when none, or none to show */
  gint64 draft_time;
  gint64 active_time;
  guint unread;
  gboolean is_group;
  gboolean is_typing;
} LinnetConversationFacts;

typedef struct
{
  LinnetPreviewKind kind;
  LinnetMessageState state;
  char *preview;
  char *prefix; /* nullable */
  gint64 time;
  char *time_label;
  char *unread_label;
  char *accessible_label;
} LinnetConversationView;

void linnet_conversation_view_init (LinnetConversationView *view,
                                    const LinnetConversationFacts *facts,
                                    gint64 now);
void linnet_conversation_view_clear (LinnetConversationView *view);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinnetConversationView, linnet_conversation_view_clear)
