/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-indexer.h"

#define STEP_MS 5
#define PAUSE_MS 15
/* New messages are taken together: when none has come for so long, or when so many wait. */
#define QUIET_MS 200
#define WAITING_MAX 250
/* After a failure other than damage, which is most often a full disk. */
#define AGAIN_MS (30 * 1000)

struct _ImIndexer
{
  ImStore *store;
  ImClock *clock;
  GSource *source;   /* nullable: there is nothing to do */
  gboolean is_quiet; /* the source waits for the end of what comes */
  gint64 last_us;    /* monotonic, when the last message came */
};

static gboolean on_step (gpointer user_data);
static gboolean on_quiet (gpointer user_data);

static void
plan (ImIndexer *self, guint pause_ms, gboolean is_quiet)
{
  im_clock_timeout_clear (&self->source);
  self->is_quiet = is_quiet;
  self->source = im_clock_timeout_add (self->clock, pause_ms, is_quiet ? on_quiet : on_step, self);
}

/* Damage is for good: the next opening of the store checks the file. */
static void
give_up (ImIndexer *self, const GError *error)
{
  gboolean is_damaged = g_error_matches (error, IM_STORE_ERROR, IM_STORE_ERROR_CORRUPT);

  g_message ("the index of messages %s: %s", is_damaged ? "stops" : "waits", error->message);
  if (is_damaged)
    im_store_index_watch (self->store, NULL, NULL);
  else
    plan (self, AGAIN_MS, FALSE);
}

static gboolean
on_step (gpointer user_data)
{
  ImIndexer *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  im_clock_timeout_clear (&self->source);
  if (!im_store_index_step (self->store, STEP_MS, &more, &error))
    give_up (self, error);
  else if (more)
    plan (self, PAUSE_MS, FALSE);
  return G_SOURCE_REMOVE;
}

/* A timer for every message would cost more than looking here when the last one was. */
static gboolean
on_quiet (gpointer user_data)
{
  ImIndexer *self = user_data;
  gint64 passed_ms = (im_clock_monotonic_us (self->clock) - self->last_us) / 1000;

  if (passed_ms >= QUIET_MS)
    return on_step (self);
  plan (self, QUIET_MS - (guint) MAX (passed_ms, 0), TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_new (guint n_waiting, gpointer user_data)
{
  ImIndexer *self = user_data;

  self->last_us = im_clock_monotonic_us (self->clock);
  if (self->source == NULL)
    plan (self, QUIET_MS, TRUE);
  else if (self->is_quiet && n_waiting >= WAITING_MAX)
    plan (self, 0, FALSE);
}

ImIndexer *
im_indexer_new (ImStore *store, ImClock *clock)
{
  ImIndexer *self = g_new0 (ImIndexer, 1);

  self->store = store;
  self->clock = clock;
  im_store_index_watch (store, on_new, self);
  on_step (self);
  return self;
}

void
im_indexer_free (ImIndexer *self)
{
  im_store_index_watch (self->store, NULL, NULL);
  im_clock_timeout_clear (&self->source);
  g_free (self);
}
