/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-jid.h"

#include "xmpp-error.h"

#include <gio/gio.h>
#include <string.h>

/* XEP-0106: what a local part cannot hold, and the escape sign itself. */
static const char escaped_chars[] = " \"&'/:<>@\\";

void
xmpp_jid_free (XmppJid *jid)
{
  if (jid == NULL)
    return;
  g_free (jid->local);
  g_free (jid->domain);
  g_free (jid->resource);
  g_free (jid);
}

static gboolean
has_forbidden (const char *text, const char *forbidden)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || !g_unichar_isdefined (c)
          || (c < 128 && strchr (forbidden, (int) c) != NULL))
        return TRUE;
    }
  return FALSE;
}

static gboolean
fits (const char *part)
{
  gsize length = strlen (part);

  return length > 0 && length <= XMPP_JID_MAX_PART;
}

/* PRECIS' ignorable characters that Unicode counts among letters and marks. */
static const struct
{
  gunichar first;
  gunichar last;
} ignorable[] = {
  { 0x034f, 0x034f }, { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f },
  { 0x3164, 0x3164 }, { 0xfe00, 0xfe0f }, { 0xffa0, 0xffa0 }, { 0xe0100, 0xe01ef },
};

/* What nobody sees, and what turns the direction of the rest, makes one address look like another.
 */
static gboolean
is_visible (gunichar c)
{
  if (!g_unichar_isgraph (c) || g_unichar_isspace (c))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ignorable); i++)
    if (c >= ignorable[i].first && c <= ignorable[i].last)
      return FALSE;
  return TRUE;
}

