/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-config.h"
#include "im-conv.h"
#include "im-elem.h"
#include "im-friend-pendency.h"
#include "im-group-member.h"
#include "im-group.h"
#include "im-msg.h"
#include "im-request.h"
#include "im-search.h"
#include "im-user.h"

#include "json-compare.h"

#include <string.h>

/* What is accepted, what is refused with which words, what is dropped. */

typedef struct
{
  const ImJsonType *type;
  const char *text;
  int code;            /* -1: accepted */
  const char *message; /* part of it */
} StrictCase;

/* clang-format off */
static const StrictCase strict_cases[] = {
  { &im_msg_type, "{}", -1, NULL },
  { &im_msg_type, " \t\r\n{ } \n", -1, NULL },
  { &im_msg_type, "{\"unknown\":[1,{\"a\":null}],\"message_seq\":7}", -1, NULL },
  { &im_msg_type, "{\"message_seq\":null}", -1, NULL },
  { &im_msg_type, "{\"message_is_read\":1}", -1, NULL },
  { &im_msg_type, "{\"message_seq\":1e3}", -1, NULL },
  { &im_msg_type, "{\"message_seq\":2.0}", -1, NULL },
#define SEARCH(types) "{\"msg_search_param_keyword_array\":[],\"msg_search_param_message_type_array\":" types "}"
  { &im_msg_search_param_type, SEARCH ("[]"), -1, NULL },
  { &im_msg_search_param_type, SEARCH ("[0,4.0,-1]"), -1, NULL },
  { &im_msg_search_param_type, SEARCH ("null"), -1, NULL },
  { &im_msg_search_param_type, SEARCH ("3"), IM_JSON_ERROR_TYPE, "an array of integers expected" },
  { &im_msg_search_param_type, SEARCH ("[\"0\"]"), IM_JSON_ERROR_TYPE, "an array of integers expected" },
  { &im_msg_search_param_type, SEARCH ("[0.5]"), IM_JSON_ERROR_TYPE, "an array of integers expected" },
  { &im_msg_search_param_type, SEARCH ("[[0]]"), IM_JSON_ERROR_TYPE, "an array of integers expected" },
  { &im_msg_search_param_type, SEARCH ("[18446744073709551615]"), IM_JSON_ERROR_TYPE, "an array of integers expected" },
  { &im_msg_search_param_type, SEARCH ("[1,"), IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_search_param_type, SEARCH ("[1"), IM_JSON_ERROR_SYNTAX, NULL },
#undef SEARCH
  /* not JSON */
  { &im_msg_type, "", IM_JSON_ERROR_SYNTAX, "object expected" },
  { &im_msg_type, "null", IM_JSON_ERROR_SYNTAX, "object expected" },
  { &im_msg_type, "[]", IM_JSON_ERROR_SYNTAX, "object expected" },
  { &im_msg_type, "{", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{}}", IM_JSON_ERROR_SYNTAX, "the end" },
  { &im_msg_type, "{} {}", IM_JSON_ERROR_SYNTAX, "the end" },
  { &im_msg_type, "{,}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"message_seq\":1,}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"message_seq\" 1}", IM_JSON_ERROR_SYNTAX, "':'" },
  { &im_msg_type, "{message_seq:1}", IM_JSON_ERROR_SYNTAX, "a string" },
  { &im_msg_type, "{'message_seq':1}", IM_JSON_ERROR_SYNTAX, "a string" },
  { &im_msg_type, "{\"message_elem_array\":[,]}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"x\":[1,]}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"x\":[1 2]}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"x\":tru}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"x\":NaN}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"x\":// comment\n1}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"message_seq\":0x10}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"message_seq\":010}", IM_JSON_ERROR_SYNTAX, "leading zero" },
  { &im_msg_type, "{\"message_seq\":+1}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"message_seq\":-}", IM_JSON_ERROR_SYNTAX, "a digit" },
  { &im_msg_type, "{\"message_seq\":1.}", IM_JSON_ERROR_SYNTAX, "a digit" },
  { &im_msg_type, "{\"message_seq\":.5}", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"message_seq\":1e}", IM_JSON_ERROR_SYNTAX, "a digit" },
  { &im_msg_type, "{\"message_sender\":\"a\\333\"}", IM_JSON_ERROR_SYNTAX, "an escape" },
  { &im_msg_type, "{\"message_sender\":\"\\x41\"}", IM_JSON_ERROR_SYNTAX, "an escape" },
  { &im_msg_type, "{\"message_sender\":\"\\u12g4\"}", IM_JSON_ERROR_SYNTAX, "hexadecimal" },
  { &im_msg_type, "{\"message_sender\":\"\\", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"message_sender\":\"\\u00", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"message_sender\":\"a", IM_JSON_ERROR_SYNTAX, NULL },
  { &im_msg_type, "{\"message_sender\":\"a\nb\"}", IM_JSON_ERROR_SYNTAX, "control character" },
  /* encoding */
  { &im_msg_type, "{\"message_sender\":\"\xff\"}", IM_JSON_ERROR_ENCODING, "byte 19" },
  { &im_msg_type, "{\"message_sender\":\"\xc0\x80\"}", IM_JSON_ERROR_ENCODING, NULL },
  { &im_msg_type, "{\"message_sender\":\"\xed\xa0\x80\"}", IM_JSON_ERROR_ENCODING, NULL },
  { &im_msg_type, "{\"message_sender\":\"\\ud800\"}", IM_JSON_ERROR_ENCODING, "surrogate" },
  { &im_msg_type, "{\"message_sender\":\"\\udc00\\ud800\"}", IM_JSON_ERROR_ENCODING, "surrogate" },
  { &im_msg_type, "{\"x\":\"\\ud800x\"}", IM_JSON_ERROR_ENCODING, "surrogate" },
  /* duplicates */
  { &im_msg_type, "{\"message_seq\":1,\"message_seq\":1}", IM_JSON_ERROR_DUPLICATE, "Message.message_seq" },
  { &im_msg_type, "{\"message_seq\":null,\"message_seq\":1}", IM_JSON_ERROR_DUPLICATE, "Message.message_seq" },
  { &im_msg_type, "{\"x\":1,\"y\":2,\"x\":3}", IM_JSON_ERROR_DUPLICATE, "Message.x" },
  { &im_msg_type, "{\"x\":{\"y\":1,\"y\":1}}", IM_JSON_ERROR_DUPLICATE, "key y" },
  { &im_msg_type, "{\"message_seq\":1,\"message_\\u0073eq\":1}", IM_JSON_ERROR_DUPLICATE, "Message.message_seq" },
  { &im_msg_type, "{\"message_offlie_push_config\":{},\"message_offline_push_config\":{}}", -1, NULL },
  /* types */
  { &im_msg_type, "{\"message_seq\":\"1\"}", IM_JSON_ERROR_TYPE, "Message.message_seq: a number expected" },
  { &im_msg_type, "{\"message_seq\":true}", IM_JSON_ERROR_TYPE, "Message.message_seq" },
  { &im_msg_type, "{\"message_seq\":1.5}", IM_JSON_ERROR_TYPE, "Message.message_seq: an integer expected" },
  { &im_msg_type, "{\"message_sender\":1}", IM_JSON_ERROR_TYPE, "Message.message_sender: a string expected" },
  { &im_msg_type, "{\"message_is_read\":\"true\"}", IM_JSON_ERROR_TYPE, "true or false" },
  { &im_msg_type, "{\"message_elem_array\":{}}", IM_JSON_ERROR_TYPE, "Message.message_elem_array: an array" },
  { &im_msg_type, "{\"message_elem_array\":[1]}", IM_JSON_ERROR_TYPE, "array of objects" },
  { &im_msg_type, "{\"message_elem_array\":[null]}", IM_JSON_ERROR_TYPE, "array of objects" },
  { &im_msg_type, "{\"message_sender_profile\":[]}", IM_JSON_ERROR_TYPE, "an object" },
  { &im_msg_type, "{\"message_elem_array\":[{\"elem_type\":\"0\"}]}", IM_JSON_ERROR_TYPE, "Elem.elem_type" },
  { &im_get_profile_list_param_type, "{\"friendship_getprofilelist_param_identifier_array\":[\"a\",1]}", IM_JSON_ERROR_TYPE, "array of strings" },
  { &im_group_member_info_type, "{\"group_member_info_custom_info\":{\"a\":1}}", IM_JSON_ERROR_TYPE, "object of strings" },
  /* ranges */
  { &im_msg_type, "{\"message_conv_type\":-1}", IM_JSON_ERROR_RANGE, "Message.message_conv_type: -1 out of range" },
  { &im_msg_type, "{\"message_conv_type\":4}", IM_JSON_ERROR_RANGE, "Message.message_conv_type: 4 out of range" },
  { &im_msg_type, "{\"message_seq\":-1}", IM_JSON_ERROR_RANGE, "Message.message_seq: -1" },
  { &im_msg_type, "{\"message_seq\":18446744073709551616}", IM_JSON_ERROR_RANGE, "Message.message_seq: out of range" },
  { &im_msg_type, "{\"message_custom_int\":4294967296}", IM_JSON_ERROR_RANGE, "message_custom_int" },
  { &im_msg_type, "{\"message_linnet_error_code\":9223372036854775808}", IM_JSON_ERROR_RANGE, "9223372036854775808" },
  { &im_msg_type, "{\"message_linnet_error_code\":-9223372036854775809}", IM_JSON_ERROR_RANGE, "error_code" },
  { &im_msg_type, "{\"x\":18446744073709551616}", IM_JSON_ERROR_RANGE, "64 bits" },
  { &im_msg_type, "{\"x\":1e999}", IM_JSON_ERROR_RANGE, "64 bits" },
  { &im_msg_type, "{\"message_elem_array\":[{\"elem_type\":8,\"location_elem_longitude\":1e999,\"location_elem_latitude\":0}]}", IM_JSON_ERROR_RANGE, "location_elem_longitude" },
  { &im_group_base_info_type, "{\"group_base_info_group_type\":\"Club\"}", IM_JSON_ERROR_RANGE, "group_type" },
  /* required */
  { &im_draft_type, "{}", IM_JSON_ERROR_MISSING, "Draft.draft_msg: missing" },
  { &im_draft_type, "{\"draft_msg\":null}", IM_JSON_ERROR_MISSING, "Draft.draft_msg: missing" },
  { &im_msg_type, "{\"message_elem_array\":[{}]}", IM_JSON_ERROR_MISSING, "Elem.elem_type: missing" },
  { &im_msg_type, "{\"message_elem_array\":[{\"elem_type\":0}]}", IM_JSON_ERROR_MISSING, "TextElem.text_elem_content: missing" },
  { &im_request_param_type, "{}", IM_JSON_ERROR_MISSING, "request_internal_operation" },
  { &im_friend_response_type, "{\"friend_response_identifier\":\"a\",\"friend_respone_action\":1}", -1, NULL },
};
/* clang-format on */

