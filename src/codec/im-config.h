/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* What TIMInit and TIMSetConfig are given. Keys and meanings stand in the table of im-config.c. */

typedef struct _ImSdkConfig ImSdkConfig;
typedef struct _ImSetConfig ImSetConfig;
typedef struct _ImUserConfig ImUserConfig;
typedef struct _ImGroupGetInfoOption ImGroupGetInfoOption;
typedef struct _ImGroupMemberGetInfoOption ImGroupMemberGetInfoOption;
typedef struct _ImHttpProxy ImHttpProxy;
typedef struct _ImSocks5Proxy ImSocks5Proxy;

/* Second argument of TIMInit */
struct _ImSdkConfig
{
  ImJsonHeader header;
  char *config_file_path;
  char *log_file_path;
  guint64 java_vm;
  char *server_url;
  char *domain;
  char *platform;
  char *profile;
  gboolean offline_login;
};

/* Argument and result of TIMSetConfig */
struct _ImSetConfig
{
  ImJsonHeader header;
  gint64 log_level;
  gint64 callback_log_level;
  gboolean is_log_output_console;
  ImUserConfig *user_config;
  char *user_define_data;
  ImHttpProxy *http_proxy;
  ImSocks5Proxy *socks5_proxy;
  gboolean is_only_local_dns_source;
};

/* Inside SetConfig */
struct _ImUserConfig
{
  ImJsonHeader header;
  gboolean is_read_receipt;
  gboolean is_sync_report;
  gboolean is_ignore_grouptips_unread;
  gboolean is_disable_storage;
  ImGroupGetInfoOption *group_get_info_option;
  ImGroupMemberGetInfoOption *group_member_get_info_option;
};

/* Default filter of group queries */
struct _ImGroupGetInfoOption
{
  ImJsonHeader header;
  guint64 info_flag;
  guint64 role_flag;
  char **custom_names;
};

/* Filter of member queries */
struct _ImGroupMemberGetInfoOption
{
  ImJsonHeader header;
  guint64 info_flag;
  guint64 role_flag;
  char **custom_names;
};

/* Inside SetConfig */
struct _ImHttpProxy
{
  ImJsonHeader header;
  char *ip;
  gint64 port;
  char *username;
  char *password;
};

/* Inside SetConfig */
struct _ImSocks5Proxy
{
  ImJsonHeader header;
  char *ip;
  gint64 port;
  char *username;
  char *password;
};

extern const ImJsonType im_sdk_config_type;
extern const ImJsonType im_set_config_type;
extern const ImJsonType im_user_config_type;
extern const ImJsonType im_group_get_info_option_type;
extern const ImJsonType im_group_member_get_info_option_type;
extern const ImJsonType im_http_proxy_type;
extern const ImJsonType im_socks5_proxy_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImSdkConfig, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImSetConfig, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImUserConfig, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupGetInfoOption, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImGroupMemberGetInfoOption, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImHttpProxy, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImSocks5Proxy, im_json_unref)

G_END_DECLS
