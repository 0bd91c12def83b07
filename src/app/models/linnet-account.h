/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is needed to sign in. A plain value: copy it, free it, any thread. */
#pragma once

#include <glib.h>

typedef struct
{
  char *address;            /* "mina@example.org"; surrounding white space removed */
  char *password;           /* or a token made by the server; wiped when freed */
  char *server_url;         /* nullable: "wss://chat.example.org/ws"; NULL: found by the address */
  gboolean allow_plain;     /* "ws://" to another machine is all right, explicitly */
  char *certificate_sha256; /* nullable: hex fingerprint of a certificate accepted by hand */
  gboolean begins_anew;     /* this once: a damaged database is set aside first */
} LinnetAccount;

/* All strings are copied; NULL and "" are the same for the optional ones. */
LinnetAccount *linnet_account_new (const char *address, const char *password);
LinnetAccount *linnet_account_copy (const LinnetAccount *account);
void linnet_account_free (LinnetAccount *account);
void linnet_account_set_server_url (LinnetAccount *account, const char *server_url);
void linnet_account_set_password (LinnetAccount *account, const char *password);
void linnet_account_set_certificate (LinnetAccount *account, const char *sha256);

/* "example.org" of "mina@example.org"; "" when there is none. Borrowed from the account. */
const char *linnet_account_get_domain (const LinnetAccount *account);

/* What can be said without asking the network: FALSE with LINNET_ERROR and the field that is wrong
 * (linnet_error_get_field): an address that is none, an empty password, a server address that is
 * not ws:// or wss://, a ws:// address of another machine without allow_plain. */
gboolean linnet_account_check (const LinnetAccount *account, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinnetAccount, linnet_account_free)
