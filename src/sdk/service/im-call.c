/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reached from any thread: the answered flag is atomic, everything else is set once. */
#include "im-call-private.h"

#include "im-events-private.h"

#include "im-error.h"

struct _ImCall
{
  gint ref_count;
  ImEvents *events; /* outlives every call */
  ImCommFunc func;  /* nullable */
  const void *user_data;
  gint answered;
  gboolean outlives_login;
  gint needs_session;
};

ImCall *
im_call_new (ImEvents *events, ImCommFunc func, const void *user_data)
{
  ImCall *self = g_new0 (ImCall, 1);
  self->ref_count = 1;
  self->events = events;
  self->func = func;
  self->user_data = user_data;
  im_events_call_opened (events, self);
  return self;
}

void
im_call_set_outlives_login (ImCall *self)
{
  self->outlives_login = TRUE;
}

gboolean
im_call_get_outlives_login (ImCall *self)
{
  return self->outlives_login;
}

ImCall *
im_call_ref (ImCall *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

/* For the table of open calls, which holds no reference: NULL when the last one is just going. */
ImCall *
im_call_try_ref (ImCall *self)
{
  gint count = g_atomic_int_get (&self->ref_count);

  while (count > 0)
    {
      if (g_atomic_int_compare_and_exchange (&self->ref_count, count, count + 1))
        return self;
      count = g_atomic_int_get (&self->ref_count);
    }
  return NULL;
}

void
im_call_unref (ImCall *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  im_call_return_code (self, ERR_SDK_INTERNAL_ERROR, "the call was dropped");
  g_free (self);
}

gboolean
im_call_is_answered (ImCall *self)
{
  return g_atomic_int_get (&self->answered) != 0;
}

void
im_call_set_needs_session (ImCall *self)
{
  g_atomic_int_set (&self->needs_session, TRUE);
}

gboolean
im_call_needs_session (ImCall *self)
{
  return g_atomic_int_get (&self->needs_session);
}

static void
answer (ImCall *self, int code, const char *desc, char *json)
{
  g_autofree char *owned = json;

  if (!g_atomic_int_compare_and_exchange (&self->answered, 0, 1))
    return;
  im_events_call_closed (self->events, self);
  if (self->func != NULL)
    im_events_reply (self->events, self->func, self->user_data, code, desc,
                     g_steal_pointer (&owned));
}

void
im_call_tell (ImCall *self, char *json)
{
  if (self->func != NULL && !im_call_is_answered (self))
    im_events_reply (self->events, self->func, self->user_data, 0, "", json);
  else
    g_free (json);
}

void
im_call_return (ImCall *self, char *json)
{
  answer (self, 0, "", json);
}

void
im_call_return_code (ImCall *self, int code, const char *desc)
{
  answer (self, code, desc != NULL ? desc : im_error_code_text (code), NULL);
}

void
im_call_return_failure (ImCall *self, int code, char *json)
{
  answer (self, code, im_error_code_text (code), json);
}

void
im_call_return_store_error (ImCall *self, const GError *error)
{
  im_call_return_code (self, ERR_DATABASE_OPERATE_FAILED, error->message);
}

void
im_call_return_error (ImCall *self, const GError *error)
{
  if (error->domain == IM_ERROR)
    im_call_return_code (self, error->code, error->message);
  else
    im_call_return_code (self, ERR_SDK_INTERNAL_ERROR, error->message);
}
