/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-tim-json.h"

#include "im-config.h"
#include "im-conv.h"
#include "im-elem.h"
#include "im-request.h"

#include <string.h>

static ImMsg *
new_message (ImElem *elem)
{
  ImMsg *msg = im_json_new (&im_msg_type);

  if (msg->elems == NULL)
    msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, elem);
  return msg;
}

char *
linnet_tim_json_sdk_config (const char *data_dir, const char *profile)
{
  g_autoptr (ImSdkConfig) config = im_json_new (&im_sdk_config_type);

  im_json_set_str (&config->config_file_path, data_dir);
  im_json_set_str (&config->platform, "desktop");
  im_json_set_str (&config->profile, profile);
  config->offline_login = TRUE;
  return im_json_format (config);
}

char *
linnet_tim_json_set_config (void)
{
  return g_strdup ("{\"set_config_user_config\":{\"user_config_is_read_receipt\":true}}");
}

char *
linnet_tim_json_server (const LinnetAccount *account)
{
  g_autoptr (ImRequestParam) request = im_json_new (&im_request_param_type);
  ImCustomServerInfo *server = im_json_new (&im_custom_server_info_type);

  im_json_set_str (&request->internal_operation, IM_OPERATION_SET_CUSTOM_SERVER_INFO);
  request->custom_server_info = server;
  im_json_set_str (&server->server_url, account->server_url);
  im_json_set_str (&server->domain, linnet_account_get_domain (account));
  im_json_set_str (&server->certificate_sha256, account->certificate_sha256);
  server->allow_plain = account->allow_plain;
  return im_json_format (request);
}

static GPtrArray *
collect_fields (LinnetForm *form)
{
  GPtrArray *fields = im_json_array_new ();
  guint n = form != NULL ? g_list_model_get_n_items (G_LIST_MODEL (form)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LinnetFormField) from = g_list_model_get_item (G_LIST_MODEL (form), i);
      ImRegisterAccountField *field;

      if (linnet_form_field_get_kind (from) == LINNET_FORM_FIXED)
        continue;
      field = im_json_new (&im_register_account_field_type);
      im_json_set_str (&field->name, linnet_form_field_get_name (from));
      im_json_set_str (&field->value, linnet_form_field_get_value (from));
      g_ptr_array_add (fields, field);
    }
  return fields;
}

char *
linnet_tim_json_register (const LinnetAccount *account, LinnetForm *form)
{
  g_autoptr (ImRequestParam) request = im_json_new (&im_request_param_type);
  ImRegisterAccountParam *param = im_json_new (&im_register_account_param_type);
  gboolean has_local = strchr (account->address, '@') > account->address;
  g_autofree char *nobody = g_strconcat ("nobody@",
                                         *linnet_account_get_domain (account) != '\0'
                                             ? linnet_account_get_domain (account)
                                             : account->address,
                                         NULL);

  im_json_set_str (&request->internal_operation, IM_OPERATION_REGISTER_ACCOUNT);
  request->register_account_param = param;
  im_json_set_str (&param->user_id, has_local ? account->address : nobody);
  /* An empty password asks for the form only; the key is wanted even so. */
  im_json_set_str (&param->password, form != NULL ? account->password : "");
  IM_JSON_MARK (param, ImRegisterAccountParam, password);
  g_clear_pointer (&param->fields, g_ptr_array_unref);
  param->fields = collect_fields (form);
  return im_json_format (request);
}

char *
linnet_tim_json_set_aside (const LinnetAccount *account)
{
  g_autoptr (ImRequestParam) request = im_json_new (&im_request_param_type);
  ImSetDatabaseAsideParam *param = im_json_new (&im_set_database_aside_param_type);

  im_json_set_str (&request->internal_operation, IM_OPERATION_SET_DATABASE_ASIDE);
  im_json_set_str (&param->user_id, account->address);
  request->set_database_aside_param = param;
  return im_json_format (request);
}

