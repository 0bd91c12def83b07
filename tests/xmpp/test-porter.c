/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "im-loop.h"
#include "stream-fixture.h"
#include "xmpp-account.h"
#include "xmpp-disco.h"
#include "xmpp-mam.h"
#include "xmpp-node.h"

#include <string.h>

/* Handlers */

typedef struct
{
  XmppPorter *porter;
  GString *called;
  guint other; /* a handler to remove from inside */
} Calls;

static gboolean
on_first (XmppPorter *porter, XmppStanza *stanza, gpointer user_data)
{
  g_string_append (((Calls *) user_data)->called, "first ");
  return FALSE;
}

static gboolean
on_taken (XmppPorter *porter, XmppStanza *stanza, gpointer user_data)
{
  g_string_append (((Calls *) user_data)->called, "taken ");
  return TRUE;
}

static gboolean
on_never (XmppPorter *porter, XmppStanza *stanza, gpointer user_data)
{
  g_assert_not_reached ();
}

static gboolean
on_remover (XmppPorter *porter, XmppStanza *stanza, gpointer user_data)
{
  Calls *calls = user_data;

  xmpp_porter_remove_handler (porter, calls->other);
  g_string_append (calls->called, "remover ");
  return FALSE;
}

static const XmppSpec marked = XMPP_EL ("message", XMPP_NS_CLIENT, XMPP_EL ("mark", "m"));

static void
test_handlers_in_order_of_priority (void)
{
  g_autoptr (GString) called = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  Calls calls = { f->porter, called, 0 };

  fixture_go_online (f);
  xmpp_porter_add_handler (f->porter, XMPP_STANZA_MESSAGE, NULL, XMPP_PRIORITY_LOW, on_never,
                           &calls, NULL);
  xmpp_porter_add_handler (f->porter, XMPP_STANZA_MESSAGE, NULL, XMPP_PRIORITY_NORMAL, on_taken,
                           &calls, NULL);
  xmpp_porter_add_handler (f->porter, XMPP_STANZA_MESSAGE, &marked, XMPP_PRIORITY_HIGH, on_first,
                           &calls, NULL);
  xmpp_porter_add_handler (f->porter, XMPP_STANZA_PRESENCE, NULL, XMPP_PRIORITY_HIGH, on_never,
                           &calls, NULL);
  fixture_give (f, "<message xmlns='jabber:client'><mark xmlns='m'/></message>");
  g_assert_cmpstr (called->str, ==, "first taken ");
  g_string_truncate (called, 0);
  fixture_give (f, "<message xmlns='jabber:client'/>");
  g_assert_cmpstr (called->str, ==, "taken ");
}

static void
on_destroyed (gpointer data)
{
  ++*(guint *) data;
}

static void
test_handlers_may_remove_handlers (void)
{
  g_autoptr (GString) called = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  Calls calls = { f->porter, called, 0 };
  guint n_destroyed = 0;

  fixture_go_online (f);
  xmpp_porter_add_handler (f->porter, XMPP_STANZA_MESSAGE, NULL, 1, on_remover, &calls, NULL);
  calls.other = xmpp_porter_add_handler (f->porter, XMPP_STANZA_MESSAGE, NULL, 0, on_never,
                                         &n_destroyed, on_destroyed);
  fixture_give (f, "<message xmlns='jabber:client'/>");
  g_assert_cmpstr (called->str, ==, "remover ");
  g_assert_cmpuint (n_destroyed, ==, 1);
}

