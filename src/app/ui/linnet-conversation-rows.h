/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the sidebar's list view. A GtkListView of GTK 4.8 keeps some two hundred row widgets,
 * of which a dozen are seen: those that are seen and a few more have lines, the others are empty
 * and as high as they would be. Main thread. */
#pragma once

#include <gtk/gtk.h>

typedef struct _LinnetConversationRows LinnetConversationRows;

/* The list gets its factory. owner: a widget above the list, which measures for it. Both outlive
 * it. */
LinnetConversationRows *linnet_conversation_rows_new (GtkListView *list, GtkWidget *owner);
void linnet_conversation_rows_free (LinnetConversationRows *self);

/* To be called while the owner is measured or allocated: fonts may have changed. */
void linnet_conversation_rows_measure (LinnetConversationRows *self);
/* To be called when rows have their places: gives lines to rows that are seen and takes those of
 * rows that are far from it. TRUE when a row got some: it has to be laid out. */
gboolean linnet_conversation_rows_fill (LinnetConversationRows *self);
