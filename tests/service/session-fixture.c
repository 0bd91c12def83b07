/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "im-job.h"
#include "im-json.h"
#include "im-loop.h"
#include "im-messages.h"
#include "im-test.h"
#include "xmpp-frame.h"
#include "xmpp-node.h"

#include <string.h>

#define OWN "alice@example.org"

/* What the program is told; on the callback thread, which session_fixture_turn() waits for */

static void
on_received (const char *json, const void *user_data)
{
  g_string_append_printf (((SessionFixture *) user_data)->told, "received %s\n", json);
}

static void
on_updated (const char *json, const void *user_data)
{
  g_string_append_printf (((SessionFixture *) user_data)->told, "updated %s\n", json);
}

static void
on_answer (int32_t code, const char *desc, const char *json, const void *user_data)
{
  g_string_append_printf (((SessionFixture *) user_data)->told, "answer \"%d\" %s\n", code, json);
}

static void
on_owner (ImSession *session, gpointer owner)
{
}

/* The server */

static XmppTransport *
new_transport (const XmppConfig *config, const char *url, gpointer user_data)
{
  SessionFixture *self = user_data;

  g_clear_object (&self->transport);
  self->transport = fake_transport_new (XMPP_PROTECTION_TLS);
  self->is_counting = FALSE;
  return XMPP_TRANSPORT (g_object_ref (self->transport));
}

static void
give (SessionFixture *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fake_transport_give (self->transport, text);
}

void
session_fixture_acknowledge (SessionFixture *self)
{
  session_fixture_turn (self);
  session_fixture_give (self, "<a xmlns='" XMPP_NS_SM "' h='%u'/>", self->n_counted);
}

/* Every address has the service, which takes up to a million bytes. */
static char *
dup_upload_answer (SessionFixture *self, const xmlNode *iq)
{
  if (self->upload_base == NULL)
    return NULL;
  if (xmpp_node_child (iq, "query", XMPP_NS_DISCO_INFO) != NULL)
    return g_strdup (
        "<query xmlns='" XMPP_NS_DISCO_INFO "'><feature var='" XMPP_NS_UPLOAD "'/>"
        "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'><value>" XMPP_NS_UPLOAD
        "</value></field><field var='max-file-size'>"
        "<value>1000000</value></field></x></query>");
  if (xmpp_node_child (iq, "query", XMPP_NS_DISCO_ITEMS) != NULL)
    return g_strdup ("<query xmlns='" XMPP_NS_DISCO_ITEMS "'/>");
  if (xmpp_node_child (iq, "request", XMPP_NS_UPLOAD) == NULL)
    return NULL;
  self->n_slots++;
  return g_strdup_printf ("<slot xmlns='" XMPP_NS_UPLOAD "'><put url='%s%s'/>"
                          "<get url='%s/file?%u'/></slot>",
                          self->upload_base, self->upload_path, self->upload_base, self->n_slots);
}

/* The account's node, whatever its name. */
static void
answer_pubsub (SessionFixture *self, const char *id, const xmlNode *pubsub)
{
  const xmlNode *publish = xmpp_node_child (pubsub, "publish", NULL);
  g_autofree char *item = publish != NULL ? xmpp_node_to_string (publish->children) : NULL;

  if (xmpp_node_child (pubsub, "create", NULL) != NULL && self->node == NULL)
    self->node = g_string_new (NULL);
  if (item != NULL && self->node != NULL)
    {
      g_string_append (self->node, item);
      self->n_published++;
    }
  if (self->node == NULL)
    give (self,
          "<iq xmlns='jabber:client' type='error' id='%s'><error type='cancel'><item-not-found "
          "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
          id);
  else
    give (self,
          "<iq xmlns='jabber:client' type='result' id='%s'><pubsub xmlns='" XMPP_NS_PUBSUB
          "'><items node='n'>%s</items></pubsub></iq>",
          id, self->node->str);
}

