/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files over HTTP with a server that does what it likes. */
#include "http-site.h"
#include "im-loop.h"
#include "xmpp-error.h"
#include "xmpp-transfer-error.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <utime.h>

#define FILE_SIZE (3 * 1024 * 1024 + 17)
#define TOO_LONG_AGO 1000000000

typedef struct
{
  HttpSite *site;
  XmppHttp *http;
  ImTestDir *dir;
  char *path; /* in dir */
  char *part;
  GCancellable *cancellable;

  gboolean is_done;
  GError *error; /* nullable */
  XmppHttpFile *file;
  guint n_told;
  guint64 first, last, total;
  char *validator; /* nullable: the last that was told */
  guint n_started;
  void (*on_progress) (gpointer fixture); /* nullable: once */
  gsize change;
} Fixture;

static Fixture *
fixture_new_full (gboolean tls, const XmppConfig *config)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->site = http_site_new (FILE_SIZE, tls);
  self->http = xmpp_http_new (config);
  self->dir = im_test_dir_new ();
  self->path = g_build_filename (self->dir, "file.bin", NULL);
  self->part = xmpp_http_dup_part_path (self->path);
  self->cancellable = g_cancellable_new ();
  return self;
}

static Fixture *
fixture_new (void)
{
  XmppConfig config = { .jid = "alice@example.org" };

  return fixture_new_full (FALSE, &config);
}

static void
fixture_clear (Fixture *self)
{
  self->is_done = FALSE;
  g_clear_error (&self->error);
  g_clear_pointer (&self->file, xmpp_http_file_free);
  g_clear_pointer (&self->validator, g_free);
  self->n_told = 0;
  self->n_started = 0;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
fixture_free (Fixture *self)
{
  fixture_clear (self);
  g_object_unref (self->cancellable);
  g_assert_finalize_object (self->http);
  http_site_free (self->site);
  g_free (self->path);
  g_free (self->part);
  im_test_dir_free (self->dir);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  Fixture *self = user_data;
  void (*act) (gpointer) = g_steal_pointer (&self->on_progress);

  g_assert_false (self->is_done);
  if (self->n_told++ == 0)
    self->first = done;
  self->last = done;
  self->total = total;
  if (act != NULL)
    act (self);
}

/* Putting */

static void
on_put (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_cmpint (xmpp_http_put_finish (XMPP_HTTP (source), result, &self->error), ==,
                   self->error == NULL);
  self->is_done = TRUE;
}

static void
write_source (Fixture *self)
{
  gsize size;
  const char *data = g_bytes_get_data (self->site->file, &size);

  g_assert_true (g_file_set_contents (self->path, data, (gssize) size, NULL));
}

static void
start_put (Fixture *self, const char *url, const XmppFileStamp *stamp)
{
  XmppUploadHeader header = { (char *) "Authorization", (char *) "Basic x" };
  XmppUploadSlot slot = { .put_url = (char *) url, .headers = g_ptr_array_new () };

  fixture_clear (self);
  g_ptr_array_add (slot.headers, &header);
  xmpp_http_put_async (self->http, &slot, self->path, "image/png", stamp, on_progress, self,
                       self->cancellable, on_put, self);
  g_ptr_array_unref (slot.headers);
}

static void
put (Fixture *self, const char *path)
{
  g_autofree char *url = http_site_url (self->site, path);

  start_put (self, url, NULL);
  im_test_wait (self->is_done);
}

static void
test_puts_a_file_as_it_is (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gsize size;
  const void *data = g_bytes_get_data (f->site->file, &size);

  write_source (f);
  put (f, "/put");
  g_assert_no_error (f->error);
  g_assert_cmpmem (f->site->taken->data, f->site->taken->len, data, size);
  g_assert_cmpstr (f->site->taken_type, ==, "image/png");
  g_assert_cmpstr (f->site->taken_authorization, ==, "Basic x");
  g_assert_cmpuint (f->last, ==, FILE_SIZE);
  g_assert_cmpuint (f->total, ==, FILE_SIZE);
  g_assert_cmpuint (f->n_told, >, 1);
}

static void
test_a_refusal_says_whether_another_place_helps (void)
{
  static const struct
  {
    int status, code;
    gboolean retryable, says_when;
  } rows[] = {
    { 403, XMPP_TRANSFER_ERROR_SLOT_REFUSED, TRUE, FALSE },
    { 410, XMPP_TRANSFER_ERROR_SLOT_REFUSED, TRUE, FALSE },
    { 413, XMPP_TRANSFER_ERROR_TOO_LARGE, FALSE, FALSE },
    { 500, XMPP_TRANSFER_ERROR_STATUS, TRUE, FALSE },
    { 503, XMPP_TRANSFER_ERROR_STATUS, TRUE, TRUE },
    { 507, XMPP_TRANSFER_ERROR_QUOTA, FALSE, FALSE },
    { 400, XMPP_TRANSFER_ERROR_STATUS, FALSE, FALSE },
    { 302, XMPP_TRANSFER_ERROR_REDIRECT, FALSE, FALSE },
  };
  g_autoptr (Fixture) f = fixture_new ();

  write_source (f);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      f->site->put_status = rows[i].status;
      put (f, "/put");
      g_assert_error (f->error, XMPP_TRANSFER_ERROR, rows[i].code);
      g_assert_cmpint (xmpp_transfer_error_is_retryable (f->error), ==, rows[i].retryable);
      g_assert_cmpint (xmpp_transfer_error_get_retry_us (f->error) != 0, ==, rows[i].says_when);
    }
}

