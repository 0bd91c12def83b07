/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* Errors at the edge of the API: a GError whose code is the TIM code (spec: errors). The names are
 * the vendor's. Pure functions, any thread. */

#define IM_ERROR (im_error_quark ())
GQuark im_error_quark (void);

#ifndef IM_ERROR_CODES_DEFINED /* the public header defines the same names for programs */
#define IM_ERROR_CODES_DEFINED
typedef enum
{
#define IM_CODE(symbol, number, text, retryable) symbol = number,
#include "im-error-codes.def"
#undef IM_CODE
} ImErrorCode;
#endif

/* How the description of ERR_DATABASE_OPERATE_FAILED begins when a person can do something: begin
 * anew (internal_operation_set_database_aside), or make room. */
#define IM_ERROR_DATABASE_DAMAGED "the local database is damaged"
#define IM_ERROR_DISK_FULL "the disk is full"

/* The code in English, static; "error N" is never returned: an unknown code has the text of 7012.
 */
const char *im_error_code_text (int code);
/* The symbol's name, static, nullable. */
const char *im_error_code_name (int code);
/* Whether the same may succeed later without a change. */
gboolean im_error_code_is_retryable (int code);
gboolean im_error_is_retryable (const GError *error);
