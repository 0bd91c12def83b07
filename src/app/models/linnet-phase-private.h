/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linnet-session.h"

/* The four lines of the sign-in page: a GListModel of LinnetPhase. Transfer full. */
GListModel *linnet_phases_new (void);
/* Everything is to come. is_plain: the connection will not be encrypted, and the line says so. */
void linnet_phases_reset (GListModel *phases, gboolean is_plain);
/* What the library says it is doing (linnet-backend.h); unknown words change nothing. */
void linnet_phases_advance (GListModel *phases, const char *phase);
/* All done. */
void linnet_phases_finish (GListModel *phases);
