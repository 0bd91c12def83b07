/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-porter.h"

G_BEGIN_DECLS

/* Service discovery (XEP-0030). Network thread. */

typedef struct
{
  char *category;
  char *type;
  char *name; /* nullable */
} XmppDiscoIdentity;

typedef struct
{
  GPtrArray *identities; /* of XmppDiscoIdentity */
  GHashTable *features;  /* set of char * */
  XmppStanza *reply;     /* for its data forms */
} XmppDiscoInfo;

typedef struct
{
  char *jid;
  char *node; /* nullable */
  char *name; /* nullable */
} XmppDiscoItem;

void xmpp_disco_info_free (XmppDiscoInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppDiscoInfo, xmpp_disco_info_free)
gboolean xmpp_disco_info_has_feature (const XmppDiscoInfo *info, const char *feature);
gboolean
xmpp_disco_info_has_identity (const XmppDiscoInfo *info, const char *category, const char *type);

/* jid NULL: the own account (bare address). node: nullable. */
void xmpp_disco_info_async (XmppPorter *porter,
                            const char *jid,
                            const char *node,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
XmppDiscoInfo *xmpp_disco_info_finish (XmppPorter *porter, GAsyncResult *result, GError **error);
void xmpp_disco_items_async (XmppPorter *porter,
                             const char *jid,
                             const char *node,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* Returns: (transfer full) of XmppDiscoItem. */
GPtrArray *xmpp_disco_items_finish (XmppPorter *porter, GAsyncResult *result, GError **error);

/* Answers disco#info requests, also about the version of its capabilities (XEP-0115), with these
 * features and identity client/type name; strings are copied. Disco itself, ping and what the
 * stream answers by itself are added. Returns: that version, as long as the porter lives. */
const char *xmpp_disco_serve (XmppPorter *porter,
                              const char *type,
                              const char *name,
                              const char *const *features);
/* Says in presence which version is served. */
void xmpp_disco_append_caps (XmppStanza *presence, const char *version);

G_END_DECLS
