/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-call.h"
#include "im-conv.h"
#include "im-enums.h"
#include "im-msg.h"
#include "im-reaction.h"

/* What the program hears: the registered callbacks, and the one thread on which they and the
 * answers of calls run, one at a time, in the order of events (spec: callbacks, "Rules for all of
 * them"). It is not the network thread, so that a slow callback delays other callbacks and never
 * the connection.
 *
 * Registration and calls: any thread. Everything that emits: network thread. What one turn of the
 * network loop produced is collected, formatted once and handed over at its end. */

typedef enum
{
  IM_CALLBACK_RECEIPT, /* TIMMsgReadedReceiptCallback, and so on in the order of spec/callbacks.md
                        */
  IM_CALLBACK_REVOKE,
  IM_CALLBACK_UPLOAD_PROGRESS,
  IM_CALLBACK_GROUP_TIPS,
  IM_CALLBACK_CONVERSATION,
  IM_CALLBACK_NETWORK_STATUS,
  IM_CALLBACK_KICKED,
  IM_CALLBACK_USER_SIG_EXPIRED,
  IM_CALLBACK_ADD_FRIEND,
  IM_CALLBACK_DELETE_FRIEND,
  IM_CALLBACK_UPDATE_FRIEND,
  IM_CALLBACK_FRIEND_REQUEST,
  IM_CALLBACK_LOG,
  IM_CALLBACK_MESSAGE_UPDATE,
  IM_CALLBACK_REACTIONS, /* TIMMsgReactionsChangedCallback */
  IM_CALLBACK_TOTAL_UNREAD,
  IM_N_CALLBACKS,
} ImCallback;

typedef void (*ImJsonFunc) (const char *json, const void *user_data);

ImEvents *im_events_new (void);
/* Delivers what is queued, then ends the callback thread. */
void im_events_free (ImEvents *self);

/* Registration, any thread, any time; NULL clears. The functions have the shapes of the public
 * header. */
void
im_events_set_callback (ImEvents *self, ImCallback which, GCallback func, const void *user_data);
void im_events_add_message_callback (ImEvents *self, ImJsonFunc func, const void *user_data);
void im_events_remove_message_callback (ImEvents *self, ImJsonFunc func);

/* Emission, network thread. Messages are published: the events keep a reference. */
void im_events_message_received (ImEvents *self, ImMsg *msg);
void im_events_message_updated (ImEvents *self, ImMsg *msg);
/* Its locator is told. */
void im_events_message_revoked (ImEvents *self, const ImMsg *msg);
void im_events_reactions (ImEvents *self, ImReactionChange *change);
void im_events_receipt (ImEvents *self, const char *conv_id, int conv_type, gint64 time_s);
/* Several of one turn for one conversation become one; its state is asked for at the end of the
 * turn. */
void im_events_conversation (ImEvents *self,
                             int event /* IM_CONV_EVENT_… */,
                             int conv_type,
                             const char *conv_id);
/* Bytes of the file of the element with that index. */
void
im_events_upload_progress (ImEvents *self, ImMsg *msg, guint index, guint64 done, guint64 total);
void im_events_network_status (ImEvents *self,
                               int status /* IM_NETWORK_… */,
                               int code,
                               const char *desc);
void im_events_kicked (ImEvents *self);
void im_events_user_sig_expired (ImEvents *self);
/* Hands over what the turn collected so far. */
void im_events_flush (ImEvents *self);
/* Forgets it: the user it belongs to is gone. */
void im_events_discard (ImEvents *self);
/* Around a transaction of the store: what is collected meanwhile is told only when it is kept. An
 * answer of a call is given at once. */
void im_events_hold (ImEvents *self);
void im_events_release (ImEvents *self, gboolean kept);

/* Who knows the present state of a conversation; NULL while nobody is logged in. */
typedef ImConv *(*ImConversationLookup) (int conv_type, const char *conv_id, gpointer user_data);
void im_events_set_lookup (ImEvents *self, ImConversationLookup lookup, gpointer user_data);
/* Who knows how many messages are unread (FALSE: not now), with the user_data of the lookup. Asked
 * at once, and at the end of each turn that changed conversations: only another number is told. */
typedef gboolean (*ImUnreadCount) (guint64 *ret_total, gpointer user_data);
void im_events_set_unread_count (ImEvents *self, ImUnreadCount count);

/* Any thread. */
void im_events_log (ImEvents *self, int level, const char *line);
/* Answers every call that waits, or those that need the session (im_call_set_needs_session). */
void im_events_return_open_calls (ImEvents *self, int code);
void im_events_return_session_calls (ImEvents *self, int code);
/* Blocks until everything queued before has been delivered; returns at once on the callback thread.
 */
void im_events_drain (ImEvents *self);
gboolean im_events_is_callback_thread (ImEvents *self);
/* Runs func on the callback thread after everything queued before. */
void im_events_post (ImEvents *self, GSourceOnceFunc func, gpointer user_data);
