/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The heights of all rows of a timeline at one width: what was measured, what was measured at
 * another width, and the average for the rest. Only linnet-timeline.c uses it. Main thread. */
#pragma once

#include <glib.h>

typedef struct _LinnetTimelineHeights LinnetTimelineHeights;

LinnetTimelineHeights *linnet_timeline_heights_new (void);
void linnet_timeline_heights_free (LinnetTimelineHeights *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinnetTimelineHeights, linnet_timeline_heights_free)

guint linnet_timeline_heights_get_n_rows (LinnetTimelineHeights *self);

/* Rows come and go as in GListModel::items-changed; the new ones are unknown. */
void linnet_timeline_heights_splice (LinnetTimelineHeights *self,
                                     guint position,
                                     guint removed,
                                     guint added);

/* The width changed: what is known becomes an estimate. */
void linnet_timeline_heights_invalidate (LinnetTimelineHeights *self);

void linnet_timeline_heights_set (LinnetTimelineHeights *self, guint position, int height);

/* Measured or estimated. */
int linnet_timeline_heights_get (LinnetTimelineHeights *self, guint position);

/* Sum of the rows before `position`; with n_rows: of all. Linear, 50 µs for 100,000 rows. */
gint64 linnet_timeline_heights_get_offset (LinnetTimelineHeights *self, guint position);

/* The row at a distance from the top, and how far below its top that is. There must be rows. */
guint linnet_timeline_heights_find (LinnetTimelineHeights *self, gint64 offset, int *ret_inside);
