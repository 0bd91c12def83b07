/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files in a queue, on their way to a server, and from there: a stream in memory gives the places,
 * a server of HTTP in this process has the files. */
#include "http-site.h"
#include "im-downloads.h"
#include "im-error.h"
#include "im-loop.h"
#include "im-uploads.h"
#include "stream-fixture.h"
#include "xmpp-frame.h"

#include <glib/gstdio.h>
#include <string.h>

#define SMALL 1000
#define LARGE (IM_TRANSFER_LARGE + 1)
#define FILE_SIZE 300000
#define DAY_S (24 * 3600)

/* The queue */

typedef struct
{
  FakeClock *clock;
  ImTransferQueue *queue;
  GPtrArray *running; /* of ImTransfer, owned */
  GString *story;     /* "+name" began, "-name" was told as done, "!name" as failed */
  GString *progress;  /* "done/total " */
} QueueFixture;

static void
on_run (ImTransfer *transfer, gpointer owner)
{
  QueueFixture *self = owner;

  g_string_append_printf (self->story, "+%s", (const char *) im_transfer_get_data (transfer));
  g_ptr_array_add (self->running, im_transfer_ref (transfer));
}

static const ImTransferKind plain_kind = { .run = on_run };
static const ImTransferKind online_kind = { .needs_connection = TRUE, .run = on_run };
static const ImTransferKind part_kind = { .keeps_parts = TRUE, .run = on_run };

static QueueFixture *
queue_fixture_new (const ImTransferKind *kind)
{
  QueueFixture *self = g_new0 (QueueFixture, 1);

  self->clock = fake_clock_new ();
  self->queue = im_transfer_queue_new (kind, fake_clock_get (self->clock), self);
  self->running = g_ptr_array_new_with_free_func ((GDestroyNotify) im_transfer_unref);
  self->story = g_string_new (NULL);
  self->progress = g_string_new (NULL);
  return self;
}

static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
queue_fixture_free (QueueFixture *self)
{
  im_transfer_queue_free (self->queue);
  turn ();
  g_ptr_array_unref (self->running);
  g_string_free (self->story, TRUE);
  g_string_free (self->progress, TRUE);
  fake_clock_free (self->clock);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QueueFixture, queue_fixture_free)

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  QueueFixture *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_task_propagate_pointer (G_TASK (result), &error);

  if (error == NULL)
    g_string_append_printf (self->story, "-%s", name);
  else
    g_string_append (self->story,
                     g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "~" : "!");
}

static void
on_queue_progress (guint64 done, guint64 total, gpointer user_data)
{
  QueueFixture *self = user_data;

  g_string_append_printf (self->progress, "%u/%u ", (guint) done, (guint) total);
}

static void
add (QueueFixture *self, const char *name, guint64 size, GCancellable *cancellable)
{
  im_transfer_queue_add (self->queue, g_task_new (NULL, cancellable, on_told, self), size,
                         on_queue_progress, self, g_strdup (name), g_free);
}

static ImTransfer *
find_running (QueueFixture *self, const char *name)
{
  for (guint i = 0; i < self->running->len; i++)
    if (strcmp (im_transfer_get_data (g_ptr_array_index (self->running, i)), name) == 0)
      return g_ptr_array_steal_index (self->running, i);
  g_error ("%s does not run", name);
}

static void
let_succeed (QueueFixture *self, const char *name)
{
  g_autoptr (ImTransfer) transfer = find_running (self, name);

  im_transfer_succeed (transfer, 1000, g_strdup (name), g_free);
  turn ();
}

static void
let_fail (QueueFixture *self, const char *name, gboolean is_retryable)
{
  g_autoptr (ImTransfer) transfer = find_running (self, name);

  im_transfer_fail (transfer, g_error_new_literal (IM_ERROR, ERR_FILE_TRANS_UPLOAD_FAILED, "cut"),
                    is_retryable, 0);
  turn ();
}

static void
expect_story (QueueFixture *self, const char *story)
{
  g_assert_cmpstr (self->story->str, ==, story);
  g_string_truncate (self->story, 0);
}

