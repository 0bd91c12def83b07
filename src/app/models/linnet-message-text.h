/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readable text of a message's elements. Private to the models. */
#pragma once

#include "linnet-enums.h"

typedef struct _ImMsg ImMsg;

/* The plain text; for elements this version cannot show a sentence that says what it is.
 * Transfer full. */
char *linnet_message_text_of (const ImMsg *msg, LinnetMessageKind *ret_kind);
