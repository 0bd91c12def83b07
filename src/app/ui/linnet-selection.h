/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text selected in a timeline of messages, within one and across many: from a place in one message
 * to a place in another. Dragging selects (and scrolls at the edges), a double click a word, a
 * third click the message, Shift with a click or with the arrow keys extends; Escape and a plain
 * click clear, Ctrl+C copies. It lives on messages, not on rows, so it goes where they go. Main
 * thread. */
#pragma once

#include "linnet-message-row.h"
#include "linnet-timeline.h"

typedef struct _LinnetSelection LinnetSelection;

/* For a timeline whose rows are LinnetMessageRow; it must outlive the selection. */
LinnetSelection *linnet_selection_new (LinnetTimeline *timeline);
void linnet_selection_free (LinnetSelection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinnetSelection, linnet_selection_free)

gboolean linnet_selection_is_empty (LinnetSelection *self);
void linnet_selection_clear (LinnetSelection *self);
/* From a byte of the text one message shows to one of another's, in any order. */
void linnet_selection_set (LinnetSelection *self,
                           LinnetMessage *anchor,
                           int anchor_index,
                           LinnetMessage *focus,
                           int focus_index);

/* A row was bound: it shows its part. */
void linnet_selection_show (LinnetSelection *self, LinnetMessageRow *row);

/* What is selected; when it is of several messages, each with its time and sender. Transfer full,
 * NULL when it is empty. */
char *linnet_selection_dup_text (LinnetSelection *self);
void linnet_selection_copy (LinnetSelection *self);
