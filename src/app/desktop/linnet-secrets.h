/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The password, in the system keyring and nowhere else. All calls are asynchronous; main thread.
 * Without a keyring they fail with LINNET_SECRETS_ERROR_UNAVAILABLE: the password is then kept for
 * the session only, by whoever has it. */
#pragma once

#include <gio/gio.h>

#define LINNET_SECRETS_ERROR (linnet_secrets_error_quark ())
GQuark linnet_secrets_error_quark (void);

typedef enum
{
  LINNET_SECRETS_ERROR_UNAVAILABLE, /* no keyring service, or it stays locked */
  LINNET_SECRETS_ERROR_FAILED,
} LinnetSecretsError;

void linnet_secrets_store_async (const char *address,
                                 const char *password,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean linnet_secrets_store_finish (GAsyncResult *result, GError **error);

/* NULL without an error when there is none. Free with linnet_secrets_free(). */
void linnet_secrets_lookup_async (const char *address,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *linnet_secrets_lookup_finish (GAsyncResult *result, GError **error);

void linnet_secrets_clear_async (const char *address,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean linnet_secrets_clear_finish (GAsyncResult *result, GError **error);

/* Wipes the text and frees it. NULL is allowed. */
void linnet_secrets_free (char *password);
