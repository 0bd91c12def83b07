/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-media-process.h"

#include "im-media-answer.h"
#include "im-media-header.h"
#include "im-media-type.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <string.h>

#define CHUNK (64 * 1024)
#define INPUT_FD 3
#define FIRST_PICTURE_FD 4
#define NO_SANDBOX_STATUS 3
#define N_OUTPUTS (1 + IM_MEDIA_N_PICTURES)

/* What the program writes: its answer, then the pictures. */
typedef struct
{
  GTask *task; /* borrowed */
  GInputStream *stream;
  GByteArray *data;
  gsize max_size;
} Output;

typedef struct
{
  GSubprocess *process;
  Output outputs[N_OUTPUTS];
  guint n_pending;     /* outputs that are open, and the process */
  GSource *timeout;    /* nullable */
  GSource *cancelling; /* nullable */
  GError *error;       /* nullable: the first */
} Run;

static const struct
{
  ImMediaWant want;
  const char *word;
} words[] = {
  { IM_MEDIA_WANT_THUMBNAIL, "thumbnail" },
  { IM_MEDIA_WANT_LARGE, "large" },
  { IM_MEDIA_WANT_BLURHASH, "blurhash" },
  { IM_MEDIA_WANT_LOUDNESS, "loudness" },
};

void
im_media_result_free (ImMediaResult *self)
{
  g_clear_pointer (&self->info, im_media_info_unref);
  for (guint i = 0; i < IM_MEDIA_N_PICTURES; i++)
    g_clear_pointer (&self->pictures[i], g_bytes_unref);
  g_free (self);
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
run_free (gpointer data)
{
  Run *run = data;

  clear_source (&run->timeout);
  clear_source (&run->cancelling);
  g_clear_object (&run->process);
  for (guint i = 0; i < N_OUTPUTS; i++)
    {
      g_clear_object (&run->outputs[i].stream);
      g_clear_pointer (&run->outputs[i].data, g_byte_array_unref);
    }
  g_clear_error (&run->error);
  g_free (run);
}

/* The first reason counts. The end is told when the process is gone. */
static void
stop (Run *run, GQuark domain, int code, const char *text)
{
  if (run->error == NULL)
    run->error = g_error_new_literal (domain, code, text);
  g_subprocess_force_exit (run->process);
}

static gboolean
on_timeout (gpointer task)
{
  stop (g_task_get_task_data (task), IM_MEDIA_ERROR, IM_MEDIA_ERROR_TIMED_OUT,
        "looking at the file takes too long");
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer task)
{
  stop (g_task_get_task_data (task), G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return G_SOURCE_REMOVE;
}

/* The program may have been taken over: a picture of its own has to be what it says, in size too,
 * before anybody decodes it. */
static gboolean
is_picture_right (const ImMediaPicture *picture, const GByteArray *data)
{
  const ImMediaType *type = im_media_type_sniff (data->data, data->len);
  ImMediaHeader header;

  return picture->size == data->len && strcmp (type->mime_type, picture->mime_type) == 0
         && im_media_header_parse (data->data, data->len, &header) && header.orientation == 1
         && header.n_frames == 1 && header.width == picture->width
         && header.height == picture->height;
}

static gboolean
take_pictures (Run *run, ImMediaResult *result)
{
  for (guint i = 0; i < IM_MEDIA_N_PICTURES; i++)
    {
      const ImMediaPicture *picture = &result->info->pictures[i];
      Output *output = &run->outputs[1 + i];

      if (picture->path == NULL)
        continue;
      if (output->data == NULL || !is_picture_right (picture, output->data))
        return FALSE;
      result->pictures[i] = g_byte_array_free_to_bytes (g_steal_pointer (&output->data));
    }
  return TRUE;
}

static ImMediaResult *
take_result (Run *run)
{
  const Output *answer = &run->outputs[0];
  g_autoptr (ImMediaResult) result = g_new0 (ImMediaResult, 1);

  result->info = im_media_answer_parse ((const char *) answer->data->data, answer->data->len, NULL);
  if (result->info == NULL || !take_pictures (run, result))
    return NULL;
  return g_steal_pointer (&result);
}

static GError *
error_from_exit (GSubprocess *process)
{
  if (g_subprocess_get_if_signaled (process))
    return g_error_new (IM_MEDIA_ERROR, IM_MEDIA_ERROR_CRASHED,
                        "looking at the file ended with signal %d",
                        g_subprocess_get_term_sig (process));
  if (g_subprocess_get_exit_status (process) == NO_SANDBOX_STATUS)
    return g_error_new (IM_MEDIA_ERROR, IM_MEDIA_ERROR_NO_HELPER,
                        "the kernel offers no protection to look at the file under");
  if (g_subprocess_get_exit_status (process) != 0)
    return g_error_new (IM_MEDIA_ERROR, IM_MEDIA_ERROR_CRASHED,
                        "looking at the file ended with status %d",
                        g_subprocess_get_exit_status (process));
  return NULL;
}

static void
finish (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  ImMediaResult *result;

  clear_source (&run->timeout);
  clear_source (&run->cancelling);
  if (run->error == NULL)
    run->error = error_from_exit (run->process);
  if (run->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&run->error));
      return;
    }
  result = take_result (run);
  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) im_media_result_free);
  else
    g_task_return_new_error (task, IM_MEDIA_ERROR, IM_MEDIA_ERROR_GARBAGE,
                             "looking at the file gave no answer that makes sense");
}

