/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sign-in does, line by line: done, under way, to come. Main thread. */
#pragma once

#include <adwaita.h>

#define LINNET_TYPE_PHASE_LIST (linnet_phase_list_get_type ())
G_DECLARE_FINAL_TYPE (LinnetPhaseList, linnet_phase_list, LINNET, PHASE_LIST, AdwBin)

/* Of LinnetPhase. */
void linnet_phase_list_set_model (LinnetPhaseList *self, GListModel *phases);
