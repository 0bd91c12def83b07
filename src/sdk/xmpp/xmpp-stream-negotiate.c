/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-stream-private.h"

#include "xmpp-jid.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

/*
 * The frames between the socket and the session:
 *
 *   OPENING  > open      < open, features
 *   AUTH     > auth      < challenge > response … < success
 *   BINDING  > open      < open, features
 *            > resume    < resumed                         → ONLINE
 *                        < failed ↓
 *            > bind      < result  > enable  < enabled     → SYNCING
 */

typedef gboolean (*StepFunc) (XmppStream *self, XmppStanza *stanza, const xmlNode *root);

static void
fail (XmppStream *self, int code, const char *what)
{
  xmpp_stream_lose (self, XMPP_EVENT_IO_LOST,
                    g_error_new (XMPP_ERROR, code, "%s: %s", self->domain, what));
}

void
xmpp_stream_send_open (XmppStream *self)
{
  g_autoptr (XmppStanza) open = xmpp_stanza_new (
      XMPP_SPEC (XMPP_EL ("open", XMPP_NS_FRAMING, XMPP_ATTR ("to", self->domain),
                          XMPP_ATTR ("version", "1.0"))));
  g_autofree char *text = NULL;

  if (self->config->language != NULL)
    xmlNodeSetLang (xmpp_stanza_get_root (open), BAD_CAST self->config->language);
  text = xmpp_stanza_to_string (open);
  xmpp_stream_begin_step (self, XMPP_STEP_OPEN);
  xmpp_stream_write (self, text);
}

static gboolean
on_open (XmppStream *self, XmppStanza *stanza, const xmlNode *root)
{
  if (!xmpp_node_is (root, "open", XMPP_NS_FRAMING))
    return FALSE;
  xmpp_stream_begin_step (self, XMPP_STEP_FEATURES);
  return TRUE;
}

/* Signing in */

/* Wrong credentials end the attempts; a server in trouble does not. */
static void
auth_failed (XmppStream *self, GError *error)
{
  g_clear_pointer (&self->sasl, xmpp_sasl_free);
  if (xmpp_error_is_transient (error) && self->was_signed_in)
    xmpp_stream_lose (self, XMPP_EVENT_IO_LOST, error);
  else
    xmpp_stream_refuse_login (self, error);
}

static void
write_sasl (XmppStream *self, const char *name, const char *mechanism, const char *text)
{
  g_autoptr (XmppStanza) element = xmpp_stanza_new (XMPP_SPEC (
      XMPP_EL (name, XMPP_NS_SASL, XMPP_ATTR ("mechanism", mechanism), XMPP_TEXT (text))));
  g_autofree char *frame = xmpp_stanza_to_string (element);

  /* Not through xmpp_stream_write(): that one is logged. */
  g_debug ("> <%s/>", name);
  xmpp_transport_send (self->transport, frame);
}

static void
start_sasl (XmppStream *self, const xmlNode *features)
{
  XmppProtection protection = xmpp_transport_get_protection (self->transport);
  XmppSaslLogin login = {
    .user = self->local,
    .password = self->config->password != NULL ? self->config->password : "",
    .is_token = self->config->is_token,
    .plain_allowed = protection != XMPP_PROTECTION_NONE || self->config->allow_plain,
  };
  g_autofree char *text = NULL;
  GError *error = NULL;

  self->sasl
      = xmpp_sasl_new (xmpp_node_child (features, "mechanisms", XMPP_NS_SASL), &login, &error);
  if (self->sasl != NULL)
    text = xmpp_sasl_start (self->sasl, &error);
  if (text == NULL)
    {
      auth_failed (self, error);
      return;
    }
  xmpp_stream_begin_step (self, XMPP_STEP_SASL);
  xmpp_stream_emit_phase (self, "authenticating", xmpp_sasl_get_mechanism (self->sasl));
  if (self->state == XMPP_STATE_AUTH && self->sasl != NULL)
    write_sasl (self, "auth", xmpp_sasl_get_mechanism (self->sasl), text);
}

static void
answer_challenge (XmppStream *self, const xmlNode *root)
{
  g_autofree char *challenge = xmpp_node_dup_text (root);
  GError *error = NULL;
  g_autofree char *response = xmpp_sasl_step (self->sasl, challenge, &error);

  if (response == NULL)
    auth_failed (self, error);
  else
    write_sasl (self, "response", NULL, response);
}

