/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-profile.h"

#include "im-enums.h"
#include "im-profile-private.h"

/*
 * Every difference between the profiles. The current profile is one atomic number, read once at the
 * beginning of each parse and format; any thread.
 */

/* clang-format off */
static const struct
{
  ImJsonWire wire;
  gint64 seed;
  gint64 tencent;
} numbers[] = {
  { IM_WIRE_ELEM_TYPE, IM_ELEM_GROUP_TIPS,     5 },
  { IM_WIRE_ELEM_TYPE, IM_ELEM_FACE,           6 },
  { IM_WIRE_ELEM_TYPE, IM_ELEM_LOCATION,       7 },
  { IM_WIRE_ELEM_TYPE, IM_ELEM_GROUP_REPORT,   8 },
  { IM_WIRE_ELEM_TYPE, IM_ELEM_VIDEO,          9 },
  { IM_WIRE_ELEM_TYPE, IM_ELEM_FRIEND_CHANGE,  10 },
  { IM_WIRE_ELEM_TYPE, IM_ELEM_PROFILE_CHANGE, 11 },
  { IM_WIRE_ELEM_TYPE, IM_ELEM_MERGE,          12 },
  { IM_WIRE_TIP_FLAG, IM_GROUP_TIP_CHANGE_FLAG_NAME,                    1 },
  { IM_WIRE_TIP_FLAG, IM_GROUP_TIP_CHANGE_FLAG_INTRODUCTION,            2 },
  { IM_WIRE_TIP_FLAG, IM_GROUP_TIP_CHANGE_FLAG_NOTIFICATION,            3 },
  { IM_WIRE_TIP_FLAG, IM_GROUP_TIP_CHANGE_FLAG_FACE_URL,                4 },
  { IM_WIRE_TIP_FLAG, IM_GROUP_TIP_CHANGE_FLAG_OWNER,                   5 },
  { IM_WIRE_TIP_FLAG, IM_GROUP_TIP_CHANGE_FLAG_MESSAGE_RECEIVE_OPT,     10 },
  { IM_WIRE_TIP_FLAG, IM_GROUP_TIP_CHANGE_FLAG_GROUP_ADD_OPT,           11 },
  { IM_WIRE_TIP_FLAG, IM_GROUP_TIP_CHANGE_FLAG_GROUP_APPROVE_OPT,       12 },
  { IM_WIRE_TIP_FLAG, IM_GROUP_TIP_CHANGE_FLAG_ENABLE_PERMISSION_GROUP, 13 },
  { IM_WIRE_TIP_FLAG, IM_GROUP_TIP_CHANGE_FLAG_DEFAULT_PERMISSIONS,     14 },
};

static const struct
{
  const char *name;
  gboolean group_type_is_name;      /* "Public" rather than 0 in results */
  gboolean empty_custom_is_object;  /* {} rather than [] */
  gboolean tips_event_is_array;     /* [ {…} ] rather than {…} */
} profiles[] = {
  [IM_PROFILE_SEED]    = { "seed",    TRUE,  TRUE,  TRUE },
  [IM_PROFILE_TENCENT] = { "tencent", FALSE, FALSE, FALSE },
};

static const struct
{
  const char *name;
  gint64 group_type;
} group_type_names[] = {
  { "Public",     IM_GROUP_PUBLIC },
  { "Private",    IM_GROUP_PRIVATE },
  { "ChatRoom",   IM_GROUP_CHATROOM },
  { "BChatRoom",  IM_GROUP_BCHATROOM },
  { "AVChatRoom", IM_GROUP_AVCHATROOM },
  { "Community",  IM_GROUP_COMMUNITY },
  /* later names, understood only */
  { "Work",       IM_GROUP_PRIVATE },
  { "Meeting",    IM_GROUP_CHATROOM },
};
/* clang-format on */

static int current_profile = IM_PROFILE_SEED; /* atomic */

void
im_profile_set (ImProfile profile)
{
  g_return_if_fail (profile == IM_PROFILE_SEED || profile == IM_PROFILE_TENCENT);

  g_atomic_int_set (&current_profile, (int) profile);
}

ImProfile
im_profile_get (void)
{
  return (ImProfile) g_atomic_int_get (&current_profile);
}

gboolean
im_profile_from_name (const char *name, ImProfile *ret_profile)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (profiles); i++)
    if (g_str_equal (name, profiles[i].name))
      {
        *ret_profile = (ImProfile) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
im_profile_tips_event_is_array (void)
{
  return profiles[im_profile_get ()].tips_event_is_array;
}

gboolean
im_profile_empty_custom_is_object (ImProfile profile)
{
  return profiles[profile].empty_custom_is_object;
}

gint64
im_profile_number_out (ImProfile profile, ImJsonWire wire, gint64 number)
{
  if (profile == IM_PROFILE_SEED)
    return number;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].wire == wire && numbers[i].seed == number)
      return numbers[i].tencent;
  return number;
}

gint64
im_profile_number_in (ImProfile profile, ImJsonWire wire, gint64 number)
{
  if (profile == IM_PROFILE_SEED)
    return number;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].wire == wire && numbers[i].tencent == number)
      return numbers[i].seed;
  return number;
}

const char *
im_profile_group_type_name (ImProfile profile, gint64 group_type)
{
  if (!profiles[profile].group_type_is_name)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (group_type_names); i++)
    if (group_type_names[i].group_type == group_type)
      return group_type_names[i].name;
  return NULL;
}

gint64
im_profile_group_type_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (group_type_names); i++)
    if (g_str_equal (name, group_type_names[i].name))
      return group_type_names[i].group_type;
  return -1;
}

ImJsonWire
im_profile_wire_of_enum (const char *enum_name)
{
  if (g_strcmp0 (enum_name, "TIMElemType") == 0)
    return IM_WIRE_ELEM_TYPE;
  if (g_strcmp0 (enum_name, "TIMGroupTipGroupChangeFlag") == 0)
    return IM_WIRE_TIP_FLAG;
  return IM_WIRE_PLAIN;
}
