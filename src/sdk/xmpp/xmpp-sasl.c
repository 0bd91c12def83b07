/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-sasl.h"

#include "xmpp-error.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <gsasl.h>
#include <string.h>

/* A server that asks for more rounds of hashing wants to stop our thread. */
#define MAX_ITERATIONS 1000000

typedef struct
{
  const char *name;
  gboolean mutual; /* proves that the server knows the password */
  gboolean carries_token;
} Mechanism;

/* The best first. */
static const Mechanism mechanisms_known[] = {
  { "SCRAM-SHA-256", TRUE, FALSE },
  { "SCRAM-SHA-1", TRUE, FALSE },
  { "PLAIN", FALSE, TRUE },
};

struct _XmppSasl
{
  Gsasl *context;
  Gsasl_session *session;
  const Mechanism *mechanism;
  gboolean done; /* libgsasl is satisfied, with the server's signature where there is one */
};

static gboolean
is_offered (const xmlNode *mechanisms, const char *name)
{
  xmpp_node_foreach (mechanisms, child, "mechanism", XMPP_NS_SASL)
  {
    g_autofree char *text = xmpp_node_dup_text (child);

    if (strcmp (g_strstrip (text), name) == 0)
      return TRUE;
  }
  return FALSE;
}

static const Mechanism *
choose (const xmlNode *mechanisms, const XmppSaslLogin *login, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms_known); i++)
    {
      const Mechanism *mechanism = &mechanisms_known[i];

      if ((login->is_token && !mechanism->carries_token)
          || !is_offered (mechanisms, mechanism->name))
        continue;
      if (mechanism->mutual || login->plain_allowed)
        return mechanism;
      g_set_error_literal (error, XMPP_ERROR, XMPP_ERROR_AUTH_PLAIN_REFUSED,
                           "the server wants the password over an unprotected connection");
      return NULL;
    }
  g_set_error_literal (error, XMPP_ERROR, XMPP_ERROR_AUTH_NO_MECHANISM,
                       "the server offers no way to sign in that we know");
  return NULL;
}

XmppSasl *
xmpp_sasl_new (const xmlNode *mechanisms, const XmppSaslLogin *login, GError **error)
{
  g_autoptr (XmppSasl) self = NULL;
  const Mechanism *mechanism;

  g_return_val_if_fail (login != NULL && login->user != NULL && login->password != NULL, NULL);
  mechanism = choose (mechanisms, login, error);
  if (mechanism == NULL)
    return NULL;
  self = g_new0 (XmppSasl, 1);
  self->mechanism = mechanism;
  if (gsasl_init (&self->context) != GSASL_OK
      || gsasl_client_start (self->context, mechanism->name, &self->session) != GSASL_OK
      || gsasl_property_set (self->session, GSASL_AUTHID, login->user) != GSASL_OK
      || gsasl_property_set (self->session, GSASL_PASSWORD, login->password) != GSASL_OK)
    {
      g_set_error (error, XMPP_ERROR, XMPP_ERROR_AUTH_NO_MECHANISM, "%s cannot be used",
                   mechanism->name);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
xmpp_sasl_free (XmppSasl *self)
{
  if (self == NULL)
    return;
  if (self->session != NULL)
    gsasl_finish (self->session);
  if (self->context != NULL)
    gsasl_done (self->context);
  g_free (self);
}

const char *
xmpp_sasl_get_mechanism (XmppSasl *self)
{
  return self->mechanism->name;
}

/* NULL, without error, when libgsasl refuses. */
static char *
step (XmppSasl *self, const char *input, int *ret_code)
{
  char *output = NULL;
  char *copy = NULL;

  *ret_code = gsasl_step64 (self->session, input, &output);
  if (*ret_code == GSASL_OK || *ret_code == GSASL_NEEDS_MORE)
    {
      copy = g_strdup (output != NULL ? output : "");
      self->done = *ret_code == GSASL_OK;
    }
  gsasl_free (output);
  return copy;
}

char *
xmpp_sasl_start (XmppSasl *self, GError **error)
{
  int code;
  g_autofree char *output = step (self, NULL, &code);

  if (output == NULL)
    {
      g_set_error (error, XMPP_ERROR, XMPP_ERROR_AUTH_FAILED, "%s", gsasl_strerror (code));
      return NULL;
    }
  return *output != '\0' ? g_steal_pointer (&output) : g_strdup ("=");
}

static gboolean
asks_too_much (const char *challenge)
{
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (challenge, &length);
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (char **part = parts; *part != NULL; part++)
    if (g_str_has_prefix (*part, "i="))
      return g_ascii_strtoull (*part + 2, NULL, 10) > MAX_ITERATIONS;
  return FALSE;
}

char *
xmpp_sasl_step (XmppSasl *self, const char *challenge, GError **error)
{
  int code;
  char *output;

  if (self->mechanism->mutual && asks_too_much (challenge))
    {
      g_set_error_literal (error, XMPP_ERROR, XMPP_ERROR_AUTH_FAILED,
                           "the server asks for too many rounds of hashing");
      return NULL;
    }
  output = step (self, challenge, &code);
  if (output == NULL)
    g_set_error (error, XMPP_ERROR,
                 code == GSASL_AUTHENTICATION_ERROR ? XMPP_ERROR_AUTH_SERVER_SIGNATURE
                                                    : XMPP_ERROR_AUTH_FAILED,
                 "%s", gsasl_strerror (code));
  return output;
}

gboolean
xmpp_sasl_finish (XmppSasl *self, const char *text, GError **error)
{
  int code = GSASL_OK;

  if (text != NULL && *text != '\0' && !self->done)
    g_free (step (self, text, &code));
  if (self->done && code == GSASL_OK)
    return TRUE;
  g_set_error_literal (error, XMPP_ERROR, XMPP_ERROR_AUTH_SERVER_SIGNATURE,
                       "the server could not prove that it knows the account");
  return FALSE;
}