static void
test_a_cut_while_putting_may_be_tried_again (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  write_source (f);
  put (f, "/put-cut");
  g_assert_nonnull (f->error);
  g_assert_true (xmpp_transfer_error_is_retryable (f->error));
  g_assert_cmpuint (f->site->n_requests, ==, 1);
}

static void
append_to_source (gpointer user_data)
{
  Fixture *self = user_data;
  FILE *file = g_fopen (self->path, "a");

  g_assert_cmpuint (fwrite ("x", 1, 1, file), ==, 1);
  fclose (file);
}

static void
cut_source (gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_cmpint (truncate (self->path, 100), ==, 0);
}

static void
touch_source (gpointer user_data)
{
  Fixture *self = user_data;
  struct utimbuf times = { TOO_LONG_AGO, TOO_LONG_AGO };

  g_assert_cmpint (g_utime (self->path, &times), ==, 0);
}

static void (*const changes[]) (gpointer) = { append_to_source, cut_source, touch_source };

/* The server takes nothing before. */
static void
change_and_release (gpointer user_data)
{
  Fixture *self = user_data;

  changes[self->change](self);
  http_site_release (self->site);
}

static void
test_a_file_that_changes_meanwhile_does_not_arrive (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      write_source (f);
      /* More than sockets hold, so that it is not out before it changes. */
      g_assert_cmpint (truncate (f->path, 64 * 1024 * 1024), ==, 0);
      f->change = i;
      f->site->is_released = FALSE;
      f->on_progress = change_and_release;
      put (f, "/put-slow");
      g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_CHANGED);
      g_assert_false (xmpp_transfer_error_is_retryable (f->error));
      g_assert_null (f->site->taken);
    }
}

static void
on_sum (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XmppFileSum **sum = user_data;
  g_autoptr (GError) error = NULL;

  *sum = xmpp_file_sum_finish (result, &error);
  g_assert_no_error (error);
}

