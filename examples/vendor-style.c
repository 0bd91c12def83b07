/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A program as they are written for the vendor's library: callbacks first, then TIMInit and
 * TIMLogin with a UserSig, every JSON text made and read with the kTIM… names of the headers, and
 * not a word about servers. It runs unmodified on libimsdk.so when IMSDK_SERVER and IMSDK_DOMAIN
 * tell the server.
 *
 * It answers everybody who writes to it, until it has answered so many times as it was told:
 *
 *   vendor-style USER USERSIG ANSWERS
 */
#include <TIMCloud.h>

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *user_id;
  const char *user_sig;
  int answers_left;
  GAsyncQueue *done; /* what main() waits for; the library calls back on a thread of its own */
} App;

static void
say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  fflush (stdout);
}

static void
finish (App *app, const char *how)
{
  g_async_queue_push (app->done, (gpointer) how);
}

static char *
to_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/* ---- texts out ---- */

static char *
make_sdk_config (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char *folder = getenv ("APP_DATA");

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, kTIMSdkConfigConfigFilePath);
  json_builder_add_string_value (builder, folder ? folder : ".");
  json_builder_set_member_name (builder, kTIMSdkConfigLogFilePath);
  json_builder_add_string_value (builder, folder ? folder : ".");
  json_builder_end_object (builder);
  return to_json (builder);
}

static char *
make_set_config (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, kTIMSetConfigLogLevel);
  json_builder_add_int_value (builder, kTIMLog_Info);
  json_builder_set_member_name (builder, kTIMSetConfigCackBackLogLevel);
  json_builder_add_int_value (builder, kTIMLog_Error);
  json_builder_set_member_name (builder, kTIMSetConfigUserConfig);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, kTIMUserConfigIsReadReceipt);
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return to_json (builder);
}

static char *
make_text_message (const char *user_id, const char *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, kTIMMsgElemArray);
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, kTIMElemType);
  json_builder_add_int_value (builder, kTIMElem_Text);
  json_builder_set_member_name (builder, kTIMTextElemContent);
  json_builder_add_string_value (builder, text);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, kTIMMsgSender);
  json_builder_add_string_value (builder, user_id);
  json_builder_set_member_name (builder, kTIMMsgClientTime);
  json_builder_add_int_value (builder, g_get_real_time () / G_USEC_PER_SEC);
  json_builder_end_object (builder);
  return to_json (builder);
}

static char *
make_history_param (int count)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, kTIMMsgGetMsgListParamCount);
  json_builder_add_int_value (builder, count);
  json_builder_set_member_name (builder, kTIMMsgGetMsgListParamIsRamble);
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_set_member_name (builder, kTIMMsgGetMsgListParamIsForward);
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_end_object (builder);
  return to_json (builder);
}

/* ---- answers ---- */

static void
on_plain_answer (int32_t code, const char *desc, const char *json_params, const void *user_data)
{
  if (code != ERR_SUCC)
    say ("%s failed: %d %s\n", (const char *) user_data, code, desc);
}

static void
on_history (int32_t code, const char *desc, const char *json_params, const void *user_data)
{
  App *app = (App *) user_data;
  g_autoptr (JsonNode) root = json_from_string (json_params, NULL);

  if (code == ERR_SUCC && root)
    say ("history %u\n", json_array_get_length (json_node_get_array (root)));
  finish (app, code == ERR_SUCC ? "answered" : "no history");
}

typedef struct
{
  App *app;
  char *peer;
} Answer;

static void
on_answered (int32_t code, const char *desc, const char *json_params, const void *user_data)
{
  Answer *answer = (Answer *) user_data;
  App *app = answer->app;
  g_autofree char *param = make_history_param (20);

  if (code != ERR_SUCC)
    say ("answer failed: %d %s\n", code, desc);
  else
    say ("answered %s\n", answer->peer);
  if (--app->answers_left == 0)
    TIMMsgGetMsgList (answer->peer, kTIMConv_C2C, param, on_history, app);
  g_free (answer->peer);
  g_free (answer);
}

