/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

/* TIMMsgDownloadMergerMessage: the messages of a bundle, which came with its message, or are
 * fetched from where its key says, and kept then. Network thread. Errors: 6017 there is no bundle,
 * 8005 it was nested too deep; those of im_downloads_start_finish(). */
void im_bundle_open (ImSession *session, ImJob *job);