static void
test_only_the_file_that_was_summed_up_is_put (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (XmppFileSum) sum = NULL;
  g_autofree char *url = http_site_url (f->site, "/put");
  g_autofree char *expected = http_site_sha256 (f->site);

  write_source (f);
  xmpp_file_sum_async (f->path, NULL, on_sum, &sum);
  im_test_wait (sum != NULL);
  g_assert_cmpstr (sum->sha256, ==, expected);
  start_put (f, url, &sum->stamp);
  im_test_wait (f->is_done);
  g_assert_no_error (f->error);
  append_to_source (f);
  f->site->n_requests = 0;
  start_put (f, url, &sum->stamp);
  im_test_wait (f->is_done);
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_CHANGED);
  g_assert_cmpuint (f->site->n_requests, ==, 0);
}

static void
test_what_is_no_file_is_not_put (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f, "/put");
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_NOT_FOUND);
  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  put (f, "/put");
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_EMPTY);
  g_unlink (f->path);
  g_mkdir (f->path, 0700);
  put (f, "/put");
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_OPEN);
  g_assert_cmpuint (f->site->n_requests, ==, 0);
}

static void
cancel (gpointer user_data)
{
  Fixture *self = user_data;

  g_cancellable_cancel (self->cancellable);
}

static void
test_cancelling_ends_a_put_at_once (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  write_source (f);
  f->on_progress = cancel;
  put (f, "/put");
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_told, ==, 1);
}

static void
test_silence_ends_a_transfer (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  xmpp_http_set_stall_ms (f->http, 150);
  write_source (f);
  put (f, "/put-slow");
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_STALLED);
  g_assert_true (xmpp_transfer_error_is_retryable (f->error));
}

static void
test_only_protected_addresses_are_used (void)
{
  static const struct
  {
    const char *url;
    gboolean allow_plain;
    int code; /* -1: may be used */
  } rows[] = {
    { "https://example.org/f", FALSE, -1 },
    { "HTTPS://example.org/f", FALSE, -1 },
    { "http://127.0.0.1/f", FALSE, -1 },
    { "http://[::1]:80/f", FALSE, -1 },
    { "http://localhost/f", FALSE, -1 },
    { "http://192.168.1.2/f", TRUE, -1 },
    { "https://192.168.1.2/f", FALSE, -1 },
    { "http://192.168.1.2/f", FALSE, XMPP_TRANSFER_ERROR_INSECURE },
    { "http://example.org/f", FALSE, XMPP_TRANSFER_ERROR_INSECURE },
    { "http://127.0.0.1.example.org/f", FALSE, XMPP_TRANSFER_ERROR_INSECURE },
    { "https://user:pw@example.org/f", FALSE, XMPP_TRANSFER_ERROR_BAD_URL },
    { "https:///f", FALSE, XMPP_TRANSFER_ERROR_BAD_URL },
    { "https://example.org/f\r\nX: y", FALSE, XMPP_TRANSFER_ERROR_BAD_URL },
    { "https://example.org/a b", FALSE, XMPP_TRANSFER_ERROR_BAD_URL },
    { "file:///etc/passwd", TRUE, XMPP_TRANSFER_ERROR_BAD_URL },
    { "data:text/plain,x", TRUE, XMPP_TRANSFER_ERROR_BAD_URL },
    { "ftp://example.org/f", TRUE, XMPP_TRANSFER_ERROR_BAD_URL },
    { "wss://example.org/f", TRUE, XMPP_TRANSFER_ERROR_BAD_URL },
    { "aesgcm://example.org/f", TRUE, XMPP_TRANSFER_ERROR_BAD_URL },
    { "/f", TRUE, XMPP_TRANSFER_ERROR_BAD_URL },
    { "", TRUE, XMPP_TRANSFER_ERROR_BAD_URL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean ok = xmpp_http_check_url (rows[i].url, rows[i].allow_plain, &error);

      g_assert_cmpint (ok, ==, rows[i].code < 0);
      if (!ok)
        g_assert_error (error, XMPP_TRANSFER_ERROR, rows[i].code);
    }
}

/* Getting */

static void
on_started (const char *validator, guint64 total, gpointer user_data)
{
  Fixture *self = user_data;

  self->n_started++;
  g_free (self->validator);
  self->validator = g_strdup (validator);
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  self->file = xmpp_http_get_finish (XMPP_HTTP (source), result, &self->error);
  g_assert_true ((self->file == NULL) == (self->error != NULL));
  self->is_done = TRUE;
}

/* get: what differs from the usual. */
static void
get_url (Fixture *self, const char *url, XmppHttpGet get)
{
  fixture_clear (self);
  get.url = url;
  get.path = self->path;
  get.started = on_started;
  get.progress = on_progress;
  get.user_data = self;
  xmpp_http_get_async (self->http, &get, self->cancellable, on_got, self);
  im_test_wait (self->is_done);
}

static void
get_file (Fixture *self, const char *path, XmppHttpGet get)
{
  g_autofree char *url = http_site_url (self->site, path);

  get_url (self, url, get);
}

static void
assert_got (Fixture *self)
{
  g_autofree char *sha256 = http_site_sha256 (self->site);
  g_autofree char *text = NULL;
  gsize size, expected_size;
  const void *expected = g_bytes_get_data (self->site->file, &expected_size);

  g_assert_no_error (self->error);
  g_assert_true (g_file_get_contents (self->path, &text, &size, NULL));
  g_assert_cmpmem (text, size, expected, expected_size);
  g_assert_true (self->file->sha256 == NULL || strcmp (self->file->sha256, sha256) == 0);
  g_assert_cmpuint (self->file->size, ==, expected_size);
  g_assert_cmpuint (self->last, ==, expected_size);
  g_assert_false (g_file_test (self->part, G_FILE_TEST_EXISTS));
}

/* Lays down the first n bytes of the file as its part; of noise when they are not the file's. */
static void
lay_part (Fixture *self, gsize n, gboolean is_noise)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->site->file, &size);
  g_autofree guint8 *part = g_memdup2 (data, size);

  for (gsize i = 0; is_noise && i < n; i++)
    part[i] ^= 0x55;
  g_unlink (self->path);
  g_assert_true (g_file_set_contents (self->part, (const char *) part, (gssize) n, NULL));
  self->site->sent = 0;
  self->site->n_requests = 0;
}

