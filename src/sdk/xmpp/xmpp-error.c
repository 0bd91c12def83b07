/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-error.h"

#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <gio/gio.h>
#include <libsoup/soup.h>
#include <string.h>

G_DEFINE_QUARK (xmpp - error - quark, xmpp_error)

typedef struct
{
  const char *condition;
  const char *type; /* the one RFC 6120 names; NULL in tables that have no types */
  XmppError code;
} Condition;

/* clang-format off */
static const Condition stanza_conditions[] = {
  { "bad-request",             "modify", XMPP_ERROR_BAD_REQUEST },
  { "conflict",                "cancel", XMPP_ERROR_CONFLICT },
  { "feature-not-implemented", "cancel", XMPP_ERROR_FEATURE_NOT_IMPLEMENTED },
  { "forbidden",               "auth",   XMPP_ERROR_FORBIDDEN },
  { "gone",                    "cancel", XMPP_ERROR_GONE },
  { "internal-server-error",   "cancel", XMPP_ERROR_INTERNAL_SERVER_ERROR },
  { "item-not-found",          "cancel", XMPP_ERROR_ITEM_NOT_FOUND },
  { "jid-malformed",           "modify", XMPP_ERROR_JID_MALFORMED },
  { "not-acceptable",          "modify", XMPP_ERROR_NOT_ACCEPTABLE },
  { "not-allowed",             "cancel", XMPP_ERROR_NOT_ALLOWED },
  { "not-authorized",          "auth",   XMPP_ERROR_NOT_AUTHORIZED },
  { "payment-required",        "auth",   XMPP_ERROR_PAYMENT_REQUIRED },
  { "policy-violation",        "modify", XMPP_ERROR_POLICY_VIOLATION },
  { "recipient-unavailable",   "wait",   XMPP_ERROR_RECIPIENT_UNAVAILABLE },
  { "redirect",                "modify", XMPP_ERROR_REDIRECT },
  { "registration-required",   "auth",   XMPP_ERROR_REGISTRATION_REQUIRED },
  { "remote-server-not-found", "cancel", XMPP_ERROR_REMOTE_SERVER_NOT_FOUND },
  { "remote-server-timeout",   "wait",   XMPP_ERROR_REMOTE_SERVER_TIMEOUT },
  { "resource-constraint",     "wait",   XMPP_ERROR_RESOURCE_CONSTRAINT },
  { "service-unavailable",     "cancel", XMPP_ERROR_SERVICE_UNAVAILABLE },
  { "subscription-required",   "auth",   XMPP_ERROR_SUBSCRIPTION_REQUIRED },
  { "undefined-condition",     "cancel", XMPP_ERROR_UNDEFINED_CONDITION },
  { "unexpected-request",      "wait",   XMPP_ERROR_UNEXPECTED_REQUEST },
};

static const Condition stream_conditions[] = {
  { "conflict",            NULL, XMPP_ERROR_STREAM_CONFLICT },
  { "resource-constraint", NULL, XMPP_ERROR_STREAM_RESOURCE_CONSTRAINT },
  { "policy-violation",    NULL, XMPP_ERROR_STREAM_POLICY_VIOLATION },
  { "host-unknown",        NULL, XMPP_ERROR_STREAM_HOST_UNKNOWN },
  { "host-gone",           NULL, XMPP_ERROR_STREAM_HOST_UNKNOWN },
  { "not-authorized",      NULL, XMPP_ERROR_STREAM_NOT_AUTHORIZED },
  { "system-shutdown",     NULL, XMPP_ERROR_STREAM_SYSTEM_SHUTDOWN },
};

static const Condition sasl_conditions[] = {
  { "not-authorized",         NULL, XMPP_ERROR_AUTH_NOT_AUTHORIZED },
  { "account-disabled",       NULL, XMPP_ERROR_AUTH_ACCOUNT_DISABLED },
  { "credentials-expired",    NULL, XMPP_ERROR_AUTH_CREDENTIALS_EXPIRED },
  { "temporary-auth-failure", NULL, XMPP_ERROR_AUTH_TEMPORARY },
  { "invalid-mechanism",      NULL, XMPP_ERROR_AUTH_NO_MECHANISM },
  { "mechanism-too-weak",     NULL, XMPP_ERROR_AUTH_NO_MECHANISM },
  { "encryption-required",    NULL, XMPP_ERROR_AUTH_PLAIN_REFUSED },
};

/* GIO's reasons; what is not here is XMPP_ERROR_IO. */
static const struct { GIOErrorEnum io; XmppError code; const char *text; } io_errors[] = {
  { G_IO_ERROR_CONNECTION_REFUSED,  XMPP_ERROR_REFUSED,      "nothing answers there" },
  { G_IO_ERROR_TIMED_OUT,           XMPP_ERROR_TIMEOUT,      "it does not answer in time" },
  { G_IO_ERROR_NETWORK_UNREACHABLE, XMPP_ERROR_UNREACHABLE,  "the network is not reachable" },
  { G_IO_ERROR_HOST_UNREACHABLE,    XMPP_ERROR_UNREACHABLE,  "it is not reachable" },
  { G_IO_ERROR_HOST_NOT_FOUND,      XMPP_ERROR_UNKNOWN_HOST, "there is no such host" },
};
/* clang-format on */

const char *
xmpp_error_condition (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stanza_conditions); i++)
    if ((int) stanza_conditions[i].code == code)
      return stanza_conditions[i].condition;
  return NULL;
}

