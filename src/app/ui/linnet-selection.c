/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-selection.h"

#include "linnet-content-text.h"
#include "linnet-message-list.h"
#include "linnet-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where dragging scrolls, and how fast at most. */
#define EDGE 24
#define SCROLL_MAX 40

/* Between two letters of what a message shows. */
typedef struct
{
  LinnetMessage *message; /* owned, nullable */
  int index;              /* byte; more than there are: the end */
} Place;

struct _LinnetSelection
{
  LinnetTimeline *timeline; /* borrowed */
  Place anchor;             /* where it was begun */
  Place focus;              /* where it was drawn to */

  GtkEventController *controllers[3]; /* borrowed: click, drag, keys */
  double x, y;                        /* of the pointer, while dragging */
  guint scroll_tick;
};

/* The same in the order of the list. */
typedef struct
{
  guint first, last;
  int start, end; /* in the first and in the last one */
} Range;

static GListModel *
get_model (LinnetSelection *self)
{
  return linnet_timeline_get_model (self->timeline);
}

static guint
find_position (LinnetSelection *self, LinnetMessage *message)
{
  GListModel *model = get_model (self);

  if (message == NULL || !LINNET_IS_MESSAGE_LIST (model))
    return G_MAXUINT;
  return linnet_message_list_get_position (LINNET_MESSAGE_LIST (model), message);
}

static gboolean
get_range (LinnetSelection *self, Range *ret_range)
{
  guint anchor = find_position (self, self->anchor.message);
  guint focus = find_position (self, self->focus.message);
  gboolean is_forward
      = anchor < focus || (anchor == focus && self->anchor.index <= self->focus.index);

  if (anchor == G_MAXUINT || focus == G_MAXUINT
      || (anchor == focus && self->anchor.index == self->focus.index))
    return FALSE;
  ret_range->first = MIN (anchor, focus);
  ret_range->last = MAX (anchor, focus);
  ret_range->start = is_forward ? self->anchor.index : self->focus.index;
  ret_range->end = is_forward ? self->focus.index : self->anchor.index;
  return TRUE;
}

static void
get_part (const Range *range, guint position, int *ret_start, int *ret_end)
{
  *ret_start = position == range->first ? range->start : 0;
  *ret_end = position == range->last ? range->end : G_MAXINT;
  if (position < range->first || position > range->last)
    *ret_end = *ret_start = 0;
}

/* --- showing it --- */

void
linnet_selection_show (LinnetSelection *self, LinnetMessageRow *row)
{
  LinnetMessage *message = linnet_message_row_get_message (row);
  int start = 0;
  int end = 0;
  Range range;

  if (message != NULL && get_range (self, &range))
    get_part (&range, find_position (self, message), &start, &end);
  linnet_content_text_select (linnet_message_row_get_content (row), start, end);
}

static void
show_all (LinnetSelection *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->timeline)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (LINNET_IS_MESSAGE_ROW (row))
      linnet_selection_show (self, LINNET_MESSAGE_ROW (row));
}

static void
set_place (Place *place, LinnetMessage *message, int index)
{
  g_set_object (&place->message, message);
  place->index = index;
}

void
linnet_selection_set (LinnetSelection *self,
                      LinnetMessage *anchor,
                      int anchor_index,
                      LinnetMessage *focus,
                      int focus_index)
{
  g_return_if_fail (self != NULL);

  set_place (&self->anchor, anchor, anchor_index);
  set_place (&self->focus, focus, focus_index);
  show_all (self);
}

void
linnet_selection_clear (LinnetSelection *self)
{
  if (self->anchor.message != NULL)
    linnet_selection_set (self, NULL, 0, NULL, 0);
}

gboolean
linnet_selection_is_empty (LinnetSelection *self)
{
  Range range;

  g_return_val_if_fail (self != NULL, TRUE);
  return !get_range (self, &range);
}

/* --- copying it --- */

/* Where a letter begins, at or before a byte: the text may have changed since. */
static int
find_letter (const char *text, int length, int index)
{
  index = CLAMP (index, 0, length);
  while (index > 0 && index < length && (text[index] & 0xC0) == 0x80)
    index--;
  return index;
}

static char *
dup_part (LinnetMessage *message, int start, int end)
{
  g_autofree char *shown = linnet_text_from_markup (linnet_message_get_markup (message));
  int length = (int) strlen (shown);
  int from = find_letter (shown, length, start);

  return g_strndup (shown + from, (gsize) (find_letter (shown, length, end) - from));
}

static gboolean
is_one_day (LinnetMessage *first, LinnetMessage *last)
{
  return g_strcmp0 (linnet_message_get_day (first), linnet_message_get_day (last)) == 0;
}

