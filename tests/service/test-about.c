/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "im-about-jobs.h"
#include "im-json.h"
#include "im-store-private.h"

#define BOB "bob@example.org/phone"
#define RETRACT(id) "<retract xmlns='" XMPP_NS_RETRACT "' id='" id "'/><body>fallback</body>"
#define REPLACE(id, text) "<replace xmlns='" XMPP_NS_CORRECT "' id='" id "'/><body>" text "</body>"
#define REACT(id, more) "<reactions xmlns='" XMPP_NS_REACTIONS "' id='" id "'>" more "</reactions>"
#define REACTION(text) "<reaction>" text "</reaction>"

static void
on_revoked (const char *json, const void *user_data)
{
  g_string_append_printf (((SessionFixture *) user_data)->told, "revoked %s\n", json);
}

static void
on_reactions (const char *json, const void *user_data)
{
  g_string_append_printf (((SessionFixture *) user_data)->told, "reactions %s\n", json);
}

static void
on_answer (int32_t code, const char *desc, const char *json, const void *user_data)
{
  g_string_append_printf (((SessionFixture *) user_data)->told, "result \"%d\" %s\n", code, json);
}

static SessionFixture *
new_fixture (void)
{
  SessionFixture *f = session_fixture_new ();

  im_events_set_callback (f->events, IM_CALLBACK_REVOKE, G_CALLBACK (on_revoked), f);
  im_events_set_callback (f->events, IM_CALLBACK_REACTIONS, G_CALLBACK (on_reactions), f);
  return f;
}

static void
give (SessionFixture *f, const char *from, const char *id, const char *content)
{
  session_fixture_give (f,
                        "<message xmlns='jabber:client' type='chat' from='%s' "
                        "to='alice@example.org/desktop' id='%s'>%s</message>",
                        from, id, content);
}

