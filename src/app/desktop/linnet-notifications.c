/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-notifications.h"

#include <glib/gi18n-lib.h>

#define BUS_NAME "org.freedesktop.Notifications"
#define OBJECT_PATH "/org/freedesktop/Notifications"
#define INTERFACE "org.freedesktop.Notifications"

/* One notification. While a call for it is under way, what is to be shown next waits here. */
typedef struct
{
  LinnetNotifications *self; /* owned while a call is under way, else NULL */
  char *key;                 /* owned */
  char *title;               /* owned, nullable: nothing to be shown next */
  char *body;                /* owned, nullable */
  guint32 id;                /* the service's; 0: not known yet */
  gboolean is_withdrawn;
} Shown;

struct _LinnetNotifications
{
  GObject parent_instance;

  GDBusConnection *connection; /* owned, nullable */
  GHashTable *shown;           /* owned: key → Shown, owned */
  guint action_subscription;
  guint closed_subscription;
  gboolean knows_capabilities;
  gboolean has_markup; /* the service reads bodies as markup */
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinnetNotifications, linnet_notifications, G_TYPE_OBJECT)

static void send_next (LinnetNotifications *self, Shown *shown);

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_free (shown->key);
  g_free (shown->title);
  g_free (shown->body);
  g_free (shown);
}

/* Calls */

static void
call (LinnetNotifications *self,
      const char *method,
      GVariant *parameters,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_dbus_connection_call (self->connection, BUS_NAME, OBJECT_PATH, INTERFACE, method, parameters,
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, callback, user_data);
}

static void
close_on_service (LinnetNotifications *self, guint32 id)
{
  call (self, "CloseNotification", g_variant_new ("(u)", id), NULL, NULL);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Shown *shown = user_data;
  g_autoptr (LinnetNotifications) self = g_steal_pointer (&shown->self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(u)")))
    g_variant_get (reply, "(u)", &shown->id);
  else if (error != NULL)
    g_debug ("no notification: %s", error->message);
  if (shown->is_withdrawn)
    {
      if (shown->id != 0)
        close_on_service (self, shown->id);
      shown_free (shown);
    }
  else if (shown->title != NULL)
    send_next (self, shown);
  else if (shown->id == 0)
    g_hash_table_remove (self->shown, shown->key);
}

static GVariant *
make_parameters (LinnetNotifications *self, const Shown *shown)
{
  g_autofree char *body
      = self->has_markup ? g_markup_escape_text (shown->body, -1) : g_strdup (shown->body);
  GVariantBuilder actions, hints;

  g_variant_builder_init (&actions, G_VARIANT_TYPE ("as"));
  g_variant_builder_add (&actions, "s", "default");
  g_variant_builder_add (&actions, "s", _ ("Open"));
  g_variant_builder_init (&hints, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&hints, "{sv}", "category", g_variant_new_string ("im.received"));
  g_variant_builder_add (&hints, "{sv}", "desktop-entry",
                         g_variant_new_string (LINNET_APPLICATION_ID));
  return g_variant_new ("(susssasa{sv}i)", "Linnet", shown->id, LINNET_APPLICATION_ID, shown->title,
                        body, &actions, &hints, -1);
}

static void
send_next (LinnetNotifications *self, Shown *shown)
{
  GVariant *parameters;

  if (!self->knows_capabilities)
    return;
  parameters = make_parameters (self, shown);
  g_clear_pointer (&shown->title, g_free);
  g_clear_pointer (&shown->body, g_free);
  shown->self = g_object_ref (self);
  call (self, "Notify", parameters, on_shown, shown);
}

/* What was asked for meanwhile is shown now. */
static void
on_capabilities (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetNotifications) self = user_data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autofree const char **capabilities = NULL;
  GHashTableIter iter;
  gpointer shown;

  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(as)")))
    {
      g_variant_get (reply, "(^a&s)", &capabilities);
      self->has_markup = g_strv_contains (capabilities, "body-markup");
    }
  self->knows_capabilities = TRUE;
  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, NULL, &shown))
    send_next (self, shown);
}

/* Signals of the service */

static Shown *
find_by_id (LinnetNotifications *self, guint32 id)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (((Shown *) value)->id == id)
        return value;
    }
  return NULL;
}

static void
on_action (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *name,
           GVariant *parameters,
           gpointer user_data)
{
  g_autoptr (LinnetNotifications) self = g_object_ref (user_data);
  g_autofree char *key = NULL;
  guint32 id;
  Shown *shown;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(us)")))
    return;
  g_variant_get (parameters, "(us)", &id, NULL);
  shown = id != 0 ? find_by_id (self, id) : NULL;
  if (shown == NULL)
    return;
  key = g_strdup (shown->key);
  g_signal_emit (self, signals[ACTIVATED], 0, key);
  linnet_notifications_withdraw (self, key);
}

