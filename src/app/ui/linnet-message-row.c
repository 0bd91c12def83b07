/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-message-row.h"

#include "linnet-bubble.h"
#include "linnet-message-details.h"
#include "linnet-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* clang-format off */
#define MARGIN_WIDE       18
#define MARGIN_NARROW     12
#define COLUMN_MAX       860
#define BUBBLE_MAX       520
#define AVATAR_SIZE       36
#define AVATAR_GAP         9
#define GAP_IN_GROUP       3
#define GAP_OF_GROUPS     12
#define DAY_GAP           12
#define DIVIDER_ABOVE     18
#define DIVIDER_BELOW      6
#define FAILURE_GAP        6
#define MARK_SIZE         20
/* clang-format on */

struct _LinnetMessageRow
{
  GtkWidget parent_instance;

  LinnetConversation *conversation; /* owned, NULL when unbound */
  LinnetMessage *message;           /* owned, NULL when unbound */
  gulong notify_id;

  GtkWidget *bubble;
  /* Few rows need these: NULL until a message does. */
  GtkWidget *day;
  GtkWidget *divider;
  GtkWidget *avatar;
  GtkWidget *mark;
  GtkWidget *failure; /* box of: */
  GtkWidget *reason;
  GtkWidget *menu; /* nullable, while open */
  guint appear_source;
  gboolean is_narrow;
};

/* Where the parts stand in a row of some width; x from the start side. */
typedef struct
{
  int column;
  int column_width;
  int bubble_max;
  int day_y, day_height;
  int divider_y, divider_height;
  int bubble_y, bubble_height;
  int failure_y, failure_height;
  int height;
} Layout;

G_DEFINE_FINAL_TYPE (LinnetMessageRow, linnet_message_row, GTK_TYPE_WIDGET)

static gboolean
is_group (LinnetMessageRow *self)
{
  return self->conversation != NULL
         && linnet_conversation_get_conversation_type (self->conversation)
                != LINNET_CONVERSATION_SINGLE;
}

static gboolean
is_own (LinnetMessageRow *self)
{
  return self->message != NULL && linnet_message_get_is_own (self->message);
}

static gboolean
is_shown (GtkWidget *part)
{
  return part != NULL && gtk_widget_should_layout (part);
}

static int
measure_height (GtkWidget *child, int width)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* What stands before others' bubbles in a group. */
static int
get_avatar_space (LinnetMessageRow *self)
{
  return is_group (self) && !is_own (self) ? AVATAR_SIZE + AVATAR_GAP : 0;
}

static void
lay_out_column (LinnetMessageRow *self, int width, Layout *layout)
{
  int margin = self->is_narrow ? MARGIN_NARROW : MARGIN_WIDE;
  int space = get_avatar_space (self);

  layout->column_width = CLAMP (width - 2 * margin, 1, COLUMN_MAX);
  layout->column = (width - layout->column_width) / 2;
  if (!self->is_narrow)
    layout->bubble_max = MIN (BUBBLE_MAX, layout->column_width * 78 / 100);
  else if (space > 0)
    layout->bubble_max = layout->column_width - space;
  else
    layout->bubble_max = layout->column_width * 86 / 100;
  if (is_shown (self->mark))
    layout->bubble_max = MIN (layout->bubble_max, layout->column_width - MARK_SIZE - FAILURE_GAP);
}

static void
lay_out (LinnetMessageRow *self, int width, Layout *ret_layout)
{
  Layout layout = { 0 };
  int gap = linnet_message_get_starts_group (self->message) ? GAP_OF_GROUPS : GAP_IN_GROUP;
  int y = 0;

  lay_out_column (self, width, &layout);
  if (is_shown (self->day))
    {
      layout.day_y = y + DAY_GAP;
      layout.day_height = measure_height (self->day, -1);
      y = layout.day_y + layout.day_height;
      gap = DAY_GAP;
    }
  if (is_shown (self->divider))
    {
      layout.divider_y = y + DIVIDER_ABOVE;
      layout.divider_height = measure_height (self->divider, layout.column_width);
      y = layout.divider_y + layout.divider_height + DIVIDER_BELOW;
      gap = GAP_OF_GROUPS;
    }
  layout.bubble_y = y + gap;
  layout.bubble_height = measure_height (self->bubble, layout.bubble_max);
  y = layout.bubble_y + layout.bubble_height;
  if (is_shown (self->failure))
    {
      layout.failure_y = y + FAILURE_GAP;
      layout.failure_height = measure_height (self->failure, layout.column_width);
      y = layout.failure_y + layout.failure_height;
    }
  layout.height = y;
  *ret_layout = layout;
}