static void
test_requests_get_default_answers (void)
{
  static const struct
  {
    const char *request, *type, *condition;
  } rows[] = {
    { "<iq xmlns='jabber:client' type='get' from='b@c/d' id='1'><q xmlns='n'/></iq>", "error",
      "service-unavailable" },
    { "<iq xmlns='jabber:client' type='set' from='b@c/d' id='1'><q xmlns='n'/></iq>", "error",
      "service-unavailable" },
    { "<iq xmlns='jabber:client' type='get' from='b@c/d' id='1'><ping xmlns='urn:xmpp:ping'/></iq>",
      "result", NULL },
  };
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fixture_give (f, "%s", rows[i].request);
      if (rows[i].condition != NULL)
        fixture_expect (f, XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", rows[i].type),
                                    XMPP_ATTR ("to", "b@c/d"), XMPP_ATTR ("id", "1"),
                                    XMPP_EL ("error", NULL,
                                             XMPP_EL (rows[i].condition, XMPP_NS_STANZAS))));
      else
        fixture_expect (f, XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", rows[i].type),
                                    XMPP_ATTR ("to", "b@c/d")));
      fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
      fixture_give (f, "<a xmlns='" XMPP_NS_SM "' h='%u'/>", (guint) i + 1);
    }
  fixture_give (f, "<iq xmlns='jabber:client' type='get' from='b@c/d'/>");
  fixture_give (f, "<iq xmlns='jabber:client' type='odd' from='b@c/d' id='1'/>");
  fixture_give (f, "<iq xmlns='jabber:client' type='result' from='b@c/d' id='1'/>");
  fixture_expect_nothing (f);
}

/* Requests */

typedef struct
{
  gboolean done;
  GError *error;
  XmppStanza *reply;
} Answer;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  g_assert_false (answer->done);
  answer->done = TRUE;
  answer->reply = xmpp_porter_send_iq_finish (XMPP_PORTER (source), result, &answer->error);
}

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->reply, xmpp_stanza_unref);
  g_clear_error (&answer->error);
  answer->done = FALSE;
}

static void
ask (StreamFixture *f, const char *to, GCancellable *cancellable, Answer *answer)
{
  g_autoptr (XmppStanza) iq = xmpp_stanza_new (
      XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "get"), XMPP_ATTR ("to", to),
                          XMPP_ATTR ("id", "q1"), XMPP_EL ("q", "n"))));

  xmpp_porter_send_iq_async (f->porter, iq, cancellable, on_answer, answer);
  fixture_turn (f);
}

