/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-stream-private.h"

#include "xmpp-node.h"
#include "xmpp-ns.h"

#include <string.h>

#define WATCHDOG_IDLE_MS 30000
#define WATCHDOG_WAIT_MS 10000

static gboolean
is_up (XmppStream *self)
{
  return self->state == XMPP_STATE_SYNCING || self->state == XMPP_STATE_ONLINE;
}

/* Acknowledgements */

/* Asks the server what it has: <r/>, or, where it does not count, a ping that comes back in order.
 */
void
xmpp_stream_request_ack (XmppStream *self)
{
  if (self->ack_requested || !is_up (self))
    return;
  self->ack_requested = TRUE;
  if (self->probe_sent == 0)
    {
      self->probe_sent = im_clock_monotonic_us (self->clock);
      xmpp_stream_start_watchdog (self);
    }
  if (self->has_sm)
    {
      xmpp_stream_write_spec (self, XMPP_SPEC (XMPP_EL ("r", XMPP_NS_SM)));
      return;
    }
  g_free (self->ack_ping_id);
  self->ack_ping_id = xmpp_id_new ();
  self->ack_ping_sent = xmpp_sm_get_sent (self->sm);
  xmpp_stream_write_spec (self, XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"),
                                                    XMPP_ATTR ("to", self->domain),
                                                    XMPP_ATTR ("id", self->ack_ping_id),
                                                    XMPP_EL ("ping", XMPP_NS_PING))));
}

static gboolean
on_ack_source (gpointer user_data)
{
  XmppStream *self = user_data;

  im_clock_timeout_clear (&self->ack_source);
  if (xmpp_sm_get_length (self->sm) > 0)
    xmpp_stream_request_ack (self);
  return G_SOURCE_REMOVE;
}

/* One question for all that is sent in a turn of the loop, and only one under way. */
static void
schedule_ack (XmppStream *self)
{
  if (self->ack_source != NULL || self->ack_requested)
    return;
  self->ack_source = g_idle_source_new ();
  g_source_set_priority (self->ack_source, G_PRIORITY_DEFAULT + 10);
  g_source_set_callback (self->ack_source, on_ack_source, self, NULL);
  g_source_attach (self->ack_source, g_main_context_get_thread_default ());
}

void
xmpp_stream_acknowledged (XmppStream *self, guint64 h)
{
  gboolean was_full = xmpp_sm_is_full (self->sm);
  GError *error = NULL;
  GPtrArray *done = NULL;

  if (h <= G_MAXUINT32)
    done = xmpp_sm_acknowledge (self->sm, (guint32) h, &error);
  else
    error = g_error_new_literal (XMPP_ERROR, XMPP_ERROR_PROTOCOL,
                                 "the server acknowledges an impossible number of stanzas");

  self->ack_requested = FALSE;
  if (done == NULL)
    {
      xmpp_sm_forbid_resumption (self->sm);
      xmpp_stream_lose (self, XMPP_EVENT_IO_LOST, error);
      return;
    }
  xmpp_porter_finish_entries (self->porter, done, NULL);
  if (is_up (self) && was_full && !xmpp_sm_is_full (self->sm))
    xmpp_stream_emit_room (self);
  if (is_up (self) && xmpp_sm_get_length (self->sm) > 0)
    schedule_ack (self);
}

void
xmpp_stream_take_sm (XmppStream *self, XmppStanza *stanza)
{
  const xmlNode *root = xmpp_stanza_get_root (stanza);
  guint64 h = G_MAXUINT64; /* what is no number is no answer either */

  if (!self->has_sm)
    return;
  if (xmpp_node_is (root, "r", XMPP_NS_SM))
    {
      g_autofree char *text = g_strdup_printf ("%u", xmpp_sm_get_received (self->sm));

      xmpp_stream_write_spec (self, XMPP_SPEC (XMPP_EL ("a", XMPP_NS_SM, XMPP_ATTR ("h", text))));
    }
  else if (xmpp_node_is (root, "a", XMPP_NS_SM))
    {
      self->unproven = FALSE;
      xmpp_node_attr_uint64 (root, "h", &h);
      xmpp_stream_acknowledged (self, h);
    }
}

static void
send_again (gpointer data, gpointer user_data)
{
  XmppSmEntry *entry = data;

  xmpp_stream_write (user_data, entry->text);
}

/* The question is asked even when nothing is unacknowledged: see unproven. */
void
xmpp_stream_replay (XmppStream *self)
{
  self->ack_requested = FALSE;
  xmpp_sm_foreach (self->sm, send_again, self);
  xmpp_stream_request_ack (self);
}

/* Stanzas */

/* The answer to our own question; never the porter's. */
static gboolean
is_ack_ping (XmppStream *self, XmppStanza *stanza)
{
  const char *from = xmpp_stanza_get_from (stanza);

  return self->ack_ping_id != NULL && xmpp_stanza_get_kind (stanza) == XMPP_STANZA_IQ
         && g_strcmp0 (xmpp_stanza_get_id (stanza), self->ack_ping_id) == 0
         && (from == NULL || strcmp (from, self->domain) == 0);
}

