/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linnet-composing.h"
#include "linnet-conversation-private.h"
#include "linnet-conversation-view.h"

/* What the files of a conversation share. Main thread. */

struct _LinnetConversation
{
  GObject parent_instance;

  LinnetBackend *backend; /* owned, nullable: detached */
  LinnetConversationType type;
  char *key;      /* owned, never changes */
  const char *id; /* the end of the key */
  char *short_id; /* owned, nullable: what of the id is worth showing, if not all */
  char *address;  /* owned, never changes */
  char *name;     /* owned */
  int name_color;

  const LinnetConversationOwner *owner; /* nullable */
  gpointer owner_data;

  LinnetMessage *last;         /* owned, nullable */
  LinnetMessageList *messages; /* owned, nullable: not asked for yet */
  LinnetComposing *composing;  /* owned, nullable: draft and "typing" on their way out */
  gint64 active_time;
  gint64 draft_time;
  guint unread;
  guint typing_timeout;
  gboolean is_typing;
  gboolean is_open;

  /* Most rows of a long list are never seen: what only a row shows, and the last message, are made
   * when they are first asked for. Until then of the view only the time is there. */
  gboolean is_awake;
  guint8 *packed_last; /* owned, nullable: the last message of one that sleeps */
  gint64 last_time;    /* of that */
  LinnetConversationView view;
};

/* Most rows sleep: makes what only an awake one has. */
void linnet_conversation_wake (LinnetConversation *self);
/* msg: nullable */
void linnet_conversation_set_last (LinnetConversation *self, ImMsg *msg);
/* Works the row out anew and notifies what became different. */
void linnet_conversation_refresh (LinnetConversation *self);
void linnet_conversation_notify_draft (LinnetConversation *self);
