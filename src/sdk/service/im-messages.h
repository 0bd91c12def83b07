/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-job.h"

/* What a program does with messages: send, report as read, delete. Network thread; each answers
 * job->call. */
void im_messages_send (ImSession *session, ImJob *job);
/* job->msg_id: of an own message that is on its way. 8020: too late. */
void im_messages_cancel (ImSession *session, ImJob *job);
void im_messages_report_read (ImSession *session, ImJob *job);
void im_messages_delete (ImSession *session, ImJob *job);

/* What was deleted in the store is sent no more, and its files neither. */
void im_messages_forget_deleted (ImSession *session);