static void
answer_iq (SessionFixture *self, XmppStanza *iq)
{
  const xmlNode *root = xmpp_stanza_get_root (iq);
  const char *id = xmpp_stanza_get_id (iq);
  const char *to = xmpp_stanza_get_to (iq);
  g_autofree char *upload = dup_upload_answer (self, root);

  if (xmpp_node_child (root, "pubsub", XMPP_NS_PUBSUB) != NULL)
    answer_pubsub (self, id, xmpp_node_child (root, "pubsub", XMPP_NS_PUBSUB));
  else if (xmpp_node_child (root, "bind", XMPP_NS_BIND) != NULL)
    give (self,
          "<iq xmlns='jabber:client' type='result' id='%s'><bind xmlns='" XMPP_NS_BIND "'><jid>" OWN
          "/desktop</jid></bind></iq>",
          id);
  else if (xmpp_node_child (root, "query", XMPP_NS_MAM) != NULL)
    {
      g_queue_push_tail (&self->queries, xmpp_stanza_ref (iq));
      if (self->answers_archive)
        session_fixture_give_page (self, NULL, NULL, "", TRUE);
    }
  else if (to != NULL && (g_str_has_prefix (to, "bob@") || g_str_has_prefix (to, OWN "/")))
    give (self, "<iq xmlns='jabber:client' type='%s' id='%s' from='%s'>%s</iq>",
          self->bob_is_there ? "result" : "error", id, xmpp_stanza_get_to (iq),
          self->bob_is_there ? self->bob_says
                             : "<error type='cancel'><service-unavailable "
                               "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");
  else if (upload != NULL)
    give (self, "<iq xmlns='jabber:client' type='result' id='%s' from='%s'>%s</iq>", id,
          to != NULL ? to : OWN, upload);
  else
    give (self, "<iq xmlns='jabber:client' type='result' id='%s'/>", id);
}

static void
answer_open (SessionFixture *self, gboolean is_signed_in)
{
  give (self, "<open xmlns='" XMPP_NS_FRAMING "' from='example.org' version='1.0'/>");
  give (self, "<stream:features xmlns:stream='" XMPP_NS_STREAM "'>%s</stream:features>",
        is_signed_in ? "<bind xmlns='" XMPP_NS_BIND "'/><sm xmlns='" XMPP_NS_SM "'/>"
                     : "<mechanisms xmlns='" XMPP_NS_SASL "'><mechanism>PLAIN</mechanism>"
                       "</mechanisms>");
}

static void
serve (SessionFixture *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) stanza = xmpp_frame_parse (text, strlen (text), &error);
  const char *name;

  g_assert_no_error (error);
  name = (const char *) xmpp_stanza_get_root (stanza)->name;
  if (self->is_counting
      && (g_str_equal (name, "message") || g_str_equal (name, "iq")
          || g_str_equal (name, "presence")))
    self->n_counted++;
  if (g_str_equal (name, "open"))
    answer_open (self, self->is_signed_in);
  else if (g_str_equal (name, "auth"))
    give (self, "<success xmlns='" XMPP_NS_SASL "'/>");
  else if (g_str_equal (name, "resume"))
    give (self, "<failed xmlns='" XMPP_NS_SM "'/>");
  else if (g_str_equal (name, "enable"))
    {
      self->is_counting = TRUE;
      self->n_counted = 0;
      give (self, "<enabled xmlns='" XMPP_NS_SM "' id='session' resume='true'/>");
    }
  else if (g_str_equal (name, "r") && self->acknowledges)
    give (self, "<a xmlns='" XMPP_NS_SM "' h='%u'/>", self->n_counted);
  else if (g_str_equal (name, "iq"))
    answer_iq (self, stanza);
  else if (g_str_equal (name, "message"))
    g_queue_push_tail (&self->messages, xmpp_stanza_ref (stanza));
  self->is_signed_in = g_str_equal (name, "auth");
}

void
session_fixture_turn (SessionFixture *self)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *text = NULL;

      while (g_main_context_iteration (NULL, FALSE))
        ;
      text = self->transport != NULL ? fake_transport_take (self->transport) : NULL;
      more = text != NULL;
      if (more)
        serve (self, text);
    }
  im_events_drain (self->events);
}

void
session_fixture_give (SessionFixture *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fake_transport_give (self->transport, text);
  session_fixture_turn (self);
}

void
session_fixture_wait (SessionFixture *self, guint seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      fake_clock_advance (self->clock, 1000);
      session_fixture_turn (self);
    }
}

/* The archive */

