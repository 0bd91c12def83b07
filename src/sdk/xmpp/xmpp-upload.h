/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "xmpp-porter.h"

G_BEGIN_DECLS

/* A place on the server for a file (XEP-0363): who gives such places, and one of them. What comes
 * from the server is checked: addresses, headers and lengths. Network thread. */

typedef struct
{
  char *jid;
  guint64 max_size; /* bytes; 0: not said */
} XmppUploadService;

typedef struct
{
  char *name; /* "Authorization", "Cookie" or "Expires" */
  char *value;
} XmppUploadHeader;

typedef struct
{
  char *put_url;
  char *get_url;
  GPtrArray *headers; /* of XmppUploadHeader, for PUT; never NULL */
} XmppUploadSlot;

void xmpp_upload_service_free (XmppUploadService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppUploadService, xmpp_upload_service_free)
void xmpp_upload_slot_free (XmppUploadSlot *slot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppUploadSlot, xmpp_upload_slot_free)

/* (transfer full) */
GPtrArray *xmpp_upload_headers_copy (GPtrArray *headers);

/* Asks the own server and its components. XMPP_TRANSFER_ERROR_NO_SERVICE: none takes files. */
void xmpp_upload_discover_async (XmppPorter *porter,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
XmppUploadService *
xmpp_upload_discover_finish (XmppPorter *porter, GAsyncResult *result, GError **error);

/* A slot is used once. name: without folder; size: bytes, not 0; type (nullable): "image/png".
 * allow_plain: http:// to other machines, too. Errors: TOO_LARGE (with the limit), also before
 * anything is asked; QUOTA (with the time, when the server says it), NOT_ALLOWED, BAD_SLOT, and
 * XMPP_ERROR. */
void xmpp_upload_request_async (XmppPorter *porter,
                                const XmppUploadService *service,
                                const char *name,
                                guint64 size,
                                const char *type,
                                gboolean allow_plain,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
XmppUploadSlot *
xmpp_upload_request_finish (XmppPorter *porter, GAsyncResult *result, GError **error);

/* The slot in an answer, or XMPP_TRANSFER_ERROR_BAD_SLOT. iq: nullable. */
XmppUploadSlot *xmpp_upload_slot_parse (const xmlNode *iq, gboolean allow_plain, GError **error);
/* What an answer of type error means; reason is that answer's error. (transfer full) */
GError *xmpp_upload_parse_refusal (const xmlNode *iq, const GError *reason);

G_END_DECLS
