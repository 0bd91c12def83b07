/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-config.h"
#include "im-events.h"
#include "im-job.h"
#include "im-request.h"

/* The library as one object: its threads, its configuration, and the one account that may be signed
 * in. Every function may be called from any thread; work is posted to the network thread. */

typedef struct _ImSdk ImSdk;

typedef enum
{
  IM_LOGIN_LOGGED_IN = 1, /* numbers of TIMLoginStatus */
  IM_LOGIN_LOGGING_IN = 2,
  IM_LOGIN_LOGGED_OUT = 3,
  IM_LOGIN_LOGGING_OUT = 4,
} ImLoginStatus;

/* Exists before TIMInit, since callbacks and configuration do. Never freed. */
ImSdk *im_sdk_new (void);
ImEvents *im_sdk_get_events (ImSdk *self);

/* config may be NULL; a second init without uninit changes nothing. */
void im_sdk_init (ImSdk *self, guint64 app_id, const ImSdkConfig *config);
/* Answers what waits with 7009, ends the network thread, and delivers nothing afterwards. On the
 * callback thread it returns at once and finishes after the running callback. */
void im_sdk_uninit (ImSdk *self);
gboolean im_sdk_is_initialized (ImSdk *self);

/* Merges the keys present into the configuration; returns all of it as JSON. */
char *im_sdk_change_config (ImSdk *self, const ImSetConfig *changes);
/* Which server the next login talks to. */
void im_sdk_set_custom_server (ImSdk *self, const ImCustomServerInfo *server);

ImLoginStatus im_sdk_get_login_status (ImSdk *self);
/* (nullable): nobody is logged in */
char *im_sdk_dup_login_user (ImSdk *self);
void im_sdk_login (ImSdk *self, const char *user_id, const char *user_sig, ImCall *call);
void im_sdk_logout (ImSdk *self, ImCall *call);
/* Makes an account on a server (XEP-0077), without being logged in. */
void im_sdk_register_account (ImSdk *self, const ImRegisterAccountParam *param, ImCall *call);

/* Renames the damaged database of a user who is not logged in, so that the next login begins anew;
 * one that can be opened stays. */
void im_sdk_set_database_aside (ImSdk *self, const ImSetDatabaseAsideParam *param, ImCall *call);

/* takes request; answered with 6014 when nobody is logged in by the time it runs */
void im_sdk_post (ImSdk *self, ImJob *request);