static void
check_query (const xmlNode *query, const char *name, const char *expected)
{
  const xmlNode *set = xmpp_node_child (query, "set", XMPP_NS_RSM);
  g_autofree char *asked = xmpp_node_dup_child_text (set, name, XMPP_NS_RSM);

  if (expected != NULL)
    g_assert_cmpstr (asked, ==, expected);
}

/* item: "b", or "b<a". Leaves its id in it. */
static void
give_result (SessionFixture *self, const char *query_id, char *item)
{
  char *behind = strchr (item, '<');
  g_autofree char *repeat
      = behind != NULL
            ? g_strdup_printf ("<tim xmlns='urn:linnet:tim:1'><repeat after='id-%s'/></tim>",
                               behind + 1)
            : NULL;

  if (behind != NULL)
    *behind = '\0';
  give (self,
        "<message xmlns='jabber:client' from='" OWN "' to='" OWN "/desktop'>"
        "<result xmlns='" XMPP_NS_MAM "' id='%s' queryid='%s'>"
        "<forwarded xmlns='" XMPP_NS_FORWARD "'>"
        "<delay xmlns='" XMPP_NS_DELAY "' stamp='2025-11-23T10:00:00Z'/>"
        "<message xmlns='jabber:client' from='bob@example.org/phone' to='" OWN
        "' type='chat' id='id-%s'><body>%s</body><request xmlns='" XMPP_NS_RECEIPTS "'/>"
        "%s</message></forwarded></result></message>",
        item, query_id, item, item,
        repeat != NULL ? repeat : (self->in_pages != NULL ? self->in_pages : ""));
}

void
session_fixture_give_page (
    SessionFixture *self, const char *after, const char *before, const char *ids, gboolean complete)
{
  g_autoptr (XmppStanza) iq = g_queue_pop_head (&self->queries);
  g_auto (GStrv) items = g_strsplit (ids, " ", -1);
  g_autofree char *limits = NULL;
  const xmlNode *query;
  guint n = g_strv_length (items);

  g_assert_nonnull (iq);
  query = xmpp_node_child (xmpp_stanza_get_root (iq), "query", XMPP_NS_MAM);
  check_query (query, "after", after);
  check_query (query, "before", before);
  for (guint i = 0; i < n; i++)
    give_result (self, xmpp_node_attr (query, "queryid"), items[i]);
  if (n > 0)
    limits = g_strdup_printf ("<first>%s</first><last>%s</last>", items[0], items[n - 1]);
  give (self,
        "<iq xmlns='jabber:client' type='result' id='%s'><fin xmlns='" XMPP_NS_MAM
        "' complete='%s'><set xmlns='" XMPP_NS_RSM "'>%s</set></fin></iq>",
        xmpp_stanza_get_id (iq), complete ? "true" : "false", limits != NULL ? limits : "");
}

/* Life */

SessionFixture *
session_fixture_new (void)
{
  SessionFixture *self = g_new0 (SessionFixture, 1);

  im_thread_set_role (IM_THREAD_NETWORK);
  self->clock = fake_clock_new ();
  self->dir = im_test_dir_new ();
  self->told = g_string_new (NULL);
  self->acknowledges = self->answers_archive = TRUE;
  self->bob_says = "";
  self->recipient = "bob";
  self->upload_path = "/put";
  self->events = im_events_new ();
  im_events_add_message_callback (self->events, on_received, self);
  im_events_set_callback (self->events, IM_CALLBACK_MESSAGE_UPDATE, G_CALLBACK (on_updated), self);
  return self;
}

void
session_fixture_kill (SessionFixture *self)
{
  im_events_set_lookup (self->events, NULL, NULL);
  g_clear_pointer (&self->session, im_session_free);
  g_queue_clear_full (&self->queries, (GDestroyNotify) xmpp_stanza_unref);
  session_fixture_turn (self);
  g_queue_clear_full (&self->messages, (GDestroyNotify) xmpp_stanza_unref);
}

