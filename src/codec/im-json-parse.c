/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-json.h"

#include "im-json-private.h"
#include "im-json-reader.h"
#include "im-profile-private.h"

#include <math.h>
#include <string.h>

/* Text to objects, by their tables. Pure functions; any thread. */

typedef struct
{
  ImJsonReader reader;
  ImProfile profile;
} Parser;

/* What became of one value. */
typedef enum
{
  VALUE_TAKEN,  /* stored */
  VALUE_ABSENT, /* null */
  VALUE_BAD,    /* not what the row asks for; nothing consumed that matters */
  VALUE_FAILED  /* reader.error is set */
} ValueResult;

#define MEMBER(type, object, field) (*(type *) im_json_member ((object), (field)))
#define EXACT_DOUBLE_LIMIT 9007199254740992.0 /* integers up to here are exact in a double */

static gpointer parse_object (Parser *parser, const ImJsonType *type);

static gboolean
parser_init (Parser *parser, const char *text, gssize len, ImJsonMode mode)
{
  parser->profile = mode == IM_JSON_LENIENT ? IM_PROFILE_SEED : im_profile_get ();
  return im_json_reader_init (&parser->reader, text, len, mode == IM_JSON_STRICT);
}

/* In strict mode an error that names the key, in the others the value is dropped. */
static ValueResult
bad_value (Parser *parser,
           const ImJsonType *type,
           const ImJsonField *field,
           ImJsonError code,
           const char *what)
{
  if (!parser->reader.is_strict)
    return VALUE_BAD;
  im_json_reader_fail (&parser->reader, code, "%s.%s: %s", type->name, field->key, what);
  return VALUE_FAILED;
}

static ValueResult
wrong_type (Parser *parser, const ImJsonType *type, const ImJsonField *field, const char *expected)
{
  g_autofree char *what = g_strconcat (expected, " expected", NULL);

  return bad_value (parser, type, field, IM_JSON_ERROR_TYPE, what);
}

static ValueResult
out_of_range (Parser *parser,
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
static gboolean
make_integer (ImJsonNumber *number)
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

static gint64
signed_value (const ImJsonNumber *number)
{
  return (gint64) (number->is_negative ? 0 - number->magnitude : number->magnitude);
}

static gint64
old_role (gint64 role)
{
  return role >= 1 && role <= 3 ? (role + 1) * 100 : role;
}

/* What the profile and the row make of a number that fits. */
static gint64
translate (Parser *parser, const ImJsonField *field, gint64 number)
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

static ValueResult
store_integer (Parser *parser,
               gpointer object,
               const ImJsonType *type,
               const ImJsonField *field,
               ImJsonNumber *number)
{
  if (!make_integer (number))
    return number->is_too_big ? out_of_range (parser, type, field, number)
                              : wrong_type (parser, type, field, "an integer");
  if (number->is_too_big)
    return out_of_range (parser, type, field, number);
  if (field->kind == IM_JSON_KIND_UINT64)
    {
      if (number->is_negative && number->magnitude != 0)
        return out_of_range (parser, type, field, number);
      MEMBER (guint64, object, field) = number->magnitude;
      return VALUE_TAKEN;
    }
  if (field->wire == IM_WIRE_FLAGS && number->is_negative
      && number->magnitude <= G_GUINT64_CONSTANT (1) << 31)
    {
      MEMBER (gint64, object, field) = (gint64) (guint32) signed_value (number);
      return VALUE_TAKEN;
    }
  if (!number->is_negative && number->magnitude > G_MAXINT64)
    return out_of_range (parser, type, field, number);
  if (field->kind == IM_JSON_KIND_UINT && !fits_uint (field, number))
    return out_of_range (parser, type, field, number);
  MEMBER (gint64, object, field) = translate (parser, field, signed_value (number));
  return VALUE_TAKEN;
}

static ValueResult
parse_number (Parser *parser, gpointer object, const ImJsonType *type, const ImJsonField *field)
{
  ImJsonNumber number;

  if (!im_json_reader_number (&parser->reader, &number))
    return VALUE_FAILED;
  if (field->kind != IM_JSON_KIND_DOUBLE)
    return store_integer (parser, object, type, field, &number);
  if (!isfinite (number.value))
    return out_of_range (parser, type, field, &number);
  MEMBER (double, object, field) = number.value;
  return VALUE_TAKEN;
}

static ValueResult
parse_group_type_name (Parser *parser,
                       gpointer object,
                       const ImJsonType *type,
                       const ImJsonField *field)
{
  g_autofree char *name = im_json_reader_string (&parser->reader);
  gint64 number;

  if (name == NULL)
    return VALUE_FAILED;
  number = im_profile_group_type_from_name (name);
  if (number < 0)
    return bad_value (parser, type, field, IM_JSON_ERROR_RANGE, "no kind of group");
  MEMBER (gint64, object, field) = number;
  return VALUE_TAKEN;
}

static ValueResult
parse_string (Parser *parser, gpointer object, const ImJsonField *field)
{
  char *value = im_json_reader_string (&parser->reader);

  if (value == NULL)
    return VALUE_FAILED;
  MEMBER (char *, object, field) = value;
  return VALUE_TAKEN;
}

static ValueResult
parse_bool (Parser *parser,
            gpointer object,
            const ImJsonType *type,
            const ImJsonField *field,
            ImJsonToken token)
{
  ImJsonNumber number;

  if (token == IM_JSON_TOKEN_BOOL)
    return im_json_reader_bool (&parser->reader, &MEMBER (gboolean, object, field)) ? VALUE_TAKEN
                                                                                    : VALUE_FAILED;
  if (!im_json_reader_number (&parser->reader, &number))
    return VALUE_FAILED;
  if (!make_integer (&number))
    return wrong_type (parser, type, field, "true or false");
  MEMBER (gboolean, object, field) = number.is_too_big || number.magnitude != 0;
  return VALUE_TAKEN;
}

static gboolean
parse_strings (Parser *parser, GStrvBuilder *builder, const char *where)
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

static ValueResult
parse_strv (Parser *parser, gpointer object, const ImJsonType *type, const ImJsonField *field)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *where = NULL;

  if (parser->reader.is_strict)
    where = g_strconcat (type->name, ".", field->key, NULL);
  if (!parse_strings (parser, builder, where))
    return VALUE_FAILED;
  MEMBER (char **, object, field) = g_strv_builder_end (builder);
  return VALUE_TAKEN;
}

