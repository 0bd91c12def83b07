/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-loop.h"
#include "xmpp-error.h"
#include "xmpp-frame.h"
#include "xmpp-ws-transport.h"

#include <libsoup/soup.h>
#include <string.h>

/* A WebSocket server in this process, and what our end of the connection saw. */
typedef struct
{
  SoupServer *server;
  SoupWebsocketConnection *peer; /* owned, nullable */
  GString *peer_got;
  char *url;
  XmppTransport *transport; /* owned, nullable */
  guint n_opened, n_closed;
  gsize received; /* bytes of the last frame */
  guint n_received;
  GError *error; /* of closed */
} Fixture;

static void
on_peer_message (SoupWebsocketConnection *peer, int type, GBytes *message, gpointer user_data)
{
  Fixture *self = user_data;
  gsize size;
  const char *data = g_bytes_get_data (message, &size);

  g_string_append_len (self->peer_got, data, (gssize) size);
}

static void
on_peer (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         SoupWebsocketConnection *connection,
         gpointer user_data)
{
  Fixture *self = user_data;

  g_set_object (&self->peer, connection);
  g_assert_cmpstr (soup_websocket_connection_get_protocol (connection), ==, "xmpp");
  g_assert_null (soup_websocket_connection_get_extensions (connection));
  g_signal_connect (connection, "message", G_CALLBACK (on_peer_message), self);
}

static void
on_opened (XmppTransport *transport, gpointer user_data)
{
  ((Fixture *) user_data)->n_opened++;
}

static void
on_received (XmppTransport *transport, GBytes *frame, gpointer user_data)
{
  Fixture *self = user_data;

  self->received = g_bytes_get_size (frame);
  self->n_received++;
}

static void
on_closed (XmppTransport *transport, const GError *error, gpointer user_data)
{
  Fixture *self = user_data;

  self->n_closed++;
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

static Fixture *
fixture_new (const char *path)
{
  static char *protocols[] = { (char *) "xmpp", NULL };
  Fixture *self = g_new0 (Fixture, 1);
  XmppConfig config = { .jid = "a@b" };
  GSList *uris;

  self->peer_got = g_string_new (NULL);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_websocket_handler (self->server, "/ws", NULL, protocols, on_peer, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("ws://127.0.0.1:%d%s", g_uri_get_port (uris->data), path);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->transport = xmpp_ws_transport_new (&config, self->url);
  g_signal_connect (self->transport, "opened", G_CALLBACK (on_opened), self);
  g_signal_connect (self->transport, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->transport, "closed", G_CALLBACK (on_closed), self);
  return self;
}

static void
fixture_free (Fixture *self)
{
  if (self->transport != NULL)
    g_signal_handlers_disconnect_by_data (self->transport, self);
  g_clear_object (&self->transport);
  if (self->peer != NULL)
    g_signal_handlers_disconnect_by_data (self->peer, self);
  g_clear_object (&self->peer);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_string_free (self->peer_got, TRUE);
  g_clear_error (&self->error);
  g_free (self->url);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("nothing happened for 20 s");
  return G_SOURCE_REMOVE;
}

#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint deadline = g_timeout_add_seconds (20, on_deadline, NULL);                                \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (deadline);                                                                    \
  }                                                                                                \
  G_STMT_END

static void
open_both (Fixture *self)
{
  xmpp_transport_open (self->transport);
  g_assert_cmpuint (self->n_opened, ==, 0);
  wait_until (self->n_opened == 1 && self->peer != NULL);
}

static void
test_carries_frames_both_ways (void)
{
  g_autoptr (Fixture) f = fixture_new ("/ws");

  open_both (f);
  g_assert_cmpint (xmpp_transport_get_protection (f->transport), ==, XMPP_PROTECTION_LOOPBACK);
  xmpp_transport_send (f->transport, "<a/>");
  wait_until (f->peer_got->len == 4);
  g_assert_cmpstr (f->peer_got->str, ==, "<a/>");
  soup_websocket_connection_send_text (f->peer, "<bb/>");
  wait_until (f->n_received == 1);
  g_assert_cmpuint (f->received, ==, 5);
  soup_websocket_connection_send_binary (f->peer, "xx", 2); /* not for us */
  xmpp_transport_close (f->transport);
  wait_until (f->n_closed == 1);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->n_received, ==, 1);
  xmpp_transport_send (f->transport, "<late/>");
}

static void
test_frames_above_our_limit_arrive_to_be_skipped (void)
{
  g_autoptr (Fixture) f = fixture_new ("/ws");
  g_autofree char *large = g_strnfill (XMPP_MAX_FRAME_SIZE + 1, 'x');

  open_both (f);
  soup_websocket_connection_send_text (f->peer, large);
  wait_until (f->n_received == 1);
  g_assert_cmpuint (f->received, ==, XMPP_MAX_FRAME_SIZE + 1);
  g_assert_cmpuint (f->n_closed, ==, 0);
}

static void
test_a_monstrous_frame_ends_it_by_name (void)
{
  g_autoptr (Fixture) f = fixture_new ("/ws");
  g_autofree char *monstrous = g_strnfill (17 * 1024 * 1024, 'x');

  open_both (f);
  soup_websocket_connection_send_text (f->peer, monstrous);
  wait_until (f->n_closed == 1);
  g_assert_error (f->error, XMPP_ERROR, XMPP_ERROR_FRAME);
}

