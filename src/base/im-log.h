/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* Where the library's log goes. Code logs with g_debug(), g_info() and g_warning() under the log
 * domain of its layer ("linnet-xmpp"); a warning means a bug of ours. This catches those domains
 * and hands the lines on: to the program (TIMLogCallback), to a file, to the console, each from a
 * level of its own. What looks like a secret is replaced. Domains of others are left to GLib. Any
 * thread. */

typedef enum
{
  IM_LOG_LEVEL_OFF = 0, /* numbers of TIMLogLevel */
  IM_LOG_LEVEL_TEST = 1,
  IM_LOG_LEVEL_VERBOSE = 2,
  IM_LOG_LEVEL_DEBUG = 3,
  IM_LOG_LEVEL_INFO = 4,
  IM_LOG_LEVEL_WARN = 5,
  IM_LOG_LEVEL_ERROR = 6,
  IM_LOG_LEVEL_ASSERT = 7,
} ImLogLevel;

/* Must not log. Called on the thread that logged, with no lock held. */
typedef void (*ImLogSink) (int level, const char *line, gpointer user_data);

/* Starts catching; once is enough, again is harmless. */
void im_log_init (void);
/* NULL ends it. */
void im_log_set_sink (ImLogSink sink, gpointer user_data, int level);
/* Appends to imsdk.log in that folder, made when missing; NULL closes. The file is begun anew at 10
 * MiB. */
void im_log_set_file (const char *dir, int level);
void im_log_set_console (gboolean enabled, int level);

/* The line with passwords, tokens and SASL payloads replaced by "***". Returns: (transfer full) */
char *im_log_redact (const char *line);
