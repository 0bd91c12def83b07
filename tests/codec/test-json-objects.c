/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-conv.h"
#include "im-elem.h"
#include "im-friend.h"
#include "im-group-tips.h"
#include "im-group.h"
#include "im-msg.h"
#include "im-profile.h"
#include "im-request.h"
#include "im-user.h"

#include "json-compare.h"

#include <string.h>

/* Objects as the layers use them: elements, spellings, presence, copies, profiles, secrets. */

static ImMsg *
parse_msg (const char *text, ImJsonMode mode)
{
  g_autoptr (GError) error = NULL;
  ImMsg *msg = im_json_parse (&im_msg_type, text, -1, mode, &error);

  g_assert_no_error (error);
  return msg;
}

static void
test_unknown_element_is_kept (void)
{
  static const char *const elements[] = {
    "{\"elem_type\":77,\"new_elem_list\":[1,{\"deep\":[true,null,\"\\u597d\"]}],\"new_elem_id\":"
    "18446744073709551615}",
    "{\"elem_type\":14,\"later_elem_title\":\"both\",\"empty\":{},\"none\":[],\"small\":-0.5e-3}",
    "{\"elem_type\":5}",
    "{\"elem_type\":-1,\"a\":\"quote \\\" and \\\\ and \\n\"}",
    "{\"elem_type\":\"text\",\"a\":1}",
    "{\"elem_type\":[0],\"a\":1}",
    "{\"elem_type\":1e30}",
    "{\"elem_type\":99999999999999999999}",
    "{\"no_type\":true}",
    "{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"message_elem_array\":[%s]}", elements[i]);
      g_autoptr (ImMsg) msg = parse_msg (text, IM_JSON_LENIENT);
      g_autoptr (ImMsg) copy = im_json_copy (msg);
      g_autofree char *again = im_json_format_internal (copy);

      g_assert_cmpuint (msg->elems->len, ==, 1);
      g_assert_true (im_json_equal (msg, copy));
      assert_json_equal (again, text, elements[i]);
      if (i == 0)
        g_assert_nonnull (strstr (again, "18446744073709551615"));
      if (i == 7)
        g_assert_nonnull (strstr (again, "99999999999999999999"));
    }
}

static void
test_unknown_element_has_its_type (void)
{
  g_autoptr (ImMsg) msg
      = parse_msg ("{\"message_elem_array\":[{\"elem_type\":77,\"x\":1},{\"x\":2}]}",
                   IM_JSON_LENIENT);
  ImElem *numbered = msg->elems->pdata[0];
  ImElem *nameless = msg->elems->pdata[1];

  g_assert_cmpint (numbered->type, ==, 77);
  g_assert_cmpint (nameless->type, ==, IM_ELEM_INVALID);
  g_assert_true (numbered->header.type == &im_unknown_elem_type);
}

static void
test_element_by_its_tag (void)
{
  g_autoptr (ImMsg) msg
      = parse_msg ("{\"message_elem_array\":["
                   "{\"text_elem_content\":\"late tag\",\"elem_type\":0},"
                   "{\"elem_type\":0,\"elem_type\":3,\"text_elem_content\":\"first tag counts\"}]}",
                   IM_JSON_LENIENT);

  for (guint i = 0; i < 2; i++)
    {
      ImTextElem *text = msg->elems->pdata[i];

      g_assert_true (text->base.header.type == &im_text_elem_type);
      g_assert_cmpint (text->base.type, ==, IM_ELEM_TEXT);
      g_assert_nonnull (text->content);
    }
}

static void
test_new_message (void)
{
  g_autoptr (ImMsg) msg = im_json_new (&im_msg_type);
  ImTextElem *text = im_json_new (&im_text_elem_type);
  g_autofree char *json = NULL;

  text->content = g_strdup ("a\"\\\n\x01/\xf0\x9f\x98\x80");
  msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, text);
  im_json_set_str (&msg->sender, "alice");
  g_assert_cmpint (msg->priority, ==, IM_MSG_PRIORITY_NORMAL);
  json = im_json_format (msg);
  g_assert_cmpstr (
      json, ==,
      "{\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":\"a\\\"\\\\\\n\\u0001/"
      "\xf0\x9f\x98\x80\"}],\"message_conv_id\":\"\",\"message_conv_type\":0,"
      "\"message_sender\":\"alice\",\"message_priority\":1,\"message_client_time\":0,"
      "\"message_server_time\":0,\"message_is_from_self\":false,\"message_platform\":0,"
      "\"message_is_read\":false,\"message_is_online_msg\":false,\"message_is_peer_read\":false,"
      "\"message_status\":0,\"message_unique_id\":0,\"message_rand\":0,\"message_seq\":0,"
      "\"message_custom_int\":0,\"message_custom_str\":\"\"}");
}

