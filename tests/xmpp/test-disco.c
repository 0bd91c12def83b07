/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a device says of itself. */
#include "im-loop.h"
#include "stream-fixture.h"
#include "xmpp-account.h"
#include "xmpp-disco.h"

/* Of <client/pc//Linnet<, and the four features in the order of their bytes, by another program. */
#define VERSION "asj8DF34rnbiWrONSMScD9/dW6w="
#define NODE "https://linnet.im"

static const char *const features[] = { "urn:b", "urn:a+notify", NULL };

static StreamFixture *
new_serving (void)
{
  StreamFixture *f = fixture_new (NULL);
  const char *version;

  fixture_go_online (f);
  version = xmpp_disco_serve (xmpp_stream_get_porter (f->stream), "pc", "Linnet", features);
  g_assert_cmpstr (version, ==, VERSION);
  return f;
}

static void
ask (StreamFixture *f, const char *node)
{
  fixture_give (f,
                "<iq xmlns='jabber:client' type='get' id='q' from='alice@example.org'>"
                "<query xmlns='" XMPP_NS_DISCO_INFO "' %s/></iq>",
                node);
}

static void
test_presence_has_the_version_of_what_is_served (void)
{
  g_autoptr (StreamFixture) f = new_serving ();
  g_autoptr (XmppStanza) presence = xmpp_presence_new (NULL, NULL);

  xmpp_disco_append_caps (presence, VERSION);
  xmpp_porter_send (xmpp_stream_get_porter (f->stream), presence, NULL, NULL);
  fixture_expect (f, XMPP_EL ("presence", XMPP_NS_CLIENT,
                              XMPP_EL ("c", XMPP_NS_CAPS, XMPP_ATTR ("hash", "sha-1"),
                                       XMPP_ATTR ("node", NODE), XMPP_ATTR ("ver", VERSION))));
}

static void
test_the_version_is_explained (void)
{
  g_autoptr (StreamFixture) f = new_serving ();

  ask (f, "node='" NODE "#" VERSION "'");
  fixture_expect (
      f, XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "result"), XMPP_ATTR ("id", "q"),
                  XMPP_EL ("query", XMPP_NS_DISCO_INFO, XMPP_ATTR ("node", NODE "#" VERSION),
                           XMPP_EL ("identity", NULL, XMPP_ATTR ("type", "pc"),
                                    XMPP_ATTR ("name", "Linnet")),
                           XMPP_EL ("feature", NULL, XMPP_ATTR ("var", XMPP_NS_DISCO_INFO)),
                           XMPP_EL ("feature", NULL, XMPP_ATTR ("var", XMPP_NS_PING)),
                           XMPP_EL ("feature", NULL, XMPP_ATTR ("var", "urn:a+notify")),
                           XMPP_EL ("feature", NULL, XMPP_ATTR ("var", "urn:b")))));
}

static void
test_another_version_is_not_known (void)
{
  g_autoptr (StreamFixture) f = new_serving ();

  ask (f, "node='" NODE "#other'");
  fixture_expect (f,
                  XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "error"),
                           XMPP_EL ("error", NULL, XMPP_EL ("item-not-found", XMPP_NS_STANZAS))));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
#define TEST(path, func) g_test_add_func ("/xmpp/disco/" path, func)
  TEST ("presence", test_presence_has_the_version_of_what_is_served);
  TEST ("version", test_the_version_is_explained);
  TEST ("another-version", test_another_version_is_not_known);
#undef TEST
  return g_test_run ();
}
