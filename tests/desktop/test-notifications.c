/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On a session bus of its own, with a notification service that writes down what it is asked. */
#include "fake-backend.h"
#include "im-loop.h"
#include "linnet-notifier.h"
#include "models-test.h"

/* GLib leaks a few bytes when a proxy cannot be made: tests/lsan.supp can name it only when the
 * address sanitizer follows the stack through GLib. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

#define NOW (g_get_real_time () / G_USEC_PER_SEC)

static const char introspection[]
    = "<node><interface name='org.freedesktop.Notifications'>"
      "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
      "<method name='GetServerInformation'><arg type='s' direction='out'/>"
      "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
      "<arg type='s' direction='out'/></method>"
      "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
      "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
      "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
      "</interface></node>";

typedef struct
{
  GDBusConnection *service;
  GDBusNodeInfo *node;
  GString *log; /* what the service was asked, joined by "|" */
  guint32 last_id;
  gboolean hangs;                 /* the service keeps a call unanswered: */
  GDBusMethodInvocation *pending; /* owned, nullable */

  FakeBackend *backend;
  LinnetSession *session;
  LinnetSettings *settings;
  LinnetNotifications *notifications;
  LinnetNotifier *notifier;
  char *activated;
} Fixture;

static GTestDBus *bus; /* of the whole program: libnotify knows one session bus */

