/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json-private.h"
#include "im-json-reader.h"
#include "im-profile-private.h"

G_BEGIN_DECLS

/* Between im-json-parse.c, which knows objects, and im-json-parse-value.c, which knows what one row
 * takes. */

typedef struct
{
  ImJsonReader reader;
  ImProfile profile;
} ImJsonParser;

/* What became of one value. */
typedef enum
{
  IM_JSON_VALUE_TAKEN,  /* stored */
  IM_JSON_VALUE_ABSENT, /* null */
  IM_JSON_VALUE_BAD,    /* not what the row asks for; nothing consumed that matters */
  IM_JSON_VALUE_FAILED  /* reader.error is set */
} ImJsonValueResult;

/* Reads one value into the member that @field describes. */
ImJsonValueResult im_json_parser_value (ImJsonParser *parser,
                                        gpointer object,
                                        const ImJsonType *type,
                                        const ImJsonField *field);
/* Reads one object; NULL with reader.error set. */
gpointer im_json_parser_object (ImJsonParser *parser, const ImJsonType *type);
/* Read an array; @where names it in an error. */
gboolean im_json_parser_objects (ImJsonParser *parser,
                                 GPtrArray *array,
                                 const ImJsonType *type,
                                 const char *where);
gboolean im_json_parser_strings (ImJsonParser *parser, GStrvBuilder *builder, const char *where);

/* 1e3 and 2.0 are integers, too, as long as they are exact. */
gboolean im_json_number_make_integer (ImJsonNumber *number);
/* Of an integer that fits. */
gint64 im_json_number_signed (const ImJsonNumber *number);
/* What the profile and the row make of a number that fits. */
gint64 im_json_parser_translate (ImJsonParser *parser, const ImJsonField *field, gint64 number);

G_END_DECLS