static guint
count_lines (SessionFixture *f, const char *kind)
{
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  session_fixture_turn (f);
  lines = g_strsplit (f->told->str, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    n += g_str_has_prefix (*line, kind);
  return n;
}

static ImStoreMessage *
get (SessionFixture *f, const char *id, gboolean own)
{
  ImStoreMessage *row = im_store_message_find_wire (im_session_get_store (f->session), IM_CONV_C2C,
                                                    "bob", id, own, NULL);

  g_assert_nonnull (row);
  return row;
}

static void
expect_revoked (SessionFixture *f, const char *id, gboolean own, gboolean revoked)
{
  g_autoptr (ImStoreMessage) row = get (f, id, own);

  g_assert_cmpint (row->msg->status == IM_MSG_REVOKED, ==, revoked);
  g_assert_cmpuint (row->msg->elems->len, ==, revoked ? 0 : 1);
}

/* "sender:a,b sender:c" */
static void
expect_reactions (SessionFixture *f, const char *id, gboolean own, const char *expected)
{
  g_autoptr (ImStoreMessage) row = get (f, id, own);
  g_autoptr (GPtrArray) list
      = im_store_reactions_list (im_session_get_store (f->session), row->row_id, NULL);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const ImStoreReactions *one = g_ptr_array_index (list, i);
      g_autofree char *texts = g_strjoinv (",", one->reactions);

      g_string_append_printf (found, "%s%s:%s", i > 0 ? " " : "", one->sender, texts);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static guint
count_waiting (SessionFixture *f)
{
  ImStore *store = im_session_get_store (f->session);
  sqlite3_stmt *statement = NULL;
  guint n;

  g_assert_cmpint (sqlite3_prepare_v2 (store->db, "SELECT count (*) FROM about", -1, &statement,
                                       NULL),
                   ==, SQLITE_OK);
  sqlite3_step (statement);
  n = (guint) sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

static guint64
unread (SessionFixture *f)
{
  g_autoptr (ImConv) conv
      = im_store_conversation_get (im_session_get_store (f->session), IM_CONV_C2C, "bob", NULL);

  return conv != NULL ? conv->unread_num : 0;
}

/* What was sent since the last call: "text", "retract:id", "replace:id=text", "react:id=a,b". */
static void
expect_sent (SessionFixture *f, const char *expected)
{
  g_autoptr (GString) sent = g_string_new (NULL);
  XmppStanza *stanza;

  session_fixture_turn (f);
  while ((stanza = g_queue_pop_head (&f->messages)) != NULL)
    {
      const xmlNode *root = xmpp_stanza_get_root (stanza);
      const xmlNode *retract = xmpp_node_child (root, "retract", XMPP_NS_RETRACT);
      const xmlNode *replace = xmpp_node_child (root, "replace", XMPP_NS_CORRECT);
      const xmlNode *react = xmpp_node_child (root, "reactions", XMPP_NS_REACTIONS);
      const xmlNode *body = xmpp_node_child (root, "body", NULL);
      g_autofree char *text = body != NULL ? xmpp_node_dup_text (body) : NULL;

      if (sent->len > 0)
        g_string_append_c (sent, ' ');
      if (retract != NULL)
        g_string_append_printf (sent, "retract");
      else if (react != NULL)
        {
          g_string_append_printf (sent, "react");
          xmpp_node_foreach (react, one, "reaction", XMPP_NS_REACTIONS)
          {
            g_autofree char *reaction = xmpp_node_dup_text (one);

            g_string_append_printf (sent, ":%s", reaction);
          }
        }
      else
        g_string_append_printf (sent, "%s%s", replace != NULL ? "replace:" : "",
                                text != NULL ? text : "");
      xmpp_stanza_unref (stanza);
    }
  g_assert_cmpstr (sent->str, ==, expected);
}

static void
run (SessionFixture *f, ImJobFunc func, const ImMsg *msg, const char *text, const char *reaction)
{
  g_autoptr (ImJob) job = g_new0 (ImJob, 1);
  ImMsg *param = im_json_copy (msg);

  job->call = im_call_new (f->events, on_answer, f);
  job->conv_type = IM_CONV_C2C;
  job->conv_id = g_strdup ("bob");
  job->param = param;
  job->text = g_strdup (reaction);
  if (text != NULL)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":\"%s\"}]}", text);
      g_autoptr (ImMsg) content = im_json_parse (&im_msg_type, json, -1, IM_JSON_LENIENT, NULL);

      g_clear_pointer (&param->elems, g_ptr_array_unref);
      param->elems = g_ptr_array_ref (content->elems);
    }
  func (f->session, job);
  session_fixture_turn (f);
}

static void
expect_result (SessionFixture *f, const char *code)
{
  g_autofree char *line = g_strdup_printf ("result \"%s\"", code);

  g_assert_cmpuint (count_lines (f, line), >=, 1);
}

static void
change (SessionFixture *f, ImJobFunc func, gint64 row_id, const char *text, const char *reaction)
{
  g_autoptr (ImStoreMessage) row
      = im_store_message_get (im_session_get_store (f->session), row_id, NULL);

  run (f, func, row->msg, text, reaction);
}

/* Receiving */

static void
test_the_author_takes_a_message_back (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "hello");
  g_assert_cmpuint (unread (f), ==, 1);
  give (f, BOB, "r1", RETRACT ("m1"));
  expect_revoked (f, "m1", FALSE, TRUE);
  g_assert_cmpuint (unread (f), ==, 0);
  g_assert_cmpuint (count_lines (f, "revoked"), ==, 1);
  g_assert_cmpuint (session_fixture_count (f, "received", "fallback"), ==, 0);
  give (f, BOB, "r2", RETRACT ("m1"));
  g_assert_cmpuint (count_lines (f, "revoked"), ==, 1);
}

static void
test_nobody_else_takes_a_message_back (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  g_autofree char *own = NULL;
  g_autofree char *words = NULL;

  session_fixture_log_in (f);
  own = session_fixture_dup_id (f, session_fixture_send (f, "mine"));
  session_fixture_give_text (f, "m1", NULL, "hello");
  give (f, "carol@example.org/x", "r1", RETRACT ("m1"));
  give (f, "carol@example.org/x", "c1", REPLACE ("m1", "forged"));
  words = g_strdup_printf ("<retract xmlns='" XMPP_NS_RETRACT "' id='%s'/>", own);
  give (f, BOB, "r2", words);
  expect_revoked (f, "m1", FALSE, FALSE);
  expect_revoked (f, own, TRUE, FALSE);
  session_fixture_expect_history (f, "mine hello");
  g_assert_cmpuint (count_lines (f, "revoked"), ==, 0);
  g_assert_cmpuint (count_lines (f, "updated"), ==, 0);
}

