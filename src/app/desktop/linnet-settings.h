/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the application remembers between runs, no secrets: GSettings (im.linnet.Linnet), or memory
 * only when the schema is not installed or a profile asked for it. Main thread.
 *
 * Properties, read-write, to be bound: "window-width", "window-height" (int), "window-maximized",
 * "notifications-enabled" (boolean), "text-scale" (double, 0.8…2.0). */
#pragma once

#include "linnet-account.h"
#include <gio/gio.h>

#define LINNET_TYPE_SETTINGS (linnet_settings_get_type ())
G_DECLARE_FINAL_TYPE (LinnetSettings, linnet_settings, LINNET, SETTINGS, GObject)

/* in_memory: nothing is read or written (a second instance for another person, tests). */
LinnetSettings *linnet_settings_new (gboolean in_memory);

int linnet_settings_get_window_width (LinnetSettings *self);
int linnet_settings_get_window_height (LinnetSettings *self);
gboolean linnet_settings_get_window_maximized (LinnetSettings *self);
void linnet_settings_set_window_size (LinnetSettings *self, int width, int height);
void linnet_settings_set_window_maximized (LinnetSettings *self, gboolean maximized);
gboolean linnet_settings_get_notifications_enabled (LinnetSettings *self);
double linnet_settings_get_text_scale (LinnetSettings *self);
void linnet_settings_set_text_scale (LinnetSettings *self, double scale);

/* The account signed in last, without its password; NULL when there is none. Transfer full. */
LinnetAccount *linnet_settings_dup_account (LinnetSettings *self);
/* NULL forgets it. The password is not kept here. */
void linnet_settings_set_account (LinnetSettings *self, const LinnetAccount *account);
