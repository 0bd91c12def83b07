/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON text from anywhere: nothing crashes, and what was understood is written and read again the
 * same. */

#include "im-config.h"
#include "im-conv.h"
#include "im-elem.h"
#include "im-friend-pendency.h"
#include "im-friend.h"
#include "im-group-pendency.h"
#include "im-group.h"
#include "im-msg.h"
#include "im-request.h"
#include "im-user.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const ImJsonType *const types[] = {
  &im_msg_type,
  &im_elem_type,
  &im_conv_type,
  &im_draft_type,
  &im_set_config_type,
  &im_sdk_config_type,
  &im_get_group_info_result_type,
  &im_group_base_info_type,
  &im_group_get_member_info_list_result_type,
  &im_group_modify_info_param_type,
  &im_group_pendency_result_type,
  &im_user_profile_type,
  &im_friend_profile_type,
  &im_friend_profile_update_type,
  &im_friend_pendency_page_type,
  &im_request_param_type,
  &im_get_msg_list_param_type,
};

static void
check_stable (const ImJsonType *type, gpointer object)
{
  g_autofree char *first = im_json_format_internal (object);
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  gpointer copy = im_json_copy (object);
  gpointer again = im_json_parse (type, first, -1, IM_JSON_LENIENT, &error);

  g_assert_no_error (error);
  g_free (im_json_format (object));
  second = im_json_format_internal (again);
  g_assert_cmpstr (first, ==, second);
  g_assert_true (im_json_equal (object, copy));
  im_json_complete (copy);
  g_free (im_json_format (copy));
  im_json_unref (again);
  im_json_unref (copy);
}

static void
check_object (const ImJsonType *type, const char *text, gsize size, ImJsonMode mode)
{
  g_autoptr (GError) error = NULL;
  gpointer object = im_json_parse (type, text, (gssize) size, mode, &error);

  g_assert_true ((object == NULL) == (error != NULL));
  if (object != NULL)
    check_stable (type, object);
  im_json_unref (object);
}

static void
check_arrays (const char *text, gsize size, ImJsonMode mode)
{
  g_autoptr (GPtrArray) array = im_json_parse_array (&im_msg_type, text, (gssize) size, mode, NULL);
  g_auto (GStrv) strings = im_json_parse_strv (text, (gssize) size, mode, NULL);

  if (array != NULL)
    g_free (im_json_format_array (array));
  for (guint i = 0; array != NULL && i < array->len; i++)
    check_stable (&im_msg_type, array->pdata[i]);
  if (strings != NULL)
    g_free (im_json_format_strv ((const char *const *) strings));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;

  for (int mode = IM_JSON_LENIENT; mode <= IM_JSON_STRICT; mode++)
    {
      check_arrays (text, size, (ImJsonMode) mode);
      for (guint i = 0; i < G_N_ELEMENTS (types); i++)
        check_object (types[i], text, size, (ImJsonMode) mode);
    }
  return 0;
}
