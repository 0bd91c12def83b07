/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* User ids of the TIM API ⇄ JIDs (design decision 4): a user of the own domain is its local part,
 * any other its bare JID. Local parts are unescaped (XEP-0106). The only place that knows. */

typedef struct
{
  char *self_jid; /* bare, normalised; owned */
  char *domain;   /* owned */
} MapIds;

/* user_id: "alice" with a domain, or "alice@example.org". Errors: IM_ERROR 7003, 6017. */
gboolean map_ids_init (MapIds *ids, const char *user_id, const char *domain, GError **error);
void map_ids_clear (MapIds *ids);
/* The unescaped local part of the own address. */
char *map_ids_dup_local (const MapIds *ids);

/* Returns: (transfer full) (nullable) NULL when jid is not one */
char *map_id_user_from_jid (const MapIds *ids, const char *jid);
/* The bare JID. Errors: IM_ERROR 7003. */
char *map_id_jid_from_user (const MapIds *ids, const char *user_id, GError **error);
gboolean map_id_is_self (const MapIds *ids, const char *jid);
