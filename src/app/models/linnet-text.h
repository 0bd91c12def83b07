/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people typed, made safe and readable: links, emoji, direction, names. Pure functions, any
 * thread; invalid UTF-8 is made valid, lengths are bounded. Nothing here trusts its input. */
#pragma once

#include <glib.h>

/* Longer texts are cut here for display; what follows is "…". */
#define LINNET_TEXT_MAX_BYTES (64 * 1024)

typedef struct
{
  gsize start; /* byte offsets in the text */
  gsize end;
  char *uri;   /* safe to open: http, https, mailto, xmpp, geo; host in punycode when it could
                  be mistaken for another */
  char *label; /* nullable: shown instead of the text when the text is deceptive (mixed scripts) */
} LinnetTextLink;

void linnet_text_link_free (LinnetTextLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinnetTextLink, linnet_text_link_free)

/* Array of LinnetTextLink in order, never overlapping. "www.…" and plain mail addresses count. */
GPtrArray *linnet_text_find_links (const char *text);

/* Pango markup: everything escaped, links as <a href="…">. Always valid markup. */
char *linnet_text_to_markup (const char *text);
/* The text that such markup shows. Transfer full. */
char *linnet_text_from_markup (const char *markup);

/* Is this address one we open: the five schemes above, nothing else, no control characters. */
gboolean linnet_text_is_safe_uri (const char *uri);

/* One to three emoji (with their modifiers and joiners) and white space, nothing else. */
gboolean linnet_text_is_emoji_only (const char *text);

typedef enum
{
  LINNET_TEXT_NEUTRAL,
  LINNET_TEXT_LTR,
  LINNET_TEXT_RTL,
} LinnetTextDirection;

/* By the first strong letter. */
LinnetTextDirection linnet_text_direction (const char *text);

/* One line for previews: white space runs are one blank, at most max_chars characters and "…". */
char *linnet_text_to_line (const char *text, guint max_chars);

/* A name from elsewhere: controls, direction overrides and invisible characters out, white space
 * runs to one blank, bounded. "" when nothing is left. */
char *linnet_text_clean_name (const char *name);

/* Wraps in a first-strong isolate (U+2068 … U+2069) for use inside a sentence. */
char *linnet_text_isolate (const char *text);

/* The colour of a person, 1…14: the rule AdwAvatar uses. */
int linnet_text_name_color (const char *name);
