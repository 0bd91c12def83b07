/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LinnetBackend on a TIM library: calls it through the table, and turns what comes out of the
 * mailbox into replies and batch signals. Main thread. One at a time in a process: the library is
 * one. */
#pragma once

#include "linnet-backend.h"
#include "linnet-tim-api.h"

#define LINNET_TYPE_TIM_BACKEND (linnet_tim_backend_get_type ())
G_DECLARE_FINAL_TYPE (LinnetTimBackend, linnet_tim_backend, LINNET, TIM_BACKEND, GObject)

/* Initialises the library. data_dir: where it keeps what it stores; nullable for its default. NULL
 * with LINNET_ERROR when it does not want to. */
LinnetTimBackend *
linnet_tim_backend_new (const LinnetTimApi *api, const char *data_dir, GError **error);

/* Ends the library; everything that waits is cancelled. Blocks until its thread has ended (at most
 * a second or two, for a goodbye to the server). Also done by dispose. */
void linnet_tim_backend_close (LinnetTimBackend *self);
