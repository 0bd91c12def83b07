/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/* What can go wrong between us and a server. Messages are English, for logs and details. */

#define XMPP_ERROR (xmpp_error_quark ())
GQuark xmpp_error_quark (void);

typedef enum
{
  /* Reaching the server */
  XMPP_ERROR_UNKNOWN_HOST, /* the name has no address */
  XMPP_ERROR_REFUSED,
  XMPP_ERROR_TIMEOUT,       /* connecting, or an answer of the connection, took too long */
  XMPP_ERROR_UNREACHABLE,   /* no network, no route, no name service */
  XMPP_ERROR_TLS_UNTRUSTED, /* message: the reasons, ends with "sha256:HEX" of the certificate */
  XMPP_ERROR_TLS_FAILED,    /* no TLS could be agreed on */
  XMPP_ERROR_NO_WEBSOCKET,  /* the domain names none, or what answers there is none */
  XMPP_ERROR_INSECURE,      /* ws:// to another machine without allow_plain */
  XMPP_ERROR_IO,            /* the connection was lost in any other way */
  XMPP_ERROR_PROTOCOL,      /* the server said what makes no sense */

  /* Signing in */
  XMPP_ERROR_AUTH_NOT_AUTHORIZED,
  XMPP_ERROR_AUTH_ACCOUNT_DISABLED,
  XMPP_ERROR_AUTH_CREDENTIALS_EXPIRED,
  XMPP_ERROR_AUTH_TEMPORARY,        /* temporary-auth-failure */
  XMPP_ERROR_AUTH_SERVER_SIGNATURE, /* the server does not know the password either */
  XMPP_ERROR_AUTH_NO_MECHANISM,     /* none that both sides know */
  XMPP_ERROR_AUTH_PLAIN_REFUSED,    /* the server wants the password over an open connection */
  XMPP_ERROR_AUTH_FAILED,           /* any other failure */

  /* The stream ends (RFC 6120 §4.9.3) */
  XMPP_ERROR_STREAM_CONFLICT,            /* another login took the resource */
  XMPP_ERROR_STREAM_RESOURCE_CONSTRAINT, /* the server is full; also refused binding */
  XMPP_ERROR_STREAM_POLICY_VIOLATION,
  XMPP_ERROR_STREAM_HOST_UNKNOWN, /* the server does not serve this domain */
  XMPP_ERROR_STREAM_NOT_AUTHORIZED,
  XMPP_ERROR_STREAM_SYSTEM_SHUTDOWN,
  XMPP_ERROR_STREAM_OTHER, /* the condition is in the message */

  /* Our own side of a request or stanza */
  XMPP_ERROR_REQUEST_TIMEOUT,  /* no answer to an iq */
  XMPP_ERROR_SESSION_LOST,     /* not acknowledged and not resumable: the outcome is unknown */
  XMPP_ERROR_NOT_CONNECTED,    /* no session; nothing was sent */
  XMPP_ERROR_STANZA_TOO_LARGE, /* nothing was sent */
  XMPP_ERROR_QUEUE_FULL,       /* too many unacknowledged stanzas; nothing was sent */
  XMPP_ERROR_UNEXPECTED_REPLY, /* an answer without what was asked for */
  XMPP_ERROR_FRAME,            /* what came is not one well-formed, bounded element */
  XMPP_ERROR_CLOSED,           /* the stream object went away, or logged out */

  /* Stanza errors (RFC 6120 §8.3.3) */
  XMPP_ERROR_BAD_REQUEST,
  XMPP_ERROR_CONFLICT,
  XMPP_ERROR_FEATURE_NOT_IMPLEMENTED,
  XMPP_ERROR_FORBIDDEN,
  XMPP_ERROR_GONE,
  XMPP_ERROR_INTERNAL_SERVER_ERROR,
  XMPP_ERROR_ITEM_NOT_FOUND,
  XMPP_ERROR_JID_MALFORMED,
  XMPP_ERROR_NOT_ACCEPTABLE,
  XMPP_ERROR_NOT_ALLOWED,
  XMPP_ERROR_NOT_AUTHORIZED,
  XMPP_ERROR_PAYMENT_REQUIRED,
  XMPP_ERROR_POLICY_VIOLATION,
  XMPP_ERROR_RECIPIENT_UNAVAILABLE,
  XMPP_ERROR_REDIRECT,
  XMPP_ERROR_REGISTRATION_REQUIRED,
  XMPP_ERROR_REMOTE_SERVER_NOT_FOUND,
  XMPP_ERROR_REMOTE_SERVER_TIMEOUT,
  XMPP_ERROR_RESOURCE_CONSTRAINT,
  XMPP_ERROR_SERVICE_UNAVAILABLE,
  XMPP_ERROR_SUBSCRIPTION_REQUIRED,
  XMPP_ERROR_UNDEFINED_CONDITION,
  XMPP_ERROR_UNEXPECTED_REQUEST,

  XMPP_N_ERRORS
} XmppError;

/* "item-not-found"; NULL when the code is not of a stanza error. */
const char *xmpp_error_condition (int code);
/* The error type that RFC 6120 names for the condition: "cancel", "modify", "auth", "wait". */
const char *xmpp_error_type (int code);
/* Is error a stanza error of the peer or server: the request was understood and refused? */
gboolean xmpp_error_is_stanza_error (const GError *error);
/* Could the same attempt to sign in succeed later without the user doing anything? */
gboolean xmpp_error_is_transient (const GError *error);

/* Out of <error/>, <stream:error/> and SASL <failure/>. (transfer full) */
GError *xmpp_error_from_stanza_error (const xmlNode *error_element);
GError *xmpp_error_from_stream_error (const xmlNode *stream_error);
GError *xmpp_error_from_sasl_failure (const xmlNode *failure);
/* What GIO, its resolver and TLS, and libsoup report, in our terms. (transfer full) */
GError *xmpp_error_from_network (const GError *error, const char *host);

G_END_DECLS
