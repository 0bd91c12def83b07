/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-session.h"

#include "im-attachments.h"
#include "im-backoff.h"
#include "im-downloads.h"
#include "im-error.h"
#include "im-followers.h"
#include "im-gaps.h"
#include "im-indexer.h"
#include "im-json.h"
#include "im-log.h"
#include "im-loop.h"
#include "im-notes.h"
#include "im-outbox.h"
#include "im-pings.h"
#include "im-receipts.h"
#include "im-receiver.h"
#include "im-said.h"
#include "im-settings-share.h"
#include "im-uploads.h"
#include "im-user-sig.h"
#include "map-error.h"
#include "map-message.h"
#include "map-settings.h"
#include "xmpp-disco.h"
#include "xmpp-ns.h"
#include "xmpp-pep.h"

#include <string.h>

/* A server that is still there so long after an acknowledgement has handed on what it is about. */
#define SETTLED_AFTER_MS 10000
/* Connections that a login may lose while it fetches the first conversations. */
#define FIRST_SYNC_ATTEMPTS 6
/* How often it is tried again to store what there was no room for, milliseconds. */
#define BEHIND_MIN_MS 1000
#define BEHIND_MAX_MS (30 * 1000)
/* Messages that no archive has and that wait in memory for room. */
#define HELD_MAX 1000

/* What others may send to this device, and have understood (XEP-0030). */
static const char *const features[] = { XMPP_NS_OOB,
                                        XMPP_NS_GEOLOC,
                                        XMPP_NS_CHAT_STATES,
                                        XMPP_NS_RECEIPTS,
                                        XMPP_NS_CORRECT,
                                        XMPP_NS_MARKERS,
                                        XMPP_NS_STANZA_IDS,
                                        XMPP_NS_RETRACT_OLD,
                                        XMPP_NS_RETRACT,
                                        XMPP_NS_FALLBACK,
                                        XMPP_NS_REACTIONS,
                                        XMPP_NS_SFS,
                                        MAP_MESSAGE_FEATURE,
                                        MAP_SETTINGS_NODE XMPP_PEP_NOTIFY,
                                        NULL };

struct _ImSession
{
  ImSessionOwner owner;
  ImEvents *events; /* outlives the session */
  ImClock *clock;
  ImStore *store;
  ImIndexer *indexer;
  XmppStream *stream;
  ImOutbox *outbox;
  ImAttachments *attachments;
  ImNotes *notes;
  ImReceipts *receipts;
  ImGaps *gaps;
  ImPings *pings;
  ImFollowers *followers;
  ImSaid *said;
  ImSettingsShare *settings_share;
  XmppHttp *http;
  ImUploads *uploads;
  ImDownloads *downloads;
  ImSync *sync; /* nullable: only while catching up */
  MapIds ids;
  char *user_id;
  const char *capabilities; /* their version; the porter's */

  ImCall *login_call;  /* nullable: answered already */
  ImCall *logout_call; /* nullable */
  gboolean is_token;
  gboolean known_here; /* this device has caught up with the account before */
  gboolean offline_login;
  gboolean logged_in;     /* the owner was told */
  gboolean was_connected; /* since the last loss */
  guint lost_in_login;    /* connections */
  gboolean has_archive;
  gboolean follows_archive;
  gboolean wants_receipts;
  gboolean logging_out;
  gboolean ended;
  GCancellable *cancellable;

  GSource *expiry_source; /* nullable */
  GSource *settle_source; /* nullable */
  GSource *retry_source;  /* nullable: a login that started without the network */
  ImBackoff retry_backoff;
  GSource *again_source;  /* nullable: the archive is to be read once more */
  GSource *behind_source; /* nullable: there was no room for something */
  ImBackoff behind_backoff;
  GQueue held; /* XmppMessage, in order: wait for room, and no archive has them */
};

/* Accessors */

const char *
im_session_get_user_id (ImSession *self)
{
  return self->user_id;
}

