/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-json-reader.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/*
 * Why not JsonParser: json-glib 1.6.6 overflows the stack on deep nesting, turns integers above
 * 2^63 negative, takes octal escapes and hexadecimal numbers, and keeps no source text for what has
 * to be handed on unchanged.
 */

gboolean
im_json_reader_fail (ImJsonReader *reader, ImJsonError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  if (reader->error != NULL)
    return FALSE;
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  reader->error = g_error_new_literal (IM_JSON_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
fail_syntax (ImJsonReader *reader, const char *expected)
{
  return im_json_reader_fail (reader, IM_JSON_ERROR_SYNTAX,
                              "Not JSON at byte %" G_GSIZE_FORMAT ": %s expected",
                              (gsize) (reader->pos - reader->start), expected);
}

gboolean
im_json_reader_init (ImJsonReader *reader, const char *text, gssize len, gboolean is_strict)
{
  gsize length = text == NULL ? 0 : len < 0 ? strlen (text) : (gsize) len;
  const char *valid_end;

  *reader = (ImJsonReader){ .start = text, .pos = text, .end = text, .is_strict = is_strict };
  if (text != NULL)
    reader->end += length;
  if (length > IM_JSON_MAX_SIZE)
    return im_json_reader_fail (reader, IM_JSON_ERROR_SIZE,
                                "Text of %" G_GSIZE_FORMAT " bytes is too long", length);
  if (text != NULL && !g_utf8_validate_len (text, length, &valid_end))
    return im_json_reader_fail (reader, IM_JSON_ERROR_ENCODING,
                                "Not UTF-8 at byte %" G_GSIZE_FORMAT, (gsize) (valid_end - text));
  reader->scratch = g_string_sized_new (64);
  return TRUE;
}

void
im_json_reader_clear (ImJsonReader *reader)
{
  if (reader->scratch != NULL)
    g_string_free (g_steal_pointer (&reader->scratch), TRUE);
  g_clear_error (&reader->error);
}

static void
skip_space (ImJsonReader *reader)
{
  while (reader->pos < reader->end
         && (*reader->pos == ' ' || *reader->pos == '\n' || *reader->pos == '\r'
             || *reader->pos == '\t'))
    reader->pos++;
}

ImJsonToken
im_json_reader_peek (ImJsonReader *reader)
{
  if (reader->error != NULL)
    return IM_JSON_TOKEN_NONE;
  skip_space (reader);
  if (reader->pos == reader->end)
    return IM_JSON_TOKEN_NONE;
  switch (*reader->pos)
    {
    case '{':
      return IM_JSON_TOKEN_OBJECT;
    case '[':
      return IM_JSON_TOKEN_ARRAY;
    case '"':
      return IM_JSON_TOKEN_STRING;
    case 't':
    case 'f':
      return IM_JSON_TOKEN_BOOL;
    case 'n':
      return IM_JSON_TOKEN_NULL;
    default:
      return g_ascii_isdigit (*reader->pos) || *reader->pos == '-' ? IM_JSON_TOKEN_NUMBER
                                                                   : IM_JSON_TOKEN_NONE;
    }
}

static gboolean
take (ImJsonReader *reader, char c)
{
  skip_space (reader);
  if (reader->pos == reader->end || *reader->pos != c)
    return FALSE;
  reader->pos++;
  return TRUE;
}

static gboolean
take_word (ImJsonReader *reader, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->pos) < length || memcmp (reader->pos, word, length) != 0)
    return fail_syntax (reader, word);
  reader->pos += length;
  return TRUE;
}

gboolean
im_json_reader_enter (ImJsonReader *reader)
{
  if (reader->error != NULL)
    return FALSE;
  if (reader->depth == IM_JSON_MAX_DEPTH)
    return im_json_reader_fail (reader, IM_JSON_ERROR_DEPTH, "Nested deeper than %d",
                                IM_JSON_MAX_DEPTH);
  reader->depth++;
  reader->pos++;
  return TRUE;
}

