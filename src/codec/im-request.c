/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-request.h"

#include "im-json-private.h"

/* clang-format off */
static const ImJsonField server_address_fields[] = {
  IM_STR  (ImServerAddress, ip,      "server_address_ip",      "kTIMServerAddressIp",     IM_IN | IM_REQUIRED, "IP address or host name"),
  IM_UINT (ImServerAddress, port,    "server_address_port",    "kTIMServerAddressPort",   IM_IN | IM_REQUIRED, "port", .max = 65535),
  IM_BOOL (ImServerAddress, is_ipv6, "server_address_is_ipv6", "kTIMServerAddressIsIPv6", IM_IN,               "the address is an IPv6 one"),
  IM_BOOL (ImServerAddress, is_quic, "server_address_is_quic", "kTIMServerAddressIsQuic", IM_IN,               "accepted and ignored"),
};

static const ImJsonField custom_server_info_fields[] = {
  IM_ARRAY (ImCustomServerInfo, longconnection_addresses,  im_server_address_type, "longconnection_address_array",  "kTIMCustomServerInfoLongConnectionAddressArray",  IM_IN,           "servers, the first of which is used"),
  IM_ARRAY (ImCustomServerInfo, shortconnection_addresses, im_server_address_type, "shortconnection_address_array", "kTIMCustomServerInfoShortConnectionAddressArray", IM_IN,           "accepted and ignored"),
  IM_STR   (ImCustomServerInfo, server_public_key,                                 "server_public_key",             "kTIMCustomServerInfoServerPublicKey",             IM_IN,           "accepted and ignored"),
  IM_STR   (ImCustomServerInfo, server_url,                                        "server_url",                    "kTIMCustomServerInfoServerUrl",                   IM_IN | IM_OURS, "WebSocket address; goes before the array"),
  IM_STR   (ImCustomServerInfo, domain,                                            "domain",                        "kTIMCustomServerInfoDomain",                      IM_IN | IM_OURS, "domain of user ids without one"),
  IM_BOOL  (ImCustomServerInfo, allow_plain,                                       "allow_plain",                   "kTIMCustomServerInfoAllowPlain",                  IM_IN | IM_OURS, "permit an unencrypted connection to another machine"),
  IM_STR   (ImCustomServerInfo, certificate_sha256,                                "certificate_sha256",            "kTIMCustomServerInfoCertificateSha256",           IM_IN | IM_OURS, "accept this certificate though nobody vouches for it, hexadecimal"),
};

static const ImJsonField register_account_option_fields[] = {
  IM_STR (ImRegisterAccountOption, value, "register_account_option_value", "kTIMRegisterAccountOptionValue", IM_OUT | IM_OURS | IM_ALWAYS, "what is filled in when it is chosen"),
  IM_STR (ImRegisterAccountOption, label, "register_account_option_label", "kTIMRegisterAccountOptionLabel", IM_OUT | IM_OURS | IM_ALWAYS, "text to show"),
};

static const ImJsonField register_account_field_fields[] = {
  IM_STR  (ImRegisterAccountField, name,        "register_account_field_name",        "kTIMRegisterAccountFieldName",       IM_INOUT | IM_OURS | IM_REQUIRED, "the server's name of the field"),
  IM_STR  (ImRegisterAccountField, value,       "register_account_field_value",       "kTIMRegisterAccountFieldValue",      IM_INOUT | IM_OURS | IM_SECRET,   "what was filled in"),
  IM_STR  (ImRegisterAccountField, label,       "register_account_field_label",       "kTIMRegisterAccountFieldLabel",      IM_OUT | IM_OURS,                 "text to show beside it"),
  IM_STR  (ImRegisterAccountField, type,        "register_account_field_type",        "kTIMRegisterAccountFieldType",       IM_OUT | IM_OURS,                 "kind of field as in XEP-0004"),
  IM_BOOL (ImRegisterAccountField, is_required, "register_account_field_is_required", "kTIMRegisterAccountFieldIsRequired", IM_OUT | IM_OURS,                 "may not be left empty"),
  IM_ARRAY (ImRegisterAccountField, options, im_register_account_option_type, "register_account_field_options", "kTIMRegisterAccountFieldOptions", IM_OUT | IM_OURS,           "the values it can have, when it is a list"),
};

static const ImJsonField register_account_param_fields[] = {
  IM_STR   (ImRegisterAccountParam, user_id,                               "register_account_param_user_id",  "kTIMRegisterAccountParamUserId",   IM_IN | IM_OURS | IM_REQUIRED,             "name of the account, with or without its domain"),
  IM_STR   (ImRegisterAccountParam, password,                              "register_account_param_password", "kTIMRegisterAccountParamPassword", IM_IN | IM_OURS | IM_REQUIRED | IM_SECRET, "its password"),
  IM_ARRAY (ImRegisterAccountParam, fields, im_register_account_field_type, "register_account_param_fields",   "kTIMRegisterAccountParamFields",   IM_IN | IM_OURS,                           "whatever else the server asked for"),
};

