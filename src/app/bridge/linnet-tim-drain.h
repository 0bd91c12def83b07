/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects the events of one drain so that each kind becomes one batch signal. Main thread. */
#pragma once

#include "linnet-backend.h"
#include "linnet-event.h"

typedef struct _LinnetTimDrain LinnetTimDrain;

LinnetTimDrain *linnet_tim_drain_new (void);
void linnet_tim_drain_free (LinnetTimDrain *self);

/* FALSE when the event must not be put before or after what was collected: emit first. After that
 * an event that still is not taken is none of the batch kinds. */
gboolean linnet_tim_drain_add (LinnetTimDrain *self, LinnetEvent *event);
/* Emits what was collected: messages, updates, receipts, conversations; then it is empty. */
void linnet_tim_drain_emit (LinnetTimDrain *self, LinnetBackend *backend);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinnetTimDrain, linnet_tim_drain_free)
