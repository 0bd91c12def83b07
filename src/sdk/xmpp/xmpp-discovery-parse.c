/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-discovery.h"

#include "xmpp-error.h"
#include "xmpp-frame.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"
#include "xmpp-transport.h"

#include <string.h>

/* XRD */

char **
xmpp_discovery_parse_xrd (const char *data, gsize size)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  g_autoptr (XmppStanza) document = NULL;

  while (size > 0 && g_ascii_isspace (*data))
    data++, size--;
  document = xmpp_frame_parse (data, size, NULL);
  if (document != NULL && xmpp_node_is (xmpp_stanza_get_root (document), "XRD", XMPP_NS_XRD))
    xmpp_node_foreach (xmpp_stanza_get_root (document), link, "Link", XMPP_NS_XRD)
    {
      const char *href = xmpp_node_attr (link, "href");

      if (href != NULL && g_strcmp0 (xmpp_node_attr (link, "rel"), XMPP_REL_WEBSOCKET) == 0)
        g_strv_builder_add (urls, href);
    }
  return g_strv_builder_end (urls);
}

/*
 * JSON, as little as is needed (this layer has no JSON library): every object is watched for string
 * members "rel" and "href"; one that closes with the right rel gives its href. Values of other
 * kinds are passed over. What is not JSON ends the reading.
 */

#define MAX_DEPTH 16

typedef struct
{
  const char *p;
  const char *end;
} Reader;

typedef struct
{
  char *rel;  /* owned, nullable */
  char *href; /* owned, nullable */
} Link;

static void
skip_space (Reader *reader)
{
  while (reader->p < reader->end && g_ascii_isspace (*reader->p))
    reader->p++;
}

static gboolean
accept (Reader *reader, char c)
{
  skip_space (reader);
  if (reader->p >= reader->end || *reader->p != c)
    return FALSE;
  reader->p++;
  return TRUE;
}

static gboolean
read_unicode_escape (Reader *reader, GString *text)
{
  gunichar c = 0;

  if (reader->end - reader->p < 4)
    return FALSE;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*reader->p++);

      if (digit < 0)
        return FALSE;
      c = c * 16 + (gunichar) digit;
    }
  /* No half of a pair belongs into an address. */
  if (c == 0 || !g_unichar_validate (c))
    return FALSE;
  g_string_append_unichar (text, c);
  return TRUE;
}

static gboolean
read_escape (Reader *reader, GString *text)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *name;
  char c;

  if (reader->p >= reader->end)
    return FALSE;
  c = *reader->p++;
  if (c == 'u')
    return read_unicode_escape (reader, text);
  name = c != '\0' ? strchr (names, c) : NULL;
  if (name == NULL)
    return FALSE;
  g_string_append_c (text, values[name - names]);
  return TRUE;
}

/* The opening quote has been read. NULL: not a string. */
static char *
read_string (Reader *reader)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (reader->p < reader->end)
    {
      char c = *reader->p++;

      if (c == '"')
        return g_strdup (text->str);
      if (c == '\\' ? !read_escape (reader, text) : (guchar) c < 0x20)
        return NULL;
      if (c != '\\')
        g_string_append_c (text, c);
    }
  return NULL;
}

static gboolean read_value (Reader *reader, GStrvBuilder *urls, char **ret_string, guint depth);

static gboolean
read_member (Reader *reader, GStrvBuilder *urls, Link *link, guint depth)
{
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;
  char **place;

  if (!accept (reader, '"'))
    return FALSE;
  key = read_string (reader);
  if (key == NULL || !accept (reader, ':') || !read_value (reader, urls, &value, depth))
    return FALSE;
  place = g_str_equal (key, "rel") ? &link->rel : g_str_equal (key, "href") ? &link->href : NULL;
  if (place != NULL)
    {
      g_free (*place);
      *place = g_steal_pointer (&value);
    }
  return TRUE;
}

static gboolean
read_object (Reader *reader, GStrvBuilder *urls, guint depth)
{
  Link link = { NULL, NULL };
  gboolean good = accept (reader, '}');

  while (!good && read_member (reader, urls, &link, depth))
    {
      if (accept (reader, ','))
        continue;
      good = accept (reader, '}');
      break;
    }
  if (good && link.href != NULL && g_strcmp0 (link.rel, XMPP_REL_WEBSOCKET) == 0)
    g_strv_builder_add (urls, link.href);
  g_free (link.rel);
  g_free (link.href);
  return good;
}

static gboolean
read_array (Reader *reader, GStrvBuilder *urls, guint depth)
{
  if (accept (reader, ']'))
    return TRUE;
  do
    {
      g_autofree char *string = NULL;

      if (!read_value (reader, urls, &string, depth))
        return FALSE;
    }
  while (accept (reader, ','));
  return accept (reader, ']');
}

static gboolean
read_word (Reader *reader)
{
  const char *start = reader->p;

  while (reader->p < reader->end
         && (g_ascii_isalnum (*reader->p) || strchr ("+-.", *reader->p) != NULL))
    reader->p++;
  return reader->p > start;
}

static gboolean
read_value (Reader *reader, GStrvBuilder *urls, char **ret_string, guint depth)
{
  if (depth >= MAX_DEPTH)
    return FALSE;
  if (accept (reader, '{'))
    return read_object (reader, urls, depth + 1);
  if (accept (reader, '['))
    return read_array (reader, urls, depth + 1);
  if (accept (reader, '"'))
    return (*ret_string = read_string (reader)) != NULL;
  return read_word (reader);
}

char **
xmpp_discovery_parse_json (const char *data, gsize size)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  g_autofree char *string = NULL;
  Reader reader = { data, data + size };

  if (g_utf8_validate_len (data, size, NULL))
    read_value (&reader, urls, &string, 0);
  return g_strv_builder_end (urls);
}

/* Choosing */

gboolean
xmpp_discovery_check_url (const char *url, gboolean allow_plain, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  gboolean secure = g_ascii_strcasecmp (scheme, "wss") == 0;

  if (host == NULL || *host == '\0' || (!secure && g_ascii_strcasecmp (scheme, "ws") != 0))
    {
      g_set_error (error, XMPP_ERROR, XMPP_ERROR_NO_WEBSOCKET,
                   "%s is not the address of a WebSocket (wss://…)", url);
      return FALSE;
    }
  if (!secure && !allow_plain && !xmpp_host_is_loopback (host))
    {
      g_set_error (error, XMPP_ERROR, XMPP_ERROR_INSECURE,
                   "%s is not protected, and that is not allowed", url);
      return FALSE;
    }
  return TRUE;
}

const char *
xmpp_discovery_choose (const char *const *urls, gboolean allow_plain)
{
  const char *plain = NULL;

  for (; *urls != NULL; urls++)
    {
      if (!xmpp_discovery_check_url (*urls, allow_plain, NULL))
        continue;
      if (g_ascii_strncasecmp (*urls, "wss:", 4) == 0)
        return *urls;
      if (plain == NULL)
        plain = *urls;
    }
  return plain;
}