static gsize
part_size (Fixture *self)
{
  GStatBuf info;

  return g_stat (self->part, &info) == 0 ? (gsize) info.st_size : 0;
}

static void
assert_no_part (Fixture *self)
{
  g_assert_false (g_file_test (self->part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

static void
test_gets_a_file_as_it_is (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *sha256 = http_site_sha256 (f->site);
  g_autofree char *upper = g_ascii_strup (sha256, -1);

  get_file (f, "/file", (XmppHttpGet){ .expected_sha256 = upper, .expected_size = FILE_SIZE });
  assert_got (f);
  g_assert_cmpstr (f->file->sha256, ==, sha256);
  g_assert_cmpstr (f->file->type, ==, "image/png");
  g_assert_cmpstr (f->validator, ==, "\"one\"");
  g_assert_cmpuint (f->first, ==, 0);
  g_assert_cmpuint (f->total, ==, FILE_SIZE);
  g_assert_null (f->site->last_range);
}

static void
test_goes_on_where_it_was_cut (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *validator = NULL;

  for (int i = 0; i < 10; i++)
    {
      gsize before = part_size (f);

      f->site->cut_at = before + (gsize) g_test_rand_int_range (1, (FILE_SIZE - (int) before) / 2);
      get_file (f, "/cut", (XmppHttpGet){ .validator = validator });
      g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TRUNCATED);
      g_assert_true (xmpp_transfer_error_is_retryable (f->error));
      g_assert_cmpuint (part_size (f), ==, f->site->cut_at);
      g_assert_cmpuint (f->first, ==, before);
      g_free (validator);
      validator = g_strdup (f->validator);
    }
  get_file (f, "/file", (XmppHttpGet){ .validator = validator });
  assert_got (f);
  g_assert_cmpstr (f->site->last_if_range, ==, "\"one\"");
  g_assert_cmpuint (f->site->sent, ==, FILE_SIZE);
}

static void
test_a_part_of_something_else_is_not_gone_on_with (void)
{
  static const struct
  {
    const char *path, *validator;
    gboolean is_noise, knows_sum, from_start;
    gsize sent; /* bytes of the file that come */
  } rows[] = {
    { "/file", "\"one\"", FALSE, FALSE, FALSE, FILE_SIZE - 1000 },
    { "/file", NULL, FALSE, TRUE, FALSE, FILE_SIZE - 1000 },
    { "/file", "\"two\"", TRUE, FALSE, FALSE, FILE_SIZE }, /* the file has changed */
    { "/file", NULL, TRUE, FALSE, FALSE, FILE_SIZE },      /* nobody knows what it is of */
    { "/file", "\"one\"", TRUE, FALSE, TRUE, FILE_SIZE },
    { "/file", "\"one\"", TRUE, TRUE, FALSE, 2 * FILE_SIZE - 1000 }, /* found out at the end */
    { "/whole", "\"one\"", TRUE, FALSE, FALSE, FILE_SIZE },
    { "/wrong-start", "\"one\"", TRUE, FALSE, FALSE, 2 * FILE_SIZE - 1 },
    { "/wrong-end", "\"one\"", TRUE, FALSE, FALSE, 2 * FILE_SIZE - 1000 },
    { "/full", "\"one\"", TRUE, FALSE, FALSE, FILE_SIZE },
  };
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *sha256 = http_site_sha256 (f->site);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      lay_part (f, 1000, rows[i].is_noise);
      get_file (f, rows[i].path,
                (XmppHttpGet){ .validator = rows[i].validator,
                               .expected_sha256 = rows[i].knows_sum ? sha256 : NULL,
                               .from_start = rows[i].from_start });
      assert_got (f);
      g_assert_cmpuint (f->site->sent, ==, rows[i].sent);
    }
}

static void
test_a_range_that_prosody_miscounts_is_gone_on_with (void)
{
  static const gsize sent[] = { FILE_SIZE - 1000, FILE_SIZE - 1000, 2 * FILE_SIZE - 1000 };
  g_autoptr (Fixture) f = fixture_new ();

  for (f->site->bias = 0; f->site->bias < G_N_ELEMENTS (sent); f->site->bias++)
    {
      lay_part (f, 1000, FALSE);
      get_file (f, "/file", (XmppHttpGet){ .validator = "\"one\"" });
      assert_got (f);
      g_assert_cmpuint (f->site->sent, ==, sent[f->site->bias]);
    }
}

static void
test_a_part_that_is_whole_only_gets_its_name (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *sha256 = http_site_sha256 (f->site);

  lay_part (f, FILE_SIZE, FALSE);
  get_file (f, "/file", (XmppHttpGet){ .validator = "\"one\"", .expected_sha256 = sha256 });
  f->last = FILE_SIZE; /* there was none to tell */
  assert_got (f);
  g_assert_cmpuint (f->site->sent, ==, 0);
  /* A server that says no more than that there is no such range. */
  lay_part (f, FILE_SIZE, FALSE);
  get_file (f, "/full", (XmppHttpGet){ .expected_sha256 = sha256, .expected_size = FILE_SIZE });
  f->last = FILE_SIZE;
  assert_got (f);
  g_assert_cmpuint (f->site->sent, ==, 0);
  lay_part (f, FILE_SIZE, TRUE);
  get_file (f, "/file", (XmppHttpGet){ .validator = "\"one\"", .expected_sha256 = sha256 });
  assert_got (f);
}

static void
test_a_file_of_another_sum_or_size_is_deleted (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *other = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "other", -1);

  get_file (f, "/file", (XmppHttpGet){ .expected_sha256 = other });
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_WRONG_SUM);
  assert_no_part (f);
  get_file (f, "/file", (XmppHttpGet){ .expected_size = FILE_SIZE + 1 });
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_WRONG_SIZE);
  assert_no_part (f);
  /* Without a length told before. */
  get_file (f, "/endless", (XmppHttpGet){ .expected_size = FILE_SIZE + 1 });
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_WRONG_SIZE);
  assert_no_part (f);
  g_assert_false (xmpp_transfer_error_is_retryable (f->error));
}

