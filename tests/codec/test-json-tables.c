/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-elem.h"
#include "im-enums.h"
#include "im-json-private.h"
#include "im-profile.h"

#include "json-compare.h"

#include <stdlib.h>
#include <string.h>

/* Every row of every table: the member is filled with a value of its own, written, read and
 * compared. */

typedef void (*TypeFunc) (const ImJsonType *type);

static void
for_each_type (TypeFunc func)
{
  guint n_seed, n_other;
  const ImJsonType *const *seed = im_json_seed_types (&n_seed);
  const ImJsonType *const *other = im_json_other_types (&n_other);

  for (guint i = 0; i < n_seed; i++)
    func (seed[i]);
  for (guint i = 0; i < n_other; i++)
    func (other[i]);
}

static gpointer fill_new (const ImJsonType *type);

static gint64
distinct_number (const ImJsonField *field, guint n)
{
  switch ((ImJsonWire) field->wire)
    {
    case IM_WIRE_ELEM_TYPE:
      return field->initial;
    case IM_WIRE_TIP_FLAG:
      return IM_GROUP_TIP_CHANGE_FLAG_OWNER;
    case IM_WIRE_GROUP_TYPE:
      return IM_GROUP_AVCHATROOM;
    case IM_WIRE_ROLE:
      return IM_MEMBER_ROLE_ADMIN;
    case IM_WIRE_FLAGS:
      return G_GINT64_CONSTANT (0x80000000);
    case IM_WIRE_UINT64:
      return G_MININT64 + n;
    case IM_WIRE_PLAIN:
    case IM_WIRE_CUSTOM_INFO:
    case IM_WIRE_CUSTOM_FIELDS:
    default:
      if (field->kind == IM_JSON_KIND_INT)
        return G_MININT64 + n;
      return field->max != 0 ? (field->initial == field->max ? 0 : field->max)
                             : G_MAXUINT32 - (gint64) n;
    }
}

static void
fill (gpointer object, const ImJsonField *field, guint n)
{
  gpointer member = im_json_member (object, field);

  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_STR:
      *(char **) member = g_strdup_printf ("string \"%u\" \xe5\xa5\xbd\n", n);
      break;
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
      *(gint64 *) member = distinct_number (field, n);
      break;
    case IM_JSON_KIND_UINT64:
      *(guint64 *) member = G_MAXUINT64 - n;
      break;
    case IM_JSON_KIND_BOOL:
      *(gboolean *) member = !field->initial;
      break;
    case IM_JSON_KIND_DOUBLE:
      *(double *) member = 0.1 + n;
      break;
    case IM_JSON_KIND_STRV:
      *(char ***) member = g_strsplit ("first, second, third", ", ", -1);
      break;
    case IM_JSON_KIND_INTV:
      *(GArray **) member = g_array_new (FALSE, FALSE, sizeof (gint64));
      for (gint64 i = 0; i < 3; i++)
        g_array_append_val (*(GArray **) member, i);
      break;
    case IM_JSON_KIND_OBJ:
      *(gpointer *) member = fill_new (field->type);
      break;
    case IM_JSON_KIND_ARRAY:
      *(GPtrArray **) member = im_json_array_new ();
      g_ptr_array_add (*(GPtrArray **) member, fill_new (field->type));
      g_ptr_array_add (*(GPtrArray **) member, fill_new (field->type));
      break;
    default:
      g_assert_not_reached ();
    }
}

/* A family is filled with its first kind here; each kind is a type of its own in the list. */
static gpointer
fill_new (const ImJsonType *type)
{
  gpointer object;

  if (type->n_variants != 0)
    type = type->variants[0].type;
  object = im_json_alloc (type);
  for (guint i = 0; i < type->n_fields; i++)
    fill (object, &type->fields[i], i);
  return object;
}

