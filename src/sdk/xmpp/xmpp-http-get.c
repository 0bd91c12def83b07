/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-http-private.h"

#include "im-loop.h"
#include "xmpp-file-private.h"
#include "xmpp-transfer-error.h"

#include <errno.h>
#include <string.h>

/*
 * The part is opened (and what there is of it summed up) → the request goes out, with a range when
 * there is something to go on with → the answer says where the body belongs → body: one buffer is
 * read into while the other is written → the whole is judged and gets its name.
 *
 * Reading is the network thread's, everything that touches the part a thread's of the pool; of each
 * there is at most one under way.
 */

typedef struct
{
  guint8 *data;
  gsize size;
} Buffer;

typedef struct
{
  XmppHttpExchange exchange;
  char *url;
  char *path;
  char *validator; /* nullable: of the part as it lies there */
  char *expected_sha256;
  guint64 expected_size;
  guint64 max_size;
  gboolean overwrite;
  XmppHttpStartedFunc started;
  XmppHttpProgressFunc progress;
  gpointer user_data;

  XmppPart *part;
  gboolean starts_over; /* nothing of the part may be used */
  gboolean did_go_on;   /* what was there was used */
  guint64 received;     /* bytes of the file: those of the part and those in buffers */
  guint64 total;        /* 0: unknown */
  guint64 bound;        /* received may not pass it; 0: none */
  char *type;           /* nullable */
  GInputStream *stream; /* nullable */
  Buffer filling;       /* read into */
  Buffer writing;       /* written from */
  gboolean is_reading;
  gboolean is_writing;
  gboolean is_at_end;
  GError *error; /* nullable: how it ends, when everything under way is over */
} Get;

static void
get_free (gpointer data)
{
  Get *get = data;

  xmpp_http_exchange_clear (&get->exchange);
  g_clear_object (&get->stream);
  xmpp_part_free (get->part);
  g_free (get->filling.data);
  g_free (get->writing.data);
  g_free (get->url);
  g_free (get->path);
  g_free (get->validator);
  g_free (get->expected_sha256);
  g_free (get->type);
  g_clear_error (&get->error);
  g_free (get);
}

void
xmpp_http_file_free (XmppHttpFile *file)
{
  if (file == NULL)
    return;
  g_free (file->sha256);
  g_free (file->type);
  g_free (file);
}

/* Runs func on the pool, with the task's Get as its data; callback gets a boolean. The thread may
 * be the last to let go of the work: it must not have anything of this thread's. */
static void
run_on_pool (GTask *task, GTaskThreadFunc func, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) work = g_task_new (NULL, NULL, callback, g_object_ref (task));

  g_task_set_source_tag (work, run_on_pool);
  g_task_set_task_data (work, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (work, func);
}

static void
return_work (GTask *work, gboolean ok, GError *error)
{
  if (ok)
    g_task_return_boolean (work, TRUE);
  else
    g_task_return_error (work, error);
}

/* The end */

static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_WRONG_SIZE)
         || g_error_matches (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_WRONG_SUM)
         || g_error_matches (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TOO_LARGE);
}

static gboolean
judge (Get *get, GError **error)
{
  g_autofree char *sha256 = xmpp_part_dup_sha256 (get->part);
  guint64 size = xmpp_part_get_size (get->part);

  if (get->expected_size != 0 && size != get->expected_size)
    {
      g_set_error (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_WRONG_SIZE,
                   "the file has %" G_GUINT64_FORMAT " bytes instead of %" G_GUINT64_FORMAT, size,
                   get->expected_size);
      return FALSE;
    }
  if (get->expected_sha256 != NULL && g_ascii_strcasecmp (get->expected_sha256, sha256) != 0)
    {
      g_set_error_literal (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_WRONG_SUM,
                           "the file is not the one that was announced");
      return FALSE;
    }
  return TRUE;
}

static void
run_finish (GTask *work, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Get *get = task_data;
  GError *error = NULL;
  gboolean ok
      = judge (get, &error) && xmpp_part_finish (get->part, get->path, get->overwrite, &error);

  return_work (work, ok, error);
}

static void
run_discard (GTask *work, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Get *get = task_data;

  xmpp_part_discard (get->part);
  return_work (work, TRUE, NULL);
}

static void
on_discarded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);

  g_task_return_error (task, g_steal_pointer (&get->error));
}

