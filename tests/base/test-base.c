/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small ones: state machine, backoff, clock, names, error codes. */
#include "fake-clock.h"
#include "im-backoff.h"
#include "im-clock.h"
#include "im-enum.h"
#include "im-error.h"
#include "im-fsm.h"

#include <string.h>

enum
{
  OFF,
  TRYING,
  ON,
  N_STATES
};

enum
{
  START,
  WORKED,
  FAILED,
  STOP,
  N_EVENTS
};

static const ImFsmEdge edges[] = {
  { IM_FSM_BIT (OFF), START, TRYING },
  { IM_FSM_BIT (TRYING), WORKED, ON },
  { IM_FSM_BIT (TRYING) | IM_FSM_BIT (ON), FAILED, TRYING },
  { IM_FSM_BIT (TRYING) | IM_FSM_BIT (ON), STOP, OFF },
};

static void
test_only_what_is_in_the_table_moves (void)
{
  static const int expected[N_STATES][N_EVENTS] = {
    [OFF] = { TRYING, -1, -1, -1 },
    [TRYING] = { -1, ON, TRYING, OFF },
    [ON] = { -1, -1, TRYING, OFF },
  };

  for (guint state = 0; state < N_STATES; state++)
    for (guint event = 0; event < N_EVENTS; event++)
      {
        const ImFsmEdge *edge = im_fsm_find (edges, G_N_ELEMENTS (edges), state, event);

        g_assert_cmpint (edge != NULL ? edge->to : -1, ==, expected[state][event]);
      }
}

static void
test_the_delay_doubles_within_its_bounds (void)
{
  static const guint steps[] = { 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000 };

  for (int round = 0; round < 200; round++)
    {
      ImBackoff backoff;

      im_backoff_init (&backoff, 1000, 30000);
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        {
          guint delay = im_backoff_next_ms (&backoff);

          g_assert_cmpuint (delay, >=, steps[i] / 2);
          g_assert_cmpuint (delay, <=, steps[i]);
        }
      im_backoff_reset (&backoff);
      g_assert_cmpuint (im_backoff_next_ms (&backoff), <=, 1000);
    }
}

static void
test_delays_differ (void)
{
  guint least = G_MAXUINT;
  guint most = 0;

  for (int i = 0; i < 200; i++)
    {
      ImBackoff backoff;
      guint delay;

      im_backoff_init (&backoff, 10000, 30000);
      delay = im_backoff_next_ms (&backoff);
      least = MIN (least, delay);
      most = MAX (most, delay);
    }
  g_assert_cmpuint (most - least, >, 1000);
}

static gboolean
on_time (gpointer data)
{
  ++*(guint *) data;
  return G_SOURCE_CONTINUE;
}

static void
test_a_timer_repeats_until_it_is_cleared (void)
{
  g_autoptr (FakeClock) fake = fake_clock_new ();
  ImClock *clock = fake_clock_get (fake);
  gint64 before_us = im_clock_now_us (clock);
  guint n = 0;
  GSource *timer = im_clock_timeout_add (clock, 1000, on_time, &n);

  fake_clock_advance (fake, 999);
  g_assert_cmpuint (n, ==, 0);
  fake_clock_advance (fake, 1);
  g_assert_cmpuint (n, ==, 1);
  fake_clock_advance (fake, 2000);
  g_assert_cmpuint (n, ==, 3);
  im_clock_timeout_clear (&timer);
  g_assert_null (timer);
  im_clock_timeout_clear (&timer);
  n = 0;
  fake_clock_advance (fake, 5000);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpint (im_clock_now_us (clock) - before_us, ==, 8000 * 1000);
}

static void
test_the_systems_clock_goes_on (void)
{
  ImClock *clock = im_clock_system ();
  gint64 before_us = im_clock_monotonic_us (clock);

  while (im_clock_monotonic_us (clock) == before_us)
    ;
  g_assert_cmpint (im_clock_monotonic_us (clock), >, before_us);
  g_assert_cmpint (im_clock_now_us (clock), >, G_USEC_PER_SEC * G_GINT64_CONSTANT (1700000000));
}