const MapIds *
im_session_get_ids (ImSession *self)
{
  return &self->ids;
}

ImClock *
im_session_get_clock (ImSession *self)
{
  return self->clock;
}

ImStore *
im_session_get_store (ImSession *self)
{
  return self->store;
}

ImEvents *
im_session_get_events (ImSession *self)
{
  return self->events;
}

ImOutbox *
im_session_get_outbox (ImSession *self)
{
  return self->outbox;
}

ImAttachments *
im_session_get_attachments (ImSession *self)
{
  return self->attachments;
}

ImNotes *
im_session_get_notes (ImSession *self)
{
  return self->notes;
}

ImReceipts *
im_session_get_receipts (ImSession *self)
{
  return self->receipts;
}

ImGaps *
im_session_get_gaps (ImSession *self)
{
  return self->gaps;
}

ImFollowers *
im_session_get_followers (ImSession *self)
{
  return self->followers;
}

ImPings *
im_session_get_pings (ImSession *self)
{
  return self->pings;
}

ImUploads *
im_session_get_uploads (ImSession *self)
{
  return self->uploads;
}

ImDownloads *
im_session_get_downloads (ImSession *self)
{
  return self->downloads;
}

ImSaid *
im_session_get_said (ImSession *self)
{
  return self->said;
}

ImSettingsShare *
im_session_get_settings_share (ImSession *self)
{
  return self->settings_share;
}

XmppPorter *
im_session_get_porter (ImSession *self)
{
  return xmpp_stream_get_porter (self->stream);
}

const char *
im_session_get_capabilities (ImSession *self)
{
  return self->capabilities;
}

gboolean
im_session_is_online (ImSession *self)
{
  return !self->ended && xmpp_stream_get_state (self->stream) == XMPP_STATE_ONLINE;
}

GCancellable *
im_session_get_cancellable (ImSession *self)
{
  return self->cancellable;
}

gboolean
im_session_wants_receipts (ImSession *self)
{
  return self->wants_receipts;
}

gboolean
im_session_has_archive (ImSession *self)
{
  return self->has_archive;
}

gboolean
im_session_follows_archive (ImSession *self)
{
  return self->follows_archive;
}

void
im_session_set_read_receipt (ImSession *self, gboolean enabled)
{
  self->wants_receipts = enabled;
}

/* The end: once, whatever the reason */

static void
end (ImSession *self, int code, const char *desc)
{
  if (self->ended)
    return;
  self->ended = TRUE;
  g_cancellable_cancel (self->cancellable);
  im_attachments_stop (self->attachments);
  im_clock_timeout_clear (&self->expiry_source);
  im_clock_timeout_clear (&self->retry_source);
  im_clock_timeout_clear (&self->settle_source);
  im_clock_timeout_clear (&self->again_source);
  im_clock_timeout_clear (&self->behind_source);
  g_clear_pointer (&self->sync, im_sync_free);
  im_events_flush (self->events);
  self->owner.ended (self, self->owner.owner);
  if (self->login_call != NULL)
    im_call_return_code (self->login_call, code, desc);
  im_events_return_session_calls (self->events, ERR_SDK_NOT_LOGGED_IN);
  g_clear_pointer (&self->login_call, im_call_unref);
}

/* Settling */

static void
settle (ImSession *self, gint64 until_us)
{
  gboolean messages = im_outbox_settle (self->outbox, until_us);
  gboolean receipts = im_receipts_settle (self->receipts, until_us);
  gboolean notes = im_notes_settle (self->notes, until_us);
  gboolean said = im_said_settle (self->said, until_us);

  if (messages || receipts || notes || said)
    im_session_watch_settling (self);
}

static gboolean
on_settle (gpointer user_data)
{
  ImSession *self = user_data;

  im_clock_timeout_clear (&self->settle_source);
  if (im_session_is_online (self))
    settle (self, im_clock_monotonic_us (self->clock) - SETTLED_AFTER_MS * 1000);
  return G_SOURCE_REMOVE;
}

