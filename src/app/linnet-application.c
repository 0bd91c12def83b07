/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-application-private.h"

#include "linnet-clock.h"
#include "linnet-keeper.h"
#include "linnet-network.h"
#include "linnet-notifier.h"
#include "linnet-options.h"
#include "linnet-tim-backend.h"
#include "linnet-window.h"

#include <errno.h>
#include <glib/gi18n.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* A keyring that asks for its own password first must not keep the window away. */
#define RESTORE_PATIENCE_MS 700
/* After the conversations have come and are drawn; and after messages have. */
#define GIVE_BACK_SECONDS 1
#define GIVE_BACK_LATER_SECONDS 10

struct _LinnetApplication
{
  AdwApplication parent_instance;

  LinnetOptions options;
  const LinnetTimApi *api;
  LinnetAccount *account; /* owned, nullable: named on the command line */

  LinnetSettings *settings; /* owned, like the rest; NULL before the start */
  LinnetTimBackend *backend;
  LinnetSession *session;
  LinnetKeeper *keeper; /* NULL: nothing is remembered */
  LinnetNetwork *network;
  LinnetNotifications *notifications;
  LinnetNotifier *notifier;
  GSettings *clock;
  GtkWindow *window; /* weak */
  guint restore_timeout;
  guint give_back_timeout;
  GError *start_error; /* nullable */
};

G_DEFINE_FINAL_TYPE (LinnetApplication, linnet_application, ADW_TYPE_APPLICATION)

LinnetSession *
linnet_application_get_session (LinnetApplication *self)
{
  return self->session;
}

/* The window */

static void
on_window_active (GtkWindow *window, GParamSpec *pspec, LinnetApplication *self)
{
  if (self->notifier != NULL)
    linnet_notifier_set_window_active (self->notifier, gtk_window_is_active (window));
}

static GtkWindow *
ensure_window (LinnetApplication *self)
{
  if (self->window != NULL)
    return self->window;
  g_set_weak_pointer (&self->window,
                      linnet_window_new (ADW_APPLICATION (self), self->session, self->settings));
  g_signal_connect_object (self->window, "notify::is-active", G_CALLBACK (on_window_active), self,
                           0);
  return self->window;
}

void
linnet_application_present (LinnetApplication *self, const char *key)
{
  GtkWindow *window;

  g_clear_handle_id (&self->restore_timeout, g_source_remove);
  window = ensure_window (self);
  if (key != NULL)
    linnet_window_open_conversation (window, key);
  gtk_window_present (window);
}

/* Notifications */

static void
on_notification_activated (LinnetNotifications *notifications,
                           const char *key,
                           LinnetApplication *self)
{
  linnet_application_present (self, key);
}

static void
start_notifications (LinnetApplication *self)
{
  self->notifications = linnet_notifications_new ();
  self->notifier = linnet_notifier_new (self->session, self->settings, self->notifications);
  g_signal_connect_object (self->notifications, "activated", G_CALLBACK (on_notification_activated),
                           self, 0);
  if (self->window != NULL)
    on_window_active (self->window, NULL, self);
}

/* Starting */

static void
on_not_kept (LinnetKeeper *keeper, LinnetApplication *self)
{
  if (self->window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.toast", "s",
                                _ ("No keyring: you will be asked for your password again"));
}

static gboolean
make_backend (LinnetApplication *self, GError **error)
{
  g_autofree char *data_dir = linnet_options_dup_data_dir (&self->options);

  if (g_mkdir_with_parents (data_dir, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", data_dir,
                   g_strerror (errno));
      return FALSE;
    }
  self->backend = linnet_tim_backend_new (self->api, data_dir, error);
  return self->backend != NULL;
}

static void
on_clock_changed (LinnetApplication *self)
{
  linnet_session_refresh_times (self->session);
}

/* A long list, or a burst of messages, comes as a text, which is several times as much as stays of
 * it; the C library keeps what was freed on other threads until it is told. */
static gboolean
on_give_back (gpointer user_data)
{
  LinnetApplication *self = user_data;

  self->give_back_timeout = 0;
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  return G_SOURCE_REMOVE;
}

static void
give_back_in (LinnetApplication *self, guint seconds)
{
  if (self->give_back_timeout == 0)
    self->give_back_timeout = g_timeout_add_seconds (seconds, on_give_back, self);
}

static void
on_load_state_changed (LinnetApplication *self)
{
  give_back_in (self, GIVE_BACK_SECONDS);
}

static void
on_message_arrived (LinnetApplication *self)
{
  give_back_in (self, GIVE_BACK_LATER_SECONDS);
}

