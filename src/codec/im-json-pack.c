/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-json-pack.h"

#include "im-json-private.h"

#include <string.h>

/*
 * An object is which variant of its family it is, its marks, its unknown keys, and the members that
 * are not as in a new object, each after the number of its row, counted from 1; 0 ends it. Numbers
 * have seven bits a byte, the lowest first.
 */

/* clang-format off */
#define MEMBER(type, object, field) (*(type *) im_json_member ((object), (field)))
/* clang-format on */

/* Writing */

static void
put_number (GByteArray *out, guint64 number)
{
  guint8 byte;

  for (; number >= 0x80; number >>= 7)
    {
      byte = (guint8) (number | 0x80);
      g_byte_array_append (out, &byte, 1);
    }
  byte = (guint8) number;
  g_byte_array_append (out, &byte, 1);
}

/* Small ones of either sign stay small. */
static void
put_signed (GByteArray *out, gint64 number)
{
  put_number (out, ((guint64) number << 1) ^ (guint64) (number >> 63));
}

static void
put_text (GByteArray *out, const char *text)
{
  gsize length = strlen (text);

  put_number (out, length);
  g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

static void put_object (GByteArray *out, const ImJsonType *family, gconstpointer object);

static guint
variant_of (const ImJsonType *family, const ImJsonType *type)
{
  for (guint i = 0; i < family->n_variants; i++)
    if (family->variants[i].type == type)
      return i + 1;
  return 0;
}

static gboolean
is_kept (gconstpointer object, const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
    case IM_JSON_KIND_STRV:
    case IM_JSON_KIND_INTV:
    case IM_JSON_KIND_OBJ:
    case IM_JSON_KIND_ARRAY:
      return MEMBER (gpointer, object, field) != NULL;
    case IM_JSON_KIND_DOUBLE:
      return TRUE;
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
    case IM_JSON_KIND_UINT64:
    case IM_JSON_KIND_BOOL:
    default:
      return !im_json_field_is_default (object, field);
    }
}

static void
put_array (GByteArray *out, const ImJsonType *family, GPtrArray *array)
{
  put_number (out, array->len);
  for (guint i = 0; i < array->len; i++)
    put_object (out, family, array->pdata[i]);
}

static void
put_strv (GByteArray *out, char **texts)
{
  put_number (out, g_strv_length (texts));
  for (; *texts != NULL; texts++)
    put_text (out, *texts);
}

static void
put_intv (GByteArray *out, const GArray *numbers)
{
  put_number (out, numbers->len);
  for (guint i = 0; i < numbers->len; i++)
    put_signed (out, g_array_index (numbers, gint64, i));
}

static void
put_field (GByteArray *out, gconstpointer object, const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      put_text (out, MEMBER (char *, object, field));
      break;
    case IM_JSON_KIND_STRV:
      put_strv (out, MEMBER (char **, object, field));
      break;
    case IM_JSON_KIND_INTV:
      put_intv (out, MEMBER (GArray *, object, field));
      break;
    case IM_JSON_KIND_OBJ:
      put_object (out, field->type, MEMBER (gpointer, object, field));
      break;
    case IM_JSON_KIND_ARRAY:
      put_array (out, field->type, MEMBER (GPtrArray *, object, field));
      break;
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
      put_signed (out, MEMBER (gint64, object, field));
      break;
    case IM_JSON_KIND_UINT64:
      put_number (out, MEMBER (guint64, object, field));
      break;
    case IM_JSON_KIND_BOOL:
      put_number (out, MEMBER (gboolean, object, field) != FALSE);
      break;
    case IM_JSON_KIND_DOUBLE:
      g_byte_array_append (out, im_json_member (object, field), sizeof (double));
      break;
    default:
      break;
    }
}

static void
put_object (GByteArray *out, const ImJsonType *family, gconstpointer object)
{
  const ImJsonHeader *header = object;
  guint n_unknown = header->unknown != NULL ? header->unknown->len : 0;

  put_number (out, variant_of (family, header->type));
  put_number (out, header->present);
  put_number (out, header->respelt);
  put_number (out, n_unknown);
  for (guint i = 0; i < n_unknown; i++)
    put_text (out, header->unknown->pdata[i]);
  for (guint i = 0; i < header->type->n_fields; i++)
    {
      if (!is_kept (object, &header->type->fields[i]))
        continue;
      put_number (out, i + 1);
      put_field (out, object, &header->type->fields[i]);
    }
  put_number (out, 0);
}

