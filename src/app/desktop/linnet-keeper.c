/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-keeper.h"

#include "linnet-secrets.h"

struct _LinnetKeeper
{
  GObject parent_instance;

  LinnetSession *session;   /* owned */
  LinnetSettings *settings; /* owned */
  LinnetAccount *kept;      /* owned, nullable: what was stored or found */
  LinnetSessionState state; /* the last one seen */
};

enum
{
  NOT_KEPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinnetKeeper, linnet_keeper, G_TYPE_OBJECT)

static void
set_kept (LinnetKeeper *self, const LinnetAccount *account)
{
  LinnetAccount *copy = linnet_account_copy (account);

  linnet_account_free (self->kept);
  self->kept = copy;
}

static gboolean
is_kept (LinnetKeeper *self, const LinnetAccount *account)
{
  return self->kept != NULL && g_strcmp0 (self->kept->address, account->address) == 0
         && g_strcmp0 (self->kept->password, account->password) == 0
         && g_strcmp0 (self->kept->server_url, account->server_url) == 0
         && g_strcmp0 (self->kept->certificate_sha256, account->certificate_sha256) == 0
         && self->kept->allow_plain == account->allow_plain;
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetKeeper) self = user_data;
  g_autoptr (GError) error = NULL;

  if (linnet_secrets_store_finish (result, &error))
    return;
  g_debug ("password not kept: %s", error->message);
  g_signal_emit (self, signals[NOT_KEPT], 0);
}

static void
keep (LinnetKeeper *self, const LinnetAccount *account)
{
  if (is_kept (self, account))
    return;
  set_kept (self, account);
  linnet_settings_set_account (self->settings, account);
  linnet_secrets_store_async (account->address, account->password, NULL, on_stored,
                              g_object_ref (self));
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!linnet_secrets_clear_finish (result, &error))
    g_debug ("password not cleared: %s", error->message);
}

static void
forget_password (LinnetKeeper *self)
{
  if (self->kept != NULL)
    linnet_secrets_clear_async (self->kept->address, NULL, on_cleared, NULL);
  set_kept (self, NULL);
}

static void
on_state_changed (LinnetSession *session, GParamSpec *pspec, LinnetKeeper *self)
{
  LinnetSessionState old = self->state;

  self->state = linnet_session_get_state (session);
  if (self->state == LINNET_SESSION_SIGNED_IN && old != LINNET_SESSION_SIGNED_IN)
    keep (self, linnet_session_get_account (session));
  else if (self->state == LINNET_SESSION_SIGNING_OUT)
    {
      forget_password (self);
      linnet_settings_set_account (self->settings, NULL);
    }
  else if (self->state == LINNET_SESSION_EXPIRED
           && linnet_error_is_credentials (linnet_session_get_error (session)))
    forget_password (self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinnetKeeper *self = g_task_get_source_object (task);
  LinnetAccount *account = g_task_get_task_data (task);
  GError *error = NULL;
  char *password = linnet_secrets_lookup_finish (result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* The person may have begun to sign in meanwhile. */
  if (password == NULL || linnet_session_get_state (self->session) != LINNET_SESSION_SIGNED_OUT)
    {
      linnet_secrets_free (password);
      g_task_return_boolean (task, FALSE);
      return;
    }
  linnet_account_set_password (account, password);
  linnet_secrets_free (password);
  set_kept (self, account);
  linnet_session_resume (self->session, account);
  g_task_return_boolean (task, TRUE);
}

void
linnet_keeper_restore_async (LinnetKeeper *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LinnetAccount *account;

  g_return_if_fail (LINNET_IS_KEEPER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linnet_keeper_restore_async);
  account = linnet_settings_dup_account (self->settings);
  if (account == NULL)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  g_task_set_task_data (task, account, (GDestroyNotify) linnet_account_free);
  linnet_secrets_lookup_async (account->address, cancellable, on_found, g_steal_pointer (&task));
}

gboolean
linnet_keeper_restore_finish (LinnetKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
linnet_keeper_dispose (GObject *object)
{
  LinnetKeeper *self = LINNET_KEEPER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (linnet_keeper_parent_class)->dispose (object);
}

static void
linnet_keeper_finalize (GObject *object)
{
  linnet_account_free (LINNET_KEEPER (object)->kept);
  G_OBJECT_CLASS (linnet_keeper_parent_class)->finalize (object);
}

static void
linnet_keeper_class_init (LinnetKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linnet_keeper_dispose;
  object_class->finalize = linnet_keeper_finalize;
  signals[NOT_KEPT] = g_signal_new ("not-kept", LINNET_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
linnet_keeper_init (LinnetKeeper *self)
{
}

LinnetKeeper *
linnet_keeper_new (LinnetSession *session, LinnetSettings *settings)
{
  LinnetKeeper *self;

  g_return_val_if_fail (LINNET_IS_SESSION (session), NULL);
  g_return_val_if_fail (LINNET_IS_SETTINGS (settings), NULL);

  self = g_object_new (LINNET_TYPE_KEEPER, NULL);
  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  self->state = linnet_session_get_state (session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_state_changed), self, 0);
  return self;
}
