/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One conversation: what its row shows, its messages, its draft. Main thread.
 *
 * Properties (read-only, notify):
 *   "key"             string, unique among conversations, for lookup and notifications: "c2c:bob"
 *   "id"              string: the peer ("bob" of the own server, "ann@example.org") or the group
 *   "address"         string: the full address of the peer, "bob@example.org"
 *   "type"            LinnetConversationType
 *   "name"            string to show; controls and direction overrides removed
 *   "name-color"      int 1…14: .linnet-name-N, the colour AdwAvatar gives the same text
 *   "preview"         string, one line, without any prefix
 *   "preview-prefix"  string, nullable, translated: "Draft:", "Not sent:", "Bob:" in groups
 *   "preview-kind"    LinnetPreviewKind
 *   "preview-state"   LinnetMessageState: the tick before an OWN preview
 *   "time"            int64, seconds since 1970 of what the row is sorted by, 0 when nothing
 *   "time-label"      string: "9:57", "Yesterday", "Monday", "3 May", "3 May 2025", "" when none
 *   "unread-count"    uint
 *   "unread-label"    string: "3", "999+", "" when none
 *   "draft"           string, "" when none: the composer's text
 *   "is-typing"       boolean: the peer is typing now
 *   "is-open"         boolean: shown in the content pane
 *   "last-message"    LinnetMessage, nullable: for previews; not an item of "messages"
 *   "messages"        LinnetMessageList, made when first asked for (and loading from then on)
 *   "accessible-label" string: "Mei Lin, 2 unread messages, last: …, 9:57"
 */
#pragma once

#include "linnet-enums.h"
#include "linnet-message-list.h"
#include <gio/gio.h>

#define LINNET_TYPE_CONVERSATION (linnet_conversation_get_type ())
G_DECLARE_FINAL_TYPE (LinnetConversation, linnet_conversation, LINNET, CONVERSATION, GObject)

const char *linnet_conversation_get_key (LinnetConversation *self);
const char *linnet_conversation_get_id (LinnetConversation *self);
const char *linnet_conversation_get_address (LinnetConversation *self);
LinnetConversationType linnet_conversation_get_conversation_type (LinnetConversation *self);
const char *linnet_conversation_get_name (LinnetConversation *self);
int linnet_conversation_get_name_color (LinnetConversation *self);
const char *linnet_conversation_get_preview (LinnetConversation *self);
const char *linnet_conversation_get_preview_prefix (LinnetConversation *self);
LinnetPreviewKind linnet_conversation_get_preview_kind (LinnetConversation *self);
LinnetMessageState linnet_conversation_get_preview_state (LinnetConversation *self);
gint64 linnet_conversation_get_time (LinnetConversation *self);
const char *linnet_conversation_get_time_label (LinnetConversation *self);
guint linnet_conversation_get_unread_count (LinnetConversation *self);
const char *linnet_conversation_get_unread_label (LinnetConversation *self);
const char *linnet_conversation_get_draft (LinnetConversation *self);
gboolean linnet_conversation_get_is_typing (LinnetConversation *self);
gboolean linnet_conversation_get_is_open (LinnetConversation *self);
LinnetMessage *linnet_conversation_get_last_message (LinnetConversation *self);
const char *linnet_conversation_get_accessible_label (LinnetConversation *self);
/* Borrowed; created and loading after the first call. */
LinnetMessageList *linnet_conversation_get_messages (LinnetConversation *self);

/* The content pane shows it: fixes the "New messages" divider by what is unread now. */
void linnet_conversation_open (LinnetConversation *self);
/* It is left: draft stored, divider gone, typing ended. */
void linnet_conversation_close (LinnetConversation *self);

/* Appends the message at once (state WAITING) and sends it; the draft is cleared. NULL when the
 * text is nothing but white space, else borrowed from the list. */
LinnetMessage *linnet_conversation_send_text (LinnetConversation *self, const char *text);
/* A FAILED message once more; it moves to the end. */
void linnet_conversation_retry (LinnetConversation *self, LinnetMessage *message);
/* A FAILED message, away. */
void linnet_conversation_discard (LinnetConversation *self, LinnetMessage *message);

/* Seen by the person up to and including this message (NULL: all of it). Cheap to call often. */
void linnet_conversation_mark_read (LinnetConversation *self, LinnetMessage *up_to);

/* The composer's text changed by typing: keeps the draft (stored 1 s after the last key, at latest
 * 5 s), tells the peer "typing" and, after a rest of 5 s or an empty text, that it ended. */
void linnet_conversation_set_draft (LinnetConversation *self, const char *text);
/* Store the draft now. */
void linnet_conversation_flush_draft (LinnetConversation *self);

/* Deletes the conversation with its messages here and in the list. */
void linnet_conversation_delete_async (LinnetConversation *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
linnet_conversation_delete_finish (LinnetConversation *self, GAsyncResult *result, GError **error);