static void
test_large_files_leave_a_lane_for_small_ones (void)
{
  g_autoptr (QueueFixture) f = queue_fixture_new (&plain_kind);

  add (f, "A", LARGE, NULL);
  add (f, "B", LARGE, NULL);
  add (f, "C", LARGE, NULL);
  expect_story (f, "+A+B");
  add (f, "d", SMALL, NULL);
  add (f, "e", SMALL, NULL);
  expect_story (f, "+d");
  let_succeed (f, "d");
  expect_story (f, "+e-d");
  /* A large one that came first is not overtaken in a lane that it may have. */
  add (f, "f", SMALL, NULL);
  let_succeed (f, "A");
  expect_story (f, "+C-A");
  let_succeed (f, "e");
  expect_story (f, "+f-e");
}

static void
test_what_fails_is_tried_again_later_and_not_for_ever (void)
{
  g_autoptr (QueueFixture) f = queue_fixture_new (&plain_kind);

  im_transfer_queue_set_online (f->queue, TRUE);
  add (f, "a", SMALL, NULL);
  for (int i = 1; i < IM_TRANSFER_ATTEMPTS; i++)
    {
      expect_story (f, "+a");
      let_fail (f, "a", TRUE);
      expect_story (f, "");
      fake_clock_advance (f->clock, 60 * 1000);
    }
  expect_story (f, "+a");
  let_fail (f, "a", TRUE);
  expect_story (f, "!");
  add (f, "b", SMALL, NULL);
  let_fail (f, "b", FALSE);
  expect_story (f, "+b!");
}

static void
test_a_connection_that_comes_back_ends_the_waiting (void)
{
  g_autoptr (QueueFixture) f = queue_fixture_new (&online_kind);

  add (f, "a", SMALL, NULL);
  expect_story (f, "");
  im_transfer_queue_set_online (f->queue, TRUE);
  expect_story (f, "+a");
  for (int i = 0; i < 3 * IM_TRANSFER_ATTEMPTS; i++)
    {
      im_transfer_queue_set_online (f->queue, FALSE);
      let_fail (f, "a", TRUE);
      fake_clock_advance (f->clock, 60 * 1000);
      expect_story (f, "");
      im_transfer_queue_set_online (f->queue, TRUE);
      expect_story (f, "+a");
    }
}

static void
test_attempts_that_bring_something_do_not_count (void)
{
  g_autoptr (QueueFixture) f = queue_fixture_new (&part_kind);

  im_transfer_queue_set_online (f->queue, TRUE);
  add (f, "a", SMALL, NULL);
  for (guint i = 0; i < 3 * IM_TRANSFER_ATTEMPTS; i++)
    {
      expect_story (f, "+a");
      im_transfer_report (f->running->pdata[0], i, 1000);
      im_transfer_report (f->running->pdata[0], i + 1, 1000);
      let_fail (f, "a", TRUE);
      fake_clock_advance (f->clock, 60 * 1000);
    }
  expect_story (f, "+a");
}

static void
test_who_asks_for_patience_is_not_asked_before (void)
{
  g_autoptr (QueueFixture) f = queue_fixture_new (&plain_kind);
  gint64 now_us = im_clock_now_us (fake_clock_get (f->clock));
  g_autoptr (ImTransfer) transfer = NULL;

  im_transfer_queue_set_online (f->queue, TRUE);
  add (f, "a", SMALL, NULL);
  transfer = find_running (f, "a");
  im_transfer_fail (transfer, g_error_new_literal (IM_ERROR, ERR_HTTP_REQ_FAILED, "busy"), TRUE,
                    now_us + 100 * G_USEC_PER_SEC);
  fake_clock_advance (f->clock, 99 * 1000);
  expect_story (f, "+a");
  fake_clock_advance (f->clock, 2 * 1000);
  expect_story (f, "+a");
}

static void
test_cancelling_ends_what_waits_at_once (void)
{
  g_autoptr (QueueFixture) f = queue_fixture_new (&plain_kind);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) of_queued = g_cancellable_new ();

  add (f, "A", LARGE, cancellable);
  add (f, "B", LARGE, NULL);
  add (f, "C", LARGE, of_queued);
  g_cancellable_cancel (of_queued);
  turn ();
  expect_story (f, "+A+B~");
  g_cancellable_cancel (cancellable);
  g_assert_true (g_cancellable_is_cancelled (im_transfer_get_cancellable (f->running->pdata[0])));
  let_fail (f, "A", TRUE);
  expect_story (f, "~");
  add (f, "D", LARGE, cancellable);
  turn ();
  expect_story (f, "~");
}

