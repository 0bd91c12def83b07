/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any text as an address: the normal form of a normal form is itself, and escaping comes back. */

#include "xmpp-jid.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_normal (const char *text)
{
  g_autofree char *normal = xmpp_jid_dup_normal (text);
  g_autofree char *again = NULL;
  g_autofree char *bare = xmpp_jid_dup_bare (text);

  g_assert_true ((normal == NULL) == (bare == NULL));
  if (normal == NULL)
    return;
  g_assert_true (g_utf8_validate (normal, -1, NULL));
  again = xmpp_jid_dup_normal (normal);
  g_assert_cmpstr (normal, ==, again);
  g_assert_true (xmpp_jid_equal (text, normal));
  g_assert_true (xmpp_jid_bare_equal (text, bare));
}

static void
check_escaping (const char *text)
{
  g_autofree char *local = xmpp_jid_escape_local (text);
  g_autofree char *back = xmpp_jid_unescape_local (local);
  g_autofree char *unescaped = xmpp_jid_unescape_local (text);

  g_assert_cmpuint (strlen (unescaped), <=, strlen (text));
  g_assert_null (strpbrk (local, " \"&'/:<>@"));
  g_assert_cmpstr (back, ==, text);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_normal (text);
  check_escaping (text);
  return 0;
}
