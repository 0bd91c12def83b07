/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-error.h"

#include "im-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (linnet - error - quark, linnet_error)

#define SHA256_MARK "sha256:"
#define SHA256_HEX_LENGTH 64

/* What %s of a sentence stands for. */
typedef enum
{
  FILL_NOTHING,
  FILL_ADDRESS,
  FILL_DOMAIN,
  FILL_HOST, /* of the server address given under "Advanced" */
} Fill;

typedef struct
{
  int code;
  LinnetField field;
  Fill fill;
  const char *sentence;
} SignInRow;

/* clang-format off */
/* With a server address of the account's own: looked up first. */
static const SignInRow server_rows[] = {
  { LINNET_ERROR_UNKNOWN_HOST, LINNET_FIELD_SERVER, FILL_HOST,    N_("No server was found at %s.") },
  { LINNET_ERROR_NO_WEBSOCKET, LINNET_FIELD_SERVER, FILL_HOST,    N_("%s does not offer a WebSocket connection at this address.") },
  { LINNET_ERROR_REFUSED,      LINNET_FIELD_SERVER, FILL_HOST,    N_("%s refuses the connection.") },
};

static const SignInRow sign_in_rows[] = {
  { LINNET_ERROR_LOCAL_ADDRESS,     LINNET_FIELD_ADDRESS,  FILL_NOTHING, N_("An address looks like name@example.org.") },
  { LINNET_ERROR_BAD_USER_ID,       LINNET_FIELD_ADDRESS,  FILL_NOTHING, N_("An address looks like name@example.org.") },
  { LINNET_ERROR_LOCAL_PASSWORD,    LINNET_FIELD_PASSWORD, FILL_NOTHING, N_("Enter your password.") },
  { 70002,                          LINNET_FIELD_PASSWORD, FILL_NOTHING, N_("Enter your password.") },
  { LINNET_ERROR_LOCAL_SERVER_URL,  LINNET_FIELD_SERVER,   FILL_NOTHING, N_("A server address looks like wss://chat.example.org/ws.") },
  { LINNET_ERROR_LOCAL_PLAIN,       LINNET_FIELD_SERVER,   FILL_NOTHING, N_("Without encryption others could read your password. Use an address with wss://.") },
  { LINNET_ERROR_LOCAL_NO_LIBRARY,  LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("A part of Linnet is missing. Install it again.") },
  { LINNET_ERROR_UNKNOWN_HOST,      LINNET_FIELD_ADDRESS,  FILL_DOMAIN,  N_("No chat server was found for %s.") },
  { LINNET_ERROR_NO_WEBSOCKET,      LINNET_FIELD_ADDRESS,  FILL_DOMAIN,  N_("%s does not say where it offers a WebSocket connection. If you know the address, enter it under Advanced.") },
  { LINNET_ERROR_REFUSED,           LINNET_FIELD_ADDRESS,  FILL_DOMAIN,  N_("%s refuses the connection.") },
  { LINNET_ERROR_WRONG_PASSWORD,    LINNET_FIELD_PASSWORD, FILL_ADDRESS, N_("This password is not right for %s.") },
  { 70005,                          LINNET_FIELD_PASSWORD, FILL_ADDRESS, N_("This password is not right for %s.") },
  { 70009,                          LINNET_FIELD_PASSWORD, FILL_ADDRESS, N_("This password is not right for %s.") },
  { 70013,                          LINNET_FIELD_PASSWORD, FILL_ADDRESS, N_("This password is not right for %s.") },
  { 70107,                          LINNET_FIELD_ADDRESS,  FILL_ADDRESS, N_("There is no account %s.") },
  { LINNET_ERROR_TOKEN_EXPIRED,     LINNET_FIELD_PASSWORD, FILL_NOTHING, N_("Your session has expired. Enter a new password or token.") },
  { LINNET_ERROR_TOKEN_EXPIRED_LOCAL, LINNET_FIELD_PASSWORD, FILL_NOTHING, N_("Your session has expired. Enter a new password or token.") },
  { LINNET_ERROR_ACCOUNT_DISABLED,  LINNET_FIELD_PASSWORD, FILL_DOMAIN,  N_("This account is blocked. Ask whoever runs %s.") },
  { LINNET_ERROR_TOO_MANY_ATTEMPTS, LINNET_FIELD_PASSWORD, FILL_NOTHING, N_("Too many attempts. Wait a moment and try again.") },
  { LINNET_ERROR_SERVER_FULL,       LINNET_FIELD_GENERAL,  FILL_DOMAIN,  N_("%s takes no more sign-ins at the moment. Try again later.") },
  { LINNET_ERROR_UNTRUSTED,         LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("The server’s certificate is not trusted.") },
  { LINNET_ERROR_NO_NETWORK,        LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("You seem to be offline.") },
  { LINNET_ERROR_TIMEOUT,           LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("The server did not answer within 30 seconds.") },
  { 9520,                           LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("The server did not answer within 30 seconds.") },
  { 6012,                           LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("The server did not answer within 30 seconds.") },
  { LINNET_ERROR_NETWORK,           LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("The connection to the server failed.") },
  { 9514,                           LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("The connection to the server failed.") },
  { LINNET_ERROR_KICKED,            LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("You were signed in on another computer. Sign in again to use this one.") },
  { LINNET_ERROR_LOCAL_DAMAGED,     LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("The messages kept on this computer are damaged. The server can send them again; the damaged file is kept.") },
  { LINNET_ERROR_LOCAL_DISK_FULL,   LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("There is no room left on this computer. Make room and try again.") },
  { LINNET_ERROR_STORE,             LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("The messages kept on this computer cannot be opened.") },
  { 70169,                          LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("The server cannot check passwords at the moment. Try again later.") },
  { 70500,                          LINNET_FIELD_GENERAL,  FILL_NOTHING, N_("The server cannot check passwords at the moment. Try again later.") },
};

