/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-disco.h"

#include "im-loop.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

static void
identity_free (gpointer data)
{
  XmppDiscoIdentity *identity = data;

  g_free (identity->category);
  g_free (identity->type);
  g_free (identity->name);
  g_free (identity);
}

static void
item_free (gpointer data)
{
  XmppDiscoItem *item = data;

  g_free (item->jid);
  g_free (item->node);
  g_free (item->name);
  g_free (item);
}

void
xmpp_disco_info_free (XmppDiscoInfo *info)
{
  if (info == NULL)
    return;
  g_ptr_array_unref (info->identities);
  g_hash_table_unref (info->features);
  xmpp_stanza_unref (info->reply);
  g_free (info);
}

gboolean
xmpp_disco_info_has_feature (const XmppDiscoInfo *info, const char *feature)
{
  return info != NULL && g_hash_table_contains (info->features, feature);
}

gboolean
xmpp_disco_info_has_identity (const XmppDiscoInfo *info, const char *category, const char *type)
{
  for (guint i = 0; info != NULL && i < info->identities->len; i++)
    {
      const XmppDiscoIdentity *identity = g_ptr_array_index (info->identities, i);

      if (strcmp (identity->category, category) == 0 && strcmp (identity->type, type) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Asking */

static char *
dup_attr (const xmlNode *node, const char *name)
{
  const char *value = xmpp_node_attr (node, name);

  return g_strdup (value != NULL ? value : "");
}

static gpointer
read_info (XmppStanza *reply, const xmlNode *query)
{
  XmppDiscoInfo *info = g_new0 (XmppDiscoInfo, 1);

  info->identities = g_ptr_array_new_with_free_func (identity_free);
  info->features = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  info->reply = xmpp_stanza_ref (reply);
  xmpp_node_foreach (query, node, "identity", XMPP_NS_DISCO_INFO)
  {
    XmppDiscoIdentity *identity = g_new0 (XmppDiscoIdentity, 1);

    identity->category = dup_attr (node, "category");
    identity->type = dup_attr (node, "type");
    identity->name = g_strdup (xmpp_node_attr (node, "name"));
    g_ptr_array_add (info->identities, identity);
  }
  xmpp_node_foreach (query, node, "feature", XMPP_NS_DISCO_INFO)
      g_hash_table_add (info->features, dup_attr (node, "var"));
  return info;
}

static gpointer
read_items (XmppStanza *reply, const xmlNode *query)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);

  xmpp_node_foreach (query, node, "item", XMPP_NS_DISCO_ITEMS)
  {
    XmppDiscoItem *item;

    if (xmpp_node_attr (node, "jid") == NULL)
      continue;
    item = g_new0 (XmppDiscoItem, 1);
    item->jid = dup_attr (node, "jid");
    item->node = g_strdup (xmpp_node_attr (node, "node"));
    item->name = g_strdup (xmpp_node_attr (node, "name"));
    g_ptr_array_add (items, item);
  }
  return items;
}

typedef struct
{
  const char *ns;
  gpointer (*read) (XmppStanza *reply, const xmlNode *query);
  void (*free) (gpointer data);
} Kind;

static const Kind info_kind
    = { XMPP_NS_DISCO_INFO, read_info, (GDestroyNotify) xmpp_disco_info_free };
static const Kind items_kind
    = { XMPP_NS_DISCO_ITEMS, read_items, (GDestroyNotify) g_ptr_array_unref };

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Kind *kind = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) reply = xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &error);
  const xmlNode *query
      = reply != NULL ? xmpp_node_child (xmpp_stanza_get_root (reply), "query", kind->ns) : NULL;

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (query == NULL)
    g_task_return_new_error (task, XMPP_ERROR, XMPP_ERROR_UNEXPECTED_REPLY,
                             "the answer to a disco request has no query");
  else
    g_task_return_pointer (task, kind->read (reply, query), kind->free);
}

static void
ask (XmppPorter *porter,
     const Kind *kind,
     const char *jid,
     const char *node,
     gpointer tag,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (XmppStanza) iq = NULL;
  GTask *task;

  im_assert_network_thread ();
  iq = xmpp_stanza_new (
      XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"),
                          XMPP_ATTR ("to", jid != NULL ? jid : xmpp_porter_get_bare_jid (porter)),
                          XMPP_EL ("query", kind->ns, XMPP_ATTR ("node", node)))));
  task = g_task_new (porter, cancellable, callback, user_data);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, (gpointer) kind, NULL);
  xmpp_porter_send_iq_async (porter, iq, cancellable, on_reply, task);
}

void
xmpp_disco_info_async (XmppPorter *porter,
                       const char *jid,
                       const char *node,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (XMPP_IS_PORTER (porter));

  ask (porter, &info_kind, jid, node, xmpp_disco_info_async, cancellable, callback, user_data);
}

