/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-site.h"

#include <string.h>
#include <sys/socket.h>

#define BOMB_SIZE (64 * 1024 * 1024)

static GBytes *
random_bytes (gsize size)
{
  guint8 *data = g_malloc (size);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) g_rand_int (random);
  return g_bytes_new_take (data, size);
}

/* Sends head and data as they are, and closes. */
static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GIOStream) stream = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_io_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
send_raw (SoupServerMessage *message, const char *head, const guint8 *data, gsize size)
{
  GIOStream *stream = soup_server_message_steal_connection (message);
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *) head, (guint) strlen (head));
  if (size > 0)
    g_byte_array_append (all, data, (guint) size);
  g_object_set_data_full (G_OBJECT (stream), "bytes", all, (GDestroyNotify) g_byte_array_unref);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (stream), all->data, all->len,
                                   G_PRIORITY_DEFAULT, NULL, on_sent, stream);
}

static void
send_part (HttpSite *self, SoupServerMessage *message, gsize start, gsize end, gsize total)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->file, &size);
  g_autofree char *etag
      = self->etag != NULL ? g_strdup_printf ("ETag: %s\r\n", self->etag) : g_strdup ("");
  g_autofree char *head
      = g_strdup_printf ("HTTP/1.1 206 Partial Content\r\nContent-Length: %" G_GSIZE_FORMAT
                         "\r\nContent-Range: bytes %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT
                         "/%" G_GSIZE_FORMAT "\r\n%s\r\n",
                         end - start, start, end - 1 + self->bias, total, etag);
  gsize last = MIN (end, size);

  self->sent += last - start;
  send_raw (message, head, data + start, last - start);
}

static void
send_whole (HttpSite *self, SoupServerMessage *message, gsize claimed, gsize sent)
{
  const guint8 *data = g_bytes_get_data (self->file, NULL);
  g_autofree char *etag
      = self->etag != NULL ? g_strdup_printf ("ETag: %s\r\n", self->etag) : g_strdup ("");
  g_autofree char *head
      = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: "
                         "%" G_GSIZE_FORMAT "\r\n%s\r\n",
                         claimed, etag);

  self->sent += sent;
  send_raw (message, head, data, sent);
}

/* The first byte that is asked for; 0: the whole. */
static gsize
wanted_start (HttpSite *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *range = soup_message_headers_get_one (headers, "Range");
  const char *if_range = soup_message_headers_get_one (headers, "If-Range");

  if (range == NULL || (if_range != NULL && g_strcmp0 (if_range, self->etag) != 0))
    return 0;
  return (gsize) g_ascii_strtoull (range + strlen ("bytes="), NULL, 10);
}

static void
serve_file (HttpSite *self, SoupServerMessage *message)
{
  gsize size = g_bytes_get_size (self->file);
  gsize start = wanted_start (self, message);

  if (start == 0)
    send_whole (self, message, size, size);
  else if (start < size)
    send_part (self, message, start, size, size);
  else
    {
      g_autofree char *head = g_strdup_printf (
          "HTTP/1.1 416 No\r\nContent-Length: 0\r\nContent-Range: bytes */%" G_GSIZE_FORMAT
          "\r\n\r\n",
          size);

      send_raw (message, head, NULL, 0);
    }
}

static void
serve_cut (HttpSite *self, SoupServerMessage *message)
{
  gsize size = g_bytes_get_size (self->file);
  gsize start = wanted_start (self, message);
  gsize cut = CLAMP (self->cut_at, start, size);
  const guint8 *data = g_bytes_get_data (self->file, NULL);
  g_autofree char *head = NULL;

  if (start == 0)
    {
      send_whole (self, message, size, cut);
      return;
    }
  head = g_strdup_printf ("HTTP/1.1 206 Partial Content\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\nContent-Range: bytes %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT
                          "/%" G_GSIZE_FORMAT "\r\nETag: %s\r\n\r\n",
                          size - start, start, size - 1, size, self->etag);
  self->sent += cut - start;
  send_raw (message, head, data + start, cut - start);
}

