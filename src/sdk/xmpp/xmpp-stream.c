/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-stream-private.h"

#include "im-loop.h"
#include "xmpp-jid.h"
#include "xmpp-ns.h"
#include "xmpp-ws-transport.h"

#include <string.h>

#define MAX_UNACKED 1000
#define CONNECT_TIMEOUT_MS 30000
#define FIRST_RETRY_MS 500
#define MOST_RETRY_MS 60000
/* A connection that held this long was good: the next loss starts with short waits again. */
#define STABLE_US (10 * G_USEC_PER_SEC)

enum
{
  SIGNAL_STATE_CHANGED,
  SIGNAL_PHASE,
  SIGNAL_SESSION_STARTED,
  SIGNAL_LOGIN_FAILED,
  SIGNAL_KICKED,
  SIGNAL_READY,
  SIGNAL_ROOM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XmppStream, xmpp_stream, G_TYPE_OBJECT)

/* What a state has besides its edges: how long it, and each step in it, may last (0: for ever).
 * CONNECTING and BACKOFF have theirs from the configuration and the backoff. A network may be five
 * seconds late, each way. */
static const guint state_timeouts_ms[XMPP_N_STATES] = {
  [XMPP_STATE_OPENING] = 20000,
  [XMPP_STATE_AUTH] = 30000,
  [XMPP_STATE_BINDING] = 20000,
  [XMPP_STATE_CLOSING] = 2000,
};

void
xmpp_stream_end_session (XmppStream *self)
{
  g_autoptr (GError) error
      = g_error_new_literal (XMPP_ERROR, XMPP_ERROR_SESSION_LOST,
                             "the connection was lost before the server confirmed");
  GPtrArray *lost = xmpp_sm_end (self->sm);

  self->has_session = FALSE;
  self->has_sm = FALSE;
  self->unproven = FALSE;
  xmpp_porter_finish_entries (self->porter, lost, error);
  xmpp_porter_fail_requests (self->porter, error);
}

/* Timers of states */

static gboolean
on_state_timer (gpointer user_data)
{
  XmppStream *self = user_data;

  im_clock_timeout_clear (&self->state_timer);
  if (self->state == XMPP_STATE_BACKOFF)
    xmpp_stream_fire (self, XMPP_EVENT_RETRY, NULL);
  else if (self->state == XMPP_STATE_CLOSING)
    xmpp_stream_fire (self, XMPP_EVENT_TIMEOUT, NULL);
  else
    xmpp_stream_lose (self, XMPP_EVENT_TIMEOUT,
                      g_error_new (XMPP_ERROR, XMPP_ERROR_TIMEOUT, "%s: it does not answer in time",
                                   self->domain));
  return G_SOURCE_REMOVE;
}

static guint
state_timeout_ms (XmppStream *self)
{
  if (self->state == XMPP_STATE_BACKOFF)
    return im_backoff_next_ms (&self->backoff);
  if (self->state == XMPP_STATE_AUTH && !self->sign_in)
    return 0;
  if (self->state == XMPP_STATE_CONNECTING)
    return self->config->connect_timeout_ms != 0 ? self->config->connect_timeout_ms
                                                 : CONNECT_TIMEOUT_MS;
  return state_timeouts_ms[self->state];
}

static void
arm_state_timer (XmppStream *self)
{
  guint timeout_ms = state_timeout_ms (self);

  im_clock_timeout_clear (&self->state_timer);
  if (timeout_ms != 0)
    self->state_timer = im_clock_timeout_add (self->clock, timeout_ms, on_state_timer, self);
}

void
xmpp_stream_begin_step (XmppStream *self, XmppStep step)
{
  self->step = step;
  arm_state_timer (self);
}

/* States */

static gboolean
is_live (XmppState state)
{
  return state >= XMPP_STATE_CONNECTING && state <= XMPP_STATE_ONLINE;
}

static void
leave_online (XmppStream *self)
{
  gint64 now = im_clock_monotonic_us (self->clock);

  if (self->online_since != 0 && now - self->online_since > STABLE_US)
    im_backoff_reset (&self->backoff);
  self->online_since = 0;
}

