/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON arguments of TIM calls, and what their results are parsed into. Strings are transfer
 * full. Pure functions, any thread. */
#pragma once

#include "linnet-account.h"
#include "linnet-form.h"

typedef struct _ImMsg ImMsg;

char *linnet_tim_json_sdk_config (const char *data_dir, const char *profile);
char *linnet_tim_json_set_config (void);
char *linnet_tim_json_server (const LinnetAccount *account);
/* form: nullable, to ask for the form only. */
char *linnet_tim_json_register (const LinnetAccount *account, LinnetForm *form);
char *linnet_tim_json_set_aside (const LinnetAccount *account);
/* Those before `from`, or after it. */
char *linnet_tim_json_get_messages (ImMsg *from, gboolean newer, guint count);
char *linnet_tim_json_draft (const char *text, gint64 now);
char *linnet_tim_json_typing (gboolean is_typing);
char *linnet_tim_json_delete (ImMsg *msg);

/* For linnet_tim_call_new. */
gpointer linnet_tim_json_parse_conv (const char *json, GError **error); /* ImConv */
gpointer linnet_tim_json_parse_page (const char *json,
                                     GError **error); /* ImConversationListResult */
/* The same, of an array of all of them */
gpointer linnet_tim_json_parse_whole_list (const char *json, GError **error);
gpointer linnet_tim_json_parse_msg (const char *json, GError **error);  /* ImMsg */
gpointer linnet_tim_json_parse_msgs (const char *json, GError **error); /* GPtrArray of ImMsg */
/* The same, turned round: oldest first, of the newest-first answer */
gpointer linnet_tim_json_parse_history (const char *json, GError **error);
/* ImRegisterAccountResult */
gpointer linnet_tim_json_parse_registration (const char *json, GError **error);
