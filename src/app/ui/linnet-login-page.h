/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is there before anybody is signed in: welcome, sign in, create an account. Signal "left" ():
 * "Back" in front of the first page that was shown. Main thread. */
#pragma once

#include "linnet-session.h"
#include <adwaita.h>

#define LINNET_TYPE_LOGIN_PAGE (linnet_login_page_get_type ())
G_DECLARE_FINAL_TYPE (LinnetLoginPage, linnet_login_page, LINNET, LOGIN_PAGE, AdwBin)

void linnet_login_page_set_session (LinnetLoginPage *self, LinnetSession *session);

void linnet_login_page_show_welcome (LinnetLoginPage *self);
/* With the fields filled in; NULL: as they are. can_leave: "Back" leaves the page instead of going
 * to the welcome page. */
void linnet_login_page_show_sign_in (LinnetLoginPage *self,
                                     const LinnetAccount *account,
                                     gboolean can_leave);
/* On the page to sign in: why that account is not. */
void linnet_login_page_show_error (LinnetLoginPage *self, const GError *error);
