/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people type, and what pretends to be that: the markup is always valid, its links are always
 * of the kinds we open, and nothing reads outside the text. */

#include "linnet-text.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
on_element (GMarkupParseContext *context,
            const char *element,
            const char **names,
            const char **values,
            gpointer user_data,
            GError **error)
{
  if (strcmp (element, "a") == 0)
    g_assert_true (linnet_text_is_safe_uri (values[0]));
}

static void
check_markup (const char *text)
{
  static const GMarkupParser parser = { .start_element = on_element };
  g_autofree char *markup = linnet_text_to_markup (text);
  g_autofree char *whole = g_strconcat ("<m>", markup, "</m>", NULL);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, whole, -1, &error);
  g_assert_no_error (error);
}

static void
check_links (const char *text)
{
  g_autoptr (GPtrArray) links = linnet_text_find_links (text);
  gsize done = 0;

  for (guint i = 0; i < links->len; i++)
    {
      const LinnetTextLink *link = g_ptr_array_index (links, i);

      g_assert_cmpuint (link->start, >=, done);
      g_assert_cmpuint (link->end, >, link->start);
      done = link->end;
    }
  g_assert_cmpuint (done, <=, strlen (text));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *line = linnet_text_to_line (text, 40);
  g_autofree char *name = linnet_text_clean_name (text);

  check_markup (text);
  check_links (text);
  linnet_text_is_emoji_only (text);
  linnet_text_direction (text);
  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_true (g_utf8_validate (name, -1, NULL));
  return 0;
}
