/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-enums.h"
#include "im-msg.h"
#include "linnet-message-text.h"
#include "linnet-text.h"

#include <glib.h>
#include <string.h>

typedef struct
{
  const char *text;
  const char *markup;
} MarkupCase;

/* clang-format off */
static const MarkupCase markup_cases[] = {
  { "plain", "plain" },
  { "", "" },
  { "a < b & c > d \"e\"", "a &lt; b &amp; c &gt; d &quot;e&quot;" },
  { "https://example.org", "<a href=\"https://example.org\">https://example.org</a>" },
  { "see http://example.org/a?b=c&d=e.", "see <a href=\"http://example.org/a?b=c&amp;d=e\">http://example.org/a?b=c&amp;d=e</a>." },
  { "HTTPS://EXAMPLE.ORG/Path", "<a href=\"https://example.org/Path\">HTTPS://EXAMPLE.ORG/Path</a>" },
  { "(https://example.org/a_(b))", "(<a href=\"https://example.org/a_(b)\">https://example.org/a_(b)</a>)" },
  { "[https://[::1]:8080/x]", "[<a href=\"https://[::1]:8080/x\">https://[::1]:8080/x</a>]" },
  { "www.example.org, and more", "<a href=\"https://www.example.org\">www.example.org</a>, and more" },
  { "www.example", "www.example" },
  { "www.example.", "www.example." },
  { "write ann@example.org!", "write <a href=\"mailto:ann@example.org\">ann@example.org</a>!" },
  { "ann@localhost", "ann@localhost" },
  { "mailto:ann@example.org?subject=x%20y", "<a href=\"mailto:ann@example.org?subject=x%20y\">mailto:ann@example.org?subject=x%20y</a>" },
  { "xmpp:room@muc.example.org?join", "<a href=\"xmpp:room@muc.example.org?join\">xmpp:room@muc.example.org?join</a>" },
  { "geo:52.52,13.405;u=10", "<a href=\"geo:52.52,13.405;u=10\">geo:52.52,13.405;u=10</a>" },
  { "geo:here", "geo:here" },
  { "javascript:alert(1)", "javascript:alert(1)" },
  { "file:///etc/passwd", "file:///etc/passwd" },
  { "data:text/html,x", "data:text/html,x" },
  { "xhttps://example.org", "xhttps://example.org" },
  { "看https://example.org/页。好", "看<a href=\"https://example.org/%E9%A1%B5\">https://example.org/页</a>。好" },
  { "https://user@example.org/", "https://user@example.org/" },
  { "https://example.com@evil.example", "https://example.com@evil.example" },
  { "https://", "https://" },
  { "mailto:!", "mailto:!" },
  { "www..", "www.." },
  { "xmpp:::", "xmpp:::" },
  { "https://exa mple.org", "<a href=\"https://exa\">https://exa</a> mple.org" },
  { "https://a..b", "https://a..b" },
  { "https://example.org:99999999/", "https://example.org:99999999/" },
  { "https://münchen.example/straße", "<a href=\"https://xn--mnchen-3ya.example/stra%C3%9Fe\">https://münchen.example/straße</a>" },
  /* A Cyrillic "а" among Latin letters, and a host all of letters that look Latin: shown as what
   * they are. */
  { "https://p\xd0\xb0ypal.com/", "<a href=\"https://xn--pypal-4ve.com/\">https://xn--pypal-4ve.com/</a>" },
  { "https://\xd0\xb0\xd1\x80\xd1\x80\xd3\x8f\xd0\xb5.com", "<a href=\"https://xn--80ak6aa92e.com\">https://xn--80ak6aa92e.com</a>" },
  { "https://пример.example", "<a href=\"https://xn--e1afmkfd.example\">https://пример.example</a>" },
  { "https://例え.example", "<a href=\"https://xn--r8jz45g.example\">https://例え.example</a>" },
  { "https://example.org/\xe2\x80\xaegpj.exe", "<a href=\"https://example.org/\">https://example.org/</a>\xe2\x80\xaegpj.exe" },
  { "two https://a.example https://b.example", "two <a href=\"https://a.example\">https://a.example</a> <a href=\"https://b.example\">https://b.example</a>" },
  { "\"https://example.org\"", "&quot;<a href=\"https://example.org\">https://example.org</a>&quot;" },
  { "<https://example.org>", "&lt;<a href=\"https://example.org\">https://example.org</a>&gt;" },
  { "*https://example.org*", "*<a href=\"https://example.org\">https://example.org</a>*" },
  { "https://example.org/%zz", "<a href=\"https://example.org/%zz\">https://example.org/%zz</a>" },
  { "bell\x07 and \x1b[31m", "bell and [31m" },
  { "line\nbreak\ttab", "line\nbreak\ttab" },
};
/* clang-format on */

