/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

/* TIMMsgDownloadElemToPath: job->param (ImDownloadElemParam) to job->path. Network thread; the call
 * is told how far it is, and answered at the end. A sum that a stored message claims for the
 * address is verified; a file that is there already makes it fail (6022). */
void im_fetch_elem (ImSession *session, ImJob *job);
