/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

/* One message to many people: each gets one of its own, which goes the way of every message. The
 * call is answered when each of them has an answer. Network thread. */

void im_batch_send (ImSession *session, ImJob *job);
