/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "probe-request.h"

G_BEGIN_DECLS

/* A still of the film, from about its first second, and what is made of it. Nothing is made when
 * there is no decoder for it. orientation: as in EXIF; of the film's own pixels. */
void probe_still (const ProbeRequest *request, guint orientation, ImMediaInfo *info);

G_END_DECLS
