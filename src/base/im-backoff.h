/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* How long to wait before the next attempt: doubling from first_ms to most_ms, with jitter, so that
 * the clients of a restarted server do not come back all at once. */
typedef struct
{
  guint first_ms;
  guint most_ms;
  guint attempts;
} ImBackoff;

static inline void
im_backoff_init (ImBackoff *self, guint first_ms, guint most_ms)
{
  *self = (ImBackoff){ first_ms, most_ms, 0 };
}

/* The connection works again. */
static inline void
im_backoff_reset (ImBackoff *self)
{
  self->attempts = 0;
}

/* Between half of the present step and all of it. */
static inline guint
im_backoff_next_ms (ImBackoff *self)
{
  guint step = self->first_ms;

  for (guint i = 0; i < self->attempts && step < self->most_ms; i++)
    step = MIN (step * 2, self->most_ms);
  self->attempts++;
  return (guint) g_random_int_range ((gint32) (step / 2), (gint32) step + 1);
}
