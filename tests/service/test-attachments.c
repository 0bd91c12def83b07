/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages whose files have to get to the server first: a session in memory, with a server of HTTP
 * in this process. */
#include "http-site.h"
#include "im-about-jobs.h"
#include "im-job.h"
#include "im-json.h"
#include "im-local.h"
#include "im-messages.h"
#include "session-fixture.h"
#include "xmpp-node.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define ANSWERED(f, code) session_fixture_count ((f)->base, "answer", code)
#define MAX_SIZE 1000000

typedef struct
{
  SessionFixture *base;
  HttpSite *site;
  char *path;
  GString *progress; /* "index:done/total " */
} Fixture;

static void
on_progress (const char *json, guint32 index, guint32 done, guint32 total, const void *user_data)
{
  g_string_append_printf (((Fixture *) user_data)->progress, "%u:%u/%u ", index, done, total);
}

static Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->base = session_fixture_new ();
  self->site = http_site_new (1000, FALSE);
  self->base->upload_base = self->site->base;
  self->path = g_build_filename (self->base->dir, "report.bin", NULL);
  g_assert_true (g_file_set_contents (self->path, "what is in it", -1, NULL));
  self->progress = g_string_new (NULL);
  im_events_set_callback (self->base->events, IM_CALLBACK_UPLOAD_PROGRESS, G_CALLBACK (on_progress),
                          self);
  session_fixture_log_in (self->base);
  return self;
}

