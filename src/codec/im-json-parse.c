/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-json.h"

#include "im-json-parse-private.h"

#include <string.h>

/* Text to objects, by their tables. Pure functions; any thread. */

static gboolean
parser_init (ImJsonParser *parser, const char *text, gssize len, ImJsonMode mode)
{
  parser->profile = mode == IM_JSON_LENIENT ? IM_PROFILE_SEED : im_profile_get ();
  return im_json_reader_init (&parser->reader, text, len, mode == IM_JSON_STRICT);
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
parse_unknown (ImJsonParser *parser, ImJsonHeader *header, const char *name)
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
fail_duplicate (ImJsonParser *parser, const ImJsonType *type, const char *key)
{
  return im_json_reader_fail (&parser->reader, IM_JSON_ERROR_DUPLICATE, "%s.%s: the same key twice",
                              type->name, key);
}

static gboolean
parse_unknown_member (ImJsonParser *parser,
                      ImJsonHeader *header,
                      const ImJsonSlice *key,
                      Seen *seen)
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
parse_known_member (ImJsonParser *parser,
                    ImJsonHeader *header,
                    const ImJsonField *field,
                    gboolean is_alias,
                    Seen *seen)
{
  ImJsonReader *reader = &parser->reader;
  guint64 row = G_GUINT64_CONSTANT (1) << seen->hint;
  guint64 *seen_rows = is_alias ? &seen->aliases : &seen->keys;
  guint64 *marked = is_alias ? &header->respelt : &header->present;
  const char *start;
  ImJsonValueResult result;

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
  result = im_json_parser_value (parser, header, header->type, field);
  if (result == IM_JSON_VALUE_TAKEN)
    *marked |= row;
  if (result == IM_JSON_VALUE_TAKEN || result == IM_JSON_VALUE_ABSENT)
    return TRUE;
  if (result == IM_JSON_VALUE_FAILED)
    return FALSE;
  reader->pos = start;
  return parse_unknown (parser, header, is_alias ? field->alias : field->key);
}

static gboolean
check_required (ImJsonParser *parser, const ImJsonHeader *header)
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
parse_members (ImJsonParser *parser, ImJsonHeader *header)
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
choose_variant (ImJsonParser *parser, const ImJsonType *family)
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
          if (im_json_number_make_integer (&number) && !number.is_too_big)
            variant
                = im_json_type_for_tag (family,
                                        im_json_parser_translate (parser, tag_field,
                                                                  im_json_number_signed (&number)));
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

gpointer
im_json_parser_object (ImJsonParser *parser, const ImJsonType *type)
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
expect (ImJsonParser *parser, ImJsonToken token, const char *where, const char *what)
{
  return im_json_reader_peek (&parser->reader) == token
         || im_json_reader_fail (&parser->reader, IM_JSON_ERROR_SYNTAX, "%s: %s expected", where,
                                 what);
}

gpointer
im_json_parse (
    const ImJsonType *type, const char *text, gssize len, ImJsonMode mode, GError **error)
{
  ImJsonParser parser;
  gpointer object = NULL;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (parser_init (&parser, text, len, mode)
      && expect (&parser, IM_JSON_TOKEN_OBJECT, type->name, "an object"))
    object = im_json_parser_object (&parser, type);
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
parse_top_array (ImJsonParser *parser, const ImJsonType *type, GPtrArray *array)
{
  gpointer single;

  if (!parser->reader.is_strict && im_json_reader_peek (&parser->reader) == IM_JSON_TOKEN_OBJECT)
    {
      if ((single = im_json_parser_object (parser, type)) == NULL)
        return FALSE;
      g_ptr_array_add (array, single);
      return TRUE;
    }
  return expect (parser, IM_JSON_TOKEN_ARRAY, type->name, "an array")
         && im_json_parser_objects (parser, array, type, type->name);
}

GPtrArray *
im_json_parse_array (
    const ImJsonType *type, const char *text, gssize len, ImJsonMode mode, GError **error)
{
  g_autoptr (GPtrArray) array = im_json_array_new ();
  gboolean ok;
  ImJsonParser parser;

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
  ImJsonParser parser;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  ok = parser_init (&parser, text, len, mode)
       && expect (&parser, IM_JSON_TOKEN_ARRAY, "Text", "an array of strings")
       && im_json_parser_strings (&parser, builder, "Text")
       && im_json_reader_finish (&parser.reader);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&parser.reader.error));
  im_json_reader_clear (&parser.reader);
  return ok ? g_strv_builder_end (builder) : NULL;
}
