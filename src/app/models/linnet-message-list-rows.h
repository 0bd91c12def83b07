/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of LinnetMessageList share: its fields, and the only functions that change its
 * rows. Main thread. */
#pragma once

#include "linnet-backend.h"
#include "linnet-message-list.h"

/* What is being loaded: one thing at a time. */
typedef enum
{
  LOADING_NOTHING,
  LOADING_FIRST,
  LOADING_OLDER,
  LOADING_NEWER,
  LOADING_AROUND,
} Loading;

struct _LinnetMessageList
{
  GObject parent_instance;

  LinnetBackend *backend; /* owned, nullable: closed */
  LinnetConversationType type;
  char *id;        /* owned */
  char *peer_name; /* owned */

  GPtrArray *items;           /* owned, of LinnetMessage, oldest first */
  GHashTable *by_id;          /* owned: id of the message → message, both borrowed from items */
  GCancellable *cancellable;  /* owned: of the load under way */
  LinnetMessage *divider;     /* owned, nullable */
  LinnetMessage *newest_read; /* borrowed from items, nullable */
  LinnetMessage *viewed;      /* owned, nullable: what the reader looks at; NULL: the end */

  Loading loading;
  LinnetLoadState load_state;
  guint divider_wanted; /* received messages above which the divider goes, not placed yet */
  guint unread_below;
  gboolean at_start;
  gboolean at_end;
  gboolean is_loaded;
};

static inline LinnetMessage *
linnet_message_list_at (LinnetMessageList *self, guint position)
{
  return g_ptr_array_index (self->items, position);
}

static inline gboolean
linnet_message_is_unread (LinnetMessage *message)
{
  return !linnet_message_get_is_own (message) && !linnet_message_get_is_read (message);
}

/* Rows (linnet-message-list-rows.c) */

/* Positions first … first + n - 1 changed: they and one neighbour at each side are placed anew. */
void linnet_message_list_place_range (LinnetMessageList *self, guint first, guint n);
void linnet_message_list_refresh_newest_read (LinnetMessageList *self);
void linnet_message_list_refresh_unread (LinnetMessageList *self);
void linnet_message_list_refresh_summaries (LinnetMessageList *self);

/* Replaces `removed` rows at `position` by `added` (array of LinnetMessage, references are taken):
 * with move, the only place where the rows change. */
void linnet_message_list_splice (LinnetMessageList *self,
                                 guint position,
                                 guint removed,
                                 GPtrArray *added);
/* Puts the row at `from` to `to` (a position in the list without it): one items-changed of the rows
 * between. */
void linnet_message_list_move (LinnetMessageList *self, guint from, guint to);
/* Drops what is over the window, at the named end, or at the one that is farther from the reader.
 */
void linnet_message_list_drop_oldest (LinnetMessageList *self);
void linnet_message_list_drop_newest (LinnetMessageList *self);
void linnet_message_list_prune (LinnetMessageList *self);
/* Where a message of this time belongs, looking from the end: what waits to be sent and what is not
 * clearly younger stays above. */
guint linnet_message_list_find_place (LinnetMessageList *self, gint64 time);
/* A message that waited was sent now: what was received meanwhile is older and goes above it. */
void linnet_message_list_settle (LinnetMessageList *self, LinnetMessage *message);

void linnet_message_list_set_divider_message (LinnetMessageList *self, LinnetMessage *message);
/* As soon as what it stands above is loaded. */
void linnet_message_list_place_divider (LinnetMessageList *self);

/* Sets one of the fields that is a property of this name. */
void linnet_message_list_set_flag (LinnetMessageList *self,
                                   gboolean *flag,
                                   gboolean value,
                                   const char *name);
void linnet_message_list_set_load_state (LinnetMessageList *self, LinnetLoadState state);

/* Loading (linnet-message-list-loading.c) */

/* The row of this message, borrowed, nullable. */
LinnetMessage *linnet_message_list_find_of (LinnetMessageList *self, const ImMsg *msg);
void linnet_message_list_update_one (LinnetMessageList *self, LinnetMessage *message, ImMsg *msg);
/* Rows of what is not in the list yet; what is, is brought up to date. */
GPtrArray *linnet_message_list_collect_new (LinnetMessageList *self, GPtrArray *msgs);
void linnet_message_list_load_first (LinnetMessageList *self);
/* Ends the load under way, without an answer. */
void linnet_message_list_stop_loading (LinnetMessageList *self);