static const SignInRow register_rows[] = {
  { 70108, LINNET_FIELD_ADDRESS, FILL_NOTHING, N_("This name is taken. Choose another.") },
  { 6017,  LINNET_FIELD_GENERAL, FILL_NOTHING, N_("The server does not accept what was filled in.") },
  { 7013,  LINNET_FIELD_ADDRESS, FILL_DOMAIN,  N_("%s does not offer accounts to applications.") },
  { 70051, LINNET_FIELD_ADDRESS, FILL_DOMAIN,  N_("%s does not let people create accounts.") },
  { 70050, LINNET_FIELD_GENERAL, FILL_NOTHING, N_("Too many accounts were created at once. Wait a moment and try again.") },
};

typedef struct
{
  int code;
  gboolean names_peer;
  const char *reason;
} SendRow;

static const SendRow send_rows[] = {
  { LINNET_ERROR_TOO_LONG,      FALSE, N_("the message is too long.") },
  { 80002,                      FALSE, N_("the message is too long.") },
  { 20003,                      TRUE,  N_("%s does not exist.") },
  { 6011,                       TRUE,  N_("%s does not exist.") },
  { 20004,                      TRUE,  N_("the server of %s cannot be reached.") },
  { 20006,                      FALSE, N_("the server refused the message.") },
  { 80001,                      FALSE, N_("the server refused the message.") },
  { 20007,                      TRUE,  N_("%s does not take messages from you.") },
  { 20009,                      TRUE,  N_("%s does not take messages from you.") },
  { 20010,                      TRUE,  N_("%s does not take messages from you.") },
  { 20011,                      TRUE,  N_("%s does not take messages from you.") },
  { 20012,                      FALSE, N_("you may not write here.") },
  { 10017,                      FALSE, N_("you may not write here.") },
  { 10007,                      FALSE, N_("you are no longer in this group.") },
  { 10010,                      FALSE, N_("this group no longer exists.") },
  { 10023,                      FALSE, N_("too many messages at once, wait a moment.") },
  { 10006,                      FALSE, N_("too many messages at once, wait a moment.") },
  { LINNET_ERROR_SERVER_FULL,   FALSE, N_("too many messages at once, wait a moment.") },
  { 6012,                       FALSE, N_("the server did not answer.") },
  { LINNET_ERROR_TIMEOUT,       FALSE, N_("the server did not answer.") },
  { 9519,                       FALSE, N_("the server did not answer.") },
  { 9520,                       FALSE, N_("the server did not answer.") },
  { LINNET_ERROR_NETWORK,       FALSE, N_("there is no connection to the server.") },
  { 9514,                       FALSE, N_("there is no connection to the server.") },
  { LINNET_ERROR_NO_NETWORK,    FALSE, N_("there is no connection to the server.") },
  { LINNET_ERROR_NOT_SIGNED_IN, FALSE, N_("you are not signed in.") },
  { 6014,                       FALSE, N_("you are not signed in.") },
  { LINNET_ERROR_STORE,         FALSE, N_("it could not be stored on this computer.") },
  { 6022,                       FALSE, N_("it could not be stored on this computer.") },
};
/* clang-format on */

