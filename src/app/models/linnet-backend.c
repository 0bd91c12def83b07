/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-backend.h"

#include "im-conv.h"

G_DEFINE_INTERFACE (LinnetBackend, linnet_backend, G_TYPE_OBJECT)

enum
{
  CONVERSATIONS_CHANGED,
  MESSAGES_RECEIVED,
  MESSAGES_UPDATED,
  RECEIPTS,
  TYPING,
  CONNECTION_CHANGED,
  KICKED,
  SESSION_EXPIRED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* clang-format off */
static void
linnet_backend_default_init (LinnetBackendInterface *iface)
{
#define SIGNAL(name, ...) \
  g_signal_new (name, LINNET_TYPE_BACKEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, __VA_ARGS__)

  signals[CONVERSATIONS_CHANGED] = SIGNAL ("conversations-changed", 3, G_TYPE_PTR_ARRAY, G_TYPE_PTR_ARRAY, G_TYPE_PTR_ARRAY);
  signals[MESSAGES_RECEIVED] = SIGNAL ("messages-received", 1, G_TYPE_PTR_ARRAY);
  signals[MESSAGES_UPDATED] = SIGNAL ("messages-updated", 1, G_TYPE_PTR_ARRAY);
  signals[RECEIPTS] = SIGNAL ("receipts", 1, G_TYPE_PTR_ARRAY);
  signals[TYPING] = SIGNAL ("typing", 3, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[CONNECTION_CHANGED] = SIGNAL ("connection-changed", 4, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_INT, G_TYPE_STRING);
  signals[KICKED] = SIGNAL ("kicked", 0);
  signals[SESSION_EXPIRED] = SIGNAL ("session-expired", 0);
#undef SIGNAL
}
/* clang-format on */

#define CALL(self, function, ...)                                                                  \
  LINNET_BACKEND_GET_IFACE (self)->function (self __VA_OPT__ (, ) __VA_ARGS__)

void
linnet_backend_emit_conversations_changed (LinnetBackend *self,
                                           GPtrArray *added,
                                           GPtrArray *updated,
                                           GPtrArray *removed)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));

  g_signal_emit (self, signals[CONVERSATIONS_CHANGED], 0, added, updated, removed);
}

void
linnet_backend_emit_messages_received (LinnetBackend *self, GPtrArray *messages)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));

  g_signal_emit (self, signals[MESSAGES_RECEIVED], 0, messages);
}

void
linnet_backend_emit_messages_updated (LinnetBackend *self, GPtrArray *messages)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));

  g_signal_emit (self, signals[MESSAGES_UPDATED], 0, messages);
}

void
linnet_backend_emit_receipts (LinnetBackend *self, GPtrArray *receipts)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));

  g_signal_emit (self, signals[RECEIPTS], 0, receipts);
}

void
linnet_backend_emit_typing (LinnetBackend *self,
                            LinnetConversationType type,
                            const char *id,
                            gboolean is_typing)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));

  g_signal_emit (self, signals[TYPING], 0, (guint) type, id, is_typing);
}

void
linnet_backend_emit_connection_changed (
    LinnetBackend *self, LinnetConnection connection, const char *phase, int code, const char *desc)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));

  g_signal_emit (self, signals[CONNECTION_CHANGED], 0, (guint) connection, phase, code, desc);
}

void
linnet_backend_emit_kicked (LinnetBackend *self)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));

  g_signal_emit (self, signals[KICKED], 0);
}

void
linnet_backend_emit_session_expired (LinnetBackend *self)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));

  g_signal_emit (self, signals[SESSION_EXPIRED], 0);
}

void
linnet_backend_sign_in_async (LinnetBackend *self,
                              const LinnetAccount *account,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (account != NULL);

  CALL (self, sign_in_async, account, cancellable, callback, user_data);
}

gboolean
linnet_backend_sign_in_finish (LinnetBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), FALSE);

  return CALL (self, sign_in_finish, result, error);
}

void
linnet_backend_sign_out_async (LinnetBackend *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));

  CALL (self, sign_out_async, callback, user_data);
}

gboolean
linnet_backend_sign_out_finish (LinnetBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), FALSE);

  return CALL (self, sign_out_finish, result, error);
}

