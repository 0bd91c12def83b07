/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-clock.h"

static gint64
system_now_us (ImClock *self)
{
  return g_get_real_time ();
}

static gint64
system_monotonic_us (ImClock *self)
{
  return g_get_monotonic_time ();
}

static GSource *
system_timeout_source (ImClock *self, guint milliseconds)
{
  return g_timeout_source_new (milliseconds);
}

ImClock *
im_clock_system (void)
{
  static ImClock clock = { system_now_us, system_monotonic_us, system_timeout_source };

  return &clock;
}

GSource *
im_clock_timeout_add (ImClock *self, guint milliseconds, GSourceFunc func, gpointer data)
{
  GSource *source = self->timeout_source (self, milliseconds);

  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

void
im_clock_timeout_clear (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}