static const int retryable_codes[] = {
  LINNET_ERROR_NETWORK,
  LINNET_ERROR_TIMEOUT,
  LINNET_ERROR_REFUSED,
  LINNET_ERROR_NO_NETWORK,
  LINNET_ERROR_UNKNOWN_HOST,
  LINNET_ERROR_NO_WEBSOCKET,
  LINNET_ERROR_SERVER_FULL,
  6012,
  7501,
  7502,
  9506,
  9507,
  9514,
  9518,
  9519,
  9520,
  60008,
  70169,
  70500,
};

static const int credential_codes[] = {
  LINNET_ERROR_TOKEN_EXPIRED_LOCAL,
  LINNET_ERROR_TOKEN_EXPIRED,
  70002,
  LINNET_ERROR_WRONG_PASSWORD,
  70005,
  70009,
  70013,
  70107,
  LINNET_ERROR_TOO_MANY_ATTEMPTS,
  LINNET_ERROR_ACCOUNT_DISABLED,
  LINNET_ERROR_LOCAL_PASSWORD,
};

GError *
linnet_error_new (int code, const char *desc)
{
  return g_error_new_literal (LINNET_ERROR, code, desc != NULL ? desc : "");
}

/* The library has one code for all troubles of its database; its text tells them apart. */
static int
code_of (const GError *error)
{
  if (error == NULL || error->domain != LINNET_ERROR)
    return 0;
  if (error->code == LINNET_ERROR_STORE
      && g_str_has_prefix (error->message, IM_ERROR_DATABASE_DAMAGED))
    return LINNET_ERROR_LOCAL_DAMAGED;
  if (error->code == LINNET_ERROR_STORE && g_str_has_prefix (error->message, IM_ERROR_DISK_FULL))
    return LINNET_ERROR_LOCAL_DISK_FULL;
  return error->code;
}

static const SignInRow *
find_row (const SignInRow *rows, gsize n_rows, int code)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      if (rows[i].code == code)
        return &rows[i];
    }
  return NULL;
}

static const SignInRow *
sign_in_row (int code, const LinnetAccount *account)
{
  const SignInRow *row = NULL;

  if (account != NULL && account->server_url != NULL)
    row = find_row (server_rows, G_N_ELEMENTS (server_rows), code);
  return row != NULL ? row : find_row (sign_in_rows, G_N_ELEMENTS (sign_in_rows), code);
}

/* The sentence with its one %s, if it has one, replaced; translations are not trusted as formats.
 */
static char *
fill_in (const char *sentence, const char *value)
{
  const char *mark = strstr (sentence, "%s");

  if (mark == NULL)
    return g_strdup (sentence);
  return g_strdup_printf ("%.*s%s%s", (int) (mark - sentence), sentence, value, mark + 2);
}

static char *
dup_host (const LinnetAccount *account)
{
  g_autoptr (GUri) uri = account->server_url != NULL
                             ? g_uri_parse (account->server_url, G_URI_FLAGS_NONE, NULL)
                             : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return g_strdup (host != NULL ? host : linnet_account_get_domain (account));
}

