/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: welcome and sign-in, or conversations beside messages (one at a time when narrower
 * than 600). Follows the session's state by itself. Main thread.
 *
 * Style sheets and icons lie under LINNET_RESOURCE_PATH: the application sets that as its resource
 * base path, and GTK loads them.
 *
 * Actions: win.new-conversation, win.open-address (s), win.search, win.back, win.next-conversation,
 * win.previous-conversation, win.next-pane, win.newest-message, win.larger-text, win.smaller-text,
 * win.normal-text, win.sign-in, win.sign-out, win.about, win.toast (s), win.show-help-overlay. An
 * application without an action "quit" gets one. */
#pragma once

#include "linnet-session.h"
#include "linnet-settings.h"
#include <adwaita.h>

#define LINNET_TYPE_WINDOW (linnet_window_get_type ())
G_DECLARE_FINAL_TYPE (LinnetWindow, linnet_window, LINNET, WINDOW, AdwApplicationWindow)

GtkWindow *
linnet_window_new (AdwApplication *application, LinnetSession *session, LinnetSettings *settings);

/* Shows a conversation, by its key ("c2c:bob") or id ("bob"), and raises nothing. Unknown ones are
 * ignored. */
void linnet_window_open_conversation (GtkWindow *window, const char *conv_id);
