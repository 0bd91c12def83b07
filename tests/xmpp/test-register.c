/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-clock.h"
#include "fake-transport.h"
#include "im-loop.h"
#include "xmpp-frame.h"
#include "xmpp-node.h"
#include "xmpp-ns.h"
#include "xmpp-stream-private.h"

#include <string.h>

typedef struct
{
  FakeClock *clock;
  FakeTransport *transport; /* owned */
  XmppRegister *registration;
  XmppForm *form; /* borrowed */
  gboolean submitted;
  GError *error;
} Fixture;

static XmppTransport *
new_transport (const XmppConfig *config, const char *url, gpointer user_data)
{
  Fixture *self = user_data;

  g_clear_object (&self->transport);
  self->transport = fake_transport_new (XMPP_PROTECTION_TLS);
  return XMPP_TRANSPORT (g_object_ref (self->transport));
}

static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);
  XmppConfig config = { .jid = "example.org", .server_url = "wss://example.org/ws" };

  self->clock = fake_clock_new ();
  config.clock = fake_clock_get (self->clock);
  self->registration = xmpp_register_new_full (&config, new_transport, self);
  return self;
}

static void
fixture_free (Fixture *self)
{
  turn ();
  if (self->registration != NULL)
    g_assert_finalize_object (self->registration);
  turn ();
  g_clear_object (&self->transport);
  g_clear_error (&self->error);
  fake_clock_free (self->clock);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static XmppStanza *
take (Fixture *self)
{
  g_autofree char *text = NULL;

  turn ();
  text = fake_transport_take (self->transport);
  g_assert_nonnull (text);
  return xmpp_frame_parse (text, strlen (text), NULL);
}

static void
give (Fixture *self, const char *text)
{
  fake_transport_give (self->transport, text);
  turn ();
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  self->form = xmpp_register_fetch_finish (XMPP_REGISTER (source), result, &self->error);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  self->submitted = xmpp_register_submit_finish (XMPP_REGISTER (source), result, &self->error);
}

/* Up to the request for the form. Returns its id. */
static char *
open_and_fetch (Fixture *self)
{
  g_autoptr (XmppStanza) iq = NULL;

  xmpp_register_fetch_async (self->registration, NULL, on_fetched, self);
  fake_transport_accept (self->transport);
  xmpp_stanza_unref (take (self));
  give (self, "<open xmlns='" XMPP_NS_FRAMING "'/>");
  give (self, "<stream:features xmlns:stream='" XMPP_NS_STREAM
              "'><register xmlns='" XMPP_NS_REGISTER_FEATURE "'/></stream:features>");
  iq = take (self);
  g_assert_true (
      xmpp_spec_match (XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"),
                                           XMPP_ATTR ("to", "example.org"),
                                           XMPP_EL ("query", XMPP_NS_REGISTER))),
                       xmpp_stanza_get_root (iq)));
  return g_strdup (xmpp_stanza_get_id (iq));
}

static void
give_answer (Fixture *self, const char *id, const char *type, const char *content)
{
  g_autofree char *text
      = g_strdup_printf ("<iq xmlns='jabber:client' type='%s' from='example.org' id='%s'>%s</iq>",
                         type, id, content);

  give (self, text);
}

static void
submit_and_answer (Fixture *self, const XmppSpec *expected, const char *type, const char *content)
{
  g_autoptr (XmppStanza) iq = NULL;

  xmpp_register_submit_async (self->registration, NULL, on_submitted, self);
  iq = take (self);
  g_assert_true (xmpp_spec_match (expected, xmpp_stanza_get_root (iq)));
  give_answer (self, xmpp_stanza_get_id (iq), type, content);
}

#define CONFLICT "<error type='cancel'><conflict xmlns='" XMPP_NS_STANZAS "'/></error>"