static void
test_strict (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (strict_cases); i++)
    {
      const StrictCase *item = &strict_cases[i];
      g_autoptr (GError) error = NULL;
      gpointer object = im_json_parse (item->type, item->text, -1, IM_JSON_STRICT, &error);

      g_test_message ("case %u: %s", i, error != NULL ? error->message : "accepted");
      if (item->code < 0)
        {
          g_assert_no_error (error);
          g_assert_nonnull (object);
        }
      else
        {
          g_assert_error (error, IM_JSON_ERROR, item->code);
          g_assert_null (object);
          g_assert_true (item->message == NULL || strstr (error->message, item->message) != NULL);
        }
      im_json_unref (object);
    }
}

/* Text, and what is left of it. */
static const struct
{
  const ImJsonType *type;
  const char *text;
  const char *left;
} lenient_cases[] = {
  { &im_msg_type, "{\"message_seq\":\"1\",\"message_rand\":2}", "{\"message_rand\":2}" },
  { &im_msg_type, "{\"message_seq\":-1,\"message_conv_type\":9}", "{}" },
  { &im_msg_type, "{\"message_seq\":18446744073709551616}", "{}" },
  { &im_msg_type, "{\"message_seq\":1,\"message_seq\":2}", "{\"message_seq\":1}" },
  { &im_msg_type, "{\"message_seq\":\"x\",\"message_seq\":2}", "{}" },
  { &im_msg_type, "{\"message_is_read\":[],\"message_sender\":{\"a\":[]}}", "{}" },
  { &im_msg_type, "{\"message_is_read\":0}", "{\"message_is_read\":false}" },
  { &im_msg_type, "{\"message_is_read\":-5}", "{\"message_is_read\":true}" },
  { &im_msg_type, "{\"message_sender\":\"\\ud800a\"}",
    "{\"message_sender\":\"\xef\xbf\xbd"
    "a\"}" },
  { &im_msg_type, "{\"message_sender\":\"a\\u0000b\"}", "{\"message_sender\":\"a\"}" },
  { &im_msg_type, "{\"message_sender\":\"\\ud83d\\ude00\"}",
    "{\"message_sender\":\"\xf0\x9f\x98\x80\"}" },
  { &im_msg_type,
    "{\"message_elem_array\":[1,null,[],{\"elem_type\":0,\"text_elem_content\":\"a\"},\"x\"]}",
    "{\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":\"a\"}]}" },
  { &im_msg_type,
    "{\"message_elem_array\":[{\"text_elem_content\":\"a\",\"elem_type\":0,\"future\":1}]}",
    "{\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":\"a\"}]}" },
  { &im_draft_type, "{}", "{}" },
  { &im_group_base_info_type, "{\"group_base_info_group_type\":\"Club\"}", "{}" },
  { &im_group_base_info_type, "{\"group_base_info_group_type\":1}",
    "{\"group_base_info_group_type\":\"Private\"}" },
  { &im_get_profile_list_param_type,
    "{\"friendship_getprofilelist_param_identifier_array\":[\"a\",1,null,\"b\"]}",
    "{\"friendship_getprofilelist_param_identifier_array\":[\"a\",\"b\"]}" },
};

