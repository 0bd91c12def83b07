/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-session.h"

/* The last message of a conversation may be lost like any other (im-gaps.h), and no later receipt
 * tells. When its receipt does not come for a while, the device that sent exact receipts before is
 * pinged (XEP-0199); of somebody never heard, the device of our kind is asked whether it sends them
 * (XEP-0030). If it answers, it has all that the server had for it, and what it has not confirmed
 * is a gap. Network thread. */

ImPings *im_pings_new (ImSession *session);
void im_pings_free (ImPings *self);

/* device: the full address whose receipts are exact, which is there now. */
void im_pings_heard (ImPings *self, const char *conv_id, const char *device);
/* The server has a message for this conversation. */
void im_pings_sent (ImPings *self, const char *conv_id);
/* Online: those who owe a receipt since lately are asked, as if the messages had just been sent. */
void im_pings_look (ImPings *self);
