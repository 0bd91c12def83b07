/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-gaps.h"

#include "im-outbox.h"

/* Receipts may overtake each other for so long. */
#define LOST_AFTER_MS 8000
/* Messages of one gap; a session is lost with fewer. */
#define GAP_MAX 200

typedef struct
{
  gint64 end; /* sort key: a gap that is older was seen */
  gint64 seen_us;
} Gap;

struct _ImGaps
{
  ImSession *session;
  GHashTable *gaps; /* conversation, owned → Gap, owned */
  GSource *source;  /* nullable */
};

ImGaps *
im_gaps_new (ImSession *session)
{
  ImGaps *self = g_new0 (ImGaps, 1);

  self->session = session;
  self->gaps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
im_gaps_free (ImGaps *self)
{
  im_clock_timeout_clear (&self->source);
  g_hash_table_unref (self->gaps);
  g_free (self);
}

static gint64
now_us (ImGaps *self)
{
  return im_clock_monotonic_us (im_session_get_clock (self->session));
}

static void
repeat (ImGaps *self, const char *conv_id, const Gap *gap)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = im_store_gap_take (im_session_get_store (self->session), conv_id,
                                               gap->end, GAP_MAX, &error);

  if (rows == NULL)
    g_message ("lost messages cannot be sent again now: %s", error->message);
  else if (rows->len > 0)
    g_message ("%u messages got no receipt and are sent again", rows->len);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    im_outbox_repeat (im_session_get_outbox (self->session), g_array_index (rows, gint64, i));
}

/* Receipts may lie in the archive, or have been handed to a session that this one replaced. */
static gboolean
knows_all_receipts (ImGaps *self)
{
  return !im_session_has_archive (self->session) || im_session_follows_archive (self->session);
}

static void
wait_once_more (ImGaps *self)
{
  GHashTableIter iter;
  gpointer gap;

  g_hash_table_iter_init (&iter, self->gaps);
  while (g_hash_table_iter_next (&iter, NULL, &gap))
    ((Gap *) gap)->seen_us = now_us (self);
}

static void arm (ImGaps *self);

static gboolean
on_due (gpointer user_data)
{
  ImGaps *self = user_data;
  gint64 due_us = now_us (self) - LOST_AFTER_MS * G_GINT64_CONSTANT (1000);
  GHashTableIter iter;
  gpointer conv_id;
  gpointer gap;

  im_clock_timeout_clear (&self->source);
  if (!im_session_is_online (self->session))
    {
      g_hash_table_remove_all (self->gaps); /* looked for again once it is */
      return G_SOURCE_REMOVE;
    }
  if (!knows_all_receipts (self))
    wait_once_more (self);
  g_hash_table_iter_init (&iter, self->gaps);
  while (g_hash_table_iter_next (&iter, &conv_id, &gap))
    if (((const Gap *) gap)->seen_us <= due_us)
      {
        repeat (self, conv_id, gap);
        g_hash_table_iter_remove (&iter);
      }
  im_outbox_flush (im_session_get_outbox (self->session));
  arm (self);
  return G_SOURCE_REMOVE;
}

/* For the one that was seen first. */
static void
arm (ImGaps *self)
{
  gint64 first_us = G_MAXINT64;
  GHashTableIter iter;
  gpointer gap;

  if (self->source != NULL || g_hash_table_size (self->gaps) == 0)
    return;
  g_hash_table_iter_init (&iter, self->gaps);
  while (g_hash_table_iter_next (&iter, NULL, &gap))
    first_us = MIN (first_us, ((const Gap *) gap)->seen_us);
  first_us = MAX (now_us (self) - first_us, 0);
  self->source
      = im_clock_timeout_add (im_session_get_clock (self->session),
                              (guint) MAX (LOST_AFTER_MS - first_us / 1000, 1), on_due, self);
}

void
im_gaps_add (ImGaps *self, const char *conv_id, gint64 end)
{
  Gap *gap = g_new0 (Gap, 1);

  gap->end = end;
  gap->seen_us = now_us (self);
  g_hash_table_replace (self->gaps, g_strdup (conv_id), gap);
  arm (self);
}

void
im_gaps_watch (ImGaps *self, const char *conv_id)
{
  gint64 end;

  if (g_hash_table_contains (self->gaps, conv_id))
    return;
  end = im_store_gap_end (im_session_get_store (self->session), conv_id);
  if (end >= 0)
    im_gaps_add (self, conv_id, end);
}

void
im_gaps_look (ImGaps *self)
{
  g_auto (GStrv) conversations = im_store_gap_conversations (im_session_get_store (self->session));

  for (char **conv_id = conversations; *conv_id != NULL; conv_id++)
    im_gaps_watch (self, *conv_id);
}
