/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

/* The conversation list and its drafts: all local. Network thread. Each answers job->call. */

/* Brings job->conv_id into its short form: "Bob@Own.Domain" is the conversation "bob". FALSE when
 * it is no address; the call is answered then (6004). */
gboolean im_conversations_resolve (ImSession *session, ImJob *job);

void im_conversations_create (ImSession *session, ImJob *job);
void im_conversations_delete (ImSession *session, ImJob *job);
void im_conversations_list (ImSession *session, ImJob *job);
/* A page of it. Nothing here has conversation groups, marks or mentions: a filter that wants them
 * finds nothing, one that wants none of them finds all. */
void im_conversations_page (ImSession *session, ImJob *job);
void im_conversations_set_draft (ImSession *session, ImJob *job);
void im_conversations_cancel_draft (ImSession *session, ImJob *job);