static void
test_progress_is_told_now_and_then_and_at_both_ends (void)
{
  g_autoptr (QueueFixture) f = queue_fixture_new (&plain_kind);
  ImTransfer *transfer;

  add (f, "a", SMALL, NULL);
  transfer = f->running->pdata[0];
  im_transfer_report (transfer, 0, 1000);
  for (guint i = 1; i <= 20; i++)
    im_transfer_report (transfer, i, 1000);
  g_assert_cmpstr (f->progress->str, ==, "0/1000 10/1000 20/1000 ");
  fake_clock_advance (f->clock, 100);
  im_transfer_report (transfer, 21, 1000);
  im_transfer_report (transfer, 22, 1000);
  im_transfer_report (transfer, 5, 1000); /* it starts over */
  im_transfer_report (transfer, 1000, 1000);
  let_succeed (f, "a");
  g_assert_cmpstr (f->progress->str, ==, "0/1000 10/1000 20/1000 21/1000 5/1000 1000/1000 ");
}

static void
test_the_end_of_the_queue_ends_everything (void)
{
  g_autoptr (QueueFixture) f = queue_fixture_new (&plain_kind);
  g_autoptr (ImTransfer) transfer = NULL;

  add (f, "A", LARGE, NULL);
  add (f, "B", LARGE, NULL);
  add (f, "C", LARGE, NULL);
  transfer = find_running (f, "A");
  im_transfer_queue_free (g_steal_pointer (&f->queue));
  turn ();
  expect_story (f, "+A+B~~~");
  g_assert_null (im_transfer_get_owner (transfer));
  /* What comes late is nobody's. */
  im_transfer_report (transfer, 1, 2);
  im_transfer_succeed (transfer, 1, g_strdup ("A"), g_free);
  turn ();
  expect_story (f, "");
}

/* Uploads and downloads */

typedef struct
{
  StreamFixture *stream;
  HttpSite *site;
  XmppHttp *http;
  ImStore *store;
  ImUploads *uploads;
  ImDownloads *downloads;
  ImTestDir *dir;
  char *path;

  guint n_slots; /* that were asked for */
  char *refusal; /* nullable: instead of the next slot */
  const char *put_path;

  gboolean is_done;
  ImUploaded *uploaded;
  ImDownloaded *downloaded;
  GError *error;
  guint64 last, total;
  guint n_told;
} Fixture;

static void
write_file (Fixture *self, const char *path)
{
  gsize size;
  const char *data = g_bytes_get_data (self->site->file, &size);

  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
}

static Fixture *
transfer_fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);
  XmppConfig config = { .jid = FIXTURE_JID };
  g_autoptr (GError) error = NULL;
  ImClock *clock;

  self->stream = fixture_new (NULL);
  fixture_go_online (self->stream);
  clock = fake_clock_get (self->stream->clock);
  self->site = http_site_new (FILE_SIZE, FALSE);
  self->http = xmpp_http_new (&config);
  self->store = im_store_open_memory (&error);
  g_assert_no_error (error);
  self->uploads = im_uploads_new (self->stream->porter, self->http, self->store, clock, FALSE);
  self->downloads = im_downloads_new (self->http, self->store, clock);
  self->dir = im_test_dir_new ();
  self->path = g_build_filename (self->dir, "photo.png", NULL);
  self->put_path = "/put";
  im_uploads_set_online (self->uploads, TRUE);
  im_downloads_set_online (self->downloads, TRUE);
  return self;
}

static void
transfer_fixture_clear (Fixture *self)
{
  self->is_done = FALSE;
  g_clear_pointer (&self->uploaded, im_uploaded_free);
  g_clear_pointer (&self->downloaded, im_downloaded_free);
  g_clear_error (&self->error);
  self->n_told = 0;
}

