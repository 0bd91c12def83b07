/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text in the composer of one conversation and what becomes of it: stored as a draft 1 s after
 * the last key and at latest 5 s after the first, and told to the peer as "typing" until 5 s of
 * rest. Private to the models. Main thread. */
#pragma once

#include "linnet-backend.h"

typedef struct _LinnetComposing LinnetComposing;

/* backend: nullable, detached from the beginning. */
LinnetComposing *
linnet_composing_new (LinnetBackend *backend, LinnetConversationType type, const char *id);
void linnet_composing_free (LinnetComposing *self);

const char *linnet_composing_get_text (LinnetComposing *self);
/* A key was typed. FALSE when the text is the same. */
gboolean linnet_composing_set_text (LinnetComposing *self, const char *text);
/* The text as the library stored it: nothing to store, nobody types. FALSE when it is the same. */
gboolean linnet_composing_reset (LinnetComposing *self, const char *text);
/* It was sent: empty now, and the draft with it. FALSE when it was empty. */
gboolean linnet_composing_sent (LinnetComposing *self);
/* Stores what is not stored yet. */
void linnet_composing_flush (LinnetComposing *self);
/* The conversation is left: stored, and typing ended. */
void linnet_composing_leave (LinnetComposing *self);
/* Nothing is stored or told any more. */
void linnet_composing_detach (LinnetComposing *self);
