/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-json-private.h"

/* The list of im-enums.def as data: one array per enum, then the list of enums. */

/* clang-format off */
#define IM_ENUM(type, meaning) static const ImEnumValue type##_values[] = {
#define IM_VALUE(name, vendor, number, meaning) { #vendor, number, meaning },
#define IM_ENUM_END(type) };
#include "im-enums.def"
#undef IM_ENUM
#undef IM_VALUE
#undef IM_ENUM_END

static const ImEnumType enum_types[] = {
#define IM_ENUM(type, meaning) { #type, meaning, type##_values, G_N_ELEMENTS (type##_values) },
#define IM_VALUE(name, vendor, number, meaning)
#define IM_ENUM_END(type)
#include "im-enums.def"
#undef IM_ENUM
#undef IM_VALUE
#undef IM_ENUM_END
};
/* clang-format on */

const ImEnumType *
im_enum_types (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (enum_types);
  return enum_types;
}
