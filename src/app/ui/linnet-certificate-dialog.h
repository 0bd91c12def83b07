/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the fingerprint of a certificate that nobody vouches for, and asks whether to accept it.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

typedef void (*LinnetCertificateAccepted) (const char *sha256, gpointer user_data);

/* sha256: 64 hex digits. Calls back only when it was accepted; `object` (nullable GObject) is the
 * user data and is held while the question stands. */
void linnet_certificate_dialog_present (GtkWindow *parent,
                                        const char *server,
                                        const char *sha256,
                                        LinnetCertificateAccepted accepted,
                                        gpointer object);
