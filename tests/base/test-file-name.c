/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that strangers chose become names of files that are what they look like. */
#include "im-file-name.h"
#include "im-test.h"

#include <string.h>

static void
test_a_strangers_name_becomes_a_safe_one (void)
{
  static const struct
  {
    const char *name, *safe;
  } rows[] = {
    { "photo.jpg", "photo.jpg" },
    { "Grüße 你好 👋🏽.txt", "Grüße 你好 👋🏽.txt" },
    { "../../etc/passwd", "_.._etc_passwd" },
    { "..", "file" },
    { ".", "file" },
    { "", "file" },
    { NULL, "file" },
    { "/", "_" },
    { ".bashrc", "bashrc" },
    { "...hidden", "hidden" },
    { " . x . ", "x" },
    { "a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j" },
    { "a\nb\tc\x01\x7f"
      "d",
      "abcd" },
    { "photo\xe2\x80\xaegpj.exe", "photogpj.exe" }, /* right-to-left override */
    { "a\xe2\x81\xa6"
      "b\xe2\x80\x8f"
      "c\xef\xbb\xbf",
      "abc" }, /* isolate, mark, BOM */
    { "a\xc2\xa0"
      "b",
      "a b" },
    { "\xff\xfe.txt", "\xef\xbf\xbd\xef\xbf\xbd.txt" },
    { "CON", "_CON" },
    { "con.txt", "_con.txt" },
    { "Lpt1.tar.gz", "_Lpt1.tar.gz" },
    { "com0 .x", "_com0 .x" },
    { "console.txt", "console.txt" },
    { "lpt.txt", "lpt.txt" },
    { "\xcc\x81x", "x" },            /* a mark with nothing below it */
    { "e\xcc\x81", "\xc3\xa9" },     /* one character, written as one */
    { "e\x01\xcc\x81", "\xc3\xa9" }, /* also when nothing stands between them any more */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *safe = im_file_name_make_safe (rows[i].name);
      g_autofree char *again = im_file_name_make_safe (safe);

      g_assert_cmpstr (safe, ==, rows[i].safe);
      g_assert_cmpstr (again, ==, safe);
    }
}

static char *
repeat (const char *text, guint n, const char *end)
{
  GString *string = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (string, text);
  return g_string_free (g_string_append (string, end), FALSE);
}

static void
test_a_long_name_is_cut_between_characters_before_its_extension (void)
{
  static const struct
  {
    const char *unit;
    guint n;
    const char *end;
    gsize length;
    const char *last; /* what it ends with */
  } rows[] = {
    { "x", 300, ".jpeg", 240, "x.jpeg" },
    { "x", 300, "", 240, "x" },
    { "x", 300, ".this-is-no-extension", 240, "x" },
    { "\xe4\xbd\xa0", 100, ".png", 238, "\xe4\xbd\xa0.png" },
    { "\xf0\x9f\x91\x8b\xf0\x9f\x8f\xbd", 60, ".png", 236, "\xf0\x9f\x8f\xbd.png" },
    { "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", 60, ".png", 235,
      "\xf0\x9f\x92\xbb.png" }, /* woman, joiner, computer */
    { "q\xcc\x80\xcc\x81", 60, ".png", 239, "q\xcc\x80\xcc\x81.png" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = repeat (rows[i].unit, rows[i].n, rows[i].end);
      g_autofree char *safe = im_file_name_make_safe (name);

      g_assert_true (g_utf8_validate (safe, -1, NULL));
      g_assert_cmpuint (strlen (safe), ==, rows[i].length);
      g_assert_true (g_str_has_suffix (safe, rows[i].last));
    }
}

static void
test_what_is_left_of_a_long_name_is_no_device (void)
{
  g_autofree char *marks = repeat ("\xcc\x81", 200, "");
  g_autofree char *name = g_strconcat ("CONa", marks, NULL);
  g_autofree char *safe = im_file_name_make_safe (name);

  g_assert_cmpstr (safe, ==, "_CON");
}

static void
test_a_second_file_of_a_name_has_a_number (void)
{
  static const struct
  {
    const char *name;
    guint number;
    const char *numbered;
  } rows[] = {
    { "a.png", 0, "a.png" }, { "a.png", 1, "a.png" },           { "a.png", 2, "a (2).png" },
    { "a", 12, "a (12)" },   { "a.tar.gz", 3, "a.tar (3).gz" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *numbered = im_file_name_number (rows[i].name, rows[i].number);

      g_assert_cmpstr (numbered, ==, rows[i].numbered);
    }
}

static void
test_a_free_place_is_found_beside_files_and_parts (void)
{
  static const char *const there[] = { "a.png", "a (2).png.part", "a (3).png" };
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *expected = g_build_filename (dir, "a (4).png", NULL);
  g_autofree char *path = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (there); i++)
    {
      g_autofree char *file = g_build_filename (dir, there[i], NULL);

      g_assert_true (g_file_set_contents (file, "", 0, NULL));
    }
  path = im_file_name_find_free (dir, "../a.png");
  g_free (path);
  path = im_file_name_find_free (dir, "a.png");
  g_assert_cmpstr (path, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/base/file-name/" #name, test_##name)
  TEST (a_strangers_name_becomes_a_safe_one);
  TEST (a_long_name_is_cut_between_characters_before_its_extension);
  TEST (what_is_left_of_a_long_name_is_no_device);
  TEST (a_second_file_of_a_name_has_a_number);
  TEST (a_free_place_is_found_beside_files_and_parts);
#undef TEST
  return g_test_run ();
}
