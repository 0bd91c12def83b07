/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-new-conversation-dialog.h"

#include "linnet-error.h"
#include "linnet-field-error.h"

struct _LinnetNewConversationDialog
{
  AdwWindow parent_instance;

  LinnetSession *session;    /* owned */
  GCancellable *cancellable; /* owned, NULL while nothing runs */

  GtkWidget *start;
  GtkSpinner *spinner;
  GtkEditable *address;
  GtkWidget *hint;
  LinnetFieldError *error;
};

enum
{
  SIGNAL_STARTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinnetNewConversationDialog, linnet_new_conversation_dialog, ADW_TYPE_WINDOW)

static char *
dup_address (LinnetNewConversationDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->address)));
}

static void
update (LinnetNewConversationDialog *self)
{
  g_autofree char *address = dup_address (self);
  gboolean is_working = self->cancellable != NULL;

  gtk_widget_set_sensitive (self->start, *address != '\0' && !is_working);
  gtk_widget_set_sensitive (GTK_WIDGET (self->address), !is_working);
  gtk_spinner_set_spinning (self->spinner, is_working);
}

static void
show_error (LinnetNewConversationDialog *self, const char *text)
{
  linnet_field_error_show (self->error, GTK_WIDGET (self->address), text);
  gtk_widget_set_visible (self->hint, text == NULL);
}

static void
on_changed (LinnetNewConversationDialog *self)
{
  show_error (self, NULL);
  update (self);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinnetNewConversationDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  LinnetConversation *conversation
      = linnet_session_start_conversation_finish (LINNET_SESSION (source), result, &error);

  if (self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable))
    return; /* closed meanwhile */
  g_clear_object (&self->cancellable);
  update (self);
  if (conversation != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_STARTED], 0, conversation);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  text = linnet_error_describe (error);
  show_error (self, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

static void
on_start (LinnetNewConversationDialog *self)
{
  g_autofree char *address = dup_address (self);

  if (*address == '\0' || self->cancellable != NULL)
    return;
  show_error (self, NULL);
  self->cancellable = g_cancellable_new ();
  update (self);
  linnet_session_start_conversation_async (self->session, address, self->cancellable, on_started,
                                           g_object_ref (self));
}

/* Not before: a window that gives away its focus early is nothing to screen readers in GTK 4.8. */
static void
linnet_new_conversation_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (linnet_new_conversation_dialog_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (LINNET_NEW_CONVERSATION_DIALOG (widget)->address));
}

static gboolean
linnet_new_conversation_dialog_close_request (GtkWindow *window)
{
  g_cancellable_cancel (LINNET_NEW_CONVERSATION_DIALOG (window)->cancellable);
  return GTK_WINDOW_CLASS (linnet_new_conversation_dialog_parent_class)->close_request (window);
}

static void
linnet_new_conversation_dialog_dispose (GObject *object)
{
  LinnetNewConversationDialog *self = LINNET_NEW_CONVERSATION_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (linnet_new_conversation_dialog_parent_class)->dispose (object);
}

static void
linnet_new_conversation_dialog_class_init (LinnetNewConversationDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linnet_new_conversation_dialog_dispose;
  widget_class->map = linnet_new_conversation_dialog_map;
  GTK_WINDOW_CLASS (klass)->close_request = linnet_new_conversation_dialog_close_request;

  signals[SIGNAL_STARTED]
      = g_signal_new ("started", LINNET_TYPE_NEW_CONVERSATION_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, LINNET_TYPE_CONVERSATION);

  g_type_ensure (LINNET_TYPE_FIELD_ERROR);
  gtk_widget_class_set_template_from_resource (widget_class, LINNET_RESOURCE_PATH
                                               "/ui/linnet-new-conversation-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LinnetNewConversationDialog, start);
  gtk_widget_class_bind_template_child (widget_class, LinnetNewConversationDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, LinnetNewConversationDialog, address);
  gtk_widget_class_bind_template_child (widget_class, LinnetNewConversationDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, LinnetNewConversationDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_start);
}

static void
linnet_new_conversation_dialog_init (LinnetNewConversationDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LinnetNewConversationDialog *
linnet_new_conversation_dialog_new (GtkWindow *parent, LinnetSession *session, const char *address)
{
  LinnetNewConversationDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (LINNET_IS_SESSION (session), NULL);

  self = g_object_new (LINNET_TYPE_NEW_CONVERSATION_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  if (address != NULL)
    gtk_editable_set_text (self->address, address);
  return self;
}