static GtkSizeRequestMode
linnet_message_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
linnet_message_row_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  LinnetMessageRow *self = LINNET_MESSAGE_ROW (widget);
  Layout layout = { 0 };

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || self->message == NULL)
    return;
  lay_out (self, for_size < 0 ? 480 : for_size, &layout);
  *minimum = *natural = layout.height;
}

/* x counts from the start side of the row. */
static void
allocate (LinnetMessageRow *self, GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation area = { x, y, width, height };

  if (!is_shown (child))
    return;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    area.x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  gtk_widget_size_allocate (child, &area, -1);
}

static int
natural_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
linnet_message_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LinnetMessageRow *self = LINNET_MESSAGE_ROW (widget);
  Layout layout;
  int bubble_width;
  int x;

  if (self->message == NULL)
    return;
  lay_out (self, width, &layout);
  bubble_width = linnet_bubble_get_width (LINNET_BUBBLE (self->bubble), layout.bubble_max);
  x = layout.column + get_avatar_space (self);
  if (is_own (self))
    x = layout.column + layout.column_width - bubble_width;

  if (is_shown (self->day))
    {
      int day_width = MIN (natural_width (self->day), layout.column_width);
      allocate (self, self->day, layout.column + (layout.column_width - day_width) / 2,
                layout.day_y, day_width, layout.day_height);
    }
  allocate (self, self->divider, layout.column, layout.divider_y, layout.column_width,
            layout.divider_height);
  if (is_shown (self->avatar))
    {
      measure_height (self->avatar, -1);
      allocate (self, self->avatar, layout.column, layout.bubble_y, AVATAR_SIZE, AVATAR_SIZE);
    }
  allocate (self, self->bubble, x, layout.bubble_y, bubble_width, layout.bubble_height);
  if (is_shown (self->mark))
    {
      int mark_height = measure_height (self->mark, -1);
      allocate (self, self->mark, x - MARK_SIZE - FAILURE_GAP,
                layout.bubble_y + (layout.bubble_height - mark_height) / 2,
                MAX (natural_width (self->mark), MARK_SIZE), mark_height);
    }
  allocate (self, self->failure, layout.column, layout.failure_y, layout.column_width,
            layout.failure_height);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
linnet_message_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  if (LINNET_MESSAGE_ROW (widget)->message != NULL)
    GTK_WIDGET_CLASS (linnet_message_row_parent_class)->snapshot (widget, snapshot);
}

/* --- parts that few rows need --- */

/* Parts stand in the order in which they are read. */
static GtkWidget *
add_part (LinnetMessageRow *self, GtkWidget *part, GtkWidget *before)
{
  gtk_widget_insert_before (part, GTK_WIDGET (self), before);
  return part;
}

static GtkWidget *
build_day (void)
{
  GtkWidget *day = gtk_label_new (NULL);

  gtk_widget_add_css_class (day, "linnet-day");
  gtk_widget_add_css_class (day, "caption-heading");
  return day;
}

static GtkWidget *
build_divider (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ ("New messages"));

  gtk_widget_add_css_class (box, "linnet-unread-divider");
  gtk_widget_add_css_class (label, "caption-heading");
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *part = i == 1 ? label : gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      gtk_widget_set_valign (part, GTK_ALIGN_CENTER);
      gtk_widget_set_hexpand (part, i != 1);
      gtk_box_append (GTK_BOX (box), part);
    }
  return box;
}

