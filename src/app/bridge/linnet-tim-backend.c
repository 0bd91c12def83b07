/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-tim-backend.h"

#include "im-conv.h"
#include "im-loop.h"
#include "im-profile.h"
#include "im-request.h"
#include "linnet-registration.h"
#include "linnet-tim-call.h"
#include "linnet-tim-drain.h"
#include "linnet-tim-json.h"

#include <string.h>

#define APP_ID 1

struct _LinnetTimBackend
{
  GObject parent_instance;

  const LinnetTimApi *api;
  LinnetCallbacks *callbacks; /* owned, nullable: closed */
  GHashTable *waiting;        /* owned, of LinnetTimCall, owned: calls that are to be answered */
  LinnetTimCall *logout;      /* borrowed from waiting, nullable: the logout under way */
  GTask *next_sign_in;        /* owned, nullable: waits for the logout; its data is the account */
  char *user_id;              /* owned, nullable */
};

static void backend_init (LinnetBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LinnetTimBackend,
                               linnet_tim_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LINNET_TYPE_BACKEND, backend_init))

static void start_sign_in (LinnetTimBackend *self, GTask *task);

/* Calls */

/* A call that waits from now on; the caller gives it to the library and tells with check_result()
 * what came of that. Takes the task. Borrowed. */
static LinnetTimCall *
new_call (LinnetTimBackend *self, GTask *task, LinnetTimParseFunc parse, GDestroyNotify result_free)
{
  LinnetTimCall *call = linnet_tim_call_new (task, self->callbacks, parse, result_free);

  g_hash_table_add (self->waiting, call);
  return linnet_tim_call_ref (call);
}

/* The library took the call and its reference, or refused both. */
static gboolean
check_result (LinnetTimBackend *self, LinnetTimCall *call, int result)
{
  if (result == 0)
    return TRUE;
  linnet_tim_call_refuse (call, result);
  g_hash_table_remove (self->waiting, call);
  linnet_tim_call_unref (call);
  return FALSE;
}

/* FALSE, and the task has ended, when the library is closed. */
static gboolean
check_open (LinnetTimBackend *self, GTask *task)
{
  im_assert_main_thread ();
  if (self->callbacks != NULL)
    return TRUE;
  g_task_return_error (task, linnet_error_new (LINNET_ERROR_CLOSED, "closed"));
  g_object_unref (task);
  return FALSE;
}