guint8 *
im_json_pack (gconstpointer object)
{
  const ImJsonHeader *header = object;
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_return_val_if_fail (object != NULL, NULL);

  put_object (out, header->type, object);
  return g_memdup2 (out->data, out->len);
}

/* Reading: what was written above, so that nothing is checked. */

static guint64
get_number (const guint8 **in)
{
  guint64 number = 0;

  for (guint shift = 0;; shift += 7)
    {
      guint8 byte = *(*in)++;

      number |= (guint64) (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return number;
    }
}

static gint64
get_signed (const guint8 **in)
{
  guint64 number = get_number (in);

  return (gint64) (number >> 1) ^ -(gint64) (number & 1);
}

static char *
get_text (const guint8 **in)
{
  gsize length = get_number (in);
  char *text = g_strndup ((const char *) *in, length);

  *in += length;
  return text;
}

static gpointer get_object (const guint8 **in, const ImJsonType *family);

static GPtrArray *
get_array (const guint8 **in, const ImJsonType *family)
{
  guint64 n = get_number (in);
  GPtrArray *array = im_json_array_new ();

  for (guint64 i = 0; i < n; i++)
    g_ptr_array_add (array, get_object (in, family));
  return array;
}

static char **
get_strv (const guint8 **in)
{
  guint64 n = get_number (in);
  char **texts = g_new0 (char *, n + 1);

  for (guint64 i = 0; i < n; i++)
    texts[i] = get_text (in);
  return texts;
}

static GArray *
get_intv (const guint8 **in)
{
  guint64 n = get_number (in);
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint64 i = 0; i < n; i++)
    {
      gint64 number = get_signed (in);

      g_array_append_val (numbers, number);
    }
  return numbers;
}

static void
get_field (const guint8 **in, gpointer object, const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      MEMBER (char *, object, field) = get_text (in);
      break;
    case IM_JSON_KIND_STRV:
      MEMBER (char **, object, field) = get_strv (in);
      break;
    case IM_JSON_KIND_INTV:
      MEMBER (GArray *, object, field) = get_intv (in);
      break;
    case IM_JSON_KIND_OBJ:
      MEMBER (gpointer, object, field) = get_object (in, field->type);
      break;
    case IM_JSON_KIND_ARRAY:
      MEMBER (GPtrArray *, object, field) = get_array (in, field->type);
      break;
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
      MEMBER (gint64, object, field) = get_signed (in);
      break;
    case IM_JSON_KIND_UINT64:
      MEMBER (guint64, object, field) = get_number (in);
      break;
    case IM_JSON_KIND_BOOL:
      MEMBER (gboolean, object, field) = get_number (in) != 0;
      break;
    case IM_JSON_KIND_DOUBLE:
      memcpy (im_json_member (object, field), *in, sizeof (double));
      *in += sizeof (double);
      break;
    default:
      break;
    }
}

static const ImJsonType *
type_of (const ImJsonType *family, guint64 variant)
{
  if (variant > 0)
    return family->variants[variant - 1].type;
  return family->n_variants > 0 ? family->fallback : family;
}

static gpointer
get_object (const guint8 **in, const ImJsonType *family)
{
  ImJsonHeader *header = im_json_alloc (type_of (family, get_number (in)));
  guint64 n_unknown, row;

  header->present = get_number (in);
  header->respelt = get_number (in);
  n_unknown = get_number (in);
  if (n_unknown > 0)
    header->unknown = g_ptr_array_new_with_free_func (g_free);
  for (guint64 i = 0; i < n_unknown; i++)
    g_ptr_array_add (header->unknown, get_text (in));
  while ((row = get_number (in)) != 0)
    get_field (in, header, &header->type->fields[row - 1]);
  return header;
}

gpointer
im_json_unpack (const ImJsonType *type, const guint8 *packed)
{
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (packed != NULL, NULL);

  return get_object (&packed, type);
}
