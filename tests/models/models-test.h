/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#define DEADLINE_US (10 * G_USEC_PER_SEC)

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main context until the expression is true; fails after a deadline. */
#define wait_until(expression)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 wait_deadline = g_get_monotonic_time () + DEADLINE_US;                                  \
    guint wait_waker = g_timeout_add (20, wake, NULL);                                             \
                                                                                                   \
    while (!(expression))                                                                          \
      {                                                                                            \
        if (g_get_monotonic_time () > wait_deadline)                                               \
          g_error ("waited too long for: " #expression);                                           \
        g_main_context_iteration (NULL, TRUE);                                                     \
      }                                                                                            \
    g_source_remove (wait_waker);                                                                  \
  }                                                                                                \
  G_STMT_END

/* Runs what is ready now. */
static inline void
settle_down (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
free_log (gpointer log, GClosure *closure)
{
  g_string_free (log, TRUE);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%s%u,%u,%u", log->len > 0 ? " " : "", position, removed, added);
}

/* "position,removed,added" of each change, joined by blanks. Borrowed: lives as long as the model.
 */
static inline GString *
watch_items (gpointer model)
{
  GString *log = g_string_new (NULL);

  g_signal_connect_data (model, "items-changed", G_CALLBACK (on_items_changed), log, free_log, 0);
  return log;
}
