/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-transfer-error.h"

#include "xmpp-error.h"

typedef struct
{
  guint64 limit;
  gint64 retry_us;
  guint status;
} XmppTransferErrorPrivate;

static void
xmpp_transfer_error_private_init (XmppTransferErrorPrivate *priv)
{
}

static void
xmpp_transfer_error_private_copy (const XmppTransferErrorPrivate *from,
                                  XmppTransferErrorPrivate *to)
{
  *to = *from;
}

static void
xmpp_transfer_error_private_clear (XmppTransferErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (XmppTransferError, xmpp_transfer_error)

/* clang-format off */
static const struct { guint status; XmppTransferError code; const char *text; } statuses[] = {
  { 401, XMPP_TRANSFER_ERROR_NOT_ALLOWED, "not allowed" },
  { 403, XMPP_TRANSFER_ERROR_NOT_ALLOWED, "not allowed" },
  { 404, XMPP_TRANSFER_ERROR_GONE,        "there is no such file" },
  { 410, XMPP_TRANSFER_ERROR_GONE,        "the file is not kept any more" },
  { 413, XMPP_TRANSFER_ERROR_TOO_LARGE,   "the file is too large" },
  { 507, XMPP_TRANSFER_ERROR_QUOTA,       "there is no room for the file" },
};
/* clang-format on */

GError *
xmpp_transfer_error_new_status (guint status, const char *host, gint64 retry_us)
{
  XmppTransferError code = XMPP_TRANSFER_ERROR_STATUS;
  const char *text = "not possible";
  XmppTransferErrorPrivate *priv;
  GError *error;

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].status == status)
      {
        code = statuses[i].code;
        text = statuses[i].text;
      }
  error = g_error_new (XMPP_TRANSFER_ERROR, code, "%s: %s (HTTP status %u)", host, text, status);
  priv = xmpp_transfer_error_get_private (error);
  priv->status = status;
  priv->retry_us = retry_us;
  return error;
}

GError *
xmpp_transfer_error_new_slot_refused (guint status, const char *host)
{
  GError *error = g_error_new (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_SLOT_REFUSED,
                               "%s: the file cannot be put there (HTTP status %u)", host, status);

  xmpp_transfer_error_get_private (error)->status = status;
  return error;
}

GError *
xmpp_transfer_error_new_too_large (guint64 limit)
{
  GError *error
      = limit != 0
            ? g_error_new (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TOO_LARGE,
                           "the file is too large: at most %" G_GUINT64_FORMAT " bytes", limit)
            : g_error_new_literal (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TOO_LARGE,
                                   "the file is too large");

  xmpp_transfer_error_get_private (error)->limit = limit;
  return error;
}

GError *
xmpp_transfer_error_new_quota (gint64 retry_us, const char *text)
{
  GError *error = g_error_new_literal (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_QUOTA,
                                       text != NULL ? text : "the server has no room for it now");

  xmpp_transfer_error_get_private (error)->retry_us = MAX (retry_us, 0); /* years long past */
  return error;
}

static gboolean
is_retryable_status (guint status)
{
  if (status == 501 || status == 505)
    return FALSE;
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

gboolean
xmpp_transfer_error_is_retryable (const GError *error)
{
  if (error == NULL)
    return FALSE;
  if (error->domain == XMPP_ERROR)
    return xmpp_error_is_transient (error) || error->code == XMPP_ERROR_INTERNAL_SERVER_ERROR
           || error->code == XMPP_ERROR_REMOTE_SERVER_TIMEOUT;
  if (error->domain != XMPP_TRANSFER_ERROR)
    return FALSE;
  switch ((XmppTransferError) error->code)
    {
    case XMPP_TRANSFER_ERROR_STALLED:
    case XMPP_TRANSFER_ERROR_TRUNCATED:
    case XMPP_TRANSFER_ERROR_SLOT_REFUSED:
      return TRUE;
    case XMPP_TRANSFER_ERROR_QUOTA:
      return xmpp_transfer_error_get_retry_us (error) != 0;
    case XMPP_TRANSFER_ERROR_STATUS:
      return is_retryable_status (xmpp_transfer_error_get_status (error));
    case XMPP_TRANSFER_ERROR_BAD_URL:
    case XMPP_TRANSFER_ERROR_INSECURE:
    case XMPP_TRANSFER_ERROR_NO_SERVICE:
    case XMPP_TRANSFER_ERROR_BAD_SLOT:
    case XMPP_TRANSFER_ERROR_FILE_NOT_FOUND:
    case XMPP_TRANSFER_ERROR_FILE_EMPTY:
    case XMPP_TRANSFER_ERROR_FILE_OPEN:
    case XMPP_TRANSFER_ERROR_FILE_CHANGED:
    case XMPP_TRANSFER_ERROR_FILE_IO:
    case XMPP_TRANSFER_ERROR_FILE_EXISTS:
    case XMPP_TRANSFER_ERROR_FILE_BUSY:
    case XMPP_TRANSFER_ERROR_DISK_FULL:
    case XMPP_TRANSFER_ERROR_TOO_LARGE:
    case XMPP_TRANSFER_ERROR_NOT_ALLOWED:
    case XMPP_TRANSFER_ERROR_GONE:
    case XMPP_TRANSFER_ERROR_REDIRECT:
    case XMPP_TRANSFER_ERROR_WRONG_SIZE:
    case XMPP_TRANSFER_ERROR_WRONG_SUM:
    default:
      return FALSE;
    }
}

guint64
xmpp_transfer_error_get_limit (const GError *error)
{
  return g_error_matches (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TOO_LARGE)
             ? xmpp_transfer_error_get_private (error)->limit
             : 0;
}

gint64
xmpp_transfer_error_get_retry_us (const GError *error)
{
  return error != NULL && error->domain == XMPP_TRANSFER_ERROR
             ? xmpp_transfer_error_get_private (error)->retry_us
             : 0;
}

guint
xmpp_transfer_error_get_status (const GError *error)
{
  return error != NULL && error->domain == XMPP_TRANSFER_ERROR
             ? xmpp_transfer_error_get_private (error)->status
             : 0;
}