static gboolean
is_all_visible (const char *text)
{
  while (*text != '\0' && is_visible (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text == '\0';
}

/* The three parts fall back to lower case and NFC where RFC 7622 asks for PRECIS profiles: equal
 * for everything servers let people register. */
static char *
normal_local (const char *local)
{
  g_autofree char *lower = g_utf8_strdown (local, -1);
  g_autofree char *normal = g_utf8_normalize (lower, -1, G_NORMALIZE_NFC);

  if (normal == NULL || !fits (normal) || has_forbidden (normal, " \"&'/:<>@")
      || !is_all_visible (normal))
    return NULL;
  return g_steal_pointer (&normal);
}

static gboolean
is_domain_char (gunichar c)
{
  return c >= 128 ? is_visible (c) : g_ascii_isalnum ((char) c) || c == '-' || c == '_';
}

static gboolean
has_good_labels (const char *domain)
{
  gsize label = 0;

  for (const char *p = domain; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '.' && label == 0)
        return FALSE;
      label = c == '.' ? 0 : label + 1;
      if (c != '.' && !is_domain_char (c))
        return FALSE;
    }
  return label > 0;
}

static char *
normal_domain (const char *domain)
{
  g_autofree char *lower = g_utf8_strdown (domain, -1);
  g_autofree char *normal = g_utf8_normalize (lower, -1, G_NORMALIZE_NFC);
  gsize length = normal != NULL ? strlen (normal) : 0;

  if (length > 1 && normal[length - 1] == '.')
    normal[--length] = '\0';
  if (length == 0 || length > XMPP_JID_MAX_PART)
    return NULL;
  if (normal[0] == '[' && normal[length - 1] == ']')
    {
      g_autofree char *address = g_strndup (normal + 1, length - 2);

      return strchr (address, ':') != NULL && g_hostname_is_ip_address (address)
                 ? g_steal_pointer (&normal)
                 : NULL;
    }
  return has_good_labels (normal) ? g_steal_pointer (&normal) : NULL;
}

static char *
normal_resource (const char *resource)
{
  g_autofree char *normal = g_utf8_normalize (resource, -1, G_NORMALIZE_NFC);

  if (normal == NULL || !fits (normal) || has_forbidden (normal, ""))
    return NULL;
  return g_steal_pointer (&normal);
}

static XmppJid *
parse (const char *text)
{
  g_autoptr (XmppJid) jid = g_new0 (XmppJid, 1);
  g_autofree char *bare = NULL;
  const char *slash, *at, *domain;

  if (text == NULL || strlen (text) > 3 * XMPP_JID_MAX_PART + 2
      || !g_utf8_validate (text, -1, NULL))
    return NULL;
  slash = strchr (text, '/');
  bare = slash != NULL ? g_strndup (text, (gsize) (slash - text)) : g_strdup (text);
  at = strchr (bare, '@');
  domain = at != NULL ? at + 1 : bare;
  jid->domain = normal_domain (domain);
  if (jid->domain == NULL)
    return NULL;
  if (at != NULL)
    {
      bare[at - bare] = '\0';
      jid->local = normal_local (bare);
      if (jid->local == NULL)
        return NULL;
    }
  if (slash != NULL)
    {
      jid->resource = normal_resource (slash + 1);
      if (jid->resource == NULL)
        return NULL;
    }
  return g_steal_pointer (&jid);
}

XmppJid *
xmpp_jid_parse (const char *text, GError **error)
{
  XmppJid *jid = parse (text);

  if (jid == NULL)
    g_set_error (error, XMPP_ERROR, XMPP_ERROR_JID_MALFORMED, "not an address: %.80s",
                 text != NULL && g_utf8_validate (text, -1, NULL) ? text : "");
  return jid;
}

gboolean
xmpp_jid_is_valid (const char *text)
{
  g_autoptr (XmppJid) jid = parse (text);

  return jid != NULL;
}

char *
xmpp_jid_compose (const char *local, const char *domain, const char *resource)
{
  g_return_val_if_fail (domain != NULL, NULL);

  return g_strconcat (local != NULL ? local : "", local != NULL ? "@" : "", domain,
                      resource != NULL ? "/" : "", resource != NULL ? resource : "", NULL);
}

char *
xmpp_jid_dup_normal (const char *text)
{
  g_autoptr (XmppJid) jid = parse (text);

  return jid != NULL ? xmpp_jid_compose (jid->local, jid->domain, jid->resource) : NULL;
}

char *
xmpp_jid_dup_bare (const char *text)
{
  g_autoptr (XmppJid) jid = parse (text);

  return jid != NULL ? xmpp_jid_compose (jid->local, jid->domain, NULL) : NULL;
}

char *
xmpp_jid_dup_local (const char *text)
{
  g_autoptr (XmppJid) jid = parse (text);

  return jid != NULL ? g_steal_pointer (&jid->local) : NULL;
}

char *
xmpp_jid_dup_domain (const char *text)
{
  g_autoptr (XmppJid) jid = parse (text);

  return jid != NULL ? g_steal_pointer (&jid->domain) : NULL;
}

const char *
xmpp_jid_get_resource (const char *text)
{
  const char *slash = text != NULL ? strchr (text, '/') : NULL;

  return slash != NULL ? slash + 1 : NULL;
}

gboolean
xmpp_jid_equal (const char *a, const char *b)
{
  g_autofree char *normal_a = xmpp_jid_dup_normal (a);
  g_autofree char *normal_b = xmpp_jid_dup_normal (b);

  return normal_a != NULL && g_strcmp0 (normal_a, normal_b) == 0;
}

gboolean
xmpp_jid_bare_equal (const char *a, const char *b)
{
  g_autofree char *bare_a = xmpp_jid_dup_bare (a);
  g_autofree char *bare_b = xmpp_jid_dup_bare (b);

  return bare_a != NULL && g_strcmp0 (bare_a, bare_b) == 0;
}

/* Is p the start of an escape sequence, and of which character? '\0': it is not. */
static char
escape_at (const char *p)
{
  int high, low;
  char c;

  if (p[0] != '\\' || p[1] == '\0' || p[2] == '\0')
    return '\0';
  high = g_ascii_xdigit_value (p[1]);
  low = g_ascii_xdigit_value (p[2]);
  if (high < 0 || low < 0)
    return '\0';
  c = (char) (high * 16 + low);
  return c > 0 && strchr (escaped_chars, c) != NULL ? c : '\0';
}

char *
xmpp_jid_escape_local (const char *text)
{
  GString *local = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, g_string_free (local, FALSE));
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\\' ? escape_at (p) != '\0' : strchr (escaped_chars, *p) != NULL)
      g_string_append_printf (local, "\\%02x", (guint) *p);
    else
      g_string_append_c (local, *p);
  return g_string_free (local, FALSE);
}

char *
xmpp_jid_unescape_local (const char *local)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (local != NULL, g_string_free (text, FALSE));
  for (const char *p = local; *p != '\0'; p++)
    {
      char c = escape_at (p);

      g_string_append_c (text, c != '\0' ? c : *p);
      if (c != '\0')
        p += 2;
    }
  return g_string_free (text, FALSE);
}
