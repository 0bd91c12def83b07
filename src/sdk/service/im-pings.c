/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-pings.h"

#include "im-gaps.h"
#include "xmpp-account.h"

/* A receipt comes at once; longer than it takes to connect again. */
#define ASK_AFTER_MS 15000
/* Devices remembered; of others nothing is asked until they are heard again. */
#define PEERS_MAX 1000

typedef struct
{
  char *device;
  gint64 waiting_since_us; /* 0: not waiting */
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
  gint64 end; /* sort key behind the last message that the device must have */
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

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;

  if (xmpp_ping_finish (XMPP_PORTER (source), result, NULL) && question->pings->session != NULL)
    im_gaps_add (im_session_get_gaps (question->pings->session), question->conv_id, question->end);
}

static void
ask (ImPings *self, const char *conv_id, const Peer *peer)
{
  gint64 last = im_store_gap_last (im_session_get_store (self->session), conv_id);
  Question *question;

  if (last < 0)
    return;
  question = g_new0 (Question, 1);
  question->pings = g_rc_box_acquire (self);
  question->conv_id = g_strdup (conv_id);
  question->end = last + 1;
  xmpp_ping_async (im_session_get_porter (self->session), peer->device, NULL, on_answer, question);
}

static gint64
now_us (ImPings *self)
{
  return im_clock_monotonic_us (im_session_get_clock (self->session));
}

static gboolean
on_due (gpointer user_data)
{
  ImPings *self = user_data;
  gint64 due_us = now_us (self) - ASK_AFTER_MS * G_GINT64_CONSTANT (1000);
  gboolean more = FALSE;
  GHashTableIter iter;
  gpointer conv_id;
  gpointer value;

  im_clock_timeout_clear (&self->source);
  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, &conv_id, &value))
    {
      Peer *peer = value;

      if (peer->waiting_since_us > due_us)
        more = TRUE;
      else if (peer->waiting_since_us != 0)
        {
          peer->waiting_since_us = 0;
          if (im_session_is_online (self->session))
            ask (self, conv_id, peer);
        }
    }
  if (more)
    self->source
        = im_clock_timeout_add (im_session_get_clock (self->session), ASK_AFTER_MS, on_due, self);
  return G_SOURCE_REMOVE;
}

void
im_pings_sent (ImPings *self, const char *conv_id)
{
  Peer *peer = g_hash_table_lookup (self->peers, conv_id);

  if (peer == NULL || peer->waiting_since_us != 0)
    return;
  peer->waiting_since_us = MAX (now_us (self), 1);
  if (self->source == NULL)
    self->source
        = im_clock_timeout_add (im_session_get_clock (self->session), ASK_AFTER_MS, on_due, self);
}

void
im_pings_heard (ImPings *self, const char *conv_id, const char *device)
{
  Peer *peer = g_hash_table_lookup (self->peers, conv_id);

  if (peer == NULL && g_hash_table_size (self->peers) >= PEERS_MAX)
    return;
  if (peer == NULL)
    {
      peer = g_new0 (Peer, 1);
      g_hash_table_insert (self->peers, g_strdup (conv_id), peer);
    }
  if (g_strcmp0 (peer->device, device) != 0)
    {
      g_free (peer->device);
      peer->device = g_strdup (device);
    }
  im_pings_sent (self, conv_id);
}
