/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-options.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define PASSWORD_VARIABLE "LINNET_PASSWORD"
#define PASSWORD_MAX_BYTES (64 * 1024)

void
linnet_options_add (LinnetOptions *options, GApplication *application)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "version", 'v', 0, G_OPTION_ARG_NONE, &options->shows_version, N_("Print the version and exit"), NULL },
    { "sign-in", 0, 0, G_OPTION_ARG_STRING, &options->sign_in, N_("Sign in with this address; the password is read from the environment variable LINNET_PASSWORD"), N_("ADDRESS") },
    { "server", 0, 0, G_OPTION_ARG_STRING, &options->server, N_("Server address to sign in at"), N_("URL") },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &options->password_fd, N_("Read the password from this file descriptor"), N_("NUMBER") },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &options->profile, N_("Run beside other instances, with data of its own"), N_("NAME") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &options->data_dir, N_("Run beside other instances, with its data in this directory"), N_("DIRECTORY") },
    { "sdk", 0, 0, G_OPTION_ARG_FILENAME, &options->sdk, N_("Use another library with the same API"), N_("FILE") },
    { NULL },
  };
  /* clang-format on */

  options->password_fd = -1;
  g_application_add_main_option_entries (application, entries);
}

void
linnet_options_clear (LinnetOptions *options)
{
  g_clear_pointer (&options->sdk, g_free);
  g_clear_pointer (&options->data_dir, g_free);
  g_clear_pointer (&options->profile, g_free);
  g_clear_pointer (&options->sign_in, g_free);
  g_clear_pointer (&options->server, g_free);
}

gboolean
linnet_options_is_separate (const LinnetOptions *options)
{
  return options->data_dir != NULL || options->profile != NULL || options->sign_in != NULL;
}

char *
linnet_options_dup_data_dir (const LinnetOptions *options)
{
  const char *profile = options->profile != NULL ? options->profile : options->sign_in;
  g_autofree char *name = NULL;

  if (options->data_dir != NULL)
    return g_canonicalize_filename (options->data_dir, NULL);
  if (profile == NULL)
    return g_build_filename (g_get_user_data_dir (), "linnet", NULL);
  name = g_uri_escape_string (profile, "@", TRUE);
  return g_build_filename (g_get_user_data_dir (), "linnet", "profiles", name, NULL);
}

/* Everything up to the end or the first line break. */
static char *
read_password (int fd, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[512];
  gssize n = 0;

  while (text->len < PASSWORD_MAX_BYTES && (n = read (fd, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  explicit_bzero (buffer, sizeof buffer);
  if (n < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   _ ("The password could not be read: %s"), g_strerror (errno));
      return NULL;
    }
  close (fd);
  return g_strndup (text->str, strcspn (text->str, "\r\n"));
}

static char *
take_password_from_environment (void)
{
  char *password = g_strdup (g_getenv (PASSWORD_VARIABLE));

  g_unsetenv (PASSWORD_VARIABLE);
  return password;
}

LinnetAccount *
linnet_options_take_account (LinnetOptions *options, GError **error)
{
  g_autofree char *password = NULL;
  LinnetAccount *account;

  if (options->sign_in == NULL)
    return NULL;
  if (options->password_fd >= 0)
    password = read_password (options->password_fd, error);
  else
    password = take_password_from_environment ();
  if (password == NULL && options->password_fd >= 0)
    return NULL;
  account = linnet_account_new (options->sign_in, password);
  linnet_account_set_server_url (account, options->server);
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  return account;
}