static void
linnet_application_startup (GApplication *application)
{
  LinnetApplication *self = LINNET_APPLICATION (application);
  gboolean is_separate = linnet_options_is_separate (&self->options);

  G_APPLICATION_CLASS (linnet_application_parent_class)->startup (application);
  /* To look at the mirrored interface without a translation of a language that is written so. */
  if (LINNET_DEVELOPMENT && g_strcmp0 (g_getenv ("LINNET_TEXT_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (!make_backend (self, &self->start_error))
    return;
  gtk_window_set_default_icon_name (LINNET_APPLICATION_ID);
  self->settings = linnet_settings_new (is_separate);
  self->session = linnet_session_new (LINNET_BACKEND (self->backend));
  g_signal_connect_object (linnet_session_get_conversations (self->session), "notify::load-state",
                           G_CALLBACK (on_load_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "message-arrived", G_CALLBACK (on_message_arrived), self,
                           G_CONNECT_SWAPPED);
  self->network = linnet_network_new (self->session, NULL);
  self->clock = linnet_clock_follow (G_CALLBACK (on_clock_changed), self);
  if (!is_separate)
    {
      self->keeper = linnet_keeper_new (self->session, self->settings);
      g_signal_connect_object (self->keeper, "not-kept", G_CALLBACK (on_not_kept), self, 0);
    }
  linnet_application_add_actions (self);
  start_notifications (self);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!linnet_keeper_restore_finish (LINNET_KEEPER (source), result, &error) && error != NULL)
    g_debug ("no password: %s", error->message);
  if (self->restore_timeout != 0)
    linnet_application_present (self, NULL);
  g_application_release (G_APPLICATION (self));
}

static gboolean
on_restore_patience (gpointer user_data)
{
  LinnetApplication *self = user_data;

  self->restore_timeout = 0;
  linnet_application_present (self, NULL);
  return G_SOURCE_REMOVE;
}

/* The account of the command line: as if it had been remembered. What cannot be tried at all is
 * left to the sign-in page, which has the address filled in. */
static void
begin_with_account (LinnetApplication *self)
{
  g_autoptr (GError) error = NULL;

  linnet_settings_set_account (self->settings, self->account);
  if (linnet_account_check (self->account, &error))
    linnet_session_resume (self->session, self->account);
  else
    {
      g_autofree char *sentence = linnet_error_describe_sign_in (error, self->account);

      g_printerr ("linnet: %s\n", sentence);
    }
  linnet_application_present (self, NULL);
}

/* The first window: with the account of the command line, or the one remembered. */
static void
begin (LinnetApplication *self)
{
  if (self->account != NULL)
    begin_with_account (self);
  else if (self->keeper == NULL)
    linnet_application_present (self, NULL);
  else
    {
      g_application_hold (G_APPLICATION (self));
      self->restore_timeout = g_timeout_add (RESTORE_PATIENCE_MS, on_restore_patience, self);
      linnet_keeper_restore_async (self->keeper, NULL, on_restored, g_object_ref (self));
    }
}

static void
linnet_application_activate (GApplication *application)
{
  LinnetApplication *self = LINNET_APPLICATION (application);

  if (self->window != NULL)
    gtk_window_present (self->window);
  else if (self->restore_timeout == 0)
    begin (self);
}

static void
linnet_application_shutdown (GApplication *application)
{
  LinnetApplication *self = LINNET_APPLICATION (application);

  g_clear_handle_id (&self->restore_timeout, g_source_remove);
  g_clear_handle_id (&self->give_back_timeout, g_source_remove);
  if (self->session != NULL)
    linnet_session_flush_drafts (self->session);
  if (self->notifications != NULL)
    linnet_notifications_withdraw_all (self->notifications);
  if (self->window != NULL)
    gtk_window_destroy (self->window);
  if (self->backend != NULL)
    linnet_tim_backend_close (self->backend);
  G_APPLICATION_CLASS (linnet_application_parent_class)->shutdown (application);
}

/* The command line */

static void
print_version (const LinnetTimApi *api)
{
  g_print ("linnet %s\nTIM library %s\n", LINNET_VERSION, api->TIMGetSDKVersion ());
}

static gboolean
prepare (LinnetApplication *self, GError **error)
{
  g_autoptr (GError) account_error = NULL;

  self->account = linnet_options_take_account (&self->options, &account_error);
  if (account_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&account_error));
      return FALSE;
    }
  return TRUE;
}

/* Before an instance that runs already is looked for: an own instance is wanted, or an exit code.
 */
static int
linnet_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  LinnetApplication *self = LINNET_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  self->api = self->options.sdk != NULL ? linnet_tim_api_load (self->options.sdk, &error)
                                        : linnet_tim_api_linked ();
  if (self->api != NULL && self->options.shows_version)
    {
      print_version (self->api);
      return 0;
    }
  if (self->api == NULL || !prepare (self, &error))
    {
      g_printerr ("linnet: %s\n", error->message);
      return 1;
    }
  if (linnet_options_is_separate (&self->options))
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  if (g_application_register (application, NULL, &error) && self->start_error == NULL)
    return -1;
  g_printerr ("linnet: %s\n", error != NULL ? error->message : self->start_error->message);
  return 1;
}

/* GObject */

static void
linnet_application_dispose (GObject *object)
{
  LinnetApplication *self = LINNET_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->notifier);
  g_clear_object (&self->notifications);
  g_clear_object (&self->network);
  g_clear_object (&self->keeper);
  g_clear_object (&self->clock);
  g_clear_object (&self->session);
  g_clear_object (&self->backend);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (linnet_application_parent_class)->dispose (object);
}

static void
linnet_application_finalize (GObject *object)
{
  LinnetApplication *self = LINNET_APPLICATION (object);

  linnet_account_free (self->account);
  g_clear_error (&self->start_error);
  linnet_options_clear (&self->options);
  G_OBJECT_CLASS (linnet_application_parent_class)->finalize (object);
}

static void
linnet_application_class_init (LinnetApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = linnet_application_dispose;
  object_class->finalize = linnet_application_finalize;
  application_class->startup = linnet_application_startup;
  application_class->activate = linnet_application_activate;
  application_class->shutdown = linnet_application_shutdown;
  application_class->handle_local_options = linnet_application_handle_local_options;
}

static void
linnet_application_init (LinnetApplication *self)
{
  linnet_options_add (&self->options, G_APPLICATION (self));
}

LinnetApplication *
linnet_application_new (void)
{
  return g_object_new (LINNET_TYPE_APPLICATION, "application-id", LINNET_APPLICATION_ID,
                       "resource-base-path", LINNET_RESOURCE_PATH, NULL);
}
