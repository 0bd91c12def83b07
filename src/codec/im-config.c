/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-config.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField sdk_config_fields[] = {
  IM_STR    (ImSdkConfig, config_file_path, "sdk_config_config_file_path", "kTIMSdkConfigConfigFilePath", IM_IN,           "directory for configuration and local data; created if missing"),
  IM_STR    (ImSdkConfig, log_file_path,    "sdk_config_log_file_path",    "kTIMSdkConfigLogFilePath",    IM_IN,           "directory for log files; created if missing"),
  IM_UINT64 (ImSdkConfig, java_vm,          "sdk_config_java_vm",          "kTIMSdkConfigJavaVM",         IM_IN,           "Android JavaVM pointer; accept and ignore elsewhere"),
  IM_STR    (ImSdkConfig, server_url,       "sdk_config_server_url",       "kTIMSdkConfigServerUrl",      IM_IN | IM_OURS, "WebSocket address of the server; \"\" finds it by the domain"),
  IM_STR    (ImSdkConfig, domain,           "sdk_config_domain",           "kTIMSdkConfigDomain",         IM_IN | IM_OURS, "domain of user ids without one"),
  IM_STR    (ImSdkConfig, platform,         "sdk_config_platform",         "kTIMSdkConfigPlatform",       IM_IN | IM_OURS, "kind of device, which has one login at a time; \"\" is \"desktop\""),
  IM_STR    (ImSdkConfig, profile,          "sdk_config_profile",          "kTIMSdkConfigProfile",        IM_IN | IM_OURS, "numbering profile, \"seed\" or \"tencent\""),
  IM_BOOL   (ImSdkConfig, offline_login,    "sdk_config_offline_login",    "kTIMSdkConfigOfflineLogin",   IM_IN | IM_OURS, "a user this device knows is logged in without the network too; the connection follows"),
};

static const ImJsonField set_config_fields[] = {
  IM_UINT (ImSetConfig, log_level,                                         "set_config_log_level",                "kTIMSetConfigLogLevel",             IM_IN | IM_ALWAYS, "lowest level written to the log file", .initial = 2, .enumeration = "TIMLogLevel", .max = 7),
  IM_UINT (ImSetConfig, callback_log_level,                                "set_config_callback_log_level",       "kTIMSetConfigCackBackLogLevel",     IM_IN | IM_ALWAYS, "lowest level passed to TIMLogCallback", .initial = 2, .enumeration = "TIMLogLevel", .max = 7),
  IM_BOOL (ImSetConfig, is_log_output_console,                             "set_config_is_log_output_console",    "kTIMSetConfigIsLogOutputConsole",   IM_IN | IM_ALWAYS, "also print the log to the console", .initial = TRUE),
  IM_OBJ  (ImSetConfig, user_config, ImUserConfig, im_user_config_type,    "set_config_user_config",              "kTIMSetConfigUserConfig",           IM_IN | IM_ALWAYS, "per-user behaviour switches"),
  IM_STR  (ImSetConfig, user_define_data,                                  "set_config_user_define_data",         "kTIMSetConfigUserDefineData",       IM_IN,             "up to 64 bytes of application data, set before init, handed to the server"),
  IM_OBJ  (ImSetConfig, http_proxy, ImHttpProxy, im_http_proxy_type,       "set_config_http_proxy_info",          "kTIMSetConfigHttpProxyInfo",        IM_IN | IM_ALWAYS, "HTTP proxy for uploads and downloads", .alias = "set_config_proxy_info"),
  IM_OBJ  (ImSetConfig, socks5_proxy, ImSocks5Proxy, im_socks5_proxy_type, "set_config_socks5_proxy_info",        "kTIMSetConfigSocks5ProxyInfo",      IM_IN,             "SOCKS5 proxy, set before init"),
  IM_BOOL (ImSetConfig, is_only_local_dns_source,                          "set_config_is_only_local_dns_source", "kTIMSetConfigIsOnlyLocalDNSSource", IM_IN,             "true: use only the system resolver when choosing a server"),
};

static const ImJsonField user_config_fields[] = {
  IM_BOOL (ImUserConfig, is_read_receipt,                                                                                "user_config_is_read_receipt",             "kTIMUserConfigIsReadReceipt",            IM_IN | IM_ALWAYS, "true: deliver peer read receipts to the receipt callback"),
  IM_BOOL (ImUserConfig, is_sync_report,                                                                                 "user_config_is_sync_report",              "kTIMUserConfigIsSyncReport",             IM_IN | IM_ALWAYS, "true: the server is to drop the read state (no further documentation)"),
  IM_BOOL (ImUserConfig, is_ignore_grouptips_unread,                                                                     "user_config_is_ingore_grouptips_unread",  "kTIMUserConfigIsIngoreGroupTipsUnRead",  IM_IN | IM_ALWAYS, "true: group tips do not raise the unread counter", .alias = "user_config_is_ignore_grouptips_unread"),
  IM_BOOL (ImUserConfig, is_disable_storage,                                                                             "user_config_is_is_disable_storage",       "kTIMUserConfigIsDisableStorage",         IM_IN,             "true: no local database"),
  IM_OBJ  (ImUserConfig, group_get_info_option, ImGroupGetInfoOption, im_group_get_info_option_type,                     "user_config_group_getinfo_option",        "kTIMUserConfigGroupGetInfoOption",       IM_IN | IM_ALWAYS, "default filter for group info queries"),
  IM_OBJ  (ImUserConfig, group_member_get_info_option, ImGroupMemberGetInfoOption, im_group_member_get_info_option_type, "user_config_group_member_getinfo_option", "kTIMUserConfigGroupMemberGetInfoOption", IM_IN | IM_ALWAYS, "default filter for group member queries"),
};