void
im_session_watch_settling (ImSession *self)
{
  if (self->settle_source != NULL || self->ended)
    return;
  self->settle_source = im_clock_timeout_add (self->clock, SETTLED_AFTER_MS, on_settle, self);
}

/* Connection */

static void
set_transfers_online (ImSession *self, gboolean is_online)
{
  im_uploads_set_online (self->uploads, is_online);
  im_downloads_set_online (self->downloads, is_online);
}

static void
flush (ImSession *self)
{
  im_outbox_flush (self->outbox);
  im_said_flush (self->said);
  im_receipts_flush (self->receipts);
  im_notes_flush (self->notes);
  im_settings_share_flush (self->settings_share);
  settle (self, 0); /* looked at again later */
}

static gboolean
is_network_trouble (const GError *error)
{
  return map_error_is_network (error);
}

static void
report_connected (ImSession *self)
{
  self->was_connected = TRUE;
  set_transfers_online (self, TRUE);
  im_events_network_status (self->events, IM_NETWORK_CONNECTED, 0, "");
  im_gaps_look (self->gaps);
  im_pings_look (self->pings);
}

static void
tell_logged_in (ImSession *self)
{
  if (!self->logged_in)
    {
      self->logged_in = TRUE;
      self->owner.logged_in (self, self->owner.owner);
    }
  if (self->login_call != NULL)
    im_call_return (self->login_call, NULL);
  g_clear_pointer (&self->login_call, im_call_unref);
}

static gboolean on_again (gpointer user_data);

static void
arm_again (ImSession *self, guint delay_ms)
{
  im_clock_timeout_clear (&self->again_source);
  self->again_source = im_clock_timeout_add (self->clock, delay_ms, on_again, self);
}

/* Takes the result and frees it. What the archive did not give is asked for again later; meanwhile
 * what comes live is taken. */
static void
finish_catching_up (ImSession *self)
{
  gboolean is_cut_short = im_sync_has_archive (self->sync) && !im_sync_is_complete (self->sync);

  self->has_archive = im_sync_has_archive (self->sync);
  self->follows_archive = im_sync_is_complete (self->sync) && self->behind_source == NULL;
  if (is_cut_short && self->behind_source == NULL)
    arm_again (self, im_backoff_next_ms (&self->behind_backoff));
  else if (self->behind_source == NULL)
    im_backoff_reset (&self->behind_backoff);
  g_clear_pointer (&self->sync, im_sync_free);
}

static void
start_catching_up (ImSession *self, gboolean is_present, ImSyncFunc done)
{
  XmppMessage *message;

  im_clock_timeout_clear (&self->again_source);
  im_clock_timeout_clear (&self->behind_source);
  g_clear_pointer (&self->sync, im_sync_free);
  self->follows_archive = FALSE;
  self->sync = im_sync_new (self, is_present, done, self);
  while ((message = g_queue_pop_head (&self->held)) != NULL)
    {
      im_sync_queue_live (self->sync, message);
      xmpp_message_unref (message);
    }
}

static void
on_synced (ImSync *sync, gpointer user_data)
{
  ImSession *self = user_data;

  finish_catching_up (self);
  /* A session that this one replaces may still be handed messages, which only the archive has then:
   * the position stays for a while, and the archive is read from it once more. */
  if (self->follows_archive)
    arm_again (self, SETTLED_AFTER_MS);
  self->follows_archive = FALSE;
  xmpp_stream_synced (self->stream);
  report_connected (self);
  im_settings_share_begin (self->settings_share);
  tell_logged_in (self);
  self->known_here = TRUE;
  flush (self);
}