static void
test_invalid_utf8_is_repaired_on_writing (void)
{
  g_autoptr (ImMsg) msg = im_json_parse (&im_msg_type, "{}", -1, IM_JSON_LENIENT, NULL);
  g_autofree char *json = NULL;

  im_json_set_str (&msg->sender, "a\xff");
  json = im_json_format (msg);
  g_assert_cmpstr (json, ==, "{\"message_sender\":\"a\xef\xbf\xbd\"}");
}

static void
test_both_spellings (void)
{
  static const char *const texts[] = {
    "{\"group_get_memeber_info_list_result_next_seq\":5}",
    "{\"group_get_member_info_list_result_next_seq\":5}",
    "{\"group_get_memeber_info_list_result_next_seq\":5,\"group_get_member_info_list_result_next_"
    "seq\":5}",
    "{}",
  };
  g_autofree char *both = NULL;
  gpointer result;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gpointer parsed = im_json_parse (&im_group_get_member_info_list_result_type, texts[i], -1,
                                       IM_JSON_STRICT, NULL);
      g_autofree char *again = im_json_format (parsed);

      assert_json_equal (again, texts[i], "spelling as it came");
      im_json_unref (parsed);
    }
  result = im_json_new (&im_group_get_member_info_list_result_type);
  both = im_json_format (result);
  assert_json_equal (both,
                     "{\"group_get_memeber_info_list_result_next_seq\":0,"
                     "\"group_get_member_info_list_result_next_seq\":0,"
                     "\"group_get_memeber_info_list_result_info_array\":[],"
                     "\"group_get_member_info_list_result_info_array\":[]}",
                     "both spellings of a new object");
  im_json_unref (result);
}

static void
test_first_spelling_counts (void)
{
  gpointer parsed = im_json_parse (&im_group_get_member_info_list_result_type,
                                   "{\"group_get_member_info_list_result_next_seq\":7,"
                                   "\"group_get_memeber_info_list_result_next_seq\":8}",
                                   -1, IM_JSON_STRICT, NULL);

  g_assert_cmpuint (((ImGroupGetMemberInfoListResult *) parsed)->next_seq, ==, 7);
  im_json_unref (parsed);
}

static void
test_presence (void)
{
  g_autoptr (ImUserProfileItem) item
      = im_json_parse (&im_user_profile_item_type, "{\"user_profile_item_nick_name\":\"\"}", -1,
                       IM_JSON_STRICT, NULL);
  g_autofree char *json = NULL;

  g_assert_true (IM_JSON_HAS (item, ImUserProfileItem, nick_name));
  g_assert_false (IM_JSON_HAS (item, ImUserProfileItem, gender));
  IM_JSON_MARK (item, ImUserProfileItem, gender);
  g_assert_true (IM_JSON_HAS (item, ImUserProfileItem, gender));
  json = im_json_format (item);
  assert_json_equal (json, "{\"user_profile_item_nick_name\":\"\",\"user_profile_item_gender\":0}",
                     "item");
}

static void
test_missing_object_that_is_always_written (void)
{
  g_autoptr (ImGroupBaseInfo) info = im_json_new (&im_group_base_info_type);
  g_autofree char *json = im_json_format (info);

  assert_json_member (json, "group_base_info_self_info",
                      "{\"group_self_info_join_time\":0,\"group_self_info_role\":0,"
                      "\"group_self_info_unread_num\":0,\"group_self_info_msg_flag\":0}");
}

static void
test_complete (void)
{
  g_autoptr (ImConv) conv
      = im_json_parse (&im_conv_type, "{\"conv_id\":\"a\",\"conv_last_msg\":{\"message_seq\":1}}",
                       -1, IM_JSON_LENIENT, NULL);
  g_autofree char *json = NULL;

  im_json_complete (conv);
  json = im_json_format (conv);
  g_assert_true (json_has_member (json, "conv_unread_num"));
  g_assert_false (json_has_member (json, "conv_draft"));
  g_assert_nonnull (strstr (json, "\"message_custom_str\":\"\""));
}

