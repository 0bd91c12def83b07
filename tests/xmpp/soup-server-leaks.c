/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SoupServer 3.2 leaks the sockets and addresses it makes. The tests that play the server with it
 * are linked with this, so that the leak checker passes over those and sees the rest. */

const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:g_socket_accept\nleak:soup_server_listen_local\n";
}