static void
on_session_started (XmppStream *stream, gboolean resumed, gpointer user_data)
{
  ImSession *self = user_data;

  if (resumed)
    {
      report_connected (self);
      flush (self);
      if (self->has_archive && !self->follows_archive && self->behind_source == NULL)
        arm_again (self, SETTLED_AFTER_MS); /* it may have been broken off */
      return;
    }
  im_events_network_status (self->events, IM_NETWORK_CONNECTING, 0, "Fetching conversations");
  /* A device that has been here shows what it has at once; a new one waits for its conversations.
   */
  if (self->known_here)
    tell_logged_in (self);
  im_outbox_lost_session (self->outbox);
  im_receipts_lost_session (self->receipts);
  im_notes_lost_session (self->notes);
  im_said_lost_session (self->said);
  start_catching_up (self, FALSE, on_synced);
}

/* Without room for what comes */

static void
on_synced_again (ImSync *sync, gpointer user_data)
{
  ImSession *self = user_data;

  finish_catching_up (self);
  flush (self);
}

static gboolean
on_again (gpointer user_data)
{
  ImSession *self = user_data;

  im_clock_timeout_clear (&self->again_source);
  if (self->sync == NULL && im_session_is_online (self))
    start_catching_up (self, TRUE, on_synced_again);
  return G_SOURCE_REMOVE;
}

static void arm_behind (ImSession *self);

static gboolean
on_behind (gpointer user_data)
{
  ImSession *self = user_data;

  if (self->sync == NULL && im_session_is_online (self))
    start_catching_up (self, TRUE, on_synced_again);
  else
    arm_behind (self);
  return G_SOURCE_REMOVE;
}

static void
arm_behind (ImSession *self)
{
  im_clock_timeout_clear (&self->behind_source);
  self->behind_source
      = im_clock_timeout_add (self->clock, im_backoff_next_ms (&self->behind_backoff), on_behind,
                              self);
}

void
im_session_fall_behind (ImSession *self)
{
  self->follows_archive = FALSE;
  if (self->behind_source == NULL && !self->ended)
    arm_behind (self);
}

/* In order: what the archive has it brings again, the rest waits here. */
static void
take_later (ImSession *self, XmppMessage *message)
{
  if (self->has_archive && message->archive_id != NULL)
    return;
  if (self->held.length < HELD_MAX)
    g_queue_push_tail (&self->held, xmpp_message_ref (message));
  else
    g_warning ("a message is lost: there is no room to store it, and no archive has it");
}

void
im_session_take_live (ImSession *self, XmppMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (self->behind_source != NULL)
    return take_later (self, message);
  if (im_receiver_take_live (self, message, &error))
    return;
  g_message ("a message could not be stored and is not told: %s", error->message);
  if (!im_store_error_blames_disk (error))
    return;
  im_session_fall_behind (self);
  take_later (self, message);
}

static void
on_room (XmppStream *stream, gpointer user_data)
{
  ImSession *self = user_data;

  if (!self->ended)
    flush (self);
}

static void
on_phase (XmppStream *stream, const char *phase, const char *detail, gpointer user_data)
{
  ImSession *self = user_data;
  g_autofree char *found = NULL;
  const char *desc = NULL;

  if (g_str_equal (phase, "discovering"))
    desc = "Looking for the server";
  else if (g_str_equal (phase, "connecting"))
    desc = found = g_strdup_printf ("Server found: %s", detail != NULL ? detail : "");
  else if (g_str_equal (phase, "securing"))
    desc = "Secure connection";
  else if (g_str_equal (phase, "authenticating"))
    desc = "Signing in";
  if (desc != NULL)
    im_events_network_status (self->events, IM_NETWORK_CONNECTING, 0, desc);
}

static void
on_lost (ImSession *self, const GError *reason)
{
  g_autoptr (GError) error = map_error_connection (reason);

  g_clear_pointer (&self->sync, im_sync_free);
  set_transfers_online (self, FALSE);
  if (self->was_connected)
    im_events_network_status (self->events, IM_NETWORK_DISCONNECTED, 0, "");
  else
    im_events_network_status (self->events, IM_NETWORK_CONNECT_FAILED, error->code, error->message);
  self->was_connected = FALSE;
  if (self->login_call == NULL || ++self->lost_in_login < FIRST_SYNC_ATTEMPTS)
    return;
  end (self, error->code, error->message);
  xmpp_stream_logout (self->stream);
}

