/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-loop.h"
#include "linnet-application.h"

#include <glib-unix.h>
#include <libintl.h>
#include <locale.h>

/* Asked to end, by Ctrl+C or the session: drafts are stored and the server is told goodbye. */
static gboolean
on_end (gpointer application)
{
  g_application_quit (application);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (LinnetApplication) application = NULL;

  im_thread_set_role (IM_THREAD_MAIN);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LINNET_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Linnet");
  application = linnet_application_new ();
  g_unix_signal_add (SIGTERM, on_end, application);
  g_unix_signal_add (SIGINT, on_end, application);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
