/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a decoder that was taken over would try. Each attempt is made by a process of its own. */

#define _GNU_SOURCE /* O_TMPFILE, memfd_create */

#include "probe-sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef enum
{
  ENTERED,
  SEALED,
  SEALED_WITH_THREADS,
} Stage;

/* Returns: whether it succeeded */
typedef gboolean (*Attempt) (void);

static char *folder;
static char *existing;
static int existing_fd;
static int directory_fd;

static gboolean
opens (const char *path, int flags)
{
  return open (path, flags | O_CLOEXEC, 0600) >= 0;
}

static gboolean
read_a_file (void)
{
  return opens ("/etc/passwd", O_RDONLY);
}

static gboolean
read_at_a_folder (void)
{
  return openat (directory_fd, "existing", O_RDONLY | O_CLOEXEC) >= 0;
}

static gboolean
write_a_file (void)
{
  return opens (existing, O_WRONLY) || opens (existing, O_RDWR)
         || opens (existing, O_WRONLY | O_APPEND);
}

static gboolean
empty_a_file (void)
{
  return opens (existing, O_RDONLY | O_TRUNC) || truncate (existing, 0) == 0
         || ftruncate (existing_fd, 0) == 0;
}

static gboolean
make_a_file (void)
{
  g_autofree char *path = g_build_filename (folder, "new", NULL);

  return opens (path, O_WRONLY | O_CREAT) || opens (path, O_RDONLY | O_CREAT)
         || opens (folder, O_TMPFILE | O_RDWR) || creat (path, 0600) >= 0 || mkdir (path, 0700) == 0
         || link (existing, path) == 0 || symlink (existing, path) == 0 || mkfifo (path, 0600) == 0
         || openat (directory_fd, "new", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0;
}

static gboolean
change_a_file (void)
{
  return unlink (existing) == 0 || rename (existing, folder) == 0 || chmod (existing, 0777) == 0
         || fchmod (existing_fd, 0777) == 0;
}

static gboolean
write_to_an_open_file (void)
{
  signal (SIGXFSZ, SIG_IGN);
  return write (existing_fd, "x", 1) == 1;
}

static gboolean
write_to_a_pipe (void)
{
  int ends[2];

  return pipe2 (ends, O_CLOEXEC) == 0 && write (ends[1], "x", 1) == 1;
}

static gboolean
open_a_socket (void)
{
  int pair[2];

  return socket (AF_INET, SOCK_STREAM, 0) >= 0 || socket (AF_INET6, SOCK_DGRAM, 0) >= 0
         || socket (AF_UNIX, SOCK_STREAM, 0) >= 0 || socket (AF_NETLINK, SOCK_RAW, 0) >= 0
         || socketpair (AF_INET, SOCK_STREAM, 0, pair) == 0;
}

static gboolean
use_a_socket (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (9) };
  int pair[2];

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (socketpair (AF_UNIX, SOCK_DGRAM, 0, pair) != 0)
    return FALSE;
  return connect (pair[0], (struct sockaddr *) &address, sizeof address) == 0
         || errno == ECONNREFUSED
         || bind (pair[0], (struct sockaddr *) &address, sizeof address) == 0
         || send (pair[0], "x", 1, 0) == 1;
}

static gboolean
run_a_program (void)
{
  char *words[] = { (char *) "true", NULL };

  execv ("/bin/true", words);
  return errno == ENOENT;
}

static gboolean
make_a_process (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    _exit (0);
  if (pid < 0)
    pid = vfork ();
  if (pid == 0)
    _exit (0);
  return pid > 0;
}

static void *
do_nothing (void *data)
{
  return data;
}

static gboolean
make_a_thread (void)
{
  pthread_t thread;

  return pthread_create (&thread, NULL, do_nothing, NULL) == 0 && pthread_join (thread, NULL) == 0;
}

static gboolean
signal_others (void)
{
  return kill (getppid (), 0) == 0 || kill (-1, 0) == 0;
}

static gboolean
trace_others (void)
{
  return ptrace (PTRACE_ATTACH, getppid (), NULL, NULL) == 0;
}

static gboolean
make_code (void)
{
  void *memory = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED
         || mprotect (memory, 4096, PROT_READ | PROT_EXEC) == 0 || memfd_create ("code", 0) >= 0;
}

