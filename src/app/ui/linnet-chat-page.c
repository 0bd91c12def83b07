/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-chat-page.h"

#include "linnet-banner-bar.h"
#include "linnet-composer.h"
#include "linnet-delete-dialog.h"
#include "linnet-messages-pane.h"

#include <glib/gi18n.h>

struct _LinnetChatPage
{
  AdwBin parent_instance;

  LinnetSession *session;           /* owned, nullable */
  LinnetConversation *conversation; /* owned, nullable */
  gboolean is_folded;

  GtkWidget *box;
  GtkWidget *title;
  GtkLabel *subtitle;
  GtkWidget *back;
  GtkWidget *menu_button;
  LinnetBannerBar *banner;
  GtkStack *stack;
  LinnetMessagesPane *messages;
  LinnetComposer *composer;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_CONVERSATION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LinnetChatPage, linnet_chat_page, ADW_TYPE_BIN)

static void
update_subtitle (LinnetChatPage *self)
{
  gboolean is_typing = linnet_conversation_get_is_typing (self->conversation);
  const char *address = linnet_conversation_get_address (self->conversation);

  gtk_label_set_label (self->subtitle, is_typing ? _ ("typing…") : address);
  if (is_typing)
    gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "typing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->subtitle), "typing");
}

/* Known by its address only: once is enough. */
static void
update_subtitle_visible (LinnetChatPage *self)
{
  gboolean is_same = g_strcmp0 (linnet_conversation_get_name (self->conversation),
                                linnet_conversation_get_address (self->conversation))
                     == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->subtitle),
                          !is_same || linnet_conversation_get_is_typing (self->conversation));
}

static void
update_title (LinnetChatPage *self)
{
  if (self->conversation == NULL)
    return;
  update_subtitle (self);
  update_subtitle_visible (self);
}

static void
update_scrolled (LinnetChatPage *self)
{
  gboolean is_scrolled = FALSE;

  if (self->conversation != NULL)
    g_object_get (self->messages, "is-scrolled", &is_scrolled, NULL);
  if (is_scrolled)
    gtk_widget_add_css_class (self->box, "scrolled");
  else
    gtk_widget_remove_css_class (self->box, "scrolled");
}

static void
on_is_scrolled (LinnetChatPage *self)
{
  update_scrolled (self);
}

static void
on_sent (LinnetChatPage *self, LinnetMessage *message)
{
  linnet_messages_pane_show_sent (self->messages, message);
}

/* Told to a screen reader through the field that has the focus (live regions are newer). */
static void
on_last_message_changed (LinnetChatPage *self)
{
  LinnetMessage *last = linnet_conversation_get_last_message (self->conversation);

  if (last != NULL && !linnet_message_get_is_own (last))
    linnet_composer_announce (self->composer, linnet_message_get_accessible_label (last));
}

static void
leave (LinnetChatPage *self)
{
  if (self->conversation == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->conversation, self);
  linnet_composer_set_conversation (self->composer, NULL);
  linnet_messages_pane_set_conversation (self->messages, NULL);
  linnet_conversation_close (self->conversation);
  g_clear_object (&self->conversation);
}

static void
enter (LinnetChatPage *self, LinnetConversation *conversation)
{
  self->conversation = g_object_ref (conversation);
  linnet_conversation_open (conversation);
  linnet_messages_pane_set_conversation (self->messages, conversation);
  linnet_composer_set_conversation (self->composer, conversation);
  g_signal_connect_swapped (conversation, "notify::is-typing", G_CALLBACK (update_title), self);
  g_signal_connect_swapped (conversation, "notify::name", G_CALLBACK (update_title), self);
  g_signal_connect_swapped (conversation, "notify::last-message",
                            G_CALLBACK (on_last_message_changed), self);
}

void
linnet_chat_page_set_conversation (LinnetChatPage *self, LinnetConversation *conversation)
{
  g_return_if_fail (LINNET_IS_CHAT_PAGE (self));
  g_return_if_fail (conversation == NULL || LINNET_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;
  leave (self);
  if (conversation != NULL)
    enter (self, conversation);
  gtk_widget_set_visible (self->title, conversation != NULL);
  gtk_widget_set_visible (self->menu_button, conversation != NULL);
  gtk_stack_set_visible_child_name (self->stack, conversation != NULL ? "conversation" : "nothing");
  update_title (self);
  update_scrolled (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONVERSATION]);
}

LinnetConversation *
linnet_chat_page_get_conversation (LinnetChatPage *self)
{
  g_return_val_if_fail (LINNET_IS_CHAT_PAGE (self), NULL);
  return self->conversation;
}