static void
on_closed (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *name,
           GVariant *parameters,
           gpointer user_data)
{
  LinnetNotifications *self = user_data;
  guint32 id;
  Shown *shown;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(uu)")))
    return;
  g_variant_get (parameters, "(uu)", &id, NULL);
  shown = id != 0 ? find_by_id (self, id) : NULL;
  if (shown == NULL)
    return;
  shown->id = 0;
  /* With a call under way its answer decides. */
  if (shown->self == NULL)
    g_hash_table_remove (self->shown, shown->key);
}

/* Public */

void
linnet_notifications_show (LinnetNotifications *self,
                           const char *key,
                           const char *title,
                           const char *body)
{
  Shown *shown;

  g_return_if_fail (LINNET_IS_NOTIFICATIONS (self));
  g_return_if_fail (key != NULL && title != NULL && body != NULL);

  if (self->connection == NULL)
    return;
  shown = g_hash_table_lookup (self->shown, key);
  if (shown == NULL)
    {
      shown = g_new0 (Shown, 1);
      shown->key = g_strdup (key);
      g_hash_table_insert (self->shown, shown->key, shown);
    }
  g_free (shown->title);
  g_free (shown->body);
  shown->title = g_strdup (title);
  shown->body = g_strdup (body);
  if (shown->self == NULL)
    send_next (self, shown);
}

void
linnet_notifications_withdraw (LinnetNotifications *self, const char *key)
{
  Shown *shown;

  g_return_if_fail (LINNET_IS_NOTIFICATIONS (self));
  g_return_if_fail (key != NULL);

  shown = g_hash_table_lookup (self->shown, key);
  if (shown == NULL)
    return;
  g_hash_table_steal (self->shown, key);
  shown->is_withdrawn = TRUE;
  if (shown->self != NULL)
    return;
  if (shown->id != 0)
    close_on_service (self, shown->id);
  shown_free (shown);
}

void
linnet_notifications_withdraw_all (LinnetNotifications *self)
{
  g_autofree gpointer *keys = NULL;
  guint n;

  g_return_if_fail (LINNET_IS_NOTIFICATIONS (self));

  keys = g_hash_table_get_keys_as_array (self->shown, &n);
  for (guint i = 0; i < n; i++)
    linnet_notifications_withdraw (self, keys[i]);
}

guint
linnet_notifications_get_n_shown (LinnetNotifications *self)
{
  g_return_val_if_fail (LINNET_IS_NOTIFICATIONS (self), 0);
  return g_hash_table_size (self->shown);
}

/* GObject */

static void
linnet_notifications_dispose (GObject *object)
{
  LinnetNotifications *self = LINNET_NOTIFICATIONS (object);

  if (self->connection != NULL)
    {
      linnet_notifications_withdraw_all (self);
      g_dbus_connection_signal_unsubscribe (self->connection, self->action_subscription);
      g_dbus_connection_signal_unsubscribe (self->connection, self->closed_subscription);
      g_clear_object (&self->connection);
    }
  G_OBJECT_CLASS (linnet_notifications_parent_class)->dispose (object);
}

static void
linnet_notifications_finalize (GObject *object)
{
  g_hash_table_unref (LINNET_NOTIFICATIONS (object)->shown);
  G_OBJECT_CLASS (linnet_notifications_parent_class)->finalize (object);
}

static void
linnet_notifications_class_init (LinnetNotificationsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linnet_notifications_dispose;
  object_class->finalize = linnet_notifications_finalize;
  signals[ACTIVATED] = g_signal_new ("activated", LINNET_TYPE_NOTIFICATIONS, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
linnet_notifications_init (LinnetNotifications *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, shown_free);
}

static guint
subscribe (LinnetNotifications *self, const char *signal, GDBusSignalCallback callback)
{
  return g_dbus_connection_signal_subscribe (self->connection, BUS_NAME, INTERFACE, signal,
                                             OBJECT_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, callback,
                                             self, NULL);
}

LinnetNotifications *
linnet_notifications_new (GDBusConnection *connection)
{
  LinnetNotifications *self = g_object_new (LINNET_TYPE_NOTIFICATIONS, NULL);

  if (connection == NULL)
    return self;
  self->connection = g_object_ref (connection);
  self->action_subscription = subscribe (self, "ActionInvoked", on_action);
  self->closed_subscription = subscribe (self, "NotificationClosed", on_closed);
  call (self, "GetCapabilities", NULL, on_capabilities, g_object_ref (self));
  return self;
}
