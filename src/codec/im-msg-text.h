/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-msg.h"

G_BEGIN_DECLS

/* Parts two elements in a searchable text; no text of a person has it. */
#define IM_MSG_TEXT_BREAK "\xef\xb7\x90" /* U+FDD0 */

/* Everything a person can search for in a message: what its elements say, with IM_MSG_TEXT_BREAK
 * between them. The one place that knows it of every kind of element. Returns: (transfer full) ""
 * when it says nothing. Pure; any thread. */
char *im_msg_dup_searchable_text (const ImMsg *msg);

G_END_DECLS
