/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/* The experimental call: choosing a server and, ours, making an account and beginning anew with a
 * damaged database set aside. Keys stand in the table of
 * im-request.c. */

/* Values of ImRequestParam.internal_operation */
#define IM_OPERATION_SET_CUSTOM_SERVER_INFO "internal_operation_set_custom_server_info"
#define IM_OPERATION_REGISTER_ACCOUNT "internal_operation_register_account"
#define IM_OPERATION_SET_DATABASE_ASIDE "internal_operation_set_database_aside"

typedef struct _ImServerAddress ImServerAddress;
typedef struct _ImCustomServerInfo ImCustomServerInfo;
typedef struct _ImRegisterAccountOption ImRegisterAccountOption;
typedef struct _ImRegisterAccountField ImRegisterAccountField;
typedef struct _ImRegisterAccountParam ImRegisterAccountParam;
typedef struct _ImRegisterAccountResult ImRegisterAccountResult;
typedef struct _ImSetDatabaseAsideParam ImSetDatabaseAsideParam;
typedef struct _ImSetDatabaseAsideResult ImSetDatabaseAsideResult;
typedef struct _ImRequestParam ImRequestParam;
typedef struct _ImResponseInfo ImResponseInfo;

struct _ImServerAddress
{
  ImJsonHeader header;
  char *ip; /* or a host name */
  gint64 port;
  gboolean is_ipv6;
  gboolean is_quic;
};

struct _ImCustomServerInfo
{
  ImJsonHeader header;
  GPtrArray *longconnection_addresses;  /* of ImServerAddress */
  GPtrArray *shortconnection_addresses; /* of ImServerAddress */
  char *server_public_key;
  char *server_url;
  char *domain;
  gboolean allow_plain;
  char *certificate_sha256;
};

/* One of the values a field can have */
struct _ImRegisterAccountOption
{
  ImJsonHeader header;
  char *value;
  char *label;
};

/* One field of a server's registration form, as offered and as filled in */
struct _ImRegisterAccountField
{
  ImJsonHeader header;
  char *name;
  char *value;
  char *label;
  char *type; /* as in XEP-0004: text-single, text-private, list-single, hidden… */
  gboolean is_required;
  GPtrArray *options; /* of ImRegisterAccountOption, nullable */
};

struct _ImRegisterAccountParam
{
  ImJsonHeader header;
  char *user_id;
  char *password;
  GPtrArray *fields; /* of ImRegisterAccountField; only name and value count */
};

/* The answer: empty when the account was made, else what the server still wants to know */
struct _ImRegisterAccountResult
{
  ImJsonHeader header;
  char *instructions;
  GPtrArray *fields; /* of ImRegisterAccountField */
};

struct _ImSetDatabaseAsideParam
{
  ImJsonHeader header;
  char *user_id;
};

struct _ImSetDatabaseAsideResult
{
  ImJsonHeader header;
  char *path; /* of the damaged file now */
};

struct _ImRequestParam
{
  ImJsonHeader header;
  char *internal_operation;
  ImCustomServerInfo *custom_server_info;
  ImRegisterAccountParam *register_account_param;
  ImSetDatabaseAsideParam *set_database_aside_param;
};

struct _ImResponseInfo
{
  ImJsonHeader header;
  char *internal_operation;
  ImRegisterAccountResult *register_account_result;
  ImSetDatabaseAsideResult *set_database_aside_result;
};

extern const ImJsonType im_server_address_type;
extern const ImJsonType im_custom_server_info_type;
extern const ImJsonType im_register_account_option_type;
extern const ImJsonType im_register_account_field_type;
extern const ImJsonType im_register_account_param_type;
extern const ImJsonType im_register_account_result_type;
extern const ImJsonType im_set_database_aside_param_type;
extern const ImJsonType im_set_database_aside_result_type;
extern const ImJsonType im_request_param_type;
extern const ImJsonType im_response_info_type;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImServerAddress, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImCustomServerInfo, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImRegisterAccountOption, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImRegisterAccountField, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImRegisterAccountParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImRegisterAccountResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImSetDatabaseAsideParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImSetDatabaseAsideResult, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImRequestParam, im_json_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImResponseInfo, im_json_unref)

G_END_DECLS