static void
test_lenient (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lenient_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gpointer object = im_json_parse (lenient_cases[i].type, lenient_cases[i].text, -1,
                                       IM_JSON_LENIENT, &error);
      g_autofree char *left = NULL;

      g_assert_no_error (error);
      left = im_json_format_internal (object);
      assert_json_equal (left, lenient_cases[i].left, lenient_cases[i].text);
      im_json_unref (object);
    }
}

static void
test_64_bits (void)
{
  static const char text[]
      = "{\"message_unique_id\":18446744073709551615,\"message_rand\":9007199254740993,"
        "\"message_seq\":9223372036854775808,\"message_linnet_error_code\":-9223372036854775808}";
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMsg) msg = im_json_parse (&im_msg_type, text, -1, IM_JSON_STRICT, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (msg->unique_id, ==, G_MAXUINT64);
  g_assert_cmpuint (msg->rand, ==, G_GUINT64_CONSTANT (9007199254740993));
  g_assert_cmpuint (msg->seq, ==, G_GUINT64_CONSTANT (9223372036854775808));
  g_assert_cmpint (msg->error_code, ==, G_MININT64);
  again = im_json_format (msg);
  g_assert_cmpstr (
      again, ==,
      "{\"message_unique_id\":18446744073709551615,\"message_rand\":9007199254740993,"
      "\"message_seq\":9223372036854775808,\"message_linnet_error_code\":-9223372036854775808}");
}

