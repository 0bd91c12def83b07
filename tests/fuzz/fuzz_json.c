/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON text from anywhere, as every parameter and result that the API has: nothing crashes, and
 * what was understood is written and read again the same. */

#include "im-json-private.h"
#include "im-msg.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_stable (const ImJsonType *type, gpointer object)
{
  g_autofree char *first = im_json_format_internal (object);
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  gpointer copy = im_json_copy (object);
  gpointer again = im_json_parse (type, first, -1, IM_JSON_LENIENT, &error);

  g_assert_no_error (error);
  g_free (im_json_format (object));
  second = im_json_format_internal (again);
  g_assert_cmpstr (first, ==, second);
  g_assert_true (im_json_equal (object, copy));
  im_json_complete (copy);
  g_free (im_json_format (copy));
  im_json_unref (again);
  im_json_unref (copy);
}

static void
check_object (const ImJsonType *type, const char *text, gsize size, ImJsonMode mode)
{
  g_autoptr (GError) error = NULL;
  gpointer object = im_json_parse (type, text, (gssize) size, mode, &error);

  g_assert_true ((object == NULL) == (error != NULL));
  if (object != NULL)
    check_stable (type, object);
  im_json_unref (object);
}

static void
check_arrays (const char *text, gsize size, ImJsonMode mode)
{
  g_autoptr (GPtrArray) array = im_json_parse_array (&im_msg_type, text, (gssize) size, mode, NULL);
  g_auto (GStrv) strings = im_json_parse_strv (text, (gssize) size, mode, NULL);

  if (array != NULL)
    g_free (im_json_format_array (array));
  for (guint i = 0; array != NULL && i < array->len; i++)
    check_stable (&im_msg_type, array->pdata[i]);
  if (strings != NULL)
    g_free (im_json_format_strv ((const char *const *) strings));
}

static void
check_types (const ImJsonType *const *types, guint n_types, const char *text, gsize size)
{
  for (int mode = IM_JSON_LENIENT; mode <= IM_JSON_RESULT; mode++)
    for (guint i = 0; i < n_types; i++)
      check_object (types[i], text, size, (ImJsonMode) mode);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  guint n_seed;
  guint n_other;
  const ImJsonType *const *seed = im_json_seed_types (&n_seed);
  const ImJsonType *const *other = im_json_other_types (&n_other);

  for (int mode = IM_JSON_LENIENT; mode <= IM_JSON_RESULT; mode++)
    check_arrays (text, size, (ImJsonMode) mode);
  check_types (seed, n_seed, text, size);
  check_types (other, n_other, text, size);
  return 0;
}
