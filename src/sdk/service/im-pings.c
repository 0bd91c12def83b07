/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-pings.h"

#include "im-gaps.h"
#include "im-said.h"
#include "map-message.h"
#include "xmpp-account.h"
#include "xmpp-disco.h"
#include "xmpp-jid.h"

/* A receipt comes at once; longer than it takes to connect again. */
#define ASK_AFTER_MS 15000
/* Who is not there is asked again, each time after twice the time. */
#define ATTEMPTS_MAX 4
/* Devices remembered. */
#define PEERS_MAX 1000

typedef struct
{
  char *device;      /* full address; at first that of a device of our kind, which may not exist */
  gboolean is_exact; /* it sends exact receipts */
  gboolean is_other; /* it is there, and does not */
  guint attempts;    /* since the last message */
  gint64 due_us;     /* 0: not waiting */
} Peer;

/* Reference counted, since the porter answers after the session may have gone. */
struct _ImPings
{
  ImSession *session; /* NULL afterwards */
  GHashTable *peers;  /* conversation, owned → Peer, owned */
  GSource *source;    /* nullable */
};

typedef struct
{
  ImPings *pings;
  char *conv_id;
  char *device;
  gint64 last; /* sort key of the last message that the device must have, or -1 */
  gint64 asked_us;
} Question;

static void
peer_free (Peer *peer)
{
  g_free (peer->device);
  g_free (peer);
}

static void
pings_clear (gpointer data)
{
  g_hash_table_unref (((ImPings *) data)->peers);
}

static void
question_free (Question *question)
{
  g_rc_box_release_full (question->pings, pings_clear);
  g_free (question->conv_id);
  g_free (question->device);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

ImPings *
im_pings_new (ImSession *session)
{
  ImPings *self = g_rc_box_new0 (ImPings);

  self->session = session;
  self->peers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) peer_free);
  return self;
}

void
im_pings_free (ImPings *self)
{
  im_clock_timeout_clear (&self->source);
  self->session = NULL;
  g_rc_box_release_full (self, pings_clear);
}

static gint64
now_us (ImPings *self)
{
  return im_clock_monotonic_us (im_session_get_clock (self->session));
}

static void arm (ImPings *self);

static void
wait (ImPings *self, Peer *peer)
{
  gint64 wait_ms = (gint64) ASK_AFTER_MS << peer->attempts;

  peer->due_us = now_us (self) + wait_ms * 1000;
  arm (self);
}

/* NULL: the session has gone, or the device is another one by now. */
static Peer *
find_asked (const Question *question)
{
  Peer *peer = question->pings->session != NULL
                   ? g_hash_table_lookup (question->pings->peers, question->conv_id)
                   : NULL;

  return peer != NULL && g_str_equal (peer->device, question->device) ? peer : NULL;
}

/* What has no receipt by now was lost. */
static void
find_gap (const Question *question)
{
  ImSession *session = question->pings->session;

  if (question->last >= 0
      && im_store_gap_open (im_session_get_store (session), question->conv_id, question->last,
                            NULL))
    im_gaps_add (im_session_get_gaps (session), question->conv_id, question->last + 1);
  im_said_repeat (im_session_get_said (session), question->conv_id, question->asked_us);
}

static void
on_pong (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;

  if (xmpp_ping_finish (XMPP_PORTER (source), result, NULL) && find_asked (question) != NULL)
    find_gap (question);
}

static void
on_features (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (XmppDiscoInfo) info = xmpp_disco_info_finish (XMPP_PORTER (source), result, NULL);
  Peer *peer = find_asked (question);

  if (peer == NULL || peer->is_exact)
    return;
  if (xmpp_disco_info_has_feature (info, MAP_MESSAGE_FEATURE))
    {
      peer->is_exact = TRUE;
      find_gap (question);
    }
  else if (info != NULL)
    peer->is_other = TRUE;
  else if (peer->due_us == 0 && ++peer->attempts < ATTEMPTS_MAX)
    wait (question->pings, peer);
}

