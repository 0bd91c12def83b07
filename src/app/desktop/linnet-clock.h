/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's choice between 12 and 24 hours, kept for all times shown. Main thread. */
#pragma once

#include <gio/gio.h>

/* Takes over the choice and follows it: `changed` is called after it became different. Returns what
 * to unref in the end, NULL where the desktop has no such setting (then 24 hours). */
GSettings *linnet_clock_follow (GCallback changed, gpointer user_data);
