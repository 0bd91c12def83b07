/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ImClock ImClock;

/* How to reach one account. Callers fill it in on the stack, zeroed first; the stream takes a copy.
 */
typedef struct
{
  const char *jid;                /* bare, "user@domain" */
  const char *password;           /* or a token */
  const char *resource;           /* nullable: the server chooses */
  const char *server_url;         /* nullable (discovery): "ws://…" or "wss://…" */
  const char *certificate_sha256; /* nullable, hex: this unknown certificate is accepted */
  const char *http_proxy;         /* nullable: "http://host:port"; never used for loopback */
  const char *socks5_proxy;       /* nullable: "socks5://host:port" */
  const char *language;           /* nullable: xml:lang of the stream */
  gboolean is_token;              /* the password is a token (JWT): only PLAIN can carry it */
  gboolean allow_plain;           /* ws:// to other machines, and PLAIN over it */
  guint watchdog_idle_ms;         /* silence before the peer is asked for a sign of life; 0: 30 s */
  guint watchdog_wait_ms;         /* silence after that until it counts as lost; 0: 10 s */
  guint iq_timeout_ms;            /* 0: 30 s */
  guint connect_timeout_ms;       /* discovery and connecting; 0: 30 s */
  guint max_unacked;              /* stanzas; 0: 1000 */
  ImClock *clock;                 /* nullable: the system's */
} XmppConfig;

/* (transfer full), with every string copied. */
XmppConfig *xmpp_config_copy (const XmppConfig *config);
/* On a copy. */
void xmpp_config_set_password (XmppConfig *config, const char *password, gboolean is_token);
void xmpp_config_free (XmppConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmppConfig, xmpp_config_free)

G_END_DECLS
