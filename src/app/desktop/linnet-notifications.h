/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The notifications of the desktop, by libnotify. Its calls wait for the notification service,
 * which may hang: they are made on a thread of their own, and the window never waits. Notifications
 * are named by a key; showing one again replaces it. Where no service runs nothing happens. Main
 * thread.
 *
 * Signal: "activated" (const char *key): the person chose that notification. */
#pragma once

#include <gio/gio.h>

#define LINNET_TYPE_NOTIFICATIONS (linnet_notifications_get_type ())
G_DECLARE_FINAL_TYPE (LinnetNotifications, linnet_notifications, LINNET, NOTIFICATIONS, GObject)

LinnetNotifications *linnet_notifications_new (void);

/* title and body are plain text. */
void linnet_notifications_show (LinnetNotifications *self,
                                const char *key,
                                const char *title,
                                const char *body);
void linnet_notifications_withdraw (LinnetNotifications *self, const char *key);
void linnet_notifications_withdraw_all (LinnetNotifications *self);
/* How many are shown, or on their way. */
guint linnet_notifications_get_n_shown (LinnetNotifications *self);
