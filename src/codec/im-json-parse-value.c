/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-json-parse-private.h"

#include <math.h>
#include <string.h>

/* What a row takes for a value, and what becomes of the rest. Pure functions; any thread. */

#define MEMBER(type, object, field) (*(type *) im_json_member ((object), (field)))
#define EXACT_DOUBLE_LIMIT 9007199254740992.0 /* integers up to here are exact in a double */

/* In strict mode an error that names the key, in the others the value is dropped. */
static ImJsonValueResult
bad_value (ImJsonParser *parser,
           const ImJsonType *type,
           const ImJsonField *field,
           ImJsonError code,
           const char *what)
{
  if (!parser->reader.is_strict)
    return IM_JSON_VALUE_BAD;
  im_json_reader_fail (&parser->reader, code, "%s.%s: %s", type->name, field->key, what);
  return IM_JSON_VALUE_FAILED;
}

static ImJsonValueResult
wrong_type (ImJsonParser *parser,
            const ImJsonType *type,
            const ImJsonField *field,
            const char *expected)
{
  g_autofree char *what = g_strconcat (expected, " expected", NULL);

  return bad_value (parser, type, field, IM_JSON_ERROR_TYPE, what);
}

static ImJsonValueResult
out_of_range (ImJsonParser *parser,
              const ImJsonType *type,
              const ImJsonField *field,
              const ImJsonNumber *number)
{
  g_autofree char *what = NULL;

  if (number->is_integer && !number->is_too_big)
    what = g_strdup_printf ("%s%" G_GUINT64_FORMAT " out of range", number->is_negative ? "-" : "",
                            number->magnitude);
  return bad_value (parser, type, field, IM_JSON_ERROR_RANGE, what != NULL ? what : "out of range");
}

/* 1e3 and 2.0 are integers, too, as long as they are exact. */
gboolean
im_json_number_make_integer (ImJsonNumber *number)
{
  if (number->is_integer)
    return TRUE;
  if (number->is_too_big || fabs (number->value) > EXACT_DOUBLE_LIMIT
      || trunc (number->value) < number->value || trunc (number->value) > number->value)
    return FALSE;
  number->is_integer = TRUE;
  number->magnitude = (guint64) fabs (number->value);
  return TRUE;
}

gint64
im_json_number_signed (const ImJsonNumber *number)
{
  return (gint64) (number->is_negative ? 0 - number->magnitude : number->magnitude);
}

static gint64
old_role (gint64 role)
{
  return role >= 1 && role <= 3 ? (role + 1) * 100 : role;
}

/* What the profile and the row make of a number that fits. */
gint64
im_json_parser_translate (ImJsonParser *parser, const ImJsonField *field, gint64 number)
{
  if (field->wire == IM_WIRE_ROLE)
    return parser->reader.is_strict ? old_role (number) : number;
  return im_profile_number_in (parser->profile, (ImJsonWire) field->wire, number);
}

static gboolean
fits_uint (const ImJsonField *field, const ImJsonNumber *number)
{
  guint64 max = field->max != 0 ? (guint64) field->max : G_MAXUINT32;

  return number->magnitude <= max && (!number->is_negative || number->magnitude == 0);
}

static ImJsonValueResult
store_integer (ImJsonParser *parser,
               gpointer object,
               const ImJsonType *type,
               const ImJsonField *field,
               ImJsonNumber *number)
{
  if (!im_json_number_make_integer (number))
    return number->is_too_big ? out_of_range (parser, type, field, number)
                              : wrong_type (parser, type, field, "an integer");
  if (number->is_too_big)
    return out_of_range (parser, type, field, number);
  if (field->kind == IM_JSON_KIND_UINT64)
    {
      if (number->is_negative && number->magnitude != 0)
        return out_of_range (parser, type, field, number);
      MEMBER (guint64, object, field) = number->magnitude;
      return IM_JSON_VALUE_TAKEN;
    }
  if (field->wire == IM_WIRE_FLAGS && number->is_negative
      && number->magnitude <= G_GUINT64_CONSTANT (1) << 31)
    {
      MEMBER (gint64, object, field) = (gint64) (guint32) im_json_number_signed (number);
      return IM_JSON_VALUE_TAKEN;
    }
  if (!number->is_negative && number->magnitude > G_MAXINT64)
    return out_of_range (parser, type, field, number);
  if (field->kind == IM_JSON_KIND_UINT && !fits_uint (field, number))
    return out_of_range (parser, type, field, number);
  MEMBER (gint64, object, field)
      = im_json_parser_translate (parser, field, im_json_number_signed (number));
  return IM_JSON_VALUE_TAKEN;
}

