/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-ticks.h"

static const char *
get_icon_name (LinnetMessageState state)
{
  switch (state)
    {
    case LINNET_MESSAGE_WAITING:
      return "linnet-clock-symbolic";
    case LINNET_MESSAGE_SENT:
      return "linnet-tick-symbolic";
    case LINNET_MESSAGE_DELIVERED:
    case LINNET_MESSAGE_READ:
      return "linnet-ticks-symbolic";
    case LINNET_MESSAGE_RECEIVED:
    case LINNET_MESSAGE_FAILED:
    default:
      return NULL;
    }
}

void
linnet_ticks_show (GtkImage *image, LinnetMessageState state)
{
  const char *icon_name = get_icon_name (state);

  g_return_if_fail (GTK_IS_IMAGE (image));

  gtk_widget_set_visible (GTK_WIDGET (image), icon_name != NULL);
  if (icon_name != NULL && g_strcmp0 (gtk_image_get_icon_name (image), icon_name) != 0)
    gtk_image_set_from_icon_name (image, icon_name);
  if (state == LINNET_MESSAGE_READ)
    gtk_widget_add_css_class (GTK_WIDGET (image), "linnet-read");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (image), "linnet-read");
}