static void
take_notify (Fixture *f, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *title, *body;
  guint32 replaces;

  g_variant_get (parameters, "(&su&s&s&sasa{sv}i)", NULL, &replaces, NULL, &title, &body, NULL,
                 NULL, NULL);
  g_string_append_printf (f->log, "%sshow %u %s: %s", f->log->len > 0 ? "|" : "", replaces, title,
                          body);
  if (replaces == 0)
    replaces = ++f->last_id;
  if (f->hangs)
    {
      g_assert_null (f->pending);
      f->pending = g_object_ref (invocation);
      return;
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", replaces));
}

static void
on_method (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  static const char *const capabilities[] = { "body", "body-markup", "actions", NULL };
  Fixture *f = user_data;
  guint32 id;

  if (g_str_equal (method, "GetCapabilities"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", capabilities));
  else if (g_str_equal (method, "GetServerInformation"))
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(ssss)", "test", "Linnet", "1", "1.2"));
  else if (g_str_equal (method, "Notify"))
    take_notify (f, parameters, invocation);
  else
    {
      g_variant_get (parameters, "(u)", &id);
      g_string_append_printf (f->log, "%sclose %u", f->log->len > 0 ? "|" : "", id);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static const GDBusInterfaceVTable vtable = { .method_call = on_method };

static GDBusConnection *
connect_to (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
on_activated (LinnetNotifications *notifications, const char *key, Fixture *f)
{
  g_free (f->activated);
  f->activated = g_strdup (key);
}

static void
start_service (Fixture *f)
{
  g_autoptr (GVariant) reply = NULL;

  f->service = connect_to (f);
  f->node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_dbus_connection_register_object (f->service, "/org/freedesktop/Notifications",
                                     f->node->interfaces[0], &vtable, f, NULL, NULL);
  reply = g_dbus_connection_call_sync (f->service, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.Notifications", 0),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (reply);
}

static void
set_up (Fixture *f, gconstpointer has_service)
{
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");

  f->log = g_string_new (NULL);
  if (has_service != NULL)
    start_service (f);
  f->backend = fake_backend_new ();
  f->session = linnet_session_new (LINNET_BACKEND (f->backend));
  f->settings = linnet_settings_new (TRUE);
  f->notifications = linnet_notifications_new ();
  f->notifier = linnet_notifier_new (f->session, f->settings, f->notifications);
  g_signal_connect (f->notifications, "activated", G_CALLBACK (on_activated), f);
  linnet_session_resume (f->session, account);
  wait_until (linnet_session_get_connection (f->session) == LINNET_CONNECTION_ONLINE);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_dbus_connection_close_finish (G_DBUS_CONNECTION (source), result, NULL);
  *(gboolean *) user_data = TRUE;
}

static void
drop (GDBusConnection *connection)
{
  gboolean is_closed = FALSE;

  if (connection == NULL)
    return;
  g_dbus_connection_close (connection, NULL, on_closed, &is_closed);
  wait_until (is_closed);
  g_object_unref (connection);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  settle_down ();
  g_assert_finalize_object (f->notifier);
  g_object_unref (f->notifications);
  g_object_unref (f->session);
  g_object_unref (f->backend);
  g_object_unref (f->settings);
  g_clear_object (&f->pending);
  drop (f->service);
  g_clear_pointer (&f->node, g_dbus_node_info_unref);
  g_string_free (f->log, TRUE);
  g_free (f->activated);
}

#define wait_log(f, expected) wait_until (g_str_equal ((f)->log->str, expected))

static void
test_replaced_and_withdrawn (Fixture *f, gconstpointer data)
{
  fake_backend_receive (f->backend, "bob", "bob", "a < b\nc", NOW);
  wait_log (f, "show 0 bob: a &lt; b c");
  fake_backend_receive (f->backend, "bob", "bob", "second", NOW);
  wait_log (f, "show 0 bob: a &lt; b c|show 1 bob: second");
  g_assert_cmpuint (linnet_notifications_get_n_shown (f->notifications), ==, 1);
  g_string_truncate (f->log, 0);
  linnet_conversation_mark_read (linnet_session_get_conversation (f->session, "c2c:bob"), NULL);
  wait_log (f, "close 1");
  g_assert_cmpuint (linnet_notifications_get_n_shown (f->notifications), ==, 0);
}

static void
test_own_and_open_are_silent (Fixture *f, gconstpointer data)
{
  LinnetConversation *conversation;

  fake_backend_receive (f->backend, "bob", NULL, "from my phone", NOW);
  conversation = linnet_session_get_conversation (f->session, "c2c:bob");
  linnet_conversation_open (conversation);
  linnet_notifier_set_window_active (f->notifier, TRUE);
  fake_backend_receive (f->backend, "bob", "bob", "seen", NOW);
  linnet_notifier_set_window_active (f->notifier, FALSE);
  fake_backend_receive (f->backend, "bob", "bob", "not seen", NOW);
  wait_log (f, "show 0 bob: not seen");
}

static void
test_switched_off (Fixture *f, gconstpointer data)
{
  g_object_set (f->settings, "notifications-enabled", FALSE, NULL);
  fake_backend_receive (f->backend, "bob", "bob", "hi", NOW);
  g_assert_cmpuint (linnet_notifications_get_n_shown (f->notifications), ==, 0);
}

static void
test_activated (Fixture *f, gconstpointer data)
{
  fake_backend_receive (f->backend, "bob", "bob", "hi", NOW);
  wait_log (f, "show 0 bob: hi");
  settle_down ();
  g_dbus_connection_emit_signal (f->service, NULL, "/org/freedesktop/Notifications",
                                 "org.freedesktop.Notifications", "ActionInvoked",
                                 g_variant_new ("(us)", 1, "default"), NULL);
  wait_until (f->activated != NULL);
  g_assert_cmpstr (f->activated, ==, "c2c:bob");
}

static void
test_closed_by_the_person (Fixture *f, gconstpointer data)
{
  fake_backend_receive (f->backend, "bob", "bob", "hi", NOW);
  wait_log (f, "show 0 bob: hi");
  settle_down ();
  g_dbus_connection_emit_signal (f->service, NULL, "/org/freedesktop/Notifications",
                                 "org.freedesktop.Notifications", "NotificationClosed",
                                 g_variant_new ("(uu)", 1, 2), NULL);
  wait_until (linnet_notifications_get_n_shown (f->notifications) == 0);
}

static void
test_kicked_withdraws (Fixture *f, gconstpointer data)
{
  fake_backend_receive (f->backend, "bob", "bob", "hi", NOW);
  wait_log (f, "show 0 bob: hi");
  linnet_backend_emit_kicked (LINNET_BACKEND (f->backend));
  wait_log (f, "show 0 bob: hi|close 1");
}

/* A service that hangs holds up nobody, and gets the newest when it is back. */
static void
test_service_hangs (Fixture *f, gconstpointer data)
{
  f->hangs = TRUE;
  fake_backend_receive (f->backend, "bob", "bob", "first", NOW);
  wait_until (f->pending != NULL);
  fake_backend_receive (f->backend, "bob", "bob", "second", NOW);
  fake_backend_receive (f->backend, "bob", "bob", "third", NOW);
  settle_down ();
  g_assert_cmpstr (f->log->str, ==, "show 0 bob: first");
  f->hangs = FALSE;
  g_dbus_method_invocation_return_value (g_steal_pointer (&f->pending), g_variant_new ("(u)", 1));
  wait_log (f, "show 0 bob: first|show 1 bob: third");
}

static void
test_ends_while_the_service_hangs (Fixture *f, gconstpointer data)
{
  f->hangs = TRUE;
  fake_backend_receive (f->backend, "bob", "bob", "first", NOW);
  wait_until (f->pending != NULL); /* and stays so: the fixture is torn down all the same */
}

/* No service at the bus: nothing happens, and nothing is kept. */
static void
test_no_service (Fixture *f, gconstpointer data)
{
  g_test_expect_message ("libnotify", G_LOG_LEVEL_WARNING, "Failed to connect to proxy");
  g_test_expect_message ("libnotify", G_LOG_LEVEL_WARNING, "Failed to connect to proxy");
  fake_backend_receive (f->backend, "bob", "bob", "hi", NOW);
  wait_until (linnet_notifications_get_n_shown (f->notifications) == 0);
  fake_backend_receive (f->backend, "bob", "bob", "still there", NOW);
  wait_until (linnet_notifications_get_n_shown (f->notifications) == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_MAIN);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
#define ADD(name, data, func)                                                                      \
  g_test_add ("/desktop/notifications/" name, Fixture, data, set_up, func, tear_down)
#define SERVICE GINT_TO_POINTER (TRUE)
  ADD ("replaced-and-withdrawn", SERVICE, test_replaced_and_withdrawn);
  ADD ("own-and-open-are-silent", SERVICE, test_own_and_open_are_silent);
  ADD ("switched-off", SERVICE, test_switched_off);
  ADD ("activated", SERVICE, test_activated);
  ADD ("closed-by-the-person", SERVICE, test_closed_by_the_person);
  ADD ("kicked-withdraws", SERVICE, test_kicked_withdraws);
  ADD ("no-service", NULL, test_no_service);
  ADD ("service-hangs", SERVICE, test_service_hangs);
  ADD ("ends-while-the-service-hangs", SERVICE, test_ends_while_the_service_hangs);
  /* The bus ends after us: GLib ends a program whose session bus is gone. */
  return g_test_run ();
}