char *
linnet_tim_json_get_messages (ImMsg *from, gboolean newer, guint count)
{
  g_autoptr (ImGetMsgListParam) param = im_json_new (&im_get_msg_list_param_type);

  im_json_unref (param->last_msg);
  param->last_msg = im_json_ref (from);
  param->count = count;
  param->is_ramble = TRUE;
  param->is_forward = newer;
  return im_json_format (param);
}

char *
linnet_tim_json_draft (const char *text, gint64 now)
{
  g_autoptr (ImDraft) draft = im_json_new (&im_draft_type);
  ImTextElem *elem = im_json_new (&im_text_elem_type);

  elem->base.type = IM_ELEM_TEXT;
  im_json_set_str (&elem->content, text);
  im_json_unref (draft->msg);
  draft->msg = new_message (&elem->base);
  im_json_set_str (&draft->user_define, "");
  draft->edit_time = now;
  return im_json_format (draft);
}

char *
linnet_tim_json_typing (gboolean is_typing)
{
  ImCustomElem *elem = im_json_new (&im_custom_elem_type);
  g_autoptr (ImMsg) msg = NULL;

  elem->base.type = IM_ELEM_CUSTOM;
  g_free (elem->data);
  elem->data = g_strdup_printf (
      "{\"businessID\":\"user_typing_status\",\"typingStatus\":%d,\"version\":1,\"userAction\":14}",
      is_typing ? 1 : 0);
  msg = new_message (&elem->base);
  msg->is_online_msg = TRUE;
  return im_json_format (msg);
}

char *
linnet_tim_json_delete (ImMsg *msg)
{
  g_autoptr (ImMsgDeleteParam) param = im_json_new (&im_msg_delete_param_type);

  im_json_unref (param->msg);
  param->msg = im_json_ref (msg);
  return im_json_format (param);
}

gpointer
linnet_tim_json_parse_conv (const char *json, GError **error)
{
  return im_json_parse (&im_conv_type, json, -1, IM_JSON_RESULT, error);
}

/* Existing libraries answer an empty list with an empty text. */
static GPtrArray *
parse_array (const ImJsonType *type, const char *json, GError **error)
{
  if (json == NULL || *json == '\0')
    return im_json_array_new ();
  return im_json_parse_array (type, json, -1, IM_JSON_RESULT, error);
}

gpointer
linnet_tim_json_parse_page (const char *json, GError **error)
{
  ImConversationListResult *page
      = im_json_parse (&im_conversation_list_result_type, json, -1, IM_JSON_RESULT, error);

  if (page != NULL && page->convs == NULL)
    page->convs = im_json_array_new ();
  return page;
}

gpointer
linnet_tim_json_parse_whole_list (const char *json, GError **error)
{
  GPtrArray *convs = parse_array (&im_conv_type, json, error);
  ImConversationListResult *page;

  if (convs == NULL)
    return NULL;
  page = im_json_new (&im_conversation_list_result_type);
  g_clear_pointer (&page->convs, g_ptr_array_unref);
  page->convs = convs;
  page->is_finished = TRUE;
  return page;
}

gpointer
linnet_tim_json_parse_msg (const char *json, GError **error)
{
  return im_json_parse (&im_msg_type, json, -1, IM_JSON_RESULT, error);
}

gpointer
linnet_tim_json_parse_msgs (const char *json, GError **error)
{
  return parse_array (&im_msg_type, json, error);
}

gpointer
linnet_tim_json_parse_history (const char *json, GError **error)
{
  GPtrArray *msgs = parse_array (&im_msg_type, json, error);

  for (guint i = 0; msgs != NULL && i < msgs->len / 2; i++)
    {
      gpointer other = msgs->pdata[msgs->len - 1 - i];

      msgs->pdata[msgs->len - 1 - i] = msgs->pdata[i];
      msgs->pdata[i] = other;
    }
  return msgs;
}

gpointer
linnet_tim_json_parse_registration (const char *json, GError **error)
{
  g_autoptr (ImResponseInfo) response
      = im_json_parse (&im_response_info_type, json, -1, IM_JSON_RESULT, error);

  if (response == NULL)
    return NULL;
  if (response->register_account_result == NULL)
    return im_json_new (&im_register_account_result_type);
  return im_json_ref (response->register_account_result);
}
