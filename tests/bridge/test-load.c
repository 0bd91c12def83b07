/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-error.h"
#include "linnet-tim-api.h"

static const char *whole_path;
static const char *part_path;

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  const LinnetTimApi *api = linnet_tim_api_load (whole_path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (api->TIMInit (1, NULL), ==, -1);
  g_assert_cmpint (api->callExperimentalAPI (NULL, NULL, NULL), ==, -1);
}

static void
test_part (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (linnet_tim_api_load (part_path, &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_LOCAL_NO_LIBRARY);
  g_assert_nonnull (g_strstr_len (error->message, -1, "TIMMsgDelete"));
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (linnet_tim_api_load ("./no-such-library.so", &error));
  g_assert_error (error, LINNET_ERROR, LINNET_ERROR_LOCAL_NO_LIBRARY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  whole_path = argv[1];
  part_path = argv[2];
  g_test_add_func ("/bridge/load/whole", test_whole);
  g_test_add_func ("/bridge/load/part", test_part);
  g_test_add_func ("/bridge/load/missing", test_missing);
  return g_test_run ();
}
