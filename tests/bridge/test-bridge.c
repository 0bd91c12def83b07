/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-tim.h"
#include "im-conv.h"
#include "im-loop.h"
#include "im-msg.h"
#include "linnet-tim-backend.h"
#include "models-test.h"

#include <string.h>

typedef struct
{
  LinnetBackend *backend;
  LinnetAccount *account;
  GString *log; /* what the signals said, joined by "|" */
  GAsyncResult *result;
} Fixture;

static void note (Fixture *f, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
note (Fixture *f, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (f->log->len > 0)
    g_string_append_c (f->log, '|');
  g_string_append_vprintf (f->log, format, args);
  va_end (args);
}

static void
on_messages (LinnetBackend *backend, GPtrArray *msgs, Fixture *f)
{
  g_assert_cmpint (im_thread_get_role (), ==, IM_THREAD_MAIN);
  note (f, "messages %u", msgs->len);
}

static void
on_updates (LinnetBackend *backend, GPtrArray *msgs, Fixture *f)
{
  const ImMsg *msg = g_ptr_array_index (msgs, 0);

  note (f, "updates %u%s", msgs->len, msg->is_delivered ? " delivered" : "");
}

static void
on_receipts (LinnetBackend *backend, GPtrArray *receipts, Fixture *f)
{
  const ImReceipt *receipt = g_ptr_array_index (receipts, 0);

  note (f, "receipt %s %d", receipt->conv_id, (int) receipt->time);
}

static void
on_conversations (
    LinnetBackend *backend, GPtrArray *added, GPtrArray *updated, GPtrArray *removed, Fixture *f)
{
  note (f, "conversations +%u ~%u -%u", added->len, updated->len, removed->len);
}

static void
on_typing (LinnetBackend *backend, guint type, const char *id, gboolean is_typing, Fixture *f)
{
  note (f, "typing %u %s %d", type, id, is_typing);
}

static void
on_connection (LinnetBackend *backend,
               guint connection,
               const char *phase,
               int code,
               const char *desc,
               Fixture *f)
{
  note (f, "connection %u '%s' %d", connection, phase, code);
}

static void
on_kicked (LinnetBackend *backend, Fixture *f)
{
  note (f, "kicked");
}

static void
on_expired (LinnetBackend *backend, Fixture *f)
{
  note (f, "expired");
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  g_set_object (&f->result, result);
  note (f, "reply");
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  im_thread_set_role (IM_THREAD_MAIN);
  f->backend
      = LINNET_BACKEND (linnet_tim_backend_new (fake_tim_start (), "some-directory", &error));
  g_assert_no_error (error);
  f->account = linnet_account_new ("alice@example.org", "secret");
  f->log = g_string_new (NULL);
  g_signal_connect (f->backend, "messages-received", G_CALLBACK (on_messages), f);
  g_signal_connect (f->backend, "messages-updated", G_CALLBACK (on_updates), f);
  g_signal_connect (f->backend, "receipts", G_CALLBACK (on_receipts), f);
  g_signal_connect (f->backend, "conversations-changed", G_CALLBACK (on_conversations), f);
  g_signal_connect (f->backend, "typing", G_CALLBACK (on_typing), f);
  g_signal_connect (f->backend, "connection-changed", G_CALLBACK (on_connection), f);
  g_signal_connect (f->backend, "kicked", G_CALLBACK (on_kicked), f);
  g_signal_connect (f->backend, "session-expired", G_CALLBACK (on_expired), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->result);
  linnet_tim_backend_close (LINNET_TIM_BACKEND (f->backend));
  settle_down ();
  g_clear_object (&f->result);
  g_assert_finalize_object (f->backend);
  fake_tim_stop ();
  linnet_account_free (f->account);
  g_string_free (f->log, TRUE);
}

static void
wait_reply (Fixture *f)
{
  wait_until (f->result != NULL);
}

static void
sign_in (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  linnet_backend_sign_in_async (f->backend, f->account, NULL, on_done, f);
  g_assert_true (fake_tim_answer ("TIMLogin", 0, "", ""));
  wait_reply (f);
  g_assert_true (linnet_backend_sign_in_finish (f->backend, f->result, &error));
  g_assert_no_error (error);
  g_clear_object (&f->result);
  g_string_truncate (f->log, 0);
}

/* Everything fired so far has reached the signals. */
static void
drain (void)
{
  fake_tim_flush ();
  settle_down ();
}

static char *
message_json (guint n)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (json,
                            "%s{\"message_conv_id\":\"bob\",\"message_conv_type\":1,"
                            "\"message_unique_id\":%u,\"message_sender\":\"bob\","
                            "\"message_status\":2,\"message_server_time\":%u,"
                            "\"message_elem_array\":[{\"elem_type\":0,"
                            "\"text_elem_content\":\"m%u\"}]}",
                            i > 0 ? "," : "", n - i, 1000 + n - i, n - i);
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static void
test_initialised (Fixture *f, gconstpointer data)
{
  g_autofree char *config = fake_tim_dup_argument ("TIMInit");
  g_autofree char *user_config = fake_tim_dup_argument ("TIMSetConfig");

  g_assert_nonnull (strstr (config, "\"some-directory\""));
  g_assert_nonnull (strstr (config, "\"sdk_config_offline_login\":true"));
  g_assert_nonnull (strstr (user_config, "user_config_is_read_receipt\":true"));
}

static void
test_sign_in (Fixture *f, gconstpointer data)
{
  g_autofree char *server = NULL;
  g_autofree char *user = NULL;

  linnet_account_set_server_url (f->account, "wss://chat.example.org/ws");
  sign_in (f);
  server = fake_tim_dup_argument ("server");
  user = fake_tim_dup_argument ("TIMLogin");
  g_assert_nonnull (strstr (server, "\"server_url\":\"wss://chat.example.org/ws\""));
  g_assert_nonnull (strstr (server, "\"domain\":\"example.org\""));
  g_assert_cmpstr (user, ==, "alice@example.org");
  g_assert_cmpstr (linnet_backend_get_user_id (f->backend), ==, "alice");
}

static void
test_begin_anew (Fixture *f, gconstpointer data)
{
  g_autofree char *asked = NULL;

  f->account->begins_anew = TRUE;
  sign_in (f);
  asked = fake_tim_dup_argument ("callExperimentalAPI");
  g_assert_nonnull (strstr (asked, "\"internal_operation_set_database_aside\""));
  g_assert_nonnull (strstr (asked, "\"set_database_aside_param_user_id\":\"alice@example.org\""));
}

static void
test_sign_in_fails (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  linnet_backend_sign_in_async (f->backend, f->account, NULL, on_done, f);
  fake_tim_fire_network (kTIMConnecting, 0, "Looking for the server");
  fake_tim_fire_network (kTIMConnectFailed, 70003, "not-authorized");
  fake_tim_answer ("TIMLogin", 70003, "not-authorized", "");
  wait_reply (f);
  g_assert_false (linnet_backend_sign_in_finish (f->backend, f->result, &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_WRONG_PASSWORD);
  g_assert_cmpstr (f->log->str, ==,
                   "connection 1 'Looking for the server' 0|connection 3 '' 70003|reply");
}

static void
test_refused_at_once (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint64 next;

  fake_tim_refuse ("TIMConvGetConversationListByFilter", TIM_ERR_NOTLOGIN);
  linnet_backend_load_conversations_async (f->backend, 0, 9, NULL, on_done, f);
  wait_reply (f);
  g_assert_null (linnet_backend_load_conversations_finish (f->backend, f->result, &next, &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_NOT_SIGNED_IN);
}

static void
test_batches (Fixture *f, gconstpointer data)
{
  g_autofree char *one = message_json (1);
  g_autofree char *three = message_json (3);

  sign_in (f);
  for (guint i = 0; i < 5; i++)
    {
      fake_tim_fire_messages (one);
      fake_tim_fire_conversations (kTIMConvEvent_Update, "[{\"conv_id\":\"bob\",\"conv_type\":1}]");
    }
  fake_tim_fire_messages (three);
  drain ();
  g_assert_cmpstr (f->log->str, ==, "messages 8|conversations +0 ~5 -0");
}

static void
test_kinds (Fixture *f, gconstpointer data)
{
  sign_in (f);
  fake_tim_fire_updates ("[{\"message_conv_id\":\"bob\",\"message_linnet_is_delivered\":true}]");
  fake_tim_fire_receipts ("[{\"msg_receipt_conv_id\":\"bob\",\"msg_receipt_conv_type\":1,"
                          "\"msg_receipt_time_stamp\":42}]");
  fake_tim_fire_conversations (kTIMConvEvent_Add, "[{\"conv_id\":\"ann\",\"conv_type\":1}]");
  fake_tim_fire_conversations (kTIMConvEvent_Del, "[{\"conv_id\":\"ann\",\"conv_type\":1}]");
  fake_tim_fire_conversations (kTIMConvEvent_Start, "");
  fake_tim_fire_messages ("not json");
  fake_tim_fire_network (kTIMConnected, 0, "");
  drain ();
  g_assert_cmpstr (f->log->str, ==,
                   "updates 1 delivered|receipt bob 42|conversations +1 ~0 -0|"
                   "conversations +0 ~0 -1|connection 2 '' 0");
}

#define TYPING(status)                                                                             \
  "[{\"message_conv_id\":\"bob\",\"message_conv_type\":1,\"message_is_online_msg\":true,"          \
  "\"message_elem_array\":[{\"elem_type\":3,\"custom_elem_data\":"                                 \
  "\"{\\\"businessID\\\":\\\"user_typing_status\\\",\\\"typingStatus\\\": " #status "}\"}]}]"

static void
test_typing (Fixture *f, gconstpointer data)
{
  g_autofree char *sent = NULL;

  sign_in (f);
  fake_tim_fire_messages (TYPING (1));
  drain ();
  fake_tim_fire_messages (TYPING (0));
  drain ();
  g_assert_cmpstr (f->log->str, ==, "typing 1 bob 1|typing 1 bob 0");
  linnet_backend_send_typing (f->backend, LINNET_CONVERSATION_SINGLE, "bob", TRUE);
  sent = fake_tim_dup_argument ("TIMMsgSendNewMsg");
  g_assert_nonnull (strstr (sent, "\"message_is_online_msg\":true"));
  g_assert_nonnull (strstr (sent, "\\\"typingStatus\\\":1"));
}

/* A reply stands where it came among the events. */
static void
test_order (Fixture *f, gconstpointer data)
{
  g_autofree char *one = message_json (1);

  sign_in (f);
  linnet_backend_delete_conversation_async (f->backend, LINNET_CONVERSATION_SINGLE, "bob", NULL,
                                            on_done, f);
  fake_tim_fire_messages (one);
  fake_tim_answer ("TIMConvDelete", 0, "", "");
  fake_tim_fire_updates (one);
  wait_reply (f);
  drain ();
  g_assert_cmpstr (f->log->str, ==, "messages 1|reply|updates 1");
}

static void
test_history (Fixture *f, gconstpointer data)
{
  g_autofree char *three = message_json (3);
  g_autofree char *param = NULL;
  g_autoptr (GPtrArray) msgs = NULL;
  g_autoptr (GError) error = NULL;
  gboolean at_start = FALSE;

  sign_in (f);
  linnet_backend_load_messages_async (f->backend, LINNET_CONVERSATION_SINGLE, "bob", NULL, FALSE, 3,
                                      NULL, on_done, f);
  param = fake_tim_dup_argument ("TIMMsgGetMsgList");
  g_assert_nonnull (strstr (param, "\"msg_getmsglist_param_count\":3"));
  fake_tim_answer ("TIMMsgGetMsgList", 0, "", three);
  wait_reply (f);
  msgs = linnet_backend_load_messages_finish (f->backend, f->result, &at_start, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (msgs->len, ==, 3);
  g_assert_false (at_start);
  g_assert_cmpuint (((ImMsg *) msgs->pdata[0])->unique_id, ==, 1);
  g_assert_cmpuint (((ImMsg *) msgs->pdata[2])->unique_id, ==, 3);
}

/* Newer pages come oldest first already. */
static void
test_newer_history (Fixture *f, gconstpointer data)
{
  g_autoptr (ImMsg) from = im_json_new (&im_msg_type);
  g_autofree char *three = message_json (3);
  g_autofree char *param = NULL;
  g_autoptr (GPtrArray) msgs = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_last = FALSE;

  sign_in (f);
  from->unique_id = 4711;
  linnet_backend_load_messages_async (f->backend, LINNET_CONVERSATION_SINGLE, "bob", from, TRUE, 4,
                                      NULL, on_done, f);
  param = fake_tim_dup_argument ("TIMMsgGetMsgList");
  g_assert_nonnull (strstr (param, "\"msg_getmsglist_param_is_forward\":true"));
  g_assert_nonnull (strstr (param, "4711"));
  fake_tim_answer ("TIMMsgGetMsgList", 0, "", three);
  wait_reply (f);
  msgs = linnet_backend_load_messages_finish (f->backend, f->result, &is_last, &error);
  g_assert_no_error (error);
  g_assert_true (is_last);
  g_assert_cmpuint (msgs->len, ==, 3);
  g_assert_cmpuint (((ImMsg *) msgs->pdata[0])->unique_id, ==, 3);
}

static void
test_bad_result (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  sign_in (f);
  linnet_backend_create_conversation_async (f->backend, LINNET_CONVERSATION_SINGLE, "bob", NULL,
                                            on_done, f);
  fake_tim_answer ("TIMConvCreate", 0, "", "[");
  wait_reply (f);
  g_assert_null (linnet_backend_create_conversation_finish (f->backend, f->result, &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_BAD_JSON);
}

static void
test_the_list_comes_in_pages (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) convs = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autofree char *argument = NULL;
  guint64 next = 0;

  sign_in (f);
  linnet_backend_load_conversations_async (f->backend, 0, 9, NULL, on_done, f);
  fake_tim_answer (
      "TIMConvGetConversationListByFilter", 0, "",
      "{\"conversation_list_result_conv_list\":[{\"conv_id\":\"bob\",\"conv_type\":1}],"
      "\"conversation_list_result_next_seq\":18446744073709551615,"
      "\"conversation_list_result_is_finished\":false}");
  wait_reply (f);
  convs = linnet_backend_load_conversations_finish (f->backend, f->result, &next, NULL);
  g_assert_cmpuint (convs->len, ==, 1);
  g_assert_cmpuint (next, ==, G_MAXUINT64);
  g_clear_object (&f->result);
  linnet_backend_load_conversations_async (f->backend, next, 9, NULL, on_done, f);
  argument = fake_tim_dup_argument ("TIMConvGetConversationListByFilter");
  g_assert_cmpstr (argument, ==, "{} 18446744073709551615 9");
  fake_tim_answer ("TIMConvGetConversationListByFilter", 0, "",
                   "{\"conversation_list_result_next_seq\":7,"
                   "\"conversation_list_result_is_finished\":true}");
  wait_reply (f);
  rest = linnet_backend_load_conversations_finish (f->backend, f->result, &next, NULL);
  g_assert_cmpuint (rest->len, ==, 0);
  g_assert_cmpuint (next, ==, 0);
}

static void
test_a_library_without_pages_tells_all_at_once (void)
{
  Fixture f = { 0 };
  LinnetTimApi old = *fake_tim_start ();
  g_autoptr (GPtrArray) convs = NULL;
  guint64 next = 1;

  im_thread_set_role (IM_THREAD_MAIN);
  old.TIMConvGetConversationListByFilter = NULL;
  f.log = g_string_new (NULL);
  f.backend = LINNET_BACKEND (linnet_tim_backend_new (&old, "some-directory", NULL));
  linnet_backend_load_conversations_async (f.backend, 0, 1, NULL, on_done, &f);
  fake_tim_answer ("TIMConvGetConvList", 0, "",
                   "[{\"conv_id\":\"bob\",\"conv_type\":1},{\"conv_id\":\"ann\",\"conv_type\":1}]");
  wait_reply (&f);
  convs = linnet_backend_load_conversations_finish (f.backend, f.result, &next, NULL);
  g_assert_cmpuint (convs->len, ==, 2);
  g_assert_cmpuint (next, ==, 0);
  g_clear_object (&f.result);
  linnet_tim_backend_close (LINNET_TIM_BACKEND (f.backend));
  g_object_unref (f.backend);
  g_string_free (f.log, TRUE);
  fake_tim_stop ();
}

static void
test_kicked_drops_what_is_stale (Fixture *f, gconstpointer data)
{
  g_autofree char *one = message_json (1);
  g_autoptr (GError) error = NULL;
  guint64 next;

  sign_in (f);
  linnet_backend_load_conversations_async (f->backend, 0, 9, NULL, on_done, f);
  fake_tim_fire_kicked ();
  fake_tim_fire_messages (one);
  fake_tim_answer ("TIMConvGetConversationListByFilter", 0, "", "{}");
  drain ();
  wait_reply (f);
  g_assert_null (linnet_backend_load_conversations_finish (f->backend, f->result, &next, &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_CANCELLED);
  g_assert_null (strstr (f->log->str, "messages"));
  g_assert_nonnull (strstr (f->log->str, "kicked"));
}

static void
test_sign_out (Fixture *f, gconstpointer data)
{
  g_autofree char *one = message_json (1);

  sign_in (f);
  fake_tim_fire_messages (one);
  fake_tim_flush ();
  linnet_backend_sign_out_async (f->backend, on_done, f);
  fake_tim_answer ("TIMLogout", 0, "", "");
  wait_reply (f);
  g_assert_true (linnet_backend_sign_out_finish (f->backend, f->result, NULL));
  g_assert_cmpstr (f->log->str, ==, "reply");
  g_assert_null (linnet_backend_get_user_id (f->backend));
}

static void
test_cancel_then_sign_in_again (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  linnet_backend_sign_in_async (f->backend, f->account, cancellable, on_done, f);
  g_cancellable_cancel (cancellable);
  wait_reply (f);
  g_assert_false (linnet_backend_sign_in_finish (f->backend, f->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fake_tim_count ("TIMLogout"), ==, 1);
  g_clear_object (&f->result);
  /* The library is still signing out: the next sign-in waits for that. */
  linnet_backend_sign_in_async (f->backend, f->account, NULL, on_done, f);
  g_assert_cmpuint (fake_tim_count ("TIMLogin"), ==, 1);
  fake_tim_answer ("TIMLogin", 6023, "", "");
  fake_tim_answer ("TIMLogout", 0, "", "");
  wait_until (fake_tim_count ("TIMLogin") == 2);
  fake_tim_answer ("TIMLogin", 0, "", "");
  wait_reply (f);
  g_assert_true (linnet_backend_sign_in_finish (f->backend, f->result, NULL));
}

static void
test_close_cancels (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint64 next;

  sign_in (f);
  linnet_backend_load_conversations_async (f->backend, 0, 9, NULL, on_done, f);
  linnet_tim_backend_close (LINNET_TIM_BACKEND (f->backend));
  wait_reply (f);
  g_assert_null (linnet_backend_load_conversations_finish (f->backend, f->result, &next, &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_CANCELLED);
  g_clear_error (&error);
  g_clear_object (&f->result);
  linnet_backend_load_conversations_async (f->backend, 0, 9, NULL, on_done, f);
  wait_reply (f);
  g_assert_null (linnet_backend_load_conversations_finish (f->backend, f->result, &next, &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_CLOSED);
}

static void
test_arguments (Fixture *f, gconstpointer data)
{
  g_autofree char *draft = NULL;
  g_autofree char *read = NULL;
  g_autoptr (ImMsg) msg = im_json_new (&im_msg_type);

  sign_in (f);
  linnet_backend_set_draft (f->backend, LINNET_CONVERSATION_SINGLE, "bob", "half");
  draft = fake_tim_dup_argument ("TIMConvSetDraft");
  g_assert_nonnull (strstr (draft, "\"text_elem_content\":\"half\""));
  linnet_backend_set_draft (f->backend, LINNET_CONVERSATION_SINGLE, "bob", "");
  g_assert_cmpuint (fake_tim_count ("TIMConvCancelDraft"), ==, 1);
  msg->unique_id = G_MAXUINT64;
  linnet_backend_report_read (f->backend, LINNET_CONVERSATION_SINGLE, "bob", msg);
  read = fake_tim_dup_argument ("TIMMsgReportReaded");
  g_assert_nonnull (strstr (read, "\"message_unique_id\":18446744073709551615"));
}

#define FORM                                                                                       \
  "{\"response_internal_operation\":\"internal_operation_register_account\","                      \
  "\"response_register_account_res\":{\"register_account_result_instructions\":\"Join us\","       \
  "\"register_account_result_fields\":["                                                           \
  "{\"register_account_field_name\":\"username\",\"register_account_field_is_required\":true},"    \
  "{\"register_account_field_name\":\"password\",\"register_account_field_is_required\":true},"    \
  "{\"register_account_field_name\":\"code\",\"register_account_field_label\":\"Invitation\","     \
  "\"register_account_field_type\":\"text-single\","                                               \
  "\"register_account_field_is_required\":true}]}}"

static void
test_register (Fixture *f, gconstpointer data)
{
  g_autoptr (LinnetForm) form = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *made = NULL;

  linnet_backend_fetch_form_async (f->backend, f->account, NULL, on_done, f);
  asked = fake_tim_dup_argument ("callExperimentalAPI");
  g_assert_nonnull (strstr (asked, "\"register_account_param_password\":\"\""));
  fake_tim_answer ("callExperimentalAPI", 0, "", FORM);
  wait_reply (f);
  form = linnet_backend_fetch_form_finish (f->backend, f->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (linnet_form_get_instructions (form), ==, "Join us");
  g_assert_cmpint (linnet_form_field_get_kind (linnet_form_find (form, "password")), ==,
                   LINNET_FORM_PASSWORD);
  g_assert_cmpstr (linnet_form_field_get_label (linnet_form_find (form, "username")), ==,
                   "User name");
  linnet_form_field_set_value (linnet_form_find (form, "code"), "4711");
  g_clear_object (&f->result);

  linnet_backend_register_async (f->backend, f->account, form, NULL, on_done, f);
  made = fake_tim_dup_argument ("callExperimentalAPI");
  g_assert_nonnull (strstr (made, "\"register_account_field_value\":\"4711\""));
  g_assert_nonnull (strstr (made, "\"register_account_param_password\":\"secret\""));
  fake_tim_answer ("callExperimentalAPI", 0, "",
                   "{\"response_internal_operation\":\"internal_operation_register_account\"}");
  wait_reply (f);
  g_assert_true (linnet_backend_register_finish (f->backend, f->result, &error));
  g_assert_no_error (error);
}

/* Many events from the other thread while the main loop turns: nothing is lost or doubled. */
static void
on_count (LinnetBackend *backend, GPtrArray *msgs, guint *count)
{
  *count += msgs->len;
}

static void
test_flood (Fixture *f, gconstpointer data)
{
  g_autofree char *three = message_json (3);
  guint count = 0;

  sign_in (f);
  g_signal_connect (f->backend, "messages-received", G_CALLBACK (on_count), &count);
  for (guint i = 0; i < 2000; i++)
    fake_tim_fire_messages (three);
  wait_until (count == 6000);
  drain ();
  g_assert_cmpuint (count, ==, 6000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/bridge/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("initialised", test_initialised);
  ADD ("sign-in", test_sign_in);
  ADD ("begin-anew", test_begin_anew);
  ADD ("sign-in-fails", test_sign_in_fails);
  ADD ("refused-at-once", test_refused_at_once);
  ADD ("batches", test_batches);
  ADD ("kinds", test_kinds);
  ADD ("typing", test_typing);
  ADD ("order", test_order);
  ADD ("history", test_history);
  ADD ("newer-history", test_newer_history);
  ADD ("bad-result", test_bad_result);
  ADD ("list-in-pages", test_the_list_comes_in_pages);
  g_test_add_func ("/bridge/list-at-once", test_a_library_without_pages_tells_all_at_once);
  ADD ("kicked-drops-what-is-stale", test_kicked_drops_what_is_stale);
  ADD ("sign-out", test_sign_out);
  ADD ("cancel-then-sign-in-again", test_cancel_then_sign_in_again);
  ADD ("close-cancels", test_close_cancels);
  ADD ("arguments", test_arguments);
  ADD ("register", test_register);
  ADD ("flood", test_flood);
  return g_test_run ();
}