static void
test_only_the_one_who_was_asked_may_answer (void)
{
  static const struct
  {
    const char *to, *from;
    gboolean allowed;
  } rows[] = {
    { "bob@example.org/x", "bob@example.org/x", TRUE },
    { "bob@example.org/x", "Bob@Example.org/x", TRUE },
    { "bob@example.org/x", "bob@example.org/y", FALSE },
    { "bob@example.org/x", "bob@example.org", FALSE },
    { "bob@example.org/x", "mallory@example.org/x", FALSE },
    { "bob@example.org/x", NULL, FALSE },
    { "bob@example.org/x", "example.org", FALSE },
    { NULL, NULL, TRUE },
    { NULL, FIXTURE_JID, TRUE },
    { NULL, FIXTURE_FULL_JID, TRUE },
    { NULL, "example.org", TRUE },
    { NULL, "mallory@example.org", FALSE },
    { NULL, "alice@example.org/other", FALSE },
    { FIXTURE_JID, NULL, TRUE },
    { FIXTURE_JID, FIXTURE_JID, TRUE },
    { FIXTURE_JID, "example.org", FALSE },
    { "example.org", "example.org", TRUE },
    { "example.org", NULL, TRUE },
    { "example.org", FIXTURE_JID, FALSE },
    { "conference.example.org", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Answer answer = { 0 };
      g_autofree char *from
          = rows[i].from != NULL ? g_strdup_printf ("from='%s'", rows[i].from) : g_strdup ("");

      {
        g_autoptr (StreamFixture) f = fixture_new (NULL);

        fixture_go_online (f);
        ask (f, rows[i].to, NULL, &answer);
        fixture_give (f, "<iq xmlns='jabber:client' type='result' id='other' %s/>", from);
        g_assert_false (answer.done);
        fixture_give (f, "<iq xmlns='jabber:client' type='result' id='q1' %s/>", from);
        if (answer.done != rows[i].allowed)
          g_error ("row %" G_GSIZE_FORMAT ": %s answering for %s", i, rows[i].from, rows[i].to);
        g_assert_true ((answer.reply != NULL) == rows[i].allowed);
      }
      answer_clear (&answer);
    }
}

static void
test_refusals_are_errors (void)
{
  Answer answer = { 0 };
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  ask (f, "b@c", NULL, &answer);
  fixture_give (f, "<iq xmlns='jabber:client' type='error' id='q1' from='b@c'><error type='cancel'>"
                   "<item-not-found xmlns='" XMPP_NS_STANZAS "'/></error></iq>");
  g_assert_error (answer.error, XMPP_ERROR, XMPP_ERROR_ITEM_NOT_FOUND);
  answer_clear (&answer);
}

static void
test_silence_is_an_error_after_a_time (void)
{
  Answer answer = { 0 };
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  ask (f, "b@c", NULL, &answer);
  for (guint second = 0; second < 29; second++)
    {
      fake_clock_advance (f->clock, 1000);
      fixture_give (f, "<presence xmlns='jabber:client'/>");
    }
  g_assert_false (answer.done);
  fake_clock_advance (f->clock, 1500);
  g_assert_error (answer.error, XMPP_ERROR, XMPP_ERROR_REQUEST_TIMEOUT);
  answer_clear (&answer);
  /* The late answer goes nowhere. */
  fixture_give (f, "<iq xmlns='jabber:client' type='result' id='q1' from='b@c'/>");
  g_assert_false (answer.done);
}

static void
test_requests_can_be_cancelled (void)
{
  Answer answer = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  ask (f, "b@c", cancellable, &answer);
  g_cancellable_cancel (cancellable);
  fixture_turn (f);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  answer_clear (&answer);
  ask (f, "b@c", cancellable, &answer); /* cancelled before */
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  answer_clear (&answer);
}

static void
test_requests_survive_a_resumption_and_not_more (void)
{
  Answer answer = { 0 };
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autoptr (GError) lost = g_error_new_literal (XMPP_ERROR, XMPP_ERROR_IO, "cut");

  fixture_go_online (f);
  ask (f, "b@c", NULL, &answer);
  fake_transport_cut (f->transport, lost);
  fixture_reconnect (f);
  fixture_expect (f, XMPP_EL ("resume", XMPP_NS_SM));
  fixture_give (f, "<resumed xmlns='" XMPP_NS_SM "' h='1'/>");
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  fixture_give (f, "<a xmlns='" XMPP_NS_SM "' h='1'/>");
  g_assert_false (answer.done);
  fixture_give (f, "<iq xmlns='jabber:client' type='result' id='q1' from='b@c'/>");
  g_assert_nonnull (answer.reply);
  answer_clear (&answer);

  ask (f, "b@c", NULL, &answer);
  fake_transport_cut (f->transport, lost);
  fixture_reconnect (f);
  fixture_expect (f, XMPP_EL ("resume", XMPP_NS_SM));
  fixture_give (f, "<failed xmlns='" XMPP_NS_SM "' h='2'/>");
  g_assert_error (answer.error, XMPP_ERROR, XMPP_ERROR_SESSION_LOST);
  answer_clear (&answer);
}

static void
test_requests_without_connection_fail (void)
{
  Answer answer = { 0 };
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  ask (f, "b@c", NULL, &answer);
  g_assert_error (answer.error, XMPP_ERROR, XMPP_ERROR_NOT_CONNECTED);
  answer_clear (&answer);
}

/* Archive */

typedef struct
{
  gboolean done;
  XmppMamPage *page;
  GError *error;
} Page;

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Page *page = user_data;

  page->done = TRUE;
  page->page = xmpp_mam_query_finish (XMPP_PORTER (source), result, &page->error);
}

