/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-transport.h"

#include <string.h>

struct _FakeTransport
{
  GObject parent_instance;

  XmppProtection protection;
  gboolean opening;
  gboolean closing;
  GQueue sent; /* of char * */
};

static void fake_transport_iface_init (XmppTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeTransport,
                               fake_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (XMPP_TYPE_TRANSPORT,
                                                      fake_transport_iface_init))

static void
fake_open (XmppTransport *transport)
{
  FAKE_TRANSPORT (transport)->opening = TRUE;
}

static void
fake_send (XmppTransport *transport, const char *text)
{
  g_queue_push_tail (&FAKE_TRANSPORT (transport)->sent, g_strdup (text));
}

static void
fake_close (XmppTransport *transport)
{
  FAKE_TRANSPORT (transport)->closing = TRUE;
}

static XmppProtection
fake_get_protection (XmppTransport *transport)
{
  return FAKE_TRANSPORT (transport)->protection;
}

static void
fake_transport_iface_init (XmppTransportInterface *iface)
{
  iface->open = fake_open;
  iface->send = fake_send;
  iface->close = fake_close;
  iface->get_protection = fake_get_protection;
}

static void
fake_transport_finalize (GObject *object)
{
  g_queue_clear_full (&FAKE_TRANSPORT (object)->sent, g_free);
  G_OBJECT_CLASS (fake_transport_parent_class)->finalize (object);
}

static void
fake_transport_class_init (FakeTransportClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fake_transport_finalize;
}

static void
fake_transport_init (FakeTransport *self)
{
  g_queue_init (&self->sent);
}

FakeTransport *
fake_transport_new (XmppProtection protection)
{
  FakeTransport *self = g_object_new (FAKE_TYPE_TRANSPORT, NULL);

  self->protection = protection;
  return self;
}

gboolean
fake_transport_is_opening (FakeTransport *self)
{
  return self->opening;
}

void
fake_transport_accept (FakeTransport *self)
{
  g_assert_true (self->opening);
  self->opening = FALSE;
  xmpp_transport_emit_opened (XMPP_TRANSPORT (self));
}

void
fake_transport_give_bytes (FakeTransport *self, const char *data, gsize size)
{
  g_autoptr (GBytes) frame = g_bytes_new (data, size);

  xmpp_transport_emit_received (XMPP_TRANSPORT (self), frame);
}

void
fake_transport_give (FakeTransport *self, const char *text)
{
  fake_transport_give_bytes (self, text, strlen (text));
}

char *
fake_transport_take (FakeTransport *self)
{
  return g_queue_pop_head (&self->sent);
}

void
fake_transport_cut (FakeTransport *self, const GError *error)
{
  xmpp_transport_emit_closed (XMPP_TRANSPORT (self), error);
}

gboolean
fake_transport_is_closing (FakeTransport *self)
{
  return self->closing;
}