static void
test_a_body_is_bounded (void)
{
  static const struct
  {
    const char *path;
    guint64 expected_size, max_size;
  } rows[] = {
    { "/file", 0, FILE_SIZE - 1 },         { "/endless", 0, 1000000 },
    { "/endless", FILE_SIZE - 1, 0 },      { "/bomb", 0, 1000000 },
    { "/bomb", FILE_SIZE, 2 * FILE_SIZE },
  };
  g_autoptr (Fixture) f = fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      get_file (f, rows[i].path,
                (XmppHttpGet){ .expected_size = rows[i].expected_size,
                               .max_size = rows[i].max_size });
      g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TOO_LARGE);
      assert_no_part (f);
    }
}

static void
test_a_body_that_ends_early_is_kept (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  get_file (f, "/short", (XmppHttpGet){ 0 });
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TRUNCATED);
  g_assert_cmpuint (part_size (f), ==, FILE_SIZE);
}

static void
test_a_packed_body_is_unpacked_and_not_gone_on_with (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  get_file (f, "/gzip", (XmppHttpGet){ .expected_size = FILE_SIZE });
  assert_got (f);
  g_assert_cmpuint (f->n_started, ==, 1);
  g_assert_null (f->validator);
}

static void
test_a_status_that_is_no_file_leaves_nothing (void)
{
  static const struct
  {
    const char *path;
    int code;
    gboolean retryable;
  } rows[] = {
    { "/status/404", XMPP_TRANSFER_ERROR_GONE, FALSE },
    { "/status/410", XMPP_TRANSFER_ERROR_GONE, FALSE },
    { "/status/403", XMPP_TRANSFER_ERROR_NOT_ALLOWED, FALSE },
    { "/status/401", XMPP_TRANSFER_ERROR_NOT_ALLOWED, FALSE },
    { "/status/500", XMPP_TRANSFER_ERROR_STATUS, TRUE },
    { "/status/429", XMPP_TRANSFER_ERROR_STATUS, TRUE },
    { "/status/204", XMPP_TRANSFER_ERROR_STATUS, FALSE },
    { "/status/206", XMPP_TRANSFER_ERROR_STATUS, FALSE },
    { "/status/304", XMPP_TRANSFER_ERROR_STATUS, FALSE },
  };
  g_autoptr (Fixture) f = fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      get_file (f, rows[i].path, (XmppHttpGet){ 0 });
      g_assert_error (f->error, XMPP_TRANSFER_ERROR, rows[i].code);
      g_assert_cmpint (xmpp_transfer_error_is_retryable (f->error), ==, rows[i].retryable);
      assert_no_part (f);
    }
}

