/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The numbers of the TIM objects, under our own names: kTIMConv_C2C is IM_CONV_C2C,
 * kTIMElem_GroupTips is IM_ELEM_GROUP_TIPS. They are the numbers of the profile "seed" and the only
 * ones that are ever in a struct or in the database; im-profile.h translates where JSON is handed
 * to a program. The list is im-enums.def.
 */
enum
{
#define IM_ENUM(type, meaning)
#define IM_VALUE(name, vendor, number, meaning) name = number,
#define IM_ENUM_END(type)
#include "im-enums.def"
#undef IM_ENUM
#undef IM_VALUE
#undef IM_ENUM_END
};
