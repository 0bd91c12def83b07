/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linnet-application.h"
#include "linnet-session.h"

/* Installs app.quit, app.about, app.sign-out, app.open-conversation (s: its key). */
void linnet_application_add_actions (LinnetApplication *self);

/* Borrowed; NULL before the start. */
LinnetSession *linnet_application_get_session (LinnetApplication *self);
/* Shows the window, with that conversation when key is given. */
void linnet_application_present (LinnetApplication *self, const char *key);