static void
test_follows_some_redirects (void)
{
  static const struct
  {
    const char *path;
    int code;
  } bad[] = {
    { "/round", XMPP_TRANSFER_ERROR_REDIRECT },
    { "/chain/6", XMPP_TRANSFER_ERROR_REDIRECT },
    { "/nowhere", XMPP_TRANSFER_ERROR_REDIRECT },
    { "/to?http://192.0.2.1/file", XMPP_TRANSFER_ERROR_INSECURE },
    { "/to?file:///etc/passwd", XMPP_TRANSFER_ERROR_BAD_URL },
    { "/to?data:text/plain,x", XMPP_TRANSFER_ERROR_BAD_URL },
  };
  g_autoptr (Fixture) f = fixture_new ();

  get_file (f, "/chain/5", (XmppHttpGet){ 0 });
  assert_got (f);
  g_unlink (f->path);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      get_file (f, bad[i].path, (XmppHttpGet){ 0 });
      g_assert_error (f->error, XMPP_TRANSFER_ERROR, bad[i].code);
      assert_no_part (f);
    }
}

static void
lay_file (gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_true (g_file_set_contents (self->path, "mine", -1, NULL));
}

static void
test_no_file_is_replaced (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *text = NULL;

  lay_file (f);
  get_file (f, "/file", (XmppHttpGet){ 0 });
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_EXISTS);
  g_assert_cmpuint (f->site->n_requests, ==, 0);
  g_unlink (f->path);
  /* It appears meanwhile. */
  f->on_progress = lay_file;
  get_file (f, "/file", (XmppHttpGet){ 0 });
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_EXISTS);
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  g_assert_cmpuint (part_size (f), ==, FILE_SIZE);
  get_file (f, "/file", (XmppHttpGet){ .overwrite = TRUE });
  assert_got (f);
}

