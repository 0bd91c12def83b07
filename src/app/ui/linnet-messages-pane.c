/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-messages-pane.h"

#include "linnet-message-row.h"
#include "linnet-seen.h"
#include "linnet-text.h"

#include <glib/gi18n.h>

#define SPINNER_DELAY_MS 300
#define DATE_REST_MS 1000
#define DIVIDER_ALIGN 0.2
#define JUMP_ALIGN 0.4

struct _LinnetMessagesPane
{
  AdwBin parent_instance;

  LinnetConversation *conversation; /* owned, nullable */
  LinnetMessageList *messages;      /* owned, nullable */
  LinnetMessage *fresh;             /* owned, nullable: sent here, not shown yet */
  LinnetSeen *seen;
  LinnetSelection *selection;
  double text_scale;
  gboolean is_narrow;
  gboolean is_moved; /* the person scrolled since the conversation was opened */
  gboolean is_scrolled;
  guint date_source;
  guint spinner_source;

  GtkScrolledWindow *scrolled;
  LinnetTimeline *timeline;
  AdwStatusPage *hello;
  GtkSpinner *first_spinner;
  GtkRevealer *date_revealer;
  GtkLabel *date;
  GtkRevealer *jump_revealer;
  GtkWidget *jump;
  GtkLabel *jump_count;
  GtkStack *older;
  GtkSpinner *older_spinner;
};

enum
{
  PROP_0,
  PROP_IS_SCROLLED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LinnetMessagesPane, linnet_messages_pane, ADW_TYPE_BIN)

/* --- rows --- */

static GtkWidget *
create_row (gpointer user_data)
{
  return linnet_message_row_new ();
}

static void
bind_row (GtkWidget *row, gpointer item, gpointer user_data)
{
  LinnetMessagesPane *self = user_data;

  linnet_message_row_set_text_scale (LINNET_MESSAGE_ROW (row), self->text_scale);
  linnet_message_row_set_narrow (LINNET_MESSAGE_ROW (row), self->is_narrow);
  linnet_message_row_bind (LINNET_MESSAGE_ROW (row), self->conversation, item);
  linnet_selection_show (self->selection, LINNET_MESSAGE_ROW (row));
  if (item != self->fresh)
    return;
  linnet_message_row_appear (LINNET_MESSAGE_ROW (row));
  g_clear_object (&self->fresh);
}

static void
unbind_row (GtkWidget *row, gpointer item, gpointer user_data)
{
  linnet_message_row_unbind (LINNET_MESSAGE_ROW (row));
}

static const LinnetTimelineRows message_rows = { create_row, bind_row, unbind_row };

/* --- the older end --- */

static void
show_older_spinner (gpointer user_data)
{
  LinnetMessagesPane *self = user_data;

  self->spinner_source = 0;
  if (!linnet_message_list_get_is_loaded (self->messages))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->first_spinner), TRUE);
      gtk_spinner_start (self->first_spinner);
      return;
    }
  gtk_stack_set_visible_child_name (self->older, "loading");
  gtk_spinner_start (self->older_spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->older), TRUE);
}

static void
show_older (LinnetMessagesPane *self, const char *page)
{
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_spinner_stop (self->older_spinner);
  gtk_spinner_stop (self->first_spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->first_spinner), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->older), page != NULL);
  if (page != NULL)
    gtk_stack_set_visible_child_name (self->older, page);
}

static void
update_older (LinnetMessagesPane *self)
{
  gboolean is_empty = linnet_message_list_get_n_items (self->messages) == 0;

  switch (linnet_message_list_get_load_state (self->messages))
    {
    case LINNET_LOAD_RUNNING:
      if (self->spinner_source == 0)
        self->spinner_source = g_timeout_add_once (SPINNER_DELAY_MS, show_older_spinner, self);
      break;
    case LINNET_LOAD_FAILED:
      show_older (self, "failed");
      break;
    case LINNET_LOAD_IDLE:
    default:
      show_older (self,
                  linnet_message_list_get_at_start (self->messages) && !is_empty ? "start" : NULL);
    }
}

static void
update_hello (LinnetMessagesPane *self)
{
  gboolean is_empty = linnet_message_list_get_is_loaded (self->messages)
                      && linnet_message_list_get_load_state (self->messages) == LINNET_LOAD_IDLE
                      && linnet_message_list_get_at_start (self->messages)
                      && linnet_message_list_get_n_items (self->messages) == 0;
  g_autofree char *escaped
      = g_markup_escape_text (linnet_conversation_get_name (self->conversation), -1);
  g_autofree char *name = linnet_text_isolate (escaped);
  /* Translators: below "Say Hello"; %s is the name of the person or group */
  g_autofree char *text = g_strdup_printf (_ ("Messages you exchange with %s appear here."), name);

  gtk_widget_set_visible (GTK_WIDGET (self->hello), is_empty);
  adw_status_page_set_description (self->hello, text);
}

