/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reached from any thread: the settings are behind `lock`, which is not held while the sink runs.
 */
#include "im-log.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define FILE_MAX (10 * 1024 * 1024)
#define DOMAIN_PREFIX "linnet-"

static struct
{
  GMutex lock;
  ImLogSink sink;
  gpointer sink_data;
  int sink_level;
  char *path;
  FILE *file;
  int file_level;
  gboolean console;
  int console_level;
  char **debug; /* layers named in IM_DEBUG */
} state;

/* clang-format off */
static const struct
{
  const char *pattern;
  const char *replacement;
} secrets[] = {
  { "(<(?:auth|response|challenge|success)\\b[^>]*>)[^<]*", "\\1***" },
  { "(<password\\b[^>]*>)[^<]*",                              "\\1***" },
  { "(<field\\b[^>]*(?:password|text-private)[^>]*>\\s*<value>)[^<]*", "\\1***" },
  { "(\"[^\"]*(?:password|user_sig|secret)[^\"]*\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*", "\\1***" },
  { "eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*",   "***" },
};
/* clang-format on */

char *
im_log_redact (const char *line)
{
  static GRegex *compiled[G_N_ELEMENTS (secrets)];
  static gsize once = 0;
  char *text = g_utf8_make_valid (line, -1);

  if (g_once_init_enter (&once))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
        compiled[i] = g_regex_new (secrets[i].pattern, G_REGEX_CASELESS, 0, NULL);
      g_once_init_leave (&once, 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      char *next = g_regex_replace (compiled[i], text, -1, 0, secrets[i].replacement, 0, NULL);

      if (next == NULL)
        continue;
      g_free (text);
      text = next;
    }
  return text;
}

static int
level_from_flags (GLogLevelFlags flags)
{
  if (flags & G_LOG_LEVEL_ERROR)
    return IM_LOG_LEVEL_ASSERT;
  if (flags & G_LOG_LEVEL_CRITICAL)
    return IM_LOG_LEVEL_ERROR;
  if (flags & G_LOG_LEVEL_WARNING)
    return IM_LOG_LEVEL_WARN;
  if (flags & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO))
    return IM_LOG_LEVEL_INFO;
  return IM_LOG_LEVEL_DEBUG;
}

static gboolean
wants (int from, int level)
{
  return from != IM_LOG_LEVEL_OFF && level >= from;
}

static void
write_file (const char *stamped)
{
  if (ftell (state.file) > FILE_MAX)
    {
      g_autofree char *old = g_strconcat (state.path, ".1", NULL);

      fclose (state.file);
      g_rename (state.path, old);
      state.file = g_fopen (state.path, "ae");
      if (state.file == NULL)
        return;
    }
  fputs (stamped, state.file);
  fflush (state.file);
}

static void
on_line (const char *domain, GLogLevelFlags flags, const char *message, gpointer user_data)
{
  int level = level_from_flags (flags);
  const char *layer = domain + strlen (DOMAIN_PREFIX);
  g_autofree char *clean = im_log_redact (message);
  g_autofree char *line = g_strdup_printf ("%s: %s", layer, clean);
  ImLogSink sink = NULL;
  gpointer sink_data = NULL;
  gboolean console;

  g_mutex_lock (&state.lock);
  if (wants (state.sink_level, level))
    {
      sink = state.sink;
      sink_data = state.sink_data;
    }
  console = (state.console && wants (state.console_level, level))
            || (state.debug != NULL && g_strv_contains ((const char *const *) state.debug, layer));
  if (state.file != NULL && wants (state.file_level, level))
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autofree char *stamp = g_date_time_format_iso8601 (now);
      g_autofree char *stamped = g_strdup_printf ("%s %d %s\n", stamp, level, line);

      write_file (stamped);
    }
  g_mutex_unlock (&state.lock);

  if (sink != NULL)
    sink (level, line, sink_data);
  /* GLib's own handler drops what is below a message unless G_MESSAGES_DEBUG names the domain. */
  if (level >= IM_LOG_LEVEL_WARN)
    g_log_default_handler (domain, flags, clean, NULL);
  else if (console)
    g_printerr ("%s\n", line);
}

void
im_log_init (void)
{
  static const char *const layers[] = { "base", "codec", "xmpp", "map", "store", "service", "api" };
  static gsize once = 0;
  const char *debug = g_getenv ("IM_DEBUG");

  if (!g_once_init_enter (&once))
    return;
  if (debug != NULL)
    state.debug = g_strsplit (debug, ",", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      g_autofree char *domain = g_strconcat (DOMAIN_PREFIX, layers[i], NULL);

      g_log_set_handler (domain, G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION,
                         on_line, NULL);
    }
  g_once_init_leave (&once, 1);
}

void
im_log_set_sink (ImLogSink sink, gpointer user_data, int level)
{
  im_log_init ();
  g_mutex_lock (&state.lock);
  state.sink = sink;
  state.sink_data = user_data;
  state.sink_level = sink != NULL ? level : IM_LOG_LEVEL_OFF;
  g_mutex_unlock (&state.lock);
}

void
im_log_set_file (const char *dir, int level)
{
  im_log_init ();
  g_mutex_lock (&state.lock);
  g_clear_pointer (&state.file, fclose);
  g_clear_pointer (&state.path, g_free);
  if (dir != NULL)
    {
      g_mkdir_with_parents (dir, 0700);
      state.path = g_build_filename (dir, "imsdk.log", NULL);
      state.file = g_fopen (state.path, "ae");
      state.file_level = level;
    }
  g_mutex_unlock (&state.lock);
}

void
im_log_set_console (gboolean enabled, int level)
{
  im_log_init ();
  g_mutex_lock (&state.lock);
  state.console = enabled;
  state.console_level = level;
  g_mutex_unlock (&state.lock);
}
