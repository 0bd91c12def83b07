/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-error.h"
#include "linnet-error.h"

#include <gio/gio.h>

#define SHA "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF"

typedef struct
{
  int code;
  const char *server_url;
  LinnetField field;
  const char *sentence;
} SignInCase;

/* clang-format off */
static const SignInCase sign_in_cases[] = {
  { 9516,  NULL,                         LINNET_FIELD_ADDRESS,  "No chat server was found for example.org." },
  { 9516,  "wss://chat.example.net/ws",  LINNET_FIELD_SERVER,   "No server was found at chat.example.net." },
  { 7013,  NULL,                         LINNET_FIELD_ADDRESS,  "example.org does not say where it offers a WebSocket connection. If you know the address, enter it under Advanced." },
  { 7013,  "wss://chat.example.net/ws",  LINNET_FIELD_SERVER,   "chat.example.net does not offer a WebSocket connection at this address." },
  { 9503,  NULL,                         LINNET_FIELD_GENERAL,  "The server’s certificate is not trusted." },
  { 70003, NULL,                         LINNET_FIELD_PASSWORD, "This password is not right for mina@example.org." },
  { 70051, NULL,                         LINNET_FIELD_PASSWORD, "This account is blocked. Ask whoever runs example.org." },
  { 60018, NULL,                         LINNET_FIELD_GENERAL,  "example.org takes no more sign-ins at the moment. Try again later." },
  { 9512,  NULL,                         LINNET_FIELD_GENERAL,  "You seem to be offline." },
  { 9510,  NULL,                         LINNET_FIELD_GENERAL,  "The server did not answer within 30 seconds." },
  { 9511,  "ws://127.0.0.1:1/",          LINNET_FIELD_SERVER,   "127.0.0.1 refuses the connection." },
  { -1001, NULL,                         LINNET_FIELD_ADDRESS,  "An address looks like name@example.org." },
  { 6019,  NULL,                         LINNET_FIELD_GENERAL,  "The messages kept on this computer cannot be opened." },
  { 4711,  NULL,                         LINNET_FIELD_GENERAL,  "Something went wrong (4711)." },
};
/* clang-format on */

static void
test_sign_in (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sign_in_cases); i++)
    {
      const SignInCase *row = &sign_in_cases[i];
      g_autoptr (LinnetAccount) account = linnet_account_new ("mina@example.org", "secret");
      g_autoptr (GError) error = linnet_error_new (row->code, "details");
      g_autofree char *sentence = NULL;

      linnet_account_set_server_url (account, row->server_url);
      sentence = linnet_error_describe_sign_in (error, account);
      g_assert_cmpstr (sentence, ==, row->sentence);
      g_assert_cmpint (linnet_error_get_field (error, account), ==, row->field);
    }
  g_assert_cmpint (linnet_error_get_field (NULL, NULL), ==, LINNET_FIELD_NONE);
}

static void
test_send (void)
{
  g_autofree char *too_long = linnet_error_describe_send (8001, "Bob");
  g_autofree char *blocked = linnet_error_describe_send (20007, "Mei Lin");
  g_autofree char *unknown = linnet_error_describe_send (4711, "Bob");

  g_assert_cmpstr (too_long, ==, "the message is too long.");
  g_assert_cmpstr (blocked, ==, "Mei Lin does not take messages from you.");
  g_assert_cmpstr (unknown, ==, "something went wrong (4711).");
}

static void
test_database (void)
{
  g_autoptr (GError) damaged = linnet_error_new (6019, IM_ERROR_DATABASE_DAMAGED " (malformed)");
  g_autoptr (GError) full
      = linnet_error_new (6019, IM_ERROR_DISK_FULL " (database or disk is full)");
  g_autoptr (GError) other = linnet_error_new (6017, IM_ERROR_DATABASE_DAMAGED);
  g_autofree char *damaged_text = linnet_error_describe_sign_in (damaged, NULL);
  g_autofree char *full_text = linnet_error_describe_sign_in (full, NULL);

  g_assert_true (linnet_error_is_damaged (damaged));
  g_assert_false (linnet_error_is_damaged (full));
  g_assert_false (linnet_error_is_damaged (other));
  g_assert_cmpstr (
      damaged_text, ==,
      "The messages kept on this computer are damaged. The server can send them again; "
      "the damaged file is kept.");
  g_assert_cmpstr (full_text, ==,
                   "There is no room left on this computer. Make room and try again.");
}

