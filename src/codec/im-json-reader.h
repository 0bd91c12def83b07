/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json.h"

G_BEGIN_DECLS

/*
 * JSON text, token by token: RFC 8259 and nothing else. The first fault stays in `error` and makes
 * every later call fail. Text is checked for size and UTF-8 as a whole before the first token.
 */
typedef struct
{
  const char *start;
  const char *pos;
  const char *end;
  guint depth;
  gboolean is_strict; /* also refuse duplicate keys, numbers beyond 64 bits and lone surrogates in
                         skipped values */
  GString *scratch;   /* decoded keys */
  GError *error;
} ImJsonReader;

typedef struct
{
  const char *start; /* not terminated; lives until the next token */
  gsize length;
} ImJsonSlice;

typedef enum
{
  IM_JSON_TOKEN_NONE, /* end of text, or no JSON */
  IM_JSON_TOKEN_OBJECT,
  IM_JSON_TOKEN_ARRAY,
  IM_JSON_TOKEN_STRING,
  IM_JSON_TOKEN_NUMBER,
  IM_JSON_TOKEN_BOOL,
  IM_JSON_TOKEN_NULL
} ImJsonToken;

/* A number: exact when it is an integer of at most 64 bits. */
typedef struct
{
  gboolean is_integer; /* digits only */
  gboolean is_negative;
  gboolean is_too_big; /* an integer beyond 64 bits, or not finite */
  guint64 magnitude;   /* of an integer */
  double value;
} ImJsonNumber;

gboolean
im_json_reader_init (ImJsonReader *reader, const char *text, gssize len, gboolean is_strict);
void im_json_reader_clear (ImJsonReader *reader);
/* Sets `error` unless it is set; always FALSE. */
gboolean im_json_reader_fail (ImJsonReader *reader, ImJsonError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* What comes next; consumes white space only. */
ImJsonToken im_json_reader_peek (ImJsonReader *reader);

gboolean im_json_reader_enter (ImJsonReader *reader);
/* In an object: TRUE and @ret_key while there is a member, whose value must then be consumed. FALSE
 * at the end or on error. */
gboolean
im_json_reader_next_member (ImJsonReader *reader, gboolean *is_first, ImJsonSlice *ret_key);
/* In an array: TRUE while there is an item, which must then be consumed. FALSE at the end or on
 * error. */
gboolean im_json_reader_next_item (ImJsonReader *reader, gboolean *is_first);

/* Each consumes one value, which must be what peek() said. NUL cuts a string. */
char *im_json_reader_string (ImJsonReader *reader);
gboolean im_json_reader_number (ImJsonReader *reader, ImJsonNumber *ret_number);
gboolean im_json_reader_bool (ImJsonReader *reader, gboolean *ret_value);
gboolean im_json_reader_null (ImJsonReader *reader);
/* Consumes any value; appends it without white space to @copy. @copy: (nullable) */
gboolean im_json_reader_skip (ImJsonReader *reader, GString *copy);
/* Nothing but white space may follow. */
gboolean im_json_reader_finish (ImJsonReader *reader);

/* Appends @text as a JSON string. Invalid UTF-8 is repaired. */
void im_json_append_string (GString *out, const char *text, gssize len);

G_END_DECLS
