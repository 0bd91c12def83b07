/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-accessible.h"

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
has_label (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    return gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)) != NULL;
  return gtk_button_get_label (GTK_BUTTON (widget)) != NULL;
}

void
linnet_accessible_name_buttons (GtkWidget *root)
{
  const char *tooltip = gtk_widget_get_tooltip_text (root);

  if ((GTK_IS_BUTTON (root) || GTK_IS_MENU_BUTTON (root)) && tooltip != NULL && !has_label (root))
    {
      set_name (root, tooltip);
      /* The part of a menu button that is pressed. */
      if (GTK_IS_MENU_BUTTON (root))
        set_name (gtk_widget_get_first_child (root), tooltip);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    linnet_accessible_name_buttons (child);
}