void
xmpp_stream_take_stanza (XmppStream *self, XmppStanza *stanza)
{
  if (xmpp_stanza_get_kind (stanza) == XMPP_STANZA_OTHER)
    {
      g_debug ("<%s/> is not known here", xmpp_node_name (xmpp_stanza_get_root (stanza)));
      return;
    }
  if (self->has_sm && self->step == XMPP_STEP_DONE)
    xmpp_sm_count_received (self->sm);
  if (is_ack_ping (self, stanza))
    {
      g_clear_pointer (&self->ack_ping_id, g_free);
      xmpp_stream_acknowledged (self, self->ack_ping_sent);
      return;
    }
  xmpp_porter_dispatch (self->porter, stanza);
}

static GError *
check_sending (gpointer user_data)
{
  XmppStream *self = user_data;

  if (self->state == XMPP_STATE_AUTH && self->step == XMPP_STEP_IDLE)
    return NULL;
  if (!self->has_session || self->state == XMPP_STATE_CLOSING)
    return g_error_new_literal (XMPP_ERROR, XMPP_ERROR_NOT_CONNECTED, "there is no connection");
  if (xmpp_sm_is_full (self->sm))
    return g_error_new (XMPP_ERROR, XMPP_ERROR_QUEUE_FULL, "%u stanzas wait for confirmation",
                        xmpp_sm_get_length (self->sm));
  return NULL;
}

static void
submit (gpointer user_data, XmppSmEntry *entry)
{
  XmppStream *self = user_data;

  /* Before signing in nobody counts; and what is sent then, a password, is not for the log. */
  if (self->state == XMPP_STATE_AUTH)
    {
      xmpp_transport_send (self->transport, entry->text);
      xmpp_sm_entry_free (entry);
      return;
    }
  if (is_up (self))
    xmpp_stream_write (self, entry->text);
  xmpp_sm_push (self->sm, entry);
  if (is_up (self))
    schedule_ack (self);
}

static guint
get_n_pending (gpointer user_data)
{
  return xmpp_sm_get_length (((XmppStream *) user_data)->sm);
}

const XmppPorterLink xmpp_stream_porter_link = { check_sending, submit, get_n_pending };

/* Watchdog: libsoup does not notice a peer that says nothing any more. */

static guint
idle_ms (XmppStream *self)
{
  return self->config->watchdog_idle_ms != 0 ? self->config->watchdog_idle_ms : WATCHDOG_IDLE_MS;
}

static guint
wait_ms (XmppStream *self)
{
  return self->config->watchdog_wait_ms != 0 ? self->config->watchdog_wait_ms : WATCHDOG_WAIT_MS;
}

void
xmpp_stream_probe (XmppStream *self)
{
  if (!is_up (self))
    return;
  /* A question that is out already has not been answered: ask again all the same, since the wait is
   * counted from the first. */
  self->ack_requested = FALSE;
  xmpp_stream_request_ack (self);
}

static gboolean
on_watchdog (gpointer user_data)
{
  XmppStream *self = user_data;
  gint64 now = im_clock_monotonic_us (self->clock);

  im_clock_timeout_clear (&self->watchdog);
  if (self->probe_sent != 0 && now - self->probe_sent >= (gint64) wait_ms (self) * 1000)
    {
      xmpp_stream_lose (self, XMPP_EVENT_TIMEOUT,
                        g_error_new (XMPP_ERROR, XMPP_ERROR_TIMEOUT, "%s has gone silent",
                                     self->domain));
      return G_SOURCE_REMOVE;
    }
  if (self->probe_sent == 0 && now - self->last_received >= (gint64) idle_ms (self) * 1000)
    xmpp_stream_probe (self);
  if (self->watchdog == NULL)
    xmpp_stream_start_watchdog (self);
  return G_SOURCE_REMOVE;
}

/* Arms it for the earliest moment at which something could have to be done. */
void
xmpp_stream_start_watchdog (XmppStream *self)
{
  gint64 now = im_clock_monotonic_us (self->clock);
  gint64 due = self->probe_sent != 0 ? self->probe_sent + (gint64) wait_ms (self) * 1000
                                     : self->last_received + (gint64) idle_ms (self) * 1000;

  im_clock_timeout_clear (&self->watchdog);
  self->watchdog = im_clock_timeout_add (self->clock, (guint) ((MAX (due - now, 0) + 999) / 1000),
                                         on_watchdog, self);
}

void
xmpp_stream_stop_watchdog (XmppStream *self)
{
  im_clock_timeout_clear (&self->watchdog);
  im_clock_timeout_clear (&self->ack_source);
  g_clear_pointer (&self->ack_ping_id, g_free);
  self->ack_requested = FALSE;
  self->probe_sent = 0;
}
