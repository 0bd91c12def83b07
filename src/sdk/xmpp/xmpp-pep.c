/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-pep.h"

#include "im-loop.h"
#include "xmpp-jid.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

/* clang-format off */
#define FIELD(var_, value_) XMPP_EL ("field", NULL, XMPP_ATTR ("var", var_), XMPP_TEXT_EL ("value", NULL, value_))
#define FORM(type_, ...)                                                                              \
  XMPP_EL ("x", XMPP_NS_DATA_FORMS, XMPP_ATTR ("type", "submit"),                                     \
           XMPP_EL ("field", NULL, XMPP_ATTR ("var", "FORM_TYPE"), XMPP_ATTR ("type", "hidden"),      \
                    XMPP_TEXT_EL ("value", NULL, XMPP_NS_PUBSUB type_)), __VA_ARGS__)
/* clang-format on */

static void
send (XmppPorter *porter,
      const XmppSpec *spec,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autoptr (XmppStanza) iq = xmpp_stanza_new (spec);

  im_assert_network_thread ();
  xmpp_porter_send_iq_async (porter, iq, cancellable, callback, user_data);
}

void
xmpp_pep_create_async (XmppPorter *porter,
                       const char *node,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (XMPP_IS_PORTER (porter) && node != NULL);

  send (porter,
        XMPP_SPEC (XMPP_EL (
            "iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
            XMPP_EL ("pubsub", XMPP_NS_PUBSUB, XMPP_EL ("create", NULL, XMPP_ATTR ("node", node)),
                     XMPP_EL ("configure", NULL,
                              FORM ("#node_config", FIELD ("pubsub#access_model", "whitelist"),
                                    FIELD ("pubsub#persist_items", "1"),
                                    FIELD ("pubsub#max_items", "max")))))),
        cancellable, callback, user_data);
}

void
xmpp_pep_publish_async (XmppPorter *porter,
                        const char *node,
                        const char *id,
                        const xmlNode *payload,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (XMPP_IS_PORTER (porter) && node != NULL && payload != NULL);

  /* Servers take no more options than these two. */
  send (porter,
        XMPP_SPEC (XMPP_EL (
            "iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
            XMPP_EL ("pubsub", XMPP_NS_PUBSUB,
                     XMPP_EL ("publish", NULL, XMPP_ATTR ("node", node),
                              XMPP_EL ("item", NULL, XMPP_ATTR ("id", id), XMPP_NODE (payload))),
                     XMPP_EL ("publish-options", NULL,
                              FORM ("#publish-options", FIELD ("pubsub#access_model", "whitelist"),
                                    FIELD ("pubsub#persist_items", "1")))))),
        cancellable, callback, user_data);
}

void
xmpp_pep_get_async (XmppPorter *porter,
                    const char *node,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (XMPP_IS_PORTER (porter) && node != NULL);

  send (porter,
        XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"),
                            XMPP_EL ("pubsub", XMPP_NS_PUBSUB,
                                     XMPP_EL ("items", NULL, XMPP_ATTR ("node", node))))),
        cancellable, callback, user_data);
}

const xmlNode *
xmpp_pep_get_items (const XmppStanza *reply)
{
  return xmpp_node_child (xmpp_node_child (xmpp_stanza_get_root (reply), "pubsub", XMPP_NS_PUBSUB),
                          "items", XMPP_NS_PUBSUB);
}

/* Events */

typedef struct
{
  const char *node;
  XmppPepFunc func;
  gpointer user_data;
} Handler;

static const XmppSpec event_pattern
    = XMPP_EL ("message",
               XMPP_NS_CLIENT,
               XMPP_EL ("event", XMPP_NS_PUBSUB_EVENT, XMPP_EL ("items", NULL)));

/* Anybody can send something that looks like an event. */
static gboolean
is_own (XmppPorter *porter, const XmppStanza *stanza)
{
  g_autofree char *from = NULL;

  if (xmpp_stanza_get_from (stanza) == NULL)
    return TRUE;
  from = xmpp_jid_dup_normal (xmpp_stanza_get_from (stanza));
  return g_strcmp0 (from, xmpp_porter_get_bare_jid (porter)) == 0;
}

static gboolean
on_event (XmppPorter *porter, XmppStanza *stanza, gpointer user_data)
{
  const Handler *handler = user_data;
  const xmlNode *event
      = xmpp_node_child (xmpp_stanza_get_root (stanza), "event", XMPP_NS_PUBSUB_EVENT);
  const xmlNode *items = xmpp_node_child (event, "items", XMPP_NS_PUBSUB_EVENT);

  if (g_strcmp0 (xmpp_node_attr (items, "node"), handler->node) != 0 || !is_own (porter, stanza))
    return FALSE;
  handler->func (items, handler->user_data);
  return TRUE;
}

guint
xmpp_pep_add_handler (XmppPorter *porter, const char *node, XmppPepFunc func, gpointer user_data)
{
  Handler *handler = g_new0 (Handler, 1);

  handler->node = node;
  handler->func = func;
  handler->user_data = user_data;
  return xmpp_porter_add_handler (porter, XMPP_STANZA_MESSAGE, &event_pattern, XMPP_PRIORITY_HIGH,
                                  on_event, handler, g_free);
}
