/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How people are called. Pure functions, any thread. */
#pragma once

#include <glib.h>

/* The name to show for a user id ("bob", "ann@example.org") and what the library knows of their
 * nickname (nullable); never empty, cleaned. Transfer full. */
char *linnet_people_dup_name (const char *user_id, const char *nickname);

/* What of a user id is worth showing: "陈晓明@example.org" → "陈晓明" with the own domain
 * "example.org". Transfer full. */
char *linnet_people_dup_short_id (const char *user_id, const char *own_address);

/* "bob" → "bob@example.org" with the own domain "example.org"; full addresses stay. Transfer full.
 */
char *linnet_people_dup_address (const char *user_id, const char *own_address);

/* What a person typed to name somebody ("Bob@Example.org ", "xmpp:bob@example.org?message", "bob")
 * as a user id: bare local part on the own domain, else the full bare address; NULL when it cannot
 * be an address. Transfer full. */
char *linnet_people_dup_user_id (const char *typed, const char *own_address);
