/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One call of the TIM API that is waiting for its answer: a GTask on the main thread, and what the
 * answer is parsed with on the library's. The library holds one reference as its user_data. */
#pragma once

#include "linnet-callbacks.h"

#include <gio/gio.h>

/* Makes the result of the JSON; on the library's thread. NULL with an error when it is not what was
 * promised. */
typedef gpointer (*LinnetTimParseFunc) (const char *json, GError **error);

/* task: taken. parse: nullable, there is no result then but success. Main thread. */
LinnetTimCall *linnet_tim_call_new (GTask *task,
                                    LinnetCallbacks *callbacks,
                                    LinnetTimParseFunc parse,
                                    GDestroyNotify result_free);
LinnetTimCall *linnet_tim_call_ref (LinnetTimCall *self);
void linnet_tim_call_unref (LinnetTimCall *self);

/* The TIMCommCallback of all calls; user_data is a LinnetTimCall, whose reference is taken. */
void linnet_tim_call_on_answer (int32_t code,
                                const char *desc,
                                const char *json_params,
                                const void *user_data);
/* For calls nobody waits for. */
void linnet_tim_call_ignore (int32_t code,
                             const char *desc,
                             const char *json_params,
                             const void *user_data);

/* Ends the task with the answer. Main thread; once, later calls do nothing. */
void linnet_tim_call_finish (LinnetTimCall *self, LinnetEvent *event);
/* The session is over. Main thread. */
void linnet_tim_call_cancel (LinnetTimCall *self);
/* The library refused the call with this TIMResult. Main thread. */
void linnet_tim_call_refuse (LinnetTimCall *self, int result);
