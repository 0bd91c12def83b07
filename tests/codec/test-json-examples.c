/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-config.h"
#include "im-conv.h"
#include "im-friend-group.h"
#include "im-friend-pendency.h"
#include "im-friend.h"
#include "im-group-member.h"
#include "im-group-pendency.h"
#include "im-group.h"
#include "im-json-pack.h"
#include "im-msg.h"
#include "im-user.h"

#include "json-compare.h"

/* The contract: each example of the specification, read and written again, is the same JSON value.
 */

typedef enum
{
  OBJECT,
  ARRAY,
  STRINGS
} Form;

typedef struct
{
  const char *file;
  Form form;
  const ImJsonType *type;
} Example;

/* clang-format off */
static const Example examples[] = {
  { "01-TIMSetConfig",                        OBJECT,  &im_set_config_type },
  { "02-TIMConvCreate",                       OBJECT,  &im_conv_type },
  { "03-TIMConvGetConvList",                  ARRAY,   &im_conv_type },
  { "04-TIMMsgSendNewMsg",                    OBJECT,  &im_msg_type },
  { "05-TIMMsgFindByMsgLocatorList",          ARRAY,   &im_msg_type },
  { "06-TIMMsgGetMsgList",                    ARRAY,   &im_msg_type },
  { "07-TIMMsgDownloadElemToPath",            OBJECT,  &im_download_elem_result_type },
  { "08-TIMMsgBatchSend",                     ARRAY,   &im_msg_batch_send_result_type },
  { "09-TIMGroupCreate",                      OBJECT,  &im_create_group_result_type },
  { "10-TIMGroupInviteMember",                ARRAY,   &im_group_invite_member_result_type },
  { "11-TIMGroupDeleteMember",                ARRAY,   &im_group_delete_member_result_type },
  { "12-TIMGroupGetJoinedGroupList",          ARRAY,   &im_group_base_info_type },
  { "13-TIMGroupGetGroupInfoList",            ARRAY,   &im_get_group_info_result_type },
  { "14-TIMGroupGetMemberInfoList",           OBJECT,  &im_group_get_member_info_list_result_type },
  { "15-TIMGroupGetPendencyList",             OBJECT,  &im_group_pendency_result_type },
  { "16-TIMProfileGetUserProfileList",        ARRAY,   &im_user_profile_type },
  { "17-TIMFriendshipGetFriendProfileList",   ARRAY,   &im_friend_profile_type },
  { "18-TIMFriendshipAddFriend",              OBJECT,  &im_friend_result_type },
  { "19-TIMFriendshipDeleteFriend",           ARRAY,   &im_friend_result_type },
  { "20-TIMFriendshipHandleFriendAddRequest", OBJECT,  &im_friend_result_type },
  { "21-TIMFriendshipGetPendencyList",        OBJECT,  &im_friend_pendency_page_type },
  { "22-TIMFriendshipDeletePendency",         ARRAY,   &im_friend_result_type },
  { "23-TIMFriendshipCheckFriendType",        ARRAY,   &im_check_friend_type_result_type },
  { "24-TIMFriendshipCreateFriendGroup",      ARRAY,   &im_friend_result_type },
  { "25-TIMFriendshipGetFriendGroupList",     ARRAY,   &im_friend_group_info_type },
  { "26-TIMFriendshipModifyFriendGroup",      ARRAY,   &im_friend_result_type },
  { "27-TIMFriendshipAddToBlackList",         ARRAY,   &im_friend_result_type },
  { "28-TIMFriendshipGetBlackList",           ARRAY,   &im_friend_profile_type },
  { "29-TIMFriendshipDeleteFromBlackList",    ARRAY,   &im_friend_result_type },
  { "31-TIMRecvNewMsgCallback-text",          ARRAY,   &im_msg_type },
  { "32-TIMRecvNewMsgCallback-group-report",  ARRAY,   &im_msg_type },
  { "33-TIMRecvNewMsgCallback-group-tips",    ARRAY,   &im_msg_type },
  { "34-TIMOnAddFriendCallback",              STRINGS, NULL },
  { "35-TIMOnDeleteFriendCallback",           STRINGS, NULL },
  { "36-TIMUpdateFriendProfileCallback",      ARRAY,   &im_friend_profile_update_type },
  { "37-TIMFriendAddRequestCallback",         ARRAY,   &im_friend_add_pendency_type },
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (examples) == 36);