const char *
linnet_backend_get_user_id (LinnetBackend *self)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), NULL);

  return CALL (self, get_user_id);
}

void
linnet_backend_fetch_form_async (LinnetBackend *self,
                                 const LinnetAccount *account,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (account != NULL);

  CALL (self, fetch_form_async, account, cancellable, callback, user_data);
}

LinnetForm *
linnet_backend_fetch_form_finish (LinnetBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), NULL);

  return CALL (self, fetch_form_finish, result, error);
}

void
linnet_backend_register_async (LinnetBackend *self,
                               const LinnetAccount *account,
                               LinnetForm *form,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (account != NULL);

  CALL (self, register_async, account, form, cancellable, callback, user_data);
}

gboolean
linnet_backend_register_finish (LinnetBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), FALSE);

  return CALL (self, register_finish, result, error);
}

void
linnet_backend_load_conversations_async (LinnetBackend *self,
                                         guint64 from,
                                         guint count,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));

  CALL (self, load_conversations_async, from, count, cancellable, callback, user_data);
}

GPtrArray *
linnet_backend_load_conversations_finish (LinnetBackend *self,
                                          GAsyncResult *result,
                                          guint64 *ret_next,
                                          GError **error)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), NULL);

  return CALL (self, load_conversations_finish, result, ret_next, error);
}

void
linnet_backend_load_messages_async (LinnetBackend *self,
                                    LinnetConversationType type,
                                    const char *id,
                                    ImMsg *from,
                                    gboolean newer,
                                    guint count,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (id != NULL);

  CALL (self, load_messages_async, type, id, from, newer, count, cancellable, callback, user_data);
}

GPtrArray *
linnet_backend_load_messages_finish (LinnetBackend *self,
                                     GAsyncResult *result,
                                     gboolean *ret_is_last,
                                     GError **error)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), NULL);

  return CALL (self, load_messages_finish, result, ret_is_last, error);
}

void
linnet_backend_send_async (LinnetBackend *self,
                           ImMsg *msg,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (msg != NULL);

  CALL (self, send_async, msg, cancellable, callback, user_data);
}

ImMsg *
linnet_backend_send_finish (LinnetBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), NULL);

  return CALL (self, send_finish, result, error);
}

void
linnet_backend_discard_async (LinnetBackend *self,
                              ImMsg *msg,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (msg != NULL);

  CALL (self, discard_async, msg, cancellable, callback, user_data);
}

gboolean
linnet_backend_discard_finish (LinnetBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), FALSE);

  return CALL (self, discard_finish, result, error);
}

void
linnet_backend_report_read (LinnetBackend *self,
                            LinnetConversationType type,
                            const char *id,
                            ImMsg *up_to)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (id != NULL);

  CALL (self, report_read, type, id, up_to);
}

void
linnet_backend_set_draft (LinnetBackend *self,
                          LinnetConversationType type,
                          const char *id,
                          const char *text)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (id != NULL);

  CALL (self, set_draft, type, id, text);
}

void
linnet_backend_send_typing (LinnetBackend *self,
                            LinnetConversationType type,
                            const char *id,
                            gboolean is_typing)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (id != NULL);

  CALL (self, send_typing, type, id, is_typing);
}

void
linnet_backend_create_conversation_async (LinnetBackend *self,
                                          LinnetConversationType type,
                                          const char *id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (id != NULL);

  CALL (self, create_conversation_async, type, id, cancellable, callback, user_data);
}

ImConv *
linnet_backend_create_conversation_finish (LinnetBackend *self,
                                           GAsyncResult *result,
                                           GError **error)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), NULL);

  return CALL (self, create_conversation_finish, result, error);
}

void
linnet_backend_delete_conversation_async (LinnetBackend *self,
                                          LinnetConversationType type,
                                          const char *id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_return_if_fail (LINNET_IS_BACKEND (self));
  g_return_if_fail (id != NULL);

  CALL (self, delete_conversation_async, type, id, cancellable, callback, user_data);
}

gboolean
linnet_backend_delete_conversation_finish (LinnetBackend *self,
                                           GAsyncResult *result,
                                           GError **error)
{
  g_return_val_if_fail (LINNET_IS_BACKEND (self), FALSE);

  return CALL (self, delete_conversation_finish, result, error);
}