const char *
xmpp_error_type (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stanza_conditions); i++)
    if ((int) stanza_conditions[i].code == code)
      return stanza_conditions[i].type;
  return NULL;
}

gboolean
xmpp_error_is_stanza_error (const GError *error)
{
  return error != NULL && error->domain == XMPP_ERROR && error->code >= XMPP_ERROR_BAD_REQUEST
         && error->code < XMPP_N_ERRORS;
}

gboolean
xmpp_error_is_transient (const GError *error)
{
  static const XmppError transient[] = {
    XMPP_ERROR_UNKNOWN_HOST,
    XMPP_ERROR_REFUSED,
    XMPP_ERROR_TIMEOUT,
    XMPP_ERROR_UNREACHABLE,
    XMPP_ERROR_TLS_FAILED,
    XMPP_ERROR_NO_WEBSOCKET,
    XMPP_ERROR_IO,
    XMPP_ERROR_PROTOCOL,
    XMPP_ERROR_AUTH_TEMPORARY,
    XMPP_ERROR_STREAM_RESOURCE_CONSTRAINT,
    XMPP_ERROR_STREAM_POLICY_VIOLATION,
    XMPP_ERROR_STREAM_SYSTEM_SHUTDOWN,
    XMPP_ERROR_STREAM_OTHER,
    XMPP_ERROR_REQUEST_TIMEOUT,
    XMPP_ERROR_SESSION_LOST,
    XMPP_ERROR_NOT_CONNECTED,
    XMPP_ERROR_QUEUE_FULL,
  };

  if (error == NULL || error->domain != XMPP_ERROR)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (transient); i++)
    if ((int) transient[i] == error->code)
      return TRUE;
  return FALSE;
}

/* The first child in that namespace that is not <text/> is the condition. */
static GError *
from_conditions (const xmlNode *element,
                 const char *ns,
                 const Condition *table,
                 gsize n_rows,
                 XmppError otherwise)
{
  g_autofree char *text = NULL;
  const char *name = "undefined-condition";
  XmppError code = otherwise;

  xmpp_node_foreach (element, child, NULL, ns)
  {
    if (xmpp_node_is (child, "text", NULL))
      continue;
    name = xmpp_node_name (child);
    break;
  }
  for (gsize i = 0; i < n_rows; i++)
    if (strcmp (table[i].condition, name) == 0)
      code = table[i].code;
  text = xmpp_node_dup_child_text (element, "text", ns);
  if (text == NULL || *g_strstrip (text) == '\0')
    return g_error_new_literal (XMPP_ERROR, code, name);
  return g_error_new (XMPP_ERROR, code, "%s: %s", name, text);
}

GError *
xmpp_error_from_stanza_error (const xmlNode *error_element)
{
  return from_conditions (error_element, XMPP_NS_STANZAS, stanza_conditions,
                          G_N_ELEMENTS (stanza_conditions), XMPP_ERROR_UNDEFINED_CONDITION);
}

GError *
xmpp_error_from_stream_error (const xmlNode *stream_error)
{
  return from_conditions (stream_error, XMPP_NS_STREAM_ERRORS, stream_conditions,
                          G_N_ELEMENTS (stream_conditions), XMPP_ERROR_STREAM_OTHER);
}

GError *
xmpp_error_from_sasl_failure (const xmlNode *failure)
{
  return from_conditions (failure, XMPP_NS_SASL, sasl_conditions, G_N_ELEMENTS (sasl_conditions),
                          XMPP_ERROR_AUTH_FAILED);
}

static GError *
from_resolver (const GError *error, const char *host)
{
  /* Without a network the name service does not answer; names under .invalid never have an address.
   */
  if (error->code == G_RESOLVER_ERROR_TEMPORARY_FAILURE && !g_str_has_suffix (host, ".invalid"))
    return g_error_new (XMPP_ERROR, XMPP_ERROR_UNREACHABLE, "%s: the name service does not answer",
                        host);
  return g_error_new (XMPP_ERROR, XMPP_ERROR_UNKNOWN_HOST, "%s: there is no such host", host);
}

static GError *
from_io (const GError *error, const char *host)
{
  for (gsize i = 0; i < G_N_ELEMENTS (io_errors); i++)
    if ((int) io_errors[i].io == error->code)
      return g_error_new (XMPP_ERROR, io_errors[i].code, "%s: %s", host, io_errors[i].text);
  return g_error_new (XMPP_ERROR, XMPP_ERROR_IO, "%s: %s", host, error->message);
}

GError *
xmpp_error_from_network (const GError *error, const char *host)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (host == NULL)
    host = "?";
  if (error->domain == XMPP_ERROR)
    return g_error_copy (error);
  if (error->domain == G_RESOLVER_ERROR)
    return from_resolver (error, host);
  if (error->domain == G_TLS_ERROR)
    return g_error_new (XMPP_ERROR,
                        error->code == G_TLS_ERROR_BAD_CERTIFICATE ? XMPP_ERROR_TLS_UNTRUSTED
                                                                   : XMPP_ERROR_TLS_FAILED,
                        "%s: %s", host, error->message);
  if (error->domain == SOUP_WEBSOCKET_ERROR)
    return g_error_new (XMPP_ERROR, XMPP_ERROR_NO_WEBSOCKET, "%s: %s", host, error->message);
  if (error->domain == G_IO_ERROR)
    return from_io (error, host);
  return g_error_new (XMPP_ERROR, XMPP_ERROR_IO, "%s: %s", host, error->message);
}
