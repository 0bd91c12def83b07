/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libnotify on a thread of its own, since its calls block. What it has to tell comes back on the
 * main context of the thread that started it. */
#pragma once

#include <glib.h>

typedef enum
{
  LINNET_NOTIFY_SHOWN,
  LINNET_NOTIFY_NOT_SHOWN, /* there is no service, or it refused */
  LINNET_NOTIFY_CLOSED,
  LINNET_NOTIFY_ACTIVATED,
} LinnetNotifyNews;

/* key and serial: as in the request that it is about. Main thread. */
typedef void (*LinnetNotifyFunc) (LinnetNotifyNews news,
                                  const char *key,
                                  guint serial,
                                  gpointer user_data);

typedef struct _LinnetNotifyThread LinnetNotifyThread;

/* Main thread, all of them. */
LinnetNotifyThread *linnet_notify_thread_new (LinnetNotifyFunc func, gpointer user_data);
/* title and body are plain text; one notification per key, replaced when it is shown already. */
void linnet_notify_thread_show (
    LinnetNotifyThread *self, const char *key, guint serial, const char *title, const char *body);
void linnet_notify_thread_close (LinnetNotifyThread *self, const char *key);
/* func is not called any more. Lets what was asked before be done, but waits for that no longer
 * than half a second: a service that hangs must not keep the program from ending. */
void linnet_notify_thread_free (LinnetNotifyThread *self);
