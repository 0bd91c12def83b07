/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The enumerations of the models, each with a GType so that templates can bind to them. */
#pragma once

#include <glib-object.h>

/* The numbers of the TIM API. */
typedef enum
{
  LINNET_CONVERSATION_SINGLE = 1,
  LINNET_CONVERSATION_GROUP = 2,
  LINNET_CONVERSATION_SYSTEM = 3,
} LinnetConversationType;

/* Is the library connected to its server. FAILED: an attempt failed, see the error of the session.
 */
typedef enum
{
  LINNET_CONNECTION_OFFLINE,
  LINNET_CONNECTION_CONNECTING,
  LINNET_CONNECTION_ONLINE,
  LINNET_CONNECTION_FAILED,
} LinnetConnection;

/* SIGNED_OUT: show welcome and sign-in. SIGNING_IN: the sign-in page is at work. SIGNED_IN: show
 * the conversations, whatever the connection does. EXPIRED, KICKED: the conversations stay on
 * screen with a banner. SIGNING_OUT: a moment, everything insensitive. */
typedef enum
{
  LINNET_SESSION_SIGNED_OUT,
  LINNET_SESSION_SIGNING_IN,
  LINNET_SESSION_SIGNED_IN,
  LINNET_SESSION_EXPIRED,
  LINNET_SESSION_KICKED,
  LINNET_SESSION_SIGNING_OUT,
} LinnetSessionState;

/* The lasting state that a banner tells; NONE: no banner. */
typedef enum
{
  LINNET_BANNER_NONE,
  LINNET_BANNER_OFFLINE,
  LINNET_BANNER_EXPIRED,
  LINNET_BANNER_KICKED,
} LinnetBanner;

/* One of the four lines of the sign-in page. */
typedef enum
{
  LINNET_PHASE_TO_COME,
  LINNET_PHASE_NOW,
  LINNET_PHASE_DONE,
} LinnetPhaseState;

/* What the second line of a conversation row is. TEXT: somebody else's message. OWN: own message,
 * with the tick of preview-state. */
typedef enum
{
  LINNET_PREVIEW_EMPTY,
  LINNET_PREVIEW_TEXT,
  LINNET_PREVIEW_OWN,
  LINNET_PREVIEW_DRAFT,
  LINNET_PREVIEW_TYPING,
  LINNET_PREVIEW_FAILED,
} LinnetPreviewKind;

/* RECEIVED: somebody else's. The others: own messages. */
typedef enum
{
  LINNET_MESSAGE_RECEIVED,
  LINNET_MESSAGE_WAITING,
  LINNET_MESSAGE_SENT,
  LINNET_MESSAGE_DELIVERED,
  LINNET_MESSAGE_READ,
  LINNET_MESSAGE_FAILED,
} LinnetMessageState;

/* UNSUPPORTED: an element kind this version cannot show; its text is a readable sentence. */
typedef enum
{
  LINNET_MESSAGE_KIND_TEXT,
  LINNET_MESSAGE_KIND_UNSUPPORTED,
} LinnetMessageKind;

/* Which field of the sign-in page caused an error. GENERAL: none of them. */
typedef enum
{
  LINNET_FIELD_NONE,
  LINNET_FIELD_GENERAL,
  LINNET_FIELD_ADDRESS,
  LINNET_FIELD_PASSWORD,
  LINNET_FIELD_SERVER,
} LinnetField;

/* One end of a message list. */
typedef enum
{
  LINNET_LOAD_IDLE,
  LINNET_LOAD_RUNNING,
  LINNET_LOAD_FAILED,
} LinnetLoadState;

/* The kinds of registration form fields. */
typedef enum
{
  LINNET_FORM_TEXT,
  LINNET_FORM_PASSWORD,
  LINNET_FORM_BOOLEAN,
  LINNET_FORM_LIST,
  LINNET_FORM_FIXED,
  LINNET_FORM_HIDDEN,
} LinnetFormFieldKind;

GType linnet_conversation_type_get_type (void);
GType linnet_connection_get_type (void);
GType linnet_session_state_get_type (void);
GType linnet_banner_get_type (void);
GType linnet_phase_state_get_type (void);
GType linnet_preview_kind_get_type (void);
GType linnet_message_state_get_type (void);
GType linnet_message_kind_get_type (void);
GType linnet_load_state_get_type (void);

#define LINNET_TYPE_CONVERSATION_TYPE (linnet_conversation_type_get_type ())
#define LINNET_TYPE_CONNECTION (linnet_connection_get_type ())
#define LINNET_TYPE_SESSION_STATE (linnet_session_state_get_type ())
#define LINNET_TYPE_BANNER (linnet_banner_get_type ())
#define LINNET_TYPE_PHASE_STATE (linnet_phase_state_get_type ())
#define LINNET_TYPE_PREVIEW_KIND (linnet_preview_kind_get_type ())
#define LINNET_TYPE_MESSAGE_STATE (linnet_message_state_get_type ())
#define LINNET_TYPE_MESSAGE_KIND (linnet_message_kind_get_type ())
#define LINNET_TYPE_LOAD_STATE (linnet_load_state_get_type ())
