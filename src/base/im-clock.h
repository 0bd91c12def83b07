/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Where time comes from, so that tests can move it. */
typedef struct _ImClock ImClock;
struct _ImClock
{
  gint64 (*now_us) (ImClock *self);       /* wall clock, microseconds since 1970 */
  gint64 (*monotonic_us) (ImClock *self); /* never jumps */
  /* On the thread-default context of the caller. */
  GSource *(*timeout_source) (ImClock *self, guint milliseconds);
};

/* The system's clock; static. */
ImClock *im_clock_system (void);

static inline gint64
im_clock_now_us (ImClock *self)
{
  return self->now_us (self);
}

static inline gint64
im_clock_monotonic_us (ImClock *self)
{
  return self->monotonic_us (self);
}

/* A timer on the caller's thread-default context. Returns: (transfer full) attached already; end it
 * with im_clock_timeout_clear(). */
GSource *im_clock_timeout_add (ImClock *self, guint milliseconds, GSourceFunc func, gpointer data);
/* Ends and clears *source; harmless on NULL. */
void im_clock_timeout_clear (GSource **source);