static void
fixture_free (Fixture *self)
{
  session_fixture_free (self->base);
  http_site_free (self->site);
  g_string_free (self->progress, TRUE);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

#define wait_for(self, condition) im_test_wait ((session_fixture_turn ((self)->base), (condition)))

static gint64
send_file (Fixture *self)
{
  g_autofree char *elem
      = g_strdup_printf ("{\"elem_type\":4,\"file_elem_file_path\":\"%s\"}", self->path);

  return session_fixture_send_elem (self->base, elem);
}

static ImMsg *
get_message (Fixture *self, gint64 row_id)
{
  g_autoptr (ImStoreMessage) row
      = im_store_message_get (im_session_get_store (self->base->session), row_id, NULL);

  return row != NULL ? g_steal_pointer (&row->msg) : NULL;
}

static gint64
get_status (Fixture *self, gint64 row_id)
{
  g_autoptr (ImMsg) msg = get_message (self, row_id);

  return msg->status;
}

static void
expect_sent_file (Fixture *self, guint slot)
{
  g_autofree char *url = g_strdup_printf ("%s/file?%u", self->site->base, slot);

  wait_for (self, !g_queue_is_empty (&self->base->messages));
  session_fixture_expect_sent (self->base, url);
}

/* Not before it is held back there. */
static gint64
send_slowly (Fixture *self)
{
  gint64 row_id;

  self->base->upload_path = "/put-slow";
  row_id = send_file (self);
  wait_for (self, self->site->stuck->len == 1);
  return row_id;
}

/* takes job */
static void
run_job (Fixture *self, ImJobFunc func, ImJob *job)
{
  job->call = im_call_new (self->base->events, NULL, NULL);
  job->conv_id = g_strdup ("bob");
  job->conv_type = IM_CONV_C2C;
  func (self->base->session, job);
  session_fixture_turn (self->base);
  im_job_free (job);
}

static void
run (Fixture *self, ImJobFunc func, const char *msg_id, gpointer param)
{
  ImJob *job = g_new0 (ImJob, 1);

  job->msg_id = g_strdup (msg_id);
  job->param = param;
  run_job (self, func, job);
}

static void
test_goes_out_with_its_address (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 row_id = send_file (f);
  g_autoptr (ImMsg) msg = get_message (f, row_id);
  const ImFileElem *elem;

  g_assert_cmpint (msg->status, ==, IM_MSG_SENDING);
  g_assert_nonnull (msg->msg_id);
  expect_sent_file (f, 1);
  wait_for (f, ANSWERED (f, "0") == 1);
  g_clear_pointer (&msg, im_json_unref);
  msg = get_message (f, row_id);
  elem = g_ptr_array_index (msg->elems, 0);
  g_assert_cmpint (msg->status, ==, IM_MSG_SEND_SUCC);
  g_assert_cmpstr (elem->file_name, ==, "report.bin");
  g_assert_cmpint (elem->file_size, ==, 13);
  g_assert_cmpstr (elem->file_path, ==, f->path);
  g_assert_nonnull (elem->sha256);
  g_assert_true (g_str_has_prefix (f->progress->str, "0:0/13 "));
  g_assert_true (g_str_has_suffix (f->progress->str, "0:13/13 "));
}

static void
test_holds_nothing_up_and_stands_where_it_is_sent (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 file = send_slowly (f);
  gint64 text = session_fixture_send (f->base, "meanwhile");
  g_autoptr (GPtrArray) page = NULL;

  g_assert_cmpint (text, !=, file);
  session_fixture_expect_sent (f->base, "meanwhile");
  http_site_release (f->site);
  expect_sent_file (f, 1);
  page = im_store_message_page (im_session_get_store (f->base->session), IM_CONV_C2C, "bob", NULL,
                                FALSE, 10, NULL);
  g_assert_cmpuint (page->len, ==, 2);
  g_assert_cmpint (((ImElem *) ((ImMsg *) page->pdata[0])->elems->pdata[0])->type, ==,
                   IM_ELEM_FILE);
}

static const char *
get_previous (const XmppStanza *stanza)
{
  const xmlNode *tim = xmpp_node_child (xmpp_stanza_get_root (stanza), "tim", "urn:linnet:tim:1");
  const xmlNode *previous = xmpp_node_child (tim, "previous", "urn:linnet:tim:1");

  return previous != NULL ? xmpp_node_attr (previous, "id") : NULL;
}

static void
test_follows_what_was_written_meanwhile (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (XmppStanza) text = NULL;
  g_autoptr (XmppStanza) file = NULL;

  send_slowly (f);
  session_fixture_send (f->base, "meanwhile");
  session_fixture_turn (f->base);
  text = g_queue_pop_head (&f->base->messages);
  g_assert_cmpstr (get_previous (text), ==, NULL);
  http_site_release (f->site);
  wait_for (f, f->base->messages.length == 1);
  file = g_queue_pop_head (&f->base->messages);
  g_assert_cmpstr (get_previous (file), ==, xmpp_stanza_get_id (text));
}

static void
send_bundle (Fixture *f)
{
  g_autofree char *words = g_strnfill (500, 'x');
  g_autoptr (GString) elem = g_string_new (NULL);

  g_string_append (elem, "{\"elem_type\":13,\"merge_elem_title\":\"All of May\","
                         "\"merge_elem_compatible_text\":\"Forwarded\","
                         "\"merge_elem_abstract_array\":[],\"merge_elem_message_array\":[");
  for (guint i = 0; i < 200; i++)
    g_string_append_printf (elem,
                            "%s{\"message_elem_array\":[{\"elem_type\":0,"
                            "\"text_elem_content\":\"%s\"}]}",
                            i > 0 ? "," : "", words);
  g_string_append (elem, "]}");
  session_fixture_send_elem (f->base, elem->str);
}

static void
test_a_large_bundle_is_a_file (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (XmppStanza) stanza = NULL;
  g_autofree char *text = NULL;

  f->base->upload_path = "/put";
  send_bundle (f);
  wait_for (f, f->base->messages.length == 1);
  stanza = g_queue_pop_head (&f->base->messages);
  text = xmpp_stanza_to_string (stanza);
  g_assert_nonnull (strstr (text, "merge_elem_relay_json_key"));
  g_assert_null (strstr (text, "xxxxx"));
  g_assert_cmpuint (strlen (text), <, 4000);
}

static void
test_is_sent_though_the_peer_has_read_what_was_written_later (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 file = send_slowly (f);
  gint64 text = session_fixture_send (f->base, "meanwhile");
  g_autofree char *id = session_fixture_dup_id (f->base, text);
  g_autoptr (ImMsg) msg = NULL;

  session_fixture_expect_sent (f->base, "meanwhile");
  session_fixture_give (f->base,
                        "<message xmlns='jabber:client' type='chat' from='bob@example.org/phone'>"
                        "<displayed xmlns='urn:xmpp:chat-markers:0' id='%s'/></message>",
                        id);
  msg = get_message (f, file);
  g_assert_false (msg->is_peer_read);
  http_site_release (f->site);
  expect_sent_file (f, 1);
}

static void
test_survives_the_end_of_the_process (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 row_id = send_slowly (f);

  session_fixture_kill (f->base);
  f->base->upload_path = "/put";
  http_site_release (f->site);
  session_fixture_log_in (f->base);
  expect_sent_file (f, 2);
  wait_for (f, get_status (f, row_id) == IM_MSG_SEND_SUCC);
  g_assert_cmpuint (session_fixture_count (f->base, "updated", f->path), ==, 1);
}

static void
test_waits_for_a_connection (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 row_id;

  session_fixture_cut (f->base);
  row_id = send_file (f);
  g_assert_cmpint (get_status (f, row_id), ==, IM_MSG_SENDING);
  g_assert_cmpuint (f->base->n_slots, ==, 0);
  session_fixture_reconnect (f->base);
  expect_sent_file (f, 1);
}

static void
test_is_cancelled_until_it_is_sent (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 row_id = send_slowly (f);
  g_autoptr (ImMsg) msg = get_message (f, row_id);

  run (f, im_messages_cancel, msg->msg_id, NULL);
  g_assert_cmpuint (ANSWERED (f, "8021"), ==, 1);
  g_assert_cmpint (get_status (f, row_id), ==, IM_MSG_SEND_FAIL);
  session_fixture_expect_outbox (f->base, "");
  http_site_release (f->site);

  f->base->upload_path = "/put";
  run (f, im_messages_send, NULL, im_json_ref (msg));
  expect_sent_file (f, 2);
  run (f, im_messages_cancel, msg->msg_id, NULL);
  g_assert_cmpint (get_status (f, row_id), ==, IM_MSG_SEND_SUCC);
}

static void
test_is_forgotten_when_it_is_deleted (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 row_id = send_slowly (f);
  ImMsgDeleteParam *param = im_json_new (&im_msg_delete_param_type);

  param->msg = get_message (f, row_id);
  run (f, im_messages_delete, NULL, param);
  g_assert_cmpuint (ANSWERED (f, "8021"), ==, 1);
  http_site_release (f->site);
  session_fixture_send (f->base, "after");
  session_fixture_expect_sent (f->base, "after");
  session_fixture_expect_history (f->base, "after");
}

static void
test_is_forgotten_when_its_conversation_is_cleared (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  send_slowly (f);
  run (f, im_local_clear, NULL, NULL);
  g_assert_cmpuint (ANSWERED (f, "8021"), ==, 1);
  http_site_release (f->site);
  session_fixture_send (f->base, "after");
  session_fixture_expect_sent (f->base, "after");
  session_fixture_expect_history (f->base, "after");
}

static void
test_is_forgotten_when_it_is_deleted_in_a_list (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 row_id = send_slowly (f);
  ImJob *job = g_new0 (ImJob, 1);

  job->params = im_json_array_new ();
  g_ptr_array_add (job->params, get_message (f, row_id));
  run_job (f, im_local_delete_list, job);
  g_assert_cmpuint (ANSWERED (f, "8021"), ==, 1);
  http_site_release (f->site);
  session_fixture_send (f->base, "after");
  session_fixture_expect_sent (f->base, "after");
  session_fixture_expect_history (f->base, "after");
}

static void
test_is_not_sent_when_it_is_revoked (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 row_id = send_slowly (f);
  g_autoptr (ImMsg) revoked = NULL;

  run (f, im_said_revoke, NULL, get_message (f, row_id));
  g_assert_cmpuint (ANSWERED (f, "8021"), ==, 1);
  http_site_release (f->site);
  f->base->upload_path = "/put";
  send_file (f);
  wait_for (f, ANSWERED (f, "0") == 1);
  revoked = get_message (f, row_id);
  g_assert_cmpint (revoked->status, ==, IM_MSG_REVOKED);
  g_assert_cmpuint (revoked->elems->len, ==, 0);
}

static void
test_is_not_modified_while_its_file_is_on_the_way (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 row_id = send_slowly (f);
  ImMsg *msg = get_message (f, row_id);
  ImTextElem *text = im_json_new (&im_text_elem_type);

  im_json_set_str (&text->content, "better");
  g_ptr_array_set_size (msg->elems, 0);
  g_ptr_array_add (msg->elems, text);
  run (f, im_said_modify, NULL, msg);
  http_site_release (f->site);
  expect_sent_file (f, 1);
}

static void
test_fails_when_the_server_refuses_it (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 row_id;

  f->site->put_status = SOUP_STATUS_NOT_IMPLEMENTED;
  row_id = send_file (f);
  wait_for (f, ANSWERED (f, "6008") == 1);
  g_assert_cmpint (get_status (f, row_id), ==, IM_MSG_SEND_FAIL);
  f->site->put_status = SOUP_STATUS_CREATED;
  run (f, im_messages_send, NULL, get_message (f, row_id));
  expect_sent_file (f, 2);
}

static void
test_nothing_is_sent_of_what_is_too_large (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *large = g_build_filename (f->base->dir, "large.bin", NULL);
  g_autofree char *elems = g_strdup_printf ("{\"elem_type\":4,\"file_elem_file_path\":\"%s\"},"
                                            "{\"elem_type\":4,\"file_elem_file_path\":\"%s\"}",
                                            f->path, large);
  gint64 row_id;

  g_assert_true (g_file_set_contents (large, "x", 1, NULL));
  g_assert_cmpint (truncate (large, MAX_SIZE + 1), ==, 0);
  row_id = session_fixture_send_elem (f->base, elems);
  wait_for (f, ANSWERED (f, "7005") == 1);
  g_assert_cmpint (get_status (f, row_id), ==, IM_MSG_SEND_FAIL);
  g_assert_cmpuint (f->base->n_slots, ==, 0);
}

static void
test_a_file_that_is_gone_fails (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 row_id;

  session_fixture_cut (f->base);
  row_id = send_file (f);
  g_unlink (f->path);
  session_fixture_reconnect (f->base);
  wait_for (f, get_status (f, row_id) == IM_MSG_SEND_FAIL);
  g_assert_cmpuint (ANSWERED (f, "7004"), ==, 1);
}

#define ADD(name, func) g_test_add_func ("/service/attachments/" name, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("goes-out-with-its-address", test_goes_out_with_its_address);
  ADD ("holds-nothing-up-and-stands-where-it-is-sent",
       test_holds_nothing_up_and_stands_where_it_is_sent);
  ADD ("is-sent-though-later-ones-were-read",
       test_is_sent_though_the_peer_has_read_what_was_written_later);
  ADD ("survives-the-end-of-the-process", test_survives_the_end_of_the_process);
  ADD ("waits-for-a-connection", test_waits_for_a_connection);
  ADD ("is-cancelled-until-it-is-sent", test_is_cancelled_until_it_is_sent);
  ADD ("is-forgotten-when-it-is-deleted", test_is_forgotten_when_it_is_deleted);
  ADD ("follows-what-was-written-meanwhile", test_follows_what_was_written_meanwhile);
  ADD ("a-large-bundle-is-a-file", test_a_large_bundle_is_a_file);
  ADD ("is-forgotten-when-cleared", test_is_forgotten_when_its_conversation_is_cleared);
  ADD ("is-forgotten-when-deleted-in-a-list", test_is_forgotten_when_it_is_deleted_in_a_list);
  ADD ("is-not-sent-when-it-is-revoked", test_is_not_sent_when_it_is_revoked);
  ADD ("is-not-modified-on-the-way", test_is_not_modified_while_its_file_is_on_the_way);
  ADD ("fails-when-the-server-refuses-it", test_fails_when_the_server_refuses_it);
  ADD ("nothing-is-sent-of-what-is-too-large", test_nothing_is_sent_of_what_is_too_large);
  ADD ("a-file-that-is-gone-fails", test_a_file_that_is_gone_fails);
  return g_test_run ();
}
