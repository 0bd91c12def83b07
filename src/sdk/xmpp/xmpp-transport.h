/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What carries frames: text messages, whole ones, both ways. Used once: open, then closed. Network
 * thread.
 *
 * Signals: opened () · securing () TLS begins · received (GBytes *) a frame · closed (const GError
 * *) at most once, also instead of opened; nothing after it. None is emitted from inside the
 * functions below. The error may be NULL: closed in order.
 */

#define XMPP_TYPE_TRANSPORT (xmpp_transport_get_type ())
G_DECLARE_INTERFACE (XmppTransport, xmpp_transport, XMPP, TRANSPORT, GObject)

typedef enum
{
  XMPP_PROTECTION_NONE,
  XMPP_PROTECTION_LOOPBACK, /* does not leave the machine */
  XMPP_PROTECTION_TLS
} XmppProtection;

struct _XmppTransportInterface
{
  GTypeInterface parent;

  void (*open) (XmppTransport *self);
  void (*send) (XmppTransport *self, const char *text);
  void (*close) (XmppTransport *self);
  XmppProtection (*get_protection) (XmppTransport *self);
};

void xmpp_transport_open (XmppTransport *self);
void xmpp_transport_send (XmppTransport *self, const char *text);
/* Ends in order; closed comes when the other side agrees. To drop it at once, unref it. */
void xmpp_transport_close (XmppTransport *self);
XmppProtection xmpp_transport_get_protection (XmppTransport *self);

/* For implementations. */
void xmpp_transport_emit_opened (XmppTransport *self);
void xmpp_transport_emit_securing (XmppTransport *self);
void xmpp_transport_emit_received (XmppTransport *self, GBytes *frame);
void xmpp_transport_emit_closed (XmppTransport *self, const GError *error);

/* "localhost", 127.0.0.0/8, ::1 */
gboolean xmpp_host_is_loopback (const char *host);

G_END_DECLS
