/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* What tests of any layer need. Thread of the test. */

/* Runs the default context until the condition holds; fails the test after the deadline. */
#define im_test_wait(condition)                                                                    \
  do                                                                                               \
    {                                                                                              \
      gint64 im_test_deadline = g_get_monotonic_time () + IM_TEST_DEADLINE_S * G_USEC_PER_SEC;     \
      while (!(condition))                                                                         \
        im_test_iterate (im_test_deadline, G_STRLOC, #condition);                                  \
    }                                                                                              \
  while (0)

#define IM_TEST_DEADLINE_S 30

/* One turn of the default context, waiting at most a moment. */
void im_test_iterate (gint64 deadline_us, const char *where, const char *condition);

/* g_test_run(), and then the end of the threads of GLib's pool: the leak checker stumbles over one
 * that ends while it looks. */
int im_test_run (void);

/* A folder of its own for one test. Returns: (transfer full) */
char *im_test_dir_new (void);
/* Removes it with all that is in it. */
void im_test_dir_free (char *dir);

typedef char ImTestDir;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImTestDir, im_test_dir_free)
