/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors as the application sees them: the domain LINNET_ERROR, whose codes are TIM codes, and the
 * sentences people read for them. Pure functions, any thread. */
#pragma once

#include "linnet-account.h"
#include "linnet-enums.h"

#define LINNET_ERROR (linnet_error_quark ())
GQuark linnet_error_quark (void);

/* TIM codes that the application knows by name; any other TIM code may stand in a LINNET_ERROR.
 * The LOCAL ones are ours: found before the library was asked. */
typedef enum
{
  LINNET_ERROR_LOCAL_ADDRESS = -1001,
  LINNET_ERROR_LOCAL_PASSWORD = -1002,
  LINNET_ERROR_LOCAL_SERVER_URL = -1003,
  LINNET_ERROR_LOCAL_PLAIN = -1004,
  LINNET_ERROR_LOCAL_NO_LIBRARY = -1005,
  LINNET_ERROR_LOCAL_SELF = -1006,
  LINNET_ERROR_LOCAL_DAMAGED = -1007,   /* how a STORE error is meant, never the code of one */
  LINNET_ERROR_LOCAL_DISK_FULL = -1008, /* the same */
  LINNET_ERROR_NOT_INITIALISED = -1,
  LINNET_ERROR_NOT_SIGNED_IN = -2,
  LINNET_ERROR_BAD_JSON = -3,
  LINNET_ERROR_BAD_PARAMETER = -4,
  LINNET_ERROR_BAD_CONVERSATION = -5,
  LINNET_ERROR_CANCELLED = 6023,
  LINNET_ERROR_STORE = 6019,
  LINNET_ERROR_TOKEN_EXPIRED_LOCAL = 6206,
  LINNET_ERROR_KICKED = 6208,
  LINNET_ERROR_BAD_USER_ID = 7003,
  LINNET_ERROR_CLOSED = 7009,
  LINNET_ERROR_NO_WEBSOCKET = 7013,
  LINNET_ERROR_TOO_LONG = 8001,
  LINNET_ERROR_UNTRUSTED = 9503,
  LINNET_ERROR_NETWORK = 9508,
  LINNET_ERROR_TIMEOUT = 9510,
  LINNET_ERROR_REFUSED = 9511,
  LINNET_ERROR_NO_NETWORK = 9512,
  LINNET_ERROR_UNKNOWN_HOST = 9516,
  LINNET_ERROR_SERVER_FULL = 60018,
  LINNET_ERROR_TOKEN_EXPIRED = 70001,
  LINNET_ERROR_WRONG_PASSWORD = 70003,
  LINNET_ERROR_TOO_MANY_ATTEMPTS = 70050,
  LINNET_ERROR_ACCOUNT_DISABLED = 70051,
} LinnetErrorCode;

/* Makes an error of a TIM code; the message is the library's description, for details only. */
GError *linnet_error_new (int code, const char *desc);

/* The field of the sign-in page at which the sentence belongs; with a server address in the account
 * (nullable) it, not the address, is to blame for what cannot be reached. Any GError; NONE for
 * NULL.
 */
LinnetField linnet_error_get_field (const GError *error, const LinnetAccount *account);

/* The sentence for the sign-in page, translated: "This password is not right for
 * mina@example.org." Never the library's English. Transfer full. */
char *linnet_error_describe_sign_in (const GError *error, const LinnetAccount *account);

/* The same for the page that creates an account: a name that is taken, registration that the
 * server does not allow, … Transfer full. */
char *linnet_error_describe_register (const GError *error, const LinnetAccount *account);

/* Why a message was not sent, as it follows "Not sent: " ("the message is too long."). peer_name is
 * the conversation's name. Transfer full. */
char *linnet_error_describe_send (int code, const char *peer_name);

/* The rest: starting a conversation, deleting one, loading. Transfer full. */
char *linnet_error_describe (const GError *error);

/* Technical details for a "Details…" dialog: code and description, untranslated. Transfer full. */
char *linnet_error_dup_details (const GError *error);

/* The fingerprint (64 hex digits, lower case) that an UNTRUSTED error carries, else NULL; put it
 * into the account to accept that certificate. Transfer full. */
char *linnet_error_dup_certificate (const GError *error);

/* Is the local database damaged, so that begins_anew of the account is the way on. */
gboolean linnet_error_is_damaged (const GError *error);

/* Would trying again later help: no network, a server that did not answer, … */
gboolean linnet_error_is_retryable (const GError *error);
/* Does the person have to enter the password again. */
gboolean linnet_error_is_credentials (const GError *error);
