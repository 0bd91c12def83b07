/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-composer.h"

#include "linnet-text.h"

#include <glib/gi18n.h>

#define LINES_MAX 8
#define PADDING 20

struct _LinnetComposer
{
  AdwBin parent_instance;

  LinnetConversation *conversation; /* owned, nullable */
  GHashTable *cursors;              /* key of conversation → offset of the cursor in its draft */
  gboolean is_taking_over;          /* the text is set from the draft, nobody types */
  GCancellable *paste_cancellable;

  GtkScrolledWindow *scrolled;
  GtkTextView *view;
  GtkLabel *placeholder;
  GtkMenuButton *emoji;
  GtkRevealer *send_revealer;
  GtkWidget *send;
};

enum
{
  SIGNAL_SENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinnetComposer, linnet_composer, ADW_TYPE_BIN)

static GtkTextBuffer *
get_buffer (LinnetComposer *self)
{
  return gtk_text_view_get_buffer (self->view);
}

static char *
dup_text (LinnetComposer *self)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, FALSE);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static void
update_controls (LinnetComposer *self, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), *text == '\0');
  gtk_revealer_set_reveal_child (self->send_revealer, !is_blank (text));
}

static void
on_changed (LinnetComposer *self)
{
  g_autofree char *text = dup_text (self);

  update_controls (self, text);
  if (!self->is_taking_over && self->conversation != NULL)
    linnet_conversation_set_draft (self->conversation, text);
}

/* What the input method is composing is not in the buffer yet. */
static void
on_preedit_changed (LinnetComposer *self, const char *preedit)
{
  gboolean is_empty = gtk_text_buffer_get_char_count (get_buffer (self)) == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), is_empty && *preedit == '\0');
}

static void
take_text (LinnetComposer *self, const char *text)
{
  self->is_taking_over = TRUE;
  gtk_text_buffer_set_text (get_buffer (self), text, -1);
  self->is_taking_over = FALSE;
  update_controls (self, text);
}

/* Cleared by sending, or changed elsewhere. */
static void
on_draft_changed (LinnetComposer *self)
{
  const char *draft = linnet_conversation_get_draft (self->conversation);
  g_autofree char *text = dup_text (self);

  if (g_strcmp0 (text, draft) != 0)
    take_text (self, draft);
}

void
linnet_composer_send (LinnetComposer *self)
{
  g_autofree char *text = NULL;
  LinnetMessage *message;

  g_return_if_fail (LINNET_IS_COMPOSER (self));

  text = dup_text (self);
  if (self->conversation == NULL || is_blank (text))
    return;
  message = linnet_conversation_send_text (self->conversation, text);
  if (message == NULL)
    return;
  take_text (self, "");
  g_signal_emit (self, signals[SIGNAL_SENT], 0, message);
}

static void
on_send (LinnetComposer *self)
{
  linnet_composer_send (self);
  linnet_composer_focus (self);
}

/* The input method sees every key before we do: Enter ends a composition, it does not send. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LinnetComposer *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if (event != NULL && gtk_text_view_im_context_filter_keypress (self->view, event))
    return GDK_EVENT_STOP;
  if (modifiers == GDK_SHIFT_MASK)
    return GDK_EVENT_PROPAGATE;
  linnet_composer_send (self);
  return GDK_EVENT_STOP;
}

/* --- pasting: plain text, whatever the clipboard has --- */

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetComposer) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text == NULL || self->conversation == NULL)
    return;
  gtk_text_buffer_begin_user_action (get_buffer (self));
  gtk_text_buffer_delete_selection (get_buffer (self), TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (get_buffer (self), text, -1, TRUE);
  gtk_text_buffer_end_user_action (get_buffer (self));
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (get_buffer (self)));
}

static void
on_paste (LinnetComposer *self)
{
  g_signal_stop_emission_by_name (self->view, "paste-clipboard");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->view)),
                                 self->paste_cancellable, on_pasted, g_object_ref (self));
}

/* --- emoji --- */

static void
on_emoji_picked (LinnetComposer *self, const char *emoji)
{
  gtk_text_buffer_delete_selection (get_buffer (self), TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (get_buffer (self), emoji, -1, TRUE);
  linnet_composer_focus (self);
}

/* The chooser has 1,800 buttons: it is made when it is wanted. */
static void
create_chooser (GtkMenuButton *button, gpointer user_data)
{
  GtkWidget *chooser;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  chooser = gtk_emoji_chooser_new ();
  g_signal_connect_object (chooser, "emoji-picked", G_CALLBACK (on_emoji_picked), user_data,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, chooser);
}

/* --- conversation --- */

static void
remember_cursor (LinnetComposer *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  const char *key = linnet_conversation_get_key (self->conversation);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  if (gtk_text_buffer_get_char_count (buffer) > 0)
    g_hash_table_replace (self->cursors, g_strdup (key),
                          GINT_TO_POINTER (gtk_text_iter_get_offset (&cursor)));
  else
    g_hash_table_remove (self->cursors, key);
}

static void
restore_cursor (LinnetComposer *self)
{
  const char *key = linnet_conversation_get_key (self->conversation);
  gpointer offset;
  GtkTextIter cursor;

  if (!g_hash_table_lookup_extended (self->cursors, key, NULL, &offset))
    offset = GINT_TO_POINTER (-1); /* the end */
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &cursor, GPOINTER_TO_INT (offset));
  gtk_text_buffer_place_cursor (get_buffer (self), &cursor);
}