static GTask *
new_task (LinnetTimBackend *self,
          gpointer tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

/* What still waits ends now; a logout under way goes on. */
static void
cancel_waiting (LinnetTimBackend *self)
{
  guint n;
  g_autofree gpointer *calls = g_hash_table_get_keys_as_array (self->waiting, &n);

  for (guint i = 0; i < n; i++)
    {
      LinnetTimCall *call = calls[i];

      if (call == self->logout)
        continue;
      g_hash_table_steal (self->waiting, call);
      linnet_tim_call_cancel (call);
      linnet_tim_call_unref (call);
    }
}

static void
end_session (LinnetTimBackend *self)
{
  linnet_callbacks_next_generation (self->callbacks);
  cancel_waiting (self);
}

/* What comes out of the mailbox */

static void
take_reply (LinnetTimBackend *self, LinnetEvent *event)
{
  gboolean was_logout = event->call == self->logout;
  GTask *next;

  if (was_logout)
    self->logout = NULL;
  g_hash_table_remove (self->waiting, event->call);
  linnet_tim_call_finish (event->call, event);
  if (!was_logout)
    return;
  next = g_steal_pointer (&self->next_sign_in);
  if (next != NULL && self->callbacks != NULL)
    start_sign_in (self, next);
}

static LinnetConnection
connection_of (int status)
{
  switch (status)
    {
    case kTIMConnected:
      return LINNET_CONNECTION_ONLINE;
    case kTIMConnecting:
      return LINNET_CONNECTION_CONNECTING;
    case kTIMConnectFailed:
      return LINNET_CONNECTION_FAILED;
    default:
      return LINNET_CONNECTION_OFFLINE;
    }
}

static void
take_network (LinnetTimBackend *self, const LinnetEvent *event)
{
  LinnetConnection connection = connection_of (event->code);
  gboolean has_phase = connection == LINNET_CONNECTION_CONNECTING;

  linnet_backend_emit_connection_changed (LINNET_BACKEND (self), connection,
                                          has_phase ? event->text : "", event->error_code,
                                          event->text);
}

static void
take_single (LinnetTimBackend *self, LinnetEvent *event)
{
  LinnetBackend *backend = LINNET_BACKEND (self);

  switch (event->kind)
    {
    case LINNET_EVENT_REPLY:
      take_reply (self, event);
      break;
    case LINNET_EVENT_TYPING:
      linnet_backend_emit_typing (backend, (LinnetConversationType) event->code, event->text,
                                  event->is_typing);
      break;
    case LINNET_EVENT_NETWORK:
      take_network (self, event);
      break;
    case LINNET_EVENT_KICKED:
      end_session (self);
      linnet_backend_emit_kicked (backend);
      break;
    case LINNET_EVENT_EXPIRED:
      end_session (self);
      linnet_backend_emit_session_expired (backend);
      break;
    case LINNET_EVENT_MESSAGES:
    case LINNET_EVENT_UPDATES:
    case LINNET_EVENT_RECEIPTS:
    case LINNET_EVENT_CONVERSATIONS:
    default:
      g_assert_not_reached ();
    }
}

static void
on_events (GPtrArray *events, gpointer user_data)
{
  g_autoptr (LinnetTimBackend) self = g_object_ref (user_data);
  g_autoptr (LinnetTimDrain) drain = linnet_tim_drain_new ();

  im_assert_main_thread ();
  for (guint i = 0; i < events->len; i++)
    {
      LinnetEvent *event = g_ptr_array_index (events, i);

      if (self->callbacks == NULL)
        break;
      /* Answers go to their calls, which know whether they were cancelled. */
      if (event->kind != LINNET_EVENT_REPLY && linnet_callbacks_is_stale (self->callbacks, event))
        continue;
      if (linnet_tim_drain_add (drain, event))
        continue;
      linnet_tim_drain_emit (drain, LINNET_BACKEND (self));
      if (!linnet_tim_drain_add (drain, event))
        take_single (self, event);
    }
  linnet_tim_drain_emit (drain, LINNET_BACKEND (self));
}

/* Signing in and out */

static gboolean
finish_boolean (LinnetBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
finish_pointer (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
set_server (LinnetTimBackend *self, const LinnetAccount *account)
{
  g_autofree char *json = linnet_tim_json_server (account);

  self->api->callExperimentalAPI (json, linnet_tim_call_ignore, NULL);
}

/* Calls run in order: when it fails, the login that follows says why. */
static void
set_aside (LinnetTimBackend *self, const LinnetAccount *account)
{
  g_autofree char *json = linnet_tim_json_set_aside (account);

  self->api->callExperimentalAPI (json, linnet_tim_call_ignore, NULL);
}

static void
log_out (LinnetTimBackend *self, GTask *task)
{
  LinnetTimCall *call = new_call (self, task, NULL, NULL);

  self->logout = call;
  if (!check_result (self, call, self->api->TIMLogout (linnet_tim_call_on_answer, call)))
    self->logout = NULL;
}

static void
on_sign_in_cancelled (GCancellable *cancellable, GTask *task)
{
  LinnetTimBackend *self = g_task_get_source_object (task);

  if (self->callbacks == NULL)
    return;
  if (self->next_sign_in == task)
    {
      g_autoptr (GTask) waiting = g_steal_pointer (&self->next_sign_in);

      g_task_return_error_if_cancelled (waiting);
      return;
    }
  /* The login call is answered with "cancelled", by end_session at the latest. */
  end_session (self);
  if (self->logout == NULL)
    log_out (self, g_task_new (self, NULL, NULL, NULL));
}

static void
start_sign_in (LinnetTimBackend *self, GTask *task)
{
  const LinnetAccount *account = g_task_get_task_data (task);
  LinnetTimCall *call;

  set_server (self, account);
  if (account->begins_anew)
    set_aside (self, account);
  linnet_callbacks_next_generation (self->callbacks);
  call = new_call (self, task, NULL, NULL);
  check_result (self, call,
                self->api->TIMLogin (account->address, account->password, linnet_tim_call_on_answer,
                                     call));
}

/* It starts when the logout is over; one that waited already gives way. */
static void
take_next_sign_in (LinnetTimBackend *self, GTask *task)
{
  g_autoptr (GTask) old = g_steal_pointer (&self->next_sign_in);

  self->next_sign_in = task;
  if (old != NULL)
    g_task_return_error (old, linnet_error_new (LINNET_ERROR_CANCELLED, "another sign-in"));
}

static void
sign_in_async (LinnetBackend *backend,
               const LinnetAccount *account,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  GTask *task = new_task (self, sign_in_async, cancellable, callback, user_data);

  if (!check_open (self, task))
    return;
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, linnet_account_copy (account), (GDestroyNotify) linnet_account_free);
  g_free (self->user_id);
  self->user_id = g_strndup (account->address, strcspn (account->address, "@"));
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_sign_in_cancelled), task, 0);
  if (self->logout == NULL)
    start_sign_in (self, task);
  else
    take_next_sign_in (self, task);
}

