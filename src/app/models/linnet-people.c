/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-people.h"

#include "linnet-account.h"
#include "linnet-text.h"

#include <string.h>

char *
linnet_people_dup_name (const char *user_id, const char *nickname)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (user_id != NULL, NULL);

  name = linnet_text_clean_name (nickname != NULL && *nickname != '\0' ? nickname : user_id);
  if (*name == '\0')
    {
      g_free (name);
      name = linnet_text_clean_name (user_id);
    }
  return *name != '\0' ? g_steal_pointer (&name) : g_strdup ("?");
}

static const char *
domain_of (const char *address)
{
  const char *at = address != NULL ? strrchr (address, '@') : NULL;

  return at != NULL ? at + 1 : "";
}

char *
linnet_people_dup_short_id (const char *user_id, const char *own_address)
{
  const char *domain = domain_of (own_address);
  const char *at;

  g_return_val_if_fail (user_id != NULL, NULL);

  at = strrchr (user_id, '@');
  if (at == NULL || at == user_id || g_ascii_strcasecmp (at + 1, domain) != 0)
    return g_strdup (user_id);
  return g_strndup (user_id, at - user_id);
}

char *
linnet_people_dup_address (const char *user_id, const char *own_address)
{
  const char *domain = domain_of (own_address);

  g_return_val_if_fail (user_id != NULL, NULL);

  if (strchr (user_id, '@') != NULL || *domain == '\0')
    return g_strdup (user_id);
  return g_strconcat (user_id, "@", domain, NULL);
}

/* "xmpp:bob@example.org?message;body=hi" → "bob@example.org" */
static char *
strip_uri (char *text)
{
  char *end;

  if (g_ascii_strncasecmp (text, "xmpp:", 5) == 0)
    memmove (text, text + 5, strlen (text + 5) + 1);
  end = strpbrk (text, "?/");
  if (end != NULL)
    *end = '\0';
  return text;
}

char *
linnet_people_dup_user_id (const char *typed, const char *own_address)
{
  g_autofree char *text = NULL;
  g_autofree char *typed_full = NULL;
  g_autofree char *full = NULL;
  g_autofree char *own_domain = NULL;
  g_autoptr (LinnetAccount) account = NULL;

  g_return_val_if_fail (typed != NULL, NULL);

  if (!g_utf8_validate (typed, -1, NULL))
    return NULL;
  text = strip_uri (g_strstrip (g_strdup (typed)));
  typed_full = linnet_people_dup_address (text, own_address);
  full = g_utf8_strdown (typed_full, -1);
  account = linnet_account_new (full, "-");
  if (!linnet_account_check (account, NULL))
    return NULL;
  own_domain = g_utf8_strdown (domain_of (own_address), -1);
  if (strcmp (linnet_account_get_domain (account), own_domain) == 0)
    *strrchr (full, '@') = '\0';
  return g_steal_pointer (&full);
}
