/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-message.h"

G_BEGIN_DECLS

/* Message archives (XEP-0313 with RSM). Network thread. */

/* Filled in on the stack, zeroed first; copied. */
typedef struct
{
  const char *to;     /* nullable: the own archive; else a room */
  const char *with;   /* nullable: only the conversation with this address */
  gint64 start_us;    /* 0: no bound */
  gint64 end_us;      /* 0: no bound */
  const char *after;  /* nullable: archive id; what came later, oldest first */
  const char *before; /* nullable: archive id; the page just before it; "": the last page */
  guint max;          /* 0: 100; 0 results only by count_only */
  gboolean count_only;
} XmppMamQuery;

typedef struct
{
  GPtrArray *items;  /* of XmppMessage, oldest first, always */
  char *first;       /* archive id of the first, also when items could not be read; nullable */
  char *last;        /* nullable */
  gboolean complete; /* nothing more in the direction that was asked */
  gint64 count;      /* all that match; -1: not said */
  gsize size;        /* bytes that all of it was sent in */
} XmppMamPage;

void xmpp_mam_page_free (XmppMamPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppMamPage, xmpp_mam_page_free)

/* Results are taken only while the query runs, with its id, and from the archive that was asked. An
 * unknown "after" or "before" gives XMPP_ERROR_ITEM_NOT_FOUND, more results than were asked for
 * XMPP_ERROR_UNEXPECTED_REPLY. */
void xmpp_mam_query_async (XmppPorter *porter,
                           const XmppMamQuery *query,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
XmppMamPage *xmpp_mam_query_finish (XmppPorter *porter, GAsyncResult *result, GError **error);

G_END_DECLS