static GtkWidget *
build_failure_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "linnet-small-pill");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static void
build_failure (LinnetMessageRow *self)
{
  self->failure = add_part (self, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), NULL);
  self->reason = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->reason), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->reason), 1);
  gtk_label_set_width_chars (GTK_LABEL (self->reason), 12);
  gtk_widget_set_hexpand (self->reason, TRUE);
  gtk_widget_add_css_class (self->reason, "caption");
  gtk_widget_add_css_class (self->reason, "error");
  gtk_box_append (GTK_BOX (self->failure), self->reason);
  gtk_box_append (GTK_BOX (self->failure), build_failure_button (_ ("Retry"), "message.retry"));
  gtk_box_append (GTK_BOX (self->failure), build_failure_button (_ ("Discard"), "message.discard"));

  self->mark = add_part (self, gtk_label_new ("!"), self->bubble);
  gtk_widget_add_css_class (self->mark, "linnet-badge");
  gtk_widget_add_css_class (self->mark, "failed");
}

/* --- what it shows --- */

static void
update_day (LinnetMessageRow *self)
{
  const char *day = linnet_message_get_day_label (self->message);

  if (day != NULL && self->day == NULL)
    self->day = add_part (self, build_day (), gtk_widget_get_first_child (GTK_WIDGET (self)));
  if (self->day == NULL)
    return;
  gtk_widget_set_visible (self->day, day != NULL);
  gtk_label_set_text (GTK_LABEL (self->day), day != NULL ? day : "");
}

static void
update_divider (LinnetMessageRow *self)
{
  gboolean shows = linnet_message_get_is_first_unread (self->message);

  if (shows && self->divider == NULL)
    self->divider = add_part (self, build_divider (), self->bubble);
  if (self->divider != NULL)
    gtk_widget_set_visible (self->divider, shows);
}

static void
update_avatar (LinnetMessageRow *self)
{
  gboolean shows = get_avatar_space (self) > 0 && linnet_message_get_starts_group (self->message);

  if (shows && self->avatar == NULL)
    {
      self->avatar = adw_avatar_new (AVATAR_SIZE, NULL, TRUE);
      add_part (self, self->avatar, self->bubble);
    }
  if (self->avatar == NULL)
    return;
  gtk_widget_set_visible (self->avatar, shows);
  if (shows)
    adw_avatar_set_text (ADW_AVATAR (self->avatar), linnet_message_get_sender_name (self->message));
}

static void
update_failure (LinnetMessageRow *self)
{
  gboolean is_failed = linnet_message_get_state (self->message) == LINNET_MESSAGE_FAILED;
  const char *failure = linnet_message_get_failure (self->message);
  g_autofree char *text = NULL;

  if (is_failed && self->failure == NULL)
    build_failure (self);
  if (self->failure == NULL)
    return;
  gtk_widget_set_visible (self->mark, is_failed);
  gtk_widget_set_visible (self->failure, is_failed);
  /* Translators: why a message was not sent: "Not sent: the message is too long." */
  text = g_strdup_printf (_ ("Not sent: %s"), failure != NULL ? failure : "");
  gtk_label_set_text (GTK_LABEL (self->reason), text);
}

static void
update (LinnetMessageRow *self)
{
  LinnetMessage *message = self->message;

  update_day (self);
  update_divider (self);
  if (linnet_message_get_starts_group (message))
    gtk_widget_add_css_class (GTK_WIDGET (self), "first");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "first");
  update_failure (self);
  update_avatar (self);
  linnet_bubble_update (LINNET_BUBBLE (self->bubble), message,
                        get_avatar_space (self) > 0 && linnet_message_get_starts_group (message));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  linnet_message_get_accessible_label (message), -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "message.retry",
                                 linnet_message_get_state (message) == LINNET_MESSAGE_FAILED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "message.discard",
                                 linnet_message_get_state (message) == LINNET_MESSAGE_FAILED);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