static ImJsonValueResult
parse_number (ImJsonParser *parser,
              gpointer object,
              const ImJsonType *type,
              const ImJsonField *field)
{
  ImJsonNumber number;

  if (!im_json_reader_number (&parser->reader, &number))
    return IM_JSON_VALUE_FAILED;
  if (field->kind != IM_JSON_KIND_DOUBLE)
    return store_integer (parser, object, type, field, &number);
  if (!isfinite (number.value))
    return out_of_range (parser, type, field, &number);
  MEMBER (double, object, field) = number.value;
  return IM_JSON_VALUE_TAKEN;
}

static ImJsonValueResult
parse_group_type_name (ImJsonParser *parser,
                       gpointer object,
                       const ImJsonType *type,
                       const ImJsonField *field)
{
  g_autofree char *name = im_json_reader_string (&parser->reader);
  gint64 number;

  if (name == NULL)
    return IM_JSON_VALUE_FAILED;
  number = im_profile_group_type_from_name (name);
  if (number < 0)
    return bad_value (parser, type, field, IM_JSON_ERROR_RANGE, "no kind of group");
  MEMBER (gint64, object, field) = number;
  return IM_JSON_VALUE_TAKEN;
}

static ImJsonValueResult
parse_string (ImJsonParser *parser, gpointer object, const ImJsonField *field)
{
  char *value = im_json_reader_string (&parser->reader);

  if (value == NULL)
    return IM_JSON_VALUE_FAILED;
  MEMBER (char *, object, field) = value;
  return IM_JSON_VALUE_TAKEN;
}

static ImJsonValueResult
parse_bool (ImJsonParser *parser,
            gpointer object,
            const ImJsonType *type,
            const ImJsonField *field,
            ImJsonToken token)
{
  ImJsonNumber number;

  if (token == IM_JSON_TOKEN_BOOL)
    return im_json_reader_bool (&parser->reader, &MEMBER (gboolean, object, field))
               ? IM_JSON_VALUE_TAKEN
               : IM_JSON_VALUE_FAILED;
  if (!im_json_reader_number (&parser->reader, &number))
    return IM_JSON_VALUE_FAILED;
  if (!im_json_number_make_integer (&number))
    return wrong_type (parser, type, field, "true or false");
  MEMBER (gboolean, object, field) = number.is_too_big || number.magnitude != 0;
  return IM_JSON_VALUE_TAKEN;
}

gboolean
im_json_parser_strings (ImJsonParser *parser, GStrvBuilder *builder, const char *where)
{
  ImJsonReader *reader = &parser->reader;
  gboolean is_first = TRUE;

  if (!im_json_reader_enter (reader))
    return FALSE;
  while (im_json_reader_next_item (reader, &is_first))
    {
      g_autofree char *item = NULL;

      if (im_json_reader_peek (reader) == IM_JSON_TOKEN_STRING)
        {
          if ((item = im_json_reader_string (reader)) == NULL)
            return FALSE;
          g_strv_builder_add (builder, item);
        }
      else if (reader->is_strict && im_json_reader_peek (reader) != IM_JSON_TOKEN_NONE)
        return im_json_reader_fail (reader, IM_JSON_ERROR_TYPE, "%s: an array of strings expected",
                                    where);
      else if (!im_json_reader_skip (reader, NULL))
        return FALSE;
    }
  return reader->error == NULL;
}

static ImJsonValueResult
parse_strv (ImJsonParser *parser, gpointer object, const ImJsonType *type, const ImJsonField *field)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *where = NULL;

  if (parser->reader.is_strict)
    where = g_strconcat (type->name, ".", field->key, NULL);
  if (!im_json_parser_strings (parser, builder, where))
    return IM_JSON_VALUE_FAILED;
  MEMBER (char **, object, field) = g_strv_builder_end (builder);
  return IM_JSON_VALUE_TAKEN;
}

