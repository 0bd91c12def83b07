/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json-compare.h"

#include <json-glib/json-glib.h>

/* An independent reader, so that the codec is not compared with itself. */

static JsonNode *
parse (const char *text, const char *name)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  if (node == NULL)
    g_error ("%s is not JSON: %s\n%s", name, error != NULL ? error->message : "empty", text);
  return node;
}

static char *
compare (JsonNode *actual, JsonNode *expected, gboolean may_have_more, const char *path);

static char *
compare_objects (JsonObject *actual, JsonObject *expected, gboolean may_have_more, const char *path)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init (&iter, expected);
  while (json_object_iter_next (&iter, &key, &node))
    {
      g_autofree char *inner = g_strdup_printf ("%s.%s", path, key);
      char *difference;

      if (!json_object_has_member (actual, key))
        return g_strdup_printf ("%s is missing", inner);
      difference = compare (json_object_get_member (actual, key), node, may_have_more, inner);
      if (difference != NULL)
        return difference;
    }
  json_object_iter_init (&iter, actual);
  while (!may_have_more && json_object_iter_next (&iter, &key, &node))
    if (!json_object_has_member (expected, key))
      return g_strdup_printf ("%s.%s should not be there", path, key);
  return NULL;
}

static char *
compare_arrays (JsonArray *actual, JsonArray *expected, gboolean may_have_more, const char *path)
{
  if (json_array_get_length (actual) != json_array_get_length (expected))
    return g_strdup_printf ("%s has another length", path);
  for (guint i = 0; i < json_array_get_length (actual); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i);
      char *difference = compare (json_array_get_element (actual, i),
                                  json_array_get_element (expected, i), may_have_more, inner);

      if (difference != NULL)
        return difference;
    }
  return NULL;
}

static char *
compare (JsonNode *actual, JsonNode *expected, gboolean may_have_more, const char *path)
{
  g_autofree char *left = NULL, *right = NULL;

  if (JSON_NODE_HOLDS_OBJECT (actual) && JSON_NODE_HOLDS_OBJECT (expected))
    return compare_objects (json_node_get_object (actual), json_node_get_object (expected),
                            may_have_more, path);
  if (JSON_NODE_HOLDS_ARRAY (actual) && JSON_NODE_HOLDS_ARRAY (expected))
    return compare_arrays (json_node_get_array (actual), json_node_get_array (expected),
                           may_have_more, path);
  left = json_to_string (actual, FALSE);
  right = json_to_string (expected, FALSE);
  if (g_str_equal (left, right))
    return NULL;
  return g_strdup_printf ("%s is %s, not %s", path, left, right);
}

static void
assert_json (const char *text, const char *expected, gboolean may_have_more, const char *name)
{
  g_autoptr (JsonNode) left = parse (text, name);
  g_autoptr (JsonNode) right = parse (expected, name);
  g_autofree char *difference = compare (left, right, may_have_more, name);

  if (difference != NULL)
    g_error ("%s\ngot      %s\nexpected %s", difference, text, expected);
}

void
assert_json_equal (const char *text, const char *expected, const char *name)
{
  assert_json (text, expected, FALSE, name);
}

void
assert_json_contains (const char *text, const char *expected, const char *name)
{
  assert_json (text, expected, TRUE, name);
}

void
assert_json_member (const char *text, const char *key, const char *expected)
{
  g_autoptr (JsonNode) node = parse (text, key);
  g_autofree char *value = NULL;

  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  if (!json_object_has_member (json_node_get_object (node), key))
    g_error ("no %s in %s", key, text);
  value = json_to_string (json_object_get_member (json_node_get_object (node), key), FALSE);
  assert_json_equal (value, expected, key);
}

gboolean
json_has_member (const char *text, const char *key)
{
  g_autoptr (JsonNode) node = parse (text, key);

  return JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), key);
}
