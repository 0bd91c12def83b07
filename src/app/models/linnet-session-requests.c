/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked on the way to an account or a conversation: registration, starting to write. */
#include "linnet-session-private.h"

#include "im-conv.h"
#include "linnet-conversation-list-private.h"
#include "linnet-people.h"

static void
on_form (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LinnetForm *form = linnet_backend_fetch_form_finish (LINNET_BACKEND (source), result, &error);

  if (form != NULL)
    g_task_return_pointer (task, form, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
linnet_session_fetch_form_async (LinnetSession *self,
                                 const LinnetAccount *account,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINNET_IS_SESSION (self));
  g_return_if_fail (account != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linnet_session_fetch_form_async);
  linnet_backend_fetch_form_async (self->backend, account, cancellable, on_form, task);
}

LinnetForm *
linnet_session_fetch_form_finish (LinnetSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (linnet_backend_register_finish (LINNET_BACKEND (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
linnet_session_register_async (LinnetSession *self,
                               const LinnetAccount *account,
                               LinnetForm *form,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (LINNET_IS_SESSION (self));
  g_return_if_fail (account != NULL);
  g_return_if_fail (LINNET_IS_FORM (form));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linnet_session_register_async);
  if (!linnet_account_check (account, &error))
    g_task_return_error (task, error);
  else
    linnet_backend_register_async (self->backend, account, form, cancellable, on_registered,
                                   g_steal_pointer (&task));
}

gboolean
linnet_session_register_finish (LinnetSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_conversation_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinnetSession *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  GError *error = NULL;
  g_autoptr (ImConv) conv
      = linnet_backend_create_conversation_finish (LINNET_BACKEND (source), result, &error);
  LinnetConversation *conversation;

  if (conv == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_ptr_array_add (one, conv);
  if (self->has_lists)
    linnet_conversation_list_take (self->conversations, one);
  conversation
      = self->has_lists
            ? linnet_conversation_list_ensure (self->conversations,
                                               (LinnetConversationType) conv->type, conv->id)
            : NULL;
  if (conversation != NULL)
    g_task_return_pointer (task, g_object_ref (conversation), g_object_unref);
  else
    g_task_return_new_error (task, LINNET_ERROR, LINNET_ERROR_NOT_SIGNED_IN, "signed out");
}

void
linnet_session_start_conversation_async (LinnetSession *self,
                                         const char *address,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *id = NULL;
  g_autofree char *own_id = NULL;

  g_return_if_fail (LINNET_IS_SESSION (self));
  g_return_if_fail (address != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linnet_session_start_conversation_async);
  id = self->account != NULL ? linnet_people_dup_user_id (address, self->account->address) : NULL;
  own_id = self->account != NULL
               ? linnet_people_dup_user_id (self->account->address, self->account->address)
               : NULL;
  if (id == NULL)
    g_task_return_new_error (task, LINNET_ERROR, LINNET_ERROR_LOCAL_ADDRESS, "not an address");
  else if (g_strcmp0 (id, own_id) == 0)
    g_task_return_new_error (task, LINNET_ERROR, LINNET_ERROR_LOCAL_SELF, "own address");
  else
    linnet_backend_create_conversation_async (self->backend, LINNET_CONVERSATION_SINGLE, id,
                                              cancellable, on_conversation_created,
                                              g_steal_pointer (&task));
}

LinnetConversation *
linnet_session_start_conversation_finish (LinnetSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (LinnetConversation) conversation = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  conversation = g_task_propagate_pointer (G_TASK (result), error);
  return conversation;
}
