/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-call.h"
#include "im-request.h"
#include "xmpp-config.h"

/* Makes an account on a server (XEP-0077), nobody being signed in. Without a password it only asks
 * for the form. Network thread; answers the call with a ResponseInfo: empty result when the account
 * was made, else what the server still wants to know. config is copied; its jid's domain is the
 * server. */
void im_registration_start (const XmppConfig *config,
                            const ImRegisterAccountParam *param,
                            const char *local_part,
                            ImCall *call);
