/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-conversation-view.h"

#include "linnet-text.h"
#include "linnet-time.h"

#include <glib/gi18n-lib.h>

#define PREVIEW_CHARS 200
#define UNREAD_SHOWN_MAX 999

static LinnetPreviewKind
kind_of (const LinnetConversationFacts *facts)
{
  if (facts->is_typing)
    return LINNET_PREVIEW_TYPING;
  if (facts->last != NULL && linnet_message_get_state (facts->last) == LINNET_MESSAGE_FAILED)
    return LINNET_PREVIEW_FAILED;
  if (*facts->draft != '\0')
    return LINNET_PREVIEW_DRAFT;
  if (facts->last == NULL)
    return LINNET_PREVIEW_EMPTY;
  return linnet_message_get_is_own (facts->last) ? LINNET_PREVIEW_OWN : LINNET_PREVIEW_TEXT;
}

static char *
make_prefix (LinnetPreviewKind kind, const LinnetConversationFacts *facts)
{
  if (kind == LINNET_PREVIEW_FAILED)
    return g_strdup (_ ("Not sent:"));
  if (kind == LINNET_PREVIEW_DRAFT)
    return g_strdup (_ ("Draft:"));
  if (kind == LINNET_PREVIEW_TEXT && facts->is_group)
    /* Translators: who wrote the last message of a group, before its text */
    return g_strdup_printf (_ ("%s:"), linnet_message_get_sender_name (facts->last));
  return NULL;
}

static char *
make_preview (LinnetPreviewKind kind, const LinnetConversationFacts *facts)
{
  if (kind == LINNET_PREVIEW_TYPING)
    return g_strdup (_ ("typing…"));
  if (kind == LINNET_PREVIEW_DRAFT)
    return linnet_text_to_line (facts->draft, PREVIEW_CHARS);
  if (kind == LINNET_PREVIEW_EMPTY)
    return g_strdup ("");
  return linnet_text_to_line (linnet_message_get_text (facts->last), PREVIEW_CHARS);
}

static char *
make_unread_label (guint unread)
{
  if (unread == 0)
    return g_strdup ("");
  if (unread > UNREAD_SHOWN_MAX)
    return g_strdup_printf ("%d+", UNREAD_SHOWN_MAX);
  return g_strdup_printf ("%u", unread);
}

static char *
make_last_words (const LinnetConversationView *view)
{
  if (view->kind == LINNET_PREVIEW_TYPING)
    return g_strdup (view->preview);
  if (view->kind == LINNET_PREVIEW_EMPTY)
    return g_strdup (_ ("no messages"));
  if (view->prefix != NULL)
    return g_strdup_printf ("%s %s", view->prefix, view->preview);
  /* Translators: in what a screen reader says of a conversation; %s is its last message */
  return g_strdup_printf (_ ("last: %s"), view->preview);
}

static char *
make_accessible_label (const LinnetConversationView *view, const LinnetConversationFacts *facts)
{
  g_autofree char *last = make_last_words (view);
  g_autofree char *unread = NULL;

  if (facts->unread == 0 && *view->time_label == '\0')
    return g_strdup_printf (C_ ("conversation", "%s, %s"), facts->name, last);
  if (facts->unread == 0)
    return g_strdup_printf (C_ ("conversation", "%s, %s, %s"), facts->name, last, view->time_label);
  unread = g_strdup_printf (ngettext ("%u unread message", "%u unread messages", facts->unread),
                            facts->unread);
  /* Translators: name, "2 unread messages", "last: …", time */
  return g_strdup_printf (C_ ("conversation", "%s, %s, %s, %s"), facts->name, unread, last,
                          view->time_label);
}

void
linnet_conversation_view_init (LinnetConversationView *view,
                               const LinnetConversationFacts *facts,
                               gint64 now)
{
  gint64 time = facts->last != NULL ? linnet_message_get_time (facts->last) : facts->active_time;

  view->kind = kind_of (facts);
  view->state
      = facts->last != NULL ? linnet_message_get_state (facts->last) : LINNET_MESSAGE_RECEIVED;
  view->prefix = make_prefix (view->kind, facts);
  view->preview = make_preview (view->kind, facts);
  view->time = *facts->draft != '\0' ? MAX (time, facts->draft_time) : time;
  view->time_label = view->time > 0 ? linnet_time_format_row (view->time, now) : g_strdup ("");
  view->unread_label = make_unread_label (facts->unread);
  view->accessible_label = make_accessible_label (view, facts);
}

void
linnet_conversation_view_clear (LinnetConversationView *view)
{
  g_clear_pointer (&view->preview, g_free);
  g_clear_pointer (&view->prefix, g_free);
  g_clear_pointer (&view->time_label, g_free);
  g_clear_pointer (&view->unread_label, g_free);
  g_clear_pointer (&view->accessible_label, g_free);
}
