/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE /* CLONE_THREAD, O_TMPFILE */

#include "probe-sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

#define MAX_MEMORY                                                                                 \
  ((rlim_t) 2 << 30) /* 64 million pixels decoded and turned, stacks, libraries                    \
                      */
#define MAX_PROCESSOR_S 10
#define MAX_FILES 64

/* Landlock's rights as of ABI 1 to 6; an older kernel is asked for those it knows. */
static const guint64 rights_of_files[]
    = { 0, (1 << 13) - 1, (1 << 14) - 1, (1 << 15) - 1, (1 << 15) - 1, (1 << 16) - 1 };
#define LANDLOCK_NETWORK 3 /* bind and connect of TCP; ABI 4 */
#define LANDLOCK_SCOPED 3  /* abstract sockets and signals; ABI 6 */

/* linux/landlock.h of Debian 12 knows ABI 1. */
typedef struct
{
  guint64 files;
  guint64 network;
  guint64 scoped;
} LandlockRules;

/* clang-format off */
static const char *const allowed[] = {
  /* what is open */
  "read",
  "readv",
  "pread64",
  "write",
  "writev",
  "lseek",
  "_llseek",
  "close",
  "fstat",
  "fstat64",
  "dup",
  "poll",
  "ppoll",
  "select",
  "pselect6",
  "eventfd2",
  "pipe2",
  "fadvise64",
  /* memory */
  "munmap",
  "mremap",
  "brk",
  "madvise",
  "mincore",
  /* threads and time */
  "futex",
  "futex_time64",
  "set_robust_list",
  "rseq",
  "sched_yield",
  "sched_getaffinity",
  "sched_getparam", "sched_getattr",
  "sched_getscheduler",
  "sched_get_priority_max",
  "sched_get_priority_min",
  "membarrier",
  "clock_gettime",
  "clock_gettime64",
  "clock_getres",
  "clock_nanosleep",
  "clock_nanosleep_time64",
  "nanosleep",
  "gettimeofday",
  "time",
  "getrandom",
  "getcpu",
  "restart_syscall",
  "gettid",
  "getpid",
  "rt_sigaction",
  "rt_sigprocmask",
  "rt_sigreturn",
  "sigaltstack",
  "exit",
  "exit_group",
  /* questions about itself */
  "getuid",
  "geteuid",
  "getgid",
  "getegid",
  "getppid",
  "uname",
  "sysinfo",
  "getrlimit",
  "getrusage",
  "times",
  "getcwd",
};

/* Allowed in the first step only: to find and load libraries, and to take the second. */
static const char *const allowed_while_loading[] = {
  "stat",
  "lstat",
  "newfstatat",
  "fstatat64",
  "statx",
  "access",
  "faccessat",
  "faccessat2",
  "readlink",
  "readlinkat",
  "getdents",
  "getdents64",
  "statfs",
  "fstatfs",
  "seccomp",
  "landlock_create_ruleset",  "landlock_restrict_self",
};

static const char *const refused[] = {
  "socket",
  "connect",
  "bind",
  "listen",
  "accept",
  "accept4",
  "sendto",
  "sendmsg",
  "execve",
  "execveat",
  "fork",
  "vfork",
  "ptrace",
  "process_vm_readv",
  "process_vm_writev",
  "kill",
  "tkill",
  "creat",
  "mkdir",
  "mkdirat",
  "rename",
  "renameat",
  "renameat2",
  "unlink",
  "unlinkat",
  "link",
  "linkat",
  "symlink",
  "symlinkat",
  "chmod",
  "fchmod",
  "fchmodat",
  "chown",
  "fchown",
  "truncate",
  "ftruncate",
  "mount",
  "unshare",
  "setns",
  "memfd_create",
  "pidfd_open",
  "ioctl",
  "bpf",
  "io_uring_setup",
  "keyctl",
};
/* clang-format on */

static void
limit (int resource, rlim_t value)
{
  struct rlimit limits = { value, value };

  setrlimit (resource, &limits);
}

static void
set_limits (void)
{
  if (!IS_SANITIZED)
    limit (RLIMIT_AS, MAX_MEMORY);
  limit (RLIMIT_CPU, MAX_PROCESSOR_S);
  limit (RLIMIT_FSIZE, 0);
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_NOFILE, MAX_FILES);
  limit (RLIMIT_MEMLOCK, 0);
  limit (RLIMIT_MSGQUEUE, 0);
}

static void
add (scmp_filter_ctx filter, uint32_t action, const char *name)
{
  int number = seccomp_syscall_resolve_name (name);

  if (number != __NR_SCMP_ERROR) /* another architecture's */
    seccomp_rule_add (filter, action, number, 0);
}

/* The call with the argument `index` only when, of the bits of the mask, exactly these are set. */
static void
allow_if (scmp_filter_ctx filter, int number, guint index, guint64 mask, guint64 value)
{
  seccomp_rule_add (filter, SCMP_ACT_ALLOW, number, 1,
                    SCMP_CMP (index, SCMP_CMP_MASKED_EQ, mask, value));
}

static void
allow_equal (scmp_filter_ctx filter, int number, guint index, guint64 value)
{
  seccomp_rule_add (filter, SCMP_ACT_ALLOW, number, 1, SCMP_CMP (index, SCMP_CMP_EQ, value));
}

