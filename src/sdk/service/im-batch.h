/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

/* TIMMsgBatchSend: a message of its own to each of many. Network thread; answered when each of them
 * has its answer. */
void im_batch_send (ImSession *session, ImJob *job);
