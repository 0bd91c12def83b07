/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Address and password on one page. While it works the button cancels and the phases are told;
 * every failure is said at the field that caused it. Signal "back" (). Main thread. */
#pragma once

#include "linnet-session.h"
#include <adwaita.h>

#define LINNET_TYPE_SIGN_IN_PAGE (linnet_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (LinnetSignInPage, linnet_sign_in_page, LINNET, SIGN_IN_PAGE, AdwBin)

void linnet_sign_in_page_set_session (LinnetSignInPage *self, LinnetSession *session);

/* Fills in the fields; NULL empties them. An attempt under way is cancelled. */
void linnet_sign_in_page_set_account (LinnetSignInPage *self, const LinnetAccount *account);

/* Why the account that is filled in is not signed in. */
void linnet_sign_in_page_show_error (LinnetSignInPage *self, const GError *error);

/* As if the button were pressed. */
void linnet_sign_in_page_start (LinnetSignInPage *self);
void linnet_sign_in_page_focus (LinnetSignInPage *self);