static void
test_legacy_fields (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *id = open_and_fetch (f);

  give_answer (
      f, id, "result",
      "<query xmlns='jabber:iq:register'><instructions>Choose</instructions><username/><password/>"
      "<key>k1</key></query>");
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->form->instructions, ==, "Choose");
  g_assert_cmpuint (f->form->fields->len, ==, 3);
  g_assert_cmpstr (xmpp_form_field (f->form, "password")->type, ==, "text-private");
  g_assert_true (xmpp_form_set (f->form, "username", "dora"));
  g_assert_true (xmpp_form_set (f->form, "password", "pw"));
  g_assert_false (xmpp_form_set (f->form, "email", "x"));
  submit_and_answer (f,
                     XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
                                         XMPP_EL ("query", XMPP_NS_REGISTER,
                                                  XMPP_TEXT_EL ("username", NULL, "dora"),
                                                  XMPP_TEXT_EL ("password", NULL, "pw"),
                                                  XMPP_TEXT_EL ("key", NULL, "k1")))),
                     "error", CONFLICT);
  g_assert_error (f->error, XMPP_ERROR, XMPP_ERROR_CONFLICT);
  g_clear_error (&f->error);
  /* Another name, over the same connection. */
  g_assert_true (xmpp_form_set (f->form, "username", "dora2"));
  submit_and_answer (f,
                     XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT,
                                         XMPP_EL ("query", XMPP_NS_REGISTER,
                                                  XMPP_TEXT_EL ("username", NULL, "dora2")))),
                     "result", "");
  g_assert_true (f->submitted);
}

static void
test_data_forms (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *id = open_and_fetch (f);

  give_answer (
      f, id, "result",
      "<query xmlns='jabber:iq:register'><username/><password/><x "
      "xmlns='jabber:x:oob'><url>https://r</url></x>"
      "<x xmlns='jabber:x:data' type='form'><title>T</title><field type='hidden' var='FORM_TYPE'>"
      "<value>jabber:iq:register</value></field><field type='fixed'><value>Hello</value></field>"
      "<field type='text-single' var='username' label='Name'><required/></field>"
      "<field type='text-private' var='password'><required/></field>"
      "<field type='list-single' var='kind'><option "
      "label='A'><value>a</value></option></field></x></query>");
  g_assert_no_error (f->error);
  g_assert_cmpstr (xmpp_register_get_url (f->registration), ==, "https://r");
  g_assert_cmpstr (f->form->title, ==, "T");
  g_assert_cmpstr (xmpp_form_field (f->form, "username")->label, ==, "Name");
  g_assert_true (xmpp_form_field (f->form, "username")->required);
  g_assert_cmpuint (xmpp_form_field (f->form, "kind")->options->len, ==, 1);
  xmpp_form_set (f->form, "username", "dora");
  xmpp_form_set (f->form, "password", "pw");
  submit_and_answer (f,
                     XMPP_SPEC (XMPP_EL (
                         "iq", XMPP_NS_CLIENT,
                         XMPP_EL ("query", XMPP_NS_REGISTER,
                                  XMPP_EL ("x", XMPP_NS_DATA_FORMS, XMPP_ATTR ("type", "submit"),
                                           XMPP_EL ("field", NULL, XMPP_ATTR ("var", "FORM_TYPE"),
                                                    XMPP_TEXT_EL ("value", NULL, XMPP_NS_REGISTER)),
                                           XMPP_EL ("field", NULL, XMPP_ATTR ("var", "username"),
                                                    XMPP_TEXT_EL ("value", NULL, "dora")))))),
                     "result", "");
  g_assert_true (f->submitted);
}

static void
test_servers_without_registration (void)
{
  static const char *const refusals[] = { "service-unavailable", "not-allowed" };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autofree char *id = open_and_fetch (f);
      g_autofree char *error
          = g_strdup_printf ("<error type='cancel'><%s xmlns='" XMPP_NS_STANZAS "'/></error>",
                             refusals[i]);

      give_answer (f, id, "error", error);
      g_assert_error (f->error, XMPP_ERROR, XMPP_ERROR_FEATURE_NOT_IMPLEMENTED);
    }
}

static void
test_a_server_that_is_not_there (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) refused = g_error_new_literal (XMPP_ERROR, XMPP_ERROR_REFUSED, "no");

  xmpp_register_fetch_async (f->registration, NULL, on_fetched, f);
  fake_transport_cut (f->transport, refused);
  turn ();
  g_assert_error (f->error, XMPP_ERROR, XMPP_ERROR_REFUSED);
}

static void
test_may_be_dropped_while_it_works (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *id = open_and_fetch (f);

  g_clear_object (&f->registration);
  fake_clock_advance (f->clock, 31000);
  g_assert_nonnull (f->error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
  g_test_add_func ("/xmpp/register/legacy-fields", test_legacy_fields);
  g_test_add_func ("/xmpp/register/data-forms", test_data_forms);
  g_test_add_func ("/xmpp/register/servers-without-registration",
                   test_servers_without_registration);
  g_test_add_func ("/xmpp/register/a-server-that-is-not-there", test_a_server_that_is_not_there);
  g_test_add_func ("/xmpp/register/may-be-dropped-while-it-works",
                   test_may_be_dropped_while_it_works);
  return g_test_run ();
}
