/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

/* The calls about messages; param: Message, text: the reaction. Network thread. */

void im_said_revoke (ImSession *session, ImJob *job);
void im_said_modify (ImSession *session, ImJob *job);
void im_reactions_add (ImSession *session, ImJob *job);
void im_reactions_remove (ImSession *session, ImJob *job);
/* params: of Message; count: users of each reaction. */
void im_reactions_get (ImSession *session, ImJob *job);
/* from, count: of the users. */
void im_reactions_users (ImSession *session, ImJob *job);
