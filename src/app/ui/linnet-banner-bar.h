/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lasting state of the session, told in one line with at most one button: offline, expired,
 * signed in elsewhere. Properties, read-write: "session" (LinnetSession), "allowed" (boolean; the
 * other pane shows it when FALSE). Main thread. */
#pragma once

#include "linnet-session.h"
#include <adwaita.h>

#define LINNET_TYPE_BANNER_BAR (linnet_banner_bar_get_type ())
G_DECLARE_FINAL_TYPE (LinnetBannerBar, linnet_banner_bar, LINNET, BANNER_BAR, AdwBin)

void linnet_banner_bar_set_session (LinnetBannerBar *self, LinnetSession *session);
void linnet_banner_bar_set_allowed (LinnetBannerBar *self, gboolean allowed);