static void
transfer_fixture_free (Fixture *self)
{
  transfer_fixture_clear (self);
  im_uploads_free (self->uploads);
  im_downloads_free (self->downloads);
  g_object_unref (self->http);
  fixture_free (self->stream);
  http_site_free (self->site);
  im_store_close (self->store);
  g_free (self->path);
  g_free (self->refusal);
  im_test_dir_free (self->dir);
  g_free (self);
}

typedef Fixture TransferFixture;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TransferFixture, transfer_fixture_free)

#define INFO_OF_UPLOAD                                                                             \
  "<query xmlns='" XMPP_NS_DISCO_INFO "'><feature var='" XMPP_NS_UPLOAD "'/>"                      \
  "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'><value>" XMPP_NS_UPLOAD           \
  "</value></field><field var='max-file-size'><value>1000000</value></field></x></query>"

static char *
dup_slot (Fixture *self)
{
  return g_strdup_printf ("<slot xmlns='" XMPP_NS_UPLOAD "'><put url='%s%s'/>"
                          "<get url='%s/file?%u'/></slot>",
                          self->site->base, self->put_path, self->site->base, self->n_slots);
}

/* The answer of the server that gives the places. */
static void
answer (Fixture *self, XmppStanza *iq)
{
  const xmlNode *root = xmpp_stanza_get_root (iq);
  g_autofree char *content = NULL;
  gboolean is_refused = FALSE;

  if (xmpp_spec_match (XMPP_SPEC (XMPP_EL ("iq", NULL, XMPP_EL ("query", XMPP_NS_DISCO_ITEMS))),
                       root))
    content = g_strdup ("<query xmlns='" XMPP_NS_DISCO_ITEMS "'/>");
  else if (xmpp_spec_match (XMPP_SPEC (XMPP_EL ("iq", NULL, XMPP_EL ("query", XMPP_NS_DISCO_INFO))),
                            root))
    content = g_strdup (INFO_OF_UPLOAD);
  else
    {
      self->n_slots++;
      is_refused = self->refusal != NULL;
      content = is_refused ? g_steal_pointer (&self->refusal) : dup_slot (self);
    }
  fixture_give (self->stream, "<iq xmlns='jabber:client' type='%s' from='%s' id='%s'>%s</iq>",
                is_refused ? "error" : "result", xmpp_stanza_get_to (iq), xmpp_stanza_get_id (iq),
                content);
}

static void
serve (Fixture *self)
{
  g_autofree char *text = fake_transport_take (self->stream->transport);
  g_autoptr (XmppStanza) stanza
      = text != NULL ? xmpp_frame_parse (text, strlen (text), NULL) : NULL;

  if (stanza != NULL && xmpp_stanza_get_kind (stanza) == XMPP_STANZA_IQ)
    answer (self, stanza);
  /* What waits for a while does not wait for us. */
  fake_clock_advance (self->stream->clock, 50);
}

#define wait_served(self, condition) im_test_wait ((serve (self), (condition)))

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  Fixture *self = user_data;

  self->n_told++;
  self->last = done;
  self->total = total;
}

static void
on_uploaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  self->uploaded = im_uploads_start_finish (result, &self->error);
  self->is_done = TRUE;
}

static void
upload (Fixture *self, const char *name)
{
  transfer_fixture_clear (self);
  im_uploads_start_async (self->uploads, self->path, name, NULL, on_progress, self, NULL,
                          on_uploaded, self);
  wait_served (self, self->is_done);
}

static void
test_an_uploaded_file_has_an_address_and_is_as_it_was (void)
{
  g_autoptr (TransferFixture) f = transfer_fixture_new ();
  g_autofree char *sha256 = http_site_sha256 (f->site);
  g_autofree char *url = http_site_url (f->site, "/file?1");

  write_file (f, f->path);
  upload (f, NULL);
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->uploaded->url, ==, url);
  g_assert_cmpstr (f->uploaded->sha256, ==, sha256);
  g_assert_cmpstr (f->uploaded->name, ==, "photo.png");
  g_assert_cmpstr (f->uploaded->type, ==, "image/png");
  g_assert_cmpuint (f->uploaded->size, ==, FILE_SIZE);
  g_assert_cmpmem (f->site->taken->data, f->site->taken->len,
                   g_bytes_get_data (f->site->file, NULL), FILE_SIZE);
  g_assert_cmpuint (f->last, ==, FILE_SIZE);
  g_assert_cmpuint (f->total, ==, FILE_SIZE);
  g_assert_cmpuint (im_uploads_get_max_size (f->uploads), ==, 1000000);
}

