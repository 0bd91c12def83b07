/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-json.h"

#include "im-json-private.h"
#include "im-json-reader.h"
#include "im-profile-private.h"

#include <math.h>
#include <string.h>

/* Objects to text, straight from the structs. Pure functions; any thread. */

typedef struct
{
  GString *out;
  ImProfile profile;
  gboolean hides_secrets;
} Writer;

#define MEMBER(type, object, field) (*(type *) im_json_member ((object), (field)))

static void write_object (Writer *writer, gconstpointer object);

static void
append_valid_string (GString *out, const char *text, gsize length)
{
  const char *end = text + length;

  g_string_append_c (out, '"');
  while (text < end)
    {
      const char *run = text;

      while (text < end && *text != '"' && *text != '\\' && (guchar) *text >= 0x20)
        text++;
      g_string_append_len (out, run, text - run);
      if (text == end)
        break;
      if (*text == '"' || *text == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *text);
        }
      else if (*text == '\n')
        g_string_append (out, "\\n");
      else if (*text == '\r')
        g_string_append (out, "\\r");
      else if (*text == '\t')
        g_string_append (out, "\\t");
      else
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *text);
      text++;
    }
  g_string_append_c (out, '"');
}

void
im_json_append_string (GString *out, const char *text, gssize len)
{
  gsize length = text == NULL ? 0 : len < 0 ? strlen (text) : (gsize) len;
  g_autofree char *repaired = NULL;

  if (text == NULL)
    text = "";
  if (!g_utf8_validate_len (text, length, NULL))
    {
      repaired = g_utf8_make_valid (text, (gssize) length);
      text = repaired;
      length = strlen (repaired);
    }
  append_valid_string (out, text, length);
}

static void
append_uint64 (GString *out, guint64 number)
{
  char digits[20];
  char *start = digits + sizeof digits;

  do
    *--start = (char) ('0' + number % 10);
  while ((number /= 10) != 0);
  g_string_append_len (out, start, digits + sizeof digits - start);
}

static void
append_int64 (GString *out, gint64 number)
{
  if (number < 0)
    g_string_append_c (out, '-');
  append_uint64 (out, number < 0 ? 0 - (guint64) number : (guint64) number);
}

/* The shortest form that reads back the same. */
static void
append_double (GString *out, double number)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    number = 0;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      double back;

      g_ascii_formatd (text, sizeof text, formats[i], number);
      back = g_ascii_strtod (text, NULL);
      if (memcmp (&back, &number, sizeof number) == 0)
        break;
    }
  g_string_append (out, text);
}

static void
write_strv (Writer *writer, const char *const *strings)
{
  g_string_append_c (writer->out, '[');
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (writer->out, ',');
      im_json_append_string (writer->out, strings[i], -1);
    }
  g_string_append_c (writer->out, ']');
}

static void
write_item_number (Writer *writer, gint64 number, const ImJsonField *field)
{
  if (field->wire == IM_WIRE_UINT64)
    append_uint64 (writer->out, (guint64) number);
  else
    append_int64 (writer->out,
                  im_profile_number_out (writer->profile, (ImJsonWire) field->wire, number));
}

static void
write_intv (Writer *writer, GArray *numbers, const ImJsonField *field)
{
  g_string_append_c (writer->out, '[');
  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    {
      if (i > 0)
        g_string_append_c (writer->out, ',');
      write_item_number (writer, g_array_index (numbers, gint64, i), field);
    }
  g_string_append_c (writer->out, ']');
}

static void
write_array (Writer *writer, GPtrArray *array)
{
  g_string_append_c (writer->out, '[');
  for (guint i = 0; array != NULL && i < array->len; i++)
    {
      if (i > 0)
        g_string_append_c (writer->out, ',');
      write_object (writer, array->pdata[i]);
    }
  g_string_append_c (writer->out, ']');
}

static void
write_customs (Writer *writer, GPtrArray *array)
{
  if ((array == NULL || array->len == 0) && im_profile_empty_custom_is_object (writer->profile))
    g_string_append (writer->out, "{}");
  else
    write_array (writer, array);
}

/* An object that has to be there and is not: a new one. */
static void
write_nested (Writer *writer, gconstpointer nested, const ImJsonType *type)
{
  gpointer empty;

  if (nested != NULL)
    {
      write_object (writer, nested);
      return;
    }
  empty = im_json_new (type);
  write_object (writer, empty);
  im_json_unref (empty);
}