static void
check_round_trip (const ImJsonType *type, gpointer object)
{
  g_autofree char *text = im_json_format (object);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  gpointer parsed = im_json_parse (type, text, -1, IM_JSON_STRICT, &error);
  gpointer copy = im_json_copy (object);

  g_assert_no_error (error);
  g_assert_true (im_json_equal (object, parsed));
  g_assert_true (im_json_equal (object, copy));
  g_assert_true (im_json_diff (object, parsed) == 0);
  again = im_json_format (parsed);
  g_assert_cmpstr (text, ==, again);
  im_json_unref (copy);
  im_json_unref (parsed);
}

static void
check_full_object (const ImJsonType *type)
{
  gpointer object;

  if (type->n_variants != 0)
    return;
  object = fill_new (type);
  check_round_trip (type, object);
  im_json_unref (object);
}

static void
test_full_objects_round_trip (void)
{
  im_profile_set (IM_PROFILE_SEED);
  for_each_type (check_full_object);
  im_profile_set (IM_PROFILE_TENCENT);
  for_each_type (check_full_object);
  im_profile_set (IM_PROFILE_SEED);
}

/* One member alone: it is written without being marked, under both spellings, and makes the object
 * differ there. */
static void
check_single_row (const ImJsonType *type, guint row)
{
  const ImJsonField *field = &type->fields[row];
  gpointer object = im_json_alloc (type);
  gpointer empty = im_json_alloc (type);
  g_autofree char *text = NULL;
  g_autofree char *expected = g_strdup_printf ("\"%s\":", field->key);
  gpointer parsed;

  fill (object, field, row);
  if ((field->flags & IM_TAG) == 0 && type->n_variants == 0)
    {
      g_assert_true (im_json_diff (object, empty) == G_GUINT64_CONSTANT (1) << row);
      text = im_json_format (object);
      g_assert_true (g_str_has_prefix (text + 1, expected));
      g_assert_cmpint (json_has_member (text, field->key), ==, TRUE);
      if (field->alias != NULL)
        g_assert_true (json_has_member (text, field->alias));
      parsed = im_json_parse (type, text, -1, IM_JSON_LENIENT, NULL);
      g_assert_true (im_json_equal (object, parsed));
      g_assert_true (im_json_has_at (parsed, field->offset));
      im_json_unref (parsed);
    }
  im_json_unref (object);
  im_json_unref (empty);
}

static void
check_rows (const ImJsonType *type)
{
  /* elements are read through their family, which wants the tag */
  if (type->n_fields > 0 && (type->fields[0].flags & IM_TAG) != 0)
    return;
  for (guint i = 0; i < type->n_fields; i++)
    check_single_row (type, i);
}

static void
test_single_rows_round_trip (void)
{
  for_each_type (check_rows);
}

static void
check_new_object (const ImJsonType *type)
{
  gpointer object;
  g_autofree char *text = NULL;

  if (type->n_variants != 0)
    return;
  object = im_json_new (type);
  text = im_json_format (object);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const ImJsonField *field = &type->fields[i];
      gboolean always = (field->flags & IM_ALWAYS) != 0;

      g_assert_cmpint (json_has_member (text, field->key), ==, always);
      if (field->alias != NULL)
        g_assert_cmpint (json_has_member (text, field->alias), ==, always);
    }
  im_json_unref (object);
}

static void
test_new_objects_write_what_is_always_written (void)
{
  for_each_type (check_new_object);
}

static gsize
member_size (const ImJsonField *field)
{
  switch ((ImJsonKind) field->kind)
    {
    case IM_JSON_KIND_INT:
    case IM_JSON_KIND_UINT:
      return sizeof (gint64);
    case IM_JSON_KIND_UINT64:
      return sizeof (guint64);
    case IM_JSON_KIND_BOOL:
      return sizeof (gboolean);
    case IM_JSON_KIND_DOUBLE:
      return sizeof (double);
    case IM_JSON_KIND_STR:
    case IM_JSON_KIND_STRV:
    case IM_JSON_KIND_INTV:
    case IM_JSON_KIND_OBJ:
    case IM_JSON_KIND_ARRAY:
    default:
      return sizeof (gpointer);
    }
}

