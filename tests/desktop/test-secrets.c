/* SPDX-License-Identifier: GPL-3.0-or-later */
/* With a real keyring service on the bus (run-with-keyring). */
#include "fake-backend.h"
#include "linnet-keeper.h"
#include "linnet-secrets.h"
#include "models-test.h"

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
store (const char *address, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;

  linnet_secrets_store_async (address, password, NULL, on_done, &result);
  wait_until (result != NULL);
  return linnet_secrets_store_finish (result, NULL);
}

static char *
lookup (const char *address)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *password;

  linnet_secrets_lookup_async (address, NULL, on_done, &result);
  wait_until (result != NULL);
  password = linnet_secrets_lookup_finish (result, &error);
  g_assert_no_error (error);
  return password;
}

static void
clear (const char *address)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linnet_secrets_clear_async (address, NULL, on_done, &result);
  wait_until (result != NULL);
  g_assert_true (linnet_secrets_clear_finish (result, &error));
  g_assert_no_error (error);
}

static void
test_round (void)
{
  char *found;

  /* The service may still be starting. */
  wait_until (store ("mina@example.org", "secret"));
  g_assert_true (store ("ann@example.org", "other"));
  found = lookup ("mina@example.org");
  g_assert_cmpstr (found, ==, "secret");
  linnet_secrets_free (found);
  clear ("mina@example.org");
  g_assert_null (lookup ("mina@example.org"));
  clear ("mina@example.org");
  found = lookup ("ann@example.org");
  g_assert_cmpstr (found, ==, "other");
  linnet_secrets_free (found);
}

/* What one run keeps the next one goes on with. */
static void
test_keeper (void)
{
  FakeBackend *backend = fake_backend_new ();
  LinnetSession *session = linnet_session_new (LINNET_BACKEND (backend));
  LinnetSettings *settings = linnet_settings_new (TRUE);
  LinnetKeeper *keeper = linnet_keeper_new (session, settings);
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");
  g_autoptr (GAsyncResult) signed_in = NULL;
  g_autoptr (GAsyncResult) restored = NULL;
  g_autofree char *found = NULL;

  linnet_session_sign_in_async (session, account, NULL, on_done, &signed_in);
  wait_until (signed_in != NULL);
  wait_until ((g_free (found), found = lookup ("alice@example.org")) != NULL);
  g_clear_object (&signed_in);
  g_object_unref (keeper);
  g_object_unref (session);

  session = linnet_session_new (LINNET_BACKEND (backend));
  keeper = linnet_keeper_new (session, settings);
  linnet_keeper_restore_async (keeper, NULL, on_done, &restored);
  wait_until (restored != NULL);
  g_assert_true (linnet_keeper_restore_finish (keeper, restored, NULL));
  g_assert_cmpint (linnet_session_get_state (session), ==, LINNET_SESSION_SIGNED_IN);
  g_assert_cmpstr (linnet_session_get_account (session)->password, ==, "secret");
  wait_until (linnet_session_get_connection (session) == LINNET_CONNECTION_ONLINE);

  fake_backend_fail_sign_in (backend, LINNET_ERROR_WRONG_PASSWORD, "");
  linnet_session_resume (session, account);
  wait_until (linnet_session_get_state (session) == LINNET_SESSION_EXPIRED);
  /* The server refused the password: the keyring forgets it. */
  wait_until ((g_free (found), found = lookup ("alice@example.org")) == NULL);
  g_clear_object (&restored);
  g_object_unref (keeper);
  g_object_unref (session);
  g_object_unref (settings);
  g_object_unref (backend);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desktop/secrets/round", test_round);
  g_test_add_func ("/desktop/secrets/keeper", test_keeper);
  return g_test_run ();
}
