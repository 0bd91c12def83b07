/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-error.h"

#include "im-error.h"
#include "xmpp-error.h"
#include "xmpp-transfer-error.h"

typedef struct
{
  int xmpp;
  int code;
} Row;

/* clang-format off */
static const Row connection_rows[] = {
  { XMPP_ERROR_UNKNOWN_HOST,               ERR_SDK_NET_HOST_GETADDRINFO_FAILED },
  { XMPP_ERROR_REFUSED,                    ERR_SDK_NET_CONN_REFUSE },
  { XMPP_ERROR_TIMEOUT,                    ERR_SDK_NET_CONN_TIMEOUT },
  { XMPP_ERROR_UNREACHABLE,                ERR_SDK_NET_NET_UNREACH },
  { XMPP_ERROR_TLS_UNTRUSTED,              ERR_SDK_NET_AUTH_INVALID },
  { XMPP_ERROR_TLS_FAILED,                 ERR_SDK_NET_AUTH_INVALID },
  { XMPP_ERROR_AUTH_SERVER_SIGNATURE,      ERR_SDK_NET_AUTH_INVALID },
  { XMPP_ERROR_NO_WEBSOCKET,               ERR_SDK_INTERFACE_NOT_SUPPORT },
  { XMPP_ERROR_INSECURE,                   ERR_SDK_NET_AUTH_INVALID },
  { XMPP_ERROR_IO,                         ERR_SDK_NET_RESET_BY_PEER },
  { XMPP_ERROR_AUTH_NOT_AUTHORIZED,        ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED },
  { XMPP_ERROR_AUTH_FAILED,                ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED },
  { XMPP_ERROR_AUTH_CREDENTIALS_EXPIRED,   ERR_SVR_ACCOUNT_USERSIG_EXPIRED },
  { XMPP_ERROR_AUTH_ACCOUNT_DISABLED,      ERR_SVR_ACCOUNT_BLACKLIST },
  { XMPP_ERROR_AUTH_TEMPORARY,             ERR_SVR_ACCOUNT_FREQ_LIMIT },
  { XMPP_ERROR_AUTH_NO_MECHANISM,          ERR_SDK_INTERFACE_NOT_SUPPORT },
  { XMPP_ERROR_AUTH_PLAIN_REFUSED,         ERR_SDK_NET_AUTH_INVALID },
  { XMPP_ERROR_STREAM_CONFLICT,            ERR_LOGIN_KICKED_OFF_BY_OTHER },
  { XMPP_ERROR_STREAM_RESOURCE_CONSTRAINT, ERR_SVR_COMM_REQ_FREQ_LIMIT },
  { XMPP_ERROR_STREAM_POLICY_VIOLATION,    ERR_SVR_ACCOUNT_FREQ_LIMIT },
  { XMPP_ERROR_STREAM_HOST_UNKNOWN,        ERR_SDK_NET_HOST_GETADDRINFO_FAILED },
  { XMPP_ERROR_STREAM_NOT_AUTHORIZED,      ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED },
  { XMPP_ERROR_STREAM_SYSTEM_SHUTDOWN,     ERR_SDK_NET_RESET_BY_PEER },
  { XMPP_ERROR_CONFLICT,                   ERR_SVR_ACCOUNT_BLACKLIST },
};

