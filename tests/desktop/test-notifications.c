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
  FakeBackend *backend;
  LinnetSession *session;
  LinnetSettings *settings;
  LinnetNotifications *notifications;
  LinnetNotifier *notifier;
  char *activated;
} Fixture;

/* Bus and service are of the whole program: libnotify knows one session bus, and learns only some
 * time later that a service has become another one. The service has a thread of its own: libnotify
 * waits for its answers, and we for libnotify's end. */
static GTestDBus *bus;

typedef struct
{
  ImLoop *loop; /* NULL: not there yet */
  GDBusConnection *connection;
  GMutex lock;      /* of all that follows */
  GString *log;     /* what it was asked in this test, joined by "|" */
  guint32 first_id; /* behind those of the tests before, which is 0 in the log */
  guint32 last_id;
  gboolean hangs;                 /* it keeps a call unanswered: */
  GDBusMethodInvocation *pending; /* owned, nullable */
} Service;

static Service service;

static void
write_log (const char *format, ...)
{
  va_list arguments;

  if (service.log->len > 0)
    g_string_append_c (service.log, '|');
  va_start (arguments, format);
  g_string_append_vprintf (service.log, format, arguments);
  va_end (arguments);
}

static void
take_notify (GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *title, *body;
  guint32 replaces;

  g_variant_get (parameters, "(&su&s&s&sasa{sv}i)", NULL, &replaces, NULL, &title, &body, NULL,
                 NULL, NULL);
  write_log ("show %u %s: %s", replaces > 0 ? replaces - service.first_id : 0, title, body);
  if (replaces == 0)
    replaces = ++service.last_id;
  if (service.hangs)
    service.pending = g_object_ref (invocation);
  else
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&service.lock);
  guint32 id;

  if (g_str_equal (method, "GetCapabilities"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", capabilities));
  else if (g_str_equal (method, "GetServerInformation"))
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(ssss)", "test", "Linnet", "1", "1.2"));
  else if (g_str_equal (method, "Notify"))
    take_notify (parameters, invocation);
  else
    {
      g_variant_get (parameters, "(u)", &id);
      write_log ("close %u", id - service.first_id);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static const GDBusInterfaceVTable vtable = { .method_call = on_method };

static void
on_activated (LinnetNotifications *notifications, const char *key, Fixture *f)
{
  g_free (f->activated);
  f->activated = g_strdup (key);
}

static void
run_service (gpointer data)
{
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GVariant) reply = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);

  g_dbus_connection_register_object (connection, "/org/freedesktop/Notifications",
                                     node->interfaces[0], &vtable, NULL, NULL, NULL);
  reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.Notifications", 0),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (reply);
  g_atomic_pointer_set (&service.connection, connection);
}

static void
start_service (void)
{
  service.loop = im_loop_new ("service", IM_THREAD_OTHER);
  im_loop_post (service.loop, run_service, NULL);
  wait_until (g_atomic_pointer_get (&service.connection) != NULL);
}

static void
reset_service (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&service.lock);

  g_string_truncate (service.log, 0);
  service.first_id = service.last_id;
  service.hangs = FALSE;
}

static void
emit (const char *signal, const char *format, const char *action, guint32 reason)
{
  guint32 id = service.first_id + 1;

  g_dbus_connection_emit_signal (service.connection, NULL, "/org/freedesktop/Notifications",
                                 "org.freedesktop.Notifications", signal,
                                 action != NULL ? g_variant_new (format, id, action)
                                                : g_variant_new (format, id, reason),
                                 NULL);
}

/* The call that hangs; nullable */
static GDBusMethodInvocation *
get_pending (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&service.lock);

  return service.pending;
}

static void
hang (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&service.lock);

  service.hangs = TRUE;
}

static void
hang_no_longer (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&service.lock);

  service.hangs = FALSE;
  g_dbus_method_invocation_return_value (g_steal_pointer (&service.pending),
                                         g_variant_new ("(u)", service.last_id));
}

static gboolean
has_log (const char *expected)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&service.lock);

  return g_str_equal (service.log->str, expected);
}

#define wait_log(expected) wait_until (has_log (expected))

