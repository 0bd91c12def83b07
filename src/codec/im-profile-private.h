/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-json-private.h"
#include "im-profile.h"

G_BEGIN_DECLS

/* The number of the seed ⇄ the number of @profile. Numbers that do not differ come back as they
 * are. */
gint64 im_profile_number_out (ImProfile profile, ImJsonWire wire, gint64 number);
gint64 im_profile_number_in (ImProfile profile, ImJsonWire wire, gint64 number);

/* A kind of group by name; NULL when it is written as a number in this profile, or has no name. */
const char *im_profile_group_type_name (ImProfile profile, gint64 group_type);
/* -1 when unknown. Names of both generations are understood ("Work" is "Private"). */
gint64 im_profile_group_type_from_name (const char *name);

/* Whether empty custom fields of a result are {} rather than []. */
gboolean im_profile_empty_custom_is_object (ImProfile profile);

/* Whether the enum has other numbers in the profile "tencent". */
ImJsonWire im_profile_wire_of_enum (const char *enum_name);

G_END_DECLS
