/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-session.h"

/* What is decided about conversations is kept in a node of the own account (XEP-0163), so that all
 * devices agree: a new session reads it first, then says what was decided here meanwhile, which
 * wins. Without such a node all stays on this device. Network thread. */

ImSettingsShare *im_settings_share_new (ImSession *session);
void im_settings_share_free (ImSettingsShare *self);
/* A new session has begun, and the device is present. */
void im_settings_share_begin (ImSettingsShare *self);
/* Something was decided here, or the connection is back. */
void im_settings_share_flush (ImSettingsShare *self);
