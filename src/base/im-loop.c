/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reached from any thread: an ImLoop never changes after im_loop_new(); the queue is
 * GMainContext's. */
#include "im-loop.h"

static _Thread_local ImThreadRole thread_role = IM_THREAD_OTHER;

void
im_thread_set_role (ImThreadRole role)
{
  thread_role = role;
}

ImThreadRole
im_thread_get_role (void)
{
  return thread_role;
}

void
im_assert_thread_role (ImThreadRole role, gboolean expected, const char *function)
{
  static const char *const names[] = { "another", "the main", "the network", "the callback" };

  if (G_LIKELY ((thread_role == role) == expected))
    return;
  g_error ("%s: called on %s thread, must %sbe on %s thread", function, names[thread_role],
           expected ? "" : "not ", names[role]);
}

struct _ImLoop
{
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  ImThreadRole role;
};

static void
loop_destroy (ImLoop *self)
{
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}

static gpointer
run (gpointer data)
{
  ImLoop *self = data;

  im_thread_set_role (self->role);
  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  if (self->thread == NULL) /* freed from inside: nobody joins */
    loop_destroy (self);
  return NULL;
}

ImLoop *
im_loop_new (const char *name, ImThreadRole role)
{
  ImLoop *self = g_new0 (ImLoop, 1);

  self->role = role;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new (name, run, self);
  return self;
}

GMainContext *
im_loop_get_context (ImLoop *self)
{
  return self->context;
}

typedef struct
{
  GSourceOnceFunc func;
  gpointer data;
} Posted;

static gboolean
on_posted (gpointer data)
{
  Posted *posted = data;

  posted->func (posted->data);
  return G_SOURCE_REMOVE;
}

static void
post (ImLoop *self, int priority, GSourceOnceFunc func, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Posted *posted = g_new (Posted, 1);

  *posted = (Posted){ func, data };
  g_source_set_priority (source, priority);
  g_source_set_callback (source, on_posted, posted, g_free);
  g_source_attach (source, self->context);
}

void
im_loop_post (ImLoop *self, GSourceOnceFunc func, gpointer data)
{
  post (self, G_PRIORITY_DEFAULT, func, data);
}

gboolean
im_loop_is_current (ImLoop *self)
{
  return self->thread == g_thread_self ();
}

static void
on_quit (gpointer data)
{
  g_main_loop_quit (data);
}

static void
on_quit_from_inside (gpointer data)
{
  ImLoop *self = data;

  g_main_loop_quit (self->loop);
  g_thread_unref (g_steal_pointer (&self->thread));
}

void
im_loop_free (ImLoop *self)
{
  if (im_loop_is_current (self))
    {
      post (self, G_PRIORITY_DEFAULT, on_quit_from_inside, self);
      return;
    }
  post (self, G_PRIORITY_DEFAULT, on_quit, self->loop);
  g_thread_join (self->thread);
  loop_destroy (self);
}