static gboolean
raise_limits (void)
{
  struct rlimit limits = { RLIM_INFINITY, RLIM_INFINITY };

  return setrlimit (RLIMIT_FSIZE, &limits) == 0 || setrlimit (RLIMIT_CPU, &limits) == 0;
}

static gboolean
take_much_memory (void)
{
  return mmap (NULL, (gsize) 3 << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static gboolean
take_some_memory (void)
{
  return mmap (NULL, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
         != MAP_FAILED;
}

/* In which stages it succeeds. */
static const struct
{
  const char *name;
  Attempt attempt;
  gboolean succeeds[3];
} attempts[] = {
  { "read a file", read_a_file, { TRUE, FALSE, FALSE } },
  { "read a file of an open folder", read_at_a_folder, { TRUE, FALSE, FALSE } },
  { "write to a pipe", write_to_a_pipe, { TRUE, TRUE, TRUE } },
  { "take some memory", take_some_memory, { TRUE, TRUE, TRUE } },
  { "make a thread", make_a_thread, { TRUE, FALSE, TRUE } },
  { "write a file", write_a_file, { FALSE, FALSE, FALSE } },
  { "empty a file", empty_a_file, { FALSE, FALSE, FALSE } },
  { "make a file", make_a_file, { FALSE, FALSE, FALSE } },
  { "change a file", change_a_file, { FALSE, FALSE, FALSE } },
  { "write to an open file", write_to_an_open_file, { FALSE, FALSE, FALSE } },
  { "open a socket", open_a_socket, { FALSE, FALSE, FALSE } },
  { "use a socket", use_a_socket, { FALSE, FALSE, FALSE } },
  { "run a program", run_a_program, { FALSE, FALSE, FALSE } },
  { "make a process", make_a_process, { FALSE, FALSE, FALSE } },
  { "signal others", signal_others, { FALSE, FALSE, FALSE } },
  { "trace others", trace_others, { FALSE, FALSE, FALSE } },
  { "raise its limits", raise_limits, { FALSE, FALSE, FALSE } },
  { "make code", make_code, { TRUE, FALSE, FALSE } },
#ifndef __SANITIZE_ADDRESS__
  { "take much memory", take_much_memory, { FALSE, FALSE, FALSE } },
#endif
};

static gboolean
succeeds (Stage stage, Attempt attempt)
{
  int status;
  pid_t pid = fork ();

  if (pid == 0)
    {
      if (!probe_sandbox_enter ()
          || (stage != ENTERED && !probe_sandbox_seal (stage == SEALED_WITH_THREADS)))
        _exit (2);
      _exit (attempt () ? 1 : 0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), <=, 1);
  return WEXITSTATUS (status) == 1;
}

static void
test_stage (gconstpointer data)
{
  Stage stage = (Stage) GPOINTER_TO_UINT (data);

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_test_message ("%s", attempts[i].name);
      g_assert_cmpint (succeeds (stage, attempts[i].attempt), ==, attempts[i].succeeds[stage]);
    }
}

/* Each attempt would succeed without the sandbox: else the other tests say nothing. */
static void
test_attempts_are_real (void)
{
  static const Attempt possible[]
      = { read_a_file,   write_a_file,    make_a_file,   write_to_an_open_file,
          open_a_socket, make_a_process,  make_a_thread, signal_others,
          make_code,     read_at_a_folder };

  for (guint i = 0; i < G_N_ELEMENTS (possible); i++)
    {
      int status;
      pid_t pid = fork ();

      if (pid == 0)
        _exit (possible[i]() ? 1 : 0);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 1);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("linnet-sandbox-XXXXXX", NULL);
  g_assert_nonnull (folder);
  existing = g_build_filename (folder, "existing", NULL);
  existing_fd = open (existing, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  directory_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_true (existing_fd >= 0 && directory_fd >= 0);
  g_test_add_data_func ("/sandbox/entered", GUINT_TO_POINTER (ENTERED), test_stage);
  g_test_add_data_func ("/sandbox/sealed", GUINT_TO_POINTER (SEALED), test_stage);
  g_test_add_data_func ("/sandbox/sealed-with-threads", GUINT_TO_POINTER (SEALED_WITH_THREADS),
                        test_stage);
  g_test_add_func ("/sandbox/attempts-are-real", test_attempts_are_real);
  result = g_test_run ();
  unlinkat (directory_fd, "new", 0);
  unlinkat (directory_fd, "existing", 0);
  rmdir (folder);
  g_free (existing);
  g_free (folder);
  return result;
}