static void
test_a_correction_replaces_the_text (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "helo");
  give (f, BOB, "c1", REPLACE ("m1", "hello"));
  give (f, BOB, "c1", REPLACE ("m1", "hello"));
  session_fixture_expect_history (f, "hello");
  g_assert_cmpuint (session_fixture_count (f, "updated", "hello"), ==, 1);
  g_assert_cmpuint (count_lines (f, "received"), ==, 1);
  g_assert_cmpuint (unread (f), ==, 1);
}

static void
test_words_wait_for_their_message (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();

  session_fixture_log_in (f);
  give (f, BOB, "c1", REPLACE ("m1", "hello"));
  give (f, BOB, "e1", REACT ("m1", REACTION ("x")));
  give (f, "carol@example.org/x", "r0", RETRACT ("m1"));
  give (f, BOB, "r1", RETRACT ("m2"));
  g_assert_cmpuint (count_lines (f, "received"), ==, 0);
  session_fixture_give_text (f, "m1", NULL, "helo");
  session_fixture_give_text (f, "m2", NULL, "oops");
  g_assert_cmpuint (session_fixture_count (f, "received", "hello"), ==, 1);
  g_assert_cmpuint (session_fixture_count (f, "received", "oops"), ==, 0);
  expect_revoked (f, "m1", FALSE, FALSE);
  expect_revoked (f, "m2", FALSE, TRUE);
  expect_reactions (f, "m1", FALSE, "bob:x");
  g_assert_cmpuint (unread (f), ==, 1);
}

static void
test_an_older_correction_comes_too_late (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "one");
  give (f, BOB, "c2", REPLACE ("m1", "three"));
  give (
      f, BOB, "c1",
      REPLACE (
          "m1",
          "two") "<delay xmlns='urn:xmpp:delay' from='example.org' stamp='2020-01-01T00:00:00Z'/>");
  session_fixture_expect_history (f, "three");
}

/* Of our own clients, which count: the order of times does not matter, nor that of arriving. */
#define COUNTED(id, text, version)                                                                 \
  REPLACE (id, text)                                                                               \
  "<tim xmlns='urn:linnet:tim:1'><json xmlns='urn:xmpp:json:0'>"                                   \
  "{\"message_version\":" version "}</json></tim>"
#define LONG_AGO "<delay xmlns='urn:xmpp:delay' from='example.org' stamp='2020-01-01T00:00:00Z'/>"

static void
test_the_highest_version_is_the_newest (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "one");
  give (f, BOB, "c1", COUNTED ("m1", "two", "1"));
  give (f, BOB, "c2", COUNTED ("m1", "three", "2") LONG_AGO);
  session_fixture_expect_history (f, "three");
  give (f, BOB, "c1", COUNTED ("m1", "two", "1"));
  session_fixture_expect_history (f, "three");
  g_assert_cmpuint (session_fixture_count (f, "updated", "two"), ==, 1);
  /* The same while the message is not here. */
  give (f, BOB, "c5", COUNTED ("m2", "last", "2") LONG_AGO);
  give (f, BOB, "c4", COUNTED ("m2", "middle", "1"));
  session_fixture_give_text (f, "m2", NULL, "first");
  session_fixture_expect_history (f, "three last");
}

static void
test_reactions_are_one_set_of_each (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  g_autofree char *own = NULL;
  g_autofree char *words = NULL;

  session_fixture_log_in (f);
  own = session_fixture_dup_id (f, session_fixture_send (f, "mine"));
  session_fixture_give_text (f, "m1", NULL, "hello");
  give (f, BOB, "e1", REACT ("m1", REACTION ("a") REACTION ("b")));
  expect_reactions (f, "m1", FALSE, "bob:a,b");
  give (f, BOB, "e2", REACT ("m1", REACTION ("c")));
  give (f, BOB, "e3", REACT ("m1", REACTION ("c")));
  expect_reactions (f, "m1", FALSE, "bob:c");
  give (f, BOB, "e4", REACT ("m1", ""));
  expect_reactions (f, "m1", FALSE, "bob:");
  g_assert_cmpuint (count_lines (f, "reactions"), >=, 1);
  words = g_strdup_printf ("<reactions xmlns='" XMPP_NS_REACTIONS
                           "' id='%s'><reaction>d</reaction></reactions>",
                           own);
  give (f, BOB, "e5", words);
  expect_reactions (f, own, TRUE, "bob:d");
  give (f, "carol@example.org/x", "e6", REACT ("m1", REACTION ("z")));
  expect_reactions (f, "m1", FALSE, "bob:");
}

