/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-clock.h"
#include "im-events.h"
#include "im-store.h"
#include "im-sync.h"

#include "map-id.h"
#include "xmpp-porter.h"
#include "xmpp-stream.h"

/* One account on this device: its store, its connection, and the services that work on both. Lives
 * on the network thread from TIMLogin until logout, kick, expiry or a failed login. */

typedef struct _ImSession ImSession;
typedef struct _ImOutbox ImOutbox;
typedef struct _ImAttachments ImAttachments;
typedef struct _ImNotes ImNotes;
typedef struct _ImReceipts ImReceipts;
typedef struct _ImGaps ImGaps;
typedef struct _ImFollowers ImFollowers;
typedef struct _ImPings ImPings;
typedef struct _ImSaid ImSaid;
typedef struct _ImSettingsShare ImSettingsShare;
typedef struct _ImUploads ImUploads;
typedef struct _ImDownloads ImDownloads;

/* What a session is told; all strings are copied. */
typedef struct
{
  const char *user_id; /* as TIMLogin got it: "alice" or "alice@example.org" */
  const char *user_sig;
  const char *data_dir;   /* the folder of all accounts of this application */
  const char *domain;     /* nullable: of a user_id without one */
  const char *server_url; /* nullable: discovery */
  const char *resource;
  const char *certificate_sha256; /* nullable: pinned certificate */
  gboolean allow_plain;           /* ws:// to other machines */
  gboolean offline_login;         /* a user this device knows may start without the network */
  gboolean is_read_receipt;
  gboolean in_memory;              /* nothing is kept: user_config_is_is_disable_storage */
  ImClock *clock;                  /* nullable: the system's; borrowed, outlives the session */
  XmppTransportFunc new_transport; /* nullable: WebSocket */
  gpointer transport_data;
} ImSessionOptions;

/* What the session tells its owner, once each, never from inside im_session_new(). */
typedef struct
{
  void (*logged_in) (ImSession *session, gpointer owner);
  /* Failed login, kick, expiry or logout: the owner frees the session after this, from an idle. */
  void (*ended) (ImSession *session, gpointer owner);
  gpointer owner;
} ImSessionOwner;

/* Returns: (nullable) NULL with an IM_ERROR when nothing could be started; login_call is not
 * answered then. */
ImSession *im_session_new (const ImSessionOptions *options,
                           ImSessionOwner owner,
                           ImEvents *events,
                           ImCall *login_call,
                           GError **error);
/* The folder of that account's database. Transfer full. */
char *im_session_dup_store_dir (const char *data_dir, const MapIds *ids);
void im_session_free (ImSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImSession, im_session_free)

/* Says goodbye to the server and ends; call may be NULL. */
void im_session_log_out (ImSession *self, ImCall *call);
void im_session_set_read_receipt (ImSession *self, gboolean enabled);
/* The network is back: no need to wait for the timer. */
void im_session_retry_now (ImSession *self);

const char *im_session_get_user_id (ImSession *self);
const MapIds *im_session_get_ids (ImSession *self);
ImClock *im_session_get_clock (ImSession *self);
ImStore *im_session_get_store (ImSession *self);
ImEvents *im_session_get_events (ImSession *self);
ImOutbox *im_session_get_outbox (ImSession *self);
ImAttachments *im_session_get_attachments (ImSession *self);
ImNotes *im_session_get_notes (ImSession *self);
ImReceipts *im_session_get_receipts (ImSession *self);
ImGaps *im_session_get_gaps (ImSession *self);
ImPings *im_session_get_pings (ImSession *self);
ImFollowers *im_session_get_followers (ImSession *self);
ImSaid *im_session_get_said (ImSession *self);
ImSettingsShare *im_session_get_settings_share (ImSession *self);
ImUploads *im_session_get_uploads (ImSession *self);
ImDownloads *im_session_get_downloads (ImSession *self);
/* Something was acknowledged by the server: when it is still there a while later, outbox, receipts
 * and notes are told. */
void im_session_watch_settling (ImSession *self);
/* NULL while there is no stream to send on. */
XmppPorter *im_session_get_porter (ImSession *self);
/* The version of what is served (XEP-0115). */
const char *im_session_get_capabilities (ImSession *self);
/* Caught up: what is sent now goes out in order. */
gboolean im_session_is_online (ImSession *self);
/* Cancelled when the session ends. */
GCancellable *im_session_get_cancellable (ImSession *self);
gboolean im_session_wants_receipts (ImSession *self);
gboolean im_session_has_archive (ImSession *self);
/* The archive was read to its end: live messages may move the position. */
gboolean im_session_follows_archive (ImSession *self);
/* Something that came could not be stored. Until there is room again nothing more is taken, and
 * the archive, which has it all, is asked again from where the store stands. */
void im_session_fall_behind (ImSession *self);
/* A message that came live: at once, or in its turn. */
void im_session_take_live (ImSession *self, XmppMessage *message);