linnet_message_row_bind (LinnetMessageRow *self,
                         LinnetConversation *conversation,
                         LinnetMessage *message)
{
  g_return_if_fail (LINNET_IS_MESSAGE_ROW (self));
  g_return_if_fail (LINNET_IS_CONVERSATION (conversation));
  g_return_if_fail (LINNET_IS_MESSAGE (message));
  g_return_if_fail (self->message == NULL);

  self->conversation = g_object_ref (conversation);
  self->message = g_object_ref (message);
  self->notify_id = g_signal_connect_swapped (message, "notify", G_CALLBACK (update), self);
  update (self);
}

static void
on_appeared (gpointer user_data)
{
  LinnetMessageRow *self = LINNET_MESSAGE_ROW (user_data);

  self->appear_source = 0;
  gtk_widget_remove_css_class (self->bubble, "linnet-appear");
}

void
linnet_message_row_unbind (LinnetMessageRow *self)
{
  g_return_if_fail (LINNET_IS_MESSAGE_ROW (self));

  g_clear_handle_id (&self->appear_source, g_source_remove);
  on_appeared (self);
  if (self->menu != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->menu));
  if (self->message != NULL)
    g_clear_signal_handler (&self->notify_id, self->message);
  g_clear_object (&self->message);
  g_clear_object (&self->conversation);
}

LinnetMessage *
linnet_message_row_get_message (LinnetMessageRow *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_ROW (self), NULL);
  return self->message;
}

LinnetContentText *
linnet_message_row_get_content (LinnetMessageRow *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGE_ROW (self), NULL);
  return linnet_bubble_get_content (LINNET_BUBBLE (self->bubble));
}

void
linnet_message_row_set_text_scale (LinnetMessageRow *self, double scale)
{
  g_return_if_fail (LINNET_IS_MESSAGE_ROW (self));
  linnet_bubble_set_text_scale (LINNET_BUBBLE (self->bubble), scale);
}

void
linnet_message_row_set_narrow (LinnetMessageRow *self, gboolean narrow)
{
  g_return_if_fail (LINNET_IS_MESSAGE_ROW (self));

  if (self->is_narrow == narrow)
    return;
  self->is_narrow = narrow;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
linnet_message_row_appear (LinnetMessageRow *self)
{
  g_return_if_fail (LINNET_IS_MESSAGE_ROW (self));

  if (!adw_get_enable_animations (GTK_WIDGET (self)))
    return;
  gtk_widget_add_css_class (self->bubble, "linnet-appear");
  g_clear_handle_id (&self->appear_source, g_source_remove);
  self->appear_source = g_timeout_add_once (200, on_appeared, self);
}

/* --- menu and actions --- */

static GMenuModel *
build_menu (LinnetMessageRow *self, const char *link)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) text = g_menu_new ();
  g_autoptr (GMenu) failed = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  if (linnet_message_get_state (self->message) == LINNET_MESSAGE_FAILED)
    {
      g_menu_append (failed, _ ("_Retry"), "message.retry");
      g_menu_append (failed, _ ("Dis_card"), "message.discard");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (failed));
    }
  g_menu_append (text, _ ("_Copy Text"), "message.copy");
  if (link != NULL)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ ("Copy _Link"), NULL);
      g_menu_item_set_action_and_target (item, "message.copy-link", "s", link);
      g_menu_append_item (text, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (text));
  g_menu_append (more, _ ("_Details"), "message.details");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  return G_MENU_MODEL (menu);
}

static void
unparent_menu (gpointer user_data)
{
  g_autoptr (LinnetMessageRow) self = user_data;

  if (self->menu != NULL && !gtk_widget_get_visible (self->menu))
    g_clear_pointer (&self->menu, gtk_widget_unparent);
}

/* The item that was chosen runs its action after this: the popover must live until then. */
static void
on_menu_closed (GtkPopover *menu, LinnetMessageRow *self)
{
  g_idle_add_once (unparent_menu, g_object_ref (self));
}