static void
page_clear (Page *page)
{
  g_clear_pointer (&page->page, xmpp_mam_page_free);
  g_clear_error (&page->error);
  page->done = FALSE;
}

static void
give_result (StreamFixture *f, const char *from, const char *query_id, const char *id)
{
  fixture_give (
      f,
      "<message xmlns='jabber:client' %s><result xmlns='urn:xmpp:mam:2' queryid='%s' id='%s'>"
      "<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' "
      "stamp='2026-11-23T10:00:00Z'/>"
      "<message xmlns='jabber:client' from='bob@example.org/x' to='" FIXTURE_JID "' type='chat'>"
      "<body>%s</body></message></forwarded></result></message>",
      from, query_id, id, id);
}

static void
give_fin (StreamFixture *f, const char *iq_id, const char *fin)
{
  fixture_give (f, "<iq xmlns='jabber:client' type='result' id='%s'>%s</iq>", iq_id, fin);
}

static void
on_live (XmppPorter *porter, XmppMessage *message, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", message->body);
}

static const char *
query_id_of (XmppStanza *iq)
{
  return xmpp_node_attr (xmpp_node_child (xmpp_stanza_get_root (iq), "query", XMPP_NS_MAM),
                         "queryid");
}

static void
test_archive_pages (void)
{
  Page page = { 0 };
  g_autoptr (GString) live = g_string_new (NULL);
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autoptr (XmppStanza) iq = NULL;
  XmppMamQuery query = { .with = "bob@example.org", .start_us = 1000000, .after = "a0", .max = 30 };

  fixture_go_online (f);
  xmpp_message_add_handler (f->porter, on_live, live);
  xmpp_mam_query_async (f->porter, &query, NULL, on_page, &page);
  iq = fixture_take (
      f, XMPP_SPEC (XMPP_EL (
             "iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
             XMPP_EL ("query", XMPP_NS_MAM,
                      XMPP_EL ("x", XMPP_NS_DATA_FORMS, XMPP_ATTR ("type", "submit"),
                               XMPP_EL ("field", NULL, XMPP_ATTR ("var", "FORM_TYPE"),
                                        XMPP_TEXT_EL ("value", NULL, XMPP_NS_MAM)),
                               XMPP_EL ("field", NULL, XMPP_ATTR ("var", "with"),
                                        XMPP_TEXT_EL ("value", NULL, "bob@example.org")),
                               XMPP_EL ("field", NULL, XMPP_ATTR ("var", "start"),
                                        XMPP_TEXT_EL ("value", NULL, "1970-01-01T00:00:01Z"))),
                      XMPP_EL ("set", XMPP_NS_RSM, XMPP_TEXT_EL ("max", NULL, "30"),
                               XMPP_TEXT_EL ("after", NULL, "a0"))))));
  give_result (f, "from='" FIXTURE_JID "'", query_id_of (iq), "a1");
  give_result (f, "", query_id_of (iq), "a2");
  /* Forged: another archive, another query, the own full address, the server. */
  give_result (f, "from='mallory@example.org'", query_id_of (iq), "evil1");
  give_result (f, "from='" FIXTURE_JID "'", "guess", "evil2");
  give_result (f, "from='" FIXTURE_FULL_JID "'", query_id_of (iq), "evil3");
  give_result (f, "from='example.org'", query_id_of (iq), "evil4");
  give_fin (f, xmpp_stanza_get_id (iq),
            "<fin xmlns='urn:xmpp:mam:2' complete='true'><set xmlns='" XMPP_NS_RSM
            "'><first>a1</first><last>a2</last><count>7</count></set></fin>");
  g_assert_no_error (page.error);
  g_assert_cmpuint (page.page->items->len, ==, 2);
  g_assert_cmpstr (((XmppMessage *) g_ptr_array_index (page.page->items, 0))->archive_id, ==, "a1");
  g_assert_cmpstr (((XmppMessage *) g_ptr_array_index (page.page->items, 1))->body, ==, "a2");
  g_assert_cmpstr (page.page->first, ==, "a1");
  g_assert_cmpstr (page.page->last, ==, "a2");
  g_assert_true (page.page->complete);
  g_assert_cmpint (page.page->count, ==, 7);
  page_clear (&page);
  /* The query is over: its results count no more, and never as live messages. */
  give_result (f, "from='" FIXTURE_JID "'", query_id_of (iq), "late");
  g_assert_cmpstr (live->str, ==, "");
  fixture_give (f, "<message xmlns='jabber:client'><body>real</body></message>");
  g_assert_cmpstr (live->str, ==, "real ");
}

