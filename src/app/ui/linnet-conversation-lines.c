/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-conversation-lines.h"

#include "linnet-ticks.h"

#include <adwaita.h>

struct _LinnetConversationLines
{
  GtkWidget parent_instance;

  GtkWidget *box;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *time;
  GtkLabel *preview;
  GtkWidget *ticks;
  GtkWidget *prefix;
  GtkWidget *failed;
  GtkWidget *unread;
};

G_DEFINE_FINAL_TYPE (LinnetConversationLines, linnet_conversation_lines, GTK_TYPE_WIDGET)

static void
set_class (LinnetConversationLines *self, const char *name, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (self->box, name);
  else
    gtk_widget_remove_css_class (self->box, name);
}

void
linnet_conversation_lines_show (LinnetConversationLines *self, LinnetConversation *conversation)
{
  LinnetPreviewKind kind;
  const char *prefix;
  gboolean is_unread;

  g_return_if_fail (LINNET_IS_CONVERSATION_LINES (self));
  g_return_if_fail (LINNET_IS_CONVERSATION (conversation));

  kind = linnet_conversation_get_preview_kind (conversation);
  prefix = linnet_conversation_get_preview_prefix (conversation);
  is_unread = linnet_conversation_get_unread_count (conversation) > 0;
  adw_avatar_set_text (self->avatar, linnet_conversation_get_name (conversation));
  gtk_label_set_label (self->name, linnet_conversation_get_name (conversation));
  gtk_label_set_label (self->time, linnet_conversation_get_time_label (conversation));
  gtk_label_set_label (self->preview, linnet_conversation_get_preview (conversation));
  gtk_label_set_label (GTK_LABEL (self->unread),
                       linnet_conversation_get_unread_label (conversation));
  set_class (self, "unread", is_unread);
  set_class (self, "draft", kind == LINNET_PREVIEW_DRAFT);
  set_class (self, "typing", kind == LINNET_PREVIEW_TYPING);
  set_class (self, "failed", kind == LINNET_PREVIEW_FAILED);
  gtk_widget_set_visible (self->prefix, prefix != NULL);
  gtk_label_set_text (GTK_LABEL (self->prefix), prefix != NULL ? prefix : "");
  linnet_ticks_show (GTK_IMAGE (self->ticks),
                     kind == LINNET_PREVIEW_OWN
                         ? linnet_conversation_get_preview_state (conversation)
                         : LINNET_MESSAGE_RECEIVED);
  gtk_widget_set_visible (self->failed, kind == LINNET_PREVIEW_FAILED);
  gtk_widget_set_visible (self->unread, is_unread);
}

/* --- plumbing --- */

static void
linnet_conversation_lines_measure (GtkWidget *widget,
                                   GtkOrientation orientation,
                                   int for_size,
                                   int *minimum,
                                   int *natural,
                                   int *minimum_baseline,
                                   int *natural_baseline)
{
  LinnetConversationLines *self = LINNET_CONVERSATION_LINES (widget);

  gtk_widget_measure (self->box, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum = 200;
}

static void
linnet_conversation_lines_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LinnetConversationLines *self = LINNET_CONVERSATION_LINES (widget);
  int minimum;

  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (self->box, MAX (width, minimum), height, -1, NULL);
}

static void
linnet_conversation_lines_dispose (GObject *object)
{
  g_clear_pointer (&LINNET_CONVERSATION_LINES (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (linnet_conversation_lines_parent_class)->dispose (object);
}

static void
linnet_conversation_lines_class_init (LinnetConversationLinesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linnet_conversation_lines_dispose;
  widget_class->measure = linnet_conversation_lines_measure;
  widget_class->size_allocate = linnet_conversation_lines_size_allocate;

  g_type_ensure (ADW_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, LINNET_RESOURCE_PATH
                                               "/ui/linnet-conversation-lines.ui");
  gtk_widget_class_bind_template_child (widget_class, LinnetConversationLines, box);
  gtk_widget_class_bind_template_child (widget_class, LinnetConversationLines, avatar);
  gtk_widget_class_bind_template_child (widget_class, LinnetConversationLines, name);
  gtk_widget_class_bind_template_child (widget_class, LinnetConversationLines, time);
  gtk_widget_class_bind_template_child (widget_class, LinnetConversationLines, preview);
  gtk_widget_class_bind_template_child (widget_class, LinnetConversationLines, ticks);
  gtk_widget_class_bind_template_child (widget_class, LinnetConversationLines, prefix);
  gtk_widget_class_bind_template_child (widget_class, LinnetConversationLines, failed);
  gtk_widget_class_bind_template_child (widget_class, LinnetConversationLines, unread);
}

static void
linnet_conversation_lines_init (LinnetConversationLines *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
linnet_conversation_lines_new (void)
{
  return g_object_new (LINNET_TYPE_CONVERSATION_LINES, NULL);
}
