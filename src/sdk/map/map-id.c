/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-id.h"

#include "im-error.h"
#include "xmpp-jid.h"

#include <string.h>

#define USER_ID_MAX 32

static gboolean
is_printable_ascii (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (*c < 0x20 || *c > 0x7e)
      return FALSE;
  return TRUE;
}

static char *
refuse (const char *user_id, GError **error)
{
  g_set_error (error, IM_ERROR, ERR_SDK_COMM_INVALID_IDENTIFIER, "“%.80s” is not a user id",
               user_id);
  return NULL;
}

/* A bare user id is the original's: 1 to 32 bytes of printable ASCII. With an @ it is an address,
 * and a server's begins with one: "@example.org" is nobody called example.org. */
static char *
jid_from_user (const char *user_id, const char *domain, GError **error)
{
  g_autofree char *local = NULL;
  g_autofree char *composed = NULL;
  char *jid;

  if (strchr (user_id, '@') != NULL)
    {
      const char *address = *user_id == '@' ? user_id + 1 : user_id;

      jid = strchr (address, '/') == NULL ? xmpp_jid_dup_bare (address) : NULL;
      if (jid != NULL && (*user_id == '@') != (strchr (jid, '@') == NULL))
        g_clear_pointer (&jid, g_free);
      return jid != NULL ? jid : refuse (user_id, error);
    }
  if (*user_id == '\0' || strlen (user_id) > USER_ID_MAX || !is_printable_ascii (user_id))
    return refuse (user_id, error);
  local = xmpp_jid_escape_local (user_id);
  composed = xmpp_jid_compose (local, domain, NULL);
  jid = xmpp_jid_dup_bare (composed);
  return jid != NULL ? jid : refuse (user_id, error);
}

gboolean
map_ids_init (MapIds *ids, const char *user_id, const char *domain, GError **error)
{
  *ids = (MapIds){ 0 };
  if (strchr (user_id, '@') == NULL && (domain == NULL || *domain == '\0'))
    {
      g_set_error_literal (
          error, IM_ERROR, ERR_INVALID_PARAMETERS,
          "the user id names no server, and none is configured (sdk_config_domain)");
      return FALSE;
    }
  ids->self_jid = jid_from_user (user_id, domain, error);
  if (ids->self_jid == NULL)
    return FALSE;
  ids->domain = xmpp_jid_dup_domain (ids->self_jid);
  return TRUE;
}

void
map_ids_clear (MapIds *ids)
{
  g_clear_pointer (&ids->self_jid, g_free);
  g_clear_pointer (&ids->domain, g_free);
}

char *
map_ids_dup_local (const MapIds *ids)
{
  g_autofree char *local = xmpp_jid_dup_local (ids->self_jid);

  return local != NULL ? xmpp_jid_unescape_local (local) : NULL;
}

/* The short form only where it leads back to the same address: else "bob\\40example.org" of the own
 * server could pass for bob@example.org. */
static char *
short_form (const MapIds *ids, const XmppJid *jid, const char *bare)
{
  g_autofree char *user_id = NULL;
  g_autofree char *back = NULL;

  if (jid->local == NULL || !g_str_equal (jid->domain, ids->domain))
    return NULL;
  user_id = xmpp_jid_unescape_local (jid->local);
  back = jid_from_user (user_id, ids->domain, NULL);
  return g_strcmp0 (back, bare) == 0 ? g_steal_pointer (&user_id) : NULL;
}

char *
map_id_user_from_jid (const MapIds *ids, const char *jid)
{
  g_autoptr (XmppJid) parsed = jid != NULL ? xmpp_jid_parse (jid, NULL) : NULL;
  g_autofree char *bare = NULL;
  char *user_id;

  if (parsed == NULL)
    return NULL;
  bare = xmpp_jid_compose (parsed->local, parsed->domain, NULL);
  user_id = short_form (ids, parsed, bare);
  if (user_id != NULL)
    return user_id;
  return parsed->local != NULL ? g_steal_pointer (&bare) : g_strconcat ("@", bare, NULL);
}

char *
map_id_jid_from_user (const MapIds *ids, const char *user_id, GError **error)
{
  return jid_from_user (user_id, ids->domain, error);
}

gboolean
map_id_is_self (const MapIds *ids, const char *jid)
{
  return xmpp_jid_bare_equal (jid, ids->self_jid);
}