static void
test_flags_may_be_negative (void)
{
  static const char *const texts[] = { "-2147483648", "2147483648" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"group_modify_info_param_group_id\":\"g\",\"group_modify_info_param_modify_flag\":%s}",
          texts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (ImGroupModifyInfoParam) param
          = im_json_parse (&im_group_modify_info_param_type, text, -1, IM_JSON_STRICT, &error);

      g_assert_no_error (error);
      g_assert_cmpint (param->modify_flag, ==, G_GINT64_CONSTANT (2147483648));
      g_assert_true (IM_JSON_HAS (param, ImGroupModifyInfoParam, modify_flag));
      g_assert_false (IM_JSON_HAS (param, ImGroupModifyInfoParam, group_name));
    }
}

static void
test_old_roles_in_requests (void)
{
  static const char text[]
      = "{\"group_member_info_identifier\":\"a\",\"group_member_info_member_role\":2}";
  g_autoptr (ImGroupMemberInfo) strict
      = im_json_parse (&im_group_member_info_type, text, -1, IM_JSON_STRICT, NULL);
  g_autoptr (ImGroupMemberInfo) lenient
      = im_json_parse (&im_group_member_info_type, text, -1, IM_JSON_LENIENT, NULL);

  g_assert_cmpint (strict->member_role, ==, 300);
  g_assert_cmpint (lenient->member_role, ==, 2);
}

