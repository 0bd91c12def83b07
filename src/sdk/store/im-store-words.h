/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A text as the words of the index, and a keyword as an expression of FTS5. Both go the same way:
 * case, accents, width and compatibility forms are folded (ß is ss, Ａ is a, é is e); a word is a
 * run of letters and digits, but scripts that are written without blanks (Chinese, Japanese,
 * Korean, Thai…) and symbols (emoji) make a word of every code point, so that any part of such a
 * text is found as a phrase. Pure functions; any thread. */

/* Changes when the same text becomes other words: an index that was made with another number is
 * made anew. */
#define IM_STORE_WORDS_VERSION 1
/* Of a text the first 64 KiB are words; of a word the first 64 code points count. */
#define IM_STORE_WORDS_MAX_BYTES (64 * 1024)
#define IM_STORE_WORDS_MAX_LENGTH 64
/* Words of a keyword that are looked for; what comes after them is not. */
#define IM_STORE_WORDS_MAX_KEYWORD 64

/* The words, parted by blanks; they hold nothing that ASCII knows but small letters and digits.
 * Returns: (transfer full) */
char *im_store_words (const char *text);
/* The keyword as one quoted phrase, whose last word may go on in the text where the keyword ends in
 * the middle of it and has at least two letters. Returns: (transfer full) (nullable) NULL when
 * there is no word in it */
char *im_store_words_phrase (const char *keyword);