static gboolean
fits_item (const ImJsonField *field, const ImJsonNumber *number)
{
  if (field->wire == IM_WIRE_UINT64)
    return !number->is_negative || number->magnitude == 0;
  return number->magnitude <= G_MAXINT64;
}

/* One number of an array; TRUE with *ret_value, FALSE when it is none that fits. */
static gboolean
read_item_number (ImJsonParser *parser, const ImJsonField *field, gint64 *ret_value)
{
  ImJsonNumber number;

  if (!im_json_reader_number (&parser->reader, &number) || !im_json_number_make_integer (&number)
      || number.is_too_big || !fits_item (field, &number))
    return FALSE;
  *ret_value = im_json_parser_translate (parser, field, im_json_number_signed (&number));
  return TRUE;
}

static ImJsonValueResult
parse_intv (ImJsonParser *parser, gpointer object, const ImJsonType *type, const ImJsonField *field)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  ImJsonReader *reader = &parser->reader;
  gboolean is_first = TRUE;

  if (!im_json_reader_enter (reader))
    return IM_JSON_VALUE_FAILED;
  while (im_json_reader_next_item (reader, &is_first))
    {
      ImJsonToken token = im_json_reader_peek (reader);
      gint64 value;

      if (token == IM_JSON_TOKEN_NUMBER && read_item_number (parser, field, &value))
        g_array_append_val (numbers, value);
      else if (reader->error != NULL)
        return IM_JSON_VALUE_FAILED;
      else if (reader->is_strict && token != IM_JSON_TOKEN_NONE)
        return wrong_type (parser, type, field, "an array of integers");
      else if (token != IM_JSON_TOKEN_NUMBER && !im_json_reader_skip (reader, NULL))
        return IM_JSON_VALUE_FAILED;
    }
  if (reader->error != NULL)
    return IM_JSON_VALUE_FAILED;
  MEMBER (GArray *, object, field) = g_steal_pointer (&numbers);
  return IM_JSON_VALUE_TAKEN;
}

gboolean
im_json_parser_objects (ImJsonParser *parser,
                        GPtrArray *array,
                        const ImJsonType *type,
                        const char *where)
{
  ImJsonReader *reader = &parser->reader;
  gboolean is_first = TRUE;

  if (!im_json_reader_enter (reader))
    return FALSE;
  while (im_json_reader_next_item (reader, &is_first))
    {
      gpointer item;

      if (im_json_reader_peek (reader) == IM_JSON_TOKEN_OBJECT)
        {
          if ((item = im_json_parser_object (parser, type)) == NULL)
            return FALSE;
          g_ptr_array_add (array, item);
        }
      else if (reader->is_strict && im_json_reader_peek (reader) != IM_JSON_TOKEN_NONE)
        return im_json_reader_fail (reader, IM_JSON_ERROR_TYPE, "%s: an array of objects expected",
                                    where);
      else if (!im_json_reader_skip (reader, NULL))
        return FALSE;
    }
  return reader->error == NULL;
}

static ImJsonValueResult
parse_array (ImJsonParser *parser,
             gpointer object,
             const ImJsonType *type,
             const ImJsonField *field)
{
  g_autoptr (GPtrArray) array = im_json_array_new ();
  g_autofree char *where = NULL;

  if (parser->reader.is_strict)
    where = g_strconcat (type->name, ".", field->key, NULL);
  if (!im_json_parser_objects (parser, array, field->type, where))
    return IM_JSON_VALUE_FAILED;
  MEMBER (GPtrArray *, object, field) = g_steal_pointer (&array);
  return IM_JSON_VALUE_TAKEN;
}

