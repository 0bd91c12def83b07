/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Names for screen readers that GTK 4.8 does not give by itself. Main thread. */

/* Every button below root that shows only an icon is called what its tooltip says: GTK 4.8 calls it
 * after the icon widget, which says nothing. */
void linnet_accessible_name_buttons (GtkWidget *root);
