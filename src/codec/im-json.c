/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-json.h"

#include "im-json-private.h"

#include <string.h>

/*
 * The life of an object: everything here goes by the table that the object's first member points
 * to, never by a tag inside it. Pure functions; reference counts are atomic; any thread.
 */

G_DEFINE_QUARK (im - json - error - quark, im_json_error)

/* clang-format off */
#define MEMBER(type, object, field) (*(type *) im_json_member ((object), (field)))
/* clang-format on */

static void
init_field (gpointer object, const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
      MEMBER (gint64, object, field) = field->initial;
      break;
    case IM_JSON_KIND_UINT64:
      MEMBER (guint64, object, field) = (guint64) field->initial;
      break;
    case IM_JSON_KIND_BOOL:
      MEMBER (gboolean, object, field) = field->initial != 0;
      break;
    case IM_JSON_KIND_STR:
    case IM_JSON_KIND_DOUBLE:
    case IM_JSON_KIND_STRV:
    case IM_JSON_KIND_INTV:
    case IM_JSON_KIND_OBJ:
    case IM_JSON_KIND_ARRAY:
    default:
      break;
    }
}

gpointer
im_json_alloc (const ImJsonType *type)
{
  ImJsonHeader *header = g_malloc0 (type->size);

  header->type = type;
  header->ref_count = 1;
  for (guint i = 0; i < type->n_fields; i++)
    {
      if (type->fields[i].initial != 0)
        init_field (header, &type->fields[i]);
      if ((type->fields[i].flags & (IM_TAG | IM_ALWAYS)) == (IM_TAG | IM_ALWAYS))
        header->present |= G_GUINT64_CONSTANT (1) << i;
    }
  return header;
}

static void
mark_always (ImJsonHeader *header)
{
  for (guint i = 0; i < header->type->n_fields; i++)
    {
      const ImJsonField *field = &header->type->fields[i];

      if ((field->flags & IM_ALWAYS) == 0)
        continue;
      header->present |= G_GUINT64_CONSTANT (1) << i;
      if (field->alias != NULL)
        header->respelt |= G_GUINT64_CONSTANT (1) << i;
    }
}

gpointer
im_json_new (const ImJsonType *type)
{
  gpointer object;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (type->n_variants == 0, NULL);

  object = im_json_alloc (type);
  mark_always (object);
  return object;
}

gpointer
im_json_ref (gpointer object)
{
  ImJsonHeader *header = object;

  if (header != NULL)
    g_atomic_int_inc (&header->ref_count);
  return object;
}

static void
clear_field (gpointer object, const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      g_clear_pointer (&MEMBER (char *, object, field), g_free);
      break;
    case IM_JSON_KIND_STRV:
      g_clear_pointer (&MEMBER (char **, object, field), g_strfreev);
      break;
    case IM_JSON_KIND_INTV:
      g_clear_pointer (&MEMBER (GArray *, object, field), g_array_unref);
      break;
    case IM_JSON_KIND_OBJ:
      g_clear_pointer (&MEMBER (gpointer, object, field), im_json_unref);
      break;
    case IM_JSON_KIND_ARRAY:
      g_clear_pointer (&MEMBER (GPtrArray *, object, field), g_ptr_array_unref);
      break;
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
    case IM_JSON_KIND_UINT64:
    case IM_JSON_KIND_BOOL:
    case IM_JSON_KIND_DOUBLE:
    default:
      break;
    }
}

void
im_json_unref (gpointer object)
{
  ImJsonHeader *header = object;

  if (header == NULL || !g_atomic_int_dec_and_test (&header->ref_count))
    return;
  for (guint i = 0; i < header->type->n_fields; i++)
    clear_field (header, &header->type->fields[i]);
  g_clear_pointer (&header->unknown, g_ptr_array_unref);
  g_free (header);
}

GPtrArray *
im_json_array_new (void)
{
  return g_ptr_array_new_with_free_func (im_json_unref);
}

void
im_json_set_str (char **member, const char *value)
{
  char *copy;

  g_return_if_fail (member != NULL);

  if (*member == value)
    return;
  copy = g_strdup (value);
  g_free (*member);
  *member = copy;
}

static GPtrArray *
copy_array (GPtrArray *array)
{
  GPtrArray *copy = im_json_array_new ();

  for (guint i = 0; i < array->len; i++)
    g_ptr_array_add (copy, im_json_copy (array->pdata[i]));
  return copy;
}