static const ImJsonField group_get_info_option_fields[] = {
  IM_UINT64 (ImGroupGetInfoOption, info_flag,    "group_get_info_option_info_flag",    "kTIMGroupGetInfoOptionInfoFlag",    IM_INOUT | IM_ALWAYS,                "bit mask of group fields wanted", .alias = "get_info_option_info_flag", .initial = G_MAXUINT32, .enumeration = "TIMGroupGetInfoFlag"),
  IM_UINT64 (ImGroupGetInfoOption, role_flag,    "get_info_option_role_flag",          NULL,                                IM_INOUT | IM_ALWAYS | IM_SEED_ONLY, "shown by the seed page only; means nothing here", .enumeration = "TIMGroupMemberRoleFlag"),
  IM_STRV   (ImGroupGetInfoOption, custom_names, "group_get_info_option_custom_array", "kTIMGroupGetInfoOptionCustomArray", IM_IN | IM_ALWAYS,                   "names of custom group fields wanted", .alias = "get_info_option_custom_array"),
};

static const ImJsonField group_member_get_info_option_fields[] = {
  IM_UINT64 (ImGroupMemberGetInfoOption, info_flag,    "group_member_get_info_option_info_flag",    "kTIMGroupMemberGetInfoOptionInfoFlag",    IM_INOUT | IM_ALWAYS, "bit mask of member fields wanted", .alias = "get_info_option_info_flag", .initial = G_MAXUINT32, .enumeration = "TIMGroupMemberInfoFlag"),
  IM_UINT64 (ImGroupMemberGetInfoOption, role_flag,    "group_member_get_info_option_role_flag",    "kTIMGroupMemberGetInfoOptionRoleFlag",    IM_INOUT | IM_ALWAYS, "bit mask of roles to return", .alias = "get_info_option_role_flag", .enumeration = "TIMGroupMemberRoleFlag"),
  IM_STRV   (ImGroupMemberGetInfoOption, custom_names, "group_member_get_info_option_custom_array", "kTIMGroupMemberGetInfoOptionCustomArray", IM_IN | IM_ALWAYS,    "names of custom member fields wanted", .alias = "get_info_option_custom_array"),
};

static const ImJsonField http_proxy_fields[] = {
  IM_STR (ImHttpProxy, ip,       "http_proxy_info_ip",       "kTIMHttpProxyInfoIp",       IM_IN | IM_ALWAYS, "proxy host used for media transfer; \"\" clears the proxy", .alias = "proxy_info_ip"),
  IM_INT (ImHttpProxy, port,     "http_proxy_info_port",     "kTIMHttpProxyInfoPort",     IM_IN | IM_ALWAYS, "proxy port; must not be 0 while a host is set, 0 clears", .alias = "proxy_info_port"),
  IM_STR (ImHttpProxy, username, "http_proxy_info_username", "kTIMHttpProxyInfoUserName", IM_IN,             "proxy user"),
  IM_STR (ImHttpProxy, password, "http_proxy_info_password", "kTIMHttpProxyInfoPassword", IM_IN | IM_SECRET, "proxy password"),
};

static const ImJsonField socks5_proxy_fields[] = {
  IM_STR (ImSocks5Proxy, ip,       "socks5_proxy_info_ip",       "kTIMSocks5ProxyInfoIp",       IM_IN,             "SOCKS5 host for all protocol traffic; set before TIMInit"),
  IM_INT (ImSocks5Proxy, port,     "socks5_proxy_info_port",     "kTIMSocks5ProxyInfoPort",     IM_IN,             "SOCKS5 port"),
  IM_STR (ImSocks5Proxy, username, "socks5_proxy_info_username", "kTIMSocks5ProxyInfoUserName", IM_IN,             "SOCKS5 user"),
  IM_STR (ImSocks5Proxy, password, "socks5_proxy_info_password", "kTIMSocks5ProxyInfoPassword", IM_IN | IM_SECRET, "SOCKS5 password"),
};

/* clang-format on */
const ImJsonType im_sdk_config_type
    = IM_TYPE (ImSdkConfig, "SdKConfig", sdk_config_fields, "second argument of TIMInit");
const ImJsonType im_set_config_type
    = IM_TYPE (ImSetConfig, "SetConfig", set_config_fields, "argument and result of TIMSetConfig");
const ImJsonType im_user_config_type
    = IM_TYPE (ImUserConfig, "UserConfig", user_config_fields, "inside SetConfig");
const ImJsonType im_group_get_info_option_type = IM_TYPE (ImGroupGetInfoOption,
                                                          "GroupGetInfoOption",
                                                          group_get_info_option_fields,
                                                          "default filter of group queries");
const ImJsonType im_group_member_get_info_option_type
    = IM_TYPE (ImGroupMemberGetInfoOption,
               "GroupMemberGetInfoOption",
               group_member_get_info_option_fields,
               "filter of member queries");
const ImJsonType im_http_proxy_type
    = IM_TYPE (ImHttpProxy, "HttpProxyInfo", http_proxy_fields, "inside SetConfig");
const ImJsonType im_socks5_proxy_type
    = IM_TYPE (ImSocks5Proxy, "Socks5ProxyInfo", socks5_proxy_fields, "inside SetConfig");
