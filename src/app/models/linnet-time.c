/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-time.h"

#include <glib/gi18n-lib.h>

/* Main thread only: told once by the desktop layer, read by the models. */
static gboolean hours_are_12;

void
linnet_time_set_12h (gboolean is_12h)
{
  hours_are_12 = is_12h;
}

/* Where TZ is not set, GLib looks up /etc/localtime anew for every time, which for a list of
 * thousands of rows is most of their cost. Half a second's trust in the last answer removes that;
 * what is formatted later sees that the zone was changed. */
#define ZONE_TRUST_US (G_USEC_PER_SEC / 2)

static GTimeZone *
local_zone (void)
{
  static GTimeZone *zone;
  static char *variable;
  static gint64 since_us;
  const char *now_variable = g_getenv ("TZ");
  gint64 now_us = g_get_monotonic_time ();

  if (zone != NULL && now_us - since_us < ZONE_TRUST_US && g_strcmp0 (variable, now_variable) == 0)
    return zone;
  g_clear_pointer (&zone, g_time_zone_unref);
  g_free (variable);
  zone = g_time_zone_new_local ();
  variable = g_strdup (now_variable);
  since_us = now_us;
  return zone;
}

static GDateTime *
local (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  GDateTime *date = utc != NULL ? g_date_time_to_timezone (utc, local_zone ()) : NULL;

  /* A peer may send any number; what is no date is shown as the first one. */
  return date != NULL ? date : g_date_time_new_from_unix_local (0);
}

static char *
format (GDateTime *date, const char *pattern)
{
  char *text = g_date_time_format (date, pattern);

  return text != NULL ? text : g_strdup ("");
}

/* Whole local days from a to b: 0 on the same day, 1 when b is the day after a. */
static int
days_between (GDateTime *a, GDateTime *b)
{
  g_autoptr (GDateTime) noon_a
      = g_date_time_new_utc (g_date_time_get_year (a), g_date_time_get_month (a),
                             g_date_time_get_day_of_month (a), 12, 0, 0);
  g_autoptr (GDateTime) noon_b
      = g_date_time_new_utc (g_date_time_get_year (b), g_date_time_get_month (b),
                             g_date_time_get_day_of_month (b), 12, 0, 0);

  return (int) (g_date_time_difference (noon_b, noon_a) / G_TIME_SPAN_DAY);
}

static const char *
clock_pattern (void)
{
  if (hours_are_12)
    /* Translators: the time of a message, 12-hour clock, as for g_date_time_format() */
    return C_ ("time", "%-I:%M %p");
  /* Translators: the time of a message, 24-hour clock, as for g_date_time_format() */
  return C_ ("time", "%-H:%M");
}

char *
linnet_time_format_clock (gint64 time)
{
  g_autoptr (GDateTime) date = local (time);

  return format (date, clock_pattern ());
}

static char *
format_date (gint64 time, gint64 now, gboolean today_as_clock)
{
  g_autoptr (GDateTime) date = local (time);
  g_autoptr (GDateTime) today = local (now);
  int days = days_between (date, today);

  if (days == 0)
    return today_as_clock ? format (date, clock_pattern ()) : g_strdup (_ ("Today"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (days > 1 && days < 7)
    return format (date, "%A");
  if (g_date_time_get_year (date) == g_date_time_get_year (today))
    /* Translators: a day of this year ("3 May"), as for g_date_time_format() */
    return format (date, C_ ("date", "%-d %B"));
  /* Translators: a day of another year ("3 May 2025"), as for g_date_time_format() */
  return format (date, C_ ("date", "%-d %B %Y"));
}

char *
linnet_time_format_row (gint64 time, gint64 now)
{
  return format_date (time, now, TRUE);
}

char *
linnet_time_format_day (gint64 time, gint64 now)
{
  return format_date (time, now, FALSE);
}

char *
linnet_time_format_full (gint64 time)
{
  g_autoptr (GDateTime) date = local (time);
  g_autofree char *day = format (date, C_ ("date", "%-d %B %Y"));
  g_autofree char *clock = format (date, clock_pattern ());

  /* Translators: a date and a time of day */
  return g_strdup_printf (C_ ("time", "%s, %s"), day, clock);
}

gboolean
linnet_time_same_day (gint64 a, gint64 b)
{
  g_autoptr (GDateTime) date_a = local (a);
  g_autoptr (GDateTime) date_b = local (b);

  return days_between (date_a, date_b) == 0;
}

gint64
linnet_time_until_midnight (gint64 now)
{
  g_autoptr (GDateTime) date = local (now);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (date, 1);
  g_autoptr (GDateTime) midnight
      = g_date_time_new_local (g_date_time_get_year (tomorrow), g_date_time_get_month (tomorrow),
                               g_date_time_get_day_of_month (tomorrow), 0, 0, 0);

  return MAX (1, g_date_time_to_unix (midnight) - now);
}
