/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches the computer's network: when it comes back, a session that waits for its next sign-in
 * attempt tries at once. (A session that is signed in reconnects inside the library, which watches
 * the network itself.) Main thread. */
#pragma once

#include "linnet-session.h"

#define LINNET_TYPE_NETWORK (linnet_network_get_type ())
G_DECLARE_FINAL_TYPE (LinnetNetwork, linnet_network, LINNET, NETWORK, GObject)

/* monitor: NULL for the system's. */
LinnetNetwork *linnet_network_new (LinnetSession *session, GNetworkMonitor *monitor);