static void
on_near_start (LinnetMessagesPane *self)
{
  if (self->messages != NULL
      && linnet_message_list_get_load_state (self->messages) == LINNET_LOAD_IDLE
      && !linnet_message_list_get_at_start (self->messages)
      && linnet_message_list_get_is_loaded (self->messages))
    linnet_message_list_load_older (self->messages);
}

static void
load_older (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetMessagesPane *self = LINNET_MESSAGES_PANE (widget);

  if (self->messages != NULL)
    linnet_message_list_load_older (self->messages);
}

/* --- the newer end --- */

static void
on_near_end (LinnetMessagesPane *self)
{
  if (self->messages != NULL && linnet_message_list_get_is_loaded (self->messages))
    linnet_message_list_load_newer (self->messages);
}

static void
jump (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetMessagesPane *self = LINNET_MESSAGES_PANE (widget);

  if (self->messages == NULL)
    return;
  if (!linnet_message_list_get_at_end (self->messages))
    linnet_message_list_reload (self->messages);
  linnet_timeline_scroll_to_end (self->timeline);
}

static void
update_jump (LinnetMessagesPane *self)
{
  int distance = linnet_timeline_get_distance_to_end (self->timeline);
  int page = gtk_widget_get_height (GTK_WIDGET (self->timeline));
  guint unread = self->messages != NULL ? linnet_message_list_get_unread_below (self->messages) : 0;
  gboolean is_behind = self->messages != NULL && !linnet_message_list_get_at_end (self->messages);
  gboolean shows = page > 0 && self->messages != NULL
                   && (distance > page || is_behind
                       || (unread > 0 && !linnet_timeline_get_at_end (self->timeline)));
  g_autofree char *count = NULL;

  gtk_revealer_set_reveal_child (self->jump_revealer, shows);
  gtk_widget_set_can_target (GTK_WIDGET (self->jump_revealer), shows);
  gtk_widget_set_can_focus (self->jump, shows);
  count = unread > 999 ? g_strdup ("999+") : g_strdup_printf ("%u", unread);
  gtk_label_set_label (self->jump_count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->jump_count), unread > 0);
}

/* What is dropped from the list must not be what is looked at. */
static void
update_viewed (LinnetMessagesPane *self)
{
  g_autoptr (LinnetMessage) viewed = NULL;
  guint first;
  guint last;

  if (self->messages == NULL || !linnet_timeline_get_visible_range (self->timeline, &first, &last))
    return;
  if (!linnet_timeline_get_at_end (self->timeline))
    viewed = g_list_model_get_item (G_LIST_MODEL (self->messages), first);
  linnet_message_list_set_viewed (self->messages, viewed);
}

/* --- the floating date --- */

static void
hide_date (gpointer user_data)
{
  LinnetMessagesPane *self = user_data;

  self->date_source = 0;
  gtk_revealer_set_reveal_child (self->date_revealer, FALSE);
}

/* The pill of that day itself stands near the top: no second one over it. */
static gboolean
is_day_pill_near (LinnetMessagesPane *self, guint first, LinnetMessage *message)
{
  for (guint i = first; i < first + 2; i++)
    {
      g_autoptr (LinnetMessage) near = g_list_model_get_item (G_LIST_MODEL (self->messages), i);
      GtkWidget *row = linnet_timeline_get_row (self->timeline, i);
      graphene_rect_t area;

      if (near == NULL || row == NULL || linnet_message_get_day_label (near) == NULL)
        continue;
      if (gtk_widget_compute_bounds (row, GTK_WIDGET (self->timeline), &area) && area.origin.y > -36
          && area.origin.y < 48)
        return TRUE;
    }
  return FALSE;
}

static void
show_date (LinnetMessagesPane *self)
{
  g_autoptr (LinnetMessage) message = NULL;
  guint first;
  guint last;

  if (self->messages == NULL || !linnet_timeline_get_visible_range (self->timeline, &first, &last))
    return;
  message = g_list_model_get_item (G_LIST_MODEL (self->messages), first);
  g_clear_handle_id (&self->date_source, g_source_remove);
  if (message == NULL || is_day_pill_near (self, first, message))
    {
      gtk_revealer_set_reveal_child (self->date_revealer, FALSE);
      return;
    }
  gtk_label_set_label (self->date, linnet_message_get_day (message));
  gtk_revealer_set_reveal_child (self->date_revealer, TRUE);
  self->date_source = g_timeout_add_once (DATE_REST_MS, hide_date, self);
}

