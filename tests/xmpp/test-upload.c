/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places for files: who gives them, what they must be, and why there is none. */
#include "im-loop.h"
#include "stream-fixture.h"
#include "xmpp-frame.h"
#include "xmpp-transfer-error.h"
#include "xmpp-upload.h"

#include <string.h>

typedef struct
{
  StreamFixture *stream;
  gboolean is_done;
  GError *error;
  XmppUploadService *service;
  XmppUploadSlot *slot;
} Fixture;

static Fixture *
fixture_up_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->stream = fixture_new (NULL);
  fixture_go_online (self->stream);
  return self;
}

static void
fixture_up_free (Fixture *self)
{
  fixture_free (self->stream);
  g_clear_error (&self->error);
  xmpp_upload_service_free (self->service);
  xmpp_upload_slot_free (self->slot);
  g_free (self);
}

typedef Fixture UpFixture;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpFixture, fixture_up_free)

static void
on_service (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  self->service = xmpp_upload_discover_finish (XMPP_PORTER (source), result, &self->error);
  self->is_done = TRUE;
}

static void
on_slot (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  self->slot = xmpp_upload_request_finish (XMPP_PORTER (source), result, &self->error);
  self->is_done = TRUE;
}

/* The next iq that was sent, which must match; what the stream asks for itself is passed over. */
static XmppStanza *
take_iq (Fixture *self, const XmppSpec *spec)
{
  for (;;)
    {
      g_autofree char *text = NULL;
      g_autoptr (XmppStanza) stanza = NULL;

      fixture_turn (self->stream);
      text = fake_transport_take (self->stream->transport);
      g_assert_nonnull (text);
      stanza = xmpp_frame_parse (text, strlen (text), NULL);
      if (xmpp_stanza_get_kind (stanza) != XMPP_STANZA_IQ)
        continue;
      if (!xmpp_spec_match (spec, xmpp_stanza_get_root (stanza)))
        g_error ("not what was expected: %s", text);
      return g_steal_pointer (&stanza);
    }
}

/* The answer to an iq to that address. */
static void
answer (Fixture *self, const char *to, const char *type, const char *content)
{
  g_autoptr (XmppStanza) iq
      = take_iq (self, XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"),
                                           XMPP_ATTR ("to", to))));

  fixture_give (self->stream, "<iq xmlns='jabber:client' type='%s' from='%s' id='%s'>%s</iq>", type,
                to, xmpp_stanza_get_id (iq), content);
}

#define ITEMS                                                                                      \
  "<query xmlns='" XMPP_NS_DISCO_ITEMS "'><item jid='conference.example.org'/>"                    \
  "<item jid='upload.example.org'/></query>"
#define INFO(content) "<query xmlns='" XMPP_NS_DISCO_INFO "'>" content "</query>"
#define FORM(type, size)                                                                           \
  "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>" type       \
  "</value></field><field var='max-file-size'><value>" size "</value></field></x>"
#define NOT_HERE "<error type='cancel'><item-not-found xmlns='" XMPP_NS_STANZAS "'/></error>"

static void
discover (Fixture *self, const char *upload_info)
{
  xmpp_upload_discover_async (self->stream->porter, NULL, on_service, self);
  answer (self, "example.org", "result", ITEMS);
  answer (self, "conference.example.org", "error", NOT_HERE);
  answer (self, "upload.example.org", "result", upload_info);
}

static void
test_finds_the_service_and_its_limit (void)
{
  static const struct
  {
    const char *info;
    guint64 max_size;
  } rows[] = {
    { INFO ("<feature var='" XMPP_NS_UPLOAD "'/>" FORM (XMPP_NS_UPLOAD, "314572800")), 314572800 },
    { INFO ("<feature var='" XMPP_NS_UPLOAD "'/>"), 0 },
    { INFO ("<feature var='" XMPP_NS_UPLOAD "'/>" FORM ("other", "1")), 0 },
    { INFO ("<feature var='" XMPP_NS_UPLOAD "'/>" FORM (XMPP_NS_UPLOAD, "-1")), 0 },
    { INFO ("<feature var='" XMPP_NS_UPLOAD "'/>" FORM (XMPP_NS_UPLOAD, "99999999999999999999")),
      0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (UpFixture) f = fixture_up_new ();

      discover (f, rows[i].info);
      g_assert_no_error (f->error);
      g_assert_cmpstr (f->service->jid, ==, "upload.example.org");
      g_assert_cmpuint (f->service->max_size, ==, rows[i].max_size);
    }
}

static void
test_says_when_nobody_takes_files (void)
{
  g_autoptr (UpFixture) f = fixture_up_new ();

  discover (f, INFO ("<feature var='other'/>"));
  g_assert_false (f->is_done); /* the server itself may */
  answer (f, "example.org", "result", INFO (""));
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_NO_SERVICE);
  g_assert_false (xmpp_transfer_error_is_retryable (f->error));
}