static void
test_markup (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (markup_cases); i++)
    {
      g_autofree char *markup = linnet_text_to_markup (markup_cases[i].text);

      g_assert_cmpstr (markup, ==, markup_cases[i].markup);
    }
}

static void
on_element (GMarkupParseContext *context,
            const char *element,
            const char **names,
            const char **values,
            gpointer data,
            GError **error)
{
  if (strcmp (element, "a") == 0)
    g_assert_true (linnet_text_is_safe_uri (values[0]));
}

/* Whatever comes in, valid markup with safe addresses goes out. */
static void
assert_sound (const char *text)
{
  static const GMarkupParser parser = { .start_element = on_element };
  g_autofree char *markup = linnet_text_to_markup (text);
  g_autofree char *whole = g_strconcat ("<m>", markup, "</m>", NULL);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_utf8_validate (markup, -1, NULL));
  g_markup_parse_context_parse (context, whole, -1, &error);
  g_assert_no_error (error);
}

static void
test_hostile (void)
{
  static const char *const pieces[] = {
    "https://", "www.", "@",        "mailto:",          "geo:", "xmpp:", ".", ")", "(",
    "a",        "\xff", "\xe2\x80", "\xd0\xb0",         "]",    "[",     ":", "%", "<",
    "&",        "\"",   " ",        "\xf0\x9f\x98\x80", "0",    ",",     "?", "#",
  };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      int n = g_test_rand_int_range (1, 30);

      while (n-- > 0)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      assert_sound (text->str);
    }
}

/* Texts made to be slow: each must be done in well under a second. */
static void
test_bounded (void)
{
  static const char *const units[] = { ")", "a@b.c,", "https://a.b/", "www.a.", "((((", "@" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new ("https://example.org/");
      gint64 start = g_get_monotonic_time ();

      while (text->len < 4 * LINNET_TEXT_MAX_BYTES)
        g_string_append (text, units[i]);
      assert_sound (text->str);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
    }
}

static void
test_long_text_is_cut (void)
{
  g_autofree char *text = g_strnfill (LINNET_TEXT_MAX_BYTES + 10, 'x');
  g_autofree char *markup = linnet_text_to_markup (text);

  g_assert_cmpuint (strlen (markup), ==, LINNET_TEXT_MAX_BYTES + strlen ("…"));
  g_assert_true (g_str_has_suffix (markup, "x…"));
}

