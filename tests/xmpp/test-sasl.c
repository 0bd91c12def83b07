/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xmpp-error.h"
#include "xmpp-frame.h"
#include "xmpp-ns.h"
#include "xmpp-sasl.h"

#include <gsasl.h>
#include <string.h>

/* The other side: libgsasl's server, which knows the password "secret". */
typedef struct
{
  Gsasl *context;
  Gsasl_session *session;
} Server;

static int
on_property (Gsasl *context, Gsasl_session *session, Gsasl_property property)
{
  if (property != GSASL_PASSWORD)
    return GSASL_NO_CALLBACK;
  return gsasl_property_set (session, GSASL_PASSWORD, "secret");
}

static void
server_start (Server *server, const char *mechanism)
{
  g_assert_cmpint (gsasl_init (&server->context), ==, GSASL_OK);
  gsasl_callback_set (server->context, on_property);
  g_assert_cmpint (gsasl_server_start (server->context, mechanism, &server->session), ==, GSASL_OK);
}

static int
server_step (Server *server, const char *input, char **ret_output)
{
  char *output = NULL;
  int code = gsasl_step64 (server->session, input, &output);

  *ret_output = g_strdup (output);
  gsasl_free (output);
  return code;
}

static void
server_end (Server *server)
{
  gsasl_finish (server->session);
  gsasl_done (server->context);
}

static XmppSasl *
new_login (const char *mechanisms, const XmppSaslLogin *login, GError **error)
{
  g_auto (GStrv) names = g_strsplit (mechanisms, " ", -1);
  g_autoptr (XmppStanza) offered
      = xmpp_stanza_new (XMPP_SPEC (XMPP_EL ("mechanisms", XMPP_NS_SASL)));

  for (char **name = names; *name != NULL; name++)
    xmpp_spec_append (xmpp_stanza_get_root (offered),
                      XMPP_SPEC (XMPP_TEXT_EL ("mechanism", NULL, *name)));
  return xmpp_sasl_new (xmpp_stanza_get_root (offered), login, error);
}

static const XmppSaslLogin protected_login = { "alice", "secret", FALSE, TRUE };
static const XmppSaslLogin open_login = { "alice", "secret", FALSE, FALSE };
static const XmppSaslLogin token_login = { "alice", "eyJhbGciOi.J9.x", TRUE, TRUE };
static const XmppSaslLogin open_token_login = { "alice", "eyJhbGciOi.J9.x", TRUE, FALSE };

