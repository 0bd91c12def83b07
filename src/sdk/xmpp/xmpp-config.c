/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-config.h"

#include "im-clock.h"

#include <string.h>

XmppConfig *
xmpp_config_copy (const XmppConfig *config)
{
  XmppConfig *copy;

  g_return_val_if_fail (config != NULL, NULL);
  copy = g_memdup2 (config, sizeof *config);
  copy->jid = g_strdup (config->jid);
  copy->password = g_strdup (config->password);
  copy->resource = g_strdup (config->resource);
  copy->server_url = g_strdup (config->server_url);
  copy->certificate_sha256 = g_strdup (config->certificate_sha256);
  copy->http_proxy = g_strdup (config->http_proxy);
  copy->socks5_proxy = g_strdup (config->socks5_proxy);
  copy->language = g_strdup (config->language);
  copy->clock = config->clock != NULL ? config->clock : im_clock_system ();
  return copy;
}

/* A password does not stay behind in freed memory. */
static void
free_secret (const char *secret)
{
  if (secret != NULL)
    explicit_bzero ((char *) secret, strlen (secret));
  g_free ((char *) secret);
}

void
xmpp_config_free (XmppConfig *config)
{
  if (config == NULL)
    return;
  g_free ((char *) config->jid);
  free_secret (config->password);
  g_free ((char *) config->resource);
  g_free ((char *) config->server_url);
  g_free ((char *) config->certificate_sha256);
  g_free ((char *) config->http_proxy);
  g_free ((char *) config->socks5_proxy);
  g_free ((char *) config->language);
  g_free (config);
}

void
xmpp_config_set_password (XmppConfig *config, const char *password, gboolean is_token)
{
  char *copy = g_strdup (password);

  free_secret (config->password);
  config->password = copy;
  config->is_token = is_token;
}
