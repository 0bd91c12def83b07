/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-job.h"

#include "im-json.h"

void
im_job_free (ImJob *self)
{
  g_clear_pointer (&self->call, im_call_unref);
  g_free (self->conv_id);
  g_free (self->msg_id);
  g_free (self->path);
  g_clear_pointer (&self->param, im_json_unref);
  g_free (self->text);
  g_clear_pointer (&self->params, g_ptr_array_unref);
  g_strfreev (self->strings);
  g_free (self);
}
