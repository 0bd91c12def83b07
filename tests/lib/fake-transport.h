/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "xmpp-transport.h"

/* An XmppTransport in memory. The test is the other end: it lets it open, gives frames, takes what
 * was sent, and cuts it. */

#define FAKE_TYPE_TRANSPORT (fake_transport_get_type ())
G_DECLARE_FINAL_TYPE (FakeTransport, fake_transport, FAKE, TRANSPORT, GObject)

FakeTransport *fake_transport_new (XmppProtection protection);

gboolean fake_transport_is_opening (FakeTransport *self);
/* The other end takes the connection. */
void fake_transport_accept (FakeTransport *self);
/* A frame from the other end. */
void fake_transport_give (FakeTransport *self, const char *text);
void fake_transport_give_bytes (FakeTransport *self, const char *data, gsize size);
/* The oldest frame that was sent and not taken yet. Returns: (transfer full) (nullable) */
char *fake_transport_take (FakeTransport *self);
/* The connection ends; error NULL: in order. */
void fake_transport_cut (FakeTransport *self, const GError *error);
/* Was xmpp_transport_close() called? */
gboolean fake_transport_is_closing (FakeTransport *self);