static void
show_menu (LinnetMessageRow *self, double x, double y)
{
  g_autoptr (GMenuModel) model = NULL;
  const char *link = linnet_bubble_get_link (LINNET_BUBBLE (self->bubble));

  if (self->message == NULL)
    return;
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  model = build_menu (self, link);
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (on_menu_closed), self, 0);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_right_click (GtkGestureClick *gesture, int n_press, double x, double y, LinnetMessageRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, LinnetMessageRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
open_menu (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetMessageRow *self = LINNET_MESSAGE_ROW (widget);
  graphene_rect_t area;

  if (gtk_widget_compute_bounds (self->bubble, widget, &area))
    show_menu (self, area.origin.x + area.size.width / 2, area.origin.y + area.size.height / 2);
}

static void
copy (GtkWidget *widget, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  gtk_widget_activate_action (widget, "win.toast", "s", _ ("Copied"));
}

static void
copy_text (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetMessageRow *self = LINNET_MESSAGE_ROW (widget);

  if (self->message == NULL)
    return;
  if (linnet_content_text_has_selection (linnet_message_row_get_content (self)))
    gtk_widget_activate_action (widget, "messages.copy", NULL);
  else
    copy (widget, linnet_message_get_text (self->message));
}

static void
copy_link (GtkWidget *widget, const char *action, GVariant *parameter)
{
  copy (widget, g_variant_get_string (parameter, NULL));
}

static void
retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetMessageRow *self = LINNET_MESSAGE_ROW (widget);
  g_autoptr (LinnetMessage) message = NULL;

  if (self->message == NULL)
    return;
  message = g_object_ref (self->message);
  linnet_conversation_retry (self->conversation, message);
}

static void
discard (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetMessageRow *self = LINNET_MESSAGE_ROW (widget);
  g_autoptr (LinnetMessage) message = NULL;

  if (self->message == NULL)
    return;
  message = g_object_ref (self->message);
  linnet_conversation_discard (self->conversation, message);
}

static void
show_details (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetMessageRow *self = LINNET_MESSAGE_ROW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->message != NULL && GTK_IS_WINDOW (root))
    linnet_message_details_present (GTK_WINDOW (root), self->message);
}

/* --- plumbing --- */

static void
linnet_message_row_dispose (GObject *object)
{
  LinnetMessageRow *self = LINNET_MESSAGE_ROW (object);
  GtkWidget *child;

  if (self->message != NULL)
    linnet_message_row_unbind (self);
  g_clear_handle_id (&self->appear_source, g_source_remove);
  self->menu = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (linnet_message_row_parent_class)->dispose (object);
}

static void
linnet_message_row_class_init (LinnetMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linnet_message_row_dispose;
  widget_class->get_request_mode = linnet_message_row_get_request_mode;
  widget_class->measure = linnet_message_row_measure;
  widget_class->size_allocate = linnet_message_row_size_allocate;
  widget_class->snapshot = linnet_message_row_snapshot;

  gtk_widget_class_set_css_name (widget_class, "message");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);

  gtk_widget_class_install_action (widget_class, "message.menu", NULL, open_menu);
  gtk_widget_class_install_action (widget_class, "message.copy", NULL, copy_text);
  gtk_widget_class_install_action (widget_class, "message.copy-link", "s", copy_link);
  gtk_widget_class_install_action (widget_class, "message.retry", NULL, retry);
  gtk_widget_class_install_action (widget_class, "message.discard", NULL, discard);
  gtk_widget_class_install_action (widget_class, "message.details", NULL, show_details);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "message.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "message.menu",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "message.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_ALT_MASK,
                                       "message.details", NULL);
}

static void
add_gestures (LinnetMessageRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_right_click), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_long_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

static void
linnet_message_row_init (LinnetMessageRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_add_css_class (widget, "linnet-message");
  self->bubble = add_part (self, linnet_bubble_new (), NULL);
  add_gestures (self);
}

GtkWidget *
linnet_message_row_new (void)
{
  return g_object_new (LINNET_TYPE_MESSAGE_ROW, NULL);
}