static void
test_a_session_that_is_lost_says_nothing_about_the_service (void)
{
  g_autoptr (UpFixture) f = fixture_up_new ();
  const GError lost = { .domain = XMPP_ERROR, .code = XMPP_ERROR_IO, .message = (char *) "cut" };

  xmpp_upload_discover_async (f->stream->porter, NULL, on_service, f);
  answer (f, "example.org", "result", ITEMS);
  answer (f, "conference.example.org", "error", NOT_HERE);
  fake_transport_cut (f->stream->transport, &lost);
  fixture_reconnect (f->stream);
  fixture_give (f->stream, "<failed xmlns='" XMPP_NS_SM "' h='2'/>");
  g_assert_true (f->is_done);
  g_assert_true (xmpp_transfer_error_is_retryable (f->error));
}

static void
test_cancelling_ends_the_search_at_once (void)
{
  g_autoptr (UpFixture) f = fixture_up_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  xmpp_upload_discover_async (f->stream->porter, cancellable, on_service, f);
  answer (f, "example.org", "result", ITEMS);
  g_cancellable_cancel (cancellable);
  fixture_turn (f->stream);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
request (Fixture *self, const char *type, const char *content)
{
  XmppUploadService service = { (char *) "upload.example.org", 1000 };
  g_autoptr (XmppStanza) iq = NULL;

  xmpp_upload_request_async (self->stream->porter, &service, "a b.png", 1000, "image/png", FALSE,
                             NULL, on_slot, self);
  iq = fixture_take (self->stream,
                     XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"),
                                         XMPP_ATTR ("to", "upload.example.org"),
                                         XMPP_EL ("request", XMPP_NS_UPLOAD,
                                                  XMPP_ATTR ("filename", "a b.png"),
                                                  XMPP_ATTR ("size", "1000"),
                                                  XMPP_ATTR ("content-type", "image/png")))));
  fixture_give (self->stream,
                "<iq xmlns='jabber:client' type='%s' from='upload.example.org' id='%s'>%s</iq>",
                type, xmpp_stanza_get_id (iq), content);
  g_assert_true (self->is_done);
}

#define SLOT(put, get)                                                                             \
  "<slot xmlns='" XMPP_NS_UPLOAD "'><put url='https://example.org/put'>" put                       \
  "</put><get url='https://example.org/get'/>" get "</slot>"

static void
test_gets_a_place (void)
{
  g_autoptr (UpFixture) f = fixture_up_new ();
  const XmppUploadHeader *header;

  request (f, "result",
           SLOT ("<header name='authorization'>Basic x</header><header name='Host'>evil</header>"
                 "<header name='Cookie'>a=b</header>",
                 ""));
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->slot->put_url, ==, "https://example.org/put");
  g_assert_cmpstr (f->slot->get_url, ==, "https://example.org/get");
  g_assert_cmpuint (f->slot->headers->len, ==, 2);
  header = g_ptr_array_index (f->slot->headers, 0);
  g_assert_cmpstr (header->name, ==, "Authorization");
  g_assert_cmpstr (header->value, ==, "Basic x");
}