static int
by_offset (const void *a, const void *b)
{
  const ImJsonField *const *left = a, *const *right = b;

  return (*left)->offset - (*right)->offset;
}

static gsize
align (gsize offset, gsize size)
{
  return (offset + size - 1) / size * size;
}

/* The members that have a row, laid one after the other, make up the whole struct: none was
 * forgotten. */
static void
check_size (const ImJsonType *type)
{
  const ImJsonField *sorted[64];
  gsize offset = sizeof (ImJsonHeader);

  g_assert_cmpuint (type->n_fields, <=, 64);
  for (guint i = 0; i < type->n_fields; i++)
    sorted[i] = &type->fields[i];
  qsort (sorted, type->n_fields, sizeof *sorted, by_offset);
  for (guint i = 0; i < type->n_fields; i++)
    {
      offset = align (offset, member_size (sorted[i]));
      g_assert_cmpuint (sorted[i]->offset, ==, offset);
      offset += member_size (sorted[i]);
    }
  g_assert_cmpuint (align (offset, sizeof (gpointer)), ==, type->size);
}

static void
test_rows_cover_their_structs (void)
{
  for_each_type (check_size);
  check_size (&im_unknown_elem_type);
}

static gboolean
is_seed_era_key (const ImJsonField *field)
{
  return (field->flags & (IM_OURS | IM_SEED_ONLY | IM_TAG | IM_LATER)) == 0;
}

static void
test_keys_are_those_of_the_list (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "json", "keys.txt", NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_types, n_keys = 0;
  const ImJsonType *const *types = im_json_seed_types (&n_types);

  for (guint i = 0; i < n_types; i++)
    for (guint j = 0; j < types[i]->n_fields; j++)
      {
        const ImJsonField *field = &types[i]->fields[j];

        if (!is_seed_era_key (field))
          continue;
        g_string_append_printf (keys, "%s %s %s\n", types[i]->name, field->key, field->constant);
        n_keys++;
      }
  g_assert_cmpuint (n_types, ==, 80);
  g_assert_cmpuint (n_keys, ==, 425);
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (keys->str, ==, expected);
}

static guint n_aliases;

static void
count_aliases (const ImJsonType *type)
{
  for (guint i = 0; i < type->n_fields; i++)
    n_aliases += type->fields[i].alias != NULL;
}

/* 33 that 8.0 respelt, 10 rows that the seed page spells in a way of its own. */
static void
test_other_spellings_are_counted (void)
{
  n_aliases = 0;
  for_each_type (count_aliases);
  g_assert_cmpuint (n_aliases, ==, 33 + 10);
}

static void
check_spelling_is_unique (const ImJsonType *type)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < type->n_fields; i++)
    {
      g_assert_true (g_hash_table_add (keys, (gpointer) type->fields[i].key));
      if (type->fields[i].alias != NULL)
        g_assert_true (g_hash_table_add (keys, (gpointer) type->fields[i].alias));
    }
}

static void
test_spellings_are_unique (void)
{
  for_each_type (check_spelling_is_unique);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/tables/full-objects-round-trip", test_full_objects_round_trip);
  g_test_add_func ("/codec/tables/single-rows-round-trip", test_single_rows_round_trip);
  g_test_add_func ("/codec/tables/new-objects-write-what-is-always-written",
                   test_new_objects_write_what_is_always_written);
  g_test_add_func ("/codec/tables/rows-cover-their-structs", test_rows_cover_their_structs);
  g_test_add_func ("/codec/tables/keys-are-those-of-the-list", test_keys_are_those_of_the_list);
  g_test_add_func ("/codec/tables/other-spellings-are-counted", test_other_spellings_are_counted);
  g_test_add_func ("/codec/tables/spellings-are-unique", test_spellings_are_unique);
  return g_test_run ();
}
