/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-indexer.h"

#define STEP_MS 5
#define PAUSE_MS 15
/* After a failure, which is most often a full disk. */
#define AGAIN_MS (30 * 1000)

struct _ImIndexer
{
  ImStore *store;
  ImClock *clock;
  GSource *source; /* nullable: there is nothing left to do */
};

/* Returns the time until the next step, 0 when there is none. */
static guint
work (ImIndexer *self)
{
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  if (im_store_index_step (self->store, STEP_MS, &more, &error))
    return more ? PAUSE_MS : 0;
  g_message ("the index of messages waits: %s", error->message);
  return AGAIN_MS;
}

static gboolean
on_step (gpointer user_data)
{
  ImIndexer *self = user_data;
  guint pause_ms = work (self);

  im_clock_timeout_clear (&self->source);
  if (pause_ms > 0)
    self->source = im_clock_timeout_add (self->clock, pause_ms, on_step, self);
  return G_SOURCE_REMOVE;
}

ImIndexer *
im_indexer_new (ImStore *store, ImClock *clock)
{
  ImIndexer *self = g_new0 (ImIndexer, 1);

  self->store = store;
  self->clock = clock;
  on_step (self);
  if (self->source == NULL)
    g_clear_pointer (&self, im_indexer_free);
  return self;
}

void
im_indexer_free (ImIndexer *self)
{
  im_clock_timeout_clear (&self->source);
  g_free (self);
}
