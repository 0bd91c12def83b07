/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiled into the program, which alone is linked with a TIM library. */
#include "linnet-tim-api.h"

const LinnetTimApi *
linnet_tim_api_linked (void)
{
  static const LinnetTimApi api = {
#define MEMBER(name) .name = name,
    LINNET_TIM_FUNCTIONS (MEMBER) LINNET_TIM_NEWER_FUNCTIONS (MEMBER)
#undef MEMBER
  };

  return &api;
}
