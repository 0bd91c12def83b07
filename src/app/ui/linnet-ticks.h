/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sign of a send state: clock, tick, two ticks, two accented ticks. Main thread. */
#pragma once

#include "linnet-enums.h"
#include <gtk/gtk.h>

/* Hides the image for states that have no sign: received, failed (that one has a mark of its own).
 * The words are the caller's: tooltip and accessible label. */
void linnet_ticks_show (GtkImage *image, LinnetMessageState state);