static void
write_number (Writer *writer, gint64 number, const ImJsonField *field)
{
  const char *name = NULL;

  if (field->wire == IM_WIRE_GROUP_TYPE)
    name = im_profile_group_type_name (writer->profile, number);
  if (name != NULL)
    im_json_append_string (writer->out, name, -1);
  else
    append_int64 (writer->out,
                  im_profile_number_out (writer->profile, (ImJsonWire) field->wire, number));
}

static void
write_value (Writer *writer, gconstpointer object, const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      if (writer->hides_secrets && (field->flags & IM_SECRET) != 0)
        g_string_append (writer->out, "\"***\"");
      else
        im_json_append_string (writer->out, MEMBER (char *, object, field), -1);
      break;
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
      write_number (writer, MEMBER (gint64, object, field), field);
      break;
    case IM_JSON_KIND_UINT64:
      append_uint64 (writer->out, MEMBER (guint64, object, field));
      break;
    case IM_JSON_KIND_BOOL:
      g_string_append (writer->out, MEMBER (gboolean, object, field) ? "true" : "false");
      break;
    case IM_JSON_KIND_DOUBLE:
      append_double (writer->out, MEMBER (double, object, field));
      break;
    case IM_JSON_KIND_STRV:
      write_strv (writer, (const char *const *) MEMBER (char **, object, field));
      break;
    case IM_JSON_KIND_INTV:
      write_intv (writer, MEMBER (GArray *, object, field), field);
      break;
    case IM_JSON_KIND_OBJ:
      write_nested (writer, MEMBER (gpointer, object, field), field->type);
      break;
    case IM_JSON_KIND_ARRAY:
      if (field->wire == IM_WIRE_CUSTOM_INFO)
        write_customs (writer, MEMBER (GPtrArray *, object, field));
      else
        write_array (writer, MEMBER (GPtrArray *, object, field));
      break;
    default:
      break;
    }
}

static void
write_member (Writer *writer,
              gconstpointer object,
              const ImJsonField *field,
              const char *key,
              gboolean *is_first)
{
  g_string_append (writer->out, *is_first ? "\"" : ",\"");
  g_string_append (writer->out, key);
  g_string_append (writer->out, "\":");
  write_value (writer, object, field);
  *is_first = FALSE;
}

static void
write_unknown (Writer *writer, GPtrArray *unknown, gboolean *is_first)
{
  for (guint i = 0; unknown != NULL && i + 1 < unknown->len; i += 2)
    {
      if (!*is_first)
        g_string_append_c (writer->out, ',');
      im_json_append_string (writer->out, unknown->pdata[i], -1);
      g_string_append_c (writer->out, ':');
      g_string_append (writer->out, unknown->pdata[i + 1]);
      *is_first = FALSE;
    }
}

static void
write_object (Writer *writer, gconstpointer object)
{
  const ImJsonHeader *header = object;
  gboolean is_first = TRUE;

  g_string_append_c (writer->out, '{');
  for (guint i = 0; i < header->type->n_fields; i++)
    {
      const ImJsonField *field = &header->type->fields[i];
      gboolean has_key = (header->present & G_GUINT64_CONSTANT (1) << i) != 0;
      gboolean has_alias = (header->respelt & G_GUINT64_CONSTANT (1) << i) != 0;

      if (!has_key && !has_alias && !im_json_field_is_default (object, field))
        has_key = has_alias = TRUE;
      if (has_key)
        write_member (writer, object, field, field->key, &is_first);
      if (has_alias && field->alias != NULL)
        write_member (writer, object, field, field->alias, &is_first);
    }
  write_unknown (writer, header->unknown, &is_first);
  g_string_append_c (writer->out, '}');
}

static char *
format_object (gconstpointer object, ImProfile profile, gboolean hides_secrets)
{
  Writer writer = { .profile = profile, .hides_secrets = hides_secrets };

  if (object == NULL)
    return g_strdup ("{}");
  writer.out = g_string_sized_new (512);
  write_object (&writer, object);
  return g_string_free (writer.out, FALSE);
}

char *
im_json_format (gconstpointer object)
{
  return format_object (object, im_profile_get (), FALSE);
}

char *
im_json_format_internal (gconstpointer object)
{
  return format_object (object, IM_PROFILE_SEED, FALSE);
}

char *
im_json_format_redacted (gconstpointer object)
{
  return format_object (object, im_profile_get (), TRUE);
}

char *
im_json_format_array (GPtrArray *objects)
{
  Writer writer = { .profile = im_profile_get () };

  writer.out = g_string_sized_new (1024);
  write_array (&writer, objects);
  return g_string_free (writer.out, FALSE);
}

char *
im_json_format_strv (const char *const *strings)
{
  Writer writer = { .out = g_string_sized_new (256) };

  write_strv (&writer, strings);
  return g_string_free (writer.out, FALSE);
}
