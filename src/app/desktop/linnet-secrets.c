/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

G_DEFINE_QUARK (linnet - secrets - error - quark, linnet_secrets_error)

static const SecretSchema schema
    = { "im.linnet.Linnet", SECRET_SCHEMA_NONE, { { "address", SECRET_SCHEMA_ATTRIBUTE_STRING } } };

/* Everything but "cancelled" becomes an error of ours: nobody at the bus, no default collection, a
 * prompt that was dismissed are all one to the person. */
static GError *
translate (GError *error)
{
  GError *ours;
  gboolean is_absent = error->domain == G_DBUS_ERROR || error->domain == SECRET_ERROR
                       || error->domain == G_IO_ERROR;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  ours = g_error_new_literal (LINNET_SECRETS_ERROR,
                              is_absent ? LINNET_SECRETS_ERROR_UNAVAILABLE
                                        : LINNET_SECRETS_ERROR_FAILED,
                              error->message);
  g_error_free (error);
  return ours;
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, translate (error));
}

void
linnet_secrets_store_async (const char *address,
                            const char *password,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;
  g_autofree char *label = NULL;

  g_return_if_fail (address != NULL);
  g_return_if_fail (password != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linnet_secrets_store_async);
  /* Translators: name of an entry in the system keyring; %s is an address */
  label = g_strdup_printf (_ ("Linnet: password of %s"), address);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, password, cancellable,
                         on_stored, task, "address", address, NULL);
}

gboolean
linnet_secrets_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *password = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, translate (error));
  else
    g_task_return_pointer (task, password, (GDestroyNotify) secret_password_free);
}

void
linnet_secrets_lookup_async (const char *address,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (address != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linnet_secrets_lookup_async);
  secret_password_lookup (&schema, cancellable, on_found, task, "address", address, NULL);
}

char *
linnet_secrets_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  /* FALSE without an error: there was none. */
  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, translate (error));
  else
    g_task_return_boolean (task, TRUE);
}

void
linnet_secrets_clear_async (const char *address,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;

  g_return_if_fail (address != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linnet_secrets_clear_async);
  secret_password_clear (&schema, cancellable, on_cleared, task, "address", address, NULL);
}

gboolean
linnet_secrets_clear_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
linnet_secrets_free (char *password)
{
  secret_password_free (password);
}
