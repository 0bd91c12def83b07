/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pane of conversations: header, search by name, list, what to do when it is empty. 324 wide by
 * nature, 270 at least. Property "session" (LinnetSession, read-write). Signal
 * "conversation-activated" (LinnetConversation *): show it. Main thread. */
#pragma once

#include "linnet-session.h"
#include <gtk/gtk.h>

#define LINNET_TYPE_SIDEBAR (linnet_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (LinnetSidebar, linnet_sidebar, LINNET, SIDEBAR, GtkWidget)

void linnet_sidebar_set_session (LinnetSidebar *self, LinnetSession *session);

/* The row that is marked as shown in the other pane; NULL: none. */
void linnet_sidebar_set_selected (LinnetSidebar *self, LinnetConversation *conversation);

/* The only pane on screen: window buttons and banner are here. */
void linnet_sidebar_set_folded (LinnetSidebar *self, gboolean folded);

/* The neighbour of the selected one in the order of the list as it is shown; borrowed, nullable. */
LinnetConversation *linnet_sidebar_get_neighbour (LinnetSidebar *self, int direction);

void linnet_sidebar_start_search (LinnetSidebar *self);
/* TRUE when there was a search to end. */
gboolean linnet_sidebar_end_search (LinnetSidebar *self);
void linnet_sidebar_focus_list (LinnetSidebar *self);
void linnet_sidebar_open_menu (LinnetSidebar *self);
