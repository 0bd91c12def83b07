/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line and the environment ask for. */
#pragma once

#include "linnet-account.h"

#include <gio/gio.h>

typedef struct
{
  gboolean shows_version;
  char *sdk;       /* another TIM library, nullable */
  char *data_dir;  /* nullable: the usual place */
  char *profile;   /* a name: data of its own, beside other instances; nullable */
  char *sign_in;   /* an address, nullable */
  char *server;    /* its server's address, nullable */
  int password_fd; /* -1: the environment variable LINNET_PASSWORD */
} LinnetOptions;

/* Adds the options to the application's; they are filled in when it runs. options lives longer. */
void linnet_options_add (LinnetOptions *options, GApplication *application);
void linnet_options_clear (LinnetOptions *options);

/* An instance of its own: nothing is shared with one that runs already, and nothing is remembered
 * but what stands in its data directory. */
gboolean linnet_options_is_separate (const LinnetOptions *options);
/* Where the library keeps its data. Transfer full. */
char *linnet_options_dup_data_dir (const LinnetOptions *options);
/* The account to sign in with, NULL when none was named. The password is taken out of the
 * environment, or read from the descriptor, which is closed. Transfer full. */
LinnetAccount *linnet_options_take_account (LinnetOptions *options, GError **error);
