/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-time.h"

/* Wednesday, 14 May 2025, 12:00 UTC; the tests run in UTC and the C locale. */
#define NOW G_GINT64_CONSTANT (1747224000)
#define DAY (24 * 60 * 60)

typedef struct
{
  gint64 time;
  const char *row;
  const char *day;
} Case;

static void
test_a_changed_time_zone_is_seen_at_once (void)
{
  static const char *const zones[] = { "UTC", "Asia/Shanghai", "UTC" };
  static const char *const clocks[] = { "12:00", "20:00", "12:00" };
  g_autofree char *before = g_strdup (g_getenv ("TZ"));

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *clock = NULL;

      g_setenv ("TZ", zones[i], TRUE);
      clock = linnet_time_format_clock (NOW);
      g_assert_cmpstr (clock, ==, clocks[i]);
    }
  if (before != NULL)
    g_setenv ("TZ", before, TRUE);
  else
    g_unsetenv ("TZ");
}

static void
test_labels (void)
{
  static const Case cases[] = {
    { NOW, "12:00", "Today" },
    { NOW - 3 * 3600 - 180, "8:57", "Today" },
    { NOW - DAY, "Yesterday", "Yesterday" },
    { NOW - 13 * 3600, "Yesterday", "Yesterday" },
    { NOW - 2 * DAY, "Monday", "Monday" },
    { NOW - 6 * DAY, "Thursday", "Thursday" },
    { NOW - 7 * DAY, "7 May", "7 May" },
    { NOW - 365 * DAY, "14 May 2024", "14 May 2024" },
    { NOW + DAY, "15 May", "15 May" },
    { G_MAXINT64, "1 January 1970", "1 January 1970" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *row = linnet_time_format_row (cases[i].time, NOW);
      g_autofree char *day = linnet_time_format_day (cases[i].time, NOW);

      g_assert_cmpstr (row, ==, cases[i].row);
      g_assert_cmpstr (day, ==, cases[i].day);
    }
}

static void
test_clock (void)
{
  g_autofree char *clock_24 = linnet_time_format_clock (NOW + 3600);
  g_autofree char *full = linnet_time_format_full (NOW);
  g_autofree char *clock_12 = NULL;

  linnet_time_set_12h (TRUE);
  clock_12 = linnet_time_format_clock (NOW + 3600);
  linnet_time_set_12h (FALSE);
  g_assert_cmpstr (clock_24, ==, "13:00");
  g_assert_cmpstr (clock_12, ==, "1:00 PM");
  g_assert_cmpstr (full, ==, "14 May 2025, 12:00");
}

static void
test_days (void)
{
  g_assert_true (linnet_time_same_day (NOW, NOW + 11 * 3600));
  g_assert_false (linnet_time_same_day (NOW, NOW + 12 * 3600));
  g_assert_cmpint (linnet_time_until_midnight (NOW), ==, 12 * 3600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/a changed time zone is seen at once",
                   test_a_changed_time_zone_is_seen_at_once);
  g_test_add_func ("/models/time/labels", test_labels);
  g_test_add_func ("/models/time/clock", test_clock);
  g_test_add_func ("/models/time/days", test_days);
  return g_test_run ();
}
