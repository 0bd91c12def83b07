/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Fails the test unless both texts are the same JSON value, key for key; says where they differ. */
void assert_json_equal (const char *text, const char *expected, const char *name);

/* The same, but the objects of @text may have more keys. */
void assert_json_contains (const char *text, const char *expected, const char *name);

/* Fails the test unless @text is an object whose @key has exactly this JSON text as its value. */
void assert_json_member (const char *text, const char *key, const char *expected);
gboolean json_has_member (const char *text, const char *key);

G_END_DECLS