static gpointer
copy_text (gconstpointer text, gpointer user_data)
{
  return g_strdup (text);
}

static void
copy_field (gpointer to, gconstpointer from, const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      MEMBER (char *, to, field) = g_strdup (MEMBER (char *, from, field));
      break;
    case IM_JSON_KIND_STRV:
      MEMBER (char **, to, field) = g_strdupv (MEMBER (char **, from, field));
      break;
    case IM_JSON_KIND_INTV:
      if (MEMBER (GArray *, from, field) != NULL)
        MEMBER (GArray *, to, field) = g_array_copy (MEMBER (GArray *, from, field));
      break;
    case IM_JSON_KIND_OBJ:
      MEMBER (gpointer, to, field) = im_json_copy (MEMBER (gpointer, from, field));
      break;
    case IM_JSON_KIND_ARRAY:
      if (MEMBER (GPtrArray *, from, field) != NULL)
        MEMBER (GPtrArray *, to, field) = copy_array (MEMBER (GPtrArray *, from, field));
      break;
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
      MEMBER (gint64, to, field) = MEMBER (gint64, from, field);
      break;
    case IM_JSON_KIND_UINT64:
      MEMBER (guint64, to, field) = MEMBER (guint64, from, field);
      break;
    case IM_JSON_KIND_BOOL:
      MEMBER (gboolean, to, field) = MEMBER (gboolean, from, field);
      break;
    case IM_JSON_KIND_DOUBLE:
      MEMBER (double, to, field) = MEMBER (double, from, field);
      break;
    default:
      break;
    }
}

gpointer
im_json_copy (gconstpointer object)
{
  const ImJsonHeader *from = object;
  ImJsonHeader *to;

  if (from == NULL)
    return NULL;
  to = im_json_alloc (from->type);
  to->present = from->present;
  to->respelt = from->respelt;
  if (from->unknown != NULL)
    {
      to->unknown = g_ptr_array_copy (from->unknown, copy_text, NULL);
      g_ptr_array_set_free_func (to->unknown, g_free);
    }
  for (guint i = 0; i < from->type->n_fields; i++)
    copy_field (to, from, &from->type->fields[i]);
  return to;
}

static const char *
text_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static gboolean
strv_equal (char **a, char **b)
{
  static char *none[] = { NULL };

  return g_strv_equal ((const char *const *) (a != NULL ? a : none),
                       (const char *const *) (b != NULL ? b : none));
}

static gboolean
intv_equal (GArray *a, GArray *b)
{
  guint length = a != NULL ? a->len : 0;

  return length == (b != NULL ? b->len : 0)
         && (length == 0 || memcmp (a->data, b->data, length * sizeof (gint64)) == 0);
}