static void
test_an_archive_cannot_send_more_than_was_asked_for (void)
{
  Page page = { 0 };
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autoptr (XmppStanza) iq = NULL;
  XmppMamQuery query = { .max = 2 };

  fixture_go_online (f);
  xmpp_mam_query_async (f->porter, &query, NULL, on_page, &page);
  iq = fixture_take (f, XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT)));
  for (guint i = 0; i < 1000; i++)
    give_result (f, "", query_id_of (iq), "a");
  give_fin (f, xmpp_stanza_get_id (iq), "<fin xmlns='urn:xmpp:mam:2' complete='true'/>");
  g_assert_error (page.error, XMPP_ERROR, XMPP_ERROR_UNEXPECTED_REPLY);
  page_clear (&page);
}

static void
test_archive_of_a_room (void)
{
  Page page = { 0 };
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autoptr (XmppStanza) iq = NULL;
  XmppMamQuery query = { .to = "Room@conf.example.org", .before = "" };

  fixture_go_online (f);
  xmpp_mam_query_async (f->porter, &query, NULL, on_page, &page);
  iq = fixture_take (
      f, XMPP_SPEC (
             XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("to", "Room@conf.example.org"),
                      XMPP_EL ("query", XMPP_NS_MAM,
                               XMPP_EL ("set", XMPP_NS_RSM, XMPP_TEXT_EL ("before", NULL, ""))))));
  give_result (f, "", query_id_of (iq), "own");
  give_result (f, "from='" FIXTURE_JID "'", query_id_of (iq), "own");
  give_result (f, "from='room@conf.example.org'", query_id_of (iq), "r1");
  fixture_give (f,
                "<iq xmlns='jabber:client' type='result' from='room@conf.example.org' id='%s'>"
                "<fin xmlns='urn:xmpp:mam:2'/></iq>",
                xmpp_stanza_get_id (iq));
  g_assert_no_error (page.error);
  g_assert_cmpuint (page.page->items->len, ==, 1);
  g_assert_false (page.page->complete);
  g_assert_cmpint (page.page->count, ==, -1);
  page_clear (&page);
}

static void
test_archive_errors (void)
{
  Page page = { 0 };
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autoptr (XmppStanza) first = NULL;
  g_autoptr (XmppStanza) second = NULL;
  XmppMamQuery query = { .count_only = TRUE };

  fixture_go_online (f);
  xmpp_mam_query_async (f->porter, &query, NULL, on_page, &page);
  first
      = fixture_take (f, XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT,
                                             XMPP_EL ("query", XMPP_NS_MAM,
                                                      XMPP_EL ("set", XMPP_NS_RSM,
                                                               XMPP_TEXT_EL ("max", NULL, "0"))))));
  fixture_give (f,
                "<iq xmlns='jabber:client' type='error' id='%s'><error "
                "type='cancel'><item-not-found xmlns='" XMPP_NS_STANZAS "'/></error></iq>",
                xmpp_stanza_get_id (first));
  g_assert_error (page.error, XMPP_ERROR, XMPP_ERROR_ITEM_NOT_FOUND);
  page_clear (&page);
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  xmpp_mam_query_async (f->porter, &query, NULL, on_page, &page);
  second = fixture_take (f, XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT)));
  give_fin (f, xmpp_stanza_get_id (second), "");
  g_assert_error (page.error, XMPP_ERROR, XMPP_ERROR_UNEXPECTED_REPLY);
  page_clear (&page);
}

