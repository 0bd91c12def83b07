/* SPDX-License-Identifier: GPL-3.0-or-later */

/* run-client DIRECTORY USER PASSWORD
 *
 * A program on the library's public functions that does next to nothing itself, so that its
 * processor time is the library's. The server comes from IMSDK_SERVER and IMSDK_DOMAIN. Reads
 * commands, a line each, and answers each with one line:
 *
 *   login         → "ok"
 *   logout        → "ok"
 *   expect N      → "ok": counts received messages from here on
 *   received      → "ok" when N were received
 *   send USER N   → "ok" when N messages to USER were taken by the server
 *
 * or "error …". After "ok": milliseconds of wall clock since the command (for "received": since
 * "expect") and of processor time, all threads. */

#include <TIMCloud.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LONGEST_WAIT_S 90

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static long open_calls;
static long failures;
static long n_expected;
static long n_received;

typedef struct
{
  double wall_ms;
  double cpu_ms;
} Moment;

static double
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static Moment
moment (void)
{
  return (Moment){ read_clock (CLOCK_MONOTONIC), read_clock (CLOCK_PROCESS_CPUTIME_ID) };
}

static void
on_answer (int32_t code, const char *desc, const char *json, const void *user_data)
{
  pthread_mutex_lock (&lock);
  open_calls--;
  if (code != ERR_SUCC)
    {
      if (failures++ == 0)
        fprintf (stderr, "run-client: %" PRId32 " %s\n", code, desc);
    }
  pthread_cond_broadcast (&changed);
  pthread_mutex_unlock (&lock);
}

static void
on_messages (const char *json, const void *user_data)
{
  static const char key[] = "\"message_elem_array\"";
  long n = 0;

  for (const char *at = json; (at = strstr (at, key)) != NULL; at += sizeof key - 1)
    n++;
  pthread_mutex_lock (&lock);
  n_received += n;
  pthread_cond_broadcast (&changed);
  pthread_mutex_unlock (&lock);
}

/* Waits until *value is at least the limit, or at most. */
static int
wait_until (const long *value, long limit, int at_least)
{
  struct timespec until;
  int ok = 1;

  clock_gettime (CLOCK_REALTIME, &until);
  until.tv_sec += LONGEST_WAIT_S;
  pthread_mutex_lock (&lock);
  while (ok && (at_least ? *value < limit : *value > limit))
    ok = pthread_cond_timedwait (&changed, &lock, &until) == 0;
  ok = ok && failures == 0;
  pthread_mutex_unlock (&lock);
  return ok;
}

static void
open_call (void)
{
  pthread_mutex_lock (&lock);
  open_calls++;
  pthread_mutex_unlock (&lock);
}

static int
finish_call (int result)
{
  return result == TIM_SUCC && wait_until (&open_calls, 0, 0);
}

static int
send_messages (const char *user, long n)
{
  for (long i = 0; i < n; i++)
    {
      char json[256];

      snprintf (json, sizeof json,
                "{\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":"
                "\"Message %ld, of the usual length of a line or so\"}]}",
                i);
      open_call ();
      if (TIMMsgSendNewMsg (user, kTIMConv_C2C, json, on_answer, NULL) != TIM_SUCC)
        return 0;
    }
  return wait_until (&open_calls, 0, 0);
}

static int
run (const char *line, const char *user, const char *password)
{
  char name[128];
  long n;

  if (strcmp (line, "login") == 0)
    {
      open_call ();
      return finish_call (TIMLogin (user, password, on_answer, NULL));
    }
  if (strcmp (line, "logout") == 0)
    {
      open_call ();
      return finish_call (TIMLogout (on_answer, NULL));
    }
  if (strcmp (line, "received") == 0)
    return wait_until (&n_received, n_expected, 1);
  if (sscanf (line, "send %127s %ld", name, &n) == 2)
    return send_messages (name, n);
  return 0;
}

int
main (int argc, char **argv)
{
  char config[1024];
  char line[256];
  Moment expected = { 0 };

  if (argc != 4)
    {
      fprintf (stderr, "usage: run-client DIRECTORY USER PASSWORD\n");
      return 2;
    }
  snprintf (config, sizeof config, "{\"sdk_config_config_file_path\":\"%s\"}", argv[1]);
  if (TIMInit (1400000000, config) != TIM_SUCC)
    return 1;
  TIMAddRecvNewMsgCallback (on_messages, NULL);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      Moment begin = moment (), end;
      int ok = 1;

      line[strcspn (line, "\n")] = '\0';
      if (sscanf (line, "expect %ld", &n_expected) == 1)
        {
          pthread_mutex_lock (&lock);
          n_received = 0;
          pthread_mutex_unlock (&lock);
          expected = begin;
        }
      else
        ok = run (line, argv[2], argv[3]);
      if (strcmp (line, "received") == 0)
        begin = expected;
      end = moment ();
      printf ("%s %.3f %.3f\n", ok ? "ok" : "error", end.wall_ms - begin.wall_ms,
              end.cpu_ms - begin.cpu_ms);
      fflush (stdout);
    }
  TIMUninit ();
  return 0;
}
