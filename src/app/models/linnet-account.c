/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-account.h"

#include "linnet-error.h"

#include <gio/gio.h>
#include <string.h>

#define ADDRESS_MAX_BYTES 1023

static char *
dup_stripped (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

static char *
dup_optional (const char *text)
{
  g_autofree char *stripped = dup_stripped (text);

  return *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

LinnetAccount *
linnet_account_new (const char *address, const char *password)
{
  LinnetAccount *account = g_new0 (LinnetAccount, 1);

  account->address = dup_stripped (address);
  account->password = g_strdup (password != NULL ? password : "");
  return account;
}

LinnetAccount *
linnet_account_copy (const LinnetAccount *account)
{
  LinnetAccount *copy;

  if (account == NULL)
    return NULL;
  copy = linnet_account_new (account->address, account->password);
  copy->server_url = g_strdup (account->server_url);
  copy->allow_plain = account->allow_plain;
  copy->begins_anew = account->begins_anew;
  copy->certificate_sha256 = g_strdup (account->certificate_sha256);
  return copy;
}

void
linnet_account_free (LinnetAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->address);
  wipe (account->password);
  g_free (account->server_url);
  g_free (account->certificate_sha256);
  g_free (account);
}

void
linnet_account_set_server_url (LinnetAccount *account, const char *server_url)
{
  g_return_if_fail (account != NULL);

  g_free (account->server_url);
  account->server_url = dup_optional (server_url);
}

void
linnet_account_set_password (LinnetAccount *account, const char *password)
{
  char *copy;

  g_return_if_fail (account != NULL);

  copy = g_strdup (password != NULL ? password : "");
  wipe (account->password);
  account->password = copy;
}

void
linnet_account_set_certificate (LinnetAccount *account, const char *sha256)
{
  g_return_if_fail (account != NULL);

  g_free (account->certificate_sha256);
  account->certificate_sha256 = dup_optional (sha256);
}

const char *
linnet_account_get_domain (const LinnetAccount *account)
{
  const char *at;

  g_return_val_if_fail (account != NULL, "");

  at = strrchr (account->address, '@');
  return at != NULL ? at + 1 : "";
}

static gboolean
is_host_char (gunichar c)
{
  return g_unichar_isalnum (c) || c == '-' || c == '.' || c == ':' || c == '[' || c == ']'
         || g_unichar_ismark (c);
}

static gboolean
is_local_char (gunichar c)
{
  return c > ' ' && c != 0x7f && strchr ("\"&'/:<>@", (int) MIN (c, 0x7fu)) == NULL
         && !g_unichar_isspace (c);
}

static gboolean
all_chars (const char *text, const char *end, gboolean (*allowed) (gunichar))
{
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      if (!allowed (g_utf8_get_char (p)))
        return FALSE;
    }
  return end > text;
}

static gboolean
is_address (const char *address)
{
  const char *at = strchr (address, '@');
  const char *end = address + strlen (address);

  if (at == NULL || end - address > ADDRESS_MAX_BYTES || !g_utf8_validate (address, -1, NULL))
    return FALSE;
  return all_chars (address, at, is_local_char) && all_chars (at + 1, end, is_host_char)
         && at[1] != '.' && strstr (at, "..") == NULL;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");
}

static gboolean
check_server_url (const LinnetAccount *account, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (account->server_url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  gboolean is_plain = strcmp (scheme, "ws") == 0;

  if ((!is_plain && strcmp (scheme, "wss") != 0) || host == NULL || *host == '\0')
    {
      g_set_error_literal (error, LINNET_ERROR, LINNET_ERROR_LOCAL_SERVER_URL,
                           "not ws:// or wss://");
      return FALSE;
    }
  if (is_plain && !account->allow_plain && !is_loopback (host))
    {
      g_set_error_literal (error, LINNET_ERROR, LINNET_ERROR_LOCAL_PLAIN,
                           "ws:// to another machine");
      return FALSE;
    }
  return TRUE;
}

gboolean
linnet_account_check (const LinnetAccount *account, GError **error)
{
  g_return_val_if_fail (account != NULL, FALSE);

  if (!is_address (account->address))
    {
      g_set_error_literal (error, LINNET_ERROR, LINNET_ERROR_LOCAL_ADDRESS, "not an address");
      return FALSE;
    }
  if (*account->password == '\0')
    {
      g_set_error_literal (error, LINNET_ERROR, LINNET_ERROR_LOCAL_PASSWORD, "no password");
      return FALSE;
    }
  return account->server_url == NULL || check_server_url (account, error);
}
