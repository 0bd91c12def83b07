/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-media.h"

#include "im-loop.h"
#include "im-media-process.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct _ImMedia
{
  char *helper;
  guint max_helpers;
  guint timeout_ms;
  guint n_running;
  GQueue waiting; /* of GTask, owned */
};

typedef struct
{
  ImMedia *media; /* owned */
  char *path;
  ImMediaWant want;
  char *stem;            /* nullable */
  GSource *cancelling;   /* nullable: while it waits */
  ImMediaResult *result; /* nullable: once the program has ended */
  guint n_saving;
  GError *error; /* nullable: of saving */
} Probe;

G_DEFINE_QUARK (im - media - error - quark, im_media_error)

static void start_waiting (ImMedia *self);

ImMedia *
im_media_new (const char *helper, guint max_helpers, guint timeout_ms)
{
  ImMedia *self = g_rc_box_new0 (ImMedia);

  g_return_val_if_fail (max_helpers > 0, NULL);
  if (helper == NULL)
    helper = g_getenv ("LINNET_MEDIA_PROBE");
  self->helper = g_strdup (helper != NULL ? helper : IM_MEDIA_PROBE_PATH);
  self->max_helpers = max_helpers;
  self->timeout_ms = timeout_ms;
  g_queue_init (&self->waiting);
  return self;
}

static void
media_clear (gpointer data)
{
  ImMedia *self = data;

  g_assert (g_queue_is_empty (&self->waiting)); /* each holds it */
  g_free (self->helper);
}

void
im_media_unref (ImMedia *self)
{
  g_rc_box_release_full (self, media_clear);
}

static void
stop_waiting (Probe *probe)
{
  if (probe->cancelling == NULL)
    return;
  g_source_destroy (probe->cancelling);
  g_clear_pointer (&probe->cancelling, g_source_unref);
}

static void
probe_free (gpointer data)
{
  Probe *probe = data;

  stop_waiting (probe);
  g_free (probe->path);
  g_free (probe->stem);
  g_clear_pointer (&probe->result, im_media_result_free);
  g_clear_error (&probe->error);
  g_clear_pointer (&probe->media, im_media_unref);
  g_free (probe);
}

/* A name may lead to a pipe, on which opening and reading would wait, or to a device.
 * Returns: -1 with an error */
static int
open_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      g_set_error (error, IM_MEDIA_ERROR, IM_MEDIA_ERROR_CANNOT_OPEN, "%s: %s", path,
                   g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return -1;
    }
  if (S_ISREG (status.st_mode))
    return fd;
  close (fd);
  g_set_error (error, IM_MEDIA_ERROR, IM_MEDIA_ERROR_CANNOT_OPEN, "%s is no file", path);
  return -1;
}

static void
remove_pictures (Probe *probe)
{
  for (guint i = 0; i < IM_MEDIA_N_PICTURES; i++)
    if (probe->result->info->pictures[i].path != NULL)
      g_unlink (probe->result->info->pictures[i].path);
}

static void
finish (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);

  if (probe->error == NULL)
    g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &probe->error);
  if (probe->error == NULL)
    {
      g_task_return_pointer (task, im_media_info_ref (probe->result->info),
                             (GDestroyNotify) im_media_info_unref);
      return;
    }
  remove_pictures (probe);
  g_task_return_error (task, g_steal_pointer (&probe->error));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error)
      && probe->error == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        probe->error = g_steal_pointer (&error);
      else
        g_set_error (&probe->error, IM_MEDIA_ERROR, IM_MEDIA_ERROR_CANNOT_SAVE, "%s",
                     error->message);
    }
  if (--probe->n_saving == 0)
    finish (task);
}

static void
save_picture (GTask *task, guint role)
{
  static const char *const names[IM_MEDIA_N_PICTURES] = { "thumbnail", "large" };
  Probe *probe = g_task_get_task_data (task);
  ImMediaPicture *picture = &probe->result->info->pictures[role];
  const char *ending = g_str_equal (picture->mime_type, "image/png") ? "png" : "jpg";
  g_autoptr (GFile) file = NULL;

  g_free (picture->path);
  picture->path = g_strdup_printf ("%s-%s.%s", probe->stem, names[role], ending);
  file = g_file_new_for_path (picture->path);
  probe->n_saving++;
  g_file_replace_contents_bytes_async (file, probe->result->pictures[role], NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       g_task_get_cancellable (task), on_saved,
                                       g_object_ref (task));
}

static void
save (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);

  for (guint i = 0; i < IM_MEDIA_N_PICTURES; i++)
    if (probe->result->pictures[i] != NULL)
      save_picture (task, i);
  if (probe->n_saving == 0)
    finish (task);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  GError *error = NULL;

  probe->media->n_running--;
  start_waiting (probe->media);
  probe->result = im_media_process_run_finish (result, &error);
  if (probe->result != NULL)
    save (task);
  else
    g_task_return_error (task, error);
}

/* Takes the task. */
static void
start (ImMedia *self, GTask *task)
{
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  int fd;

  stop_waiting (probe);
  fd = open_file (probe->path, &error);
  if (fd < 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  self->n_running++;
  im_media_process_run_async (self->helper, fd, probe->want, self->timeout_ms,
                              g_task_get_cancellable (task), on_run, task);
}

static void
start_waiting (ImMedia *self)
{
  while (self->n_running < self->max_helpers && !g_queue_is_empty (&self->waiting))
    start (self, g_queue_pop_head (&self->waiting));
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Probe *probe = g_task_get_task_data (task);

  g_queue_remove (&probe->media->waiting, task);
  stop_waiting (probe);
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static void
wait_in_queue (ImMedia *self, GTask *task)
{
  Probe *probe = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_queue_push_tail (&self->waiting, g_object_ref (task));
  if (cancellable == NULL)
    return;
  probe->cancelling = g_cancellable_source_new (cancellable);
  g_source_set_callback (probe->cancelling, G_SOURCE_FUNC (on_cancelled), task, NULL);
  g_source_attach (probe->cancelling, g_main_context_get_thread_default ());
}

void
im_media_probe_async (ImMedia *self,
                      const char *path,
                      ImMediaWant want,
                      const char *stem,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Probe *probe;

  g_return_if_fail (self != NULL && path != NULL);
  g_return_if_fail (stem != NULL || !(want & (IM_MEDIA_WANT_THUMBNAIL | IM_MEDIA_WANT_LARGE)));
  im_assert_network_thread ();
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, im_media_probe_async);
  g_task_set_check_cancellable (task, FALSE); /* finish () does, and removes what was written */
  probe = g_new0 (Probe, 1);
  probe->media = g_rc_box_acquire (self);
  probe->path = g_strdup (path);
  probe->want = want;
  probe->stem = g_strdup (stem);
  g_task_set_task_data (task, probe, probe_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  wait_in_queue (self, task);
  start_waiting (self);
}

ImMediaInfo *
im_media_probe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