static char *
read_example (const Example *example)
{
  g_autofree char *name = g_strconcat (example->file, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "json", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
read_and_write (const Example *example, const char *text, ImJsonMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) array = NULL;
  g_auto (GStrv) strings = NULL;
  gpointer object;
  char *again = NULL;

  if (example->form == OBJECT)
    {
      object = im_json_parse (example->type, text, -1, mode, &error);
      g_assert_no_error (error);
      again = im_json_format (object);
      im_json_unref (object);
    }
  else if (example->form == ARRAY)
    {
      array = im_json_parse_array (example->type, text, -1, mode, &error);
      g_assert_no_error (error);
      again = im_json_format_array (array);
    }
  else
    {
      strings = im_json_parse_strv (text, -1, mode, &error);
      g_assert_no_error (error);
      again = im_json_format_strv ((const char *const *) strings);
    }
  return again;
}

static void
test_example (gconstpointer data)
{
  const Example *example = data;
  g_autofree char *text = read_example (example);

  for (int mode = IM_JSON_LENIENT; mode <= IM_JSON_RESULT; mode++)
    {
      g_autofree char *again = read_and_write (example, text, (ImJsonMode) mode);

      assert_json_equal (again, text, example->file);
    }
}

/* Packed and unpacked it is the same object, to its last mark. */
static void
test_packed_example (gconstpointer data)
{
  const Example *example = data;
  g_autofree char *text = read_example (example);
  g_autoptr (GPtrArray) array = NULL;

  if (example->form == STRINGS)
    return;
  array = im_json_parse_array (example->type, text, -1, IM_JSON_LENIENT, NULL);
  for (guint i = 0; i < array->len; i++)
    {
      g_autofree guint8 *packed = im_json_pack (array->pdata[i]);
      gpointer object = im_json_unpack (example->type, packed);
      g_autofree char *before = im_json_format (array->pdata[i]);
      g_autofree char *after = im_json_format (object);

      g_assert_true (im_json_equal (object, array->pdata[i]));
      g_assert_cmpstr (after, ==, before);
      im_json_unref (object);
    }
}

/* Numbers at their ends, empty and missing texts, keys without a row. */
static void
test_packed_extremes (void)
{
  g_autoptr (ImMsg) msg
      = im_json_parse (&im_msg_type,
                       "{\"message_elem_array\":[{\"elem_type\":99,\"new_key\":[1,{\"a\":null}]}],"
                       "\"message_unique_id\":18446744073709551615,\"message_custom_str\":\"\"}",
                       -1, IM_JSON_LENIENT, NULL);
  g_autofree guint8 *packed = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (ImMsg) again = NULL;

  msg->error_code = G_MININT64;
  msg->platform = G_MAXINT64;
  packed = im_json_pack (msg);
  again = im_json_unpack (&im_msg_type, packed);
  before = im_json_format (msg);
  after = im_json_format (again);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (again->error_code, ==, G_MININT64);
  g_assert_cmpuint (again->unique_id, ==, G_MAXUINT64);
  g_assert_cmpstr (again->custom_str, ==, "");
  g_assert_null (again->sender);
}

/* What the library would say of the same thing: every key of the example, with its value, and some
 * more. */
static void
test_complete_example (gconstpointer data)
{
  const Example *example = data;
  g_autofree char *text = read_example (example);
  g_autoptr (GPtrArray) array = NULL;
  g_autofree char *complete = NULL;

  if (example->form == STRINGS)
    return;
  array = im_json_parse_array (example->type, text, -1, IM_JSON_LENIENT, NULL);
  g_assert_nonnull (array);
  for (guint i = 0; i < array->len; i++)
    im_json_complete (array->pdata[i]);
  complete
      = example->form == OBJECT ? im_json_format (array->pdata[0]) : im_json_format_array (array);
  assert_json_contains (complete, text, example->file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *path = g_strconcat ("/codec/examples/", examples[i].file, NULL);
      g_autofree char *packed = NULL;
      g_autofree char *complete_path
          = g_strconcat ("/codec/examples-complete/", examples[i].file, NULL);

      g_test_add_data_func (path, &examples[i], test_example);
      g_test_add_data_func (complete_path, &examples[i], test_complete_example);
      packed = g_strconcat ("/codec/packed/", examples[i].file, NULL);
      g_test_add_data_func (packed, &examples[i], test_packed_example);
    }
  g_test_add_func ("/codec/packed/extremes", test_packed_extremes);
  return g_test_run ();
}