void
linnet_chat_page_set_session (LinnetChatPage *self, LinnetSession *session)
{
  g_return_if_fail (LINNET_IS_CHAT_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;
  linnet_banner_bar_set_session (self->banner, session);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

void
linnet_chat_page_set_folded (LinnetChatPage *self, gboolean folded)
{
  g_return_if_fail (LINNET_IS_CHAT_PAGE (self));

  self->is_folded = folded;
  linnet_messages_pane_set_narrow (self->messages, folded);
  gtk_widget_set_visible (self->back, folded);
  if (folded)
    gtk_widget_add_css_class (self->box, "narrow");
  else
    gtk_widget_remove_css_class (self->box, "narrow");
}

void
linnet_chat_page_set_text_scale (LinnetChatPage *self, double scale)
{
  g_return_if_fail (LINNET_IS_CHAT_PAGE (self));
  linnet_messages_pane_set_text_scale (self->messages, scale);
}

void
linnet_chat_page_show_newest (LinnetChatPage *self)
{
  g_return_if_fail (LINNET_IS_CHAT_PAGE (self));

  if (self->conversation != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->messages), "messages.jump", NULL);
}

void
linnet_chat_page_focus_composer (LinnetChatPage *self)
{
  g_return_if_fail (LINNET_IS_CHAT_PAGE (self));
  linnet_composer_focus (self->composer);
}

void
linnet_chat_page_focus_messages (LinnetChatPage *self)
{
  g_return_if_fail (LINNET_IS_CHAT_PAGE (self));
  gtk_widget_grab_focus (GTK_WIDGET (linnet_messages_pane_get_timeline (self->messages)));
}

void
linnet_chat_page_focus_header (LinnetChatPage *self)
{
  g_return_if_fail (LINNET_IS_CHAT_PAGE (self));
  gtk_widget_grab_focus (self->menu_button);
}

/* --- typing anywhere writes --- */

static gboolean
is_text_key (guint keyval, GdkModifierType state)
{
  gunichar character = gdk_keyval_to_unicode (keyval);

  return character != 0 && g_unichar_isprint (character) && character != ' '
         && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) == 0;
}

/* The event goes to the composer, not its letter: an input method may make something else of it. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LinnetChatPage *self)
{
  GtkWidget *view = linnet_composer_get_view (self->composer);

  if (self->conversation == NULL || gtk_widget_has_focus (view) || !is_text_key (keyval, state))
    return GDK_EVENT_PROPAGATE;
  linnet_composer_focus (self->composer);
  return gtk_event_controller_key_forward (controller, view);
}

/* --- actions --- */

static void
copy_address (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetChatPage *self = LINNET_CHAT_PAGE (widget);

  if (self->conversation == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          linnet_conversation_get_address (self->conversation));
  gtk_widget_activate_action (widget, "win.toast", "s", _ ("Copied"));
}

static void
delete_conversation (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LinnetChatPage *self = LINNET_CHAT_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->conversation != NULL && GTK_IS_WINDOW (root))
    linnet_delete_dialog_present (GTK_WINDOW (root), self->conversation);
}

/* --- plumbing --- */

static void
linnet_chat_page_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  LinnetChatPage *self = LINNET_CHAT_PAGE (object);

  if (property_id == PROP_SESSION)
    linnet_chat_page_set_session (self, g_value_get_object (value));
  else
    linnet_chat_page_set_conversation (self, g_value_get_object (value));
}

static void
linnet_chat_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinnetChatPage *self = LINNET_CHAT_PAGE (object);

  if (property_id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else
    g_value_set_object (value, self->conversation);
}

static void
linnet_chat_page_dispose (GObject *object)
{
  LinnetChatPage *self = LINNET_CHAT_PAGE (object);

  leave (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (linnet_chat_page_parent_class)->dispose (object);
}

static void
linnet_chat_page_class_init (LinnetChatPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = linnet_chat_page_set_property;
  object_class->get_property = linnet_chat_page_get_property;
  object_class->dispose = linnet_chat_page_dispose;

  props[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, LINNET_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_CONVERSATION]
      = g_param_spec_object ("conversation", NULL, NULL, LINNET_TYPE_CONVERSATION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_install_action (widget_class, "chat.copy-address", NULL, copy_address);
  gtk_widget_class_install_action (widget_class, "chat.delete", NULL, delete_conversation);

  g_type_ensure (LINNET_TYPE_BANNER_BAR);
  g_type_ensure (LINNET_TYPE_MESSAGES_PANE);
  g_type_ensure (LINNET_TYPE_COMPOSER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LINNET_RESOURCE_PATH "/ui/linnet-chat-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinnetChatPage, box);
  gtk_widget_class_bind_template_child (widget_class, LinnetChatPage, title);
  gtk_widget_class_bind_template_child (widget_class, LinnetChatPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, LinnetChatPage, back);
  gtk_widget_class_bind_template_child (widget_class, LinnetChatPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LinnetChatPage, banner);
  gtk_widget_class_bind_template_child (widget_class, LinnetChatPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinnetChatPage, messages);
  gtk_widget_class_bind_template_child (widget_class, LinnetChatPage, composer);
  gtk_widget_class_bind_template_callback (widget_class, on_is_scrolled);
  gtk_widget_class_bind_template_callback (widget_class, on_sent);
}

static void
linnet_chat_page_init (LinnetChatPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