static void
test_a_flood_waits_within_bounds (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();

  session_fixture_log_in (f);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *words = g_strdup_printf ("<reactions xmlns='" XMPP_NS_REACTIONS
                                                "' id='t%u'><reaction>x</reaction></reactions>",
                                                i);

      give (f, BOB, "e", words);
    }
  g_assert_cmpuint (count_waiting (f), ==, 500);
  g_assert_cmpuint (count_lines (f, "received"), ==, 0);
}

static void
test_a_retraction_is_not_taken_back (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "hello");
  give (f, BOB, "r1", RETRACT ("m1"));
  give (f, BOB, "r2", RETRACT ("r1"));
  give (f, BOB, "c1", REPLACE ("m1", "back"));
  expect_revoked (f, "m1", FALSE, TRUE);
  g_assert_cmpuint (session_fixture_count (f, "received", "fallback"), ==, 0);
}

static void
on_conversation (int event, const char *json, const void *user_data)
{
  g_string_append_printf (((SessionFixture *) user_data)->told, "conversation %d %s\n", event,
                          json);
}

/* The list shows the newest message, and how many are unread, as they are now. */
static void
expect_conversation (SessionFixture *f, guint64 unread_num, gint64 status)
{
  g_autoptr (ImConv) conv
      = im_store_conversation_get (im_session_get_store (f->session), IM_CONV_C2C, "bob", NULL);

  g_assert_cmpuint (conv->unread_num, ==, unread_num);
  g_assert_cmpint (conv->last_msg->status, ==, status);
}

static void
test_the_last_message_of_a_conversation_is_taken_back (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();

  im_events_set_callback (f->events, IM_CALLBACK_CONVERSATION, G_CALLBACK (on_conversation), f);
  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "first");
  session_fixture_give_text (f, "m2", NULL, "last");
  g_string_truncate (f->told, 0);
  give (f, BOB, "r1", RETRACT ("m2"));
  expect_conversation (f, 1, IM_MSG_REVOKED);
  g_assert_cmpuint (count_lines (f, "revoked"), ==, 1);
  g_assert_cmpuint (count_lines (f, "updated"), ==, 1);
  g_assert_cmpuint (count_lines (f, "conversation"), ==, 1);
  /* Told again, it is no news. */
  give (f, BOB, "r2", RETRACT ("m2"));
  g_assert_cmpuint (count_lines (f, "revoked"), ==, 1);
  g_assert_cmpuint (count_lines (f, "updated"), ==, 1);
  g_assert_cmpuint (count_lines (f, "conversation"), ==, 1);
  session_fixture_give_text (f, "m3", NULL, "newest");
  expect_conversation (f, 2, IM_MSG_SEND_SUCC);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(ImMsgSearchResult **) user_data = im_store_search_finish (result, &error);
  g_assert_no_error (error);
}

static void
expect_found (SessionFixture *f, const char *word, gboolean found)
{
  g_autoptr (ImMsgSearchParam) param = im_json_new (&im_msg_search_param_type);
  g_autoptr (ImMsgSearchResult) result = NULL;

  param->keywords = g_new0 (char *, 2);
  param->keywords[0] = g_strdup (word);
  im_store_search_async (im_session_get_store (f->session), param, NULL, on_found, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (result->total_count, ==, found ? 1 : 0); /* conversations */
}

static void
test_a_search_finds_what_a_message_says_now (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "helo");
  expect_found (f, "helo", TRUE);
  give (f, BOB, "c1", REPLACE ("m1", "hello"));
  expect_found (f, "helo", FALSE);
  expect_found (f, "hello", TRUE);
  give (f, BOB, "r1", RETRACT ("m1"));
  expect_found (f, "hello", FALSE);
  /* Also when it was said before the message came. */
  give (f, BOB, "r2", RETRACT ("m2"));
  session_fixture_give_text (f, "m2", NULL, "hello");
  expect_found (f, "hello", FALSE);
}

/* Sending */

static void
test_an_own_message_is_taken_back (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  gint64 row;

  session_fixture_log_in (f);
  row = session_fixture_send (f, "mine");
  change (f, im_said_revoke, row, NULL, NULL);
  expect_sent (f, "mine retract");
  expect_result (f, "0");
  g_assert_cmpuint (count_lines (f, "revoked"), ==, 0);
  session_fixture_lose_session (f);
  expect_sent (f, "retract");
  session_fixture_wait (f, 20);
  session_fixture_lose_session (f);
  expect_sent (f, "");
}