static const Row message_rows[] = {
  { XMPP_ERROR_ITEM_NOT_FOUND,          ERR_SVR_MSG_INVALID_ID },
  { XMPP_ERROR_SERVICE_UNAVAILABLE,     ERR_SVR_MSG_INVALID_ID },
  { XMPP_ERROR_RECIPIENT_UNAVAILABLE,   ERR_SVR_MSG_INVALID_ID },
  { XMPP_ERROR_GONE,                    ERR_SVR_MSG_INVALID_ID },
  { XMPP_ERROR_FORBIDDEN,               ERR_SVR_MSG_PUSH_DENY },
  { XMPP_ERROR_NOT_ALLOWED,             ERR_SVR_MSG_PUSH_DENY },
  { XMPP_ERROR_NOT_ACCEPTABLE,          ERR_SVR_MSG_PUSH_DENY },
  { XMPP_ERROR_POLICY_VIOLATION,        ERR_SVR_MSG_PUSH_DENY },
  { XMPP_ERROR_RESOURCE_CONSTRAINT,     ERR_SVR_COMM_REQ_FREQ_LIMIT },
  { XMPP_ERROR_REMOTE_SERVER_NOT_FOUND, ERR_SVR_MSG_NET_ERROR },
  { XMPP_ERROR_REMOTE_SERVER_TIMEOUT,   ERR_SVR_COMM_REQUEST_TIMEOUT },
  { XMPP_ERROR_BAD_REQUEST,             ERR_SVR_MSG_PKG_PARSE_FAILED },
  { XMPP_ERROR_JID_MALFORMED,           ERR_TO_USER_INVALID },
  { XMPP_ERROR_INTERNAL_SERVER_ERROR,   ERR_SVR_MSG_INTERNAL_ERROR1 },
  { XMPP_ERROR_FEATURE_NOT_IMPLEMENTED, ERR_SDK_INTERFACE_NOT_SUPPORT },
  { XMPP_ERROR_STANZA_TOO_LARGE,        ERR_SDK_MSG_BODY_SIZE_LIMIT },
  { XMPP_ERROR_SESSION_LOST,            ERR_SDK_NET_WAIT_ACK_TIMEOUT },
  { XMPP_ERROR_REQUEST_TIMEOUT,         ERR_SDK_NET_WAIT_ACK_TIMEOUT },
  { XMPP_ERROR_NOT_CONNECTED,           ERR_SDK_NET_DISCONNECT },
  { XMPP_ERROR_QUEUE_FULL,              ERR_SDK_NET_REQ_COUNT_LIMIT },
  { XMPP_ERROR_CLOSED,                  ERR_SDK_NOT_LOGGED_IN },
};

static const Row upload_rows[] = {
  { XMPP_TRANSFER_ERROR_BAD_URL,        ERR_FILE_TRANS_UPLOAD_FAILED },
  { XMPP_TRANSFER_ERROR_INSECURE,       ERR_FILE_TRANS_UPLOAD_FAILED },
  { XMPP_TRANSFER_ERROR_NO_SERVICE,     ERR_SDK_INTERFACE_NOT_SUPPORT },
  { XMPP_TRANSFER_ERROR_FILE_NOT_FOUND, ERR_SDK_COMM_FILE_NOT_FOUND },
  { XMPP_TRANSFER_ERROR_FILE_EMPTY,     ERR_SDK_COMM_FILE_SIZE_EMPTY },
  { XMPP_TRANSFER_ERROR_FILE_OPEN,      ERR_SDK_COMM_FILE_OPEN_FAILED },
  { XMPP_TRANSFER_ERROR_FILE_IO,        ERR_IO_OPERATION_FAILED },
  { XMPP_TRANSFER_ERROR_TOO_LARGE,      ERR_SDK_COMM_FILE_TOO_LARGE },
  { XMPP_TRANSFER_ERROR_QUOTA,          ERR_SVR_RES_SIZE_LIMIT },
  { XMPP_TRANSFER_ERROR_STALLED,        ERR_SDK_NET_CONN_TIMEOUT },
};