static void
on_state_changed (XmppStream *stream, XmppState state, const GError *reason, gpointer user_data)
{
  ImSession *self = user_data;

  if (state == XMPP_STATE_BACKOFF && !self->ended)
    on_lost (self, reason);
  else if (state == XMPP_STATE_OFFLINE && self->logging_out)
    {
      ImCall *call = g_steal_pointer (&self->logout_call);

      end (self, ERR_LOGGED_OUT_BEFORE_LOGIN_FINISHED, NULL);
      if (call != NULL)
        im_call_return (call, NULL);
      g_clear_pointer (&call, im_call_unref);
    }
}

static gboolean
on_retry (gpointer user_data)
{
  ImSession *self = user_data;

  im_clock_timeout_clear (&self->retry_source);
  xmpp_stream_login (self->stream);
  return G_SOURCE_REMOVE;
}

static void
arm_retry (ImSession *self)
{
  im_clock_timeout_clear (&self->retry_source);
  self->retry_source = im_clock_timeout_add (self->clock, im_backoff_next_ms (&self->retry_backoff),
                                             on_retry, self);
}

static void
expire (ImSession *self)
{
  if (self->ended)
    return;
  end (self, ERR_USER_SIG_EXPIRED, NULL);
  im_events_user_sig_expired (self->events);
  xmpp_stream_logout (self->stream);
}

static void
on_login_failed (XmppStream *stream, const GError *reason, gpointer user_data)
{
  ImSession *self = user_data;
  g_autoptr (GError) error = map_error_connection (reason);

  if (self->logging_out || self->ended)
    return;
  im_events_network_status (self->events, IM_NETWORK_CONNECT_FAILED, error->code, error->message);
  if (self->offline_login && self->known_here && is_network_trouble (error))
    {
      tell_logged_in (self);
      arm_retry (self);
    }
  else if (self->logged_in)
    expire (self); /* started without the network, and the server does not take the password */
  else
    end (self, error->code, error->message);
}

static void
on_kicked (XmppStream *stream, gpointer user_data)
{
  ImSession *self = user_data;
  gboolean logged_in = self->logged_in;

  if (self->ended)
    return;
  settle (self, G_MAXINT64); /* the server is well, and takes its leave */
  end (self, ERR_LOGIN_KICKED_OFF_BY_OTHER, NULL);
  if (logged_in)
    im_events_kicked (self->events);
}

void
im_session_retry_now (ImSession *self)
{
  if (self->ended)
    return;
  if (self->retry_source != NULL)
    on_retry (self);
  else
    xmpp_stream_retry_now (self->stream);
}

void
im_session_log_out (ImSession *self, ImCall *call)
{
  if (self->ended)
    {
      if (call != NULL)
        im_call_return (call, NULL);
      return;
    }
  if (call != NULL && self->logout_call == NULL)
    self->logout_call = im_call_ref (call);
  if (self->logging_out)
    return;
  if (im_session_is_online (self))
    settle (self, G_MAXINT64);
  self->logging_out = TRUE;
  im_attachments_stop (self->attachments);
  im_clock_timeout_clear (&self->retry_source);
  im_clock_timeout_clear (&self->expiry_source);
  im_clock_timeout_clear (&self->again_source);
  im_clock_timeout_clear (&self->behind_source);
  g_clear_pointer (&self->sync, im_sync_free);
  if (xmpp_stream_get_state (self->stream) == XMPP_STATE_OFFLINE)
    on_state_changed (self->stream, XMPP_STATE_OFFLINE, NULL, self);
  else
    xmpp_stream_logout (self->stream);
}