static void
set_up (Fixture *f, gconstpointer has_service)
{
  g_autoptr (LinnetAccount) account = linnet_account_new ("alice@example.org", "secret");

  if (has_service != NULL && service.loop == NULL)
    start_service ();
  reset_service ();
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
tear_down (Fixture *f, gconstpointer data)
{
  settle_down ();
  g_assert_finalize_object (f->notifier);
  g_object_unref (f->notifications);
  g_object_unref (f->session);
  g_object_unref (f->backend);
  g_object_unref (f->settings);
  g_free (f->activated);
}

static void
test_replaced_and_withdrawn (Fixture *f, gconstpointer data)
{
  fake_backend_receive (f->backend, "bob", "bob", "a < b\nc", NOW);
  wait_log ("show 0 bob: a &lt; b c");
  fake_backend_receive (f->backend, "bob", "bob", "second", NOW);
  wait_log ("show 0 bob: a &lt; b c|show 1 bob: second");
  g_assert_cmpuint (linnet_notifications_get_n_shown (f->notifications), ==, 1);
  linnet_conversation_mark_read (linnet_session_get_conversation (f->session, "c2c:bob"), NULL);
  wait_log ("show 0 bob: a &lt; b c|show 1 bob: second|close 1");
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
  wait_log ("show 0 bob: not seen");
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
  wait_log ("show 0 bob: hi");
  settle_down ();
  emit ("ActionInvoked", "(us)", "default", 0);
  wait_until (f->activated != NULL);
  g_assert_cmpstr (f->activated, ==, "c2c:bob");
}

static void
test_closed_by_the_person (Fixture *f, gconstpointer data)
{
  fake_backend_receive (f->backend, "bob", "bob", "hi", NOW);
  wait_log ("show 0 bob: hi");
  settle_down ();
  emit ("NotificationClosed", "(uu)", NULL, 2);
  wait_until (linnet_notifications_get_n_shown (f->notifications) == 0);
}

static void
test_kicked_withdraws (Fixture *f, gconstpointer data)
{
  fake_backend_receive (f->backend, "bob", "bob", "hi", NOW);
  wait_log ("show 0 bob: hi");
  linnet_backend_emit_kicked (LINNET_BACKEND (f->backend));
  wait_log ("show 0 bob: hi|close 1");
}

/* A service that hangs holds up nobody, and gets the newest when it is back. */
static void
test_service_hangs (Fixture *f, gconstpointer data)
{
  hang ();
  fake_backend_receive (f->backend, "bob", "bob", "first", NOW);
  wait_until (get_pending () != NULL);
  fake_backend_receive (f->backend, "bob", "bob", "second", NOW);
  fake_backend_receive (f->backend, "bob", "bob", "third", NOW);
  settle_down ();
  g_assert_true (has_log ("show 0 bob: first"));
  hang_no_longer ();
  wait_log ("show 0 bob: first|show 1 bob: third");
}

static void
test_ends_while_the_service_hangs (Fixture *f, gconstpointer data)
{
  hang ();
  fake_backend_receive (f->backend, "bob", "bob", "first", NOW);
  wait_until (get_pending () != NULL); /* and stays so: the fixture is torn down all the same */
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
  service.log = g_string_new (NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
#define ADD(name, data, func)                                                                      \
  g_test_add ("/desktop/notifications/" name, Fixture, data, set_up, func, tear_down)
#define SERVICE GINT_TO_POINTER (TRUE)
  ADD ("no-service", NULL, test_no_service); /* before there is one */
  ADD ("replaced-and-withdrawn", SERVICE, test_replaced_and_withdrawn);
  ADD ("own-and-open-are-silent", SERVICE, test_own_and_open_are_silent);
  ADD ("switched-off", SERVICE, test_switched_off);
  ADD ("activated", SERVICE, test_activated);
  ADD ("closed-by-the-person", SERVICE, test_closed_by_the_person);
  ADD ("kicked-withdraws", SERVICE, test_kicked_withdraws);
  ADD ("service-hangs", SERVICE, test_service_hangs);
  ADD ("ends-while-the-service-hangs", SERVICE, test_ends_while_the_service_hangs);
  /* The bus ends after us: GLib ends a program whose session bus is gone. */
  return g_test_run ();
}
