/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-media-info.h"

G_BEGIN_DECLS

/* Decodes the whole sound for its loudness, when it is short enough, and sets its duration to what
 * was heard. Nothing is changed when that does not succeed. */
void probe_loudness (ImMediaInfo *info);

G_END_DECLS
