/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-conversation-row.h"

#include "linnet-delete-dialog.h"

#include <glib/gi18n.h>

#define N_GESTURES 2

struct _LinnetConversationRow
{
  GtkWidget parent_instance;

  LinnetConversation *conversation; /* owned, nullable */
  gulong notify_id;
  gboolean is_stale; /* its conversation changed since */
  guint tick_id;     /* it is updated with the next frame */
  int empty_height;  /* without lines, pixels */

  LinnetConversationLines *lines;           /* its child, nullable: far from what is seen */
  GtkEventController *gestures[N_GESTURES]; /* borrowed, NULL without lines */
  GtkWidget *menu;                          /* nullable, while open */
};

enum
{
  PROP_0,
  PROP_CONVERSATION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LinnetConversationRow, linnet_conversation_row, GTK_TYPE_WIDGET)

/* For a screen reader every row has its words, seen or not. */
static void
update (LinnetConversationRow *self)
{
  self->is_stale = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  linnet_conversation_get_accessible_label (self->conversation),
                                  -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.mark-read",
                                 linnet_conversation_get_unread_count (self->conversation) > 0);
  if (self->lines != NULL)
    linnet_conversation_lines_show (self->lines, self->conversation);
}

/* Once a frame, however much changes in between. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LinnetConversationRow *self = LINNET_CONVERSATION_ROW (widget);

  self->tick_id = 0;
  if (self->is_stale && self->conversation != NULL)
    update (self);
  return G_SOURCE_REMOVE;
}

static void
on_notify (LinnetConversationRow *self)
{
  self->is_stale = TRUE;
  if (self->lines == NULL || self->tick_id != 0)
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  else
    update (self);
}

void
linnet_conversation_row_set_conversation (LinnetConversationRow *self,
                                          LinnetConversation *conversation)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_ROW (self));
  g_return_if_fail (conversation == NULL || LINNET_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;
  if (self->menu != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->menu));
  if (self->conversation != NULL)
    g_clear_signal_handler (&self->notify_id, self->conversation);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    {
      self->notify_id
          = g_signal_connect_swapped (conversation, "notify", G_CALLBACK (on_notify), self);
      update (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONVERSATION]);
}

LinnetConversation *
linnet_conversation_row_get_conversation (LinnetConversationRow *self)
{
  g_return_val_if_fail (LINNET_IS_CONVERSATION_ROW (self), NULL);
  return self->conversation;
}

/* --- menu --- */

static GMenuModel *
build_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) top = g_menu_new ();
  g_autoptr (GMenu) bottom = g_menu_new ();

  g_menu_append (top, _ ("_Mark as Read"), "conversation.mark-read");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (top));
  g_menu_append (bottom, _ ("_Delete Conversation…"), "conversation.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (bottom));
  return G_MENU_MODEL (menu);
}

static void
unparent_menu (gpointer user_data)
{
  g_autoptr (LinnetConversationRow) self = user_data;

  if (self->menu != NULL && !gtk_widget_get_visible (self->menu))
    g_clear_pointer (&self->menu, gtk_widget_unparent);
}

static void
on_menu_closed (GtkPopover *menu, LinnetConversationRow *self)
{
  g_idle_add_once (unparent_menu, g_object_ref (self));
}

static void
show_menu (LinnetConversationRow *self, int x, int y)
{
  g_autoptr (GMenuModel) model = NULL;

  if (self->conversation == NULL)
    return;
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  model = build_menu ();
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ x, y, 1, 1 });
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (on_menu_closed), self, 0);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_right_click (
    GtkGestureClick *gesture, int n_press, double x, double y, LinnetConversationRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, (int) x, (int) y);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, LinnetConversationRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, (int) x, (int) y);
}

static void
open_menu (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_menu (LINNET_CONVERSATION_ROW (widget), gtk_widget_get_width (widget) / 2,
             gtk_widget_get_height (widget) / 2);
}

static void
mark_read (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetConversationRow *self = LINNET_CONVERSATION_ROW (widget);

  if (self->conversation != NULL)
    linnet_conversation_mark_read (self->conversation, NULL);
}

static void
delete_conversation (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetConversationRow *self = LINNET_CONVERSATION_ROW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->conversation != NULL && GTK_IS_WINDOW (root))
    linnet_delete_dialog_present (GTK_WINDOW (root), self->conversation);
}

/* --- lines --- */

