/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-account.h"

#include "im-loop.h"
#include "xmpp-ns.h"

/* All three are one request whose answer says no more than yes. */

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) reply = xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
send_request (XmppPorter *porter,
              const XmppSpec *spec,
              gpointer tag,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (XmppStanza) iq = xmpp_stanza_new (spec);
  GTask *task = g_task_new (porter, cancellable, callback, user_data);

  im_assert_network_thread ();
  g_task_set_source_tag (task, tag);
  xmpp_porter_send_iq_async (porter, iq, cancellable, on_reply, task);
}

static gboolean
finish_request (XmppPorter *porter, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, porter), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
xmpp_carbons_enable_async (XmppPorter *porter,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (XMPP_IS_PORTER (porter));

  send_request (porter,
                XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
                                    XMPP_EL ("enable", XMPP_NS_CARBONS))),
                xmpp_carbons_enable_async, cancellable, callback, user_data);
}

gboolean
xmpp_carbons_enable_finish (XmppPorter *porter, GAsyncResult *result, GError **error)
{
  return finish_request (porter, result, error);
}

void
xmpp_ping_async (XmppPorter *porter,
                 const char *to,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_return_if_fail (XMPP_IS_PORTER (porter));

  if (to == NULL)
    to = xmpp_porter_get_domain (porter);
  send_request (porter,
                XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"),
                                    XMPP_ATTR ("to", to), XMPP_EL ("ping", XMPP_NS_PING))),
                xmpp_ping_async, cancellable, callback, user_data);
}

gboolean
xmpp_ping_finish (XmppPorter *porter, GAsyncResult *result, GError **error)
{
  return finish_request (porter, result, error);
}

void
xmpp_offline_purge_async (XmppPorter *porter,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (XMPP_IS_PORTER (porter));

  send_request (porter,
                XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
                                    XMPP_EL ("offline", XMPP_NS_OFFLINE, XMPP_EL ("purge", NULL)))),
                xmpp_offline_purge_async, cancellable, callback, user_data);
}

gboolean
xmpp_offline_purge_finish (XmppPorter *porter, GAsyncResult *result, GError **error)
{
  return finish_request (porter, result, error);
}

XmppStanza *
xmpp_presence_new (const char *to, const char *type)
{
  return xmpp_stanza_new (XMPP_SPEC (
      XMPP_EL ("presence", XMPP_NS_CLIENT, XMPP_ATTR ("to", to), XMPP_ATTR ("type", type))));
}