static void
ask (ImPings *self, const char *conv_id, const Peer *peer)
{
  XmppPorter *porter = im_session_get_porter (self->session);
  gint64 last = im_store_gap_last (im_session_get_store (self->session), conv_id);
  Question *question;

  if (last < 0 && !im_said_has_unconfirmed (im_session_get_said (self->session), conv_id))
    return;
  question = g_new0 (Question, 1);
  question->pings = g_rc_box_acquire (self);
  question->conv_id = g_strdup (conv_id);
  question->device = g_strdup (peer->device);
  question->last = last;
  question->asked_us = now_us (self);
  if (peer->is_exact)
    xmpp_ping_async (porter, peer->device, NULL, on_pong, question);
  else
    xmpp_disco_info_async (porter, peer->device, NULL, NULL, on_features, question);
}

static gboolean
on_due (gpointer user_data)
{
  ImPings *self = user_data;
  GHashTableIter iter;
  gpointer conv_id;
  gpointer value;

  im_clock_timeout_clear (&self->source);
  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, &conv_id, &value))
    {
      Peer *peer = value;

      if (peer->due_us == 0 || peer->due_us > now_us (self))
        continue;
      peer->due_us = 0;
      if (im_session_is_online (self->session))
        ask (self, conv_id, peer);
    }
  arm (self);
  return G_SOURCE_REMOVE;
}

/* For the one that is due first. */
static void
arm (ImPings *self)
{
  gint64 first_us = G_MAXINT64;
  gint64 wait_us;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((const Peer *) value)->due_us != 0)
      first_us = MIN (first_us, ((const Peer *) value)->due_us);
  im_clock_timeout_clear (&self->source);
  if (first_us == G_MAXINT64)
    return;
  wait_us = MAX (first_us - now_us (self), 0);
  self->source = im_clock_timeout_add (im_session_get_clock (self->session),
                                       (guint) (wait_us / 1000 + 1), on_due, self);
}

/* The address of the device of our kind that somebody may have; NULL: nobody else is behind
 * conv_id. */
static char *
guess_device (ImPings *self, const char *conv_id)
{
  g_autofree char *jid = map_id_jid_from_user (im_session_get_ids (self->session), conv_id, NULL);
  const char *own = xmpp_porter_get_full_jid (im_session_get_porter (self->session));
  const char *resource = own != NULL ? xmpp_jid_get_resource (own) : NULL;

  if (jid == NULL || resource == NULL || map_id_is_self (im_session_get_ids (self->session), jid))
    return NULL;
  return g_strconcat (jid, "/", resource, NULL);
}

static Peer *
add (ImPings *self, const char *conv_id, char *device)
{
  Peer *peer = g_new0 (Peer, 1);

  if (g_hash_table_size (self->peers) >= PEERS_MAX)
    g_hash_table_remove_all (self->peers);
  peer->device = device;
  g_hash_table_replace (self->peers, g_strdup (conv_id), peer);
  return peer;
}

void
im_pings_sent (ImPings *self, const char *conv_id)
{
  Peer *peer = g_hash_table_lookup (self->peers, conv_id);
  char *device = peer == NULL ? guess_device (self, conv_id) : NULL;

  if (device != NULL)
    peer = add (self, conv_id, device);
  if (peer == NULL || peer->is_other || (peer->due_us != 0 && peer->attempts == 0))
    return;
  peer->attempts = 0;
  wait (self, peer);
}

void
im_pings_heard (ImPings *self, const char *conv_id, const char *device)
{
  Peer *peer = g_hash_table_lookup (self->peers, conv_id);

  if (peer == NULL)
    peer = add (self, conv_id, g_strdup (device));
  else if (!g_str_equal (peer->device, device))
    {
      g_free (peer->device);
      peer->device = g_strdup (device);
    }
  peer->is_exact = TRUE;
  peer->is_other = FALSE;
  im_pings_sent (self, conv_id);
}

void
im_pings_look (ImPings *self)
{
  g_auto (GStrv) conversations = im_store_gap_unconfirmed (im_session_get_store (self->session));

  for (char **conv_id = conversations; *conv_id != NULL; conv_id++)
    im_pings_sent (self, *conv_id);
}