static void
test_words_wait_for_the_network_and_a_restart (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  gint64 row;

  session_fixture_log_in (f);
  row = session_fixture_send (f, "mine");
  session_fixture_wait (f, 20);
  expect_sent (f, "mine");
  session_fixture_cut (f);
  change (f, im_said_modify, row, "better", NULL);
  change (f, im_reactions_add, row, NULL, "x");
  session_fixture_expect_history (f, "better");
  session_fixture_kill (f);
  session_fixture_log_in (f);
  expect_sent (f, "replace:better react:x");
}

static void
test_words_follow_the_message_they_are_about (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  gint64 row;

  session_fixture_log_in (f);
  session_fixture_cut (f);
  row = session_fixture_send (f, "mine");
  change (f, im_reactions_add, row, NULL, "x");
  session_fixture_reconnect (f);
  expect_sent (f, "mine react:x");
}

/* What a server acknowledged and lost */

#define ASKED 26 /* seconds: longer than a device is waited for */

static const char our_features[]
    = "<query xmlns='" XMPP_NS_DISCO_INFO "'><feature var='urn:linnet:tim:1'/></query>";
static const char other_features[] = "<query xmlns='" XMPP_NS_DISCO_INFO "'/>";

/* A message of ours that bob, who is there and says so, has confirmed. */
static gint64
send_confirmed (SessionFixture *f, const char *bob_says)
{
  gint64 row;
  g_autofree char *id = NULL;

  f->bob_is_there = TRUE;
  f->bob_says = bob_says;
  session_fixture_log_in (f);
  row = session_fixture_send (f, "mine");
  id = session_fixture_dup_id (f, row);
  expect_sent (f, "mine");
  session_fixture_give_receipt (f, id, bob_says == our_features);
  return row;
}

/* The id of what was said last, whose stanza is taken. */
static char *
take_said (SessionFixture *f)
{
  g_autoptr (XmppStanza) stanza = g_queue_pop_tail (&f->messages);

  return g_strdup (xmpp_stanza_get_id (stanza));
}

static void
test_lost_words_are_said_again (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  gint64 row = send_confirmed (f, our_features);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  change (f, im_said_revoke, row, NULL, NULL);
  first = take_said (f);
  session_fixture_wait (f, ASKED);
  again = take_said (f);
  g_assert_cmpstr (again, ==, first);
  session_fixture_give_receipt (f, again, TRUE);
  session_fixture_wait (f, ASKED * 3);
  expect_sent (f, "");
  session_fixture_kill (f);
  session_fixture_log_in (f);
  session_fixture_wait (f, ASKED);
  expect_sent (f, "");
}

static void
test_lost_words_are_said_again_after_a_restart (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  gint64 row = send_confirmed (f, our_features);

  f->bob_is_there = FALSE;
  change (f, im_said_modify, row, "better", NULL);
  expect_sent (f, "replace:better");
  session_fixture_wait (f, ASKED);
  session_fixture_kill (f);
  session_fixture_log_in (f);
  expect_sent (f, "replace:better");
}

static void
test_only_the_last_words_are_said_again (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  gint64 row = send_confirmed (f, our_features);

  change (f, im_said_modify, row, "better", NULL);
  change (f, im_said_modify, row, "best", NULL);
  expect_sent (f, "replace:better replace:best");
  session_fixture_wait (f, ASKED);
  expect_sent (f, "replace:best");
  session_fixture_wait (f, ASKED);
  expect_sent (f, "replace:best");
  session_fixture_wait (f, ASKED * 10);
  expect_sent (f, "");
}

static void
test_other_clients_hear_words_once (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  gint64 row = send_confirmed (f, other_features);

  change (f, im_said_revoke, row, NULL, NULL);
  expect_sent (f, "retract");
  session_fixture_wait (f, ASKED * 10);
  session_fixture_kill (f);
  session_fixture_log_in (f);
  session_fixture_wait (f, ASKED);
  expect_sent (f, "");
}