static void
fail (GTask *task, GError *error)
{
  Get *get = g_task_get_task_data (task);

  xmpp_http_exchange_unwatch (&get->exchange);
  g_clear_object (&get->stream);
  if (get->part == NULL || (!is_final (error) && xmpp_part_get_size (get->part) > 0))
    {
      g_task_return_error (task, error);
      return;
    }
  get->error = error;
  run_on_pool (task, run_discard, on_discarded);
}

static void request (GTask *task);

static void
on_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;
  XmppHttpFile *file;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      file = g_new0 (XmppHttpFile, 1);
      file->size = xmpp_part_get_size (get->part);
      file->sha256 = xmpp_part_dup_sha256 (get->part);
      file->type = g_steal_pointer (&get->type);
      g_task_return_pointer (task, file, (GDestroyNotify) xmpp_http_file_free);
    }
  else if (is_final (error) && get->did_go_on)
    {
      /* What lay there may have been of another file: once more, all of it. */
      g_error_free (error);
      get->starts_over = TRUE;
      request (task);
    }
  else
    fail (task, error);
}

static void
finish (GTask *task)
{
  Get *get = g_task_get_task_data (task);

  xmpp_http_exchange_unwatch (&get->exchange);
  g_clear_object (&get->stream);
  run_on_pool (task, run_finish, on_finished);
}

/* The body */

static void go_on (GTask *task);

static void
run_write (GTask *work, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Get *get = task_data;
  GError *error = NULL;
  gboolean ok = xmpp_part_append (get->part, get->writing.data, get->writing.size, &error);

  return_work (work, ok, error);
}

static void
keep_error (Get *get, GError *error)
{
  if (get->error == NULL)
    get->error = error;
  else
    g_error_free (error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;

  get->is_writing = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      /* What waits in the other buffer cannot be written either. */
      get->filling.size = 0;
      keep_error (get, error);
      g_cancellable_cancel (get->exchange.cancellable);
    }
  xmpp_http_exchange_touch (&get->exchange);
  go_on (task);
}

static void
start_writing (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  Buffer full = get->filling;

  get->filling = get->writing;
  get->filling.size = 0;
  get->writing = full;
  get->is_writing = TRUE;
  run_on_pool (task, run_write, on_written);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  get->is_reading = FALSE;
  xmpp_http_exchange_touch (&get->exchange);
  if (n < 0)
    keep_error (get, xmpp_http_exchange_error (&get->exchange, error));
  else if (n == 0)
    get->is_at_end = TRUE;
  else
    {
      get->filling.size += (gsize) n;
      get->received += (guint64) n;
    }
  if (get->bound != 0 && get->received > get->bound && get->error == NULL)
    get->error = xmpp_transfer_error_new_too_large (get->bound);
  if (n > 0 && get->error == NULL && get->progress != NULL)
    get->progress (get->received, get->total, get->user_data);
  go_on (task);
}

static void
start_reading (GTask *task)
{
  Get *get = g_task_get_task_data (task);

  get->is_reading = TRUE;
  g_input_stream_read_async (get->stream, get->filling.data + get->filling.size,
                             XMPP_FILE_CHUNK - get->filling.size, G_PRIORITY_DEFAULT,
                             get->exchange.cancellable, on_read, g_object_ref (task));
}

static gboolean
is_short (const Get *get)
{
  return get->total != 0 && get->received < get->total;
}

/* Whatever has become possible. A full buffer is written, and at the end or after an error any. */
static void
go_on (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  gboolean is_over = get->is_at_end || get->error != NULL;

  if (!get->is_writing && get->filling.size > 0
      && (get->filling.size == XMPP_FILE_CHUNK || (is_over && !get->is_reading)))
    start_writing (task);
  if (!is_over && !get->is_reading && get->filling.size < XMPP_FILE_CHUNK)
    start_reading (task);
  if (!is_over || get->is_reading || get->is_writing || get->filling.size > 0)
    return;
  if (get->error != NULL)
    fail (task, g_steal_pointer (&get->error));
  else if (is_short (get))
    fail (task,
          g_error_new (XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_TRUNCATED,
                       "%s: the file ended before its end", g_uri_get_host (get->exchange.uri)));
  else
    finish (task);
}