static GBytes *
pack (GBytes *plain)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream
      = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_assert_true (g_output_stream_write_all (stream, g_bytes_get_data (plain, NULL),
                                            g_bytes_get_size (plain), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
serve_packed (HttpSite *self, SoupServerMessage *message, GBytes *plain)
{
  g_autoptr (GBytes) packed = pack (plain);
  g_autofree char *head
      = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nETag: \"packed\"\r\n"
                         "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                         g_bytes_get_size (packed));

  send_raw (message, head, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
}

static void
serve_redirect (SoupServerMessage *message, const char *location)
{
  g_autofree char *head
      = g_strdup_printf ("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n%s%s\r\n\r\n",
                         location != NULL ? "Location: " : "X: y",
                         location != NULL ? location : "");

  send_raw (message, head, NULL, 0);
}

static void
serve_status (SoupServerMessage *message, const char *status)
{
  g_autofree char *head
      = g_strdup_printf ("HTTP/1.1 %s Thus\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", status);

  send_raw (message, head, NULL, 0);
}

static void
serve_chain (SoupServerMessage *message, int left)
{
  g_autofree char *next = left > 1 ? g_strdup_printf ("/chain/%d", left - 1) : g_strdup ("/file");

  serve_redirect (message, next);
}

static void
on_get (HttpSite *self, SoupServerMessage *message, const char *path)
{
  gsize size = g_bytes_get_size (self->file);

  if (strcmp (path, "/file") == 0)
    serve_file (self, message);
  else if (strcmp (path, "/whole") == 0)
    send_whole (self, message, size, size);
  else if (strcmp (path, "/cut") == 0)
    serve_cut (self, message);
  else if (strcmp (path, "/short") == 0)
    send_whole (self, message, size + 1000, size);
  else if (strcmp (path, "/endless") == 0)
    send_raw (message, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
              g_bytes_get_data (self->file, NULL), size);
  else if (strcmp (path, "/gzip") == 0)
    serve_packed (self, message, self->file);
  else if (strcmp (path, "/bomb") == 0)
    {
      g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (BOMB_SIZE), BOMB_SIZE);

      serve_packed (self, message, zeros);
    }
  else if (strcmp (path, "/slow") == 0)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->stuck, g_object_ref (message));
    }
  else if (g_str_has_prefix (path, "/status/"))
    serve_status (message, path + strlen ("/status/"));
  else if (strcmp (path, "/to") == 0)
    serve_redirect (message, g_uri_get_query (soup_server_message_get_uri (message)));
  else if (strcmp (path, "/round") == 0)
    serve_redirect (message, "/round");
  else if (g_str_has_prefix (path, "/chain/"))
    serve_chain (message, atoi (path + strlen ("/chain/")));
  else if (strcmp (path, "/nowhere") == 0)
    serve_redirect (message, NULL);
  else if (strcmp (path, "/wrong-start") == 0 && wanted_start (self, message) > 0)
    send_part (self, message, 1, size, size);
  else if (strcmp (path, "/wrong-end") == 0 && wanted_start (self, message) > 0)
    send_part (self, message, wanted_start (self, message), size, size + 10);
  else if (strcmp (path, "/full") == 0 && wanted_start (self, message) > 0)
    serve_status (message, "416");
  else
    send_whole (self, message, size, size);
}

static void
on_put (HttpSite *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  g_clear_pointer (&self->taken, g_byte_array_unref);
  self->taken = g_byte_array_new ();
  g_byte_array_append (self->taken, (const guint8 *) body->data, (guint) body->length);
  g_free (self->taken_type);
  self->taken_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  g_free (self->taken_authorization);
  self->taken_authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  if (self->put_status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                  "7");
  soup_server_message_set_status (message, (guint) self->put_status, NULL);
}

/* Before the body has come. */
static void
on_head (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  HttpSite *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  self->n_requests++;
  g_free (self->last_range);
  self->last_range = g_strdup (soup_message_headers_get_one (headers, "Range"));
  g_free (self->last_if_range);
  self->last_if_range = g_strdup (soup_message_headers_get_one (headers, "If-Range"));
  if (strcmp (path, "/put-cut") == 0)
    g_io_stream_close (soup_server_message_steal_connection (message), NULL, NULL);
  else if (strcmp (path, "/put-slow") == 0 && !self->is_released)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->stuck, g_object_ref (message));
    }
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  HttpSite *self = user_data;
  const char *method = soup_server_message_get_method (message);

  if (method == SOUP_METHOD_PUT)
    on_put (self, message);
  else if (method == SOUP_METHOD_HEAD && g_str_has_prefix (path, "/file"))
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_message_headers_set_content_length (soup_server_message_get_response_headers (message),
                                               (goffset) g_bytes_get_size (self->file));
    }
  else if (method == SOUP_METHOD_HEAD)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else
    on_get (self, message, path);
}

static GTlsCertificate *
load_certificate (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tls", "localhost.pem", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return certificate;
}

char *
http_site_certificate_sha256 (void)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}

HttpSite *
http_site_new (gsize file_size, gboolean tls)
{
  HttpSite *self = g_new0 (HttpSite, 1);
  g_autoptr (GTlsCertificate) certificate = tls ? load_certificate () : NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->file = random_bytes (file_size);
  self->etag = g_strdup ("\"one\"");
  self->put_status = SOUP_STATUS_CREATED;
  self->stuck = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_early_handler (self->server, NULL, on_head, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY
                                | (tls ? SOUP_SERVER_LISTEN_HTTPS : (SoupServerListenOptions) 0),
                            &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->base = g_strdup_printf (tls ? "https://localhost:%d" : "http://127.0.0.1:%d",
                                g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

void
http_site_free (HttpSite *self)
{
  soup_server_disconnect (self->server);
  g_ptr_array_unref (self->stuck);
  g_object_unref (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_bytes_unref (self->file);
  g_clear_pointer (&self->taken, g_byte_array_unref);
  g_free (self->taken_type);
  g_free (self->taken_authorization);
  g_free (self->last_range);
  g_free (self->last_if_range);
  g_free (self->etag);
  g_free (self->base);
  g_free (self);
}

void
http_site_release (HttpSite *self)
{
  for (guint i = 0; i < self->stuck->len; i++)
    soup_server_message_unpause (g_ptr_array_index (self->stuck, i));
  g_ptr_array_set_size (self->stuck, 0);
  self->is_released = TRUE;
}

char *
http_site_url (HttpSite *self, const char *path)
{
  return g_strconcat (self->base, path, NULL);
}

char *
http_site_sha256 (HttpSite *self)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->file);
}
