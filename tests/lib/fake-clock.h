/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "im-clock.h"

/* An ImClock that stands still until the test moves it. One per test; thread of the test. */

typedef struct _FakeClock FakeClock;

FakeClock *fake_clock_new (void);
/* No timer of it may be left. */
void fake_clock_free (FakeClock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeClock, fake_clock_free)

ImClock *fake_clock_get (FakeClock *self);
/* Moves on, stopping at each timer that becomes due, and runs what is due in the default context.
 */
void fake_clock_advance (FakeClock *self, guint milliseconds);
guint fake_clock_get_n_timers (FakeClock *self);