/* The comma before anything but the first, or the closing bracket. */
static gboolean
next (ImJsonReader *reader, gboolean *is_first, char close)
{
  gboolean was_first = *is_first;

  if (reader->error != NULL)
    return FALSE;
  *is_first = FALSE;
  if (take (reader, close))
    {
      reader->depth--;
      return FALSE;
    }
  if (!was_first && !take (reader, ','))
    return fail_syntax (reader, close == '}' ? "',' or '}'" : "',' or ']'");
  return TRUE;
}

gboolean
im_json_reader_next_item (ImJsonReader *reader, gboolean *is_first)
{
  return next (reader, is_first, ']');
}

static int
hex_quad (const char *pos, const char *end)
{
  int value = 0;

  if (end - pos < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (pos[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* After "\u": one character, or two escapes that make one. */
static gboolean
read_unicode_escape (ImJsonReader *reader, gunichar *ret_character)
{
  int unit = hex_quad (reader->pos, reader->end);
  int low;

  if (unit < 0)
    return fail_syntax (reader, "four hexadecimal digits");
  reader->pos += 4;
  *ret_character = (gunichar) unit;
  if (unit < 0xD800 || unit > 0xDFFF)
    return TRUE;
  low = unit <= 0xDBFF && reader->end - reader->pos >= 6 && reader->pos[0] == '\\'
                && reader->pos[1] == 'u'
            ? hex_quad (reader->pos + 2, reader->end)
            : -1;
  if (low >= 0xDC00 && low <= 0xDFFF)
    {
      reader->pos += 6;
      *ret_character = 0x10000 + (((gunichar) unit - 0xD800) << 10) + ((gunichar) low - 0xDC00);
      return TRUE;
    }
  if (reader->is_strict)
    return im_json_reader_fail (reader, IM_JSON_ERROR_ENCODING, "Half a surrogate pair, \\u%04x",
                                (guint) unit);
  *ret_character = 0xFFFD;
  return TRUE;
}

static gboolean
read_escape (ImJsonReader *reader, GString *out)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *name;
  gunichar character = 0;
  char c;

  if (reader->pos == reader->end)
    return fail_syntax (reader, "an escape");
  c = *reader->pos++;
  if (c == 'u')
    {
      if (!read_unicode_escape (reader, &character))
        return FALSE;
      if (character == 0)
        g_string_append_c (out, '\0');
      else
        g_string_append_unichar (out, character);
      return TRUE;
    }
  name = c != '\0' ? strchr (names, c) : NULL;
  if (name == NULL)
    return fail_syntax (reader, "an escape");
  g_string_append_c (out, values[name - names]);
  return TRUE;
}

/* The bytes up to the next quote, backslash or control character. */
static gsize
plain_length (const ImJsonReader *reader)
{
  const char *pos = reader->pos;

  while (pos < reader->end && *pos != '"' && *pos != '\\' && (guchar) *pos >= 0x20)
    pos++;
  return (gsize) (pos - reader->pos);
}

/* A string without escapes is handed out as it stands in the text, any other is decoded into
 * scratch. */
static gboolean
read_string (ImJsonReader *reader, ImJsonSlice *ret_slice)
{
  gsize length;

  if (!take (reader, '"'))
    return fail_syntax (reader, "a string");
  length = plain_length (reader);
  if (reader->pos + length < reader->end && reader->pos[length] == '"')
    {
      *ret_slice = (ImJsonSlice){ reader->pos, length };
      reader->pos += length + 1;
      return TRUE;
    }
  g_string_truncate (reader->scratch, 0);
  while (TRUE)
    {
      length = plain_length (reader);
      g_string_append_len (reader->scratch, reader->pos, (gssize) length);
      reader->pos += length;
      if (reader->pos == reader->end)
        return fail_syntax (reader, "'\"'");
      if (*reader->pos == '"')
        break;
      if (*reader->pos++ != '\\')
        return fail_syntax (reader, "no control character in a string");
      if (!read_escape (reader, reader->scratch))
        return FALSE;
    }
  reader->pos++;
  *ret_slice = (ImJsonSlice){ reader->scratch->str, reader->scratch->len };
  return TRUE;
}

static void
cut_at_nul (ImJsonSlice *slice)
{
  const char *nul = memchr (slice->start, '\0', slice->length);

  if (nul != NULL)
    slice->length = (gsize) (nul - slice->start);
}

char *
im_json_reader_string (ImJsonReader *reader)
{
  ImJsonSlice slice;

  if (reader->error != NULL || !read_string (reader, &slice))
    return NULL;
  cut_at_nul (&slice);
  return g_strndup (slice.start, slice.length);
}

gboolean
im_json_reader_next_member (ImJsonReader *reader, gboolean *is_first, ImJsonSlice *ret_key)
{
  if (!next (reader, is_first, '}') || !read_string (reader, ret_key))
    return FALSE;
  cut_at_nul (ret_key);
  return take (reader, ':') || fail_syntax (reader, "':'");
}

static gsize
count_digits (const ImJsonReader *reader)
{
  const char *pos = reader->pos;

  while (pos < reader->end && g_ascii_isdigit (*pos))
    pos++;
  return (gsize) (pos - reader->pos);
}

static gboolean
take_digits (ImJsonReader *reader)
{
  gsize digits = count_digits (reader);

  if (digits == 0)
    return fail_syntax (reader, "a digit");
  reader->pos += digits;
  return TRUE;
}

static gboolean
read_number (ImJsonReader *reader, ImJsonSlice *ret_slice, gboolean *ret_is_integer)
{
  const char *start = reader->pos;

  *ret_is_integer = TRUE;
  if (*reader->pos == '-')
    reader->pos++;
  if (reader->pos < reader->end && *reader->pos == '0' && count_digits (reader) > 1)
    return fail_syntax (reader, "no leading zero");
  if (!take_digits (reader))
    return FALSE;
  if (reader->pos < reader->end && *reader->pos == '.')
    {
      *ret_is_integer = FALSE;
      reader->pos++;
      if (!take_digits (reader))
        return FALSE;
    }
  if (reader->pos < reader->end && (*reader->pos == 'e' || *reader->pos == 'E'))
    {
      *ret_is_integer = FALSE;
      reader->pos++;
      if (reader->pos < reader->end && (*reader->pos == '+' || *reader->pos == '-'))
        reader->pos++;
      if (!take_digits (reader))
        return FALSE;
    }
  *ret_slice = (ImJsonSlice){ start, (gsize) (reader->pos - start) };
  return TRUE;
}

static void
parse_integer (const ImJsonSlice *slice, ImJsonNumber *number)
{
  guint64 magnitude = 0;

  number->is_negative = *slice->start == '-';
  for (gsize i = number->is_negative; i < slice->length; i++)
    {
      guint64 digit = (guint64) (slice->start[i] - '0');

      if (magnitude > (G_MAXUINT64 - digit) / 10)
        number->is_too_big = TRUE;
      magnitude = magnitude * 10 + digit;
    }
  if (number->is_negative && magnitude > (guint64) G_MAXINT64 + 1)
    number->is_too_big = TRUE;
  number->magnitude = magnitude;
  number->value = number->is_negative ? -(double) magnitude : (double) magnitude;
}

static void
parse_double (const ImJsonSlice *slice, ImJsonNumber *number)
{
  char short_text[64];
  g_autofree char *long_text = NULL;
  char *text = short_text;

  if (slice->length >= sizeof short_text)
    text = long_text = g_malloc (slice->length + 1);
  memcpy (text, slice->start, slice->length);
  text[slice->length] = '\0';
  number->value = g_ascii_strtod (text, NULL);
  number->is_negative = *slice->start == '-';
  number->is_too_big = !isfinite (number->value);
}

gboolean
im_json_reader_number (ImJsonReader *reader, ImJsonNumber *ret_number)
{
  ImJsonSlice slice = { 0 };
  ImJsonNumber number = { 0 };

  if (reader->error != NULL || !read_number (reader, &slice, &number.is_integer))
    return FALSE;
  if (number.is_integer)
    parse_integer (&slice, &number);
  else
    parse_double (&slice, &number);
  *ret_number = number;
  return TRUE;
}

gboolean
im_json_reader_bool (ImJsonReader *reader, gboolean *ret_value)
{
  if (reader->error != NULL)
    return FALSE;
  *ret_value = *reader->pos == 't';
  return take_word (reader, *ret_value ? "true" : "false");
}

gboolean
im_json_reader_null (ImJsonReader *reader)
{
  return reader->error == NULL && take_word (reader, "null");
}

static gboolean
skip_string (ImJsonReader *reader, GString *copy)
{
  ImJsonSlice slice;

  if (!read_string (reader, &slice))
    return FALSE;
  cut_at_nul (&slice);
  if (copy != NULL)
    im_json_append_string (copy, slice.start, (gssize) slice.length);
  return TRUE;
}

static gboolean
skip_number (ImJsonReader *reader, GString *copy)
{
  const char *start = reader->pos;
  ImJsonNumber number;

  if (!im_json_reader_number (reader, &number))
    return FALSE;
  if (number.is_too_big && reader->is_strict)
    return im_json_reader_fail (reader, IM_JSON_ERROR_RANGE, "A number does not fit into 64 bits");
  if (copy != NULL)
    g_string_append_len (copy, start, reader->pos - start);
  return TRUE;
}

static gboolean
skip_array (ImJsonReader *reader, GString *copy)
{
  gboolean is_first = TRUE;

  if (!im_json_reader_enter (reader))
    return FALSE;
  if (copy != NULL)
    g_string_append_c (copy, '[');
  for (gboolean comma = FALSE; im_json_reader_next_item (reader, &is_first); comma = TRUE)
    {
      if (copy != NULL && comma)
        g_string_append_c (copy, ',');
      if (!im_json_reader_skip (reader, copy))
        return FALSE;
    }
  if (copy != NULL)
    g_string_append_c (copy, ']');
  return reader->error == NULL;
}

static gboolean
skip_object (ImJsonReader *reader, GString *copy)
{
  g_autoptr (GHashTable) keys = NULL;
  gboolean is_first = TRUE;
  ImJsonSlice key;

  if (!im_json_reader_enter (reader))
    return FALSE;
  if (reader->is_strict)
    keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (copy != NULL)
    g_string_append_c (copy, '{');
  for (gboolean comma = FALSE; im_json_reader_next_member (reader, &is_first, &key); comma = TRUE)
    {
      if (keys != NULL && !g_hash_table_add (keys, g_strndup (key.start, key.length)))
        return im_json_reader_fail (reader, IM_JSON_ERROR_DUPLICATE, "The key %.*s twice",
                                    (int) key.length, key.start);
      if (copy != NULL && comma)
        g_string_append_c (copy, ',');
      if (copy != NULL)
        {
          im_json_append_string (copy, key.start, (gssize) key.length);
          g_string_append_c (copy, ':');
        }
      if (!im_json_reader_skip (reader, copy))
        return FALSE;
    }
  if (copy != NULL)
    g_string_append_c (copy, '}');
  return reader->error == NULL;
}

gboolean
im_json_reader_skip (ImJsonReader *reader, GString *copy)
{
  ImJsonToken token = im_json_reader_peek (reader);
  const char *word;

  switch (token)
    {
    case IM_JSON_TOKEN_OBJECT:
      return skip_object (reader, copy);
    case IM_JSON_TOKEN_ARRAY:
      return skip_array (reader, copy);
    case IM_JSON_TOKEN_STRING:
      return skip_string (reader, copy);
    case IM_JSON_TOKEN_NUMBER:
      return skip_number (reader, copy);
    case IM_JSON_TOKEN_BOOL:
    case IM_JSON_TOKEN_NULL:
      word = token == IM_JSON_TOKEN_NULL ? "null" : *reader->pos == 't' ? "true" : "false";
      if (copy != NULL)
        g_string_append (copy, word);
      return take_word (reader, word);
    case IM_JSON_TOKEN_NONE:
    default:
      return fail_syntax (reader, "a value");
    }
}

gboolean
im_json_reader_finish (ImJsonReader *reader)
{
  if (reader->error != NULL)
    return FALSE;
  skip_space (reader);
  return reader->pos == reader->end || fail_syntax (reader, "the end");
}