static void
sign_out_async (LinnetBackend *backend, GAsyncReadyCallback callback, gpointer user_data)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  GTask *task = new_task (self, sign_out_async, NULL, callback, user_data);

  if (!check_open (self, task))
    return;
  end_session (self);
  g_clear_pointer (&self->user_id, g_free);
  if (self->logout == NULL)
    {
      log_out (self, task);
      return;
    }
  /* Cancelling a sign-in logs out already. */
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static const char *
get_user_id (LinnetBackend *backend)
{
  return LINNET_TIM_BACKEND (backend)->user_id;
}

/* Creating an account */

static void
call_registration (LinnetTimBackend *self,
                   GTask *task,
                   const LinnetAccount *account,
                   LinnetForm *form)
{
  g_autofree char *json = linnet_tim_json_register (account, form);
  LinnetTimCall *call = new_call (self, task, linnet_tim_json_parse_registration, im_json_unref);

  set_server (self, account);
  check_result (self, call, self->api->callExperimentalAPI (json, linnet_tim_call_on_answer, call));
}

static void
fetch_form_async (LinnetBackend *backend,
                  const LinnetAccount *account,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  GTask *task = new_task (self, fetch_form_async, cancellable, callback, user_data);

  if (check_open (self, task))
    call_registration (self, task, account, NULL);
}

static LinnetForm *
fetch_form_finish (LinnetBackend *backend, GAsyncResult *result, GError **error)
{
  g_autoptr (ImRegisterAccountResult) answer = finish_pointer (result, error);

  return answer != NULL ? linnet_registration_make_form (answer) : NULL;
}

static void
register_async (LinnetBackend *backend,
                const LinnetAccount *account,
                LinnetForm *form,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  GTask *task = new_task (self, register_async, cancellable, callback, user_data);

  if (check_open (self, task))
    call_registration (self, task, account, form);
}

static gboolean
register_finish (LinnetBackend *backend, GAsyncResult *result, GError **error)
{
  g_autoptr (ImRegisterAccountResult) answer = finish_pointer (result, error);

  return answer != NULL && linnet_registration_check_made (answer, error);
}

/* Conversations and messages */

static void
load_conversations_async (LinnetBackend *backend,
                          guint64 from,
                          guint count,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  GTask *task = new_task (self, load_conversations_async, cancellable, callback, user_data);
  gboolean has_pages = self->api->TIMConvGetConversationListByFilter != NULL;
  LinnetTimCall *call;

  if (!check_open (self, task))
    return;
  call = new_call (self, task,
                   has_pages ? linnet_tim_json_parse_page : linnet_tim_json_parse_whole_list,
                   im_json_unref);
  check_result (self, call,
                has_pages ? self->api->TIMConvGetConversationListByFilter (
                    "{}", from, count, linnet_tim_call_on_answer, call)
                          : self->api->TIMConvGetConvList (linnet_tim_call_on_answer, call));
}

static GPtrArray *
load_conversations_finish (LinnetBackend *backend,
                           GAsyncResult *result,
                           guint64 *ret_next,
                           GError **error)
{
  g_autoptr (ImConversationListResult) page = finish_pointer (result, error);

  if (page == NULL)
    return NULL;
  *ret_next = page->is_finished ? 0 : page->next_seq;
  return g_ptr_array_ref (page->convs);
}

