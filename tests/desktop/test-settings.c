/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-settings.h"

static void
check_account (LinnetSettings *settings)
{
  g_autoptr (LinnetAccount) account = linnet_account_new ("mina@example.org", "secret");
  g_autoptr (LinnetAccount) kept = NULL;

  g_assert_null (linnet_settings_dup_account (settings));
  linnet_account_set_server_url (account, "wss://chat.example.org/ws");
  linnet_account_set_certificate (account, "00ff");
  linnet_settings_set_account (settings, account);
  kept = linnet_settings_dup_account (settings);
  g_assert_cmpstr (kept->address, ==, "mina@example.org");
  g_assert_cmpstr (kept->password, ==, "");
  g_assert_cmpstr (kept->server_url, ==, "wss://chat.example.org/ws");
  g_assert_cmpstr (kept->certificate_sha256, ==, "00ff");
  linnet_settings_set_account (settings, NULL);
  g_assert_null (linnet_settings_dup_account (settings));
}

static void
test_memory (void)
{
  LinnetSettings *settings = linnet_settings_new (TRUE);

  g_assert_cmpint (linnet_settings_get_window_width (settings), ==, 1100);
  linnet_settings_set_window_size (settings, 10, 900);
  g_assert_cmpint (linnet_settings_get_window_width (settings), ==, 360);
  g_assert_cmpint (linnet_settings_get_window_height (settings), ==, 900);
  check_account (settings);
  g_assert_finalize_object (settings);
}

/* Two objects see the same values; the backend of the tests is in memory. */
static void
test_stored (void)
{
  LinnetSettings *settings = linnet_settings_new (FALSE);
  LinnetSettings *other;

  linnet_settings_set_window_size (settings, 800, 600);
  linnet_settings_set_window_maximized (settings, TRUE);
  linnet_settings_set_text_scale (settings, 7.0);
  other = linnet_settings_new (FALSE);
  g_assert_cmpint (linnet_settings_get_window_width (other), ==, 800);
  g_assert_true (linnet_settings_get_window_maximized (other));
  g_assert_cmpfloat (linnet_settings_get_text_scale (other), ==, 2.0);
  check_account (settings);
  g_assert_finalize_object (settings);
  g_assert_finalize_object (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desktop/settings/memory", test_memory);
  g_test_add_func ("/desktop/settings/stored", test_stored);
  return g_test_run ();
}
