/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* A queue from many threads into one main context. Events keep their order; the receiver gets them
 * in batches of at most 64, fewer when those cost much, for about 4 ms a dispatch, after drawing,
 * so that a burst never stalls the window. An event pushed with a key replaces the one of the same
 * key that still waits, in its place (progress, typing, network status). */

#define IM_MAILBOX_BATCH 64
#define IM_MAILBOX_BUDGET_US 4000

typedef struct _ImMailbox ImMailbox;

/* On the context's thread; events are freed after it. */
typedef void (*ImMailboxFunc) (GPtrArray *events, gpointer user_data);

ImMailbox *im_mailbox_new (GMainContext *context,
                           ImMailboxFunc func,
                           gpointer user_data,
                           GDestroyNotify event_free);
/* Takes event. key is nullable. Any thread; after the close the event is freed at once. */
void im_mailbox_push (ImMailbox *self, gpointer event, const char *key);
/* No call of the function afterwards; what waits is freed. On the context's thread. */
void im_mailbox_close (ImMailbox *self);
void im_mailbox_unref (ImMailbox *self);
ImMailbox *im_mailbox_ref (ImMailbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImMailbox, im_mailbox_unref)
