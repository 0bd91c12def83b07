/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reached from any thread: everything in the struct is behind `lock`, which is not held while the
 * receiver runs. */
#include "im-mailbox.h"

#define HIGH_WATER 10000
#define WARN_EVERY_US (60 * G_USEC_PER_SEC)

typedef struct
{
  gpointer event;
  char *key; /* nullable */
} Entry;

struct _ImMailbox
{
  gatomicrefcount ref_count;
  GMutex lock;
  GQueue entries;     /* Entry */
  GHashTable *by_key; /* key → its Entry */
  GSource *source;    /* NULL once closed */
  ImMailboxFunc func;
  gpointer user_data;
  GDestroyNotify event_free;
  gint64 warned_us;
  guint batch_size; /* what the receiver can take in a fraction of its time; its thread's own */
};

typedef struct
{
  GSource source;
  ImMailbox *mailbox;
} MailboxSource;

static Entry *
pop_locked (ImMailbox *self)
{
  Entry *entry = g_queue_pop_head (&self->entries);

  if (entry != NULL && entry->key != NULL)
    g_hash_table_remove (self->by_key, entry->key);
  return entry;
}

static GPtrArray *
take_batch (ImMailbox *self)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (self->event_free);

  g_mutex_lock (&self->lock);
  while (batch->len < self->batch_size)
    {
      Entry *entry = pop_locked (self);

      if (entry == NULL)
        break;
      g_ptr_array_add (batch, entry->event);
      g_free (entry->key);
      g_free (entry);
    }
  g_mutex_unlock (&self->lock);
  return batch;
}

/* Events may cost much or little: a batch is to be well within the time of a dispatch, since it
 * cannot be interrupted. */
static void
adapt_batch (ImMailbox *self, gint64 took_us)
{
  if (took_us > IM_MAILBOX_BUDGET_US)
    self->batch_size = MAX (1, self->batch_size / 2);
  else if (took_us < IM_MAILBOX_BUDGET_US / 4)
    self->batch_size = MIN (IM_MAILBOX_BATCH, self->batch_size * 2);
}

static gboolean
on_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_autoptr (ImMailbox) self = im_mailbox_ref (((MailboxSource *) source)->mailbox);
  gint64 until_us = g_get_monotonic_time () + IM_MAILBOX_BUDGET_US;
  gint64 start_us;

  g_source_set_ready_time (source, -1);
  do
    {
      g_autoptr (GPtrArray) batch = take_batch (self);

      if (batch->len == 0)
        return G_SOURCE_CONTINUE;
      start_us = g_get_monotonic_time ();
      self->func (batch, self->user_data);
      adapt_batch (self, g_get_monotonic_time () - start_us);
      if (g_source_is_destroyed (source))
        return G_SOURCE_REMOVE;
    }
  while (g_get_monotonic_time () < until_us);
  g_source_set_ready_time (source, 0);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { NULL, NULL, on_dispatch, NULL, NULL, NULL };

ImMailbox *
im_mailbox_new (GMainContext *context,
                ImMailboxFunc func,
                gpointer user_data,
                GDestroyNotify event_free)
{
  ImMailbox *self = g_new0 (ImMailbox, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  g_queue_init (&self->entries);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->func = func;
  self->user_data = user_data;
  self->event_free = event_free;
  self->batch_size = IM_MAILBOX_BATCH;
  self->source = g_source_new (&source_funcs, sizeof (MailboxSource));
  ((MailboxSource *) self->source)->mailbox = self;
  g_source_set_static_name (self->source, "ImMailbox");
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT_IDLE);
  g_source_attach (self->source, context);
  return self;
}

ImMailbox *
im_mailbox_ref (ImMailbox *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
im_mailbox_unref (ImMailbox *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  im_mailbox_close (self);
  g_hash_table_unref (self->by_key);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
im_mailbox_push (ImMailbox *self, gpointer event, const char *key)
{
  gpointer dropped = NULL;
  gboolean warn = FALSE;

  g_mutex_lock (&self->lock);
  if (self->source == NULL)
    dropped = event;
  else
    {
      Entry *known = key != NULL ? g_hash_table_lookup (self->by_key, key) : NULL;

      if (known != NULL)
        {
          dropped = known->event;
          known->event = event;
        }
      else
        {
          Entry *entry = g_new (Entry, 1);

          *entry = (Entry){ event, g_strdup (key) };
          g_queue_push_tail (&self->entries, entry);
          if (key != NULL)
            g_hash_table_insert (self->by_key, entry->key, entry);
        }
      if (self->entries.length > HIGH_WATER
          && g_get_monotonic_time () - self->warned_us > WARN_EVERY_US)
        {
          self->warned_us = g_get_monotonic_time ();
          warn = TRUE;
        }
      g_source_set_ready_time (self->source, 0);
    }
  g_mutex_unlock (&self->lock);
  if (dropped != NULL)
    self->event_free (dropped);
  if (warn)
    g_info ("more than %d events wait for the main loop", HIGH_WATER);
}

void
im_mailbox_close (ImMailbox *self)
{
  GSource *source;
  Entry *entry;

  g_mutex_lock (&self->lock);
  source = g_steal_pointer (&self->source);
  g_mutex_unlock (&self->lock);
  if (source == NULL)
    return;
  g_source_destroy (source);
  g_source_unref (source);
  while ((entry = pop_locked (self)) != NULL)
    {
      self->event_free (entry->event);
      g_free (entry->key);
      g_free (entry);
    }
}
