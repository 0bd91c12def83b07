/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in, going on with a remembered account, signing out. */
#include "linnet-session-private.h"

#include "linnet-phase-private.h"

#define RETRY_FIRST_SECONDS LINNET_SESSION_RETRY_FIRST_SECONDS
#define RETRY_MAX_SECONDS 60

static void try_sign_in (LinnetSession *self);

/* Signing in */

static gboolean
on_retry (gpointer user_data)
{
  LinnetSession *self = user_data;

  self->retry_timeout = 0;
  try_sign_in (self);
  return G_SOURCE_REMOVE;
}

static void
plan_retry (LinnetSession *self)
{
  g_clear_handle_id (&self->retry_timeout, g_source_remove);
  self->retry_timeout = g_timeout_add_seconds (self->retry_seconds, on_retry, self);
  self->retry_seconds = MIN (self->retry_seconds * 2, RETRY_MAX_SECONDS);
}

/* Going on with a remembered account failed. */
static void
take_resume_error (LinnetSession *self, const GError *error)
{
  linnet_session_set_connection (self, LINNET_CONNECTION_FAILED);
  if (linnet_error_is_retryable (error))
    {
      plan_retry (self);
      return;
    }
  linnet_session_set_error (self, error);
  if (g_error_matches (error, LINNET_ERROR, LINNET_ERROR_KICKED))
    linnet_session_set_state (self, LINNET_SESSION_KICKED);
  else if (linnet_error_is_credentials (error)
           || g_error_matches (error, LINNET_ERROR, LINNET_ERROR_UNTRUSTED))
    linnet_session_set_state (self, LINNET_SESSION_EXPIRED);
  else
    {
      linnet_session_hide_lists (self);
      linnet_session_set_state (self, LINNET_SESSION_SIGNED_OUT);
    }
}

static void
take_success (LinnetSession *self)
{
  self->retry_seconds = RETRY_FIRST_SECONDS;
  linnet_phases_finish (self->phases);
  linnet_session_set_error (self, NULL);
  linnet_session_set_state (self, LINNET_SESSION_SIGNED_IN);
  linnet_session_notify_user_id (self);
  /* What was shown without a connection is kept up to date by events. Other libraries have nothing
   * to show before. */
  if (!self->has_lists || !self->are_lists_loaded)
    linnet_session_show_lists (self);
}

static void
on_resumed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetSession) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = linnet_backend_sign_in_finish (LINNET_BACKEND (source), result, &error);

  /* Signed out, kicked or signed in otherwise meanwhile. */
  if (self->state != LINNET_SESSION_SIGNED_IN
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, LINNET_ERROR, LINNET_ERROR_CANCELLED))
    return;
  if (ok)
    take_success (self);
  else
    take_resume_error (self, error);
}

static void
try_sign_in (LinnetSession *self)
{
  g_clear_handle_id (&self->retry_timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  linnet_session_set_connection (self, LINNET_CONNECTION_CONNECTING);
  linnet_backend_sign_in_async (self->backend, self->account, self->cancellable, on_resumed,
                                g_object_ref (self));
}

void
linnet_session_resume (LinnetSession *self, const LinnetAccount *account)
{
  g_autoptr (LinnetAccount) copy = NULL;

  g_return_if_fail (LINNET_IS_SESSION (self));
  g_return_if_fail (account != NULL);

  copy = linnet_account_copy (account);
  self->retry_seconds = RETRY_FIRST_SECONDS;
  linnet_phases_reset (self->phases, FALSE);
  linnet_session_set_error (self, NULL);
  linnet_session_set_account (self, copy);
  linnet_session_set_state (self, LINNET_SESSION_SIGNED_IN);
  try_sign_in (self);
  linnet_session_show_lists (self);
}

void
linnet_session_use_here (LinnetSession *self)
{
  g_return_if_fail (LINNET_IS_SESSION (self));

  if (self->state == LINNET_SESSION_KICKED && self->account != NULL)
    linnet_session_resume (self, self->account);
}

void
linnet_session_retry_now (LinnetSession *self)
{
  g_return_if_fail (LINNET_IS_SESSION (self));

  if (self->retry_timeout == 0)
    return;
  self->retry_seconds = RETRY_FIRST_SECONDS;
  try_sign_in (self);
}

static void
finish_sign_in (LinnetSession *self, GTask *task, GError *error)
{
  gboolean was_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (error == NULL)
    {
      take_success (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  linnet_session_set_connection (self, LINNET_CONNECTION_OFFLINE);
  if (!was_cancelled)
    linnet_session_set_error (self, error);
  linnet_session_hide_lists (self);
  linnet_session_set_state (self, LINNET_SESSION_SIGNED_OUT);
  g_task_return_error (task, g_error_copy (error));
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinnetSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  linnet_backend_sign_in_finish (LINNET_BACKEND (source), result, &error);
  finish_sign_in (self, task, error);
}

static gboolean
is_plain (const LinnetAccount *account)
{
  return account->server_url != NULL && g_str_has_prefix (account->server_url, "ws:");
}

void
linnet_session_sign_in_async (LinnetSession *self,
                              const LinnetAccount *account,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LinnetAccount) copy = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (LINNET_IS_SESSION (self));
  g_return_if_fail (account != NULL);

  /* The operation is cancelled in the backend; its outcome, not the cancelling, ends the task. */
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linnet_session_sign_in_async);
  copy = linnet_account_copy (account);
  if (!linnet_account_check (copy, &error))
    {
      linnet_session_set_error (self, error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  linnet_session_set_error (self, NULL);
  linnet_session_set_account (self, copy);
  self->account->begins_anew = FALSE;
  linnet_phases_reset (self->phases, is_plain (copy));
  linnet_phases_advance (self->phases, LINNET_PHASE_LOOKING);
  linnet_session_set_connection (self, LINNET_CONNECTION_CONNECTING);
  linnet_session_set_state (self, LINNET_SESSION_SIGNING_IN);
  linnet_backend_sign_in_async (self->backend, copy, cancellable, on_signed_in,
                                g_steal_pointer (&task));
}

gboolean
linnet_session_sign_in_finish (LinnetSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Signing out */

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinnetSession *self = g_task_get_source_object (task);

  /* An error changes nothing: this computer forgets the session either way. */
  linnet_backend_sign_out_finish (LINNET_BACKEND (source), result, NULL);
  linnet_session_hide_lists (self);
  if (self->account != NULL)
    linnet_account_set_password (self->account, NULL);
  linnet_session_set_connection (self, LINNET_CONNECTION_OFFLINE);
  linnet_session_set_state (self, LINNET_SESSION_SIGNED_OUT);
  g_task_return_boolean (task, TRUE);
}

void
linnet_session_sign_out_async (LinnetSession *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINNET_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linnet_session_sign_out_async);
  linnet_session_flush_drafts (self);
  linnet_session_set_error (self, NULL);
  linnet_session_set_state (self, LINNET_SESSION_SIGNING_OUT);
  linnet_backend_sign_out_async (self->backend, on_signed_out, g_steal_pointer (&task));
}

gboolean
linnet_session_sign_out_finish (LinnetSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