static char *
dup_filling (Fill fill, const LinnetAccount *account)
{
  if (account == NULL || fill == FILL_NOTHING)
    return g_strdup ("");
  if (fill == FILL_ADDRESS)
    return g_strdup (account->address);
  if (fill == FILL_HOST)
    return dup_host (account);
  return g_strdup (linnet_account_get_domain (account));
}

static char *
describe_unknown (const GError *error)
{
  if (error->domain == LINNET_ERROR)
    return g_strdup_printf (_ ("Something went wrong (%d)."), error->code);
  return g_strdup (_ ("Something went wrong."));
}

static char *
describe_row (const SignInRow *row, const LinnetAccount *account, const GError *error)
{
  g_autofree char *filling = NULL;

  if (row == NULL)
    return describe_unknown (error);
  filling = dup_filling (row->fill, account);
  return fill_in (_ (row->sentence), filling);
}

LinnetField
linnet_error_get_field (const GError *error, const LinnetAccount *account)
{
  const SignInRow *row;

  if (error == NULL)
    return LINNET_FIELD_NONE;
  row = sign_in_row (code_of (error), account);
  return row != NULL ? row->field : LINNET_FIELD_GENERAL;
}

char *
linnet_error_describe_sign_in (const GError *error, const LinnetAccount *account)
{
  g_return_val_if_fail (error != NULL, NULL);

  return describe_row (sign_in_row (code_of (error), account), account, error);
}

char *
linnet_error_describe_register (const GError *error, const LinnetAccount *account)
{
  const SignInRow *row;

  g_return_val_if_fail (error != NULL, NULL);

  row = find_row (register_rows, G_N_ELEMENTS (register_rows), code_of (error));
  return describe_row (row != NULL ? row : sign_in_row (code_of (error), account), account, error);
}

char *
linnet_error_describe_send (int code, const char *peer_name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (send_rows); i++)
    {
      if (send_rows[i].code == code)
        return fill_in (_ (send_rows[i].reason), peer_name != NULL ? peer_name : "");
    }
  return g_strdup_printf (_ ("something went wrong (%d)."), code);
}

char *
linnet_error_describe (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (code_of (error) == LINNET_ERROR_LOCAL_SELF)
    return g_strdup (_ ("This is your own address."));
  if (code_of (error) == LINNET_ERROR_NOT_SIGNED_IN)
    return g_strdup (_ ("You are not signed in."));
  if (code_of (error) == LINNET_ERROR_BAD_CONVERSATION)
    return g_strdup (_ ("An address looks like name@example.org."));
  return describe_row (sign_in_row (code_of (error), NULL), NULL, error);
}

char *
linnet_error_dup_details (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (*error->message == '\0')
    return g_strdup_printf ("%d", error->code);
  return g_strdup_printf ("%d: %s", error->code, error->message);
}

char *
linnet_error_dup_certificate (const GError *error)
{
  const char *mark;
  gsize length;

  if (code_of (error) != LINNET_ERROR_UNTRUSTED)
    return NULL;
  mark = g_strrstr (error->message, SHA256_MARK);
  if (mark == NULL)
    return NULL;
  mark += strlen (SHA256_MARK);
  length = strspn (mark, "0123456789abcdefABCDEF");
  return length == SHA256_HEX_LENGTH ? g_ascii_strdown (mark, (gssize) length) : NULL;
}

gboolean
linnet_error_is_damaged (const GError *error)
{
  return code_of (error) == LINNET_ERROR_LOCAL_DAMAGED;
}

static gboolean
contains (const int *codes, gsize n_codes, int code)
{
  for (gsize i = 0; i < n_codes; i++)
    {
      if (codes[i] == code)
        return TRUE;
    }
  return FALSE;
}

gboolean
linnet_error_is_retryable (const GError *error)
{
  return contains (retryable_codes, G_N_ELEMENTS (retryable_codes), code_of (error));
}

gboolean
linnet_error_is_credentials (const GError *error)
{
  return contains (credential_codes, G_N_ELEMENTS (credential_codes), code_of (error));
}
