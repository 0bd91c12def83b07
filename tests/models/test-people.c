/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linnet-people.h"

#define OWN "alice@Example.org"

static void
test_user_id (void)
{
  static const char *const cases[][2] = {
    { "bob", "bob" },
    { " Bob@Example.org ", "bob" },
    { "ann@other.example", "ann@other.example" },
    { "xmpp:ann@other.example?message;body=hi", "ann@other.example" },
    { "ann@other.example/phone", "ann@other.example" },
    { "", NULL },
    { "a b", NULL },
    { "@example.org", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = linnet_people_dup_user_id (cases[i][0], OWN);

      g_assert_cmpstr (id, ==, cases[i][1]);
    }
}

static void
test_name_and_address (void)
{
  g_autofree char *address = linnet_people_dup_address ("bob", OWN);
  g_autofree char *foreign = linnet_people_dup_address ("ann@other.example", OWN);
  g_autofree char *name = linnet_people_dup_name ("bob", "Bob \xe2\x80\xae B.");
  g_autofree char *nameless = linnet_people_dup_name ("bob", "\x01");
  g_autofree char *own = linnet_people_dup_short_id ("\xe9\x99\x88@example.org", OWN);
  g_autofree char *other = linnet_people_dup_short_id ("ann@other.example", OWN);
  g_autofree char *server = linnet_people_dup_short_id ("@example.org", OWN);
  g_autofree char *nobody = linnet_people_dup_name ("", NULL);

  g_assert_cmpstr (address, ==, "bob@Example.org");
  g_assert_cmpstr (foreign, ==, "ann@other.example");
  g_assert_cmpstr (name, ==, "Bob B.");
  g_assert_cmpstr (nameless, ==, "bob");
  g_assert_cmpstr (own, ==, "\xe9\x99\x88");
  g_assert_cmpstr (other, ==, "ann@other.example");
  g_assert_cmpstr (server, ==, "@example.org");
  g_assert_cmpstr (nobody, ==, "?");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/models/people/user-id", test_user_id);
  g_test_add_func ("/models/people/name-and-address", test_name_and_address);
  return g_test_run ();
}