static gboolean
parse_objects (Parser *parser, GPtrArray *array, const ImJsonType *type, const char *where)
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
          if ((item = parse_object (parser, type)) == NULL)
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

static ValueResult
parse_array (Parser *parser, gpointer object, const ImJsonType *type, const ImJsonField *field)
{
  g_autoptr (GPtrArray) array = im_json_array_new ();
  g_autofree char *where = NULL;

  if (parser->reader.is_strict)
    where = g_strconcat (type->name, ".", field->key, NULL);
  if (!parse_objects (parser, array, field->type, where))
    return VALUE_FAILED;
  MEMBER (GPtrArray *, object, field) = g_steal_pointer (&array);
  return VALUE_TAKEN;
}

/* Custom fields as {"name": "value"}: rows 0 and 1 of their type are the name and the value. */
static ValueResult
parse_custom_object (Parser *parser,
                     gpointer object,
                     const ImJsonType *type,
                     const ImJsonField *field)
{
  g_autoptr (GPtrArray) array = im_json_array_new ();
  ImJsonReader *reader = &parser->reader;
  gboolean is_first = TRUE;
  ImJsonSlice key;

  if (!im_json_reader_enter (reader))
    return VALUE_FAILED;
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
            return VALUE_FAILED;
          continue;
        }
      if ((value = im_json_reader_string (reader)) == NULL)
        return VALUE_FAILED;
      item = im_json_new (field->type);
      MEMBER (char *, item, &field->type->fields[0]) = g_steal_pointer (&name);
      MEMBER (char *, item, &field->type->fields[1]) = value;
      g_ptr_array_add (array, item);
    }
  if (reader->error != NULL)
    return VALUE_FAILED;
  MEMBER (GPtrArray *, object, field) = g_steal_pointer (&array);
  return VALUE_TAKEN;
}

static ValueResult
parse_nested (Parser *parser, gpointer object, const ImJsonField *field)
{
  gpointer nested = parse_object (parser, field->type);

  if (nested == NULL)
    return VALUE_FAILED;
  MEMBER (gpointer, object, field) = nested;
  return VALUE_TAKEN;
}

/* Neither a value nor anything else that JSON knows. */
static ValueResult
fail_no_value (Parser *parser)
{
  im_json_reader_skip (&parser->reader, NULL);
  return VALUE_FAILED;
}