static const Row download_rows[] = {
  { XMPP_TRANSFER_ERROR_BAD_URL,        ERR_HTTP_REQ_FAILED },
  { XMPP_TRANSFER_ERROR_INSECURE,       ERR_HTTP_REQ_FAILED },
  { XMPP_TRANSFER_ERROR_STATUS,         ERR_HTTP_REQ_FAILED },
  { XMPP_TRANSFER_ERROR_REDIRECT,       ERR_HTTP_REQ_FAILED },
  { XMPP_TRANSFER_ERROR_GONE,           ERR_SVR_RES_NOT_FOUND },
  { XMPP_TRANSFER_ERROR_NOT_ALLOWED,    ERR_SVR_RES_ACCESS_DENY },
  { XMPP_TRANSFER_ERROR_FILE_NOT_FOUND, ERR_SDK_COMM_FILE_OPEN_FAILED },
  { XMPP_TRANSFER_ERROR_FILE_OPEN,      ERR_SDK_COMM_FILE_OPEN_FAILED },
  { XMPP_TRANSFER_ERROR_FILE_IO,        ERR_IO_OPERATION_FAILED },
  { XMPP_TRANSFER_ERROR_FILE_EXISTS,    ERR_IO_OPERATION_FAILED },
  { XMPP_TRANSFER_ERROR_FILE_BUSY,      ERR_IN_PROGESS },
  { XMPP_TRANSFER_ERROR_TOO_LARGE,      ERR_SVR_RES_SIZE_LIMIT },
  { XMPP_TRANSFER_ERROR_STALLED,        ERR_SDK_NET_CONN_TIMEOUT },
};
/* clang-format on */

static GError *
map (const Row *rows, gsize n_rows, int otherwise, const GError *error)
{
  if (error == NULL)
    return g_error_new_literal (IM_ERROR, ERR_SDK_NET_DISCONNECT,
                                im_error_code_text (ERR_SDK_NET_DISCONNECT));
  if (error->domain == IM_ERROR)
    return g_error_copy (error);
  if (error->domain == XMPP_ERROR)
    for (gsize i = 0; i < n_rows; i++)
      if (rows[i].xmpp == error->code)
        return g_error_new_literal (IM_ERROR, rows[i].code, error->message);
  return g_error_new_literal (IM_ERROR, otherwise, error->message);
}

GError *
map_error_connection (const GError *error)
{
  return map (connection_rows, G_N_ELEMENTS (connection_rows), ERR_SDK_NET_DISCONNECT, error);
}

GError *
map_error_message (const GError *error)
{
  return map (message_rows, G_N_ELEMENTS (message_rows), ERR_SVR_MSG_INTERNAL_ERROR1, error);
}

static GError *
map_transfer (const Row *rows, gsize n_rows, int otherwise, const GError *error)
{
  if (error->domain != XMPP_TRANSFER_ERROR)
    return map_error_connection (error);
  if (error->code == XMPP_TRANSFER_ERROR_DISK_FULL)
    return g_error_new (IM_ERROR, ERR_IO_OPERATION_FAILED, "%s (%s)", IM_ERROR_DISK_FULL,
                        error->message);
  for (gsize i = 0; i < n_rows; i++)
    if (rows[i].xmpp == error->code)
      return g_error_new_literal (IM_ERROR, rows[i].code, error->message);
  return g_error_new_literal (IM_ERROR, otherwise, error->message);
}

GError *
map_error_upload (const GError *error)
{
  if (xmpp_error_is_stanza_error (error))
    return g_error_new_literal (IM_ERROR, ERR_FILE_TRANS_UPLOAD_FAILED, error->message);
  return map_transfer (upload_rows, G_N_ELEMENTS (upload_rows), ERR_FILE_TRANS_UPLOAD_FAILED,
                       error);
}

GError *
map_error_download (const GError *error)
{
  return map_transfer (download_rows, G_N_ELEMENTS (download_rows), ERR_FILE_TRANS_DOWNLOAD_FAILED,
                       error);
}

gboolean
map_error_is_network (const GError *error)
{
  switch (error->code)
    {
    case ERR_SDK_NET_HOST_GETADDRINFO_FAILED:
    case ERR_SDK_NET_CONN_REFUSE:
    case ERR_SDK_NET_CONN_TIMEOUT:
    case ERR_SDK_NET_NET_UNREACH:
    case ERR_SDK_NET_RESET_BY_PEER:
    case ERR_SDK_NET_DISCONNECT:
    case ERR_SVR_COMM_REQ_FREQ_LIMIT:
    case ERR_SVR_ACCOUNT_FREQ_LIMIT:
      return TRUE;
    default:
      return FALSE;
    }
}