static void
allow_common (scmp_filter_ctx filter)
{
  static const int fcntl_commands[] = { F_GETFD, F_SETFD, F_GETFL, F_SETFL };

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    add (filter, SCMP_ACT_ALLOW, allowed[i]);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    add (filter, SCMP_ACT_ERRNO (EPERM), refused[i]);
  for (guint i = 0; i < G_N_ELEMENTS (fcntl_commands); i++)
    allow_equal (filter, SCMP_SYS (fcntl), 1, (guint64) fcntl_commands[i]);
  allow_equal (filter, SCMP_SYS (prctl), 0, PR_SET_NAME);
  /* How GStreamer's threads wake each other. */
  allow_equal (filter, SCMP_SYS (socketpair), 0, AF_UNIX);
  /* fstat (), in newer C libraries. A path can be asked about, too, but not opened. */
  allow_if (filter, SCMP_SYS (newfstatat), 3, AT_EMPTY_PATH, AT_EMPTY_PATH);
  allow_if (filter, SCMP_SYS (statx), 2, AT_EMPTY_PATH, AT_EMPTY_PATH);
  allow_equal (filter, SCMP_SYS (prlimit64), 2, 0);                /* asking only */
  allow_equal (filter, SCMP_SYS (tgkill), 0, (guint64) getpid ()); /* abort () */
}

static void
allow_loading (scmp_filter_ctx filter)
{
  const guint64 writing = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);

  for (guint i = 0; i < G_N_ELEMENTS (allowed_while_loading); i++)
    add (filter, SCMP_ACT_ALLOW, allowed_while_loading[i]);
  allow_if (filter, SCMP_SYS (openat), 2, writing, O_RDONLY);
#ifdef __NR_open
  allow_if (filter, SCMP_SYS (open), 1, writing, O_RDONLY);
#endif
  allow_equal (filter, SCMP_SYS (prctl), 0, PR_SET_NO_NEW_PRIVS);
  allow_equal (filter, SCMP_SYS (prctl), 0, PR_SET_SECCOMP);
  add (filter, SCMP_ACT_ALLOW, "mmap");
  add (filter, SCMP_ACT_ALLOW, "mmap2");
  add (filter, SCMP_ACT_ALLOW, "mprotect");
  allow_if (filter, SCMP_SYS (clone), 0, CLONE_THREAD, CLONE_THREAD);
}

static void
allow_decoding (scmp_filter_ctx filter, gboolean with_threads)
{
  add (filter, SCMP_ACT_ERRNO (EACCES), "open");
  add (filter, SCMP_ACT_ERRNO (EACCES), "openat");
  allow_if (filter, SCMP_SYS (mmap), 2, PROT_EXEC, 0);
  allow_if (filter, SCMP_SYS (mmap2), 2, PROT_EXEC, 0); /* of 32 bits */
  allow_if (filter, SCMP_SYS (mprotect), 2, PROT_EXEC, 0);
  if (with_threads)
    allow_if (filter, SCMP_SYS (clone), 0, CLONE_THREAD, CLONE_THREAD);
}

/* Takes the filter. */
static gboolean
load (scmp_filter_ctx filter)
{
  gboolean is_loaded = seccomp_load (filter) == 0;

  seccomp_release (filter);
  return is_loaded;
}

gboolean
probe_sandbox_enter (void)
{
  scmp_filter_ctx filter;

  /* Nobody waits for the answer of an orphan. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_DUMPABLE, 0);
  set_limits ();
  filter = seccomp_init (SCMP_ACT_ERRNO (ENOSYS));
  if (filter == NULL)
    return FALSE;
  allow_common (filter);
  allow_loading (filter);
  return load (filter); /* sets no_new_privs, too */
}

/* Without a rule that allows anything. Where the kernel has none of it, seccomp has to do. */
static void
lock_land (void)
{
#ifdef __NR_landlock_create_ruleset
  long abi = syscall (__NR_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  LandlockRules rules = { 0 };
  long ruleset;

  if (abi < 1)
    return;
  rules.files = rights_of_files[MIN (abi, (long) G_N_ELEMENTS (rights_of_files) - 1)];
  rules.network = abi >= 4 ? LANDLOCK_NETWORK : 0;
  rules.scoped = abi >= 6 ? LANDLOCK_SCOPED : 0;
  ruleset = syscall (__NR_landlock_create_ruleset, &rules,
                     abi >= 6   ? sizeof rules
                     : abi >= 4 ? 2 * sizeof (guint64)
                                : sizeof (guint64),
                     0);
  if (ruleset < 0)
    return;
  syscall (__NR_landlock_restrict_self, ruleset, 0);
  close ((int) ruleset);
#endif
}

gboolean
probe_sandbox_seal (gboolean with_threads)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (ENOSYS));

  lock_land ();
  if (!with_threads)
    limit (RLIMIT_NPROC,
           0); /* counts the user's threads everywhere: a bound only where it is none */
  if (filter == NULL)
    return FALSE;
  allow_common (filter);
  allow_decoding (filter, with_threads);
  return load (filter);
}