/* Disco and small requests */

static void
on_info (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(XmppDiscoInfo **) user_data = xmpp_disco_info_finish (XMPP_PORTER (source), result, &error);
  g_assert_no_error (error);
}

static void
on_items (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) user_data = xmpp_disco_items_finish (XMPP_PORTER (source), result, &error);
  g_assert_no_error (error);
}

static void
test_disco_asks (void)
{
  g_autoptr (XmppDiscoInfo) info = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (StreamFixture) f = fixture_new (NULL);
  g_autoptr (XmppStanza) ask_info = NULL;
  g_autoptr (XmppStanza) ask_items = NULL;

  fixture_go_online (f);
  xmpp_disco_info_async (f->porter, NULL, NULL, NULL, on_info, &info);
  ask_info
      = fixture_take (f, XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("to", FIXTURE_JID),
                                             XMPP_EL ("query", XMPP_NS_DISCO_INFO))));
  fixture_give (f,
                "<iq xmlns='jabber:client' type='result' id='%s'><query xmlns='" XMPP_NS_DISCO_INFO
                "'><identity category='account' type='registered'/><feature "
                "var='urn:xmpp:mam:2'/><feature/></query></iq>",
                xmpp_stanza_get_id (ask_info));
  g_assert_true (xmpp_disco_info_has_feature (info, XMPP_NS_MAM));
  g_assert_false (xmpp_disco_info_has_feature (info, XMPP_NS_CARBONS));
  g_assert_true (xmpp_disco_info_has_identity (info, "account", "registered"));
  g_assert_false (xmpp_disco_info_has_identity (info, "account", "admin"));
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  xmpp_disco_items_async (f->porter, "example.org", "n", NULL, on_items, &items);
  ask_items
      = fixture_take (f, XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("to", "example.org"),
                                             XMPP_EL ("query", XMPP_NS_DISCO_ITEMS,
                                                      XMPP_ATTR ("node", "n")))));
  fixture_give (f,
                "<iq xmlns='jabber:client' type='result' from='example.org' id='%s'><query "
                "xmlns='" XMPP_NS_DISCO_ITEMS
                "'><item jid='conference.example.org' name='Groups'/><item/></query></iq>",
                xmpp_stanza_get_id (ask_items));
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (((XmppDiscoItem *) g_ptr_array_index (items, 0))->jid, ==,
                   "conference.example.org");
}

static void
test_disco_answers (void)
{
  static const char *const features[] = { XMPP_NS_RECEIPTS, XMPP_NS_MARKERS, NULL };
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  xmpp_disco_serve (f->porter, "pc", "Linnet", features);
  fixture_give (
      f,
      "<iq xmlns='jabber:client' type='get' from='b@c/d' id='1'><query xmlns='" XMPP_NS_DISCO_INFO
      "'/></iq>");
  fixture_expect (
      f, XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "result"), XMPP_ATTR ("to", "b@c/d"),
                  XMPP_EL ("query", XMPP_NS_DISCO_INFO,
                           XMPP_EL ("identity", NULL, XMPP_ATTR ("category", "client"),
                                    XMPP_ATTR ("type", "pc"), XMPP_ATTR ("name", "Linnet")),
                           XMPP_EL ("feature", NULL, XMPP_ATTR ("var", XMPP_NS_DISCO_INFO)),
                           XMPP_EL ("feature", NULL, XMPP_ATTR ("var", XMPP_NS_PING)),
                           XMPP_EL ("feature", NULL, XMPP_ATTR ("var", XMPP_NS_MARKERS)))));
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  fixture_give (f, "<iq xmlns='jabber:client' type='get' from='b@c/d' id='2'><query node='x' "
                   "xmlns='" XMPP_NS_DISCO_INFO "'/></iq>");
  fixture_expect (f, XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "error"),
                              XMPP_ATTR ("id", "2")));
}

