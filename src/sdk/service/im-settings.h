/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

struct _xmlNode; /* xmlNode: the public functions do without it */

/* What somebody decides about conversations: muted, pinned, marked. Network thread. */

/* job->strings: users, at most 30; job->option: TIMReceiveMessageOpt */
void im_settings_set_receive_opt (ImSession *session, ImJob *job);
/* job->strings: users, at most 30 */
void im_settings_get_receive_opt (ImSession *session, ImJob *job);
/* job->enable: pinned */
void im_settings_pin (ImSession *session, ImJob *job);
/* job->strings: conversations, as c2c_bob or group_walkers, at most 100; job->option: marks, to be
 * set or taken away, as job->enable says */
void im_settings_mark (ImSession *session, ImJob *job);
/* What another device decided: conversations that are not here are remembered, too. items: of
 * MAP_SETTINGS_NODE; those that cannot be are left out. */
gboolean im_settings_take (ImSession *session, const struct _xmlNode *items, GError **error);
void im_settings_count_unread (ImSession *session, ImJob *job);