static void
answer_message (App *app, JsonObject *message)
{
  JsonArray *elements = json_object_get_array_member (message, kTIMMsgElemArray);
  JsonObject *element = json_array_get_object_element (elements, 0);
  const char *peer = json_object_get_string_member (message, kTIMMsgConvId);
  const char *text;
  g_autofree char *reply = NULL;
  g_autofree char *json = NULL;
  Answer *answer;

  if (json_object_get_boolean_member (message, kTIMMsgIsFormSelf)
      || json_object_get_int_member (element, kTIMElemType) != kTIMElem_Text)
    return;
  text = json_object_get_string_member (element, kTIMTextElemContent);
  say ("%s: %s\n", json_object_get_string_member (message, kTIMMsgSender), text);
  TIMMsgReportReaded (peer, kTIMConv_C2C, NULL, on_plain_answer, "TIMMsgReportReaded");

  reply = g_strdup_printf ("You wrote: %s", text);
  json = make_text_message (app->user_id, reply);
  answer = g_new0 (Answer, 1);
  answer->app = app;
  answer->peer = g_strdup (peer);
  TIMMsgSendNewMsg (peer, kTIMConv_C2C, json, on_answered, answer);
}

/* ---- events ---- */

static void
on_new_messages (const char *json_msg_array, const void *user_data)
{
  g_autoptr (JsonNode) root = json_from_string (json_msg_array, NULL);
  JsonArray *messages = json_node_get_array (root);

  for (guint i = 0; i < json_array_get_length (messages); i++)
    answer_message ((App *) user_data, json_array_get_object_element (messages, i));
}

static void
on_conversation (enum TIMConvEvent event, const char *json_conv_array, const void *user_data)
{
  g_autoptr (JsonNode) root = json_from_string (json_conv_array, NULL);
  JsonArray *conversations;

  if (event != kTIMConvEvent_Add || !root)
    return;
  conversations = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (conversations); i++)
    say ("conversation with %s\n",
         json_object_get_string_member (json_array_get_object_element (conversations, i),
                                        kTIMConvId));
}

static void
on_network (enum TIMNetworkStatus status, int32_t code, const char *desc, const void *user_data)
{
  if (status == kTIMConnected)
    say ("connected\n");
}

static void
on_kicked (const void *user_data)
{
  finish ((App *) user_data, "signed in elsewhere");
}

static void
on_sig_expired (const void *user_data)
{
  finish ((App *) user_data, "UserSig expired");
}

static void
on_log (enum TIMLogLevel level, const char *log, const void *user_data)
{
  say ("log: %s\n", log);
}

static void
on_login (int32_t code, const char *desc, const char *json_params, const void *user_data)
{
  App *app = (App *) user_data;

  if (code != ERR_SUCC)
    {
      say ("login failed: %d %s\n", code, desc);
      finish (app, "no login");
      return;
    }
  say ("logged in as %s\n", app->user_id);
}

static void
on_logout (int32_t code, const char *desc, const char *json_params, const void *user_data)
{
  if (code != ERR_SUCC)
    say ("logout failed: %d %s\n", code, desc);
  finish ((App *) user_data, code == ERR_SUCC ? "logged out" : "no logout");
}

int
main (int argc, char **argv)
{
  App app = { 0 };
  g_autofree char *sdk_config = make_sdk_config ();
  g_autofree char *set_config = make_set_config ();
  const char *how;

  if (argc != 4)
    {
      fprintf (stderr, "usage: vendor-style USER USERSIG ANSWERS\n");
      return 2;
    }
  app.user_id = argv[1];
  app.user_sig = argv[2];
  app.answers_left = atoi (argv[3]);
  app.done = g_async_queue_new ();

  TIMSetConfig (set_config, on_plain_answer, "TIMSetConfig");
  TIMAddRecvNewMsgCallback (on_new_messages, &app);
  TIMSetConvEventCallback (on_conversation, &app);
  TIMSetNetworkStatusListenerCallback (on_network, &app);
  TIMSetKickedOfflineCallback (on_kicked, &app);
  TIMSetUserSigExpiredCallback (on_sig_expired, &app);
  TIMSetLogCallback (on_log, &app);
  if (TIMInit (1400000000, sdk_config) != TIM_SUCC
      || TIMLogin (app.user_id, app.user_sig, on_login, &app) != TIM_SUCC)
    return 1;

  how = g_async_queue_pop (app.done);
  say ("%s\n", how);
  if (strcmp (how, "answered") == 0)
    {
      TIMLogout (on_logout, &app);
      say ("%s\n", (const char *) g_async_queue_pop (app.done));
    }
  TIMUninit ();
  g_async_queue_unref (app.done);
  return strcmp (how, "answered") == 0 ? 0 : 1;
}