static void
append_line (GString *lines, LinnetMessage *message, const char *part, gboolean with_date)
{
  const char *time = with_date ? linnet_message_get_date_label (message)
                               : linnet_message_get_time_label (message);

  /* Translators: one of several messages that are copied: time, sender, text */
  g_string_append_printf (lines, _ ("[%s] %s: %s"), time, linnet_message_get_sender_name (message),
                          part);
  g_string_append_c (lines, '\n');
}

char *
linnet_selection_dup_text (LinnetSelection *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean with_date;
  Range range;

  g_return_val_if_fail (self != NULL, NULL);
  if (!get_range (self, &range))
    return NULL;
  for (guint i = range.first; i <= range.last; i++)
    {
      g_autoptr (LinnetMessage) message = g_list_model_get_item (get_model (self), i);
      g_autofree char *part = NULL;
      int start;
      int end;

      get_part (&range, i, &start, &end);
      part = dup_part (message, start, end);
      if (*part == '\0')
        continue;
      g_ptr_array_add (parts, g_steal_pointer (&part));
      g_ptr_array_add (messages, g_steal_pointer (&message));
    }
  if (parts->len <= 1)
    return parts->len == 1 ? g_ptr_array_steal_index (parts, 0) : NULL;
  with_date = !is_one_day (messages->pdata[0], messages->pdata[messages->len - 1]);
  for (guint i = 0; i < parts->len; i++)
    append_line (lines, messages->pdata[i], parts->pdata[i], with_date);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

void
linnet_selection_copy (LinnetSelection *self)
{
  g_autofree char *text = linnet_selection_dup_text (self);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->timeline)), text);
}

/* For the middle button. */
static void
offer_primary (LinnetSelection *self)
{
  g_autofree char *text = linnet_selection_dup_text (self);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (GTK_WIDGET (self->timeline)), text);
}

/* --- pointer --- */

static LinnetMessageRow *
find_row (LinnetSelection *self, double y)
{
  GtkWidget *row = linnet_timeline_get_row_at (self->timeline, (int) y);

  return LINNET_IS_MESSAGE_ROW (row) ? LINNET_MESSAGE_ROW (row) : NULL;
}

/* The row's place next to a point of the timeline. */
static int
find_index (LinnetSelection *self, LinnetMessageRow *row, double x, double y)
{
  LinnetContentText *content = linnet_message_row_get_content (row);
  double inner_x;
  double inner_y;

  if (!gtk_widget_translate_coordinates (GTK_WIDGET (self->timeline), GTK_WIDGET (content), x, y,
                                         &inner_x, &inner_y))
    return 0;
  return linnet_content_text_find_index (content, inner_x, inner_y);
}

static void
draw_to_pointer (LinnetSelection *self)
{
  LinnetMessageRow *row = find_row (self, self->y);

  if (row == NULL || self->anchor.message == NULL)
    return;
  set_place (&self->focus, linnet_message_row_get_message (row),
             find_index (self, row, self->x, self->y));
  show_all (self);
}

/* How far the pointer is into an edge: negative above. */
static double
get_overshoot (LinnetSelection *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->timeline));

  if (self->y < EDGE)
    return self->y - EDGE;
  return MAX (self->y - (height - EDGE), 0);
}

static gboolean
on_scroll_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LinnetSelection *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
  double step = CLAMP (get_overshoot (self) / 2, -SCROLL_MAX, SCROLL_MAX);

  if (step == 0 || adjustment == NULL)
    {
      self->scroll_tick = 0;
      return G_SOURCE_REMOVE;
    }
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
  draw_to_pointer (self);
  return G_SOURCE_CONTINUE;
}

static void
stop_scrolling (LinnetSelection *self)
{
  if (self->scroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->timeline), self->scroll_tick);
  self->scroll_tick = 0;
}