static void
update_scrolled (LinnetMessagesPane *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  gboolean is_scrolled
      = gtk_adjustment_get_value (adjustment) > gtk_adjustment_get_lower (adjustment);

  if (self->is_scrolled == is_scrolled)
    return;
  self->is_scrolled = is_scrolled;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_SCROLLED]);
}

static void
on_scrolled (LinnetMessagesPane *self, gboolean by_person)
{
  if (by_person)
    {
      self->is_moved = TRUE;
      show_date (self);
    }
  update_scrolled (self);
  update_viewed (self);
  update_jump (self);
  linnet_seen_stir (self->seen);
}

/* --- the conversation --- */

static void
go_to_unread (LinnetMessagesPane *self)
{
  LinnetMessage *first = linnet_message_list_get_first_unread (self->messages);
  guint position;

  if (self->is_moved || first == NULL || !linnet_message_list_get_is_loaded (self->messages))
    return;
  position = linnet_message_list_get_position (self->messages, first);
  if (position != G_MAXUINT)
    linnet_timeline_scroll_to (self->timeline, position, DIVIDER_ALIGN, FALSE);
}

static void
on_list_changed (LinnetMessagesPane *self)
{
  linnet_timeline_set_open (self->timeline, !linnet_message_list_get_at_end (self->messages));
  update_older (self);
  update_hello (self);
  update_jump (self);
  linnet_seen_stir (self->seen);
}

static void
on_loaded (LinnetMessagesPane *self)
{
  on_list_changed (self);
  go_to_unread (self);
}

static void
on_name_changed (LinnetMessagesPane *self)
{
  update_hello (self);
}

static void
leave (LinnetMessagesPane *self)
{
  g_clear_handle_id (&self->date_source, g_source_remove);
  hide_date (self);
  show_older (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->hello), FALSE);
  linnet_selection_clear (self->selection);
  linnet_timeline_set_model (self->timeline, NULL);
  linnet_seen_set_conversation (self->seen, NULL);
  g_clear_object (&self->fresh);
  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_data (self->messages, self);
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_clear_object (&self->messages);
  g_clear_object (&self->conversation);
}

static void
enter (LinnetMessagesPane *self, LinnetConversation *conversation)
{
  static const struct
  {
    const char *signal;
    void (*handler) (LinnetMessagesPane *);
  } watched[] = {
    { "items-changed", on_list_changed },    { "notify::load-state", on_list_changed },
    { "notify::at-start", on_list_changed }, { "notify::at-end", on_list_changed },
    { "notify::is-loaded", on_loaded },      { "notify::first-unread", go_to_unread },
    { "notify::unread-below", update_jump },
  };

  self->conversation = g_object_ref (conversation);
  self->messages = g_object_ref (linnet_conversation_get_messages (conversation));
  self->is_moved = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_swapped (self->messages, watched[i].signal, G_CALLBACK (watched[i].handler),
                              self);
  g_signal_connect_swapped (conversation, "notify::name", G_CALLBACK (on_name_changed), self);
  linnet_timeline_set_model (self->timeline, G_LIST_MODEL (self->messages));
  linnet_seen_set_conversation (self->seen, conversation);
  on_loaded (self);
}

void
linnet_messages_pane_set_conversation (LinnetMessagesPane *self, LinnetConversation *conversation)
{
  g_return_if_fail (LINNET_IS_MESSAGES_PANE (self));
  g_return_if_fail (conversation == NULL || LINNET_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;
  leave (self);
  if (conversation != NULL)
    enter (self, conversation);
  update_jump (self);
}

void
linnet_messages_pane_show_sent (LinnetMessagesPane *self, LinnetMessage *message)
{
  guint position;
  GtkWidget *row;

  g_return_if_fail (LINNET_IS_MESSAGES_PANE (self));
  if (self->messages == NULL)
    return;
  position = linnet_message_list_get_position (self->messages, message);
  row = position != G_MAXUINT ? linnet_timeline_get_row (self->timeline, position) : NULL;
  if (row != NULL)
    linnet_message_row_appear (LINNET_MESSAGE_ROW (row));
  else
    g_set_object (&self->fresh, message);
  linnet_timeline_scroll_to_end (self->timeline);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetMessagesPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinnetMessage) message
      = linnet_message_list_load_around_finish (LINNET_MESSAGE_LIST (source), result, &error);
  guint position;

  if (message == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                _ ("This message could not be loaded"));
  if (message == NULL || self->messages != LINNET_MESSAGE_LIST (source))
    return;
  position = linnet_message_list_get_position (self->messages, message);
  if (position != G_MAXUINT)
    linnet_timeline_scroll_to (self->timeline, position, JUMP_ALIGN, TRUE);
}