typedef gboolean (*FinishFunc) (XmppPorter *porter, GAsyncResult *result, GError **error);

static FinishFunc finish_func;
static gboolean finished;

static void
on_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (finish_func (XMPP_PORTER (source), result, &error));
  finished = TRUE;
}

static void
answer_and_check (StreamFixture *f, const XmppSpec *spec, FinishFunc func)
{
  g_autoptr (XmppStanza) iq = fixture_take (f, spec);
  const char *to = xmpp_stanza_get_to (iq);

  finish_func = func;
  finished = FALSE;
  fixture_give (f, "<iq xmlns='jabber:client' type='result' id='%s' from='%s'/>",
                xmpp_stanza_get_id (iq), to != NULL ? to : FIXTURE_JID);
  g_assert_true (finished);
  fixture_expect (f, XMPP_EL ("r", XMPP_NS_SM));
  fixture_give (f, "<a xmlns='" XMPP_NS_SM "' h='%u'/>", xmpp_sm_get_sent (f->stream->sm));
}

static void
test_small_requests (void)
{
  g_autoptr (StreamFixture) f = fixture_new (NULL);

  fixture_go_online (f);
  xmpp_carbons_enable_async (f->porter, NULL, on_finished, NULL);
  answer_and_check (f,
                    XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("type", "set"),
                                        XMPP_EL ("enable", XMPP_NS_CARBONS))),
                    xmpp_carbons_enable_finish);
  xmpp_ping_async (f->porter, NULL, NULL, on_finished, NULL);
  answer_and_check (f,
                    XMPP_SPEC (XMPP_EL ("iq", XMPP_NS_CLIENT, XMPP_ATTR ("to", "example.org"),
                                        XMPP_EL ("ping", XMPP_NS_PING))),
                    xmpp_ping_finish);
  xmpp_offline_purge_async (f->porter, NULL, on_finished, NULL);
  answer_and_check (f,
                    XMPP_SPEC (
                        XMPP_EL ("iq", XMPP_NS_CLIENT,
                                 XMPP_EL ("offline", XMPP_NS_OFFLINE, XMPP_EL ("purge", NULL)))),
                    xmpp_offline_purge_finish);
}

int
main (int argc, char **argv)
{
#define ADD(path, func) g_test_add_func ("/xmpp/porter/" path, func)
  g_test_init (&argc, &argv, NULL);
  im_thread_set_role (IM_THREAD_NETWORK);
  ADD ("handlers-in-order-of-priority", test_handlers_in_order_of_priority);
  ADD ("handlers-may-remove-handlers", test_handlers_may_remove_handlers);
  ADD ("requests-get-default-answers", test_requests_get_default_answers);
  ADD ("only-the-one-who-was-asked-may-answer", test_only_the_one_who_was_asked_may_answer);
  ADD ("refusals-are-errors", test_refusals_are_errors);
  ADD ("silence-is-an-error-after-a-time", test_silence_is_an_error_after_a_time);
  ADD ("requests-can-be-cancelled", test_requests_can_be_cancelled);
  ADD ("requests-survive-a-resumption-and-not-more",
       test_requests_survive_a_resumption_and_not_more);
  ADD ("requests-without-connection-fail", test_requests_without_connection_fail);
  ADD ("archive-pages", test_archive_pages);
  ADD ("an-archive-cannot-send-more-than-was-asked-for",
       test_an_archive_cannot_send_more_than_was_asked_for);
  ADD ("archive-of-a-room", test_archive_of_a_room);
  ADD ("archive-errors", test_archive_errors);
  ADD ("disco-asks", test_disco_asks);
  ADD ("disco-answers", test_disco_answers);
  ADD ("small-requests", test_small_requests);
  return g_test_run ();
}