static void
update_names (LinnetComposer *self)
{
  const char *name = linnet_conversation_get_name (self->conversation);
  g_autofree char *isolated = linnet_text_isolate (name);
  /* Translators: in the empty composer, %s is the name of the person or group */
  g_autofree char *shown = g_strdup_printf (_ ("Message %s"), isolated);
  g_autofree char *spoken = g_strdup_printf (_ ("Message %s"), name);

  gtk_label_set_label (self->placeholder, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

void
linnet_composer_set_conversation (LinnetComposer *self, LinnetConversation *conversation)
{
  g_return_if_fail (LINNET_IS_COMPOSER (self));
  g_return_if_fail (conversation == NULL || LINNET_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;
  if (self->conversation != NULL)
    {
      remember_cursor (self);
      g_signal_handlers_disconnect_by_data (self->conversation, self);
    }
  gtk_text_view_reset_im_context (self->view);
  g_set_object (&self->conversation, conversation);
  gtk_widget_set_sensitive (GTK_WIDGET (self), conversation != NULL);
  linnet_composer_announce (self, "");
  if (conversation == NULL)
    {
      take_text (self, "");
      return;
    }
  g_signal_connect_swapped (conversation, "notify::draft", G_CALLBACK (on_draft_changed), self);
  g_signal_connect_swapped (conversation, "notify::name", G_CALLBACK (update_names), self);
  update_names (self);
  gtk_text_buffer_begin_irreversible_action (get_buffer (self));
  take_text (self, linnet_conversation_get_draft (conversation));
  gtk_text_buffer_end_irreversible_action (get_buffer (self));
  restore_cursor (self);
}

void
linnet_composer_focus (LinnetComposer *self)
{
  g_return_if_fail (LINNET_IS_COMPOSER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

GtkWidget *
linnet_composer_get_view (LinnetComposer *self)
{
  g_return_val_if_fail (LINNET_IS_COMPOSER (self), NULL);
  return GTK_WIDGET (self->view);
}

void
linnet_composer_announce (LinnetComposer *self, const char *text)
{
  g_return_if_fail (LINNET_IS_COMPOSER (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

/* --- plumbing --- */

/* Eight lines of the font as it is now. */
static void
update_height (LinnetComposer *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->view), "Ag");
  int line;

  pango_layout_get_pixel_size (layout, NULL, &line);
  gtk_scrolled_window_set_max_content_height (self->scrolled, LINES_MAX * line + PADDING);
}

static void
linnet_composer_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (linnet_composer_parent_class)->system_setting_changed (widget, setting);
  update_height (LINNET_COMPOSER (widget));
}

static void
linnet_composer_map (GtkWidget *widget)
{
  update_height (LINNET_COMPOSER (widget));
  GTK_WIDGET_CLASS (linnet_composer_parent_class)->map (widget);
}

static void
linnet_composer_dispose (GObject *object)
{
  LinnetComposer *self = LINNET_COMPOSER (object);

  if (self->view != NULL)
    linnet_composer_set_conversation (self, NULL);
  g_cancellable_cancel (self->paste_cancellable);
  G_OBJECT_CLASS (linnet_composer_parent_class)->dispose (object);
}

static void
linnet_composer_finalize (GObject *object)
{
  LinnetComposer *self = LINNET_COMPOSER (object);

  g_clear_object (&self->paste_cancellable);
  g_hash_table_unref (self->cursors);
  G_OBJECT_CLASS (linnet_composer_parent_class)->finalize (object);
}

static void
linnet_composer_class_init (LinnetComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linnet_composer_dispose;
  object_class->finalize = linnet_composer_finalize;
  widget_class->map = linnet_composer_map;
  widget_class->system_setting_changed = linnet_composer_system_setting_changed;

  signals[SIGNAL_SENT] = g_signal_new ("sent", LINNET_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, LINNET_TYPE_MESSAGE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               LINNET_RESOURCE_PATH "/ui/linnet-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, LinnetComposer, scrolled);
  gtk_widget_class_bind_template_child (widget_class, LinnetComposer, view);
  gtk_widget_class_bind_template_child (widget_class, LinnetComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, LinnetComposer, emoji);
  gtk_widget_class_bind_template_child (widget_class, LinnetComposer, send_revealer);
  gtk_widget_class_bind_template_child (widget_class, LinnetComposer, send);
  gtk_widget_class_bind_template_callback (widget_class, on_paste);
  gtk_widget_class_bind_template_callback (widget_class, on_preedit_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
}

static void
linnet_composer_init (LinnetComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->paste_cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_create_popup_func (self->emoji, create_chooser, self, NULL);
  update_controls (self, "");
}
