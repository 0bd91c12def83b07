/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long one message takes to be read, written and copied. Numbers for people; nothing is
 * asserted but sense. */

#include "im-msg.h"

#define ROUNDS 20000

typedef struct
{
  const char *text;
  ImMsg *msg;
} Subject;

typedef void (*StepFunc) (Subject *subject);

static void
parse (Subject *subject)
{
  im_json_unref (im_json_parse (&im_msg_type, subject->text, -1, IM_JSON_LENIENT, NULL));
}

static void
parse_strict (Subject *subject)
{
  im_json_unref (im_json_parse (&im_msg_type, subject->text, -1, IM_JSON_STRICT, NULL));
}

static void
format (Subject *subject)
{
  g_free (im_json_format (subject->msg));
}

static void
copy (Subject *subject)
{
  im_json_unref (im_json_copy (subject->msg));
}

static void
measure (const char *name, const char *what, StepFunc step, Subject *subject)
{
  gint64 start = g_get_monotonic_time ();
  double took;

  for (guint i = 0; i < ROUNDS; i++)
    step (subject);
  took = (double) (g_get_monotonic_time () - start) / ROUNDS;
  g_print ("%-42s %-14s %6.2f us\n", name, what, took);
}

static void
measure_file (const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "json", file, NULL);
  g_autofree char *text = NULL;
  g_autofree char *one = NULL;
  g_autoptr (GPtrArray) array = NULL;
  Subject subject;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  array = im_json_parse_array (&im_msg_type, text, -1, IM_JSON_LENIENT, NULL);
  g_assert_nonnull (array);
  subject.msg = array->pdata[0];
  subject.text = one = im_json_format (subject.msg);
  measure (file, "parse", parse, &subject);
  measure (file, "parse strict", parse_strict, &subject);
  measure (file, "format", format, &subject);
  measure (file, "copy", copy, &subject);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  measure_file ("31-TIMRecvNewMsgCallback-text.json");
  measure_file ("33-TIMRecvNewMsgCallback-group-tips.json");
  return 0;
}