static void
check_success (XmppStream *self, const xmlNode *root)
{
  g_autofree char *text = xmpp_node_dup_text (root);
  GError *error = NULL;

  if (!xmpp_sasl_finish (self->sasl, text, &error))
    {
      auth_failed (self, error);
      return;
    }
  g_clear_pointer (&self->sasl, xmpp_sasl_free);
  xmpp_stream_send_open (self);
  xmpp_stream_fire (self, XMPP_EVENT_AUTH_OK, NULL);
}

static gboolean
on_sasl (XmppStream *self, XmppStanza *stanza, const xmlNode *root)
{
  if (xmpp_node_is (root, "challenge", XMPP_NS_SASL))
    answer_challenge (self, root);
  else if (xmpp_node_is (root, "success", XMPP_NS_SASL))
    check_success (self, root);
  else if (xmpp_node_is (root, "failure", XMPP_NS_SASL))
    auth_failed (self, xmpp_error_from_sasl_failure (root));
  else
    return FALSE;
  return TRUE;
}

/* Binding and resuming */

static void
start_bind (XmppStream *self)
{
  g_autoptr (XmppStanza) iq = xmpp_stanza_new (
      XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
                          XMPP_EL ("bind", XMPP_NS_BIND,
                                   XMPP_TEXT_EL ("resource", NULL, self->config->resource)))));
  g_autofree char *text = NULL;

  g_free (self->negotiation_id);
  self->negotiation_id = g_strdup (xmpp_stanza_ensure_id (iq));
  text = xmpp_stanza_to_string (iq);
  xmpp_stream_begin_step (self, XMPP_STEP_BIND);
  xmpp_stream_write (self, text);
}

static void
start_resume (XmppStream *self)
{
  g_autofree char *h = g_strdup_printf ("%u", xmpp_sm_get_received (self->sm));

  xmpp_stream_begin_step (self, XMPP_STEP_RESUME);
  xmpp_stream_write_spec (self,
                          XMPP_SPEC (XMPP_EL ("resume", XMPP_NS_SM, XMPP_ATTR ("h", h),
                                              XMPP_ATTR ("previd", xmpp_sm_get_id (self->sm)))));
}

static void
start_session (XmppStream *self, const xmlNode *features)
{
  self->offers_sm = xmpp_node_child (features, "sm", XMPP_NS_SM) != NULL;
  xmpp_stream_emit_phase (self, "binding", self->config->resource);
  if (self->state != XMPP_STATE_BINDING || self->transport == NULL)
    return;
  if (self->offers_sm && self->has_session && xmpp_sm_get_id (self->sm) != NULL)
    start_resume (self);
  else
    start_bind (self);
}

static gboolean
on_features (XmppStream *self, XmppStanza *stanza, const xmlNode *root)
{
  if (!xmpp_node_is (root, "features", XMPP_NS_STREAM))
    return FALSE;
  if (self->state == XMPP_STATE_BINDING)
    {
      start_session (self, root);
      return TRUE;
    }
  self->step = XMPP_STEP_IDLE;
  xmpp_stream_fire (self, XMPP_EVENT_FEATURES, NULL);
  if (self->state != XMPP_STATE_AUTH)
    return TRUE;
  if (self->sign_in)
    start_sasl (self, root);
  else
    xmpp_stream_emit_ready (self);
  return TRUE;
}

static gboolean
is_of_our_session (XmppStream *self, const xmlNode *resumed)
{
  const char *id = xmpp_node_attr (resumed, "previd");

  return id == NULL || g_strcmp0 (id, xmpp_sm_get_id (self->sm)) == 0;
}

static gboolean
on_resume (XmppStream *self, XmppStanza *stanza, const xmlNode *root)
{
  guint64 h;
  gboolean has_h = xmpp_node_attr_uint64 (root, "h", &h);

  if (xmpp_node_is (root, "resumed", XMPP_NS_SM) && !is_of_our_session (self, root))
    {
      xmpp_sm_forbid_resumption (self->sm);
      fail (self, XMPP_ERROR_PROTOCOL, "the server resumed a session of somebody else");
    }
  else if (xmpp_node_is (root, "resumed", XMPP_NS_SM))
    {
      self->step = XMPP_STEP_DONE;
      self->has_sm = TRUE;
      if (has_h)
        xmpp_stream_acknowledged (self, h);
      xmpp_stream_fire (self, XMPP_EVENT_RESUMED, NULL);
    }
  else if (xmpp_node_is (root, "failed", XMPP_NS_SM))
    {
      /* Some of it may have arrived; the rest is over with the session. */
      if (has_h)
        xmpp_stream_acknowledged (self, h);
      xmpp_stream_end_session (self);
      if (self->state == XMPP_STATE_BINDING)
        start_bind (self);
    }
  else
    return FALSE;
  return TRUE;
}