static void
test_names_lead_there_and_back (void)
{
  static const char *const names[] = { "none", "some", "all" };

  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++)
    g_assert_cmpint (im_enum_from_string (names, G_N_ELEMENTS (names), names[i]), ==, i);
  g_assert_cmpint (im_enum_from_string (names, G_N_ELEMENTS (names), "many"), ==, -1);
  g_assert_cmpint (im_enum_from_string (names, G_N_ELEMENTS (names), NULL), ==, -1);
  g_assert_cmpstr (im_enum_to_string (names, G_N_ELEMENTS (names), 2), ==, "all");
  g_assert_cmpstr (im_enum_to_string (names, G_N_ELEMENTS (names), 3), ==, "?");
}

static const struct
{
  const char *name;
  int code;
} codes[] = {
#define IM_CODE(symbol, number, text, retryable) { #symbol, number },
#include "im-error-codes.def"
#undef IM_CODE
};

static void
test_every_code_stands_once_with_a_text (void)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (G_N_ELEMENTS (codes), ==, 162);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const char *text = im_error_code_text (codes[i].code);

      g_assert_true (g_hash_table_add (numbers, GINT_TO_POINTER (codes[i].code)));
      g_assert_true (g_hash_table_add (names, (gpointer) codes[i].name));
      g_assert_true (g_str_has_prefix (codes[i].name, "ERR_"));
      g_assert_cmpstr (im_error_code_name (codes[i].code), ==, codes[i].name);
      g_assert_cmpuint (strlen (text), >, 3);
      g_assert_true (g_str_is_ascii (text));
      g_assert_null (strchr (text, '\n'));
    }
}

static void
test_a_code_of_nobody_has_a_text_all_the_same (void)
{
  g_assert_cmpstr (im_error_code_text (123456), ==, im_error_code_text (ERR_SDK_INTERNAL_ERROR));
  g_assert_null (im_error_code_name (123456));
  g_assert_false (im_error_code_is_retryable (123456));
}

static void
test_only_what_may_work_later_is_retryable (void)
{
  static const struct
  {
    int code;
    gboolean retryable;
  } cases[] = {
    { ERR_SUCC, FALSE },
    { ERR_SDK_NET_DISCONNECT, TRUE },
    { ERR_SDK_NET_WAIT_ACK_TIMEOUT, TRUE },
    { ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED, FALSE },
    { ERR_SVR_MSG_INVALID_ID, FALSE },
    { ERR_SDK_MSG_BODY_SIZE_LIMIT, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (IM_ERROR, cases[i].code, "x");

      g_assert_cmpint (im_error_is_retryable (error), ==, cases[i].retryable);
    }
  g_assert_false (im_error_is_retryable (NULL));
}

static void
test_the_error_of_another_domain_is_not_retryable (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, ERR_SDK_NET_DISCONNECT, "x");

  g_assert_false (im_error_is_retryable (error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/fsm/only-the-table-moves", test_only_what_is_in_the_table_moves);
  g_test_add_func ("/base/backoff/doubles-within-bounds", test_the_delay_doubles_within_its_bounds);
  g_test_add_func ("/base/backoff/delays-differ", test_delays_differ);
  g_test_add_func ("/base/clock/timer-repeats-until-cleared",
                   test_a_timer_repeats_until_it_is_cleared);
  g_test_add_func ("/base/clock/system-goes-on", test_the_systems_clock_goes_on);
  g_test_add_func ("/base/enum/there-and-back", test_names_lead_there_and_back);
  g_test_add_func ("/base/error/every-code-once-with-a-text",
                   test_every_code_stands_once_with_a_text);
  g_test_add_func ("/base/error/unknown-code-has-a-text",
                   test_a_code_of_nobody_has_a_text_all_the_same);
  g_test_add_func ("/base/error/retryable", test_only_what_may_work_later_is_retryable);
  g_test_add_func ("/base/error/another-domain", test_the_error_of_another_domain_is_not_retryable);
  return g_test_run ();
}
