/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linnet-chat-page.h"
#include "linnet-login-page.h"
#include "linnet-sidebar.h"
#include "linnet-window.h"

struct _LinnetWindow
{
  AdwApplicationWindow parent_instance;

  LinnetSession *session;   /* owned */
  LinnetSettings *settings; /* owned */

  GtkStack *stack;
  LinnetLoginPage *login;
  AdwLeaflet *leaflet;
  LinnetSidebar *sidebar;
  AdwToastOverlay *toasts;
  LinnetChatPage *chat;
};

void linnet_window_show (LinnetWindow *self, LinnetConversation *conversation);
void linnet_window_go_back (LinnetWindow *self);
void linnet_window_show_sign_in (LinnetWindow *self);

/* linnet-window-actions.c */
void linnet_window_install_actions (GtkWidgetClass *widget_class);
void linnet_window_set_accels (GtkApplication *application);