static void
test_words_of_others_are_confirmed (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  const char *const ids[] = { "r1", "r2" };

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "hello");
  session_fixture_expect_sent (f, "received:m1");
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *receipt = g_strconcat ("received:", ids[i], NULL);

      give (f, BOB, ids[i],
            i == 0 ? RETRACT ("m1") "<request xmlns='" XMPP_NS_RECEIPTS "'/>"
                   : RETRACT ("not here yet") "<request xmlns='" XMPP_NS_RECEIPTS "'/>");
      session_fixture_expect_sent (f, receipt);
    }
}

static void
test_what_cannot_be_taken_back (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  g_autoptr (ImStoreMessage) other = NULL;
  g_autoptr (ImStoreMessage) own = NULL;
  g_autoptr (ImMsg) unknown = im_json_new (&im_msg_type);
  gint64 row;

  session_fixture_log_in (f);
  session_fixture_give_text (f, "m1", NULL, "hello");
  other = get (f, "m1", FALSE);
  run (f, im_said_revoke, other->msg, NULL, NULL);
  expect_result (f, "10007");
  unknown->unique_id = 12345;
  run (f, im_said_revoke, unknown, NULL, NULL);
  expect_result (f, "10030");
  unknown->is_online_msg = TRUE;
  run (f, im_said_revoke, unknown, NULL, NULL);
  expect_result (f, "10032");
  row = session_fixture_send (f, "mine");
  im_store_message_set_status (im_session_get_store (f->session), row, IM_MSG_SEND_SUCC, 0, NULL,
                               g_get_real_time () / G_USEC_PER_SEC - 125, NULL, NULL);
  change (f, im_said_revoke, row, NULL, NULL);
  expect_result (f, "6223");
}

static void
test_a_stale_version_is_not_modified (void)
{
  g_autoptr (SessionFixture) f = new_fixture ();
  g_autoptr (ImStoreMessage) stale = NULL;
  gint64 row;

  session_fixture_log_in (f);
  row = session_fixture_send (f, "mine");
  stale = im_store_message_get (im_session_get_store (f->session), row, NULL);
  change (f, im_said_modify, row, "first", NULL);
  g_assert_cmpuint (session_fixture_count (f, "result \"0\"", "first"), ==, 1);
  run (f, im_said_modify, stale->msg, "second", NULL);
  g_assert_cmpuint (session_fixture_count (f, "result \"8006\"", "first"), ==, 1);
  session_fixture_expect_history (f, "first");
}

#define ADD(name, func) g_test_add_func ("/service/about/" name, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("the-author-takes-a-message-back", test_the_author_takes_a_message_back);
  ADD ("nobody-else-takes-a-message-back", test_nobody_else_takes_a_message_back);
  ADD ("a-correction-replaces-the-text", test_a_correction_replaces_the_text);
  ADD ("words-wait-for-their-message", test_words_wait_for_their_message);
  ADD ("an-older-correction-comes-too-late", test_an_older_correction_comes_too_late);
  ADD ("the-highest-version-is-the-newest", test_the_highest_version_is_the_newest);
  ADD ("reactions-are-one-set-of-each", test_reactions_are_one_set_of_each);
  ADD ("a-flood-waits-within-bounds", test_a_flood_waits_within_bounds);
  ADD ("a-retraction-is-not-taken-back", test_a_retraction_is_not_taken_back);
  ADD ("the-last-message-is-taken-back", test_the_last_message_of_a_conversation_is_taken_back);
  ADD ("a-search-finds-what-it-says-now", test_a_search_finds_what_a_message_says_now);
  ADD ("an-own-message-is-taken-back", test_an_own_message_is_taken_back);
  ADD ("words-wait-for-the-network-and-a-restart", test_words_wait_for_the_network_and_a_restart);
  ADD ("words-follow-the-message-they-are-about", test_words_follow_the_message_they_are_about);
  ADD ("what-cannot-be-taken-back", test_what_cannot_be_taken_back);
  ADD ("a-stale-version-is-not-modified", test_a_stale_version_is_not_modified);
  ADD ("lost-words-are-said-again", test_lost_words_are_said_again);
  ADD ("lost-words-are-said-again-after-a-restart", test_lost_words_are_said_again_after_a_restart);
  ADD ("only-the-last-words-are-said-again", test_only_the_last_words_are_said_again);
  ADD ("other-clients-hear-words-once", test_other_clients_hear_words_once);
  ADD ("words-of-others-are-confirmed", test_words_of_others_are_confirmed);
  return g_test_run ();
}
