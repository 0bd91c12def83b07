/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-words.h"

#include <string.h>

#define LONG_VOWEL 0x30fc /* ー belongs to no script */
#define SHORTEST_BEGINNING 2

typedef enum
{
  NO_WORD,   /* parts words */
  IN_WORD,   /* belongs to a run */
  OWN_WORD,  /* a word by itself */
  INVISIBLE, /* is not there */
} Role;

typedef struct
{
  GString *words;
  guint n_words;
  guint max_words;
  guint length; /* code points of the run that is being written; 0: none */
} Writer;

/* Folding */

/* A prefix of whole code points. */
static char *
dup_start (const char *text)
{
  gsize length = strnlen (text, IM_STORE_WORDS_MAX_BYTES + 1);

  if (length <= IM_STORE_WORDS_MAX_BYTES)
    return g_utf8_make_valid (text, (gssize) length);
  length = IM_STORE_WORDS_MAX_BYTES;
  while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
    length--;
  return g_utf8_make_valid (text, (gssize) length);
}

static char *
fold (const char *text)
{
  g_autofree char *start = dup_start (text);
  g_autofree char *composed = NULL;
  g_autofree char *folded = NULL;

  if (g_str_is_ascii (start))
    return g_ascii_strdown (start, -1);
  composed = g_utf8_normalize (start, -1, G_NORMALIZE_ALL_COMPOSE);
  folded = g_utf8_casefold (composed, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);
}

/* Reading */

static gboolean
has_no_blanks (gunichar c)
{
  if (c == LONG_VOWEL)
    return TRUE;
  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_YI:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
    case G_UNICODE_SCRIPT_TIBETAN:
      return TRUE;
    default:
      return FALSE;
    }
}

static Role
role_of_mark (gunichar c)
{
  if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_INHERITED)
    return INVISIBLE; /* accents, variation selectors */
  return has_no_blanks (c) ? OWN_WORD : IN_WORD;
}

static Role
role_of (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c) ? IN_WORD : NO_WORD;
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_SPACING_MARK:
      return role_of_mark (c);
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
      return has_no_blanks (c) ? OWN_WORD : IN_WORD;
    case G_UNICODE_OTHER_SYMBOL:
    case G_UNICODE_CURRENCY_SYMBOL:
    case G_UNICODE_MATH_SYMBOL:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED: /* emoji younger than this system; IM_MSG_TEXT_BREAK, so that no
                                  phrase crosses it */
      return OWN_WORD;
    case G_UNICODE_MODIFIER_SYMBOL: /* the colour of a hand */
    case G_UNICODE_FORMAT:
      return INVISIBLE;
    default:
      return NO_WORD;
    }
}

/* Writing */

static gboolean
is_full (const Writer *self)
{
  return self->n_words >= self->max_words && self->length == 0;
}

static void
end_word (Writer *self)
{
  self->length = 0;
}

static gboolean
begin_word (Writer *self)
{
  if (self->n_words >= self->max_words)
    return FALSE;
  if (self->n_words++ > 0)
    g_string_append_c (self->words, ' ');
  return TRUE;
}

static void
append_base (Writer *self, gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n_parts = c < 0x80 ? 0 : g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));

  if (n_parts <= 1)
    g_string_append_unichar (self->words, c);
  for (gsize i = 0; n_parts > 1 && i < n_parts; i++)
    if (role_of (parts[i]) == IN_WORD)
      g_string_append_unichar (self->words, parts[i]);
}

static void
append_to_run (Writer *self, gunichar c)
{
  if (self->length == 0 && !begin_word (self))
    return;
  if (self->length++ < IM_STORE_WORDS_MAX_LENGTH)
    append_base (self, c);
}

static void
append_own_word (Writer *self, gunichar c)
{
  end_word (self);
  if (begin_word (self))
    g_string_append_unichar (self->words, c);
}

/* Afterwards length is that of the run in which the text ends. */
static void
write_words (Writer *self, const char *text)
{
  g_autofree char *folded = fold (text);

  for (const char *at = folded; *at != '\0' && !is_full (self); at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      switch (role_of (c))
        {
        case IN_WORD:
          append_to_run (self, c);
          break;
        case OWN_WORD:
          append_own_word (self, c);
          break;
        case NO_WORD:
          end_word (self);
          break;
        case INVISIBLE:
        default:
          break;
        }
    }
}

char *
im_store_words (const char *text)
{
  Writer writer = { .words = g_string_new (NULL), .max_words = G_MAXUINT };

  write_words (&writer, text);
  return g_string_free (writer.words, FALSE);
}

char *
im_store_words_phrase (const char *keyword)
{
  Writer writer = { .words = g_string_new ("\""), .max_words = IM_STORE_WORDS_MAX_KEYWORD };
  g_autofree char *stripped = g_strstrip (dup_start (keyword));

  write_words (&writer, stripped);
  if (writer.n_words == 0)
    {
      g_string_free (writer.words, TRUE);
      return NULL;
    }
  g_string_append (writer.words, writer.length >= SHORTEST_BEGINNING ? "\" *" : "\"");
  return g_string_free (writer.words, FALSE);
}
