/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-reply.h"

#include "im-reply.h"
#include "map-text.h"
#include "xmpp-fallback.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"
#include "xmpp-spec.h"

#include <string.h>

#define MAX_QUOTE 1024 /* bytes */

static ImCloudCustomData *
parse (const char *text)
{
  return text != NULL ? im_json_parse (&im_cloud_custom_data_type, text, -1, IM_JSON_LENIENT, NULL)
                      : NULL;
}

/* Out */

static char *
make_quote (const char *abstract)
{
  g_autofree char *cut = map_text_cut (abstract, MAX_QUOTE);
  g_autofree char *carried = cut != NULL ? xmpp_text_carried (cut) : NULL;
  g_auto (GStrv) lines = NULL;
  GString *quote = g_string_new (NULL);

  if (cut != NULL)
    lines = g_strsplit (carried != NULL ? carried : cut, "\n", -1);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    g_string_append_printf (quote, "> %s\n", lines[i]);
  return g_string_free (quote, FALSE);
}

void
map_reply_read (const MapIds *ids,
                const char *peer_jid,
                const char *cloud_custom_str,
                MapReply *ret_reply)
{
  g_autoptr (ImCloudCustomData) data = parse (cloud_custom_str);
  const ImMessageReply *reply = data != NULL ? data->reply : NULL;
  g_autofree char *peer = NULL;
  g_autofree char *self = NULL;

  memset (ret_reply, 0, sizeof *ret_reply);
  if (reply == NULL || map_text_is_blank (reply->id) || strlen (reply->id) > XMPP_MAX_ID)
    return;
  ret_reply->id = g_strdup (reply->id);
  ret_reply->quote = make_quote (reply->abstract);
  if (reply->sender == NULL)
    return;
  peer = map_id_user_from_jid (ids, peer_jid);
  self = map_id_user_from_jid (ids, ids->self_jid);
  if (g_strcmp0 (reply->sender, peer) == 0)
    ret_reply->to = g_strdup (peer_jid);
  else if (g_strcmp0 (reply->sender, self) == 0)
    ret_reply->to = g_strdup (ids->self_jid);
}

void
map_reply_clear (MapReply *reply)
{
  g_clear_pointer (&reply->id, g_free);
  g_clear_pointer (&reply->to, g_free);
  g_clear_pointer (&reply->quote, g_free);
}

/* In */

static char *
unquote (const char *quote)
{
  g_auto (GStrv) lines = g_strsplit (quote, "\n", -1);
  guint n = g_strv_length (lines);
  GString *text = g_string_new (NULL);

  if (n > 0 && *lines[n - 1] == '\0')
    n--;
  for (guint i = 0; i < n; i++)
    {
      const char *line = lines[i];

      if (*line == '>')
        line++;
      if (*line == ' ' && line > lines[i])
        line++;
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  return g_string_free (text, FALSE);
}

static void
set_reply (const MapIds *ids, const XmppMessage *message, ImMessageReply *reply)
{
  g_autofree char *quote = message->body != NULL
                               ? xmpp_fallback_marked (message->node, message->body, XMPP_NS_REPLY)
                               : g_strdup ("");
  g_autofree char *text = unquote (quote);
  g_autofree char *abstract = map_text_cut (text, MAX_QUOTE);
  g_autofree char *sender = map_text_cut (reply->sender, XMPP_MAX_ID);

  if (message->about.replies_to != NULL)
    {
      g_free (sender);
      sender = map_id_user_from_jid (ids, message->about.replies_to);
    }
  im_json_set_str (&reply->id, message->about.replies_to_id);
  im_json_set_str (&reply->abstract, abstract);
  im_json_set_str (&reply->sender, sender);
  if (reply->version == 0)
    reply->version = 1;
}

/* What came with the object may not be what a strict reader takes, or too long. */
static char *
format (const ImCloudCustomData *data)
{
  g_autofree char *text = im_json_format_internal (data);
  g_autoptr (ImCloudCustomData) again
      = im_json_parse (&im_cloud_custom_data_type, text, -1, IM_JSON_STRICT, NULL);

  return again != NULL && strlen (text) <= MAP_MAX_CLOUD_CUSTOM ? g_steal_pointer (&text) : NULL;
}

static char *
dup_without_reply (const char *claimed)
{
  g_autoptr (ImCloudCustomData) data = parse (claimed);

  if (data == NULL || data->reply == NULL)
    return g_strdup (claimed);
  g_clear_pointer (&data->reply, im_json_unref);
  data->header.present = 0;
  return data->header.unknown != NULL ? format (data) : NULL;
}

char *
map_reply_dup_cloud_custom (const MapIds *ids, const XmppMessage *message, const char *claimed)
{
  g_autoptr (ImCloudCustomData) data = NULL;
  g_autoptr (ImCloudCustomData) before = NULL;
  g_autoptr (ImCloudCustomData) fresh = NULL;
  char *text;

  if (claimed != NULL && (*claimed == '\0' || strlen (claimed) > MAP_MAX_CLOUD_CUSTOM))
    claimed = NULL;
  if (message->about.replies_to_id == NULL)
    return dup_without_reply (claimed);
  before = parse (claimed);
  data = before != NULL ? im_json_copy (before) : im_json_new (&im_cloud_custom_data_type);
  if (data->reply == NULL)
    data->reply = im_json_new (&im_message_reply_type);
  set_reply (ids, message, data->reply);
  if (before != NULL && im_json_equal (before, data))
    return g_strdup (claimed);
  text = format (data);
  if (text != NULL)
    return text;
  fresh = im_json_new (&im_cloud_custom_data_type);
  fresh->reply = im_json_new (&im_message_reply_type);
  set_reply (ids, message, fresh->reply);
  return format (fresh);
}
