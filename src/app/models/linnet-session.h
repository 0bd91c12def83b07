/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is signed in, how the connection does, and the conversations: the root of all models, and the
 * one object the window needs. Main thread.
 *
 * Properties (read-only unless said; all notify):
 *   "state"             LinnetSessionState
 *   "connection"        LinnetConnection
 *   "phases"            GListModel of LinnetPhase: the four lines of the sign-in page; the same
 *                       object always, its items change
 *   "address"           string, nullable: "mina@example.org"
 *   "user-id"           string, nullable: "mina", as senders of messages are written
 *   "display-name"      string, nullable: to show for the own account
 *   "name-color"        int 1…14 for the own avatar
 *   "conversations"     LinnetConversationList, the same object always; empty when signed out
 *   "unread-count"      uint: conversations with unread messages (not messages)
 *   "banner"            LinnetBanner
 *   "banner-text"       string, nullable, translated: "Working offline — messages will be …"
 *   "banner-action"     string, nullable, translated label of the banner's button: "Sign In"
 *                       (show the sign-in page with the address filled in), "Use Here"
 *                       (linnet_session_use_here)
 *   "subtitle"          string, nullable, translated: "Connecting…" or "Updating…" for the
 *                       sidebar's header
 *   "error"             GError boxed, nullable: why the state is SIGNED_OUT or EXPIRED although
 *                       signing in was tried (linnet_error_describe_sign_in gives the sentence)
 *
 * Signals:
 *   "message-arrived" (LinnetConversation *, LinnetMessage *): one per conversation and batch, the
 *                     newest message of somebody else that is unread; for notifications
 *   "message-read"    (LinnetConversation *): nothing is unread there any more; withdraw them
 */
#pragma once

#include "linnet-backend.h"
#include "linnet-conversation-list.h"

#define LINNET_TYPE_PHASE (linnet_phase_get_type ())
G_DECLARE_FINAL_TYPE (LinnetPhase, linnet_phase, LINNET, PHASE, GObject)

/* One line of the sign-in page. Properties: "text" (translated, with "…" while it is to be done or
 * under way where the design has it), "state" (LinnetPhaseState). */
const char *linnet_phase_get_text (LinnetPhase *self);
LinnetPhaseState linnet_phase_get_state (LinnetPhase *self);

#define LINNET_TYPE_SESSION (linnet_session_get_type ())
G_DECLARE_FINAL_TYPE (LinnetSession, linnet_session, LINNET, SESSION, GObject)

LinnetSession *linnet_session_new (LinnetBackend *backend);

LinnetSessionState linnet_session_get_state (LinnetSession *self);
LinnetConnection linnet_session_get_connection (LinnetSession *self);
GListModel *linnet_session_get_phases (LinnetSession *self);
const char *linnet_session_get_address (LinnetSession *self);
const char *linnet_session_get_user_id (LinnetSession *self);
const char *linnet_session_get_display_name (LinnetSession *self);
int linnet_session_get_name_color (LinnetSession *self);
LinnetConversationList *linnet_session_get_conversations (LinnetSession *self);
guint linnet_session_get_unread_count (LinnetSession *self);
LinnetBanner linnet_session_get_banner (LinnetSession *self);
const char *linnet_session_get_banner_text (LinnetSession *self);
const char *linnet_session_get_banner_action (LinnetSession *self);
const char *linnet_session_get_subtitle (LinnetSession *self);
const GError *linnet_session_get_error (LinnetSession *self);

/* The account of this session or of the one before it, to fill in the sign-in page again; NULL
 * when there was none. Borrowed; has the password while signed in (linnet_session_use_here). */
const LinnetAccount *linnet_session_get_account (LinnetSession *self);

/* Signs in from the sign-in page: state SIGNING_IN, phases move, then SIGNED_IN or back to
 * SIGNED_OUT with an error (LINNET_ERROR; linnet_error_get_field, linnet_error_describe_sign_in).
 * What linnet_account_check can find is found first. Cancelling the cancellable ends the attempt
 * with G_IO_ERROR_CANCELLED. Also right in the states EXPIRED and KICKED. */
void linnet_session_sign_in_async (LinnetSession *self,
                                   const LinnetAccount *account,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean linnet_session_sign_in_finish (LinnetSession *self, GAsyncResult *result, GError **error);

/* Goes on with a remembered account: SIGNED_IN at once, with what the local store has. When the
 * network is not there it is tried again until it is; a refused password leads to EXPIRED. */
void linnet_session_resume (LinnetSession *self, const LinnetAccount *account);

/* After KICKED: signs in again with the same account, which removes the other computer. */
void linnet_session_use_here (LinnetSession *self);

/* The network is back, or the person asks: do not wait for the next attempt. */
void linnet_session_retry_now (LinnetSession *self);

/* Signs out; drafts are stored first; lists are empty afterwards. Always succeeds. */
void linnet_session_sign_out_async (LinnetSession *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean linnet_session_sign_out_finish (LinnetSession *self, GAsyncResult *result, GError **error);

/* Create an account in the app: the server's form, then the form filled in. */
void linnet_session_fetch_form_async (LinnetSession *self,
                                      const LinnetAccount *account,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
LinnetForm *
linnet_session_fetch_form_finish (LinnetSession *self, GAsyncResult *result, GError **error);
void linnet_session_register_async (LinnetSession *self,
                                    const LinnetAccount *account,
                                    LinnetForm *form,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean linnet_session_register_finish (LinnetSession *self, GAsyncResult *result, GError **error);

/* Starts (or finds) the conversation with an address: "bob" of the own server, or
 * "bob@example.org"; xmpp: links too. Borrowed from the list, which holds it from then on.
 * Errors: LINNET_ERROR_LOCAL_ADDRESS, LINNET_ERROR_LOCAL_SELF, what the library says. */
void linnet_session_start_conversation_async (LinnetSession *self,
                                              const char *address,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
LinnetConversation *linnet_session_start_conversation_finish (LinnetSession *self,
                                                              GAsyncResult *result,
                                                              GError **error);

/* Borrowed, NULL when there is none; key as linnet_conversation_get_key. */
LinnetConversation *linnet_session_get_conversation (LinnetSession *self, const char *key);

/* All times are shown anew: the clock changed between 12 and 24 hours. */
void linnet_session_refresh_times (LinnetSession *self);
/* Store all drafts now (before quitting). */
void linnet_session_flush_drafts (LinnetSession *self);
