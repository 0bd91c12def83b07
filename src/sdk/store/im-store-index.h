/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-store-private.h"

/* The index of what messages say. New messages are put into it later, in the background; what
 * changes or takes away a message belongs into the transaction that does it. */

/* key = conversation | second | slot, see 0006-search.sql */
#define IM_STORE_KEY_SLOT_BITS 10
#define IM_STORE_KEY_CONVERSATION_BITS 42
#define IM_STORE_KEY_CONVERSATION_MAX ((G_GINT64_CONSTANT (1) << 21) - 1)

static inline gint64
im_store_key (gint64 conversation, guint64 time_s, gint64 slot)
{
  return conversation << IM_STORE_KEY_CONVERSATION_BITS
         | (gint64) MIN (time_s, G_MAXUINT32) << IM_STORE_KEY_SLOT_BITS | slot;
}

#define IM_STORE_KEY_FIRST(conversation, time_s) im_store_key ((conversation), (time_s), 0)
#define IM_STORE_KEY_LAST(conversation, time_s)                                                    \
  im_store_key ((conversation), (time_s), (1 << IM_STORE_KEY_SLOT_BITS) - 1)

static inline gint64
im_store_key_conversation (gint64 key)
{
  return key >> IM_STORE_KEY_CONVERSATION_BITS;
}

static inline guint32
im_store_key_time_s (gint64 key)
{
  return (guint32) (key >> IM_STORE_KEY_SLOT_BITS);
}

/* What tags begin with. */
#define IM_STORE_TAG_KIND 'k'
#define IM_STORE_TAG_SENDER 's'

/* The tag of a kind of element, and of a sender: a word, appended. */
void im_store_index_append_kind (GString *tags, gint64 elem_type);
void im_store_index_append_sender (GString *tags, const char *sender);

/* A message was added: it waits. */
void im_store_index_note_new (ImStore *self);
/* After messages were deleted: their ids may be given again. */
gboolean im_store_index_note_deleted (ImStore *self, GError **error);
/* Puts so many of those that wait into the index. */
gboolean im_store_index_catch_up (ImStore *self, guint n_max, GError **error);
/* Before the message is deleted; harmless when it is not in the index. */
gboolean im_store_index_remove (ImStore *self, gint64 row_id, GError **error);
/* Before all of a conversation is deleted. */
gboolean im_store_index_remove_all (ImStore *self, gint64 conversation, GError **error);
/* Gives the message another content, in the index too when it is there. */
gboolean
im_store_index_set_content (ImStore *self, gint64 row_id, const char *json, GError **error);
/* After its time may have changed. */
gboolean im_store_index_move (ImStore *self, gint64 row_id, GError **error);

/* When the store is opened: an index of other words, or one that may be damaged, is begun anew. */
gboolean im_store_index_check (ImStore *self, gboolean is_suspect, GError **error);