static gboolean
array_equal (GPtrArray *a, GPtrArray *b)
{
  guint length = a != NULL ? a->len : 0;

  if (length != (b != NULL ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < length; i++)
    if (!im_json_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
field_equal (gconstpointer a, gconstpointer b, const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      return g_str_equal (text_or_empty (MEMBER (char *, a, field)),
                          text_or_empty (MEMBER (char *, b, field)));
    case IM_JSON_KIND_STRV:
      return strv_equal (MEMBER (char **, a, field), MEMBER (char **, b, field));
    case IM_JSON_KIND_INTV:
      return intv_equal (MEMBER (GArray *, a, field), MEMBER (GArray *, b, field));
    case IM_JSON_KIND_OBJ:
      return im_json_equal (MEMBER (gpointer, a, field), MEMBER (gpointer, b, field));
    case IM_JSON_KIND_ARRAY:
      return array_equal (MEMBER (GPtrArray *, a, field), MEMBER (GPtrArray *, b, field));
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
      return MEMBER (gint64, a, field) == MEMBER (gint64, b, field);
    case IM_JSON_KIND_UINT64:
      return MEMBER (guint64, a, field) == MEMBER (guint64, b, field);
    case IM_JSON_KIND_BOOL:
      return !MEMBER (gboolean, a, field) == !MEMBER (gboolean, b, field);
    case IM_JSON_KIND_DOUBLE:
      return memcmp (&MEMBER (double, a, field), &MEMBER (double, b, field), sizeof (double)) == 0;
    default:
      return TRUE;
    }
}

static gboolean
unknown_equal (GPtrArray *a, GPtrArray *b)
{
  guint length = a != NULL ? a->len : 0;

  if (length != (b != NULL ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < length; i++)
    if (!g_str_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

gboolean
im_json_equal (gconstpointer a, gconstpointer b)
{
  const ImJsonHeader *left = a, *right = b;

  if (left == right)
    return TRUE;
  if (left == NULL || right == NULL || left->type != right->type)
    return FALSE;
  for (guint i = 0; i < left->type->n_fields; i++)
    if (!field_equal (left, right, &left->type->fields[i]))
      return FALSE;
  return unknown_equal (left->unknown, right->unknown);
}

guint64
im_json_diff (gconstpointer a, gconstpointer b)
{
  const ImJsonHeader *left = a, *right = b;
  guint64 rows = 0;

  g_return_val_if_fail (left != NULL && right != NULL, 0);
  g_return_val_if_fail (left->type == right->type, 0);

  for (guint i = 0; i < left->type->n_fields; i++)
    if (!field_equal (left, right, &left->type->fields[i]))
      rows |= G_GUINT64_CONSTANT (1) << i;
  return rows;
}

gboolean
im_json_field_is_default (gconstpointer object, const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      return *text_or_empty (MEMBER (char *, object, field)) == '\0';
    case IM_JSON_KIND_STRV:
      return MEMBER (char **, object, field) == NULL || *MEMBER (char **, object, field) == NULL;
    case IM_JSON_KIND_INTV:
      return MEMBER (GArray *, object, field) == NULL || MEMBER (GArray *, object, field)->len == 0;
    case IM_JSON_KIND_OBJ:
      return MEMBER (gpointer, object, field) == NULL;
    case IM_JSON_KIND_ARRAY:
      return MEMBER (GPtrArray *, object, field) == NULL
             || MEMBER (GPtrArray *, object, field)->len == 0;
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
      return MEMBER (gint64, object, field) == field->initial;
    case IM_JSON_KIND_UINT64:
      return MEMBER (guint64, object, field) == (guint64) field->initial;
    case IM_JSON_KIND_BOOL:
      return !MEMBER (gboolean, object, field) == !field->initial;
    case IM_JSON_KIND_DOUBLE:
      return !(MEMBER (double, object, field) < 0) && !(MEMBER (double, object, field) > 0);
    default:
      return TRUE;
    }
}

void
im_json_complete (gpointer object)
{
  ImJsonHeader *header = object;

  if (header == NULL)
    return;
  mark_always (header);
  for (guint i = 0; i < header->type->n_fields; i++)
    {
      const ImJsonField *field = &header->type->fields[i];
      GPtrArray *array;

      if (field->kind == IM_JSON_KIND_OBJ)
        im_json_complete (MEMBER (gpointer, object, field));
      if (field->kind != IM_JSON_KIND_ARRAY
          || (array = MEMBER (GPtrArray *, object, field)) == NULL)
        continue;
      for (guint j = 0; j < array->len; j++)
        im_json_complete (array->pdata[j]);
    }
}

static guint64
row_at (const ImJsonHeader *header, gsize offset)
{
  for (guint i = 0; i < header->type->n_fields; i++)
    if (header->type->fields[i].offset == offset)
      return G_GUINT64_CONSTANT (1) << i;
  g_return_val_if_reached (0);
}

gboolean
im_json_has_at (gconstpointer object, gsize offset)
{
  const ImJsonHeader *header = object;

  g_return_val_if_fail (header != NULL, FALSE);

  return ((header->present | header->respelt) & row_at (header, offset)) != 0;
}

void
im_json_mark_at (gpointer object, gsize offset)
{
  ImJsonHeader *header = object;
  guint64 row;

  g_return_if_fail (header != NULL);

  row = row_at (header, offset);
  header->present |= row;
  for (guint i = 0; i < header->type->n_fields; i++)
    if (row == G_GUINT64_CONSTANT (1) << i && header->type->fields[i].alias != NULL)
      header->respelt |= row;
}

const ImJsonType *
im_json_type_for_tag (const ImJsonType *type, gint64 tag)
{
  if (type->n_variants == 0)
    return type;
  for (guint i = 0; i < type->n_variants; i++)
    if (type->variants[i].tag == tag)
      return type->variants[i].type;
  return type->fallback;
}