void
session_fixture_free (SessionFixture *self)
{
  session_fixture_kill (self);
  im_events_free (self->events);
  if (self->transport != NULL)
    g_assert_finalize_object (self->transport);
  /* What was broken off may still be ending on the pool. */
  im_test_wait (fake_clock_get_n_timers (self->clock) == 0);
  fake_clock_free (self->clock);
  g_string_free (self->told, TRUE);
  if (self->node != NULL)
    g_string_free (self->node, TRUE);
  im_test_dir_free (self->dir);
  g_free (self);
}

void
session_fixture_log_in (SessionFixture *self)
{
  ImSessionOwner owner = { on_owner, on_owner, NULL };
  ImSessionOptions options = {
    .user_id = OWN,
    .user_sig = "secret",
    .data_dir = self->dir,
    .server_url = "wss://xmpp.example.org/ws",
    .resource = "desktop",
    .is_read_receipt = TRUE,
    .clock = fake_clock_get (self->clock),
    .new_transport = new_transport,
    .transport_data = self,
  };
  g_autoptr (ImCall) call = im_call_new (self->events, NULL, NULL);
  g_autoptr (GError) error = NULL;

  self->session = im_session_new (&options, owner, self->events, call, &error);
  g_assert_no_error (error);
  fake_transport_accept (self->transport);
  session_fixture_turn (self);
}

void
session_fixture_cut (SessionFixture *self)
{
  fake_transport_cut (self->transport, NULL);
  session_fixture_turn (self);
  g_queue_clear_full (&self->queries, (GDestroyNotify) xmpp_stanza_unref);
}

void
session_fixture_reconnect (SessionFixture *self)
{
  im_session_retry_now (self->session);
  fake_transport_accept (self->transport);
  session_fixture_turn (self);
}

void
session_fixture_lose_session (SessionFixture *self)
{
  session_fixture_cut (self);
  session_fixture_reconnect (self);
}

/* What the test does and sees */

gint64
session_fixture_send (SessionFixture *self, const char *text)
{
  g_autofree char *elem = g_strdup_printf ("{\"elem_type\":0,\"text_elem_content\":\"%s\"}", text);

  return session_fixture_send_elem (self, elem);
}

gint64
session_fixture_send_elem (SessionFixture *self, const char *elem)
{
  g_autofree char *json = g_strdup_printf ("{\"message_elem_array\":[%s]}", elem);
  g_autoptr (ImJob) job = g_new0 (ImJob, 1);
  g_autoptr (GArray) rows = NULL;

  job->call = im_call_new (self->events, on_answer, self);
  job->conv_type = IM_CONV_C2C;
  job->conv_id = g_strdup (self->recipient);
  job->param = im_json_parse (&im_msg_type, json, -1, IM_JSON_LENIENT, NULL);
  im_messages_send (self->session, job);
  rows = im_store_outbox_list (im_session_get_store (self->session), NULL);
  session_fixture_turn (self);
  return g_array_index (rows, ImStoreOutboxRow, rows->len - 1).row_id;
}

static char *
describe (XmppStanza *message)
{
  const xmlNode *root = xmpp_stanza_get_root (message);
  const xmlNode *displayed = xmpp_node_child (root, "displayed", XMPP_NS_MARKERS);
  g_autoptr (GString) received = g_string_new (NULL);

  xmpp_node_foreach (root, receipt, "received", XMPP_NS_RECEIPTS)
      g_string_append_printf (received, "%s%s", received->len > 0 ? "," : "received:",
                              xmpp_node_attr (receipt, "id"));
  if (received->len > 0)
    return g_strdup (received->str);
  if (displayed != NULL)
    return g_strconcat ("displayed:", xmpp_node_attr (displayed, "id"), NULL);
  return xmpp_node_dup_child_text (root, "body", XMPP_NS_CLIENT);
}

void
session_fixture_expect_sent (SessionFixture *self, const char *texts)
{
  g_autoptr (GString) sent = g_string_new (NULL);
  XmppStanza *message;

  session_fixture_turn (self);
  while ((message = g_queue_pop_head (&self->messages)) != NULL)
    {
      g_autofree char *text = describe (message);

      g_string_append_printf (sent, "%s%s", sent->len > 0 ? " " : "", text);
      xmpp_stanza_unref (message);
    }
  g_assert_cmpstr (sent->str, ==, texts);
}

