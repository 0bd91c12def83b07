/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The callbacks registered with a TIM library: each parses what it is given, where it is given, and
 * puts it into the mailbox of the main thread. No object of the application is touched here. */
#pragma once

#include "im-mailbox.h"
#include "linnet-event.h"
#include "linnet-tim-api.h"

typedef struct _LinnetCallbacks LinnetCallbacks;

/* Main thread. The function gets arrays of LinnetEvent on the main context. */
LinnetCallbacks *linnet_callbacks_new (ImMailboxFunc func, gpointer user_data);
/* Any thread. */
LinnetCallbacks *linnet_callbacks_ref (LinnetCallbacks *self);
void linnet_callbacks_unref (LinnetCallbacks *self);

/* Registers with, and takes back from, a library. Main thread. */
void linnet_callbacks_register (LinnetCallbacks *self, const LinnetTimApi *api);
void linnet_callbacks_unregister (LinnetCallbacks *self, const LinnetTimApi *api);
/* The function is not called any more. Main thread. */
void linnet_callbacks_close (LinnetCallbacks *self);

/* A new session begins, or one ended: events of the ones before are stale from now on. Main thread.
 */
void linnet_callbacks_next_generation (LinnetCallbacks *self);
gboolean linnet_callbacks_is_stale (LinnetCallbacks *self, const LinnetEvent *event);

/* An event of the present generation. Any thread. */
LinnetEvent *linnet_callbacks_new_event (LinnetCallbacks *self, LinnetEventKind kind);
/* Takes the event; one of the same key (nullable) that still waits is replaced. Any thread. */
void linnet_callbacks_push (LinnetCallbacks *self, LinnetEvent *event, const char *key);
