/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-stream-private.h"

#include "xmpp-discovery.h"
#include "xmpp-frame.h"
#include "xmpp-ns.h"
#include "xmpp-node.h"

#include <libsoup/soup.h>

void
xmpp_stream_write (XmppStream *self, const char *text)
{
  if (self->transport == NULL)
    return;
  g_debug ("> %s", text);
  xmpp_transport_send (self->transport, text);
}

void
xmpp_stream_write_spec (XmppStream *self, const XmppSpec *spec)
{
  g_autoptr (XmppStanza) element = xmpp_stanza_new (spec);
  g_autofree char *text = xmpp_stanza_to_string (element);

  xmpp_stream_write (self, text);
}

void
xmpp_stream_disconnect (XmppStream *self)
{
  xmpp_stream_stop_watchdog (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->transport != NULL)
    g_signal_handlers_disconnect_by_data (self->transport, self);
  g_clear_object (&self->transport);
  g_clear_pointer (&self->sasl, xmpp_sasl_free);
  g_clear_pointer (&self->negotiation_id, g_free);
}

/* Frames */

static void
skip_frame (XmppStream *self, GBytes *frame, const GError *error)
{
  gsize size;
  const char *data = g_bytes_get_data (frame, &size);

  self->skipped_frames++;
  g_info ("frame of %" G_GSIZE_FORMAT " bytes skipped: %s", size, error->message);
  /* The server counted it: unless we do, too, it comes again with every resumption. */
  if (self->has_sm && self->step == XMPP_STEP_DONE && xmpp_frame_looks_like_stanza (data, size))
    xmpp_sm_count_received (self->sm);
}

static void
take_stream_error (XmppStream *self, const xmlNode *node)
{
  GError *error = xmpp_error_from_stream_error (node);

  g_clear_error (&self->stream_error);
  self->stream_error = error;
  /* The server gives the stream up; what it says now decides, not how the socket ends. */
  if (error->code == XMPP_ERROR_STREAM_CONFLICT && self->sign_in)
    xmpp_stream_fire (self, XMPP_EVENT_CONFLICT, g_error_copy (error));
}

static void
take_close (XmppStream *self)
{
  xmpp_stream_write_spec (self, XMPP_SPEC (XMPP_EL ("close", XMPP_NS_FRAMING)));
  xmpp_transport_close (self->transport);
  if (self->state == XMPP_STATE_CLOSING)
    xmpp_stream_fire (self, XMPP_EVENT_CLOSED, NULL);
  else if (self->stream_error != NULL)
    xmpp_stream_lose (self, XMPP_EVENT_IO_LOST, g_error_copy (self->stream_error));
  else
    xmpp_stream_lose (self, XMPP_EVENT_IO_LOST,
                      g_error_new (XMPP_ERROR, XMPP_ERROR_IO, "%s closed the connection",
                                   self->domain));
}

static void
take_frame (XmppStream *self, XmppStanza *stanza)
{
  const xmlNode *root = xmpp_stanza_get_root (stanza);

  if (xmpp_node_is (root, "error", XMPP_NS_STREAM))
    take_stream_error (self, root);
  else if (xmpp_node_is (root, "close", XMPP_NS_FRAMING))
    take_close (self);
  else if (self->step != XMPP_STEP_DONE)
    xmpp_stream_negotiate (self, stanza);
  else if (xmpp_node_is (root, NULL, XMPP_NS_SM))
    xmpp_stream_take_sm (self, stanza);
  else
    xmpp_stream_take_stanza (self, stanza);
}

static void
on_received (XmppTransport *transport, GBytes *frame, gpointer user_data)
{
  g_autoptr (XmppStream) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) stanza = NULL;
  gsize size;
  const char *data = g_bytes_get_data (frame, &size);

  self->last_received = im_clock_monotonic_us (self->clock);
  self->probe_sent = 0;
  stanza = xmpp_frame_parse (data, size, &error);
  if (stanza == NULL)
    {
      skip_frame (self, frame, error);
      return;
    }
  if (!xmpp_node_is (xmpp_stanza_get_root (stanza), NULL, XMPP_NS_SASL))
    g_debug ("< %.*s", (int) MIN (size, 4096), data);
  take_frame (self, stanza);
}

/* Socket */

static void
on_closed (XmppTransport *transport, const GError *error, gpointer user_data)
{
  XmppStream *self = user_data;
  GError *reason;

  /* Delivered again with every resumption, it would close every connection. */
  if (g_error_matches (error, XMPP_ERROR, XMPP_ERROR_FRAME))
    xmpp_sm_forbid_resumption (self->sm);
  if (self->stream_error != NULL)
    reason = g_error_copy (self->stream_error);
  else if (error != NULL)
    reason = g_error_copy (error);
  else
    reason = g_error_new (XMPP_ERROR, XMPP_ERROR_IO, "%s closed the connection", self->domain);
  xmpp_stream_lose (self, XMPP_EVENT_IO_LOST, reason);
}

static void
on_opened (XmppTransport *transport, gpointer user_data)
{
  xmpp_stream_fire (user_data, XMPP_EVENT_SOCKET_UP, NULL);
}

static void
on_securing (XmppTransport *transport, gpointer user_data)
{
  XmppStream *self = user_data;
  g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);

  xmpp_stream_emit_phase (self, "securing", g_uri_get_host (uri));
}

static void
open_transport (XmppStream *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->url, SOUP_HTTP_URI_FLAGS, NULL);

  g_clear_error (&self->stream_error);
  self->step = XMPP_STEP_OPEN;
  xmpp_stream_emit_phase (self, "connecting", g_uri_get_host (uri));
  if (self->state != XMPP_STATE_CONNECTING || self->transport != NULL)
    return;
  self->transport = self->transport_func (self->config, self->url, self->transport_data);
  g_signal_connect (self->transport, "opened", G_CALLBACK (on_opened), self);
  g_signal_connect (self->transport, "securing", G_CALLBACK (on_securing), self);
  g_signal_connect (self->transport, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->transport, "closed", G_CALLBACK (on_closed), self);
  xmpp_transport_open (self->transport);
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = xmpp_discovery_lookup_finish (result, &error);
  g_autoptr (XmppStream) self = NULL;

  /* Cancelled by the stream, which may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_object_ref (user_data);
  g_clear_object (&self->cancellable);
  if (url == NULL)
    {
      xmpp_stream_lose (self, XMPP_EVENT_IO_LOST, g_steal_pointer (&error));
      return;
    }
  self->url = g_steal_pointer (&url);
  open_transport (self);
}

void
xmpp_stream_connect (XmppStream *self)
{
  g_autoptr (GError) error = NULL;

  self->step = XMPP_STEP_OPEN;
  if (self->config->server_url != NULL)
    {
      if (!xmpp_discovery_check_url (self->config->server_url, self->config->allow_plain, &error))
        {
          xmpp_stream_lose (self, XMPP_EVENT_IO_LOST, g_steal_pointer (&error));
          return;
        }
      g_free (self->url);
      self->url = g_strdup (self->config->server_url);
    }
  if (self->url != NULL)
    {
      open_transport (self);
      return;
    }
  xmpp_stream_emit_phase (self, "discovering", self->domain);
  if (self->state != XMPP_STATE_CONNECTING)
    return;
  self->cancellable = g_cancellable_new ();
  xmpp_discovery_lookup_async (self->config, NULL, self->cancellable, on_discovered, self);
}