static void
load_messages_async (LinnetBackend *backend,
                     LinnetConversationType type,
                     const char *id,
                     ImMsg *from,
                     gboolean newer,
                     guint count,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  GTask *task = new_task (self, load_messages_async, cancellable, callback, user_data);
  g_autofree char *json = NULL;
  LinnetTimCall *call;

  if (!check_open (self, task))
    return;
  g_task_set_task_data (task, GUINT_TO_POINTER (count), NULL);
  json = linnet_tim_json_get_messages (from, newer, count);
  call = new_call (self, task,
                   newer && from != NULL ? linnet_tim_json_parse_msgs
                                         : linnet_tim_json_parse_history,
                   (GDestroyNotify) g_ptr_array_unref);
  check_result (self, call,
                self->api->TIMMsgGetMsgList (id, (enum TIMConvType) type, json,
                                             linnet_tim_call_on_answer, call));
}

static GPtrArray *
load_messages_finish (LinnetBackend *backend,
                      GAsyncResult *result,
                      gboolean *ret_is_last,
                      GError **error)
{
  guint count = GPOINTER_TO_UINT (g_task_get_task_data (G_TASK (result)));
  GPtrArray *msgs = finish_pointer (result, error);

  if (msgs != NULL && ret_is_last != NULL)
    *ret_is_last = msgs->len < count;
  return msgs;
}

static void
send_async (LinnetBackend *backend,
            ImMsg *msg,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  GTask *task = new_task (self, send_async, cancellable, callback, user_data);
  g_autofree char *json = NULL;
  LinnetTimCall *call;

  if (!check_open (self, task))
    return;
  json = im_json_format (msg);
  call = new_call (self, task, linnet_tim_json_parse_msg, im_json_unref);
  check_result (self, call,
                self->api->TIMMsgSendNewMsg (msg->conv_id, (enum TIMConvType) msg->conv_type, json,
                                             linnet_tim_call_on_answer, call));
}

static ImMsg *
send_finish (LinnetBackend *backend, GAsyncResult *result, GError **error)
{
  return finish_pointer (result, error);
}

static void
discard_async (LinnetBackend *backend,
               ImMsg *msg,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  GTask *task = new_task (self, discard_async, cancellable, callback, user_data);
  g_autofree char *json = NULL;
  LinnetTimCall *call;

  if (!check_open (self, task))
    return;
  json = linnet_tim_json_delete (msg);
  call = new_call (self, task, NULL, NULL);
  check_result (self, call,
                self->api->TIMMsgDelete (msg->conv_id, (enum TIMConvType) msg->conv_type, json,
                                         linnet_tim_call_on_answer, call));
}

static void
report_read (LinnetBackend *backend, LinnetConversationType type, const char *id, ImMsg *up_to)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  g_autofree char *json = up_to != NULL ? im_json_format (up_to) : NULL;

  im_assert_main_thread ();
  if (self->callbacks != NULL)
    self->api->TIMMsgReportReaded (id, (enum TIMConvType) type, json, linnet_tim_call_ignore, NULL);
}

static void
set_draft (LinnetBackend *backend, LinnetConversationType type, const char *id, const char *text)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  g_autofree char *json = NULL;

  im_assert_main_thread ();
  if (self->callbacks == NULL)
    return;
  if (text == NULL || *text == '\0')
    {
      self->api->TIMConvCancelDraft (id, (enum TIMConvType) type);
      return;
    }
  json = linnet_tim_json_draft (text, g_get_real_time () / G_USEC_PER_SEC);
  self->api->TIMConvSetDraft (id, (enum TIMConvType) type, json);
}

static void
send_typing (LinnetBackend *backend,
             LinnetConversationType type,
             const char *id,
             gboolean is_typing)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  g_autofree char *json = linnet_tim_json_typing (is_typing);

  im_assert_main_thread ();
  if (self->callbacks != NULL)
    self->api->TIMMsgSendNewMsg (id, (enum TIMConvType) type, json, linnet_tim_call_ignore, NULL);
}

static void
create_conversation_async (LinnetBackend *backend,
                           LinnetConversationType type,
                           const char *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  GTask *task = new_task (self, create_conversation_async, cancellable, callback, user_data);
  LinnetTimCall *call;

  if (!check_open (self, task))
    return;
  call = new_call (self, task, linnet_tim_json_parse_conv, im_json_unref);
  check_result (self, call,
                self->api->TIMConvCreate (id, (enum TIMConvType) type, linnet_tim_call_on_answer,
                                          call));
}

static ImConv *
create_conversation_finish (LinnetBackend *backend, GAsyncResult *result, GError **error)
{
  return finish_pointer (result, error);
}

