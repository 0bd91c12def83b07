/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-network.h"

struct _LinnetNetwork
{
  GObject parent_instance;

  LinnetSession *session;   /* owned */
  GNetworkMonitor *monitor; /* owned */
};

G_DEFINE_FINAL_TYPE (LinnetNetwork, linnet_network, G_TYPE_OBJECT)

static void
on_network_changed (GNetworkMonitor *monitor, gboolean is_available, LinnetNetwork *self)
{
  if (is_available)
    linnet_session_retry_now (self->session);
}

static void
linnet_network_dispose (GObject *object)
{
  LinnetNetwork *self = LINNET_NETWORK (object);

  g_clear_object (&self->session);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (linnet_network_parent_class)->dispose (object);
}

static void
linnet_network_class_init (LinnetNetworkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linnet_network_dispose;
}

static void
linnet_network_init (LinnetNetwork *self)
{
}

LinnetNetwork *
linnet_network_new (LinnetSession *session, GNetworkMonitor *monitor)
{
  LinnetNetwork *self;

  g_return_val_if_fail (LINNET_IS_SESSION (session), NULL);

  self = g_object_new (LINNET_TYPE_NETWORK, NULL);
  self->session = g_object_ref (session);
  self->monitor = g_object_ref (monitor != NULL ? monitor : g_network_monitor_get_default ());
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (on_network_changed), self,
                           0);
  return self;
}
