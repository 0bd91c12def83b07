/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linnet-session.h"

#define LINNET_SESSION_RETRY_FIRST_SECONDS 3

struct _LinnetSession
{
  GObject parent_instance;

  LinnetBackend *backend;                /* owned */
  LinnetConversationList *conversations; /* owned, never changes */
  GListModel *phases;                    /* owned, never changes */

  LinnetAccount *account;    /* owned, nullable: of this session or of the last one */
  char *display_name;        /* owned, nullable */
  GError *error;             /* owned, nullable */
  GCancellable *cancellable; /* owned, nullable: of the sign-in under way */

  LinnetSessionState state;
  LinnetConnection connection;
  gboolean has_lists;        /* the conversations of the account are shown */
  gboolean are_lists_loaded; /* and are all there */
  GCancellable *loading;     /* owned, nullable: the lists are on their way */
  guint load_idle;           /* the next page is asked for */
  guint64 load_from;         /* where it begins */
  gboolean loads_again;      /* if it fails: the reason may be gone */
  gboolean is_updating;
  gboolean is_offline_shown;
  guint banner_timeout;
  guint retry_timeout;
  guint retry_seconds;
  guint midnight_timeout;
};

/* State, each with its notifications. Main thread. */
void linnet_session_set_state (LinnetSession *self, LinnetSessionState state);
void linnet_session_set_connection (LinnetSession *self, LinnetConnection connection);
/* error: nullable, copied. */
void linnet_session_set_error (LinnetSession *self, const GError *error);
/* The account whose lists are shown from now on; lists of the same person stay. */
void linnet_session_set_account (LinnetSession *self, const LinnetAccount *account);
void linnet_session_notify_user_id (LinnetSession *self);
/* Shows the lists of the account, as soon as sign-in was called; or takes them away. */
void linnet_session_show_lists (LinnetSession *self);
void linnet_session_hide_lists (LinnetSession *self);

/* Connects what the backend tells of conversations and messages. */
void linnet_session_route (LinnetSession *self, LinnetBackend *backend);
/* Is there somebody whose conversations are shown. */
gboolean linnet_session_has_account (LinnetSession *self);
void linnet_session_emit_message_arrived (LinnetSession *self,
                                          LinnetConversation *conversation,
                                          LinnetMessage *message);
void linnet_session_emit_message_read (LinnetSession *self, LinnetConversation *conversation);