/* A message's id may be the same as its text. */
static gboolean
is_id (const char *line, const char *found)
{
  static const char key[] = "\"message_msg_id\":";
  gsize length = strlen (key);

  return (gsize) (found - line) >= length && strncmp (found - length, key, length) == 0;
}

guint
session_fixture_count (SessionFixture *self, const char *kind, const char *text)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", text);
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  session_fixture_turn (self);
  lines = g_strsplit (self->told->str, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, kind))
      for (const char *found = strstr (*line, quoted); found != NULL;
           found = strstr (found + 1, quoted))
        n += !is_id (*line, found);
  return n;
}

void
session_fixture_expect_outbox (SessionFixture *self, const char *texts)
{
  ImStore *store = im_session_get_store (self->session);
  g_autoptr (GArray) rows = im_store_outbox_list (store, NULL);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (ImStoreMessage) row
          = im_store_message_get (store, g_array_index (rows, ImStoreOutboxRow, i).row_id, NULL);
      const ImElem *elem = g_ptr_array_index (row->msg->elems, 0);

      g_string_append_printf (kept, "%s%s", kept->len > 0 ? " " : "",
                              ((const ImTextElem *) elem)->content);
    }
  g_assert_cmpstr (kept->str, ==, texts);
}

char *
session_fixture_dup_id (SessionFixture *self, gint64 row_id)
{
  g_autoptr (ImStoreMessage) row
      = im_store_message_get (im_session_get_store (self->session), row_id, NULL);

  return g_strdup (row->wire_id);
}

static void
give_message (SessionFixture *self,
              const char *id,
              const char *archive_id,
              const char *text,
              const char *more)
{
  g_autofree char *archived
      = archive_id != NULL
            ? g_strdup_printf ("<stanza-id xmlns='" XMPP_NS_STANZA_IDS "' by='" OWN "' id='%s'/>",
                               archive_id)
            : g_strdup ("");

  session_fixture_give (self,
                        "<message xmlns='jabber:client' from='bob@example.org/phone' to='" OWN
                        "/desktop' type='chat' id='%s'><body>%s</body>"
                        "<request xmlns='" XMPP_NS_RECEIPTS "'/>"
                        "<markable xmlns='" XMPP_NS_MARKERS "'/>"
                        "<origin-id xmlns='" XMPP_NS_STANZA_IDS "' id='%s'/>%s%s</message>",
                        id, text, id, archived, more);
}

void
session_fixture_give_text (SessionFixture *self,
                           const char *id,
                           const char *archive_id,
                           const char *text)
{
  give_message (self, id, archive_id, text, "");
}

void
session_fixture_give_linnet (SessionFixture *self,
                             const char *id,
                             const char *archive_id,
                             const char *text,
                             const char *repeat)
{
  g_autofree char *more
      = repeat != NULL
            ? g_strdup_printf ("<tim xmlns='urn:linnet:tim:1'><repeat after='%s'/></tim>", repeat)
            : g_strdup (SESSION_FIXTURE_LINNET);

  give_message (self, id, archive_id, text, more);
}

void
session_fixture_give_receipt (SessionFixture *self, const char *id, gboolean is_exact)
{
  session_fixture_give (self,
                        "<message xmlns='jabber:client' type='chat' from='bob@example.org/phone' "
                        "to='" OWN "/desktop'><received xmlns='" XMPP_NS_RECEIPTS
                        "' id='%s'/>%s</message>",
                        id, is_exact ? "<exact xmlns='urn:linnet:tim:1'/>" : "");
}

void
session_fixture_expect_history (SessionFixture *self, const char *texts)
{
  g_autoptr (GPtrArray) page = im_store_message_page (im_session_get_store (self->session),
                                                      IM_CONV_C2C, "bob", NULL, FALSE, 1000, NULL);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = page->len; i > 0; i--)
    {
      const ImMsg *msg = g_ptr_array_index (page, i - 1);
      const ImTextElem *elem = g_ptr_array_index (msg->elems, 0);

      g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", elem->content);
    }
  g_assert_cmpstr (found->str, ==, texts);
}

char *
session_fixture_dup_position (SessionFixture *self)
{
  char *position = NULL;

  g_assert_true (
      im_store_archive_get (im_session_get_store (self->session), "", &position, NULL, NULL, NULL));
  return position;
}
