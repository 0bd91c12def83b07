/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-call.h"

ImCall *im_call_try_ref (ImCall *self);
