/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A TIM library that does what the test says: calls are written down and wait until they are
 * answered; callbacks run on a thread of its own, in order, as a real one's do. One at a time. */
#pragma once

#include "linnet-tim-api.h"

/* Starts the thread. */
const LinnetTimApi *fake_tim_start (void);
/* Ends it; calls that still wait are answered with 7009, as TIMUninit does. */
void fake_tim_stop (void);

/* Calls of this function return this TIMResult from now on; 0: they are taken. */
void fake_tim_refuse (const char *function, int result);

/* How often a function was called, and what the last call was given as JSON (transfer full, NULL
 * when none or no JSON); of a page of the list, place and number of conversations stand behind it.
 */
guint fake_tim_count (const char *function);
char *fake_tim_dup_argument (const char *function);

/* Answers the oldest call of that function that waits; FALSE when there is none. */
gboolean fake_tim_answer (const char *function, int code, const char *desc, const char *json);

/* Fire the callbacks that are registered. */
void fake_tim_fire_messages (const char *json);
void fake_tim_fire_updates (const char *json);
void fake_tim_fire_receipts (const char *json);
void fake_tim_fire_conversations (enum TIMConvEvent event, const char *json);
void fake_tim_fire_network (enum TIMNetworkStatus status, int code, const char *desc);
void fake_tim_fire_kicked (void);
void fake_tim_fire_expired (void);
/* Returns when everything fired or answered so far has run on the library's thread. */
void fake_tim_flush (void);
