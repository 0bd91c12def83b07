/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* XMPP conditions → TIM codes (spec: errors, "From XMPP conditions"). All return an IM_ERROR,
 * transfer full; an IM_ERROR goes through unchanged; NULL becomes 9508. */

/* Connecting and signing in. */
GError *map_error_connection (const GError *error);
/* A one-to-one message that was refused or not delivered. */
GError *map_error_message (const GError *error);
/* A file on its way there, or here; error is not NULL. G_IO_ERROR_CANCELLED has no code: whoever
 * cancelled knows. */
GError *map_error_upload (const GError *error);
GError *map_error_download (const GError *error);

/* Whether an IM_ERROR says that the network or the server is out of reach, so that trying again
 * helps. */
gboolean map_error_is_network (const GError *error);
