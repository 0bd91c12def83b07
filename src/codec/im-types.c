/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-config.h"
#include "im-conv.h"
#include "im-elem.h"
#include "im-friend-group.h"
#include "im-friend-pendency.h"
#include "im-friend.h"
#include "im-group-member.h"
#include "im-group-pendency.h"
#include "im-group-tips.h"
#include "im-group.h"
#include "im-json-private.h"
#include "im-msg.h"
#include "im-reaction.h"
#include "im-reply.h"
#include "im-request.h"
#include "im-search.h"
#include "im-user.h"

/* The lists of all types, for the reference, the public headers and the tests. */

/* clang-format off */
static const ImJsonType *const seed_types[] = {
  &im_sdk_config_type,
  &im_set_config_type,
  &im_user_config_type,
  &im_group_get_info_option_type,
  &im_group_member_get_info_option_type,
  &im_http_proxy_type,
  &im_socks5_proxy_type,
  &im_msg_type,
  &im_offline_push_config_type,
  &im_ios_offline_push_config_type,
  &im_android_offline_push_config_type,
  &im_receipt_type,
  &im_msg_locator_type,
  &im_get_msg_list_param_type,
  &im_msg_delete_param_type,
  &im_msg_batch_send_param_type,
  &im_msg_batch_send_result_type,
  &im_download_elem_param_type,
  &im_download_elem_result_type,
  &im_elem_type,
  &im_text_elem_type,
  &im_image_elem_type,
  &im_sound_elem_type,
  &im_custom_elem_type,
  &im_file_elem_type,
  &im_group_tips_elem_type,
  &im_group_tip_group_change_type,
  &im_group_tip_member_change_type,
  &im_face_elem_type,
  &im_location_elem_type,
  &im_group_report_elem_type,
  &im_video_elem_type,
  &im_friend_change_elem_type,
  &im_friend_profile_update_type,
  &im_profile_change_elem_type,
  &im_conv_type,
  &im_draft_type,
  &im_create_group_param_type,
  &im_create_group_result_type,
  &im_group_invite_member_param_type,
  &im_group_invite_member_result_type,
  &im_group_delete_member_param_type,
  &im_group_delete_member_result_type,
  &im_group_base_info_type,
  &im_group_self_info_type,
  &im_get_group_info_result_type,
  &im_group_detail_info_type,
  &im_group_custom_field_type,
  &im_group_modify_info_param_type,
  &im_group_get_member_info_list_param_type,
  &im_group_get_member_info_list_result_type,
  &im_group_member_info_type,
  &im_group_member_custom_field_type,
  &im_group_modify_member_info_param_type,
  &im_group_pendency_option_type,
  &im_group_pendency_result_type,
  &im_group_pendency_type,
  &im_group_handle_pendency_param_type,
  &im_get_profile_list_param_type,
  &im_user_profile_type,
  &im_user_profile_item_type,
  &im_user_custom_field_type,
  &im_friend_profile_type,
  &im_friend_profile_item_type,
  &im_friend_custom_field_type,
  &im_modify_friend_profile_param_type,
  &im_add_friend_param_type,
  &im_friend_result_type,
  &im_friend_add_pendency_type,
  &im_get_friend_pendency_list_param_type,
  &im_friend_pendency_page_type,
  &im_friend_pendency_type,
  &im_delete_friend_pendency_param_type,
  &im_friend_response_type,
  &im_delete_friend_param_type,
  &im_create_friend_group_param_type,
  &im_friend_group_info_type,
  &im_modify_friend_group_param_type,
  &im_check_friend_type_param_type,
  &im_check_friend_type_result_type,
};

static const ImJsonType *const other_types[] = {
  &im_msg_search_param_type,
  &im_msg_search_result_type,
  &im_msg_search_result_item_type,
  &im_request_param_type,
  &im_custom_server_info_type,
  &im_server_address_type,
  &im_register_account_param_type,
  &im_register_account_field_type,
  &im_register_account_option_type,
  &im_set_database_aside_param_type,
  &im_response_info_type,
  &im_register_account_result_type,
  &im_set_database_aside_result_type,
  &im_conversation_list_filter_type,
  &im_conversation_list_result_type,
  &im_total_unread_result_type,
  &im_conv_operation_result_type,
  &im_recv_opt_result_type,
  &im_merger_elem_type,
  &im_cloud_custom_data_type,
  &im_message_reply_type,
  &im_reaction_user_type,
  &im_reaction_type,
  &im_reaction_result_type,
  &im_reaction_users_type,
  &im_reaction_change_type,
};
/* clang-format on */

const ImJsonType *const *
im_json_seed_types (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (seed_types);
  return seed_types;
}

const ImJsonType *const *
im_json_other_types (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (other_types);
  return other_types;
}
