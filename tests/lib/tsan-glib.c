/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What ThreadSanitizer has to know of GLib, which is not built with it: that its mutexes lock, that
 * its reference counts order, that a source's callback comes after the source was made. Preloaded
 * before GLib in the build with -Db_sanitize=thread; without this every event that crosses threads
 * is reported, and a suppression that wide would hide all that there is to find. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <glib-object.h>
#include <stdlib.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* of libtsan; missing in programs without it, which a test may start */
#define WEAK extern __attribute__ ((weak))
WEAK void __tsan_acquire (void *address);
WEAK void __tsan_release (void *address);
WEAK void __tsan_mutex_pre_lock (void *address, unsigned flags);
WEAK void __tsan_mutex_post_lock (void *address, unsigned flags, int recursion);
WEAK int __tsan_mutex_pre_unlock (void *address, unsigned flags);
WEAK void __tsan_mutex_post_unlock (void *address, unsigned flags);

WEAK void AnnotateIgnoreReadsBegin (const char *file, int line);
WEAK void AnnotateIgnoreReadsEnd (const char *file, int line);
WEAK void AnnotateIgnoreWritesBegin (const char *file, int line);
WEAK void AnnotateIgnoreWritesEnd (const char *file, int line);

#define TRY_LOCK (1u << 4)
#define TRY_LOCK_FAILED (1u << 5)

#define REAL(name)                                                                                 \
  static __typeof__ (&name) real;                                                                  \
  real = real != NULL ? real : (__typeof__ (&name)) dlsym (RTLD_NEXT, #name)

static void
acquire (gconstpointer address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire ((void *) address);
}

static void
release (gconstpointer address)
{
  if (__tsan_release != NULL)
    __tsan_release ((void *) address);
}

static void
before_lock (void *mutex, unsigned flags)
{
  if (__tsan_mutex_pre_lock != NULL)
    __tsan_mutex_pre_lock (mutex, flags);
}

static void
after_lock (void *mutex, unsigned flags)
{
  if (__tsan_mutex_post_lock != NULL)
    __tsan_mutex_post_lock (mutex, flags, 0);
}

static void
before_unlock (void *mutex)
{
  if (__tsan_mutex_pre_unlock != NULL)
    __tsan_mutex_pre_unlock (mutex, 0);
}

static void
after_unlock (void *mutex)
{
  if (__tsan_mutex_post_unlock != NULL)
    __tsan_mutex_post_unlock (mutex, 0);
}

/* Mutexes and conditions */

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock);
  before_lock (mutex, 0);
  real (mutex);
  after_lock (mutex, 0);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  REAL (g_mutex_trylock);
  gboolean locked;

  before_lock (mutex, TRY_LOCK);
  locked = real (mutex);
  after_lock (mutex, TRY_LOCK | (locked ? 0 : TRY_LOCK_FAILED));
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL (g_mutex_unlock);
  before_unlock (mutex);
  real (mutex);
  after_unlock (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  REAL (g_cond_wait);
  before_unlock (mutex);
  after_unlock (mutex);
  real (cond, mutex);
  before_lock (mutex, 0);
  after_lock (mutex, 0);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  REAL (g_cond_wait_until);
  gboolean signalled;

  before_unlock (mutex);
  after_unlock (mutex);
  signalled = real (cond, mutex, end_time);
  before_lock (mutex, 0);
  after_lock (mutex, 0);
  return signalled;
}

/* Reference counts: whoever drops one has done all it did before; the last one sees all of it. */

gboolean (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  REAL (g_atomic_ref_count_dec);
  release (count);
  acquire (count);
  return real (count);
}

void
g_object_unref (gpointer object)
{
  REAL (g_object_unref);
  release (object);
  acquire (object);
  real (object);
}

/* Sources. What a main context keeps of them is under GLib's own lock. */

static void
begin_glibs_own (void)
{
  if (AnnotateIgnoreReadsBegin == NULL)
    return;
  AnnotateIgnoreReadsBegin (__FILE__, __LINE__);
  AnnotateIgnoreWritesBegin (__FILE__, __LINE__);
}

static void
end_glibs_own (void)
{
  if (AnnotateIgnoreReadsEnd == NULL)
    return;
  AnnotateIgnoreWritesEnd (__FILE__, __LINE__);
  AnnotateIgnoreReadsEnd (__FILE__, __LINE__);
}

guint
g_source_attach (GSource *source, GMainContext *context)
{
  REAL (g_source_attach);
  guint id;

  release (source);
  begin_glibs_own ();
  id = real (source, context);
  end_glibs_own ();
  return id;
}

void
g_source_set_ready_time (GSource *source, gint64 ready_time)
{
  REAL (g_source_set_ready_time);

  begin_glibs_own ();
  real (source, ready_time);
  end_glibs_own ();
}

typedef struct
{
  GSource *source; /* an address and no more */
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Callback;

static gboolean
call (gpointer data)
{
  const Callback *callback = data;

  acquire (callback);
  acquire (callback->source);
  return callback->func (callback->data);
}

static void
callback_free (gpointer data)
{
  Callback *callback = data;

  acquire (callback);
  if (callback->notify != NULL)
    callback->notify (callback->data);
  free (callback);
}

void (g_source_set_callback) (GSource *source,
                              GSourceFunc func,
                              gpointer data,
                              GDestroyNotify notify)
{
  REAL (g_source_set_callback);
  Callback *callback = malloc (sizeof *callback);

  *callback = (Callback){ source, func, data, notify };
  real (source, call, callback, callback_free);
  release (callback); /* the source is attached later */
}
