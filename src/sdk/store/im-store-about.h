/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-store.h"

/* Messages about messages: what they did to a message, what is said of one that is not here yet,
 * and what this account has to say. Who may say so is decided by who calls. Conversations are
 * one-to-one. As in im-store.h: network thread; FALSE or NULL with an IM_STORE_ERROR. */

/* Stored as numbers. */
typedef enum
{
  IM_ABOUT_REVOKE = 1,
  IM_ABOUT_MODIFY = 2,
  IM_ABOUT_REACT = 3,
} ImAboutKind;

/* As time_us: just said here, and so after all that is known, whatever the clock says. */
#define IM_ABOUT_NOW 0

typedef struct
{
  gint64 id;
  char *conv_id;
  ImAboutKind kind;
  char *target;   /* an id of the message */
  char *said_id;  /* nullable: of the stanza that says it */
  char *payload;  /* nullable; JSON: Message for a modification, array of texts for reactions */
  char *sender;   /* user id; NULL for what this account has to say */
  gint64 time_us; /* when it was said, or IM_ABOUT_NOW */
  gint64 row_id;  /* of the message, which may be gone; only for what this account has to say */
} ImStoreAbout;

void im_store_about_free (ImStoreAbout *about);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImStoreAbout, im_store_about_free)

/* Takes its content and its reactions away; it leaves the outbox, and counts as read. */
gboolean im_store_message_revoke (ImStore *self, gint64 row_id, ImMsg **ret_msg, GError **error);
/* The elements and the application's text of content replace those of the message, unless a newer
 * modification, by content's version or else by time, or the same one, has come before. ret_msg:
 * NULL when that changed nothing. */
gboolean im_store_message_modify (ImStore *self,
                                  gint64 row_id,
                                  const ImMsg *content,
                                  const char *said_id,
                                  gint64 time_us,
                                  ImMsg **ret_msg,
                                  GError **error);

/* All that sender has for the message from now on, unless something newer is known. reactions: JSON
 * array of texts. */
gboolean im_store_reactions_set (ImStore *self,
                                 gint64 row_id,
                                 const char *sender,
                                 const char *reactions,
                                 gint64 time_us,
                                 gboolean *ret_changed,
                                 GError **error);
typedef struct
{
  char *sender;
  GStrv reactions;
} ImStoreReactions;

/* Of ImStoreReactions, in the order of time. */
GPtrArray *im_store_reactions_list (ImStore *self, gint64 row_id, GError **error);

/* Of a message that is not here. A newer word of the same kind takes the place of an older one; of
 * one conversation and in all only the newest are kept. */
gboolean im_store_about_wait (ImStore *self, const ImStoreAbout *about, GError **error);
/* What waits for that message, of whomever, in the order of time; it waits no longer. */
GPtrArray *
im_store_about_take (ImStore *self, const char *conv_id, const ImStoreMessage *row, GError **error);

/* What this account has to say, in order, until it is removed. */
/* Sets its id. */
gboolean im_store_said_add (ImStore *self, ImStoreAbout *about, GError **error);
/* With ids above `after`. */
GPtrArray *im_store_said_list (ImStore *self, gint64 after, GError **error);
gboolean im_store_said_remove (ImStore *self, gint64 id, GError **error);
