/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-ws-transport.h"

#include "xmpp-certificate.h"
#include "xmpp-error.h"

/* libsoup gives up the connection on larger ones; what is above our own limit but below this is
 * skipped and counted, so that it is not delivered for ever. Its default of 128 KiB is a trap. */
#define MAX_PAYLOAD (16 * 1024 * 1024)

struct _XmppWsTransport
{
  GObject parent_instance;

  SoupSession *session;        /* owned */
  GUri *uri;                   /* owned */
  GCancellable *cancellable;   /* owned: ends the connecting */
  XmppCertificateCheck *check; /* owned, nullable: while connecting */
  SoupMessage *handshake;      /* owned, nullable: while connecting */
  SoupWebsocketConnection *ws; /* owned, nullable */
  GError *error;               /* owned, nullable: why it is about to close */
  char *pinned_sha256;         /* owned, nullable */
};

static void xmpp_ws_transport_iface_init (XmppTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (XmppWsTransport,
                               xmpp_ws_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (XMPP_TYPE_TRANSPORT,
                                                      xmpp_ws_transport_iface_init))

static void
on_message (SoupWebsocketConnection *ws, int type, GBytes *message, gpointer user_data)
{
  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    xmpp_transport_emit_received (XMPP_TRANSPORT (user_data), message);
}

static void
on_error (SoupWebsocketConnection *ws, GError *error, gpointer user_data)
{
  XmppWsTransport *self = user_data;

  g_clear_error (&self->error);
  if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    self->error = g_error_new_literal (XMPP_ERROR, XMPP_ERROR_FRAME, "a frame is too large");
  else
    self->error = g_error_new (XMPP_ERROR, XMPP_ERROR_IO, "%s: %s", g_uri_get_host (self->uri),
                               error->message);
}

static void
on_closed (SoupWebsocketConnection *ws, gpointer user_data)
{
  XmppWsTransport *self = user_data;
  gushort code = soup_websocket_connection_get_close_code (ws);

  if (self->error == NULL && code != SOUP_WEBSOCKET_CLOSE_NORMAL)
    self->error = g_error_new (XMPP_ERROR, XMPP_ERROR_IO, "%s: the connection was lost (%u)",
                               g_uri_get_host (self->uri), code);
  xmpp_transport_emit_closed (XMPP_TRANSPORT (self), self->error);
}

static void
take_connection (XmppWsTransport *self, SoupWebsocketConnection *ws)
{
  self->ws = ws;
  /* Before the loop turns again: a first frame may be there already. */
  soup_websocket_connection_set_max_incoming_payload_size (ws, MAX_PAYLOAD);
  g_signal_connect_object (ws, "message", G_CALLBACK (on_message), self, 0);
  g_signal_connect_object (ws, "error", G_CALLBACK (on_error), self, 0);
  g_signal_connect_object (ws, "closed", G_CALLBACK (on_closed), self, 0);
}

/* An answer that is not an upgrade says what it is instead. */
static GError *
connect_error (XmppWsTransport *self, const GError *error)
{
  guint status = soup_message_get_status (self->handshake);

  if (error->domain == SOUP_WEBSOCKET_ERROR && status != SOUP_STATUS_NONE
      && status != SOUP_STATUS_SWITCHING_PROTOCOLS)
    return g_error_new (XMPP_ERROR, XMPP_ERROR_NO_WEBSOCKET,
                        "%s: what answers there is not a WebSocket (HTTP status %u)",
                        g_uri_get_host (self->uri), status);
  return xmpp_certificate_check_error (self->check, error, g_uri_get_host (self->uri));
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (XmppWsTransport) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) ws
      = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  /* Cancelled by dispose: the transport is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_object_ref (user_data);
  if (ws == NULL)
    {
      self->error = connect_error (self, error);
      xmpp_transport_emit_closed (XMPP_TRANSPORT (self), self->error);
      return;
    }
  take_connection (self, g_steal_pointer (&ws));
  g_clear_pointer (&self->check, xmpp_certificate_check_free);
  g_clear_object (&self->handshake);
  xmpp_transport_emit_opened (XMPP_TRANSPORT (self));
}

static void
on_network_event (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    xmpp_transport_emit_securing (XMPP_TRANSPORT (user_data));
}

static void
xmpp_ws_transport_open (XmppTransport *transport)
{
  XmppWsTransport *self = XMPP_WS_TRANSPORT (transport);
  static const char *protocols[] = { "xmpp", NULL };

  g_return_if_fail (self->handshake == NULL && self->ws == NULL);
  self->handshake = soup_message_new_from_uri (SOUP_METHOD_GET, self->uri);
  soup_message_add_flags (self->handshake, SOUP_MESSAGE_NO_REDIRECT);
  self->check = xmpp_certificate_check_new (self->handshake, self->pinned_sha256);
  g_signal_connect_object (self->handshake, "network-event", G_CALLBACK (on_network_event), self,
                           0);
  soup_session_websocket_connect_async (self->session, self->handshake, NULL, (char **) protocols,
                                        G_PRIORITY_DEFAULT, self->cancellable, on_connected, self);
}

static gboolean
is_open (XmppWsTransport *self)
{
  return self->ws != NULL
         && soup_websocket_connection_get_state (self->ws) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
xmpp_ws_transport_send (XmppTransport *transport, const char *text)
{
  XmppWsTransport *self = XMPP_WS_TRANSPORT (transport);

  if (is_open (self))
    soup_websocket_connection_send_text (self->ws, text);
}

static void
xmpp_ws_transport_close (XmppTransport *transport)
{
  XmppWsTransport *self = XMPP_WS_TRANSPORT (transport);

  if (is_open (self))
    soup_websocket_connection_close (self->ws, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static XmppProtection
xmpp_ws_transport_get_protection (XmppTransport *transport)
{
  XmppWsTransport *self = XMPP_WS_TRANSPORT (transport);

  if (g_ascii_strcasecmp (g_uri_get_scheme (self->uri), "wss") == 0)
    return XMPP_PROTECTION_TLS;
  return xmpp_host_is_loopback (g_uri_get_host (self->uri)) ? XMPP_PROTECTION_LOOPBACK
                                                            : XMPP_PROTECTION_NONE;
}

static void
xmpp_ws_transport_iface_init (XmppTransportInterface *iface)
{
  iface->open = xmpp_ws_transport_open;
  iface->send = xmpp_ws_transport_send;
  iface->close = xmpp_ws_transport_close;
  iface->get_protection = xmpp_ws_transport_get_protection;
}

static void
xmpp_ws_transport_dispose (GObject *object)
{
  XmppWsTransport *self = XMPP_WS_TRANSPORT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->check, xmpp_certificate_check_free);
  g_clear_object (&self->handshake);
  g_clear_object (&self->ws);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xmpp_ws_transport_parent_class)->dispose (object);
}

static void
xmpp_ws_transport_finalize (GObject *object)
{
  XmppWsTransport *self = XMPP_WS_TRANSPORT (object);

  g_object_unref (self->cancellable);
  g_uri_unref (self->uri);
  g_clear_error (&self->error);
  g_free (self->pinned_sha256);
  G_OBJECT_CLASS (xmpp_ws_transport_parent_class)->finalize (object);
}

static void
xmpp_ws_transport_class_init (XmppWsTransportClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = xmpp_ws_transport_dispose;
  object_class->finalize = xmpp_ws_transport_finalize;
}

static void
xmpp_ws_transport_init (XmppWsTransport *self)
{
  self->cancellable = g_cancellable_new ();
}

XmppTransport *
xmpp_ws_transport_new (const XmppConfig *config, const char *url)
{
  XmppWsTransport *self = g_object_new (XMPP_TYPE_WS_TRANSPORT, NULL);

  self->uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_assert (self->uri != NULL);
  self->session = xmpp_soup_session_new (config, g_uri_get_host (self->uri));
  self->pinned_sha256 = g_strdup (config->certificate_sha256);
  return XMPP_TRANSPORT (self);
}
