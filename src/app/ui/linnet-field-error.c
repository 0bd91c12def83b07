/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-field-error.h"

struct _LinnetFieldError
{
  AdwBin parent_instance;

  GtkWidget *field; /* weak, nullable */
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (LinnetFieldError, linnet_field_error, ADW_TYPE_BIN)

void
linnet_field_error_clear (LinnetFieldError *self)
{
  g_return_if_fail (LINNET_IS_FIELD_ERROR (self));

  if (self->field != NULL)
    {
      gtk_widget_remove_css_class (self->field, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID);
    }
  g_clear_weak_pointer (&self->field);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_label_set_label (self->label, "");
}

void
linnet_field_error_show (LinnetFieldError *self, GtkWidget *field, const char *text)
{
  g_return_if_fail (LINNET_IS_FIELD_ERROR (self));
  g_return_if_fail (field == NULL || GTK_IS_WIDGET (field));

  linnet_field_error_clear (self);
  if (text == NULL)
    return;
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  if (field == NULL)
    return;
  g_set_weak_pointer (&self->field, field);
  gtk_widget_add_css_class (field, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
linnet_field_error_dispose (GObject *object)
{
  g_clear_weak_pointer (&LINNET_FIELD_ERROR (object)->field);
  G_OBJECT_CLASS (linnet_field_error_parent_class)->dispose (object);
}

static void
linnet_field_error_class_init (LinnetFieldErrorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linnet_field_error_dispose;
}

static void
linnet_field_error_init (LinnetFieldError *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");
  GtkWidget *label
      = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);

  self->label = GTK_LABEL (label);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_natural_wrap_mode (self->label, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "error");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