static void
delete_conversation_async (LinnetBackend *backend,
                           LinnetConversationType type,
                           const char *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (backend);
  GTask *task = new_task (self, delete_conversation_async, cancellable, callback, user_data);
  LinnetTimCall *call;

  if (!check_open (self, task))
    return;
  call = new_call (self, task, NULL, NULL);
  check_result (self, call,
                self->api->TIMConvDelete (id, (enum TIMConvType) type, linnet_tim_call_on_answer,
                                          call));
}

static void
backend_init (LinnetBackendInterface *iface)
{
  iface->sign_in_async = sign_in_async;
  iface->sign_in_finish = finish_boolean;
  iface->sign_out_async = sign_out_async;
  iface->sign_out_finish = finish_boolean;
  iface->get_user_id = get_user_id;
  iface->fetch_form_async = fetch_form_async;
  iface->fetch_form_finish = fetch_form_finish;
  iface->register_async = register_async;
  iface->register_finish = register_finish;
  iface->load_conversations_async = load_conversations_async;
  iface->load_conversations_finish = load_conversations_finish;
  iface->load_messages_async = load_messages_async;
  iface->load_messages_finish = load_messages_finish;
  iface->send_async = send_async;
  iface->send_finish = send_finish;
  iface->discard_async = discard_async;
  iface->discard_finish = finish_boolean;
  iface->report_read = report_read;
  iface->set_draft = set_draft;
  iface->send_typing = send_typing;
  iface->create_conversation_async = create_conversation_async;
  iface->create_conversation_finish = create_conversation_finish;
  iface->delete_conversation_async = delete_conversation_async;
  iface->delete_conversation_finish = finish_boolean;
}

/* GObject */

void
linnet_tim_backend_close (LinnetTimBackend *self)
{
  g_autoptr (GTask) next = NULL;

  g_return_if_fail (LINNET_IS_TIM_BACKEND (self));
  im_assert_main_thread ();

  if (self->callbacks == NULL)
    return;
  linnet_callbacks_unregister (self->callbacks, self->api);
  self->api->TIMUninit ();
  linnet_callbacks_close (self->callbacks);
  self->logout = NULL;
  cancel_waiting (self);
  g_clear_pointer (&self->callbacks, linnet_callbacks_unref);
  next = g_steal_pointer (&self->next_sign_in);
  if (next != NULL)
    g_task_return_error (next, linnet_error_new (LINNET_ERROR_CANCELLED, "closed"));
}

static void
linnet_tim_backend_dispose (GObject *object)
{
  linnet_tim_backend_close (LINNET_TIM_BACKEND (object));
  G_OBJECT_CLASS (linnet_tim_backend_parent_class)->dispose (object);
}

static void
linnet_tim_backend_finalize (GObject *object)
{
  LinnetTimBackend *self = LINNET_TIM_BACKEND (object);

  g_hash_table_unref (self->waiting);
  g_free (self->user_id);
  G_OBJECT_CLASS (linnet_tim_backend_parent_class)->finalize (object);
}

static void
linnet_tim_backend_class_init (LinnetTimBackendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linnet_tim_backend_dispose;
  object_class->finalize = linnet_tim_backend_finalize;
}

static void
linnet_tim_backend_init (LinnetTimBackend *self)
{
  self->waiting = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) linnet_tim_call_unref, NULL);
}

LinnetTimBackend *
linnet_tim_backend_new (const LinnetTimApi *api, const char *data_dir, GError **error)
{
  g_autoptr (LinnetTimBackend) self = g_object_new (LINNET_TYPE_TIM_BACKEND, NULL);
  gboolean is_tencent = g_strcmp0 (g_getenv ("IMSDK_PROFILE"), "tencent") == 0;
  g_autofree char *init = NULL;
  g_autofree char *config = NULL;
  int result;

  g_return_val_if_fail (api != NULL, NULL);

  im_profile_set (is_tencent ? IM_PROFILE_TENCENT : IM_PROFILE_SEED);
  init = linnet_tim_json_sdk_config (data_dir, is_tencent ? "tencent" : "seed");
  config = linnet_tim_json_set_config ();
  self->api = api;
  self->callbacks = linnet_callbacks_new (on_events, self);
  linnet_callbacks_register (self->callbacks, api);
  api->TIMSetConfig (config, linnet_tim_call_ignore, NULL);
  result = api->TIMInit (APP_ID, init);
  if (result == 0)
    return g_steal_pointer (&self);
  g_propagate_error (error, linnet_error_new (result, "the library could not be initialised"));
  return NULL;
}
