/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On a session bus where no keyring answers. */
#include "fake-backend.h"
#include "linnet-keeper.h"
#include "linnet-secrets.h"
#include "models-test.h"

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_secrets_say_unavailable (void)
{
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GError) error = NULL;

  linnet_secrets_store_async ("mina@example.org", "secret", NULL, on_done, &stored);
  wait_until (stored != NULL);
  g_assert_false (linnet_secrets_store_finish (stored, &error));
  g_assert_error (error, LINNET_SECRETS_ERROR, LINNET_SECRETS_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  linnet_secrets_lookup_async ("mina@example.org", NULL, on_done, &found);
  wait_until (found != NULL);
  g_assert_null (linnet_secrets_lookup_finish (found, &error));
  g_assert_error (error, LINNET_SECRETS_ERROR, LINNET_SECRETS_ERROR_UNAVAILABLE);
}

static void
on_not_kept (LinnetKeeper *keeper, guint *count)
{
  *count += 1;
}

static void
test_account_is_kept_without_password (void)
{
  FakeBackend *backend = fake_backend_new ();
  LinnetSession *session = linnet_session_new (LINNET_BACKEND (backend));
  LinnetSettings *settings = linnet_settings_new (TRUE);
  LinnetKeeper *keeper = linnet_keeper_new (session, settings);
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");
  g_autoptr (LinnetAccount) kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) out = NULL;
  guint not_kept = 0;

  g_signal_connect (keeper, "not-kept", G_CALLBACK (on_not_kept), &not_kept);
  linnet_session_sign_in_async (session, account, NULL, on_done, &result);
  wait_until (not_kept == 1);
  kept = linnet_settings_dup_account (settings);
  g_assert_cmpstr (kept->address, ==, "alice@example.org");
  g_assert_cmpstr (kept->password, ==, "");
  linnet_session_sign_out_async (session, on_done, &out);
  wait_until (out != NULL);
  g_assert_null (linnet_settings_dup_account (settings));
  settle_down ();
  g_assert_finalize_object (keeper);
  g_clear_object (&result);
  g_clear_object (&out);
  g_assert_finalize_object (session);
  g_object_unref (settings);
  g_object_unref (backend);
}

static void
test_nothing_to_restore (void)
{
  FakeBackend *backend = fake_backend_new ();
  LinnetSession *session = linnet_session_new (LINNET_BACKEND (backend));
  LinnetSettings *settings = linnet_settings_new (TRUE);
  LinnetKeeper *keeper = linnet_keeper_new (session, settings);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linnet_keeper_restore_async (keeper, NULL, on_done, &result);
  wait_until (result != NULL);
  g_assert_false (linnet_keeper_restore_finish (keeper, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (linnet_session_get_state (session), ==, LINNET_SESSION_SIGNED_OUT);
  g_clear_object (&result);
  g_object_unref (keeper);
  g_object_unref (session);
  g_object_unref (settings);
  g_object_unref (backend);
}

int
main (int argc, char **argv)
{
  GTestDBus *bus; /* ends after us: libsecret may still be asking it something */

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_test_add_func ("/desktop/secrets/unavailable", test_secrets_say_unavailable);
  g_test_add_func ("/desktop/keeper/account-is-kept-without-password",
                   test_account_is_kept_without_password);
  g_test_add_func ("/desktop/keeper/nothing-to-restore", test_nothing_to_restore);
  return g_test_run ();
}