XmppDiscoInfo *
xmpp_disco_info_finish (XmppPorter *porter, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, porter), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
xmpp_disco_items_async (XmppPorter *porter,
                        const char *jid,
                        const char *node,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (XMPP_IS_PORTER (porter));

  ask (porter, &items_kind, jid, node, xmpp_disco_items_async, cancellable, callback, user_data);
}

GPtrArray *
xmpp_disco_items_finish (XmppPorter *porter, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, porter), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Answering */

static const XmppSpec request_pattern = XMPP_EL ("iq",
                                                 XMPP_NS_CLIENT,
                                                 XMPP_ATTR ("type", "get"),
                                                 XMPP_EL ("query", XMPP_NS_DISCO_INFO));

/* The program that announces it. */
#define CAPS_NODE "https://linnet.im"

typedef struct
{
  char *type;
  char *name;
  GPtrArray *features; /* char *, in the order of their bytes */
  char *version;       /* XEP-0115: of all that */
} Served;

static void
served_free (gpointer data)
{
  Served *served = data;

  g_free (served->type);
  g_free (served->name);
  g_ptr_array_unref (served->features);
  g_free (served->version);
  g_free (served);
}

static int
compare_features (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
make_version (const Served *served)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 sum[20];
  gsize size = sizeof sum;

  g_string_printf (text, "client/%s//%s<", served->type, served->name);
  for (guint i = 0; i < served->features->len; i++)
    g_string_append_printf (text, "%s<", (const char *) served->features->pdata[i]);
  g_checksum_update (checksum, (const guchar *) text->str, (gssize) text->len);
  g_checksum_get_digest (checksum, sum, &size);
  return g_base64_encode (sum, size);
}

/* The node is nothing, or the version that is served. */
static gboolean
is_served (const Served *served, const char *node)
{
  g_autofree char *caps = g_strdup_printf (CAPS_NODE "#%s", served->version);

  return node == NULL || g_str_equal (node, caps);
}

static gboolean
on_request (XmppPorter *porter, XmppStanza *stanza, gpointer user_data)
{
  const Served *served = user_data;
  const xmlNode *asked
      = xmpp_node_child (xmpp_stanza_get_root (stanza), "query", XMPP_NS_DISCO_INFO);
  const char *node = xmpp_node_attr (asked, "node");
  g_autoptr (XmppStanza) answer = NULL;
  xmlNode *query;

  if (!is_served (served, node))
    {
      xmpp_porter_reply_error (porter, stanza, XMPP_ERROR_ITEM_NOT_FOUND);
      return TRUE;
    }
  answer = xmpp_stanza_new_result (
      stanza, XMPP_SPEC (XMPP_EL ("query", XMPP_NS_DISCO_INFO, XMPP_ATTR ("node", node),
                                  XMPP_EL ("identity", NULL, XMPP_ATTR ("category", "client"),
                                           XMPP_ATTR ("type", served->type),
                                           XMPP_ATTR ("name", served->name)))));
  query = xmpp_node_child (xmpp_stanza_get_root (answer), "query", XMPP_NS_DISCO_INFO);
  for (guint i = 0; i < served->features->len; i++)
    xmpp_spec_append (query, XMPP_SPEC (XMPP_EL ("feature", NULL,
                                                 XMPP_ATTR ("var", served->features->pdata[i]))));
  xmpp_porter_send (porter, answer, NULL, NULL);
  return TRUE;
}

const char *
xmpp_disco_serve (XmppPorter *porter,
                  const char *type,
                  const char *name,
                  const char *const *features)
{
  Served *served;

  g_return_val_if_fail (XMPP_IS_PORTER (porter) && type != NULL && features != NULL, NULL);
  im_assert_network_thread ();
  served = g_new0 (Served, 1);
  served->type = g_strdup (type);
  served->name = g_strdup (name);
  served->features = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (served->features, g_strdup (XMPP_NS_DISCO_INFO));
  g_ptr_array_add (served->features, g_strdup (XMPP_NS_PING));
  for (; *features != NULL; features++)
    g_ptr_array_add (served->features, g_strdup (*features));
  g_ptr_array_sort (served->features, compare_features);
  served->version = make_version (served);
  xmpp_porter_add_handler (porter, XMPP_STANZA_IQ, &request_pattern, XMPP_PRIORITY_NORMAL,
                           on_request, served, served_free);
  return served->version;
}

void
xmpp_disco_append_caps (XmppStanza *presence, const char *version)
{
  xmpp_spec_append (xmpp_stanza_get_root (presence),
                    XMPP_SPEC (XMPP_EL ("c", XMPP_NS_CAPS, XMPP_ATTR ("hash", "sha-1"),
                                        XMPP_ATTR ("node", CAPS_NODE),
                                        XMPP_ATTR ("ver", version))));
}