static void
begin_body (GTask *task)
{
  Get *get = g_task_get_task_data (task);

  if (get->filling.data == NULL)
    {
      get->filling.data = g_malloc (XMPP_FILE_CHUNK);
      get->writing.data = g_malloc (XMPP_FILE_CHUNK);
    }
  get->filling.size = 0;
  get->received = xmpp_part_get_size (get->part);
  get->is_at_end = FALSE;
  if (get->started != NULL)
    get->started (get->validator, get->total, get->user_data);
  if (get->progress != NULL)
    get->progress (get->received, get->total, get->user_data);
  go_on (task);
}

static void
run_restart (GTask *work, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Get *get = task_data;
  GError *error = NULL;
  gboolean ok = xmpp_part_restart (get->part, &error);

  return_work (work, ok, error);
}

static void
on_restarted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    begin_body (task);
  else
    fail (task, error);
}

/* The answer */

static gboolean
is_encoded (Get *get)
{
  const char *encoding = xmpp_http_exchange_header (&get->exchange, "Content-Encoding");

  return encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0;
}

/* A strong ETag, else the date of the last change. An encoded body cannot be gone on with. */
static char *
dup_validator (Get *get)
{
  const char *etag = xmpp_http_exchange_header (&get->exchange, "ETag");
  const char *modified = xmpp_http_exchange_header (&get->exchange, "Last-Modified");

  if (is_encoded (get))
    return NULL;
  if (etag != NULL && *etag == '"')
    return g_strdup (etag);
  return g_strdup (modified);
}

static gboolean
check_size (Get *get, GError **error)
{
  get->bound = get->expected_size != 0 ? get->expected_size : get->max_size;
  if (get->max_size != 0 && get->bound > get->max_size)
    get->bound = get->max_size;
  if (get->bound != 0 && get->total > get->bound)
    {
      g_propagate_error (error, xmpp_transfer_error_new_too_large (get->bound));
      return FALSE;
    }
  if (get->expected_size != 0 && get->total != 0 && get->total != get->expected_size)
    {
      g_set_error (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_WRONG_SIZE,
                   "the file has %" G_GUINT64_FORMAT " bytes instead of %" G_GUINT64_FORMAT,
                   get->total, get->expected_size);
      return FALSE;
    }
  return TRUE;
}

static void
take_all (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (get->exchange.message);
  GError *error = NULL;

  get->did_go_on = FALSE;
  g_free (get->validator);
  get->validator = dup_validator (get);
  get->total = 0;
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && !is_encoded (get))
    get->total = (guint64) MAX (soup_message_headers_get_content_length (headers), 0);
  if (!check_size (get, &error))
    fail (task, error);
  else
    run_on_pool (task, run_restart, on_restarted);
}

/* Prosody 0.12 says "bytes 500-1000/1000" of what ends at byte 999; its length is right. */
static gboolean
ends_at_end (Get *get, goffset start, goffset end, goffset total)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (get->exchange.message);

  if (total < 0 || end == total - 1)
    return TRUE;
  return end == total && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
         && soup_message_headers_get_content_length (headers) == total - start;
}

/* Does the answer go on exactly where the part ends, of the same file? */
static gboolean
is_rest (Get *get)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (get->exchange.message);
  g_autofree char *validator = dup_validator (get);
  goffset start, end, total;

  if (is_encoded (get) || !soup_message_headers_get_content_range (headers, &start, &end, &total))
    return FALSE;
  if (start < 0 || (guint64) start != xmpp_part_get_size (get->part) || end < start
      || !ends_at_end (get, start, end, total))
    return FALSE;
  if (validator != NULL && get->validator != NULL && strcmp (validator, get->validator) != 0)
    return FALSE;
  if (get->validator == NULL)
    get->validator = g_steal_pointer (&validator);
  get->total = total >= 0 ? (guint64) total : (guint64) end + 1;
  return TRUE;
}

static void
take_rest (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;

  get->did_go_on = TRUE;
  if (check_size (get, &error))
    begin_body (task);
  else
    fail (task, error);
}

static void
start_over (GTask *task)
{
  Get *get = g_task_get_task_data (task);

  get->starts_over = TRUE;
  g_clear_object (&get->stream);
  request (task);
}

/* A server that does not say how long the file is (Prosody) is believed when the sum can be judged.
 */
static gboolean
is_whole (Get *get)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (get->exchange.message);
  const char *range = soup_message_headers_get_one (headers, "Content-Range");
  guint64 size = xmpp_part_get_size (get->part);
  g_autofree char *whole = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, size);

  if (range == NULL)
    return get->expected_sha256 != NULL && size == get->expected_size;
  return g_ascii_strcasecmp (range, whole) == 0;
}