/* Live messages wait while the archive is read, so that nothing overtakes. */
static void
on_message (XmppPorter *porter, XmppMessage *message, gpointer user_data)
{
  ImSession *self = user_data;

  if (self->ended)
    return;
  if (self->sync != NULL)
    im_sync_queue_live (self->sync, message);
  else
    im_session_take_live (self, message);
}

/* Construction */

static gboolean
on_expiry (gpointer user_data)
{
  ImSession *self = user_data;

  im_clock_timeout_clear (&self->expiry_source);
  expire (self);
  return G_SOURCE_REMOVE;
}

/* The library reads a token's expiry itself: a server reports all failures alike, and lets a
 * running session live on. */
static gboolean
check_user_sig (ImSession *self, const char *user_sig, GError **error)
{
  g_auto (ImUserSig) sig = { 0 };
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  im_user_sig_read (user_sig, &sig);
  self->is_token = sig.is_token;
  if (!sig.is_token || sig.expires_s == 0)
    return TRUE;
  if (sig.expires_s <= now_s)
    {
      g_set_error_literal (error, IM_ERROR, ERR_SVR_ACCOUNT_USERSIG_EXPIRED,
                           im_error_code_text (ERR_SVR_ACCOUNT_USERSIG_EXPIRED));
      return FALSE;
    }
  self->expiry_source
      = g_timeout_source_new_seconds ((guint) MIN (sig.expires_s - now_s, G_MAXINT / 1000));
  g_source_set_callback (self->expiry_source, on_expiry, self, NULL);
  g_source_attach (self->expiry_source, g_main_context_get_thread_default ());
  return TRUE;
}

char *
im_session_dup_store_dir (const char *data_dir, const MapIds *ids)
{
  g_autofree char *folder = g_compute_checksum_for_string (G_CHECKSUM_SHA256, ids->self_jid, -1);

  return g_build_filename (data_dir, folder, NULL);
}

static gboolean
open_store (ImSession *self, const ImSessionOptions *options, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *dir = im_session_dup_store_dir (options->data_dir, &self->ids);

  self->store = options->in_memory ? im_store_open_memory (&reason) : im_store_open (dir, &reason);
  if (self->store != NULL)
    return TRUE;
  g_message ("the local data cannot be used: %s", reason->message);
  g_set_error_literal (error, IM_ERROR, ERR_DATABASE_OPERATE_FAILED, reason->message);
  return FALSE;
}

static void
open_attachments (ImSession *self, const ImSessionOptions *options)
{
  g_autofree char *dir = im_session_dup_store_dir (options->data_dir, &self->ids);
  g_autofree char *folder = g_build_filename (dir, "outgoing", NULL);

  self->attachments = im_attachments_new (self, options->in_memory ? NULL : folder);
  im_attachments_resume (self->attachments);
}

static ImConv *
on_lookup (int conv_type, const char *conv_id, gpointer user_data)
{
  ImSession *self = user_data;

  return im_store_conversation_get (self->store, conv_type, conv_id, NULL);
}

static gboolean
on_count_unread (guint64 *ret_total, gpointer user_data)
{
  ImSession *self = user_data;

  return im_store_unread_total (self->store, ret_total, NULL);
}