static void
select_around (LinnetSelection *self, LinnetMessageRow *row, int n_press, int index)
{
  LinnetMessage *message = linnet_message_row_get_message (row);
  int start = 0;
  int end = G_MAXINT;

  if (n_press == 2)
    linnet_content_text_find_word (linnet_message_row_get_content (row), index, &start, &end);
  linnet_selection_set (self, message, start, message, end);
  offer_primary (self);
}

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, LinnetSelection *self)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));
  LinnetMessageRow *row = find_row (self, y);
  int index;

  if (row == NULL || linnet_message_row_get_message (row) == NULL)
    return linnet_selection_clear (self);
  index = find_index (self, row, x, y);
  if ((state & GDK_SHIFT_MASK) != 0 && self->anchor.message != NULL)
    {
      set_place (&self->focus, linnet_message_row_get_message (row), index);
      show_all (self);
      offer_primary (self);
    }
  else if (n_press > 1)
    select_around (self, row, n_press, index);
  else
    linnet_selection_set (self, linnet_message_row_get_message (row), index,
                          linnet_message_row_get_message (row), index);
  if (!linnet_selection_is_empty (self))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkDevice *device
      = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, LinnetSelection *self)
{
  if (is_touch (GTK_GESTURE (drag))) /* that scrolls */
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, LinnetSelection *self)
{
  GtkWidget *widget = GTK_WIDGET (self->timeline);
  GdkEventSequence *sequence = gtk_gesture_single_get_current_sequence (GTK_GESTURE_SINGLE (drag));
  double x = 0;
  double y = 0;

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  if (gtk_gesture_get_sequence_state (GTK_GESTURE (drag), sequence) != GTK_EVENT_SEQUENCE_CLAIMED)
    {
      LinnetMessageRow *row = find_row (self, y);

      if (!gtk_drag_check_threshold (widget, 0, 0, (int) dx, (int) dy))
        return;
      /* From now on it is no click: not on a link either. */
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
      if (row != NULL)
        gtk_widget_grab_focus (GTK_WIDGET (row));
    }
  self->x = x + dx;
  self->y = y + dy;
  draw_to_pointer (self);
  if (get_overshoot (self) != 0 && self->scroll_tick == 0)
    self->scroll_tick = gtk_widget_add_tick_callback (widget, on_scroll_tick, self, NULL);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, LinnetSelection *self)
{
  stop_scrolling (self);
  offer_primary (self);
}

/* --- keyboard --- */

static guint
find_focused (LinnetSelection *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->timeline));

  return LINNET_IS_MESSAGE_ROW (row)
             ? find_position (self, linnet_message_row_get_message (LINNET_MESSAGE_ROW (row)))
             : G_MAXUINT;
}

/* By one message; whole ones from where it began. */
static gboolean
extend (LinnetSelection *self, gboolean downwards)
{
  guint n = get_model (self) != NULL ? g_list_model_get_n_items (get_model (self)) : 0;
  guint focused = find_focused (self);
  guint next = downwards ? focused + 1 : focused - 1;
  g_autoptr (LinnetMessage) from = NULL;
  g_autoptr (LinnetMessage) to = NULL;
  guint begun;

  if (focused == G_MAXUINT || next >= n)
    return focused != G_MAXUINT;
  begun = linnet_selection_is_empty (self) ? focused : find_position (self, self->anchor.message);
  from = g_list_model_get_item (get_model (self), begun);
  to = g_list_model_get_item (get_model (self), next);
  linnet_selection_set (self, from, begun <= next ? 0 : G_MAXINT, to, begun <= next ? G_MAXINT : 0);
  linnet_timeline_focus_row (self->timeline, next);
  offer_primary (self);
  return TRUE;
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        LinnetSelection *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (modifiers == GDK_SHIFT_MASK && (keyval == GDK_KEY_Up || keyval == GDK_KEY_Down))
    return extend (self, keyval == GDK_KEY_Down);
  if (linnet_selection_is_empty (self))
    return GDK_EVENT_PROPAGATE;
  if (modifiers == 0 && keyval == GDK_KEY_Escape)
    linnet_selection_clear (self);
  else if (modifiers == GDK_CONTROL_MASK && (keyval == GDK_KEY_c || keyval == GDK_KEY_Insert))
    linnet_selection_copy (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* --- plumbing --- */

static void
add_controllers (LinnetSelection *self)
{
  GtkWidget *widget = GTK_WIDGET (self->timeline);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);

  self->controllers[0] = GTK_EVENT_CONTROLLER (click);
  self->controllers[1] = GTK_EVENT_CONTROLLER (drag);
  self->controllers[2] = keys;
  for (guint i = 0; i < G_N_ELEMENTS (self->controllers); i++)
    gtk_widget_add_controller (widget, self->controllers[i]);
  gtk_gesture_group (drag, click);
}

LinnetSelection *
linnet_selection_new (LinnetTimeline *timeline)
{
  LinnetSelection *self = g_new0 (LinnetSelection, 1);

  self->timeline = timeline;
  add_controllers (self);
  return self;
}

void
linnet_selection_free (LinnetSelection *self)
{
  stop_scrolling (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->controllers); i++)
    gtk_widget_remove_controller (GTK_WIDGET (self->timeline), self->controllers[i]);
  g_clear_object (&self->anchor.message);
  g_clear_object (&self->focus.message);
  g_free (self);
}
