/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Names of small enumerations: a table of strings indexed by value. */

static inline const char *
im_enum_to_string (const char *const *names, gsize n_names, guint value)
{
  return value < n_names ? names[value] : "?";
}

/* -1 when there is no such name */
static inline int
im_enum_from_string (const char *const *names, gsize n_names, const char *name)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (int) i;
  return -1;
}
