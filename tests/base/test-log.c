/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linnet-xmpp"
#include "im-log.h"
#include "im-test.h"

#include <string.h>

#define SECRET "hunter2-Geheim"
#define TOKEN "eyJhbGciOiJIUzI1NiJ9.eyJqaWQiOiJhIn0.c2lnbmF0dXJl"

static void
test_a_secret_never_shows (void)
{
  static const char *const lines[] = {
    "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" SECRET "</auth>",
    "<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" SECRET "</response>",
    "<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" SECRET "</challenge>",
    "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" SECRET "</success>",
    "<query xmlns='jabber:iq:register'><username>bob</username><password>" SECRET "</password>",
    "<password xmlns='jabber:iq:register'>" SECRET "</password>",
    "<field var='password' type='text-private'><value>" SECRET "</value></field>",
    "<field type=\"text-private\" var=\"password\">\n  <value>" SECRET "</value></field>",
    "{\"user_sig\": \"" SECRET "\", \"user_id\": \"bob\"}",
    "{\"sdk_config_password\":\"" SECRET "\"}",
    "{\"user_sig\":\"a\\\"" SECRET "\"}",
    "token " TOKEN " expires",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *clean = im_log_redact (lines[i]);

      g_test_message ("%s", clean);
      g_assert_null (strstr (clean, SECRET));
      g_assert_null (strstr (clean, TOKEN));
      g_assert_nonnull (strstr (clean, "***"));
    }
}

static void
test_what_is_no_secret_stays (void)
{
  static const char *const lines[] = {
    "",
    "<message to='bob@example.org'><body>I forgot my password again</body></message>",
    "{\"message_sender\":\"bob\",\"message_seq\":1}",
    "<field var='username'><value>bob</value></field>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *clean = im_log_redact (lines[i]);

      g_assert_cmpstr (clean, ==, lines[i]);
    }
}

static void
test_broken_text_becomes_valid (void)
{
  g_autofree char *clean = im_log_redact ("bad \xff\xfe bytes");

  g_assert_true (g_utf8_validate (clean, -1, NULL));
}

typedef struct
{
  GString *lines;
  int last_level;
} Sink;

static void
on_line (int level, const char *line, gpointer user_data)
{
  Sink *sink = user_data;

  g_string_append_printf (sink->lines, "%s\n", line);
  sink->last_level = level;
}

static void
test_the_sink_gets_its_levels_redacted (void)
{
  Sink sink = { 0 };

  sink.lines = g_string_new (NULL);
  im_log_set_sink (on_line, &sink, IM_LOG_LEVEL_INFO);
  g_debug ("too small");
  g_assert_cmpstr (sink.lines->str, ==, "");
  g_info ("password: {\"password\":\"" SECRET "\"}");
  g_assert_cmpint (sink.last_level, ==, IM_LOG_LEVEL_INFO);
  g_assert_cmpstr (sink.lines->str, ==, "xmpp: password: {\"password\":\"***\"}\n");
  im_log_set_sink (on_line, &sink, IM_LOG_LEVEL_OFF);
  g_info ("off");
  im_log_set_sink (NULL, NULL, IM_LOG_LEVEL_DEBUG);
  g_info ("nobody");
  g_assert_cmpuint (strlen (sink.lines->str), ==,
                    strlen ("xmpp: password: {\"password\":\"***\"}\n"));
  g_string_free (sink.lines, TRUE);
}

static void
test_the_file_gets_its_levels_redacted (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autofree char *sub = g_build_filename (dir, "logs", NULL);
  g_autofree char *path = g_build_filename (sub, "imsdk.log", NULL);
  g_autofree char *text = NULL;

  im_log_set_file (sub, IM_LOG_LEVEL_DEBUG);
  g_debug ("first");
  g_info ("<password>" SECRET "</password>");
  im_log_set_file (NULL, IM_LOG_LEVEL_OFF);
  g_info ("closed");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, " 3 xmpp: first\n"));
  g_assert_nonnull (strstr (text, " 4 xmpp: <password>***</password>\n"));
  g_assert_null (strstr (text, "closed"));
}

static void
log_for_debug (void)
{
  g_setenv ("IM_DEBUG", "xmpp,store", TRUE);
  g_unsetenv ("G_MESSAGES_DEBUG");
  im_log_init ();
  g_debug ("seen <password>" SECRET "</password>");
  g_log ("linnet-service", G_LOG_LEVEL_DEBUG, "not asked for");
}

static void
test_im_debug_prints_the_layers_it_names (void)
{
  if (g_test_subprocess ())
    return log_for_debug ();
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*xmpp: seen <password>***</password>*");
  g_test_trap_assert_stderr_unmatched ("*not asked for*");
  g_test_trap_assert_stderr_unmatched ("*" SECRET "*");
}

static void
test_the_console_prints_from_its_level (void)
{
  if (g_test_subprocess ())
    {
      g_unsetenv ("IM_DEBUG");
      g_unsetenv ("G_MESSAGES_DEBUG");
      im_log_set_console (TRUE, IM_LOG_LEVEL_INFO);
      g_info ("information");
      g_debug ("small talk");
      im_log_set_console (FALSE, IM_LOG_LEVEL_INFO);
      g_info ("afterwards");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*xmpp: information*");
  g_test_trap_assert_stderr_unmatched ("*small talk*");
  g_test_trap_assert_stderr_unmatched ("*afterwards*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/log/secret-never-shows", test_a_secret_never_shows);
  g_test_add_func ("/base/log/no-secret-stays", test_what_is_no_secret_stays);
  g_test_add_func ("/base/log/broken-text-becomes-valid", test_broken_text_becomes_valid);
  g_test_add_func ("/base/log/sink-gets-its-levels", test_the_sink_gets_its_levels_redacted);
  g_test_add_func ("/base/log/file-gets-its-levels", test_the_file_gets_its_levels_redacted);
  g_test_add_func ("/base/log/im-debug-prints-its-layers",
                   test_im_debug_prints_the_layers_it_names);
  g_test_add_func ("/base/log/console-prints-from-its-level",
                   test_the_console_prints_from_its_level);
  return g_test_run ();
}
