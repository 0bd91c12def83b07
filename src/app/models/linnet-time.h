/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as people read them, in the local time zone, translated. Pure functions of their arguments;
 * `now` and `time` in seconds since 1970. All results transfer full. */
#pragma once

#include <glib.h>

/* 12 or 24 hours, process wide; told once by the desktop layer. Main thread. */
void linnet_time_set_12h (gboolean is_12h);

/* "9:57", "9:57 PM" */
char *linnet_time_format_clock (gint64 time);
/* For a row of the list: today the clock, "Yesterday", weekday within 7 days, "3 May",
 * "3 May 2025" */
char *linnet_time_format_row (gint64 time, gint64 now);
/* For a day pill: "Today", "Yesterday", weekday within 7 days, "3 May", "3 May 2025" */
char *linnet_time_format_day (gint64 time, gint64 now);
/* "3 May 2025, 9:57" */
char *linnet_time_format_full (gint64 time);
/* Are both on the same local day. */
gboolean linnet_time_same_day (gint64 a, gint64 b);
/* Seconds from now until the next local midnight, at least 1. */
gint64 linnet_time_until_midnight (gint64 now);