static void
add_gestures (LinnetConversationRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_right_click), self);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_long_press), self);
  self->gestures[0] = GTK_EVENT_CONTROLLER (click);
  self->gestures[1] = GTK_EVENT_CONTROLLER (press);
  for (guint i = 0; i < N_GESTURES; i++)
    gtk_widget_add_controller (GTK_WIDGET (self), self->gestures[i]);
}

static void
remove_gestures (LinnetConversationRow *self)
{
  for (guint i = 0; i < N_GESTURES; i++)
    gtk_widget_remove_controller (GTK_WIDGET (self), g_steal_pointer (&self->gestures[i]));
}

void
linnet_conversation_row_set_lines (LinnetConversationRow *self, LinnetConversationLines *lines)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_ROW (self));
  g_return_if_fail (LINNET_IS_CONVERSATION_LINES (lines));
  g_return_if_fail (self->lines == NULL);

  self->lines = lines;
  gtk_widget_set_parent (GTK_WIDGET (lines), GTK_WIDGET (self));
  add_gestures (self);
  if (self->conversation != NULL)
    update (self);
}

LinnetConversationLines *
linnet_conversation_row_steal_lines (LinnetConversationRow *self)
{
  LinnetConversationLines *lines;

  g_return_val_if_fail (LINNET_IS_CONVERSATION_ROW (self), NULL);

  if (self->lines == NULL || self->menu != NULL)
    return NULL;
  remove_gestures (self);
  lines = g_object_ref (self->lines);
  gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->lines)));
  return lines;
}

gboolean
linnet_conversation_row_has_lines (LinnetConversationRow *self)
{
  g_return_val_if_fail (LINNET_IS_CONVERSATION_ROW (self), FALSE);
  return self->lines != NULL;
}

void
linnet_conversation_row_set_empty_height (LinnetConversationRow *self, int height)
{
  g_return_if_fail (LINNET_IS_CONVERSATION_ROW (self));

  if (self->empty_height == height)
    return;
  self->empty_height = height;
  if (self->lines == NULL)
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* --- plumbing --- */

static void
linnet_conversation_row_measure (GtkWidget *widget,
                                 GtkOrientation orientation,
                                 int for_size,
                                 int *minimum,
                                 int *natural,
                                 int *minimum_baseline,
                                 int *natural_baseline)
{
  LinnetConversationRow *self = LINNET_CONVERSATION_ROW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum = 200;
  else if (self->lines != NULL)
    gtk_widget_measure (GTK_WIDGET (self->lines), orientation, -1, minimum, natural, NULL, NULL);
  else
    *natural = *minimum = self->empty_height;
}

static void
linnet_conversation_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LinnetConversationRow *self = LINNET_CONVERSATION_ROW (widget);

  if (self->lines != NULL)
    gtk_widget_allocate (GTK_WIDGET (self->lines), width, height, -1, NULL);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
linnet_conversation_row_set_property (GObject *object,
                                      guint property_id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  linnet_conversation_row_set_conversation (LINNET_CONVERSATION_ROW (object),
                                            g_value_get_object (value));
}

static void
linnet_conversation_row_get_property (GObject *object,
                                      guint property_id,
                                      GValue *value,
                                      GParamSpec *pspec)
{
  g_value_set_object (value, LINNET_CONVERSATION_ROW (object)->conversation);
}

static void
linnet_conversation_row_dispose (GObject *object)
{
  LinnetConversationRow *self = LINNET_CONVERSATION_ROW (object);

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  linnet_conversation_row_set_conversation (self, NULL);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->lines != NULL)
    {
      remove_gestures (self);
      gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->lines)));
    }
  G_OBJECT_CLASS (linnet_conversation_row_parent_class)->dispose (object);
}

static void
linnet_conversation_row_class_init (LinnetConversationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = linnet_conversation_row_set_property;
  object_class->get_property = linnet_conversation_row_get_property;
  object_class->dispose = linnet_conversation_row_dispose;
  widget_class->measure = linnet_conversation_row_measure;
  widget_class->size_allocate = linnet_conversation_row_size_allocate;

  props[PROP_CONVERSATION]
      = g_param_spec_object ("conversation", NULL, NULL, LINNET_TYPE_CONVERSATION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_install_action (widget_class, "conversation.menu", NULL, open_menu);
  gtk_widget_class_install_action (widget_class, "conversation.mark-read", NULL, mark_read);
  gtk_widget_class_install_action (widget_class, "conversation.delete", NULL, delete_conversation);
}

static void
linnet_conversation_row_init (LinnetConversationRow *self)
{
}

GtkWidget *
linnet_conversation_row_new (void)
{
  return g_object_new (LINNET_TYPE_CONVERSATION_ROW, NULL);
}