static void
test_certificate (void)
{
  g_autoptr (GError) untrusted = linnet_error_new (9503, "self-signed sha256:" SHA);
  g_autoptr (GError) without = linnet_error_new (9503, "server signature is wrong");
  g_autoptr (GError) cut = linnet_error_new (9503, "sha256:0011");
  g_autoptr (GError) other = linnet_error_new (9508, "sha256:" SHA);
  g_autofree char *sha = linnet_error_dup_certificate (untrusted);
  g_autofree char *lower = g_ascii_strdown (SHA, -1);

  g_assert_cmpstr (sha, ==, lower);
  g_assert_null (linnet_error_dup_certificate (without));
  g_assert_null (linnet_error_dup_certificate (cut));
  g_assert_null (linnet_error_dup_certificate (other));
}

static void
test_kinds (void)
{
  g_autoptr (GError) network = linnet_error_new (9512, NULL);
  g_autoptr (GError) password = linnet_error_new (70003, NULL);
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, 9512, "not ours");

  g_assert_true (linnet_error_is_retryable (network));
  g_assert_false (linnet_error_is_credentials (network));
  g_assert_false (linnet_error_is_retryable (password));
  g_assert_true (linnet_error_is_credentials (password));
  g_assert_false (linnet_error_is_retryable (foreign));
}

typedef struct
{
  const char *address;
  const char *password;
  const char *server_url;
  gboolean allow_plain;
  int code;
} AccountCase;

/* clang-format off */
static const AccountCase account_cases[] = {
  { "mina@example.org",        "x", NULL,                  FALSE, 0 },
  { "  mina@example.org\n",    "x", NULL,                  FALSE, 0 },
  { "mina@localhost",          "x", "ws://localhost:5280", FALSE, 0 },
  { "mina@localhost",          "x", "ws://127.0.0.1:5280/xmpp-websocket", FALSE, 0 },
  { "mina@localhost",          "x", "ws://[::1]:5280/",    FALSE, 0 },
  { "mina@example.org",        "x", "wss://example.org/ws", FALSE, 0 },
  { "mina@example.org",        "x", "ws://example.org/ws", TRUE,  0 },
  { "ミナ@例え.example",       "x", NULL,                  FALSE, 0 },
  { "mina@example.org",        "",  NULL,                  FALSE, LINNET_ERROR_LOCAL_PASSWORD },
  { "",                        "x", NULL,                  FALSE, LINNET_ERROR_LOCAL_ADDRESS },
  { "mina",                    "x", NULL,                  FALSE, LINNET_ERROR_LOCAL_ADDRESS },
  { "@example.org",            "x", NULL,                  FALSE, LINNET_ERROR_LOCAL_ADDRESS },
  { "mina@",                   "x", NULL,                  FALSE, LINNET_ERROR_LOCAL_ADDRESS },
  { "mi na@example.org",       "x", NULL,                  FALSE, LINNET_ERROR_LOCAL_ADDRESS },
  { "mina@exa mple.org",       "x", NULL,                  FALSE, LINNET_ERROR_LOCAL_ADDRESS },
  { "mina@ex@ample.org",       "x", NULL,                  FALSE, LINNET_ERROR_LOCAL_ADDRESS },
  { "mina@example..org",       "x", NULL,                  FALSE, LINNET_ERROR_LOCAL_ADDRESS },
  { "mina@example.org/desk",   "x", NULL,                  FALSE, LINNET_ERROR_LOCAL_ADDRESS },
  { "mina@example.org",        "x", "https://example.org", FALSE, LINNET_ERROR_LOCAL_SERVER_URL },
  { "mina@example.org",        "x", "example.org:5281",    FALSE, LINNET_ERROR_LOCAL_SERVER_URL },
  { "mina@example.org",        "x", "ws://example.org/ws", FALSE, LINNET_ERROR_LOCAL_PLAIN },
};
/* clang-format on */

static void
test_account (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (account_cases); i++)
    {
      const AccountCase *row = &account_cases[i];
      g_autoptr (LinnetAccount) account = linnet_account_new (row->address, row->password);
      g_autoptr (GError) error = NULL;

      linnet_account_set_server_url (account, row->server_url);
      account->allow_plain = row->allow_plain;
      g_test_message ("%s %s", row->address, row->server_url != NULL ? row->server_url : "");
      g_assert_cmpint (linnet_account_check (account, &error), ==, row->code == 0);
      if (row->code != 0)
        g_assert_error (error, LINNET_ERROR, row->code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/models/error/sign-in-names-the-field", test_sign_in);
  g_test_add_func ("/models/error/send", test_send);
  g_test_add_func ("/models/error/certificate", test_certificate);
  g_test_add_func ("/models/error/database", test_database);
  g_test_add_func ("/models/error/kinds", test_kinds);
  g_test_add_func ("/models/account/check", test_account);
  return g_test_run ();
}
