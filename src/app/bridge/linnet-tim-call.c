/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reached from two threads: `task` belongs to the main one; everything else never changes. */
#include "linnet-tim-call.h"

#include "im-loop.h"
#include "linnet-error.h"

struct _LinnetTimCall
{
  gatomicrefcount ref_count;
  GTask *task;                /* owned, nullable: ended; main thread */
  LinnetCallbacks *callbacks; /* owned */
  LinnetTimParseFunc parse;   /* nullable */
  GDestroyNotify result_free;
};

LinnetTimCall *
linnet_tim_call_new (GTask *task,
                     LinnetCallbacks *callbacks,
                     LinnetTimParseFunc parse,
                     GDestroyNotify result_free)
{
  LinnetTimCall *self = g_new0 (LinnetTimCall, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->task = task;
  self->callbacks = linnet_callbacks_ref (callbacks);
  self->parse = parse;
  self->result_free = result_free;
  return self;
}

LinnetTimCall *
linnet_tim_call_ref (LinnetTimCall *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
linnet_tim_call_unref (LinnetTimCall *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->task);
  linnet_callbacks_unref (self->callbacks);
  g_free (self);
}

void
linnet_tim_call_on_answer (int32_t code,
                           const char *desc,
                           const char *json_params,
                           const void *user_data)
{
  LinnetTimCall *self = (LinnetTimCall *) user_data;
  LinnetEvent *event;

  im_assert_off_main_thread ();
  event = linnet_callbacks_new_event (self->callbacks, LINNET_EVENT_REPLY);
  event->code = code;
  event->text = g_strdup (desc);
  event->call = self;
  event->payload_free = self->result_free;
  if (code == 0 && self->parse != NULL)
    {
      g_autoptr (GError) error = NULL;

      event->payload = self->parse (json_params, &error);
      if (event->payload == NULL)
        {
          event->code = LINNET_ERROR_BAD_JSON;
          g_free (event->text);
          event->text = g_strdup (error != NULL ? error->message : "no result");
        }
    }
  linnet_callbacks_push (self->callbacks, event, NULL);
}

void
linnet_tim_call_ignore (int32_t code,
                        const char *desc,
                        const char *json_params,
                        const void *user_data)
{
}

void
linnet_tim_call_finish (LinnetTimCall *self, LinnetEvent *event)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  im_assert_main_thread ();
  if (task == NULL)
    return;
  if (event->code != 0)
    g_task_return_error (task, linnet_error_new (event->code, event->text));
  else if (self->parse == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_pointer (task, g_steal_pointer (&event->payload), self->result_free);
}

void
linnet_tim_call_cancel (LinnetTimCall *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  im_assert_main_thread ();
  if (task != NULL)
    g_task_return_error (task, linnet_error_new (LINNET_ERROR_CANCELLED, "the session is over"));
}

void
linnet_tim_call_refuse (LinnetTimCall *self, int result)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  im_assert_main_thread ();
  if (task != NULL)
    g_task_return_error (task, linnet_error_new (result, "refused by the library"));
}