static void
test_safe_uri (void)
{
  static const char *const bad[]
      = { "",        "javascript:alert(1)", "file:///x",   "https:x", "https://a b", "data:x",
          "HTTP//x", "ftp://example.org",   "https://a\nb" };

  g_assert_true (linnet_text_is_safe_uri ("https://example.org"));
  g_assert_true (linnet_text_is_safe_uri ("GEO:1,2"));
  g_assert_false (linnet_text_is_safe_uri (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (linnet_text_is_safe_uri (bad[i]));
}

static void
test_emoji_only (void)
{
  static const char *const yes[] = { "😀",
                                     "😀 😀😀",
                                     "👍🏽",
                                     "❤️",
                                     "👨‍👩‍👧‍👦",
                                     "🇩🇪",
                                     "1️⃣",
                                     "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                                     "☕",
                                     " 🎉\n",
                                     "🏳️‍🌈",
                                     "⭐⭐⭐" };
  static const char *const no[]
      = { "", " ", "a", "😀a", "😀😀😀😀", "1", "❤", "©", "12", "\xff", "🇩", "hi 😀" };

  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (linnet_text_is_emoji_only (yes[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (linnet_text_is_emoji_only (no[i]));
}

static void
test_direction (void)
{
  g_assert_cmpint (linnet_text_direction ("hello"), ==, LINNET_TEXT_LTR);
  g_assert_cmpint (linnet_text_direction ("12 שלום hello"), ==, LINNET_TEXT_RTL);
  g_assert_cmpint (linnet_text_direction ("مرحبا"), ==, LINNET_TEXT_RTL);
  g_assert_cmpint (linnet_text_direction ("你好"), ==, LINNET_TEXT_LTR);
  g_assert_cmpint (linnet_text_direction ("123 😀"), ==, LINNET_TEXT_NEUTRAL);
  g_assert_cmpint (linnet_text_direction ("\xff"), ==, LINNET_TEXT_NEUTRAL);
}

static void
test_lines (void)
{
  g_autofree char *line = linnet_text_to_line ("  one\n\n two\t three  ", 100);
  g_autofree char *cut = linnet_text_to_line ("abcdef", 3);
  g_autofree char *at_blank = linnet_text_to_line ("abc def", 3);
  g_autofree char *exact = linnet_text_to_line ("abc", 3);

  g_assert_cmpstr (line, ==, "one two three");
  g_assert_cmpstr (cut, ==, "abc…");
  g_assert_cmpstr (at_blank, ==, "abc…");
  g_assert_cmpstr (exact, ==, "abc");
}

static void
test_names (void)
{
  static const char *const names[][2] = {
    { "Mei Lin", "Mei Lin" },
    { " Mei \n\t Lin ", "Mei Lin" },
    { "\xe2\x80\xae\x65vil", "evil" },
    { "a\xe2\x80\x8b\x62\xef\xbb\xbf", "ab" },
    { "\xe2\x81\xa6x\xe2\x81\xa9", "x" },
    { "\x01\x02", "" },
    { "", "" },
    { "می‌خواهم", "می‌خواهم" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *clean = linnet_text_clean_name (names[i][0]);

      g_assert_cmpstr (clean, ==, names[i][1]);
    }
}

static void
test_isolate_and_color (void)
{
  g_autofree char *isolated = linnet_text_isolate ("شيماء");

  g_assert_cmpstr (isolated, ==, "\xe2\x81\xa8شيماء\xe2\x81\xa9");
  g_assert_cmpint (linnet_text_name_color ("Mei Lin"), ==, (int) (g_str_hash ("Mei Lin") % 14) + 1);
}

/* What the markup shows, byte by byte: selections count in it. */
static void
test_text_of_markup (void)
{
  static const char *const texts[]
      = { "",          "plain",       "2 < 3 & \"4\" > '1'",
          "a\n\nb\tc", "好的 🙂", "see https://example.org/?a=1&b=2, mail me@example.org" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *markup = linnet_text_to_markup (texts[i]);
      g_autofree char *shown = linnet_text_from_markup (markup);

      g_assert_cmpstr (shown, ==, texts[i]);
    }
}

static void
test_a_revoked_message_says_so (void)
{
  g_autoptr (ImMsg) msg = im_json_new (&im_msg_type);
  g_autofree char *text = NULL;
  LinnetMessageKind kind;

  msg->status = IM_MSG_REVOKED;
  text = linnet_message_text_of (msg, &kind);
  g_assert_cmpstr (text, ==, "Message deleted");
  g_assert_cmpint (kind, ==, LINNET_MESSAGE_KIND_UNSUPPORTED);
}

static void
test_a_bundle_shows_its_title_and_lines (void)
{
  static const char json[] = "{\"message_elem_array\":[{\"elem_type\":13,\"merge_elem_title\":"
                             "\"Mei and David\",\"merge_elem_abstract_array\":[\"a\",\"b\"]}]}";
  g_autoptr (ImMsg) msg = im_json_parse (&im_msg_type, json, -1, IM_JSON_LENIENT, NULL);
  g_autofree char *text = NULL;
  LinnetMessageKind kind;

  text = linnet_message_text_of (msg, &kind);
  g_assert_cmpstr (text, ==, "Forwarded messages\nMei and David\na\nb");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/models/text/markup", test_markup);
  g_test_add_func ("/models/text/hostile-is-sound", test_hostile);
  g_test_add_func ("/models/text/time-is-bounded", test_bounded);
  g_test_add_func ("/models/text/long-is-cut", test_long_text_is_cut);
  g_test_add_func ("/models/text/safe-uri", test_safe_uri);
  g_test_add_func ("/models/text/emoji-only", test_emoji_only);
  g_test_add_func ("/models/text/direction", test_direction);
  g_test_add_func ("/models/text/lines", test_lines);
  g_test_add_func ("/models/text/names", test_names);
  g_test_add_func ("/models/text/isolate-and-color", test_isolate_and_color);
  g_test_add_func ("/models/text/text-of-markup", test_text_of_markup);
  g_test_add_func ("/models/text/a-revoked-message-says-so", test_a_revoked_message_says_so);
  g_test_add_func ("/models/text/a-bundle", test_a_bundle_shows_its_title_and_lines);
  return g_test_run ();
}