void
linnet_messages_pane_show_message (LinnetMessagesPane *self, ImMsg *msg)
{
  g_return_if_fail (LINNET_IS_MESSAGES_PANE (self));
  g_return_if_fail (self->messages != NULL);

  self->is_moved = TRUE;
  linnet_message_list_load_around_async (self->messages, msg, on_found, g_object_ref (self));
}

static void
copy_selection (GtkWidget *widget, const char *action, GVariant *parameter)
{
  linnet_selection_copy (LINNET_MESSAGES_PANE (widget)->selection);
  gtk_widget_activate_action (widget, "win.toast", "s", _ ("Copied"));
}

LinnetSelection *
linnet_messages_pane_get_selection (LinnetMessagesPane *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGES_PANE (self), NULL);
  return self->selection;
}

static void
update_rows (LinnetMessagesPane *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->timeline)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (LINNET_IS_MESSAGE_ROW (row))
      {
        linnet_message_row_set_text_scale (LINNET_MESSAGE_ROW (row), self->text_scale);
        linnet_message_row_set_narrow (LINNET_MESSAGE_ROW (row), self->is_narrow);
      }
}

void
linnet_messages_pane_set_text_scale (LinnetMessagesPane *self, double scale)
{
  g_return_if_fail (LINNET_IS_MESSAGES_PANE (self));

  self->text_scale = scale;
  update_rows (self);
}

void
linnet_messages_pane_set_narrow (LinnetMessagesPane *self, gboolean narrow)
{
  g_return_if_fail (LINNET_IS_MESSAGES_PANE (self));

  self->is_narrow = narrow;
  update_rows (self);
}

LinnetTimeline *
linnet_messages_pane_get_timeline (LinnetMessagesPane *self)
{
  g_return_val_if_fail (LINNET_IS_MESSAGES_PANE (self), NULL);
  return self->timeline;
}

/* --- plumbing --- */

static void
linnet_messages_pane_get_property (GObject *object,
                                   guint property_id,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  g_value_set_boolean (value, LINNET_MESSAGES_PANE (object)->is_scrolled);
}

static void
linnet_messages_pane_dispose (GObject *object)
{
  LinnetMessagesPane *self = LINNET_MESSAGES_PANE (object);

  if (self->timeline != NULL)
    leave (self);
  g_clear_pointer (&self->seen, linnet_seen_free);
  g_clear_pointer (&self->selection, linnet_selection_free);
  G_OBJECT_CLASS (linnet_messages_pane_parent_class)->dispose (object);
}

static void
linnet_messages_pane_class_init (LinnetMessagesPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linnet_messages_pane_get_property;
  object_class->dispose = linnet_messages_pane_dispose;

  props[PROP_IS_SCROLLED] = g_param_spec_boolean ("is-scrolled", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_install_action (widget_class, "messages.jump", NULL, jump);
  gtk_widget_class_install_action (widget_class, "messages.load-older", NULL, load_older);
  gtk_widget_class_install_action (widget_class, "messages.copy", NULL, copy_selection);

  g_type_ensure (LINNET_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LINNET_RESOURCE_PATH "/ui/linnet-messages-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, scrolled);
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, timeline);
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, hello);
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, first_spinner);
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, date_revealer);
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, date);
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, jump_revealer);
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, jump);
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, jump_count);
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, older);
  gtk_widget_class_bind_template_child (widget_class, LinnetMessagesPane, older_spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_scrolled);
  gtk_widget_class_bind_template_callback (widget_class, on_near_start);
  gtk_widget_class_bind_template_callback (widget_class, on_near_end);
}

static void
linnet_messages_pane_init (LinnetMessagesPane *self)
{
  self->text_scale = 1;
  gtk_widget_init_template (GTK_WIDGET (self));
  linnet_timeline_set_rows (self->timeline, &message_rows, self);
  linnet_timeline_set_header (self->timeline, GTK_WIDGET (self->older));
  self->seen = linnet_seen_new (self->timeline);
  self->selection = linnet_selection_new (self->timeline);
}