static void
test_copy_is_deep (void)
{
  g_autoptr (ImMsg) msg
      = parse_msg ("{\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":\"a\"}],"
                   "\"message_sender_profile\":{\"user_profile_identifier\":\"u\"}}",
                   IM_JSON_LENIENT);
  g_autoptr (ImMsg) copy = im_json_copy (msg);
  ImTextElem *text = copy->elems->pdata[0];

  g_assert_true (im_json_equal (msg, copy));
  im_json_set_str (&text->content, "b");
  g_assert_false (im_json_equal (msg, copy));
  g_assert_cmpstr (((ImTextElem *) msg->elems->pdata[0])->content, ==, "a");
  g_assert_true (im_json_diff (msg, copy) == 1);
  g_assert_cmpint (copy->header.ref_count, ==, 1);
  im_json_unref (im_json_ref (copy));
}

static void
test_nothing_is_something (void)
{
  g_autofree char *object = im_json_format (NULL);
  g_autofree char *array = im_json_format_array (NULL);
  g_autofree char *strings = im_json_format_strv (NULL);

  g_assert_cmpstr (object, ==, "{}");
  g_assert_cmpstr (array, ==, "[]");
  g_assert_cmpstr (strings, ==, "[]");
  g_assert_null (im_json_copy (NULL));
  g_assert_true (im_json_equal (NULL, NULL));
  im_json_unref (NULL);
}

static void
test_secrets_stay_out_of_logs (void)
{
  g_autoptr (ImRequestParam) param = im_json_parse (
      &im_request_param_type,
      "{\"request_internal_operation\":\"internal_operation_register_account\","
      "\"request_register_account_param\":{\"register_account_param_user_id\":\"u\","
      "\"register_account_param_password\":\"hush\"}}",
      -1, IM_JSON_STRICT, NULL);
  g_autofree char *log = im_json_format_redacted (param);
  g_autofree char *plain = im_json_format (param);

  g_assert_null (strstr (log, "hush"));
  g_assert_nonnull (strstr (log, "***"));
  g_assert_nonnull (strstr (plain, "hush"));
}

static ImMsg *
new_tips_message (void)
{
  ImMsg *msg = im_json_new (&im_msg_type);
  ImGroupTipsElem *tips = im_json_new (&im_group_tips_elem_type);
  ImGroupTipGroupChange *change = im_json_new (&im_group_tip_group_change_type);

  change->flag = IM_GROUP_TIP_CHANGE_FLAG_NAME;
  tips->group_changes = im_json_array_new ();
  g_ptr_array_add (tips->group_changes, change);
  msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, tips);
  return msg;
}

static void
test_profiles (void)
{
  g_autoptr (ImMsg) msg = new_tips_message ();
  g_autoptr (ImGroupBaseInfo) group = im_json_new (&im_group_base_info_type);
  g_autoptr (ImMsg) back = NULL;
  g_autoptr (ImMsg) raw = NULL;
  g_autofree char *seed = NULL, *tencent = NULL, *internal = NULL, *group_seed = NULL,
                  *back_seed = NULL, *raw_seed = NULL, *group_tencent = NULL;

  seed = im_json_format (msg);
  group_seed = im_json_format (group);
  g_assert_true (im_profile_tips_event_is_array ());
  im_profile_set (IM_PROFILE_TENCENT);
  tencent = im_json_format (msg);
  group_tencent = im_json_format (group);
  internal = im_json_format_internal (msg);
  back = im_json_parse (&im_msg_type, tencent, -1, IM_JSON_RESULT, NULL);
  raw = im_json_parse (&im_msg_type, internal, -1, IM_JSON_LENIENT, NULL);
  g_assert_false (im_profile_tips_event_is_array ());
  im_profile_set (IM_PROFILE_SEED);

  g_assert_cmpstr (seed, ==, internal);
  g_assert_nonnull (strstr (seed, "\"elem_type\":6,"));
  g_assert_nonnull (strstr (seed, "\"group_tips_group_change_info_flag\":10,"));
  g_assert_nonnull (strstr (seed, "\"group_member_info_custom_info\":{}"));
  g_assert_nonnull (strstr (tencent, "\"elem_type\":5,"));
  g_assert_nonnull (strstr (tencent, "\"group_tips_group_change_info_flag\":1,"));
  g_assert_nonnull (strstr (tencent, "\"group_member_info_custom_info\":[]"));
  back_seed = im_json_format (back);
  raw_seed = im_json_format (raw);
  g_assert_cmpstr (back_seed, ==, seed);
  g_assert_cmpstr (raw_seed, ==, seed);
  assert_json_member (group_seed, "group_base_info_group_type", "\"Public\"");
  assert_json_member (group_tencent, "group_base_info_group_type", "0");
}