static void
session_bound (XmppStream *self, gboolean has_sm, const char *sm_id)
{
  xmpp_stream_end_session (self);
  self->has_sm = has_sm;
  xmpp_sm_start (self->sm, sm_id);
  self->has_session = TRUE;
  self->step = XMPP_STEP_DONE;
  xmpp_stream_fire (self, XMPP_EVENT_BOUND, NULL);
}

static gboolean
take_bound_jid (XmppStream *self, const xmlNode *root)
{
  const xmlNode *bind = xmpp_node_child (root, "bind", XMPP_NS_BIND);
  g_autofree char *text = xmpp_node_dup_child_text (bind, "jid", XMPP_NS_BIND);
  g_autofree char *jid = xmpp_jid_dup_normal (text);

  if (jid == NULL || !xmpp_jid_bare_equal (jid, self->config->jid))
    return FALSE;
  xmpp_porter_set_full_jid (self->porter, jid);
  return TRUE;
}

/* The resource is refused: mostly because there are too many sessions. */
static void
bind_refused (XmppStream *self, XmppStanza *stanza)
{
  g_autoptr (GError) error = xmpp_stanza_dup_error (stanza);
  int code = error->code == XMPP_ERROR_RESOURCE_CONSTRAINT ? XMPP_ERROR_STREAM_RESOURCE_CONSTRAINT
             : error->code == XMPP_ERROR_NOT_ALLOWED       ? XMPP_ERROR_STREAM_RESOURCE_CONSTRAINT
                                                           : error->code;

  fail (self, code, error->message);
}

static gboolean
on_bind (XmppStream *self, XmppStanza *stanza, const xmlNode *root)
{
  if (xmpp_stanza_get_kind (stanza) != XMPP_STANZA_IQ
      || g_strcmp0 (xmpp_stanza_get_id (stanza), self->negotiation_id) != 0)
    return FALSE;
  if (g_strcmp0 (xmpp_stanza_get_type (stanza), "error") == 0)
    bind_refused (self, stanza);
  else if (!take_bound_jid (self, root))
    fail (self, XMPP_ERROR_PROTOCOL, "the server bound another address");
  else if (self->offers_sm)
    {
      xmpp_stream_begin_step (self, XMPP_STEP_ENABLE);
      xmpp_stream_write_spec (self, XMPP_SPEC (XMPP_EL ("enable", XMPP_NS_SM,
                                                        XMPP_ATTR ("resume", "true"))));
    }
  else
    session_bound (self, FALSE, NULL);
  return TRUE;
}

static gboolean
on_enable (XmppStream *self, XmppStanza *stanza, const xmlNode *root)
{
  if (xmpp_node_is (root, "enabled", XMPP_NS_SM))
    {
      g_autofree char *id
          = xmpp_node_attr_bool (root, "resume") ? g_strdup (xmpp_node_attr (root, "id")) : NULL;

      session_bound (self, TRUE, id);
    }
  else if (xmpp_node_is (root, "failed", XMPP_NS_SM))
    session_bound (self, FALSE, NULL);
  else
    return FALSE;
  return TRUE;
}

static const StepFunc steps[] = {
  [XMPP_STEP_OPEN] = on_open, [XMPP_STEP_FEATURES] = on_features,
  [XMPP_STEP_SASL] = on_sasl, [XMPP_STEP_RESUME] = on_resume,
  [XMPP_STEP_BIND] = on_bind, [XMPP_STEP_ENABLE] = on_enable,
};

void
xmpp_stream_negotiate (XmppStream *self, XmppStanza *stanza)
{
  const xmlNode *root = xmpp_stanza_get_root (stanza);

  if (steps[self->step] != NULL && steps[self->step](self, stanza, root))
    return;
  /* Stanzas may come between binding and <enabled/>; before signing in, answers to registration. */
  if (self->step == XMPP_STEP_IDLE || self->step == XMPP_STEP_ENABLE)
    xmpp_stream_take_stanza (self, stanza);
  else
    g_debug ("<%s/> is not what was waited for", xmpp_node_name (root));
}