static const ImJsonField register_account_result_fields[] = {
  IM_STR   (ImRegisterAccountResult, instructions,                           "register_account_result_instructions", "kTIMRegisterAccountResultInstructions", IM_OUT | IM_OURS | IM_ALWAYS, "the server's words"),
  IM_ARRAY (ImRegisterAccountResult, fields, im_register_account_field_type, "register_account_result_fields",       "kTIMRegisterAccountResultFields",       IM_OUT | IM_OURS | IM_ALWAYS, "what the server still wants to know"),
};

static const ImJsonField set_database_aside_param_fields[] = {
  IM_STR (ImSetDatabaseAsideParam, user_id, "set_database_aside_param_user_id", "kTIMSetDatabaseAsideParamUserId", IM_IN | IM_OURS | IM_REQUIRED, "whose database is damaged"),
};

static const ImJsonField set_database_aside_result_fields[] = {
  IM_STR (ImSetDatabaseAsideResult, path, "set_database_aside_result_path", "kTIMSetDatabaseAsideResultPath", IM_OUT | IM_OURS | IM_ALWAYS, "where the damaged file is now"),
};

static const ImJsonField request_param_fields[] = {
  IM_STR (ImRequestParam, internal_operation,                                                                   "request_internal_operation",           "kTIMRequestInternalOperation",        IM_IN | IM_REQUIRED, "name of the operation; the other keys are its argument"),
  IM_OBJ (ImRequestParam, custom_server_info, ImCustomServerInfo, im_custom_server_info_type,                   "request_set_custom_server_info_param", "kTIMRequestSetCustomServerInfoParam", IM_IN,               "of internal_operation_set_custom_server_info"),
  IM_OBJ (ImRequestParam, register_account_param, ImRegisterAccountParam, im_register_account_param_type,       "request_register_account_param",       "kTIMRequestRegisterAccountParam",     IM_IN | IM_OURS,     "of internal_operation_register_account"),
  IM_OBJ (ImRequestParam, set_database_aside_param, ImSetDatabaseAsideParam, im_set_database_aside_param_type, "request_set_database_aside_param",     "kTIMRequestSetDatabaseAsideParam",    IM_IN | IM_OURS,     "of internal_operation_set_database_aside, which renames the damaged database of a user who is not logged in, so that the next login begins anew"),
};

static const ImJsonField response_info_fields[] = {
  IM_STR (ImResponseInfo, internal_operation,                                                                "response_internal_operation",   "kTIMResponseInternalOperation",  IM_OUT | IM_ALWAYS, "name of the operation"),
  IM_OBJ (ImResponseInfo, register_account_result, ImRegisterAccountResult, im_register_account_result_type, "response_register_account_res", "kTIMResponseRegisterAccountRes", IM_OUT | IM_OURS,   "of internal_operation_register_account"),
  IM_OBJ (ImResponseInfo, set_database_aside_result, ImSetDatabaseAsideResult, im_set_database_aside_result_type, "response_set_database_aside_res", "kTIMResponseSetDatabaseAsideRes", IM_OUT | IM_OURS, "of internal_operation_set_database_aside"),
};
/* clang-format on */

const ImJsonType im_server_address_type
    = IM_TYPE (ImServerAddress, "ServerAddress", server_address_fields, "inside CustomServerInfo");
const ImJsonType im_custom_server_info_type = IM_TYPE (ImCustomServerInfo,
                                                       "CustomServerInfo",
                                                       custom_server_info_fields,
                                                       "which server to sign in at");
const ImJsonType im_register_account_option_type = IM_TYPE (ImRegisterAccountOption,
                                                            "RegisterAccountOption",
                                                            register_account_option_fields,
                                                            "one value of a field");
const ImJsonType im_register_account_field_type = IM_TYPE (ImRegisterAccountField,
                                                           "RegisterAccountField",
                                                           register_account_field_fields,
                                                           "one field of a registration form");
const ImJsonType im_register_account_param_type = IM_TYPE (ImRegisterAccountParam,
                                                           "RegisterAccountParam",
                                                           register_account_param_fields,
                                                           "the account to make");
const ImJsonType im_register_account_result_type = IM_TYPE (ImRegisterAccountResult,
                                                            "RegisterAccountResult",
                                                            register_account_result_fields,
                                                            "empty when the account was made");
const ImJsonType im_set_database_aside_param_type = IM_TYPE (ImSetDatabaseAsideParam,
                                                             "SetDatabaseAsideParam",
                                                             set_database_aside_param_fields,
                                                             "whose database is set aside");
const ImJsonType im_set_database_aside_result_type = IM_TYPE (ImSetDatabaseAsideResult,
                                                              "SetDatabaseAsideResult",
                                                              set_database_aside_result_fields,
                                                              "what became of it");
const ImJsonType im_request_param_type = IM_TYPE (ImRequestParam,
                                                  "RequestParam",
                                                  request_param_fields,
                                                  "argument of callExperimentalAPI");
const ImJsonType im_response_info_type = IM_TYPE (ImResponseInfo,
                                                  "ResponseInfo",
                                                  response_info_fields,
                                                  "result of callExperimentalAPI");
