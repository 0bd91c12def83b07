/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the account of the session: address and server in the settings, the password in the
 * keyring; forgets both when the person signs out, and the password when the server refused it.
 * Main thread.
 *
 * Signal: "not-kept" (): there is no keyring; the password will be asked for again next time. */
#pragma once

#include "linnet-session.h"
#include "linnet-settings.h"

#define LINNET_TYPE_KEEPER (linnet_keeper_get_type ())
G_DECLARE_FINAL_TYPE (LinnetKeeper, linnet_keeper, LINNET, KEEPER, GObject)

LinnetKeeper *linnet_keeper_new (LinnetSession *session, LinnetSettings *settings);

/* Goes on with the account of the last time, if it is known with its password. FALSE when there was
 * nothing to go on with. */
void linnet_keeper_restore_async (LinnetKeeper *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean linnet_keeper_restore_finish (LinnetKeeper *self, GAsyncResult *result, GError **error);
