/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* One asynchronous API call: who waits for the answer. It is answered exactly once, on the callback
 * thread (../shared spec: callbacks, section 16). Any thread may create one; the service answers it
 * on the network thread. A call that is dropped without an answer is answered with 7012 by its last
 * unref, so that no program waits for ever. */

typedef struct _ImCall ImCall;
typedef struct _ImEvents ImEvents;

/* The shape of TIMCommCallback. */
typedef void (*ImCommFunc) (int32_t code,
                            const char *desc,
                            const char *json,
                            const void *user_data);

/* func may be NULL: the answer is dropped then. */
ImCall *im_call_new (ImEvents *events, ImCommFunc func, const void *user_data);
/* Not about the account that is signed in: outlives its logout (TIMLogin, TIMLogout, making an
 * account). */
void im_call_set_outlives_login (ImCall *self);
gboolean im_call_get_outlives_login (ImCall *self);
ImCall *im_call_ref (ImCall *self);
void im_call_unref (ImCall *self);

/* What the call asks for ends with the login: when that ends first, the call is answered 6014. */
void im_call_set_needs_session (ImCall *self);
gboolean im_call_needs_session (ImCall *self);

/* Not the answer yet, for the one function that tells how far it is; takes json */
void im_call_tell (ImCall *self, char *json);
/* takes json; NULL is the empty result "" */
void im_call_return (ImCall *self, char *json);
/* code is a TIM code (spec: errors); desc may be NULL for the code's own text */
void im_call_return_code (ImCall *self, int code, const char *desc);
/* a failure that has a result all the same; takes json */
void im_call_return_failure (ImCall *self, int code, char *json);
/* the store's error as 6019 with its words */
void im_call_return_store_error (ImCall *self, const GError *error);
/* an error of domain IM_ERROR keeps its code; any other becomes 7012 */
void im_call_return_error (ImCall *self, const GError *error);
gboolean im_call_is_answered (ImCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImCall, im_call_unref)
