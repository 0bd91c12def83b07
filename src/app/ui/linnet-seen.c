/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-seen.h"

#define REST_MS 500

struct _LinnetSeen
{
  LinnetTimeline *timeline;         /* borrowed */
  LinnetConversation *conversation; /* owned, nullable */
  GtkWindow *window;                /* borrowed, nullable: the one we listen to */
  guint source;
};

static gboolean
is_looked_at (LinnetSeen *self)
{
  return self->window != NULL && gtk_window_is_active (self->window)
         && gtk_widget_get_mapped (GTK_WIDGET (self->timeline));
}

/* The newest message of somebody else among those in view. */
static LinnetMessage *
find_newest_seen (LinnetSeen *self)
{
  GListModel *model = linnet_timeline_get_model (self->timeline);
  guint first;
  guint last;

  if (!linnet_timeline_get_visible_range (self->timeline, &first, &last))
    return NULL;
  for (guint i = last + 1; i-- > 0;)
    {
      LinnetMessage *message = g_list_model_get_item (model, i);
      if (!linnet_message_get_is_own (message))
        return message;
      g_object_unref (message);
    }
  return NULL;
}

static void
on_rest (gpointer user_data)
{
  LinnetSeen *self = user_data;
  g_autoptr (LinnetMessage) message = NULL;

  self->source = 0;
  if (self->conversation == NULL || !is_looked_at (self))
    return;
  message = find_newest_seen (self);
  if (message != NULL && !linnet_message_get_is_read (message))
    linnet_conversation_mark_read (self->conversation, message);
}

void
linnet_seen_stir (LinnetSeen *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->conversation != NULL && is_looked_at (self))
    self->source = g_timeout_add_once (REST_MS, on_rest, self);
}

static void
on_active_changed (LinnetSeen *self)
{
  linnet_timeline_set_follow (self->timeline, is_looked_at (self));
  linnet_seen_stir (self);
}

static void
set_window (LinnetSeen *self, GtkWindow *window)
{
  if (self->window == window)
    return;
  if (self->window != NULL)
    g_signal_handlers_disconnect_by_data (self->window, self);
  self->window = window;
  if (window != NULL)
    g_signal_connect_swapped (window, "notify::is-active", G_CALLBACK (on_active_changed), self);
}

static void
on_map (LinnetSeen *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->timeline));

  set_window (self, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  on_active_changed (self);
}

static void
on_unmap (LinnetSeen *self)
{
  linnet_timeline_set_follow (self->timeline, FALSE);
  g_clear_handle_id (&self->source, g_source_remove);
  set_window (self, NULL);
}

LinnetSeen *
linnet_seen_new (LinnetTimeline *timeline)
{
  LinnetSeen *self = g_new0 (LinnetSeen, 1);

  self->timeline = timeline;
  g_signal_connect_swapped (timeline, "map", G_CALLBACK (on_map), self);
  g_signal_connect_swapped (timeline, "unmap", G_CALLBACK (on_unmap), self);
  return self;
}

void
linnet_seen_free (LinnetSeen *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->timeline, self);
  set_window (self, NULL);
  g_clear_object (&self->conversation);
  g_free (self);
}

void
linnet_seen_set_conversation (LinnetSeen *self, LinnetConversation *conversation)
{
  g_return_if_fail (self != NULL);

  g_set_object (&self->conversation, conversation);
  linnet_seen_stir (self);
}