ImSession *
im_session_new (const ImSessionOptions *options,
                ImSessionOwner owner,
                ImEvents *events,
                ImCall *login_call,
                GError **error)
{
  g_autoptr (ImSession) self = g_new0 (ImSession, 1);
  XmppConfig config = { 0 };

  im_assert_network_thread ();
  self->owner = owner;
  self->cancellable = g_cancellable_new ();
  self->events = events;
  self->clock = options->clock != NULL ? options->clock : im_clock_system ();
  self->offline_login = options->offline_login;
  self->wants_receipts = options->is_read_receipt;
  im_backoff_init (&self->retry_backoff, 1000, 60 * 1000);
  im_backoff_init (&self->behind_backoff, BEHIND_MIN_MS, BEHIND_MAX_MS);
  if (!map_ids_init (&self->ids, options->user_id, options->domain, error)
      || !check_user_sig (self, options->user_sig, error) || !open_store (self, options, error))
    return NULL;
  self->user_id = map_id_user_from_jid (&self->ids, self->ids.self_jid);
  self->known_here = im_sync_has_position (self->store);
  self->has_archive = TRUE;
  self->indexer = im_indexer_new (self->store, self->clock);
  self->outbox = im_outbox_new (self);
  self->notes = im_notes_new (self);
  self->receipts = im_receipts_new (self);
  self->gaps = im_gaps_new (self);
  self->pings = im_pings_new (self);
  self->followers = im_followers_new ();
  self->said = im_said_new (self);

  config.jid = self->ids.self_jid;
  config.password = options->user_sig;
  config.is_token = self->is_token;
  config.resource = options->resource;
  config.server_url = options->server_url;
  config.allow_plain = options->allow_plain;
  config.certificate_sha256 = options->certificate_sha256;
  config.clock = self->clock;
  self->stream
      = xmpp_stream_new_full (&config, options->new_transport, options->transport_data, TRUE);
  g_signal_connect (self->stream, "state-changed", G_CALLBACK (on_state_changed), self);
  g_signal_connect (self->stream, "phase", G_CALLBACK (on_phase), self);
  g_signal_connect (self->stream, "session-started", G_CALLBACK (on_session_started), self);
  g_signal_connect (self->stream, "login-failed", G_CALLBACK (on_login_failed), self);
  g_signal_connect (self->stream, "kicked", G_CALLBACK (on_kicked), self);
  g_signal_connect (self->stream, "room", G_CALLBACK (on_room), self);
  xmpp_message_add_handler (im_session_get_porter (self), on_message, self);
  self->settings_share = im_settings_share_new (self);
  self->capabilities = xmpp_disco_serve (im_session_get_porter (self), "pc", "Linnet", features);
  config.password = NULL;
  self->http = xmpp_http_new (&config);
  self->uploads = im_uploads_new (im_session_get_porter (self), self->http, self->store,
                                  self->clock, config.allow_plain);
  self->downloads = im_downloads_new (self->http, self->store, self->clock);
  open_attachments (self, options);
  im_events_set_lookup (events, on_lookup, self);
  im_events_set_unread_count (events, on_count_unread);
  self->login_call = im_call_ref (login_call);
  xmpp_stream_login (self->stream);
  return g_steal_pointer (&self);
}

void
im_session_free (ImSession *self)
{
  im_clock_timeout_clear (&self->expiry_source);
  im_clock_timeout_clear (&self->retry_source);
  im_clock_timeout_clear (&self->settle_source);
  im_clock_timeout_clear (&self->again_source);
  im_clock_timeout_clear (&self->behind_source);
  g_queue_clear_full (&self->held, (GDestroyNotify) xmpp_message_unref);
  g_clear_pointer (&self->sync, im_sync_free);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->attachments, im_attachments_free);
  g_clear_pointer (&self->uploads, im_uploads_free);
  g_clear_pointer (&self->downloads, im_downloads_free);
  g_clear_object (&self->http);
  if (self->stream != NULL)
    g_signal_handlers_disconnect_by_data (self->stream, self);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->outbox, im_outbox_free);
  g_clear_pointer (&self->said, im_said_free);
  g_clear_pointer (&self->followers, im_followers_free);
  g_clear_pointer (&self->settings_share, im_settings_share_free);
  g_clear_pointer (&self->pings, im_pings_free);
  g_clear_pointer (&self->gaps, im_gaps_free);
  g_clear_pointer (&self->receipts, im_receipts_free);
  g_clear_pointer (&self->notes, im_notes_free);
  g_clear_pointer (&self->indexer, im_indexer_free);
  g_clear_pointer (&self->store, im_store_close);
  g_clear_pointer (&self->login_call, im_call_unref);
  g_clear_pointer (&self->logout_call, im_call_unref);
  map_ids_clear (&self->ids);
  g_free (self->user_id);
  g_free (self);
}