/* Every number of the published headers comes in as ours and goes out as it came. */
static void
test_tencent_element_numbers (void)
{
  im_profile_set (IM_PROFILE_TENCENT);
  for (int number = 0; number <= 12; number++)
    {
      g_autofree char *text
          = g_strdup_printf ("{\"message_elem_array\":[{\"elem_type\":%d}]}", number);
      g_autoptr (ImMsg) msg = parse_msg (text, IM_JSON_RESULT);
      g_autofree char *again = im_json_format (msg);
      ImElem *elem = msg->elems->pdata[0];

      g_assert_cmpint (elem->type, ==, number < 5 ? number : number + 1);
      assert_json_equal (again, text, "published number");
    }
  im_profile_set (IM_PROFILE_SEED);
}

static void
test_profile_names (void)
{
  ImProfile profile = IM_PROFILE_SEED;

  g_assert_true (im_profile_from_name ("tencent", &profile));
  g_assert_cmpint (profile, ==, IM_PROFILE_TENCENT);
  g_assert_true (im_profile_from_name ("seed", &profile));
  g_assert_cmpint (profile, ==, IM_PROFILE_SEED);
  g_assert_false (im_profile_from_name ("other", &profile));
  g_assert_false (im_profile_from_name (NULL, &profile));
}

static void
test_doubles_are_exact (void)
{
  static const double values[]
      = { 0.1, 1.0 / 3, 116.397128, -39.916527, 1e-300, 5e-324, 1.7976931348623157e308 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (ImLocationElem) place = im_json_new (&im_location_elem_type);
      g_autoptr (ImLocationElem) again = NULL;
      g_autofree char *json = NULL;

      place->longitude = values[i];
      json = im_json_format (place);
      again = im_json_parse (&im_location_elem_type, json, -1, IM_JSON_STRICT, NULL);
      g_assert_true (im_json_equal (place, again));
    }
}

static gpointer
use_shared_message (gpointer data)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (ImMsg) msg = im_json_ref (data);
      g_autofree char *json = im_json_format (msg);

      g_assert_nonnull (json);
    }
  return NULL;
}

static void
test_published_objects_are_shared_between_threads (void)
{
  g_autoptr (ImMsg) msg = new_tips_message ();
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", use_shared_message, msg);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (msg->header.ref_count, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/elem/unknown-element-is-kept", test_unknown_element_is_kept);
  g_test_add_func ("/codec/elem/unknown-element-has-its-type", test_unknown_element_has_its_type);
  g_test_add_func ("/codec/elem/chosen-by-its-tag", test_element_by_its_tag);
  g_test_add_func ("/codec/objects/new-message", test_new_message);
  g_test_add_func ("/codec/objects/invalid-utf8-is-repaired-on-writing",
                   test_invalid_utf8_is_repaired_on_writing);
  g_test_add_func ("/codec/objects/both-spellings", test_both_spellings);
  g_test_add_func ("/codec/objects/first-spelling-counts", test_first_spelling_counts);
  g_test_add_func ("/codec/objects/presence", test_presence);
  g_test_add_func ("/codec/objects/missing-object-that-is-always-written",
                   test_missing_object_that_is_always_written);
  g_test_add_func ("/codec/objects/complete", test_complete);
  g_test_add_func ("/codec/objects/copy-is-deep", test_copy_is_deep);
  g_test_add_func ("/codec/objects/nothing-is-something", test_nothing_is_something);
  g_test_add_func ("/codec/objects/secrets-stay-out-of-logs", test_secrets_stay_out_of_logs);
  g_test_add_func ("/codec/objects/doubles-are-exact", test_doubles_are_exact);
  g_test_add_func ("/codec/objects/published-objects-are-shared",
                   test_published_objects_are_shared_between_threads);
  g_test_add_func ("/codec/profile/numbers-and-shapes", test_profiles);
  g_test_add_func ("/codec/profile/published-element-numbers", test_tencent_element_numbers);
  g_test_add_func ("/codec/profile/names", test_profile_names);
  return g_test_run ();
}