static void
test_the_same_file_is_not_sent_twice (void)
{
  g_autoptr (TransferFixture) f = transfer_fixture_new ();
  g_autofree char *first = NULL;

  write_file (f, f->path);
  upload (f, NULL);
  first = g_strdup (f->uploaded->url);
  upload (f, NULL);
  g_assert_true (f->uploaded->is_reused);
  g_assert_cmpstr (f->uploaded->url, ==, first);
  g_assert_cmpuint (f->n_slots, ==, 1);
  g_assert_cmpuint (f->last, ==, FILE_SIZE);
  /* Another name is another file. */
  upload (f, "other.png");
  g_assert_false (f->uploaded->is_reused);
  g_assert_cmpuint (f->n_slots, ==, 2);
  /* So is one that changed. */
  g_assert_true (g_file_set_contents (f->path, "other", -1, NULL));
  upload (f, NULL);
  g_assert_cmpuint (f->n_slots, ==, 3);
}

static void
test_an_address_that_is_gone_is_not_given_out (void)
{
  g_autoptr (TransferFixture) f = transfer_fixture_new ();

  write_file (f, f->path);
  upload (f, NULL);
  g_bytes_unref (f->site->file); /* the server has another file there now */
  f->site->file = g_bytes_new_static ("x", 1);
  upload (f, NULL);
  g_assert_false (f->uploaded->is_reused);
  g_assert_cmpuint (f->n_slots, ==, 2);
}

static void
test_an_address_is_given_out_for_a_day (void)
{
  static const struct
  {
    gint64 age_s;
    guint n_slots;
  } rows[] = { { DAY_S - 60, 0 }, { DAY_S + 60, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TransferFixture) f = transfer_fixture_new ();
      g_autofree char *sha256 = http_site_sha256 (f->site);
      g_autofree char *url = http_site_url (f->site, "/file?0");
      gint64 now_s = im_clock_now_us (fake_clock_get (f->stream->clock)) / G_USEC_PER_SEC;

      write_file (f, f->path);
      g_assert_true (im_store_upload_add (f->store, sha256, FILE_SIZE, "photo.png", "image/png",
                                          url, now_s - rows[i].age_s, 0, NULL));
      upload (f, NULL);
      g_assert_no_error (f->error);
      g_assert_cmpuint (f->n_slots, ==, rows[i].n_slots);
    }
}

static void
test_every_attempt_has_a_place_of_its_own (void)
{
  g_autoptr (TransferFixture) f = transfer_fixture_new ();

  write_file (f, f->path);
  f->put_path = "/put-cut";
  transfer_fixture_clear (f);
  im_uploads_start_async (f->uploads, f->path, NULL, NULL, on_progress, f, NULL, on_uploaded, f);
  wait_served (f, f->n_slots == 3);
  f->put_path = "/put";
  wait_served (f, f->is_done);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->n_slots, >=, 4);
  g_assert_cmpuint (f->last, ==, FILE_SIZE);
}

#define REFUSAL(condition, more)                                                                   \
  "<error type='modify'><" condition " xmlns='" XMPP_NS_STANZAS "'/>" more "</error>"

static void
test_a_refusal_is_told_as_what_it_is (void)
{
  static const struct
  {
    const char *refusal;
    int code;
  } rows[] = {
    { REFUSAL ("not-acceptable", "<file-too-large xmlns='" XMPP_NS_UPLOAD
                                 "'><max-file-size>20</max-file-size></file-too-large>"),
      ERR_SDK_COMM_FILE_TOO_LARGE },
    { REFUSAL ("resource-constraint", ""), ERR_SVR_RES_SIZE_LIMIT },
    { REFUSAL ("not-allowed", ""), ERR_FILE_TRANS_UPLOAD_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TransferFixture) f = transfer_fixture_new ();

      write_file (f, f->path);
      f->refusal = g_strdup (rows[i].refusal);
      upload (f, NULL);
      g_assert_error (f->error, IM_ERROR, rows[i].code);
      g_assert_cmpuint (f->n_slots, ==, 1);
    }
}

