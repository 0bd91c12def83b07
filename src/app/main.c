/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-loop.h"
#include "linnet-application.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (LinnetApplication) application = NULL;

  im_thread_set_role (IM_THREAD_MAIN);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LINNET_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Linnet"));
  application = linnet_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
