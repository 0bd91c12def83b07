/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

/* TIMMsgGetMsgList: pages of a conversation, from the store and, when it has not enough and the
 * caller asks for it, from the server's archive. Network thread; answers job->call. */
void im_history_get (ImSession *session, ImJob *job);