static void
test_a_file_that_cannot_be_sent_is_told_as_what_it_is (void)
{
  g_autoptr (TransferFixture) f = transfer_fixture_new ();
  g_autofree char *huge = g_strnfill (1000001, 'x');

  upload (f, NULL);
  g_assert_error (f->error, IM_ERROR, ERR_SDK_COMM_FILE_NOT_FOUND);
  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  upload (f, NULL);
  g_assert_error (f->error, IM_ERROR, ERR_SDK_COMM_FILE_SIZE_EMPTY);
  g_assert_true (g_file_set_contents (f->path, huge, -1, NULL));
  upload (f, NULL);
  g_assert_error (f->error, IM_ERROR, ERR_SDK_COMM_FILE_TOO_LARGE);
  g_assert_nonnull (strstr (f->error->message, "1000000"));
  g_assert_cmpuint (f->n_slots, ==, 0);
}

static void
on_downloaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  self->downloaded = im_downloads_start_finish (result, &self->error);
  self->is_done = TRUE;
}

static void
start_download (Fixture *self,
                const char *site_path,
                ImDownload download,
                GCancellable *cancellable)
{
  g_autofree char *url = http_site_url (self->site, site_path);

  transfer_fixture_clear (self);
  download.url = url;
  download.path = self->path;
  im_downloads_start_async (self->downloads, &download, on_progress, self, cancellable,
                            on_downloaded, self);
}

static void
assert_downloaded (Fixture *self)
{
  g_autofree char *text = NULL;
  gsize size, expected_size;
  const void *expected = g_bytes_get_data (self->site->file, &expected_size);

  g_assert_no_error (self->error);
  g_assert_true (g_file_get_contents (self->path, &text, &size, NULL));
  g_assert_cmpmem (text, size, expected, expected_size);
  g_assert_cmpuint (self->last, ==, expected_size);
  g_assert_cmpuint (self->total, ==, expected_size);
}

static void
test_a_download_goes_on_by_itself (void)
{
  g_autoptr (TransferFixture) f = transfer_fixture_new ();

  f->site->cut_at = 100000;
  start_download (f, "/cut", (ImDownload){ 0 }, NULL);
  wait_served (f, f->site->n_requests == 1);
  f->site->cut_at = 200000;
  wait_served (f, f->site->n_requests == 2);
  f->site->cut_at = FILE_SIZE;
  wait_served (f, f->is_done);
  assert_downloaded (f);
  g_assert_nonnull (f->site->last_range);
}

static void
on_progress_cancel (guint64 done, guint64 total, gpointer user_data)
{
  if (done > 0)
    g_cancellable_cancel (user_data);
}

static void
test_a_download_goes_on_after_a_restart (void)
{
  g_autoptr (TransferFixture) f = transfer_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *url = http_site_url (f->site, "/file");
  ImDownload download = { .url = url, .path = f->path };

  im_downloads_start_async (f->downloads, &download, on_progress_cancel, cancellable, cancellable,
                            on_downloaded, f);
  wait_served (f, f->is_done);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  im_downloads_free (f->downloads);
  f->downloads = im_downloads_new (f->http, f->store, fake_clock_get (f->stream->clock));
  start_download (f, "/file", (ImDownload){ 0 }, NULL);
  wait_served (f, f->is_done);
  assert_downloaded (f);
  g_assert_cmpstr (f->site->last_if_range, ==, "\"one\"");
}

static void
test_a_download_of_something_else_starts_over (void)
{
  g_autoptr (TransferFixture) f = transfer_fixture_new ();
  g_autofree char *part = xmpp_http_dup_part_path (f->path);

  g_assert_true (g_file_set_contents (part, "of another file", -1, NULL));
  g_assert_true (
      im_store_download_set (f->store, f->path, "https://other/", "\"one\"", 1, 0, NULL));
  start_download (f, "/file", (ImDownload){ 0 }, NULL);
  wait_served (f, f->is_done);
  assert_downloaded (f);
  g_assert_null (f->site->last_range);
}

