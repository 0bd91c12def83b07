/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strcasestr */
/* A large file over HTTP on loopback, both ways, beside curl: seconds, the ratio of the two, and by
 * how much the largest memory grew. The other end is a process of its own that only reads and
 * writes. */
#include "im-loop.h"
#include "im-test.h"
#include "xmpp-http.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILE_SIZE (G_GUINT64_CONSTANT (200) * 1024 * 1024)
#define ROUNDS 5
#define BUFFER (256 * 1024)

/* The other end */

static char buffer[BUFFER];

/* The bytes behind the head that were read with it; *ret_length: of the body that is announced. */
static gsize
read_head (int client, guint64 *ret_length)
{
  gsize n = 0;

  for (;;)
    {
      gssize got = read (client, buffer + n, sizeof buffer - 1 - n);
      char *end, *length;

      if (got <= 0)
        _exit (0);
      n += (gsize) got;
      buffer[n] = '\0';
      end = strstr (buffer, "\r\n\r\n");
      if (end == NULL)
        continue;
      length = strcasestr (buffer, "Content-Length:");
      *ret_length = length != NULL && length < end ? strtoull (length + 15, NULL, 10) : 0;
      if (strcasestr (buffer, "Expect: 100") != NULL)
        g_assert_cmpint (write (client, "HTTP/1.1 100 Continue\r\n\r\n", 25), ==, 25);
      return n - (gsize) (end + 4 - buffer);
    }
}

static void
serve_put (int client, guint64 left)
{
  static const char answer[] = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";

  while (left > 0)
    {
      gssize n = read (client, buffer, sizeof buffer);

      if (n <= 0)
        return;
      left -= (guint64) n;
    }
  g_assert_cmpint (write (client, answer, sizeof answer - 1), >, 0);
}

static void
serve_get (int client)
{
  g_autofree char *head
      = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %" G_GUINT64_FORMAT "\r\n\r\n",
                         FILE_SIZE);
  guint64 left = FILE_SIZE;

  g_assert_cmpint (write (client, head, strlen (head)), >, 0);
  while (left > 0)
    {
      gssize n = write (client, buffer, MIN (left, sizeof buffer));

      if (n <= 0)
        return;
      left -= (guint64) n;
    }
}

static void
serve (int listener)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  for (;;)
    {
      int client = accept (listener, NULL, NULL);
      guint64 length;
      gsize have = read_head (client, &length);

      if (length > 0)
        serve_put (client, length - have);
      else
        serve_get (client);
      close (client);
    }
}

static pid_t
start_server (int *ret_port)
{
  int listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address
      = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  pid_t pid;

  g_assert_cmpint (bind (listener, (struct sockaddr *) &address, size), ==, 0);
  g_assert_cmpint (listen (listener, 16), ==, 0);
  g_assert_cmpint (getsockname (listener, (struct sockaddr *) &address, &size), ==, 0);
  *ret_port = ntohs (address.sin_port);
  pid = fork ();
  if (pid == 0)
    serve (listener);
  close (listener);
  return pid;
}

/* Our end */

typedef struct
{
  XmppHttp *http;
  char *url;
  char *source;
  char *target;
  gboolean is_done;
} Bench;

static void
on_put (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  xmpp_http_put_finish (XMPP_HTTP (source), result, &error);
  g_assert_no_error (error);
  ((Bench *) user_data)->is_done = TRUE;
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  xmpp_http_file_free (xmpp_http_get_finish (XMPP_HTTP (source), result, &error));
  g_assert_no_error (error);
  ((Bench *) user_data)->is_done = TRUE;
}

static void
put (Bench *self)
{
  XmppUploadSlot slot = { .put_url = self->url, .headers = g_ptr_array_new () };

  xmpp_http_put_async (self->http, &slot, self->source, NULL, NULL, NULL, NULL, NULL, on_put, self);
  g_ptr_array_unref (slot.headers);
}

static void
get (Bench *self)
{
  XmppHttpGet wanted = { .url = self->url, .path = self->target, .overwrite = TRUE };

  xmpp_http_get_async (self->http, &wanted, NULL, on_got, self);
}

static double
run_ours (Bench *self, void (*begin) (Bench *self))
{
  gint64 start = g_get_monotonic_time ();

  self->is_done = FALSE;
  begin (self);
  while (!self->is_done)
    g_main_context_iteration (NULL, TRUE);
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static double
run_curl (Bench *self, const char *option, const char *path)
{
  const char *argv[]
      = { "curl", "--silent", "--fail", "--noproxy", "*", option, path, self->url, NULL };
  gint64 start = g_get_monotonic_time ();
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static double
cpu_s (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static guint64
peak_kib (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  return g_ascii_strtoull (strstr (text, "VmHWM:") + 6, NULL, 10);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

/* In turn, so that both see the same machine. */
static void
measure (Bench *self,
         const char *name,
         void (*begin) (Bench *self),
         const char *option,
         const char *path)
{
  double ours[ROUNDS], curls[ROUNDS], our_s, curl_s;
  guint64 before = peak_kib (), after;
  double our_cpu_s = cpu_s (RUSAGE_SELF), curl_cpu_s = cpu_s (RUSAGE_CHILDREN);

  for (int i = 0; i < ROUNDS; i++)
    {
      g_unlink (self->target);
      curls[i] = run_curl (self, option, path);
      g_unlink (self->target);
      ours[i] = run_ours (self, begin);
    }
  after = peak_kib ();
  our_s = median (ours);
  curl_s = median (curls);
  our_cpu_s = (cpu_s (RUSAGE_SELF) - our_cpu_s) / ROUNDS;
  curl_cpu_s = (cpu_s (RUSAGE_CHILDREN) - curl_cpu_s) / ROUNDS;
  g_print ("%s: %.3f s, curl %.3f s, %.2f of its speed; processor %.3f s, curl %.3f s; "
           "memory grew by %" G_GUINT64_FORMAT " KiB\n",
           name, our_s, curl_s, curl_s / our_s, our_cpu_s, curl_cpu_s, after - before);
}

static void
write_source (const char *path)
{
  FILE *file = g_fopen (path, "w");
  g_autofree guint32 *block = g_malloc (1024 * 1024);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (int i = 0; i < 256 * 1024; i++)
    block[i] = g_rand_int (random);
  for (guint64 n = 0; n < FILE_SIZE; n += 1024 * 1024)
    g_assert_cmpuint (fwrite (block, 1024 * 1024, 1, file), ==, 1);
  fclose (file);
}

int
main (int argc, char **argv)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  XmppConfig config = { .jid = "alice@example.org" };
  Bench bench = { 0 };
  int port;
  pid_t server;

  g_autofree char *curl = g_find_program_in_path ("curl");
  if (curl == NULL)
    {
      g_print ("curl is not installed\n");
      return 77;
    }
  server = start_server (&port);
  im_thread_set_role (IM_THREAD_NETWORK);
  bench.http = xmpp_http_new (&config);
  bench.url = g_strdup_printf ("http://127.0.0.1:%d/file", port);
  bench.source = g_build_filename (dir, "source", NULL);
  bench.target = g_build_filename (dir, "target", NULL);
  write_source (bench.source);
  measure (&bench, "put", put, "--upload-file", bench.source);
  measure (&bench, "get", get, "--output", bench.target);
  kill (server, SIGTERM);
  waitpid (server, NULL, 0);
  g_object_unref (bench.http);
  g_free (bench.url);
  g_free (bench.source);
  g_free (bench.target);
  return 0;
}