static void
say_goodbye (XmppStream *self, const GError *reason)
{
  if (self->transport == NULL || self->step == XMPP_STEP_OPEN)
    {
      xmpp_stream_fire (self, XMPP_EVENT_CLOSED, reason != NULL ? g_error_copy (reason) : NULL);
      return;
    }
  if (self->has_sm && xmpp_sm_get_length (self->sm) > 0)
    xmpp_stream_write_spec (self, XMPP_SPEC (XMPP_EL ("r", XMPP_NS_SM)));
  xmpp_stream_write_spec (self, XMPP_SPEC (XMPP_EL ("close", XMPP_NS_FRAMING)));
}

static void
enter_offline (XmppStream *self)
{
  xmpp_stream_disconnect (self);
  im_backoff_reset (&self->backoff);
  self->was_signed_in = FALSE;
  xmpp_stream_end_session (self);
}

/* What a state does when it is entered, once everybody has been told. */
static void
enter (XmppStream *self, XmppState from, const GError *reason)
{
  switch (self->state)
    {
    case XMPP_STATE_CONNECTING:
      xmpp_stream_connect (self);
      break;
    case XMPP_STATE_OPENING:
      xmpp_stream_send_open (self);
      break;
    case XMPP_STATE_SYNCING:
      xmpp_stream_start_watchdog (self);
      g_signal_emit (self, signals[SIGNAL_SESSION_STARTED], 0, FALSE);
      break;
    case XMPP_STATE_ONLINE:
      if (from != XMPP_STATE_BINDING)
        break;
      self->unproven = TRUE;
      xmpp_stream_start_watchdog (self);
      xmpp_stream_replay (self);
      g_signal_emit (self, signals[SIGNAL_SESSION_STARTED], 0, TRUE);
      break;
    case XMPP_STATE_CLOSING:
      say_goodbye (self, reason);
      break;
    case XMPP_STATE_KICKED:
      g_signal_emit (self, signals[SIGNAL_KICKED], 0);
      break;
    case XMPP_STATE_OFFLINE:
    case XMPP_STATE_AUTH:
    case XMPP_STATE_BINDING:
    case XMPP_STATE_BACKOFF:
      break;
    }
}

/* What ends with the state that is left, before anybody hears of the new one. */
static void
prepare (XmppStream *self, XmppState from)
{
  if (from == XMPP_STATE_ONLINE)
    leave_online (self);
  switch (self->state)
    {
    case XMPP_STATE_SYNCING:
      self->was_signed_in = TRUE;
      break;
    case XMPP_STATE_ONLINE:
      self->online_since = im_clock_monotonic_us (self->clock);
      break;
    case XMPP_STATE_BACKOFF:
      xmpp_stream_disconnect (self);
      /* A catch-up that was cut short starts again with a new session. */
      if (from == XMPP_STATE_SYNCING || self->unproven || xmpp_sm_get_id (self->sm) == NULL)
        xmpp_stream_end_session (self);
      break;
    case XMPP_STATE_CLOSING:
      xmpp_stream_stop_watchdog (self);
      break;
    case XMPP_STATE_KICKED:
    case XMPP_STATE_OFFLINE:
      enter_offline (self);
      break;
    case XMPP_STATE_CONNECTING:
    case XMPP_STATE_OPENING:
    case XMPP_STATE_AUTH:
    case XMPP_STATE_BINDING:
      break;
    }
}

void
xmpp_stream_fire (XmppStream *self, XmppEvent event, GError *reason)
{
  g_autoptr (XmppStream) alive = g_object_ref (self);
  g_autoptr (GError) owned = reason;
  const ImFsmEdge *edge = im_fsm_find (xmpp_stream_edges, xmpp_stream_n_edges, self->state, event);
  XmppState from = self->state;

  if (edge == NULL)
    {
      g_debug ("%s means nothing in %s", xmpp_event_name (event), xmpp_state_name (self->state));
      return;
    }
  self->state = edge->to;
  g_debug ("%s: %s -> %s%s%s", xmpp_event_name (event), xmpp_state_name (from),
           xmpp_state_name (self->state), reason != NULL ? ": " : "",
           reason != NULL ? reason->message : "");
  arm_state_timer (self);
  prepare (self, from);
  if (self->state != edge->to)
    return;
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0, self->state, reason);
  if (self->state == edge->to)
    enter (self, from, reason);
}