static void
test_a_place_is_fetched_to_once_at_a_time (void)
{
  g_autoptr (TransferFixture) f = transfer_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  start_download (f, "/slow", (ImDownload){ 0 }, cancellable);
  start_download (f, "/file", (ImDownload){ 0 }, NULL);
  wait_served (f, f->is_done);
  g_assert_error (f->error, IM_ERROR, ERR_IN_PROGESS);
  transfer_fixture_clear (f);
  g_cancellable_cancel (cancellable);
  wait_served (f, f->is_done);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  start_download (f, "/file", (ImDownload){ 0 }, NULL);
  wait_served (f, f->is_done);
  assert_downloaded (f);
}

static void
test_a_failed_download_is_told_as_what_it_is (void)
{
  static const struct
  {
    const char *path;
    ImDownload download;
    int code;
  } rows[] = {
    { "/status/404", { 0 }, ERR_SVR_RES_NOT_FOUND },
    { "/status/403", { 0 }, ERR_SVR_RES_ACCESS_DENY },
    { "/status/400", { 0 }, ERR_HTTP_REQ_FAILED },
    { "/round", { 0 }, ERR_HTTP_REQ_FAILED },
    { "/file", { .sha256 = "00" }, ERR_FILE_TRANS_DOWNLOAD_FAILED },
    { "/file", { .size = 1 }, ERR_SVR_RES_SIZE_LIMIT },
    { "/file", { .size = FILE_SIZE + 1 }, ERR_FILE_TRANS_DOWNLOAD_FAILED },
  };
  g_autoptr (TransferFixture) f = transfer_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      start_download (f, rows[i].path, rows[i].download, NULL);
      wait_served (f, f->is_done);
      g_assert_error (f->error, IM_ERROR, rows[i].code);
    }
  write_file (f, f->path);
  start_download (f, "/file", (ImDownload){ 0 }, NULL);
  wait_served (f, f->is_done);
  g_assert_error (f->error, IM_ERROR, ERR_IO_OPERATION_FAILED);
}

static void
test_what_nobody_wants_is_deleted (void)
{
  g_autoptr (TransferFixture) f = transfer_fixture_new ();
  g_autofree char *part = xmpp_http_dup_part_path (f->path);
  g_autofree char *url = NULL;
  g_autofree char *validator = NULL;

  g_assert_true (g_file_set_contents (part, "half", -1, NULL));
  g_assert_true (im_store_download_set (f->store, f->path, "https://x/", "v", 1, 0, NULL));
  im_downloads_forget (f->downloads, f->path);
  im_test_wait (!g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_false (im_store_download_get (f->store, f->path, &url, &validator));
}

int
main (int argc, char **argv)
{
  im_thread_set_role (IM_THREAD_NETWORK);
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/service/transfers/" #name, test_##name)
  TEST (large_files_leave_a_lane_for_small_ones);
  TEST (what_fails_is_tried_again_later_and_not_for_ever);
  TEST (a_connection_that_comes_back_ends_the_waiting);
  TEST (attempts_that_bring_something_do_not_count);
  TEST (who_asks_for_patience_is_not_asked_before);
  TEST (cancelling_ends_what_waits_at_once);
  TEST (progress_is_told_now_and_then_and_at_both_ends);
  TEST (the_end_of_the_queue_ends_everything);
  TEST (an_uploaded_file_has_an_address_and_is_as_it_was);
  TEST (the_same_file_is_not_sent_twice);
  TEST (an_address_that_is_gone_is_not_given_out);
  TEST (an_address_is_given_out_for_a_day);
  TEST (every_attempt_has_a_place_of_its_own);
  TEST (a_refusal_is_told_as_what_it_is);
  TEST (a_file_that_cannot_be_sent_is_told_as_what_it_is);
  TEST (a_download_goes_on_by_itself);
  TEST (a_download_goes_on_after_a_restart);
  TEST (a_download_of_something_else_starts_over);
  TEST (a_place_is_fetched_to_once_at_a_time);
  TEST (a_failed_download_is_told_as_what_it_is);
  TEST (what_nobody_wants_is_deleted);
#undef TEST
  return g_test_run ();
}