static char *
nested (char open, char close, guint depth)
{
  char *text = g_malloc (2 * depth + 1);

  memset (text, open, depth);
  memset (text + depth, close, depth);
  text[2 * depth] = '\0';
  return text;
}

static void
test_depth (void)
{
  static const guint depths[] = { 31, 32, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    for (int mode = IM_JSON_LENIENT; mode <= IM_JSON_RESULT; mode++)
      {
        g_autofree char *brackets = nested ('[', ']', depths[i]);
        g_autofree char *text = g_strdup_printf ("{\"x\":%s}", brackets);
        g_autoptr (GError) error = NULL;
        g_autoptr (ImMsg) msg = im_json_parse (&im_msg_type, text, -1, (ImJsonMode) mode, &error);

        if (depths[i] < IM_JSON_MAX_DEPTH)
          g_assert_no_error (error);
        else
          g_assert_error (error, IM_JSON_ERROR, IM_JSON_ERROR_DEPTH);
      }
}

/* Depth in objects that the tables know: a message in a draft in a message … does not exist, but
 * brackets do. */
static void
test_unclosed_brackets (void)
{
  g_autofree char *open = nested ('[', '[', 100000);
  g_autoptr (GError) error = NULL;

  g_assert_null (im_json_parse_array (&im_msg_type, open, -1, IM_JSON_LENIENT, &error));
  g_assert_error (error, IM_JSON_ERROR, IM_JSON_ERROR_DEPTH);
}

static void
test_size (void)
{
  g_autofree char *text = g_malloc (IM_JSON_MAX_SIZE + 2);
  g_autoptr (GError) error = NULL;

  memset (text, ' ', IM_JSON_MAX_SIZE + 1);
  text[IM_JSON_MAX_SIZE + 1] = '\0';
  g_assert_null (im_json_parse (&im_msg_type, text, -1, IM_JSON_LENIENT, &error));
  g_assert_error (error, IM_JSON_ERROR, IM_JSON_ERROR_SIZE);
}

static void
test_length_is_respected (void)
{
  static const char text[] = "{\"message_seq\":12}garbage";
  static const char with_nul[] = "{\"message_seq\":1\0}";
  g_autoptr (GError) error = NULL;
  g_autoptr (ImMsg) msg = im_json_parse (&im_msg_type, text, 18, IM_JSON_STRICT, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (msg->seq, ==, 12);
  g_assert_null (
      im_json_parse (&im_msg_type, with_nul, sizeof with_nul - 1, IM_JSON_LENIENT, &error));
  g_assert_error (error, IM_JSON_ERROR, IM_JSON_ERROR_ENCODING);
}

static void
test_no_text_is_an_error (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (im_json_parse (&im_msg_type, NULL, -1, IM_JSON_STRICT, &error));
  g_assert_error (error, IM_JSON_ERROR, IM_JSON_ERROR_SYNTAX);
}

static void
test_many_duplicates_stay_fast (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (ImMsg) msg = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "%s\"key%u\":%u", i > 0 ? "," : "", i, i);
  g_string_append_c (text, '}');
  msg = im_json_parse (&im_msg_type, text->str, (gssize) text->len, IM_JSON_STRICT, NULL);
  g_assert_nonnull (msg);
}

static void
test_array_forms (void)
{
  static const char one[] = "{\"message_seq\":1}";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) bare = im_json_parse_array (&im_msg_type, one, -1, IM_JSON_RESULT, NULL);
  g_autoptr (GPtrArray) empty = im_json_parse_array (&im_msg_type, "[]", -1, IM_JSON_STRICT, NULL);
  g_auto (GStrv) strings = im_json_parse_strv ("[\"a\",\"\"]", -1, IM_JSON_STRICT, NULL);

  g_assert_cmpuint (bare->len, ==, 1);
  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (g_strv_length (strings), ==, 2);
  g_assert_null (im_json_parse_array (&im_msg_type, one, -1, IM_JSON_STRICT, &error));
  g_assert_error (error, IM_JSON_ERROR, IM_JSON_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (im_json_parse_strv ("{}", -1, IM_JSON_LENIENT, &error));
  g_assert_error (error, IM_JSON_ERROR, IM_JSON_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (im_json_parse_strv ("[1]", -1, IM_JSON_STRICT, &error));
  g_assert_error (error, IM_JSON_ERROR, IM_JSON_ERROR_TYPE);
}

static void
test_custom_fields_as_object (void)
{
  static const char text[] = "{\"group_member_info_identifier\":\"a\",\"group_member_info_custom_"
                             "info\":{\"k\":\"v\",\"l\":\"w\"}}";
  g_autoptr (ImGroupMemberInfo) info
      = im_json_parse (&im_group_member_info_type, text, -1, IM_JSON_STRICT, NULL);
  g_autofree char *again = im_json_format (info);
  ImGroupMemberCustomField *field;

  g_assert_cmpuint (info->customs->len, ==, 2);
  field = info->customs->pdata[1];
  g_assert_cmpstr (field->key, ==, "l");
  g_assert_cmpstr (field->value, ==, "w");
  assert_json_member (again, "group_member_info_custom_info",
                      "[{\"group_member_info_custom_string_info_key\":\"k\","
                      "\"group_member_info_custom_string_info_value\":\"v\"},"
                      "{\"group_member_info_custom_string_info_key\":\"l\","
                      "\"group_member_info_custom_string_info_value\":\"w\"}]");
}

static void
test_server_info (void)
{
  static const char text[]
      = "{\"request_internal_operation\":\"internal_operation_set_custom_server_info\","
        "\"request_set_custom_server_info_param\":{\"longconnection_address_array\":[{\"server_"
        "address_ip\":"
        "\"127.0.0.1\",\"server_address_port\":5280}],\"server_public_key\":\"k\",\"domain\":"
        "\"localhost\","
        "\"allow_plain\":true}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (ImRequestParam) param
      = im_json_parse (&im_request_param_type, text, -1, IM_JSON_STRICT, &error);
  ImServerAddress *address;

  g_assert_no_error (error);
  g_assert_cmpstr (param->internal_operation, ==, IM_OPERATION_SET_CUSTOM_SERVER_INFO);
  address = param->custom_server_info->longconnection_addresses->pdata[0];
  g_assert_cmpstr (address->ip, ==, "127.0.0.1");
  g_assert_cmpint (address->port, ==, 5280);
  g_assert_true (param->custom_server_info->allow_plain);
  g_assert_cmpstr (param->custom_server_info->domain, ==, "localhost");
}

static void
test_arrays_of_numbers (void)
{
  static const gint64 expected[] = { 0, 4, 7 };
  g_autoptr (ImMsgSearchParam) param
      = im_json_parse (&im_msg_search_param_type,
                       "{\"msg_search_param_message_type_array\":[0,\"x\",0.5,4,[1],7,1e30]}", -1,
                       IM_JSON_LENIENT, NULL);

  g_assert_cmpmem (param->elem_types->data, param->elem_types->len * sizeof (gint64), expected,
                   sizeof expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/parse/strict-names-every-fault", test_strict);
  g_test_add_func ("/codec/parse/lenient-drops-what-is-bad", test_lenient);
  g_test_add_func ("/codec/parse/arrays-of-numbers", test_arrays_of_numbers);
  g_test_add_func ("/codec/parse/64-bits-are-exact", test_64_bits);
  g_test_add_func ("/codec/parse/flags-may-be-negative", test_flags_may_be_negative);
  g_test_add_func ("/codec/parse/old-roles-only-in-requests", test_old_roles_in_requests);
  g_test_add_func ("/codec/parse/depth-is-limited", test_depth);
  g_test_add_func ("/codec/parse/unclosed-brackets", test_unclosed_brackets);
  g_test_add_func ("/codec/parse/size-is-limited", test_size);
  g_test_add_func ("/codec/parse/length-is-respected", test_length_is_respected);
  g_test_add_func ("/codec/parse/no-text-is-an-error", test_no_text_is_an_error);
  g_test_add_func ("/codec/parse/many-keys-stay-fast", test_many_duplicates_stay_fast);
  g_test_add_func ("/codec/parse/forms-of-arrays", test_array_forms);
  g_test_add_func ("/codec/parse/custom-fields-as-object", test_custom_fields_as_object);
  g_test_add_func ("/codec/parse/server-info", test_server_info);
  return g_test_run ();
}