static void
test_a_place_that_must_not_be_used_is_refused (void)
{
  g_autofree char *long_value = g_strnfill (9000, 'x');
  g_autofree char *long_header
      = g_strdup_printf (SLOT ("<header name='Cookie'>%s</header>", ""), long_value);
  g_autofree char *long_url
      = g_strdup_printf ("<slot xmlns='" XMPP_NS_UPLOAD "'><put url='https://example.org/%s'/><get "
                         "url='https://example.org/'/></slot>",
                         long_value);
  const char *const rows[] = {
    SLOT ("<header name='Authorization'>a&#13;&#10;X: y</header>", ""),
    SLOT ("<header name='Authorization'>a&#10;X: y</header>", ""),
    SLOT ("<header name='Cookie'>\xc3\xa4</header>", ""),
    SLOT ("<header name='Expires'></header>", ""),
    long_header,
    long_url,
    "<slot xmlns='" XMPP_NS_UPLOAD "'><put url='http://example.org/p'/><get "
    "url='https://example.org/g'/></slot>",
    "<slot xmlns='" XMPP_NS_UPLOAD "'><put url='https://example.org/p'/><get "
    "url='http://example.org/g'/></slot>",
    "<slot xmlns='" XMPP_NS_UPLOAD "'><put url='file:///p'/><get "
    "url='https://example.org/g'/></slot>",
    "<slot xmlns='" XMPP_NS_UPLOAD "'><put url='https://example.org/p'/></slot>",
    "<slot xmlns='" XMPP_NS_UPLOAD "'><get url='https://example.org/g'/></slot>",
    "<slot xmlns='other'><put url='https://a/'/><get url='https://a/'/></slot>",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (UpFixture) f = fixture_up_new ();

      request (f, "result", rows[i]);
      g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_BAD_SLOT);
      g_assert_false (xmpp_transfer_error_is_retryable (f->error));
    }
}

#define REFUSAL(condition, more)                                                                   \
  "<error type='modify'><" condition " xmlns='" XMPP_NS_STANZAS "'/>" more "</error>"

static void
test_a_refusal_says_why (void)
{
  static const struct
  {
    const char *content;
    int code;
    guint64 limit;
    gint64 retry_us;
  } rows[] = {
    { REFUSAL ("not-acceptable", "<file-too-large xmlns='" XMPP_NS_UPLOAD
                                 "'><max-file-size>20000</max-file-size></file-too-large>"),
      XMPP_TRANSFER_ERROR_TOO_LARGE, 20000, 0 },
    { REFUSAL ("not-acceptable", "<file-too-large xmlns='" XMPP_NS_UPLOAD "'/>"),
      XMPP_TRANSFER_ERROR_TOO_LARGE, 0, 0 },
    { REFUSAL ("resource-constraint",
               "<retry xmlns='" XMPP_NS_UPLOAD "' stamp='2026-11-27T10:00:00Z'/>"),
      XMPP_TRANSFER_ERROR_QUOTA, 0, G_GINT64_CONSTANT (1795773600000000) },
    { REFUSAL ("resource-constraint", ""), XMPP_TRANSFER_ERROR_QUOTA, 0, 0 },
    { REFUSAL ("not-allowed", ""), XMPP_TRANSFER_ERROR_NOT_ALLOWED, 0, 0 },
    { REFUSAL ("forbidden", ""), XMPP_TRANSFER_ERROR_NOT_ALLOWED, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (UpFixture) f = fixture_up_new ();

      request (f, "error", rows[i].content);
      g_assert_error (f->error, XMPP_TRANSFER_ERROR, rows[i].code);
      g_assert_cmpuint (xmpp_transfer_error_get_limit (f->error), ==, rows[i].limit);
      g_assert_cmpint (xmpp_transfer_error_get_retry_us (f->error), ==, rows[i].retry_us);
      g_assert_cmpint (xmpp_transfer_error_is_retryable (f->error), ==, rows[i].retry_us != 0);
    }
}

static void
test_a_file_above_the_limit_is_not_asked_for (void)
{
  g_autoptr (UpFixture) f = fixture_up_new ();
  XmppUploadService service = { (char *) "upload.example.org", 1000 };

  xmpp_upload_request_async (f->stream->porter, &service, "a", 1001, NULL, FALSE, NULL, on_slot, f);
  fixture_expect_nothing (f->stream);
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TOO_LARGE);
  g_assert_cmpuint (xmpp_transfer_error_get_limit (f->error), ==, 1000);
  g_assert_nonnull (strstr (f->error->message, "1000"));
}

int
main (int argc, char **argv)
{
  im_thread_set_role (IM_THREAD_NETWORK);
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/xmpp/upload/" #name, test_##name)
  TEST (finds_the_service_and_its_limit);
  TEST (says_when_nobody_takes_files);
  TEST (a_session_that_is_lost_says_nothing_about_the_service);
  TEST (cancelling_ends_the_search_at_once);
  TEST (gets_a_place);
  TEST (a_place_that_must_not_be_used_is_refused);
  TEST (a_refusal_says_why);
  TEST (a_file_above_the_limit_is_not_asked_for);
#undef TEST
  return g_test_run ();
}
