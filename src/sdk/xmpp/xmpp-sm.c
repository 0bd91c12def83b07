/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-sm.h"

struct _XmppSm
{
  GQueue queue; /* of XmppSmEntry, oldest first */
  guint max_queue;
  char *id;         /* owned, nullable */
  guint32 acked;    /* of what we sent, modulo 2^32 */
  guint32 received; /* of what they sent, modulo 2^32 */
};

void
xmpp_sm_entry_free (XmppSmEntry *entry)
{
  if (entry == NULL)
    return;
  g_clear_pointer (&entry->stanza, xmpp_stanza_unref);
  g_free (entry->text);
  g_free (entry);
}

XmppSm *
xmpp_sm_new (guint max_queue)
{
  XmppSm *self = g_new0 (XmppSm, 1);

  g_queue_init (&self->queue);
  self->max_queue = max_queue;
  return self;
}

void
xmpp_sm_free (XmppSm *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->queue, (GDestroyNotify) xmpp_sm_entry_free);
  g_free (self->id);
  g_free (self);
}

void
xmpp_sm_start (XmppSm *self, const char *id)
{
  g_return_if_fail (g_queue_is_empty (&self->queue));

  g_free (self->id);
  self->id = g_strdup (id);
  self->acked = 0;
  self->received = 0;
}

static GPtrArray *
new_entries (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) xmpp_sm_entry_free);
}

GPtrArray *
xmpp_sm_end (XmppSm *self)
{
  GPtrArray *entries = new_entries ();

  while (!g_queue_is_empty (&self->queue))
    g_ptr_array_add (entries, g_queue_pop_head (&self->queue));
  g_clear_pointer (&self->id, g_free);
  return entries;
}

void
xmpp_sm_forbid_resumption (XmppSm *self)
{
  g_clear_pointer (&self->id, g_free);
}

const char *
xmpp_sm_get_id (XmppSm *self)
{
  return self->id;
}

guint
xmpp_sm_get_length (XmppSm *self)
{
  return self->queue.length;
}

gboolean
xmpp_sm_is_full (XmppSm *self)
{
  return self->queue.length >= self->max_queue;
}

void
xmpp_sm_push (XmppSm *self, XmppSmEntry *entry)
{
  g_queue_push_tail (&self->queue, entry);
}

void
xmpp_sm_count_received (XmppSm *self)
{
  self->received++;
}

guint32
xmpp_sm_get_received (XmppSm *self)
{
  return self->received;
}

guint32
xmpp_sm_get_sent (XmppSm *self)
{
  return self->acked + self->queue.length;
}

GPtrArray *
xmpp_sm_acknowledge (XmppSm *self, guint32 h, GError **error)
{
  guint32 n = h - self->acked; /* right across the wrap at 2^32 */
  GPtrArray *done;

  if (n > self->queue.length)
    {
      g_set_error (error, XMPP_ERROR, XMPP_ERROR_PROTOCOL,
                   "the server acknowledges %u stanzas of %u sent", h, xmpp_sm_get_sent (self));
      return NULL;
    }
  done = new_entries ();
  for (; n > 0; n--)
    g_ptr_array_add (done, g_queue_pop_head (&self->queue));
  self->acked = h;
  return done;
}

void
xmpp_sm_foreach (XmppSm *self, GFunc func, gpointer user_data)
{
  g_queue_foreach (&self->queue, func, user_data);
}