void
xmpp_stream_lose (XmppStream *self, XmppEvent event, GError *reason)
{
  g_autoptr (XmppStream) alive = g_object_ref (self);
  g_autoptr (GError) owned = reason;

  if (!is_live (self->state))
    {
      xmpp_stream_fire (self, XMPP_EVENT_CLOSED, NULL);
      return;
    }
  if (self->step == XMPP_STEP_OPEN)
    g_clear_pointer (&self->url, g_free); /* ask again where the server is */
  if (self->was_signed_in)
    {
      xmpp_stream_fire (self, event, g_steal_pointer (&owned));
      return;
    }
  /* A first attempt that fails is told and not repeated: the user may have to change something. */
  xmpp_stream_disconnect (self);
  xmpp_stream_fire (self, XMPP_EVENT_LOGOUT, g_error_copy (reason));
  if (self->state == XMPP_STATE_OFFLINE)
    g_signal_emit (self, signals[SIGNAL_LOGIN_FAILED], 0, reason);
}

void
xmpp_stream_emit_phase (XmppStream *self, const char *phase, const char *detail)
{
  g_signal_emit (self, signals[SIGNAL_PHASE], 0, phase, detail);
}

void
xmpp_stream_emit_ready (XmppStream *self)
{
  g_signal_emit (self, signals[SIGNAL_READY], 0);
}

void
xmpp_stream_emit_room (XmppStream *self)
{
  g_signal_emit (self, signals[SIGNAL_ROOM], 0);
}

void
xmpp_stream_refuse_login (XmppStream *self, GError *reason)
{
  g_autoptr (XmppStream) alive = g_object_ref (self);
  g_autoptr (GError) owned = reason;

  xmpp_stream_fire (self, XMPP_EVENT_AUTH_FAIL, g_error_copy (reason));
  if (self->state == XMPP_STATE_OFFLINE)
    g_signal_emit (self, signals[SIGNAL_LOGIN_FAILED], 0, reason);
}

/* Public functions */

void
xmpp_stream_login (XmppStream *self)
{
  g_return_if_fail (XMPP_IS_STREAM (self));
  im_assert_network_thread ();

  xmpp_stream_fire (self, XMPP_EVENT_LOGIN, NULL);
}

void
xmpp_stream_logout (XmppStream *self)
{
  g_return_if_fail (XMPP_IS_STREAM (self));
  im_assert_network_thread ();

  xmpp_stream_fire (self, XMPP_EVENT_LOGOUT, NULL);
}

void
xmpp_stream_synced (XmppStream *self)
{
  g_return_if_fail (XMPP_IS_STREAM (self));
  im_assert_network_thread ();

  xmpp_stream_fire (self, XMPP_EVENT_SYNCED, NULL);
}

void
xmpp_stream_retry_now (XmppStream *self)
{
  g_return_if_fail (XMPP_IS_STREAM (self));
  im_assert_network_thread ();

  if (self->state == XMPP_STATE_SYNCING || self->state == XMPP_STATE_ONLINE)
    xmpp_stream_probe (self);
  else if (self->state == XMPP_STATE_BACKOFF)
    {
      im_backoff_reset (&self->backoff);
      xmpp_stream_fire (self, XMPP_EVENT_RETRY, NULL);
    }
}

void
xmpp_stream_set_password (XmppStream *self, const char *password, gboolean is_token)
{
  g_return_if_fail (XMPP_IS_STREAM (self) && password != NULL);

  xmpp_config_set_password (self->config, password, is_token);
}

XmppState
xmpp_stream_get_state (XmppStream *self)
{
  g_return_val_if_fail (XMPP_IS_STREAM (self), XMPP_STATE_OFFLINE);

  return self->state;
}

XmppPorter *
xmpp_stream_get_porter (XmppStream *self)
{
  g_return_val_if_fail (XMPP_IS_STREAM (self), NULL);

  return self->porter;
}

