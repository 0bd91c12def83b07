/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What crosses from the library's thread to the main one: parsed, immutable, in order. */
#pragma once

#include <glib.h>

typedef struct _LinnetTimCall LinnetTimCall;

typedef enum
{
  LINNET_EVENT_REPLY,
  LINNET_EVENT_MESSAGES,      /* items: ImMsg */
  LINNET_EVENT_UPDATES,       /* items: ImMsg */
  LINNET_EVENT_RECEIPTS,      /* items: ImReceipt */
  LINNET_EVENT_CONVERSATIONS, /* items: ImConv; code: which event */
  LINNET_EVENT_TYPING,        /* text: conversation id; code: its type; is_typing */
  LINNET_EVENT_NETWORK,       /* code: status; error_code, text: why */
  LINNET_EVENT_KICKED,
  LINNET_EVENT_EXPIRED,
} LinnetEventKind;

typedef struct
{
  LinnetEventKind kind;
  guint generation; /* of the session it belongs to */
  int code;
  int error_code;
  char *text;       /* owned, nullable */
  GPtrArray *items; /* owned, nullable */
  gboolean is_typing;
  LinnetTimCall *call; /* owned, nullable: of a REPLY */
  gpointer payload;    /* owned by payload_free, nullable: of a REPLY */
  GDestroyNotify payload_free;
} LinnetEvent;

LinnetEvent *linnet_event_new (LinnetEventKind kind, guint generation);
void linnet_event_free (LinnetEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinnetEvent, linnet_event_free)
