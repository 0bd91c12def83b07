/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-timeline-private.h"

/* As little as is needed to see all of a row, or its top when it is higher than the view. */
static void
reveal_row (LinnetTimeline *self, guint position)
{
  LinnetTimelineRow *row = linnet_timeline_find_row (self, position);

  if (row == NULL)
    linnet_timeline_scroll_to (self, position, position < self->anchor ? 0 : 1, FALSE);
  else if (row->y < 0 || row->height > linnet_timeline_get_end (self))
    linnet_timeline_scroll_by (self, row->y);
  else if (bottom_of (row) > linnet_timeline_get_end (self))
    linnet_timeline_scroll_by (self, bottom_of (row) - linnet_timeline_get_end (self));
}

void
linnet_timeline_focus_row (LinnetTimeline *self, guint position)
{
  g_return_if_fail (LINNET_IS_TIMELINE (self));

  if (position >= get_n_rows (self))
    return;
  reveal_row (self, position);
  self->focus_position = position;
  if (linnet_timeline_find_row (self, position) != NULL)
    gtk_widget_grab_focus (linnet_timeline_find_row (self, position)->widget);
  else
    self->news |= NEWS_FOCUS; /* once it is there */
}

static guint
get_focused_position (LinnetTimeline *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  for (guint i = 0; child != NULL && i < self->rows->len; i++)
    if (nth_row (self, i)->widget == child)
      return nth_row (self, i)->position;
  return child != NULL && child != self->header ? self->focus_position : NOTHING;
}

void
linnet_timeline_note_focus (LinnetTimeline *self, GtkWidget *child)
{
  for (guint i = 0; child != NULL && i < self->rows->len; i++)
    if (nth_row (self, i)->widget == child)
      self->focus_position = nth_row (self, i)->position;
}

static gboolean
enter_rows (LinnetTimeline *self)
{
  guint first;
  guint last;

  if (!linnet_timeline_get_visible_range (self, &first, &last))
    return FALSE;
  if (self->focus_position == NOTHING || self->focus_position < first
      || self->focus_position > last)
    self->focus_position = last;
  linnet_timeline_focus_row (self, self->focus_position);
  return TRUE;
}

/* Tab enters at the row that had the focus last, goes through what can be focused inside it, and
 * leaves; the arrow keys go from row to row. */
gboolean
linnet_timeline_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LinnetTimeline *self = LINNET_TIMELINE (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  guint position = get_focused_position (self);

  if (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
    {
      if (position == NOTHING)
        return enter_rows (self);
      if (direction == GTK_DIR_DOWN && position + 1 >= get_n_rows (self))
        return FALSE;
      linnet_timeline_focus_row (self, direction == GTK_DIR_DOWN ? position + 1
                                                                 : position - MIN (position, 1));
      return TRUE;
    }
  if (child != NULL && gtk_widget_child_focus (child, direction))
    return TRUE;
  if (direction == GTK_DIR_TAB_BACKWARD && child != NULL && child != self->header)
    return self->header != NULL && gtk_widget_should_layout (self->header)
           && gtk_widget_child_focus (self->header, direction);
  if (child == NULL || child == self->header)
    return enter_rows (self);
  return FALSE;
}

gboolean
linnet_timeline_grab_focus (GtkWidget *widget)
{
  return enter_rows (LINNET_TIMELINE (widget));
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        LinnetTimeline *self)
{
  guint n_rows = get_n_rows (self);
  int pages = 0;

  if (n_rows == 0 || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      linnet_timeline_focus_row (self, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      linnet_timeline_focus_row (self, n_rows - 1);
      linnet_timeline_scroll_to_end (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      pages = -1;
      break;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      pages = 1;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  linnet_timeline_scroll_page (self, pages);
  return GDK_EVENT_STOP;
}

void
linnet_timeline_add_keys (LinnetTimeline *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