static void
test_a_link_in_the_place_of_a_part_is_not_followed (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *target = g_build_filename (f->dir, "target", NULL);

  g_assert_true (g_file_set_contents (target, "mine", -1, NULL));
  g_assert_cmpint (symlink (target, f->part), ==, 0);
  get_file (f, "/file", (XmppHttpGet){ 0 });
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_OPEN);
  g_unlink (f->part);
  g_free (f->path);
  f->path = g_build_filename (f->dir, "no", "folder", NULL);
  get_file (f, "/file", (XmppHttpGet){ 0 });
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_NOT_FOUND);
}

static void
test_a_full_disk_keeps_what_has_come (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  struct rlimit old, small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 1000000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  get_file (f, "/file", (XmppHttpGet){ 0 });
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_DISK_FULL);
  g_assert_cmpuint (part_size (f), >, 500000);
  get_file (f, "/file", (XmppHttpGet){ .validator = "\"one\"" });
  assert_got (f);
  g_assert_cmpuint (f->first, >, 500000);
}

static void
test_cancelling_keeps_the_part (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  f->on_progress = cancel;
  lay_part (f, 1000000, FALSE);
  get_file (f, "/file", (XmppHttpGet){ .validator = "\"one\"" });
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (part_size (f), >=, 1000000);
  get_file (f, "/file", (XmppHttpGet){ .validator = "\"one\"" });
  assert_got (f);
}

static void
test_a_stalled_get_ends (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  xmpp_http_set_stall_ms (f->http, 150);
  get_file (f, "/slow", (XmppHttpGet){ 0 });
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_STALLED);
  assert_no_part (f);
}

static void
test_nobody_there_may_be_tried_again (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  get_url (f, "http://127.0.0.1:1/f", (XmppHttpGet){ 0 });
  g_assert_error (f->error, XMPP_ERROR, XMPP_ERROR_REFUSED);
  g_assert_true (xmpp_transfer_error_is_retryable (f->error));
  assert_no_part (f);
}

/* Protection */

