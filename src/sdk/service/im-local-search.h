/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

/* TIMMsgSearchLocalMessages. Network thread; answers job->call when the store has looked. */
void im_local_search (ImSession *session, ImJob *job);
