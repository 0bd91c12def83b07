/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "map-settings.h"

#include "im-enums.h"
#include "xmpp-node.h"
#include "xmpp-spec.h"

#include <string.h>

#define NS "urn:linnet:tim:1"
#define ELEMENT "conversation"
#define C2C_PREFIX "c2c_"

char *
map_settings_dup_id (const MapIds *ids, const char *conv_id, GError **error)
{
  g_autofree char *jid = map_id_jid_from_user (ids, conv_id, error);

  return jid != NULL ? g_strconcat (C2C_PREFIX, jid, NULL) : NULL;
}

xmlDoc *
map_settings_build (const ImConvSettings *settings)
{
  g_autofree char *receive = g_strdup_printf ("%" G_GINT64_FORMAT, settings->recv_opt);
  g_autofree char *marks = g_strdup_printf ("%" G_GUINT64_FORMAT, settings->marks);

  return xmpp_spec_build (
      XMPP_SPEC (XMPP_EL (ELEMENT, NS, XMPP_ATTR ("receive", receive),
                          XMPP_ATTR ("pinned", settings->is_pinned ? "true" : "false"),
                          XMPP_ATTR ("marks", marks))));
}

static gboolean
read_settings (const xmlNode *node, ImConvSettings *ret_settings)
{
  guint64 receive;

  if (!xmpp_node_attr_uint64 (node, "receive", &receive) || receive > IM_RECV_OPT_MAX
      || !xmpp_node_attr_uint64 (node, "marks", &ret_settings->marks)
      || (ret_settings->marks & ~IM_CONV_MARKS) != 0)
    return FALSE;
  ret_settings->recv_opt = (gint64) receive;
  ret_settings->is_pinned = xmpp_node_attr_bool (node, "pinned");
  return TRUE;
}

char *
map_settings_parse (const MapIds *ids, const xmlNode *item, ImConvSettings *ret_settings)
{
  g_autofree char *id = xmpp_node_dup_id (item, "id");
  const xmlNode *node = xmpp_node_child (item, ELEMENT, NS);

  *ret_settings = (ImConvSettings){ 0 };
  if (id == NULL || !g_str_has_prefix (id, C2C_PREFIX) || !read_settings (node, ret_settings))
    return NULL;
  return map_id_user_from_jid (ids, id + strlen (C2C_PREFIX));
}
