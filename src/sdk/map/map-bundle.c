/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-bundle.h"

#include "im-error.h"
#include "im-msg.h"
#include "map-elem-private.h"
#include "xmpp-file.h"

#include <string.h>

#define KEY_FORMAT "1 %s %" G_GUINT64_FORMAT " %s" /* version, sum, size, address */
#define SHA256_CHARS 64
/* Larger ones go as a file: a stanza has room for twice that. */
#define INLINE_MAX (32 * 1024)

void
map_bundle_key_free (MapBundleKey *key)
{
  g_free (key->url);
  g_free (key->sha256);
  g_free (key);
}

char *
map_bundle_format_key (const char *url, const char *sha256, guint64 size)
{
  return g_strdup_printf (KEY_FORMAT, sha256, size, url);
}

MapBundleKey *
map_bundle_parse_key (const char *text)
{
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, " ", 4) : NULL;
  MapBundleKey *key;
  guint64 size;

  if (words == NULL || g_strv_length (words) != 4 || strcmp (words[0], "1") != 0
      || strlen (words[1]) != SHA256_CHARS || strspn (words[1], "0123456789abcdef") != SHA256_CHARS
      || !g_ascii_string_to_unsigned (words[2], 10, 1, MAP_BUNDLE_MAX_SIZE, &size, NULL)
      || !xmpp_url_is_web (words[3]))
    return NULL;
  key = g_new0 (MapBundleKey, 1);
  key->sha256 = g_strdup (words[1]);
  key->size = size;
  key->url = g_strdup (words[3]);
  return key;
}

char *
map_bundle_format (const ImMergerElem *elem)
{
  g_autoptr (GPtrArray) messages = map_merger_clean_messages (elem->messages, 0);

  return im_json_format_array (messages);
}

gboolean
map_bundle_needs_file (const ImElem *elem)
{
  const ImMergerElem *merger = (const ImMergerElem *) elem;
  g_autoptr (MapBundleKey) key = NULL;
  g_autofree char *json = NULL;

  if (elem->type != IM_ELEM_MERGE || merger->messages == NULL)
    return FALSE;
  key = map_bundle_parse_key (merger->relay_json_key);
  if (key != NULL)
    return FALSE;
  json = map_bundle_format (merger);
  return strlen (json) > INLINE_MAX;
}

GPtrArray *
map_bundle_parse (const char *json, gssize size, GError **error)
{
  g_autoptr (GPtrArray) claimed
      = im_json_parse_array (&im_msg_type, json, size, IM_JSON_LENIENT, NULL);
  g_autoptr (GPtrArray) messages = claimed != NULL ? map_merger_clean_messages (claimed, 0) : NULL;

  if (messages != NULL && messages->len > 0)
    return g_steal_pointer (&messages);
  g_set_error_literal (error, IM_ERROR, ERR_INVALID_PARAMETERS,
                       "what the bundle's address has are no messages");
  return NULL;
}
