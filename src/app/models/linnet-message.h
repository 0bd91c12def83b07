/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message as a row shows it. The object stays the same while its contents change (sent,
 * delivered, read, stored). Main thread.
 *
 * Properties (read-only, notify):
 *   "id"            string, the same for the life of the row
 *   "sender-id", "sender-name" string; "sender-color" int 1…14
 *   "is-own"        boolean
 *   "kind"          LinnetMessageKind
 *   "text"          string, plain: what Copy copies
 *   "markup"        string: the text as Pango markup, links as <a href="…">
 *   "is-emoji-only" boolean: one to three emoji, shown at 24 pt without a bubble
 *   "is-rtl"        boolean: its first strong letter is right-to-left
 *   "time"          int64, seconds since 1970; "time-label" "9:57"; "date-label" the full date and
 *                   time, for tooltips
 *   "state"         LinnetMessageState; "state-word" translated: "Waiting to be sent", "Sent",
 *                   "Delivered", "Read", "Not sent", "" for received ones
 *   "failure"       string, nullable: why it is FAILED, "the message is too long.", to follow
 *                   "Not sent: "
 *   "is-read"       boolean: a received message that the person has seen
 *   "accessible-label" string: "Bob, 9:57: text", "You, 9:58: text, Delivered"
 * Kept by the list, from the neighbours:
 *   "starts-group", "ends-group"  boolean: corners, name and avatar
 *   "shows-meta"    boolean: time and ticks stand in this bubble
 *   "shows-state-word" boolean: this is the newest own message that was read: the word "Read"
 * stands beside its ticks "day-label"     string, nullable: the day pill above this row, NULL when
 * it shows none "is-first-unread" boolean: the "New messages" divider stands above this row
 */
#pragma once

#include "linnet-enums.h"
#include <gio/gio.h>

#define LINNET_TYPE_MESSAGE (linnet_message_get_type ())
G_DECLARE_FINAL_TYPE (LinnetMessage, linnet_message, LINNET, MESSAGE, GObject)

const char *linnet_message_get_id (LinnetMessage *self);
const char *linnet_message_get_sender_id (LinnetMessage *self);
const char *linnet_message_get_sender_name (LinnetMessage *self);
int linnet_message_get_sender_color (LinnetMessage *self);
gboolean linnet_message_get_is_own (LinnetMessage *self);
LinnetMessageKind linnet_message_get_kind (LinnetMessage *self);
const char *linnet_message_get_text (LinnetMessage *self);
const char *linnet_message_get_markup (LinnetMessage *self);
gboolean linnet_message_get_is_emoji_only (LinnetMessage *self);
gboolean linnet_message_get_is_rtl (LinnetMessage *self);
gint64 linnet_message_get_time (LinnetMessage *self);
const char *linnet_message_get_time_label (LinnetMessage *self);
const char *linnet_message_get_date_label (LinnetMessage *self);
LinnetMessageState linnet_message_get_state (LinnetMessage *self);
const char *linnet_message_get_state_word (LinnetMessage *self);
const char *linnet_message_get_failure (LinnetMessage *self);
gboolean linnet_message_get_is_read (LinnetMessage *self);
const char *linnet_message_get_accessible_label (LinnetMessage *self);

gboolean linnet_message_get_starts_group (LinnetMessage *self);
gboolean linnet_message_get_ends_group (LinnetMessage *self);
gboolean linnet_message_get_shows_meta (LinnetMessage *self);
gboolean linnet_message_get_shows_state_word (LinnetMessage *self);
const char *linnet_message_get_day_label (LinnetMessage *self);
/* The day this message belongs to, whether or not its pill stands here: for the floating copy. */
const char *linnet_message_get_day (LinnetMessage *self);
gboolean linnet_message_get_is_first_unread (LinnetMessage *self);