static void
done (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (--run->n_pending == 0)
    finish (task);
}

static void
on_exited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  done (task);
}

static void read_more (Output *output);

static void
on_chunk (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Output *output = user_data;
  g_autoptr (GTask) task = output->task;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  gsize size;
  const guint8 *data = chunk != NULL ? g_bytes_get_data (chunk, &size) : NULL;

  if (data == NULL || size == 0)
    {
      done (task);
      return;
    }
  if (output->data->len + size > output->max_size)
    {
      stop (g_task_get_task_data (task), IM_MEDIA_ERROR, IM_MEDIA_ERROR_GARBAGE,
            "looking at the file gave an answer without end");
      done (task);
      return;
    }
  g_byte_array_append (output->data, data, (guint) size);
  read_more (output);
}

/* Each read holds the task. */
static void
read_more (Output *output)
{
  g_object_ref (output->task);
  g_input_stream_read_bytes_async (output->stream, CHUNK, G_PRIORITY_DEFAULT, NULL, on_chunk,
                                   output);
}

static void
open_output (GTask *task, Output *output, GInputStream *stream, gsize max_size)
{
  output->task = task;
  output->stream = stream;
  output->data = g_byte_array_new ();
  output->max_size = max_size;
}

/* A pipe that the program has the other end of. */
static gboolean
open_picture (GTask *task, GSubprocessLauncher *launcher, guint role, GError **error)
{
  Run *run = g_task_get_task_data (task);
  int ends[2];

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, error))
    return FALSE;
  g_subprocess_launcher_take_fd (launcher, ends[1], FIRST_PICTURE_FD + (int) role);
  open_output (task, &run->outputs[1 + role], g_unix_input_stream_new (ends[0], TRUE),
               IM_MEDIA_PICTURE_MAX_SIZE);
  return TRUE;
}

/* Nothing of the environment but what libraries are found by. (transfer full) */
static char **
dup_environment (void)
{
  static const char *const kept[] = {
    "LD_LIBRARY_PATH",        "GDK_PIXBUF_MODULE_FILE",
    "GDK_PIXBUF_MODULEDIR",   "GST_PLUGIN_SYSTEM_PATH_1_0",
    "GST_PLUGIN_SYSTEM_PATH", "ASAN_OPTIONS",
    "UBSAN_OPTIONS",
  };
  char **environment = g_environ_setenv (NULL, "LC_ALL", "C.UTF-8", TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      environment = g_environ_setenv (environment, kept[i], g_getenv (kept[i]), TRUE);
  return environment;
}

static char **
dup_command (const char *helper, ImMediaWant want)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, helper);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (want & words[i].want)
      g_strv_builder_add (builder, words[i].word);
  return g_strv_builder_end (builder);
}

static gboolean
start (GTask *task, const char *helper, int input, ImMediaWant want, GError **error)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_auto (GStrv) environment = dup_environment ();
  g_auto (GStrv) command = dup_command (helper, want);

  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_take_fd (launcher, input, INPUT_FD);
  for (guint role = 0; role < IM_MEDIA_N_PICTURES; role++)
    if (want & words[role].want && !open_picture (task, launcher, role, error))
      return FALSE;
  run->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) command, error);
  if (run->process == NULL)
    return FALSE;
  open_output (task, &run->outputs[0], g_object_ref (g_subprocess_get_stdout_pipe (run->process)),
               IM_MEDIA_ANSWER_MAX_SIZE);
  return TRUE;
}

static GSource *
attach (GSource *source, GSourceFunc func, gpointer data)
{
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* The sources do not hold the task: the reads and the waiting do, until they are gone. */
static void
watch (GTask *task, guint timeout_ms)
{
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  run->timeout = attach (g_timeout_source_new (timeout_ms), on_timeout, task);
  if (cancellable != NULL)
    run->cancelling
        = attach (g_cancellable_source_new (cancellable), G_SOURCE_FUNC (on_cancelled), task);
  run->n_pending = 1;
  g_subprocess_wait_async (run->process, NULL, on_exited, g_object_ref (task));
  for (guint i = 0; i < N_OUTPUTS; i++)
    if (run->outputs[i].stream != NULL)
      {
        run->n_pending++;
        read_more (&run->outputs[i]);
      }
}

void
im_media_process_run_async (const char *helper,
                            int input,
                            ImMediaWant want,
                            guint timeout_ms,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, im_media_process_run_async);
  g_task_set_task_data (task, g_new0 (Run, 1), run_free);
  if (start (task, helper, input, want, &error))
    watch (task, timeout_ms);
  else
    g_task_return_new_error (task, IM_MEDIA_ERROR, IM_MEDIA_ERROR_NO_HELPER, "%s", error->message);
}

ImMediaResult *
im_media_process_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