/* Custom fields as {"name": "value"}: rows 0 and 1 of their type are the name and the value. */
static ImJsonValueResult
parse_custom_object (ImJsonParser *parser,
                     gpointer object,
                     const ImJsonType *type,
                     const ImJsonField *field)
{
  g_autoptr (GPtrArray) array = im_json_array_new ();
  ImJsonReader *reader = &parser->reader;
  gboolean is_first = TRUE;
  ImJsonSlice key;

  if (!im_json_reader_enter (reader))
    return IM_JSON_VALUE_FAILED;
  while (im_json_reader_next_member (reader, &is_first, &key))
    {
      g_autofree char *name = g_strndup (key.start, key.length);
      gpointer item;
      char *value;

      if (im_json_reader_peek (reader) != IM_JSON_TOKEN_STRING)
        {
          if (reader->is_strict)
            return wrong_type (parser, type, field, "an object of strings");
          if (!im_json_reader_skip (reader, NULL))
            return IM_JSON_VALUE_FAILED;
          continue;
        }
      if ((value = im_json_reader_string (reader)) == NULL)
        return IM_JSON_VALUE_FAILED;
      item = im_json_new (field->type);
      MEMBER (char *, item, &field->type->fields[0]) = g_steal_pointer (&name);
      MEMBER (char *, item, &field->type->fields[1]) = value;
      g_ptr_array_add (array, item);
    }
  if (reader->error != NULL)
    return IM_JSON_VALUE_FAILED;
  MEMBER (GPtrArray *, object, field) = g_steal_pointer (&array);
  return IM_JSON_VALUE_TAKEN;
}

static ImJsonValueResult
parse_nested (ImJsonParser *parser, gpointer object, const ImJsonField *field)
{
  gpointer nested = im_json_parser_object (parser, field->type);

  if (nested == NULL)
    return IM_JSON_VALUE_FAILED;
  MEMBER (gpointer, object, field) = nested;
  return IM_JSON_VALUE_TAKEN;
}

/* Neither a value nor anything else that JSON knows. */
static ImJsonValueResult
fail_no_value (ImJsonParser *parser)
{
  im_json_reader_skip (&parser->reader, NULL);
  return IM_JSON_VALUE_FAILED;
}

ImJsonValueResult
im_json_parser_value (ImJsonParser *parser,
                      gpointer object,
                      const ImJsonType *type,
                      const ImJsonField *field)
{
  ImJsonToken token = im_json_reader_peek (&parser->reader);

  if (token == IM_JSON_TOKEN_NULL)
    return im_json_reader_null (&parser->reader) ? IM_JSON_VALUE_ABSENT : IM_JSON_VALUE_FAILED;
  if (token == IM_JSON_TOKEN_NONE)
    return fail_no_value (parser);
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      if (token == IM_JSON_TOKEN_STRING)
        return parse_string (parser, object, field);
      return wrong_type (parser, type, field, "a string");
    case IM_JSON_KIND_BOOL:
      if (token == IM_JSON_TOKEN_BOOL || token == IM_JSON_TOKEN_NUMBER)
        return parse_bool (parser, object, type, field, token);
      return wrong_type (parser, type, field, "true or false");
    case IM_JSON_KIND_STRV:
      if (token == IM_JSON_TOKEN_ARRAY)
        return parse_strv (parser, object, type, field);
      return wrong_type (parser, type, field, "an array of strings");
    case IM_JSON_KIND_INTV:
      if (token == IM_JSON_TOKEN_ARRAY)
        return parse_intv (parser, object, type, field);
      return wrong_type (parser, type, field, "an array of integers");
    case IM_JSON_KIND_OBJ:
      if (token == IM_JSON_TOKEN_OBJECT)
        return parse_nested (parser, object, field);
      return wrong_type (parser, type, field, "an object");
    case IM_JSON_KIND_ARRAY:
      if (token == IM_JSON_TOKEN_ARRAY)
        return parse_array (parser, object, type, field);
      if (token == IM_JSON_TOKEN_OBJECT
          && (field->wire == IM_WIRE_CUSTOM_INFO || field->wire == IM_WIRE_CUSTOM_FIELDS))
        return parse_custom_object (parser, object, type, field);
      return wrong_type (parser, type, field, "an array");
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
    case IM_JSON_KIND_UINT64:
    case IM_JSON_KIND_DOUBLE:
    default:
      if (token == IM_JSON_TOKEN_NUMBER)
        return parse_number (parser, object, type, field);
      if (token == IM_JSON_TOKEN_STRING && field->wire == IM_WIRE_GROUP_TYPE)
        return parse_group_type_name (parser, object, type, field);
      return wrong_type (parser, type, field, "a number");
    }
}
