/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

/* What a program does with the history of this device, without the server. Network thread; each
 * answers job->call. */

/* job->params: of ImMsg */
void im_local_import (ImSession *session, ImJob *job);
/* job->param: ImMsg */
void im_local_save (ImSession *session, ImJob *job);
/* job->params: of ImMsgLocator */
void im_local_find_by_locators (ImSession *session, ImJob *job);
/* job->strings: message_unique_id as text */
void im_local_find (ImSession *session, ImJob *job);
/* job->param: ImMsg */
void im_local_set_custom_data (ImSession *session, ImJob *job);
void im_local_clear (ImSession *session, ImJob *job);
/* job->params: of ImMsg */
void im_local_delete_list (ImSession *session, ImJob *job);
