/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-events.h"

void im_events_call_opened (ImEvents *self, ImCall *call);
void im_events_call_closed (ImEvents *self, ImCall *call);
/* takes json; NULL becomes "" */
void im_events_reply (
    ImEvents *self, ImCommFunc func, const void *user_data, int code, const char *desc, char *json);