static void
test_takes_the_best_that_is_allowed (void)
{
  static const struct
  {
    const char *offered;
    const XmppSaslLogin *login;
    const char *chosen;
    int error;
  } rows[] = {
    { "PLAIN SCRAM-SHA-1 SCRAM-SHA-256", &protected_login, "SCRAM-SHA-256", 0 },
    { "PLAIN DIGEST-MD5 SCRAM-SHA-1", &protected_login, "SCRAM-SHA-1", 0 },
    { "PLAIN", &protected_login, "PLAIN", 0 },
    { "PLAIN", &open_login, NULL, XMPP_ERROR_AUTH_PLAIN_REFUSED },
    { "PLAIN SCRAM-SHA-1", &open_login, "SCRAM-SHA-1", 0 },
    { "PLAIN SCRAM-SHA-1", &token_login, "PLAIN", 0 },
    { "PLAIN SCRAM-SHA-1", &open_token_login, NULL, XMPP_ERROR_AUTH_PLAIN_REFUSED },
    { "SCRAM-SHA-256", &token_login, NULL, XMPP_ERROR_AUTH_NO_MECHANISM },
    { "ANONYMOUS EXTERNAL", &protected_login, NULL, XMPP_ERROR_AUTH_NO_MECHANISM },
    { "", &protected_login, NULL, XMPP_ERROR_AUTH_NO_MECHANISM },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (XmppSasl) sasl = new_login (rows[i].offered, rows[i].login, &error);

      if (rows[i].chosen == NULL)
        {
          g_assert_null (sasl);
          g_assert_error (error, XMPP_ERROR, rows[i].error);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (xmpp_sasl_get_mechanism (sasl), ==, rows[i].chosen);
    }
  g_assert_null (xmpp_sasl_new (NULL, &protected_login, NULL));
}

static void
test_plain_says_name_and_password (void)
{
  g_autoptr (XmppSasl) sasl = new_login ("PLAIN", &protected_login, NULL);
  g_autofree char *text = xmpp_sasl_start (sasl, NULL);

  g_assert_cmpstr (text, ==, "AGFsaWNlAHNlY3JldA==");
  g_assert_true (xmpp_sasl_finish (sasl, "", NULL));
}

/* Both sides up to the server's final message. */
static char *
talk (XmppSasl *sasl, Server *server)
{
  g_autofree char *first = xmpp_sasl_start (sasl, NULL);
  g_autofree char *challenge = NULL;
  g_autofree char *response = NULL;
  char *final;

  g_assert_cmpint (server_step (server, first, &challenge), ==, GSASL_NEEDS_MORE);
  response = xmpp_sasl_step (sasl, challenge, NULL);
  g_assert_nonnull (response);
  g_assert_cmpint (server_step (server, response, &final), ==, GSASL_OK);
  return final;
}

static void
test_scram_ends_with_the_servers_signature (gconstpointer mechanism)
{
  g_autoptr (XmppSasl) sasl = new_login (mechanism, &open_login, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *final = NULL;
  Server server;

  server_start (&server, mechanism);
  final = talk (sasl, &server);
  g_assert_true (xmpp_sasl_finish (sasl, final, &error));
  g_assert_no_error (error);
  server_end (&server);
}

static char *
forge (const char *final)
{
  gsize size;
  g_autofree guchar *bytes = g_base64_decode (final, &size);

  g_assert_cmpuint (bytes[0], ==, 'v');
  bytes[4] = bytes[4] == 'A' ? 'B' : 'A';
  return g_base64_encode (bytes, size);
}

static void
test_a_wrong_signature_is_refused (gconstpointer mechanism)
{
  g_autoptr (XmppSasl) sasl = new_login (mechanism, &open_login, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *final = NULL;
  g_autofree char *forged = NULL;
  Server server;

  server_start (&server, mechanism);
  final = talk (sasl, &server);
  forged = forge (final);
  g_assert_false (xmpp_sasl_finish (sasl, forged, &error));
  g_assert_error (error, XMPP_ERROR, XMPP_ERROR_AUTH_SERVER_SIGNATURE);
  server_end (&server);
}

static void
test_a_missing_signature_is_refused (gconstpointer mechanism)
{
  static const char *const nothing[] = { NULL, "" };

  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (XmppSasl) sasl = new_login (mechanism, &open_login, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *final = NULL;
      Server server;

      server_start (&server, mechanism);
      final = talk (sasl, &server);
      g_assert_false (xmpp_sasl_finish (sasl, nothing[i], &error));
      g_assert_error (error, XMPP_ERROR, XMPP_ERROR_AUTH_SERVER_SIGNATURE);
      server_end (&server);
    }
}

static void
test_an_early_success_is_refused (void)
{
  g_autoptr (XmppSasl) sasl = new_login ("SCRAM-SHA-1", &open_login, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = xmpp_sasl_start (sasl, NULL);

  g_assert_false (xmpp_sasl_finish (sasl, NULL, &error));
  g_assert_error (error, XMPP_ERROR, XMPP_ERROR_AUTH_SERVER_SIGNATURE);
}

static void
test_bad_challenges_are_refused (void)
{
  static const char *const challenges[] = {
    "",
    "!!!",
    "cj0xLHM9YSxpPTE=",
    "PT09",
    "cj14eHgscz1RVU5FLGk9OTk5OTk5OTk5OQ==", /* i=9999999999 */
    "cj14eHgscz1RVU5FLGk9MjAwMDAwMA==",     /* i=2000000 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (challenges); i++)
    {
      g_autoptr (XmppSasl) sasl = new_login ("SCRAM-SHA-256", &open_login, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *first = xmpp_sasl_start (sasl, NULL);

      g_assert_null (xmpp_sasl_step (sasl, challenges[i], &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } scram[] = {
    { "ends-with-the-servers-signature", test_scram_ends_with_the_servers_signature },
    { "a-wrong-signature-is-refused", test_a_wrong_signature_is_refused },
    { "a-missing-signature-is-refused", test_a_missing_signature_is_refused },
  };
  static const char *const mechanisms[] = { "SCRAM-SHA-1", "SCRAM-SHA-256" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xmpp/sasl/takes-the-best-that-is-allowed",
                   test_takes_the_best_that_is_allowed);
  g_test_add_func ("/xmpp/sasl/plain-says-name-and-password", test_plain_says_name_and_password);
  g_test_add_func ("/xmpp/sasl/an-early-success-is-refused", test_an_early_success_is_refused);
  g_test_add_func ("/xmpp/sasl/bad-challenges-are-refused", test_bad_challenges_are_refused);
  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (scram); j++)
      {
        g_autofree char *path = g_strdup_printf ("/xmpp/sasl/%s/%s", mechanisms[i], scram[j].name);

        g_test_add_data_func (path, mechanisms[i], scram[j].func);
      }
  return g_test_run ();
}