gboolean
xmpp_stream_has_sm (XmppStream *self)
{
  return self->has_sm;
}

const char *
xmpp_stream_get_url (XmppStream *self)
{
  return self->url;
}

guint
xmpp_stream_get_skipped_frames (XmppStream *self)
{
  return self->skipped_frames;
}

/* GObject */

static void
xmpp_stream_dispose (GObject *object)
{
  XmppStream *self = XMPP_STREAM (object);

  xmpp_stream_disconnect (self);
  im_clock_timeout_clear (&self->state_timer);
  self->state = XMPP_STATE_OFFLINE;
  self->has_session = FALSE;
  if (self->porter != NULL)
    {
      g_autoptr (GError) error
          = g_error_new_literal (XMPP_ERROR, XMPP_ERROR_CLOSED, "the connection object is gone");

      xmpp_porter_finish_entries (self->porter, xmpp_sm_end (self->sm), error);
      xmpp_porter_close (self->porter);
      g_clear_object (&self->porter);
    }
  G_OBJECT_CLASS (xmpp_stream_parent_class)->dispose (object);
}

static void
xmpp_stream_finalize (GObject *object)
{
  XmppStream *self = XMPP_STREAM (object);

  xmpp_sm_free (self->sm);
  xmpp_config_free (self->config);
  g_clear_error (&self->stream_error);
  g_free (self->url);
  g_free (self->local);
  g_free (self->domain);
  G_OBJECT_CLASS (xmpp_stream_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType first, GType second)
{
  return g_signal_new (name, XMPP_TYPE_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, first, second);
}

static void
xmpp_stream_class_init (XmppStreamClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = xmpp_stream_dispose;
  object_class->finalize = xmpp_stream_finalize;

  signals[SIGNAL_STATE_CHANGED] = add_signal ("state-changed", 2, G_TYPE_INT, G_TYPE_ERROR);
  signals[SIGNAL_PHASE] = add_signal ("phase", 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_SESSION_STARTED] = add_signal ("session-started", 1, G_TYPE_BOOLEAN, 0);
  signals[SIGNAL_LOGIN_FAILED] = add_signal ("login-failed", 1, G_TYPE_ERROR, 0);
  signals[SIGNAL_KICKED] = add_signal ("kicked", 0, 0, 0);
  signals[SIGNAL_READY] = add_signal ("ready", 0, 0, 0);
  signals[SIGNAL_ROOM] = add_signal ("room", 0, 0, 0);
}

static void
xmpp_stream_init (XmppStream *self)
{
  im_backoff_init (&self->backoff, FIRST_RETRY_MS, MOST_RETRY_MS);
}

static XmppTransport *
new_ws_transport (const XmppConfig *config, const char *url, gpointer user_data)
{
  return xmpp_ws_transport_new (config, url);
}

XmppStream *
xmpp_stream_new_full (const XmppConfig *config,
                      XmppTransportFunc transport_func,
                      gpointer transport_data,
                      gboolean sign_in)
{
  g_autoptr (XmppJid) jid = NULL;
  XmppStream *self;

  g_return_val_if_fail (config != NULL, NULL);
  im_assert_network_thread ();
  jid = xmpp_jid_parse (config->jid, NULL);
  g_return_val_if_fail (jid != NULL && (jid->local != NULL || !sign_in), NULL);
  self = g_object_new (XMPP_TYPE_STREAM, NULL);
  self->config = xmpp_config_copy (config);
  self->clock = self->config->clock;
  self->transport_func = transport_func != NULL ? transport_func : new_ws_transport;
  self->transport_data = transport_data;
  self->sign_in = sign_in;
  self->local = g_strdup (jid->local);
  self->domain = g_strdup (jid->domain);
  self->sm = xmpp_sm_new (config->max_unacked != 0 ? config->max_unacked : MAX_UNACKED);
  self->porter = xmpp_porter_new (self->config, &xmpp_stream_porter_link, self);
  return self;
}

XmppStream *
xmpp_stream_new (const XmppConfig *config)
{
  return xmpp_stream_new_full (config, NULL, NULL, TRUE);
}
