/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-event.h"

#include "linnet-tim-call.h"

LinnetEvent *
linnet_event_new (LinnetEventKind kind, guint generation)
{
  LinnetEvent *event = g_new0 (LinnetEvent, 1);

  event->kind = kind;
  event->generation = generation;
  return event;
}

void
linnet_event_free (LinnetEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->text);
  g_clear_pointer (&event->items, g_ptr_array_unref);
  g_clear_pointer (&event->call, linnet_tim_call_unref);
  if (event->payload != NULL && event->payload_free != NULL)
    event->payload_free (event->payload);
  g_free (event);
}
