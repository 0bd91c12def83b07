/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-error.h"

// clang-format off
G_DEFINE_QUARK (im-error-quark, im_error)
// clang-format on

typedef struct
{
  int code;
  const char *name;
  const char *text;
  gboolean retryable;
} Row;

static const Row rows[] = {
#define IM_CODE(symbol, number, text, retryable) { number, #symbol, text, retryable },
#include "im-error-codes.def"
#undef IM_CODE
};

static const Row *
find (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].code == code)
      return &rows[i];
  return NULL;
}

const char *
im_error_code_text (int code)
{
  const Row *row = find (code);

  return row != NULL ? row->text : find (ERR_SDK_INTERNAL_ERROR)->text;
}

const char *
im_error_code_name (int code)
{
  const Row *row = find (code);

  return row != NULL ? row->name : NULL;
}

gboolean
im_error_code_is_retryable (int code)
{
  const Row *row = find (code);

  return row != NULL && row->retryable;
}

gboolean
im_error_is_retryable (const GError *error)
{
  return error != NULL && error->domain == IM_ERROR && im_error_code_is_retryable (error->code);
}
