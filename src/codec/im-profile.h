/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Numbering profiles: what programs see of numbers and shapes that the sources disagree about.
 *
 * IM_PROFILE_SEED is what the examples of the specification show, IM_PROFILE_TENCENT what programs
 * expect that were compiled against the vendor's published headers. Structs, the database and the
 * wire always hold the numbers of the seed; only im_json_format*() and the modes STRICT and RESULT
 * of im_json_parse*() translate. Process global and thread-safe; each text is parsed or formatted
 * under one profile from beginning to end.
 */
typedef enum
{
  IM_PROFILE_SEED,
  IM_PROFILE_TENCENT
} ImProfile;

void im_profile_set (ImProfile profile);
ImProfile im_profile_get (void);
/* "seed" or "tencent"; FALSE, and @ret_profile untouched, when @name is neither. @name: (nullable)
 */
gboolean im_profile_from_name (const char *name, ImProfile *ret_profile);

/* Whether TIMGroupTipsEventCallback is given an array of one element rather than the bare element.
 */
gboolean im_profile_tips_event_is_array (void);

G_END_DECLS