static void
test_a_pinned_certificate_is_that_of_the_own_server (void)
{
  g_autofree char *sum = http_site_certificate_sha256 ();
  const struct
  {
    const char *jid, *pinned;
    gboolean is_trusted;
  } rows[] = {
    { "alice@localhost", sum, TRUE },
    { "alice@localhost", NULL, FALSE },
    { "alice@example.org", sum, FALSE },
    { "alice@calhost", sum, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      XmppConfig config = { .jid = rows[i].jid, .certificate_sha256 = rows[i].pinned };
      g_autoptr (Fixture) f = fixture_new_full (TRUE, &config);

      get_file (f, "/file", (XmppHttpGet){ 0 });
      if (rows[i].is_trusted)
        assert_got (f);
      else
        g_assert_error (f->error, XMPP_ERROR, XMPP_ERROR_TLS_UNTRUSTED);
    }
}

static void
test_a_protected_address_leads_only_to_another (void)
{
  g_autofree char *sum = http_site_certificate_sha256 ();
  XmppConfig config = { .jid = "alice@localhost", .certificate_sha256 = sum, .allow_plain = TRUE };
  g_autoptr (Fixture) f = fixture_new_full (TRUE, &config);
  g_autoptr (HttpSite) plain = http_site_new (1000, FALSE);
  g_autofree char *down = g_strconcat ("/to?", plain->base, "/file", NULL);
  g_autofree char *up = g_strconcat (plain->base, "/to?", f->site->base, "/file", NULL);

  get_file (f, down, (XmppHttpGet){ 0 });
  g_assert_error (f->error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_INSECURE);
  assert_no_part (f);
  get_url (f, up, (XmppHttpGet){ 0 });
  assert_got (f);
}

/* Asking */

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  xmpp_http_check_finish (XMPP_HTTP (source), result, &self->error);
  self->is_done = TRUE;
}

static void
test_asks_whether_a_file_is_still_there (void)
{
  static const struct
  {
    const char *path;
    guint64 size;
    int code; /* -1: it is */
  } rows[] = {
    { "/file", 0, -1 },
    { "/file", FILE_SIZE, -1 },
    { "/file", 1, XMPP_TRANSFER_ERROR_WRONG_SIZE },
    { "/gone", 0, XMPP_TRANSFER_ERROR_GONE },
  };
  g_autoptr (Fixture) f = fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = http_site_url (f->site, rows[i].path);

      fixture_clear (f);
      xmpp_http_check_async (f->http, url, rows[i].size, f->cancellable, on_checked, f);
      im_test_wait (f->is_done);
      if (rows[i].code < 0)
        g_assert_no_error (f->error);
      else
        g_assert_error (f->error, XMPP_TRANSFER_ERROR, rows[i].code);
    }
}

int
main (int argc, char **argv)
{
  im_thread_set_role (IM_THREAD_NETWORK);
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/xmpp/http/" #name, test_##name)
  TEST (puts_a_file_as_it_is);
  TEST (a_refusal_says_whether_another_place_helps);
  TEST (a_cut_while_putting_may_be_tried_again);
  TEST (a_file_that_changes_meanwhile_does_not_arrive);
  TEST (only_the_file_that_was_summed_up_is_put);
  TEST (what_is_no_file_is_not_put);
  TEST (cancelling_ends_a_put_at_once);
  TEST (silence_ends_a_transfer);
  TEST (only_protected_addresses_are_used);
  TEST (gets_a_file_as_it_is);
  TEST (goes_on_where_it_was_cut);
  TEST (a_part_of_something_else_is_not_gone_on_with);
  TEST (a_range_that_prosody_miscounts_is_gone_on_with);
  TEST (a_part_that_is_whole_only_gets_its_name);
  TEST (a_file_of_another_sum_or_size_is_deleted);
  TEST (a_body_is_bounded);
  TEST (a_body_that_ends_early_is_kept);
  TEST (a_packed_body_is_unpacked_and_not_gone_on_with);
  TEST (a_status_that_is_no_file_leaves_nothing);
  TEST (follows_some_redirects);
  TEST (no_file_is_replaced);
  TEST (a_link_in_the_place_of_a_part_is_not_followed);
  TEST (a_full_disk_keeps_what_has_come);
  TEST (cancelling_keeps_the_part);
  TEST (a_stalled_get_ends);
  TEST (nobody_there_may_be_tried_again);
  TEST (a_pinned_certificate_is_that_of_the_own_server);
  TEST (a_protected_address_leads_only_to_another);
  TEST (asks_whether_a_file_is_still_there);
#undef TEST
  return g_test_run ();
}
