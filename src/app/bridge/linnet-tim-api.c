/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-tim-api.h"

#include "linnet-error.h"

#include <dlfcn.h>

typedef struct
{
  const char *name;
  gsize offset;
  gboolean may_be_missing;
} FunctionRow;

static const FunctionRow rows[] = {
#define ROW(name) { #name, G_STRUCT_OFFSET (LinnetTimApi, name), FALSE },
  LINNET_TIM_FUNCTIONS (ROW)
#undef ROW
#define ROW(name) { #name, G_STRUCT_OFFSET (LinnetTimApi, name), TRUE },
      LINNET_TIM_NEWER_FUNCTIONS (ROW)
#undef ROW
};

const LinnetTimApi *
linnet_tim_api_load (const char *path, GError **error)
{
  static LinnetTimApi api;
  void *library;

  g_return_val_if_fail (path != NULL, NULL);

  library = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL)
    {
      g_set_error (error, LINNET_ERROR, LINNET_ERROR_LOCAL_NO_LIBRARY, "%s", dlerror ());
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gpointer function = dlsym (library, rows[i].name);

      if (function == NULL && !rows[i].may_be_missing)
        {
          g_set_error (error, LINNET_ERROR, LINNET_ERROR_LOCAL_NO_LIBRARY, "%s has no %s", path,
                       rows[i].name);
          dlclose (library);
          return NULL;
        }
      G_STRUCT_MEMBER (gpointer, &api, rows[i].offset) = function;
    }
  return &api;
}