static void
take_answer (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  guint status = soup_message_get_status (get->exchange.message);
  gboolean asked_for_rest
      = soup_message_headers_get_one (soup_message_get_request_headers (get->exchange.message),
                                      "Range")
        != NULL;

  g_free (get->type);
  get->type = g_strdup (soup_message_headers_get_content_type (
      soup_message_get_response_headers (get->exchange.message), NULL));
  if (status == SOUP_STATUS_OK)
    take_all (task);
  else if (asked_for_rest && status == SOUP_STATUS_PARTIAL_CONTENT && is_rest (get))
    take_rest (task);
  else if (asked_for_rest && status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE
           && is_whole (get))
    {
      get->did_go_on = TRUE;
      finish (task);
    }
  else if (asked_for_rest
           && (status == SOUP_STATUS_PARTIAL_CONTENT
               || status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE))
    start_over (task);
  else
    fail (task, xmpp_http_exchange_status_error (&get->exchange));
}

static void send_request (GTask *task);

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GError *refusal = NULL;

  xmpp_http_exchange_touch (&get->exchange);
  g_clear_object (&get->stream);
  get->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (get->stream == NULL)
    fail (task, xmpp_http_exchange_error (&get->exchange, error));
  else if (!xmpp_http_exchange_is_redirect (&get->exchange))
    take_answer (task);
  else if (xmpp_http_exchange_follow (&get->exchange, &refusal))
    send_request (task);
  else
    fail (task, refusal);
}

/* The request */

static gboolean
can_go_on (const Get *get)
{
  return !get->starts_over && xmpp_part_get_size (get->part) > 0
         && (get->validator != NULL || get->expected_sha256 != NULL);
}

static void
send_request (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_request_headers (get->exchange.message);

  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (can_go_on (get))
    {
      soup_message_headers_set_range (headers, (goffset) xmpp_part_get_size (get->part), -1);
      if (get->validator != NULL)
        soup_message_headers_replace (headers, "If-Range", get->validator);
    }
  g_clear_object (&get->stream);
  xmpp_http_exchange_send (&get->exchange, on_answer, g_object_ref (task));
}

static void
request (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;

  if (xmpp_http_exchange_prepare (&get->exchange, SOUP_METHOD_GET, get->url, &error))
    send_request (task);
  else
    fail (task, error);
}

static void
run_open (GTask *work, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Get *get = task_data;
  gboolean resume = !get->starts_over && (get->validator != NULL || get->expected_sha256 != NULL);
  GError *error = NULL;

  if (!get->overwrite && g_file_test (get->path, G_FILE_TEST_EXISTS))
    xmpp_file_set_error (&error, EEXIST, 0, get->path);
  else
    get->part = xmpp_part_open (get->path, resume, get->expected_sha256 != NULL,
                                get->exchange.cancellable, &error);
  return_work (work, get->part != NULL, error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    fail (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    request (task);
}

/* A line end would begin another header. */
static gboolean
is_validator (const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if ((guchar) *text < ' ' || *text == 0x7f)
      return FALSE;
  return TRUE;
}

void
xmpp_http_get_async (XmppHttp *self,
                     const XmppHttpGet *get,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Get *running;

  g_return_if_fail (XMPP_IS_HTTP (self) && get != NULL && get->url != NULL && get->path != NULL);
  im_assert_network_thread ();
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_http_get_async);
  g_task_set_check_cancellable (task, FALSE); /* once it has its name, it is there */
  running = g_new0 (Get, 1);
  xmpp_http_exchange_init (&running->exchange, self, cancellable);
  running->url = g_strdup (get->url);
  running->path = g_strdup (get->path);
  running->validator = is_validator (get->validator) ? g_strdup (get->validator) : NULL;
  running->expected_sha256 = g_strdup (get->expected_sha256);
  running->expected_size = get->expected_size;
  running->max_size = get->max_size;
  running->starts_over = get->from_start;
  running->overwrite = get->overwrite;
  running->started = get->started;
  running->progress = get->progress;
  running->user_data = get->user_data;
  g_task_set_task_data (task, running, get_free);
  /* A bad address leaves no part behind. */
  if (!xmpp_http_exchange_prepare (&running->exchange, SOUP_METHOD_GET, get->url, &error))
    g_task_return_error (task, error);
  else
    run_on_pool (task, run_open, on_opened);
}

XmppHttpFile *
xmpp_http_get_finish (XmppHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
