/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which messages are announced: one notification per conversation, replaced by its next message,
 * none for the conversation that is open in the active window, withdrawn when it is read or the
 * session ends. Main thread. */
#pragma once

#include "linnet-notifications.h"
#include "linnet-session.h"
#include "linnet-settings.h"

#define LINNET_TYPE_NOTIFIER (linnet_notifier_get_type ())
G_DECLARE_FINAL_TYPE (LinnetNotifier, linnet_notifier, LINNET, NOTIFIER, GObject)

LinnetNotifier *linnet_notifier_new (LinnetSession *session,
                                     LinnetSettings *settings,
                                     LinnetNotifications *notifications);

/* Is the application's window the active one: then the open conversation is not announced. */
void linnet_notifier_set_window_active (LinnetNotifier *self, gboolean is_active);
