/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The smallest conversation: signs in, sends every line of its input to somebody, and prints what
 * comes. Only the public headers, the C library and libimsdk are used.
 *
 *   IMSDK_SERVER=ws://127.0.0.1:5280/xmpp-websocket IMSDK_DOMAIN=localhost hello alice secret bob
 */
#include <TIMCloud.h>

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Callbacks arrive on the library's thread. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int waiting;  /* calls whose answer is missing */
static int failures; /* answers with another code than 0 */

static void
on_answer (int32_t code, const char *desc, const char *json, const void *user_data)
{
  const char *what = user_data;

  if (code == ERR_SUCC)
    printf ("%s: done\n", what);
  else
    printf ("%s: error %" PRId32 ": %s\n", what, code, desc);
  fflush (stdout);
  pthread_mutex_lock (&lock);
  waiting--;
  failures += code != ERR_SUCC;
  pthread_cond_broadcast (&changed);
  pthread_mutex_unlock (&lock);
}

static void
on_messages (const char *json_messages, const void *user_data)
{
  printf ("received: %s\n", json_messages);
  fflush (stdout);
}

static void
on_network (enum TIMNetworkStatus status, int32_t code, const char *desc, const void *user_data)
{
  static const char *const names[] = { "connected", "disconnected", "connecting", "no connection" };

  printf ("network: %s%s%s\n", names[status], *desc ? ": " : "", desc);
  fflush (stdout);
}

/* Whether the call was accepted and, then, whether nothing has failed so far. */
static int
wait_for_answers (int result, const char *what)
{
  int ok;

  pthread_mutex_lock (&lock);
  if (result != TIM_SUCC)
    {
      printf ("%s: not accepted: %d\n", what, result);
      waiting--;
      failures++;
    }
  while (waiting > 0)
    pthread_cond_wait (&changed, &lock);
  ok = failures == 0;
  pthread_mutex_unlock (&lock);
  return ok;
}

static void
expect_answer (void)
{
  pthread_mutex_lock (&lock);
  waiting++;
  pthread_mutex_unlock (&lock);
}

/* {"message_elem_array": [{"elem_type": 0, "text_elem_content": "…"}]}; caller frees */
static char *
text_message (const char *text)
{
  char *json = malloc (128 + 6 * strlen (text));
  char *end = json
              + sprintf (json, "{\"%s\": [{\"%s\": %d, \"%s\": \"", kTIMMsgElemArray, kTIMElemType,
                         kTIMElem_Text, kTIMTextElemContent);

  for (; *text; text++)
    if (*text == '"' || *text == '\\' || (unsigned char) *text < ' ')
      end += sprintf (end, "\\u%04x", (unsigned char) *text);
    else
      *end++ = *text;
  strcpy (end, "\"}]}");
  return json;
}

static void
send_lines (const char *peer)
{
  char line[4096];

  while (fgets (line, sizeof line, stdin))
    {
      char *json;
      int result;

      line[strcspn (line, "\n")] = '\0';
      if (line[0] == '\0')
        continue;
      json = text_message (line);
      expect_answer ();
      result = TIMMsgSendNewMsg (peer, kTIMConv_C2C, json, on_answer, "send");
      free (json);
      if (!wait_for_answers (result, "send"))
        return;
    }
}

int
main (int argc, char **argv)
{
  int result;

  if (argc != 4)
    {
      fprintf (stderr, "usage: hello USER PASSWORD PEER\n");
      return 2;
    }
  printf ("libimsdk %s\n", TIMGetSDKVersion ());
  TIMAddRecvNewMsgCallback (on_messages, NULL);
  TIMSetNetworkStatusListenerCallback (on_network, NULL);
  result = TIMInit (1400000000, NULL);
  if (result != TIM_SUCC)
    {
      fprintf (stderr, "TIMInit: %d\n", result);
      return 1;
    }
  expect_answer ();
  if (wait_for_answers (TIMLogin (argv[1], argv[2], on_answer, "login"), "login"))
    {
      send_lines (argv[3]);
      expect_answer ();
      wait_for_answers (TIMLogout (on_answer, "logout"), "logout");
    }
  TIMUninit ();
  return failures == 0 ? 0 : 1;
}
