/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the process gives up before it looks at bytes of a stranger, for good and in two steps,
 * because which decoders are loaded depends on the first bytes. Call it before threads are started.
 *
 * After the first step: no new files, no writing to files, no network, no other programs, no new
 * processes, no signals to others, no core dump; bounds of memory and processor time. Files can be
 * opened for reading, for libraries.
 * After the second step: no opening of anything, no memory that is made executable, and, without
 * threads, no threads.
 *
 * The kernel's own calls are an allow list: what is not on it answers ENOSYS, as in a kernel that
 * is older than the call, which libraries cope with. What decoders may try in earnest answers
 * EPERM.
 */

/* Returns: FALSE when the kernel lacks seccomp: then nothing must be decoded. */
gboolean probe_sandbox_enter (void);
gboolean probe_sandbox_seal (gboolean with_threads);

G_END_DECLS
