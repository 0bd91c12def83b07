/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Creates an account: the wished address and password, then whatever else the server's form asks.
 * Signals: "back" (); "registered" (LinnetAccount *): it exists now, sign in. Main thread. */
#pragma once

#include "linnet-session.h"
#include <adwaita.h>

#define LINNET_TYPE_REGISTER_PAGE (linnet_register_page_get_type ())
G_DECLARE_FINAL_TYPE (LinnetRegisterPage, linnet_register_page, LINNET, REGISTER_PAGE, AdwBin)

void linnet_register_page_set_session (LinnetRegisterPage *self, LinnetSession *session);
void linnet_register_page_focus (LinnetRegisterPage *self);
