/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-clock.h"

struct _FakeClock
{
  ImClock clock;   /* first: what the code under test sees */
  gint64 now_us;   /* monotonic */
  GPtrArray *live; /* of Timer, borrowed */
};

typedef struct
{
  GSource source;
  FakeClock *clock;
  gint64 due_us;
  gint64 interval_us;
} Timer;

/* 2026-01-01, so that wall times look like some. */
#define WALL_START_US G_GINT64_CONSTANT (1767225600000000)

static gboolean
is_due (GSource *source)
{
  const Timer *timer = (const Timer *) source;

  return timer->clock->now_us >= timer->due_us;
}

static gboolean
prepare (GSource *source, int *timeout)
{
  *timeout = -1;
  return is_due (source);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Timer *timer = (Timer *) source;

  /* Again, should it go on; never twice in the same moment. */
  timer->due_us = timer->clock->now_us + MAX (timer->interval_us, 1);
  return callback (user_data);
}

static void
finalize (GSource *source)
{
  g_ptr_array_remove_fast (((Timer *) source)->clock->live, source);
}

static GSourceFuncs timer_funcs = { prepare, is_due, dispatch, finalize, NULL, NULL };

static gint64
now_us (ImClock *clock)
{
  return WALL_START_US + ((FakeClock *) clock)->now_us;
}

static gint64
monotonic_us (ImClock *clock)
{
  return ((FakeClock *) clock)->now_us;
}

static GSource *
timeout_source (ImClock *clock, guint milliseconds)
{
  FakeClock *self = (FakeClock *) clock;
  Timer *timer = (Timer *) g_source_new (&timer_funcs, sizeof (Timer));

  timer->clock = self;
  timer->interval_us = (gint64) milliseconds * 1000;
  timer->due_us = self->now_us + timer->interval_us;
  g_ptr_array_add (self->live, timer);
  return (GSource *) timer;
}

FakeClock *
fake_clock_new (void)
{
  FakeClock *self = g_new0 (FakeClock, 1);

  self->clock = (ImClock){ now_us, monotonic_us, timeout_source };
  self->now_us = 1000000;
  self->live = g_ptr_array_new ();
  return self;
}

void
fake_clock_free (FakeClock *self)
{
  g_assert_cmpuint (self->live->len, ==, 0);
  g_ptr_array_unref (self->live);
  g_free (self);
}

ImClock *
fake_clock_get (FakeClock *self)
{
  return &self->clock;
}

guint
fake_clock_get_n_timers (FakeClock *self)
{
  return self->live->len;
}

static gint64
next_due_us (FakeClock *self)
{
  gint64 next = G_MAXINT64;

  for (guint i = 0; i < self->live->len; i++)
    {
      const Timer *timer = g_ptr_array_index (self->live, i);

      if (!g_source_is_destroyed ((GSource *) timer))
        next = MIN (next, timer->due_us);
    }
  return next;
}

static void
run_what_is_due (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
fake_clock_advance (FakeClock *self, guint milliseconds)
{
  gint64 target = self->now_us + (gint64) milliseconds * 1000;

  run_what_is_due ();
  for (gint64 next = next_due_us (self); next <= target; next = next_due_us (self))
    {
      self->now_us = MAX (next, self->now_us);
      run_what_is_due ();
    }
  self->now_us = target;
  run_what_is_due ();
}
