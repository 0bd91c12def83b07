/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the application can ask of its library, and the batches it gets. Implemented by the bridge
 * (on the TIM API) and by the tests' fake. Main thread only, callbacks and signals too.
 *
 * Conversations are named by type and id, messages and conversations are the immutable structs of
 * codec. Only the models call this; the ui uses LinnetSession and what hangs on it.
 *
 * Order: replies and signals arrive in the order in which things happened in the library; a reply
 * never overtakes a signal. After sign-out, kick or expiry nothing of that session arrives any
 * more; operations that were running end with LINNET_ERROR_CANCELLED. */
#pragma once

#include "linnet-account.h"
#include "linnet-enums.h"
#include "linnet-error.h"
#include "linnet-form.h"
#include <gio/gio.h>

typedef struct _ImMsg ImMsg;
typedef struct _ImConv ImConv;

#define LINNET_TYPE_BACKEND (linnet_backend_get_type ())
G_DECLARE_INTERFACE (LinnetBackend, linnet_backend, LINNET, BACKEND, GObject)

struct _LinnetBackendInterface
{
  GTypeInterface parent_iface;

  void (*sign_in_async) (LinnetBackend *self,
                         const LinnetAccount *account,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  gboolean (*sign_in_finish) (LinnetBackend *self, GAsyncResult *result, GError **error);

  void (*sign_out_async) (LinnetBackend *self, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*sign_out_finish) (LinnetBackend *self, GAsyncResult *result, GError **error);

  const char *(*get_user_id) (LinnetBackend *self);

  void (*fetch_form_async) (LinnetBackend *self,
                            const LinnetAccount *account,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  LinnetForm *(*fetch_form_finish) (LinnetBackend *self, GAsyncResult *result, GError **error);
  void (*register_async) (LinnetBackend *self,
                          const LinnetAccount *account,
                          LinnetForm *form,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  gboolean (*register_finish) (LinnetBackend *self, GAsyncResult *result, GError **error);

  void (*load_conversations_async) (LinnetBackend *self,
                                    guint64 from,
                                    guint count,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
  GPtrArray *(*load_conversations_finish) (LinnetBackend *self,
                                           GAsyncResult *result,
                                           guint64 *ret_next,
                                           GError **error);
  void (*load_messages_async) (LinnetBackend *self,
                               LinnetConversationType type,
                               const char *id,
                               ImMsg *from,
                               gboolean newer,
                               guint count,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
  GPtrArray *(*load_messages_finish) (LinnetBackend *self,
                                      GAsyncResult *result,
                                      gboolean *ret_is_last,
                                      GError **error);

  void (*send_async) (LinnetBackend *self,
                      ImMsg *msg,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  ImMsg *(*send_finish) (LinnetBackend *self, GAsyncResult *result, GError **error);
  void (*discard_async) (LinnetBackend *self,
                         ImMsg *msg,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  gboolean (*discard_finish) (LinnetBackend *self, GAsyncResult *result, GError **error);

  void (*report_read) (LinnetBackend *self,
                       LinnetConversationType type,
                       const char *id,
                       ImMsg *up_to);
  void (*set_draft) (LinnetBackend *self,
                     LinnetConversationType type,
                     const char *id,
                     const char *text);
  void (*send_typing) (LinnetBackend *self,
                       LinnetConversationType type,
                       const char *id,
                       gboolean is_typing);

  void (*create_conversation_async) (LinnetBackend *self,
                                     LinnetConversationType type,
                                     const char *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
  ImConv *(*create_conversation_finish) (LinnetBackend *self, GAsyncResult *result, GError **error);
  void (*delete_conversation_async) (LinnetBackend *self,
                                     LinnetConversationType type,
                                     const char *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
  gboolean (*delete_conversation_finish) (LinnetBackend *self,
                                          GAsyncResult *result,
                                          GError **error);
};

/* Signals, emitted by the implementation with the functions below; all carry batches and keep
 * nothing of the arrays afterwards. Arrays hold references of codec structs.
 *
 *  conversations-changed (GPtrArray *added, GPtrArray *updated, GPtrArray *removed) of ImConv
 *  messages-received     (GPtrArray *)  of ImMsg, live, caught up, or from own other devices
 *  messages-updated      (GPtrArray *)  of ImMsg: delivered, sent after a restart, failed
 *  receipts              (GPtrArray *)  of ImReceipt: read by the peer up to that second
 *  typing                (guint type, const char *id, gboolean is_typing)
 *  connection-changed    (guint LinnetConnection, const char *phase, int code, const char *desc)
 *                        phase: what a sign-in is doing, in the library's fixed English (below),
 *                        "" when it has none
 *  kicked, session-expired ()
 */
#define LINNET_PHASE_LOOKING "Looking for the server"
#define LINNET_PHASE_FOUND "Server found: "
#define LINNET_PHASE_SECURE "Secure connection"
#define LINNET_PHASE_AUTH "Signing in"
#define LINNET_PHASE_FETCHING "Fetching conversations"

void linnet_backend_emit_conversations_changed (LinnetBackend *self,
                                                GPtrArray *added,
                                                GPtrArray *updated,
                                                GPtrArray *removed);
void linnet_backend_emit_messages_received (LinnetBackend *self, GPtrArray *messages);
void linnet_backend_emit_messages_updated (LinnetBackend *self, GPtrArray *messages);
void linnet_backend_emit_receipts (LinnetBackend *self, GPtrArray *receipts);
void linnet_backend_emit_typing (LinnetBackend *self,
                                 LinnetConversationType type,
                                 const char *id,
                                 gboolean is_typing);
void linnet_backend_emit_connection_changed (LinnetBackend *self,
                                             LinnetConnection connection,
                                             const char *phase,
                                             int code,
                                             const char *desc);
void linnet_backend_emit_kicked (LinnetBackend *self);
void linnet_backend_emit_session_expired (LinnetBackend *self);

/* Signs in. As soon as it was called, load_conversations and load_messages answer from the local
 * store. Errors: LINNET_ERROR with the codes of linnet-error.h. Cancelling ends the attempt. */
void linnet_backend_sign_in_async (LinnetBackend *self,
                                   const LinnetAccount *account,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean linnet_backend_sign_in_finish (LinnetBackend *self, GAsyncResult *result, GError **error);
/* Always ends, without a connection too. */
void linnet_backend_sign_out_async (LinnetBackend *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean linnet_backend_sign_out_finish (LinnetBackend *self, GAsyncResult *result, GError **error);

/* The own id as senders of messages have it, NULL before sign-in. Borrowed. */
const char *linnet_backend_get_user_id (LinnetBackend *self);

/* Asks a server for its registration form (of the account only address or its domain, server_url
 * and the trust settings count). Transfer full. */
void linnet_backend_fetch_form_async (LinnetBackend *self,
                                      const LinnetAccount *account,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
LinnetForm *
linnet_backend_fetch_form_finish (LinnetBackend *self, GAsyncResult *result, GError **error);
/* Creates the account; does not sign in. */
void linnet_backend_register_async (LinnetBackend *self,
                                    const LinnetAccount *account,
                                    LinnetForm *form,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean linnet_backend_register_finish (LinnetBackend *self, GAsyncResult *result, GError **error);

/* Array of ImConv, transfer full, the most recently active first: about `count` of them from the
 * place `from`, 0: from the first one. ret_next: where the next page begins, 0 after the last. */
void linnet_backend_load_conversations_async (LinnetBackend *self,
                                              guint64 from,
                                              guint count,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
GPtrArray *linnet_backend_load_conversations_finish (LinnetBackend *self,
                                                     GAsyncResult *result,
                                                     guint64 *ret_next,
                                                     GError **error);

/* Array of ImMsg, oldest first, transfer full: those right before `from`, or with `newer` right
 * after it; NULL: the newest ones. is_last: nothing lies beyond these. */
void linnet_backend_load_messages_async (LinnetBackend *self,
                                         LinnetConversationType type,
                                         const char *id,
                                         ImMsg *from,
                                         gboolean newer,
                                         guint count,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GPtrArray *linnet_backend_load_messages_finish (LinnetBackend *self,
                                                GAsyncResult *result,
                                                gboolean *ret_is_last,
                                                GError **error);

/* Sends, or sends again: conversation, elements, custom_str (the application's own id of the
 * message, which every later copy of it carries) and, for a retry, unique_id count. Ends when the
 * server has it (the message as stored, transfer full) or never will (error). */
void linnet_backend_send_async (LinnetBackend *self,
                                ImMsg *msg,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
ImMsg *linnet_backend_send_finish (LinnetBackend *self, GAsyncResult *result, GError **error);
/* Removes a message that was not sent. */
void linnet_backend_discard_async (LinnetBackend *self,
                                   ImMsg *msg,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean linnet_backend_discard_finish (LinnetBackend *self, GAsyncResult *result, GError **error);

/* Read up to and including this message; NULL: everything. */
void linnet_backend_report_read (LinnetBackend *self,
                                 LinnetConversationType type,
                                 const char *id,
                                 ImMsg *up_to);
/* NULL or "" cancels the draft. */
void linnet_backend_set_draft (LinnetBackend *self,
                               LinnetConversationType type,
                               const char *id,
                               const char *text);
void linnet_backend_send_typing (LinnetBackend *self,
                                 LinnetConversationType type,
                                 const char *id,
                                 gboolean is_typing);

/* Transfer full; the conversation that exists already, if so. */
void linnet_backend_create_conversation_async (LinnetBackend *self,
                                               LinnetConversationType type,
                                               const char *id,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
ImConv *linnet_backend_create_conversation_finish (LinnetBackend *self,
                                                   GAsyncResult *result,
                                                   GError **error);
void linnet_backend_delete_conversation_async (LinnetBackend *self,
                                               LinnetConversationType type,
                                               const char *id,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
gboolean linnet_backend_delete_conversation_finish (LinnetBackend *self,
                                                    GAsyncResult *result,
                                                    GError **error);