static ValueResult
parse_value (Parser *parser, gpointer object, const ImJsonType *type, const ImJsonField *field)
{
  ImJsonToken token = im_json_reader_peek (&parser->reader);

  if (token == IM_JSON_TOKEN_NULL)
    return im_json_reader_null (&parser->reader) ? VALUE_ABSENT : VALUE_FAILED;
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

static gboolean
slice_is (const ImJsonSlice *slice, const char *text)
{
  return strncmp (text, slice->start, slice->length) == 0 && text[slice->length] == '\0';
}

/* Text mostly comes in the order of the table, so the search goes on after the last hit. */
static const ImJsonField *
find_field (const ImJsonType *type, const ImJsonSlice *key, guint *hint, gboolean *ret_is_alias)
{
  for (guint i = 0, row = *hint; i < type->n_fields; i++, row++)
    {
      const ImJsonField *field;

      if (row >= type->n_fields)
        row = 0;
      field = &type->fields[row];
      *ret_is_alias = !slice_is (key, field->key);
      if (*ret_is_alias && (field->alias == NULL || !slice_is (key, field->alias)))
        continue;
      *hint = row;
      return field;
    }
  return NULL;
}

/* An unknown key: kept where the type says so, else skipped. */
static gboolean
parse_unknown (Parser *parser, ImJsonHeader *header, const char *name)
{
  g_autoptr (GString) text = NULL;

  if (!header->type->keeps_unknown)
    return im_json_reader_skip (&parser->reader, NULL);
  text = g_string_new (NULL);
  if (!im_json_reader_skip (&parser->reader, text))
    return FALSE;
  if (header->unknown == NULL)
    header->unknown = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (header->unknown, g_strdup (name));
  g_ptr_array_add (header->unknown, g_string_free (g_steal_pointer (&text), FALSE));
  return TRUE;
}

/* What one object has had so far. */
typedef struct
{
  guint hint;
  guint64 keys;
  guint64 aliases;
  GHashTable *unknown; /* owned, only in strict mode */
} Seen;

static gboolean
fail_duplicate (Parser *parser, const ImJsonType *type, const char *key)
{
  return im_json_reader_fail (&parser->reader, IM_JSON_ERROR_DUPLICATE, "%s.%s: the same key twice",
                              type->name, key);
}

static gboolean
parse_unknown_member (Parser *parser, ImJsonHeader *header, const ImJsonSlice *key, Seen *seen)
{
  g_autofree char *name = NULL;

  if (!parser->reader.is_strict && !header->type->keeps_unknown)
    return im_json_reader_skip (&parser->reader, NULL);
  name = g_strndup (key->start, key->length);
  if (parser->reader.is_strict)
    {
      if (seen->unknown == NULL)
        seen->unknown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      if (!g_hash_table_add (seen->unknown, g_strdup (name)))
        return fail_duplicate (parser, header->type, name);
    }
  return parse_unknown (parser, header, name);
}

/* The first value of a row counts, whichever way it is spelt. */
static gboolean
parse_known_member (
    Parser *parser, ImJsonHeader *header, const ImJsonField *field, gboolean is_alias, Seen *seen)
{
  ImJsonReader *reader = &parser->reader;
  guint64 row = G_GUINT64_CONSTANT (1) << seen->hint;
  guint64 *seen_rows = is_alias ? &seen->aliases : &seen->keys;
  guint64 *marked = is_alias ? &header->respelt : &header->present;
  const char *start;
  ValueResult result;

  if ((*seen_rows & row) != 0)
    return reader->is_strict
               ? fail_duplicate (parser, header->type, is_alias ? field->alias : field->key)
               : im_json_reader_skip (reader, NULL);
  *seen_rows |= row;
  if (((header->present | header->respelt) & row) != 0)
    {
      *marked |= row;
      return im_json_reader_skip (reader, NULL);
    }
  im_json_reader_peek (reader);
  start = reader->pos;
  result = parse_value (parser, header, header->type, field);
  if (result == VALUE_TAKEN)
    *marked |= row;
  if (result == VALUE_TAKEN || result == VALUE_ABSENT)
    return TRUE;
  if (result == VALUE_FAILED)
    return FALSE;
  reader->pos = start;
  return parse_unknown (parser, header, is_alias ? field->alias : field->key);
}

static gboolean
check_required (Parser *parser, const ImJsonHeader *header)
{
  const ImJsonType *type = header->type;

  for (guint i = 0; i < type->n_fields; i++)
    if ((type->fields[i].flags & IM_REQUIRED) != 0
        && ((header->present | header->respelt) & G_GUINT64_CONSTANT (1) << i) == 0)
      return im_json_reader_fail (&parser->reader, IM_JSON_ERROR_MISSING, "%s.%s: missing",
                                  type->name, type->fields[i].key);
  return TRUE;
}

static gboolean
parse_members (Parser *parser, ImJsonHeader *header)
{
  ImJsonReader *reader = &parser->reader;
  Seen seen = { 0 };
  gboolean is_first = TRUE, ok = TRUE;
  ImJsonSlice key;

  if (!im_json_reader_enter (reader))
    return FALSE;
  while (ok && im_json_reader_next_member (reader, &is_first, &key))
    {
      gboolean is_alias;
      const ImJsonField *field = find_field (header->type, &key, &seen.hint, &is_alias);

      if (field == NULL)
        ok = parse_unknown_member (parser, header, &key, &seen);
      else
        ok = parse_known_member (parser, header, field, is_alias, &seen);
      if (field != NULL)
        seen.hint++;
    }
  g_clear_pointer (&seen.unknown, g_hash_table_unref);
  return ok && reader->error == NULL && (!reader->is_strict || check_required (parser, header));
}

/* Looks ahead for the tag of a family's object; the reader comes back to where it was. */
static const ImJsonType *
choose_variant (Parser *parser, const ImJsonType *family)
{
  const ImJsonField *tag_field = &family->fields[0];
  ImJsonReader *reader = &parser->reader;
  const char *start = reader->pos;
  guint depth = reader->depth;
  const ImJsonType *variant = NULL;
  gboolean is_first = TRUE;
  ImJsonSlice key;
  ImJsonNumber number;

  if (!im_json_reader_enter (reader))
    return NULL;
  while (variant == NULL && im_json_reader_next_member (reader, &is_first, &key))
    {
      gboolean is_tag = slice_is (&key, tag_field->key);

      if (is_tag && im_json_reader_peek (reader) == IM_JSON_TOKEN_NUMBER)
        {
          if (!im_json_reader_number (reader, &number))
            return NULL;
          variant = family->fallback;
          if (make_integer (&number) && !number.is_too_big)
            variant = im_json_type_for_tag (family,
                                            translate (parser, tag_field, signed_value (&number)));
        }
      else if (is_tag)
        variant = family->fallback;
      else if (!im_json_reader_skip (reader, NULL))
        return NULL;
    }
  if (reader->error != NULL)
    return NULL;
  reader->pos = start;
  reader->depth = depth;
  return variant != NULL ? variant : family->fallback;
}

static gpointer
parse_object (Parser *parser, const ImJsonType *type)
{
  gpointer object;

  if (type->n_variants != 0)
    type = choose_variant (parser, type);
  if (type == NULL)
    return NULL;
  object = im_json_alloc (type);
  if (parse_members (parser, object))
    return object;
  im_json_unref (object);
  return NULL;
}

static gboolean
expect (Parser *parser, ImJsonToken token, const char *where, const char *what)
{
  return im_json_reader_peek (&parser->reader) == token
         || im_json_reader_fail (&parser->reader, IM_JSON_ERROR_SYNTAX, "%s: %s expected", where,
                                 what);
}

gpointer
im_json_parse (
    const ImJsonType *type, const char *text, gssize len, ImJsonMode mode, GError **error)
{
  Parser parser;
  gpointer object = NULL;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (parser_init (&parser, text, len, mode)
      && expect (&parser, IM_JSON_TOKEN_OBJECT, type->name, "an object"))
    object = parse_object (&parser, type);
  if (object != NULL && !im_json_reader_finish (&parser.reader))
    g_clear_pointer (&object, im_json_unref);
  if (object == NULL)
    g_propagate_error (error, g_steal_pointer (&parser.reader.error));
  im_json_reader_clear (&parser.reader);
  return object;
}

/* Outside strict mode a bare object is an array of one: the profiles disagree about one callback.
 */
static gboolean
parse_top_array (Parser *parser, const ImJsonType *type, GPtrArray *array)
{
  gpointer single;

  if (!parser->reader.is_strict && im_json_reader_peek (&parser->reader) == IM_JSON_TOKEN_OBJECT)
    {
      if ((single = parse_object (parser, type)) == NULL)
        return FALSE;
      g_ptr_array_add (array, single);
      return TRUE;
    }
  return expect (parser, IM_JSON_TOKEN_ARRAY, type->name, "an array")
         && parse_objects (parser, array, type, type->name);
}

GPtrArray *
im_json_parse_array (
    const ImJsonType *type, const char *text, gssize len, ImJsonMode mode, GError **error)
{
  g_autoptr (GPtrArray) array = im_json_array_new ();
  gboolean ok;
  Parser parser;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  ok = parser_init (&parser, text, len, mode) && parse_top_array (&parser, type, array)
       && im_json_reader_finish (&parser.reader);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&parser.reader.error));
  im_json_reader_clear (&parser.reader);
  return ok ? g_steal_pointer (&array) : NULL;
}

char **
im_json_parse_strv (const char *text, gssize len, ImJsonMode mode, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean ok;
  Parser parser;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  ok = parser_init (&parser, text, len, mode)
       && expect (&parser, IM_JSON_TOKEN_ARRAY, "Text", "an array of strings")
       && parse_strings (&parser, builder, "Text") && im_json_reader_finish (&parser.reader);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&parser.reader.error));
  im_json_reader_clear (&parser.reader);
  return ok ? g_strv_builder_end (builder) : NULL;
}