static void
test_a_dead_socket_is_an_error (void)
{
  g_autoptr (Fixture) f = fixture_new ("/ws");

  open_both (f);
  g_io_stream_close (soup_websocket_connection_get_io_stream (f->peer), NULL, NULL);
  wait_until (f->n_closed == 1);
  g_assert_error (f->error, XMPP_ERROR, XMPP_ERROR_IO);
}

static void
test_what_is_no_websocket (void)
{
  g_autoptr (Fixture) f = fixture_new ("/elsewhere");

  xmpp_transport_open (f->transport);
  wait_until (f->n_closed == 1);
  g_assert_error (f->error, XMPP_ERROR, XMPP_ERROR_NO_WEBSOCKET);
  g_assert_cmpuint (f->n_opened, ==, 0);
}

static void
test_nobody_there (void)
{
  g_autoptr (Fixture) f = fixture_new ("/ws");

  soup_server_disconnect (f->server);
  xmpp_transport_open (f->transport);
  wait_until (f->n_closed == 1);
  g_assert_error (f->error, XMPP_ERROR, XMPP_ERROR_REFUSED);
}

static void
test_may_be_dropped_at_any_moment (void)
{
  g_autoptr (Fixture) connecting = fixture_new ("/ws");
  g_autoptr (Fixture) open = fixture_new ("/ws");

  xmpp_transport_open (connecting->transport);
  g_assert_finalize_object (g_steal_pointer (&connecting->transport));
  open_both (open);
  g_clear_object (&open->transport);
  wait_until (soup_websocket_connection_get_state (open->peer) == SOUP_WEBSOCKET_STATE_CLOSED);
  g_assert_cmpuint (connecting->n_opened + connecting->n_closed + open->n_closed, ==, 0);
}

/* Proxies */

typedef struct
{
  GSocketListener *listener;
  char *url;
  GIOStream *stream; /* owned, nullable: who connected */
  char request[256];
} Proxy;

static void
on_proxy_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_cmpint (g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL), >, 0);
}

static void
on_proxy_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Proxy *proxy = user_data;
  GSocketConnection *connection
      = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, NULL);

  if (connection == NULL)
    return;
  proxy->stream = G_IO_STREAM (connection);
  g_input_stream_read_async (g_io_stream_get_input_stream (proxy->stream), proxy->request,
                             sizeof proxy->request - 1, G_PRIORITY_DEFAULT, NULL, on_proxy_read,
                             NULL);
}

static void
proxy_start (Proxy *proxy)
{
  guint16 port;

  memset (proxy, 0, sizeof *proxy);
  proxy->listener = g_socket_listener_new ();
  port = g_socket_listener_add_any_inet_port (proxy->listener, NULL, NULL);
  proxy->url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_socket_listener_accept_async (proxy->listener, NULL, on_proxy_accepted, proxy);
}

static void
proxy_stop (Proxy *proxy)
{
  g_socket_listener_close (proxy->listener);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&proxy->stream);
  g_clear_object (&proxy->listener);
  g_free (proxy->url);
}

static void
test_goes_through_a_proxy (void)
{
  g_autoptr (XmppTransport) transport = NULL;
  Proxy proxy;

  proxy_start (&proxy);
  transport = xmpp_ws_transport_new (&(XmppConfig){ .jid = "a@b", .http_proxy = proxy.url },
                                     "wss://xmpp.example.org/ws");
  xmpp_transport_open (transport);
  wait_until (proxy.request[0] != '\0');
  if (!g_str_has_prefix (proxy.request, "CONNECT xmpp.example.org:443 "))
    g_error ("not what a proxy is asked: %s", proxy.request);
  g_clear_object (&transport);
  proxy_stop (&proxy);
}

static void
test_loopback_needs_no_proxy (void)
{
  g_autoptr (Fixture) f = fixture_new ("/ws");
  Proxy proxy;

  proxy_start (&proxy);
  g_signal_handlers_disconnect_by_data (f->transport, f);
  g_clear_object (&f->transport);
  f->transport
      = xmpp_ws_transport_new (&(XmppConfig){ .jid = "a@b", .http_proxy = proxy.url }, f->url);
  g_signal_connect (f->transport, "opened", G_CALLBACK (on_opened), f);
  open_both (f);
  g_assert_null (proxy.stream);
  proxy_stop (&proxy);
}

int
main (int argc, char **argv)
{
#define ADD(path, func) g_test_add_func ("/xmpp/ws-transport/" path, func)
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
  ADD ("carries-frames-both-ways", test_carries_frames_both_ways);
  ADD ("frames-above-our-limit-arrive-to-be-skipped",
       test_frames_above_our_limit_arrive_to_be_skipped);
  ADD ("a-monstrous-frame-ends-it-by-name", test_a_monstrous_frame_ends_it_by_name);
  ADD ("a-dead-socket-is-an-error", test_a_dead_socket_is_an_error);
  ADD ("what-is-no-websocket", test_what_is_no_websocket);
  ADD ("nobody-there", test_nobody_there);
  ADD ("may-be-dropped-at-any-moment", test_may_be_dropped_at_any_moment);
  ADD ("goes-through-a-proxy", test_goes_through_a_proxy);
  ADD ("loopback-needs-no-proxy", test_loopback_needs_no_proxy);
  return g_test_run ();
}
