/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-tim-drain.h"

#include "im-conv.h"
#include "im-enums.h"

struct _LinnetTimDrain
{
  GPtrArray *messages; /* owned, like the rest */
  GPtrArray *updates;
  GPtrArray *receipts;
  GPtrArray *added;
  GPtrArray *updated;
  GPtrArray *removed;
};

LinnetTimDrain *
linnet_tim_drain_new (void)
{
  LinnetTimDrain *self = g_new0 (LinnetTimDrain, 1);

  self->messages = im_json_array_new ();
  self->updates = im_json_array_new ();
  self->receipts = im_json_array_new ();
  self->added = im_json_array_new ();
  self->updated = im_json_array_new ();
  self->removed = im_json_array_new ();
  return self;
}

void
linnet_tim_drain_free (LinnetTimDrain *self)
{
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->updates);
  g_ptr_array_unref (self->receipts);
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->updated);
  g_ptr_array_unref (self->removed);
  g_free (self);
}

static gboolean
append (GPtrArray *to, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (to, im_json_ref (items->pdata[i]));
  return TRUE;
}

static gboolean
add_conversations (LinnetTimDrain *self, const LinnetEvent *event)
{
  gboolean is_removal = event->code == IM_CONV_EVENT_DEL;
  gboolean has_changes = self->added->len > 0 || self->updated->len > 0;

  /* A conversation that is deleted and comes back, or the reverse, in one drain. */
  if ((is_removal && has_changes) || (!is_removal && self->removed->len > 0))
    return FALSE;
  if (is_removal)
    return append (self->removed, event->items);
  return append (event->code == IM_CONV_EVENT_ADD ? self->added : self->updated, event->items);
}

gboolean
linnet_tim_drain_add (LinnetTimDrain *self, LinnetEvent *event)
{
  switch (event->kind)
    {
    case LINNET_EVENT_MESSAGES:
      /* Updates are emitted after messages; a message after its update must wait for the next. */
      return self->updates->len == 0 && append (self->messages, event->items);
    case LINNET_EVENT_UPDATES:
      return append (self->updates, event->items);
    case LINNET_EVENT_RECEIPTS:
      return append (self->receipts, event->items);
    case LINNET_EVENT_CONVERSATIONS:
      return add_conversations (self, event);
    case LINNET_EVENT_REPLY:
    case LINNET_EVENT_TYPING:
    case LINNET_EVENT_NETWORK:
    case LINNET_EVENT_KICKED:
    case LINNET_EVENT_EXPIRED:
    default:
      return FALSE;
    }
}

void
linnet_tim_drain_emit (LinnetTimDrain *self, LinnetBackend *backend)
{
  if (self->messages->len > 0)
    linnet_backend_emit_messages_received (backend, self->messages);
  if (self->updates->len > 0)
    linnet_backend_emit_messages_updated (backend, self->updates);
  if (self->receipts->len > 0)
    linnet_backend_emit_receipts (backend, self->receipts);
  if (self->added->len > 0 || self->updated->len > 0 || self->removed->len > 0)
    linnet_backend_emit_conversations_changed (backend, self->added, self->updated, self->removed);
  g_ptr_array_set_size (self->messages, 0);
  g_ptr_array_set_size (self->updates, 0);
  g_ptr_array_set_size (self->receipts, 0);
  g_ptr_array_set_size (self->added, 0);
  g_ptr_array_set_size (self->updated, 0);
  g_ptr_array_set_size (self->removed, 0);
}
