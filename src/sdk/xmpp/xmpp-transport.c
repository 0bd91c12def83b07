/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-transport.h"

enum
{
  SIGNAL_OPENED,
  SIGNAL_SECURING,
  SIGNAL_RECEIVED,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (XmppTransport, xmpp_transport, G_TYPE_OBJECT)

static void
xmpp_transport_default_init (XmppTransportInterface *iface)
{
  GType type = XMPP_TYPE_TRANSPORT;

  signals[SIGNAL_OPENED]
      = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SECURING]
      = g_signal_new ("securing", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RECEIVED] = g_signal_new ("received", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

void
xmpp_transport_open (XmppTransport *self)
{
  XMPP_TRANSPORT_GET_IFACE (self)->open (self);
}

void
xmpp_transport_send (XmppTransport *self, const char *text)
{
  XMPP_TRANSPORT_GET_IFACE (self)->send (self, text);
}

void
xmpp_transport_close (XmppTransport *self)
{
  XMPP_TRANSPORT_GET_IFACE (self)->close (self);
}

XmppProtection
xmpp_transport_get_protection (XmppTransport *self)
{
  return XMPP_TRANSPORT_GET_IFACE (self)->get_protection (self);
}

void
xmpp_transport_emit_opened (XmppTransport *self)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

void
xmpp_transport_emit_securing (XmppTransport *self)
{
  g_signal_emit (self, signals[SIGNAL_SECURING], 0);
}

void
xmpp_transport_emit_received (XmppTransport *self, GBytes *frame)
{
  g_signal_emit (self, signals[SIGNAL_RECEIVED], 0, frame);
}

void
xmpp_transport_emit_closed (XmppTransport *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, error);
}

gboolean
xmpp_host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}
