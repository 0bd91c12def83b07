/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* Which thread is this? A thread knows its role; entry points assert it, in release builds too. */
typedef enum
{
  IM_THREAD_OTHER = 0,
  IM_THREAD_MAIN,
  IM_THREAD_NETWORK,
  IM_THREAD_CALLBACK,
} ImThreadRole;

void im_thread_set_role (ImThreadRole role);
ImThreadRole im_thread_get_role (void);

#define im_assert_network_thread() im_assert_thread_role (IM_THREAD_NETWORK, TRUE, G_STRFUNC)
#define im_assert_main_thread() im_assert_thread_role (IM_THREAD_MAIN, TRUE, G_STRFUNC)
#define im_assert_off_main_thread() im_assert_thread_role (IM_THREAD_MAIN, FALSE, G_STRFUNC)
/* Aborts with a message when the thread's role is not (or, expected FALSE, is) the one named. */
void im_assert_thread_role (ImThreadRole role, gboolean expected, const char *function);

/* A named thread with a GMainContext of its own, which is thread-default for its life, so that GIO
 * and libsoup callbacks land there by themselves. */
typedef struct _ImLoop ImLoop;

/* Starts the thread with that role. */
ImLoop *im_loop_new (const char *name, ImThreadRole role);
/* Borrowed. Any thread. */
GMainContext *im_loop_get_context (ImLoop *self);
/* Runs func on the loop after everything posted before. Always later, never inside this call. Any
 * thread. */
void im_loop_post (ImLoop *self, GSourceOnceFunc func, gpointer data);
gboolean im_loop_is_current (ImLoop *self);
/* Ends the loop after what was posted before and joins its thread; from the loop's own thread it
 * ends by itself after the running function. Sources that are still attached are dropped. */
void im_loop_free (ImLoop *self);
